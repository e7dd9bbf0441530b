"""What hides numerals: names and short quotations, dates and times, periods."""

from __future__ import annotations

from shuangjian_cli.patterns import regex
from shuangjian_cli.tag.time import times

_QUOTE = regex(
    r"“[^“”]{0,22}”|‘[^‘’]{0,22}’|《[^《》\n]{0,80}》|「[^「」]{0,22}」|\"[^\"\n]{0,24}\""
)
_STATED = regex(
    r"[于过足达近超约为占比至到价](?:[0-9.]+(?:[%‰倍]|个?百分点|[十百千万亿]*元)|百分之)"
)
"""A share or an amount that a quotation states, and does not only name: “不低于4%”."""
_INNER_STOP = regex(r"[，。；！？]")
_DATES = frozenset(("point", "range", "clock"))
"""The kinds of time that are dates; others are periods."""


def masks(text: str, start: int, end: int, at: int) -> list[tuple[int, int, str]]:
    """The names, dates and periods of [start, end) from `at`, the first numeral, on; last first."""
    found = []
    words = text[start:end]
    if "“" in words or "《" in words or "‘" in words or "「" in words or '"' in words:
        for match in _QUOTE.finditer(text, start, end):
            begin, stop = match.span()
            if stop > at and (text[begin] == "《" or not _states(text, begin, stop)):
                found.append((begin, stop, "name"))
    for time in times(text, start, end):
        if time.kind != "clock" or "比" not in text[max(start, time.start - 8) : time.start]:
            reason = "date" if time.kind in _DATES else "period"
            found.append((time.start, time.end, reason))
    if len(found) > 1:
        found.sort(key=lambda mask: (-mask[0], mask[1], mask[2]))
    return found


def _states(text: str, begin: int, stop: int) -> bool:
    """Whether a quotation is a statement and no name."""
    return bool(_INNER_STOP.search(text, begin, stop) or _STATED.search(text, begin, stop))
