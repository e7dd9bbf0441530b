"""Which period governs a figure: the nearest frame that is open where it stands.

First the words of its own sentence, each by its role (see `mention`), then what is open around
the sentence (see `frames`).
"""

import re
from bisect import bisect_right
from functools import cache

from shuangjian_cli.model import Decision, Document, Rejected, Sentence
from shuangjian_cli.patterns import CLAUSE_STOP, CLAUSE_STOPS, regex, worded
from shuangjian_cli.patterns import last as last_of
from shuangjian_cli.tag.period.document import is_misdated, published
from shuangjian_cli.tag.period.frames import Around, Frames
from shuangjian_cli.tag.period.sections import Frame
from shuangjian_cli.tag.period.use import GOVERNING, Mention
from shuangjian_cli.tag.time import OPEN, UNKNOWN, Period

_BACK = 12
"""How many mentions back a figure looks for the one that governs it."""
_NEAR = 20
"""Within how many characters before a figure 年均 speaks of it."""
_CLAUSE = 60
"""How far back the words of a movement are looked for."""
_NONE = Decision("period.none")
_MISDATED = "period.misdated"
_OPENED = ("period.opening", "period.lead", "period.disputed")
_PASSED = frozenset(("base", "name", "event", "clause"))


class _Words:
    def __init__(self) -> None:
        self.digit = regex(r"\d")
        self.item = regex("[、和及与]")
        self.in_turn = regex("[分依各](?:(?<=分)别|(?<=依)次|(?<=各)(?=[有为达是]))")
        self.several = worded("[、和及与]|{values.pairs}", __file__)
        self.school_year = regex("学年")
        self.aside = regex("（[^（）]*(?:）|$)")
        self.next_value = regex(r"[、和及与]|，(?=[约近超达]?\d)")
        self.values_end = regex(rf"，(?![约近超达]?\d)|[{CLAUSE_STOPS.replace('，', '')}]")
        self.has_now = worded(
            rf"[^{CLAUSE_STOPS}]*(?:{{changed.events}})[^。；]*?[，；](?:[^{CLAUSE_STOPS}]{{0,6}})"
            rf"(?:{{changed.now}})",
            __file__,
        )
        self.now = worded("{changed.now}", __file__)
        self.apart = regex(f"[到至为{CLAUSE_STOPS}、]|其中")
        self.near = regex(f"[{CLAUSE_STOPS}、]")
        self.moved_from = regex(rf"[由从][^{CLAUSE_STOPS}、\d]{{0,6}}$")
        self.moved_to = regex(
            rf"[由从][^{CLAUSE_STOPS}]*\d[^{CLAUSE_STOPS}]*[到至为成达][约近超]?$"
        )
        self.yearly = regex(rf"年均[^{CLAUSE_STOPS}\d]{{0,12}}$")


@cache
def _words() -> _Words:
    return _Words()


class _Reading:
    """The mentions of a sentence in order, their ends, and those that no figure takes."""

    __slots__ = ("ends", "found", "passed")

    def __init__(self, found: list[Mention], ends: list[int], passed: tuple[Rejected, ...]) -> None:
        self.found = found
        self.ends = ends
        self.passed = passed


_NOTHING = _Reading([], [], ())


