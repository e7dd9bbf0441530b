"""Heads of two levels that a page gives level by level, each broken over lines: those of the upper
level one after another, then those that stand below some of them.

地区 | 入学率 / 小学 | 幼儿园数 / 教师数 / 升学率 | 辍学率: the last two stand below 小学.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations, pairwise
from math import comb

from shuangjian_cli.patterns import regex, worded
from shuangjian_cli.structure.tables.content import BLANK, MISSING
from shuangjian_cli.structure.tables.frame import Frame, Placed
from shuangjian_cli.structure.tables.regions import Piece
from shuangjian_cli.structure.tables.signs import MEASURED, STUB, UNIT
from shuangjian_cli.structure.tables.spread import best_cuts

_CHOICES = 500
"""Among how many ways to choose the heads with others below them the best is looked for."""
_COUNTED = worded("(?:[数率额重比积值]|{counted.words})$", __file__)
"""How the name of what a column counts ends."""
_SUM = regex("..[^共总合小]计$")
"""How the name of a sum ends: 教职工计."""


def joined(cells: Sequence[Piece], words: Callable[[Piece], str]) -> list[Piece]:
    """The names of heads, each with the unit that stands in a cell of its own behind it."""
    names: list[Piece] = []
    for p in cells:
        bare = UNIT.fullmatch(words(p)) is not None
        if bare and names and not MEASURED.search(words(names[-1])):
            names[-1] = Piece(names[-1].start, p.end, p.kind)
        else:
            names.append(p)
    return names


def level_by_level(rows: Sequence[Sequence[Piece]], frame: Frame) -> list[list[Placed]] | None:
    """The upper and lower heads; None where the lines do not give them so."""
    lines = [[p for p in row if p.kind not in (BLANK, MISSING)] for row in rows]
    if len(lines) < 3 or any(len(line) >= frame.size for line in lines):
        return None
    ends = [at for at, line in enumerate(lines) if not line and 0 < at < len(lines) - 1]
    end = ends[-1] if ends else len(lines) - 1
    upper = joined([p for line in lines[:end] for p in line], frame.words)
    lower = joined([p for line in lines[end:] for p in line], frame.words)
    corner = upper[:1] if upper and STUB.fullmatch(frame.words(upper[0])) else []
    upper = upper[len(corner) :]
    groups = len(upper) + len(lower) - frame.size
    if not 0 < groups <= len(upper) or len(lower) < 2 * groups:
        return None
    if comb(len(upper), groups) > _CHOICES:
        return None
    cuts = best_cuts(groups, [frame.words(p) for p in lower])
    chosen = min(
        combinations(range(len(upper)), groups),
        key=lambda way: sum(is_whole(frame.words(upper[at])) for at in way),
    )
    spans = dict(zip(chosen, pairwise((0, *cuts, len(lower))), strict=True))
    above = [Placed(p, 0, 1) for p in corner]
    below: list[Placed] = []
    column = frame.stub
    for at, piece in enumerate(upper):
        first, last = spans.get(at, (0, 1))
        above.append(Placed(piece, column, last - first))
        if at in spans:
            below += [Placed(p, column + i, 1) for i, p in enumerate(lower[first:last])]
        column += last - first
    return [above, below]


def is_whole(name: str) -> float:
    """How little a name looks like one that others stand below."""
    whole = MEASURED.search(name) or _SUM.search(name)
    return 2.0 * (whole is not None) + (_COUNTED.search(name) is not None)
