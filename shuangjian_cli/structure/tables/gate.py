"""Whether a text may hold a table at all: most hold none, and need nothing of what reads them."""

from __future__ import annotations

import sys

from shuangjian_cli.patterns import regex

_MARKS = "|｜│┃\t"
_OF_UNIT = r"[^\s\d，。；：、]"
_SIGNS = (
    # A blank by itself first, to which the search skips.
    regex(
        r"[ 　](?:(?<=\S.)[ 　]+\S|(?:(?<=\d.)"
        rf"|(?<=\d{_OF_UNIT}.)|(?<=\d{_OF_UNIT}{{2}}.)|(?<=\d{_OF_UNIT}{{3}}.))[ 　]*\d)"
    ),
    regex(r"\n[^\S\n]*\d[\d.,]*(?:%|[^\s\d，。；：、]{0,6})[^\S\n]*\n"),
)
"""Without a mark or one of these a text has no table."""


def may_hold(text: str, start: int = 0, end: int = sys.maxsize) -> bool:
    """Whether text[start:end] may hold a table that no format marks."""
    return any(text.find(mark, start, end) >= 0 for mark in _MARKS) or any(
        sign.search(text, start, end) for sign in _SIGNS
    )
