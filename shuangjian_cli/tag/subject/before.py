"""The words before a figure: its subject where they give some of it, or all."""

from __future__ import annotations

from typing import NamedTuple

from shuangjian_cli.patterns import last, regex
from shuangjian_cli.tag.subject.earlier import concerning, earlier_clause
from shuangjian_cli.tag.subject.nouns import shortened, trim, without_verb
from shuangjian_cli.tag.subject.phrase import (
    MEASURED,
    SHORT,
    Phrase,
    Span,
    is_place,
    part,
    without,
    words_of,
)
from shuangjian_cli.tag.subject.reading import NEAR, Context, Reading, Slot
from shuangjian_cli.tag.subject.roles import GOAL


class Own(NamedTuple):
    """A figure and the words before it that name something."""

    context: Context
    slot: Slot
    role: str
    phrase: Phrase
    content: str
    """The words of the phrase."""
    among: bool
    """Whether it is a part (其中…) of what the figure before counts."""
    previous: Reading | None
    """The reading that it may go on from."""
    outer: Span
    """The words that the phrase is taken from."""

    def reading(self, rule: str, before: Phrase = (), after: Phrase = ()) -> Reading:
        """These words between others as the subject."""
        return Reading.of((*before, *self.phrase, *after), rule)


def subject_before(own: Own) -> Reading:
    """The subject by the first rule that the words before the figure fit.

    What a rule asks of the words first stands here and below, since most words fit none.
    """
    content = own.content
    found = (len(content) <= 4 and _benchmark(own)) or (_may_be_per(content) and _per_unit(own))
    if not found and own.previous is not None:
        found = _going_on(own, own.previous)
    if not found and own.context.words.only_verbs(own.context.text, *own.outer):
        found = _verb(own)
    return found or _of_itself(own) or _plain(own)


def _going_on(own: Own, previous: Reading) -> Reading | None:
    """The subject by the first rule that goes on from the reading before."""
    content = own.content
    head = content[0]
    alike = previous.unit == own.slot.figure.unit
    prize = head in own.context.words.prize.heads and not own.among
    return (
        (head == "最" and _superlative(own, previous))
        or ((head in _SHARE_HEADS or content[-1] == "占") and _share_of(own, previous))
        or (alike and _kind(own, previous))
        or (alike and len(content) <= 10 and _parallel(own, previous))
        or (content in _PAIRED and _pair(own, previous))
        or (content in own.context.words.measures and _measure_of(own, previous))
        or (content.endswith("贡献率") and _contribution(own, previous))
        or (prize and _prize(own, previous))
        or (own.among and _among(own, previous))
        or None
    )


def _of_itself(own: Own) -> Reading | None:
    """The subject by the first rule for words that stand for themselves, or with their topic."""
    content, w = own.content, own.context.words
    return (
        (content in w.measures and _measure_concerning(own))
        or (content in w.bare and _bare(own))
        or (len(content) <= 5 and _rate(own))
        or ((content.endswith(_WON) or not w.prize.heads.isdisjoint(content)) and _event(own))
        or (content.endswith("新增") and _newly(own))
        or None
    )


def _plain(own: Own) -> Reading:
    """The words themselves."""
    brief = len(own.content) <= SHORT
    phrase = own.phrase if brief else shortened(own.context.text, own.phrase)
    return Reading.of(phrase, "subject.before")


# -- words that say little without others --------------------------------------------------------

_PER = regex(
    r"(?:平均)?(?:每(?:名|个|所)?(?:学生|学校|孩子|教师|班级|校|班|人|县|生|户|家)(?:每?(?:学年|学期|年|月|周|天|日|次))?|每(?:学年|学期|年|月|周|天|日)|校均|人均|班均|生均|户均|平均每校|平均每人|平均每班)(?:有|达|约|标准)?$"
)
_STANDARD = regex(r"的标准(?:安排|拨付|落实|发放|给予|补助)?([^，。；]{2,14})")


def _may_be_per(content: str) -> bool:
    return "每" in content or "均" in content


def _benchmark(own: Own) -> Reading | None:
    """巩固率达96%，高于省定|90%的要求: the benchmark of the last figure."""
    if own.previous is None or own.slot.figure.unit != "%":
        return None
    if not GOAL.match(own.context.text, own.slot.figure.outer_end):
        return None
    return Reading.of(own.previous.phrase, "subject.benchmark")


