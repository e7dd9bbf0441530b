"""Which period governs a figure: its sentence, its paragraph, its section, its document's title.

The order is that of INDICATORS.md: the nearest that has one. A review or plan of several spans
(2025年和“十四五”回顾) goes on in the span that was opened last (五年来，…) until the next.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import NamedTuple

from shuangjian_cli.data import load
from shuangjian_cli.model import Decision, Document, Rejected, Section, Sentence
from shuangjian_cli.patterns import CLAUSE_STOP, CLAUSE_STOPS, either, regex
from shuangjian_cli.tag.period.mention import Mention, mentions
from shuangjian_cli.tag.time import Now, Period, number, plans, year

_OPENING = 22
"""Within how many characters a period must begin to open a paragraph."""
_SIGNATURE = 10
"""How many of the last lines may bear the date."""
_LINE = 40
"""How long a line that bears it may be."""
_BACK = 12
"""How many mentions back a figure looks for the one that governs it."""
_CLAIMS = ("百分之", "全覆盖", "清零")
"""What tells a quantity without a digit."""
_JUST_OVER = "刚刚过去的"
"""Before a year, it turns a report to that year."""


class _Held(NamedTuple):
    """A period that governs, and the words that say so."""

    period: Period
    decision: Decision


def _held(period: Period, rule: str, start: int, end: int) -> _Held:
    return _Held(period, Decision(rule, start, end))


class _Reading(NamedTuple):
    """The mentions of a sentence in order, their ends, and those that no figure takes."""

    found: list[Mention]
    ends: list[int]
    rejected: tuple[Rejected, ...]


_NOTHING = _Reading([], [], ())
_NONE = Decision("period.none")


class _Words:
    """Patterns of the governing order."""

    def __init__(self) -> None:
        w = load(__file__)
        self.event = regex(either(w["event"]["words"]))
        self.issue = regex(either(w["issue_title"]["words"]))
        self.opens_year = regex(either(w["issue_title"]["words"], w["issue_title"]["plans"]))
        self.opening = regex(r"年|季|月|期间|时期|“十[二三四五六]五|半年")
        self.era = regex(r"年来|五年|一年|“?十[二三四五六]五”?(?:时期|期间|以来)|" + _JUST_OVER)
        self.plan_made = regex(r"“十([一-六])五”规划|第十([一-六])个五年规划")
        self.plan = regex(either(plans()))
        self.quoted = regex(r"《[^》]{0,80}》|“[^”]{0,80}”|（[^）]{0,80}）|第\d+")
        self.digit = regex(r"\d")
        self.dateline = regex(
            r"(20\d\d|二〇[〇一二三四五六七八九]{2})年(\d{1,2}|[一二三四五六七八九十]{1,2})月[）\d日 ]*$"
        )
        self.item = regex("[、和及与]")
        self.apart = regex(f"[到至为{CLAUSE_STOPS}、]")
        self.cell = regex(r" {2,}|\|")
        self.bare_year = regex(r"(?<![\d.\-/〔（第])(20\d\d)(?![\d年.\-/—〕）号])")
        self.near = regex(f"[{CLAUSE_STOPS}、]")


@cache
def _patterns() -> _Words:
    return _Words()


class Periods:
    """The periods of one document. Reads each sentence once, and only those that are asked for."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._text = document.folded.text
        self._now, self._title = self._reference()
        self._is_report = "工作报告" in self._text or "各位代表" in self._text
        self._continued: dict[int, _Held | None] = {}
        self._sections: dict[int, tuple[_Held, ...]] = {}
        self._places: dict[int, tuple[_Held | None, _Held | None, str | None]] | None = None
        self._read: dict[int, _Reading] = {}
        # The sentence that was asked for last: it has most often several figures.
        self._asked = -1
        self._found = _NOTHING
        self._outer = _answer(None)

    def of(self, sentence: Sentence, start: int, end: int) -> tuple[str | None, Decision]:
        """The period of the figure at [start, end) of the sentence as ISO 8601, or None.

        What the sentence names but does not use for its figures stands among the rejected.
        """
        if sentence.start != self._asked:
            self._asked = sentence.start
            outer, event = self._around(sentence)
            if sentence.kind == "table":  # its heads are read elsewhere
                self._found = _NOTHING
            else:
                self._found = self._reading(sentence, outer, event)
            self._outer = _answer(outer, self._found.rejected)
        if self._found is _NOTHING:
            return self._outer
        own = self._own(sentence, start, end, self._found)
        return _answer(own, self._found.rejected) if own else self._outer

    # --- in the sentence ---------------------------------------------------------------------

    def _reading(self, sentence: Sentence, outer: _Held | None, event: str | None) -> _Reading:
        known = self._read.get(sentence.start)
        if known is None:
            text, governing = self._text, outer.period if outer else None
            found = mentions(text, sentence.start, sentence.end, self._now, governing, event)
            known = self._read[sentence.start] = _NOTHING
            if found:
                rejected = [
                    Rejected(text[m.start : m.end], f"period.{m.use}")
                    for m in found
                    if m.use in ("base", "name")
                ]
                known = _Reading(found, [m.end for m in found], tuple(rejected))
                self._read[sentence.start] = known
        return known

    def _own(self, sentence: Sentence, start: int, end: int, reading: _Reading) -> _Held | None:
        """The period that the figure's own sentence gives it."""
        found = reading.found
        p, text = _patterns(), self._text
        here = bisect_right(reading.ends, start)
        for m in found[max(0, here - 2) : here + 2]:
            if m.use == "clause":
                between = (m.end, start) if m.end <= start else (end, m.start)
                if not p.near.search(text, *between):
                    return _named(m)
        before = [
            m
            for m in found[max(0, here - _BACK) : here]
            if m.use in ("governs", "source") and end <= m.stop
        ]
        last = before[-1] if before else None
        if last is None or CLAUSE_STOP.search(text, last.end, start):
            after = next((m for m in found[here : here + 3] if m.use == "governs"), None)
            if after and after.start >= end and not p.apart.search(text, end, after.start):
                return _named(after)
        if last is None:
            return None
        return self._listed(last, before, start) or _named(last)

    def _listed(self, last: Mention, before: list[Mention], start: int) -> _Held | None:
        """2022年、2023年分别…: each value its own year; without 分别, all the years together."""
        group = [last]
        for m in reversed(before[:-1]):
            if group[0].start - m.end > 1 or m.rule != last.rule:
                break
            if not _patterns().item.fullmatch(self._text, m.end, group[0].start):
                break
            group.insert(0, m)
        if len(group) == 1:
            return None
        apart = self._text.find("分别", last.end, start)
        if apart < 0:
            both = Period(group[0].period.start, last.period.end)
            return _held(both, last.rule, group[0].start, last.end)
        index = len(_patterns().item.findall(self._text, apart, start))
        return _named(group[index]) if index < len(group) else None

    # --- around the sentence -----------------------------------------------------------------

    def _around(self, sentence: Sentence) -> tuple[_Held | None, str | None]:
        """What governs the sentence from outside, and a dated event told before it."""
        if self._places is None:
            self._places = self._walk()
        opening, era, event = self._places.get(sentence.start, (None, None, None))
        return opening or self._of_sections(sentence.section, era) or self._title, event

    def _walk(self) -> dict[int, tuple[_Held | None, _Held | None, str | None]]:
        """For each sentence that has one its paragraph's opening, the span that a report has turned to, and
        the date of an event told earlier in the paragraph."""
        p, text = _patterns(), self._text
        report = self._is_report
        out: dict[int, tuple[_Held | None, _Held | None, str | None]] = {}
        paragraph: tuple[int, int] | None = None
        section: Section | None = None
        part: Section | None = None
        era: _Held | None = None
        opening: _Held | None = None
        event: str | None = None
        fresh = several = False
        spans: tuple[_Held, ...] = ()
        for sentence in self._document.sentences:
            start, end, kind, its_paragraph, its_section, run_in = sentence
            if its_paragraph != paragraph:
                paragraph, opening, event, fresh = its_paragraph, None, None, True
            if its_section is not section:
                section = its_section
                if (top := part_of(section)) is not part:
                    part, era = top, None
                    spans = self._of_section(part) if report and part else ()
                    several = len(spans) > 1
            if several and (turned := self._turned(spans, era, start, end)):
                era = turned
            if opening or era or event:
                out[start] = (opening, era, event)
            if kind != "prose":
                continue
            is_run_in = run_in is not None and start <= run_in[0] and run_in[1] <= end
            is_first, fresh = fresh, fresh and is_run_in
            opens = is_first or is_run_in
            if event and not opens and not report:
                continue
            if not p.opening.search(text, start, start + _OPENING + 8):
                continue
            outer = opening or self._of_sections(section, era) or self._title
            found = self._reading(sentence, outer, event).found
            first = next((m for m in found if m.use == "governs"), None)
            if first is None:
                continue
            dated = first.rule == "period.date"
            if dated and event is None:
                event = first.period.start
            if first.start - start > _OPENING:
                continue
            long = report and p.era.search(text, max(start, first.start - 5), first.end + 3)
            turns = long and (not dated or long[0] == _JUST_OVER)
            if opens or turns:
                bare = not _carries_figure(text, start, end, found)
                if bare and not (dated and p.event.search(text, start, end)):
                    opening = _held(first.period, "period.opening", first.start, first.end)
                if turns and (bare or is_first):
                    era = _held(first.period, "period.span", first.start, first.end)
        return out

    def _turned(
        self, spans: tuple[_Held, ...], era: _Held | None, start: int, end: int
    ) -> _Held | None:
        """The later span of a part of two, where its text comes to the plan made for it."""
        made = _patterns().plan_made.search(self._text, start, end)
        plan = made and plans().get(f"十{made[1] or made[2]}五")
        if not made or not plan or plan not in {held.period for held in spans[1:]}:
            return None
        if era and era.period.year >= int(plan.start):
            return None
        return _held(plan, "period.span", made.start(), made.end())

    def _of_sections(self, section: Section | None, era: _Held | None) -> _Held | None:
        """The innermost title around with a period, or the span opened since."""
        around = section
        while around is not None:
            if era and era.decision.start > around.start:
                return era
            found = self._of_section(around)
            if found:
                return found[0]
            around = around.parent
        return era or self._goes_on(section)

    def _goes_on(self, section: Section | None) -> _Held | None:
        """The period of the part before, where a report's plan for a year goes on in the next."""
        if not self._is_report or self._now is None:
            return None
        part = part_of(section)
        if part is None:
            return None
        if part.start not in self._continued:
            before = part_before(self._document, part)
            found = self._of_section(before) if before else ()
            plan = len(found) == 1 and found[0].period.year >= self._now.year
            self._continued[part.start] = found[0] if plan else None
        return self._continued[part.start]

    def _of_section(self, section: Section) -> tuple[_Held, ...]:
        """The periods that a section's title names, in order."""
        known = self._sections.get(section.start)
        if known is None:
            text, title = self._text, self._document.title
            known = ()
            at = (section.title_start, section.title_end)
            is_title = title is not None and title[0] <= at[0] and at[1] <= title[1]
            p = _patterns()
            if not is_title and not p.issue.search(text, *at) and not p.cell.search(text, *at):
                found = mentions(text, *at, self._now, self._title and self._title.period)
                known = tuple(
                    _held(m.period, "period.section", m.start, m.end)
                    for m in found
                    if m.use == "governs" and len(m.period.end) < 10
                )
                named = None if known else p.plan.search(text, *at)
                if named:
                    plan = plans()[named[0]]
                    known = (_held(plan, "period.section", *named.span()),)
                bare = None if known else p.bare_year.search(text, *at)
                if bare:
                    known = (_held(year(int(bare[1])), "period.section", *bare.span(1)),)
            self._sections[section.start] = known
        return known

    # --- the document ------------------------------------------------------------------------

    def _reference(self) -> tuple[Now | None, _Held | None]:
        """When the document speaks, and the period that its title names."""
        info, span = self._document.info, self._document.title
        now = published(self._document)
        text, at = self._text, span or (0, 0)
        if info.title and (span is None or info.title != text[at[0] : at[1]]):
            text, at = info.title, (0, len(info.title))
        first = next(
            (
                m
                for m in mentions(text, *at, now, None)
                if m.use == "governs" and len(m.period.end) < 10
            ),
            None,
        )
        if first is None:
            bare = _patterns().bare_year.search(text, *at)
            if bare is None:
                return now, None
            words_at = bare.span(1) if text is self._text else (-1, -1)
            return now, _held(year(int(bare[1])), "period.title", *words_at)
        issue = _patterns().issue.search(text, *at) or (
            "工作报告" in text[at[0] : at[1]]
            and now is not None
            and now.month <= 3
            and first.period.year == now.year
        )
        if issue:
            return now, None
        words_at = (first.start, first.end) if text is self._text else (-1, -1)
        return now, _held(first.period, "period.title", *words_at)


