"""The words after a figure: its noun, its purpose, or who a share is of."""

from __future__ import annotations

import re

from shuangjian_cli.patterns import Endings, last, regex
from shuangjian_cli.tag.subject.carriers import is_body
from shuangjian_cli.tag.subject.frames import MEASURES
from shuangjian_cli.tag.subject.gaps import Gap
from shuangjian_cli.tag.subject.nouns import after_lead
from shuangjian_cli.tag.subject.phrase import (
    MEASURED,
    SHORT,
    Phrase,
    Span,
    enclosed,
    within,
    without,
    words_of,
)
from shuangjian_cli.tag.subject.reading import Context, Reading, Slot
from shuangjian_cli.tag.subject.resolver import resolve
from shuangjian_cli.tag.subject.roles import GOAL
from shuangjian_cli.tag.subject.slots import STEP
from shuangjian_cli.tag.subject.words import Words

_MOVES = regex(r"[到至为成](?:了|原来的|今年的|目前的)?$")
_GAP_NOUN = regex(r"的(缺口|差距|余额|增幅|涨幅|降幅)")


def subject_after(
    context: Context,
    slot: Slot,
    final: Slot,
    own: Phrase,
) -> Reading | None:
    """The subject that stands after the figure, or None where the words before hold it.

    `own` are the words before the figure that name something, `final` the last figure of its list.
    """
    w, text, end = context.words, context.text, context.end
    figure = slot.figure
    at, stop = final.figure.outer_end, final.right
    while at < stop and text[at] == " ":
        at += 1
    if at >= stop:
        return _adjacent(text, end, at) if not own else None
    if figure.rule == "quantity.numbered_set" and at + 1 < stop:
        at += 1
    if (
        text[at] in "（”"
        or text.startswith("计算", at)
        or w.moved.match(text, at)
        or STEP.match(text, at)
    ):
        return None
    moves = w.change.match(text, at, stop)
    if moves and not text[moves.end() : stop].strip("了约近 "):
        return None  # 比上年的770亿元|增长5.5%
    if text[stop : stop + 1].isdigit() and _MOVES.search(text, at, stop):
        return None
    if figure.unit == "%":
        return _share(context, slot, at, stop, own)
    if text[at] == "的":
        gap = _GAP_NOUN.match(text, at)
        if gap and own:
            return Reading.of((*own, gap.span(1)), "subject.before")
        if own and not w.only_verbs(text, *own[-1]):
            return None
        at += 1
    measure = figure.unit in MEASURES and figure.unit is not None
    opening = w.cut.match(text, at, stop)
    purpose = w.purpose.match(text, at, stop)
    if text[figure.outer_start - 1] == "等" and figure.unit not in MEASURES:
        return _of_examples(context, _noun_after(context, slot, at, stop, ()), own)
    money = figure.unit is not None and figure.unit.endswith("元")
    if slot.part and not own:
        rest = opening.end() if opening else at
        dated = not opening and w.cut.match(text, after_lead(w, text, at, stop), stop)
        if rest < stop and (opening or dated):  # 其中9所|当年投用
            part = resolve(context, slot, Gap("among", ((rest, stop),)), True)
            if part is not None:
                return part
    if money and own and purpose and _PAYS.fullmatch(text, own[0][0], own[-1][1]):
        own = ()
    if money and own and not (opening or purpose) and own[-1][1] - own[0][0] <= 2:
        own = ()
    if money and own and not (opening or purpose):
        each = _EACH.search(text, *own[-1])
        if each:  # 给|学生每人每天|5元|早餐补贴
            return Reading.of(_of_each(each, at, stop), "subject.per_unit")
    heads = w.fitting.get(figure.unit or "")
    fits = own and heads is not None and heads.search(text, *own[-1])
    if fits and own[-1][1] - own[0][0] >= 3 and not w.only_verbs(text, *own[-1]):
        said = words_of(text, own)
        counted = said.endswith(text[stop - 1]) and _AND.search(said)
        return Reading.of(((at, stop),), "subject.after") if counted else None  # 东园和西园|两个|园
    naming = own and not (opening or purpose)
    if naming and money and w.light_all.search(text[own[0][0] : own[-1][1]]):
        own = ()
    if measure or (own and (money or opening or purpose)):
        return _purpose(w, text, slot, at, stop) if not own and purpose else None
    if opening or (money and purpose):
        return None if own else _purpose(w, text, slot, at, stop)
    rated = _rated(heads, text, at, stop) if text[stop : stop + 1].isdigit() else None
    if rated is not None:
        return Reading.of((rated,), "subject.after")
    return _noun_after(context, slot, at, stop, own)