def _per_unit(own: Own) -> Reading | None:
    """课后服务经费达300万元，每生|300元: so much of what, for each."""
    if not _PER.fullmatch(own.content):
        return None
    context, previous = own.context, own.previous
    standard = _STANDARD.match(context.text, own.slot.figure.outer_end)
    if standard:
        return own.reading("subject.per_unit", after=(standard.span(1),))
    topic = concerning(context, own.slot)
    if topic is not None:
        return own.reading("subject.per_unit", after=(topic,))
    if previous is None or not context.before:
        earlier = earlier_clause(context, own.slot)
        if earlier is not None:
            return own.reading("subject.per_unit", after=(earlier,))
    return own.reading("subject.per_unit", after=previous.phrase) if previous else None


# -- words that go on from the reading before ----------------------------------------------------

_SUPERLATIVE = regex(r"最(?:高|低|多|少|大|小)(?:的.{0,3})?$")
_MOST = regex("最[高低多少大小]")
_OF = regex(r"(?:占|相当于)(?:[^，。；]{0,24})$")
_WHOLE = regex(r"(?:占|约占|接近|超过|稳定在|保持在)?(?:全[国省市县区]|同期)(?:总量|总数|总额|的)?")
_SHARE_HEADS = "占相约接超全同年目任计稳保"
"""The first characters of what a share is said to be of, or of the task that it is done of."""
_TASK = regex("(?:年度|全年|目标)*(?:任务|计划|目标)(?:数|总数)?")
_PAIRED = frozenset(
    (
        "收入",
        "支出",
        "出口",
        "进口",
        "利润",
        "营收",
        "产值",
        "存款",
        "贷款",
        "人次",
        "花费",
        "开工",
        "竣工",
        "投产",
        "并网",
    )
)
_ALONE = regex(r"一[地市县校家]就?|就(?=新增)")


def _superlative(own: Own, previous: Reading) -> Reading | None:
    """面积最大的5万平方米，最小的|3000平方米: the other end of the last subject."""
    if not _SUPERLATIVE.fullmatch(own.content):
        return None
    whole = words_of(own.context.text, previous.phrase)
    most = _MOST.search(whole)
    stem = part(previous.phrase, 0, most.start() if most else len(whole))
    return own.reading("subject.superlative", stem)


def _share_of(own: Own, previous: Reading) -> Reading | None:
    """教师1200人，占全县的|30%: a share of what the last figure counts."""
    content = own.content
    people = content.endswith("占") and previous.unit in ("人", "名", "位")
    base = previous.whole if len(content) > 2 and previous.whole else previous.phrase
    if people and len(words_of(own.context.text, base)) + len(content) <= 18:
        return own.reading("subject.share_of", base)
    if own.slot.figure.unit == "%" and _TASK.fullmatch(content):
        done = own.context.text.rfind("完成", own.slot.left, own.phrase[0][0])
        if done >= 0:
            return own.reading("subject.share_of", (*previous.phrase, (done, done + 2)))
    of = _OF.search(content) or _WHOLE.fullmatch(content)
    if of and (of.start() == 0 or content[: of.start()] in ("约", "接近", "超过")):
        return own.reading("subject.share_of", previous.phrase)
    return None


def _kind(own: Own, previous: Reading) -> Reading | None:
    """小学作业达标率95%，初中|92%: a kind in the place of the last one's."""
    w = own.context.words
    per = _PER.search(own.content) if _may_be_per(own.content) else None
    named = own.content[: per.start()] if per else own.content
    if named not in w.kinds:
        return None
    whole = words_of(own.context.text, previous.phrase)
    kind = w.kind.search(whole)
    if not kind:
        return None
    after = kind.end()
    if whole.startswith("生均", after - 1):  # 小学|生均经费, not 小学生
        after -= 1
    replaced = whole[kind.start() : after]
    if replaced == named or replaced not in w.kinds:
        return None
    if per and whole.startswith(per.group(), after):
        after += len(per.group())
    stem = part(previous.phrase, 0, kind.start())
    return own.reading("subject.kind", stem, part(previous.phrase, after, len(whole)))


