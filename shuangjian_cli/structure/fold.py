"""Folding: one way of writing for each character, with the way back to the text as read.

The canonical forms:

- digits of all scripts, letters and signs are half-width ASCII (１２．５％ → 12.5%);
- ， ； ： ！ ？ （ ） and “ ” ‘ ’ are full-width, whatever was typed; of straight quotes each two in
  a line are a pair. A comma between digits that sets off a group of three, or of four by misprint,
  stays `,` (1,234); a colon or ratio sign between digits is `:` (12:30, 15.2∶1 → 15.2:1), as is the
  colon of `://`;
- tabs between the cells of a table are '|', but inside of a large sheet, other tabs and spaces ' ', line ends '\\n' (the '\\r' of '\\r\\n' goes);
- traditional characters are simplified, look-alike radicals and compatibility ideographs are
  the characters they look like; ○ and O between Chinese digits are 〇 (二○三五年);
- a plain space between a numeral and a Chinese character goes (投入 186.4 万元, 2023 年), but not
  one that sets columns apart (ideographic, tab), nor that behind the number of a title (1 总体情况);
- pinyin in brackets behind a character goes (個(gè)), and so do HTML tags;
- numerals that printing or conversion broke are whole again (see `mend`);
- words that say what another of their length says are that one (see `variants`);
- characters without width or shape (zero-width, bidirectional, soft hyphen, variation
  selectors) go.

The characters and where they come from are in `fold.toml`.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from functools import cache

from ..data import load
from ..derived import DERIVED, content_key
from ..model import Folded, Grid, Origin
from ..patterns import regex
from . import mend
from .variants import read_as

_SHAPELESS = (
    "\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e0fff"
)
_REMOVED = regex(rf"[\r{_SHAPELESS}](?:(?<!\r)|(?=\n))")
_SPACES = (
    "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f"
    "\u205f\u3000"
)
_BEYOND = "\U00010000-\U0010ffff"
"""Characters that a pattern would compare one by one, and that texts hardly have."""
_LINE_ENDS = "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_KEPT_WIDE = "！（），：；？"
_LARGE = 10_000
"""How many cells a grid has that is no page's layout."""
_PIECE = 20_000
"""How many characters of a text are looked at in one go."""

_COMMA = regex(r",(?:(?<![0-9],)|(?![0-9]{3,4}(?![0-9])))")
_COLON = regex(r":(?:(?<![0-9]:)|(?![0-9]))(?!//)")
_RATIO = regex(r"：(?<=[0-9]：)(?=[0-9])")
_QUOTED = regex(r'"([^"\n]*)"')
_ZERO = regex(r"[○◯O](?<=[〇一二三四五六七八九].)[○◯O]{0,2}(?=[〇一二三四五六七八九年])")


_LOOSE_TABS = regex(r"(?<!\t)(?:(?<![^\s、.．。：:，；;])\t+|\t++(?!\S))")
"""Tabs that part no cells."""
_HAN = (("\u2e80", "\u2fdf"), ("\u3400", "\u9fff"), ("\uf900", "\ufaff"))
"""The first and the last of Chinese characters, by block."""
_SIGNS = "%％‰℃"
_SPACING = regex(r" (?:(?=[0-9０-９])|(?<=[0-9０-９] ))")
_TITLE = regex(r"(?:\A|\n(?:\u3000\u3000)?)[^\n]{1,3}$")
"""The number of a title, at whose end a space stands."""
_BEHIND_TITLE = "年月日万萬亿億余餘多名所个個家元%％"
"""What follows a numeral that is no title's, though it begins a line: 30 所学校."""


def _derive() -> tuple[str, str, str]:
    """The characters that are replaced whatever stands beside them, what they are replaced by, and a pattern
    for them, those that go, those that `mend` asks for, and perhaps others."""
    words = load(__file__, "fold.toml")
    table = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    for wide in _KEPT_WIDE:
        del table[wide]
    table.update(dict.fromkeys(_SPACES[1:], " "))
    table.update(dict.fromkeys(_LINE_ENDS, "\n"))
    for zero in words["zeros"].split():
        table.update({chr(int(zero, 16) + digit): str(digit) for digit in range(10)})
    simplified = _pairs(words["traditional"])
    for name in ("punctuation", "radicals", "compatibility"):
        for old, new in _pairs(words[name]).items():
            table[old] = simplified.get(new, new)
    table |= simplified
    near = "".join(character for character in table if character < _BEYOND[0])
    odd = f"[{_BEYOND}{_SHAPELESS}{mend.RAISED}{mend.TONED}{re.escape(near)}]"
    return "".join(table), "".join(table.values()), odd


@cache
def _derived() -> tuple[str, str, str]:
    key = content_key("fold", __file__, "fold.py", "mend.py", "fold.toml")
    return DERIVED.value(key, _derive)


@cache
def _table() -> dict[str, str]:
    """Each character that is replaced whatever stands beside it."""
    old, new, _ = _derived()
    return dict(zip(old, new, strict=True))