def _of_examples(context: Context, noun: Reading, own: Phrase) -> Reading:
    """扩建|沙溪小学等|8所|学校: the verb before the examples is of all that are counted."""
    w, text = context.words, context.text
    begin = own[0][0] if own else 0
    verb = w.kept_start(text, *own[0]) if own else 0
    if verb > begin and len(words_of(text, noun.phrase)) <= SHORT:
        noun.phrase = ((begin, verb), *noun.phrase)
    return noun


_RATE = regex(
    r"(?:[^，。；、]{2,8}率|(?:总?产值|产能|营收|收入|增加值|投资|面积|利润|占比|比重))(?:占[^，。；、]{2,14}|(?:均?已?[达为增超至])?[^，。；、]{0,4})?$"
)


def _rated(heads: Endings | None, text: str, at: int, stop: int) -> Span | None:
    """134所|义务教育学校|课后服务开展率达: the noun, before what the next figure measures."""
    for cut in range(at + 2, stop - 1):
        if heads is not None and (
            not heads.search(text, at, cut) or heads.search(text, at, cut + 1)
        ):
            continue
        if _RATE.fullmatch(text, cut, stop):
            return (at, cut)
    return None


_PAYS = regex(
    r"(?:[^，。；、]{0,6}[局校园院会司])?(?:先后|累计|共计?|已|还|另|再|又)*(?:投入|投资)(?:资金)?"
)
"""学校先后投入|670万元购置设备: who spent, which is no subject."""
_EACH = regex(
    r"(?P<whom>[^，。；、]{0,10}?)(?P<each>(?:每(?:人|名|生|户|个|所|校|班|天|年|月|学期|学年|次))+)$"
)
_GIVES = regex(r".*(?:给予?|为|向|按|对)")


def _of_each(each: re.Match[str], at: int, stop: int) -> Phrase:
    """Who gets so much each, and what: 学生每人每天|早餐补贴."""
    begin, finish = each.span()
    gives = _GIVES.match(each.string, begin, each.end("whom"))
    begin = gives.end() if gives else begin
    return ((begin, finish), (at, stop))


_COUNTED = regex(r"\d+(?:\.\d+)?[万亿]?[余多]?[\u4e00-\u9fff](?:次)?([\u4e00-\u9fff“”]{2,12})")


def _adjacent(text: str, end: int, at: int) -> Reading | None:
    """29期107门课程, 10个方面60条规定: the noun after the next figure serves this one too."""
    at += text.startswith("、", at)  # 871户、|1784名居民
    match = _COUNTED.match(text, at, end) if text[at : at + 1].isdecimal() else None
    if match is None:
        return None
    return Reading.of((match.span(1),), "subject.after")


_EXAMPLES = regex(r"、[^，。；：\d]{1,24}?等([^，。；：、\d等]{2,12})(?=[，。；：]|$)")
"""购置汽修|、机电等|实训设备."""
_SPENDS = regex("投入|投资")
_TO_DIGIT = regex(r"[^，。；：\d]{2,20}")


def _purpose(w: Words, text: str, slot: Slot, at: int, stop: int) -> Reading | None:
    """What money was for, or what people did: 7亿元实施|就业惠民工程, 8万人次|参与创作."""
    begin = at
    for pattern in (w.for_what, w.light):
        match = pattern.match(text, begin, stop)
        if match and not w.mends.match(text, begin, stop):
            begin = match.end()
    if text.startswith("、", stop) and w.only_verbs(text, begin, stop):
        rest = _TO_DIGIT.match(text, stop)
        stop = rest.end() if rest else stop
    if stop - begin < 2:
        return None
    examples = _EXAMPLES.match(text, stop)
    if examples and examples[1] not in w.general:
        begin, stop = examples.span(1)
    spent = last(_SPENDS.finditer(text, slot.left, slot.figure.outer_start))
    paid: Phrase = (spent.span(),) if spent else ()
    return Reading.of(((begin, stop), *paid), "subject.purpose")


