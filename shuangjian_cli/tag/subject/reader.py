"""Reads, for each figure of a sentence, what it measures and whether it moved.

A figure takes its subject, in this order: from the noun after it (45个科技场馆), from the words
before it (专项资金29.6亿元), from its place in a list (A、B分别为x、y), from the figure before it
(由312家压减至11家；同比增长6.1%). Subjects are spans of the folded text, so every one is made of
the text's own words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from shuangjian_cli.model import Rejected, Sentence
from shuangjian_cli.tag.quantity import Figure
from shuangjian_cli.tag.subject.words import Words, words

Phrase = tuple[tuple[int, int], ...]

_STOPS = "，；：。！？"
_JOIN = re.compile(r"\s*(?:[、和与及]|以及)\s*(?:达|为|近|约)?")
_LIST_SPLIT = re.compile(r"[、]|(?<=[\u4e00-\u9fff）”])(?:和|与|及|以及)(?=[\u4e00-\u9fff“])")
_ETC = re.compile(r"(?<![高中初平同相对上均特优劣差同])等(?:方面的?|领域的?|各类)?(?![级次候待于同效额离距号奖])")
_PARENTHESIS = re.compile(r"（[^（）]{5,}）")
_MEASURES = frozenset(("%", "百分点", "倍", "‰", "∶1", "1∶", "位", "分", None))
_OF = re.compile(r"占(?P<of>[^，。；]{0,24})$")
_PER = re.compile(r"(?:平均)?(?:每[校班人县生户个所名家]|校均|人均|班均|生均|户均|平均每校|平均每人|平均每班)(?:有|达|约)?$")
_DISTRIBUTE = re.compile(r"分别")
_ADVERB = re.compile(r"(?:已于|已经|已|均|都|全部|自愿|分别|同时|正式|全面|成功|顺利|率先|共同|其中)")
_SATISFIED = re.compile(r"对[^，。；]*?(?:表示)?(?:非常|比较|基本)?(?=满意)")
_EACH = re.compile(r"(?:均|都|总计|合计|共计?)(?:为|达到|达|超过|超|增长|下降|提高|实现)*$")
_SHORT = 12
_LONG = 26


@dataclass(slots=True)
class Reading:
    """What one figure measures: role, trend, subject, the rule that found it, the words it used.

    `doubts` are reasons to check the record; `rejected` the candidates passed over.
    """

    role: str
    trend: str | None
    phrase: Phrase
    rule: str
    role_rule: str
    words: tuple[int, int]
    role_words: tuple[int, int] = (-1, -1)
    doubts: list[str] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)


@dataclass(slots=True)
class Carried:
    """What a paragraph carries from sentence to sentence: the last reading and the topic."""

    last: Reading | None = None
    topic: tuple[int, int] | None = None


@dataclass(slots=True)
class _Slot:
    """A figure with the text that belongs to it."""

    figure: Figure
    left: int
    """Where the words before it begin: after the last figure or stop."""
    right: int
    """Where the words after it end: before the next figure or stop."""
    clause: int
    group: int = 0
    """Its place in a list of figures joined by 、 or 和; 0 for the first or only one."""
    size: int = 1


class Subjects:
    """The rules of subjects over a vocabulary."""

    def __init__(self) -> None:
        self.words: Words = words()

    def read(
        self, text: str, start: int, end: int, figures: Sequence[Figure], carried: Carried
    ) -> list[Reading]:
        """One reading for each figure of text[start:end], in order."""
        slots = self._slots(text, start, end, figures)
        readings: list[Reading] = []
        i = 0
        while i < len(slots):
            size = slots[i].size
            members = slots[i : i + size]
            readings.extend(self._group(text, start, end, members, readings, carried))
            i += size
        for reading in readings:
            if reading.phrase:
                carried.last = reading
        return readings

    # -- which text belongs to which figure ---------------------------------------------------

    def _slots(
        self, text: str, start: int, end: int, figures: Sequence[Figure]
    ) -> list[_Slot]:
        slots: list[_Slot] = []
        for i, figure in enumerate(figures):
            floor = figures[i - 1].outer_end if i else start
            clause = _clause_start(text, start, figure.outer_start)
            ceiling = figures[i + 1].outer_start if i + 1 < len(figures) else end
            right = _clause_end(text, figure.outer_end, ceiling)
            slots.append(_Slot(figure, max(floor, clause), right, clause))
        for i in range(len(slots) - 1, 0, -1):
            one, two = slots[i - 1], slots[i]
            between = text[one.figure.outer_end : two.figure.outer_start]
            if _JOIN.fullmatch(between) and not (one.figure.claim or two.figure.claim):
                one.size = two.size + 1
        for i, slot in enumerate(slots):
            for k in range(1, slot.size):
                slots[i + k].group = k
        return slots

    # -- a figure, or a list of them ----------------------------------------------------------

    def _group(
        self,
        text: str,
        start: int,
        end: int,
        slots: list[_Slot],
        before: list[Reading],
        carried: Carried,
    ) -> list[Reading]:
        first = slots[0]
        role, trend, role_rule, role_words, stop = self._role(text, first)
        out: list[Reading] = []
        items, rule, used = self._items(text, start, first, stop, len(slots), before)
        if items is None:
            base = self._one(text, start, end, first, slots[-1], stop, role, before, carried)
            phrases = [base.phrase] * len(slots)
            rule, used = base.rule, base.words
            doubts, rejected = base.doubts, base.rejected
            if len(slots) > 1:
                doubts = [*doubts, "a list of figures without a list of subjects"]
        else:
            phrases, doubts, rejected = items, [], []
        for slot, phrase in zip(slots, phrases, strict=True):
            own = role
            if slot.figure.unit == "位" and slot.figure.rule == "quantity.rank":
                own = "rank"
            out.append(
                Reading(
                    own,
                    trend if own == "change" else None,
                    phrase,
                    rule,
                    role_rule,
                    used,
                    role_words,
                    list(doubts),
                    list(rejected),
                )
            )
        return out

    # -- role ---------------------------------------------------------------------------------

    def _role(self, text: str, slot: _Slot) -> tuple[str, str | None, str, tuple[int, int], int]:
        """(role, trend, rule, words, where the words before the movement end)."""
        figure, w = slot.figure, self.words
        at = figure.outer_start
        if figure.claim and "番" in text[figure.start : figure.end]:
            return "change", "up", "subject.doubled", (figure.start, figure.end), at
        if figure.unit == "位" and figure.implied or figure.rule == "quantity.rank":
            return "rank", None, "subject.rank", (figure.start, figure.end), at
        if figure.claim:
            return "level", None, "subject.level", (-1, -1), at
        left = text[slot.left : at]
        trimmed = re.sub(r"(?:分别|各|了|约|近|\s)+$", "", left)
        match = w.change.search(trimmed)
        if match and not match["noun"] and not trimmed.endswith(("高于", "低于")):
            trend = "up" if match["up"] else "down"
            begin = slot.left + match.start()
            return "change", trend, "subject.change", (begin, slot.left + match.end()), begin
        gap = w.gap.search(trimmed)
        if gap and figure.unit in ("百分点", "%", "倍", "个", "元", "位", "分", "年", "岁"):
            trend = "up" if gap["up"] else "down"
            begin = slot.left + gap.start()
            return "change", trend, "subject.gap", (begin, slot.left + gap.end()), begin
        return "level", None, "subject.level", (-1, -1), at

    # -- lists: A、B、C分别为x、y、z -----------------------------------------------------------

    def _items(
        self,
        text: str,
        start: int,
        slot: _Slot,
        stop: int,
        size: int,
        before: list[Reading],
    ) -> tuple[list[Phrase] | None, str, tuple[int, int]]:
        none = (None, "", (-1, -1))
        left = text[slot.left : stop]
        shares = _DISTRIBUTE.search(text, slot.left, slot.figure.outer_start)
        if size == 1:
            return none
        begin, finish = self._trim(text, slot.left, shares.start() if shares else stop)
        content = text[begin:finish]
        pieces = [p for p in self._pieces(text, begin, finish) if p[0] < p[1]]
        if len(pieces) == size:
            return self._completed(text, pieces), "subject.distributed", (begin, finish)
        if not content or self._movement_only(text, slot.left, stop):
            recent = [r.phrase for r in before[-size:]]
            if len(recent) == size:
                return recent, "subject.distributed_again", (-1, -1)
        if shares and len(before) >= size and len(content) <= 8:
            recent = [r.phrase for r in before[-size:]]
            if len(set(recent)) == size:
                joined = [self._joined(text, p, (begin, finish)) for p in recent]
                return joined, "subject.distributed_again", (begin, finish)
        del left
        return none

    def _pieces(self, text: str, begin: int, finish: int) -> list[tuple[int, int]]:
        out: list[tuple[int, int]] = []
        depth, at = 0, begin
        breaks = {m.start(): m.end() for m in _LIST_SPLIT.finditer(text, begin, finish)}
        i = begin
        while i < finish:
            c = text[i]
            if c in "（“":
                depth += 1
            elif c in "）”":
                depth -= 1
            elif depth <= 0 and i in breaks:
                out.append((at, i))
                at = i = breaks[i]
                continue
            i += 1
        out.append((at, finish))
        kinds = self.words.kinds
        short = text[begin:finish]
        match = re.match(r"[一二三四](?=[、一二三四])", short)
        if len(out) == 1 and match:  # 一二三产增加值
            run = re.match(r"[一二三四]{2,4}", short)
            if run:
                rest = (begin + run.end(), finish)
                return [(begin + k, begin + k + 1) for k in range(run.end() - 1)] + [
                    (begin + run.end() - 1, rest[1])
                ]
        if len(out) == 1:  # 和 inside one kind word is no list
            return out
        return [p for p in out if text[p[0] : p[1]] or kinds]

    def _completed(self, text: str, pieces: list[tuple[int, int]]) -> list[Phrase]:
        """Give each item the words that it shares with the others (小学、初中|生师比)."""
        w = self.words
        last = text[slice(*pieces[-1])]
        first = text[slice(*pieces[0])]
        suffix = self._suffix(text, pieces)
        prefix = self._prefix(text, pieces)
        head_first = None
        ends = [k for k in w.kinds if first.endswith(k) and len(first) > len(k)]
        if ends and last in w.kinds:  # 作业时长达标率小学、初中
            kind = max(ends, key=len)
            head_first = (pieces[0][0], pieces[0][1] - len(kind))
        out: list[Phrase] = []
        for i, (begin, finish) in enumerate(pieces):
            spans: list[tuple[int, int]] = []
            if head_first is not None:
                own = (head_first[1], finish) if i == 0 else (begin, finish)
                out.append((own, head_first))
                continue
            if prefix is not None and i > 0:
                spans.append(prefix)
            spans.append((begin, finish))
            if suffix is not None and i < len(pieces) - 1:
                spans.append(suffix)
            out.append(tuple(spans))
        return out

    def _suffix(self, text: str, pieces: list[tuple[int, int]]) -> tuple[int, int] | None:
        w = self.words
        begin, finish = pieces[-1]
        last, first = text[begin:finish], text[slice(*pieces[0])]
        if w.head_end.search(first) and not (first in w.kinds):
            return None
        if first in w.kinds or any(first.endswith(k) and len(k) > 1 for k in w.kinds):
            match = w.kind.match(last)
            if match and match.end() < len(last):
                return begin + match.end(), finish
        for size in (4, 3, 2, 1):
            end = first[-size:]
            if len(first) < size or not end:
                continue
            at = last.rfind(end, 0, len(last))
            if 0 <= at and at + size < len(last) and (size > 1 or end in "业生园校产品区类师村市县"):
                return begin + at + size, finish
        match = None
        for match in w.head.finditer(last):
            if match.end() == len(last) and match.start() > 0:
                return begin + match.start(), finish
        return None

    def _prefix(self, text: str, pieces: list[tuple[int, int]]) -> tuple[int, int] | None:
        first, last = text[slice(*pieces[0])], text[slice(*pieces[-1])]
        per = re.match(r"每[千百万十\d]+人口?|每[名个所]?[学生校班]+|千人|人均", first)
        if per and not last.startswith(("每", "人均")):
            return pieces[0][0], pieces[0][0] + per.end()
        if len(last) <= 5 and len(first) > len(last) and first[-1] == last[-1] and first[-1] in "率数比额量值度分":
            size = len(last)
            cut = len(first) - size
            if cut >= 2:
                return pieces[0][0], pieces[0][0] + cut
        verb = self.words.kept.match(first)
        if verb and not self.words.kept.match(last) and verb.end() < len(first) and len(last) > 2:
            return pieces[0][0], pieces[0][0] + verb.end()
        return None

    def _movement_only(self, text: str, left: int, stop: int) -> bool:
        content = re.sub(r"[、，\s和]|分别|比[^，]*|较[^，]*|左右|以上|同比", "", text[left:stop])
        return not content or self.words.tail.fullmatch(content) is not None

    def _joined(self, text: str, phrase: Phrase, head: tuple[int, int]) -> Phrase:
        """The kind of an earlier subject with a new head: 参与学生 and 参与率 give 学生参与率."""
        begin, finish = head
        if begin >= finish:
            return phrase
        word = text[begin:finish]
        spans = []
        for s, e in phrase:
            if text[s:e].startswith(word[:2]):
                s += 2
            if s < e:
                spans.append((s, e))
        return (*spans, head)

    # -- one subject --------------------------------------------------------------------------

    def _one(
        self,
        text: str,
        start: int,
        end: int,
        slot: _Slot,
        final: _Slot,
        stop: int,
        role: str,
        before: list[Reading],
        carried: Carried,
    ) -> Reading:
        w = self.words
        figure = slot.figure
        rejected: list[Rejected] = []
        doubts: list[str] = []
        among = text.startswith("其中", slot.clause) or text.startswith("其中", slot.left)
        previous = self._previous(before, carried, figure)
        if figure.claim and role != "rank":
            phrase = self._claimed(text, slot, stop)
            if phrase:
                return self._made("level", phrase, "subject.claimed", rejected, doubts)
        begin, finish = self._trim(text, slot.left, stop)
        if role == "rank":
            finish = self._strip_end(text, begin, finish, w.rank)
            begin, finish = self._trim(text, begin, finish)
        phrase_before = self._noun(text, begin, finish) if begin < finish else ()
        if role == "level" and not figure.claim:
            after = self._after(text, end, slot, final, phrase_before, among, previous)
            if after is not None:
                if phrase_before and after.phrase:
                    rejected.append(Rejected(_words(text, phrase_before), "the noun after the figure is nearer"))
                after.rejected = rejected
                return after
        if phrase_before:
            content = _words(text, phrase_before)
            if _PER.fullmatch(content) and previous is not None:
                return self._made(role, (*phrase_before, *previous.phrase), "subject.per_unit", rejected, doubts)
            if among and previous is not None and role == "level":
                return self._among(text, phrase_before, previous, figure, rejected)
            of = _OF.search(content)
            if of and previous is not None and (of.start() == 0 or content[: of.start()] in ("约", "接近")):
                return self._made(role, (*previous.phrase, *phrase_before), "subject.share_of", rejected, doubts)
            if w.kept_end.search(content) and len(content) <= 12 and previous is not None:
                noun = self._object(text, previous.phrase)
                if w.only_verbs.fullmatch(content) or content.endswith(("新增",)):
                    return self._made(role, (*phrase_before, *noun), "subject.verb", rejected, doubts)
            if content in w.bare and carried.topic is not None:
                return self._made(role, (carried.topic, *phrase_before), "subject.topic", rejected, doubts)
            event = self._event(text, start, slot, content)
            if event is not None:
                return self._made(role, (event, *phrase_before), "subject.event", rejected, doubts)
            return self._made(role, phrase_before, "subject.before", rejected, doubts)
        if previous is not None:
            rule = "subject.carried"
            if previous is carried.last and not before:
                doubts.append("the subject stands in an earlier sentence")
            return self._made(role, previous.phrase, rule, rejected, doubts)
        fallback = self._noun(text, figure.outer_end, slot.right)
        if fallback:
            return self._made(role, fallback, "subject.after", rejected, doubts)
        doubts.append("no subject found")
        return self._made(role, (), "subject.none", rejected, doubts)

    @staticmethod
    def _made(
        role: str, phrase: Phrase, rule: str, rejected: list[Rejected], doubts: list[str]
    ) -> Reading:
        used = (phrase[0][0], phrase[-1][1]) if phrase else (-1, -1)
        return Reading(role, None, phrase, rule, "", used, doubts=doubts, rejected=rejected)

    def _previous(
        self, before: list[Reading], carried: Carried, figure: Figure
    ) -> Reading | None:
        for reading in reversed(before):
            if reading.phrase:
                return reading
        return carried.last

    # -- the words before ---------------------------------------------------------------------

    def _trim(self, text: str, begin: int, finish: int) -> tuple[int, int]:
        """Strip time, place, adverbs and light verbs before, connecting words after."""
        w = self.words
        finish = self._strip_tail(text, begin, finish)
        while begin < finish:
            match = w.lead.match(text, begin, finish) or w.light.match(text, begin, finish)
            if match is None or match.end() == begin or match.end() >= finish:
                break
            begin = match.end()
        return begin, finish

    def _strip_tail(self, text: str, begin: int, finish: int) -> int:
        w = self.words
        while begin < finish:
            if text[finish - 1] in " 、（“—":
                finish -= 1
                continue
            compared = w.compare.search(text, begin, finish)
            if compared:
                finish = compared.start()
                continue
            piece = text[max(begin, finish - 12) : finish]
            match = w.tail.search(piece)
            if match and not w.tail_protected.search(piece):
                finish -= len(match.group())
                continue
            dated = w.time_end.search(piece)
            if dated and dated.group():
                finish -= len(dated.group())
                continue
            break
        return finish

    def _strip_end(self, text: str, begin: int, finish: int, pattern: re.Pattern[str]) -> int:
        while begin < finish:
            match = pattern.search(text[begin:finish])
            if match is None:
                break
            finish = begin + match.start()
            while finish > begin and text[finish - 1] in " 、":
                finish -= 1
        return finish

    def _noun(self, text: str, begin: int, finish: int) -> Phrase:
        """The noun phrase of the words before a figure: after the last verb, without asides."""
        w = self.words
        if begin >= finish:
            return ()
        etc = None
        for etc in _ETC.finditer(text, begin, finish):
            pass
        if etc is not None and finish - etc.end() >= 2:
            begin = etc.end()
        strong = None
        quoted = _quoted(text, begin, finish)
        for strong in w.strong.finditer(text, begin, finish):
            if not any(a <= strong.start() < b for a, b in quoted):
                last = strong
                begin_after = last.end()
                if finish - begin_after >= 2 and not text.startswith("的", begin_after):
                    begin = begin_after
        tail = text.rfind("、", begin, finish)
        if tail > begin and not any(a <= tail < b for a, b in quoted):
            rest = tail + 1
            opening = w.verb.match(text, rest, finish)
            if opening and finish - rest > 2 and not w.only_verbs.fullmatch(text[begin:tail]):
                begin = rest
        begin, finish = self._trim(text, begin, finish)
        spans: list[tuple[int, int]] = []
        at = begin
        for aside in _PARENTHESIS.finditer(text, begin, finish):
            spans.append((at, aside.start()))
            at = aside.end()
        spans.append((at, finish))
        return tuple((s, e) for s, e in spans if s < e)

    def _object(self, text: str, phrase: Phrase) -> Phrase:
        """A subject without the verb that it keeps: 新增学位 → 学位."""
        if not phrase:
            return phrase
        (begin, finish), *rest = phrase
        match = re.match(
            rf"(?:(?:{self.words.kept.pattern})[、和]?)+", text[begin:finish]
        )
        if match and match.end() < finish - begin:
            return ((begin + match.end(), finish), *rest)
        return phrase

    def _among(
        self,
        text: str,
        phrase: Phrase,
        previous: Reading,
        figure: Figure,
        rejected: list[Rejected],
    ) -> Reading:
        content = _words(text, phrase)
        whole = _words(text, previous.phrase)
        noun = self._object(text, previous.phrase) if content.endswith("新增") else previous.phrase
        joined = content + _words(text, noun)
        if figure.unit == "%" or whole[-2:] in content or len(joined) > 16:
            return self._made("level", phrase, "subject.before", rejected, [])
        match = self.words.prize.search(content)
        if match:
            stem = self.words.prize.search(whole)
            spans = previous.phrase
            if stem and stem.start() > 0 and len(spans) == 1:
                spans = ((spans[0][0], spans[0][0] + stem.start()),)
            return self._made("level", (*spans, *phrase), "subject.among", rejected, [])
        return self._made("level", (*phrase, *noun), "subject.among", rejected, [])

    def _event(self, text: str, start: int, slot: _Slot, content: str) -> tuple[int, int] | None:
        if not self.words.prize.search(content):
            return None
        if re.search(r"教学成果奖|大赛|竞赛|运动会", content):
            return None
        match = None
        for match in self.words.event.finditer(text, start, slot.left + len(content)):
            pass
        if match is None:
            return None
        begin, finish = match.span(1)
        begin, finish = self._trim(text, begin, finish)
        head = re.search(r"(?:第[\d一二三四五六七八九十]+届)", text[begin:finish])
        if head:
            begin += head.end()
        kept = re.search(r"(?:评选|评比)$", text[begin:finish])
        if kept:
            finish -= len(kept.group())
        return (begin, finish) if finish - begin >= 2 else None

    # -- the words after ----------------------------------------------------------------------

    def _after(
        self,
        text: str,
        end: int,
        slot: _Slot,
        final: _Slot,
        phrase_before: Phrase,
        among: bool,
        previous: Reading | None,
    ) -> Reading | None:
        """The subject that stands after the figure, or None where the words before hold it."""
        w = self.words
        figure = slot.figure
        at, stop = final.figure.outer_end, final.right
        while at < stop and text[at] == " ":
            at += 1
        if at >= stop:
            return self._adjacent(text, end, final)
        if figure.unit == "%":
            return self._share(text, end, at, stop, phrase_before)
        if text[at] == "的":
            if phrase_before:
                return None
            at += 1
        measure = figure.unit in _MEASURES and figure.unit is not None
        opening = w.cut.match(text, at, stop)
        purpose = w.purpose.match(text, at, stop)
        money = figure.unit is not None and figure.unit.endswith("元")
        if measure or (phrase_before and (money or opening or purpose)):
            if not phrase_before and purpose:
                return self._purpose(text, at, stop)
            return None
        if opening or (money and purpose):
            if among and previous is not None:
                rest = (opening.end() if opening else at, stop)
                if rest[0] < rest[1]:
                    return self._made(
                        "level", (rest, *previous.phrase), "subject.among", [], []
                    )
            return None if phrase_before else self._purpose(text, at, stop)
        return self._noun_after(text, end, at, stop)

    def _adjacent(self, text: str, end: int, slot: _Slot) -> Reading | None:
        """29期107门课程: the noun after the second figure serves both."""
        return None

    def _purpose(self, text: str, at: int, stop: int) -> Reading | None:
        w = self.words
        match = w.light.match(text, at, stop)
        begin = match.end() if match else at
        for word in ("专项用于", "用于", "支持", "以", "为"):
            if text.startswith(word, at):
                begin = max(begin, at + len(word))
        nested = w.light.match(text, begin, stop)
        if nested and begin > at:
            begin = nested.end()
        if stop - begin < 2:
            return None
        return self._made("level", ((begin, stop),), "subject.purpose", [], [])

    def _share(
        self, text: str, end: int, at: int, stop: int, phrase_before: Phrase
    ) -> Reading | None:
        of = text[at] == "的"
        if not of and phrase_before:
            return None
        begin = at + 1 if of else at
        while begin < stop and text[begin] == " ":
            begin += 1
        clause = _clause_end(text, begin, end, ignore="、")
        if clause - begin < 2 or (of and phrase_before and not self._noun_like(text, begin)):
            return None
        if of and phrase_before and re.match(r"(?:标准|目标|要求|比例|水平|速度|增速|任务)", text[begin:]):
            return None
        satisfied = _SATISFIED.search(text, begin, clause)
        if satisfied:
            about = text[satisfied.start() : satisfied.end()]
            spans = [(begin, satisfied.start())]
            topic = re.match(r"对[^，。；“”]{2,6}(?=表示|非常|满意)", about)
            if topic:
                spans.append((satisfied.start(), satisfied.start() + topic.end()))
            finish = text.index("满意", satisfied.end() - 0) + 2
            spans.append((finish - 2, finish))
            return self._made("level", tuple(spans), "subject.share", [], [])
        spans = []
        cursor = begin
        for adverb in _ADVERB.finditer(text, begin, clause):
            spans.append((cursor, adverb.start()))
            cursor = adverb.end()
        said = text.find("表示", cursor, clause)
        if said > 0:
            spans.append((cursor, said))
            cursor = said + 2
        spans.append((cursor, clause))
        return self._made("level", tuple((s, e) for s, e in spans if s < e), "subject.share", [], [])

    def _noun_like(self, text: str, at: int) -> bool:
        return self.words.cut.match(text, at) is None

    def _noun_after(self, text: str, end: int, at: int, stop: int) -> Reading | None:
        """45个|科技场馆成为…: the noun, with its predicate where that tells it apart."""
        w = self.words
        quoted = _quoted(text, at, stop)
        cut = None
        for candidate in w.cut.finditer(text, at + 2, stop):
            if any(a < candidate.start() < b for a, b in quoted):
                continue
            if text.startswith("的", candidate.end()) or text[candidate.end() : candidate.end() + 1] in "率类":
                continue
            cut = candidate
            break
        finish = cut.start() if cut else stop
        noun = (at, finish)
        while noun[1] > at + 1 and text[noun[1] - 1] in "的了 也还":
            noun = (at, noun[1] - 1)
        if text.startswith("参加", at) and finish == at:
            return None
        if cut is not None and w.attributive.match(text, cut.start()):
            clause = _clause_end(text, cut.start(), end, ignore="、")
            return self._with_predicate(text, noun, cut.start(), min(clause, end))
        shared = self._shared_predicate(text, end, stop)
        if shared is not None and cut is None:
            return self._made("level", (shared, noun), "subject.after", [], [])
        return self._made("level", (noun,), "subject.after", [], [])

    def _shared_predicate(self, text: str, end: int, stop: int) -> tuple[int, int] | None:
        """16所高校、48个学科入选…: the predicate at the list's end serves its first nouns too."""
        if text[stop : stop + 1] not in ("、",) and not re.match(r"[和与及]", text[stop - 1 : stop]):
            return None
        clause = _clause_end(text, stop, end, ignore="、")
        match = re.search(r"(?:入选|通过|获评|入围|纳入|列入)[^，；。、]{2,24}$", text[stop:clause])
        if match is None:
            return None
        return stop + match.start(), clause

    def _with_predicate(
        self, text: str, noun: tuple[int, int], begin: int, finish: int
    ) -> Reading:
        spans = []
        cursor = begin
        for adverb in _ADVERB.finditer(text, begin, finish):
            spans.append((cursor, adverb.start()))
            cursor = adverb.end()
        spans.append((cursor, finish))
        said = tuple((s, e) for s, e in spans if s < e)
        size = sum(e - s for s, e in said) + noun[1] - noun[0]
        if size > 22 or (size > _SHORT + 6 and noun[1] - noun[0] >= 5):
            return self._made("level", (noun,), "subject.after", [], [])
        return self._made("level", (*said, noun), "subject.after", [], [])

    # -- claims -------------------------------------------------------------------------------

    def _claimed(self, text: str, slot: _Slot, stop: int) -> Phrase:
        w = self.words
        figure = slot.figure
        begin, finish = slot.left, figure.start
        begin, finish = self._trim(text, begin, finish)
        after = text[figure.end : slot.right]
        if text[figure.start : figure.end] == "全覆盖" and len(after) >= 3 and not w.cut.match(after) and after[0] not in "等的、”":
            lead = re.match(r"对(.*?)(?:实行|实施|开展|进行)$", text[begin:finish] or "")
            if lead:
                return ((begin + 1, begin + 1 + len(lead[1])), (figure.end, slot.right))
            head = re.search(r"对([^，。；]{2,8}?)(?:实行|实施|开展|进行)?$", text[slot.left : figure.start])
            if head:
                s = slot.left + head.start(1)
                return ((s, s + len(head[1])), (figure.end, slot.right))
            return ((figure.end, slot.right),)
        match = None
        for match in re.finditer(r"实现|达到|做到", text[begin:finish]):
            pass
        if match and match.start() >= 2:
            one = (begin, begin + match.start())
            two = (begin + match.end(), finish)
            while two[0] < two[1] and text[two[0]] in "了":
                two = (two[0] + 1, two[1])
            if two[1] - two[0] < 2:
                return self._noun(text, *one)
            if (one[1] - one[0]) + (two[1] - two[0]) <= 14:
                return (one, two)
            if re.search(r"[县市省区镇村乡]$", text[one[0] : one[1]]):
                return (two,)
            return self._noun(text, *one)
        return self._noun(text, begin, finish)


