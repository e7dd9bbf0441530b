"""JSON (an array, one record a line) and JSON Lines: exact numbers, characters as themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any, TextIO

from shuangjian_cli.write.lines import Form, Remembered, write_lines
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
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(literal, value)) + "]"
    if isinstance(value, Mapping):
        members = [f"{encode_basestring(key)}: {literal(item)}" for key, item in value.items()]
        return "{" + ", ".join(members) + "}"
    return str(value)


def _mapping(value: Mapping[str, Any]) -> str:
    members = [
        _member(key, item)
        if isinstance(item, str)
        else f"{encode_basestring(key)}: {literal(item)}"
        for key, item in value.items()
    ]
    return "{" + ", ".join(members) + "}"


@lru_cache(maxsize=1024)
def _member(key: str, value: str) -> str:
    return f"{encode_basestring(key)}: {encode_basestring(value)}"


_TEXT = Remembered(encode_basestring, "null").__getitem__

_LITERALS: dict[Kind, Callable[[Any], str]] = {
    "text": _TEXT,
    "code": _TEXT,
    "integer": str,
    "decimal": plain,
    "flag": {True: "true", False: "false"}.__getitem__,
    "list": literal,
    "mapping": _mapping,
}


def _row(names: Sequence[str]) -> list[str]:
    keys = [f"{encode_basestring(name)}: " for name in names]
    return ["{" + keys[0], *[", " + key for key in keys[1:]], "}"]


def _line(names: Sequence[str]) -> list[str]:
    *row, end = _row(names)
    return [*row, end + "\n"]


JSON = Form(_row, _LITERALS, "null", head="[", first="\n", between=",\n", last="\n]\n", none="]\n")
JSONL = Form(_line, _LITERALS, "null", head="")


def write_json(table: Table, out: TextIO) -> None:
    """An array of records, one a line."""
    write_lines(JSON, table, out)


def write_jsonl(table: Table, out: TextIO) -> None:
    """A record a line."""
    write_lines(JSONL, table, out)