_SATISFIED = regex(r"对[^，。；]*?(?:表示)?(?:非常|比较|基本)?(?=满意)")
_LEVEL_NOUN = regex(r"的(?:比例|水平|速度|增速|幅度|份额|占比|补助|补贴)")
_ABOUT = regex(r"对[^，。；“”]{2,6}(?=表示|非常|满意)")
_ADVERBS = (
    r"便(?=已|可|能|于|将)|已于|已经|已|(?<![人平生年日户校])均(?![衡等价线])|(?<![首成古故])都(?![市匀江])|全部|全数|普遍|一律|自愿|分别|同时|正式|全面"
    r"|成功|顺利|率先|共同|具体|首次|有序|先后|陆续|相继|如期|自行|(?:于)?[去今上]年|(?<!公)共(?![同青享建和产振])|仍|正在?(?![式式])|其中|目前|基本(?=[都均已上完实])|实现(?=升格|晋升|转设)"
)
_SAID = regex(f"{_ADVERBS}|表示")


def _share(context: Context, slot: Slot, at: int, stop: int, own: Phrase) -> Reading | None:
    """96%的家长表示满意: who, with what is said of them."""
    w, text = context.words, context.text
    of = text[at] == "的"
    spent = _SPENT.match(text, at, stop) if own else None
    if spent:
        return Reading.of((*own, spent.span()), "subject.around")
    if own and text.endswith("实现", own[-1][1], slot.figure.start) and stop - at <= 4:
        return Reading.of((*own, (at, stop)), "subject.around")  # 毕业生|实现100%|就业
    measured = bool(own) and text[own[-1][1] - 1] in MEASURED
    if GOAL.match(text, at) or (own and (not of or measured or _LEVEL_NOUN.match(text, at))):
        return None
    begin = at + 1 if of else at
    clause = context.clauses.end(begin, context.end, ignore="、")
    if clause - begin < 2:
        return None
    satisfied = _SATISFIED.search(text, begin, clause)
    if satisfied:
        spans = [(begin, satisfied.start())]
        about = _ABOUT.match(text, satisfied.start(), satisfied.end())
        if about:
            spans.append(about.span())
        spans.append((satisfied.end(), satisfied.end() + 2))
        return Reading.of(tuple(s for s in spans if s[0] < s[1]), "subject.share")
    said = without(text, begin, clause, _SAID)
    if not of and not own and (w.cut.match(text, begin) or _LOCATED.match(text, begin)):
        told = resolve(context, slot, Gap("told", said), counts=False)
        if told is not None:
            return told
    return Reading.of(said, "subject.share")


_LOCATED = regex("集中|分布|来自|位于|属于|流向")


_SPENT = regex(r"(?:投向|用于|投入|流向|来自)[^，。；、\d]{2,10}")
"""县级支出七成以上|投向乡村学校."""
_LOOSE_END = regex(r"(?:[的了也还里达占及和或与超在 ]|存在|中有|(?<![高初集其])中)+$")
_LOOSE = "的了也还里达占及和或与超在 有中"
"""The last characters of a loose end."""
_GRADED = regex(r"(?:[、和及与])?\d+[个所家项名][^，。；、\d]{1,6}?[级类型]([^，。；、\d]{2,10})")


def _unfit(context: Context, slot: Slot, noun: Span, own: Phrase) -> Reading | None:
    """机构33家，|6家|自行停办: what is said of a part, where it is no noun that the unit counts."""
    w, text, last, unit = context.words, context.text, context.last(), slot.figure.unit
    heads = w.counted.get(unit or "")
    if heads is None or noun[1] - noun[0] > _BRIEF:
        return None
    if any(heads.search(text, noun[0], cut) for cut in range(noun[0] + 2, noun[1] + 1)):
        return None  # also 6所|学校食堂
    if own or last is None or last.unit != unit:
        return None
    if text[slot.figure.outer_start - 1] in "、和及与":
        return None
    return resolve(context, slot, Gap("headless", (noun,)), True)


