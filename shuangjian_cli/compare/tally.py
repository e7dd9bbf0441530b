"""Indicators → figures by measure, place, status, period and wording, of one thing at a time.

Figures come from a store, or are put into a temporary one. Of the store how many there are of what is read (`Light`),
one thing's at a time; what they say is read where figures are chosen among, and a figure whole when it is shown.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from shuangjian_cli.compare.keys import kept_under
from shuangjian_cli.compare.measure import Measure, Measures, Placed
from shuangjian_cli.compare.period import answered, span
from shuangjian_cli.compare.subject import Key
from shuangjian_cli.compare.values import differ, extent
from shuangjian_cli.model import Indicator

if TYPE_CHECKING:
    from shuangjian_cli.store import Store
    from shuangjian_cli.store.light import Light
    from shuangjian_cli.store.rows import Quantity, Row
    from shuangjian_cli.tag.pack import Rules

By = Literal["province", "period", "document"]
Level = Literal["national", "province", "city", "county", "all"]
ALL: Level = "all"
BY: tuple[By, ...] = get_args(By)
LEVELS: tuple[Level, ...] = tuple(level for level in get_args(Level) if level != ALL)

BETWEEN = " · "
"""Between the name of a document and that of a place."""
_SAID = 4
"""A subject of so many characters says what it counts without its sentence."""


class SlotKey(NamedTuple):
    """What sets the figures of one measure and place apart."""

    status: str
    period: str | None
    wording: Key


class Figure(NamedTuple):
    """What grouping needs of a figure; `document` and `position` are where the store has it whole.

    `figure` are its words, `digits` and `digits_max` its exact values.
    """

    placed: Placed
    place: int
    status: str
    period: str | None
    confidence: str
    figure: str
    digits: str
    digits_max: str | None
    bound: str
    trend: str | None
    start: int
    sentence_start: int
    document: int
    position: int

    @property
    def value(self) -> Decimal:
        """Its value."""
        return Decimal(self.digits)

    @property
    def value_max(self) -> Decimal | None:
        """The upper end of a range."""
        return None if self.digits_max is None else Decimal(self.digits_max)

    @property
    def unit(self) -> str | None:
        """Its unit."""
        return self.placed.unit

    @property
    def pillar(self) -> str | None:
        """Its pillar."""
        return self.placed.pillar

    @property
    def subject(self) -> str:
        """How it puts what it measures."""
        return self.placed.subject


class Documents:
    """The documents that count, by number: where each comes, its file and date of publication."""

    def __init__(self, documents: Iterable[tuple[int, str, str | None]]) -> None:
        self.ranks = array("L")
        """0 for those that do not count."""
        self.files: list[str] = []
        self.published: list[str] = []
        dates: dict[str, str] = {}
        for rank, (number, file, published) in enumerate(documents, 1):
            for _ in range(number + 1 - len(self.files)):
                self.ranks.append(0)
                self.files.append("")
                self.published.append("")
            date = published or ""
            self.ranks[number] = rank
            self.files[number] = file
            self.published[number] = dates.setdefault(date, date)

    def counts(self, number: int) -> bool:
        """Whether a document counts."""
        return number < len(self.ranks) and self.ranks[number] > 0

    def order(self, figure: Figure) -> tuple[int, int]:
        """Where a figure comes among others."""
        return self.ranks[figure.document], figure.position

    def preference(self, figure: Figure) -> tuple[object, ...]:
        """The order of figures for one slot, the one to show first."""
        published = self.published[figure.document]
        start, end = span(figure.period or published)
        return (
            figure.confidence == "check",
            Reversed(end),
            Reversed(start),
            Reversed(published),
            -figure.start,
            self.files[figure.document],
        )

    def one_sentence(self, one: Figure, other: Figure) -> bool:
        """Whether two figures are the ends of a movement or a list: they stand in one sentence."""
        return (
            one.sentence_start == other.sentence_start
            and self.files[one.document] == self.files[other.document]
        )


Part = tuple[Placed, "Row"]
"""Figures of a slot: where they belong, and the row of `Light.groups` that counts them."""


class Slot:
    """The figures of one measure, place, status, period and wording, `count` of them. `family` is that of
    the unit of the first. What they say is read when it is asked for."""

    __slots__ = ("_best", "_figures", "_parts", "_tally", "count", "family")

    def __init__(self, tally: Tally, part: Part, count: int) -> None:
        self.count = count
        self.family = part[0].family
        self._tally = tally
        self._parts = [part]
        self._figures: list[Figure] | None = None
        self._best: Figure | None = None

    def add(self, part: Part, count: int) -> None:
        """Takes in figures of another part."""
        self._parts.append(part)
        self.count += count

    @property
    def figures(self) -> list[Figure]:
        """The figures in their order."""
        if self._figures is None:
            self._figures = [each for part in self._parts for each in self._tally.figures_of(part)]
            self._figures.sort(key=self._documents.order)
        return self._figures

    @property
    def _documents(self) -> Documents:
        return self._tally.known.documents

    @property
    def best(self) -> Figure:
        """The one to show: the surest, then the latest published, then the later in the text (of
        从61%提高到94.6% the second)."""
        if self._best is None:
            figures = self.figures
            self._best = (
                figures[0] if len(figures) == 1 else min(figures, key=self._documents.preference)
            )
        return self._best

    @property
    def placed(self) -> Placed:
        """Where the best one belongs."""
        placed = self._parts[0][0]
        alike = all(each is placed for each, _ in self._parts)
        return placed if alike else self.best.placed

    @property
    def subject(self) -> str:
        """How the best one puts what it measures."""
        return self.placed.subject

    @property
    def published(self) -> str:
        """When the document of the best one was published, empty where it does not say."""
        return self._documents.published[self.best.document]

    def merge(self, other: Slot) -> None:
        """Takes in the figures of another slot."""
        self._parts += other._parts
        self.count += other.count
        self._figures = self._best = None

    @property
    def rivals(self) -> tuple[Figure, Figure] | None:
        """Two figures of different sentences that cannot both be right, if there are."""
        if self.count < 2:
            return None
        least: tuple[Figure, Decimal] | None = None
        most: tuple[Figure, Decimal] | None = None
        for figure in self._ends():
            low, high = extent(figure, self.family)
            if high is not None and (least is None or high < least[1]):
                least = figure, high
            if low is not None and (most is None or low > most[1]):
                most = figure, low
        if least is None or most is None or not differ((None, least[1]), (most[1], None)):
            return None
        return None if self._documents.one_sentence(least[0], most[0]) else (least[0], most[0])

    def _ends(self) -> Iterator[Figure]:
        """The last figure of each sentence: of a movement (从61%提高到94.6%) the end counts."""
        last = self.figures[0]
        for figure in self.figures[1:]:
            if not self._documents.one_sentence(last, figure):
                yield last
            last = figure
        yield last


def contradiction(measure: Measure, key: SlotKey, slot: Slot) -> tuple[Figure, Figure] | None:
    """Two figures of a period that cannot both be right, if there are; where no metric tells what
    they measure, they must be put in the same words."""
    rivals = slot.rivals if key.period is not None else None
    if rivals is None or measure.metric is not None:
        return rivals
    one, other = (each.subject for each in rivals)
    return rivals if one == other and len(one) >= _SAID else None


Slots = dict[SlotKey, Slot]
Rows = dict[Measure, dict[str, Slots]]


class Group:
    """The figures of one thing by level, measure and place. Figures without a unit stand in the one
    row that counts the same."""

    def __init__(
        self, levels: dict[str, Rows], said: Mapping[Measure, set[Key]], measures: Measures
    ) -> None:
        _join_unitless(levels, said, measures)
        self._levels = levels
        self._all: Rows | None = None

    def of(self, level: str) -> Rows:
        """The rows of a level; of all, those of places that have a name."""
        if level != ALL:
            return self._levels.get(level, {})
        if self._all is None:
            self._all = _joined(self._levels)
        return self._all


class Place(NamedTuple):
    """A place as figures have it: its column, and whether it has a name or is a province or the
    country."""

    level: str
    column: str
    province: str
    named: bool


class Tally:
    """Figures by level, measure and place, those of one thing at a time.

    They are those of a `store`, or what `add` is given, which is kept in a temporary one: those of a
    document together and in the order of its text. Reprints count once, as the first. With `by`
    document, documents stand for places. `provinces` leaves out all other ones, `only` all other quantities and
    periods, from what is grouped though not from what is counted. With `keeps_others` a cell of a matrix
    tells its other figures, too.
    """

    def __init__(
        self,
        rules: Rules | None = None,
        *,
        by: By = "province",
        by_wording: bool = False,
        provinces: Collection[str] = (),
        store: Store | None = None,
        only: frozenset[tuple[int, str | None]] | None = None,
        keeps_others: bool = False,
    ) -> None:
        if rules is None:
            from shuangjian_cli.tag.pack import load_builtin

            rules = load_builtin()
        if store is None:
            from shuangjian_cli.store import Store

            store = Store.temporary()
        self.rules = rules
        self.measures = Measures(rules, by_wording=by_wording)
        self.by = by
        self.keeps_others = keeps_others
        self._provinces = frozenset(provinces)
        self._only = only
        self._store = store
        self._light = store.light()
        self._pending: list[Indicator] = []
        self._known: _Known | None = None

    def add(self, indicator: Indicator) -> None:
        """Takes in a figure."""
        if self._pending and self._pending[0].document != indicator.document:
            self._put()
        self._pending.append(indicator)
        self._known = None

    def add_all(self, indicators: Iterable[Indicator]) -> Tally:
        """Takes in figures, and is itself."""
        for indicator in indicators:
            self.add(indicator)
        return self

    def _put(self) -> None:
        if self._pending:
            self._store.add(self._pending[0].document, self._pending)
            self._pending = []

    @property
    def known(self) -> _Known:
        """What is counted of all figures before they are grouped."""
        if self._known is None:
            self._put()
            self._store.summarise()
            self._known = _Known(self._store, self.measures, self.by, self._provinces, self._only)
        return self._known

    def figures_of(self, part: Part) -> Iterator[Figure]:
        """What the figures of a part say that count."""
        placed, (_, quantity, place, status, period, _, _, document) = part
        ranks = self.known.documents.ranks
        for row in self._light.figures(quantity, place, status, period):
            number = row[-2]
            if document == number or (document is None and number < len(ranks) and ranks[number]):
                yield Figure(placed, place, status, period, *row)

    @property
    def figures(self) -> Counter[str]:
        """How many figures there are of each level, and of places of any that have a name."""
        return self.known.figures

    @property
    def covered(self) -> Counter[tuple[str, str | None]]:
        """How many figures each province (empty: none) has under each pillar, at every level."""
        return self.known.covered(self._light)

    @property
    def reprints(self) -> int:
        """How many figures were found again."""
        return self.known.reprints

    @property
    def nowhere(self) -> int:
        """How many figures are of no place."""
        return self.known.nowhere

    def places(self, level: str) -> frozenset[str]:
        """The places of a level that have any figure."""
        return frozenset(self.known.columns.get(level, ()))

    def indicator(self, figure: Figure) -> Indicator:
        """A figure whole."""
        return self.whole(figure.document, figure.position)

    def whole(self, document: int, position: int) -> Indicator:
        """The figure that the store has at a position of a document."""
        return self._light.indicator(document, position)

    def sentences(
        self, words: Iterable[str], least: Callable[[Quantity], float | None]
    ) -> Iterator[tuple[int, list[tuple[int, Indicator]]]]:
        """Sentences of several figures that hold one of some words, or of a figure whose quantity has a
        least value that it reaches: the document and the figures with their positions."""
        self._put()
        values = ((number, least(quantity)) for number, quantity in self._light.quantities())
        return self._light.sentences(
            words, {number: value for number, value in values if value is not None}
        )

    def count(self, document: int) -> int:
        """How many figures a document has, reprints included."""
        return self._light.count(document)

    def level(self, figure: Figure) -> str:
        """The level of a figure's place."""
        return self.known.areas[figure.place].level

    def document(self, number: int) -> list[tuple[int, Indicator]]:
        """The figures of a document of the store, with their positions; once `chosen` has been asked for, those
        of sentences that hold any of these."""
        return self._light.document(number)

    def counted(self) -> Iterator[tuple[Measure, int, str | None, str | None, str, int]]:
        """How many figures there are: what they are of, quantity, period, the period that they answer, place,
        count."""
        known = self.known
        for quantity, place, period, count in self._light.counts_of_periods():
            placed, flows = known.placed[quantity][0]
            of, column = placed.measure.thing, known.areas[place].column
            yield of, quantity, period, answered(period, flows), column, count

    def chosen(self) -> dict[int, set[int]]:
        """By document, the positions of the figures that `only` leaves."""
        return self._light.choose(self._only or ())

    def periods(self, level: str) -> Iterator[tuple[bool, str, str | None, str]]:
        """Which places of a level report which periods: whether of a metric, status, period, column; with
        those of reprints."""
        known = self.known
        flags = (
            (flows << 1 | (placed.measure.metric is not None), number)
            for number, all_placed in known.placed.items()
            for placed, flows in all_placed[:1]
        )
        for flag, place, status, period in self._light.periods(flags, known.of_level(level)):
            column = known.areas[place].column
            yield bool(flag & 1), status, answered(period, bool(flag & 2)), column

    def groups(self, level: str = ALL, metrics: Collection[str] = ()) -> Iterator[Group]:
        """The figures of one thing after the other, those of a level, and of certain metrics only if there
        are any."""
        known = self.known
        things = [
            quantities
            for thing, quantities in known.things.items()
            if not metrics or thing.metric in metrics
        ]
        pairs = ((at, number) for at, quantities in enumerate(things) for number in quantities)
        found = self._light.groups_of_documents if self.by == "document" else self._light.groups
        for at, rows in groupby(found(pairs, known.of_level(level)), key=itemgetter(0)):
            if levels := self._levels(things[at], rows):
                yield Group(levels, self._said(things[at]), self.measures)

    def _said(self, quantities: _Quantities) -> dict[Measure, set[Key]]:
        """The measures of a thing, each with its wordings anywhere; none where all have a unit."""
        said: dict[Measure, set[Key]] = {}
        if any(not placed.measure.family for each in quantities.values() for placed, _ in each):
            for number, all_placed in quantities.items():
                if number in self.known.present:
                    for placed, _ in all_placed:
                        said.setdefault(placed.measure, set()).add(placed.wording)
        return said

    def _levels(self, quantities: _Quantities, rows: Iterable[Row]) -> dict[str, Rows]:
        """The counts of one thing in the order of its first figures."""
        levels: dict[str, Rows] = {}
        new = tuple.__new__  # of half the cost of a named tuple's own
        runs: dict[tuple[int, int, int | None], list[tuple[Placed, bool, Slots]]] = {}
        for row in self._ordered(rows):
            _, quantity, place, status, period, count, _, document = row
            run = quantity, place, document
            into = runs.get(run)
            if into is None:
                into = runs[run] = list(self._into(levels, quantities[quantity], place, document))
            for placed, flows, slots in into:
                key = new(SlotKey, (status, answered(period, flows), placed.wording))
                slot = slots.get(key)
                if slot is None:
                    slots[key] = Slot(self, (placed, row), count)
                else:
                    slot.add((placed, row), count)
        return levels

    def _ordered(self, rows: Iterable[Row]) -> list[Row]:
        only = self._only
        if only is not None:
            rows = (row for row in rows if (row[1], row[4]) in only)
        if self.by != "document":
            return sorted(rows, key=itemgetter(6))
        documents = self.known.documents
        counting = (row for row in rows if documents.counts(row[-1]))
        return sorted(counting, key=lambda row: (documents.ranks[row[-1]], row[6]))

    def _into(
        self,
        levels: dict[str, Rows],
        all_placed: Iterable[tuple[Placed, bool]],
        place: int,
        document: int | None,
    ) -> Iterator[tuple[Placed, bool, Slots]]:
        """Where the figures of a quantity and a place stand."""
        known = self.known
        area = known.areas[place]
        column = area.column
        if document is not None:
            column = f"{known.documents.files[document]}{BETWEEN}{column}"
        rows = levels.setdefault(area.level, {})
        for placed, flows in all_placed:
            yield placed, flows, rows.setdefault(placed.measure, {}).setdefault(column, {})


