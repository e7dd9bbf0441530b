"""Reads, for each figure of a sentence, what it measures and whether it moved.

A figure takes its subject, in this order: from the noun after it (45个科技场馆), from the words
before it (专项资金29.6亿元), from its place in a list (A、B分别为x、y), from the figure before it
(由312家压减至11家；同比增长6.1%). Subjects are spans of the folded text, so every one is made of
the text's own words.

Here stands only the order in which the rules are asked; the rules themselves stand in `roles`,
`lists`, `claims`, `after`, `before` and `earlier`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from shuangjian_cli.model import Rejected
from shuangjian_cli.patterns import regex
from shuangjian_cli.tag.quantity import Figure
from shuangjian_cli.tag.subject.after import subject_after
from shuangjian_cli.tag.subject.before import Own, subject_before
from shuangjian_cli.tag.subject.claims import claimed
from shuangjian_cli.tag.subject.clauses import Clauses
from shuangjian_cli.tag.subject.clear import is_clear, is_unfit
from shuangjian_cli.tag.subject.earlier import earlier_clause, subject_elsewhere
from shuangjian_cli.tag.subject.lists import listed
from shuangjian_cli.tag.subject.nouns import noun_phrase, strip_end, trim
from shuangjian_cli.tag.subject.phrase import words_of
from shuangjian_cli.tag.subject.reading import (
    MEASURES,
    Carried,
    Context,
    Reading,
    Slot,
    last_before,
    previous,
)
from shuangjian_cli.tag.subject.roles import Role, role_of
from shuangjian_cli.tag.subject.slots import slots_of
from shuangjian_cli.tag.subject.words import Words, words

_AGAINST = regex(
    r"(?<![生师率值对占量化相无同环])比(?![例重率值拼赛武照对较])|较(?=[^少多高低大小为])|(?<=[，、])跟|^跟"
)
"""Before what a movement is measured against: 近视率比全国平均水平低…."""
_RANKED = regex(
    r"(?:稳|位|跃|高)?居(?!民|住|家)[^，。；]{0,10}$|(?:位列|名列|列|排名|排在|排|跻身|进入|迈入|跃升至|升至|保持)(?!入)[^，。；的率数]{0,10}$"
)
"""From the verb of a rank on: 优良率|稳居全省."""


class Subjects:
    """The rules of subjects over a vocabulary."""

    def __init__(self) -> None:
        self.words: Words = words()

    def read(
        self, text: str, start: int, end: int, figures: Sequence[Figure], carried: Carried
    ) -> list[Reading]:
        """One reading for each figure of text[start:end], in order."""
        clauses = Clauses(text, start, end)
        slots = slots_of(text, start, end, clauses, figures)
        readings: list[Reading] = []
        context = Context(self.words, text, start, end, clauses, readings, carried)
        at = 0
        while at < len(slots):
            size = slots[at].size
            if size == 1:
                readings.append(_read(context, slots[at]))
            else:
                readings += _read_list(context, slots[at : at + size])
            at += size
        for reading in readings:
            if reading.phrase:
                carried.last = reading
                if reading.unit not in MEASURES:
                    carried.counted = reading
        return readings


def _read(context: Context, slot: Slot) -> Reading:
    """The reading of one figure."""
    role = role_of(context.words, context.text, slot)
    reading = _one(context, slot, slot, role)
    _complete(context, (slot,), slot, role, reading)
    return reading


def _read_list(context: Context, slots: Sequence[Slot]) -> list[Reading]:
    """The readings of figures joined by 、 or 和: of a list of subjects, or of one that they share."""
    first = slots[0]
    role = role_of(context.words, context.text, first)
    many = listed(context, first, role.stop)
    if many is not None:
        among = context.text.startswith("其中", first.clause)
        part_of = last_before(context, first) if among else None
        whole = part_of.phrase if part_of is not None else ()
        phrases, rule, used = many
        readings = [Reading("", None, phrase, rule, "", used, whole=whole) for phrase in phrases]
    else:
        one = _one(context, first, slots[-1], role)
        doubts = [*one.doubts, "a list of figures without a list of subjects"]
        readings = [replace(one, doubts=[*doubts], rejected=[*one.rejected]) for _ in slots]
    for slot, reading in zip(slots, readings, strict=True):
        _complete(context, slots, slot, role, reading)
    return readings


def _complete(
    context: Context, slots: Sequence[Slot], slot: Slot, role: Role, reading: Reading
) -> None:
    """Give the reading of one of `slots` its role and its place, and tell how sure it is."""
    text, figure = context.text, slot.figure
    reading.role, reading.trend = role.name, role.trend
    reading.role_rule, reading.role_words = role.rule, role.words
    if figure.unit == "位" and figure.rule == "quantity.rank":
        reading.role, reading.trend = "rank", None
    reading.unit = figure.unit
    reading.at, reading.after, reading.clause = figure.start, slot.right, slot.clause
    reading.aside = text[slot.clause - 1 : slot.clause] == "（"
    content = words_of(text, reading.phrase)
    if role.name != "rank" and is_unfit(figure, content):
        reading.doubts.append("the unit does not fit the subject")
    reading.clear = not reading.doubts and is_clear(context, slots, reading, content)


def _one(context: Context, slot: Slot, final: Slot, role: Role) -> Reading:
    """What a figure measures, or each of a list of figures that ends with `final`."""
    w, text = context.words, context.text
    figure = slot.figure
    before = role.before
    if slot.left > slot.clause and text.startswith("的", slot.left):
        slot.left, before = slot.clause, None
    known = previous(context, slot)
    if figure.claim and role.name != "rank":
        phrase = claimed(w, text, slot)
        if phrase:
            return Reading.of(phrase, "subject.claimed")
    stop = role.stop
    against = _AGAINST.search(text, slot.left, stop) if role.name == "change" else None
    if against:
        stop, before = against.start(), None
    begin, finish = before or trim(w, text, slot.left, stop)
    if role.name == "rank":
        verb = _RANKED.search(text, begin, finish)
        finish = strip_end(text, begin, verb.start() if verb else finish, w.rank)
        begin, finish = trim(w, text, begin, finish)
    own = named = noun_phrase(w, text, begin, finish)
    inner = slot.left > slot.clause
    if inner and text[figure.outer_start - 1] in "、和及与":
        own = ()  # the noun of the figure before, in a list
    among = text.startswith("其中", slot.clause) or (inner and text.startswith("其中", slot.left))
    # Most figures have their words before them and nothing behind.
    behind = final.right > final.figure.outer_end
    if (behind or not own) and role.name == "level" and not figure.claim:
        after = subject_after(context, slot, final, own, among, known)
        if after is not None:
            after.opposed = bool(named)
            if own and after.rule in ("subject.after", "subject.around"):
                content = words_of(text, own)
                after.rejected = [Rejected(content, "the noun after the figure is nearer")]
                if content in ("惠及", "覆盖", "受益") and w.only_verbs(text, begin, finish):
                    after = _with_earlier(context, slot, after)
            return after
    if own:
        content, outer = words_of(text, own), (begin, finish)
        return subject_before(Own(context, slot, role.name, own, content, among, known, outer))
    return subject_elsewhere(context, slot, role.name, stop, known)


def _with_earlier(context: Context, slot: Slot, after: Reading) -> Reading:
    """开展课后服务，惠及|12万名学生: the noun after with what the clause before is about."""
    earlier = earlier_clause(context, slot)
    if earlier is None:
        return after
    made = Reading.of((earlier, *after.phrase), "subject.earlier_clause")
    made.rejected = after.rejected
    return made
