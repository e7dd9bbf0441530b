"""A tally → a matrix of measures by places, for one period and one status at a time.

A row is compared for the comparison's period, or where no two places report that, for the one that
the most do. A cell shows one figure. The first of these that a place has decides: a figure of the row's own
wording in the period asked for, one of that wording in another period, one in other words in the
period, any other; then achieved before target, the latest end of the period, the shortest span.
The row's wording is the one that most places use. Only figures in that wording, of that period
and status, and without a limit such as 超过, are held against one another in ranks and shares.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from shuangjian_cli.compare.beside import hosts, is_part, of_status
from shuangjian_cli.compare.measure import Measure, Measures
from shuangjian_cli.compare.period import YEAR, answered, span
from shuangjian_cli.compare.subject import Key, folded
from shuangjian_cli.compare.tally import (
    BETWEEN,
    LEVELS,
    By,
    Figure,
    Level,
    Reversed,
    Rows,
    Slot,
    SlotKey,
    Slots,
    Tally,
    contradiction,
    in_order,
)
from shuangjian_cli.compare.values import signed
from shuangjian_cli.model import CONFIDENCES, Indicator

if TYPE_CHECKING:
    from shuangjian_cli.tag.pack import Rules

Held = TypeVar("Held")

LATEST = "latest"
BOTH = "both"


@dataclass(frozen=True, slots=True)
class View:
    """What of a tally is compared. None and empty keep all.

    `period` is `latest` or a period as records have it. `level` None is that of provinces, or
    where no two have figures, the one of which the most places do. `at_least` is the number of
    columns that a row needs, None: two, or one where there is only one column. Without `beside`
    each measure has a row of its own.
    """

    level: Level | None = None
    period: str = LATEST
    status: str = "achieved"
    confidence: str | None = None
    pillars: Sequence[str] = ()
    metrics: Sequence[str] = ()
    at_least: int | None = None
    beside: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    """The figure of one row and column, of which `indicator` is the record.

    `value` and `value_max` are in the row's unit, negative where the figure is a fall. `subject`
    is how the place puts it; `alike` tells whether that is the row's wording, `current` whether
    it is of the row's period. `part` is its own measure where that is a part of what the row measures, of which
    its place reports nothing else; `narrower` tells whether its words set a part apart. `more` is how many figures
    there are besides this one, in other periods and wordings, too. `contradicted` tells whether figures of its period cannot all be right. `rank` counts from
    the best place in a ranking, else from the largest value; `share` is the part in percent of the row's sum.
    """

    figure: Figure
    value: Decimal
    value_max: Decimal | None
    subject: str
    alike: bool
    current: bool
    tally: Tally = field(compare=False, repr=False)
    slots: tuple[Slot, ...] = field(compare=False, repr=False)
    part: Measure | None = None
    narrower: bool = False
    more: int = 0
    contradicted: bool = False
    rank: int | None = None
    share: Decimal | None = None

    @property
    def indicator(self) -> Indicator:
        """The record of its figure, read anew each time."""
        return self.tally.indicator(self.figure)

    @property
    def others(self) -> list[Indicator]:
        """The records of the figures besides this one, in their order, read anew each time; none where the
        tally does not keep them."""
        figures = [each for slot in self.slots for each in slot.figures if each != self.figure]
        figures.sort(key=self.tally.known.documents.order)
        return [self.tally.indicator(each) for each in figures]

    @property
    def comparable(self) -> bool:
        """Whether it may be held against other cells that are."""
        return (
            self.alike
            and self.current
            and self.figure.period is not None
            and self.value_max is None
            and self.figure.bound in ("=", "~")
        )


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure that is shown in the row of another measure, in its own unit."""

    measure: Measure
    unit: str | None
    cell: Cell


