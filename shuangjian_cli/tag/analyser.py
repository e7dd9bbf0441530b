"""Joins the ideas: for each figure of a document its subject, area, period, status, metric,
pillar and confidence, each with the decision that set it.

The order is fixed, since later fields rest on earlier ones: quantity → subject and role → area →
period → status → metric → pillar → confidence.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from shuangjian_cli.model import (
    Analysis,
    Area,
    Decision,
    Document,
    Folded,
    Indicator,
    Sentence,
    TaggedSentence,
    Unparsed,
)
from shuangjian_cli.patterns import regex
from shuangjian_cli.tag.area import Areas
from shuangjian_cli.tag.confidence import Evidence, confidence
from shuangjian_cli.tag.metric import (
    MetricMatch,
    about_topic,
    document_topical,
    metric,
    metrics_named,
)
from shuangjian_cli.tag.pack import Rules
from shuangjian_cli.tag.period import Periods
from shuangjian_cli.tag.pillar import PillarMatch, pillar
from shuangjian_cli.tag.place import Gazetteer
from shuangjian_cli.tag.quantity import Figure, Refused, Scanner
from shuangjian_cli.tag.rows import Rows
from shuangjian_cli.tag.status import Status
from shuangjian_cli.tag.subject import Carried, Reading, Subjects, topic_of

_CLAUSE_STOP = regex(r"[，。；：！？]")


@lru_cache(maxsize=8)
def _scanner(rules: Rules) -> Scanner:
    spellings = {word: unit.name for unit in rules.units.values() for word in unit.words}
    return Scanner(spellings, rules.not_before)


@lru_cache(maxsize=1)
def _subjects() -> Subjects:
    return Subjects()


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The places, loaded once a process."""
    return Gazetteer()


class _Around(NamedTuple):
    """A sentence with what is the same for all of its figures.

    `words` are folded, `written` those of the text as read, where `start` and `end` are offsets;
    `stops` are the folded positions that end its clauses, `numbered` the titles of the numbered
    sections, innermost first.
    """

    sentence: Sentence
    words: str
    written: str
    start: int
    end: int
    stops: list[int]
    section: str | None
    numbered: list[str]
    run_in: str | None
    titles: list[str]

    def clause(self, start: int, end: int) -> str:
        """The words between the stops around a figure."""
        base, stops = self.sentence.start, self.stops
        before, after = bisect_left(stops, start), bisect_left(stops, end)
        first = stops[before - 1] + 1 - base if before else 0
        return self.words[first : stops[after] - base if after < len(stops) else None]


class Decisions(Mapping[str, Decision]):
    """The decisions of one record, worked out when one is asked for; pickled as a plain dict."""

    __slots__ = ("_grounds", "_made")

    def __init__(self, *grounds: *_Grounds) -> None:
        self._grounds: _Grounds | None = grounds
        self._made: dict[str, Decision] = {}

    def __getitem__(self, name: str) -> Decision:
        return self._all()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __repr__(self) -> str:
        return repr(self._all())

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (self._all(),)

    def _all(self) -> dict[str, Decision]:
        if self._grounds is not None:
            self._made, self._grounds = _decisions(*self._grounds), None
        return self._made


_Grounds = tuple[
    Folded,
    int,
    Figure,
    Reading,
    Decision,
    Decision,
    Decision,
    MetricMatch,
    PillarMatch,
    Decision,
]


def _decisions(
    folded: Folded,
    sentence_end: int,
    figure: Figure,
    reading: Reading,
    by_area: Decision,
    by_period: Decision,
    by_status: Decision,
    by_metric: MetricMatch,
    by_pillar: PillarMatch,
    by_confidence: Decision,
) -> dict[str, Decision]:
    """For each field of a record its decision, with offsets in the text as read."""
    quantity = Decision(figure.rule, figure.start, figure.end)
    bound = "quantity.bound" if figure.bound != "=" else figure.rule
    by_role = Decision(reading.role_rule, *reading.role_words)
    decisions = {
        "value": quantity,
        "value_max": quantity,
        "unit": Decision(figure.rule, *figure.unit_at),
        "bound": Decision(bound, *figure.bound_at),
        "implied": quantity,
        "role": by_role,
        "trend": by_role,
        "subject": Decision(reading.rule, *reading.words, tuple(reading.rejected)),
        "metric": _found(folded.text, sentence_end, by_metric),
        "pillar": _found(folded.text, sentence_end, by_pillar),
        "province": by_area,
        "area": by_area,
        "area_code": by_area,
        "area_level": by_area,
        "period": by_period,
        "status": by_status,
        "confidence": by_confidence,
    }
    if folded.origin is None:
        return decisions
    return {
        name: Decision(rule, folded.start(start), folded.end(end), rejected)
        if start >= 0
        else Decision(rule, start, end, rejected)
        for name, (rule, start, end, rejected) in decisions.items()
    }


