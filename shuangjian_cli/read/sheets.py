"""The sheets of a workbook → lines and tables: hidden parts and empty rows and columns left out."""

from __future__ import annotations

import re
import zlib
from array import array
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ..language.messages import _
from .grid import Text, Words

_UNNAMED = re.compile(r"(?:sheet|工作表|表)\s*\d*", re.IGNORECASE)
_MOST_COVERED = 1_000_000
"""How many rows of merged cells are looked at, before they are taken for a trick."""
_BLOCK = 500
"""How many rows are packed together."""


class _Packed:
    """Words in their order, most of them packed: a large sheet has many, and none is looked at before
    the last is known."""

    def __init__(self) -> None:
        self._blocks: deque[bytes] = deque()
        self._last: list[str] = []

    def append(self, words: str) -> None:
        """Add words, which hold no line end."""
        self._last.append(words)
        if len(self._last) == _BLOCK:
            block = "\n".join(self._last).encode("utf-8", "surrogatepass")
            self._blocks.append(zlib.compress(block, 1))
            self._last.clear()

    def taken(self) -> Iterator[str]:
        """The words one after another, which are gone then."""
        while self._blocks:
            block = zlib.decompress(self._blocks.popleft())
            yield from block.decode("utf-8", "surrogatepass").split("\n")
        yield from self._last


class Range(NamedTuple):
    """Rows and columns that are merged to one cell, from 0 and half-open."""

    top: int
    bottom: int
    left: int
    right: int


class Sheet:
    """The filled cells of a sheet, kept small until the last is known.

    Rows come in their order, and the cells of each from left to right. `merged`, `hidden_rows` and
    `hidden_columns` are told meanwhile.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.merged: list[Range] = []
        self.unstored = 0
        """Formulas whose value the workbook does not have."""
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self._rows = array("i")
        self._words = _Packed()
        self._columns: list[tuple[int, ...]] = []
        """For each row the columns of its cells: most rows of a sheet share them."""
        self._known: dict[tuple[int, ...], tuple[int, ...]] = {}

    def add(self, row: int, cells: Sequence[tuple[int, str]]) -> None:
        """Add the filled cells of a row, each with its column."""
        if cells:
            self._rows.append(row)
            columns = tuple([column for column, _ in cells])
            self._columns.append(self._known.setdefault(columns, columns))
            self._words.append("\t".join([words for _, words in cells]))

    def write(self, text: Text, *, named: bool) -> None:
        """Add the sheet to a text, behind its name if it has one of its own and is `named`."""
        if not self._rows:
            return
        if named and not _UNNAMED.fullmatch(self.name.strip()):
            text.line(self.name.strip())
        rows = _kept(self._rows, self.hidden_rows)
        used = {column for each in self._known for column in each}
        columns = _kept(used, self.hidden_columns)
        covered = self._covered()
        spans = {}
        for top, bottom, left, right in self.merged:
            row, column = bisect_left(rows, top), bisect_left(columns, left)
            down = bisect_left(rows, bottom) - row
            across = bisect_left(columns, right) - column
            begins = (
                row < len(rows)
                and rows[row] == top
                and columns[column : column + 1] == array("i", [left])
            )
            if begins and (down, across) != (1, 1):
                spans[row, column] = (down, across)
        text.table(self._laid(rows, columns, covered), spans)

    def _laid(
        self, rows: array[int], columns: array[int], covered: dict[int, list[tuple[int, int]]]
    ) -> Iterator[list[Words]]:
        place = {column: at for at, column in enumerate(columns)}
        following, kept = 0, self._words.taken()
        for row in rows:
            out: list[Words] = []
            if following < len(self._rows) and self._rows[following] == row:
                words = next(kept).split("\t")
                at = [place[column] for column in self._columns[following]]
                following += 1
                out = [""] * (at[-1] + 1)
                for i, each in zip(at, words, strict=True):
                    out[i] = each
            for left, right in covered.get(row, ()):
                for i in range(
                    bisect_left(columns, left), min(bisect_left(columns, right), len(out))
                ):
                    out[i] = None
            yield out

    def _covered(self) -> dict[int, list[tuple[int, int]]]:
        """The columns in each row that belong to a merged cell which begins elsewhere."""
        covered: dict[int, list[tuple[int, int]]] = {}
        budget = _MOST_COVERED
        for top, bottom, left, right in self.merged:
            first = bisect_left(self._rows, top)
            last = bisect_left(self._rows, bottom)
            budget -= last - first
            if budget < 0:
                break
            for row in self._rows[first:last]:
                begins = left + (row == top)
                if begins < right:
                    covered.setdefault(row, []).append((begins, right))
        return covered


def _kept(used: Iterable[int], hidden: Iterable[int]) -> array[int]:
    """The rows or columns that are written: those that are used, and one in each gap that is not
    hidden."""
    out = array("i")
    unseen = sorted(hidden)
    for each in sorted(used):
        if out:
            between = bisect_left(unseen, each) - bisect_left(unseen, out[-1])
            if each - out[-1] - 1 > between:
                out.append(out[-1] + 1)
        out.append(each)
    return out


def notes(sheets: Iterable[Sheet], hidden: Sequence[str]) -> tuple[str, ...]:
    """What to say of what was left out, `hidden` being the names of hidden sheets."""
    rows = columns = unstored = 0
    for sheet in sheets:
        rows += len(sheet.hidden_rows)
        columns += len(sheet.hidden_columns)
        unstored += sheet.unstored
    said = []
    if rows:
        said.append(_("hidden rows {count}", count=rows))
    if columns:
        said.append(_("hidden columns {count}", count=columns))
    if hidden:
        listed = ", ".join(hidden)
        said.append(_("hidden sheets {count} ({listed})", count=len(hidden), listed=listed))
    out: tuple[str, ...] = (_("left out: {listed}", listed=", ".join(said)),) if said else ()
    if unstored:
        out += (
            _(
                "formulas without a stored value {count}; open it in Excel or WPS and save it",
                count=unstored,
            ),
        )
    return out
