"""Heads that a page broke over several lines, line by line: 学校数 招生数 在校, below them （所） （人）
学生数, below that （人）."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import comb
from typing import NamedTuple

from shuangjian_cli.patterns import regex, worded
from shuangjian_cli.structure.tables.frame import Frame, Placed
from shuangjian_cli.structure.tables.regions import Piece
from shuangjian_cli.structure.tables.signs import INSTITUTIONS, PART, STUB, UNIT

_CHOICES = 500
"""Among how many ways to lay a row the best is looked for."""
_KEPT = 50
"""How many ways to lay the rows so far are kept."""
_STRAINED = 2.0
"""From which strain on rows of heads are no broken ones."""
_COMPLETE = worded(r"(?:{heads.complete})$", __file__)
"""How a name ends that no words go on with."""
_WHOLE = regex(r"[数率额重计比师生员积费值](?:（[^（）]*）)?$")
"""How most names of what is counted end."""


class _Way(NamedTuple):
    strain: float
    columns: tuple[str, ...]
    """The words of each column so far."""
    rows: tuple[tuple[int, ...], ...]
    """The columns of each row's pieces."""


def broken(rows: Sequence[list[Piece]], frame: Frame) -> list[list[Placed]] | None:
    """The pieces of each head, one below the other; None where the rows are no broken heads: none
    of them has units beside words, or names would stand below names."""
    said = [[frame.words(p) for p in row] for row in rows]
    corner = int(bool(said) and bool(said[0]) and STUB.fullmatch(said[0][0]) is not None)
    if corner:
        said[0] = said[0][1:]
    mixed = any(0 < sum(UNIT.fullmatch(s) is not None for s in row) < len(row) for row in said)
    if len(rows) < 2 or not mixed or max(map(len, said)) > frame.size:
        return None
    parts = frozenset(
        c for c in range(1, frame.size) if frame.holds(frame.stub + c - 1, frame.stub + c)
    )
    ways = [_Way(0.0, ("",) * frame.size, ())]
    for row in said:
        if not row or comb(frame.size, len(row)) > _CHOICES:
            return None
        places = list(combinations(range(frame.size), len(row)))
        below = (_below(way, row, place, parts) for way in ways for place in places)
        ways = sorted(below)[:_KEPT]
    best = min(ways, key=_strain)
    if _strain(best) >= _STRAINED:
        return None
    out: list[list[Placed]] = []
    for pieces, columns in zip(rows, best.rows, strict=True):
        first = [Placed(pieces[0], 0, 1)] if corner and not out else []
        own = pieces[len(first) :]
        laid = [Placed(p, frame.stub + c, 1) for p, c in zip(own, columns, strict=True)]
        out.append([*first, *laid])
    return out


def _below(way: _Way, row: Sequence[str], place: tuple[int, ...], parts: frozenset[int]) -> _Way:
    """A way with another row below; `parts` are the columns that hold no more than the ones before."""
    strain, columns = way.strain, list(way.columns)
    for words, column in zip(row, place, strict=True):
        above = columns[column]
        strain += 0.001 * column
        if UNIT.fullmatch(words):
            strain += 2.0 * (not above or above.endswith("）"))
            strain += ("所" in words) != (INSTITUTIONS.search(above) is not None)
        elif PART.match(words):
            shared = set(words) & set(columns[column - 1])
            strain += 1.0 * bool(above) + 1.0 * (column not in parts) + 0.3 * (not shared)
        elif above:
            strain += 1.0 * (above.endswith("）") or _COMPLETE.search(above) is not None)
        columns[column] = above + words
    return _Way(strain, tuple(columns), (*way.rows, place))


def _strain(way: _Way) -> float:
    """The strain of a whole way: columns without a head, whose head is no whole name, or has no
    unit beside others with one."""
    out = way.strain
    for words in way.columns:
        out += 3.0 * (not words) + 0.3 * (_WHOLE.search(words) is None)
        out += 0.1 * (not words.endswith("）"))
    return out