@dataclass(frozen=True, slots=True)
class Row:
    """One measure. `subject` is its most usual wording; `place` is set where columns are none.

    `cells` show parts where a place reports nothing else. `beside` holds, by column, movements, ranks, further
    parts and other counts of what it measures. `mixed` tells
    whether its figures are of unlike things, which only their wordings tell apart. `period` is
    that of the comparison, or one that more places report; None where columns are periods.
    """

    measure: Measure
    pillar: str | None
    subject: str
    unit: str | None
    place: str | None
    cells: Mapping[str, Cell]
    beside: Mapping[str, tuple[Beside, ...]] = field(default_factory=dict)
    mixed: bool = False
    period: str | None = None

    @property
    def columns(self) -> set[str]:
        """The columns in which it has any figure."""
        return {*self.cells, *self.beside}

    @property
    def shown(self) -> Iterator[Cell]:
        """Its cells, and those beside them."""
        yield from self.cells.values()
        for each in self.beside.values():
            yield from (found.cell for found in each)

    @property
    def metric(self) -> str | None:
        """The metric of its measure."""
        return self.measure.metric

    @property
    def role(self) -> str:
        """The role of its measure."""
        return self.measure.role


@dataclass(frozen=True, slots=True)
class Comparison:
    """The matrix, and what it leaves out, counted.

    `period` is the one compared, None where no figure has any, and for columns of periods.
    `reporting` places of `places` have a figure of it; `periods` are those that others have, the
    most reported first. `figures` are those compared, `other_status`, `other_period`, `unsure`,
    `other_level` and `nowhere` those left out, `reprints` those found again, `sparse` the rows of
    fewer than `at_least` columns.
    """

    by: By
    level: Level
    period: str | None
    status: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    places: int
    reporting: int
    periods: tuple[tuple[str, int], ...]
    measures: Measures = field(compare=False, repr=False)
    figures: int = 0
    reprints: int = 0
    other_level: int = 0
    other_status: int = 0
    other_period: int = 0
    unsure: int = 0
    nowhere: int = 0
    sparse: int = 0
    at_least: int = 1
    levels: tuple[tuple[str, int], ...] = ()

    @property
    def contradictions(self) -> int:
        """The number of cells that hold figures which cannot all be right."""
        return sum(cell.contradicted for row in self.rows for cell in row.shown)

    @property
    def mixed(self) -> int:
        """The number of rows of unlike things."""
        return sum(row.mixed for row in self.rows)

    @property
    def marked(self) -> int:
        """The number of cells that show a figure of another period."""
        return sum(not cell.current for row in self.rows for cell in row.cells.values())


def compare(
    indicators: Iterable[Indicator],
    view: View | None = None,
    *,
    by: By = "province",
    by_wording: bool = False,
    rules: Rules | None = None,
) -> Comparison:
    """The matrix of the indicators, in the same order whatever theirs is.

    `rules`, None for the built-in ones, give the families of units, the spellings of words, what
    metrics mean, what a person has settled, and the order of pillars and metrics.
    """
    tally = Tally(rules, by=by, by_wording=by_wording)
    return matrix(tally.add_all(in_order(indicators)), view or View())


def matrix(tally: Tally, view: View) -> Comparison:
    """The matrix of a tally."""
    level = view.level or usual_level(tally)
    # Rows are made in one pass, in which the period and the number of columns are found that they are made
    # for: what is supposed of them is nearly always so.
    period = None if tally.by == "period" else view.period
    if period == LATEST:
        period = _supposed_period(tally, view, level)
    at_least = view.at_least or 2
    while True:
        made = _Pass(tally, view, level, period, at_least)
        if (made.usual_period, made.usual_columns) == (period, at_least):
            break
        period, at_least = made.usual_period, made.usual_columns
    order = Order.of(tally.measures.rules)
    full = sorted(made.rows, key=order.row)
    columns = columns_of((name for row in full for name in row.columns), tally.by)
    names_of = {name: name for name in columns}
    if tally.by == "document":
        names_of = _short_names(columns)
        columns = tuple(names_of.values())
    full = [
        replace(row, cells=_named(row.cells, names_of), beside=_named(row.beside, names_of))
        for row in full
    ]
    return Comparison(
        by=tally.by,
        level=level,
        period=period,
        status=view.status,
        columns=columns,
        rows=tuple(full),
        places=len(made.places),
        reporting=len(made.reported.get(period or "", ())),
        periods=_most_first(made.reported),
        measures=tally.measures,
        figures=made.figures,
        reprints=tally.reprints,
        other_level=sum(tally.figures[each] for each in LEVELS) - tally.figures[level],
        other_status=made.chosen.other_status,
        other_period=made.chosen.other_period,
        unsure=made.chosen.unsure,
        nowhere=tally.nowhere,
        sparse=made.count - len(full),
        at_least=at_least,
        levels=tuple(_places(tally).items()),
    )


