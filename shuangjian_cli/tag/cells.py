"""The records of a table's rows, of which a sheet may have hundreds of thousands: what the cells of a
row share is found once for the row, the words of heads once for the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shuangjian_cli.model import Area, Decision, Document, Indicator, Sentence
from shuangjian_cli.tag.area import Areas
from shuangjian_cli.tag.around import Around
from shuangjian_cli.tag.confidence import confidence
from shuangjian_cli.tag.meaning import Meanings
from shuangjian_cli.tag.period import Periods
from shuangjian_cli.tag.record import Decisions, moved
from shuangjian_cli.tag.status import Status

if TYPE_CHECKING:
    from shuangjian_cli.tag.table import Cell

_NOWHERE = (None, None, None, None)
_REMEMBERED = 4096
"""The words of how many heads are remembered."""


class CellRecords:
    """The records of one document's tables."""

    def __init__(
        self,
        document: Document,
        areas: Areas,
        periods: Periods,
        status: Status,
        meanings: Meanings,
    ) -> None:
        self._document = document
        self._areas = areas
        self._periods = periods
        self._status = status
        self._meanings = meanings
        self._certainty: dict[
            tuple[Area | None, tuple[str, str, str], bool, bool],
            tuple[str, tuple[str, ...], Decision],
        ] = {}
        self._words: dict[tuple[int, int], tuple[str, str]] = {}

    def of_row(self, sentence: Sentence, around: Around, cells: list[Cell]) -> list[Indicator]:
        """The records of a row's cells."""
        document = self._document
        folded, text = document.folded, document.text
        at = sentence.start
        shown = around.shown(at)
        line = document.line(shown.start) if "\n" not in shown.written else None
        governs = self._areas.of(sentence, at)
        during = self._periods.of(sentence, at, at)
        by_default: dict[str | None, tuple[str, Decision]] = {}
        out: list[Indicator] = []
        for figure, reading, place, own_period, own_status, named, about, where in cells:
            area, by_area = place or governs
            period, by_period = own_period or during
            told = own_status or by_default.get(period)
            if told is None:
                told = by_default[period] = self._status.of(sentence, at, at, period)
            status, by_status = told
            subject, written = self._subject(reading.phrase)
            meaning = self._meanings.of_cell(
                around,
                subject=subject,
                named=named,
                about=about,
                unit=figure.unit,
                role=reading.role,
            )
            rules = by_area.rule, by_period.rule, by_status.rule
            key = area, rules, reading.clear, bool(subject)  # all that differs in cells
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
            name, code, area_level, province = area or _NOWHERE
            start, end = folded.start(figure.start), folded.end(figure.end)
            value, top, trend = moved(figure, reading)
            out.append(
                Indicator(
                    document.info,
                    start,
                    end,
                    document.line(start) if line is None else line,
                    text[start:end],
                    value,
                    top,
                    figure.unit,
                    figure.bound,
                    reading.role,
                    trend,
                    written,
                    meaning.metric.metric,
                    meaning.pillar.pillar,
                    meaning.stage,
                    meaning.groups,
                    meaning.measure,
                    province,
                    name,
                    code,
                    area_level,
                    period,
                    False,
                    status,
                    False,
                    level,
                    reasons,
                    shown.written,
                    shown.start,
                    shown.end,
                    around.section,
                    Decisions(
                        folded,
                        None,
                        figure,
                        reading,
                        by_area,
                        by_period,
                        by_status,
                        meaning,
                        by_confidence,
                    ),
                    where,
                )
            )
        return out

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
