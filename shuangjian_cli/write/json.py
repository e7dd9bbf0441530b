"""JSON (an array, one record a line) and JSON Lines: exact numbers, characters as themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any, TextIO

from shuangjian_cli.write.table import Kind, Table
from shuangjian_cli.write.values import plain


def literal(value: Any) -> str:
    """A value as JSON. A Decimal is a number literal with all its digits, which json cannot do."""
    if value is None:
        return "null"
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Mapping):
        members = [f"{encode_basestring(key)}: {literal(item)}" for key, item in value.items()]
        return "{" + ", ".join(members) + "}"
    if isinstance(value, Iterable):
        return "[" + ", ".join(map(literal, value)) + "]"
    return str(value)


_LITERALS: dict[Kind, Callable[[Any], str]] = {
    "text": encode_basestring,
    "code": encode_basestring,
    "integer": str,
    "decimal": plain,
    "flag": literal,
    "list": literal,
    "mapping": literal,
}


def _records(table: Table) -> Iterable[str]:
    keys = [f"{encode_basestring(name)}: " for name in table.names()]
    literals = [_LITERALS[column.kind] for column in table.columns]
    for row in table.cells():
        members = [
            key + ("null" if value is None else put(value))
            for key, put, value in zip(keys, literals, row, strict=True)
        ]
        yield "{" + ", ".join(members) + "}"


def write_json(table: Table, out: TextIO) -> None:
    """An array of records, one a line."""
    between = "[\n"
    for record in _records(table):
        out.write(between + record)
        between = ",\n"
    out.write("[]\n" if between == "[\n" else "\n]\n")


def write_jsonl(table: Table, out: TextIO) -> None:
    """A record a line."""
    out.writelines(record + "\n" for record in _records(table))