def _parallel(own: Own, previous: Reading) -> Reading | None:
    """其中永济市2亿元，万荣县|1亿元: a place or kind in the place of the last one's."""
    text, slot, content = own.context.text, own.slot, own.content
    if content[-1] in MEASURED:
        return None
    opened = text[slot.clause - 1 : slot.clause] == "（"
    ending = content[-2:]
    alike = (
        previous.whole
        and words_of(text, previous.phrase[:1]).endswith(ending)
        and not words_of(text, previous.whole).endswith(ending)
    )  # 在小学就读3万人、在初中就读|2万人
    if (alike and len(content) >= 3) or (
        (opened or previous.whole) and (is_place(content) or content in own.context.words.kinds)
    ):
        base = previous.whole or previous.phrase
        made = Reading.of((*own.phrase, *base), "subject.kind")
        made.whole = base
        return made
    whole = words_of(text, previous.phrase)
    at = whole.find(content[-2:], 0, len(whole) - 2)
    rest = len(whole) - at - 2
    if len(content) >= 4 and at > 0 and rest >= 2 and whole[-1] in MEASURED:
        stem = part(previous.phrase, at + 2, len(whole))
        return Reading.of((*own.phrase, *stem), "subject.kind")
    return None


def _pair(own: Own, previous: Reading) -> Reading | None:
    """旅游收入3亿元，支出|2亿元: the other of a pair."""
    whole = words_of(own.context.text, previous.phrase)
    if whole[-2:] not in _PAIRED or len(whole) <= 2:
        return None
    return own.reading("subject.kind", part(previous.phrase, 0, len(whole) - 2))


def _measure_of(own: Own, previous: Reading) -> Reading | None:
    """新增学位3万个，总数|12万个: a measure of what the last figure counts."""
    if concerning(own.context, own.slot) is not None:
        return None
    w, text = own.context.words, own.context.text
    noun = without_verb(w, text, previous.phrase)
    whole = words_of(text, noun)
    measured = w.measure_end.search(whole)
    if measured and measured.start() >= 2:  # 蔬菜种植面积…亩、产量|…吨
        noun = part(noun, 0, measured.start())
    return own.reading("subject.rate_of", noun)


def _contribution(own: Own, previous: Reading) -> Reading | None:
    """数字教育产业增长9%、对全县经济增长贡献率达|12%: of what the last figure is of."""
    toward = own.context.text.rfind("对", own.slot.left, own.phrase[0][0])
    if toward < 0:
        return None
    return Reading.of((*previous.phrase, (toward, own.phrase[-1][1])), "subject.rate_of")


def _prize(own: Own, previous: Reading) -> Reading | None:
    """科创大赛一等奖3个，二等奖|5个: another prize of the same contest."""
    prize = own.context.words.prize
    if not prize.fullmatch(own.content):
        return None
    won = prize.search(words_of(own.context.text, previous.phrase))
    if not won or won.start() == 0:
        return None
    return own.reading("subject.kind", part(previous.phrase, 0, won.start()))


_PERSONS = ("教师", "学生", "幼儿", "职工", "人员", "干部", "校长", "园长", "师范生", "毕业生")


def _among(own: Own, previous: Reading) -> Reading | None:
    """投入经费3亿元，其中永济市|2亿元: a part of what the figure before counts."""
    if own.role != "level":
        return None
    w, text, content = own.context.words, own.context.text, own.content
    whole = words_of(text, previous.phrase)
    prize = w.prize.search(content)
    if prize and prize.start() == 0:
        won = w.prize.search(whole)
        stem = part(previous.phrase, 0, won.start()) if won and won.start() else previous.phrase
        return own.reading("subject.among", stem)
    base = previous.whole or previous.phrase
    if own.slot.figure.unit == "%":
        if content.endswith(("占", "占比")) and len(content) + len(whole) <= 16:
            return own.reading("subject.among", previous.phrase)
        rated = words_of(text, base)[-1:]
        if previous.unit == "%" and content[-1] not in MEASURED and rated in MEASURED:
            made = own.reading("subject.among", after=base)
            made.whole = base
            return made
        return own.reading("subject.before")
    noun = without_verb(w, text, base) if content.endswith("新增") else base
    named = tuple(span for s, e in own.phrase for span in without(text, s, e, _ALONE))
    size = len(content) + len(words_of(text, noun))
    persons = content.endswith(_PERSONS) and whole.endswith(_PERSONS)
    if persons or whole[-2:] in content or content[-1] == whole[-1] or size > 16:
        return Reading.of(named, "subject.before")
    made = Reading.of((*named, *noun), "subject.among")
    made.whole = base
    return made


_PLACES = frozenset(("所", "家", "座", "处"))


