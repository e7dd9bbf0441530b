"""Puts a table together, row by row."""

from __future__ import annotations

import sys
from array import array
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import islice, pairwise

from shuangjian_cli.model import Grid, Offsets, Table
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

    `within` is a grid and the rows of it that will be added, all and in their order: their offsets
    are not copied, where they are those of the folded text.
    """

    def __init__(
        self, text: Text, columns: int, stub: int, within: tuple[Grid, range] | None = None
    ) -> None:
        self._text = text
        self._within = within if text.folded.origin is None else None
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

    def marked(
        self,
        kind: str,
        starts: Sequence[int],
        ends: Sequence[int],
        merged: Mapping[int, tuple[int, int]],
    ) -> None:
        """Add a row of a grid: where the cell of each column starts and ends."""
        for column, reach in merged.items():
            self._merged[len(self._kinds), column] = reach
        begun = [start for start in starts if start >= 0]
        if begun:
            self.low = min(self.low, *begun)
            self.high = max(self.high, *ends)
        if self._text.folded.origin is not None:
            fold = self._text.folded.folded
            starts, ends = ([fold(at) if at >= 0 else at for at in each] for each in (starts, ends))
        if self._within is None:
            self._starts.extend(starts)
            self._ends.extend(ends)
        self._kinds.append(kind)

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
        starts: Offsets = self._starts
        ends: Offsets = self._ends
        if self._within is not None:
            grid, rows = self._within
            cells = slice(rows.start * self._columns, rows.stop * self._columns)
            starts, ends = memoryview(grid.starts)[cells], memoryview(grid.ends)[cells]
        return Table(
            fold(start),
            fold(end),
            0,
            Grid(self._columns, starts, ends, self._merged),
            tuple(self._kinds),
            self._stub,
            tuple((fold(p.start), fold(p.end)) for p in captions),
            tuple((fold(p.start), fold(p.end)) for p in notes),
            rule,
            doubt,
            *heads,
        )


def stub_of(kinds: Sequence[str], body: range, size: Callable[[int], float | None]) -> int:
    """How many columns on the left hold the heads of rows: words, years in the first, numbers only
    where they count the rows. `kinds` are those of the cells of each row, and `size` gives how large
    the number is that stands first in one."""
    rows = [row for row in body if tells(kinds[row])]
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
