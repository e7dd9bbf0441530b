"""The grammar of periods: which words of a sentence name one, and which one they name.

Years, months and days are ISO 8601; an open end is `..`. Words relative to now (今年, 近两年)
count from the publication, words without a year (上半年, 11月底, 上年) from the period that
governs the sentence where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from shuangjian_cli.data import load
from shuangjian_cli.patterns import CLAUSE_STOPS, either, regex
from shuangjian_cli.tag.period.number import number

OPEN = ".."


class Period(NamedTuple):
    """From `start` to `end`, both included, each an ISO 8601 year, month or day, or `..`."""

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
        if OPEN in self:
            return 0
        return int(self.end[:4]) - int(self.start[:4]) + 1


class Now(NamedTuple):
    """When a document speaks: the year and month of its publication (month 0 where unknown)."""

    year: int
    month: int

    @property
    def past_year(self) -> int:
        """The last year that is over or all but over: a review of January speaks of the year
        before, and so does one of March, when the assemblies end."""
        return self.year - (0 < self.month <= 3)


class Mention(NamedTuple):
    """Words that name a period, at [start, end) of the folded text, and how they are used.

    `use`: governs — the clauses after it · source — only the figure that a movement starts from
    · clause — its own clause only (连续9年) · base — no figure: another one is compared with it ·
    name — no figure: the words are part of a name. `stop` is where its rule ends at the latest.
    """

    start: int
    end: int
    period: Period
    rule: str
    use: str
    stop: int


def year(value: int) -> Period:
    """A whole year."""
    return Period(f"{value:04}", f"{value:04}")


_HAN = "〇两一二三四五六七八九十"
_NUMBER = r"\d{1,2}|[一二两三四五六七八九十]{1,3}"
_YEAR = r"(?:19(?<!\d19)\d\d|20(?<!\d20)\d\d|[一二][〇零九][〇零一二三四五六七八九]{2})"
_HAN_MONTH = r"(?<![一二三四五六七八九十第])(?:十[一二]?|[一二三四五六七八九])"
_TO = r"(?: ?[-—–~～]{1,2} ?|至|到)"
_LEAD = 20
"""How many characters of a period may come before the first that is looked for."""
_REACH = 80
"""How far brackets and the marks of a title are looked for."""
_QUOTED = 16
"""How long a quotation may be that is taken for a name."""


def _whole(relative: Iterable[str], year: dict[str, list[str]]) -> str:
    """The words of a relative year where they are no part of others (说明年均, 本年级)."""
    found = []
    for word in sorted(relative, key=len, reverse=True):
        inside = [o[: o.index(word)] + word for o in year["not_in"] if word in o]
        found.append(re.escape(word) + "".join(f"(?<!{re.escape(other)})" for other in inside))
    return f"(?:{'|'.join(found)})(?!{either(year['not_after'])})"


class _Grammar:
    """The patterns, compiled once from the vocabulary."""

    def __init__(self) -> None:
        w = load(__file__)
        years, part = w["years"], w["plan_part"]
        self.relative = {
            word: offset
            for name, offset in (("this", 0), ("last", -1), ("before_last", -2), ("next", 1))
            for word in w["year"][name]
        }
        self.months: dict[str, str] = w["months"]
        self.plans = {name: Period(*span.split("/")) for name, span in w["plan"].items()}
        self.plan = regex(either(self.plans))
        self.plan_first = set(part["first_year"])
        self.plan_last = set(part["last_year"])
        self.plan_since = set(part["since"])
        self.coming = set(years["coming"])
        self.recent = set(years["recent"])
        self.terms = {word: name for name, row in w["term"].items() for word in row}
        after = either(years["after"])
        begin = [
            *w["until"]["words"],
            *w["past_year"]["words"],
            *self.relative,
            *w["previous"]["words"],
            *self.plans,
            *w["consecutive"]["words"],
            *years["recent"],
            *years["past"],
            *years["coming"],
            *self.terms,
            *self.months,
            *w["whole_year"]["words"],
            "“",
        ]
        firsts = "".join(sorted({word[0] for word in begin}))
        # The look-aheads step over characters at which no alternative begins: numerals that are
        # followed by nothing of a date, and for the words all that begins none of them.
        self.anchor = regex(
            rf"(?=[{firsts}{_HAN}]|\d(?<!\d\d)\d{{0,3}} ?[年月份学至到/.\-—–~～])(?:(?={_YEAR})(?:"
            rf"(?P<a1>.{{4}})年?(?:{_TO}|/)(?P<a2>{_YEAR})学年度?"
            r"|(?P<a3>.{4})学年度?"
            rf"|(?P<r1>.{{4}})年?{_TO}(?P<r2>{_YEAR})年(?:度|底|末)?(?![上下一二三四第前\d])"
            r"|(?P<year>.{4})年(?:度)?)"
            r"|(?=20)(?<!\d)(?P<date>20\d\d(?P<sep>[-./])(?:0?[1-9]|1[0-2])(?:(?P=sep)(?:3[01]|[12]\d|0?[1-9]))?)(?![\d年])"
            rf"|(?=[{firsts}])(?:(?P<now>(?:{either(w['until']['words'])})(?:{either(w['until']['now'])}))"
            rf"|(?P<past_year>{either(w['past_year']['words'])})"
            rf"|(?P<relative>{_whole(self.relative, w['year'])})"
            rf"|(?P<previous>{_whole(w['previous']['words'], w['year'])})(?:底|末|度)?"
            rf"|“?(?P<plan>{either(self.plans)})”?(?:规划)?(?:(?P<part>{either(*part.values())})"
            rf"|(?P<side>[前后])(?P<side_years>{_NUMBER})年)"
            rf"|(?:{either(w['consecutive']['words'])})(?P<run>{_NUMBER})"
            r"(?P<run_unit>学年|年度|年|个月|个季度|个学期)"
            rf"|(?P<which>{either(years['recent'], years['past'], years['coming'])})"
            rf"(?P<n1>{_NUMBER})个?年(?:多)?(?:{after})?"
            rf"|(?P<term>{either(self.terms)})"
            rf"|(?P<half>{either(self.months)})"
            rf"|(?P<whole>{either(w['whole_year']['words'])}))"
            rf"|(?=[\d{_HAN}])(?<![\d.])(?:(?P<n2>{_NUMBER})年(?:多)?(?:(?P<after>{after})|(?={either(years['total'])}))"
            rf"|(?=\d{{1,2}}月?份?(?:{_TO}\d{{1,2}}月|月)"
            rf"|{_HAN_MONTH}月(?:{either(w['tail']['month'])}|以来))(?<!每年)(?<!每学年)(?P<month>)))"
        )
        self.part = regex(
            rf"(?P<m1>\d{{1,2}})月?份?{_TO}(?P<m2>\d{{1,2}})月(?:{either(w['tail']['month'])})?"
            rf"|(?P<m>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月(?:(?P<d>\d{{1,2}}|"
            r"[一二三四五六七八九十]{1,3})[日号]|"
            rf"(?:{either(w['tail']['month'])}))?"
            rf"|(?P<half>{either(self.months)})"
            rf"|前(?P<first>{_NUMBER})个月"
            rf"|(?:{either(w['tail']['year'])})"
        )
        self.again = regex(
            rf"{_TO}(?:(?P<year>{_YEAR})年(?:度)?|(?P<relative>{either(self.relative)}))?"
        )
        self.day = regex(rf"{_TO}(?P<d>\d{{1,2}})[日号]")
        since = either(w["since"]["words"])
        self.since = regex(
            rf"(?:{since})(?<!起)|起(?![步草点用诉到来])"
            rf"|[^{CLAUSE_STOPS}\d]{{1,24}}?(?:{either(w['since']['after_words'])})"
        )
        self.until = regex(rf"(?:{either(w['until']['words'])})$")
        compared = w["comparison"]
        self.base_before = regex(
            rf"(?:(?<![占对])比|(?<!比)较)[^{CLAUSE_STOPS}、\d]{{0,8}}的$"
            rf"|(?<![占])(?:{either(set(compared['before']) - {'与', '同'})})$"
        )
        self.base_with = regex("[与同]$")
        self.base_after = regex(rf"(?:{either(compared['after'])})")
        self.base_later = regex(rf"[^{CLAUSE_STOPS}]{{0,8}}(?:{either(compared['after'])})")
        self.times = regex(r"的?(?:约|近|超)?(?:\d[\d.]*|[一二两三四五六七八九十]+)(?:多|余)?倍")
        self.share = regex(r"的(?:\d[\d.]*%|[一二三四五六七八九十]+(?:分之|成)|百分之)")
        self.valued = regex(
            r"的(?:约|近|超|不足)?\d[\d.,]*(?!\d)[^\d，。；：！？、]{0,4}?(?=提高|增|降|减|下|上|升|高|低|多|少|，)"
        )
        self.value = re.compile(r"的|约?\d")
        self.founded = regex(rf"(?:{either(w['founded']['before'])})$")
        self.equals = regex(rf"(?:{either(compared['equals'])})$")
        self.source = regex(rf"(?:{either(w['source']['before'])})$")
        self.arrival = regex(rf"[到至为{CLAUSE_STOPS}]|(?<![一二三四五六七八九])成")
        self.record = regex(rf"[^{CLAUSE_STOPS}、]{{0,4}}(?:{either(years['not_after'])})")
        self.not_before = regex(rf"(?:{either(years['not_before'])})$")
        self.scheme = regex(rf"(?:{either(w['name']['before_bracket'])})[（(]?$")
        self.name_after = regex(rf"(?:{either(w['name']['after'])})")
        self.quick = regex("年|月|期|季|20\\d\\d|十[二三四五六]五|目前|当前|今[天日]|发稿")
        self.ground = regex(f"[^{CLAUSE_STOPS}]{{0,40}}基础上")


@cache
def grammar() -> _Grammar:
    """The compiled grammar."""
    return _Grammar()


def mentions(
    text: str,
    start: int,
    end: int,
    now: Now | None,
    governing: Period | None,
    event: str | None = None,
) -> list[Mention]:
    """The periods named in [start, end) of a folded text, in order.

    `governing` is the period that holds where the range begins; `event` the date of something
    told earlier in the paragraph, from which N年来 runs.
    """
    g = grammar()
    out: list[Mention] = []
    cursor = start
    held, dated = governing, event
    while quick := g.quick.search(text, cursor, end):
        anchor = g.anchor.search(text, max(cursor, quick.start() - _LEAD), end)
        if anchor is None:
            break
        cursor = max(anchor.end(), anchor.start() + 1)
        read = _read(g, text, anchor, end, now, held, dated)
        if read is None:
            continue
        period, rule, at, stop = read
        cursor = max(stop, cursor)
        found = Mention(at, stop, period, rule, "governs", end)
        joined = bool(out) and out[-1].end == at - 1
        found = _used(g, text, start, end, found, joined)
        out.append(found)
        if found.use == "governs":
            held = period
        if dated is None and rule == "period.date":
            dated = period.start
    return out


def _read(
    g: _Grammar,
    text: str,
    anchor: re.Match[str],
    limit: int,
    now: Now | None,
    held: Period | None,
    event: str | None,
) -> tuple[Period, str, int, int] | None:
    """The period of an anchor as (period, rule, start, end), or None where it names none."""
    kind = anchor.lastgroup
    start, end = anchor.span()
    if kind == "a2":
        return (
            Period(str(number(anchor["a1"])), str(number(anchor["a2"]))),
            "period.date",
            start,
            end,
        )
    if kind == "a3":
        value = number(anchor["a3"])
        return Period(str(value), str(value + 1)), "period.date", start, end
    if kind == "r2":
        period = Period(str(number(anchor["r1"])), str(number(anchor["r2"])))
        return _open(g, text, period, "period.date", start, end, limit)
    if kind == "year":
        period, end = _date(g, text, number(anchor["year"]), end, limit, now)
        return _open(g, text, period, "period.date", start, end, limit)
    if kind == "whole":
        return (year(held.year), "period.part", start, end) if held and len(held.end) > 4 else None
    if kind == "date":
        day = "-".join(part.zfill(2) for part in re.split("[-./]", anchor["date"]))
        return _open(g, text, Period(day, day), "period.date", start, end, limit)
    if kind in ("month", "half"):
        base = held.year if held else now.year if now else None
        if base is None:
            return None
        period, end = _date(g, text, base, start, limit, now)
        if end == start:
            return None
        return _open(g, text, period, "period.part", start, end, limit)
    if kind == "plan" or kind in ("part", "side_years"):
        return _plan(g, text, anchor, now, limit)
    if kind == "previous":
        base = held.year if held else now.year if now else None
        return None if base is None else (year(base - 1), "period.relative", start, end)
    if now is None:
        return None
    if kind == "relative":
        period, end = _date(g, text, now.year + g.relative[anchor["relative"]], end, limit, now)
        return _open(g, text, period, "period.relative", start, end, limit)
    if kind == "now":
        month = f"-{now.month:02}" if now.month else ""
        return Period(OPEN, f"{now.year}{month}"), "period.until", start, end
    if kind == "past_year":
        if held and held.years == 1:
            return Period(held.start[:4], held.end[:4]), "period.relative", start, end
        over = now.month == 0 or now.month <= 3 or now.month >= 11
        last = now.past_year
        period = year(last) if over else Period(str(last - 1), str(last))
        return period, "period.relative", start, end
    if kind == "term":
        return _term(g.terms[anchor["term"]], now), "period.relative", start, end
    if kind == "run_unit":
        return _run(anchor, now, held), "period.consecutive", start, end
    return _years(g, text, anchor, now, held, event)


def _date(
    g: _Grammar, text: str, base: int, at: int, limit: int, now: Now | None
) -> tuple[Period, int]:
    """A year with what follows it: months, days, a half, a second date after 至."""
    period, end = _part(g, text, base, at, limit)
    again = g.again.match(text, end, limit)
    if again and (again["year"] or again["relative"] or "-" in period.end):
        last = base
        if again["year"]:
            last = number(again["year"])
        elif again["relative"] and now:
            last = now.year + g.relative[again["relative"]]
        second, after = _part(g, text, last, again.end(), limit)
        if after > again.end() or again["year"] or again["relative"]:
            return Period(period.start, second.end), after
        day = g.day.match(text, end, limit)
        if day and len(period.end) == 10:
            return Period(period.start, f"{period.end[:8]}{int(day['d']):02}"), day.end()
    return period, end


def _part(g: _Grammar, text: str, base: int, at: int, limit: int) -> tuple[Period, int]:
    """The part of the year that is named at a position, or the whole year."""
    part = g.part.match(text, at, limit)
    whole = year(base)
    if part is None:
        return whole, at
    if part["half"]:
        first, _, last = g.months[part["half"]].partition("/")
        return Period(f"{base}-{first}", f"{base}-{last}"), part.end()
    numbers = [number(part[name]) for name in ("m1", "m2", "m", "first") if part[name]]
    if any(not 1 <= n <= 12 for n in numbers):
        return whole, at
    if part["m1"]:
        return Period(f"{base}-{numbers[0]:02}", f"{base}-{numbers[1]:02}"), part.end()
    if part["first"]:
        return Period(f"{base}-01", f"{base}-{numbers[0]:02}"), part.end()
    if part["m"]:
        month = f"{base}-{numbers[0]:02}"
        day = number(part["d"]) if part["d"] else 0
        value = f"{month}-{day:02}" if 1 <= day <= 31 else month
        return Period(value, value), part.end()
    return whole, part.end()


def _open(
    g: _Grammar, text: str, period: Period, rule: str, start: int, end: int, limit: int
) -> tuple[Period, str, int, int]:
    """The period with an open end where 以来 or 截至 says so."""
    since = g.since.match(text, end, limit)
    if since and not (since.end() - end > 4 and rule != "period.date"):
        return Period(period.start, OPEN), "period.since", start, since.end()
    until = g.until.search(text, max(0, start - 3), start)
    if until:
        return Period(OPEN, period.end), "period.until", until.start(), end
    return period, rule, start, end


def _plan(
    g: _Grammar, text: str, anchor: re.Match[str], now: Now | None, limit: int
) -> tuple[Period, str, int, int]:
    """A five-year plan's years, or the part that is named."""
    plan = g.plans[anchor["plan"]]
    first, last = int(plan.start), int(plan.end)
    start, end = anchor.span()
    part = anchor["part"]
    if anchor["side"]:
        count = number(anchor["side_years"])
        if anchor["side"] == "前":
            plan = Period(str(first), str(first + count - 1))
        else:
            plan = Period(str(last - count + 1), str(last))
    elif part in g.plan_since:
        if now is None or now.past_year < last:
            plan = Period(plan.start, OPEN)
    elif part in g.plan_first:
        plan = year(first)
    elif part in g.plan_last:
        plan = year(last)
    elif text.startswith("以来", end) and end + 2 <= limit:
        return Period(plan.start, OPEN), "period.plan", start, end + 2
    return plan, "period.plan", start, end


