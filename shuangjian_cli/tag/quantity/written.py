"""Numerals as a text writes them: digits or words, magnitude, 多 or 余, and the second of a range.

A numeral is the whole run of its characters. Where no number can be made of all of them it is
broken, and no part of it is read.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from shuangjian_cli.patterns import regex
from shuangjian_cli.tag.quantity.numeral import (
    FORMAL,
    HAN,
    LONGEST,
    LONGEST_WORDS,
    arabic,
    chinese,
    chinese_range,
    magnitude,
)

_ARABIC = (
    r"(?=[0-9]{1,4}[, ][0-9])(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?"
    r"|(?!(?:19|20)[0-9]{2},)[0-9]{1,4}(?:,[0-9]{4})+(?![0-9])"
    r"|[0-9]{1,3}(?: [0-9]{3})+(?![0-9])(?:\.[0-9]+)?(?!\.))|[0-9]+(?:\.[0-9]+)?"
)
_POWER = r"(?:\s?[×xX*]\s?10(?:\^(?P<power>[0-9]{1,2})|(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}))|)"
# A group that may be empty is matched at a fraction of the cost of one that may be left out.
_MAGNITUDE = r"(?:[十百千]?(?:万亿|亿|万)|千(?![瓦米克卡伏帕赫])|百(?!分))"
_LOW = (
    rf"(?:(?<=万)[0-9]{{1,4}}(?:[百千](?!分))?|(?<=亿)[0-9]{{1,4}}[十百千]?万)(?![0-9.,%{HAN}]|[-—–~－至到][0-9]+周?岁)"
    rf"|(?<=[百千万亿])[零〇一二两三四五六七八九][{HAN}]*[十百千万][{HAN}]*"
)
_NUMBER = (
    rf"(?P<word>{_ARABIC}){_POWER}(?P<some>[多余几]|)(?:个(?=亿(?:元|[，。；、]|$))|)"
    rf"(?P<scale>{_MAGNITUDE}|)(?P<low>{_LOW}|)(?P<more>[多余]|)"
)
_WORDS = (
    rf"(?P<word>[{HAN}]+(?:点[零〇一二三四五六七八九]+)?)(?P<some>[多余来几]|)"
    r"(?P<scale>万亿|亿|万|)(?P<more>[多余]|)"
)
_SEPARATOR = r"\s?(?:——|--|—|－|-|–|~|～|至|到)\s?"
RANGE_HEADS = " —－-–~～至到"
"""What the separator of a range begins with."""

_PLAIN = regex(r"[0-9]+(?:\.[0-9]+)?(?![0-9., \s×xX*多余几十百千万亿]|个亿)")
"""Digits that are all of a numeral, as most are: nothing behind them may belong to it."""
_ONE = (regex(_NUMBER), regex(_WORDS))
_TWO = (
    regex(rf"{_SEPARATOR}(?P<minus>-|负|零下|){_NUMBER}"),
    regex(rf"{_SEPARATOR}(?P<minus>负|零下|){_WORDS}"),
)
LOST = "\ufffd"
"""What stands for damaged bytes, any of which may have been a digit."""
_RUN = regex(
    rf"(?:[0-9{HAN}{LOST}]|(?<=[0-9])(?:[.,，] ?| (?:[.,，] ?)?)(?=[0-9{LOST}])"
    r"|点(?=[零〇一二三四五六七八九]))+"
)
_UNBROKEN = regex(rf"[0-9{HAN}]+|[{FORMAL}][{FORMAL}零〇万亿]*")
NUMERALS = frozenset(f"0123456789{HAN}")
"""The characters of numerals, in digits and in words."""
_MYRIADS = regex(r",[0-9]{4}(?![0-9])")
_LARGEST = 10**20
"""No sum or count has more zeros than this."""
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


class Written:
    """A numeral up to its unit: where it ends, its value and, of a range in one word (三四百), the
    upper value. `value` is None where the characters make no number.

    `more` is 多, 余, 来 or 几, where it is said to be more; `myriads`: its commas set off groups of
    four digits, which none but a misprint has; `too_long`: it is a code and no number.
    """

    # Read twenty times each: a field of a tuple costs three times as much.
    __slots__ = ("han", "more", "myriads", "scale", "stop", "too_long", "top", "value", "word")

    def __init__(
        self,
        stop: int,
        value: Decimal | None,
        top: Decimal | None,
        word: str,
        scale: str | None,
        more: str | None,
        han: bool,
        myriads: bool,
    ) -> None:
        self.stop = stop
        self.value = value
        self.top = top
        self.word = word
        self.scale = scale
        self.more = more
        self.han = han
        self.myriads = myriads
        self.too_long = len(word) > (LONGEST_WORDS if han else LONGEST)


def numeral(text: str, at: int, end: int, *, han: bool) -> Written | None:
    """The numeral in digits or, with `han`, in words that begins at a position."""
    if not han and (plain := _PLAIN.match(text, at, end)):
        word = plain.group()
        value = Decimal(word) if len(word) <= LONGEST else None
        return Written(plain.end(), value, None, word, "", "", False, False)
    match = _ONE[han].match(text, at, end)
    return _written(match, han) if match else None


def second(text: str, at: int, end: int, *, han: bool) -> Written | None:
    """The separator and the second numeral of a range."""
    if text[at : at + 1] not in RANGE_HEADS:
        return None
    match = _TWO[han].match(text, at, end)
    if match is None:
        return None
    number = _written(match, han)
    if match["minus"] and number.value is not None:
        number.value = -number.value
    return number


def run(text: str, at: int, end: int) -> int:
    """Where the characters of a numeral end that begins at a position, with the marks and blanks
    that misprints have between digits."""
    found = _RUN.match(text, at, end)
    return found.end() if found else at + 1


def unbroken(text: str, at: int, end: int) -> int:
    """Where the characters of a numeral that begins at a position end, without marks and blanks."""
    found = _UNBROKEN.match(text, at, end)
    return found.end() if found else at


def inside(text: str, at: int) -> bool:
    """Whether a position parts two digits, or two characters of a numeral in words."""
    after = text[at : at + 1]
    if after not in NUMERALS:  # as most
        return False
    before = text[at - 1 : at]
    return before in NUMERALS and before.isdecimal() == after.isdecimal()


def _written(match: re.Match[str], han: bool) -> Written:
    word, scale, some, more = match.group("word", "scale", "some", "more")
    value, top = _in_words(word) if han else (_in_digits(match, word, scale), None)
    if han and scale:
        factor = magnitude(scale)
        value, top = value and _scaled(value, factor), top and top * factor
    myriads = "," in word and _MYRIADS.search(word) is not None
    return Written(match.end(), value, top, word, scale, some or more, han, myriads)


@lru_cache(maxsize=256)
def _in_words(word: str) -> tuple[Decimal | None, Decimal | None]:
    value = chinese(word)
    if value is not None:
        return value, None
    return chinese_range(word) or (None, None)


def _in_digits(match: re.Match[str], word: str, scale: str | None) -> Decimal | None:
    if len(word) > LONGEST:
        return None
    number = arabic(word)
    power, raised, low = match.group("power", "raised", "low")
    factor = magnitude(scale) if scale else 1
    if power or raised:
        factor *= 10 ** int((power or raised).translate(_RAISED))
        if factor > _LARGEST:
            return None
    if low:
        below = _low(low)
        if below is None or below >= factor:
            return None
        return _scaled(number, factor) + below
    return _scaled(number, factor)


def _scaled(value: Decimal, factor: int) -> Decimal:
    """A value times its magnitude: 5.8万 is 58000, not 58000.0."""
    if factor == 1:
        return value
    value *= factor
    whole = int(value)
    return Decimal(whole) if value == whole else value


def _low(word: str) -> Decimal | None:
    """What follows a magnitude: 1亿|2000万, 3千|五百."""
    digits = word.rstrip("十百千万")
    if digits.isdecimal():
        return arabic(digits) * magnitude(word[len(digits) :])
    return chinese(word)
