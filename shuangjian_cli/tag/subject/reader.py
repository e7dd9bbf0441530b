"""Reads, for each figure of a sentence, what it measures and whether it moved.

A figure takes its subject, in this order: from the noun after it (45个科技场馆), from the words
before it (专项资金29.6亿元), from its place in a list (A、B分别为x、y), from the figure before it
(由312家压减至11家；同比增长6.1%). Subjects are spans of the folded text, so every one is made of
the text's own words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from shuangjian_cli.model import Rejected, Sentence
from shuangjian_cli.patterns import Endings, last, regex
from shuangjian_cli.tag.quantity import Figure
from shuangjian_cli.tag.subject.words import Words, words

Phrase = tuple[tuple[int, int], ...]

_STOPS = "，；：。！？"
_JOIN = regex(r"\s*(?:[、和与及]|以及)\s*(?:达|为|近|约)?")
_LIST_SPLIT = regex(
    r"、|(?<=[\u4e00-\u9fff）”])(?:和(?![谐平睦])|(?<![参给赋付])与|以及|(?<![普涉以触危])及(?!格))(?=[\u4e00-\u9fff“])"
)
_ETC = regex(
    r"等(?<![高中初平同相对上均特优劣差同]等)(?:地区?|方面的?|领域的?|各类)?(?![级次候待于同效额离距号奖])"
)
_ASIDE = regex(r"（[^（）]*\d[^（）]*）|（[^（）]{5,}）|\[\d{1,2}\]")
_MEASURES = frozenset(("%", "百分点", "倍", "‰", "∶1", "1∶", "分", None))
_OF = regex(r"(?:占|相当于)(?P<of>[^，。；]{0,24})$")
_PER = regex(
    r"(?:平均)?(?:(?:每(?:名|个|所)?(?:学生|学校|孩子|教师|班级|校|班|人|县|生|户|家)){1}(?:每?(?:学年|学期|年|月|周|天|日|次))?|每(?:学年|学期|年|月|周|天|日)|校均|人均|班均|生均|户均|平均每校|平均每人|平均每班)(?:有|达|约|标准)?$"
)
_GOAL = regex(r"的(?:要求|标准|目标|任务|规定|底线)")
_SUPERLATIVE = regex(r"最(?:高|低|多|少|大|小)(?:的.{0,3})?$")
_SATISFACTION = regex(r"对[^，。；]{2,20}的(?=满意[度率])")
_RATE = regex(
    r"(?:总体|整体)?(?:覆盖|到位|参与|完成|达标|开办|普及|办结|合格|登记|整改|报名|落实|兑现|签约|压减|建校|公示|满意|入住|使用|受益|惠及|招录|就业|升学|增幅|达标学校占)率?"
)
_PREDICATED = regex(r"(?:消除|缓解|建立|到位|达标|清零|覆盖|化解|提升|改善|缩小|完善)$")
_ENUMERATION = regex("、")
_ORDINALS = regex("[一二三四]{2,4}(?=产|次|季|类|等)")
_DISTRIBUTE = regex(r"分别|依次|分列|分居")
_ADVERB = regex(
    r"已于|已经|已|(?<![人平生年日户校])均(?![衡等价线])|都|全部|自愿|分别|同时|正式|全面|成功|顺利|率先|共同|其中"
)
_SATISFIED = regex(r"对[^，。；]*?(?:表示)?(?:非常|比较|基本)?(?=满意)")
_WHOLE = regex(r"(?:占|约占|接近|超过)?(?:全[国省市县区]|同期)(?:总量|总数|总额|的)?")
_GAP_NOUN = regex(r"的(缺口|差距|余额|增幅|涨幅|降幅)")
_COUNTED = regex(r"\d+(?:\.\d+)?[万亿]?[余多]?[\u4e00-\u9fff](?:次)?([\u4e00-\u9fff“”]{2,12})")
_LEVEL_NOUN = regex(r"的(?:比例|水平|速度|增速|幅度|份额|占比|补助|补贴)")
_ABOUT = regex(r"对[^，。；“”]{2,6}(?=表示|非常|满意)")
_SAID = regex(
    r"已于|已经|已|(?<![人平生年日户校])均(?![衡等价线])|都|全部|自愿|分别|同时|正式|全面|成功|顺利|率先|共同|其中|表示"
)
_GRADED = regex(r"(?:[、和及与])?\d+[个所家项名][^，。；、\d]{1,6}?[级类型]([^，。；、\d]{2,10})")
_SHARED = regex(r"(?:入选|通过|获评|入围|纳入|列入)[^，；。、]{2,24}$")
_HAN_COUNT = regex(r"[一两二三四五六七八九十百千]+[个所项家名条门场次份]")
_TOWARD = regex(r"对([^，。；]{2,8}?)(?:实行|实施|开展|进行)?$")
_SCOPE = regex("[省市县乡村镇州区街道级三四五各全域]+")
_BARE_MEASURE = regex(
    r"(?:平均|总|综合)?得分|均分|总量|总数|总规模|规模|数量|人数|总额|总产值|产值|余额|(?:提升|增长|下降|提高)?幅度|占比|比重|总人数|面积|总面积"
)
_PAIRED = frozenset(
    ("收入", "支出", "出口", "进口", "利润", "营收", "产值", "存款", "贷款", "人次", "花费")
)
_REACHED = regex(r"实现|达到|做到")
_QUOTED_SUBJECT = regex(r"“[^”]{1,6}”(?:就是|是|即)")
_PEOPLE = "师生员长者家才工士教干部手童女"
_HEADS = {
    "名": _PEOPLE,
    "人": _PEOPLE,
    "位": _PEOPLE,
    "所": "校园院学",
    "门": "程课",
    "条": "路线",
    "节": "课例程",
}
"""The last characters of nouns that a measure word counts."""
_MEASURED = "率比占度数量额值价费分均"
_PLACE_ENDS = (
    "省",
    "市",
    "县",
    "区",
    "州",
    "盟",
    "旗",
    "镇",
    "乡",
    "村",
    "街道",
    "学区",
    "小学",
    "中学",
    "师",
)
_PLACE = regex(rf"[\u4e00-\u9fff、]{{1,12}}(?:{'|'.join(_PLACE_ENDS)})")
_PLAIN = 16
"""How long a plain subject may be."""
_UNPLAIN = regex(
    r"[，。；：！？（）\d]|^[的了在和与及对把将由为]|[的了在和与及对把将由]$|同口径|其中"
)
_GOES_ON = frozenset(
    ("subject.carried", "subject.distributed_again", "subject.rate_of", "subject.share_of")
)
_CLOSED = regex(r"[，。；、！？）\s]|$|的(?=[，。；、]|$)")
_STOP_BETWEEN = regex("[；。]")
_RANKED = regex(
    r"(?:稳|位|跃|高)?居(?!民|住|家)[^，。；]{0,10}$|(?:位列|名列|列|排名|排在|排|跻身|进入|迈入|跃升至|升至|保持)(?!入)[^，。；的率数]{0,10}$"
)
_TO_DIGIT = regex(r"[^，。；：\d]{2,20}")
_RELATIVE = regex(r"的(?=[^的]{5,14}[率数额量]$)")
_AGAINST = regex(
    r"(?<![生师率值对占量化相无同环])比(?![例重率值拼赛武照对较])|较(?=[^少多高低大小为])|(?<=[，、])跟|^跟"
)
_CONCERNING = regex(r"(?:从|在|就)?([\u4e00-\u9fff]{2,8})(?:方面|来看|看|上)，")
_ALONE = regex(r"一[地市县校家]就?|就(?=新增)")
_TOTALS = regex("各级各类|各类|全部|所有")
_UNFIT = "the unit does not fit the subject"
_STEP = regex(r"(?:[一两三]个)?新?(?:台阶|大关|关口)")
_FISCAL = regex(r"(?:[省市县区]级?|中央|各级)?财政(?:每年|年均|累计|共|已)*投入")
_MOVES = regex(r"[到至为成](?:了|原来的|今年的|目前的)?$")
_LOOSE_END = regex(r"(?:[的了也还里 ]|中有|(?<![高初集其])中)+$")
_TOTAL = regex(r"累计|总数|总量|总里程|总计|共计|合计|达到|达$")
_STATE = regex(
    r"(?:再|屡|连续\S{0,3})?(?:创|稳步|持续|明显|显著|大幅|不断|稳中|逐年|进一步|快速|平稳|全面|加快|更加|日益|实现(?:新|较|稳))"
)
_HIDDEN = regex(r"“[^”]*”|《[^》]*》|（[^）]*）")
_MARK = regex(r"\[\d{1,2}\]$")
_NAMED_EVENT = regex(r"教学成果奖|大赛|竞赛|运动会")
_SESSION = regex(r"第[\d一二三四五六七八九十]+届")
_SELECTION = regex(r"(?:评选|评比)$")
_PER_HEAD = regex(r"每[千百万十\d]+人口?|每[名个所]?[学生校班]+|千人|人均")
_MOVEMENT = regex(r"[、，\s和]|分别|比[^，]*|较[^，]*|左右|以上|同比")
_LOOSE = "各了约近 "
"""Words of one character between a movement and its figure."""
_SHORT = 12
_REACH = 400
"""How far a clause is looked for: the work for a figure must not grow with its line."""
_NEAR = 40
"""How many of the readings before a figure are looked at."""


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
    unit: str | None = None
    at: int = -1
    after: int = -1
    """Where its figure begins, and where the words around it end."""
    clause: int = -1
    aside: bool = False
    """Whether its figure stands in parentheses."""
    whole: Phrase = ()
    """Of a part (其中…): what it is a part of."""
    clear: bool = False
    """Whether the words around the figure allow one reading only."""
    doubts: list[str] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)


@dataclass(slots=True)
class Carried:
    """What a paragraph carries from sentence to sentence: the last reading and the topic."""

    last: Reading | None = None
    counted: Reading | None = None
    """The last reading of a count or an amount, not of a share or a movement."""
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
        # Several rules ask for the same words in turn.
        self._trim = lru_cache(maxsize=64)(self._trimmed)

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
                if reading.unit not in _MEASURES:
                    carried.counted = reading
        return readings

    # -- which text belongs to which figure ---------------------------------------------------

    def _slots(self, text: str, start: int, end: int, figures: Sequence[Figure]) -> list[_Slot]:
        slots: list[_Slot] = []
        for i, figure in enumerate(figures):
            floor = figures[i - 1].outer_end if i else start
            if i and _aside(text, start, figures[i - 1], figure):
                floor = slots[i - 1].left if i > 1 else start
            clause = _clause_start(text, start, figure.outer_start)
            if (
                clause > start
                and text[clause - 1] == "："
                and not text[clause : figure.outer_start].strip()
            ):
                clause = _clause_start(text, start, clause - 1)  # 小学、初中生师比：15.9∶1、12.8∶1
            ceiling = figures[i + 1].outer_start if i + 1 < len(figures) else end
            right = _clause_end(text, figure.outer_end, ceiling)
            slots.append(_Slot(figure, max(floor, clause), right, clause))
        for i in range(len(slots) - 1, 0, -1):
            one, two = slots[i - 1], slots[i]
            between = text[one.figure.outer_end : two.figure.outer_start]
            alike = one.figure.unit == two.figure.unit or {"个", "张", "名", "人"} >= {
                one.figure.unit,
                two.figure.unit,
            }
            alike = alike or bool(_DISTRIBUTE.search(text, one.clause, one.figure.start))
            if alike and _JOIN.fullmatch(between) and not (one.figure.claim or two.figure.claim):
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
            doubts, rejected, whole = base.doubts, base.rejected, base.whole
            if len(slots) > 1:
                doubts = [*doubts, "a list of figures without a list of subjects"]
        else:
            phrases, doubts, rejected = items, [], []
            among = text.startswith("其中", first.clause)
            part_of = _previous(text, before, Carried(), first) if among else None
            whole = part_of.phrase if part_of is not None else ()
        for slot, phrase in zip(slots, phrases, strict=True):
            own = role
            clear = self._clear(text, slots, phrase, rule, role, before, stop)
            unfit = own != "rank" and self._unfit(text, slot.figure, phrase)
            if slot.figure.unit == "位" and slot.figure.rule == "quantity.rank":
                own = "rank"
            out.append(
                Reading(
                    role=own,
                    trend=trend if own == "change" else None,
                    phrase=phrase,
                    rule=rule,
                    role_rule=role_rule,
                    words=used,
                    role_words=role_words,
                    unit=slot.figure.unit,
                    at=slot.figure.start,
                    after=slot.right,
                    clause=slot.clause,
                    aside=text[slot.clause - 1 : slot.clause] == "（",
                    whole=whole,
                    clear=clear and not doubts and not unfit,
                    doubts=[*doubts, *([_UNFIT] if unfit else [])],
                    rejected=list(rejected),
                )
            )
        return out

    @staticmethod
    def _unfit(text: str, figure: Figure, phrase: Phrase) -> bool:
        """Whether a count is said to be of a rate."""
        if figure.unit is None or figure.unit in _MEASURES or not phrase:
            return False
        return _words(text, phrase).endswith(("率", "占比", "比例", "比重", "满意度", "生师比"))

    # -- how plain a reading is ---------------------------------------------------------------

    def _clear(
        self,
        text: str,
        slots: list[_Slot],
        phrase: Phrase,
        rule: str,
        role: str,
        before: list[Reading],
        stop: int,
    ) -> bool:
        """Whether the structure leaves one subject only.

        A noun that ends where its figure begins, with nothing behind the figure; a noun behind a
        figure with nothing but a verb before it; a list of as many subjects as figures; a
        movement of a clear subject in the same or the next clause.
        """
        w, first, last = self.words, slots[0], slots[-1]
        content = _words(text, phrase)
        if not 2 <= len(content) <= _PLAIN or _UNPLAIN.search(content):
            return False
        if _is_place(content) or content in w.kinds or _BARE_MEASURE.fullmatch(content):
            return False
        at = last.figure.outer_end
        closed = bool(_CLOSED.match(text, at) or w.moved.match(text, at))
        if rule in ("subject.distributed", "subject.topic", "subject.row", "subject.kind"):
            return closed
        if rule == "subject.before":
            if (
                last.figure.unit == "%"
                and role == "level"
                and content[-1] not in _MEASURED + "例重"
            ):
                return False
            tail = content[-1] not in "中上下里后前时"
            return closed and tail and not w.inner.search(content[1:])
        if rule == "subject.after":
            listed = text[first.figure.outer_start - 1] == "等"
            lead = () if listed else self._noun(text, *self._trim(text, first.left, stop))
            return not lead and not w.inner.search(content[1:])
        if rule == "subject.predicate":
            return first.left == first.clause and len(content) >= 4
        if rule == "subject.claimed":
            return closed and len(phrase) == 1 and not w.inner.search(content[1:])
        if rule in _GOES_ON:
            near = before[-1] if before else None
            return (
                near is not None
                and near.clear
                and closed
                and text.count("，", near.after, first.figure.start) <= 1
                and not _STOP_BETWEEN.search(text, near.after, first.figure.start)
            )
        return False

    # -- role ---------------------------------------------------------------------------------

    def _role(self, text: str, slot: _Slot) -> tuple[str, str | None, str, tuple[int, int], int]:
        """(role, trend, rule, words, where the words before the movement end)."""
        figure, w = slot.figure, self.words
        at = figure.outer_start
        if figure.claim and "番" in text[figure.start : figure.end]:
            return "change", "up", "subject.doubled", (figure.start, figure.end), at
        if (figure.unit == "位" and figure.implied) or figure.rule == "quantity.rank":
            return "rank", None, "subject.rank", (figure.start, figure.end), at
        if figure.claim:
            return "level", None, "subject.level", (-1, -1), at
        trimmed = text[slot.left : at].rstrip(_LOOSE)
        while trimmed.endswith("分别"):
            trimmed = trimmed[:-2].rstrip(_LOOSE)
        match, trend = w.change(trimmed)
        # 高于省定90%的要求 tells the benchmark, not the distance to it.
        gap = None if _GOAL.match(text, figure.outer_end) else w.gap.search(trimmed)
        if (
            gap
            and match
            and not (match.group().endswith(("速", "幅")) and gap.start() < match.start())
        ):
            gap = None
        if match and (self._counts_a_noun(text, figure) or text.endswith("高达", 0, at)):
            match = None
        if match and not gap and trend:
            begin = slot.left + match.start()
            return "change", trend, "subject.change", (begin, slot.left + match.end()), begin
        if gap and not self._counts_a_noun(text, figure):
            trend = "up" if gap["up"] else "down"
            begin = slot.left + gap.start()
            return "change", trend, "subject.gap", (begin, slot.left + gap.end()), begin
        begin, finish = self._trim(text, slot.left, at)
        moving = w.moving.match(text, begin, finish)
        if moving and finish - moving.end() >= 2:
            trend = "up" if moving["up"] else "down"
            return "change", trend, "subject.change", moving.span(), at
        return "level", None, "subject.level", (-1, -1), at

    def _counts_a_noun(self, text: str, figure: Figure) -> bool:
        """改善320所|学校办学条件: the verb before the figure is about the noun behind it."""
        if figure.unit in _MEASURES or figure.unit is None or figure.unit.endswith("元"):
            return False
        after = text[figure.outer_end : figure.outer_end + 1]
        return (
            "\u4e00" <= after <= "\u9fff"
            and after not in "的和与及，"
            and not (self.words.purpose.match(text, figure.outer_end))
        )

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
        none, w = (None, "", (-1, -1)), self.words
        shares = _DISTRIBUTE.search(text, slot.left, slot.figure.outer_start)
        if size == 1:
            return none
        begin, finish = self._trim(text, slot.left, shares.start() if shares else stop)
        content = text[begin:finish]
        for pattern in (_ENUMERATION, _LIST_SPLIT):
            pieces = self._pieces(text, begin, finish, pattern)
            if len(pieces) == size:
                phrases = self._completed(text, pieces)
                among = text.startswith("其中", slot.clause)
                whole = _previous(text, before, Carried(), slot) if among else None
                if whole is not None and whole.unit == slot.figure.unit:
                    phrases = [(*p, *whole.phrase) for p in phrases]
                topic = self._concerning(text, start, slot)
                if topic is not None and not self.words.head_end.search(content):
                    phrases = [(*p, topic) for p in phrases]
                given = shares and w.kept.fullmatch(text, shares.end(), stop)
                if given:
                    phrases = [(*p, given.span()) for p in phrases]
                return phrases, "subject.distributed", (begin, finish)
        before = [r for r in before[-size - _NEAR :] if not r.aside]
        if not content or self._movement_only(text, slot.left, stop):
            recent = [r.phrase for r in before[-size:]]
            if len(recent) == size:
                return recent, "subject.distributed_again", (-1, -1)
        again = [r.rule for r in before[-size:]] == ["subject.distributed"] * size
        if (shares or again) and len(before) >= size and len(content) <= 8:
            recent = [r.phrase[:1] if again else r.phrase for r in before[-size:]]
            if len(set(recent)) == size:
                joined = [self._joined(text, p, (begin, finish)) for p in recent]
                return joined, "subject.distributed_again", (begin, finish)
        return none

    def _pieces(
        self, text: str, begin: int, finish: int, pattern: re.Pattern[str]
    ) -> list[tuple[int, int]]:
        """The items of a list, outside quotes and parentheses, without footnote marks."""
        run = _ORDINALS.match(text, begin, finish)
        if run:  # 一二三产业增加值
            ends = run.end()
            return [*((i, i + 1) for i in range(begin, ends - 1)), (ends - 1, finish)]
        hidden = _hidden(text, begin, finish)
        out: list[tuple[int, int]] = []
        at = begin
        for mark in pattern.finditer(text, begin, finish):
            if not _within(hidden, mark.start()):
                out.append((at, mark.start()))
                at = mark.end()
        out.append((at, finish))
        return [_without_mark(text, s, e) for s, e in out if s < e]

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
        """The words of the last item that the first one lacks."""
        w = self.words
        begin, finish = pieces[-1]
        last, first = text[begin:finish], text[slice(*pieces[0])]
        if len(first) == 1 and first in "一二三四":
            return begin + 1, finish
        alike = first[-1] == last[-1] and first[-1] in "率数量额度值比分"
        if (alike or w.head_end.search(first)) and first not in w.kinds:
            return None
        head = w.head_end.search(last)
        if head and head.start() > 0 and last[: head.start()] in w.kinds:
            return begin + head.start(), finish
        if first in w.kinds or any(first.endswith(k) and len(k) > 1 for k in w.kinds):
            kinds = [k for k in w.kinds if last.startswith(k) and len(k) < len(last)]
            if kinds:  # 小学、初中|生均经费, but 小学生、初中生|睡眠时间
                kind = max(kinds, key=lambda k: (first.endswith("生") == k.endswith("生"), len(k)))
                return begin + len(kind), finish
        for size in (4, 3, 2, 1):
            end = first[-size:]
            at = last.rfind(end) if len(first) >= size else -1
            if (
                at >= 0
                and at + size < len(last)
                and (size > 1 or end in "业生园校产品区类师村市县")
            ):
                return begin + at + size, finish
        return (begin + head.start(), finish) if head and head.start() > 0 else None

    def _prefix(self, text: str, pieces: list[tuple[int, int]]) -> tuple[int, int] | None:
        first, last = text[slice(*pieces[0])], text[slice(*pieces[-1])]
        per = _PER_HEAD.match(first)
        if per and not last.startswith(("每", "人均")):
            return pieces[0][0], pieces[0][0] + per.end()
        if (
            len(last) <= 5
            and len(first) > len(last)
            and first[-1] == last[-1]
            and first[-1] in "率数比额量值度分"
        ):
            size = len(last)
            cut = len(first) - size
            if cut >= 2:
                return pieces[0][0], pieces[0][0] + cut
        verb = self.words.kept.match(first)
        if verb and not self.words.kept.match(last) and verb.end() < len(first) and len(last) > 2:
            return pieces[0][0], pieces[0][0] + verb.end()
        return None

    def _movement_only(self, text: str, left: int, stop: int) -> bool:
        content = _MOVEMENT.sub("", text[left:stop])
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
        if text.startswith("的", slot.left) and slot.left > slot.clause:
            slot.left = slot.clause
        previous = _previous(text, before, carried, slot)
        if figure.claim and role != "rank":
            phrase = self._claimed(text, slot, stop)
            if phrase:
                return _made(role, phrase, "subject.claimed")
        against = _AGAINST.search(text, slot.left, stop) if role == "change" else None
        if against:
            stop = against.start()
        begin, finish = self._trim(text, slot.left, stop)
        if role == "rank":
            verb = _RANKED.search(text, begin, finish)
            finish = _strip_end(text, begin, verb.start() if verb else finish, w.rank)
            begin, finish = self._trim(text, begin, finish)
        verb_only = w.only_verbs(text, begin, finish)
        own = self._noun(text, begin, finish) if begin < finish else ()
        if slot.left > slot.clause and text[figure.outer_start - 1] in "、和及与":
            own = ()  # the noun of the figure before, in a list
        among = text.startswith("其中", slot.clause) or text.startswith("其中", slot.left)
        if role == "level" and not figure.claim:
            after = self._after(text, end, slot, final, own, among, previous)
            if after is not None:
                if own and after.rule in ("subject.after", "subject.around"):
                    rejected.append(
                        Rejected(_words(text, own), "the noun after the figure is nearer")
                    )
                    if verb_only and _words(text, own) in ("惠及", "覆盖", "受益"):
                        earlier = self._earlier(text, start, slot, before)
                        if earlier is not None:
                            after = _made(role, (earlier, *after.phrase), "subject.earlier_clause")
                after.rejected = rejected
                return after
        if own:
            return self._of_own(
                text, start, slot, role, own, verb_only, among, previous, before, carried
            )
        if text[slot.left - 1 : slot.left] == "（":
            begin = _clause_start(text, start, slot.left - 1)
            if not before or before[-1].at < begin:
                noun = self._noun(text, begin, slot.left - 1)
                if noun:
                    return _made(role, noun, "subject.before")
        earlier = (
            None
            if before and before[-1].clause == slot.clause
            else self._earlier(text, start, slot, before)
        )
        said = w.light_all.search(text, slot.left, stop)
        if earlier is not None and said and text.find(said.group(), start, slot.clause) >= 0:
            return _made(role, (earlier,), "subject.earlier_clause")
        fiscal = _FISCAL.search(text, slot.left, stop)
        if fiscal:
            return _made(role, (fiscal.span(),), "subject.before")
        state = self._state(text, start, slot, before)
        if state is not None:
            return _made(role, (state,), "subject.earlier_clause")
        if previous is not None and (before or earlier is None):
            base = previous.phrase
            if role == "level" and _TOTAL.search(text, slot.left, figure.start):
                base = self._object(text, base)
            made = _made(role, base, "subject.carried")
            if not before:
                made.doubts.append("the subject stands in an earlier sentence")
            return made
        if earlier is not None:
            made = _made(role, (earlier,), "subject.earlier_clause")
            made.doubts.append("the subject stands in an earlier clause")
            return made
        of = text.startswith("的", figure.outer_end)
        following = self._noun(text, figure.outer_end + of, slot.right)
        if not following:
            raw = (self._led(text, slot.left, stop), self._strip_tail(text, slot.left, stop))
            if raw[0] < raw[1]:
                made = _made(role, (raw,), "subject.verb")
                made.doubts.append("only a verb stands before the figure")
                return made
        made = _made(role, following, "subject.after" if following else "subject.none")
        made.doubts.append("no subject found before the figure")
        return made

    def _of_own(
        self,
        text: str,
        start: int,
        slot: _Slot,
        role: str,
        own: Phrase,
        verb_only: bool,
        among: bool,
        previous: Reading | None,
        before: list[Reading],
        carried: Carried,
    ) -> Reading:
        """The subject where the words before the figure give some of it, or all."""
        w, figure = self.words, slot.figure
        content = _words(text, own)
        benchmark = figure.unit == "%" and len(content) <= 4 and _GOAL.match(text, figure.outer_end)
        if benchmark and previous is not None:
            return _made(role, previous.phrase, "subject.benchmark")
        if _PER.fullmatch(content):
            standard = re.match(
                r"的标准(?:安排|拨付|落实|发放|给予|补助)?([^，。；]{2,14})",
                text[figure.outer_end :],
            )
            if standard:
                at = figure.outer_end + standard.start(1)
                return _made(role, (*own, (at, at + len(standard[1]))), "subject.per_unit")
            topic = self._concerning(text, start, slot)
            base = previous.phrase if previous is not None and before else None
            base = (topic,) if topic is not None else base
            if base is None:
                earlier = self._earlier(text, start, slot, before)
                base = (earlier,) if earlier else previous.phrase if previous else None
            if base is not None:
                return _made(role, (*own, *base), "subject.per_unit")
        if previous is not None:
            whole = _words(text, previous.phrase)
            if _SUPERLATIVE.fullmatch(content):
                most = re.search(r"最[高低多少大小]", whole)
                stem = _part(previous.phrase, 0, most.start() if most else len(whole))
                return _made(role, (*stem, *own), "subject.superlative")
            if (
                content.endswith("占")
                and len(whole) + len(content) <= 14
                and previous.unit in ("人", "名", "位")
            ):
                return _made(role, (*previous.phrase, *own), "subject.share_of")
            of = _OF.search(content) or _WHOLE.fullmatch(content)
            if of and (of.start() == 0 or content[: of.start()] in ("约", "接近", "超过")):
                return _made(role, (*previous.phrase, *own), "subject.share_of")
            if content in w.kinds and figure.unit == previous.unit:
                kind = w.kind.search(whole)
                if kind and kind.group() != content and kind.group() in w.kinds:
                    parts = (
                        *_part(previous.phrase, 0, kind.start()),
                        *own,
                        *_part(previous.phrase, kind.end(), len(whole)),
                    )
                    return _made(role, parts, "subject.kind")
            parallel = self._parallel(text, slot, own, previous)
            if parallel is not None:
                return parallel
            if content in _PAIRED and whole[-2:] in _PAIRED and len(whole) > 2:
                stem = _part(previous.phrase, 0, len(whole) - 2)
                return _made(role, (*stem, *own), "subject.kind")
            if _BARE_MEASURE.fullmatch(content) and self._concerning(text, start, slot) is None:
                return _made(role, (*self._object(text, previous.phrase), *own), "subject.rate_of")
            prize = w.prize.fullmatch(content)
            won = w.prize.search(whole)
            if prize and won and won.start() > 0 and not among:
                stem = _part(previous.phrase, 0, won.start())
                return _made(role, (*stem, *own), "subject.kind")
            if among and role == "level":
                return self._among(text, own, previous, figure)
        if verb_only:
            return self._verb(text, start, slot, role, own, before, carried)
        if _BARE_MEASURE.fullmatch(content):
            about = self._concerning(text, start, slot)
            if about is not None:
                return _made(role, (about, *own), "subject.rate_of")
        if content in w.bare:
            holder = next(
                (r for r in reversed(before) if r.unit in ("所", "家") and r.phrase), None
            )
            if holder is not None and not _TOTALS.match(text, holder.phrase[0][0]):
                return _made(role, (*holder.phrase, *own), "subject.topic")
            if carried.topic is not None:
                return _made(role, (carried.topic, *own), "subject.topic")
        if _RATE.fullmatch(content) and len(content) <= 5:
            base = self._rated(text, start, slot, before, previous)
            if base:
                return _made(role, (*base, *own), "subject.rate_of")
        event = self._event(text, start, slot, content)
        if event is not None and text[slice(*event)] not in content:
            return _made(role, (event, *own), "subject.event")
        if content.endswith("新增") and len(content) > 7:
            return _made(role, _part(own, 0, len(content) - 2), "subject.before")
        if content.endswith("新增") and previous is not None:
            return _made(role, (*own, *self._object(text, previous.phrase)), "subject.verb")
        return _made(role, self._shortened(text, own), "subject.before")

    def _parallel(self, text: str, slot: _Slot, own: Phrase, previous: Reading) -> Reading | None:
        """永济市97%，万荣县|78.4%: a place or kind in the place of the last one's."""
        content = _words(text, own)
        if previous.unit != slot.figure.unit or content[-1] in _MEASURED or len(content) > 10:
            return None
        base = previous.whole
        opened = text[slot.clause - 1 : slot.clause] == "（"
        if (opened or base) and (_is_place(content) or content in self.words.kinds):
            base = base or previous.phrase
        if base and (_is_place(content) or content in self.words.kinds):
            made = _made("level", (*own, *base), "subject.kind")
            made.whole = base
            return made
        whole = _words(text, previous.phrase)
        at = whole.find(content[-2:], 0, len(whole) - 2)
        rest = len(whole) - at - 2
        if len(content) >= 4 and at > 0 and rest >= 2 and whole[-1] in _MEASURED:
            return _made(
                "level", (*own, *_part(previous.phrase, at + 2, len(whole))), "subject.kind"
            )
        return None

    def _verb(
        self,
        text: str,
        start: int,
        slot: _Slot,
        role: str,
        own: Phrase,
        before: list[Reading],
        carried: Carried,
    ) -> Reading:
        """关停6家: the verb with what the nearest figure of its unit, or an earlier clause, names."""
        w = self.words
        near = next(
            (r for r in before[: -_NEAR - 1 : -1] if r.unit == slot.figure.unit and r.phrase), None
        )
        ends = _words(text, own) in w.outcome
        if near is not None:
            noun = self._object(text, near.phrase)
            return _made(role, (*noun, *own) if ends else (*own, *noun), "subject.verb")
        earlier = self._earlier(text, start, slot, before)
        if earlier is not None:
            return _made(role, (*own, earlier), "subject.verb")
        last = before[-1] if before else carried.last
        noun = self._object(text, last.phrase) if last is not None else ()
        made = _made(role, (*noun, *own) if ends else (*own, *noun), "subject.verb")
        made.doubts.append("only a verb stands before the figure")
        return made

    def _rated(
        self, text: str, start: int, slot: _Slot, before: list[Reading], previous: Reading | None
    ) -> Phrase:
        """What a bare rate (覆盖率, 到位率) is the rate of."""
        earlier = self._earlier(text, start, slot, before)
        if earlier is not None:
            return (earlier,)
        if before and previous is not None:
            return self._object(text, previous.phrase)
        return ()

    def _earlier(
        self, text: str, start: int, slot: _Slot, before: list[Reading]
    ) -> tuple[int, int] | None:
        """What the clause before this one is about: the object of its verb, or its first noun."""
        finish = slot.clause - 1
        if finish <= start or text[finish] not in "，：；":
            return None
        begin = _clause_start(text, start, finish)
        if before and before[-1].at >= begin:
            begin = before[-1].after
        w = self.words
        if _QUOTED_SUBJECT.match(text, begin, finish):
            begin = _QUOTED_SUBJECT.match(text, begin, finish).end()  # type: ignore[union-attr]
        begin, finish = self._trim(text, begin, finish)
        content = text[begin:finish]
        left = self._led(text, slot.left, slot.figure.outer_start)
        repeated = w.verb.match(text, left, slot.figure.outer_start)
        at = content.find(repeated.group()) if repeated else -1
        if repeated and at >= 0:
            begin += at + len(repeated.group())
        else:
            for verb in w.strong.finditer(text, begin, finish):
                begin = verb.end()
        cut = None
        for candidate in w.cut.finditer(text, begin + 2, finish):
            if not w.no_cut.match(text, candidate.end()):
                cut = candidate
                break
        if cut is not None and cut.start() - begin >= 2:
            finish = cut.start()
        by = text.find("由", begin + 2, finish)
        finish = by if by > 0 else finish
        begin, finish = self._trim(text, begin, finish)
        return (begin, finish) if 2 <= finish - begin <= 14 else None

    def _concerning(self, text: str, start: int, slot: _Slot) -> tuple[int, int] | None:
        """收费方面，小学…元: what the clause before says the next is about."""
        if not text.endswith(("面，", "看，", "上，"), start, slot.clause):
            return None
        match = last(_CONCERNING.finditer(text, start, slot.clause))
        return match.span(1) if match and match.end() == slot.clause else None

    def _state(
        self, text: str, start: int, slot: _Slot, before: list[Reading]
    ) -> tuple[int, int] | None:
        """进出口总值创历史新高，达到5379亿元: the noun whose state the clause before tells."""
        finish = slot.clause - 1
        if finish <= start or text[finish] != "，":
            return None
        begin = _clause_start(text, start, finish)
        if before and before[-1].at >= begin:
            return None
        begin, _ = self._trim(text, begin, finish)
        state = _STATE.search(text, begin + 2, finish)
        if state is None or self.words.verb.match(text, begin, finish):
            return None
        begin, finish = self._trim(text, begin, state.start())
        return (begin, finish) if 2 <= finish - begin <= 16 else None

    # -- the words before ---------------------------------------------------------------------

    def _trimmed(self, text: str, begin: int, finish: int) -> tuple[int, int]:
        """Strip time, place, adverbs and light verbs before, connecting words after."""
        w = self.words
        finish = self._strip_tail(text, begin, finish)
        while begin < finish:
            stop = w.lead(text, begin, finish)
            if stop is None:
                match = w.light.match(text, begin, finish)
                if match is None:
                    if w.light_all.fullmatch(text, begin, finish):
                        begin = finish
                    break
                stop = match.end()
            begin = stop
        return begin, finish

    def _led(self, text: str, begin: int, finish: int) -> int:
        """Where the words begin after time, place and adverbs."""
        while begin < finish:
            stop = self.words.lead(text, begin, finish)
            if stop is None:
                break
            begin = stop
        return begin

    def _strip_tail(self, text: str, begin: int, finish: int) -> int:
        w = self.words
        while begin < finish:
            if text[finish - 1] in " 、（“—：→":
                finish -= 1
                continue
            compared = w.compare.search(text, begin, finish)
            if compared:
                finish = compared.start()
                continue
            piece = text[max(begin, finish - 12) : finish]
            moved = w.moved_end.search(piece) if piece[-1] in "到至为成" else None
            if moved:
                finish -= len(moved.group())
                continue
            match = w.tail.search(piece)
            if match and not w.tail_protected.search(piece):
                finish -= len(match.group())
                continue
            dated = w.time_end(text, max(begin, finish - 12), finish)
            if dated is not None:
                finish = dated
                continue
            break
        return finish

    def _noun(self, text: str, begin: int, finish: int) -> Phrase:
        """The noun phrase of the words before a figure: after the last verb, without asides."""
        w = self.words
        if begin >= finish:
            return ()
        hidden = _hidden(text, begin, finish)
        verb: tuple[int, int] | None = None
        etc = last(_ETC.finditer(text, begin, finish))
        if etc is not None and finish - etc.end() >= 2:
            kept = w.kept.match(text, begin, etc.start())
            verb = kept.span() if kept else None
            begin = etc.end()
        for strong in w.strong.finditer(text, begin, finish):
            after = strong.end()
            of = text.startswith("的", after)
            if finish - after >= 2 and not of and not _within(hidden, strong.start()):
                begin = after
        tail = text.rfind("、", begin, finish)
        together = text.startswith(("均", "都"), finish)
        if tail > begin and not together and not _within(hidden, tail):
            rest = tail + 1
            opening = w.verb.match(text, rest, finish)
            first = text[begin:tail]
            clause_before = _PREDICATED.search(first) or any(
                not _within(hidden, m.start()) for m in w.predicated.finditer(text, begin, tail)
            )
            if clause_before or (
                opening and finish - rest > 2 and not w.only_verbs(text, begin, tail)
            ):
                begin = rest
        begin, finish = self._trim(text, begin, finish)
        spans: list[tuple[int, int]] = [verb] if verb else []
        at = begin
        for aside in _ASIDE.finditer(text, begin, finish):
            spans.append((at, aside.start()))
            at = aside.end()
        spans.append((at, finish))
        return tuple((s, e) for s, e in spans if s < e)

    def _shortened(self, text: str, phrase: Phrase) -> Phrase:
        """家长对“双减”工作的满意度 → 家长满意度, where it is long."""
        if len(phrase) != 1 or phrase[0][1] - phrase[0][0] <= _SHORT:
            return phrase
        begin, finish = phrase[0]
        if finish - begin > 16:
            relative = _RELATIVE.search(text, begin, finish)
            if relative:
                return ((relative.end(), finish),)
        about = _SATISFACTION.search(text, begin, finish)
        if about:
            return ((begin, about.start()), (about.end(), finish))
        return phrase

    def _object(self, text: str, phrase: Phrase) -> Phrase:
        """A subject without the verb that it keeps: 新增学位 → 学位."""
        if not phrase:
            return phrase
        (begin, finish), *rest = phrase
        stop = self.words.kept_start(text, begin, finish)
        if begin < stop < finish:
            return ((stop, finish), *rest)
        if stop == finish and rest:
            return tuple(rest)
        return phrase

    def _among(self, text: str, own: Phrase, previous: Reading, figure: Figure) -> Reading:
        """其中幼儿园1080个: a part of what the figure before counts."""
        content = _words(text, own)
        whole = _words(text, previous.phrase)
        prize = self.words.prize.search(content)
        if prize and prize.start() == 0:
            won = self.words.prize.search(whole)
            stem = (
                _part(previous.phrase, 0, won.start()) if won and won.start() else previous.phrase
            )
            return _made("level", (*stem, *own), "subject.among")
        if figure.unit == "%":
            if content.endswith(("占", "占比")) and len(content) + len(whole) <= 16:
                return _made("level", (*previous.phrase, *own), "subject.among")
            base = previous.whole or previous.phrase
            rated = _words(text, base)[-1:]
            if previous.unit == "%" and content[-1] not in _MEASURED and rated in _MEASURED:
                made = _made("level", (*own, *base), "subject.among")
                made.whole = base
                return made
            return _made("level", own, "subject.before")
        base = previous.whole or previous.phrase
        noun = self._object(text, base) if content.endswith("新增") else base
        own = tuple(span for s, e in own for span in _apart(text, s, e, _ALONE))
        joined = len(content) + len(_words(text, noun))
        if whole[-2:] in content or content[-1] == whole[-1] or joined > 16:
            return _made("level", own, "subject.before")
        made = _made("level", (*own, *noun), "subject.among")
        made.whole = base
        return made

    def _event(self, text: str, start: int, slot: _Slot, content: str) -> tuple[int, int] | None:
        """The contest that a prize was won in: 在…大赛中获一等奖."""
        if not self.words.prize.search(content) or _NAMED_EVENT.search(content):
            return None
        near = start if self.words.prize.fullmatch(content) else slot.clause
        match = last(self.words.event.finditer(text, near, slot.figure.start))
        if match is None:
            return None
        begin, finish = self._trim(text, *match.span(1))
        session = _SESSION.search(text, begin, finish)
        if session:
            begin = session.end()
        selection = _SELECTION.search(text, begin, finish)
        if selection:
            finish = selection.start()
        return (begin, finish) if finish - begin >= 2 else None

    # -- the words after ----------------------------------------------------------------------

    def _after(
        self,
        text: str,
        end: int,
        slot: _Slot,
        final: _Slot,
        own: Phrase,
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
            return self._adjacent(text, end, slot, at) if not own else None
        if figure.rule == "quantity.numbered_set" and at + 1 < stop:
            at += 1
        if text[at] in "（”" or w.moved.match(text, at) or _STEP.match(text, at):
            return None
        if _MOVES.search(text, at, stop) and text[stop : stop + 1].isdigit():
            return None
        if figure.unit == "%":
            used = w.for_what.match(text, at, stop)
            if among and not own and used and previous is not None:
                return _made("level", (*previous.phrase, (at, stop)), "subject.among")
            return self._share(text, end, at, stop, own)
        if text[at] == "的":
            gap = _GAP_NOUN.match(text, at)
            if gap and own:
                return _made("level", (*own, gap.span(1)), "subject.before")
            if own:
                return None
            at += 1
        measure = figure.unit in _MEASURES and figure.unit is not None
        opening = w.cut.match(text, at, stop)
        purpose = w.purpose.match(text, at, stop)
        if text[figure.outer_start - 1] == "等" and figure.unit not in _MEASURES:
            return self._noun_after(text, end, at, stop, ())
        money = figure.unit is not None and figure.unit.endswith("元")
        if among and previous is not None and opening and not own:
            rest = (opening.end(), stop)
            if rest[0] < rest[1]:
                return _made("level", (rest, *previous.phrase), "subject.among")
        if money and own and not (opening or purpose) and own[-1][1] - own[0][0] <= 2:
            own = ()
        fits = (
            own
            and _HEADS.get(figure.unit or "", "")
            and (text[own[-1][1] - 1] in _HEADS[figure.unit or ""])
        )
        if fits and own[-1][1] - own[0][0] >= 3 and not w.only_verbs(text, *own[-1]):
            return None
        if own and not (opening or purpose):
            ended = w.light_all.search(text[own[0][0] : own[-1][1]])
            if ended and money:
                own = ()
            elif text.startswith("的", own[-1][1]) and money and _joinable(text, own, at, stop):
                return _made("level", (*own, (at, stop)), "subject.around")
        if measure or (own and (money or opening or purpose)):
            return self._purpose(text, slot, at, stop) if not own and purpose else None
        if opening or (money and purpose):
            return None if own else self._purpose(text, slot, at, stop)
        return self._noun_after(text, end, at, stop, own)

    def _adjacent(self, text: str, end: int, slot: _Slot, at: int) -> Reading | None:
        """29期107门课程, 10个方面60条规定: the noun after the next figure serves this one too."""
        match = _COUNTED.match(text, at, end) if text[at : at + 1].isdecimal() else None
        if match is None:
            return None
        return _made("level", (match.span(1),), "subject.after")

    def _purpose(self, text: str, slot: _Slot, at: int, stop: int) -> Reading | None:
        """What money was for, or what people did: 7亿元实施|就业惠民工程, 8万人次|参与创作."""
        w = self.words
        begin = at
        for pattern in (w.for_what, w.light):
            match = pattern.match(text, begin, stop)
            if match:
                begin = match.end()
        if text.startswith("、", stop) and w.only_verbs(text, begin, stop):
            rest = _TO_DIGIT.match(text, stop)
            stop = rest.end() if rest else stop
        if stop - begin < 2:
            return None
        put_in = text.find("投入", slot.left, slot.figure.outer_start)
        paid: Phrase = ((put_in, put_in + 2),) if put_in >= 0 else ()
        return _made("level", ((begin, stop), *paid), "subject.purpose")

    def _share(self, text: str, end: int, at: int, stop: int, own: Phrase) -> Reading | None:
        """96%的家长表示满意: who, with what is said of them."""
        of = text[at] == "的"
        if _GOAL.match(text, at) or (own and (not of or _LEVEL_NOUN.match(text, at))):
            return None
        begin = at + 1 if of else at
        while begin < stop and text[begin] == " ":
            begin += 1
        clause = _clause_end(text, begin, end, ignore="、")
        if clause - begin < 2:
            return None
        satisfied = _SATISFIED.search(text, begin, clause)
        if satisfied:
            spans = [(begin, satisfied.start())]
            about = _ABOUT.match(text, satisfied.start(), satisfied.end())
            if about:
                spans.append(about.span())
            spans.append((satisfied.end(), satisfied.end() + 2))
            return _made("level", tuple(s for s in spans if s[0] < s[1]), "subject.share")
        return _made("level", _apart(text, begin, clause, _SAID), "subject.share")

    def _noun_after(self, text: str, end: int, at: int, stop: int, own: Phrase) -> Reading:
        """45个|科技场馆成为…: the noun, with its predicate where that tells it apart."""
        w = self.words
        stop = self._whole_list(text, end, at, stop)
        hidden = _hidden(text, at, stop)
        cut = next(
            (
                m
                for m in w.cut.finditer(text, at + 2, stop)
                if not _within(hidden, m.start()) and not w.no_cut.match(text, m.end())
            ),
            None,
        )
        finish = cut.start() if cut else stop
        if cut is None:
            ending = w.cut_end.search(text[at:finish])
            if ending and ending.start() >= 2 and text[stop : stop + 1].isdigit():
                finish = at + ending.start()
        loose = _LOOSE_END.search(text, at + 2, finish)
        if loose:
            finish = loose.start()
        noun = (at, finish)
        if cut is not None and w.attributive.match(text, cut.start()):
            clause = _clause_end(text, cut.start(), end, ignore="、")
            return self._with_predicate(text, noun, cut.start(), clause)
        graded = _GRADED.match(text, stop, end) if text[finish - 1] in "级类型" else None
        if graded:
            return _made("level", (noun, graded.span(1)), "subject.after")
        shared = self._shared_predicate(text, end, stop) if cut is None else None
        if shared is not None:
            return _made("level", (shared, noun), "subject.after")
        if own and self._joins(text, own, at, finish):
            return _made("level", (*own, noun), "subject.around")
        return _made("level", (noun,), "subject.after")

    def _joins(self, text: str, own: Phrase, at: int, finish: int) -> bool:
        """Whether the words before belong to the noun after: 惠及|婴幼儿, 锅庄社团的|学生."""
        size = sum(e - s for s, e in own) + finish - at
        tied = text.startswith("的", own[-1][1]) or self.words.tied.search(
            text, own[0][0], own[-1][1]
        )
        if text[own[0][0] - 4 : own[0][0]].strip().isdigit():
            return False
        return bool(tied) and size <= _SHORT + 4

    def _whole_list(self, text: str, end: int, at: int, stop: int) -> int:
        """100座黄浦江、苏州河滨水驿站: a 、 with no figure behind it does not end the noun."""
        if text[stop : stop + 1] != "、":
            return stop
        clause = _clause_end(text, stop, end, ignore="、")
        rest = text[stop + 1 : clause]
        if any(c.isdigit() for c in rest) or self.words.verb.match(rest) or "、" in rest:
            return stop
        if _HAN_COUNT.search(rest) or self.words.cut.match(text, at, stop):
            return stop
        cut = self.words.cut.search(text, stop, clause)
        finish = cut.start() if cut else clause
        return clause if finish - at <= 18 else stop

    def _shared_predicate(self, text: str, end: int, stop: int) -> tuple[int, int] | None:
        """16所高校、48个学科入选…: the predicate at the list's end serves its first nouns too."""
        if text[stop : stop + 1] != "、":
            return None
        clause = _clause_end(text, stop, end, ignore="、")
        match = _SHARED.search(text, stop, clause)
        return (match.start(), clause) if match else None

    def _with_predicate(self, text: str, noun: tuple[int, int], begin: int, finish: int) -> Reading:
        listed = text.find("、", begin, finish)
        if listed > 0 and any(c.isdigit() for c in text[listed:finish]):
            finish = listed
        if any(c.isdigit() for c in text[begin:finish]):
            return _made("level", (noun,), "subject.after")
        said = _apart(text, begin, finish, _ADVERB)
        size = sum(e - s for s, e in said)
        short = noun[1] - noun[0]
        if size + short > (30 if short <= 7 else 18):
            return _made("level", (noun,), "subject.after")
        return _made("level", (*said, noun), "subject.predicate")

    # -- claims -------------------------------------------------------------------------------

    def _claimed(self, text: str, slot: _Slot, stop: int) -> Phrase:
        """What is said to be covered, cleared or doubled."""
        w, figure = self.words, slot.figure
        begin, finish = self._trim(text, slot.left, figure.start)
        after = (figure.end, slot.right)
        if (
            text.startswith("全覆盖", figure.start)
            and after[1] - after[0] >= 3
            and not w.cut.match(text, *after)
            and text[after[0]] not in "等的、”"
        ):
            toward = _TOWARD.search(text, slot.left, figure.start)
            return (toward.span(1), after) if toward else (after,)
        reach = last(_REACHED.finditer(text, begin, finish))
        if reach and reach.start() - begin >= 2:
            one = (begin, self._strip_tail(text, begin, reach.start()))
            two = self._trim(text, reach.end(), finish)
            if two[1] - two[0] < 2 or _SCOPE.fullmatch(text, *two):
                return self._noun(text, *one)
            if (one[1] - one[0]) + (two[1] - two[0]) <= 20 and text[
                one[1] - 1
            ] not in "县市省区镇村乡":
                return (one, two)
            if (one[1] - one[0]) + (two[1] - two[0]) <= _SHORT:
                return (one, two)
            return (two,) if text[one[1] - 1] in "县市省区镇村乡" else self._noun(text, *one)
        return self._noun(text, begin, finish)


def _is_place(words: str) -> bool:
    return words.endswith(_PLACE_ENDS) and _PLACE.fullmatch(words) is not None


def _made(role: str, phrase: Phrase, rule: str) -> Reading:
    used = (phrase[0][0], phrase[-1][1]) if phrase else (-1, -1)
    if phrase and used[0] >= used[1]:
        used = phrase[-1]
    return Reading(role, None, phrase, rule, "", used)


def _joinable(text: str, own: Phrase, at: int, stop: int) -> bool:
    """Whether the words before and after a figure are short enough to be one subject."""
    return own[-1][1] - own[0][0] + stop - at <= _PLAIN


def _aside(text: str, start: int, one: Figure, other: Figure) -> bool:
    """Whether a figure stands in parentheses that close before another."""
    return (
        text.startswith("）", one.outer_end)
        and text.find("（", one.outer_end, other.outer_start) < 0
        and text.rfind("（", start, one.outer_start) > text.rfind("）", start, one.outer_start)
    )


def _previous(text: str, before: list[Reading], carried: Carried, slot: _Slot) -> Reading | None:
    """The reading that a figure without a subject goes on from; an aside does not count."""
    for reading in before[: -_NEAR - 1 : -1]:
        share = reading.rule == "subject.share_of" and slot.figure.unit not in _MEASURES
        if reading.phrase and not share and (not reading.aside or reading.clause == slot.clause):
            return reading
    last = carried.last
    if last is not None and last.unit in _MEASURES and slot.figure.unit not in _MEASURES:
        last = carried.counted or last
    if last is not None and last.whole:
        return replace(last, phrase=last.whole)
    return last


def _part(phrase: Phrase, begin: int, finish: int) -> Phrase:
    """Characters [begin, finish) of a phrase's joined words, as spans of the text."""
    out: list[tuple[int, int]] = []
    at = 0
    for s, e in phrase:
        low, high = max(begin, at), min(finish, at + e - s)
        if low < high:
            out.append((s + low - at, s + high - at))
        at += e - s
    return tuple(out)


def _apart(text: str, begin: int, finish: int, drop: re.Pattern[str]) -> Phrase:
    """[begin, finish) without what a pattern matches."""
    spans: list[tuple[int, int]] = []
    for match in drop.finditer(text, begin, finish):
        spans.append((begin, match.start()))
        begin = match.end()
    spans.append((begin, finish))
    return tuple((s, e) for s, e in spans if s < e)


def _without_mark(text: str, begin: int, finish: int) -> tuple[int, int]:
    """An item without the footnote mark at its end."""
    mark = _MARK.search(text, begin, finish)
    return (begin, mark.start()) if mark else (begin, finish)


def _strip_end(text: str, begin: int, finish: int, pattern: Endings) -> int:
    while begin < finish:
        match = pattern.search(text[begin:finish])
        if match is None:
            break
        finish = begin + match.start()
        while finish > begin and text[finish - 1] in " 、":
            finish -= 1
    return finish


def _within(spans: list[tuple[int, int]], position: int) -> bool:
    return any(start < position < end for start, end in spans)


def _hidden(text: str, begin: int, finish: int) -> list[tuple[int, int]]:
    """The quoted and parenthesised parts of [begin, finish)."""
    return [m.span() for m in _HIDDEN.finditer(text, begin, finish)]


def _words(text: str, phrase: Phrase) -> str:
    return "".join(text[s:e] for s, e in phrase)


def _clause_start(text: str, start: int, at: int) -> int:
    """Where the clause of a position begins: after a stop, or an open parenthesis around it."""
    depth = quotes = 0
    start = max(start, at - _REACH)
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
    end = min(end, at + _REACH)
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
