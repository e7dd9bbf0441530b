"""The times that a sentence names, each with what it does there."""

from shuangjian_cli.patterns import (
    CLAUSE_STOP,
    CLAUSE_STOPS,
)
from shuangjian_cli.tag.period import use
from shuangjian_cli.tag.period.use import GOVERNING, Mention
from shuangjian_cli.tag.time import (
    CALENDAR,
    OPEN,
    PUBLICATION,
    UNKNOWN,
    UNSAID,
    Now,
    Period,
    Time,
    number,
    resolve,
    times,
    year,
)

_SHORT = 5
"""How many characters may stand between the head of a clause and 目前."""
_RULES = {
    "now": "period.until",
    "plan": "period.plan",
    "years": "period.years",
    "run": "period.consecutive",
    "begun": "period.since",
    "month": "period.recent",
    "day": "period.recent",
    "yesterday": "period.recent",
    "whole": "period.part",
    "vague": "period.vague",
}
_RULES_OF_YEARS = {"calendar": "period.date", "unsaid": "period.part"}


_INFERRED = frozenset(("years", "run", "past_year", "term", "begun"))


def _rule(
    time: Time, period: Period, event: str | None, now: Now | None, around: Period | None
) -> str:
    """The rule that a time follows, of which `around` may give the year."""
    if now is not None and now.origin != "date" and period is not UNKNOWN:
        points = [point for point in (time.first, time.last) if point is not None]
        bases = {PUBLICATION, UNSAID} if around is None else {PUBLICATION}
        if time.kind in _INFERRED or any(point.base in bases for point in points):
            return "period.dated_wrongly" if now.stated else "period.inferred"
    if time.first is not None:
        if time.opened:
            return f"period.{time.opened}"
        return _RULES_OF_YEARS.get(time.first.base, "period.relative")
    if time.kind == "years" and event and not time.word and period.start == event:
        return "period.event"
    return _RULES.get(time.kind, "period.relative")


def mentions(
    text: str,
    start: int,
    end: int,
    now: Now | None,
    governing: Period | None,
    event: str | None = None,
) -> list[Mention]:
    """The periods named in [start, end) of a folded text that can be told, in order."""
    found = read(text, start, end, now, governing, event)
    return [m for m in found if m.period is not UNKNOWN]


def read(
    text: str,
    start: int,
    end: int,
    now: Now | None,
    governing: Period | None,
    event: str | None = None,
) -> list[Mention]:
    """The times named in [start, end) of a folded text, in order.

    `governing` is the period that holds where the range begins; `event` the date of something
    told earlier in the paragraph, from which N年来 runs.
    """
    w = use.around()
    out: list[Mention] = []
    held, dated, told = governing, event, -1
    named = times(text, start, end)
    for i, time in enumerate(named):
        around = held
        if time.first is not None and time.first.base == UNSAID and i + 1 < len(named):
            around = _year_behind(time, named[i + 1]) or held  # 7月8日，2021年…
        period = resolve(time, now, around, dated)
        planned = time.kind == "years" and w.planned.search(
            text, max(start, time.start - 24), time.start
        )
        if planned and int(planned[2]) - int(planned[1]) + 1 == time.number:
            period = Period(planned[1], planned[2])  # 《三年行动计划（2011—2013年）》实施三年来
        if period is None and held is not None and _replaces(text, start, time, held):
            period = UNKNOWN
        if period is None or time.start < told:
            continue
        if time.kind == "years" and out and text[out[-1].end : time.start] == "的":
            continue  # 2020年至2024年的|5年间
        if time.kind == "point" and (lasting := w.lasting.match(text, time.end)):
            period, told = _lasting(period, lasting[1]), lasting.end()
        rule = _rule(time, period, dated, now, around)
        found = Mention(time.start, time.end, period, rule, "governs", end)
        joined = bool(out) and out[-1].end == time.start - 1
        found = use.used(w, text, start, end, found, joined, time.kind)
        if found.use == "governs" and out and (movement := use.movement(w, text, out[-1], found)):
            out.pop()
            found = movement
        out.append(found)
        if found.use in GOVERNING and period is not UNKNOWN:
            held = found.period
        if dated is None and found.use == "event":
            dated = period.start
    return out


def _replaces(text: str, start: int, time: Time, held: Period) -> bool:
    """Whether a time that cannot be told takes the place of the one that governs: 2016年…，今年…, or
    of a span or a part of a year: “十二五”期间…。目前，…; or lies somewhere in what is open: 2017年以来…，
    截至5月底…."""
    if time.kind == "now":
        if held.years == 1 and len(held.start) == 4:
            return False
        # 学校目前有…
        near = max(start, time.start - _SHORT)
        return near == start or CLAUSE_STOP.search(text, near, time.start) is not None
    if time.first is None:
        return False
    if time.first.base == UNSAID:
        return held.end == OPEN
    at_head = time.start == start or text[time.start - 1] in CLAUSE_STOPS
    return at_head and time.first.base == PUBLICATION


def _lasting(period: Period, years: str) -> Period:
    """至2012年|五年期间: the years that end with the one named."""
    if not period.end[:4].isdecimal():
        return period
    return Period(f"{period.year - number(years)}", f"{period.year}")


def _year_behind(time: Time, following: Time) -> Period | None:
    """The year that is named right behind a date without one."""
    first = following.first
    if first is None or first.base != CALENDAR or following.start - time.end > 1:
        return None
    return year(first.year)
