"""What money was for, in the words behind it or right before."""

from __future__ import annotations

import re

from shuangjian_cli.data import entries
from shuangjian_cli.patterns import CHINESE, last, regex, worded
from shuangjian_cli.tag.subject.gaps import Gap
from shuangjian_cli.tag.subject.nouns import noun_phrase, strip_tail, trim
from shuangjian_cli.tag.subject.phrase import Phrase, words_of
from shuangjian_cli.tag.subject.reading import Context, Reading, Slot
from shuangjian_cli.tag.subject.resolver import EARLIER_SENTENCE, resolve
from shuangjian_cli.tag.subject.roles import Role
from shuangjian_cli.tag.subject.words import Words

_COUNTED = worded(
    rf"\d+(?:\.\d+)?[万亿]?[余多]?(?:{{purpose.measures}}|{CHINESE}次?)((?:(?!一[幢栋座所个处条])(?:{CHINESE}|[“”])){{2,12}})",
    __file__,
)
"""Another figure with the noun behind it: 8件|教育实事."""


def adjacent(text: str, end: int, at: int) -> Reading | None:
    """29期107门课程, 10个方面60条规定: the noun after the next figure serves this one too."""
    at += text.startswith("、", at)  # 871户、|1784名居民
    match = _COUNTED.match(text, at, end) if text[at : at + 1].isdecimal() else None
    if match is None:
        return None
    return Reading.of((match.span(1),), "subject.after")


_EXAMPLES = regex(r"、[^，。；：\d]{1,24}?等([^，。；：、\d等]{2,12})(?=[，。；：]|$)")
"""购置烹饪|、护理等|教学仪器."""
_SPENDS = worded("{purpose.spends}|投$", __file__)
_NUMBERED = regex("第[一二三四五六七八九十]{1,3}$")
"""建设第三|、第四幼儿园: several of one name."""
_TO_DIGIT = regex(r"[^，。；：\d]{2,20}")


def purpose_of(w: Words, text: str, slot: Slot, at: int, stop: int) -> Reading | None:
    """What money was for, or what people did: 7亿元实施|就业惠民工程, 8万人次|参与创作."""
    begin = at
    for pattern in (w.for_what, w.light):
        match = pattern.match(text, begin, stop)
        if match and not w.mends.match(text, begin, stop):
            begin = match.end()
    begun = text.startswith("、", stop) and (
        w.only_verbs(text, begin, stop) or _NUMBERED.search(text, begin, stop)
    )
    if begun:
        rest = _TO_DIGIT.match(text, stop)
        stop = rest.end() if rest else stop
    if stop - begin < 2:
        return None
    examples = _EXAMPLES.match(text, stop)
    if examples and examples[1] not in w.general:
        begin, stop = examples.span(1)
    spent = last(_SPENDS.finditer(text, slot.left, slot.figure.outer_start))
    paid: Phrase = (spent.span(),) if spent else ()
    if w.only_verbs(text, begin, stop):  # 投资|1700万元实施|30个|项目
        counted = _COUNTED.match(text, stop) if paid else None
        made: Phrase = (counted.span(1),) if counted else ()
        return Reading.of((*made, *paid), "subject.purpose") if paid else None
    return Reading.of(((begin, stop), *paid), "subject.purpose")


_SPENT = worded(
    "(?:[共总已计]|{purpose.adverbs})*({purpose.spent})(?:资金)?(?:[约近共达])?", __file__
)


def spent_on(context: Context, slot: Slot) -> Reading | None:
    """维修校舍12处|投入|1800万元: what was spent on those counted right before."""
    last, figure = context.last(), slot.figure
    money = figure.unit is not None and figure.unit.endswith("元")
    if not money or last is None or not last.counts or last.clause != slot.clause:
        return None
    verb = _SPENT.fullmatch(context.text, last.end, figure.outer_start)
    if verb is None or not last.phrase or (last.unit or "").endswith("元"):
        return None
    return Reading.of((*last.phrase, verb.span(1)), "subject.rate_of")


_INVESTED = regex("(?:计划)?投[入资](?:资金)?$")