class _Pass:
    """The rows of at least so many columns, for a period, and what is counted on the way."""

    def __init__(
        self, tally: Tally, view: View, level: str, period: str | None, at_least: int
    ) -> None:
        self.chosen = Chosen(view, tally.measures)
        self.rows: list[Row] = []
        self.count = self.figures = 0
        self.places: set[str] = set()
        self._tally = tally
        self._view = view
        self._period = period
        self._at_least = at_least
        self._found: _Found = {}
        self._all_places: set[str] = set()
        self._names: set[str] = set()
        for group in tally.groups(level, view.metrics):
            if rows := group.of(level):
                self._take(rows)

    @property
    def reported(self) -> dict[str, set[str]]:
        """By period, the places that report it: as achieved and of a metric, if any does."""
        return next((self._found[about] for about in _ABOUT if about in self._found), {})

    @property
    def usual_period(self) -> str | None:
        """The period for which rows are to be made."""
        if self._tally.by == "period" or self._view.period != LATEST:
            return self._period
        return _usual_period(self.reported, len(self._all_places))

    @property
    def usual_columns(self) -> int:
        """How many columns a row needs."""
        return self._view.at_least or (1 if len(self._names) < 2 else 2)

    def _take(self, rows: Rows) -> None:
        view, chosen = self._view, self.chosen
        kept = {
            measure: held
            for measure, places in rows.items()
            if (held := chosen.kept(measure, places))
        }
        for measure, held in kept.items():
            _report(self._found, measure, held)
            self._all_places.update(held)
        kept_of_status = kept
        if view.period != LATEST:
            kept = chosen.of_period(kept, view.period)
        lines: dict[_Line, dict[str, Slots]] = {}
        for measure, held in kept.items():
            self.places.update(held)
            for place, slots in held.items():
                self.figures += sum(slot.count for slot in slots.values())
                if self._tally.by == "period":
                    lines[measure, place] = _periods(slots)
            if self._tally.by != "period":
                lines[measure, None] = held
        guests = _guests(lines, self._hosts(rows, kept_of_status), rows) if view.beside else {}
        lines |= {line: {} for line in guests if line not in lines}
        shown = {line for found in guests.values() for line in found}
        for line, held in lines.items():
            if line in shown:
                continue
            columns = {*held, *(name for guest in guests.get(line, ()) for name in lines[guest])}
            self._names |= columns
            self.count += 1
            if len(columns) >= self._at_least:
                row = self._row(line, held)
                beside = [self._row(guest, lines[guest]) for guest in guests.get(line, ())]
                self.rows.append(_with(row, beside))

    def _hosts(self, rows: Rows, kept: Rows) -> dict[Measure, Measure]:
        """In whose rows measures stand, by the figures of the status, however sure they are."""
        if len(rows) < 2:
            return {}
        status = self._view.status
        if self._view.confidence is not None:
            kept = rows if status == BOTH else of_status(rows, status)
        return hosts(kept, self._tally.measures)

    def _row(self, line: _Line, held: Mapping[str, Slots]) -> Row:
        measure, place = line
        if not held:
            return whole_row(self._tally, measure, place, self._period)
        if place is not None:
            return _of_place(self._tally, measure, place, held)
        own = self._period if self._view.period != LATEST else _row_period(held, self._period)
        return _row(self._tally, measure, held, own)


_Line = tuple[Measure, str | None]
"""A measure, and the place that a row is of where columns are periods."""
_Found = dict[tuple[bool, bool], dict[str, set[str]]]


def _short_names(columns: tuple[str, ...]) -> dict[str, str]:
    """Columns of documents without their place, where each document is of one place."""
    files = [name.rpartition(BETWEEN)[0] for name in columns]
    return dict(zip(columns, files if len(set(files)) == len(files) else columns, strict=True))


def _named(held: Mapping[str, Held], names: Mapping[str, str]) -> dict[str, Held]:
    """What columns hold, in their order and under other names."""
    return {name: held[column] for column, name in names.items() if column in held}


