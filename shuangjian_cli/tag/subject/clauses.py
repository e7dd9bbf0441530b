"""Clauses: where they begin and end."""

from __future__ import annotations

from bisect import bisect_left

from shuangjian_cli.patterns import CLAUSE_STOPS, regex

_MARK = regex(f"[{CLAUSE_STOPS}、（）“”]")
"""The characters that a clause can begin or end at, or that enclose others."""
_HEADLINE = regex(r"(?<=[^\s]{4}) +(?=(?:[\u4e00-\u9fff“]|20\d\d年)[^\s]{3})")
"""Parts the clauses of a headline, which has no stops: 办学条件改善 学位增加3万个."""
_REACH = 400
"""How far a clause is looked for: the work for a figure must not grow with its line."""


class Clauses:
    """The clauses of a sentence: where they begin and end, from one look at its marks."""

    __slots__ = ("_brackets", "_marks", "_start", "_stops", "_text")

    def __init__(self, text: str, start: int, end: int, bracket: int = -1) -> None:
        self._text = text
        self._start = start
        self._marks = [mark.start() for mark in _MARK.finditer(text, start, end)]
        self._stops = {at for at in self._marks if text[at] in CLAUSE_STOPS}
        if " " in text[start:end] and all(text[at] == "：" or at == end - 1 for at in self._stops):
            self._stops.update(part.end() - 1 for part in _HEADLINE.finditer(text, start, end))
            self._marks = sorted({*self._marks, *self._stops})
        # Where the innermost open parenthesis changes, and which it is then.
        self._brackets = [(start, bracket)]
        if text.find("（", start, end) < 0 and text.find("）", start, end) < 0:
            return
        outer: list[int] = []
        for at in self._marks:
            if text[at] == "（":
                outer.append(self._brackets[-1][1])
                self._brackets.append((at, at))
            elif text[at] == "）":
                self._brackets.append((at, outer.pop() if outer else -1))

    def bracket(self, at: int) -> int:
        """Where the parenthesis opens that holds a position, in this sentence or before it; -1
        outside any."""
        brackets = self._brackets
        if len(brackets) == 1:
            return brackets[0][1]
        return (
            brackets[bisect_left(brackets, (at, -1)) - 1][1] if at > self._start else brackets[0][1]
        )

    def start(self, at: int) -> int:
        """Where the clause of a position begins: after a stop, or an open parenthesis around it."""
        text, marks = self._text, self._marks
        depth = quotes = 0
        start = max(self._start, at - _REACH)
        for k in range(bisect_left(marks, at) - 1, -1, -1):
            i = marks[k]
            if i < start:
                break
            c = text[i]
            if i in self._stops:
                if depth == 0 and quotes == 0:
                    return i + 1
            elif c == "）":
                depth += 1
            elif c == "（":
                if depth == 0:
                    return i + 1
                depth -= 1
            elif c == "”":
                quotes += 1
            elif c == "“":
                if quotes == 0:
                    return i + 1
                quotes -= 1
        return start

    def end(self, at: int, end: int, ignore: str = "") -> int:
        """Where the clause of a position ends: before a stop, 、 or a closing parenthesis."""
        text, marks = self._text, self._marks
        if at < end and at in self._stops:
            return at
        depth = quotes = 0
        end = min(end, at + _REACH)
        for k in range(bisect_left(marks, at), len(marks)):
            i = marks[k]
            if i >= end:
                break
            c = text[i]
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
            elif (
                depth == 0 and quotes == 0 and (i in self._stops or (c == "、" and c not in ignore))
            ):
                return i
        return end