def _noun_after(context: Context, slot: Slot, at: int, stop: int, own: Phrase) -> Reading:
    """45个|科技场馆成为…: the noun, with its predicate where that tells it apart."""
    w, text, end = context.words, context.text, context.end
    stop = _whole_list(context, at, stop)
    cut = _predicate(context, slot.figure.unit, at, stop)
    finish = stop if cut is None else cut
    if cut is None and text[stop : stop + 1].isdigit():
        ending = w.cut_end.search(text, at, finish)
        if ending and ending.start() - at >= 2:
            finish = ending.start()
    loose = _LOOSE_END.search(text, at + 2, finish) if text[finish - 1] in _LOOSE else None
    if loose:
        finish = loose.start()
    noun = (at, finish)
    if cut is None and (part := _unfit(context, slot, noun, own)):
        return part
    if cut is not None:
        if w.serves.match(text, cut):
            return Reading.of((noun,), "subject.after")
        said = _ADVERB_RUN.match(text, cut, stop)
        begin = said.end() if said else cut
        clause = context.clauses.end(begin, end, ignore="、")
        plain = said is None and stop - begin >= 4 and "（" not in text[begin:stop]
        if plain and w.kept.match(text, begin) and text[stop : stop + 1].isdigit():
            clause = stop  # 大学生|办理助学贷款, before the loans' own figure
        tells_apart = any(p.match(text, begin) for p in (w.attributive, w.kept, _MADE))
        made = _with_predicate(text, noun, begin, clause, tells_apart)
        made.until = cut
        return made
    graded = _GRADED.match(text, stop, end) if text[finish - 1] in "级类型" else None
    if graded:
        return Reading.of((noun, graded.span(1)), "subject.after")
    shared = _shared_predicate(context, stop) if cut is None else None
    if shared is not None:
        return Reading.of((shared, noun), "subject.after")
    if own and (_joins(w, text, own, at, finish) or _made_for(context, slot, noun, own)):
        return Reading.of((*own, noun), "subject.around")
    return Reading.of((noun,), "subject.after")


_MADE = regex(
    r"[\u4e00-\u9fff][^成作认，。；、\d]为(?=[\u4e00-\u9fff]{2})|以[^，。；、\d]{1,8}为主"
)
"""登记|为非营利性机构: says what the noun became."""
_BRIEF_NOUNS = frozenset("省市县区州乡镇村校园人户")
"""The nouns of one character that are counted."""
_TOWARD = regex("[到赴在向被将于为]")
_SAYS = (_MADE, regex(r"[\u4e00-\u9fff]{2}了(?=[\u4e00-\u9fff]{2})"))
"""What begins to say something, whatever the verb: 已…, 登记|为…, 办理|了…."""
_ADVERB_RUN = regex(f"(?:{_ADVERBS})+")


def _predicate(context: Context, unit: str | None, at: int, stop: int) -> int | None:
    """Where the words begin that say something of the noun behind a figure; None where none do."""
    w, text = context.words, context.text
    hidden = enclosed(text, at, stop)
    least = at + 1 if text[at] in _BRIEF_NOUNS else at + 2
    begins = [
        found.start()
        for found in w.cut.finditer(text, least, stop)
        if not w.no_cut.match(text, found.end())
    ]
    begins += [p.start() for p in _ADVERB.finditer(text, least, stop)]
    begins += [p.start() for p in _NAMED_AS.finditer(text, least, stop)]
    begins += [p.start() for pattern in _SAYS for p in pattern.finditer(text, at + 2, stop)]
    heads = w.counted.get(unit or "")
    if w.no_cut.fullmatch(text, stop - 2, stop):  # 幼儿园|新建项目
        return min((begin for begin in begins if not within(hidden, begin)), default=None)
    begins += [s.start() for s in w.serves.finditer(text, at + 2, stop) if s.end() < stop]
    if heads is not None:
        spans = [verb.span() for verb in w.verb.finditer(text, at + 2, stop)]
        spans += [toward.span() for toward in _TOWARD.finditer(text, at + 2, stop)]
        begins += [s for s, e in spans if e < stop and heads.search(text, at, s)]
    return min((begin for begin in begins if not within(hidden, begin)), default=None)


