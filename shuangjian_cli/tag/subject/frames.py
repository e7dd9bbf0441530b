"""Frames: what a text has said so far, from which a figure whose own words say too little goes on.

Each figure leaves a frame. So do the words that open a list without a figure of their own: a
school type at the head of an item (——小学。), a clause (在义务教育方面，), a line that ends with a
colon (各学段生均支出如下：), the topic of a paragraph or of its section.
"""

from __future__ import annotations

from shuangjian_cli.model import Sentence
from shuangjian_cli.tag.subject.phrase import Phrase, Span

MEASURES = frozenset(("%", "百分点", "倍", "‰", "∶1", "1∶", "分", None))
"""The units that measure and do not count."""
RATIOS = frozenset(("∶1", "1∶"))
PERSONS = frozenset(("人", "名", "人次", "位"))
BODIES = frozenset(("所", "家", "座", "处"))
FAR = 16
"""How many frames are kept: the work for a figure must not grow with its paragraph."""


def is_money(unit: str | None) -> bool:
    """Whether a unit is one of money, also for each of something: 元, 元/人."""
    return unit is not None and unit.partition("/")[0].endswith("元")


def is_amount(unit: str | None) -> bool:
    """Whether a unit measures how much there is, and does not count."""
    return unit is None or unit.partition("/")[0].endswith(("元", "米", "亩", "册", "台", "时"))


class Frame:
    """What a figure, or words without one, have named."""

    __slots__ = (
        "after",
        "at",
        "base",
        "bracket",
        "carrier",
        "clause",
        "clear",
        "end",
        "opens",
        "part",
        "per",
        "phrase",
        "role",
        "rule",
        "sentence",
        "source",
        "unit",
    )

    def __init__(
        self,
        phrase: Phrase,
        source: str = "figure",
        unit: str | None = None,
        role: str = "level",
        rule: str = "",
        at: int = -1,
        after: int = -1,
        end: int = -1,
        clause: int = -1,
        sentence: int = -1,
        bracket: int = -1,
        carrier: Phrase | None = (),
        base: Phrase = (),
        part: bool = False,
        opens: bool = False,
        per: bool = False,
        clear: bool = False,
    ) -> None:
        self.phrase = phrase
        self.source = source
        """What it comes from: figure, head, clause, topic, state, bracket, lead_in or section."""
        self.unit = unit
        self.role = role
        self.rule = rule
        self.at = at
        self.after = after
        """Where its figure begins, and where the words around that end."""
        self.end = end
        """Where its figure ends, its bound words included."""
        self.clause = clause
        self.sentence = sentence
        self.bracket = bracket
        """Where the parenthesis opens in which it stands; -1 outside any."""
        self.carrier = carrier
        """The school type or the bodies whose figures it and those after it are; None until
        `carriers.carrier_of` is asked."""
        self.base = base
        """Of a part: the whole that completes it."""
        self.part = part
        """Whether it is one of several: a part of a whole, or of a list of bodies."""
        self.opens = opens
        """Whether its carrier opened the item as what acts in it: 高中阶段|投入资金."""
        self.per = per
        """Whether it says no more than for each of what: 每生每月."""
        self.clear = clear

    @property
    def counts(self) -> bool:
        """Whether its figure is a count or an amount, not a share or a rate."""
        return self.unit not in MEASURES and self.role != "rank"

    @property
    def of_money(self) -> bool:
        """Whether it tells of money, or what share of some."""
        return self.rule == "subject.share_of" or (self.unit or "").endswith("元")


class Discourse:
    """The frames of one paragraph, the last at the end, and what stands over it."""

    __slots__ = (
        "bracket",
        "frames",
        "head",
        "lead_in",
        "opening",
    )

    def __init__(
        self,
        frames: list[Frame] | None = None,
        opening: Sentence | None = None,
        lead_in: Phrase = (),
        bracket: int = -1,
    ) -> None:
        self.frames: list[Frame] = [] if frames is None else frames
        self.opening = opening
        """The sentence that the paragraph begins with."""
        self.lead_in = lead_in
        """What a line above it, that ends with a colon, says of it."""
        self.bracket = bracket
        """Where a parenthesis opens that the sentences read so far have left open."""
        self.head: Span | None = None
        """The school type that is said to be spoken of until another is: 特殊教育：."""

    def add(self, frame: Frame) -> None:
        """Keep a frame, and let go of the one that is too far away."""
        self.frames.append(frame)
        if len(self.frames) > FAR:
            del self.frames[0]
