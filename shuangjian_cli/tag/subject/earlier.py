"""Earlier clauses: what a figure is about whose own words name nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from shuangjian_cli.data import entries
from shuangjian_cli.model import Sentence
from shuangjian_cli.patterns import last, regex, worded
from shuangjian_cli.tag.subject.carriers import carrier_of, head_of
from shuangjian_cli.tag.subject.frames import Frame
from shuangjian_cli.tag.subject.lead_in import LONG, lead_in
from shuangjian_cli.tag.subject.nouns import after_lead, noun_phrase, strip_tail, trim
from shuangjian_cli.tag.subject.phrase import Phrase, Span
from shuangjian_cli.tag.subject.reading import Context, Slot
from shuangjian_cli.tag.subject.words import Words, words

_SPEAKS = worded("(?:{earlier.speaks})$", __file__)
"""市教委统计，除此之外，: who says it, since when or beside what it is, is no subject."""
_GROUND = worded("(?:{earlier.it_is})?(?:{earlier.grounds})", __file__)
"""基于这三年的努力，|下降2个百分点: on what grounds is no subject."""
_QUOTED_SUBJECT = regex(r"“[^”]{1,6}”(?:就是|是|即)")


def clause_frames(context: Context, slot: Slot, weights: Mapping[str, int]) -> Iterator[Frame]:
    """The frames of the words without figures before a figure, those of the sources with a weight."""
    if "bracket" in weights:
        noun = _bracketed(context, slot)
        if noun:
            yield Frame(noun, "bracket", sentence=context.start)
    for source in _SOURCES:
        if source in weights:
            span = _SOURCES[source](context, slot)
            if span is not None:
                yield Frame((span,), source, sentence=context.start, carrier=(span,))


def _before(context: Context, slot: Slot) -> int:
    """Where the clause before a figure's ends; 其中， alone is none."""
    at = slot.clause - 1
    return at - 3 if context.text[at - 2 : at] == "其中" else at


def earlier_clause(context: Context, slot: Slot) -> Span | None:
    """What the clause before is about: its verb's object, or its first noun (建成|课程基地，共12个)."""
    w, text, start, before = context.words, context.text, context.start, context.last()
    finish = _before(context, slot)
    if finish <= start or text[finish] not in "，：；":
        return None
    if before is not None and before.clause == slot.clause:
        return None
    begin = context.clauses.start(finish)
    if _SPEAKS.search(text, begin, finish) or _GROUND.match(text, begin, finish):
        return None
    if before is not None and before.at >= begin:
        begin = before.after
    quoted = _QUOTED_SUBJECT.match(text, begin, finish)
    if quoted:
        begin = quoted.end()
    begin, finish = trim(w, text, begin, finish)
    if ruled := _RULED.match(text, begin, finish):
        return ruled.span(1)
    if which := _WHICH.match(text, begin, finish):
        return which.span(1)
    content = text[begin:finish]
    left = after_lead(w, text, slot.left, slot.figure.outer_start)
    repeated = w.verb.match(text, left, slot.figure.outer_start)
    at = content.find(repeated.group()) if repeated else -1
    if repeated and at >= 0:
        begin += at + len(repeated.group())
    else:
        for verb in w.strong.finditer(text, begin, finish):
            if verb.start() - begin >= 2 and w.only_verbs(text, verb.start(), finish):
                finish = verb.start()  # “护苗”计划启动，每年安排3亿元
                break
            begin = verb.end()
    for cut in w.cut.finditer(text, begin + 2, finish):
        if not w.no_cut.match(text, cut.end()):
            finish = cut.start()
            break
    if by := _BY.search(text, begin + 2, finish):
        finish = by.start()
    begin, finish = trim(w, text, begin, finish)
    if _ONLY_DONE.fullmatch(text, begin, finish):
        return None
    return _short(w, text, begin, finish)


_WHICH = regex("([^，。；：、“”]{2,10}?)[这那][一]?[个块道项件]")
"""大班额|这块“硬骨头”啃下来了：: what a figurative word stands for."""
_RULED = worded(
    "([^，。；：、“”]{2,14}?)(?:{earlier.ruling})?(?:{earlier.ruled})“[^”]*”$", __file__
)
"""普惠园|认定实行“一年一审”，新认定…: what a rule is for."""
_ONLY_DONE = worded("(?:{earlier.manner})*(?:{earlier.only_done})+", __file__)
"""翌年|调整，减为12所: what was done, and not to what."""
_BY = worded(
    r"由|[配送派进走办建铺][到进]了?(?=每|各|所有|全)|(?:已经?|均|又)?连(?:年|续[一二两三四五六七八九十\d])|(?:自|从|于)(?:\d{4}年|[今明去]年|[^，。；]{1,8}(?:起|开始))|按(?={earlier.school_times}|[年月季周人实])",
    __file__,
)
"""By whom, from when or for how long something is paid: 生活补助|从今年起提标，每生…."""


