"""The periods that are open where a sentence stands: what opened each, and how far it reaches.

A period that is named has a role (see `mention`); the roles that reach beyond their sentence open
a frame. Frames are nested, and the innermost that is open governs:

    sentence   carried over a ； from the clauses before
    item       opened inside an item (一是…), until the next item
    paragraph  opened at the beginning of an earlier sentence of the paragraph
    list       opened by a lead-in (…如下：), over its items
    section    opened at the beginning of a section or of a short text, or named in the title of
               the section; innermost first
    title      named in the document's title
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from shuangjian_cli.data import load
from shuangjian_cli.model import Document, Section, Sentence
from shuangjian_cli.patterns import WordList, regex, worded
from shuangjian_cli.tag.period.document import part_of
from shuangjian_cli.tag.period.mention import read
from shuangjian_cli.tag.period.opening import (
    behind_mark,
    carries_figure,
    is_report,
    may_open,
    opening,
    speaks_on,
)
from shuangjian_cli.tag.period.sections import WHOLE, Frame, Sections
from shuangjian_cli.tag.period.use import GOVERNING, Mention
from shuangjian_cli.tag.time import OPEN, UNKNOWN, Now, Period, years_on

_UNTIL = "period.until"
_RELATIVE = "period.relative"
_TITLES = ("period.section", "period.title")
_UP_TO = regex(r"截[至止到][^目现]*\d")
_BREAKDOWN = worded("{parted.words}|(?:{parted.in_turn})(?:为|是|包括)", __file__)
"""How a sentence begins that parts what the one before has summed up."""
_BELOW = worded(r"(?:{parted.below})(?:{parted.goals})：", __file__)
"""How a sentence ends that leads in a list for which its paragraph's opening speaks: 到2020年，…实现以下目标："""
_PART = "其中"
_BREAKDOWN_HEADS = frozenset("其分具包")
_TOLD = (*GOVERNING, "event")
"""The roles of times that 同年 and 次年 count from."""
_ITEM_MOST = 80
"""How long an item of a list without marks may be."""


class Around:
    """What is open where a sentence stands, innermost first, a dated event told before it, and
    the period that the sentence before it ends with, where it begins with 同年 or the like."""

    __slots__ = ("event", "frames", "told")

    def __init__(
        self, frames: tuple[Frame, ...], event: str | None = None, told: Period | None = None
    ) -> None:
        self.frames = frames
        self.event = event
        self.told = told


@cache
def _ahead() -> WordList:
    return WordList(load(__file__)["ahead"]["words"], after="(?!一段)")


