"""Of whom a share is, where the words after the figure say so: 96%的|家长表示满意."""

from __future__ import annotations

from shuangjian_cli.patterns import CHINESE, regex, worded
from shuangjian_cli.tag.subject.gaps import Gap
from shuangjian_cli.tag.subject.nouns import noun_phrase, trim
from shuangjian_cli.tag.subject.phrase import MEASURED, Phrase, Span, without
from shuangjian_cli.tag.subject.predicates import BRIEF_NOUNS, SAYS, predicate
from shuangjian_cli.tag.subject.reading import Context, Reading, Slot
from shuangjian_cli.tag.subject.resolver import resolve
from shuangjian_cli.tag.subject.roles import GOAL

_ATTAINED = worded("{shares.attained}|达到(?:国家)?(?:规定)?标准", __file__)
"""教师学历|100%|达标."""
_SATISFIED = worded(r"对[^，。；]*?(?:表示)?(?:{shares.degrees})?(?=满意)", __file__)
_LEVEL_NOUN = worded(r"的(?:{shares.levels})", __file__)
_ABOUT = worded(r"对[^，。；“”]{2,6}(?={shares.finds})", __file__)


def share_after(context: Context, slot: Slot, at: int, stop: int, own: Phrase) -> Reading | None:
    """96%的家长表示满意: who, with what is said of them."""
    w, text = context.words, context.text
    of = text[at] == "的"
    if own and text.startswith("的", slot.figure.outer_start - 1):
        base = _BY.search(text, slot.left, slot.figure.outer_start)
        paid = _PAID_BY.match(text, at, stop) if base else None
        if base and paid:
            return Reading.of((base.span(1), paid.span(1)), "subject.around")
    spent = _SPENT.match(text, at, stop) if own else None
    if own and spent is None and text.startswith("的", slot.figure.outer_start - 1):
        spent = _MADE.fullmatch(text, at, stop)
    if spent:
        return Reading.of((*own, spent.span()), "subject.around")
    attained = own and text.endswith("学历", *own[-1]) and _ATTAINED.fullmatch(text, at, stop)
    reached = own and text.endswith("实现", own[-1][1], slot.figure.start) and stop - at <= 4
    if attained or reached:
        return Reading.of((*own, (at, stop)), "subject.around")  # 毕业生|实现100%|就业
    measured = bool(own) and text[own[-1][1] - 1] in MEASURED
    if own and not of and not GOAL.match(text, at) and (acts := _ACTS.match(text, at, stop)):
        rest = context.clauses.end(at, context.end, ignore="、")
        if w.counted["人"].search(text, *own[-1]) or w.body_end.search(text, *own[-1]):
            return Reading.of((*own, *without(text, acts.start(), rest, _SAID)), "subject.around")
    if GOAL.match(text, at) or (own and (not of or measured or _LEVEL_NOUN.match(text, at))):
        return None
    begin = at + 1 if of else at
    clause = context.clauses.end(begin, context.end, ignore="、")
    other = _NEXT_SHARE.search(text, begin, clause)
    shared = _said_of_all(context, begin, other.start(), clause) if other else None
    clause = other.start() if other else clause
    if clause - begin < 2 and not (begin < clause and text[begin] in BRIEF_NOUNS):
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
    if shared is not None:
        return Reading.of((*said, *without(text, *shared, _SAID)), "subject.share")
    tied = _TIED.search(text, slot.left, slot.figure.outer_start) if of else None
    if tied and (reach := noun_phrase(w, text, *trim(w, text, slot.left, tied.start()))):
        return Reading.of((*reach, tied.span(), *said), "subject.around")
    if not of and not own and (w.cut.match(text, begin) or _LOCATED.match(text, begin)):
        told = resolve(context, slot, Gap("told", said), counts=False)
        if told is not None:
            return told
    left, right = slot.left, slot.figure.outer_start
    given = (_GIVEN.search(text, left, right) or _OUT_OF.search(text, left, right)) if of else None
    return Reading.of((given.span(1), *said) if given else said, "subject.share")


