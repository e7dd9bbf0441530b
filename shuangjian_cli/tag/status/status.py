"""Whether a figure is reported as reached or still to come.

In this order: what the figure is called (完成…的目标), the words of its own sentence (力争, 将,
已), the time that it covers, the paragraph (下一步，…; the answer to a question about plans), the
titles around it. Where nothing speaks, a bulletin reports facts.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from shuangjian_cli.model import Decision, Document, Sentence
from shuangjian_cli.patterns import CLAUSE_STOP, regex
from shuangjian_cli.structure.lines import FIGURE
from shuangjian_cli.tag.period import PUBLISHED_YEARS, published
from shuangjian_cli.tag.status.cue import ACHIEVED, TARGET, Cue, cue
from shuangjian_cli.tag.status.horizon import aimed_at, aimed_before, may_be_ahead
from shuangjian_cli.tag.status.titles import Titles
from shuangjian_cli.tag.status.words import words

_SIZE = regex(r"\d+(?=\D$)")
_YEAR_ALL_BUT_OVER = 11
"""From which month on 年内 tells of what was done within the year."""
_KEPT = 4096
"""How many sentences' cues are remembered: they are asked for in order."""
_PART = "其中"
"""How a sentence begins that parts what the one before has summed up."""
_CLAUSE = 200
"""How long a clause may be."""
_CARRIED = 12
"""Over how many ； a wish may hold."""


def _end(said: Cue) -> int:
    return said.decision.end


_BY_DEFAULT = Cue(ACHIEVED, Decision("status.default"))
_UNDATED = Cue(ACHIEVED, Decision("status.undated"))
_BY_PERIOD = {status: Cue(status, Decision("status.period")) for status in (ACHIEVED, TARGET)}


def _start(sentence: Sentence) -> int:
    return sentence.start


