"""The one grammar of time: which words of a text name a time, and what they say of it.

It serves the periods of figures, what is left out of their subjects, and the numerals that are
dates and count nothing. Here words are only read; what they come to (今年 of which year?) is
worked out in `resolve.py`, where the date of the document and the period that governs are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from shuangjian_cli.data import load
from shuangjian_cli.patterns import CLAUSE_STOPS, Endings, WordList, regex, worded
from shuangjian_cli.tag.time.eras import eras, year_of_era
from shuangjian_cli.tag.time.forms import HAN, NUMBER, TO, YEAR, finder, numbered_forms
from shuangjian_cli.tag.time.number import number
from shuangjian_cli.tag.time.points import CALENDAR, GOVERNING, PUBLICATION, UNSAID, Point, Time

_YEAR_HEADS = frozenset("12一二")
_FROM = ("自", "从")
"""Before a time that 以来 leaves open, whatever stands between."""
_BEFORE_CLAUSES = frozenset(CLAUSE_STOPS + "（\n 　")
_NAMED_COUNTY = regex("[春秋][^全各本我该两]县")
"""1929年|秋浦县: a county's name."""
_TO_HEADS = frozenset(" -—–~～至到")
_PART_HEADS = frozenset("一二三四五六七八九十前")
"""What a second point in time, and the number of a part of a year, begin with."""
_COUNTS = frozenset(f"0123456789{HAN}零百半数")
"""The characters that a numeral begins with."""


