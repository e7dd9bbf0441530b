"""What a time comes to: years, months and days as ISO 8601, an open end as `..`.

今年 and 近两年 count from the publication; 上半年, 11月底 and 上年 belong to the period that governs
the sentence where they stand, or else to the publication.
"""

from functools import cache
from typing import NamedTuple

from shuangjian_cli.data import load
from shuangjian_cli.tag.time.points import CALENDAR, GOVERNING, PUBLICATION, Point, Time

OPEN = ".."


class Period(NamedTuple):
    """From `start` to `end`, both included, each an ISO 8601 year, month or day, or `..`.

    Both are empty where a time is named that cannot be told (近年来): see `UNKNOWN`.
    """

    start: str
    end: str

    @property
    def iso(self) -> str:
        return self.start if self.start == self.end else f"{self.start}/{self.end}"

    @property
    def year(self) -> int:
        """The last year that it names."""
        return int((self.start if self.end == OPEN else self.end)[:4])

    @property
    def years(self) -> int:
        """How many calendar years it touches; 0 when an end is open."""
        if OPEN in self or not self.end:
            return 0
        return int(self.end[:4]) - int(self.start[:4]) + 1


UNKNOWN = Period("", "")
"""A time that is named but cannot be told."""


class Now(NamedTuple):
    """When a document speaks: the date of its publication, as far as it is known (0 where not).

    `origin` says where that comes from: a date, one that the title's year disputes, or a year that
    the title or the text names.
    """

    year: int
    month: int = 0
    day: int = 0
    origin: str = "date"

    @property
    def stated(self) -> bool:
        """Whether the text bears a date."""
        return self.origin in ("date", "disputed")

    @property
    def iso(self) -> str:
        return "-".join(f"{part:02}" for part in self[:3] if part)

    @property
    def past_year(self) -> int:
        """The last year that is over or all but over: a review of January speaks of the year
        before, and so does one of March, when the assemblies end."""
        return self.year - (0 < self.month <= 3)


def year(value: int) -> Period:
    """A whole year."""
    return Period(f"{value:04}", f"{value:04}")


@cache
def plans() -> dict[str, Period]:
    """The years of the five-year plans."""
    return {name: Period(*span.split("/")) for name, span in load(__file__)["plan"].items()}


def resolve(
    time: Time, now: Now | None, held: Period | None, event: str | None = None
) -> Period | None:
    """The period that a time names, or None where it names none that can be known.

    `held` is the period that governs where the time stands; `event` the date of something told
    before, from which N年来 runs.
    """
    kind = time.kind
    if kind == "vague":
        return UNKNOWN
    if kind in ("point", "range"):
        return _span(time, now, held)
    if kind == "plan":
        return _plan(time, now)
    if kind == "whole":
        return year(held.year) if held and len(held.end) > 4 else None
    if kind == "after":
        return year(held.year + time.number) if held and held.years == 1 else None
    if now is None:
        return None
    if kind == "now":
        return Period(OPEN, now.iso) if now.stated else None
    if kind in ("month", "day", "yesterday"):
        return _today(kind, now)
    if kind == "years":
        if now.origin == "text" and event is None:
            return UNKNOWN  # which year it was when the text was written is only guessed
        return _years(time, now, held, event)
    if kind == "run":
        return _run(time, now, held)
    if kind == "past_year":
        return _past_year(now, held)
    if kind == "term":
        return _term(time.word, now, held)
    if kind == "begun":
        return _begun(time.word, now)
    return None


def _span(time: Time, now: Now | None, held: Period | None) -> Period | None:
    first, last = time.first, time.last
    assert first is not None
    base = _year(first, now, held)
    if base is None:
        return None
    start = Period(*_ends(base, first))
    if last is not None:
        until = (
            base if last.base == first.base and last.year == first.year else _year(last, now, held)
        )
        if until is None:
            return None
        if until == base and first.first > last.first > 0:
            base, until = _across(first, last, base, now)
            start = Period(*_ends(base, first))
        start = Period(start.start, _ends(until, last)[1])
    elif first.first > first.last:
        begin, until = _across(first, first, base, now)
        start = Period(f"{begin:04}-{first.first:02}", f"{until:04}-{first.last:02}")
    if time.opened == "since":
        return Period(start.start, OPEN)
    if time.opened == "until":
        return Period(OPEN, start.end)
    return start if start.start[:4] <= start.end[:4] else None


def _across(first: Point, last: Point, base: int, now: Now | None) -> tuple[int, int]:
    """The years of a range of months that ends in the next year (9月至6月): where no year is
    said, the last that was over when the text was written."""
    said = first.base == CALENDAR
    over = not said and now is not None and base == now.year
    return (base - 1, base) if over else (base, base + 1)


