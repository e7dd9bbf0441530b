"""Mends the numerals that printing, scanning or conversion broke, where one reading is left.

- a blank beside the decimal point or the comma of thousands goes: 29. 6亿元, 1, 234所;
- a full-width comma that sets off thousands is `,`: 1，234所;
- 。 and ？ between the digits of a number are its decimal point: 95。7%, 31?2%;
- a hyphen in a share that can be no range is its decimal point: 98-8%;
- a middle dot between the digits of a share or a large number is its decimal point: 34·16万;
- letters in a decimal fraction are the digits they look like: 0.0l%;
- superscripts are the marks of notes and go (5.8²万个), save exponents and those of m², km³.

Whatever could be read in another way stays as it is, for the reader of quantities to refuse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..patterns import CHINESE, regex, worded

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
# The first by itself: the search skips to it.
_NOTE = regex(rf"[{RAISED}](?<![A-Za-z⁻⁺{RAISED}].)(?<!10.)[{RAISED}]*(?:[,，、][{RAISED}]+)*")
_BLANK = regex(r" (?:(?<=[0-9] )(?=[.,，] ?[0-9])|(?<=[.,，] )(?=[0-9]))")
_MARK = regex(r"[。？，](?<=[0-9].)(?=[0-9])")
_HYPHEN = regex(r"-(?<=[0-9]{2}.)(?=[0-9]{1,2}[%‰])")
_DOT = regex(r"·(?<=[0-9].)(?=[0-9])")  # the dot first: the search skips to it
_MIDDLE = regex(r"([0-9](?<![0-9·.].)[0-9]{0,3})·([0-9]{1,2})(?=[%‰万亿倍]|个?百分点)")
_SHARE = regex(r"[0-9]+(?=[%‰])")
_LETTER = regex(r"[lIO](?=[0-9lIO]{0,6}[%‰万亿])")
_DIGITS = regex(r"[0-9]+")
_WHOLE = regex(r"[0-9]+$")
_GROUPS = regex(r"(?<![0-9])[0-9]{1,3}(?:[,，] ?[0-9]{3})*$")
_FRACTION = regex(r"[0-9]{1,3}(?![0-9.,，。？]|[年月日时点])")
_GROUP = regex(r"[0-9]{3}(?![0-9])")
_POINT = regex(r"[0-9]\.[0-9lIO]*$")
"""A number up to its fraction."""
_LETTERS = {"l": "1", "I": "1", "O": "0"}
_SCALED = regex(r"[0-9]+(?:[%‰十百千万亿]|个?百分点)")
_MEASURED = regex(r"[0-9]+(?:[%‰十百千万亿元倍度分岁天年小平公吨册米亩]|个?百分点)")
"""A number with a fraction, and not a count of things: 6亿元, 5%, not 6所."""
_MARKS = frozenset("0123456789.,，。？")
_BEFORE = frozenset("、（，|")
_COUNTED = "附件表图第注题例章节条款项"
"""Words whose numbers a point may end: 附件1. 30所学校."""
_VALUE = worded(r"(?:[为达到至是于比分值数率]|(?:{common.in_turn})[^，。；]{0,6})$", __file__)
"""Words that a number without a unit may follow, so that a stop may end its clause."""
_COUNTERS_MOST = 30
"""How far the items of a list may count: 98. 5% is none, 3. 85%的家长 may be one."""
_REACH = 12
_LONGEST = 20


def blanks(text: str) -> Iterator[re.Match[str]]:
    """The blanks that part a numeral."""
    if " " not in text:
        return
    for blank in _BLANK.finditer(text):
        at = blank.start()
        mark = at - 1 if text[at - 1] in ".,，" else at + 1
        end = mark - (text[mark - 1] == " ")
        start = _start(text, end, text[mark])
        if start is None or not _continues(text, start, mark):
            continue
        first = _DIGITS.match(text, start)
        if _in_prose(text, start) or (first and int(first[0]) > _COUNTERS_MOST):
            yield blank


def notes(text: str) -> Iterator[re.Match[str]]:
    """The superscripts that are no exponents."""
    return _NOTE.finditer(text)


TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
"""The vowels of pinyin that bear a tone."""
_READING = regex(rf"[(（](?<={CHINESE}.)(?=[a-zü]{{0,5}}[{TONED}])[a-zü{TONED}]{{1,6}}[)）]")


def readings(text: str) -> Iterator[re.Match[str]]:
    """The pinyin in brackets behind a character, which some pages put everywhere: 個(gè)."""
    return _READING.finditer(text)


_MARKUP = regex(
    r"</?(?:p|br|div|span|strong|b|em|i|u|a|img|font|section|h[1-6]|li|[uo]l|table|tbody|t[rdh])"
    r"(?:[ \n][^<>]{0,400})?/?>"
)


def markup(text: str) -> Iterator[re.Match[str]]:
    """The HTML tags that a page's words were copied with."""
    return _MARKUP.finditer(text)


def marks(text: str) -> str:
    """The text, of the same length, with the marks inside its numerals as a decimal point and the
    comma of thousands, and with digits for the letters in them."""
    text = _HYPHEN.sub(_point, _MARK.sub(_mark, text))
    if _DOT.search(text):
        text = _MIDDLE.sub(r"\1.\2", text)
    return _LETTER.sub(_digit, text) if any(map(text.__contains__, _LETTERS)) else text


def _mark(found: re.Match[str]) -> str:
    mark, text, at = found.group(), found.string, found.start()
    start = _start(text, at, mark)
    if start is None or not _continues(text, start, at):
        return mark
    return "," if mark == "，" else "."


def _point(found: re.Match[str]) -> str:
    text, at = found.string, found.start()
    start = _start(text, at, "-")
    share = _SHARE.match(text, at + 1)
    if (
        start is None
        or share is None
        or text[start] == "0"
        or text[start - 1 : start] in ("-", "/")
    ):
        return "-"
    return "." if int(text[start:at]) > int(share.group()) else "-"


def _digit(found: re.Match[str]) -> str:
    letter, text, at = found.group(), found.string, found.start()
    return _LETTERS[letter] if _POINT.search(text, max(0, at - _LONGEST), at) else letter


def _start(text: str, end: int, mark: str) -> int | None:
    """Where the digits before a mark begin, None where they are themselves part of something."""
    pattern = _GROUPS if mark in ",，" else _WHOLE
    whole = pattern.search(text, max(0, end - _LONGEST), end)
    if whole is None or text[whole.start() - 1 : whole.start()] in _MARKS:
        return None
    return whole.start()


def _in_prose(text: str, start: int) -> bool:
    """Whether a numeral stands in running text, where it is no counter of a list."""
    before = text[start - 1 : start]
    return before in _BEFORE or ("\u4e00" <= before <= "\u9fff" and before not in _COUNTED)


def _continues(text: str, start: int, mark: int) -> bool:
    """Whether the digits behind a mark can only belong to the numeral that begins at `start`."""
    after = mark + 1 + (text[mark + 1 : mark + 2] == " ")
    alone = _VALUE.search(text, max(0, start - _REACH), start)
    if text[mark] in ",，":
        return _GROUP.match(text, after) is not None and not alone
    if not _FRACTION.match(text, after):
        return False
    if _SCALED.match(text, after):
        return True
    return (text[mark] == "." or not alone) and _MEASURED.match(text, after) is not None
