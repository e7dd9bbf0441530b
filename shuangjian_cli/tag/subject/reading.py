"""What travels between the rules of subjects: a figure's text, its surroundings, its reading."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from shuangjian_cli.model import Rejected
from shuangjian_cli.tag.quantity import Figure
from shuangjian_cli.tag.subject.clauses import Clauses
from shuangjian_cli.tag.subject.frames import Discourse, Frame
from shuangjian_cli.tag.subject.phrase import Phrase, Span
from shuangjian_cli.tag.subject.words import Words


class Lost(Protocol):
    """A contest of which the candidates that lost can be told."""

    def lost(self) -> list[Rejected]: ...


@dataclass(slots=True, eq=False)
class Reading:
    """What one figure measures: role, trend, subject, the rule that found it, the words it used.

    `doubts` are reasons to check the record; `passed` the candidates passed over.
    """

    role: str
    trend: str | None
    phrase: Phrase
    rule: str
    role_rule: str
    words: Span
    role_words: Span = (-1, -1)
    base: Phrase = ()
    """Of a part (其中…): what it is a part of."""
    carrier: Phrase = ()
    """The school type or the bodies that its words were completed with."""
    part: bool = False
    """Whether the figure is a part of one before it."""
    opposed: bool = False
    """Of a noun after the figure: whether words before the figure name something too."""
    until: int = -1
    """Of a noun after its figure: where it ends, and the words of the next figure may begin."""
    clear: bool = False
    """Whether the words around the figure allow one reading only."""
    doubts: list[str] = field(default_factory=list)
    passed: list[Rejected] = field(default_factory=list)
    contest: Lost | None = None
    """The frames that competed, where the resolver chose one."""

    @property
    def rejected(self) -> list[Rejected]:
        """The candidates passed over, each with the reason."""
        return [*self.passed, *(self.contest.lost() if self.contest else ())]

    @classmethod
    def of(cls, phrase: Phrase, rule: str) -> Reading:
        """A reading that rests on the words of its phrase; its role and its place are still to come."""
        used = (phrase[0][0], phrase[-1][1]) if phrase else (-1, -1)
        if phrase and used[0] >= used[1]:
            used = phrase[-1]
        return cls("", None, phrase, rule, "", used)


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
    bracket: int = -1
    """Where the parenthesis opens in which it stands; -1 outside any."""
    part: bool = False
    """Whether it is a part of what was counted before: behind 其中."""
    moved: bool = False
    """Whether it is where a movement ends that the figure before begins: 由12所归并为|5所."""
    size: int = 1
    """How many figures, joined by 、 or 和, begin with it."""


class Context:
    """Where a figure is read: the sentence text[start:end] and what was read before."""

    __slots__ = ("clauses", "discourse", "end", "start", "text", "words")

    def __init__(
        self,
        words: Words,
        text: str,
        start: int,
        end: int,
        clauses: Clauses,
        discourse: Discourse,
    ) -> None:
        self.words = words
        self.text = text
        self.start = start
        self.end = end
        self.clauses = clauses
        self.discourse = discourse

    def last(self) -> Frame | None:
        """The frame of the sentence's figure before, or None."""
        frames = self.discourse.frames
        return frames[-1] if frames and frames[-1].sentence == self.start else None

    def said(self) -> list[Frame]:
        """The frames of the sentence's earlier figures, in order."""
        return [f for f in self.discourse.frames if f.sentence == self.start and f.phrase]
