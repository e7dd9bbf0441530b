"""The words after a figure: its noun, its purpose, or who a share is of."""

from __future__ import annotations

from shuangjian_cli.data import entries
from shuangjian_cli.patterns import CHINESE, regex, worded
from shuangjian_cli.tag.subject.carriers import is_body
from shuangjian_cli.tag.subject.distinguish import PER
from shuangjian_cli.tag.subject.frames import BODIES as COUNTED
from shuangjian_cli.tag.subject.frames import MEASURES, PERSONS
from shuangjian_cli.tag.subject.gaps import Gap
from shuangjian_cli.tag.subject.noun_after import noun_after
from shuangjian_cli.tag.subject.nouns import after_lead, strip_tail
from shuangjian_cli.tag.subject.owners import (
    behind_aside,
    of_examples,
    of_so_many,
    owner_end,
)
from shuangjian_cli.tag.subject.phrase import Phrase, words_of
from shuangjian_cli.tag.subject.predicates import (
    ADVERB_RUN,
    is_undone,
    predicate,
    rated_noun,
    relative,
)
from shuangjian_cli.tag.subject.purpose import adjacent, of_each, purpose_of
from shuangjian_cli.tag.subject.reading import Context, Reading, Slot
from shuangjian_cli.tag.subject.resolver import resolve
from shuangjian_cli.tag.subject.shares import share_after
from shuangjian_cli.tag.subject.slots import STEP
from shuangjian_cli.tag.subject.works import works

