"""CSV (RFC 4180) and TSV: one row a line, null as an empty cell, text inert in a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, TextIO

from shuangjian_cli.write.lines import Form, write_lines
from shuangjian_cli.write.table import Kind, Table
from shuangjian_cli.write.values import flat, inert, plain

_REMEMBERED, _SHORT = 4096, 64
"""How many texts are remembered with their cells, and how long they are at most."""


class _Cells(dict[str, str]):
    """Cells by their text, the last ones remembered: those of a sheet are much alike."""

    def __init__(self, comma: str) -> None:
        super().__init__()
        self._special = re.compile(f'[{comma}"\r\n]').search

    def __missing__(self, text: str) -> str:
        out = inert(text)
        if self._special(out):
            out = '"' + out.replace('"', '""') + '"'
        if len(text) <= _SHORT:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[text] = out
        return out


def _form(comma: str, end: str) -> Form:
    text = _Cells(comma).__getitem__

    def words(value: Any) -> str:
        return text(flat(value)) if value else ""

    def row(names: Sequence[str]) -> str:
        return comma.join(["%s"] * len(names)) + end

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
