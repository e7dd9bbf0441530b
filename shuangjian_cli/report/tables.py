"""The tables of a document as a page draws them, with offsets in the text as read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from shuangjian_cli.model import Document, Indicator, Source, Table

_MOST = 5_000
"""A table of more cells than these stays a text of lines."""


class DrawnCell(NamedTuple):
    """A cell at [start, end) that reaches over so many rows and columns, or a gap of one (start -1)."""

    start: int
    end: int
    rows: int
    columns: int
    is_head: bool


class Drawn(NamedTuple):
    """A table at [start, end) with the cells of each row from left to right."""

    start: int
    end: int
    rows: tuple[tuple[DrawnCell, ...], ...]


def drawn(document: Document) -> tuple[Drawn, ...]:
    """The tables of a document, but for very large ones."""
    return tuple(
        _drawn(document, table)
        for table in document.tables
        if table.grid.rows * table.grid.columns <= _MOST
    )


def tables_of(file: str, text: str | None, indicators: Iterable[Indicator]) -> tuple[Drawn, ...]:
    """The tables of a stored text that has figures in tables; a store keeps no cells."""
    if text is None or all(each.cell is None for each in indicators):
        return ()
    from shuangjian_cli.structure import structure

    return drawn(structure(Source(file, text)))


def _drawn(document: Document, table: Table) -> Drawn:
    folded, grid = document.folded, table.grid
    covered: set[tuple[int, int]] = set()
    rows: list[tuple[DrawnCell, ...]] = []
    for row, kind in enumerate(table.rows):
        out: list[DrawnCell] = []
        for column in range(grid.columns):
            if (row, column) in covered:
                continue
            is_head = kind in ("head", "continued", "section") or column < table.stub
            cell = grid.cell(row, column)
            if cell is None:
                out.append(DrawnCell(-1, -1, 1, 1, is_head))
                continue
            down = min(cell.rows, grid.rows - row)
            over = min(cell.columns, grid.columns - column)
            places = {(row + y, column + x) for y in range(down) for x in range(over)}
            if places & covered or any(
                grid.cell(*place) for place in places if place != (row, column)
            ):
                down, over, places = 1, 1, {(row, column)}  # cells that overlap
            covered |= places
            start, end = folded.start(cell.start), folded.end(cell.end)
            out.append(DrawnCell(start, max(start, end), down, over, is_head))
        rows.append(tuple(out))
    return Drawn(folded.start(table.start), folded.end(table.end), tuple(rows))
