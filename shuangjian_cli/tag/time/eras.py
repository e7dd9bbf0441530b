"""Reigns and eras: where one is open in a text, so that a year may be told by its number alone.

民国18年 opens an era for what follows: 23年 is then its year as well. It lasts until a year of the
common calendar, words for what came after it (建国后) or the next heading. A heading that names
the era (一、民国时期的小学) opens it for all that stands under it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from shuangjian_cli.data import load
from shuangjian_cli.patterns import CLAUSE_STOPS, either, regex, rest_of, worded
from shuangjian_cli.tag.time.forms import HAN, NUMBER, TO, YEAR
from shuangjian_cli.tag.time.number import number
from shuangjian_cli.tag.time.points import CALENDAR, Point

_HEADING_MOST = 30
"""How long a line that is a heading may be."""
_KINDS = "编篇卷章节"
"""What the numbered parts of a book are called, the outermost first."""
_INNERMOST = 9
"""The rank of a heading without a number, and of an era that no heading opens."""


class Era:
    """The years of an era, both included."""

    __slots__ = ("first", "last")

    def __init__(self, first: int, last: int) -> None:
        self.first = first
        self.last = last

    def year(self, count: int) -> int | None:
        """The year with a number in the era, None where it has no such year."""
        value = self.first + count - 1
        return value if self.first <= value <= self.last else None


class _Open:
    """An era that is open in [start, end) of a text."""

    __slots__ = ("end", "era", "start")

    def __init__(self, start: int, end: int, era: Era) -> None:
        self.start = start
        self.end = end
        self.era = era


@cache
def eras() -> dict[str, Era]:
    """The eras by their names."""
    spans = load(__file__)["era"]["years"]
    return {name: Era(*map(int, span.split("/"))) for name, span in spans.items()}


class _Words:
    def __init__(self) -> None:
        numbered = rf"(?:{NUMBER}|元)(?:年|(?={TO}(?:{NUMBER})年))"
        names = either(eras())
        # A year of the common calendar in brackets explains what stands before it.
        self.turn = worded(
            rf"(?m)^[ \t　]*(?P<heading>(?P<mark>第[{HAN}\d]{{1,3}}(?P<kind>[{_KINDS}])|[{HAN}]{{1,3}}、"
            rf"|（[{HAN}]{{1,3}}）|\d{{1,2}}[.、](?!\d))[^\n{CLAUSE_STOPS}]{{1,{_HEADING_MOST}}}"
            rf"|[^\n{CLAUSE_STOPS}\d]{{0,{_HEADING_MOST}}}(?:{names})(?:{{era.whole}})[^\n{CLAUSE_STOPS}\d]"
            rf"{{0,{_HEADING_MOST}}})$"
            rf"|（[^（）\n]{{0,40}}）"
            rf"|(?P<name>{names})(?:{numbered}|{{era.whole}})"
            rf"|(?P<ends>(?<![\d\-—])(?:1[89]\d\d|{YEAR})年|{{era.ends}})",
            __file__,
        )
        firsts = "".join(sorted({name[0] for name in eras()}))
        self.named = worded(
            rf"(?P<name>[{firsts}]{rest_of(eras())})(?!{{era.not_named}})", __file__
        )
        self.before = regex(
            rf"(?:^|[{CLAUSE_STOPS}、\s（“]|(?<![不达])[至到]|[自从于在由迄和与及])$"
        )
        self.year = worded(
            rf"(?P<count>{NUMBER})(?:年(?!{{era.not_after}})|(?={TO}(?:{NUMBER})年))", __file__
        )


@cache
def _words() -> _Words:
    return _Words()


def _rank(heading: re.Match[str]) -> int:
    """How deep a heading stands: chapters and sections first, then 一、, （一） and 1."""
    mark = heading["mark"]
    if not mark:
        return _INNERMOST
    if heading["kind"]:
        return _KINDS.index(heading["kind"])
    return len(_KINDS) + (0 if mark.endswith("、") and not mark[0].isdecimal() else 1)


@lru_cache(maxsize=8)
def _open(text: str) -> tuple[_Open, ...]:
    """Where eras are open in a text, in order."""
    named = {found["name"] for found in _words().named.finditer(text)}
    return tuple(_turns(text, named)) if named else ()


def _turns(text: str, names: Iterable[str]) -> Iterator[_Open]:
    w = _words()
    # Nothing opens one before the line with the first name, nor behind the last.
    begin = text.rfind("\n", 0, min(map(text.find, names))) + 1
    last = max(map(text.rfind, names))
    era: Era | None = None
    start, rank = 0, _INNERMOST
    for found in w.turn.finditer(text, begin):
        if era is None and found.start() > last:
            break
        then = era
        if heading := found["heading"]:
            depth = _rank(found)
            if named := w.named.search(heading):
                then = eras()[named["name"]]
                rank = min(rank, depth) if then == era else depth
            elif depth <= rank:
                then = None
        elif found["name"]:
            then = eras()[found["name"]]
            rank = rank if then == era else _INNERMOST
        elif found["ends"]:
            then = None
        if then != era:
            if era is not None:
                yield _Open(start, found.start(), era)
            era, start = then, found.start()
    if era is not None:
        yield _Open(start, len(text), era)


def year_of_era(text: str, at: int, end: int, *, second: bool = False) -> tuple[Point, int] | None:
    """The year told by its number alone at a position of an open era, and where its words end;
    `second` where it ends a range."""
    spans = _open(text)
    if not spans:
        return None
    here = bisect_right(spans, at, key=lambda span: span.start) - 1
    if here < 0 or at >= spans[here].end:
        return None
    w = _words()
    if not second and not w.before.search(text, max(0, at - 2), at):
        return None
    found = w.year.match(text, at, end)
    year = spans[here].era.year(number(found["count"])) if found else None
    return (Point(CALENDAR, year), found.end()) if found and year is not None else None