_CONCERNING = worded(
    r"(?:从|在|就)?([^，。；：、]{2,24}?)(?:(?:本年)?(?:(?:比|较)上年|同比)?(?:{earlier.movements})?情况)?(?:{earlier.concerning}|(?<!以)(?<!基础)上)，|按([^，。；：、]{2,14})(?:{earlier.ordered})，",
    __file__,
)


def concerning(context: Context, slot: Slot) -> Span | None:
    """收费方面，小学…元: what the clause before says the next is about."""
    text, start, end = context.text, context.start, slot.clause
    last = context.last()
    if last is not None and last.clause == end:
        return None
    if not text.endswith(("面，", "看，", "上，", "排，", "计，", "算，"), start, end):
        return None
    match = _CONCERNING.match(text, context.clauses.start(end - 1), end)
    if match is None or match.end() != end:
        return None
    begin, finish = match.span(match.lastindex or 1)
    begin = after_lead(context.words, text, begin, finish)
    return (begin, finish) if finish - begin >= 2 else None


_STATE = worded(
    r"(?:再|屡|首次|连续\S{0,3})?(?:{earlier.states}|(?:已经?)?连年|(?:已经?)?连续[一二两三四五六七八九十\d]+年|实现(?:新|"
    "较|稳)|不[降减]反[升增]|有[增减]无[增减])",
    __file__,
)


def _stated(context: Context, slot: Slot) -> Span | None:
    """研学收入创新高，达到3亿元: the noun whose state the clause before tells."""
    w, text, start, before = context.words, context.text, context.start, context.last()
    finish = _before(context, slot)
    if finish <= start or text[finish] != "，":
        return None
    begin = context.clauses.start(finish)
    if before is not None and before.at >= begin:
        return None
    begin, _ = trim(w, text, begin, finish)
    state = _STATE.search(text, begin + 2, finish)
    if state is None or w.verb.match(text, begin, finish):
        return None
    return _short(w, text, *trim(w, text, begin, state.start()))


def _short(w: Words, text: str, begin: int, finish: int) -> Span | None:
    """A clause's words as a noun that can be part of a subject; None where they are too long."""
    if finish - begin > LONG or "等" in text[begin:finish]:
        noun = noun_phrase(w, text, begin, finish)
        begin, finish = noun[-1] if noun else (0, 0)
    most = LONG + 6 * text.endswith(entries(__file__, "earlier", "programmes"), begin, finish)
    return (begin, finish) if 2 <= finish - begin <= most else None


def _repeated(context: Context, slot: Slot) -> Span | None:
    """成立专家库，首批成立|30人: what the clause before is about, where it has the figure's verb."""
    w, text = context.words, context.text
    stop = slot.figure.outer_start
    said = w.light_all.search(text, slot.left, strip_tail(w, text, slot.left, stop))
    if said is None or text.find(said.group(), context.start, slot.clause) < 0:
        return None
    return earlier_clause(context, slot)


def _bracketed(context: Context, slot: Slot) -> Phrase:
    """学位供给（3万个）: the words that the parenthesis stands behind."""
    w, text, before = context.words, context.text, context.last()
    opens = slot.left - 1
    if text[opens : slot.left] != "（":
        return ()
    begin = context.clauses.start(opens)
    if before is not None and before.at >= begin:
        return ()
    if w.gap(text[begin:opens]):
        return ()  # 就业率为95%，高于全国平均水平（|88%）
    return noun_phrase(w, text, *trim(w, text, begin, opens))


_HEADS = 6
"""In how many clauses before a figure the one is looked for that opens with a school type."""


def _head(context: Context, slot: Slot) -> Span | None:
    """全县普通高中开展晚自习服务，每生|240元: the school type that a clause before opens with."""
    before, finish = context.last(), slot.figure.outer_start
    floor = context.start if before is None else before.after
    begin = slot.clause
    for _ in range(_HEADS):
        if begin < floor:
            break
        found = head_of(context.words, context.text, begin, finish)
        if found is not None:
            return found
        finish = begin - 1
        if finish <= floor:
            break
        begin = context.clauses.start(finish)
    return _item_head(context, slot)