_Quantities = dict[int, list[tuple[Placed, bool]]]
"""By number, where their figures belong, and whether these accumulate over their period."""


class _Known:
    """What is known of a store's figures before they are grouped: what their quantities are
    figures of, what counts, and how many there are of what."""

    def __init__(
        self,
        store: Store,
        measures: Measures,
        by: By,
        provinces: Collection[str],
        only: Collection[tuple[int, str | None]] | None,
    ) -> None:
        light = store.light()
        self.measures = measures
        self.documents = Documents(light.documents())
        self.areas = {
            number: Place(
                level or "province",
                place_of(province, area, code, level),
                province or "",
                _is_named(province, area, level),
            )
            for number, province, area, code, level in light.areas()
        }
        self.placed: _Quantities = {}
        self.things: dict[Measure, _Quantities] = {}
        """By what figures are of, their quantities."""
        wanted = None if only is None else {number for number, _ in only}
        for number, keys, quantity in light.keys(kept_under(measures.rules)):
            if wanted is not None and number not in wanted:
                continue
            for placed in measures.of(quantity) if quantity else measures.kept(keys):
                found = placed, measures.flows(placed.measure)
                self.placed.setdefault(number, []).append(found)
                own = self.things.setdefault(placed.measure.thing, {})
                own.setdefault(number, []).append(found)
        self.present: set[int] = set()
        """The quantities of which there are figures that count and have a place."""
        self.repeated_in: Counter[int] = Counter()
        """How many figures of a document are repeated."""
        self.reprints = self.nowhere = 0
        self.figures: Counter[str] = Counter()
        self.columns: dict[str, set[str]] = defaultdict(set)
        self._provinces = provinces
        for document, place, count in light.repeated():
            self.repeated_in[document] += count
            self.reprints += count * self.wants(self.areas[place])
        self._count(light)
        if by == "document":
            self._stand_for_places(light)

    def wants(self, area: Place) -> bool:
        """Whether figures of a place are wanted at all."""
        return not self._provinces or area.province in self._provinces

    def of_level(self, level: str) -> Iterator[int]:
        """The places of a level of which figures are wanted."""
        for number, area in self.areas.items():
            if level in (ALL, area.level) and area.province and self.wants(area):
                yield number

    def covered(self, light: Light) -> Counter[tuple[str, str | None]]:
        """How many figures each province (empty: none) has under each pillar, at every level."""
        out: Counter[tuple[str, str | None]] = Counter()
        for quantity, place, count in light.counts():
            if quantity in self.placed and self.wants(area := self.areas[place]):
                out[area.province, self.placed[quantity][0][0].pillar] += count
        return +out

    def _count(self, light: Light) -> None:
        for place, count in light.count_of_places():
            area = self.areas[place]
            if not self.wants(area):
                continue
            if not area.province:
                self.nowhere += count
                continue
            self.figures[area.level] += count
            self.figures[ALL] += count * area.named
            self.columns[area.level].add(area.column)
        self.present.update(quantity for (quantity,) in light.quantities_of(self.of_level(ALL)))

    def _stand_for_places(self, light: Light) -> None:
        """Lets documents stand for places."""
        self.columns.clear()
        for document, place in light.places_of_documents():
            area = self.areas[place]
            if self.documents.counts(document) and area.province and self.wants(area):
                file = self.documents.files[document]
                self.columns[area.level].add(f"{file}{BETWEEN}{area.column}")


