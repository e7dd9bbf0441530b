"""Frames: what a text has said so far, from which a figure whose own words say too little goes on.

Each figure leaves a frame. So do the words that open a list without a figure of their own: a
school type at the head of an item (——小学。), a clause (在义务教育方面，), a line that ends with a
colon (各学段生均支出如下：), the topic of a paragraph or of its section.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from shuangjian_cli.model import Sentence
from shuangjian_cli.tag.subject.phrase import Phrase

MEASURES = frozenset(("%", "百分点", "倍", "‰", "∶1", "1∶", "分", None))
"""The units that measure and do not count."""
RATIOS = frozenset(("∶1", "1∶"))
FAR = 16
"""How many frames are kept: the work for a figure must not grow with its paragraph."""


@dataclass(slots=True, eq=False)
class Frame:
    """What a figure, or words without one, have named."""

    phrase: Phrase
    source: str = "figure"
    """What it comes from: figure, head, clause, topic, state, bracket, lead_in or section."""
    unit: str | None = None
    role: str = "level"
    rule: str = ""
    at: int = -1
    after: int = -1
    """Where its figure begins, and where the words around that end."""
    end: int = -1
    """Where its figure ends, its bound words included."""
    clause: int = -1
    sentence: int = -1
    bracket: int = -1
    """Where the parenthesis opens in which it stands; -1 outside any."""
    carrier: Phrase | None = ()
    """The school type or the bodies whose figures it and those after it are; None until
    `carriers.carrier_of` is asked."""
    base: Phrase = ()
    """Of a part: the whole that completes it."""
    part: bool = False
    """Whether it is one of several: a part of a whole, or of a list of bodies."""
    opens: bool = False
    """Whether its carrier opened the item as what acts in it: 高中阶段|投入资金."""
    per: bool = False
    """Whether it says no more than for each of what: 每生每月."""
    clear: bool = False

    @property
    def counts(self) -> bool:
        """Whether its figure is a count or an amount, not a share or a rate."""
        return self.unit not in MEASURES and self.role != "rank"

    @property
    def of_money(self) -> bool:
        """Whether it tells of money, or what share of some."""
        return self.rule == "subject.share_of" or (self.unit or "").endswith("元")


@dataclass(slots=True, eq=False)
class Discourse:
    """The frames of one paragraph, the last at the end, and what stands over it."""

    frames: list[Frame] = field(default_factory=list)
    opening: Sentence | None = None
    """The sentence that the paragraph begins with."""
    lead_in: Phrase = ()
    """What a line above it, that ends with a colon, says of it."""
    bracket: int = -1
    """Where a parenthesis opens that the sentences read so far have left open."""

    def add(self, frame: Frame) -> None:
        """Keep a frame, and let go of the one that is too far away."""
        self.frames.append(frame)
        if len(self.frames) > FAR:
            del self.frames[0]
