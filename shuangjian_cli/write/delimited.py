"""CSV (RFC 4180) and TSV: one row a line, null as an empty cell, text inert in a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, TextIO

from shuangjian_cli.write.lines import Form, Remembered, write_lines
from shuangjian_cli.write.table import Kind, Table
from shuangjian_cli.write.values import flat, inert, plain


def _form(comma: str, end: str) -> Form:
    special = re.compile(f'[{comma}"\r\n]').search

    def quoted(value: str) -> str:
        out = inert(value)
        return '"' + out.replace('"', '""') + '"' if special(out) else out

    text = Remembered(quoted, "").__getitem__

    def words(value: Any) -> str:
        return text(flat(value)) if value else ""

    def row(names: Sequence[str]) -> list[str]:
        return ["", *[comma] * (len(names) - 1), end]

    cells: dict[Kind, Callable[[Any], str]] = {
        "text": text,
        "code": text,
        "integer": str,
        "decimal": plain,
        "flag": {True: "true", False: "false"}.__getitem__,
        "list": words,
        "mapping": words,
    }
    # A row that is one empty cell would be no row.
    return Form(row, cells, "", alone='""')


CSV = _form(",", "\r\n")
TSV = _form("\t", "\n")


def write_csv(table: Table, out: TextIO) -> None:
    """Commas, `"` where needed, lines that end in CRLF."""
    write_lines(CSV, table, out)


def write_tsv(table: Table, out: TextIO) -> None:
    """Tabs, `"` where needed, lines that end in LF, for `cut` and its kin."""
    write_lines(TSV, table, out)