class Frames:
    """The frames of one document, found as its sentences are asked for, in order."""

    def __init__(self, document: Document, now: Now | None) -> None:
        self._document = document
        self._text = document.folded.text
        self._now = now
        self.sections = Sections(document, now)
        self._readings: dict[int, list[Mention]] = {}
        self._around: dict[int, Around] = {}
        """By where a sentence starts; of the rows of a table, which are many, of that reached last."""
        self._ahead = _ahead()
        self._goes_back = years_on().heads | _BREAKDOWN_HEADS
        self._walked = self._walk()
        self._reached = -1
        # What is open at the sentence that the walk has come to.
        self._carried: Frame | None = None
        self._item: Frame | None = None
        self._opening: Frame | None = None
        self._list: _List | None = None
        self._era: Frame | None = None
        self._event: str | None = None
        self._outside = Around(())

    def around(self, sentence: Sentence) -> Around:
        """What governs a sentence from outside."""
        if self._reached < sentence.start:
            for reached in self._walked:
                if reached >= sentence.start:
                    self._reached = reached
                    break
        known = self._around.get(sentence.start)
        return known or Around(tuple(self.sections.around(sentence.section, None)))

    def reading(self, sentence: Sentence, around: Around) -> list[Mention]:
        """The times that a sentence names, each with its role."""
        known = self._readings.get(sentence.start)
        if known is None:
            governing = around.told or (around.frames[0].period if around.frames else None)
            known = read(
                self._text,
                sentence.start,
                sentence.end,
                self._now_of(around),
                governing if governing is not UNKNOWN else None,
                around.event,
            )
            if around.frames and self._is_dated(around.frames[0]):
                # 截至2020年10月，…。目前，…: the same time.
                known = [m for m in known if m.rule != _UNTIL or self._is_dated(m)]
            self._readings[sentence.start] = known
        return known

    def _now_of(self, around: Around) -> Now | None:
        """When a sentence speaks: in the year that the nearest title names, where the document's
        own title is all that tells it."""
        now = self._now
        if now is None or now.origin != "title":
            return now
        titles = (f.period for f in around.frames if f.rule in _TITLES)
        named = next((period for period in titles if period.years == 1), None)
        return now._replace(year=named.year) if named else now

    def _is_dated(self, time: Frame | Mention) -> bool:
        """Whether a time is one up to a date that the text says: 截至2020年10月, and not 目前."""
        return _UP_TO.match(self._text, time.start, time.end) is not None

    # --- the walk ----------------------------------------------------------------------------

    def _walk(self) -> Iterator[int]:
        """Go through the sentences, open and close frames, and note what is open at each; yields
        where each sentence begins."""
        text, sections = self._text, self.sections
        paragraph: tuple[int, int] | None = None
        section: Section | None = None
        place = WHOLE
        part: Section | None = None
        asked: tuple[Section | None, Frame | None] | None = None
        spans: tuple[Frame, ...] = ()
        begun: set[int] = set()  # the sections that have had a paragraph
        before = -1
        in_item = goes_on = is_first = names = False
        previous: Sentence | None = None
        held: Frame | None = None
        row: int | None = None
        for sentence in self._document.sentences:
            start, end, kind, its_paragraph, its_section, run_in = sentence
            if row is not None:
                del self._around[row]
            row = start if kind == "table" else None
            fresh = its_paragraph != paragraph
            if its_section is not section:
                section = its_section
                place = section.start if section else WHOLE
                if (top := part_of(section)) is not part:
                    part, self._era = top, None
                    spans = sections.of_title(part) if sections.is_report and part else ()
                    spans = spans if len(spans) > 1 else ()
            if fresh:
                paragraph, in_item = its_paragraph, False
                self._enter(sentence)
            begin, is_prose = start, kind == "prose"
            if is_prose:
                begin = behind_mark(text, start, end)
                # 9.寄宿生 |小学寄宿生…
                is_headed = run_in is not None and run_in[1] == start - 1 and text[start - 1] == " "
                if begin > start or is_headed:
                    in_item, self._item, self._carried = True, None, None
                is_first = (fresh or names) and not in_item and place not in begun
                names = False
                begun.add(place)
            if spans:
                self._era = sections.turned(spans, self._era, start, end) or self._era
            if (section, self._era) != asked:
                asked = section, self._era
                self._outside = Around(tuple(sections.around(section, self._era)))
            head = text[begin : begin + 1]
            if is_prose and (self._opening or head in self._ahead.heads):
                self._look(sentence, begin, before if begin == start and not fresh else -1)
            is_next = not fresh or text.startswith(_PART, begin)
            goes_back = previous if is_next and head in self._goes_back else None
            is_open = self._carried or self._item or self._opening
            if goes_back and _BREAKDOWN.match(text, begin, end):
                told = self.reading(goes_back, self._around[goes_back.start])
                total = _in_force(told, goes_back.end)
                if total and self._opening and total.start > self._opening.start:
                    self._carried = total  # 日前，省里下达2021年资金9亿元。其中，…
                elif not is_open:
                    self._carried = is_open = total or (None if fresh else held)
            around = self._outside
            if is_open or self._list or self._event:
                around = self._now_open()
            if goes_back and years_on().match(text, begin, end):
                told = self.reading(goes_back, self._around[goes_back.start])
                last = [m.period for m in told if m.use in _TOLD and m.period is not UNKNOWN]
                around = Around(around.frames, around.event, last[-1]) if last else around
            previous = sentence if is_prose else None
            self._around[start] = around
            yield start
            before, held, self._carried = start, self._carried, None
            goes_on, after_semicolon = False, goes_on
            if is_prose:
                goes_on = text[end - 1] == "；"
            elif kind != "masthead" or text[end - 1] != "：":
                continue
            leads_in = text[end - 1] == "：" and end == its_paragraph[1]
            if is_first and _may_name(text, start, end):
                names = not carries_figure(text, start, end, self.reading(sentence, around))
                if names:
                    begun.discard(place)
            if not (goes_on or (leads_in and is_prose) or may_open(text, begin, end)):
                continue
            found = self.reading(sentence, around)
            if goes_on:
                self._carried = _in_force(found, end) or held
            if self._event is None:
                self._event = next((m.period.start for m in found if m.use == "event"), None)
            if after_semicolon and not fresh:
                continue
            first = opening(text, begin, end, found)
            if first is None:
                if leads_in and (lead := self._parted(sentence, begin, found, held)):
                    self._list = _List(lead, sentence, sections)
                continue
            rule = "period.vague" if first.period is UNKNOWN else "period.opening"
            rule = first.rule if first.rule == "period.inferred" else rule
            moves = first.use == "movement"
            frame = Frame(first.period, rule, first.start, first.end, "paragraph", moves)
            if is_prose:
                if in_item:
                    self._item = frame._replace(reach="item")
                else:
                    self._opening = frame
                if is_first and speaks_on(first.period) and not _is_passed(first, found, end):
                    lead = frame._replace(rule="period.lead", reach="section")
                    sections.openings.setdefault(place, lead)
                    asked = None
            is_first = False
            if first.period is UNKNOWN:
                continue
            if leads_in:
                self._list = _List(frame, sentence, sections)
            if sections.is_report:
                self._era = sections.turns(sentence, first, found, fresh) or self._era

    def _parted(
        self, sentence: Sentence, begin: int, found: list[Mention], held: Frame | None
    ) -> Frame | None:
        """The period of a total that the items under a lead-in are parts of, wherever the lead-in
        names it, or the sentence before 分别是：."""
        text, end = self._text, sentence.end
        lead = None
        if carries_figure(text, begin, end, found):
            lead = _in_force(found, end)
        elif _BREAKDOWN.match(text, begin, end):
            lead = held or self._opening
        elif _BELOW.match(text, max(begin, end - 5), end):
            lead = self._opening
        if lead is None or not speaks_on(lead.period):
            return None
        return lead if lead.period.start != OPEN or self._is_dated(lead) else None

    def _enter(self, sentence: Sentence) -> None:
        """Close what a paragraph ends: all but a clause that goes on behind ；, and a list."""
        self._opening = self._item = self._event = None
        if sentence.kind != "prose":
            self._carried = None
        if self._list is not None and not self._list.holds(self._text, sentence):
            self._list = None

    def _look(self, sentence: Sentence, begin: int, before: int) -> None:
        """Close what is over where a sentence looks ahead (下一步，…), and mark the opening as
        disputed where the sentence before, if any, ends with another period."""
        ahead = self._ahead.match(self._text, begin, sentence.end)
        if ahead and self._is_over():
            self._item = None
            self._opening = Frame(UNKNOWN, "period.vague", *ahead.span(), "paragraph")
        elif self._opening is not None and before >= 0:
            found = self._readings.get(before, ())
            last = _in_force(found, before)
            if last and last.start > self._opening.start and last.period != self._opening.period:
                # 前年…，去年…，今年再创新高。: what follows is said of this year.
                is_now = last.rule == _RELATIVE and len(found) > 2
                frame = last if is_now else self._opening._replace(rule="period.disputed")
                self._opening = frame._replace(reach="paragraph")

    def _is_over(self) -> bool:
        """Whether the period that governs is over where the text looks ahead."""
        frames = self._now_open().frames
        if not frames or frames[0].period is UNKNOWN or frames[0].period.end == OPEN:
            return False
        if self._now is not None and frames[0].period.year > self._now.year:
            return False
        return frames[0].rule != "period.section"

    def _now_open(self) -> Around:
        inner = (self._carried, self._item, self._opening, self._list and self._list.frame)
        open_ = [frame for frame in inner if frame]
        return Around((*open_, *self._outside.frames), self._event)


