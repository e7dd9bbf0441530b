"""Where the items of a page begin that holds several, each with a masthead of its own."""

from __future__ import annotations

from shuangjian_cli.structure import masthead
from shuangjian_cli.structure.lines import Line

_HEADLINES = 2
"""How many lines a headline may have."""


def item_starts(lines: list[Line], first_prose: int) -> list[int]:
    """The indexes of the lines with which the items after the first begin: a headline after some
    prose, and under it a line that tells a date or a source, or above it where the page itself
    begins with such lines."""
    starts = []
    told = False
    for i, line in enumerate(lines):
        if line.kind == "prose" and line.title is None:
            told = told or i >= first_prose or line.words[-1] in "。！？；"
        if not told or line.kind != "masthead" or not masthead.is_dated(line.words):
            continue
        start = i
        while start > 0 and i - start < _HEADLINES and _is_headline(lines[start - 1]):
            start -= 1
        if start == i and lines[0].kind == "masthead" and _stands_over_headline(lines, i):
            while lines[start - 1].kind == "masthead":
                start -= 1
        elif start == i:
            continue
        starts.append(start)
        told = False
    return starts


def _stands_over_headline(lines: list[Line], at: int) -> bool:
    """Whether the next line that is none of a masthead is a headline."""
    following = next((line for line in lines[at:] if line.kind != "masthead"), None)
    return following is not None and _is_headline(following)


def _is_headline(line: Line) -> bool:
    return line.title is not None and line.level <= 1
