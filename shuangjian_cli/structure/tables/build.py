"""Puts a table together, row by row."""

from __future__ import annotations

import sys
from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import islice, pairwise

from shuangjian_cli.model import Grid, LineGrid, Offsets, Table
from shuangjian_cli.structure.tables.blocks import tells
from shuangjian_cli.structure.tables.content import BLANK, MISSING, NUMBER, TEXT, YEAR
from shuangjian_cli.structure.tables.frame import Placed
from shuangjian_cli.structure.tables.regions import Piece
from shuangjian_cli.structure.tables.text import Text

_STUB = 4
"""How many columns may hold the heads of rows."""
_CODE = 100
"""The least code of a row."""
_SERIAL = 12
"""How many rows are asked whether a column only numbers them."""


class Built:
    """A table in the making. `low` and `high` are where its cells begin and end in the text as read.

    `within` is a grid and the rows of it that will be added, all and in their order: the offsets of a
    large one are not copied.
    """

    def __init__(
        self, text: Text, columns: int, stub: int, within: tuple[Grid, range] | None = None
    ) -> None:
        self._text = text
        self._lines: tuple[LineGrid, range] | None = None
        if within is not None and isinstance(within[0], LineGrid):
            self._lines = within[0], within[1]
        self._odd: dict[int, tuple[Offsets, Offsets]] = {}
        self._moved = array("i")
        """Of these rows those whose cells their lines do not tell, and where all stand folded."""
        self._columns = columns
        self._stub = stub
        self._starts = array("i")
        self._ends = array("i")
        self._merged: dict[tuple[int, int], tuple[int, int]] = {}
        self._kinds: list[str] = []
        self.low = sys.maxsize
        self.high = 0

    def placed(self, kind: str, row: Sequence[Placed]) -> None:
        """Add a row whose cells are laid over columns."""
        cells: list[Piece | None] = [None] * self._columns
        for piece, column, count, rows in row:
            if column < self._columns:
                cells[column] = piece
                if count > 1 or rows > 1:
                    reach = rows, min(count, self._columns - column)
                    self._merged[len(self._kinds), column] = reach
        self._add(kind, cells)

    def marked(self, kind: str, grid: Grid, row: int) -> None:
        """Add a row of a grid."""
        for column, reach in _merged(grid, row).items():
            self._merged[len(self._kinds), column] = reach
        start, end = grid.span(row)
        if start >= 0:
            self.low = min(self.low, start)
            self.high = max(self.high, end)
        if self._lines is None:
            for offsets, own in zip((self._starts, self._ends), grid.spans(row), strict=True):
                offsets.extend(own if self._text.folded.origin is None else map(self._folded, own))
        elif self._text.folded.origin is not None:
            self._move(self._lines[0], row)
        self._kinds.append(kind)

    def _folded(self, offset: int) -> int:
        return self._text.folded.folded(offset) if offset >= 0 else offset

    def _move(self, grid: LineGrid, row: int) -> None:
        """Note where the next row of a large grid stands folded."""
        start, end = grid.line(row)
        first = self._folded(start)
        self._moved.append(first - start)
        if self._folded(end) - first < end - start or grid.is_odd(row):
            starts, ends = grid.spans(row)
            self._odd[start] = [*map(self._folded, starts)], [*map(self._folded, ends)]

    def _add(self, kind: str, cells: Sequence[Piece | None]) -> None:
        fold = self._text.folded.folded
        for piece in cells:
            if piece is None:
                self._starts.append(-1)
                self._ends.append(-1)
                continue
            self._starts.append(fold(piece.start))
            self._ends.append(fold(piece.end))
            self.low = min(self.low, piece.start)
            self.high = max(self.high, piece.end)
        self._kinds.append(kind)

    def table(
        self,
        start: int,
        end: int,
        captions: Sequence[Piece],
        notes: Sequence[Piece],
        rule: str,
        doubt: str | None = None,
        heads: tuple[bool, bool] = (False, False),
    ) -> Table:
        """The table, which reaches from `start` to `end` of the text as read; `heads` tells whether some
        have no column, and whether they may as well stand over others."""
        fold = self._text.folded.folded
        if self._lines is None:
            cells = Grid(self._columns, self._starts, self._ends, self._merged)
        elif self._text.folded.origin is None:
            cells = self._lines[0].within(self._lines[1], self._merged)
        else:
            cells = self._lines[0].within(self._lines[1], self._merged, self._odd, self._moved)
        return Table(
            fold(start),
            fold(end),
            0,
            cells,
            tuple(self._kinds),
            self._stub,
            tuple((fold(p.start), fold(p.end)) for p in captions),
            tuple((fold(p.start), fold(p.end)) for p in notes),
            rule,
            doubt,
            *heads,
        )


def _merged(grid: Grid, row: int) -> dict[int, tuple[int, int]]:
    """The cells of a row that reach over more than their place, by their column."""
    if not grid.merged:
        return {}
    return {
        column: grid.merged[row, column]
        for column in range(grid.columns)
        if (row, column) in grid.merged
    }


def stub_of(kinds: Sequence[str], body: range, size: Callable[[int], float | None]) -> int:
    """How many columns on the left hold the heads of rows: words, years in the first, numbers only
    where they count the rows. `kinds` are those of the cells of each row, and `size` gives how large
    the number is that stands first in one."""
    rows = array("I", (row for row in body if tells(kinds[row])))
    width = max(len(kinds[row]) for row in rows)
    stub = 0
    for column in range(min(_STUB, width - 1)):
        counts = Counter(kinds[row][column : column + 1] for row in rows)
        filled = counts.total() - counts[""] - counts[BLANK] - counts[MISSING]
        years = counts[YEAR]
        words = filled - counts[NUMBER] - years
        if words * 2 >= filled or (column == 0 and (words + years) * 2 > filled):
            stub = column + 1
        elif column or not _is_serial(kinds, rows, size):
            break
    return stub


def _is_serial(
    kinds: Sequence[str], rows: Sequence[int], size: Callable[[int], float | None]
) -> bool:
    """Whether the first column numbers the rows, in each part anew, or gives their codes in order, and
    their names stand in the second."""
    if 2 * sum(kinds[row][1:2] == TEXT for row in rows) < len(rows):
        return False
    filled = islice((row for row in rows if kinds[row][0] not in (BLANK, MISSING)), _SERIAL)
    sizes = [found for row in filled if (found := size(row)) is not None]
    if all(b in (a + 1, 1) for a, b in pairwise(sizes)):
        return True
    return (
        min(sizes) >= _CODE
        and len({len(f"{size:g}") for size in sizes}) == 1
        and sizes == sorted(sizes)
    )
