"""The subject of a figure whose own words name nothing: what was told before, or the noun behind."""

from __future__ import annotations

from shuangjian_cli.patterns import worded
from shuangjian_cli.tag.subject.frames import MEASURES, PERSONS
from shuangjian_cli.tag.subject.gaps import Gap
from shuangjian_cli.tag.subject.nouns import after_lead, noun_phrase, strip_tail, trim
from shuangjian_cli.tag.subject.phrase import words_of
from shuangjian_cli.tag.subject.purpose import (
    bare_investment,
    handled,
    invested,
    paid_for,
    spent_on,
)
from shuangjian_cli.tag.subject.reading import Context, Reading, Slot
from shuangjian_cli.tag.subject.resolver import resolve
from shuangjian_cli.tag.subject.roles import Role
from shuangjian_cli.tag.subject.slots import STEP

_NAMED = worded(
    r"(?:，?(?:{common.in_turn})?[是为]：?|：|，分别[是为]?)[^。；]{2,40}?({elsewhere.names})(?=[、和，。；]|$)",
    __file__,
)
"""这6所|是：东坪柳林|幼儿园|、…: what those are whose names follow."""
_COME_FROM = worded(
    "([^，。；：、]{2,16}?)(?:{elsewhere.mainly})?(?:{elsewhere.come_from}|"
    r"分布[在于])[^，。；\d]{0,8}\d+[余多]?[个所家][^，。；\d]{1,8}，$",
    __file__,
)
"""留学生|来自20个国家，|共90人: who they are that come from so many places."""
_FISCAL = worded(r"(?:[省市县区]级?|{elsewhere.levels})?财政(?:{elsewhere.adverbs})*投入", __file__)
_TOTAL = worded(r"[现尚仅]存|{elsewhere.totals}|达$", __file__)


def elsewhere(context: Context, slot: Slot, role: Role, stop: int) -> Reading:
    """The subject of a figure whose own words, up to `stop`, name nothing."""
    w, text, figure = context.words, context.text, slot.figure
    if role.name == "level" and (paid := paid_for(context, slot)):
        return paid
    fiscal = _FISCAL.search(text, slot.left, stop)
    if fiscal:
        return Reading.of((fiscal.span(),), "subject.before")
    done = handled(context, slot, role, stop)
    if done is not None:
        return done
    spent = spent_on(context, slot) or invested(context, slot, stop)
    if spent is not None:
        return spent
    if figure.unit in PERSONS and role.name == "level":
        come = _COME_FROM.search(text, context.start, slot.clause)
        if come and words_of(text, own := (trim(w, text, *come.span(1)),)):
            return Reading.of(own, "subject.carried")
    total = role.name == "level" and _TOTAL.search(text, slot.left, figure.start)
    counts = figure.unit not in MEASURES and role.name != "rank"
    grown = role.name == "change" and figure.unit == "%"
    missing = "total" if total else "growth" if grown else "carried"
    made = resolve(context, slot, Gap(missing), counts)
    if made is not None:
        return bare_investment(context, slot, stop, made) or made
    named = _NAMED.match(text, figure.outer_end, context.end) if figure.unit == "所" else None
    if named:
        return Reading.of((named.span(1),), "subject.after")
    of = text.startswith("的", figure.outer_end)
    step = STEP.match(text, figure.outer_end, slot.right)
    following = (
        () if step else noun_phrase(w, text, *trim(w, text, figure.outer_end + of, slot.right))
    )
    if following:
        made = Reading.of(following, "subject.after")
    else:
        verb = after_lead(w, text, slot.left, stop), strip_tail(w, text, slot.left, stop)
        if verb[0] < verb[1]:
            made = Reading.of((verb,), "subject.verb")
            made.doubts.append("only a verb stands before the figure")
            return made
        over = context.discourse.lead_in
        made = Reading.of(over, "subject.earlier_clause" if over else "subject.none")
    made.doubts.append("no subject found before the figure")
    return made
