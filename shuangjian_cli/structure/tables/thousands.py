"""Numbers with blanks between their thousands, in rows whose cells stand no further apart: 1 204 98 310.

Where the numbers of such a row end is told by how many columns there are, by zeros with which no number
begins, and, of several ways, by how large the numbers of rows with one way are, or those of years, which
differ little from one to the next.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import combinations
from math import comb, log10
from typing import NamedTuple

from shuangjian_cli.patterns import regex
from shuangjian_cli.structure.tables import content
from shuangjian_cli.structure.tables.blocks import Row, is_body
from shuangjian_cli.structure.tables.content import BLANK, NUMBER, YEAR
from shuangjian_cli.structure.tables.regions import Piece
from shuangjian_cli.structure.tables.signs import STUB

Words = Callable[[Piece], str]

_BEGUN = regex(r"[1-9]\d{0,2}(?: \d{3})*")
"""A number that the next three digits may go on with."""
_THREE = regex(r"\d{3}(?:\.\d+)?")
_UNMARKED = regex(r"\d{5,}(?:\.\d+)?|\d+[,，].*")
"""A number that would have blanks between its thousands if any had."""
_MOST = 500
"""Among how many ways to part a row the best is looked for."""
_CLEAR = 1.0
"""By how many powers of ten in all the best way must be better than the next."""
_FEW = 2
"""How many rows with one way tell how large the numbers of columns are."""


class Dealt(NamedTuple):
    """Rows with each number in one cell; `unsure` holds where those begin that several ways fit."""

    rows: list[Row]
    unsure: frozenset[int]


def dealt(rows: list[Row], above: Sequence[Row], words: Words) -> Dealt:
    """The rows of a body below these heads, whose cells were parted by blanks. Where a large number has
    no blanks in it, none has."""
    body = [row for row in rows if is_body(row)]
    joints = [_joints(row, words) for row in body]
    if not any(joints):
        return Dealt(rows, frozenset())
    if any(p.kind == NUMBER and _UNMARKED.fullmatch(words(p)) for row in body for p in row[1:]):
        return Dealt(rows, frozenset())
    heads = [p for p in above[-1] if p.start < p.end] if above else []
    size = _columns(heads, body, joints, words)
    ways = {
        row[0].start: _ways(row, own, size) for row, own in zip(body, joints, strict=True) if row
    }
    sizes = [[_sizes(way, words) for way in found] for found in ways.values()]
    sizes = [own for own in sizes if len(own[0]) == size]
    means = _means(sizes, of_years=sum(p.kind == YEAR for p in heads) >= size)
    out: list[Row] = []
    unsure: set[int] = set()
    for row in rows:
        found = ways.get(row[0].start) or [row]
        if len(found) > 1:
            strains = [_strain(_sizes(way, words), means or [0.0] * size) for way in found]
            least, next_least, *_ = sorted(strains)
            if not means or next_least - least < _CLEAR:
                unsure.add(row[0].start)
            found = [found[strains.index(least)]]
        out += found
    return Dealt(out, frozenset(unsure))


def _means(rows: Sequence[list[list[float]]], *, of_years: bool) -> list[float]:
    """How large the numbers of each column are, in powers of ten: by the rows with one way, else by the
    way of the row with fewest that the others fit clearly best; over years all are alike. Nothing where
    nothing tells it."""
    sure = [ways[0] for ways in rows if len(ways) == 1]
    if len(sure) >= _FEW:
        return [sum(map(_log, column)) / len(sure) for column in zip(*sure, strict=True)]
    if of_years:
        return [0.0] * len(rows[0][0]) if rows else []
    each = [[*map(_log, way)] for way in min(rows, key=len, default=[])]
    total = [sum(min(_strain(way, means) for way in ways) for ways in rows) for means in each]
    first, second = [*sorted(total), 0.0, 0.0][:2]
    return each[total.index(first)] if second - first >= _CLEAR else []


def _joints(row: Row, words: Words) -> list[int]:
    """Which cells of a row may go on with the number before them: three digits, one blank behind it."""
    return [
        at
        for at in range(1, len(row))
        if row[at].start == row[at - 1].end + 1
        and row[at].kind == NUMBER
        and row[at - 1].kind == NUMBER
        and _THREE.fullmatch(words(row[at]))
        and _BEGUN.fullmatch(words(row[at - 1]))
    ]


def _columns(heads: Row, body: Sequence[Row], joints: Sequence[list[int]], words: Words) -> int:
    """How many numbers a row has: as many as heads stand over them where that fits most rows, else as
    most rows have."""
    counts = [(_count(row) - len(own), _count(row)) for row, own in zip(body, joints, strict=True)]
    named = len(heads) - bool(heads and STUB.fullmatch(words(heads[0])))
    for size in (sum(p.kind == YEAR for p in heads), named):
        if size > 1 and 2 * sum(low <= size <= high for low, high in counts) > len(body):
            return size
    sizes = Counter(high for _, high in counts)
    return min(size for size, count in sizes.items() if count == max(sizes.values()))


def _count(row: Row) -> int:
    """How many numbers a row has, marks that stand for none counted."""
    return sum(p.kind in (NUMBER, YEAR) or (p.kind == BLANK and p.start < p.end) for p in row)


def _ways(row: Row, joints: Sequence[int], size: int) -> list[Row]:
    """The ways to join cells of a row so that it has so many numbers; the row as it is where none does,
    and twice where they are too many."""
    count = _count(row) - size
    if not 0 < count <= len(joints):
        return [row]
    if comb(len(joints), count) > _MOST:
        return [row, row]
    return [_joined(row, frozenset(chosen)) for chosen in combinations(joints, count)]


def _joined(row: Row, joints: frozenset[int]) -> Row:
    """A row with these of its cells joined to those before them."""
    out: Row = []
    for at, piece in enumerate(row):
        if at in joints:
            out[-1] = Piece(out[-1].start, piece.end, NUMBER)
        else:
            out.append(piece)
    return out


def _sizes(row: Row, words: Words) -> list[float]:
    """How large the numbers of a row are; marks that stand for none are as small as can be."""
    counted = [p for p in row if p.kind in (NUMBER, YEAR) or (p.kind == BLANK and p.start < p.end)]
    return [(content.number(words(p)) or (0.0, 0))[0] for p in counted]


def _strain(sizes: Sequence[float], means: Sequence[float]) -> float:
    """How far numbers are from those of other rows, in proportion to the rest of their row."""
    offsets = sorted(_log(size) - mean for size, mean in zip(sizes, means, strict=False))
    middle = offsets[len(offsets) // 2]
    return sum(abs(offset - middle) for offset in offsets)


def _log(value: float) -> float:
    return log10(value) if value > 0 else 0.0
