"""Roles: whether a figure is a level, a movement (with its trend) or a rank."""

from __future__ import annotations

import re

from shuangjian_cli.patterns import Found, regex, worded
from shuangjian_cli.tag.quantity import Figure
from shuangjian_cli.tag.subject.frames import MEASURES
from shuangjian_cli.tag.subject.nouns import trim
from shuangjian_cli.tag.subject.phrase import Span
from shuangjian_cli.tag.subject.reading import Slot
from shuangjian_cli.tag.subject.words import Words

GOAL = worded(r"的(?:{roles.goals})|(?:{roles.goals_of})?目标(?=[，。；])", __file__)
"""After a figure that is a benchmark: 高于省定90%的要求."""
_NUMBER_OF = regex("压减[^，。；]{2,}数")
"""压减机构数|310家: how many were shut, as a level."""
_SAID_OF = worded(
    "(?<=[增降涨升减跌长][幅速率])[均都]?(?:{roles.holds})?(?:达到?|约?为|在)$", __file__
)
_SAID_ENDS = frozenset("达到为在")
_LOOSE = "各了约近 "
"""Words of one character between a movement and its figure."""


class Role:
    """The role of a figure, by which rule and from which words.

    `stop` is where the words before the movement end, `before` these words, trimmed, where the rule
    has asked for them.
    """

    @property
    def adds(self) -> bool:
        """Whether the noun behind the figure tells what more there is: 增加|600个学位."""
        return self.name == "change" and self.stop == self.words[1]

    __slots__ = ("before", "name", "rule", "stop", "trend", "words")

    def __init__(
        self,
        name: str,
        trend: str | None,
        rule: str,
        words: Span,
        stop: int,
        before: Span | None = None,
    ) -> None:
        self.name = name
        self.trend = trend
        self.rule = rule
        self.words = words
        self.stop = stop
        self.before = before


def role_of(w: Words, text: str, slot: Slot) -> Role:
    """Level, change or rank: 达4.2万人, 增长4.2%, 居全省第4位."""
    figure = slot.figure
    at = figure.outer_start
    if figure.claim and "番" in text[figure.start : figure.end]:
        return Role("change", "up", "subject.doubled", (figure.start, figure.end), at)
    if (figure.unit == "位" and figure.implied) or figure.rule == "quantity.rank":
        return Role("rank", None, "subject.rank", (figure.start, figure.end), at)
    if figure.claim:
        return Role("level", None, "subject.level", (-1, -1), at)
    trimmed = text[slot.left : at].rstrip(_LOOSE)
    while trimmed.endswith("分别"):
        trimmed = trimmed[:-2].rstrip(_LOOSE)
    if trimmed[-1:] in _SAID_ENDS and (said := _SAID_OF.search(trimmed)):
        trimmed = trimmed[: said.start()]  # 增幅|达到
    change, gap = w.changes.search(trimmed), w.gap(trimmed)
    if change or gap:
        moved = _movement(w, text, slot, change, gap)
        if moved is not None:
            return moved
    before = begin, finish = trim(w, text, slot.left, at)
    moving = w.moving.match(text, begin, finish)
    if (
        moving
        and finish - moving.end() >= 2
        and not _NUMBER_OF.fullmatch(text, begin, finish)
        and not (_counts(figure) and w.raised.match(text, begin, finish))
    ):
        trend = "up" if moving["up"] else "down"
        return Role("change", trend, "subject.change", moving.span(), at, before)
    return Role("level", None, "subject.level", (-1, -1), at, before)


def _movement(
    w: Words, text: str, slot: Slot, change: Found | None, gap: re.Match[str] | None
) -> Role | None:
    """The role by the movement or the gap that the words before a figure end with."""
    figure = slot.figure
    # 高于省定90%的要求 tells the benchmark, not the distance to it; 超过全校学生的一半 a bound.
    limits = gap is not None and slot.left + gap.start() == figure.bound_at[0]
    of = text.startswith("的", figure.outer_start - 1) and figure.unit in MEASURES
    if limits or of or GOAL.match(text, figure.outer_end):
        gap = None
    if gap and change:
        of_rate = change.group().endswith(("速", "幅"))
        gap = gap if of_rate and gap.start() < change.start() else None
    verb = change.group() if change is not None else ""
    # 改善|320所农村学校; but 增加|320个学位
    shrinking = w.trends.get(verb) == "down" and not w.mends.match(verb)
    of_noun = not shrinking and _counts_a_noun(w, text, figure)
    if of_noun and verb != "增加":
        return None
    if gap:
        begin, finish = slot.left + gap.start(), slot.left + gap.end()
        return Role("change", "up" if gap["up"] else "down", "subject.gap", (begin, finish), begin)
    if change is None or text.endswith("高达", 0, figure.outer_start):
        return None
    trend, end = w.trends[change.group()], change.group()[-1]
    begin, finish = slot.left + change.start(), slot.left + change.end()
    if of_noun:
        return Role("change", trend, "subject.change", (begin, finish), finish)
    if trend is None and figure.unit == "百分点" and end in "高低":
        trend, begin = "up" if end == "高" else "down", finish - 1  # 比农村初中|高|5个百分点
    if trend is None:
        return None
    return Role("change", trend, "subject.change", (begin, finish), begin)


def _counts(figure: Figure) -> bool:
    """Whether a figure counts persons or things: 所, 名, not 元, 小时 or 个百分点."""
    return not (figure.unit is None or figure.unit in MEASURES or figure.unit.endswith("元"))


def _counts_a_noun(w: Words, text: str, figure: Figure) -> bool:
    """改善320所|学校办学条件: the verb before the figure is about the noun behind it."""
    if not _counts(figure):
        return False
    after = text[figure.outer_end : figure.outer_end + 1]
    return (
        "\u4e00" <= after <= "\u9fff"
        and after not in "的和与及，"
        and not (w.purpose.match(text, figure.outer_end))
    )
