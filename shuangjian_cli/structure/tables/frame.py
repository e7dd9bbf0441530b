"""What is known of a table when its heads are laid: its columns, and the numbers under them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from shuangjian_cli.structure.tables.regions import Piece

_ROWS = 8
"""How many rows are asked how their numbers relate."""
_FEW = 2
"""How many rows tell at least that one column is the sum of others."""
_ROUNDING = 0.002


class Placed(NamedTuple):
    """A head and the columns over which it stands, and the rows."""

    piece: Piece
    column: int
    columns: int
    rows: int = 1


class Frame(NamedTuple):
    """`stub` columns of `columns` hold the heads of rows; `words` gives those of a cell, and
    `numbers` the first rows of the body, None where a cell holds none."""

    columns: int
    stub: int
    words: Callable[[Piece], str]
    numbers: Sequence[Sequence[float | None]] = ()

    @property
    def size(self) -> int:
        """How many columns hold numbers."""
        return self.columns - self.stub

    def beyond(self, first: int) -> Frame:
        """The columns from `first` on, which hold no heads of rows."""
        numbers = [row[first:] for row in self.numbers]
        return Frame(self.columns - first, 0, self.words, numbers)

    def adds(self, column: int, count: int) -> bool:
        """Whether a column holds the sum of as many columns behind it, in all rows that tell."""
        asked = 0
        for row in self.numbers[:_ROWS]:
            values = row[column : column + count + 1]
            if len(values) == count + 1 and None not in values:
                total, *parts = (value or 0.0 for value in values)
                if abs(total - sum(parts)) > _ROUNDING * max(total, 1.0):
                    return False
                asked += 1
        return asked > 0

    def sums(self) -> dict[int, tuple[int, int]]:
        """The columns that hold the sum of several others side by side, in all rows that tell, with where
        these begin and end, as many as may be."""
        rows = [row for row in self.numbers[:_ROWS] if None not in row[self.stub : self.columns]]
        found: dict[int, tuple[int, int]] = {}
        for column in range(self.stub, self.columns if len(rows) >= _FEW else 0):
            parts = (
                (first, last)
                for first in range(self.stub, self.columns - 1)
                for last in range(self.columns, first + 1, -1)
                if not first <= column < last
                and all(_is_sum(row, column, first, last) for row in rows)
            )
            if (part := next(parts, None)) is not None:
                found[column] = part
        return found

    def holds(self, column: int, part: int) -> bool:
        """Whether a column nowhere has less than another, as a whole and its part."""
        pairs = ((row[column], row[part]) for row in self.numbers[:_ROWS] if len(row) > part)
        return all(whole is None or own is None or own <= whole for whole, own in pairs)


def _is_sum(row: Sequence[float | None], column: int, first: int, last: int) -> bool:
    total, parts = row[column] or 0.0, sum(part or 0.0 for part in row[first:last])
    return total > 0 and abs(total - parts) <= _ROUNDING * total


def moved(rows: Sequence[Sequence[Placed]], by: int) -> list[list[Placed]]:
    """Rows of heads so many columns further to the right."""
    return [[p._replace(column=p.column + by) for p in row] for row in rows]
