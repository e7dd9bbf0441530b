"""Heads of several levels whose cells have lost how far they reach: each row holds the heads that
begin in it, from left to right.

A head either stands over a column alone, down to the body, or over two heads or more of the row
below. How many do is told by how many columns there are; which, and where the row below parts, by
what the names look like.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import combinations, pairwise, product

from shuangjian_cli.declare import NamedTuple
from shuangjian_cli.structure.tables.content import BLANK, MISSING
from shuangjian_cli.structure.tables.frame import Frame, Placed
from shuangjian_cli.structure.tables.levels import is_whole
from shuangjian_cli.structure.tables.regions import Piece
from shuangjian_cli.structure.tables.signs import BRACKETED, PART, REMARK, STUB, UNIT
from shuangjian_cli.structure.tables.spread import strain

_CHOICES = 3000
"""Among how many ways to lay a row below the one above it the best is looked for."""
_APART = 0.8
"""How much names of one length, one bracketed as the other, speak against a cut between them."""
_TOLD = 0.5
"""How much it speaks for a head over others that it tells their words."""
_LEAST = 2
"""How many heads stand below one that does not stand alone."""


class _Below(NamedTuple):
    """How a row stands below the one above it: which of the heads above have others below them, and
    where these part."""

    strain: float
    over: tuple[int, ...]
    cuts: tuple[int, ...]


def nested(rows: Sequence[Sequence[Piece]], frame: Frame) -> list[list[Placed]] | None:
    """The heads of each row; None where the rows do not give them so."""
    lines = [[p for p in row if p.kind not in (BLANK, MISSING)] for row in rows]
    if len(lines) < 2 or any(map(is_placed, rows)) or any(len(x) >= frame.size for x in lines[1:]):
        return None
    said = [[frame.words(p) for p in line] for line in lines]
    if any(UNIT.fullmatch(words) for line in said[1:] for words in line):
        return None
    remarks = len(said[0]) > 1 and REMARK.fullmatch(said[0][-1]) is not None
    named = STUB.fullmatch(said[0][0]) is not None
    ways = [
        (cost + 0.5 * (frame.stub - lead), lead, remarks, below)
        for lead in range(int(named), frame.stub + 1)
        for cost, below in _ways(said, lead, len(said[0]) - remarks, frame.size)
    ]
    if not ways:
        return None
    _, lead, _, below = min(ways)
    return _placed(lines, lead, len(said[0]) - remarks, below, frame)


def is_placed(row: Sequence[Piece]) -> bool:
    """Whether empty cells before its last tell where the heads of a row stand."""
    filled = [p.kind not in (BLANK, MISSING) for p in row]
    return not all(filled[: sum(filled)])


def _ways(
    said: list[list[str]], lead: int, end: int, size: int
) -> Iterator[tuple[float, tuple[_Below, ...]]]:
    """The ways to lay rows, the first without its corner, over so many columns."""
    own = [said[0][lead:end], *said[1:]]
    groups = sum(map(len, own)) - size
    most = [min(len(above), len(below) // _LEAST) for above, below in pairwise(own)]
    for counts in product(*(range(1, each + 1) for each in most)):
        if sum(counts) == groups:
            each = [
                _below(a, b, count) for (a, b), count in zip(pairwise(own), counts, strict=True)
            ]
            yield sum(way.strain for way in each), tuple(each)


def _below(above: Sequence[str], row: Sequence[str], count: int) -> _Below:
    """The way to lay a row below so many heads of the one above with the least strain."""
    overs = list(combinations(range(len(above)), count))
    cuts = list(_cuts(len(row), count))
    if len(overs) * len(cuts) > _CHOICES:
        overs = [min(overs, key=lambda way: sum(is_whole(above[at]) for at in way))]
    if len(cuts) > _CHOICES:
        cuts = [tuple(i * (len(row) // count) for i in range(1, count))]
    parted = {way: _parted(way, row) for way in cuts}
    return min(
        _Below(
            cost + sum(map(partial(_over, above, row), *_groups(over, way, len(row)))), over, way
        )
        for way, cost in parted.items()
        for over in overs
    )


def _cuts(size: int, count: int) -> Iterator[tuple[int, ...]]:
    """Where so many heads part into groups of two or more."""
    for way in combinations(range(1, size), count - 1):
        if all(b - a >= _LEAST for a, b in pairwise((0, *way, size))):
            yield way


def _parted(cuts: tuple[int, ...], row: Sequence[str]) -> float:
    """How badly heads part at these places."""
    return strain(cuts, list(row)) + sum(_APART * _alike(row[at - 1], row[at]) for at in cuts)


def _alike(one: str, other: str) -> float:
    """How much two names look as if they were of one list."""
    if PART.match(other):
        return 1.0
    if bool(BRACKETED.search(one)) != bool(BRACKETED.search(other)):
        return 0.0
    return min(len(one), len(other)) / max(len(one), len(other))


def _groups(
    over: tuple[int, ...], cuts: tuple[int, ...], size: int
) -> tuple[tuple[int, ...], list[tuple[int, int]]]:
    return over, list(pairwise((0, *cuts, size)))


def _over(above: Sequence[str], row: Sequence[str], at: int, below: tuple[int, int]) -> float:
    """How badly a head stands over others."""
    name = above[at]
    told = [BRACKETED.sub("", words) in name for words in row[slice(*below)]]
    return is_whole(name) + (name in row) - _TOLD * sum(told) / len(told)


def _placed(
    lines: Sequence[Sequence[Piece]], lead: int, end: int, below: tuple[_Below, ...], frame: Frame
) -> list[list[Placed]]:
    """The heads of each row over their columns."""
    widths = [[1] * len(lines[-1])]
    for line, way in zip(reversed(lines[:-1]), reversed(below), strict=True):
        first = lead if line is lines[0] else 0
        count = (end if line is lines[0] else len(line)) - first
        own = [1] * count
        for at, (a, b) in zip(*_groups(way.over, way.cuts, len(widths[0])), strict=True):
            own[at] = sum(widths[0][a:b])
        widths.insert(0, own)
    corner = [Placed(p, i, 1) for i, p in enumerate(lines[0][:lead])]
    columns = [frame.stub]
    for width in widths[0]:
        columns.append(columns[-1] + width)
    rows: list[list[Placed]] = []
    for depth, (line, own) in enumerate(zip(lines, widths, strict=True)):
        named = line[lead:end] if not depth else line
        rows.append(list(map(Placed, named, columns, own)))
        if depth < len(below):
            columns = _columns(columns, below[depth], widths[depth + 1])
    return [[*corner, *rows[0]], *rows[1:]]


def _columns(above: Sequence[int], way: _Below, widths: Sequence[int]) -> list[int]:
    """The columns in which the heads of a row begin, below those of the row above."""
    out: list[int] = []
    for at, (a, b) in zip(*_groups(way.over, way.cuts, len(widths)), strict=True):
        column = above[at]
        for width in widths[a:b]:
            out.append(column)
            column += width
    return out