def _found(text: str, sentence_end: int, match: MetricMatch | PillarMatch) -> Decision:
    """A decision of a lexical rule: where its last word stands in or before the sentence."""
    if match.words:
        word = match.words[-1]
        at = text.rfind(word, 0, sentence_end)
        if at >= 0:
            return Decision(match.rule, at, at + len(word), match.rejected)
    return Decision(match.rule, rejected=match.rejected)


class Analyser:
    """Tags one document under a set of rules. Pure: the same document gives the same records.

    With `explain`, each decision lists the candidates that were passed over.
    """

    def __init__(self, document: Document, rules: Rules, *, explain: bool = False) -> None:
        self._document = document
        self._rules = rules
        self._explain = explain
        self._text = document.folded.text
        self._unfolded = document.folded.text is document.text
        self._periods = Periods(document)
        self._status = Status(document)
        self._areas = Areas(document, gazetteer())
        self._rows = Rows(document)
        title = document.info.title
        self._topical = document_topical(rules, title, self._text)

    def run(self, *, sentences: bool = True) -> Analysis:
        """All indicators and refused numerals; with `sentences`, every sentence tagged too."""
        indicators: list[Indicator] = []
        unparsed: list[Unparsed] = []
        tagged: list[TaggedSentence] = []
        scanner = _scanner(self._rules)
        carried: Carried | None = None
        opening: Sentence | None = None
        for sentence in self._document.sentences:
            found: list[Indicator] = []
            if _readable(sentence):
                if opening is None or sentence.paragraph != opening.paragraph:
                    opening, carried = sentence, None
                figures, refused = scanner.scan(self._text, sentence.start, sentence.end)
                if figures:
                    if carried is None:
                        carried = Carried(topic=topic_of(self._text, opening))
                    readings = self._read(sentence, figures, carried)
                    around = self._around(sentence)
                    for figure, reading in zip(figures, readings, strict=True):
                        record = self._indicator(around, figure, reading)
                        if record.implied and record.status == "target":
                            refused.append(
                                Refused(figure.start, figure.end, "a claim still to come")
                            )
                        else:
                            found.append(record)
                if refused:
                    unparsed.extend(self._unparsed(sentence, refused))
            indicators.extend(found)
            if sentences:
                tagged.append(self._tagged(sentence, found))
        return Analysis(self._document, tuple(indicators), tuple(tagged), tuple(unparsed))

    # -- one figure ---------------------------------------------------------------------------

    def _read(self, sentence: Sentence, figures: list[Figure], carried: Carried) -> list[Reading]:
        if sentence.kind == "row":
            return [self._rows.reading(sentence, figure) for figure in figures]
        return _subjects().read(self._text, sentence.start, sentence.end, figures, carried)

    def _around(self, sentence: Sentence) -> _Around:
        text, folded = self._text, self._document.folded
        sections = sentence.section.chain() if sentence.section else ()
        run_in = text[slice(*sentence.run_in)] if sentence.run_in else None
        start, end = folded.start(sentence.start), folded.end(sentence.end)
        return _Around(
            sentence,
            text[sentence.start : sentence.end],
            self._document.text[start:end],
            start,
            end,
            [m.start() for m in _CLAUSE_STOP.finditer(text, sentence.start, sentence.end)],
            section=sections[0].title if sections else None,
            numbered=[section.title for section in sections if section.numbered],
            run_in=run_in,
            titles=([run_in] if run_in else []) + [section.title for section in sections],
        )

    def _indicator(self, around: _Around, figure: Figure, reading: Reading) -> Indicator:
        document, rules = self._document, self._rules
        folded, sentence = document.folded, around.sentence
        area, by_area = self._areas.of(sentence, figure.start)
        period, by_period = self._periods.of(sentence, figure.start, figure.end)
        status, by_status = self._status.of(sentence, figure.start, figure.end, period)
        subject = "".join([folded.text[s:e] for s, e in reading.phrase]).strip()
        clause = around.clause(figure.start, figure.end)
        topical = about_topic(
            rules,
            subject=subject,
            clause=clause,
            sentence=around.words,
            titles=around.titles,
            document_is_topical=self._topical,
        )
        by_metric = metric(
            rules,
            subject=subject,
            unit=figure.unit,
            role=reading.role,
            clause=clause,
            sentence=around.words,
            topical=topical,
            explain=self._explain,
        )
        by_pillar = pillar(
            rules,
            metric=by_metric.metric,
            subject=subject,
            clause=clause,
            sentence=around.words,
            section_titles=around.numbered,
            run_in_title=around.run_in,
            topical=topical,
            document_is_topical=self._topical,
            explain=self._explain,
        )
        level, reasons, by_confidence = confidence(
            Evidence(figure, reading, period, by_period, by_status, area, by_area, subject)
        )
        start, end = folded.start(figure.start), folded.end(figure.end)
        return Indicator(
            document=document.info,
            start=start,
            end=end,
            line=document.line(start),
            figure=document.text[start:end],
            value=figure.value,
            value_max=figure.value_max,
            unit=figure.unit,
            bound=figure.bound,
            role=reading.role,
            trend=reading.trend,
            subject=subject if self._unfolded else self._subject(reading),
            metric=by_metric.metric,
            pillar=by_pillar.pillar,
            province=area.province if area else None,
            area=area.name if area else None,
            area_code=area.code if area else None,
            area_level=area.level if area else None,
            period=period,
            status=status,
            implied=figure.implied,
            confidence=level,
            reasons=reasons,
            sentence=around.written,
            sentence_start=around.start,
            sentence_end=around.end,
            section=around.section,
            rules=Decisions(
                folded,
                sentence.end,
                figure,
                reading,
                by_area,
                by_period,
                by_status,
                by_metric,
                by_pillar,
                by_confidence,
            ),
        )

    def _subject(self, reading: Reading) -> str:
        """The subject in the text's own words: joined from the text as read, not the folded one."""
        folded, text = self._document.folded, self._document.text
        return "".join(
            [text[folded.start(s) : folded.end(e)] for s, e in reading.phrase if s < e]
        ).strip()

    # -- one sentence -------------------------------------------------------------------------

    def _unparsed(self, sentence: Sentence, refused: list[Refused]) -> list[Unparsed]:
        document = self._document
        folded = document.folded
        words = document.text[folded.start(sentence.start) : folded.end(sentence.end)]
        out = []
        for one in sorted(set(refused)):
            start, end = folded.start(one.start), folded.end(one.end)
            out.append(
                Unparsed(
                    document.info,
                    start,
                    end,
                    document.line(start),
                    document.text[start:end],
                    one.reason,
                    words,
                )
            )
        return out

    def _tagged(self, sentence: Sentence, found: list[Indicator]) -> TaggedSentence:
        document, rules = self._document, self._rules
        folded = document.folded
        area: Area | None = None
        named: dict[str, None] = dict.fromkeys(r.metric for r in found if r.metric)
        by = None
        if _readable(sentence) or sentence.kind == "title":
            area, _ = self._areas.of(sentence, sentence.start)
            around = self._around(sentence)
            words = around.words
            topical = about_topic(
                rules,
                subject=words,
                clause=words,
                sentence=words,
                titles=around.titles,
                document_is_topical=self._topical,
            )
            if topical:
                named.update(dict.fromkeys(metrics_named(rules, words)))
            by = pillar(
                rules,
                metric=next(iter(named), None),
                subject="",
                clause="",
                sentence=words,
                section_titles=around.numbered,
                run_in_title=around.run_in,
                topical=topical,
                document_is_topical=self._topical,
            )
        start, end = folded.start(sentence.start), folded.end(sentence.end)
        return TaggedSentence(
            document=document.info,
            start=start,
            end=end,
            line=document.line(start),
            sentence=document.text[start:end],
            kind=sentence.kind,
            province=area.province if area else None,
            area=area.name if area else None,
            area_code=area.code if area else None,
            area_level=area.level if area else None,
            pillar=by.pillar if by else None,
            metrics=tuple(named),
            section=sentence.section.title if sentence.section else None,
            figures=len(found),
        )


def _readable(sentence: Sentence) -> bool:
    """Whether figures are looked for: running text, table rows, titles that run into a text."""
    return sentence.kind in ("prose", "row") or (
        sentence.kind == "title" and sentence.paragraph != (sentence.start, sentence.end)
    )
