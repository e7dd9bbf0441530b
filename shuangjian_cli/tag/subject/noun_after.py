"""The noun behind a figure: where it ends, and what is told with it."""

from __future__ import annotations

from shuangjian_cli.data import entries
from shuangjian_cli.patterns import CHINESE, regex, worded
from shuangjian_cli.tag.subject.carriers import is_body, is_kind
from shuangjian_cli.tag.subject.constructions import taken_up
from shuangjian_cli.tag.subject.gaps import Gap
from shuangjian_cli.tag.subject.owners import (
    done_with,
    made_for,
    of_actor,
    of_body,
    owner_end,
    rated_places,
)
from shuangjian_cli.tag.subject.phrase import SHORT, Phrase, Span, words_of
from shuangjian_cli.tag.subject.predicates import (
    ADVERB_RUN,
    BRIEF,
    BRIEF_NOUNS,
    DONE_TO,
    MADE,
    of_told,
    predicate,
    row_predicate,
    shared_predicate,
    whole_list,
    with_predicate,
)
from shuangjian_cli.tag.subject.reading import Context, Reading, Slot
from shuangjian_cli.tag.subject.resolver import resolve
from shuangjian_cli.tag.subject.words import Words

_LOOSE_END = worded(
    r"(?:[的了也还里达占及和或与超在 ]|{noun_after.loose}|中(?:就|仅|只|已)?有|(?<![高初集其一二三四五六七八九十])中)+$",
    __file__,
)
_LOOSE = "的了也还里达占及和或与超在 有中右"
"""The last characters of a loose end."""
_GRADED = regex(r"(?:[、和及与])?\d+[个所家项名][^，。；、\d]{1,6}?[级类型]([^，。；、\d]{2,10})")


def _unfit(context: Context, slot: Slot, noun: Span, own: Phrase) -> Reading | None:
    """机构33家，|6家|自行停办: what is said of a part, where it is no noun that the unit counts."""
    w, text, last, unit = context.words, context.text, context.last(), slot.figure.unit
    heads = w.counted.get(unit or "")
    if heads is None or noun[1] - noun[0] > BRIEF:
        return None
    if any(heads.search(text, noun[0], cut) for cut in range(noun[0] + 2, noun[1] + 1)):
        return None  # also 6所|学校食堂
    if own or last is None or last.unit != unit:
        return None
    if text[slot.figure.outer_start - 1] in "、和及与":
        return None
    if words_of(text, last.phrase).startswith(text[noun[0]]):
        return None  # 31人次获国家级奖，118人次|获省级奖
    return resolve(context, slot, Gap("headless", (noun,)), True)


