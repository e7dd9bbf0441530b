"""Text → its tables of words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import log

from shuangjian_cli.model import Folded, Source, Table
from shuangjian_cli.patterns import regex
from shuangjian_cli.structure.tables.regions import BARS, MARKS, TABS, regions
from shuangjian_cli.structure.tables.text import Text
from shuangjian_cli.structure.worded import Cell, Span, Worded

_LEAST, _MOST = 3, 9
"""How many columns a table of words has."""
_ROWS = 2
"""How many rows it has at least below its heads."""
_HEAD_MOST = 16
_NO_HEAD = regex(r"[。；！？：]|\d(?!\d*(?:年|月|季度|-\d))")
"""What no head of a column of words holds."""
_LONG = 10
"""How long the cells of a column of sentences are on average at least."""
_LACKS = 2
"""How many cells a row may lack at its beginning: those of the row above reach down over them."""
_LIKE = 0.6
"""How much of the differences in length is left within columns, at most."""
_GRID_MOST = 500
"""How many rows a grid has at most that is asked whether it is a table of words."""


def find(source: Source, folded: Folded, tables: Sequence[Table]) -> list[Worded]:
    """The tables of words of a text, in their order, with folded offsets; `tables` are its others."""
    text = Text(source.text, folded)
    found: list[Worded] = []
    at = 0
    for rows in _rows(source, text):
        table = _read(rows, text)
        if table is not None and table.start >= at and not _overlaps(table, tables):
            found.append(table)
            at = table.end
    return found


def _overlaps(table: Worded, tables: Iterable[Table]) -> bool:
    return any(each.start < table.end and table.start < each.end for each in tables)


def _rows(source: Source, text: Text) -> Iterator[list[list[Span]]]:
    """The cells of what may be tables, row by row, as offsets of the text as read; those of empty
    cells are empty."""
    at = 0
    for grid in source.grids:
        start, end = grid.extent()
        if start < at or start >= end:
            continue
        yield from _in_text(text, at, start)
        if grid.rows <= _GRID_MOST:
            places = [(row, column) for row in range(grid.rows) for column in range(grid.columns)]
            spans = [(c.start, c.end) if (c := grid.cell(*place)) else (0, 0) for place in places]
            yield [spans[at : at + grid.columns] for at in range(0, len(spans), grid.columns)]
        at = end
    yield from _in_text(text, at, len(source.text))


def _in_text(text: Text, start: int, end: int) -> Iterator[list[list[Span]]]:
    for region in regions(text.text, text.kind, start, end, of_words=True):
        if region.parted in (BARS, TABS):
            rows = [[(p.start, p.end) for p in row] for row in region.rows]
            yield _cut(rows[0], text) if region.flat else rows


def _cut(cells: list[Span], text: Text) -> list[list[Span]]:
    """Cells one after another as rows of as many as leave the least differences in length between
    those of one column; no rows where none leave few. The last cell of all may have no bar behind it
    and be none of them."""
    sizes = list(map(_size, cells))
    ways = [
        (_differences(sizes, columns), columns)
        for columns in range(_LEAST, _MOST)
        if len(cells) > (_ROWS + 1) * columns - 2 and -len(cells) % columns < 2
    ]
    best, columns = min(ways, default=(0.0, 0))
    if not columns or best > _LIKE * _differences(sizes, 1):
        return []
    return [cells[i : i + columns] for i in range(0, len(cells), columns)]


def _differences(sizes: Sequence[float], columns: int) -> float:
    """How much the sizes below the first row differ from the mean of their column."""
    total = 0.0
    for column in range(columns):
        own = sizes[columns + column :: columns]
        mean = sum(own) / len(own)
        total += sum(abs(size - mean) for size in own)
    return total


def _read(rows: list[list[Span]], text: Text) -> Worded | None:
    """Rows as a table of words; None where they are none."""
    first = next((i for i, row in enumerate(rows) if len(_filled(row)) >= _LEAST), len(rows))
    if len(rows) - first <= _ROWS:
        return None
    heads = _filled(rows[first])
    said = [text.at(*head) for head in heads]
    if len(set(said)) < len(said) or any(
        len(words) > _HEAD_MOST or _NO_HEAD.search(words) for words in said
    ):
        return None
    below = rows[first + 1 :]
    whole = [row for row in below if len(_filled(row)) == len(heads)]
    means = [_mean([row[at] for row in whole]) for at in range(len(heads))]
    body = [cells for row in below if (cells := _laid(row, means))]
    if len(body) < _ROWS or 2 * len(body) < len(rows) - first - 1:
        return None
    long = [column for column in range(len(heads)) if _is_long(body, column)]
    if not long:
        return None
    fold = text.folded.folded
    low, high = heads[0][0], body[-1][-1].end
    while low and text.text[low - 1] in "|｜│┃ \t":
        low -= 1
    if marks := MARKS.match(text.text, high):
        high = marks.end()
    return Worded(
        fold(low),
        fold(high),
        tuple((fold(start), fold(end)) for start, end in heads),
        tuple(tuple(Cell(fold(c.start), fold(c.end), c.column) for c in row) for row in body),
        long[0],
    )


def _filled(row: Sequence[Span]) -> list[Span]:
    return [span for span in row if span[0] < span[1]]


def _laid(row: Sequence[Span], means: Sequence[float]) -> list[Cell]:
    """The cells of a row in their columns, whose sizes have these means in whole rows: one that lacks
    some at its end may lack the first. None where the row has more, or far fewer."""
    cells = list(row)
    while len(cells) > 1 and cells[-1][0] == cells[-1][1]:
        cells.pop()
    lacks = len(means) - len(cells)
    if not 0 <= lacks <= _LACKS or len(_filled(cells)) < _ROWS:
        return []
    first = min(
        (lacks, 0), key=lambda by: sum(abs(_size(c) - means[by + i]) for i, c in enumerate(cells))
    )
    return [Cell(a, b, first + i) for i, (a, b) in enumerate(cells) if a < b]


def _size(cell: Span) -> float:
    return log(cell[1] - cell[0] + 1)


def _mean(cells: Sequence[Span]) -> float:
    return sum(map(_size, cells)) / max(len(cells), 1)


def _is_long(body: Sequence[Sequence[Cell]], column: int) -> bool:
    sizes = [cell.end - cell.start for row in body for cell in row if cell.column == column]
    return bool(sizes) and sum(sizes) >= _LONG * len(sizes)
