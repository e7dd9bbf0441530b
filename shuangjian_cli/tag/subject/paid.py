"""What is paid for each of something, where a scale says so: 交通补贴按每人每月|300元发放."""

from __future__ import annotations

import re

from shuangjian_cli.data import entries
from shuangjian_cli.patterns import worded
from shuangjian_cli.tag.subject.carriers import carrier_of
from shuangjian_cli.tag.subject.frames import BODIES
from shuangjian_cli.tag.subject.nouns import after_lead, noun_phrase, trim
from shuangjian_cli.tag.subject.phrase import Phrase, part, words_of
from shuangjian_cli.tag.subject.reading import Context, Reading, Slot

_SCALE = worded(
    r"(?:{paid.by})(?:[^，。；：、\d按]{0,8}?数)?(?P<per>每[^，。；：、\d按]{1,12}?)"
    r"(?:(?P<paid>{paid.paid})(?P<whom>[^，。；：、\d]{0,8}?))?(?:{paid.bounds})?$",
    __file__,
)
"""By what somebody is paid: 按|每班|5万元, 按在园人数|每生|补助|400元."""
_GIVES = worded("(?:的?标准)?(?:(?:{paid.gives}|分[档级类])了?)*", __file__)
_AMOUNT = worded("(?:{paid.amounts})$", __file__)
_NOT_TO = entries(__file__, "paid", "persons")
"""What an amount cannot be that is given: whom it is given to."""
_WHOM = worded("(?:{paid.to})(?=[^，。；：、]{2})", __file__)
_FOR = worded("(?:{paid.to})([^，。；：]{2,20})，", __file__)
"""对新开办的公办园|，: whom the clause before names."""


def paid_by_scale(context: Context, slot: Slot, final: Slot) -> Reading | None:
    """What an amount is that stands behind the words by which it is paid; None for other figures."""
    text, at = context.text, slot.figure.outer_start
    if not (slot.figure.unit or "").endswith("元") or text.find("每", slot.left, at) < 0:
        return None
    scale = _SCALE.search(text, slot.left, at)
    if scale is None:
        return None
    own = _named(context, slot.left, scale.start())
    per, paid = scale.span("per"), scale["paid"]
    if own and _AMOUNT.search(words_of(text, own)):
        return Reading.of((*own, per), "subject.per_unit")
    begin = final.figure.outer_end
    gives = _GIVES.match(text, begin, context.end)
    begin = gives.end() if gives else begin
    stop = context.clauses.end(begin, context.end)
    what: Phrase = ((begin, stop),) if _AMOUNT.search(text, begin, stop) else ()
    if not what and paid and not text.endswith(_NOT_TO, begin, stop):
        what = (scale.span("paid"),)
    if not what:
        return None
    whom = _whom(context, slot, scale) or own or _carried(context, slot)
    if whom and words_of(text, whom) in words_of(text, what):
        whom = ()
    return Reading.of((*whom, per, *what), "subject.per_unit")


def _named(context: Context, begin: int, stop: int) -> Phrase:
    """The noun before the scale."""
    w, text = context.words, context.text
    begin = after_lead(w, text, begin, stop)
    to = _WHOM.search(text, begin, stop)
    noun = noun_phrase(w, text, *trim(w, text, to.end() if to else begin, stop))
    return () if words_of(text, noun).endswith("财政") else noun


def _carried(context: Context, slot: Slot) -> Phrase:
    """普惠性民办园58所，按每生|600元|奖补: the one kind of bodies that the item counts."""
    text, begin = context.text, context.start
    begin = max(begin, text.rfind("；", begin, slot.clause))
    bodies = [frame for frame in context.said() if frame.unit in BODIES and frame.at > begin]
    if len(bodies) != 1:
        return ()
    w, phrase = context.words, bodies[0].phrase
    words = words_of(text, phrase)
    named = next((end for end in range(len(words), 2, -1) if w.body_end.search(words[:end])), 0)
    return carrier_of(w, text, bodies[0]) or part(phrase, 0, named)


def _whom(context: Context, slot: Slot, scale: re.Match[str]) -> Phrase:
    """Whom it is paid to, by the words between the scale and the figure or by the clause before."""
    if scale["whom"]:
        return (scale.span("whom"),)
    text, begin = context.text, context.start
    begin = max(begin, text.rfind("；", begin, slot.clause) + 1)
    told = _FOR.match(text, begin, slot.clause)
    return (told.span(1),) if told else ()