def _verb(own: Own) -> Reading:
    """关停|6家: the verb with what the nearest figure of its unit, or an earlier clause, names."""
    w, text, _, _, _, before, carried = own.context
    unit = own.slot.figure.unit
    near = next((r for r in before[: -NEAR - 1 : -1] if r.unit == unit and r.phrase), None)
    if near is None:
        earlier = earlier_clause(own.context, own.slot)
        if earlier is not None:
            return own.reading("subject.verb", after=(earlier,))
    known = near or (before[-1] if before else carried.last)
    if known is not None and known.unit == "元" and unit in _PLACES:
        known = carried.counted if carried.counted and carried.counted.unit == unit else None
    noun = without_verb(w, text, known.phrase) if known is not None else ()
    ends = own.content in w.outcome
    made = own.reading("subject.verb", noun) if ends else own.reading("subject.verb", after=noun)
    if near is None:
        made.doubts.append("only a verb stands before the figure")
    return made


# -- words that stand for themselves, or with their topic -----------------------------------------

_TOTALS = regex("各级各类|各类|全部|所有")
_RATE = regex(
    r"(?:总体|整体)?(?:覆盖|到位|参与|完成|达标|开办|普及|办结|合格|登记|整改|报名|落实|兑现|签约|压减|建校|公示|满意|入住|使用|受益|惠及|招录|就业|升学|增幅|达标学校占)率?"
)
_WON = ("拿下", "斩获", "摘得", "夺得", "荣获", "收获", "捧回", "获得", "喜获")
_NAMED_EVENT = regex(r"教学成果奖|大赛|竞赛|运动会")
_SESSION = regex(r"第[\d一二三四五六七八九十]+届")
_SELECTION = regex(r"(?:评选|评比)$")


def _measure_concerning(own: Own) -> Reading | None:
    """体育场地方面，面积|12万平方米: a measure of what the clause before is about."""
    about = concerning(own.context, own.slot)
    return own.reading("subject.rate_of", (about,)) if about is not None else None


def _bare(own: Own) -> Reading | None:
    """普通高中45所，招生|1.2万人: whose, from a school before it or from the paragraph's topic."""
    _, text, _, _, _, before, carried = own.context
    holder = next((r for r in reversed(before) if r.unit in ("所", "家") and r.phrase), None)
    if holder is not None and not _TOTALS.match(text, holder.phrase[0][0]):
        return own.reading("subject.topic", holder.phrase)
    return own.reading("subject.topic", (carried.topic,)) if carried.topic is not None else None


def _rate(own: Own) -> Reading | None:
    """开展课后服务，参与率|95%: what a bare rate is the rate of."""
    if not _RATE.fullmatch(own.content):
        return None
    w, text, _, _, _, before, _ = own.context
    earlier = earlier_clause(own.context, own.slot)
    if earlier is not None:
        return own.reading("subject.rate_of", (earlier,))
    if not before or own.previous is None or not own.previous.phrase:
        return None
    return own.reading("subject.rate_of", without_verb(w, text, own.previous.phrase))


def _event(own: Own) -> Reading | None:
    """在全省科创大赛中获一等奖|3个: the contest that a prize was won in."""
    w, text, start = own.context.words, own.context.text, own.context.start
    won = own.content.endswith(_WON)
    if not won and (not w.prize.search(own.content) or _NAMED_EVENT.search(own.content)):
        return None
    near = start if w.prize.fullmatch(own.content) else own.slot.clause
    match = last(w.event.finditer(text, near, own.slot.figure.start))
    if match is None:
        return None
    event = _event_name(own.context, *match.span(1))
    if won and event[1] - event[0] >= 2:
        return Reading.of((event,), "subject.event")
    if event[1] - event[0] < 2 or text[slice(*event)] in own.content:
        return None
    return own.reading("subject.event", (event,))


def _event_name(context: Context, begin: int, finish: int) -> Span:
    """第三届|科创大赛|评选: the contest without its session."""
    begin, finish = trim(context.words, context.text, begin, finish)
    session = _SESSION.search(context.text, begin, finish)
    if session:
        begin = session.end()
    selection = _SELECTION.search(context.text, begin, finish)
    return begin, selection.start() if selection else finish


def _newly(own: Own) -> Reading | None:
    """公办幼儿园学位新增|2万个: the noun without 新增, or 新增 with the last figure's noun."""
    if len(own.content) > 7:
        noun = part(own.phrase, 0, len(own.content) - 2)
        return Reading.of(noun, "subject.before")
    if own.previous is None:
        return None
    w, text = own.context.words, own.context.text
    noun = without_verb(w, text, own.previous.phrase)
    return own.reading("subject.verb", after=noun)