class Status:
    """The statuses of one document's figures."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._text = document.folded.text
        self._words = words()
        now = published(document)
        # A year that only the text names tells nothing of what was over when it was written.
        known = now is not None and now.origin != "text"
        self._year, self._month = now[:2] if now is not None and known else (0, 0)
        self._is_dated = now is not None and now.stated
        self._titles = Titles(document, self._year, self._month)
        self._title = self._titles.of_document()
        self._is_budget = self._words.budget.search(document.info.title or "") is not None
        self._paragraphs: dict[int, Cue] | None = None
        self._periods: dict[str | None, str | None] = {}
        self._cues: dict[int, list[Cue]] = {}
        # The sentence that was asked for last: it has most often several figures.
        self._asked: Sentence | None = None
        self._said: list[Cue] = []
        self._stops: list[int] = []
        self._is_bounded = False
        self._ahead: Cue | None = None

    def of(
        self, sentence: Sentence, start: int, end: int, period: str | None
    ) -> tuple[str, Decision]:
        """The status of the figure at [start, end) of the sentence, which covers `period`."""
        if period not in self._periods:
            self._periods[period] = self._of_period(period)
        time = self._periods[period]
        if sentence.kind != "table":  # whose heads are read elsewhere
            own = self._own(sentence, start, end, time)
            if own:
                up_to = self._text.rfind("截至", own.decision.start, start)
                if up_to > 0 and time != TARGET and (period or "").startswith(".."):
                    return cue(ACHIEVED, "status.fact", up_to, up_to + 2)  # 计划投资…，截至7月完成…
                return self._charged(own, sentence, start, end) or own
            if self._ahead:
                return self._ahead
        is_early = period and time == TARGET and period.startswith(str(self._year))
        if is_early and (given := self._handed(sentence, start)):
            return given
        if time:
            section = self._titles.around(sentence.section) if time == TARGET else None
            if section and section.status == ACHIEVED and not self._names_end(sentence, period):
                return section  # 一、发展现状 in a plan for the years to come
            return _BY_PERIOD[time]
        outer = self._around(sentence) or self._titles.around(sentence.section) or self._title
        if outer and outer is self._title and (fee := self._charged(outer, sentence, start, end)):
            return fee
        if outer is None and period and not self._year:
            aimed = aimed_at(self._text, sentence, start, period) or aimed_before(
                self._text, sentence, period
            )
            if aimed:
                return aimed
            if may_be_ahead(self._text, sentence, start, period):
                return _UNDATED
        return outer or _BY_DEFAULT

    # --- the sentence ------------------------------------------------------------------------

    def _own(self, sentence: Sentence, start: int, end: int, time: str | None) -> Cue | None:
        """What the figure's own sentence says."""
        if sentence is not self._asked:
            self._read(sentence)
        cues, is_bounded = self._said, self._is_bounded
        if time != ACHIEVED and cues and (plan := self._begun(sentence, start, end)):
            return plan
        if not cues and not is_bounded:
            return self._carried(sentence) if time != ACHIEVED else None
        w, text = self._words, self._text
        clause, clause_end = self._clause(sentence, start, end)
        goal = w.goal.match(text, end, sentence.end) if is_bounded else None
        if goal and not w.progress.search(text, clause, start):
            return cue(TARGET, "status.goal", end, goal.end())
        here = bisect_right(cues, start, key=_end)
        last = cues[here - 1] if here else None
        after = cues[here] if here < len(cues) else None
        if (
            after
            and after.status == ACHIEVED
            and end <= after.decision.start < clause_end
            and (last is None or last.decision.start < clause)
        ):
            return after
        if (
            after
            and (last is None or last.decision.start < clause)
            and after.status == TARGET
            and time != ACHIEVED
            and (behind := w.behind.match(text, end, clause_end))
            and after.decision.start < behind.end()
        ):
            return after  # 5万名学生|将享受营养餐, 已完成2所，其余4所|预计8月完工
        if is_bounded:
            fitting = w.fitting.match(text, end, clause_end)
            if fitting:
                return cue(TARGET, "status.rule", end, fitting.end())
            limit = w.limit.search(text, clause, start)
            if limit and not (last and last.decision.start >= clause and last.status == ACHIEVED):
                setting = w.setting.search(text, clause, limit.start())
                if setting or (time != ACHIEVED and not w.kept.search(text, clause, start)):
                    return cue(TARGET, "status.rule", limit.start(), start)
        if last is not None and self._is_purpose(last, sentence, clause):
            last = None
        if last is None:
            return self._carried(sentence) if time != ACHIEVED else None
        if last.status == TARGET and (over := w.over.match(text, clause_end, sentence.end)):
            return cue(ACHIEVED, "status.fact", *over.span())
        _, first, stop, _ = last.decision
        is_over = last.status == TARGET and time == ACHIEVED
        is_weak = first < clause or text[first:stop] in w.weak
        if is_over and is_weak and not w.firm.match(text, first, sentence.end):
            return None
        if text[first:stop] in w.within_year and self._month >= _YEAR_ALL_BUT_OVER:
            return None
        return last

    def _charged(self, said: Cue, sentence: Sentence, start: int, end: int) -> Cue | None:
        """What is charged (学费每生每学期不超过|800元), which is in force, though a rule or a notice of fees
        says so, and what a body has that says what it may spend; not in a plan for what is to come."""
        w, text = self._words, self._text
        if self._is_budget and said is self._title and text[end - 1] not in "元%":
            return _BY_DEFAULT
        in_money = sentence.kind == "table" or text[end - 1] == "元"
        if said.status != TARGET or said.decision.rule == "status.wish" or not in_money:
            return None
        title = self._document.info.title or ""
        if self._title and not w.fee.search(title) and not w.call.search(title):
            return None
        fee = w.fee.search(text, sentence.start, start)
        if not (fee or w.fee.search(title)) or w.aid.search(text, sentence.start, start):
            return None
        return cue(ACHIEVED, "status.fee", *(fee.span() if fee else (-1, -1)))

    def _is_purpose(self, wish: Cue, sentence: Sentence, clause: int) -> bool:
        """Whether 确保 in an earlier clause only tells what a figure before it is for: 投入3亿元，确保开学，
        惠及学生|2万人."""
        w, text, (_, start, end, _) = self._words, self._text, wish.decision
        if start >= clause or text[start:end] not in w.ensure:
            return False
        stop = CLAUSE_STOP.search(text, end, clause)
        return (
            stop is not None
            and not FIGURE.search(text, end, stop.start())
            and FIGURE.search(text, sentence.start, start) is not None
        )

    def _begun(self, sentence: Sentence, start: int, end: int) -> Cue | None:
        """新建学校20所，已开工7所: so many are to be built as more than are begun."""
        w, text = self._words, self._text
        begun = w.begun.match(text, end, sentence.end)
        size = _SIZE.match(text, start, end)
        if not begun or not size or text[end - 1] != begun[2] or int(begun[1]) >= int(size[0]):
            return None
        clause, _ = self._clause(sentence, start, end)
        if not w.built.search(text, clause, start):
            return None
        return cue(TARGET, "status.goal", *begun.span())

    def _read(self, sentence: Sentence) -> None:
        """Read the sentence that is asked for."""
        w, text, start, end = self._words, self._text, sentence.start, sentence.end
        self._asked = sentence
        self._said = self._of_sentence(sentence)
        self._ahead = self._ahead_of(sentence)
        self._is_bounded = w.bounds.search(text, start, end) is not None
        if self._said or self._is_bounded:
            self._stops = [stop.start() for stop in CLAUSE_STOP.finditer(text, start, end)]

    def _clause(self, sentence: Sentence, start: int, end: int) -> tuple[int, int]:
        """Where the clause around a figure begins and ends."""
        stops = self._stops
        before, after = bisect_left(stops, start), bisect_left(stops, end)
        return (
            max(stops[before - 1] + 1 if before else sentence.start, start - _CLAUSE),
            min(stops[after] if after < len(stops) else sentence.end, end + _CLAUSE),
        )

    def _of_sentence(self, sentence: Sentence) -> list[Cue]:
        """The cues of a sentence, in order."""
        known = self._cues.get(sentence.start)
        if known is None:
            start, end = sentence[:2]
            known = [
                cue(TARGET, "status.wish", m.start(), m.end())
                if m.lastgroup == "wish"
                else cue(ACHIEVED, "status.fact", m.start(), m.end())
                for m in self._words.cue.finditer(self._text, start, end)
            ]
            if known:
                unsaid = [m.span() for m in self._words.unsaid.finditer(self._text, start, end)]
                known = [
                    each
                    for each in known
                    if not any(s < each.decision.start < e for s, e in unsaid)
                ]
            if len(self._cues) >= _KEPT:
                self._cues.clear()
            self._cues[sentence.start] = known
        return known

    def _carried(self, sentence: Sentence) -> Cue | None:
        """A wish that holds over the ； before the sentence (到2027年，…达到75%；…达到80%。), or that a
        sentence without a subject of its own goes on with."""
        text, sentences = self._text, self._document.sentences
        index = bisect_left(sentences, sentence.start, key=_start)
        following = sentence
        for before in reversed(sentences[max(0, index - _CARRIED) : index]):
            if before.paragraph != sentence.paragraph:
                return None
            is_parted = text[before.end - 1] != "；"
            if is_parted and not self._words.carries_on.match(text, following.start, following.end):
                return None
            cues = self._of_sentence(before)
            if cues:
                last = cues[-1]
                if last.status == ACHIEVED or (is_parted and not self._reaches(last, before)):
                    return None
                return last
            for m in self._words.horizon.finditer(text, before.start, before.end):
                if int(m[1]) > self._year > 0:
                    return cue(TARGET, "status.wish", m.start(), m.end())
            following = before
        return None

    def _reaches(self, wish: Cue, sentence: Sentence) -> bool:
        """Whether a wish is one of its whole sentence: not what a figure before it comes to
        (学校6所，将于秋季投用), nor what it is done for (…，确保开学)."""
        w, (_, start, end, _) = self._words, wish.decision
        said = self._text[start:end]
        if said not in w.weak:
            return True
        return said not in w.ensure and not FIGURE.search(self._text, sentence.start, start)

    def _of_period(self, period: str | None) -> str | None:
        """What the time says: what is over was reached, what has not begun is to come."""
        if not period:
            return None
        first, _, last = period.partition("/")
        last = last or first
        if not self._year:  # what was before any page was put out is over
            known = last != ".." and int(last[:4]) < PUBLISHED_YEARS.start
            return ACHIEVED if known else None
        if last == "..":
            return TARGET if int(first[:4]) > self._year else None
        if first == "..":
            first = last
        if int(last[:4]) < self._year:
            return ACHIEVED
        if int(last[:4]) > self._year:
            is_school_year = int(first[:4]) == self._year == int(last[:4]) - 1
            return None if is_school_year else TARGET
        if len(last) >= 7 and self._month:
            if not self._is_dated:  # the month is only guessed
                return None
            if int(last[5:7]) < self._month:
                return ACHIEVED
            return TARGET if len(first) >= 7 and int(first[5:7]) > self._month else None
        return TARGET if first == last and 0 < self._month <= 3 else None

    def _ahead_of(self, sentence: Sentence) -> Cue | None:
        """未来，某县教育这样干: a headline of what is to come."""
        title = self._document.title
        if sentence.kind != "title" and not (title and title[0] <= sentence.start < title[1]):
            return None
        found = self._words.ahead.search(self._text, sentence.start, sentence.end)
        return found and cue(TARGET, "status.wish", *found.span())

    def _handed(self, sentence: Sentence, start: int) -> Cue | None:
        """提前下达2021年补助资金|5亿元: what was handed out when its year had hardly begun."""
        w, text, (begin, end) = self._words, self._text, sentence.paragraph
        found = w.handed.search(text, sentence.start, start)
        if found is None and sentence.kind == "title":
            found = w.out.search(text, begin, end)
        elif found is None and text.startswith(_PART, sentence.start):
            found = w.out.search(text, begin, sentence.start)
        return found and cue(ACHIEVED, "status.fact", *found.span())

    def _names_end(self, sentence: Sentence, period: str | None) -> bool:
        """Whether a sentence itself names the year with which a period ends."""
        end = (period or "").rpartition("/")[2][:4]
        return self._text.find(end, sentence.start, sentence.end) >= 0

    # --- around the sentence -----------------------------------------------------------------

    def _year_ahead(self, sentence: Sentence) -> re.Match[str] | None:
        """2024年，县里将…: the year that a paragraph plans for from its beginning."""
        year = self._words.opens_year.match(self._text, *sentence.paragraph)
        said = self._of_sentence(sentence) if year else []
        return year if said and said[0].status == TARGET else None

    def _around(self, sentence: Sentence) -> Cue | None:
        if self._paragraphs is None:
            self._paragraphs = self._walk()
        return self._paragraphs.get(sentence.start)

    def _walk(self) -> dict[int, Cue]:
        """For each sentence that a paragraph or an answer puts ahead, the words that do."""
        w, text = self._words, self._text
        out: dict[int, Cue] = {}
        paragraph: tuple[int, int] | None = None
        ahead: Cue | None = None
        answer: Cue | None = None
        for sentence in self._document.sentences:
            if sentence.paragraph != paragraph:
                paragraph, ahead = sentence.paragraph, None
                if aim := w.aim.match(text, *paragraph) or self._year_ahead(sentence):
                    ahead = cue(TARGET, "status.paragraph", *aim.span())
                speaker = w.speaker.match(text, *paragraph)
                if speaker:
                    asked = w.asked.search(text, speaker.end(), paragraph[1])
                    answer = asked and cue(TARGET, "status.question", asked.start(), asked.end())
            if sentence.kind == "prose":
                opening = w.ahead.match(text, sentence.start, sentence.end)
                if opening:
                    ahead = cue(TARGET, "status.paragraph", opening.start(), opening.end())
            found = ahead or answer
            if found:
                out[sentence.start] = found
        return out