def _term(which: str, now: Now) -> Period:
    """The years of a term or school year; an autumn term counts to the year that it begins in."""
    autumn = now.year - (now.month < 8)
    if which == "this":
        return year(now.year - (now.month == 1))
    if which == "last":
        return year(now.year if now.month >= 8 else now.year - 1)
    if which == "last_year":
        autumn -= 1
    return Period(str(autumn), str(autumn + 1))


def _run(anchor: re.Match[str], now: Now, held: Period | None) -> Period:
    """连续N年, N个月: the N that end with the period that governs."""
    count, unit = number(anchor["run"]), anchor["run_unit"]
    end = held.end if held and held.end != OPEN else str(now.year if held else now.past_year)
    if unit in ("个月", "个季度"):
        month = int(end[:4]) * 12 + (int(end[5:7]) if len(end) >= 7 else 12) - 1
        first = month - count * (3 if unit == "个季度" else 1) + 1
        return Period(f"{first // 12}-{first % 12 + 1:02}", f"{month // 12}-{month % 12 + 1:02}")
    if unit == "个学期":
        count = (count + 1) // 2
    last = int(end[:4])
    return Period(str(last - count + 1), str(last))


def _years(
    g: _Grammar,
    text: str,
    anchor: re.Match[str],
    now: Now,
    held: Period | None,
    event: str | None,
) -> tuple[Period, str, int, int] | None:
    """近两年, 过去三年, 五年来, 今后五年; None where the words are a record or part of a name."""
    start, end = anchor.span()
    which = anchor["which"]
    count = number(anchor["n1"] or anchor["n2"])
    if (
        count < 2
        or g.record.match(text, end)
        or g.not_before.search(text, max(0, start - 2), start)
    ):
        return None
    rule = "period.years"
    if which in g.coming:
        first = now.year + (now.month > 3)
        return Period(str(first), str(first + count - 1)), rule, start, end
    if held and held.years == count:
        return Period(held.start[:4], held.end[:4]), rule, start, end
    if which is None and event and now.year - int(event[:4]) in (count - 1, count):
        return Period(event, str(now.year)), "period.event", start, end
    if count == 5 and which not in g.recent and now.past_year < now.year:
        return Period(str(now.past_year - 4), str(now.past_year)), rule, start, end
    return Period(str(now.year - count), str(now.year)), rule, start, end