def _join_unitless(
    levels: Mapping[str, Rows], said: Mapping[Measure, set[Key]], measures: Measures
) -> None:
    """Joins by what is `said` of measures anywhere, in which wordings."""
    for bare in said:
        if bare.family:
            continue
        counted = [
            each
            for each in said
            if each._replace(family="") == bare and measures.families.counts(each.family)
        ]
        if len(counted) > 1:
            counted = [each for each in counted if said[bare] & said[each]]
        if len(counted) == 1:
            for rows in levels.values():
                _move(rows, bare, counted[0])


def _move(rows: Rows, bare: Measure, to: Measure) -> None:
    for place, slots in rows.pop(bare, {}).items():
        into = rows.setdefault(to, {}).setdefault(place, {})
        for key, slot in slots.items():
            if key in into:
                into[key].merge(slot)
            else:
                into[key] = slot


def _joined(levels: Mapping[str, Rows]) -> Rows:
    """The rows of all levels, without cities and counties that have no name."""
    out: Rows = {}
    for level in LEVELS:
        for measure, places in levels.get(level, {}).items():
            for column, slots in places.items():
                if level in ("national", "province") or " " in column.rpartition(BETWEEN)[2]:
                    out.setdefault(measure, {})[column] = slots
    return out


def _is_named(province: str | None, area: str | None, level: str | None) -> bool:
    """Whether a place has a name, or is a province or the country."""
    return level not in ("city", "county") or area not in (None, province)


def place_of(province: str | None, area: str | None, code: str | None, level: str | None) -> str:
    """A province, or a place below it with its province: 湖南省 长沙市.

    Of counties of one name in one province the city is named, too: 河北省 邢台市 桥西区.
    """
    if level in ("city", "county") and _is_named(province, area, level):
        return _named(province or "", area or "", code)
    return province or ""


@cache
def _named(province: str, area: str, code: str | None) -> str:
    from shuangjian_cli.model import Area
    from shuangjian_cli.tag.place import gazetteer

    known = gazetteer()
    within = known.province(province)
    held = within is not None and known.named(area, within)
    if code is not None and within is not None and not held:
        chain = known.chain(Area(area, code, "county", province))
        return " ".join(each.name or "" for each in chain)
    return f"{province} {area}"


class Reversed(str):
    """A string that sorts the other way round."""

    __slots__ = ()

    def __lt__(self, other: str) -> bool:
        return str.__gt__(self, other)


def in_order(indicators: Iterable[Indicator]) -> Iterator[Indicator]:
    """Indicators by file and place in the text, so that any order gives the same comparison."""
    return iter(sorted(indicators, key=lambda each: (each.document.file, each.start, each.end)))