def noun_after(context: Context, slot: Slot, at: int, stop: int, own: Phrase) -> Reading:
    """45个|科技场馆成为…: the noun, with its predicate where that tells it apart."""
    w, text, end = context.words, context.text, context.end
    team = _TEAM.match(text, at, stop)
    if team:
        return Reading.of((team.span(),), "subject.after")
    if taken := taken_up(context, slot, at, stop):
        return taken
    kept = w.kept_start(text, at, end)
    if kept > stop:  # 20所|新建、改建幼儿园
        stop = context.clauses.end(kept, end)
    rated = rated_places(text, at, end) if slot.figure.unit == "个" else None
    if rated is not None:
        return rated
    stop = whole_list(context, slot.figure.unit, at, stop)
    owner = owner_end(context, slot.figure.unit, at, stop)
    if owner is not None:
        stop = owner
    elif handled := done_with(context, slot, at, stop):
        return handled
    heads = w.counted.get(slot.figure.unit or "")
    if heads is not None and text.find("成的", at + 2, stop) > 0:
        makes = _MAKES.search(text, at + 2, stop)
        if makes and heads.search(text, at, makes.start()):
            stop = makes.start()
    cut = predicate(context, slot.figure.unit, at, stop)
    onward = cut is not None and text[stop : stop + 1].isdigit()
    if (
        cut is not None
        and onward
        and (w.newly.match(text, cut) or _PAYS_THEM.fullmatch(text, cut, stop))
    ):
        built = noun_after(context, slot, at, cut, own)
        built.until = cut
        return built  # 建成|12所|学校|新增学位3000个
    finish = stop if cut is None else cut
    if cut is None and text[stop : stop + 1].isdigit():
        ending = _FOR_EACH.search(text, at, finish) or w.cut_end.search(text, at, finish)
        ending = ending or _NEXT_JOINED.search(text, at + 1, finish)
        if ending and ending.start() - at >= 1 + (text[at] not in BRIEF_NOUNS):
            finish = ending.start()
    if text[finish - 1] == "总" and at + 2 < finish < stop:
        finish -= 1  # 6座|项目|总投资900万元
    if cut is not None and (each_day := _EACH_DAY.search(text, at + 2, finish)):
        finish = each_day.start()
    loose = _LOOSE_END.search(text, at + 1, finish) if text[finish - 1] in _LOOSE else None
    if loose:
        finish = loose.start()
    acting = w.kept_end.search(text, at + 2, finish) if text[stop : stop + 1] == "、" else None
    if acting and w.kept.match(text, stop + 1) and is_body(w, text[at : acting.start()]):
        finish = acting.start()  # 支持60所|学校|新建、扩建校舍5万平方米
    if text[finish - 1] == "）" and (named := text.find("（", at + 1, finish - 5)) > 0:
        finish = named  # 7所|县直学校（甲中学、乙小学）
    examples = _NEXT_EXAMPLES.search(text, at + 2, finish) if text[finish - 1] == "等" else None
    if examples and text[finish : finish + 1].isdigit():
        finish = examples.start()
    if joined := _AND_ONE.search(text, at + 2, finish):
        finish = joined.start()
    noun = (at, finish)
    if cut is None and (whole := of_told(context, slot, noun, own)):
        return Reading.of(whole, "subject.among")
    if cut is None and (part := _unfit(context, slot, noun, own)):
        return part
    is_apart = cut is not None and _is_apart(context, slot, at, cut, own)
    if cut is not None and not is_apart:
        said = ADVERB_RUN.match(text, cut, stop)
        begin = said.end() if said else cut
        done = DONE_TO.fullmatch(text, begin, stop)
        if done and not text[stop : stop + 1].isdigit():
            return Reading.of((done.span(1), noun), "subject.predicate")
        clause = context.clauses.end(begin, end, ignore="、")
        plain = said is None and stop - begin >= 4 and "（" not in text[begin:stop]
        leads = _LEADS.search(text, begin, stop)
        if plain and not leads and w.kept.match(text, begin) and text[stop : stop + 1].isdigit():
            clause = stop  # 大学生|办理助学贷款, before the loans' own figure
        tells_apart = any(p.match(text, begin) for p in (w.attributive, w.kept, MADE))
        made = with_predicate(text, noun, begin, clause, tells_apart)
        made.until = cut
        return made
    graded = _GRADED.match(text, stop, end) if text[finish - 1] in "级类型" else None
    if graded:
        return Reading.of((noun, graded.span(1)), "subject.after")
    shared = shared_predicate(context, stop) if cut is None else None
    if shared is not None:
        return Reading.of((shared, noun), "subject.after")
    if cut is None and not own and (row := row_predicate(context, slot, finish)):
        return Reading.of((row, noun), "subject.predicate")
    if (
        len(own) == 1
        and (told := text.rfind("为", *own[0]) + 1)
        and is_kind(w, text, ((told, own[0][1]),))
    ):
        own = ((told, own[0][1]),)  # 规模为|幼儿园|9个|班
    if own and (grade := _GRADE.search(text, *own[-1])):
        own = (grade.span(),)  # 学校迎来|一年级|6个|班
    if own and text.startswith("班", at) and (sized := _SIZED.search(text, *own[-1])):
        own = (*own[:-1], (own[-1][0], sized.end()))
        return Reading.of((*own, noun), "subject.around")  # 普通高中规模不超过|60个|班
    kind = own and own[-1][1] == slot.figure.outer_start and is_kind(w, text, own)
    kind = kind or (cut is None and w.only_verbs(text, at, finish))  # 营养餐项目|3万人|受益
    if own and (kind or _joins(w, text, own, at, finish) or made_for(context, slot, noun, own)):
        return Reading.of((*own, noun), "subject.around")
    gained = _GAINED.search(text, *own[-1]) if own else None
    if gained and text.endswith(entries(__file__, "noun_after", "staff"), at, finish):
        return Reading.of((gained.span(), noun), "subject.around")
    acted = of_actor(context, slot, noun, own) if own else None
    return acted or of_body(context, slot, noun, own) or Reading.of((noun,), "subject.after")