def _joins(w: Words, text: str, own: Phrase, at: int, finish: int) -> bool:
    """Whether the words before belong to the noun after: 惠及|婴幼儿, 锅庄社团的|学生."""
    size = sum(e - s for s, e in own) + finish - at
    tied = (
        text.startswith("的", own[-1][1])
        or w.tied.search(text, own[0][0], own[-1][1])
        or (len(own) == 1 and w.kept.fullmatch(text, *own[0]))
    )
    if text[own[0][0] - 4 : own[0][0]].strip().isdigit():
        return False
    return bool(tied) and size <= SHORT + 4


_MADE_FOR = regex(
    r"[\u4e00-\u9fff]{2}(?:改造|维修|安装|更换|改善|配备|建设|加固|升级|新建|改建|扩建)|(?:改造|维修|安装|更换|改善|配备|建设|加固|升级)[\u4e00-\u9fff]{2}"
)
"""厨房改造|12所|学校: what was made at the bodies that are counted."""


def _made_for(context: Context, slot: Slot, noun: Span, own: Phrase) -> bool:
    """Whether the words before tell what was made at the bodies behind a figure."""
    text, figure = context.text, slot.figure
    brief = noun[1] - noun[0] <= 3 and sum(e - s for s, e in own) <= SHORT
    return (
        brief
        and own[-1][1] == figure.outer_start
        and is_body(context.words, text[slice(*noun)])
        and _MADE_FOR.search(text, own[-1][0] - 2, own[-1][1]) is not None
    )


_AND = regex(r"[\u4e00-\u9fff][和、与][\u4e00-\u9fff]")
_HAN_COUNT = regex(r"[一两二三四五六七八九十百千]+[个所项家名条门场次份]")


def _whole_list(context: Context, at: int, stop: int) -> int:
    """100座城东、城西研学驿站: a 、 with no figure behind it does not end the noun."""
    w, text = context.words, context.text
    if text[stop : stop + 1] != "、":
        return stop
    clause = context.clauses.end(stop, context.end, ignore="、")
    rest = text[stop + 1 : clause]
    if any(c.isdigit() for c in rest) or w.verb.match(rest) or "、" in rest:
        return stop
    if _HAN_COUNT.search(rest) or w.cut.match(text, at, stop):
        return stop
    cut = w.cut.search(text, stop, clause)
    finish = cut.start() if cut else clause
    return clause if finish - at <= 18 else stop


_SHARED = regex(r"(?:入选|通过|获评|入围|纳入|列入)[^，；。、]{2,24}$")


def _shared_predicate(context: Context, stop: int) -> Span | None:
    """16所高校、48个学科入选…: the predicate at the list's end serves its first nouns too."""
    text = context.text
    if text[stop : stop + 1] != "、":
        return None
    clause = context.clauses.end(stop, context.end, ignore="、")
    match = _SHARED.search(text, stop, clause)
    return (match.start(), clause) if match else None


_ADVERB = regex(_ADVERBS)
_NAMED_AS = regex(r"被[^，。；、]{0,10}?(?:认定|评定|命名|确定|列|评)为(?:\d{4}年)?")
"""6个区|被教育部认定为|优质均衡发展区."""
_BRIEF = 12
"""How long a noun with any predicate may be; longer ones take only what tells them apart."""


def _with_predicate(text: str, noun: Span, begin: int, finish: int, tells_apart: bool) -> Reading:
    """45个科技场馆|成为实践基地: a short noun takes what is said of it into its subject."""
    listed = text.find("、", begin, finish)
    if listed > 0 and any(c.isdigit() for c in text[listed:finish]):
        finish = listed
    said = without(text, begin, finish, _ADVERB)
    named = _NAMED_AS.match(text, begin, finish)
    if named and text.endswith(text[noun[0] : noun[1]], named.end(), finish):
        return Reading.of(((named.end(), finish),), "subject.predicate")
    size, short = sum(e - s for s, e in said), noun[1] - noun[0]
    most = _BRIEF if not tells_apart else 30 if short <= 7 else 18
    if any(c.isdigit() for c in text[begin:finish]) or not said or size + short > most:
        return Reading.of((noun,), "subject.after")
    return Reading.of((*said, noun), "subject.predicate")
