"""The words of a clause before a position."""

from __future__ import annotations

from shuangjian_cli.patterns import CLAUSE_STOPS


def clause_start(
    text: str, start: int, at: int, *, most: int = 60, stops: str = CLAUSE_STOPS
) -> int:
    """Where the clause around a position begins, at most `most` characters before it."""
    low = max(start, at - most)
    return max(low, *(text.rfind(stop, low, at) + 1 for stop in stops))