class Chosen:
    """The slots of a view, and how many figures it leaves out."""

    def __init__(self, view: View, measures: Measures) -> None:
        self._view = view
        self._metrics = measures.rules.metrics
        sure = view.confidence
        self._sure = CONFIDENCES[: CONFIDENCES.index(sure) + 1] if sure else None
        self.other_status = self.other_period = self.unsure = 0

    def kept(self, measure: Measure, places: Mapping[str, Slots]) -> dict[str, Slots]:
        """The slots of a measure that the view keeps, by place."""
        view = self._view
        if view.metrics and measure.metric not in view.metrics:
            return {}
        known = self._metrics.get(measure.metric or "")
        if known and view.pillars and known.pillar not in view.pillars:
            return {}
        out: dict[str, Slots] = {}
        for place, slots in places.items():
            held = {}
            for key, slot in slots.items():
                if view.pillars and not known and slot.placed.pillar not in view.pillars:
                    continue
                if view.status not in (BOTH, key.status):
                    self.other_status += slot.count
                elif self._sure is not None and slot.best.confidence not in self._sure:
                    self.unsure += slot.count
                else:
                    held[key] = slot
            if held:
                out[place] = held
        return out

    def of_period(self, rows: Rows, period: str) -> Rows:
        """The slots of a period only."""
        out: Rows = {}
        for measure, places in rows.items():
            for place, slots in places.items():
                for key, slot in slots.items():
                    if key.period == period:
                        out.setdefault(measure, {}).setdefault(place, {})[key] = slot
                    else:
                        self.other_period += slot.count
        return out


_ABOUT = ((True, True), (True, False), (False, True), (False, False))
"""Of which figures the period is chosen: of a metric, and achieved."""


def usual_level(tally: Tally) -> Level:
    """The level that is compared where no other is asked for: of provinces, or where no two have figures, the
    one of which the most places do."""
    counts = _places(tally)
    if counts["province"] > 1:
        return "province"
    return max(LEVELS, key=lambda level: (counts[level], level == "province"))


def _places(tally: Tally) -> dict[Level, int]:
    """How many places of each level have any figure."""
    return {level: len(tally.places(level)) for level in LEVELS}


def _report(found: _Found, measure: Measure, places: Mapping[str, Slots]) -> None:
    """Notes the periods that places report of a measure, by what `_ABOUT` tells apart."""
    for place, slots in places.items():
        for key in slots:
            if key.period is not None:
                about = measure.metric is not None, key.status == "achieved"
                found.setdefault(about, {}).setdefault(key.period, set()).add(place)


def _supposed_period(tally: Tally, view: View, level: Level) -> str | None:
    """The usual period of all figures of a level and status, whatever the view's other filters."""
    found: _Found = {}
    places = set()
    for of_metric, status, period, place in tally.periods(level):
        if view.status in (BOTH, status):
            places.add(place)
            if period is not None:
                about = of_metric, status == "achieved"
                found.setdefault(about, {}).setdefault(period, set()).add(place)
    return _usual_period(
        next((found[about] for about in _ABOUT if about in found), {}), len(places)
    )


def _usual_period(found: Mapping[str, set[str]], places: int) -> str | None:
    """The latest year that at least half of the places report, else the one that most do."""
    years = [period for period in found if YEAR.fullmatch(period)] or list(found)
    common = [year for year in years if 2 * len(found[year]) >= places]
    if common:
        return max(common)
    return max(years, key=lambda year: (len(found[year]), year), default=None)


def _row_period(places: Mapping[str, Slots], period: str | None) -> str | None:
    """The comparison's period, or where no two places of a row report it one that two do."""
    counts = Counter(
        each for slots in places.values() for each in {key.period for key in slots} if each
    )
    most = max(counts.values(), default=0)
    if most < 2 or counts[period or ""] > 1:
        return period
    return max(
        (each for each in counts if counts[each] == most),
        key=lambda each: (YEAR.fullmatch(each) is not None, *span(each)[::-1], each),
    )


