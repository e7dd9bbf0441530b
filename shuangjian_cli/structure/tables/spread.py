"""Lays rows of heads over the columns whose cells are fewer: which reach over several, which stand
below which.

Of all ways that keep the order, the one with the least strain: names under names that they go on
with, units under names without one, 合计 first under a name of several columns that add up to it,
其中 beside what it is a part of.
"""

from __future__ import annotations

from itertools import combinations, pairwise
from math import comb

from shuangjian_cli.structure.tables.frame import Frame, Placed
from shuangjian_cli.structure.tables.regions import Piece
from shuangjian_cli.structure.tables.signs import (
    BRACKETED,
    INSTITUTIONS,
    PART,
    STUB,
    TOTAL,
    UNIT,
    WHOLE,
)

_CHOICES = 3000
"""Among how many ways the best is looked for."""


def spread(rows: list[list[Placed]], frame: Frame) -> None:
    """Lays the rows whose cells have no column yet (-1)."""
    for i, row in enumerate(rows):
        if not row or row[0].column >= 0:
            continue
        pieces = [p.piece for p in row]
        below = next((r for r in rows[i + 1 :] if r and r[0].column >= 0), None)
        above = next((r for r in reversed(rows[:i]) if r and r[0].column >= 0), None)
        sub = rows[i + 1] if i + 1 < len(rows) else []
        if below is not None:
            rows[i] = _over(pieces, below, frame)
        elif above is not None:
            rows[i] = _under(pieces, above, frame)
        elif sub and sub[0].column < 0:
            rows[i], rows[i + 1] = _together(pieces, [p.piece for p in sub], frame)
        else:
            first = frame.stub if len(pieces) < frame.size else 0
            rows[i] = _in_order(pieces, first, frame)


def _in_order(pieces: list[Piece], first: int, frame: Frame) -> list[Placed]:
    return [Placed(p, first + i, 1) for i, p in enumerate(pieces[: frame.columns - first])]


def _over(pieces: list[Piece], below: list[Placed], frame: Frame) -> list[Placed]:
    """Heads over those of a row below, each over one column or more."""
    if len(pieces) > 1 and STUB.fullmatch(frame.words(pieces[0])):
        return [Placed(pieces[0], 0, frame.stub), *_over(pieces[1:], below, frame)]
    first = frame.stub if len(pieces) <= frame.size else 0
    size = frame.columns - first
    if len(pieces) > size:
        return _in_order(pieces, first, frame)
    under = {p.column: frame.words(p.piece) for p in below}
    labels = [under.get(first + c, "") for c in range(size)]
    edges = (0, *best_cuts(len(pieces), labels), size)
    return [Placed(p, first + edges[i], edges[i + 1] - edges[i]) for i, p in enumerate(pieces)]