class _Grammar:
    """The words and patterns, compiled once from the vocabulary."""

    def __init__(self) -> None:
        w = load(__file__)
        tail, years, now = w["tail"], w["years"], w["now"]
        relative = _offsets(w["year"], this=0, last=-1, before_last=-2, next=1)
        relative |= _offsets(w["season"], this=0, last=-1)
        governing = _offsets(w["governing"], same=0, previous=-1, next=1, opening=0)
        self.not_after_governing = tuple(w["governing"]["not_after"])
        self.months: dict[str, str] = w["months"]
        self.terms = {word: name for name, words in w["term"].items() for word in words}
        # The words that need no pattern: what each names.
        forms = dict.fromkeys(w["ever"]["words"], "ever")
        forms |= dict.fromkeys((*self.months, *tail["alone"]), "part")
        self.over = frozenset(tail["over"])
        forms |= dict.fromkeys(self.terms, "term")
        for name in ("whole", "begun", "past_year"):
            forms |= dict.fromkeys(w[name]["words"], name)
        for name in ("month", "day", "yesterday"):
            forms |= dict.fromkeys(now[name], name)
        until = w["until"]["words"]
        forms |= dict.fromkeys(now["words"], "now")
        forms |= {a + b: "now" for a in until for b in (*now["words"], *now["until"])}
        forms |= dict.fromkeys(w["vague"]["words"], "vague")
        forms |= dict.fromkeys(w["vague"]["masked"], "masked")
        forms |= dict.fromkeys(w["vague"]["since_what"], "since_what")
        self.offsets = relative | governing
        forms |= dict.fromkeys(relative, PUBLICATION) | dict.fromkeys(governing, GOVERNING)
        self.forms = forms
        self.words = WordList(forms)
        self.relative = WordList(relative)
        self.governing = WordList(governing)
        self.opening = frozenset(w["governing"]["opening"])
        self.not_in = _around(self.offsets, w["year"]["not_in"])
        self.not_after = tuple(w["year"]["not_after"])
        self.since_how = WordList(w["vague"]["since_how"])
        self.monthly = regex(rf"\d{{1,2}}月(?:{TO}\d{{1,2}}月)?")
        self.day_of_month = regex(r"\d{1,2}日|[底初末中]")

        self.dated, self.plan, self.counted, self.worded = (
            worded(forms, __file__) for forms in numbered_forms(w)
        )
        before_number = [
            *eras(),
            *w["era"]["dynasty"],
            *w["consecutive"]["words"],
            *w["length"]["before"],
        ]
        before_number += [word for name in ("recent", "past", "coming") for word in years[name]]
        self.worded_heads = frozenset(word[0] for word in before_number) | frozenset("年前上")
        self.plan_heads = frozenset(name[0] for name in w["plan"]) | {"“"}
        begin = [*forms, *w["plan"], *before_number]
        begin += [*w["form"]["begins"], *("“" + name for name in w["plan"])]
        self.finder = regex(finder(begin))
        since_what = w["vague"]["since_what"]
        self.finder_without_since = regex(
            finder([word for word in begin if word not in since_what])
        )
        """The same without the words that only 以来 behind them makes a time of: 政策, 项目."""
        self.begin = _COUNTS | {word[:2] for word in begin}
        self.heads = frozenset(word[0] for word in begin) | frozenset(HAN + "“半数")
        ends = [*forms, *w["since"]["words"], *w["length"]["lengths"], *w["length"]["alone"]]
        for name in ("tail", "plan_part"):
            ends += [word for words in w[name].values() for word in words]
        self.ends = frozenset(word[-1] for word in ends) | frozenset("年月日号内”）")

        self.of_year = worded(
            rf"(?P<m1>\d{{1,2}})月?份?{TO}(?P<m2>\d{{1,2}})月(?:{{tail.month}})?"
            rf"|(?P<m>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月(?:(?P<d>\d{{1,2}}|"
            rf"[一二三四五六七八九十]{{1,3}})[日号]|(?:{{tail.month}}))?|前(?P<months>{NUMBER})个月",
            __file__,
        )
        self.year_part = WordList((*self.months, *tail["year"]))
        self.year_part_not = WordList(tail["not_in"])
        self.again = regex(rf"{TO}(?:(?P<year>{YEAR})(?:年度?|(?=[春秋])))?")
        self.day = regex(rf"{TO}(?P<d>\d{{1,2}})[日号]")
        self.since = worded(
            rf"(?:{{since.words}})(?<!起)|起(?![步草点用诉到来])"
            rf"|[^{CLAUSE_STOPS}\d]{{1,24}}?(?:{{since.after_words}})",
            __file__,
        )
        self.until = Endings(until)
        self.record = worded(
            rf"(?:{{years.not_next}})"
            rf"|[^{CLAUSE_STOPS}、]{{0,4}}(?:{{years.not_after}})",
            __file__,
        )
        self.not_before = Endings(years["not_before"])
        self.far = worded(rf"[^{CLAUSE_STOPS}]{{1,60}}?(?:{{since.after_words}})", __file__)
        self.part_since = frozenset(w["plan_part"]["since"])

    def match(self, text: str, at: int, end: int) -> Time | None:
        """The time that begins at a position."""
        head = text[at]
        if head not in self.begin and text[at : at + 2] not in self.begin:
            return None
        if found := self.words.match(text, at, end):
            time = _named(self, text, at, found.end(), end)
            if time is not None:
                return time
        if head in _COUNTS and (year := year_of_era(text, at, end)):
            return _point(self, text, year[0], at, year[1], end)
        found_form = self.dated.match(text, at, end) if head in _YEAR_HEADS else None
        if found_form is None and head in self.plan_heads:
            found_form = self.plan.match(text, at, end)
        if found_form is None and head in _COUNTS:
            found_form = self.counted.match(text, at, end)
        elif found_form is None and head in self.worded_heads:
            found_form = self.worded.match(text, at, end)
        return _counted(self, text, found_form, end) if found_form else None


def _offsets(words: Mapping[str, list[str]], **offsets: int) -> dict[str, int]:
    """For each word of the lists how many years it lies away."""
    return {word: years for name, years in offsets.items() for word in words[name]}