class Periods:
    """The periods of one document."""

    def __init__(self, document: Document, *, explain: bool = False) -> None:
        self._document = document
        self._text = document.folded.text
        self._explain = explain
        self._frames = Frames(document, published(document))
        self._none = Decision(_MISDATED) if is_misdated(document) else _NONE
        # The sentence that was asked for last: it has most often several figures.
        self._asked = self._sentence_end = -1
        self._around = Around(())
        self._found = _NOTHING
        self._outer: tuple[str | None, Decision] = (None, _NONE)
        self._says_yearly = False
        self._in_turn: re.Match[str] | None = None

    def title_years(self) -> list[int]:
        """The single years that the document's title names and reports on."""
        return self._frames.sections.title_years()

    def of(self, sentence: Sentence, start: int, end: int) -> tuple[str | None, Decision]:
        """The period of the figure at [start, end) of the sentence as ISO 8601, or None.

        What the sentence names but does not use for its figures stands among the rejected.
        """
        if sentence.start != self._asked:
            self._asked, self._sentence_end = sentence.start, sentence.end
            self._around = self._frames.around(sentence)
            self._found = self._reading(sentence)
            near = max(0, sentence.start - _NEAR)
            self._in_turn = _words().in_turn.search(self._text, sentence.start, sentence.end)
            self._says_yearly = self._text.find("年均", near, sentence.end) >= 0
            self._outer = self._answer(self._around.frames[0] if self._around.frames else None)
        own = self._own(start, end) if self._found.found else None
        nearest = own or self._nearest(start)
        if self._in_turn:
            frames = self._around.frames
            governing = nearest or (frames[0] if frames else None)
            nearest = self._dealt(governing, start) or nearest
        return self._answer(nearest) if nearest else self._outer

    def told(
        self, sentence: Sentence, status: str, period: str | None, by: Decision
    ) -> tuple[str | None, Decision]:
        """The period of a figure whose status is known: one to come has not a time up to now that
        only governs from outside the sentence (目前，已投用3所。项目建成后将新增学位|900个), and one that
        is reached not the years of a plan that the title names (“十四五”规划 … 全县有学校|120所)."""
        if status == "target":
            is_other = (period or "").startswith(f"{OPEN}/") and sentence.start > by.start
        else:
            is_other = by.rule == "period.title" and self._frames.sections.titles_plan
        return (None, self._none._replace(rejected=by.rejected)) if is_other else (period, by)

    def _reading(self, sentence: Sentence) -> _Reading:
        if sentence.kind == "table":  # its heads are read elsewhere
            return _NOTHING
        found = self._frames.reading(sentence, self._around)
        if not found:
            return _NOTHING
        passed = tuple(
            Rejected(self._text[m.start : m.end], f"period.{m.use}")
            for m in found
            if m.use in _PASSED
        )
        return _Reading(found, [m.end for m in found], passed)

    def _answer(self, frame: Frame | None) -> tuple[str | None, Decision]:
        passed = self._found.passed
        if self._explain:
            nearer = frame.start if frame else -1
            passed += tuple(
                Rejected(self._text[f.start : f.end], f"{f.rule}: farther")
                for f in self._around.frames
                if f.start not in (-1, nearer)
            )
        if frame is None:
            return None, self._none._replace(rejected=passed)
        if frame.period is UNKNOWN:
            rule = frame.rule if self._none is _NONE else _MISDATED
            return None, Decision(rule, frame.start, frame.end, passed)
        return frame.period.iso, Decision(frame.rule, frame.start, frame.end, passed)

    # --- in the sentence ---------------------------------------------------------------------

    def _own(self, start: int, end: int) -> Frame | None:
        """The period that the figure's own sentence gives it."""
        p, text, found = _words(), self._text, self._found.found
        here = bisect_right(self._found.ends, start)
        for m in found[max(0, here - 2) : here + 2]:
            if m.use == "clause":
                between = (m.end, start) if m.end <= start else (end, m.start)
                if not p.near.search(text, *between):
                    return _of(m)
            elif m.use == "event" and m.end <= start and end <= m.stop:
                return _of(m)
        before = [
            m
            for m in found[max(0, here - _BACK) : here]
            if (m.use in GOVERNING or m.use == "source") and end <= m.stop
        ]
        last = before[-1] if before else None
        if last is None or CLAUSE_STOP.search(text, last.end, start):
            after = next((m for m in found[here : here + 3] if m.use in GOVERNING), None)
            if after and after.start >= end and not p.apart.search(text, end, after.start):
                return _of(after)
        if last is None:
            return None
        if last.period.years == 1 and p.has_now.match(text, last.end, start):
            return Frame(UNKNOWN, "period.none", last.start, last.end, "sentence")
        if self._is_yearly(start) and last.period.years == 1:
            return self._span(before, start) or _of(last)
        if last.use == "movement":
            return self._moved(_of(last), start)
        return self._listed(last, before, start) or _of(last)

    def _listed(self, last: Mention, before: list[Mention], start: int) -> Frame | None:
        """2022年、2023年分别…: each value its own year; without 分别, all the years together."""
        group = [last]
        for m in reversed(before[:-1]):
            if group[0].start - m.end > 1 or m.rule != last.rule:
                break
            if not _words().item.fullmatch(self._text, m.end, group[0].start):
                break
            group.insert(0, m)
        if len(group) == 1:
            return None
        apart = _words().in_turn.search(self._text, last.end, start)
        if apart is None:
            both = Period(group[0].period.start, last.period.end)
            return Frame(both, last.rule, group[0].start, last.end, "sentence")
        index = len(self._values(apart.end(), start + 1)) - 1
        return _of(group[index]) if index < len(group) else None

    def _dealt(self, span: Frame | None, start: int) -> Frame | None:
        """2019—2021年的支出分别为3亿元、4亿元、5亿元: each value its own year, where there are as many."""
        if span is None or span.period.years < 2:
            return None
        w, text = _words(), self._text
        said = max(span.end, self._asked)
        apart = last_of(w.in_turn.finditer(text, said, start))
        if apart is None:
            return None
        begin = apart.start()
        clause = max(said, text.rfind("，", said, begin), text.rfind("；", said, begin))
        if w.several.search(text, clause, begin) or w.school_year.search(
            text, span.start, span.end
        ):
            return None
        values = self._values(apart.end(), self._sentence_end)
        if len(values) != span.period.years or not all(map(w.digit.search, values)):
            return None
        own = str(int(span.period.start[:4]) + len(self._values(apart.end(), start + 1)) - 1)
        return span._replace(period=Period(own, own))

    def _values(self, begin: int, end: int) -> list[str]:
        """The values dealt out in [begin, end), or up to the clause's end, without asides: 分别为|3所（民办1所）|、|5所."""
        w = _words()
        words = w.aside.sub("", self._text[begin:end])
        stop = w.values_end.search(words)
        return w.next_value.split(words[: stop.start()] if stop else words)

    def _is_yearly(self, start: int) -> bool:
        """年均增长|5%: of the whole span that governs."""
        if not self._says_yearly:
            return False
        return _words().yearly.search(self._text, max(0, start - _NEAR), start) is not None

    def _span(self, before: list[Mention], start: int) -> Frame | None:
        """The last period of several years: of the sentence or around it."""
        for m in reversed(before):
            if m.period.years > 1:
                return _of(m)
        return next((f for f in self._around.frames if f.period.years > 1), None)

    # --- around the sentence -----------------------------------------------------------------

    def _nearest(self, start: int) -> Frame | None:
        """The frame around that a figure takes, where that is not simply the innermost."""
        frames = self._around.frames
        if not frames:
            return None
        frame = frames[0]
        if frame.movement:
            return self._moved(frame, start)
        if (
            frame.rule in _OPENED
            and (frame.period.years == 1 or frame.period.end == OPEN)
            and _words().now.search(self._text, self._asked, start)
        ):  # 2009年，新建教学楼1栋。现有教师|120名
            return Frame(UNKNOWN, "period.none", frame.start, frame.end, "sentence")
        return self._span([], start) if self._is_yearly(start) and frame.period.years == 1 else None

    def _moved(self, frame: Frame, start: int) -> Frame:
        """The end of the governing movement that a figure takes: 由|31%上升到|38.4%."""
        p, text = _words(), self._text
        stops = [stop.end() for stop in CLAUSE_STOP.finditer(text, max(0, start - _CLAUSE), start)]
        clause = stops[-1] if stops else max(0, start - _CLAUSE)
        period = frame.period
        if p.moved_from.search(text, clause, start):
            period = Period(period.start, period.start)
        elif p.moved_to.search(text, clause, start):
            period = Period(period.end, period.end)
        return frame._replace(period=period)


def _of(m: Mention) -> Frame:
    return Frame(m.period, m.rule, m.start, m.end, "sentence", m.use == "movement")
