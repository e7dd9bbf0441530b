"""Cells that say before their number whose it is, and rows of one cell that go on with them:
一般高中 | 元/生 | 城区900 |, then 郊区700 |."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from shuangjian_cli.patterns import regex
from shuangjian_cli.structure.tables.blocks import Row
from shuangjian_cli.structure.tables.content import BLANK, MISSING, NUMBER, TEXT
from shuangjian_cli.structure.tables.regions import Piece

_NAMED = regex(
    r"(?![共约近超逾达第每不至最仅])[\u4e00-\u9fff]{2,8}\d[\d,.]*(?:[元%]|元/[^\d]{1,6})?"
)


class Named(NamedTuple):
    """Rows with such cells as numbers, in their columns; `goes_on` tells where the rows begin that have
    the heads of those above."""

    rows: list[Row]
    goes_on: frozenset[int]


def with_named(rows: Sequence[Row], words: Callable[[Piece], str]) -> Named:
    """The rows, those that go on with a cell laid below it."""
    goes_on: set[int] = set()
    columns: set[int] = set()
    above, column = 0, -1
    out = [*rows]
    for at, row in enumerate(rows):
        filled = [i for i, p in enumerate(row) if p.start < p.end]
        named = [
            i for i in filled if row[i].kind == TEXT and _NAMED.fullmatch(words(row[i])) is not None
        ]
        if len(filled) > 1:
            above, column = len(row), named[0] if len(named) == 1 and named[0] else -1
        elif named == filled == [0] and column > 0:
            piece = row[0]
            empty = Piece(piece.start, piece.start, BLANK)
            out[at] = [empty] * above
            out[at][column] = piece._replace(kind=NUMBER)
            out[at][0] = empty._replace(kind=MISSING)
            columns.add(column)
            goes_on.add(piece.start)
        else:
            column = -1
    if not goes_on:
        return Named([*rows], frozenset())
    return Named([_counted(row, columns, words) for row in out], frozenset(goes_on))


def _counted(row: Row, columns: set[int], words: Callable[[Piece], str]) -> Row:
    """A row whose named numbers in these columns are numbers."""
    return [
        p._replace(kind=NUMBER)
        if i in columns and p.kind == TEXT and _NAMED.fullmatch(words(p))
        else p
        for i, p in enumerate(row)
    ]