def _quoted(text: str, begin: int, finish: int) -> list[tuple[int, int]]:
    return [m.span() for m in re.finditer(r"“[^”]*”|《[^》]*》", text[begin:finish])] and [
        (begin + m.start(), begin + m.end())
        for m in re.finditer(r"“[^”]*”|《[^》]*》", text[begin:finish])
    ]


def _words(text: str, phrase: Phrase) -> str:
    return "".join(text[s:e] for s, e in phrase)


def _clause_start(text: str, start: int, at: int) -> int:
    """Where the clause of a position begins: after a stop, or an open parenthesis around it."""
    depth = quotes = 0
    i = at - 1
    while i >= start:
        c = text[i]
        if c == "）":
            depth += 1
        elif c == "（":
            if depth == 0:
                return i + 1
            depth -= 1
        elif c == "”":
            quotes += 1
        elif c == "“" and quotes:
            quotes -= 1
        elif c in _STOPS and depth == 0 and quotes == 0:
            return i + 1
        i -= 1
    return start


def _clause_end(text: str, at: int, end: int, ignore: str = "") -> int:
    """Where the clause of a position ends: before a stop, 、 or a closing parenthesis."""
    depth = quotes = 0
    for i in range(at, end):
        c = text[i]
        if c == "（":
            depth += 1
        elif c == "）":
            if depth == 0:
                return i
            depth -= 1
        elif c == "“":
            quotes += 1
        elif c == "”" and quotes:
            quotes -= 1
        elif depth == 0 and quotes == 0 and (c in _STOPS or (c == "、" and c not in ignore)):
            return i
    return end


def topic_of(text: str, sentence: Sentence) -> tuple[int, int] | None:
    """What a paragraph of a statistical bulletin is about: its first words, or its section's title."""
    pattern = words().topics
    opening = pattern.search(text, sentence.start, min(sentence.start + 14, sentence.end))
    if opening:
        return opening.span()
    section = sentence.section
    if section is not None:
        titled = pattern.match(text, section.title_start, section.title_end)
        if titled:
            return titled.span()
    return None
