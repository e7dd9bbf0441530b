"""Finds the figures of a sentence.

A candidate is a numeral (Arabic, Chinese, 成, 分之, 第, 前) or a claim word (全覆盖, 清零, 翻番,
首位). What is part of a date, a period, a name, a short quotation or a set phrase is refused with
its reason; the rest becomes a `Figure` with value, unit and bound. Positions are in the folded text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from shuangjian_cli.data import load
from shuangjian_cli.patterns import regex
from shuangjian_cli.tag.quantity.bounds import Bounds
from shuangjian_cli.tag.quantity.claims import HEADS, Claims
from shuangjian_cli.tag.quantity.figure import Figure, Refused
from shuangjian_cli.tag.quantity.lists import shared_units, without_criteria
from shuangjian_cli.tag.quantity.masks import masks
from shuangjian_cli.tag.quantity.numbers import Numbers
from shuangjian_cli.tag.quantity.numeral import FORMAL, HAN
from shuangjian_cli.tag.quantity.ranks import Ranks
from shuangjian_cli.tag.quantity.shares import SIGNS, share
from shuangjian_cli.tag.quantity.units import Units
from shuangjian_cli.tag.quantity.written import LOST, inside, run, unbroken
from shuangjian_cli.tag.quantity.yearly import mark_yearly

# A set of first characters lets the search skip over all others.
_START = regex(
    rf"[0-9{HAN}{FORMAL}半过第前动清全翻首榜](?:(?<=[0-9{HAN}])|(?<=半)数|(?<=过)半(?!数)|(?<=近半)"
    r"|(?<=[第前])(?=[0-9一二两三四五六七八九十])|(?<=动)态清零|(?<=清)零|(?<=全)覆盖"
    rf"|(?<=翻)了?[一两三]?番|(?<=首)(?:位|(?<=之首))|(?<=榜)首|(?<=[{FORMAL}])(?=[{FORMAL}万亿]))"
)
_BEHIND = frozenset("半年月日天周季学小工世")
"""What makes a share or a time of a Chinese numeral before it."""
_NAME_NUMERAL = regex(r"\d(?:[\d.,+:/—\-~]*\d)?")


class Scanner:
    """Compiled quantity rules. `units` maps each spelling to its unit's name."""

    def __init__(self, units: Mapping[str, str], not_before: Mapping[str, Iterable[str]]) -> None:
        words = load(__file__)
        self._bounds = Bounds(words["bound"])
        self._ranks = Ranks(words["rank"])
        self._claims = Claims(words["claim"], self._ranks)
        self._numbers = Numbers(Units(units, not_before, words["body"]), self._bounds, words)

    def scan(self, text: str, start: int, end: int) -> tuple[list[Figure], list[Refused]]:
        """The figures of text[start:end] in order, and the numerals that are none."""
        figures: list[Figure] = []
        refused: list[Refused] = []
        match = _START.search(text, start, end)
        if match is None or self._are_words(text, match, end):
            return figures, refused
        damaged = text.find(LOST, start, end) >= 0
        hidden = masks(text, start, end, match.start())
        while match:
            at = match.start()
            while hidden and hidden[-1][1] <= at:
                hidden.pop()
            if hidden and hidden[-1][0] <= at:
                _, after, reason = hidden[-1]
                if reason != "name":
                    refused.append(Refused(at, after, reason))
                elif numeral := _NAME_NUMERAL.match(text, at, after):
                    refused.append(Refused(at, numeral.end(), reason))
            elif hidden and at < hidden[-1][0] < unbroken(text, at, end):
                _, after, reason = hidden[-1]
                refused.append(Refused(at, after, reason))
            elif damaged and LOST in text[max(start, at - 1) : run(text, at, end)]:
                after = run(text, at, end)
                refused.append(Refused(at, after, "a broken numeral"))
            elif (found := self._at(text, start, end, at)) is None:
                after = max(match.end(), unbroken(text, at, end))
            else:
                after = found.end
                if isinstance(found, Refused):
                    refused.append(found)
                elif after > end:
                    refused.append(Refused(at, end, "cut off"))
                else:
                    figures.append(found)
            if inside(text, after):
                after = unbroken(text, after, end)
            match = _START.search(text, after, end)
        if figures:
            figures = shared_units(text, without_criteria(text, figures, refused), refused)
        if figures:
            mark_yearly(text, start, figures)
        return figures, refused

    def _are_words(self, text: str, match: re.Match[str] | None, end: int) -> bool:
        """Whether all numerals, of which `match` is the first, are plainly parts of words: 进一步, 一体."""
        while match:
            at = match.start()
            if text[at] not in HAN or text[at] == "零":  # 零|发生
                return False
            near = text[at + 1 : at + 4]
            if (
                near[:1] in _BEHIND
                or not SIGNS.isdisjoint(near)
                or not self._numbers.is_in_word(text, at)
            ):
                return False
            match = _START.search(text, unbroken(text, at, end), end)
        return True

    def _at(self, text: str, start: int, end: int, at: int) -> Figure | Refused | None:
        """What begins at a position."""
        c = text[at]
        if c in HEADS or (c == "零" and text.startswith(("发生", "事故"), at + 1)):
            return self._claims.read(text, start, end, at)
        if c in "第前":
            return self._ranks.read(text, start, at)
        near = text[at + 1 : at + 4]
        shares = c in "过半一" or not SIGNS.isdisjoint(near)
        if shares and not ("成" in near and self._numbers.phrase(text, at)):
            found = share(self._bounds, text, start, at, near)
            if found is not None:
                return found
        if c in "0123456789":
            return self._numbers.read(text, start, end, at, han=False)
        if c in FORMAL:
            return self._numbers.formal(text, start, end, at)
        if c in HAN:
            return self._numbers.read(text, start, end, at, han=True)
        return None
