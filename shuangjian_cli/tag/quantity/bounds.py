"""Words around a figure that limit it or make it round."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from shuangjian_cli.data import entries
from shuangjian_cli.patterns import Endings, WordList, either, regex, worded
from shuangjian_cli.tag.quantity.figure import Figure

_ABOUT_SHARE = regex("(约)占$")
_AT_LEAST = worded(r"({near.far})[^，。；、：\d]{1,5}$", __file__)
_CLOSED = regex(r"[，。；、！？）\n]|$")
"""收费2元|起，: what must follow that word."""
_REACH = 7
_SHARES = frozenset(("quantity.half", "quantity.fraction", "quantity.tenths"))
"""The rules of shares in words, which may follow their whole."""

LIMITS = entries(__file__, "near", "limits")
"""作业控制在|40分钟|内: a level that has a bound, and no reach."""


class Bounds:
    """The bound words of the vocabulary."""

    def __init__(self, words: dict[str, Any]) -> None:
        before = [(w, b) for b, ws in words["before"].items() for w in ws.split()]
        self._before = {w: b for w, b in before}
        self._before_words = Endings(self._before)
        self._before_tails = frozenset("了").union(w[-1] for w in self._before)
        self._remote = regex(
            rf"(?:(?<![^，；、。！？：\n])(?:已|[^，；、\d]{{0,4}}合计)?|(?=不[低高少多超大小]))"
            rf"({either(self._before)})(?:占)?[^，；、\d]{{2,20}}的$"
        )
        self._of = regex(
            rf"({either(words['of']['words'].split())})(?![^，；、]*\d)[^，。；：、]{{2,20}}$"
        )
        after = [(w, b) for b, ws in words["after"].items() for w in ws.split()]
        self._after = {w: b for w, b in after}
        self._after_words = WordList(self._after)
        self._none = frozenset(words["none"]["words"].split())

    def any_before(self, text: str, start: int, at: int) -> bool:
        """Whether a bound word stands right before a numeral."""
        return self._found_before(text, start, at)[0] is not None

    def count_before(self, text: str, start: int, at: int) -> bool:
        """Whether a bound word, or 上 as in 上百所, makes a number of a bare magnitude."""
        if text[at - 1 : at] == "上" and text[at - 2 : at - 1] not in "迈站登":
            return True
        return self.any_before(text, start, at)

    def figure(
        self,
        text: str,
        start: int,
        at: int,
        stop: int,
        value: Decimal,
        top: Decimal | None,
        unit: str | None,
        more: str | bool | None,
        rule: str,
    ) -> Figure:
        """The figure text[at:stop] of a sentence that begins at `start`, with its bound."""
        before, outer_start = self._found_before(text, start, at)
        last = text[at - 1 : at]
        if (
            last == "上"
            and text[at : at + 1] in tuple("百千万亿")
            and text[at - 2 : at - 1] not in "迈站登跨"
        ):
            before, outer_start = ">=", at - 1
        remote = None
        if before is None:
            if last == "占":
                remote = _ABOUT_SHARE.search(text, max(start, at - 2), at)
            elif last == "的":
                remote = self._remote.search(text, max(start, at - 28), at)
            if remote is None and text.find("至", max(start, at - _REACH), at) >= 0:
                remote = _AT_LEAST.search(text, max(start, at - _REACH), at)
            if remote is not None:
                before = self._before[remote[1]]
        if before is not None:
            again, earlier = self._found_before(text, start, outer_start)
            if again is not None:
                before, outer_start = _stronger(before, again), earlier
        if before is None and rule in _SHARES:
            remote = self._of.search(text, max(start, at - 26), at)
            if remote is not None:
                before = self._before[remote[1]]
        bound = ("~" if more == "来" else ">") if more else "="
        bound_at, outer_end = (-1, -1), stop
        blank = text.startswith(" ", stop)
        after = self._after_words.match(text, stop + blank)
        if after is not None:
            word, bound_at, outer_end = self._after[after.group()], after.span(), after.end()
            bound = word if bound == "=" else _stronger(bound, word)
        elif text.startswith("内", stop) and text.endswith(LIMITS, start, at):
            bound, bound_at, outer_end = "<=", (stop, stop + 1), stop + 1
        elif text.startswith("起", stop) and unit and _CLOSED.match(text, stop + 1):
            bound, bound_at, outer_end = ">=", (stop, stop + 1), stop + 1
        if before is not None:
            bound = before if bound == "=" else _stronger(bound, before)
            if bound == before or after is None:
                bound_at = remote.span(1) if remote else (outer_start, at)
        return Figure(
            at, stop, value, top, unit, bound, outer_start, outer_end, rule, False, bound_at
        )

    def _found_before(self, text: str, start: int, at: int) -> tuple[str | None, int]:
        if text[at - 1 : at] not in self._before_tails:
            return None, at
        low, end = max(start, at - _REACH), at
        while end > low and text[end - 1] == "了":
            end -= 1
        found = self._before_words.search(text, low, end)
        if found is None:
            return None, at
        word, begin = found.group(), found.start()
        if word in self._none or (
            text[begin - 1] in ("附邻靠临" if word == "近" else "签预履" if word == "约" else "\n")
        ):
            return None, at
        return self._before[word], begin


def _stronger(one: str, other: str) -> str:
    """Of two cues, the one that limits: 约…以上 is >=, 超过…左右 is >."""
    return other if one == "~" else one
