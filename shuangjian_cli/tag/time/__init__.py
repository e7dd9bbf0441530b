"""The grammar of time, and what its words come to as ISO 8601."""

from shuangjian_cli.tag.time.grammar import time_at, time_ends, time_heads, times, years_on
from shuangjian_cli.tag.time.number import number
from shuangjian_cli.tag.time.points import CALENDAR, NO_PERIOD, PUBLICATION, UNSAID, Time
from shuangjian_cli.tag.time.resolve import OPEN, UNKNOWN, Now, Period, plans, resolve, year

__all__ = [
    "CALENDAR",
    "NO_PERIOD",
    "OPEN",
    "PUBLICATION",
    "UNKNOWN",
    "UNSAID",
    "Now",
    "Period",
    "Time",
    "number",
    "plans",
    "resolve",
    "time_at",
    "time_ends",
    "time_heads",
    "times",
    "year",
    "years_on",
]