_GIVEN = worded("({shares.given})(?:{shares.bounds})?$", __file__)
"""退还|60%的|费用: what is done to such a share."""
_OUT_OF = worded(
    r"[从由](?:全?[省市县区州旗乡镇])?([^，。；、\d]{2,8}?)[中里]?(?:{shares.takes_out})了?$",
    __file__,
)
"""从县财政拿出|三分之一的|钱用于教育: of what so much is taken."""
_BY = regex("按照?([^，。；、\\d]{2,12})的$")
_PAID_BY = worded("(?:的?比例)?(?:{shares.gives})?({shares.paid})", __file__)
"""按|购买价|的40%|给予|补助: of what so much is paid."""
_WHOLE_OF = regex(r"占(?![比地用])([^，。；：、\d]{2,20}?)(?:总共|共|约|近)*$")
_ITS_SHARE = regex(r"的(?:约|近|超过?|比例[为是])*\d[\d.]*%")


def of_amount(context: Context, slot: Slot) -> Reading | None:
    """义务教育投入占|教育总支出|40亿元的52%: a whole whose amount is told before a share of it, and
    that share; None for other figures."""
    w, text, figure, last = context.words, context.text, slot.figure, context.last()
    if figure.unit != "%":
        whole = None
        if _ITS_SHARE.match(text, figure.outer_end, context.end):
            whole = _WHOLE_OF.search(text, slot.left, figure.outer_start)
        return Reading.of((whole.span(1),), "subject.before") if whole else None
    if last is None or last.clause != slot.clause or not last.phrase:
        return None
    begin, finish = last.phrase[0]
    if text[last.end] != "的" or text[begin - 1] != "占" or last.at < finish:
        return None
    what = noun_phrase(w, text, *trim(w, text, slot.clause, begin - 1))
    told = what or next((f.phrase for f in context.said()[-2::-1]), ())
    return Reading.of((*told, (begin - 1, finish)), "subject.share_of") if told else None


def _said_of_all(context: Context, begin: int, stop: int, clause: int) -> Span | None:
    """16%的|小学|、46%的初中|建成校园网: what is said of the last of several, of whom the first are
    only named; None where they are not."""
    w, text = context.words, context.text
    kinds = (("所", w.body_end), ("名", w.counted["人"]))
    kind = next((k for k in kinds if k[1].search(text, begin, stop)), None)
    if kind is None or stop - begin > 8 or w.cut.search(text, begin + 2, stop):
        return None
    last = max(share.end() for share in _NEXT_SHARE.finditer(text, stop, clause))
    satisfied = _SATISFIED.search(text, last, clause)
    if satisfied:
        return satisfied.end(), satisfied.end() + 2
    cut = predicate(context, kind[0], last, clause) or clause - 2
    ends = (end for end in range(cut, last + 1, -1) if kind[1].search(text, last, end))
    cut = next(ends, cut)  # 学生|不愿意|参加
    return (cut, clause) if clause - cut <= 14 else None


_NEXT_SHARE = regex(
    r"[、和及与](?:近|约|超|超过)?(?:\d[\d.]*(?:%|/\d+)|[一二三四五六七八九十]+分之[一二三四五六七八九十]+|[一二两三四五六七八九]成|半数)的?"
)
"""92%的小学教师达到专科学历|、81%的|初中教师…: what the next share is of."""
_ACTS = worded(r"(?:在[^，。；\d]{2,12}(?:{shares.lives})|{shares.acts})[^，。；\d]*", __file__)
"""小学生|82%|在公办学校就读: what a share of those named does."""
_TIED = worded(rf"(?<={CHINESE}{{2}})(?:{{shares.reaches}})(?=了?{CHINESE}{{0,6}}$)", __file__)
"""集团化办学|覆盖|了城区50%的|学校: what reaches those that a share is of."""
_SAID = worded(rf"{SAYS}|(?<={CHINESE}{{3}})了(?=[^解结断如然，。；]{{2}})", __file__)
"""And the 了 of what was done: 学校提供|了|课后服务."""
_LOCATED = worded("{shares.located}", __file__)


_MADE = worded("(?:{shares.made})(?:[为给作]|{shares.made_into})[^，。；、\\d]{2,12}", __file__)
"""土地收益的10%|计提为教育资金: what a share is made of what is told before."""
_SPENT = worded(r"(?:{shares.spent})[^，。；、\d]{2,10}", __file__)
"""县级支出七成以上|投向乡村学校."""
