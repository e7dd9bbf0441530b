"""CSV (RFC 4180) and TSV: one row a line, null as an empty cell, text inert in a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TextIO

from shuangjian_cli.write.table import Kind, Table
from shuangjian_cli.write.values import flat, inert, plain


def write_csv(table: Table, out: TextIO) -> None:
    """Commas, `"` where needed, lines that end in CRLF."""
    _write(table, out, ",", "\r\n")


def write_tsv(table: Table, out: TextIO) -> None:
    """Tabs, `"` where needed, lines that end in LF, for `cut` and its kin."""
    _write(table, out, "\t", "\n")


def _write(table: Table, out: TextIO, comma: str, end: str) -> None:
    table = table.flat()
    out.write(_line(table.names(), comma) + end)
    cells = [_CELLS[column.kind] for column in table.columns]
    for row in table.cells():
        texts = [
            "" if value is None else cell(value) for cell, value in zip(cells, row, strict=True)
        ]
        out.write(_line(texts, comma) + end)


def _words(value: Any) -> str:
    return inert(flat(value))


# Only a document's own words need be made inert.
_CELLS: dict[Kind, Callable[[Any], str]] = {
    "text": inert,
    "code": str,
    "integer": str,
    "decimal": plain,
    "flag": flat,
    "list": _words,
    "mapping": _words,
}


def _line(cells: Sequence[str], comma: str) -> str:
    """Cells in a line. What parts cells or lines is quoted, and so is a lone empty cell."""
    line = comma.join(cells)
    # Few lines need quotes, and to look at each as a whole is much faster.
    if line.count(comma) < len(cells) and not ('"' in line or "\n" in line or "\r" in line):
        return line or '""'
    parting = (comma, '"', "\r", "\n")
    return comma.join(
        [
            '"' + cell.replace('"', '""') + '"' if any(each in cell for each in parting) else cell
            for cell in cells
        ]
    )
