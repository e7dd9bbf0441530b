"""Which figures are of one period: the span of a period, and the one that it answers."""

from __future__ import annotations

import re
from functools import lru_cache

YEAR = re.compile(r"\d{4}")
_POINT = r"\d{4}(?:-\d\d){0,2}"
_PERIOD = re.compile(rf"(?:{_POINT}|\.\.)(?:/(?:{_POINT}|\.\.))?")


def is_period(text: str) -> bool:
    """Whether a text is a period as records have them."""
    return text != ".." and _PERIOD.fullmatch(text) is not None


@lru_cache(maxsize=1 << 14)
def span(period: str) -> tuple[str, str]:
    """The first and last day of a period; a start that is open is the earliest, an end its start.

    `2021/2023` → 2021-01-01, 2023-12-31; `../2022-11` → 2022-11-01, 2022-11-31 (a state at a
    day); `2022/..` → 2022-01-01, 2022-12-31, as nothing says how far it reaches.
    """
    start, _, end = period.partition("/")
    if start == "..":
        start = end
    if end in ("", ".."):
        end = start
    return start + "-01-01"[max(0, len(start) - 4) :], end + "-12-31"[max(0, len(end) - 4) :]


@lru_cache(maxsize=1 << 14)
def answered(period: str | None, flows: bool) -> str | None:
    """The period for which a figure of `period` speaks beside others; None where it has none.

    A state at any time of a year speaks for the year. What accumulates (`flows`) speaks for
    a year only where it covers the whole of it; any other span speaks for itself.
    """
    if period is None:
        return None
    start, end = span(period)
    year = start[:4]
    if year != end[:4] or period.endswith("/.."):
        return period
    whole = start.endswith("-01-01") and end.endswith("-12-31")
    if not flows or (whole and not period.startswith("..")):
        return year
    return period


def years(period: str) -> int:
    """How many years a period reaches over."""
    start, end = span(period)
    return int(end[:4]) - int(start[:4]) + 1
