"""CSV (RFC 4180) and TSV: one row a line, null as an empty cell, text inert in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Callable
from typing import Any, NamedTuple, TextIO

from shuangjian_cli.write.table import Kind, Table
from shuangjian_cli.write.values import flat, inert, plain


def write_csv(table: Table, out: TextIO) -> None:
    """Commas, `"` where needed, lines that end in CRLF."""
    _write(table, out.write, ",")


def write_tsv(table: Table, out: TextIO) -> None:
    """Tabs, `"` where needed, lines that end in LF, for `cut` and its kin."""
    _write(table, lambda line: out.write(line.removesuffix("\r\n") + "\n"), "\t")


class _Lines(NamedTuple):
    """What csv writes to: each line at once, with the CRLF by which it knows what to quote."""

    write: Callable[[str], int]


def _write(table: Table, put: Callable[[str], int], comma: str) -> None:
    cells = [_CELLS[column.kind] for column in table.columns]
    writer = csv.writer(_Lines(put), delimiter=comma, lineterminator="\r\n")
    writer.writerow(map(inert, table.headings()))
    for row in table.cells():
        writer.writerow(
            ["" if value is None else cell(value) for cell, value in zip(cells, row, strict=True)]
        )


class _Inert(dict[str, str]):
    """Texts made inert, the last ones remembered: those of a sheet's cells are much alike."""

    def __missing__(self, text: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        out = self[text] = inert(text)
        return out


_REMEMBERED = 4096
_inert = _Inert().__getitem__


def _words(value: Any) -> str:
    return inert(flat(value)) if value else ""


_CELLS: dict[Kind, Callable[[Any], str]] = {
    "text": _inert,
    "code": _inert,
    "integer": str,
    "decimal": plain,
    "flag": {True: "true", False: "false"}.__getitem__,
    "list": _words,
    "mapping": _words,
}