def _year(point: Point, now: Now | None, held: Period | None) -> int | None:
    if point.base == CALENDAR:
        return point.year
    if point.base == PUBLICATION:
        if now is None or (point.year > 0 and now.origin == "text"):
            return None  # the year that a text names last may itself be one to come
        return now.year + point.year
    if point.base == GOVERNING:
        base = held.year if held else now.year if now and point.year < 0 else None
        return None if base is None else base + point.year
    if held and held.end == OPEN:
        held = None  # 2017年以来…，截至5月底: of any year since
    if held is None:
        return None if now is None else now.past_year if point.year < 0 else now.year
    if now and held.years > 1 and int(held.start[:4]) <= now.year <= held.year:
        return now.year  # of a school year or a plan, the year in which the text was written
    return held.year


def _ends(year: int, point: Point) -> tuple[str, str]:
    """The first and the last month or day of a part of a year, or the year itself."""
    if not point.first:
        return f"{year:04}", f"{year:04}"
    if point.day:
        day = f"{year:04}-{point.first:02}-{point.day:02}"
        return day, day
    return f"{year:04}-{point.first:02}", f"{year:04}-{point.last:02}"


def _plan(time: Time, now: Now | None) -> Period:
    """A five-year plan's years, or the part that is named."""
    plan, part = plans()[time.word], load(__file__)["plan_part"]
    first, last = int(plan.start), int(plan.end)
    if time.part == "前":
        return Period(str(first), str(first + time.number - 1))
    if time.part == "后":
        return Period(str(last - time.number + 1), str(last))
    if time.opened or time.part in part["since"]:
        over = not time.opened and now is not None and now.past_year >= last >= now.year - 1
        return plan if over else Period(plan.start, OPEN)
    if time.part in part["first_year"]:
        return year(first)
    return year(last) if time.part in part["last_year"] else plan


def _today(kind: str, now: Now) -> Period | None:
    """近日, 今日, 昨日: the month or the day of the publication."""
    if not now.stated:
        return None
    if kind == "month" or not now.day:
        value = now._replace(day=0).iso
    else:
        from datetime import date, timedelta

        try:
            value = (date(*now[:3]) - timedelta(days=kind == "yesterday")).isoformat()
        except (ValueError, OverflowError):
            return None
    return Period(value, value)


def _past_year(now: Now, held: Period | None) -> Period:
    if held and held.years == 1:
        return Period(held.start[:4], held.end[:4])
    over = now.month == 0 or now.month <= 3 or now.month >= 11
    last = now.past_year
    return year(last) if over else Period(str(last - 1), str(last))


def _term(which: str, now: Now, held: Period | None) -> Period | None:
    """The years of a term or school year; an autumn term counts to the year that it begins in."""
    if which == "quarter":
        if held and len(held.start) == len(held.end) == 7:
            return held
        first = (now.month - 1) // 3 * 3 + 1
        return Period(f"{now.year}-{first:02}", f"{now.year}-{first + 2:02}") if now.month else None
    autumn = now.year - (now.month < 8)
    if which == "this":
        return year(now.year - (now.month == 1))
    if which == "last":
        return year(now.year if now.month >= 8 else now.year - 1)
    if which == "last_year":
        autumn -= 1
    return Period(str(autumn), str(autumn + 1))


def _begun(word: str, now: Now) -> Period | None:
    """入冬以来: from the year in which the season last began."""
    months = load(__file__)["begun_month"]
    first = next((m for season, m in months.items() if season in word), 0)
    if not first:  # 开学以来: the term of spring or of autumn
        first = months["春"]
    return Period(f"{now.year - (0 < now.month < first - 1):04}", OPEN)


def _run(time: Time, now: Now, held: Period | None) -> Period:
    """连续N年, N个月: the N that end with the period that governs."""
    count, unit = time.number, time.word
    if held and held.end != OPEN and int(held.end[:4]) > now.year:
        held = None  # a run that is told of has been
    end = held.end if held and held.end != OPEN else str(now.year if held else now.past_year)
    if unit in ("个月", "个季度"):
        month = int(end[:4]) * 12 + (int(end[5:7]) if len(end) >= 7 else 12) - 1
        first = month - count * (3 if unit == "个季度" else 1) + 1
        return Period(f"{first // 12}-{first % 12 + 1:02}", f"{month // 12}-{month % 12 + 1:02}")
    if unit == "个学期":
        count = (count + 1) // 2
    last = int(end[:4])
    return Period(str(last - count + 1), str(last))


def _years(time: Time, now: Now, held: Period | None, event: str | None) -> Period | None:
    """近两年, 过去三年, 五年来, 今后五年."""
    words, count, which = load(__file__)["years"], time.number, time.word
    if which in words["coming"]:
        if now.origin == "text":
            return None  # as in _year
        first = now.year + (now.month > 3)
        return Period(str(first), str(first + count - 1))
    if held and held.years == count:
        return Period(held.start[:4], held.end[:4])
    if not which and event and now.year - int(event[:4]) in (count - 1, count):
        return Period(event, str(now.year))
    if count == 5 and which not in words["recent"] and now.past_year < now.year:
        return Period(str(now.past_year - 4), str(now.past_year))
    return Period(str(now.year - count), str(now.year))
