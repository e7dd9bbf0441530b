"""Numerals as a text writes them: digits or words, magnitude, 多 or 余, and the second of a range."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from shuangjian_cli.patterns import regex
from shuangjian_cli.tag.quantity.numeral import (
    HAN,
    LONGEST,
    LONGEST_WORDS,
    arabic,
    chinese,
    chinese_range,
    magnitude,
)

_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+(?![\d.])|\d+(?:\.\d+)?"
_MAGNITUDE = r"(?:[十百千]?(?:万亿|亿|万)|千(?![瓦米克卡伏帕赫])|百(?!分))"
_LOW = r"(?<=[万亿])\d{1,4}(?:[十百千]?万|[百千](?!分))?(?![\d.,%])"
_NUMBER = (
    rf"(?P<word>{_ARABIC})(?P<some>[多余几])?(?:个(?=亿(?:元|[，。；、]|$)))?"
    rf"(?P<scale>{_MAGNITUDE})?(?P<low>{_LOW})?(?P<more>[多余])?"
)
_WORDS = (
    rf"(?P<word>[{HAN}]+(?:点[零〇一二三四五六七八九]+)?)(?P<some>[多余来几])?"
    r"(?P<scale>万亿|亿|万)?(?P<more>[多余])?"
)
_SEPARATOR = r"\s?(?:——|--|—|－|-|–|~|～|至|到)\s?"
RANGE_HEADS = " —－-–~～至到"
"""What the separator of a range begins with."""

_ONE = (regex(_NUMBER), regex(_WORDS))
_TWO = (regex(_SEPARATOR + _NUMBER), regex(_SEPARATOR + _WORDS))


class Written(NamedTuple):
    """A numeral up to its unit: where it ends, its value and, of a range in one word (三四百), the
    upper value. `value` is None where the characters make no number."""

    stop: int
    value: Decimal | None
    top: Decimal | None
    word: str
    scale: str | None
    more: str | None
    """多, 余, 来 or 几, where it is said to be more."""
    han: bool

    @property
    def too_long(self) -> bool:
        """Whether it is a code and no number."""
        return len(self.word) > (LONGEST_WORDS if self.han else LONGEST)


def numeral(text: str, at: int, end: int, *, han: bool) -> Written | None:
    """The numeral in digits or, with `han`, in words that begins at a position."""
    match = _ONE[han].match(text, at, end)
    return _written(match, han) if match else None


def second(text: str, at: int, end: int, *, han: bool) -> Written | None:
    """The separator and the second numeral of a range."""
    if text[at : at + 1] not in RANGE_HEADS:
        return None
    match = _TWO[han].match(text, at, end)
    return _written(match, han) if match else None


def _written(match: re.Match[str], han: bool) -> Written:
    word, scale = match["word"], match["scale"]
    value, top = _in_words(word) if han else (_in_digits(match), None)
    if han and scale:
        factor = magnitude(scale)
        value, top = value and value * factor, top and top * factor
    more = match["some"] or match["more"]
    return Written(match.end(), value, top, word, scale, more, han)


def _in_words(word: str) -> tuple[Decimal | None, Decimal | None]:
    value = chinese(word)
    if value is not None:
        return value, None
    return chinese_range(word) or (None, None)


def _in_digits(match: re.Match[str]) -> Decimal | None:
    word, scale = match["word"], match["scale"]
    if len(word) > LONGEST:
        return None
    number = arabic(word)
    if scale:
        number *= magnitude(scale)
        if low := match["low"]:
            number += arabic(low.rstrip("十百千万")) * magnitude(low.lstrip("0123456789"))
        whole = int(number)
        if number == whole:
            number = Decimal(whole)  # 5.8万 is 58000, not 58000.0
    return number
