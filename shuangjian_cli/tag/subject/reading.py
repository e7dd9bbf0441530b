"""What travels between the rules of subjects: a figure's text, its surroundings, its reading."""

from __future__ import annotations

from collections.abc import Sequence
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


class Reading:
    """What one figure measures: role, trend, subject, the rule that found it, the words it used.

    `doubts` are reasons to check the record; `passed` the candidates passed over.
    """

    __slots__ = (
        "base",
        "carrier",
        "clear",
        "contest",
        "doubts",
        "head",
        "opposed",
        "part",
        "passed",
        "phrase",
        "role",
        "role_rule",
        "role_words",
        "rule",
        "trend",
        "until",
        "words",
    )

    def __init__(
        self,
        role: str,
        trend: str | None,
        phrase: Phrase,
        rule: str,
        role_rule: str,
        words: Span,
        role_words: Span = (-1, -1),
        base: Phrase = (),
        carrier: Phrase = (),
        part: bool = False,
        opposed: bool = False,
        until: int = -1,
        clear: bool = False,
        doubts: list[str] | None = None,
        passed: list[Rejected] | None = None,
        contest: Lost | None = None,
        head: Span | None = None,
    ) -> None:
        self.role = role
        self.trend = trend
        self.phrase = phrase
        self.rule = rule
        self.role_rule = role_rule
        self.words = words
        self.role_words = role_words
        self.base = base
        """Of a part (其中…): what it is a part of."""
        self.carrier = carrier
        """The school type or the bodies that its words were completed with."""
        self.part = part
        """Whether the figure is a part of one before it."""
        self.opposed = opposed
        """Of a noun after the figure: whether words before the figure name something too."""
        self.until = until
        """Of a noun after its figure: where it ends, and the words of the next figure may begin."""
        self.clear = clear
        """Whether the words around the figure allow one reading only."""
        self.doubts: list[str] = [] if doubts is None else doubts
        self.passed: list[Rejected] = [] if passed is None else passed
        self.contest = contest
        """The frames that competed, where the resolver chose one."""
        self.head = head
        """The school type that its item opens with, whose it is where its words say no other."""

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


class Slot:
    """A figure with the text that belongs to it."""

    __slots__ = (
        "bracket",
        "clause",
        "figure",
        "left",
        "moved",
        "part",
        "right",
        "size",
    )

    def __init__(
        self,
        figure: Figure,
        left: int,
        right: int,
        clause: int,
        bracket: int = -1,
        part: bool = False,
        moved: bool = False,
        size: int = 1,
    ) -> None:
        self.figure = figure
        self.left = left
        """Where the words before it begin: after the last figure or stop."""
        self.right = right
        """Where the words after it end: before the next figure or stop."""
        self.clause = clause
        """Where its clause begins."""
        self.bracket = bracket
        """Where the parenthesis opens in which it stands; -1 outside any."""
        self.part = part
        """Whether it is a part of what was counted before: behind 其中."""
        self.moved = moved
        """Whether it is where a movement ends that the figure before begins: 由12所归并为|5所."""
        self.size = size
        """How many figures, joined by 、 or 和, begin with it."""


class Context:
    """Where a figure is read: the sentence text[start:end] and what was read before."""

    __slots__ = ("clauses", "discourse", "end", "heads", "start", "text", "words")

    def __init__(
        self,
        words: Words,
        text: str,
        start: int,
        end: int,
        clauses: Clauses,
        discourse: Discourse,
        heads: Sequence[tuple[int, Span | None]] = (),
    ) -> None:
        self.words = words
        self.text = text
        self.start = start
        self.end = end
        self.clauses = clauses
        self.discourse = discourse
        self.heads = heads
        """The items of the sentence, each with the school type that opens it or one before."""

    def head(self, at: int) -> Span | None:
        """The school type that holds at a position, since an item opened with it."""
        for begin, head in reversed(self.heads):
            if begin <= at:
                return head
        return None

    def last(self) -> Frame | None:
        """The frame of the sentence's figure before, or None."""
        frames = self.discourse.frames
        return frames[-1] if frames and frames[-1].sentence == self.start else None

    def said(self) -> list[Frame]:
        """The frames of the sentence's earlier figures, in order."""
        return [f for f in self.discourse.frames if f.sentence == self.start and f.phrase]