_SIZED = regex(r"\d{1,3}个?(?:教学)?班(?:规模)?的?(?=[^，。；、\d])")
_HAS = worded("(?:教学)?班级?|{after.school_has}", __file__)
"""What a school has."""
_MOVES = worded(r"[到至为成](?:{after.former})?$", __file__)
_GAP_NOUN = worded(r"的({after.gaps})", __file__)


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
    if text[stop : stop + 1].isdigit() and (each := _NEXT_EACH.search(text, at + 2, stop)):
        stop = each.start()
    if text[stop : stop + 1].isdigit() and (place := _NEXT_PLACE.search(text, at + 2, stop)):
        stop = place.start()
    if figure.unit in PERSONS and text[stop : stop + 1].isdigit():
        toward = _TOWARD_NEXT.search(text, at + 2, stop)
        stop = toward.start() if toward else stop  # 选派|36名|校长赴12所学校
    if text.endswith("基础上", at, stop):
        stop -= 3 + text.endswith("的", at, stop - 3)  # 完成五所|学校改造|的基础上
    if text[at : at + 1].isdigit() and (sized := _SIZED.match(text, at, end)):
        at = sized.end()  # 1所|36班|初中
        stop = context.clauses.end(at, end)
    if at >= stop:
        return adjacent(text, end, at) if not own else None
    if own and text[stop : stop + 1].isdigit() and after_lead(w, text, at, stop) == stop:
        return None  # 幼儿园项目|86个|共|12万平方米
    if figure.rule == "quantity.numbered_set" and at + 1 < stop:
        at += 1
    if own and text[at] in "、和及与" and text[stop : stop + 1].isdigit():
        return None  # 东园小学|4200平方米|和西园小学3100平方米
    if own and figure.unit not in PERSONS | COUNTED and _AND_OTHERS.match(text, at):
        return None
    if text[at] in "之是和与及" and _NO_NOUN.match(text, at, stop):
        return None
    if own and text.startswith("中有", at):
        return None  # 教师|97人|中有高级职称的31人
    if own and text[at] == "并" and not text.startswith("并列", at):
        return None  # 综合楼|1幢|并配有语音室
    if text[at] == "（" and (behind := behind_aside(context, slot, at, own)):
        return behind
    if (
        text[at] in "（”."
        or text.startswith("计算", at)
        or w.moved.match(text, at)
        or STEP.match(text, at)
    ):
        return None
    moves = w.change.match(text, at, stop)
    if moves and text[stop : stop + 1] != "、" and not text[moves.end() : stop].strip("了约近 "):
        return None  # 比上年的770亿元|增长5.5%
    if text[stop : stop + 1].isdigit() and _MOVES.search(text, at, stop):
        finish = strip_tail(w, text, at, stop)
        owner = owner_end(context, figure.unit, at, finish)
        if owner is not None:
            return noun_after(context, slot, at, owner, own)  # 8所|高中|的占地面积为1200亩
        if own and is_body(w, words_of(text, own)) and _HAS.fullmatch(text, at, finish):
            return Reading.of((*own, (at, finish)), "subject.around")  # 小学由36个|班|扩到48个
        rated = None if own else rated_noun(w.fitting.get(figure.unit or ""), text, at, stop)
        if rated is not None:
            return Reading.of((rated,), "subject.after")  # 2所|初级中学|升学率为68%
        if own or text[figure.outer_start - 1] != "原" or finish - at < 2:
            return None
        return Reading.of(((at, finish),), "subject.after")  # 原263家|机构|压减到34家
    if own and text.startswith("标准", at) and PER.search(text, own[0][0], own[-1][1]):
        return None  # 按生均|650元|标准安排公用经费
    if own and figure.unit in _TIMES and (often := PER.search(text, *own[-1])):
        held = _HELD.fullmatch(text, at, stop) if often.end() == own[-1][1] else None
        if held and own[-1][0] < often.start():  # 学校每周至少|5天|开展课后服务
            whom = (*own[:-1], (own[-1][0], often.start()))
            return Reading.of((*whom, often.span(), held.span(1)), "subject.around")
    if own and figure.unit in COUNTED and (does := _ALL_DO.fullmatch(text, at, stop)):
        bodies = w.fitting.get(figure.unit or "")
        if is_body(w, words_of(text, own)) or (bodies and bodies.search(text, *own[-1])):
            return Reading.of((does.span("what"), *own), "subject.around")
    if own and text[at] == "由":
        return None  # 费用|96万元|由慈善会承担
    if own and _TAKES_SUM.fullmatch(text, at, stop):
        return None  # 托管费按每生每月|90元|收取
    if _GIVES.fullmatch(text, slot.left, figure.outer_start) and _GIFT.fullmatch(text, at, stop):
        return Reading.of(((at, stop),), "subject.after")  # 给予|500元|奖励
    if figure.unit == "%":
        return share_after(context, slot, at, stop, own)
    if text[at] == "的":
        gap = _GAP_NOUN.match(text, at)
        if gap and own:
            return Reading.of((*own, gap.span(1)), "subject.before")
        having = _HAVING.search(text, *own[-1]) if own else None
        if having and (built := works(context, at + 1, stop)):
            return Reading.of((built, having.span(1)), "subject.after")
        holds = own and own[-1][1] == figure.outer_start and w.light_all.search(text, *own[-1])
        worth = own and text.endswith("价值", *own[-1])
        if (holds and figure.unit in _OCCASIONS) or worth or text[figure.outer_start - 1] == "有":
            own = ()  # 学校每年举办|60多场的|招聘会, 校内建有300米的|跑道
        if own and not w.only_verbs(text, *own[-1]):
            if _LEVEL.match(text, at + 1):
                return None
            if text.startswith("的", own[-1][1]) and own[-1][1] + 1 == figure.outer_start:
                cut = predicate(context, None, at + 1, stop)  # 新立项的|600平方米的|食堂
                return Reading.of((*own, (at + 1, cut or stop)), "subject.around")
            if figure.unit == "元/人":
                given = _GIVEN.match(text, own[0][0], own[-1][1])
                whom = (given.span(1),) if given else own
                return Reading.of((*whom, (at + 1, stop)), "subject.per_unit")
            each = _EACH.search(text, *own[-1]) if figure.unit == "元" else None
            if each is None:
                return None
            return Reading.of(of_each(each, at + 1, stop), "subject.per_unit")  # 每天|4元的|营养餐
        at += 1
        if at >= stop:
            return None
    measure = figure.unit in MEASURES and figure.unit is not None
    named = _NAMED.match(text, at, end) if text[at] in _NAMED_HEADS else None
    if named:
        return Reading.of((named.span(1),), "subject.after")
    at += text.startswith("是", at) and stop - at > 3  # 有250人|是师范毕业生
    if text[stop : stop + 1] == "、" and (told := relative(context, slot, at, stop)):
        return told
    opening = w.cut.match(text, at, stop)
    if opening and w.no_cut.match(text, opening.end()):
        opening = None  # 12名|正式教师
    purpose = w.purpose.match(text, at, stop)
    if not purpose and figure.unit is not None and figure.unit.endswith("元"):
        begin = after_lead(w, text, at, stop)
        purpose = w.purpose.match(text, begin, stop)
        at = begin if purpose else at  # 3亿元|高标准|建设学校
    if purpose and figure.unit in COUNTED and w.kept.match(text, at, stop):
        purpose = None  # 城区|5所|新建学校
    if text[figure.outer_start - 1] == "等" and figure.unit not in MEASURES:
        return of_examples(context, noun_after(context, slot, at, stop, ()), own)
    paid = bool(own) and _PAYS.fullmatch(text, own[0][0], own[-1][1]) is not None
    large = figure.unit is None and text[figure.end - 1] in "亿万"
    money = large and paid if figure.unit is None else figure.unit.endswith("元")
    last = context.last()
    if last is None and figure.outer_start == context.start and context.discourse.frames:
        last = context.discourse.frames[-1]  # 共改造学校5所。|2所|正在施工
    is_next = last is not None and last.counts and last.unit == figure.unit and not money
    if (slot.part or is_next) and not own and not (money and text.startswith("用于", at)):
        dated = not opening and w.cut.match(text, after_lead(w, text, at, stop), stop)
        adverbs = ADVERB_RUN.match(text, at, stop)
        rest = adverbs.end() if adverbs else at
        if rest < stop and (opening or dated or is_undone(w, text, at, stop)):  # 其中9所|当年投用
            part = resolve(context, slot, Gap("among", ((rest, stop),)), True)
            if part is not None:
                return part
    if own and opening and _AMONG_THEM.search(text, *own[-1]):
        return Reading.of(((at, stop), (own[-1][0], own[-1][1] - 1)), "subject.around")
    if money and purpose and paid:
        own = ()
    if money and own and not (opening or purpose) and own[-1][1] - own[0][0] <= 2:
        own = ()
    if money and own and own[-1][1] == figure.outer_start - 1 and text[own[-1][1]] == "的":
        cut = predicate(context, None, at, stop)
        if not purpose and not w.only_verbs(text, *own[-1]):
            return Reading.of((*own, (at, cut or stop)), "subject.around")  # 改造所需的|1亿元|投资
    if money and own and (not (opening or purpose) or (purpose and purpose.end() == stop)):
        each = _EACH.search(text, *own[-1])
        if each:  # 给|学生每人每天|5元|早餐补贴
            return Reading.of(of_each(each, at, stop), "subject.per_unit")
    per = of_so_many(context, slot)
    if per is not None and not (measure or money or opening):
        made = noun_after(context, slot, at, stop, ())
        return Reading.of((per, *made.phrase), "subject.per_unit")
    heads = w.fitting.get(figure.unit or "")
    fits = bool(own and heads is not None and heads.search(text, *own[-1]))
    fits = fits and not _TOWARD_PLACE.search(text, *own[-1])
    least = 3
    if fits and heads is not None and figure.unit in PERSONS:
        # 抽调|骨干|12名|驻点办公: what they do, where the words behind name nobody.
        ends = (cut for cut in range(at + 1, stop + 1) if heads.search(text, at, cut))
        least = 3 if any(not w.kept_end.search(text, at, cut) for cut in ends) else 2
    if fits and own[-1][1] - own[0][0] >= least and not w.only_verbs(text, *own[-1]):
        said = words_of(text, own)
        if said.count("、") + 1 == figure.value > 1:
            return noun_after(context, slot, at, stop, ())  # 东园、西园|两所|民办园
        counted = said.endswith(text[stop - 1]) and _AND.search(said)
        return Reading.of(((at, stop),), "subject.after") if counted else None  # 东园和西园|两个|园
    if money and own and _INPUT.search(text, *own[-1]):
        return None  # 教育项目建设投入|19亿元|新增学位
    naming = own and not (opening or purpose)
    if naming and money and w.light_all.search(text[own[0][0] : own[-1][1]]):
        own = ()
    if measure or (own and (money or opening or purpose)):
        return purpose_of(w, text, slot, at, stop) if not own and purpose else None
    if opening or (money and purpose):
        return None if own else purpose_of(w, text, slot, at, stop)
    rated = rated_noun(heads, text, at, stop) if text[stop : stop + 1].isdigit() else None
    if rated is not None:
        return Reading.of((rated,), "subject.after")
    return noun_after(context, slot, at, stop, own)


