"""JSON (an array, one record a line) and JSON Lines: exact numbers, characters as themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from json.encoder import encode_basestring

from shuangjian_cli.declare import Any, TextIO
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


_TEXT = Remembered(encode_basestring).__getitem__

_LITERALS: dict[Kind, Callable[[Any], str]] = {
    "text": _TEXT,
    "code": _TEXT,
    "integer": str,
    "decimal": plain,
    "flag": {True: "true", False: "false"}.__getitem__,
    "list": literal,
    "mapping": literal,
}


def _row(names: Sequence[str]) -> str:
    keys = [encode_basestring(name).replace("%", "%%") for name in names]
    return "{" + ", ".join(f"{key}: %s" for key in keys) + "}"


def _line(names: Sequence[str]) -> str:
    return _row(names) + "\n"


JSON = Form(_row, _LITERALS, "null", head="[", first="\n", between=",\n", last="\n]\n", none="]\n")
JSONL = Form(_line, _LITERALS, "null", head="")


def write_json(table: Table, out: TextIO) -> None:
    """An array of records, one a line."""
    write_lines(JSON, table, out)


def write_jsonl(table: Table, out: TextIO) -> None:
    """A record a line."""
    write_lines(JSONL, table, out)
