"""Figures that cannot be right: those that contradict one another, parts above their whole, shares
above 100 %, and more counties than there are.

Works on a stream: of a document no more than a sentence is held, of all of them what a `Tally` is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from shuangjian_cli.compare.measure import Measure, Measures
from shuangjian_cli.compare.subject import folded, subject_key
from shuangjian_cli.compare.tally import LEVELS, Tally, contradiction, place_of
from shuangjian_cli.compare.units import Family
from shuangjian_cli.compare.values import extent
from shuangjian_cli.data import load
from shuangjian_cli.model import Indicator

if TYPE_CHECKING:
    from shuangjian_cli.language import Labels
    from shuangjian_cli.tag.pack import Rules

Kind = Literal["contradiction", "part", "sum", "share", "counties"]
_COUNTY = "县"
_MOST_COUNTIES = 4000


class Finding(NamedTuple):
    """Figures that cannot all be right. `measure` and `subject` are those of the first; `limit` is
    what it may not exceed, where that is no figure."""

    kind: Kind
    place: str
    measure: Measure
    subject: str
    figures: tuple[Indicator, ...]
    limit: Decimal | None = None


class Checker:
    """Finds what cannot be right in figures as they come, those of a document together and in the
    order of its text."""

    def __init__(self, rules: Rules | None = None) -> None:
        self.tally = Tally(rules)
        self._within: list[Finding] = []
        self._seen: set[tuple[str, int]] = set()

    def add(self, indicators: Sequence[Indicator]) -> None:
        """Takes in the figures of a document."""
        before = self.tally.reprints
        for indicator in indicators:
            self.tally.add(indicator)
        if self.tally.reprints - before == len(indicators):
            return  # a reprint as a whole
        for _, sentence in groupby(indicators, key=lambda each: each.sentence_start):
            self._within += _within(list(sentence), self.tally.measures)

    def findings(self) -> tuple[Finding, ...]:
        """What was found, by kind, place and document."""
        found = [*_contradictions(self.tally), *self._within]
        return tuple(sorted(found, key=_order))


def check(texts: Iterable[Sequence[Indicator]], rules: Rules | None = None) -> tuple[Finding, ...]:
    """What cannot be right in the figures of documents."""
    checker = Checker(rules)
    for indicators in texts:
        checker.add(indicators)
    return checker.findings()


def _order(finding: Finding) -> tuple[Any, ...]:
    kinds = ("contradiction", "part", "sum", "share", "counties")
    first = finding.figures[0]
    return (
        kinds.index(finding.kind),
        finding.place,
        finding.measure.id,
        first.document.file,
        first.start,
    )


def _contradictions(tally: Tally) -> Iterator[Finding]:
    for level in LEVELS:
        for measure, places in tally.of(level).items():
            for place, slots in places.items():
                for key, slot in slots.items():
                    if rivals := contradiction(measure, key, slot):
                        yield Finding("contradiction", place, measure, slot.subject, rivals)


def _within(sentence: list[Indicator], measures: Measures) -> Iterator[Finding]:
    """What cannot be right by the sentence alone."""
    counted = [(each, measures.families.of(each.unit)) for each in sentence]
    for indicator, family in counted:
        found = _share(indicator, family) or _counties(indicator)
        if found:
            kind, limit = found
            yield _finding(kind, (indicator,), measures, limit)
    yield from _parts(counted, measures)


def _finding(
    kind: Kind, figures: tuple[Indicator, ...], measures: Measures, limit: Decimal | None = None
) -> Finding:
    first = figures[0]
    placed = next(measures.of(first))
    return Finding(kind, place_of(first), placed.measure, placed.subject, figures, limit)


def _share(indicator: Indicator, family: Family) -> tuple[Kind, Decimal] | None:
    if indicator.measure != "share" or indicator.role != "level" or family.name != "share":
        return None
    low, _ = extent(indicator, family)
    whole = Decimal(100)
    base = family.scales.get("%", Decimal(1))
    said = indicator.sentence[: indicator.start - indicator.sentence_start] + indicator.subject
    above = any(word in said for word in _words("above"))
    return ("share", whole) if low is not None and low > whole * base and not above else None


def _counties(indicator: Indicator) -> tuple[Kind, Decimal] | None:
    if (
        indicator.role != "level"
        or indicator.unit != "个"
        or indicator.area_level == "county"
        or indicator.value > _MOST_COUNTIES
        or not _counts_counties(indicator.subject)
    ):
        return None
    number = _number_of_counties(indicator.area or indicator.province or "", indicator.province)
    return ("counties", Decimal(number)) if number and indicator.value > number else None


@cache
def _counts_counties(subject: str) -> bool:
    """Whether a subject counts counties themselves, not what they have: ends with the word."""
    text = folded(subject).rstrip("）)")
    ends = text.endswith(("县", "区县", "县区", "市、区", "市区", "县级行政区", "旗"))
    return ends and _COUNTY in subject_key(subject, None)


@cache
def _number_of_counties(area: str, province: str | None) -> int:
    from shuangjian_cli.tag.place import gazetteer

    known = gazetteer()
    within = known.province(province) if province else None
    place = known.province(area) or known.named(area, within)
    return 0 if place is None else known.holds(place, "county")


def _parts(counted: list[tuple[Indicator, Family]], measures: Measures) -> Iterator[Finding]:
    """Parts that exceed their whole: each alone, and the stages of education together.

    The whole of what follows 其中 is all that stands before it in the sentence.
    """
    wholes: list[tuple[Indicator, Family]] = []
    parts: list[Indicator] = []
    for at, (indicator, family) in enumerate(counted):
        if at and _parted(counted[at - 1][0], indicator):
            wholes, parts = counted[:at], []
        of = [each for each in wholes if _is_part(indicator, family, *each)]
        highs = [extent(*each)[1] for each in of]
        low = extent(indicator, family)[0]
        if not of or None in highs or low is None:
            continue
        most = sum((high for high in highs if high is not None), Decimal(0))
        if low > most:
            yield _finding("part", (indicator, of[-1][0]), measures)
            continue
        parts.append(indicator)
        stages = [part.stage for part in parts]
        if None not in stages and len(set(stages)) == len(stages) > 1:
            lows = (extent(part, family)[0] for part in parts)
            if sum(each for each in lows if each is not None) > most:
                yield _finding("sum", (*parts, of[-1][0]), measures)
                parts = []


def _parted(one: Indicator, other: Indicator) -> bool:
    """Whether parts begin between two figures of a sentence."""
    between = one.sentence[one.end - one.sentence_start : other.start - one.sentence_start]
    return any(word in between for word in _words("parts"))


def _is_part(part: Indicator, family: Family, whole: Indicator, of: Family) -> bool:
    return (
        family.name == of.name
        and family.additive
        and part.role == whole.role == "level"
        and part.measure == whole.measure
        and part.measure in ("total", "new")
        and part.per_year == whole.per_year
        and part.period == whole.period
        and part.status == whole.status
    )


@cache
def _words(key: str) -> tuple[str, ...]:
    return tuple(load(__file__, "check.toml")[key])


def told(finding: Finding, measures: Measures, words: Labels) -> str:
    """What is wrong, in a sentence."""
    name = measures.name(finding.measure, words, finding.subject)
    figures = [each.figure for each in finding.figures]
    if finding.limit is not None:
        return words.text(f"check_{finding.kind}", name, figures[0], f"{finding.limit:f}")
    first, *others = figures
    if finding.kind == "sum":
        plus = " + "
        return words.text("check_sum", name, plus.join(figures[:-1]), figures[-1])
    return words.text(f"check_{finding.kind}", name, first, others[0])