@cache
def _odd() -> re.Pattern[str]:
    """Finds the characters that fold looks for whatever stands beside them."""
    return regex(_derived()[2])


def _pairs(words: str) -> dict[str, str]:
    """`"萬万 億亿"` as a mapping."""
    characters = "".join(words.split())
    return dict(zip(characters[::2], characters[1::2], strict=True))


def _odd_of(text: str) -> set[str]:
    """Which of these a text has, looked for in pieces: a text in traditional characters has very many."""
    found = _odd().findall
    return set().union(*(found(text, at, at + _PIECE) for at in range(0, len(text), _PIECE)))


def _replace(text: str, odd: set[str]) -> str:
    """The text with each of these characters replaced that the table holds."""
    table = _table()
    found = table.keys() & odd
    if len(found) > 40:
        return text.translate({ord(old): table[old] for old in found})
    for old in found:
        text = text.replace(old, table[old])
    return text


def fold(text: str, grids: Iterable[Grid] = ()) -> Folded:
    """The text in canonical characters; folding a folded text changes no character but spaces.

    Inside of large `grids` tabs stay as they are, so that of a sheet of plain words and numbers no
    second text is made.
    """
    read, origin = text, None
    odd = _odd_of(text)
    raised, toned = odd.intersection(mend.RAISED), odd.intersection(mend.TONED)
    if "\r" in odd or not odd - raised - toned <= _table().keys():
        text, origin = without(_REMOVED.finditer(text), text, None)
    if raised:
        text, origin = without(mend.notes(text), text, origin)
    if toned:
        text, origin = without(mend.readings(text), text, origin)
    if "</" in text or "<br" in text:
        text, origin = without(mend.markup(text), text, origin)
    text = text.replace("\u00a0", " ")
    spaces = [space for space in _SPACING.finditer(text) if _is_loose(text, space.start())]
    text, origin = without(spaces, text, origin)
    if "\t" in text:
        text = _without_tabs(text, _lines_of(grids, read, Folded(text, origin)))
    text = _replace(text, odd)
    if "," in text:
        text = _COMMA.sub("，", text)
    if ":" in text:
        text = _COLON.sub("：", text)
    if "：" in text:
        text = _RATIO.sub(":", text)
    if '"' in text:
        text = _QUOTED.sub(r"“\1”", text)
    if "○" in text or "◯" in text or "O" in text:
        text = _ZERO.sub(lambda zeros: "〇" * len(zeros[0]), text)
    text, origin = without(mend.blanks(text), text, origin)
    return Folded(read_as(mend.marks(text)), origin)


def _lines_of(grids: Iterable[Grid], text: str, folded: Folded) -> Iterator[tuple[int, int]]:
    """The folded spans of the lines on which the rows of large grids stand in a text."""
    for grid in grids:
        if grid.rows * grid.columns < _LARGE:
            continue
        start, end = grid.extent()
        last = text.find("\n", end)
        first = text.rfind("\n", 0, start) + 1
        yield folded.folded(first), folded.folded(len(text) if last < 0 else last)


def _without_tabs(text: str, kept: Iterable[tuple[int, int]]) -> str:
    """The text with its tabs replaced but for those in spans that are `kept`."""
    parts: list[str] = []
    at = 0
    for start, end in (*kept, (len(text), len(text))):
        if text.find("\t", at, start) >= 0:
            if not parts:
                parts.append(text[:at])
            loose = _LOOSE_TABS.sub(lambda tabs: " " * len(tabs[0]), text[at:start])
            parts.append(loose.replace("\t", "|"))
        elif parts:
            parts.append(text[at:start])
        if parts:
            parts.append(text[start:end])
        at = max(at, end)
    return "".join(parts) if parts else text


def _is_loose(text: str, at: int) -> bool:
    """Whether a space stands between a numeral and a Chinese character and tells nothing."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if after.isdecimal():
        return _is_han(before)
    if not (_is_han(after) or after in _SIGNS):
        return False
    return after in _BEHIND_TITLE or not _TITLE.search(text, max(0, at - 6), at)


def _is_han(character: str) -> bool:
    return any(first <= character <= last for first, last in _HAN)


def without(
    gone: Iterable[re.Match[str]],
    text: str,
    origin: Origin | None,
    group: int = 0,
) -> tuple[str, Origin | None]:
    """The text without a group of what was found, and where each character comes from."""
    gaps = [gap.span(group) for gap in gone]
    if not gaps:
        return text, origin
    known = origin or Origin((0,), (0,), len(text) + 1)
    starts, offsets = array("I"), array("I")
    pieces: list[str] = []
    size = at = 0
    for start, end in (*gaps, (len(text) + 1, 0)):
        pieces.append(text[at:start])
        for offset, length in known.runs(at, start):
            starts.append(size)
            offsets.append(offset)
            size += length
        at = end
    return "".join(pieces), Origin(starts, offsets, size)
