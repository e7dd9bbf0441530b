"""Joins the lines of a text that was broken at a fixed width, in the middle of sentences.

Scans of yearbooks and mails break their lines like this. Where enough lines of one width end
without a stop, and stops stand inside them, the breaks behind them go from the folded text;
offsets lead back as ever. The width is the median: a title that was glued to the first line makes
that one longer, and a scan counts digits and signs unlike the page that it was made from. The line
ends around numerals go, too, where a page puts each on a line of its own, and so do the numbers of
the slices in which a site shows a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from shuangjian_cli.model import Folded
from shuangjian_cli.patterns import regex
from shuangjian_cli.structure.fold import without
from shuangjian_cli.structure.masthead import opens_with_key

_LEAST = 15
"""How many characters a broken line has at least."""
_MOST = 120
"""How wide a line may be that was broken at a width; one of Chinese characters counts two."""
_SLACK = 6
"""How far from the width a broken line may be: a word or sign that did not fit."""
_RAGGED = 0.75
"""How much of the width a broken line has at least in which a sentence has ended: whatever its
digits and a lost indent took, what stands behind that stop goes on below."""
_LINES = 3
"""How many broken lines tell that a text was broken at a width."""
_SHARE = 0.6
"""What share of the lines without a stop must be of the width."""
_RUNNING = 0.2
"""What share of the lines of the width must hold a stop inside: a list of titles holds none."""

_BREAK = regex(
    r"[^\n。！？；：”’）》】…\s]( *\n)(?=[^\s一二三四五六七八九十（(【\[①-⑳★●■◆—\-]"
    r"|[一二三四五六七八九十](?![、是要])|[（(](?![一二三四五六七八九十\d]{1,3}[）)]))"
)
_STOP = regex(r"[。；！？]")
_STOPS = "。；！？："
_LINE = regex(r"[^\n]+")
_GOES_ON = regex(
    r"\n(?! |\n|[一二三四五六七八九十]{1,2}[、是要]|[（(][一二三四五六七八九十\d]{1,2}[）)]|\d{1,2}[.、]\D|[【①-⑳★●■◆])"
)
"""The end of a line that no indent and no list mark follows."""


_NUMERAL_LINE = regex(r"(?<=\n) *(?:[\dA-Za-z%~\-—/+]|[.,](?! *\n)){1,14} *(?=\n)")
"""A numeral, or what stands for one, on a line of its own; no number of an item: 2. above its title."""
_PIECE = regex(r"[^\n]*[，。；、][^\n]*[^\n。！？；：]")
"""A line that holds a stop and ends without one."""
_PIECES = 3
"""How many numerals that stand inside of sentences tell that a page parts them off."""
_COUNTED = tuple("年月日个名人所家项元万亿余多次位")
"""What mostly stands behind a numeral of a sentence."""
_COUNTED_SHARE = 0.3
"""What share of such numerals it stands behind at least: it stands behind no number of a page."""
_LINE_END = regex(r"\n")
_NO_ITEM = regex(
    r"\n(?![一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)(?=[一-鿿，。；、）])"
)
"""A line end behind which no item of a list begins."""

_SHARED = "由会员分享，可在线阅读"
"""What a site for sharing documents says of one, of which it shows slices."""
_SLICE = regex(r"\n+ *([2-9]|[1-9][0-9])、")


def unsliced(folded: Folded) -> Folded:
    """The text without the numbers of the slices in which a site for sharing documents shows it,
    where these cut a sentence: …名生培/2、养实现新突破."""
    text = folded.text
    if _SHARED not in text:
        return folded
    cuts, following = [], 2
    for found in _SLICE.finditer(text, text.find(_SHARED)):
        if int(found[1]) == following:
            following += 1
            if text[found.start() - 1] not in "。！？":
                cuts.append(found)
    return Folded(*without(cuts, text, folded.origin))


def unwrap(folded: Folded) -> Folded:
    """The text without the line ends inside its sentences."""
    text = folded.text
    if cut := _around_numerals(text):
        folded = Folded(*without(cut, text, folded.origin))
        text = folded.text
    if cut := _at_margin(text):
        return Folded(*without(cut, text, folded.origin))
    breaks = [m for m in _breaks(text) if _is_long(text, m.start(1))]
    if len(breaks) < _LINES:
        return folded
    widths = [_width(text, m.start(1)) for m in breaks]
    width = sorted(widths)[len(widths) // 2]
    full = [
        (m, its)
        for m, its in zip(breaks, widths, strict=True)
        if its >= (width - _SLACK if not _is_running(text, m.start(1)) else width * _RAGGED)
        and not _is_head(text, m.start(1), m.end())
    ]
    even = [m for m, its in full if abs(its - width) <= _SLACK]
    if width > _MOST or len(even) < max(_LINES, _SHARE * len(breaks)):
        return folded
    if sum(_is_running(text, m.start(1)) for m in even) < _RUNNING * len(even):
        return folded
    return Folded(*without([m for m, _ in full], text, folded.origin, 1))


def _around_numerals(text: str) -> list[re.Match[str]]:
    """The line ends around numerals that stand on lines of their own inside of sentences: 共清理/25/项，…."""
    numerals = list(_NUMERAL_LINE.finditer(text))
    if len(numerals) < _PIECES:
        return []
    cut: dict[int, re.Match[str]] = {}
    counted, ended = 0, -1
    for numeral in numerals:
        before, after = numeral.start() - 1, numeral.end()
        goes_on = before == ended or _PIECE.fullmatch(text, text.rfind("\n", 0, before) + 1, before)
        if goes_on and (line_end := _LINE_END.match(text, before)):
            cut[before] = line_end
        if line_end := _NO_ITEM.match(text, after):
            cut[after] = line_end
            counted += bool(goes_on) and text.startswith(_COUNTED, line_end.end())
        ended = after
    return list(cut.values()) if counted >= max(_PIECES, _COUNTED_SHARE * len(numerals)) else []


def _at_margin(text: str) -> list[re.Match[str]]:
    """The line ends at the margin of a text that is cut after so many characters: no line is longer,
    and several are as long, whatever they end with."""
    sizes = [(m.start(), m.end() - m.start()) for m in _LINE.finditer(text)]
    margin = max((size for _, size in sizes), default=0)
    if not _LEAST < margin <= _MOST // 2:
        return []
    full = [start + size for start, size in sizes if size == margin]
    cut = [found for end in full if (found := _GOES_ON.match(text, end))]
    inside = sum(text[found.start() - 1] not in _STOPS for found in cut)
    return cut if inside >= _LINES and _SHARE * len(full) <= inside else []


def _breaks(text: str) -> Iterator[re.Match[str]]:
    """The line ends that may stand inside a sentence, each with the character before it."""
    at = text.find("\n")
    while at >= 0:
        end = at
        while end and text[end - 1] == " ":
            end -= 1
        if end and (found := _BREAK.match(text, end - 1)):
            yield found
        at = text.find("\n", at + 1)


def _is_long(text: str, end: int) -> bool:
    return end - text.rfind("\n", 0, end) > _LEAST


def _is_running(text: str, end: int) -> bool:
    """Whether a line holds a stop before its end."""
    return _STOP.search(text, text.rfind("\n", 0, end) + 1, end) is not None


def _is_head(text: str, end: int, after: int) -> bool:
    """Whether a line or the one after it is of a masthead: 发布日期：2023-01-10."""
    begin, stop = text.rfind("\n", 0, end) + 1, text.find("\n", after)
    below = text[after : stop if stop >= 0 else len(text)]
    return opens_with_key(text[begin:end]) or opens_with_key(below)


def _width(text: str, end: int) -> int:
    line = text[text.rfind("\n", 0, end) + 1 : end]
    return sum(2 if character > "\u2e7f" else 1 for character in line)