def _most_first(found: Mapping[str, set[str]]) -> tuple[tuple[str, int], ...]:
    counts = {period: len(places) for period, places in found.items()}
    return tuple(
        sorted(counts.items(), key=lambda each: (-each[1], Reversed(span(each[0])[1]), each[0]))
    )


# --- rows --------------------------------------------------------------------------------------


def _guests(
    lines: Mapping[_Line, object], host: Mapping[Measure, Measure], rows: Rows
) -> dict[_Line, list[_Line]]:
    """By row, those that are shown in it. One whose host is not there stays a row, as does the only part of a
    whole that is none of `rows`."""
    wholes = {
        (whole, place)
        for _, place in lines
        for whole in {*host.values()} - rows.keys()
        if (whole, place) not in lines
    }
    parts = _in_rows(lines, host, {*lines, *wholes})
    several = {
        whole
        for whole in wholes
        if sum(measure.role == "level" for measure, _ in parts.get(whole, ())) > 1
    }
    return _in_rows(lines, host, {*lines, *several}) if wholes else parts


def _in_rows(
    lines: Iterable[_Line], host: Mapping[Measure, Measure], there: Collection[_Line]
) -> dict[_Line, list[_Line]]:
    guests: dict[_Line, list[_Line]] = {}
    for measure, place in lines:
        at, into = measure, None
        while at in host:
            at = host[at]
            into = at if (at, place) in there else into
        if into is not None:
            guests.setdefault((into, place), []).append((measure, place))
    return guests


def _with(row: Row, guests: Iterable[Row]) -> Row:
    """A row with others shown in it: a part in the cell of a place that has none, the others beside."""
    cells = dict(row.cells)
    beside: dict[str, tuple[Beside, ...]] = {}
    for guest in sorted(guests, key=_guests_order):
        for name, cell in guest.cells.items():
            if name not in cells and is_part(guest.measure, row.measure):
                row = row if cells else replace(row, unit=guest.unit)
                family = cell.figure.placed.family
                if family.alike(guest.unit, row.unit):
                    if row.mixed and row.unit and guest.unit:
                        row = replace(
                            row, unit=family.common({row.unit: 1, guest.unit: 1}, mixed=True)
                        )
                    cells[name] = _as_part(cell, guest, row)
                    continue
            found = Beside(guest.measure, guest.unit, cell)
            beside[name] = (*beside.get(name, ()), found)
    return replace(row, cells=cells, beside=beside)


def _as_part(cell: Cell, guest: Row, row: Row) -> Cell:
    """A cell of a part in the row of its whole."""
    period = answered(cell.figure.period, cell.tally.measures.flows(guest.measure))
    return replace(
        cell,
        current=period == row.period,
        part=guest.measure,
        alike=False,
        narrower=False,
        rank=None,
        share=None,
    )


def whole_row(tally: Tally, measure: Measure, place: str | None, period: str | None) -> Row:
    """The row of a measure that no place reports, for its parts."""
    metric = tally.rules.metrics[measure.metric or ""]
    mixed = tally.measures.mixed(measure)
    return Row(measure, metric.pillar, "", None, place, {}, mixed=mixed, period=period)


def _guests_order(row: Row) -> tuple[object, ...]:
    measure = row.measure
    wide = len(measure.groups) + (measure.stage is not None) + bool(measure.kind)
    return ("change", "rank", "level").index(measure.role), wide, measure.id


def _row(tally: Tally, measure: Measure, places: Mapping[str, Slots], period: str | None) -> Row:
    measures = tally.measures
    usual = _shared_wording(places)
    adds_up = sums(measures, measure)
    chosen = {place: _first(slots, usual, period, adds_up) for place, slots in places.items()}
    usual = usual if usual is not None else _shortest(chosen.values())
    subject, unit, pillar = _common(measures, measure, chosen.values(), usual)
    cells = {
        place: _cell(tally, measure, found, places[place], unit, usual, period)
        for place, found in chosen.items()
    }
    _rank(cells, measures, measure)
    mixed = measures.mixed(measure)
    return Row(measure, pillar, subject, unit, None, cells, mixed=mixed, period=period)


def _periods(slots: Slots) -> dict[str, Slots]:
    """The slots of a place by period."""
    periods: dict[str, Slots] = {}
    for key, slot in slots.items():
        periods.setdefault(key.period or "", {})[key] = slot
    return periods