def _around(words: Iterable[str], longer: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """For each of the words what stands before it in the longer ones that it is part of."""
    out: dict[str, tuple[str, ...]] = {}
    for word in words:
        out[word] = tuple(other[: other.index(word)] for other in longer if word in other)
    return out


@cache
def grammar() -> _Grammar:
    """The compiled grammar."""
    return _Grammar()


@lru_cache(maxsize=64)
def times(text: str, start: int, end: int) -> tuple[Time, ...]:
    """The times named in [start, end) of a folded text, in order.

    Several stages ask for the same sentence one after the other: the last answers are kept.
    """
    g = grammar()
    out: list[Time] = []
    cursor = start
    finder = g.finder if text.find("以来", start, end) >= 0 else g.finder_without_since
    for found in finder.finditer(text, start, end):
        at = found.start()
        if at >= cursor and (time := g.match(text, at, end)):
            out.append(time)
            cursor = time.end
    return tuple(out)


def years_on() -> WordList:
    """The words for a year that count from the one told before: 同年, 次年."""
    return grammar().governing


def time_heads() -> frozenset[str]:
    """The characters, beside digits, that a time can begin with."""
    return grammar().heads


def time_ends() -> frozenset[str]:
    """The characters that a time can end with."""
    return grammar().ends


def time_at(text: str, at: int, end: int) -> Time | None:
    """The time that begins at a position of a text and ends by `end`."""
    return grammar().match(text, at, end)


def _named(g: _Grammar, text: str, start: int, end: int, limit: int) -> Time | None:
    """The time that a word at [start, end) names; None where it is part of another word."""
    word = text[start:end]
    form = g.forms[word]
    if form in (PUBLICATION, GOVERNING):
        if text.startswith(g.not_after, end) or any(
            before and text.endswith(before, 0, start) for before in g.not_in[word]
        ):
            return None
        if word in g.opening and start and text[start - 1] not in _BEFORE_CLAUSES:
            return None
        if form == GOVERNING and text.startswith(g.not_after_governing, end):
            return None
        if form == GOVERNING and text.startswith(("底", "末", "度"), end, limit):
            end += 1
        return _point(g, text, Point(form, g.offsets[word]), start, end, limit)
    if form == "part":
        return _point(g, text, Point(UNSAID, -(word in g.over)), start, start, limit)
    if form == "term":
        return Time(start, end, form, word=g.terms[word])
    if form == "since_what":
        while how := g.since_how.match(text, end, limit):
            end = how.end()
        return Time(start, end + 2, "vague") if text.startswith("以来", end, limit) else None
    if form == "ever" and word.startswith("每"):
        months = g.monthly.match(text, end, limit)
        end = months.end() if months else end
    if form == "masked":
        if months := g.monthly.match(text, end, limit):
            day = g.day_of_month.match(text, months.end(), limit)
            end = (day or months).end()
        return Time(start, end, "vague")
    if form == "month" and text[start - 1 : start].isnumeric():
        return None  # 30|日前
    return Time(start, end, form, word=word)


_KINDS = {
    "inside": "ever",
    "spent": "ever",
    "ago": "vague",
    "for": "length",
    "long": "length",
    "on": "clock",
    "clock": "clock",
}
"""The kind of time of a form that says no more."""


def _counted(g: _Grammar, text: str, found: re.Match[str], limit: int) -> Time | None:
    """The time of a form with a number, with all that belongs to it; None where it is no time."""
    form = found.lastgroup or ""
    start, end = found.span()
    if form == "year":
        return _point(g, text, Point(CALENDAR, number(found["y"])), start, end, limit)
    if form == "told":
        return _point(g, text, Point(CALENDAR, number(found["told_is"])), start, end, limit)
    if form == "month":
        return _point(g, text, Point(UNSAID), start, end, limit)
    if form == "date":
        year, month, day = (int(x) for x in [*re.split("[-./]", found["iso"]), "0"][:3])
        point = Point(CALENDAR, year, month, month, day)
        return _opened(g, text, Time(start, end, "point", point), limit)
    if form in ("school", "range"):
        kind = form[0]
        first = number(found[f"{kind}1"])
        short = found[f"{kind}2_short"]
        last = first // 100 * 100 + int(short) if short else number(found[f"{kind}2"])
        points = Point(CALENDAR, first), Point(CALENDAR, last)
        return _opened(g, text, Time(start, end, "range", *points), limit)
    if form in ("school_year", "decade"):
        first = number(found["s3"]) if form == "school_year" else 1900 + number(found["tens"])
        last = first + (1 if form == "school_year" else 9)
        return Time(start, end, "range", Point(CALENDAR, first), Point(CALENDAR, last))
    if form == "era":
        return _of_era(g, text, found, limit)
    if form == "within":
        return _point(g, text, Point(PUBLICATION), start, end, limit)
    if form == "plan":
        return _plan(g, text, found, limit)
    if form == "run":
        return Time(start, end, form, word=found["run_unit"], number=number(found["run_count"]))
    if form == "after":
        return Time(start, end, form, number=number(found["after_years"]))
    if form == "years":
        which, count = found.groupdict().get("which", ""), number(found["n"])
        if (
            count < 2
            or g.record.match(text, end, limit)
            or g.not_before.search(text, max(0, start - 2), start)
        ):
            form = "ever" if which else "length"
        return Time(start, end, form, word=which, number=count)
    if form == "for" and text[start] == "每" and text[end - 1] == "天":
        return None
    return Time(start, end, _KINDS[form])


def _of_era(g: _Grammar, text: str, found: re.Match[str], limit: int) -> Time:
    """A year of an era (民国18年) or all of it (民国时期)."""
    start, end = found.span()
    era, count = eras()[found["era_name"]], found["era_year"]
    if count is None:
        return Time(start, end, "range", Point(CALENDAR, era.first), Point(CALENDAR, era.last))
    year = number(found["era_is"] or ("一" if count == "元" else count))
    point = Point(CALENDAR, year if found["era_is"] else era.first + year - 1)
    return _point(g, text, point, start, end, limit) or Time(start, end, "point", point)


def _plan(g: _Grammar, text: str, found: re.Match[str], limit: int) -> Time:
    """A five-year plan or a part of it; named alone it is no time (“十四五”规划)."""
    start, end = found.span()
    name, part, side = found["plan_name"], found["plan_part"] or "", found["side"]
    if side:
        return Time(start, end, "plan", word=name, part=side, number=number(found["side_years"]))
    if not part:
        return Time(start, end, "ever")
    if part not in g.part_since and text.startswith("以来", end) and end + 2 <= limit:
        return Time(start, end + 2, "plan", opened="since", word=name, part=part)
    return Time(start, end, "plan", word=name, part=part)


def _point(g: _Grammar, text: str, year: Point, start: int, end: int, limit: int) -> Time | None:
    """A year, or a part of one, with the second one after 至 and its open end."""
    first, end = _part(g, text, year, end, limit)
    if end == start:
        return None
    last = None
    if text[end : end + 1] in _TO_HEADS and (again := g.again.match(text, end, limit)):
        at, follows = again.end(), first._replace(first=0, last=0, day=0)
        of_era = None
        relative = None if again["year"] else g.relative.match(text, at, limit)
        if again["year"]:
            follows = Point(CALENDAR, number(again["year"]))
        elif relative:
            at, follows = relative.end(), Point(PUBLICATION, g.offsets[relative.group()])
        elif of_era := year_of_era(text, at, limit, second=True):
            follows, at = of_era
        second, after = _part(g, text, follows, at, limit)
        if again["year"] or relative or of_era or (after > at and first.first):
            last, end = second, after
        elif first.day and (day := g.day.match(text, end, limit)):
            last, end = first._replace(day=int(day["d"])), day.end()
    return _opened(g, text, Time(start, end, "range" if last else "point", first, last), limit)


def _part(g: _Grammar, text: str, year: Point, at: int, limit: int) -> tuple[Point, int]:
    """The part of the year that is named at a position, or the whole year, and where it ends."""
    if word := g.year_part.match(text, at, limit):
        if g.year_part_not.match(text, at) or _NAMED_COUNTY.match(text, at, limit):
            return year, at
        first, _, last = g.months.get(word.group(), "0/0").partition("/")
        return year._replace(first=int(first), last=int(last)), word.end()
    head = text[at : at + 1]
    part = None
    if head.isdecimal() or head in _PART_HEADS:
        part = g.of_year.match(text, at, limit)
    if part is None:
        return year, at
    numbers = [number(part[name]) for name in ("m1", "m2", "m", "months") if part[name]]
    if any(not 1 <= n <= 12 for n in numbers):
        return year, at
    if part["m1"]:
        return year._replace(first=numbers[0], last=numbers[1]), part.end()
    if part["months"]:
        return year._replace(first=1, last=numbers[0]), part.end()
    day = number(part["d"]) if part["d"] else 0
    month = year._replace(first=numbers[0], last=numbers[0], day=day if day <= 31 else 0)
    return month, part.end()


def _opened(g: _Grammar, text: str, time: Time, limit: int) -> Time:
    """The time with an open end where 以来 or 截至 says so."""
    since = g.since.match(text, time.end, limit)
    calendar = time.first is not None and time.first.base == CALENDAR
    if since and (calendar or since.end() - time.end <= 4):
        return time._replace(end=since.end(), opened="since")
    if (
        calendar
        and text[time.start - 1 : time.start] in _FROM
        and g.far.match(text, time.end, limit)
    ):
        return time._replace(opened="since")  # 自2011年|教育部等15个部门启动试点以来
    until = g.until.search(text, max(0, time.start - 3), time.start)
    return time._replace(start=until.start(), opened="until") if until else time