_NAMED = worded(
    r"(?:{after.adverbs})?(?:被[^，。；、\d]{0,10}?(?:{after.named_as})为|获评)"
    r"([^，。；\d]{2,20}?(?<!级))(?:荣誉)?(?:称号)?(?=[，。；]|$)",
    __file__,
)
"""30余人|被评为|县级教学能手: what they were named."""
_NAMED_HEADS = "先分陆相已被获"
_HAVING = worded(
    r"(?:一[幢栋座所个处条]|(?:{after.built})一?[幢栋座所个处条]?|(?<![^，。；、：\n成了计共]))((?:总?(?:{after.area_of})?面积|"
    "{after.measures}|总?投资))$",
    __file__,
)
"""一幢|建筑面积|1200平方米的|教学楼, 投资|900万元的|迁建工程: what one of them has."""


_PAYS = worded(
    r"(?:[^，。；、]{0,6}[局校园院会司府])?(?:{after.pay_adverbs})*(?:{after.pays})(?:资金)?",
    __file__,
)
"""学院累计投入|520万元购置设备: who spent, which is no subject."""
_INPUT = worded("(?:{after.input_of})总?投[入资]$", __file__)
_OCCASIONS = frozenset(("场", "次", "期", "个", "项", "门"))
_EACH = worded(
    r"(?P<whom>[^，。；、]{0,10}?)(?P<each>(?:每(?:{after.each}))+|生均"
    r"|每[名个位][^，。；、\d每]{2,6}(?:每(?:{after.each_time}))*(?=(?:可|能)?(?:{after.gets})$))(?:可|能)?(?:{after.gets})?$",
    __file__,
)
_GIVEN = worded(r"([^，。；、]{2,24}?)(?:{after.given})$", __file__)
"""大学新生给予|3000元/人的|一次性资助: to whom."""
_TAKES_SUM = worded("(?:标准)?(?:{after.takes_sum})", __file__)
_GIVES = worded("(?:[^，。；、\\d]{0,10}?)(?:{after.gives})", __file__)
_GIFT = worded("(?:的)?(?:一次性)?(?:{after.gifts})(?:资金|金)?", __file__)
_LEVEL = worded("{after.levels}", __file__)
_ALL_DO = worded(
    "(?:{after.all_of})+(?:已经?)?(?P<what>(?!{after.is})[^，。；、\\d]{4,14})", __file__
)
"""义务教育学校34所|全部|提供课后服务: what all of those named before do."""
_TIMES = frozenset(entries(__file__, "after", "times"))
_HELD = worded("(?:{after.holds})了?([^，。；、\\d]{2,12})", __file__)
"""What is held so often or so long."""
_AND_OTHERS = regex("等(?![级次奖候])")
"""西园小学|3100平方米|等项目: behind the last of several."""
_AMONG_THEM = regex("[生师童人员校]中$")
"""考生中只有|27万人|进入大学: some of those named, and what they did."""
_NO_NOUN = regex("之间|是$|(?:[和与及](?![谐时格会])|以及)[^，。；、]{2,}")
"""教室10间，食堂1间|和水房; 这6所|是：: words behind a figure that do not tell what it counts."""
_NEXT_EACH = worded("(?:{after.next_each})(?!衡)", __file__)
"""300名|教师|人均培训经费900元: what the next figure measures for each of them."""
_NEXT_PLACE = regex(rf"[和与及]{CHINESE}{{1,8}}[省市县区旗州]$")
"""1家|机构|和宿迁市15家: where the next are that are counted."""
_TOWARD_NEXT = worded("(?:{after.toward})$", __file__)
"""Before the next figure: where so many persons go, or whom they see to."""
_TOWARD_PLACE = regex(rf"[对向给为在]{CHINESE}{{1,8}}[省市县区旗]$|地区$|全[省市县区旗州]$")
"""大会对城关区|6个|先进集体进行表彰: a place that something was done to."""
_AND = regex(rf"{CHINESE}[和、与]{CHINESE}")
