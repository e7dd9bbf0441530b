"""Which rows of a table add up to the row of their whole."""

from __future__ import annotations

from collections.abc import Mapping

from shuangjian_cli.model import Table
from shuangjian_cli.structure.tables.content import NUMBER, kind, number
from shuangjian_cli.tag.table.compact import compact
from shuangjian_cli.tag.table.head import is_listed

_MOST = 24
"""Below so many rows the sum is looked for."""
_ROUNDING = 0.002


def parts_below(text: str, table: Table, whole: int, first: int) -> int:
    """The row behind those from `first` on that add up to the row `whole`, in all of its columns;
    `first` where none do. A row with the mark of a list is no part."""
    total = _numbers(text, table, whole)
    left = dict(total)
    for row in range(first, min(first + _MOST, table.grid.rows)):
        if table.rows[row] != "body" or is_listed(_head(text, table, row)):
            break
        for column, value in _numbers(text, table, row).items():
            if column not in left:
                return first
            left[column] -= value
        if any(rest < -_slack(total[column]) for column, rest in left.items()):
            break
        if row > first and all(rest <= _slack(total[column]) for column, rest in left.items()):
            return row + 1
    return first


def _slack(total: float) -> float:
    return _ROUNDING * total


def _head(text: str, table: Table, row: int) -> str:
    cell = table.grid.cell(row, 0)
    return compact(text, cell.start, cell.end).text if cell is not None else ""


def _numbers(text: str, table: Table, row: int) -> Mapping[int, float]:
    """The numbers of a row by their columns."""
    out: dict[int, float] = {}
    for column in range(table.stub, table.grid.columns):
        cell = table.grid.cell(row, column)
        if cell is not None and kind(said := text[cell.start : cell.end].strip()) == NUMBER:
            found = number(said)
            if found is not None:
                out[column] = found[0]
    return out
