"""Indicators → figures by measure, place, status, period and wording, one at a time.

Nothing grows with the number of figures but what tells a reprint: a `Slot` keeps the figure to
show, how many there were, and the two that are furthest apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from shuangjian_cli.compare.measure import Measure, Measures, Placed
from shuangjian_cli.compare.period import answered, span
from shuangjian_cli.compare.subject import Key
from shuangjian_cli.compare.values import differ, extent
from shuangjian_cli.model import CONFIDENCES, Indicator

if TYPE_CHECKING:
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
_ABOUT = 80
"""Characters before and after a figure that are the same in a reprint; blanks do not count."""


class SlotKey(NamedTuple):
    """What sets the figures of one measure and place apart."""

    status: str
    period: str | None
    wording: Key


class Slot:
    """The figures of one measure, place, status, period and wording.

    `best` is the one to show: the surest, then the latest published, then the later in the text
    (of 从61%提高到94.6% the second); `subject` is how it puts what it measures, `family` that of
    its unit. `count` says how many there are.
    """

    __slots__ = ("_last", "_least", "_most", "best", "count", "family", "subject")

    def __init__(self, indicator: Indicator, placed: Placed) -> None:
        self.best = indicator
        self.subject = placed.subject
        self.family = placed.family
        self.count = 1
        self._last: Indicator | None = indicator
        self._least: tuple[Indicator, Decimal] | None = None
        self._most: tuple[Indicator, Decimal] | None = None

    def add(self, indicator: Indicator, placed: Placed) -> None:
        """Takes in a further figure; those of a document come in the order of its text."""
        self.count += 1
        if _preference(indicator) < _preference(self.best):
            self.best, self.subject = indicator, placed.subject
        # Of a movement (从61%提高到94.6%) the end counts, of a list the last.
        if self._last is not None and not _one_sentence(self._last, indicator):
            self._settle()
        self._last = indicator

    def _settle(self) -> None:
        """Holds the last figure against those before it."""
        if self._last is None:
            return
        low, high = extent(self._last, self.family)
        if high is not None and (self._least is None or high < self._least[1]):
            self._least = self._last, high
        if low is not None and (self._most is None or low > self._most[1]):
            self._most = self._last, low
        self._last = None

    def merge(self, other: Slot) -> None:
        """Takes in the figures of another slot."""
        self.count += other.count
        if _preference(other.best) < _preference(self.best):
            self.best, self.subject = other.best, other.subject
        self._settle()
        other._settle()
        if other._least and (self._least is None or other._least[1] < self._least[1]):
            self._least = other._least
        if other._most and (self._most is None or other._most[1] > self._most[1]):
            self._most = other._most

    @property
    def rivals(self) -> tuple[Indicator, Indicator] | None:
        """Two figures of different sentences that cannot both be right, if there are."""
        if self.count < 2:
            return None
        self._settle()
        if self._least is None or self._most is None:
            return None
        (least, high), (most, low) = self._least, self._most
        if _one_sentence(least, most) or not differ((None, high), (low, None)):
            return None
        return least, most


def contradiction(measure: Measure, key: SlotKey, slot: Slot) -> tuple[Indicator, Indicator] | None:
    """Two figures of a period that cannot both be right, if there are; where no metric tells what
    they measure, they must be put in the same words."""
    rivals = slot.rivals if key.period is not None else None
    if rivals is None or measure.metric is not None:
        return rivals
    one, other = (each.subject for each in rivals)
    return rivals if one == other and len(one) >= _SAID else None


Slots = dict[SlotKey, Slot]
Rows = dict[Measure, dict[str, Slots]]


class Tally:
    """Figures by level, measure and place, as they come.

    Those of a document must come in the order of its text; reprints count once, as the first.
    With `by` document, documents stand for places. `sure` leaves out figures that are less sure.
    """

    def __init__(
        self,
        rules: Rules | None = None,
        *,
        by: By = "province",
        by_wording: bool = False,
        sure: str | None = None,
    ) -> None:
        if rules is None:
            from shuangjian_cli.tag.pack import load_builtin

            rules = load_builtin()
        self.rules = rules
        self.measures = Measures(rules, by_wording=by_wording)
        self.by = by
        self.rows: dict[str, Rows] = {}
        self.figures: Counter[str] = Counter()
        """How many figures were taken in of each level, and of places of any that have a name."""
        self.covered: Counter[tuple[str, str | None]] = Counter()
        """How many figures each province (empty: none) has under each pillar, at every level."""
        self.reprints = self.nowhere = self.unsure = 0
        self._sure = frozenset(CONFIDENCES[: CONFIDENCES.index(sure) + 1]) if sure else None
        self._seen: set[int] = set()
        self._settled = True
        self._all: Rows = {}
        self._column: Callable[[Indicator], str] = (
            (lambda each: f"{each.document.file}{BETWEEN}{place_of(each)}")
            if by == "document"
            else place_of
        )

    def add(self, indicator: Indicator) -> None:
        """Takes in a figure."""
        same = hash(_reprint_key(indicator))
        if same in self._seen:
            self.reprints += 1
            return
        self._seen.add(same)
        self.covered[indicator.province or "", indicator.pillar] += 1
        if indicator.province is None:
            self.nowhere += 1
            return
        if self._sure is not None and indicator.confidence not in self._sure:
            self.unsure += 1
            return
        level = indicator.area_level or "province"
        self.figures[level] += 1
        self.figures[ALL] += _is_named(indicator)
        self._settled = False
        rows, column = self.rows.setdefault(level, {}), self._column(indicator)
        for placed in self.measures.of(indicator):
            slots = rows.setdefault(placed.measure, {}).setdefault(column, {})
            period = answered(indicator.period, self.measures.flows(placed.measure))
            key = SlotKey(indicator.status, period, placed.wording)
            if key in slots:
                slots[key].add(indicator, placed)
            else:
                slots[key] = Slot(indicator, placed)

    def add_all(self, indicators: Iterable[Indicator]) -> Tally:
        """Takes in figures, and is itself."""
        for indicator in indicators:
            self.add(indicator)
        return self

    def of(self, level: str) -> Rows:
        """The rows of a level; of all, those of places that have a name. Figures without a unit
        stand in the one row that counts the same."""
        if not self._settled:
            _join_unitless(self.rows, self.measures)
            self._all = _joined(self.rows)
            self._settled = True
        return self._all if level == ALL else self.rows.get(level, {})

    def places(self, level: str) -> frozenset[str]:
        """The places of a level that have any figure."""
        return frozenset(place for row in self.of(level).values() for place in row)


def _join_unitless(levels: Mapping[str, Rows], measures: Measures) -> None:
    kin: dict[Measure, dict[Measure, set[Key]]] = {}
    for rows in levels.values():
        for measure, places in rows.items():
            alike = kin.setdefault(measure._replace(family=""), {})
            alike.setdefault(measure, set()).update(_wordings(places))
    for bare, found in kin.items():
        if bare not in found:
            continue
        counted = [each for each in found if measures.families.counts(each.family)]
        if len(counted) > 1:
            counted = [each for each in counted if found[bare] & found[each]]
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
    for level, rows in levels.items():
        for measure, places in rows.items():
            for column, slots in places.items():
                if level in ("national", "province") or " " in column.rpartition(BETWEEN)[2]:
                    out.setdefault(measure, {})[column] = slots
    return out


def _wordings(places: Mapping[str, Slots]) -> set[Key]:
    return {key.wording for slots in places.values() for key in slots}


def _is_named(indicator: Indicator) -> bool:
    """Whether the place of a figure has a name, or is a province or the country."""
    return indicator.area_level not in ("city", "county") or indicator.area not in (
        None,
        indicator.province,
    )


def place_of(indicator: Indicator) -> str:
    """A province, or a place below it with its province: 湖南省 长沙市.

    Of counties of one name in one province the city is named, too: 河北省 邢台市 桥西区.
    """
    province = indicator.province or ""
    if indicator.area_level in ("city", "county") and _is_named(indicator):
        return _named(province, indicator.area or "", indicator.area_code)
    return province


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


def _reprint_key(indicator: Indicator) -> tuple[object, ...]:
    """What tells a figure from the same one in a reprint: not its file, but the words about it."""
    sentence, at = indicator.sentence, indicator.start - indicator.sentence_start
    before = "".join(sentence[max(0, at - 2 * _ABOUT) : at].split())[-_ABOUT:]
    after = "".join(sentence[at : at + 2 * _ABOUT].split())[:_ABOUT]
    return indicator.province, indicator.area, before, after, indicator.subject


def _one_sentence(one: Indicator, other: Indicator) -> bool:
    """Whether two figures are the ends of a movement or a list: they stand in one sentence."""
    return (one.document.file, one.sentence_start) == (other.document.file, other.sentence_start)


class Reversed(str):
    """A string that sorts the other way round."""

    __slots__ = ()

    def __lt__(self, other: str) -> bool:
        return str.__gt__(self, other)


def _preference(indicator: Indicator) -> tuple[object, ...]:
    """The order of figures for one slot, the one to show first."""
    start, end = span(indicator.period or indicator.document.published or "")
    return (
        indicator.confidence == "check",
        Reversed(end),
        Reversed(start),
        Reversed(indicator.document.published or ""),
        -indicator.start,
        indicator.document.file,
    )


def in_order(indicators: Iterable[Indicator]) -> Iterator[Indicator]:
    """Indicators by file and place in the text, so that any order gives the same comparison."""
    return iter(sorted(indicators, key=lambda each: (each.document.file, each.start, each.end)))