def _item_head(context: Context, slot: Slot) -> Span | None:
    """面向普通高中学生，发放助学金3亿元，受助学生|2万人: the school type that the first clause of an
    item opens with, where it has no figure and no figure behind it tells whose it is."""
    text = context.text
    item = max(context.start, text.rfind("；", context.start, slot.clause - 1) + 1)
    comma = text.find("，", item, slot.left)
    inside = [frame for frame in context.said() if frame.at >= item]
    if comma < 0 or not inside or inside[0].at < comma:
        return None
    if any(carrier_of(context.words, text, frame) for frame in inside):
        return None
    return head_of(context.words, text, item, comma)


def _theme(context: Context, slot: Slot) -> Span | None:
    """大学程度的，城镇为|2.64人: the noun that the clause before only names."""
    w, text, before = context.words, context.text, context.last()
    finish = _before(context, slot)
    if finish <= context.start or text[finish] not in "，：":
        return None
    begin = context.clauses.start(finish)
    if before is not None and before.at >= begin:
        return None
    if _AMONG.fullmatch(text, begin, finish):
        finish -= 1
    if text[finish] == "：":
        if text.endswith("说明", begin, finish):
            return None  # 三、支出决算情况说明：基本支出
        return lead_in(text, begin, finish)
    if _SPEAKS.search(text, begin, finish) or _GROUND.match(text, begin, finish):
        return None
    if text[begin] in "在于从" or text[finish - 1] in "上中里下后时前":
        return None
    if text[begin] == "由" and (of := text.rfind("的", begin, finish)) > 0:
        begin = of + 1  # 由银行发放的|助学贷款
    begin = after_lead(w, text, begin, finish)
    finish = strip_tail(w, text, begin, finish)
    told = _STRUCTURE.search(text, begin + 2, finish)
    finish = told.start() if told else finish
    raised = _RAISED.match(text, begin, finish)
    begin = raised.end() if raised else begin
    if _ONLY_DONE.fullmatch(text, begin, finish):
        return None
    most = LONG + (10 if text.endswith(_MEASURES, begin, finish) else 4)
    if not 2 <= finish - begin <= most:
        return None
    if _YEAR.search(text, begin, finish):
        return None
    if not text.endswith(_MEASURES, begin, finish):
        for found in w.verb.finditer(text, begin, finish):
            if not text.startswith("的", found.end()):
                return None
    return begin, finish


_AMONG = regex("[^，。；\\d]{1,12}[生师员构校园所工长童儿][中里]")
"""全校教师|中，: of whom parts are told."""
_RAISED = worded("(?:{earlier.raised})(?=[^，]{4})", __file__)
_STRUCTURE = worded("(?:{earlier.traits})(?:{earlier.structures}).*$", __file__)
"""教师|年龄结构合理，35岁以下的23人: what a clause says of those it names."""
_YEAR = regex(r"[\d*×Xx]年|以来$")
_MEASURES = entries(__file__, "earlier", "measures")
"""What a noun ends with, whatever verbs it holds: 经费投入占GDP的|比例."""
_ACTIVITY = worded(
    r"(?:{earlier.holding})了?([^，。；：、的\d]{0,6}?(?:{earlier.activities})+)", __file__
)
_ACTIVITY_REACH = 200
"""How far an activity is looked for before the figure that says who took part."""


def _activity(context: Context, slot: Slot) -> Span | None:
    """参加课后服务的教师3800人，参加|学生5万人: what they took part in."""
    opening = context.discourse.opening
    start = context.start if opening is None else opening.start
    floor = max(start, slot.left - _ACTIVITY_REACH)
    found = last(_ACTIVITY.finditer(context.text, floor, slot.left))
    if found is None:
        return None
    begin = after_lead(context.words, context.text, *found.span(1))
    return (begin, found.end(1)) if found.end(1) - begin >= 2 else None


def _held(context: Context, slot: Slot) -> Span | None:
    """高等学校：本科院校3所，高职院校5所；|专任教师: the school type that an item opened with."""
    return context.head(slot.clause)


_SOURCES: Mapping[str, Callable[[Context, Slot], Span | None]] = {
    "clause": earlier_clause,
    "state": _stated,
    "repeated": _repeated,
    "topic": concerning,
    "head": _head,
    "held": _held,
    "theme": _theme,
    "activity": _activity,
}


_COUNTED = worded(r"(?:{earlier.counting})*\d", __file__)


def topic_of(text: str, sentence: Sentence) -> Span | None:
    """What a paragraph of a statistical bulletin is about: the school type that its first words
    or its section's title begin with."""
    w = words()
    opening = head_of(w, text, sentence.start, sentence.end)
    if opening is not None and not _COUNTED.match(text, opening[1]):
        return opening
    section = sentence.section
    if section is None or any(c.isdecimal() for c in section.title):
        return None  # what counts as a title may be an item with its figures
    stop = w.stage_end(text, section.title_start, section.title_end)
    return None if stop is None else (section.title_start, stop)