def invested(context: Context, slot: Slot, stop: int) -> Reading | None:
    """总建筑面积1.2万平方米，预计需|投入|3亿元: the verb alone, where what was told before is an area."""
    last, figure, text = context.last(), slot.figure, context.text
    if not (figure.unit or "").endswith("元") or (last is not None and last.unit not in _AREAS):
        return None
    verb = _INVESTED.search(text, slot.left, stop)
    if verb is None:
        return None
    works = _FOR_BODIES.match(text, figure.outer_end, context.end)
    if works:
        return Reading.of((works.span(1), verb.span()), "subject.purpose")
    return Reading.of((verb.span(),), "subject.before") if last is not None else None


_CONDUCT = worded("{purpose.conduct}", __file__)


def bare_investment(context: Context, slot: Slot, stop: int, made: Reading) -> Reading | None:
    """除此之外，镇政府先后|投入|44万元: the verb alone, rather than what a sentence before is about, or
    how somebody behaved: 县里主动应对，|投入|2亿元."""
    if not (slot.figure.unit or "").endswith("元"):
        return None
    if EARLIER_SENTENCE not in made.doubts and not _CONDUCT.search(
        words_of(context.text, made.phrase)
    ):
        return None
    verb = _INVESTED.search(context.text, slot.left, stop)
    return Reading.of((verb.span(),), "subject.before") if verb else None


_PAID_OUT = worded("(?:{purpose.pays})(?:[近约超达共逾]|了)*$", __file__)
_FOR_NEXT = worded(
    "，(?:(?:{purpose.wholly})?用于|(?:支持|[给为对向])(?![了于]))([^，。；：\\d]{4,20})", __file__
)
_PURPOSE_MOST = 16


def paid_for(context: Context, slot: Slot) -> Reading | None:
    """县财政拿出|860万元，为|延时服务教师发放课时补贴: what the clause behind says money was paid for, where
    the one that pays is all that stands before it."""
    text, figure = context.text, slot.figure
    if not (figure.unit or "").endswith("元") or not _PAID_OUT.search(
        text, slot.left, figure.outer_start
    ):
        return None
    paid = _FOR_NEXT.match(text, figure.outer_end, context.end)
    if paid is None:
        return None
    begin, finish = trim(context.words, text, *paid.span(1))
    brief = 2 <= finish - begin <= _PURPOSE_MOST
    noun = ((begin, finish),) if brief else noun_phrase(context.words, text, begin, finish)
    return Reading.of(noun, "subject.purpose") if noun else None


_FOR_BODIES = worded(
    r"[为对给在]\d+[余多]?[所个家名处][^，。；、\d]{1,10}?((?:{purpose.done})[^，。；、\d]{2,10})",
    __file__,
)
"""投入380万元|为32所农村学校|更换课桌椅: what was done for so many bodies."""
_AREAS = (*entries(__file__, "of_carriers", "areas"), "米")


_GIVES = worded(r".*(?:{purpose.to})", __file__)


_WHOM = worded(
    "[对为向给](?:全[省市县区州旗])?([^，。；对为向给]{2,22})(?:{purpose.given})$", __file__
)
"""对|中职学校一、二年级学生|给予每人每年: to whom it is given."""


def of_each(each: re.Match[str], at: int, stop: int) -> Phrase:
    """Who gets so much each, and what: 学生每人每天|早餐补贴."""
    begin, finish = each.start(), each.end("each")
    whom = _WHOM.search(each.string, max(0, begin - 24), each.end("whom"))
    if whom:
        return (whom.span(1), each.span("each"), (at, stop))
    gives = _GIVES.match(each.string, begin, each.end("whom"))
    begin = gives.end() if gives else begin
    return ((begin, finish), (at, stop))


def handled(context: Context, slot: Slot, role: Role, stop: int) -> Reading | None:
    """受理举报605件，已处置|488件: what the verb was done to, of what was counted before."""
    w, text, last = context.words, context.text, context.last()
    if role.name != "level" or last is None or last.unit != slot.figure.unit or not last.counts:
        return None
    finish = strip_tail(w, text, slot.left, stop)
    verb = w.light_all.search(text, slot.left, finish)
    if verb is None or not w.handled.fullmatch(verb.group()):
        return None
    return resolve(context, slot, Gap("verb", (verb.span(),)), counts=True)
