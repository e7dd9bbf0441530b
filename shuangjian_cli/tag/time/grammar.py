"""The one grammar of time: which words of a text name a time, and what they say of it.

It serves the periods of figures, what is left out of their subjects, and the numerals that are
dates and count nothing. Here words are only read; what they come to (今年 of which year?) is
worked out in `resolve.py`, where the date of the document and the period that governs are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from shuangjian_cli.data import load
from shuangjian_cli.patterns import CLAUSE_STOPS, Endings, WordList, either, regex
from shuangjian_cli.tag.time.number import number

CALENDAR, PUBLICATION, GOVERNING, UNSAID = "calendar", "publication", "governing", "unsaid"
"""What the year of a `Point` counts from."""


class Point(NamedTuple):
    """A year, or the part of one, as it is named.

    `year` is the year itself (base CALENDAR) or how many years it lies after that of the
    publication or of the period that governs; UNSAID is a part of a year without the year.
    `first` and `last` are months, 0 for the whole year; `day` is 0 for whole months.
    """

    base: str
    year: int = 0
    first: int = 0
    last: int = 0
    day: int = 0


class Time(NamedTuple):
    """A time named at [start, end) of a folded text.

    `kind`: point · range (from `first` to `last`) · now, month, day, yesterday (of the
    publication) · plan · years (近两年) · run (连续9年) · past_year · term · begun (入冬以来) ·
    whole (全年) · vague (近年来). Those that are no period of a figure: ever (每年, 三年内), length
    (为期两个月, 三年级) and clock. `opened` is since or until where an end of the period is open.
    `word`, `part` and `number` say what a kind has instead of points: the name of a plan, the part
    of it and of how many years; the unit of a run and how many.
    """

    start: int
    end: int
    kind: str
    first: Point | None = None
    last: Point | None = None
    opened: str = ""
    word: str = ""
    part: str = ""
    number: int = 0


NO_PERIOD = frozenset(("ever", "length", "clock"))
"""The kinds that are no period of a figure."""

_HAN = "〇一二两三四五六七八九十"
_NUMBER = r"\d{1,2}|[一二两三四五六七八九十]{1,3}"
_YEAR = r"(?:19(?<!\d19)\d\d|20(?<!\d20)\d\d|[一二][〇零九][〇零一二三四五六七八九]{2})"
_YEAR_HEADS = frozenset("12一二")
_HAN_MONTH = r"(?<![一二三四五六七八九十第])(?:十[一二]?|[一二三四五六七八九])"
_TO = r"(?: ?[-—–~～]{1,2} ?|至|到)"
_TO_HEADS = frozenset(" -—–~～至到")
_PART_HEADS = frozenset("一二三四五六七八九十前")
"""What a second point in time, and the number of a part of a year, begin with."""
_MANY = r"(?:\d{1,3}(?:\.\d)?|[零〇一二三四五六七八九十百两半]{1,3}|十几|数)[多余]?"
"""The number of a duration."""
_COUNTS = frozenset(f"0123456789{_HAN}零百半数")
"""The characters that a numeral begins with."""
_UNITS = "年月日天周季学小工世"
"""The first characters of what a time is counted in."""


class _Grammar:
    """The words and patterns, compiled once from the vocabulary."""

    def __init__(self) -> None:
        w = load(__file__)
        tail, years, now = w["tail"], w["years"], w["now"]
        relative = _offsets(w["year"], this=0, last=-1, before_last=-2, next=1)
        relative |= _offsets(w["season"], this=0, last=-1)
        governing = _offsets(w["governing"], same=0, previous=-1, next=1)
        self.months: dict[str, str] = w["months"]
        self.terms = {word: name for name, words in w["term"].items() for word in words}
        # The words that need no pattern: what each names.
        forms = dict.fromkeys(w["ever"]["words"], "ever")
        forms |= dict.fromkeys((*self.months, *tail["alone"]), "part")
        forms |= dict.fromkeys(self.terms, "term")
        for name in ("whole", "begun", "past_year"):
            forms |= dict.fromkeys(w[name]["words"], name)
        for name in ("month", "day", "yesterday"):
            forms |= dict.fromkeys(now[name], name)
        until = w["until"]["words"]
        forms |= dict.fromkeys(now["words"], "now")
        forms |= {a + b: "now" for a in until for b in (*now["words"], *now["until"])}
        forms |= dict.fromkeys(w["vague"]["words"], "vague")
        forms |= dict.fromkeys(w["vague"]["since_what"], "since_what")
        self.offsets = relative | governing
        forms |= dict.fromkeys(relative, PUBLICATION) | dict.fromkeys(governing, GOVERNING)
        self.forms = forms
        self.words = WordList(forms)
        self.relative = WordList(relative)
        self.not_in = _around(self.offsets, w["year"]["not_in"])
        self.not_after = tuple(w["year"]["not_after"])
        self.since_how = WordList(w["vague"]["since_how"])
        self.monthly = regex(rf"\d{{1,2}}月(?:{_TO}\d{{1,2}}月)?")
        self.eras: dict[str, int] = w["era"]

        self.dated, self.plan, self.counted, self.worded = map(regex, _forms(w))
        before_number = [*self.eras, *w["consecutive"]["words"], *w["length"]["before"]]
        before_number += [word for name in ("recent", "past", "coming") for word in years[name]]
        self.worded_heads = frozenset(word[0] for word in before_number) | frozenset("年前上")
        self.plan_heads = frozenset(name[0] for name in w["plan"]) | {"“"}
        begin = [*forms, *w["plan"], *before_number]
        begin += ["年内", "上世", "上个", *("“" + name for name in w["plan"])]
        self.finder = regex(_finder(begin))
        self.begin = _COUNTS | {word[:2] for word in begin}
        self.heads = frozenset(word[0] for word in begin) | frozenset(_HAN + "“半数")
        ends = [*forms, *w["since"]["words"], *w["length"]["lengths"], *w["length"]["alone"]]
        for name in ("tail", "plan_part"):
            ends += [word for words in w[name].values() for word in words]
        self.ends = frozenset(word[-1] for word in ends) | frozenset("年月日号内”）")

        month_tail = either(tail["month"])
        self.of_year = regex(
            rf"(?P<m1>\d{{1,2}})月?份?{_TO}(?P<m2>\d{{1,2}})月(?:{month_tail})?"
            rf"|(?P<m>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月(?:(?P<d>\d{{1,2}}|"
            rf"[一二三四五六七八九十]{{1,3}})[日号]|(?:{month_tail}))?|前(?P<months>{_NUMBER})个月"
        )
        self.year_part = WordList((*self.months, *tail["year"]))
        self.year_part_not = WordList(tail["not_in"])
        self.again = regex(rf"{_TO}(?:(?P<year>{_YEAR})(?:年度?|(?=[春秋])))?")
        self.day = regex(rf"{_TO}(?P<d>\d{{1,2}})[日号]")
        self.since = regex(
            rf"(?:{either(w['since']['words'])})(?<!起)|起(?![步草点用诉到来])"
            rf"|[^{CLAUSE_STOPS}\d]{{1,24}}?(?:{either(w['since']['after_words'])})"
        )
        self.until = Endings(until)
        self.record = regex(
            rf"(?:{either(years['not_next'])})"
            rf"|[^{CLAUSE_STOPS}、]{{0,4}}(?:{either(years['not_after'])})"
        )
        self.not_before = Endings(years["not_before"])
        self.part_since = frozenset(w["plan_part"]["since"])

    def match(self, text: str, at: int, end: int) -> Time | None:
        """The time that begins at a position."""
        if found := self.words.match(text, at, end):
            time = _named(self, text, at, found.end(), end)
            if time is not None:
                return time
        head = text[at]
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


def _forms(w: Mapping[str, dict[str, list[str]]]) -> tuple[str, str, str, str]:
    """The forms of a time that hold a number, as patterns whose outer groups name them: those
    that begin with a year, plans, those that begin with another number and those that begin with
    a word; compiled apart, since few texts have them all."""
    years, lengths, month_tail = w["years"], w["length"], either(w["tail"]["month"])
    which = either(years["recent"], years["past"], years["coming"])
    after = either(years["after"])
    tens = r"(?P<tens>[5-9]0|[五六七八九]十)年代(?:初期?|中期|末期?)?"
    plan = {
        "plan": rf"(?<![{_HAN}])“?(?P<plan_name>{either(w['plan'])})”?(?:规划)?(?:(?P<plan_part>"
        rf"{either(*w['plan_part'].values())})|(?P<side>[前后])(?P<side_years>{_NUMBER})年"
        r"|(?<!规划)(?=规划|开局|收官|前|头|目标)|(?<=规划))"
    }
    worded = {
        "run": rf"(?:{either(w['consecutive']['words'])})(?P<run_count>{_NUMBER})"
        r"(?P<run_unit>学年|年度|年|个月|个季度|个学期)",
        "years": rf"(?P<which>{which})(?P<n>{_NUMBER})个?年多?(?:{after})?",
        "era": rf"(?P<era_name>{either(w['era'])})(?P<era_year>{_NUMBER}|元)年"
        rf"(?:（(?P<era_is>{_YEAR})年?）)?",
        "within": rf"(?<![{_HAN}\d多几数整周学成青当同全今本去])年内",
        "month": rf"(?=前(?:{_NUMBER})个月)",
        "for": rf"(?:{either(lengths['before'])}) ?{_MANY} ?个?(?:{either(lengths['lengths'])})"
        "(?![级岁])",
        "decade": rf"上个?世纪{tens}",
    }
    dated = {
        "school": rf"(?P<s1>.{{4}})年?(?:{_TO}|/)(?:(?P<s2>{_YEAR})|(?P<s2_short>\d\d))学年度?",
        "school_year": r"(?P<s3>.{4})学年度?",
        "range": rf"(?P<r1>.{{4}})年?{_TO}(?:(?P<r2>{_YEAR})|(?P<r2_short>\d\d))年(?:度|底|末)?"
        r"(?![上下一二三四第前\d])",
        "year": r"(?P<y>.{4})(?:年度?|(?=[春秋]季?学?期)"
        rf"|(?=(?:、{_YEAR}){{0,6}}[、和及与]{_YEAR}年))",
        "date": r"(?<!\d)(?P<iso>20\d\d(?P<sep>[-./])(?:0?[1-9]|1[0-2])(?:(?P=sep)"
        r"(?:3[01]|[12]\d|0?[1-9])|(?=[，。、；） 至到—\-以起]|$)))(?![\d年])",
    }
    counted = {
        "years": rf"(?P<n>{_NUMBER})个?年多?(?:{after}|(?={either(years['total'])}))",
        "decade": rf"(?:(?:20|二十)世纪)?{tens}",
        "month": rf"(?=\d{{1,2}}月?份?(?:{_TO}\d{{1,2}}月|月)"
        rf"|{_HAN_MONTH}月(?:{month_tail}|以来|[一二三四五六七八九十]{{1,3}}日))",
        "spent": rf"(?:{_NUMBER})年间?(?={either(years['spent'])})",
        "ago": rf"{_MANY}年前",
        "inside": rf"{_MANY}(?:{either(lengths['within'])})(?:之内|以内|内)",
        "long": rf"{_MANY}(?:个?(?:{either(lengths['alone'])})"
        rf"|年(?:{either(lengths['after_years'])})|个?小时制|天制)",
        "on": r"(?:[1-3]?\d|[一二三]?十?[一二三四五六七八九十])日(?!均|常|益|托|间|活)",
        "clock": r"\d{1,2}:\d{2}(?!\d)|\d{1,2}[点时](?:[0-5]?\d分(?!钟)"
        r"|(?=[半整，。至到—前后、“”开左的起]|$|放|下课))",
    }
    return (
        rf"(?={_YEAR})(?:{_any(dated)})",
        _any(plan),
        rf"(?<![\d.])(?:{_any(counted)})",
        _any(worded),
    )


def _any(forms: Mapping[str, str]) -> str:
    """A pattern for any of the forms, in their order; the group that matched names the form."""
    return "|".join(f"(?P<{name}>{pattern})" for name, pattern in forms.items())


def _finder(words: Iterable[str]) -> str:
    """A pattern for where a time may begin, by single characters, at a fraction of the cost of
    the forms: at a word, or at a numeral that a unit of time follows."""
    heads = "".join(sorted({word[0] for word in words}))
    seconds = "".join(sorted({word[1] for word in words if len(word) > 1}))
    alone = "".join(sorted({word for word in words if len(word) == 1}))
    han = f"{_HAN}零百半数"
    units = f"{_UNITS}号份点时"
    return (
        rf"[{heads}\d{han}](?:(?<=[{heads}])(?=[{seconds}])|(?<=[{alone}])(?=[\d{han} ])"
        rf"|(?<=\d)(?<![\d.]\d)(?=[\d.]{{0,4}}[多余]? ?个?[{units}]|\d?{_TO}\d\d?月|\d?:\d\d"
        rf"|(?<=[12])[09]\d\d[\-./至到 —–~～、和及与春秋])"
        rf"|(?<=[{han}])(?=[{han}几]{{0,3}}[多余]?个?[{_UNITS}]))"
    )


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
    for found in g.finder.finditer(text, start, end):
        at = found.start()
        if at < cursor or g.begin.isdisjoint((text[at], text[at : at + 2])):
            continue
        if time := g.match(text, at, end):
            out.append(time)
            cursor = time.end
    return tuple(out)


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
        if form == GOVERNING and text.startswith(("底", "末", "度"), end, limit):
            end += 1
        return _point(g, text, Point(form, g.offsets[word]), start, end, limit)
    if form == "part":
        return _point(g, text, Point(UNSAID), start, start, limit)
    if form == "term":
        return Time(start, end, form, word=g.terms[word])
    if form == "since_what":
        while how := g.since_how.match(text, end, limit):
            end = how.end()
        return Time(start, end + 2, "vague") if text.startswith("以来", end, limit) else None
    if form == "ever" and word.startswith("每"):
        months = g.monthly.match(text, end, limit)
        end = months.end() if months else end
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
        count = 1 if found["era_year"] == "元" else number(found["era_year"])
        year = number(found["era_is"]) if found["era_is"] else g.eras[found["era_name"]] + count
        return _point(g, text, Point(CALENDAR, year), start, end, limit)
    if form == "within":
        return _point(g, text, Point(PUBLICATION), start, end, limit)
    if form == "plan":
        return _plan(g, text, found, limit)
    if form == "run":
        return Time(start, end, form, word=found["run_unit"], number=number(found["run_count"]))
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
        relative = None if again["year"] else g.relative.match(text, at, limit)
        if again["year"]:
            follows = Point(CALENDAR, number(again["year"]))
        elif relative:
            at, follows = relative.end(), Point(PUBLICATION, g.offsets[relative.group()])
        second, after = _part(g, text, follows, at, limit)
        if again["year"] or relative or (after > at and first.first):
            last, end = second, after
        elif first.day and (day := g.day.match(text, end, limit)):
            last, end = first._replace(day=int(day["d"])), day.end()
    return _opened(g, text, Time(start, end, "range" if last else "point", first, last), limit)


def _part(g: _Grammar, text: str, year: Point, at: int, limit: int) -> tuple[Point, int]:
    """The part of the year that is named at a position, or the whole year, and where it ends."""
    if word := g.year_part.match(text, at, limit):
        if g.year_part_not.match(text, at):
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
    until = g.until.search(text, max(0, time.start - 3), time.start)
    return time._replace(start=until.start(), opened="until") if until else time