def best_cuts(groups: int, labels: list[str]) -> tuple[int, ...]:
    """Where labels part into so many groups with the least strain."""
    size = len(labels)
    if comb(size - 1, groups - 1) > _CHOICES:
        return tuple(i * (size // groups) for i in range(1, groups))
    return min(combinations(range(1, size), groups - 1), key=lambda cuts: strain(cuts, labels))


def strain(cuts: tuple[int, ...], labels: list[str]) -> float:
    """How badly groups that begin at these columns fit the labels under them."""
    groups = [labels[a:b] for a, b in pairwise((0, *cuts, len(labels)))]
    out = float(sum(PART.match(group[0]) is not None for group in groups))
    if any(UNIT.fullmatch(label) for label in labels):
        for first, *rest in groups:
            out += UNIT.fullmatch(first) is None
            out += sum(UNIT.fullmatch(label) is not None for label in rest)
    elif any(group != groups[0] for group in groups):
        out += 0.5 + 0.1 * (max(map(len, groups)) - min(map(len, groups)))
    if len(groups) > 1 and len({group[0] for group in groups}) == 1:
        out -= 1.0  # 合计 begins each of them
    return out


def _under(pieces: list[Piece], above: list[Placed], frame: Frame) -> list[Placed]:
    """Heads below those of a row above, in their order: a unit below a name without one, words that
    go on with a name, a part where no name stands."""
    names = {p.column: p for p in above}
    places = [
        names.get(c, Placed(pieces[0], c, 1))
        for c in range(frame.stub, frame.columns)
        if c in names or not any(p.column < c < p.column + p.columns for p in above)
    ]
    if len(pieces) > len(places):
        return []
    chosen: tuple[int, ...] = tuple(range(len(pieces)))
    if comb(len(places), len(pieces)) <= _CHOICES:
        said = [frame.words(p) for p in pieces]
        named = [frame.words(p.piece) if p.column in names else "" for p in places]
        chosen = min(
            combinations(range(len(places)), len(pieces)),
            key=lambda way: sum(
                _misfit(named[c], under) + 0.01 * c for c, under in zip(way, said, strict=True)
            ),
        )
    return [
        Placed(p, places[c].column, places[c].columns) for c, p in zip(chosen, pieces, strict=True)
    ]


def _misfit(name: str, under: str) -> float:
    """How badly words stand below a name."""
    if UNIT.fullmatch(under):
        return float(BRACKETED.search(name) is not None)
    whole = 0.1 if WHOLE.search(name) else 0.0
    return float((not name) != (PART.match(under) is not None)) + whole


def _together(
    names: list[Piece], parts: list[Piece], frame: Frame
) -> tuple[list[Placed], list[Placed]]:
    """Two rows of heads that have fewer cells than columns each: some of the second have columns of
    their own, beside the one of the name above."""
    lead = 0 if STUB.fullmatch(frame.words(names[0])) else frame.stub
    size = frame.columns - lead
    extra = size - len(names)
    ways = comb(size, extra) * comb(len(parts), extra) if extra > 0 else 0
    if not 0 < ways <= _CHOICES:
        first = _in_order(names, lead, frame)
        return first, _under(parts, first, frame)
    best: tuple[float, list[Placed], list[Placed]] | None = None
    for own in combinations(range(len(parts)), extra):
        for at in combinations(range(lead + max(1, frame.stub - lead + 1), frame.columns), extra):
            way = _way(names, parts, own, at, lead, frame)
            if way is not None and (best is None or way[0] <= best[0]):
                best = way
    return best[1:] if best is not None else (_in_order(names, lead, frame), [])


def _way(
    names: list[Piece],
    parts: list[Piece],
    own: tuple[int, ...],
    at: tuple[int, ...],
    lead: int,
    frame: Frame,
) -> tuple[float, list[Placed], list[Placed]] | None:
    """One way to lay names over all columns but those (`at`) that some parts (`own`) have for
    themselves, with its strain."""
    first: list[Placed] = []
    rest = iter(names)
    for column in range(lead, frame.columns):
        if column in at:
            if not first:
                return None
            first[-1] = first[-1]._replace(columns=first[-1].columns + 1)
        else:
            first.append(Placed(next(rest), column, 1))
    second: list[Placed] = []
    taken = dict(zip(own, at, strict=True))
    total, last = 0.0, -1
    for i, part in enumerate(parts):
        said = frame.words(part)
        if i in taken:
            column = taken[i]
            over = next(p for p in first if p.column <= column < p.column + p.columns)
            total += _alone(over, column, said, frame)
        else:
            free = [p for p in first if p.column > last and p.column >= frame.stub]
            if not free:
                return None
            over = min(free, key=lambda p: _strange(p, said, frame))
            column = over.column
            total += _strange(over, said, frame)
        if column <= last:
            return None
        last = column
        second.append(Placed(part, column, 1))
    return total, first, second


def _alone(over: Placed, column: int, said: str, frame: Frame) -> float:
    """How badly a part has a column of its own under a name."""
    part = PART.match(said) is not None
    name = frame.words(over.piece)
    shared = set(name) & set(said)
    return (
        (0.0 if part else 0.5)
        + (0.0 if shared else 0.3)
        + (0.5 if said[-1] in "校园院" and not INSTITUTIONS.search(name) else 0.0)
        + (2.0 if UNIT.fullmatch(said) else 0.0)
        + (1.0 if part and not frame.holds(over.column, column) else 0.0)
    )


def _strange(over: Placed, said: str, frame: Frame) -> float:
    """How badly a part stands in the first column of a name: 合计 belongs to a name of several, best
    where they add up to it, a unit to a name that has none."""
    if TOTAL.fullmatch(said):
        if over.columns == 1:
            return 1.0
        return -1.0 if frame.adds(over.column, over.columns - 1) else 0.0
    if PART.match(said) or over.columns > 1:
        return 1.0
    named = BRACKETED.search(frame.words(over.piece)) is not None
    return float(named and UNIT.fullmatch(said) is not None)
