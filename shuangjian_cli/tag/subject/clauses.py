"""Clauses: where they begin and end, and which of their text belongs to which figure."""

from __future__ import annotations

from collections.abc import Sequence

from shuangjian_cli.patterns import regex
from shuangjian_cli.tag.quantity import Figure
from shuangjian_cli.tag.subject.reading import Slot

DISTRIBUTE = regex(r"分别|依次|分列|分居")
"""Gives each subject of a list its figure: A、B分别为x、y."""
_STOPS = "，；：。！？"
_MARKS = _STOPS + "、（）“”"
"""The characters that a clause can begin or end at, or that enclose others."""
_REACH = 400
"""How far a clause is looked for: the work for a figure must not grow with its line."""


def clause_start(text: str, start: int, at: int) -> int:
    """Where the clause of a position begins: after a stop, or an open parenthesis around it."""
    depth = quotes = 0
    start = max(start, at - _REACH)
    for i in range(at - 1, start - 1, -1):
        c = text[i]
        if c not in _MARKS:
            continue
        if c == "）":
            depth += 1
        elif c == "（":
            if depth == 0:
                return i + 1
            depth -= 1
        elif c == "”":
            quotes += 1
        elif c == "“" and quotes:
            quotes -= 1
        elif c in _STOPS and depth == 0 and quotes == 0:
            return i + 1
    return start


def clause_end(text: str, at: int, end: int, ignore: str = "") -> int:
    """Where the clause of a position ends: before a stop, 、 or a closing parenthesis."""
    depth = quotes = 0
    end = min(end, at + _REACH)
    for i in range(at, end):
        c = text[i]
        if c not in _MARKS:
            continue
        if c == "（":
            depth += 1
        elif c == "）":
            if depth == 0:
                return i
            depth -= 1
        elif c == "“":
            quotes += 1
        elif c == "”" and quotes:
            quotes -= 1
        elif depth == 0 and quotes == 0 and (c in _STOPS or (c == "、" and c not in ignore)):
            return i
    return end


_JOIN = regex(r"\s*(?:[、和与及]|以及)\s*(?:达|为|近|约)?")


def slots_of(text: str, start: int, end: int, figures: Sequence[Figure]) -> list[Slot]:
    """The text of each figure; those joined by 、 or 和 (15.9∶1、12.8∶1) make one list."""
    slots: list[Slot] = []
    for i, figure in enumerate(figures):
        floor = figures[i - 1].outer_end if i else start
        if i and _aside(text, start, figures[i - 1], figure):
            floor = slots[i - 1].left if i > 1 else start
        clause = clause_start(text, start, figure.outer_start)
        if (
            clause > start
            and text[clause - 1] == "："
            and not text[clause : figure.outer_start].strip()
        ):
            clause = clause_start(text, start, clause - 1)  # 小学、初中生师比：15.9∶1、12.8∶1
        ceiling = figures[i + 1].outer_start if i + 1 < len(figures) else end
        right = clause_end(text, figure.outer_end, ceiling)
        slots.append(Slot(figure, max(floor, clause), right, clause))
    for i in range(len(slots) - 1, 0, -1):
        one, two = slots[i - 1], slots[i]
        if not _JOIN.fullmatch(text, one.figure.outer_end, two.figure.outer_start):
            continue
        alike = one.figure.unit == two.figure.unit or {"个", "张", "名", "人"} >= {
            one.figure.unit,
            two.figure.unit,
        }
        alike = alike or bool(DISTRIBUTE.search(text, one.clause, one.figure.start))
        if alike and not (one.figure.claim or two.figure.claim):
            one.size = two.size + 1
    return slots


def _aside(text: str, start: int, one: Figure, other: Figure) -> bool:
    """Whether a figure stands in parentheses that close before another."""
    return (
        text.startswith("）", one.outer_end)
        and text.find("（", one.outer_end, other.outer_start) < 0
        and text.rfind("（", start, one.outer_start) > text.rfind("）", start, one.outer_start)
    )
