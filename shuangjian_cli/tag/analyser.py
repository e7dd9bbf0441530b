"""Joins the ideas: for each figure of a document its subject, area, period, status, metric,
pillar and confidence, each with the decision that set it.

The order is fixed, since later fields rest on earlier ones: quantity → subject and role → area →
period → status → metric → pillar → attributes → confidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from shuangjian_cli.model import (
    Analysis,
    Document,
    Indicator,
    Sentence,
    TaggedSentence,
    Unparsed,
)
from shuangjian_cli.patterns import worded
from shuangjian_cli.tag.area import Areas
from shuangjian_cli.tag.around import Around
from shuangjian_cli.tag.confidence import confidence
from shuangjian_cli.tag.confidence.second import SecondReader
from shuangjian_cli.tag.confidence.twins import tell_twins
from shuangjian_cli.tag.meaning import Meanings
from shuangjian_cli.tag.pack import Rules
from shuangjian_cli.tag.period import Periods
from shuangjian_cli.tag.place import gazetteer
from shuangjian_cli.tag.quantity import Figure, Refused, Scanner
from shuangjian_cli.tag.record import indicator
from shuangjian_cli.tag.status import Status
from shuangjian_cli.tag.subject import Reading, Subjects, without_place
from shuangjian_cli.tag.tagging import Tagging

if TYPE_CHECKING:
    from shuangjian_cli.tag.cells import CellRecords
    from shuangjian_cli.tag.table import Tables

_PIECE = 200
"""Records in a piece of an analysis, half a megabyte with their text."""

_LEAD = 14
"""How many characters before a figure and its subject can tell its measure."""
_READABLE = frozenset(("prose", "table", "title"))
"""The kinds of sentences in which figures are looked for."""
_COUNT = 1000
"""No share and no score is so large."""
_PERSONS = worded("{persons.words}", __file__)
_LIST_JOINS = ("、", "和", "及", "以及")


def _spellings(rules: Rules) -> dict[str, str]:
    """The name of each unit as it may be written."""
    return {word: unit.name for unit in rules.units.values() for word in unit.words}


@lru_cache(maxsize=8)
def _scanner(rules: Rules) -> Scanner:
    return Scanner(_spellings(rules), rules.not_before)


class Analyser:
    """Tags one document under a set of rules. Pure: the same document gives the same records.

    With `explain`, each decision lists the candidates that were passed over. An item of a page is
    read for itself; `page` has the places of the page.
    """

    def __init__(
        self,
        document: Document,
        rules: Rules,
        *,
        explain: bool = False,
        page: Areas | None = None,
    ) -> None:
        self._document = document
        self._rules = rules
        self._explain = explain
        self._folded = document.folded
        self._text = document.folded.text
        self._unfolded = self._text is document.text
        self._periods = Periods(document, explain=explain)
        self._status = Status(document)
        self._areas = Areas(document, gazetteer(), explain=explain, page=page)
        self._tables: tuple[Tables, CellRecords] | None = None
        self._second = SecondReader(document, self._periods.title_years())
        self._subjects = Subjects(self._text)
        self._meanings = Meanings(document, rules, explain=explain)
        self._tagging = Tagging(
            document, rules, self._areas, document_is_topical=self._meanings.topical
        )

        self._shorts: dict[str, str] = {}
        self._led = -1, ""
        """Where the last figure ended, and what it was led by."""
        self._items = [
            Analyser(item, rules, explain=explain, page=self._areas) for item in document.items
        ]

    def run(self, *, sentences: bool = True, unparsed: bool = True) -> Analysis:
        """All indicators; with `sentences`, every sentence tagged, with `unparsed`, the numerals
        that gave none."""
        pieces = list(self.pieces(sentences=sentences, unparsed=unparsed))
        if len(pieces) == 1:
            return pieces[0]
        _, *fields = (tuple(chain(*each)) for each in zip(*pieces, strict=True))
        return Analysis(self._document, *fields)

    def pieces(self, *, sentences: bool = True, unparsed: bool = True) -> Iterator[Analysis]:
        """What `run` gives, in one or more pieces in the order of the text; a long document's
        records need not all be in memory."""
        for item in self._items:
            for piece in item.pieces(sentences=sentences, unparsed=unparsed):
                yield piece._replace(document=self._document)
        if self._items:
            return
        indicators: list[Indicator] = []
        unread: list[Unparsed] = []
        tagged: list[TaggedSentence] = []
        scanner = _scanner(self._rules)
        for sentence in self._document.sentences:
            found: list[Indicator] = []
            figures: list[Figure] = []
            readings: list[Reading] = []
            refused: list[Refused] = []
            readable = sentence.kind in _READABLE
            if readable or sentence.kind == "masthead":
                self._subjects.enter(sentence)
            if sentence.kind == "table":
                found, refused = self._row(sentence)
            elif readable:
                figures, refused = scanner.scan(self._text, sentence.start, sentence.end)
                if figures:
                    readings = self._subjects.read(sentence, figures)
            if not (figures or found or sentences or (refused and unparsed)):
                continue
            around = Around(self._document, sentence)
            for figure, reading in zip(figures, readings, strict=True):
                record = self._indicator(around, figure, reading)
                if record.implied and record.status == "target":
                    refused.append(Refused(figure.start, figure.end, "a claim still to come"))
                else:
                    found.append(record)
            indicators.extend(found)
            if refused and unparsed:
                unread.extend(self._unparsed(around, refused))
            if sentences:
                tagged += self._tagging.of(around, found, readable)
            if len(indicators) + len(tagged) + len(unread) >= _PIECE:
                yield self._piece(indicators, tagged, unread)
                indicators, tagged, unread = [], [], []
        yield self._piece(indicators, tagged, unread)

    def _piece(
        self, indicators: list[Indicator], tagged: list[TaggedSentence], unread: list[Unparsed]
    ) -> Analysis:
        records = tuple(tell_twins(indicators))
        return Analysis(self._document, records, tuple(tagged), tuple(unread))

    # -- one figure ---------------------------------------------------------------------------

    def _row(self, sentence: Sentence) -> tuple[list[Indicator], list[Refused]]:
        """The figures of a table's row, and its numerals that are none. A cell with sentences is
        read as prose."""
        tables, records = self._tables = self._tables or self._of_tables()
        row = tables.row(sentence)
        if row is None:
            return [], []
        found = records.of_row(Around(self._document, sentence), row)
        refused = row.refused
        for start, end in row.prose:
            own = sentence._replace(start=start, end=end, kind="prose", paragraph=(start, end))
            figures, others = _scanner(self._rules).scan(self._text, start, end)
            refused += others
            if figures:
                inside = Around(self._document, own)
                self._subjects.enter(own)
                readings = self._subjects.read(own, figures)
                for figure, reading in zip(figures, readings, strict=True):
                    found.append(self._indicator(inside, figure, reading))
        if row.prose:
            found.sort(key=lambda record: record.start)
        return found, refused

    def _of_tables(self) -> tuple[Tables, CellRecords]:
        from shuangjian_cli.tag.cells import CellRecords
        from shuangjian_cli.tag.table import Tables

        document, rules, areas = self._document, self._rules, self._areas
        return (
            Tables(document, _spellings(rules), gazetteer(), areas),
            CellRecords(document, rules, areas, self._periods, self._status, self._meanings),
        )

    def _indicator(self, around: Around, figure: Figure, reading: Reading) -> Indicator:
        sentence = around.sentence
        start, end = figure.start, figure.end
        area, by_area = self._areas.of(sentence, start)
        period, by_period = self._periods.of(sentence, start, end)
        status, by_status = self._status.of(sentence, start, end, period)
        period, by_period = self._periods.told(sentence, status, period, by_period)
        text = self._text
        if area is not None and area.name is not None:
            reading.phrase = without_place(text, reading.phrase, self._short(area.name))
        subject = "".join([text[s:e] for s, e in reading.phrase]).strip()
        meaning = self._meanings.of(
            around,
            subject=subject,
            clause=around.clause(start, end),
            said=around.words,
            unit=figure.unit or _unit_of_persons(figure, subject),
            role=reading.role,
            at=start,
            lead=self._lead(figure, reading),
            is_part=reading.part,
            head=text[slice(*reading.head)] if reading.head else "",
        )
        level, reasons, by_confidence = confidence(
            figure,
            reading,
            subject,
            area,
            by_area,
            by_period,
            by_status,
            is_unsure=self._areas.is_unsure(area),
            second=self._second.doubts(
                sentence, start, period, by_period.rule, status, by_status.rule
            ),
        )
        grounds = (
            self._folded,
            sentence.end,
            figure,
            reading,
            by_area,
            by_period,
            by_status,
            meaning,
            by_confidence,
        )
        return indicator(
            self._document,
            grounds,
            subject=subject if self._unfolded else self._subject(reading),
            area=area,
            period=period,
            status=status,
            confidence=level,
            reasons=reasons,
            shown=around.shown(start),
            section=around.section,
        )

    def _short(self, name: str) -> str:
        """A place's name without its kind."""
        short = self._shorts.get(name)
        if short is None:
            short = self._shorts[name] = gazetteer().shortened(name)
        return short

    def _lead(self, figure: Figure, reading: Reading) -> str:
        """The words right before a figure and its subject, whichever comes first."""
        before, lead = self._led
        # What leads a carrier is said of its own figure only: 兴办|小学9所，招生510人.
        least = before if reading.rule == "subject.topic" else 0
        start = figure.start
        for s, e in reading.phrase:
            if least <= s < e and s < start:
                start = s
        # What the first of a list is led by leads them all: 招聘|小学教师45名、|幼儿教师30名.
        if self._text[before:start] not in _LIST_JOINS:
            lead = self._text[max(0, start - _LEAD) : start]
        self._led = figure.outer_end, lead
        return lead

    def _subject(self, reading: Reading) -> str:
        """The subject in the text's own words: joined from the text as read, not the folded one."""
        folded, text = self._folded, self._document.text
        if folded.origin is None:
            phrase = [text[s:e] for s, e in reading.phrase]
        else:  # without what does not count: pinyin, marks of notes
            runs = folded.origin.runs
            phrase = [text[at : at + n] for s, e in reading.phrase for at, n in runs(s, e)]
        # A phrase may go on over the end of a line that was broken at a width.
        return "".join([line.strip() for line in "".join(phrase).splitlines()])

    # -- numerals that gave none -------------------------------------------------------------------------

    def _unparsed(self, around: Around, refused: list[Refused]) -> list[Unparsed]:
        document, folded = self._document, self._folded
        out = []
        for start, end, reason in sorted(set(refused)):
            written = around.shown(start).written
            start, end = folded.start(start), folded.end(end)
            line, numeral = document.line(start), document.text[start:end]
            out.append(Unparsed(document.info, start, end, line, numeral, reason, written))
        return out


def _unit_of_persons(figure: Figure, subject: str) -> str | None:
    """What a large number without a unit counts, where its subject names persons."""
    return "人" if figure.value >= _COUNT and _PERSONS.search(subject) else None
