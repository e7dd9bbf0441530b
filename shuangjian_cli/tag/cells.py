"""The records of a table's rows, of which a sheet may have hundreds of thousands.

What the cells of a row share is found once for the row, the words of heads once for the table. Plain
numbers below one another, whose rows differ in their names and in nothing that rules read, differ in
little: their records are made from that of the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from shuangjian_cli.model import Area, Decision, Document, Indicator
from shuangjian_cli.tag.area import Areas
from shuangjian_cli.tag.around import Around
from shuangjian_cli.tag.confidence import confidence
from shuangjian_cli.tag.meaning import Meanings, share, telling
from shuangjian_cli.tag.pack import Rules
from shuangjian_cli.tag.period import Periods
from shuangjian_cli.tag.record import Decisions, Grounds, indicator
from shuangjian_cli.tag.status import Status
from shuangjian_cli.tag.table.row import Cell, Filled, Own, Row
from shuangjian_cli.tag.table.subject import beside
from shuangjian_cli.tag.table.value import amount, is_plain

_REMEMBERED = 1024
"""The words of how many heads are remembered."""


class _First(NamedTuple):
    """The record of the first plain number of a column, for those below it."""

    record: Indicator
    grounds: Grounds
    own: Own
    words: str
    """What the column says at the end of its subject."""
    common: object
    """What tells those that are made from it."""


class _Shared(NamedTuple):
    """What the cells of a row share. Rows with the same have like records."""

    table: int
    shape: object
    place: object
    governs: tuple[Area | None, Decision]
    during: tuple[str | None, Decision]
    section: str | None
    run_in: str | None
    about: str
    telling: str


class CellRecords:
    """The records of one document's tables."""

    def __init__(
        self,
        document: Document,
        rules: Rules,
        areas: Areas,
        periods: Periods,
        status: Status,
        meanings: Meanings,
    ) -> None:
        self._document = document
        self._rules = rules
        self._areas = areas
        self._periods = periods
        self._status = status
        self._meanings = meanings
        self._certainty: dict[
            tuple[Area | None, tuple[str, str, str], bool, bool, tuple[str, ...]],
            tuple[str, tuple[str, ...], Decision],
        ] = {}
        self._words: dict[tuple[int, int], tuple[str, str]] = {}
        self._shared: _Shared | None = None
        self._firsts: dict[int, _First] = {}
        """Of the rows with what is shared now, the first plain number of each column."""
        self._by_default: dict[str | None, tuple[str, Decision]] = {}
        """The status of their figures of each period, where no head says it."""

    def of_row(self, around: Around, row: Row) -> list[Indicator]:
        """The records of a row's cells."""
        document = self._document
        folded, text = document.folded, document.text
        shown = around.shown(around.sentence.start)
        line = document.line(shown.start) if "\n" not in shown.written else None
        folded_name, name = self._subject(row.name.phrase.spans)
        self._enter(around, row, folded_name)
        out: list[Indicator] = []
        for filled in row.cells:
            column, start, end, said = filled
            first = self._firsts.get(column)
            if first is None or not (is_plain(said) and beside(row.name, first.own.name)):
                out += self._read(around, row, filled)
                continue
            record, grounds, own, words, common = first
            at = start, end, row.name.phrase.spans + own.name.phrase.spans
            if folded.origin is not None:
                start, end = folded.start(start), folded.end(end)
                said = text[start:end]
            out.append(
                Indicator._make(
                    (
                        *record[:1],
                        start,
                        end,
                        document.line(start) if line is None else line,
                        said,
                        amount(filled.said, own.scale),
                        *record[6:11],
                        name + words,
                        *record[12:27],
                        shown.written,
                        shown.start,
                        shown.end,
                        around.section,
                        Decisions(grounds, at, common),
                        row.at(column),
                    )
                )
            )
        return out

    def _read(self, around: Around, row: Row, filled: Filled) -> Iterator[Indicator]:
        """The records of a cell that is read for itself."""
        for cell in row.read(filled):
            record, grounds = self._record(around, row, cell)
            if cell.own is not None and share(cell.own.name.phrase.text):
                words = self._subject(cell.own.name.phrase.spans)[1]
                self._firsts[filled.column] = _First(record, grounds, cell.own, words, object())
            yield record

    def _enter(self, around: Around, row: Row, name: str) -> None:
        """Forget the first numbers of columns at a row that differs in more than its name, or whose
        name says something else."""
        sentence = around.sentence
        at = sentence.start
        shared = _Shared(
            row.at(-1).number,
            row.shape,
            row.place,
            self._areas.of(sentence, at),
            self._periods.of(sentence, at, at),
            around.section,
            around.run_in,
            row.about,
            telling(self._rules, name, row.named),
        )
        if shared != self._shared or any(
            self._status.of(sentence, at, at, period) != told
            for period, told in self._by_default.items()
        ):
            self._shared = shared
            self._firsts.clear()
            self._by_default.clear()

    def _record(self, around: Around, row: Row, cell: Cell) -> tuple[Indicator, Grounds]:
        document, shared = self._document, self._shared
        assert shared is not None
        folded, sentence = document.folded, around.sentence
        figure, reading, place, own_period, own_status, whole, named, where, _ = cell
        area, by_area = place or shared.governs
        period, by_period = own_period or shared.during
        told = own_status or self._by_default.get(period)
        if told is None:
            at = sentence.start
            told = self._by_default[period] = self._status.of(sentence, at, at, period)
        status, by_status = told
        subject, written = self._subject(reading.phrase)
        meaning = self._meanings.of_cell(
            around,
            subject=subject,
            named=named,
            about=row.about,
            whole=whole,
            unit=figure.unit,
            role=reading.role,
        )
        rules = by_area.rule, by_period.rule, by_status.rule
        key = area, rules, reading.clear, bool(subject), tuple(reading.doubts)
        certainty = self._certainty.get(key)
        if certainty is None:
            is_unsure = self._areas.is_unsure(area)
            certainty = self._certainty[key] = confidence(
                figure,
                reading,
                subject,
                area,
                by_area,
                by_period,
                by_status,
                is_unsure=is_unsure,
            )
        level, reasons, by_confidence = certainty
        grounds = (
            folded,
            None,
            figure,
            reading,
            by_area,
            by_period,
            by_status,
            meaning,
            by_confidence,
        )
        record = indicator(
            document,
            grounds,
            subject=written,
            area=area,
            period=period,
            status=status,
            confidence=level,
            reasons=reasons,
            shown=around.shown(sentence.start),
            section=around.section,
            cell=where,
        )
        return record, grounds

    def _subject(self, phrase: tuple[tuple[int, int], ...]) -> tuple[str, str]:
        """The words of a subject, folded and as the text has them."""
        known = self._words
        folded, written = "", ""
        for span in phrase:
            words = known.get(span)
            if words is None:
                if len(known) >= _REMEMBERED:
                    known.clear()
                words = known[span] = self._of(*span)
            folded += words[0]
            written += words[1]
        return folded, written

    def _of(self, start: int, end: int) -> tuple[str, str]:
        document = self._document
        folded = document.folded
        written = document.text[folded.start(start) : folded.end(end)]
        return folded.text[start:end].strip(), "".join(map(str.strip, written.splitlines()))
