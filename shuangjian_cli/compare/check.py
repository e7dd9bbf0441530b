"""Figures that cannot be right: those that contradict one another, parts above their whole, shares
above 100 %, and more counties than there are.

Contradictions are found among the figures of one thing at a time, the others sentence by sentence, of which only
those are read that may hold any.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from shuangjian_cli.compare.beside import is_within
from shuangjian_cli.compare.measure import Measure, Measures
from shuangjian_cli.compare.subject import folded, subject_key
from shuangjian_cli.compare.tally import LEVELS, Tally, contradiction, place_of
from shuangjian_cli.compare.units import Family
from shuangjian_cli.compare.values import extent
from shuangjian_cli.data import load
from shuangjian_cli.model import Indicator
from shuangjian_cli.store.rows import Quantity, quantity_of

if TYPE_CHECKING:
    from shuangjian_cli.language import Labels
    from shuangjian_cli.tag.pack import Rules

Kind = Literal["contradiction", "part", "sum", "share", "counties"]
Sentence = tuple[int, Sequence[tuple[int, Indicator]]]
"""The document of a sentence, and its figures with their positions."""
_COUNTY = "县"
_MOST_COUNTIES = 4000


class Finding(NamedTuple):
    """Figures that cannot all be right. `measure` and `subject` are those of the first, `file` and `start`
    tell where that stands; `limit` is what it may not exceed, where that is no figure. `at` are the documents
    and positions of the figures in the tally's store."""

    kind: Kind
    place: str
    measure: Measure
    subject: str
    file: str
    start: int
    at: tuple[tuple[int, int], ...]
    tally: Tally
    limit: Decimal | None = None

    @property
    def figures(self) -> tuple[Indicator, ...]:
        """The records of its figures, read anew each time."""
        return tuple(self.tally.whole(*each) for each in self.at)


def check(texts: Iterable[Sequence[Indicator]], rules: Rules | None = None) -> tuple[Finding, ...]:
    """What cannot be right in the figures of documents, each in the order of its text."""
    tally = Tally(rules)
    for indicators in texts:
        tally.add_all(indicators)
    return findings(tally)


def findings(tally: Tally, in_sentences: Iterable[Finding] | None = None) -> tuple[Finding, ...]:
    """What cannot be right, by kind, place and document. `in_sentences` are those that `of_sentences` gave,
    where the sentences were read already."""
    if in_sentences is None:
        sentences = tally.sentences(_words("parts"), _least(tally.measures))
        in_sentences = of_sentences(tally, sentences)
    return tuple(sorted([*_contradictions(tally), *in_sentences], key=_order))


def _order(finding: Finding) -> tuple[Any, ...]:
    kinds = ("contradiction", "part", "sum", "share", "counties")
    return (
        kinds.index(finding.kind),
        finding.place,
        finding.measure.id,
        finding.file,
        finding.start,
        finding.at,
    )


def _contradictions(tally: Tally) -> Iterator[Finding]:
    files = tally.known.documents.files
    for group in tally.groups():
        for level in LEVELS:
            for measure, places in group.of(level).items():
                for place, slots in places.items():
                    for key, slot in slots.items():
                        if rivals := contradiction(measure, key, slot):
                            first, subject = rivals[0], slot.subject
                            at = tuple((each.document, each.position) for each in rivals)
                            yield Finding(
                                "contradiction",
                                place,
                                measure,
                                subject,
                                files[first.document],
                                first.start,
                                at,
                                tally,
                            )


def of_sentences(tally: Tally, sentences: Iterable[Sentence]) -> Iterator[Finding]:
    """What cannot be right by a sentence alone, but for documents that are reprints as a whole."""
    repeated = tally.known.repeated_in
    for document, sentence in sentences:
        if repeated[document] and repeated[document] == tally.count(document):
            continue
        at = {id(each): (document, position) for position, each in sentence}
        figures = [each for _, each in sentence]
        for kind, found, limit in _within(figures, tally.measures):
            first = found[0]
            placed = next(tally.measures.of(quantity_of(first)))
            yield Finding(
                kind,
                place_of(first.province, first.area, first.area_code, first.area_level),
                placed.measure,
                placed.subject,
                first.document.file,
                first.start,
                tuple(at[id(each)] for each in found),
                tally,
                limit,
            )