def _in_force(found: Iterable[Mention], end: int) -> Frame | None:
    """The last period that governs on at the end of a sentence, none that brackets closed over."""
    last = None
    for m in found:
        if m.use in GOVERNING and m.stop >= end:
            last = m
    if last is None:
        return None
    moves = last.use == "movement"
    return Frame(last.period, last.rule, last.start, last.end, "sentence", moves)


def _is_passed(first: Mention, found: Iterable[Mention], end: int) -> bool:
    """Whether a sentence that opens with 近日 ends with another time: 近日，省里下达2020年资金9亿元。"""
    last = _in_force(found, end) if first.rule == "period.recent" else None
    return last is not None and last.start > first.start


def _may_name(text: str, start: int, end: int) -> bool:
    """Whether a sentence that tells no figure says what was published, so that the next opens the
    news: 县统计局发布《统计公报》。"""
    return text.find("《", start, end) >= 0 or is_report(text, start, end)


class _List:
    """A lead-in and the items under it."""

    def __init__(self, frame: Frame, sentence: Sentence, sections: Sections) -> None:
        self.frame = frame._replace(rule="period.list", reach="list")
        section = sentence.section
        # Under the document's title it leads in the whole of it.
        self._section = section.parent if section and sections.is_title(section) else section
        self._start = sentence.start
        self._marked: bool | None = None

    def holds(self, text: str, sentence: Sentence) -> bool:
        """Whether a paragraph that begins with the sentence belongs to the list."""
        section, inside = sentence.section, False
        while section is not None and section is not self._section:
            inside = inside or (section.start > self._start and section.numbered)
            section = section.parent
        if section is not self._section:
            return False
        if inside or sentence.kind not in ("prose", "title", "table"):
            return True  # an item with a title of its own, or what stands between items
        start, end = sentence.paragraph
        marked = behind_mark(text, start, end) > start
        if self._marked is None:
            self._marked = marked
        return marked if self._marked else end - start <= _ITEM_MOST
