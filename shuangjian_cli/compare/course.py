"""How one measure of one place moves: its trend over the years, and its targets with what was reached."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from shuangjian_cli.compare.matrix import BOTH, Chosen, Order, View, columns_of
from shuangjian_cli.compare.measure import Measure, Measures
from shuangjian_cli.compare.period import YEAR, span
from shuangjian_cli.compare.subject import Key
from shuangjian_cli.compare.tally import Figure, Level, Slot, SlotKey, Slots, Tally
from shuangjian_cli.compare.values import signed
from shuangjian_cli.model import Indicator


@dataclass(frozen=True, slots=True)
class Point:
    """A figure of a course, its value in the course's unit. `period` is a year in a trend, else
    the figure's own."""

    period: str
    figure: Figure
    value: Decimal
    tally: Tally = field(compare=False, repr=False)

    @property
    def indicator(self) -> Indicator:
        """The record of its figure, read anew each time."""
        return self.tally.indicator(self.figure)


@dataclass(frozen=True, slots=True)
class Course:
    """A measure of a place in one wording. `reached` are achieved figures, `planned` targets, each
    by time."""

    measure: Measure
    pillar: str | None
    place: str
    subject: str
    unit: str | None
    reached: tuple[Point, ...]
    planned: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Courses:
    """Courses in the order of the catalogue, and the level that they are of."""

    level: Level
    courses: tuple[Course, ...]
    measures: Measures


def trends(tally: Tally, view: View, level: Level) -> Courses:
    """What places report as achieved for two years or more; targets are apart.

    A state within a year is that of the year, the last one where there are several; figures over
    several years, and of what accumulates over a part of one, are no points of a trend.
    """
    out = []
    for measure, place, slots in _each(tally, view, level):
        years = {key: slot for key, slot in slots.items() if YEAR.fullmatch(key.period or "")}
        if not (reached := _wordings(years, "achieved")):
            continue
        wording = max(reached, key=lambda each: (len(reached[each]), -len(each), each))
        if len(reached[wording]) < 2:
            continue
        planned = _wordings(years, "target").get(wording, {})
        out.append(_course(tally, measure, place, reached[wording], planned))
    return _sorted(tally, level, out)


def progress(tally: Tally, view: View, level: Level) -> Courses:
    """The targets of places, each with the latest figure that was reached in the same wording.

    What accumulates is held against a target only where both count from one year on.
    """
    out = []
    for measure, place, slots in _each(tally, view, level):
        flows = tally.measures.flows(measure)
        planned = _wordings(slots, "target")
        reached = _wordings(slots, "achieved")
        for wording, targets in planned.items():
            for period, slot in targets.items():
                so_far = {
                    other: each
                    for other, each in reached.get(wording, {}).items()
                    if _towards(other, period, flows)
                }
                last = max(so_far, key=lambda each: span(each)[::-1], default=None)
                kept = {} if last is None else {last: so_far[last]}
                out.append(_course(tally, measure, place, kept, {period: slot}))
    return _sorted(tally, level, out)


def gap(course: Course) -> Decimal | None:
    """What is missing to the target, negative where it is exceeded; None where nothing is known."""
    if not course.reached or not course.planned:
        return None
    return course.planned[-1].value - course.reached[-1].value


def _towards(period: str, target: str, flows: bool) -> bool:
    (start, end), (first, last) = span(period), span(target)
    return end <= last and (start == first if flows else True)


def _each(tally: Tally, view: View, level: Level) -> Iterator[tuple[Measure, str, Slots]]:
    both = Chosen(
        View(status=BOTH, confidence=view.confidence, metrics=view.metrics, pillars=view.pillars),
        tally.measures,
    )
    for group in tally.groups(level, view.metrics):
        for measure, places in group.of(level).items():
            for place, slots in both.kept(measure, places).items():
                yield measure, place, slots


Spans = dict[str, Slot]


def _wordings(slots: Mapping[SlotKey, Slot], status: str) -> dict[Key, Spans]:
    """The slots of a status that have a period, by wording and period."""
    out: dict[Key, Spans] = defaultdict(dict)
    for key, slot in slots.items():
        if key.status == status and key.period is not None:
            out[key.wording][key.period] = slot
    return out


def _course(tally: Tally, measure: Measure, place: str, reached: Spans, planned: Spans) -> Course:
    slots = [*reached.values(), *planned.values()]
    units = [slot.best.unit for slot in slots if slot.best.unit]
    unit = slots[0].family.common({each: units.count(each) for each in units})

    def points(spans: Spans) -> tuple[Point, ...]:
        found = []
        for period in sorted(spans, key=lambda each: (*span(each)[::-1], each)):
            slot = spans[period]
            value = signed(slot.best, slot.family, unit, slot.best.value)
            assert value is not None
            found.append(Point(period, slot.best, value, tally))
        return tuple(found)

    metric = tally.rules.metrics.get(measure.metric or "")
    return Course(
        measure,
        metric.pillar if metric else slots[0].best.pillar,
        place,
        slots[-1].subject,
        unit,
        points(reached),
        points(planned),
    )


def _sorted(tally: Tally, level: Level, courses: list[Course]) -> Courses:
    order = Order.of(tally.rules)
    columns = columns_of({each.place for each in courses}, "province")
    places = {name: at for at, name in enumerate(columns)}

    def key(each: Course) -> tuple[object, ...]:
        return (
            order.pillars.get(each.pillar or "", len(order.pillars)),
            order.metrics.get(each.measure.metric or "", len(order.metrics)),
            each.measure.id,
            places[each.place],
            each.subject,
            each.planned[-1].period if each.planned else "",
        )

    return Courses(level, tuple(sorted(courses, key=key)), tally.measures)