def _least(measures: Measures) -> Callable[[Quantity], float | None]:
    """From which value on a figure of a quantity may be too large by itself; None: from none."""

    def least(quantity: Quantity) -> float | None:
        if quantity.role != "level":
            return None
        if quantity.measure == "share":
            family = measures.families.of(quantity.unit)
            return (
                None
                if family.name != "share"
                else float(_whole(family) / family.in_base(Decimal(1), quantity.unit))
            )
        return 1 if quantity.unit == "个" and _counts_counties(quantity.subject) else None

    return least


def _whole(family: Family) -> Decimal:
    """100 % in the base of the family of shares."""
    return 100 * family.scales.get("%", Decimal(1))


_Found = tuple[Kind, tuple[Indicator, ...], Decimal | None]
"""What is wrong, the figures, the limit."""


def _within(sentence: list[Indicator], measures: Measures) -> Iterator[_Found]:
    """What cannot be right by the sentence alone."""
    counted = [(each, measures.families.of(each.unit)) for each in sentence]
    for indicator, family in counted:
        found = _share(indicator, family) or _counties(indicator)
        if found:
            kind, limit = found
            yield kind, (indicator,), limit
    yield from _parts(counted)


def _share(indicator: Indicator, family: Family) -> tuple[Kind, Decimal] | None:
    if indicator.measure != "share" or indicator.role != "level" or family.name != "share":
        return None
    low, _ = extent(indicator, family)
    said = indicator.sentence[: indicator.start - indicator.sentence_start] + indicator.subject
    above = any(word in said for word in _words("above"))
    wrong = low is not None and low > _whole(family) and not above
    return ("share", Decimal(100)) if wrong else None


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
    ends = text.endswith(_words("counties"))
    return ends and _COUNTY in subject_key(subject, None)


@cache
def _number_of_counties(area: str, province: str | None) -> int:
    from shuangjian_cli.tag.place import gazetteer

    known = gazetteer()
    within = known.province(province) if province else None
    place = known.province(area) or known.named(area, within)
    return 0 if place is None else known.holds(place, "county")


def _parts(counted: list[tuple[Indicator, Family]]) -> Iterator[_Found]:
    """Parts that exceed their whole: each alone, and the stages of education together.

    The whole of what follows 其中 is all that stands before it in the sentence; what begins in brackets ends with
    them. Where any figure before is as large, of whatever it is told, that may be the whole.
    """
    wholes: list[tuple[Indicator, Family]] = []
    parts: list[Indicator] = []
    for at, (indicator, family) in enumerate(counted):
        if at:
            between = _between(counted[at - 1][0], indicator)
            if _closes(between):
                wholes, parts = [], []
            if any(word in between for word in _words("parts")):
                wholes, parts = counted[:at], []
        of = [each for each in wholes if _is_part(indicator, family, *each)]
        highs = [extent(*each)[1] for each in of]
        low = extent(indicator, family)[0]
        if not of or None in highs or low is None:
            continue
        most = sum((high for high in highs if high is not None), Decimal(0))
        if low > most:
            if not any(_reaches(low, family, *each) for each in wholes):
                yield "part", (indicator, of[-1][0]), None
            continue
        parts.append(indicator)
        stages = [part.stage for part in parts]
        if None not in stages and len(set(stages)) == len(stages) > 1:
            lows = (extent(part, family)[0] for part in parts)
            if sum(each for each in lows if each is not None) > most:
                yield "sum", (*parts, of[-1][0]), None
                parts = []


def _between(one: Indicator, other: Indicator) -> str:
    """What stands between two figures of a sentence."""
    return one.sentence[one.end - one.sentence_start : other.start - one.sentence_start]


def _closes(text: str) -> bool:
    """Whether more brackets end in a text than begin."""
    return sum(map(text.count, ")）")) > sum(map(text.count, "(（"))


def _reaches(low: Decimal, family: Family, whole: Indicator, of: Family) -> bool:
    """Whether a figure may be the whole of a part, by its unit and value alone."""
    high = extent(whole, of)[1]
    return family.name == of.name and whole.role == "level" and (high is None or high >= low)


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
        and is_within(part.stage, whole.stage)
        and (part.metric == whole.metric or None in (part.metric, whole.metric))
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
