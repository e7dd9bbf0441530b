"""A text in the making, with the tables that its format marks."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ..model import Grid, LineGrid, Offsets, line_spans

Words = str | None
"""The words of a cell, on one line and perhaps indented; None where no cell begins."""
Spans = Mapping[tuple[int, int], tuple[int, int]]
"""Over how many rows and columns the cell at a row and column reaches, where over several."""

Placed = tuple[list[list[Words]], Spans]
"""The rows of a table by column, and its spans."""

_LEAST = 100_000
"""How many characters of lines are worth joining."""
LARGE = 10_000
"""How many cells a table has whose cells are only looked for when they are asked for."""
_MOST_COLUMNS = 20_000
"""Wider tables, before what is only spanned is left out, are none."""


class Laid(NamedTuple):
    """A cell as formats lay it out: behind the one before it, where the rows above leave space."""

    words: str
    rows: int = 1
    columns: int = 1


class _Large(NamedTuple):
    """What a `LineGrid` is made of, but for its text."""

    columns: int
    lines: array[int]
    odd: Mapping[int, tuple[Offsets, Offsets]]
    merged: Spans


class Text:
    """Lines and tables, one behind the other."""

    def __init__(self) -> None:
        self._text = ""
        self._lines: list[str] = []
        """What comes behind the text so far."""
        self._grids: list[Grid | _Large] = []
        self._at = 0

    def __str__(self) -> str:
        self._join()
        return self._text

    @property
    def grids(self) -> tuple[Grid, ...]:
        """The tables of the text, to which nothing is added any more."""
        return self.grids_of(str(self))

    def grids_of(self, text: str) -> tuple[Grid, ...]:
        """The tables, where `text` is the text with characters replaced by as many others."""
        return tuple(
            each if isinstance(each, Grid) else LineGrid(text, *each) for each in self._grids
        )

    def line(self, words: str) -> None:
        """Add a line."""
        self._lines.append(f"{words}\n")
        self._at += len(words) + 1
        if self._at - len(self._text) > max(_LEAST, len(self._text) // 32):
            self._join()

    def _join(self) -> None:
        """Put the lines behind the text, which grows in place where nothing else holds it: a large
        sheet is never in memory twice."""
        text, self._text = self._text, ""
        text += "".join(self._lines)
        self._lines.clear()
        self._text = text

    def table(self, rows: Iterable[Sequence[Words]], spans: Spans) -> None:
        """Add a table, a line for each row with tabs between its columns. The rows are taken one by
        one, and `spans` looked at after the last."""
        starts, ends, lengths, lines = (array("i") for _ in range(4))
        odd: dict[int, tuple[Offsets, Offsets]] = {}
        for row in rows:
            at = self._at
            line = "\t".join([cell or "" for cell in row])
            is_plain = None not in row and line.count("\t") < len(row) and "\n" not in line
            is_small = len(starts) < LARGE
            if is_small or not is_plain:
                own = line_spans(row, at)
                if not is_plain:
                    odd[at] = own
                if is_small:
                    starts.extend(own[0])
                    ends.extend(own[1])
            lengths.append(len(row))
            lines.append(at)
            self.line(line)
        columns = max(lengths, default=0)
        if len(lengths) * columns >= LARGE:
            self._grids.append(_Large(columns, lines, odd, spans))
        elif columns:
            starts, ends = (_padded(each, lengths, columns) for each in (starts, ends))
            self._grids.append(Grid(columns, starts, ends, spans))


def _padded(flat: array[int], lengths: array[int], columns: int) -> array[int]:
    """Offsets row after row, filled up to one length with -1."""
    if len(flat) == len(lengths) * columns:
        return flat
    none = array("i", [-1]) * columns
    out, at = array("i"), 0
    for length in lengths:
        out += flat[at : at + length]
        out += none[: columns - length]
        at += length
    return out


def placed(rows: Sequence[Sequence[Laid]]) -> Placed | None:
    """Where the cells of a table stand; None for one of absurd width.

    Cells are set as browsers set them. Rows and columns in which no cell begins are left out.
    """
    free: dict[int, int] = {}  # the first row that is free, by column
    cells: list[tuple[int, int, Laid]] = []
    for row, laid in enumerate(rows):
        column = 0
        for cell in laid:
            while free.get(column, 0) > row:
                column += 1
            if column + cell.columns > _MOST_COLUMNS:
                return None
            cells.append((row, column, cell))
            below = row + min(cell.rows, len(rows) - row)
            for each in range(column, column + cell.columns):
                free[each] = max(below, free.get(each, 0))
            column += cell.columns
    columns = sorted({column for _, column, _ in cells})
    begun = sorted({row for row, _, _ in cells})
    out: list[list[Words]] = [[] for _ in begun]
    spans = {}
    for row, column, cell in cells:
        at = bisect_left(begun, row)
        to = bisect_left(columns, column)
        out[at] += [None] * (to - len(out[at]))
        out[at].append(cell.words)
        down = bisect_left(begun, row + cell.rows) - at
        across = bisect_left(columns, column + cell.columns) - to
        if (down, across) != (1, 1):
            spans[at, to] = (down, across)
    return out, spans