def _of_place(tally: Tally, measure: Measure, place: str, periods: Mapping[str, Slots]) -> Row:
    """The row of a place, with periods for columns."""
    measures = tally.measures
    adds_up = sums(measures, measure)
    usual = _shared_wording(periods)
    chosen = {period: _first(each, usual, period, adds_up) for period, each in periods.items()}
    usual = usual if usual is not None else _shortest(chosen.values())
    subject, unit, pillar = _common(measures, measure, chosen.values(), usual)
    cells = {
        period: _cell(tally, measure, found, periods[period], unit, usual, period or None)
        for period, found in chosen.items()
    }
    return Row(measure, pillar, subject, unit, place, cells, mixed=measures.mixed(measure))


Found = tuple[SlotKey, Slot]


def usual_wording(places: Mapping[str, Slots]) -> Key:
    """The wording that most places use; of several, the one of fewest words."""
    return _usual(places)[0]


def _shared_wording(places: Mapping[str, Slots]) -> Key | None:
    """The wording that most places use; None where each uses its own."""
    usual, count = _usual(places)
    return usual if count > 1 else None


def _usual(places: Mapping[str, Slots]) -> tuple[Key, int]:
    used: dict[Key, set[str]] = defaultdict(set)
    for place, slots in places.items():
        for key in slots:
            used[key.wording].add(place)
    usual = min(used, key=lambda wording: (-len(used[wording]), len(wording), wording))
    return usual, len(used[usual])


def _shortest(chosen: Iterable[Found]) -> Key:
    """The wording of fewest words among the figures shown."""
    return min((key.wording for key, _ in chosen), key=lambda wording: (len(wording), wording))


def newest_first(each: Found, adds_up: bool) -> tuple[object, ...]:
    """What figures are sorted by: the latest period (of none, the date of publication), the surest,
    of what adds up the largest (the others are its parts), the shortest wording."""
    key, slot = each
    start, end = span(key.period or slot.published)
    return (
        Reversed(end),
        Reversed(start),
        slot.best.confidence == "check",
        *(_smaller(slot) if adds_up else ()),
        len(key.wording),
        -slot.count,
        Reversed(slot.published),
        -slot.best.start,
        key.wording,
    )


def _smaller(slot: Slot) -> tuple[object, ...]:
    """Sorts figures that add up: exact ones before limits, the largest first."""
    value = slot.family.in_base(slot.best.value, slot.best.unit)
    return slot.best.bound not in ("=", "~"), -value


def _first(slots: Slots, usual: Key | None, period: str | None, adds_up: bool) -> Found:
    """The figure of a cell to show."""
    found = list(slots.items())
    if len(found) == 1:
        return found[0]

    def meant(key: SlotKey) -> tuple[bool, bool, bool]:
        other = period is None or key.period != period
        return usual is not None and key.wording != usual, key.status != "achieved", other

    best = min(meant(key) for key, _ in found)
    among = [each for each in found if meant(each[0]) == best]
    if len(among) > 1 and all(key.period for key, _ in among):
        # The period decides first, and to know it no figure needs to be read.
        last = max(span(key.period or "")[::-1] for key, _ in among)
        among = [each for each in among if span(each[0].period or "")[::-1] == last]
    return among[0] if len(among) == 1 else min(among, key=lambda each: newest_first(each, adds_up))


def _common(
    measures: Measures, measure: Measure, chosen: Iterable[Found], usual: Key
) -> tuple[str, str | None, str | None]:
    """The subject, unit and pillar that the figures shown have in common, or most of them."""
    first = list(chosen)
    own = [each for each in first if each[0].wording == usual] or first
    names = Counter(folded(slot.subject) for _, slot in own)
    subject = min(names, key=lambda name: (-names[name], len(name), name))
    units = Counter(slot.best.unit for _, slot in first if slot.best.unit)
    family = (
        first[0][1].family if measure.role == "rank" else measures.families.named(measure.family)
    )
    known = measures.rules.metrics.get(measure.metric or "")
    pillars = Counter(slot.best.pillar for _, slot in first)
    pillar = known.pillar if known else min(pillars, key=lambda name: (-pillars[name], name or "~"))
    return subject, family.common(units, mixed=measures.mixed(measure)), pillar