_TEAM = worded(
    r"[^，。；、\d]{0,8}?(?:组|[^部军大舰]队|专班)(?=(?:{noun_after.sent_how})?(?:对[^，。；]|{noun_after.sent}))",
    __file__,
)
"""12个|督查组|对各校开展督查: who was sent, and not where and for what."""
_SIZED = worded("规模(?:{noun_after.sized})?$", __file__)
_MAKES = regex("[组构]成的")
"""60名|企业家|组成的协会."""
_PAYS_THEM = worded(
    "(?:{noun_after.pays})(?:{noun_after.gifts})?(?:共|约|近|超)*"
    "|已?(?:{common.works_done})(?:{noun_after.works})(?:建设)?(?:面积)?(?:共|约|近|超)*",
    __file__,
)
"""为80名|新生|捐助资金24万元, 8个|县|竣工学校90所: what they were given or made, before its own
figure."""
_GRADE = regex("[一二三四五六七八九]年级$|[初高][一二三]$")
_EACH_DAY = worded("每(?:{noun_after.terms}|[天日周月年人生户])$|每名(?:学生)?$", __file__)
"""9万名|学生|每天享受到…: when what is said of them happens."""
_AND_ONE = regex("[和与及、]一[个所名座栋间台]")
"""6个|教学班|和一个学前班: what the next ones are."""
_NEXT_JOINED = worded("[和及与](?:{noun_after.next})[^，。；、]{0,5}的$", __file__)
"""12所|小学|和新建的3所中学: what the next figure counts."""
_NEXT_EXAMPLES = regex("[和与及、][^，。；、\\d]{2,10}等$")
"""东园等4所|公办园|和西园等3所民办园: what the next figure counts."""
_FOR_EACH = worded(
    r"每[人名生户班校](?:每?(?:{noun_after.terms}|[年月天次]))?[^，。；、]{0,8}$|(?:{noun_after.bought})[^，。；、的\d]{2,8}$"
    "|(?:{noun_after.founded})$",
    __file__,
)
"""对12名|学生|每人每年资助2000元, 为9个|县的小学|购置图书7万册: what belongs to the next figure."""
_GAINED = worded("(?<=.)(?:{noun_after.gained})$", __file__)
"""为山区学校|补充|1000名|优秀教师."""
_LEADS = regex(r"(?:价值|每[人名生个户校班天日周月年次]|[达约近超到共为])+$")
"""Before the next figure, what belongs to it: 学生|享受到每天|5元的营养餐."""
_LISTED = worded("{noun_after.listed}", __file__)
_TAKES = regex(rf"[将把]{CHINESE}{{2,10}}$")


def _is_apart(context: Context, slot: Slot, at: int, cut: int, own: Phrase) -> bool:
    """Whether the words at `cut` do not tell apart the noun before them: what it is for, on which
    list its plan was put (将建设|26所|幼儿园|列入…), what befell those told apart before the figure
    (新建的|5所|学校|迎来学生)."""
    w, text = context.words, context.text
    if w.dropped.match(text, cut):
        return True
    if _LISTED.match(text, cut) and _TAKES.search(text, slot.clause, slot.figure.start):
        return True
    told = bool(own) and text.startswith("的", own[-1][1]) and w.verb.search(text, *own[-1])
    return bool(told) and _joins(w, text, own, at, cut)


def _joins(w: Words, text: str, own: Phrase, at: int, finish: int) -> bool:
    """Whether the words before belong to the noun after: 惠及|婴幼儿, 锅庄社团的|学生."""
    size = sum(e - s for s, e in own) + finish - at
    tied = (
        text.startswith("的", own[-1][1])
        or w.tied.search(text, own[0][0], own[-1][1])
        or (len(own) == 1 and w.kept_start(text, *own[0]) == own[0][1])
    )
    if text[own[0][0] - 4 : own[0][0]].strip().isdigit():
        return False
    return bool(tied) and size <= SHORT + 4
