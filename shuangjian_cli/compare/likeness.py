"""Proposes wordings that may be one thing and measures that may be one row, for a person to decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from statistics import median
from typing import Literal, NamedTuple

from shuangjian_cli.compare.matrix import usual_wording
from shuangjian_cli.compare.measure import Measure, Measures
from shuangjian_cli.compare.subject import Key
from shuangjian_cli.compare.tally import LEVELS, Figure, Slot, Slots, Tally
from shuangjian_cli.compare.values import differ, extent
from shuangjian_cli.model import Indicator

_LIKE_WORDINGS, _LIKE_MEASURES = 60, 55
"""The least likeness, of 100, of wordings and of the usual wordings of two measures."""
_MOST_APART = 50
"""Counts of one thing in two places are not more than so many times each other."""
_MOST_POINTS = 40
"""Nor are shares further apart than so many points."""
_BROAD = {None, "school", "compulsory"}
_MOST_FOR_ONE = 3
"""So many proposals for one wording, the likest."""


class Proposal(NamedTuple):
    """Two wordings that may be one (`same`), or two measures that may be one row (`joined`).

    `items` are what a decision names: wordings, or ids of measures; `names` how people read them.
    `metric` is that of wordings. `examples` are figures of either side, `gain` is how many more
    places the larger side would have.
    """

    kind: Literal["same", "joined"]
    metric: str | None
    measure: Measure
    items: tuple[str, str]
    likeness: int
    gain: int
    examples: tuple[tuple[str, Indicator], tuple[str, Indicator]]


class _Side:
    """A wording or a measure with its figures by place."""

    def __init__(self, item: str, subject: str) -> None:
        self.item = item
        self.subject = subject
        self.slots: dict[tuple[str, str, str | None], Slot] = {}

    @property
    def places(self) -> frozenset[str]:
        return frozenset(place for place, _, _ in self.slots)

    def add(self, place: str, slots: Slots, wording: Key | None) -> None:
        for key, slot in slots.items():
            if wording is None or key.wording == wording:
                self.slots.setdefault((place, key.status, key.period), slot)

    @property
    def example(self) -> tuple[str, Figure]:
        place, _, _ = key = min(self.slots, key=lambda each: (each[0], each[1], each[2] or ""))
        return place, self.slots[key].best

    @property
    def middle(self) -> Decimal:
        scales = (
            slot.family.in_base(slot.best.value, slot.best.unit) for slot in self.slots.values()
        )
        return median(scales)


def proposals(tally: Tally) -> tuple[Proposal, ...]:
    """What may be one and is not decided: of metrics first, what joins the most places first.

    Likeness is of the words (rapidfuzz); the fields set limits: metric, kind, number, unit family
    and role must agree, a place must not report both with different values for one period, and
    values must be of one magnitude. Raises ImportError without rapidfuzz.
    """
    found = [*_same(tally), *_joined(tally)]
    return tuple(sorted(found, key=_order))


def _order(each: Proposal) -> tuple[object, ...]:
    return each.metric is None, -each.gain, -each.likeness, each.items, each.measure.id


def _same(tally: Tally) -> Iterator[Proposal]:
    from rapidfuzz import fuzz, process

    for measure, sides in _wordings(tally).items():
        wordings = sorted(sides)
        refused = _refused(tally.measures, measure)
        subjects = [sides[wording].subject for wording in wordings]
        for at, wording in enumerate(wordings):
            later = subjects[at + 1 :]
            likest = process.extract(
                subjects[at],
                later,
                scorer=fuzz.ratio,
                score_cutoff=_LIKE_WORDINGS,
                limit=_MOST_FOR_ONE,
            )
            for _, likeness, place in likest:
                other = wordings[at + 1 + place]
                if frozenset((wording, other)) in refused:
                    continue
                one, two = sides[wording], sides[other]
                if _may_be_one(measure, one, two):
                    yield _proposal(tally, "same", measure, one, two, likeness)


def _joined(tally: Tally) -> Iterator[Proposal]:
    from rapidfuzz import fuzz

    kin: dict[tuple[object, ...], dict[Measure, _Side]] = defaultdict(dict)
    for measure, places in _rows(tally):
        if measure.metric is None or measure.wording:
            continue
        like = measure._replace(stage=None, groups=())
        usual = usual_wording(places)
        subject = next(
            slot.subject
            for slots in places.values()
            for key, slot in slots.items()
            if key.wording == usual
        )
        side = kin[like].setdefault(measure, _Side(measure.id, subject))
        for place, slots in places.items():
            side.add(place, slots, None)
    apart = {frozenset(ids) for ids in tally.rules.decided.apart}
    for sides in kin.values():
        measures = sorted(sides, key=lambda each: each.id)
        for at, measure in enumerate(measures):
            for other in measures[at + 1 :]:
                one, two = sides[measure], sides[other]
                likeness = fuzz.ratio(one.subject, two.subject)
                if (
                    _less_said(measure, other)
                    and likeness >= _LIKE_MEASURES
                    and frozenset((one.item, two.item)) not in apart
                    and _may_be_one(measure, one, two)
                ):
                    yield _proposal(tally, "joined", measure, one, two, likeness)


def _rows(tally: Tally) -> Iterator[tuple[Measure, Mapping[str, Slots]]]:
    for group in tally.groups():
        for level in LEVELS:
            yield from group.of(level).items()


def _less_said(one: Measure, other: Measure) -> bool:
    """Whether two measures differ in that one says less: fewer groups, or of broad stages none.

    What is said of no stage is the sum of all; beside primary schools it does not stand.
    """
    stages = one.stage == other.stage or {one.stage, other.stage} <= _BROAD
    few, many = sorted((set(one.groups), set(other.groups)), key=len)
    return stages and few <= many


def _wordings(tally: Tally) -> dict[Measure, dict[Key, _Side]]:
    out: dict[Measure, dict[Key, _Side]] = defaultdict(dict)
    for measure, places in _rows(tally):
        if measure.role == "rank":
            continue
        sides = out[measure._replace(wording=())]
        for place, slots in places.items():
            for key, slot in slots.items():
                side = sides.setdefault(key.wording, _Side(slot.subject, slot.subject))
                side.slots.setdefault((place, key.status, key.period), slot)
    return out


def _refused(measures: Measures, measure: Measure) -> set[frozenset[Key]]:
    """Pairs that a person has refused; those that are one already have one key."""
    out = set()
    for metric, words in measures.rules.decided.different:
        if metric in (None, measure.metric):
            keys = {measures.wording(word, measure) for word in words}
            out |= {frozenset((a, b)) for a in keys for b in keys if a != b}
    return out


def _may_be_one(measure: Measure, one: _Side, other: _Side) -> bool:
    if len(one.places | other.places) <= max(len(one.places), len(other.places)):
        return False  # no row would have more places
    for key in one.slots.keys() & other.slots.keys():
        extents = [extent(slot.best, slot.family) for slot in (one.slots[key], other.slots[key])]
        if differ(*extents):
            return False
    low, high = sorted((abs(one.middle), abs(other.middle)))
    if measure.family == "share":
        return high - low <= _MOST_POINTS
    return high <= low * _MOST_APART


def _proposal(
    tally: Tally,
    kind: Literal["same", "joined"],
    measure: Measure,
    one: _Side,
    other: _Side,
    likeness: float,
) -> Proposal:
    places = one.places | other.places
    (first, figure), (second, another) = one.example, other.example
    return Proposal(
        kind,
        measure.metric,
        measure,
        (one.item, other.item),
        round(likeness),
        len(places) - max(len(one.places), len(other.places)),
        ((first, tally.indicator(figure)), (second, tally.indicator(another))),
    )
