"""Whether a figure is reported as reached or still to come.

In this order: what the figure is called (完成…的目标), the words of its own sentence (力争, 将,
已), the time that it covers, the paragraph (下一步，…; the answer to a question about plans), the
titles around it. Where nothing speaks, a bulletin reports facts.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from shuangjian_cli.model import Decision, Document, Section, Sentence
from shuangjian_cli.tag.period import part_before, part_of, published
from shuangjian_cli.tag.status.words import words

ACHIEVED, TARGET = "achieved", "target"

_CLAUSE = 200
"""How long a clause may be."""
_CARRIED = 12
"""Over how many ； a wish may hold."""


class _Cue(NamedTuple):
    """Words that speak for a status, with their span; `rule` names the kind."""

    status: str
    rule: str
    start: int
    end: int

    @property
    def result(self) -> tuple[str, Decision]:
        return self.status, Decision(self.rule, self.start, self.end)


def _start(sentence: Sentence) -> int:
    return sentence.start


def _end(cue: _Cue) -> int:
    return cue.end


class Status:
    """The statuses of one document's figures."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._text = document.folded.text
        self._year, self._month = published(document) or (0, 0)
        self._title = self._document_cue()
        self._sections: dict[int, _Cue | None] = {}
        self._paragraphs: dict[int, _Cue] | None = None
        self._parts: dict[int, _Cue | None] = {}
        self._cues: dict[int, list[_Cue]] = {}
        # The sentence that was asked for last: it has most often several figures.
        self._split: Sentence | None = None
        self._stops: list[int] = []

    def of(
        self, sentence: Sentence, start: int, end: int, period: str | None
    ) -> tuple[str, Decision]:
        """The status of the figure at [start, end) of the sentence, which covers `period`."""
        time = self._of_period(period)
        own = self._own(sentence, start, end, time)
        if own:
            return own.result
        if time:
            return time, Decision("status.period")
        around = self._around(sentence) or self._of_sections(sentence.section) or self._title
        return around.result if around else (ACHIEVED, Decision("status.default"))

    # --- the sentence ------------------------------------------------------------------------

    def _own(self, sentence: Sentence, start: int, end: int, time: str | None) -> _Cue | None:
        """What the figure's own sentence says."""
        w, text = words(), self._text
        clause, clause_end = self._clause(sentence, start, end)
        goal = w.goal.match(text, end, clause_end)
        if goal and not w.progress.search(text, clause, start):
            return _Cue(TARGET, "status.goal", end, goal.end())
        cues = self._of_sentence(sentence)
        here = bisect_right(cues, start, key=_end)
        last = cues[here - 1] if here else None
        after = cues[here] if here < len(cues) and end <= cues[here].start < clause_end else None
        if after and after.status == ACHIEVED and (last is None or last.start < clause):
            return after
        fitting = w.fitting.match(text, end, clause_end)
        if fitting:
            return _Cue(TARGET, "status.rule", end, fitting.end())
        limit = w.limit.search(text, clause, start)
        if limit and not (last and last.start >= clause and last.status == ACHIEVED):
            setting = w.setting.search(text, clause, limit.start())
            if time != ACHIEVED or setting:
                return _Cue(TARGET, "status.rule", limit.start(), start)
        if last is None:
            return self._carried(sentence) if time != ACHIEVED else None
        if (
            last.status == TARGET
            and time == ACHIEVED
            and (last.start < clause or text[last.start : last.end] in w.weak)
        ):
            return None
        return last

    def _clause(self, sentence: Sentence, start: int, end: int) -> tuple[int, int]:
        """Where the clause around a figure begins and ends."""
        if sentence is not self._split:
            self._split = sentence
            found = words().stop.finditer(self._text, sentence.start, sentence.end)
            self._stops = [stop.start() for stop in found]
        stops = self._stops
        before, after = bisect_left(stops, start), bisect_left(stops, end)
        return (
            max(stops[before - 1] + 1 if before else sentence.start, start - _CLAUSE),
            min(stops[after] if after < len(stops) else sentence.end, end + _CLAUSE),
        )

    def _of_sentence(self, sentence: Sentence) -> list[_Cue]:
        """The cues of a sentence, in order."""
        known = self._cues.get(sentence.start)
        if known is None:
            known = [
                _Cue(TARGET, "status.wish", m.start(), m.end())
                if m.lastgroup == "wish"
                else _Cue(ACHIEVED, "status.fact", m.start(), m.end())
                for m in words().cue.finditer(self._text, sentence.start, sentence.end)
            ]
            self._cues[sentence.start] = known
        return known

    def _carried(self, sentence: Sentence) -> _Cue | None:
        """A wish that holds over the ； before the sentence: 到2027年，…达到75%；…达到80%。"""
        text, sentences = self._text, self._document.sentences
        index = bisect_left(sentences, sentence.start, key=_start)
        for before in reversed(sentences[max(0, index - _CARRIED) : index]):
            if before.paragraph != sentence.paragraph or text[before.end - 1] != "；":
                return None
            cues = self._of_sentence(before)
            if cues:
                return cues[-1] if cues[-1].status == TARGET else None
            for m in words().horizon.finditer(text, before.start, before.end):
                if int(m[1]) > self._year > 0:
                    return _Cue(TARGET, "status.wish", m.start(), m.end())
        return None

    def _of_period(self, period: str | None) -> str | None:
        """What the time says: what is over was reached, what has not begun is to come."""
        if not period or not self._year:
            return None
        first, _, last = period.partition("/")
        last = last or first
        if last == "..":
            return TARGET if int(first[:4]) > self._year else None
        if first == "..":
            first = last
        if int(last[:4]) < self._year:
            return ACHIEVED
        if int(last[:4]) > self._year:
            return TARGET
        if len(last) >= 7 and self._month:
            if int(last[5:7]) < self._month:
                return ACHIEVED
            return TARGET if len(first) >= 7 and int(first[5:7]) > self._month else None
        return TARGET if first == last and 0 < self._month <= 3 else None

    # --- around the sentence -----------------------------------------------------------------

    def _around(self, sentence: Sentence) -> _Cue | None:
        if self._paragraphs is None:
            self._paragraphs = self._walk()
        return self._paragraphs.get(sentence.start)

    def _walk(self) -> dict[int, _Cue]:
        """For each sentence that a paragraph or an answer puts ahead, the words that do."""
        w, text = words(), self._text
        out: dict[int, _Cue] = {}
        paragraph: tuple[int, int] | None = None
        ahead: _Cue | None = None
        answer: _Cue | None = None
        for sentence in self._document.sentences:
            if sentence.paragraph != paragraph:
                paragraph, ahead = sentence.paragraph, None
                speaker = w.speaker.match(text, *paragraph)
                if speaker:
                    asked = w.asked.search(text, speaker.end(), paragraph[1])
                    answer = asked and _Cue(TARGET, "status.question", asked.start(), asked.end())
            if sentence.kind == "prose":
                opening = w.ahead.match(text, sentence.start, sentence.end)
                if opening:
                    ahead = _Cue(TARGET, "status.paragraph", opening.start(), opening.end())
            found = ahead or answer
            if found:
                out[sentence.start] = found
        return out

    def _of_sections(self, section: Section | None) -> _Cue | None:
        """The innermost title around that speaks of work done or to come. What comes after a
        part of work to come goes on with it."""
        chain = section.chain() if section else ()
        for around in chain:
            found = self._of_section(around)
            if found:
                return found
        part = part_of(section)
        if part is None:
            return None
        at = part.start
        if at not in self._parts:
            before = part_before(self._document, part)
            cue = self._of_section(before) if before else None
            self._parts[at] = cue if cue and cue.status == TARGET else None
        return self._parts[at]

    def _of_section(self, section: Section) -> _Cue | None:
        if section.start not in self._sections:
            self._sections[section.start] = self._read_title(section.title_start, section.title_end)
        return self._sections[section.start]

    def _read_title(self, start: int, end: int) -> _Cue | None:
        """A section's title; one that speaks of both leaves the answer to what stands nearer."""
        w, text = words(), self._text
        span = self._document.title
        if span and span[0] <= start and end <= span[1]:
            return None
        title = w.quoted.sub(lambda m: " " * len(m[0]), text[start:end])
        plan, review = w.plan.search(title), w.review.search(title)
        if plan is None and review is None and (year := re.search(r"(20\d\d)年", title)):
            early = int(year[1]) == self._year and self._month < 10
            if w.work.search(title) and (early or int(year[1]) > self._year):
                plan = year
        if plan and not review:
            return _Cue(TARGET, "status.section", start + plan.start(), start + plan.end())
        if review and (not plan or plan.start() < review.start()):
            return _Cue(ACHIEVED, "status.section", start + review.start(), start + review.end())
        return None

    def _document_cue(self) -> _Cue | None:
        """The document's title: a plan or a notice demands, all others report."""
        w, title = words(), self._document.info.title or ""
        found = w.plan_document.search(w.quoted.sub("", title))
        if found is None or w.review.search(title):
            return None
        return _Cue(TARGET, "status.title", -1, -1)
