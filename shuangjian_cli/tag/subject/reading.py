"""What travels between the rules of subjects: a figure's text, its surroundings, its reading."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice
from typing import NamedTuple

from shuangjian_cli.model import Rejected
from shuangjian_cli.tag.quantity import Figure
from shuangjian_cli.tag.subject.clauses import Clauses
from shuangjian_cli.tag.subject.phrase import Phrase, Span
from shuangjian_cli.tag.subject.words import Words

MEASURES = frozenset(("%", "百分点", "倍", "‰", "∶1", "1∶", "分", None))
"""The units that measure and do not count."""
NEAR = 40
"""How many of the readings before a figure are looked at."""


@dataclass(slots=True, eq=False)
class Reading:
    """What one figure measures: role, trend, subject, the rule that found it, the words it used.

    `doubts` are reasons to check the record; `rejected` the candidates passed over.
    """

    role: str
    trend: str | None
    phrase: Phrase
    rule: str
    role_rule: str
    words: Span
    role_words: Span = (-1, -1)
    unit: str | None = None
    at: int = -1
    after: int = -1
    """Where its figure begins, and where the words around it end."""
    clause: int = -1
    aside: bool = False
    """Whether its figure stands in parentheses."""
    whole: Phrase = ()
    """Of a part (其中…): what it is a part of."""
    opposed: bool = False
    """Of a noun after the figure: whether words before the figure name something too."""
    clear: bool = False
    """Whether the words around the figure allow one reading only."""
    doubts: list[str] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)

    @classmethod
    def of(cls, phrase: Phrase, rule: str) -> Reading:
        """A reading that rests on the words of its phrase; its role and its place are still to come."""
        used = (phrase[0][0], phrase[-1][1]) if phrase else (-1, -1)
        if phrase and used[0] >= used[1]:
            used = phrase[-1]
        return cls("", None, phrase, rule, "", used)


@dataclass(slots=True, eq=False)
class Carried:
    """What a paragraph carries from sentence to sentence: the last reading and the topic."""

    last: Reading | None = None
    counted: Reading | None = None
    """The last reading of a count or an amount, not of a share or a movement."""
    topic: Span | None = None


@dataclass(slots=True, eq=False)
class Slot:
    """A figure with the text that belongs to it."""

    figure: Figure
    left: int
    """Where the words before it begin: after the last figure or stop."""
    right: int
    """Where the words after it end: before the next figure or stop."""
    clause: int
    """Where its clause begins."""
    size: int = 1
    """How many figures, joined by 、 or 和, begin with it."""


class Context(NamedTuple):
    """Where a figure is read: the sentence text[start:end] and what was read before."""

    words: Words
    text: str
    start: int
    end: int
    clauses: Clauses
    before: list[Reading]
    """The readings of the sentence's earlier figures, in order."""
    carried: Carried


def last_before(context: Context, slot: Slot) -> Reading | None:
    """The last reading of the sentence that a figure can go on from; an aside does not count."""
    for reading in islice(reversed(context.before), NEAR):
        share = reading.rule == "subject.share_of" and slot.figure.unit not in MEASURES
        if reading.phrase and not share and (not reading.aside or reading.clause == slot.clause):
            return reading
    return None


def previous(context: Context, slot: Slot) -> Reading | None:
    """The reading that a figure without a subject goes on from, in this sentence or before it."""
    found = last_before(context, slot) if context.before else None
    if found is not None:
        return found
    carried = context.carried
    last = carried.last
    if last is not None and last.unit in MEASURES and slot.figure.unit not in MEASURES:
        last = carried.counted or last
    if last is not None and last.whole:
        return replace(last, phrase=last.whole)
    return last
