"""Heads of several levels whose cells have lost how far they reach: each row holds the heads that
begin in it, from left to right, or they stand one after another with no rows at all.

A head either stands over a column alone, down to the body, or over two heads or more of the row
below. How many do is told by how many columns there are; which, and where the row below parts, by
what the names look like and by the numbers under them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import combinations, pairwise, product
from math import inf
from typing import NamedTuple

from shuangjian_cli.patterns import regex
from shuangjian_cli.structure.tables.content import BLANK, MISSING, YEAR
from shuangjian_cli.structure.tables.frame import Frame, Placed, moved
from shuangjian_cli.structure.tables.levels import is_whole, joined
from shuangjian_cli.structure.tables.regions import Piece
from shuangjian_cli.structure.tables.signs import (
    BRACKETED,
    HAN,
    MEASURED,
    PART,
    REMARK,
    SEVERAL,
    STUB,
    TOTAL,
    UNIT,
)
from shuangjian_cli.structure.tables.spread import strain

_CHOICES = 3000
"""Among how many ways to lay a row below the one above it the best are looked for."""
_KEPT = 40
"""How many of them the numbers decide between."""
_APART = 0.8
"""How much names of one length, one bracketed as the other, speak against a cut between them."""
_TOLD = 0.5
"""How much it speaks for a head over others that it tells their words."""
_OTHER = 0.01
"""How much it speaks against it that none of them ends as it does."""
_SUMMED = 0.3
"""How much of what speaks against a head over others is left where the first of these is their sum."""
_SUMS = 4.0
"""How much it speaks for a total over several columns that the first holds the sum of others."""
_CUT = 0.5
"""How much it speaks against heads that what adds up to such a sum ends below one of them."""
_SEVERAL = 0.3
"""How much it speaks for a head over others that it names several things together."""
_ALONE = 2.0
"""How much a head over all columns does, which says nothing of any."""
_FEWER = 0.5
"""How much each column of the heads of rows without a head of its own speaks against a way."""
_LEVEL = 0.3
"""How much each level speaks against a way where no rows are given."""
_STRAINED = 1.5
"""From which strain for each head over others on heads one after another make no levels."""
_LEAST = 2
"""How many heads stand below one that does not stand alone."""
_SURE = 0.1
"""How much more what speaks against the next best way must be where one is sure."""
_SURE_OF_TOTAL = 2.0
"""The same where a total stands over one column that is no sum."""
_MANY = 14
"""From how many heads on levels begin only where two unlike each other stand."""
_MOST = 30
"""How many heads one after another are parted into levels."""

_SEX = regex("[男女][生性]?")
_PEOPLE = regex(r"[人生员工师童儿][数计]?(?:（[^）]*）)?$")
"""How the name of people ends, of whom some are 男, some 女."""
_ASIDE = regex(r"（[^（）]*）")


class _Below(NamedTuple):
    """How a row stands below the one above it: which of the heads above have others below them, and
    where these part."""

    strain: float
    over: tuple[int, ...]
    cuts: tuple[int, ...]

    def groups(self, size: int) -> Iterator[tuple[int, int, int]]:
        """Each head above with others below it: where these begin and end in a row of this size."""
        for at, (first, last) in zip(self.over, pairwise((0, *self.cuts, size)), strict=True):
            yield at, first, last


class _Way(NamedTuple):
    """A way to lay rows: `lead` heads of the first are the corner's, those from `end` on have no
    column; below it stand the other rows."""

    strain: float
    lead: int
    end: int
    below: tuple[_Below, ...]


class Laid(NamedTuple):
    """The heads of each row; `unsure` where others are as good."""

    rows: list[list[Placed]]
    unsure: bool


def nested(rows: Sequence[Sequence[Piece]], frame: Frame) -> list[list[Placed]] | None:
    """The heads of each row; None where the rows do not give them so."""
    found = laid(rows, frame)
    return found.rows if found else None


def laid(rows: Sequence[Sequence[Piece]], frame: Frame) -> Laid | None:
    """The heads of each row, and whether they are sure; None where the rows do not give them so."""
    own = [row for row in rows if _is_own(row, frame)]
    lines = [[p for p in row if p.kind not in (BLANK, MISSING)] for row in own]
    if len(lines) < 2 or any(map(is_placed, own)):
        return None
    if any(len(line) >= frame.size for line in lines[1:-1]) or len(lines[-1]) > frame.size:
        return None
    found = _best([lines], frame) or _best([lines], frame, least=1)
    if found is None:
        return None
    _, heads, gap = found
    sure = _SURE_OF_TOTAL if _has_lone_total(heads[0], frame) else _SURE
    return Laid(heads, gap < sure)


def ranked(rows: Sequence[Sequence[Piece]], frame: Frame) -> list[tuple[float, list[list[Placed]]]]:
    """The ways to lay rows over the columns that strain least, each with its strain, the least first."""
    found = _ranked([list(map(list, rows))], frame, _LEAST, _KEPT)
    return [(cost, laid) for cost, _, laid in found]


def _has_lone_total(upper: Sequence[Placed], frame: Frame) -> bool:
    """Whether a total stands over one column only, which is no sum: it may stand over several."""
    totals = [p.column for p in upper if TOTAL.fullmatch(frame.words(p.piece))]
    lone = totals and all(p.columns == 1 for p in upper if p.column in totals)
    return bool(lone) and frame.sums().keys().isdisjoint(totals)


def unfolded(
    cells: Sequence[Piece], frame: Frame, begins: Sequence[Piece] = (), *, sure: bool = False
) -> list[list[Placed]] | None:
    """The heads, row by row, of cells that stand one after another; None where they make none that
    look like it. A row, if any but the first are known, begins at one of `begins`; `sure`
    tells that they are heads, and of several rows where they are more than columns."""
    if any(p.kind == BLANK for p in cells):
        return None
    own = [p for p in cells if p.kind == YEAR or HAN.search(frame.words(p))]
    names = joined(own, frame.words)
    names = one_corner(names, frame) or names
    if not frame.size <= len(names) <= _MOST:
        return None
    if len(names) in (frame.size, frame.columns):
        first = frame.columns - len(names)
        return [[Placed(p, first + i, 1) for i, p in enumerate(names)]]
    if any(UNIT.fullmatch(frame.words(p)) for p in names):
        return None
    cuts = [at for at in range(1, len(names)) if names[at] in begins] or range(1, len(names))
    if len(names) > _MANY:  # the ways are too many, and few names of one list part levels
        said = [frame.words(p) for p in names]
        cuts = [at for at in cuts if _alike(said[at - 1], said[at]) < 1]
    stub = next((i for i, p in enumerate(names) if STUB.fullmatch(frame.words(p))), 0)
    if stub:
        return _round_corner(names, stub, [at for at in cuts if at > stub], frame)
    ways = [[names[:at], names[at:]] for at in cuts]
    ways += [[names[:a], names[a:b], names[b:]] for a, b in combinations(cuts, 2)]
    found = _best(ways, frame)
    if found is None:
        return None
    groups = sum(p.columns > 1 for row in found[1] for p in row)
    if sure:
        return found[1]
    return found[1] if found[0] - _LEVEL * len(found[1]) < _STRAINED * groups - 0.5 else None


def _round_corner(
    names: Sequence[Piece], stub: int, cuts: Sequence[int], frame: Frame
) -> list[list[Placed]] | None:
    """The heads, row by row, where the corner and the heads beside it, which reach down, stand in the
    middle of their height, below those to their right that stand over others; these begin at one of
    `cuts`."""
    best: tuple[float, list[list[Placed]]] | None = None
    for cut in cuts:
        lead = [Placed(p, frame.stub + i, 1) for i, p in enumerate(names[stub + 1 : cut])]
        first = frame.stub + len(lead)
        if first >= frame.columns:
            continue
        found = _best([[[*names[:stub]], [*names[cut:]]]], frame.beyond(first))
        if found is not None and (best is None or found[0] < best[0]):
            upper, lower = moved(found[1], first)
            best = found[0], [[Placed(names[stub], 0, 1), *lead, *upper], lower]
    return best[1] if best is not None else None


def one_corner(names: Sequence[Piece], frame: Frame) -> list[Piece] | None:
    """Heads of which there is one more than columns, since what the second names stands in rows of its
    own or beside what the first names: 性质 | 学校 | 班数 over 公办, below it 第一小学 | 12."""
    if len(names) != frame.columns + 1 or not frame.stub:
        return None
    counted = [is_whole(frame.words(p)) > 0 for p in names]
    if any(counted[:2]) or not all(counted[2:]):
        return None
    return [Piece(names[0].start, names[1].end, names[0].kind), *names[2:]]


def is_placed(row: Sequence[Piece]) -> bool:
    """Whether empty cells before its last tell where the heads of a row stand."""
    filled = [p.kind not in (BLANK, MISSING) for p in row]
    return not all(filled[: sum(filled)])


def _is_own(row: Sequence[Piece], frame: Frame) -> bool:
    """Whether a row says anything that another does not say in another language."""
    return any(p.kind == YEAR or HAN.search(frame.words(p)) for p in row)


def _best(
    ways: Sequence[list[list[Piece]]], frame: Frame, least: int = _LEAST
) -> tuple[float, list[list[Placed]], float] | None:
    """The heads laid with the least strain, of several ways to part them into rows, that strain and how
    much more the next has; `least` stand below each that does not stand alone."""
    best = _ranked(ways, frame, least, 2)
    if not best:
        return None
    return best[0][0], best[0][2], best[1][0] - best[0][0] if len(best) > 1 else inf


def _ranked(
    ways: Sequence[list[list[Piece]]], frame: Frame, least: int, count: int
) -> list[tuple[float, int, list[list[Placed]]]]:
    """So many of the heads laid that strain least: how much, by which of the ways, and the heads."""
    found = [
        (way.strain + _LEVEL * len(lines) + _apart(said), number, way)
        for number, lines in enumerate(ways)
        for said in ([[frame.words(p) for p in line] for line in lines],)
        for way in _ways(said, frame, least)
    ]
    totals = any(TOTAL.fullmatch(frame.words(p)) for lines in ways[:1] for p in lines[0])
    sums = frame.sums() if totals and found else {}
    ways_laid = (
        (cost + _against(rows, sums, frame), number, rows)
        for cost, number, way in nsmallest(_KEPT, found)
        for rows in (_placed(ways[number], way, frame),)
    )
    return nsmallest(count, ways_laid, key=lambda each: each[:2])


def _apart(said: Sequence[Sequence[str]]) -> float:
    """How badly names are parted into rows: those of one list stand in one, and a sum at its end."""
    again = sum(len(set(above) & {*row}) for above, row in combinations(said, 2))
    return again + sum(TOTAL.fullmatch(words) is not None for words in said[0][2:-1])


def _ways(said: list[list[str]], frame: Frame, least: int) -> Iterator[_Way]:
    """The ways to lay rows over the columns."""
    if any(UNIT.fullmatch(words) for line in said[1:] for words in line):
        return
    named = STUB.fullmatch(said[0][0]) is not None
    end = len(said[0]) - (len(said[0]) > 1 and REMARK.fullmatch(said[0][-1]) is not None)
    for lead in range(int(named), frame.stub + 1):
        own = [said[0][lead:end], *said[1:]]
        groups = sum(map(len, own)) - frame.size
        most = [min(len(above), len(row) // least) for above, row in pairwise(own)]
        if not len(most) <= groups <= sum(most):
            continue
        for counts in product(*(range(1, each + 1) for each in most)):
            if sum(counts) == groups:
                each = [
                    _below(a, b, count, least)
                    for (a, b), count in zip(pairwise(own), counts, strict=True)
                ]
                for below in nsmallest(_KEPT, product(*each), key=_strain):
                    yield _Way(_strain(below) + _FEWER * (frame.stub - lead), lead, end, below)


def _strain(below: Sequence[_Below]) -> float:
    return sum(way.strain for way in below)


def _below(above: Sequence[str], row: Sequence[str], count: int, least: int) -> list[_Below]:
    """The ways to lay a row below so many heads of the one above with the least strain."""
    overs = list(combinations(range(len(above)), count))
    cuts = list(_cuts(len(row), count, least))
    if len(overs) * len(cuts) > _CHOICES:
        overs = [min(overs, key=lambda way: sum(is_whole(above[at]) for at in way))]
        cuts = cuts[:_CHOICES]
    parted = {way: _parted(way, row) for way in cuts}
    ways = (_Below(cost, over, way) for way, cost in parted.items() for over in overs)
    return nsmallest(_KEPT, (way._replace(strain=_whole(way, above, row)) for way in ways))


def _whole(way: _Below, above: Sequence[str], row: Sequence[str]) -> float:
    """The strain of a way, that of which heads stand over others with that of where these part."""
    groups = way.groups(len(row))
    return way.strain + sum(_over(above[at], row[first:last]) for at, first, last in groups)


def _cuts(size: int, count: int, least: int) -> Iterator[tuple[int, ...]]:
    """Where so many heads part into groups of `least` or more."""
    for way in combinations(range(least, size - least + 1), count - 1):
        if all(b - a >= least for a, b in pairwise((0, *way, size))):
            yield way


def _parted(cuts: tuple[int, ...], row: Sequence[str]) -> float:
    """How badly heads part at these places; where they say the same again a list begins anew."""
    names = [_ASIDE.sub("", name) for name in row]
    groups = [names[a:b] for a, b in pairwise((0, *cuts, len(row)))]
    again = any(a == b and len(a) > 1 for a, b in pairwise(groups))
    alike = sum(_alike(row[at - 1], row[at]) for at in cuts)
    return strain(cuts, list(row)) + _APART * alike - again


def _alike(one: str, other: str) -> float:
    """How much two names look as if they were of one list."""
    if PART.match(other):
        return 1.0
    if bool(BRACKETED.search(one)) != bool(BRACKETED.search(other)):
        return 0.0
    return min(len(one), len(other)) / max(len(one), len(other))


def _over(name: str, below: Sequence[str]) -> float:
    """How badly a head stands over others."""
    told = sum(BRACKETED.sub("", words) in name for words in below)
    again = len(below) - len(set(below))
    totals = [TOTAL.fullmatch(words) is not None for words in (name, *below)]
    totals[0] = totals[0] and not any(words.endswith(name) for words in below)
    measured = MEASURED.search(name) is not None and any(map(MEASURED.search, below))
    part = PART.match(name) is not None and PART.fullmatch(name) is None
    whole = max(is_whole(name), 2.0 * (len(name) == 1 or part)) * (_SUMMED if totals[1] else 1.0)
    told_by_name = _TOLD * told / len(below) + _SEVERAL * (SEVERAL.match(name) is not None)
    again += any(map(_SEX.fullmatch, below)) and _PEOPLE.search(name) is None
    return whole + again + measured + 2 * (sum(totals) - totals[1]) - told_by_name


def _against(rows: list[list[Placed]], sums: Mapping[int, tuple[int, int]], frame: Frame) -> float:
    """How much speaks against heads: a total that is less than what stands beside it, as it speaks for
    them that it is the sum of that, or stands over several columns that hold the sums of others (`sums`)
    of which none stands elsewhere, whose parts begin and end where heads do, and a little that heads end
    otherwise than those above them."""
    total = _ALONE * any(p.columns == frame.size for row in rows[:-1] for p in row)
    edges = {head.column for head in rows[0]}
    for head in rows[0]:
        over = set(range(head.column, head.column + head.columns))
        if head.column in sums and len(over) > 1 and TOTAL.fullmatch(frame.words(head.piece)):
            total += len(sums.keys() - over) - _SUMS
            total += _CUT * len({at for part in sums.values() for at in part} - edges)
    for above, row in pairwise(rows):
        for head in above:
            below = [p for p in row if head.column <= p.column < head.column + head.columns]
            ends = {frame.words(p.piece)[-1] for p in below}
            total += _OTHER * bool(ends) * (frame.words(head.piece)[-1] not in ends)
            if below and TOTAL.fullmatch(frame.words(below[0].piece)):
                total += sum(not frame.holds(below[0].column, p.column) for p in below[1:])
                total -= len(below) > _LEAST and frame.adds(below[0].column, len(below) - 1)
    return total


def _placed(lines: Sequence[Sequence[Piece]], way: _Way, frame: Frame) -> list[list[Placed]]:
    """The heads of each row over their columns."""
    lead, end, below = way[1:]
    own = [lines[0][lead:end], *lines[1:]]
    widths = [[1] * len(line) for line in own]
    for depth in reversed(range(len(below))):
        for at, first, last in below[depth].groups(len(own[depth + 1])):
            widths[depth][at] = sum(widths[depth + 1][first:last])
    columns = [frame.stub]
    for width in widths[0]:
        columns.append(columns[-1] + width)
    rows = [[Placed(p, i, 1) for i, p in enumerate(lines[0][:lead])]]
    for depth, line in enumerate(own):
        rows.append(list(map(Placed, line, columns, widths[depth])))
        if depth < len(below):
            columns = _columns(columns, below[depth], widths[depth + 1])
    return [rows[0] + rows[1], *rows[2:]]


def _columns(above: Sequence[int], way: _Below, widths: Sequence[int]) -> list[int]:
    """The columns in which the heads of a row begin, below those of the row above."""
    out: list[int] = []
    for at, first, last in way.groups(len(widths)):
        column = above[at]
        for width in widths[first:last]:
            out.append(column)
            column += width
    return out