def _used(g: _Grammar, text: str, start: int, end: int, found: Mention, joined: bool) -> Mention:
    """How the mention is used where it stands; `joined` to the one before (2022年、2023年)."""
    stop = end
    opened = text.rfind("（", max(start, found.start - _REACH), found.start)
    if opened >= 0:
        closed = text.find("）", opened, min(end, found.end + _REACH))
        stop = closed if closed >= found.end else stop
    before = max(start, found.start - 14)
    ground = g.ground.match(text, found.end, stop)
    if ground:
        stop = ground.end()
    use = "governs"
    if _is_name(g, text, start, end, found):
        use = "name"
    elif found.rule == "period.consecutive":
        use = "clause"
    elif found.rule not in ("period.since", "period.until"):
        if _is_base(g, text, before, end, found, joined):
            use = "base"
            valued = g.valued.match(text, found.end, end)
            if valued:
                use, stop = "source", valued.end()
        elif g.source.search(text, before, found.start) and (
            found.period.start == found.period.end or g.value.match(text, found.end, end)
        ):
            use = "source"
            stop = min(stop, found.end + _REACH)
            arrival = g.arrival.search(text, found.end, stop)
            stop = arrival.start() if arrival else stop
    if use == found.use and stop == found.stop:
        return found
    return found._replace(use=use, stop=stop)


