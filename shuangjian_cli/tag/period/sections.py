"""The periods that sections and the document open: in their titles, and in their beginnings."""

from collections.abc import Iterator
from functools import cache, cached_property
from itertools import accumulate
from typing import NamedTuple

from shuangjian_cli.model import Document, Section, Sentence
from shuangjian_cli.patterns import regex, worded
from shuangjian_cli.tag.period.document import (
    Named,
    is_plan,
    of_section,
    part_before,
    part_of,
    title_of,
    year_retold,
)
from shuangjian_cli.tag.period.opening import carries_figure
from shuangjian_cli.tag.period.use import Mention
from shuangjian_cli.tag.time import Now, Period, plans

_SHORT = 1200
"""How long a text is whose first paragraph speaks for all of it."""
_JUST_OVER = "刚刚过去的"
"""Before a year, it turns a report to that year."""
WHOLE = -1
"""The place of a text without a section."""


class Frame(NamedTuple):
    """A period that governs, the rule by which it does, and the words at [start, end) that say so.

    `reach` says how far: sentence · item · paragraph · list · section · title. Of a `movement`
    each end may be asked for by itself.
    """

    period: Period
    rule: str
    start: int
    end: int
    reach: str
    movement: bool = False


class _Words:
    def __init__(self) -> None:
        self.reported = worded(r"{sections.reported}", __file__)
        self.era = worded(
            r"{sections.eras}|“?十[二三四五六]五”?(?:{sections.spans})|" + _JUST_OVER, __file__
        )
        self.review = worded("{sections.reviews}", __file__)
        self.plan_made = regex(r"“十([一-六])五”规划|第十([一-六])个五年规划")


@cache
def _words() -> _Words:
    return _Words()


class Sections:
    """What governs the sections of one document."""

    def __init__(self, document: Document, now: Now | None) -> None:
        self._document = document
        self._text = document.folded.text
        self._now = now
        self._title, self._in_text = title_of(document, now)
        self.is_report = "工作报告" in self._text or "各位代表" in self._text
        prose = (s.end - s.start for s in document.sentences if s.kind == "prose")
        self._is_short = all(so_far <= _SHORT for so_far in accumulate(prose))
        retold = year_retold(document)
        self._retold = (
            Frame(retold.period, "period.retold", retold.start, retold.end, "title")
            if retold is not None
            else None
        )
        self._titles: dict[int, tuple[Frame, ...]] = {}
        self._continued: dict[int, Frame | None] = {}
        self.openings: dict[int, Frame] = {}
        """What the beginning of a section opens, by where that begins (`WHOLE`: of no section)."""

    def title_years(self) -> list[int]:
        """The single years that the document's title names and reports on."""
        return [named.period.year for named in self._title if named.period.years == 1]

    @cached_property
    def titles_plan(self) -> bool:
        """Whether the document's title names the years of a plan that are not over, which say nothing of
        what is so already."""
        if len(self._title) != 1:
            return False
        named, now = self._title[0], self._now
        if not named.plan or named.period.years < 2:
            return False
        is_over = now is not None and now.stated and named.period.year < now.year
        return not is_over and not _words().review.search(self._document.info.title or "")

    def around(self, section: Section | None, era: Frame | None) -> Iterator[Frame]:
        """The frames of the sections around and of the document, innermost first; `era` is the
        span of time that a work report has turned to."""
        around, numbered = section, False
        while around is not None:
            if era and era.start > around.start:
                yield era
                era = None
            opening = self.openings.get(around.start)
            if opening is not None and self._reaches(around, opening, numbered):
                yield opening
            yield from self.of_title(around)[:1]
            numbered = numbered or around.numbered
            around = around.parent
        if era:
            yield era
        if not numbered and self._is_short and (opening := self.openings.get(WHOLE)):
            yield opening
        if (before := self._goes_on(section)) is not None:
            yield before
        if self._title:
            plan = section is not None and any(
                is_plan(each) for each in section.chain() if not self.is_title(each)
            )
            chosen = next((named for named in self._title if named.plan), None) if plan else None
            yield self._of_document(chosen or self._title[0])
        elif self._retold is not None:
            yield self._retold

    def of_title(self, section: Section) -> tuple[Frame, ...]:
        """The periods that a section's title names, in order."""
        known = self._titles.get(section.start)
        if known is None:
            held = self._title[0].period if self._title else None
            known = self._titles[section.start] = tuple(
                Frame(named.period, "period.section", named.start, named.end, "section")
                for named in of_section(self._document, section, self._now, held)
            )
        return known

    def _of_document(self, named: Named) -> Frame:
        at = (named.start, named.end) if self._in_text else (-1, -1)
        return Frame(named.period, "period.title", *at, "title")

    def _reaches(self, section: Section, opening: Frame, numbered: bool) -> bool:
        """Whether the beginning of a section speaks for a sentence in it; that of a document, only
        in a short text or a news item, and not for its numbered parts."""
        if not self.is_title(section):
            return True
        return not numbered and (self._is_short or self._is_reported(opening))

    def is_title(self, section: Section) -> bool:
        """Whether a section is that of the document's title."""
        title, words = self._document.title, self._document.info.title or ""
        if title is not None and title[0] <= section.title_start < title[1]:
            return True
        # Repeated above the text, perhaps without the body that gives it.
        is_heading = not section.numbered and section.level <= 1
        return is_heading and words.endswith(section.title)

    def _is_reported(self, opening: Frame) -> bool:
        """Whether the paragraph of an opening begins as a piece of news."""
        line = self._text.rfind("\n", 0, opening.start) + 1
        return _words().reported.search(self._text, line, opening.start) is not None

    # --- work reports ------------------------------------------------------------------------

    def turns(
        self, sentence: Sentence, first: Mention, found: list[Mention], fresh: bool
    ) -> Frame | None:
        """The span that the review or plan of a work report turns to: 五年来，…"""
        w, text = _words(), self._text
        long = w.era.search(text, max(sentence.start, first.start - 5), first.end + 3)
        if not long or (first.rule == "period.date" and long[0] != _JUST_OVER):
            return None
        if not fresh and carries_figure(text, sentence.start, sentence.end, found):
            return None
        return Frame(first.period, "period.span", first.start, first.end, "section")

    def turned(
        self, spans: tuple[Frame, ...], era: Frame | None, start: int, end: int
    ) -> Frame | None:
        """The later span of a part of two, where its text comes to the plan made for it."""
        made = _words().plan_made.search(self._text, start, end)
        plan = made and plans().get(f"十{made[1] or made[2]}五")
        if not made or not plan or plan not in {frame.period for frame in spans[1:]}:
            return None
        if era and era.period.year >= int(plan.start):
            return None
        return Frame(plan, "period.span", made.start(), made.end(), "section")

    def _goes_on(self, section: Section | None) -> Frame | None:
        """The period of the part before, where a report's plan for a year goes on in the next."""
        if not self.is_report or self._now is None:
            return None
        part = part_of(section)
        if part is None:
            return None
        if part.start not in self._continued:
            before = part_before(self._document, part)
            found = self.of_title(before) if before else ()
            plan = len(found) == 1 and found[0].period.year >= self._now.year
            self._continued[part.start] = found[0] if plan else None
        return self._continued[part.start]
