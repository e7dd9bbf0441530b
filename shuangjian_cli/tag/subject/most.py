"""Superlatives: 增长最快的是甲市（12%） tells by how much moved, for a place, what was told before, and
招生人数居前的有甲县（900人）、乙县（800人） what is told of each."""

from __future__ import annotations

from shuangjian_cli.patterns import worded
from shuangjian_cli.tag.subject.gaps import Gap
from shuangjian_cli.tag.subject.nouns import trim
from shuangjian_cli.tag.subject.reading import Context, Reading, Slot
from shuangjian_cli.tag.subject.resolver import resolve
from shuangjian_cli.tag.subject.roles import Role

_MOST = worded(
    r"(?P<of>[^，。；：（）、\d]{0,12}?)(?P<moved>(?P<up>{most.rises})|{most.falls})"
    r"最(?:为)?(?:快|多|高|大|低|少|小|慢|明显)的?(?:{most.places})+[^，。；（）\d]{2,12}$",
    __file__,
)


def moved_most(context: Context, slot: Slot, role: Role) -> Reading | None:
    """The reading of a figure by which a place moved most; `role` becomes a movement. None for others."""
    text, figure = context.text, slot.figure
    if figure.unit not in ("%", "百分点") or role.name == "rank":
        return None
    end = slot.bracket if text[figure.outer_start - 1] == "（" else figure.outer_start
    clause = context.clauses.start(end)
    match = _MOST.match(text, clause, end) if text.find("最", clause, end) > 0 else None
    if match is None:
        return None
    of = (match.span("of"),) if match["of"] else ()
    made = resolve(context, slot, Gap("kind", of), False) if of else None
    made = made or resolve(context, slot, Gap("most"), False)
    if made is not None:
        role.name, role.trend = "change", "up" if match["up"] else "down"
        role.rule, role.words = "subject.change", match.span("moved")
    return made


_FOREMOST = worded(
    r"(?P<of>[^，。；：（）、\d]{2,16}?)(?:最(?:高|低|多|少|大|小|好|长|短)|(?:{most.ranks})[^，。；（）]{0,6}?"
    "(?:前列?|首|第)[^，。；（）]{0,4}|(?:{most.ranks})[一二三四五六七八九十、至]+[名位])的(?:[前后]?[一二三四五六七八九十两][个位名家所]?)?(?:{most.ranked}|[省市县区镇乡])?(?:{common.in_turn})*"
    "(?:[是有为]|包括)(?=[^，。；]{2})",
    __file__,
)
_NEXT = worded(
    "(?:最[高低多少]|(?:{most.ranks})第?[一二三四五六七八九十、至]+[名位]?)的(?:[前后]?[一二三四五六七八九十两][个位名家所]?)?"
    "(?:{most.ranked})?(?:{common.in_turn})*(?:[是有为]|包括)(?=[^，。；]{2})",
    __file__,
)
"""Before those who come next, where a sentence told who comes first: 排二、三名的是|甲校（12%）."""
_BODY = worded("(?:{most.bodies}|[一二三四五六七八九十]中)(?:（[^（）]{1,8}）)?$", __file__)
"""How a school's name ends; a place is told as the area of its figure."""
_JOINS = "、和与及"
_SIGNS = "最居列位排"
"""Without one of these nothing is ranked."""
_AMOUNT = worded("(?:{most.amounts})?[为是达约]*$", __file__)
"""比例为|12%, behind the clause that tells of whom."""


def ranked(context: Context, slot: Slot) -> Reading | None:
    """The reading of a figure that stands behind the name of one that comes first or next; None for
    others."""
    text, figure = context.text, slot.figure
    end = slot.bracket if text[figure.outer_start - 1] == "（" else figure.outer_start
    if text.find("的", context.start + 2, end) < 0 or not any(
        text.find(sign, context.start, end) >= 0 for sign in _SIGNS
    ):
        return None
    clause = context.clauses.start(end)
    match = _FOREMOST.match(text, clause, end) or _NEXT.match(text, clause, end)
    if match is None and clause > context.start and _AMOUNT.fullmatch(text, clause, end):
        end = clause - 1
        match = _FOREMOST.match(text, context.clauses.start(end), end)
    if match is None:
        return None
    told = match if "of" in match.re.groupindex else None
    for each in _FOREMOST.finditer(text, context.start, match.start()) if told is None else ():
        told = each
    of = trim(context.words, text, *told.span("of")) if told is not None else (0, 0)
    if of[1] - of[0] < 2:
        return None
    begin = max(match.end(), *(text.rfind(mark, match.end(), end) + 1 for mark in "）、"))
    begin += text[begin] in _JOINS
    named = _BODY.search(text, begin, end) is not None
    return Reading.of(((begin, end), of) if named else (of,), "subject.before")