def _is_base(g: _Grammar, text: str, before: int, end: int, found: Mention, joined: bool) -> bool:
    """Whether another period is only compared with this one."""
    if g.base_after.match(text, found.end, end):
        return True
    if before < found.start:
        if g.base_before.search(text, before, found.start):
            return True
        if not joined and g.base_with.search(text, before, found.start):
            return g.base_later.match(text, found.end, end) is not None
    if g.times.match(text, found.end, end):
        return True
    return (
        before < found.start
        and g.equals.search(text, before, found.start) is not None
        and g.share.match(text, found.end, end) is not None
    )


def _is_name(g: _Grammar, text: str, start: int, end: int, found: Mention) -> bool:
    """Whether the words are part of a name: in 《》, a scheme's years, an edition, a quoted name."""
    if g.name_after.match(text, found.end, end):
        return True
    if found.start == start:
        return False
    if g.founded.search(text, max(start, found.start - 4), found.start):
        return True
    reach = max(start, found.start - _REACH)
    opened = text.rfind("《", reach, found.start)
    if opened >= 0 and text.find("》", opened, found.start) < 0:
        return True
    if g.scheme.search(text, max(start, found.start - 5), found.start) and (
        text[found.start - 1] in "（("
    ):
        return True
    opened = text.rfind("“", reach, found.start)
    if opened < 0 or text.find("”", opened, found.start) >= 0:
        return False
    closed = text.find("”", found.end, min(end, found.end + _QUOTED))
    return (
        0 <= closed - opened <= _QUOTED
        and (opened + 1 < found.start or found.end < closed)
        and not any(c in text[opened:closed] for c in CLAUSE_STOPS)
        and "“" not in text[found.start : found.end]
    )
