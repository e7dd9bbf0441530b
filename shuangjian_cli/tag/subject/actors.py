"""Actors: bodies that did what is counted, whose names are no part of what is: 县教育局|排查校舍."""

from __future__ import annotations

import re
from functools import cache

from shuangjian_cli.data import load
from shuangjian_cli.patterns import one_of, worded
from shuangjian_cli.tag.attributes.stage import stage
from shuangjian_cli.tag.subject.words import Words

_ACTING = worded(
    r"[^，。；、]{1,8}(?:{nouns.offices}|[局厅委院队组办])"
    r"(?:(?:[已共]|{nouns.adverbs})+(?:(?:{nouns.receives})(?=.{2}))?|[收接]到(?:关于)?(?!的)(?=.{2})|(?=(?:投[资入]|{nouns.pays})$))",
    __file__,
)
_ACTED = one_of("已共累先陆投安拨下筹支")  # one of these stands behind the body
_PAID_ENDS = ("支出", "接", "收", "到", "听")
_PAYER = worded(
    "[本该我]?(?:{actors.payers}|[校园])(?=[^，。；、]{0,4}(?:{actors.pays})$)", __file__
)
"""学校|今年投入|45万元改造操场: who paid, where only the verb is left."""
_LEAST = 4
"""How much there is at least behind a body that did something: a verb and its object."""


_OFFICES = worded(
    r"(?:[^，。；、：的\d]{0,12}?(?:{actors.offices})、)*[^，。；、：的\d]{0,12}?(?:{actors.offices})"
    "(?<!{actors.unless})(?!{actors.not_before})",
    __file__,
)
"""Bodies that only act, and have nothing that is counted."""
_INSTITUTIONS = worded(
    r"[^，。；、：的\d]{0,12}?(?:{actors.institutions})+(?!{actors.not_before})", __file__
)
"""Bodies that may also be those whose things are counted: 县图书馆|藏书."""
_ACTS = worded("{actors.acts}", __file__)


@cache
def _ends() -> re.Pattern[str]:
    """The last characters of all bodies."""
    table = load(__file__)["actors"]
    return one_of({word[-1] for key in ("offices", "institutions") for word in table[key].split()})


def behind_actor(w: Words, text: str, begin: int, finish: int) -> int:
    """Where the words begin that say what was done, behind the body that did it (县教育局、财政局|
    下发通知); `begin` where they do not begin with one."""
    if _ACTED.search(text, begin, finish) and (acting := _ACTING.match(text, begin, finish)):
        end = acting.end()
        if (
            w.verb.match(text, end, finish)
            or finish - end == 2
            or acting.group().endswith(_PAID_ENDS)
        ):
            return end  # 教育部门累计|检查机构
    if (payer := _PAYER.match(text, begin, finish)) is not None:
        return payer.end()
    if not _ends().search(text, begin, finish - _LEAST):
        return begin
    office = _OFFICES.match(text, begin, finish)
    if office and finish - office.end() >= _LEAST:
        begin = office.end()
    found = _INSTITUTIONS.match(text, begin, finish)
    if found is None or finish - found.end() < _LEAST or stage(found.group())[0] is not None:
        return begin
    at = found.end()
    acts = any(verb.match(text, at, finish) for verb in (w.verb, w.strong, _ACTS))
    return at if acts else begin