def _cell(
    tally: Tally,
    measure: Measure,
    found: Found,
    slots: Slots,
    unit: str | None,
    usual: Key,
    period: str | None,
) -> Cell:
    key, slot = found
    best = slot.best
    value = signed(best, slot.family, unit, best.value)
    assert value is not None
    return Cell(
        figure=best,
        value=value,
        value_max=signed(best, slot.family, unit, best.value_max),
        subject=slot.subject,
        alike=key.wording == usual,
        narrower=measure.metric is not None
        and not tally.measures.mixed(measure)
        and set(usual) < set(key.wording),
        current=key.period == period,
        tally=tally,
        slots=tuple(slots.values()) if tally.keeps_others else (),
        more=sum(each.count for each in slots.values()) - 1,
        contradicted=contradiction(measure, key, slot) is not None,
    )


def _rank(cells: dict[str, Cell], measures: Measures, measure: Measure) -> None:
    """Fill in ranks and shares among the cells of one level that may be held together."""
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, cell in cells.items():
        if cell.comparable:
            alike[cell.figure.status, cell.tally.level(cell.figure)].append(name)
    adds_up = sums(measures, measure)
    for names in alike.values():
        values = [cells[name].value for name in names]
        total = sum(values, Decimal(0))
        for name in names if len(names) > 1 else ():
            value = cells[name].value
            ahead = (v < value if measure.role == "rank" else v > value for v in values)
            share = (
                (100 * value / total).quantize(Decimal("0.1")) if adds_up and total > 0 else None
            )
            cells[name] = replace(cells[name], rank=1 + sum(ahead), share=share)


def sums(measures: Measures, measure: Measure) -> bool:
    """Whether the figures of several places may be added up: counts and amounts, no averages."""
    return (
        measure.role == "level"
        and measure.measure in ("total", "new")
        and not measure.per_year
        and measures.families.adds_up(measure.family)
    )


def columns_of(found: Iterable[str], by: By) -> tuple[str, ...]:
    """The names of columns, in their order."""
    from shuangjian_cli.language import provinces

    names = set(found)
    if by == "period":
        return tuple(sorted(names, key=lambda name: (name == "", *span(name), name)))
    if by == "province":
        places = {name: place for place, name in enumerate(("全国", *provinces()))}
        return tuple(sorted(names, key=lambda name: (places.get(name.partition(" ")[0], 99), name)))
    return tuple(sorted(names))


# --- coverage ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many figures each place reports under each pillar (None: under none)."""

    places: tuple[str, ...]
    pillars: tuple[str | None, ...]
    counts: Mapping[tuple[str, str | None], int]

    def total(self, place: str) -> int:
        """The figures of a place under all pillars."""
        return sum(self.counts.get((place, pillar), 0) for pillar in self.pillars)


def coverage(tally: Tally) -> Coverage:
    """The coverage of provinces, at every level, reprints once; places in GB/T 2260's order."""
    counts = tally.covered
    pillars: list[str | None] = [*tally.rules.pillars]
    if any(pillar is None for _, pillar in counts):
        pillars.append(None)
    places = columns_of((place for place, _ in counts), "province")
    return Coverage(places, tuple(pillars), counts)


@dataclass(frozen=True, slots=True)
class Order:
    """The places of pillars and metrics in the catalogue; what is in none comes last."""

    pillars: dict[str, int]
    metrics: dict[str, int]

    @classmethod
    def of(cls, rules: Rules) -> Order:
        """The order that rules give."""
        return cls(
            {pillar: place for place, pillar in enumerate(rules.pillars)},
            {metric: place for place, metric in enumerate(rules.metrics)},
        )

    def row(self, row: Row) -> tuple[object, ...]:
        """Where a row stands."""
        measure = row.measure
        return (
            self.pillars.get(row.pillar or "", len(self.pillars)),
            self.metrics.get(measure.metric or "", len(self.metrics)),
            -len(row.cells),
            measure.kind,
            row.subject,
            measure.role,
            measure.id,
            row.unit or "",
            row.place or "",
        )