def published(document: Document) -> Now | None:
    """When a document was put out.

    Where its date is not known: the month that its head or signature gives, else the year that
    its title names last, a plan's at its beginning and a review's at its end.
    """
    known = re.match(
        r"(\d{4})(?:-(1[0-2]|0[1-9])(?:-(\d\d)(?!\d))?)?", document.info.published or ""
    )
    if known:
        year, month, day = (int(part or 0) for part in known.groups())
        return Now(year, month, day)
    text, lines = document.folded.text, document.sentences
    body = next((i for i, s in enumerate(lines) if s.kind == "prose"), len(lines))
    for line in [*lines[: min(body + 1, 40)], *lines[: -_SIGNATURE - 1 : -1]]:
        if line.end - line.start <= _LINE and line.kind != "table":
            found = _patterns().dateline.search(text, line.start, line.end)
            if found:
                return Now(number(found[1]), number(found[2]))
    title = document.info.title or ""
    named = re.findall(r"(20\d\d)年", title)  # 2023年工作总结暨2024年工作打算
    if not named:
        return None
    month = 1 if _patterns().opens_year.search(title) else 12
    return Now(int(named[-1]), month, stated=False)


def part_before(document: Document, part: Section) -> Section | None:
    """The numbered part that comes before a part under the same heading."""
    before = None
    for other in document.sections:
        if other is part:
            return before if part.numbered else None
        if other.numbered and other.level == part.level and other.parent is part.parent:
            before = other
    return None


def _answer(held: _Held | None, rejected: tuple[Rejected, ...] = ()) -> tuple[str | None, Decision]:
    iso, decision = (held.period.iso, held.decision) if held else (None, _NONE)
    return iso, decision._replace(rejected=rejected) if rejected else decision


def _named(m: Mention) -> _Held:
    return _held(m.period, m.rule, m.start, m.end)


def part_of(section: Section | None) -> Section | None:
    """The part of a document in which a section stands: the outermost numbered section around,
    or where none is numbered the outermost of all."""
    part, numbered = section, False
    while section is not None:
        if section.numbered or not numbered:
            part, numbered = section, numbered or section.numbered
        section = section.parent
    return part


def _carries_figure(text: str, start: int, end: int, found: list[Mention]) -> bool:
    """Whether a sentence holds a quantity beside its periods and names."""
    pieces = []
    cursor = start
    for m in found:
        pieces.append(text[cursor : m.start])
        cursor = m.end
    pieces.append(text[cursor:end])
    rest = _patterns().quoted.sub("", "".join(pieces))
    return _patterns().digit.search(rest) is not None or any(word in rest for word in _CLAIMS)
