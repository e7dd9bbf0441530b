"""The words of a clause before a position."""

from __future__ import annotations

import re

from shuangjian_cli.patterns import CLAUSE_STOPS, regex

_TO_STOP = regex(f"(?s:.*)[{CLAUSE_STOPS}]")
TO_COMMA = regex("(?s:.*)[，。；]")
"""All up to the last stop of any kind, and up to the last of these."""


def clause_start(
    text: str, start: int, at: int, *, most: int = 60, to_stop: re.Pattern[str] = _TO_STOP
) -> int:
    """Where the clause around a position begins, at most `most` characters before it."""
    low = max(start, at - most)
    stop = to_stop.match(text, low, at)
    return stop.end() if stop else low
