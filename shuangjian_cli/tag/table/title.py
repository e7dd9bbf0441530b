"""What the lines above a table say of it: its title, unit and year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from shuangjian_cli.model import Area, Table
from shuangjian_cli.patterns import regex, worded
from shuangjian_cli.structure.masthead import opens_with_key
from shuangjian_cli.tag.attributes import stage
from shuangjian_cli.tag.period.mention import mentions
from shuangjian_cli.tag.place import Gazetteer
from shuangjian_cli.tag.table.compact import Compact, Span, compact
from shuangjian_cli.tag.table.unit import Unit, Units
from shuangjian_cli.tag.table.words import words
from shuangjian_cli.tag.time import Now, Period

_ASIDE = regex(r"^（[^（）]*）$")
_UNITS = worded(
    r"(?:{around_title.unit_of})?单位：([^（）：；。]{1,24}?)(?=[）)；。]|$|(?:19|20)\d\d|[^、，/·\u4e00-\u9fff%‰\d])",
    __file__,
)
_DATES = ("governs", "clause", "name")
"""The uses of times that tell of what a table is."""
_EACH = worded("各(?={around_title.each_of})", __file__)
_ZONE = worded("[\u4e00-\u9fff]{0,4}?(?:{around_title.zones})", __file__)
_UNIT_ALONE = regex(r"[（(]?(万?元[/每][^（）()]{1,6}|(?<=[（(])[^（）()]{1,6}(?=[）)]))[）)]?")
"""A unit in brackets or for each, as a line of its own."""
_NUMBER = regex(
    r"(?:续?附?[表图专栏]+ ?)?(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d{1,3}(?:[-—–.．]\d{1,3})*(?:[、.：:]|(?=[\u4e00-\u9fff（“《])))?[：:、.]?(?:续表)?"
)
_FILLED_IN = worded(
    r"(?:{around_title.filled_in})[^：]{0,4}(?:{around_title.by_whom})?：", __file__
)
_DATED = regex(r"[^：\d]{2,6}：\d{4}[-年/]\d{1,2}[-月/]")
_YEAR = regex(r"(?:19|20)\d\d ?(?:年|[-—–~～至]|$|[）)])")
_EDGE = regex(r"[（(].*[)）]$")
_SPLIT = regex(r"[、，/和]")
_AND = "、，和及与"
_LISTED = regex(f"[{_AND}]")
_BODIES = regex("校(?![外内长舍车])|[园院]|机构")
_KIND = worded("(?<=[等前业务殊])(?:{named.schools})", __file__)
"""What goes on after a word of a kind of schools that is no noun: 普通高等|学校."""
_RUN = regex("办学(?:条件)?$")
"""How a title ends that tells how one school is run."""
_OF_KIND = worded("(?:{around_title.of_kind})+$", __file__)
"""What stands before a kind of schools and tells which of them: 民办|小学."""
_LONGEST = 80
_SENTENCE = regex("[。；]")
_DATELINE = regex(r"\d{4}年\d{1,2}月\d{1,2}日(?:$|\d{1,2}:\d\d|来源)|\d{4}-\d{1,2}-\d{1,2}")


class Title(NamedTuple):
    """What stands above a table. `span` is the line that names it, `core` the words of the thing it
    tells of, without place, year and 情况表; `kind` the word of the one stage that it names; `units` those that its 单位： gives."""

    span: Span | None = None
    text: str = ""
    core: str = ""
    core_spans: tuple[Span, ...] = ()
    kind: str = ""
    kind_spans: tuple[Span, ...] = ()
    measure: str = ""
    measure_spans: tuple[Span, ...] = ()
    units: tuple[Unit, ...] = ()
    period: Period | None = None
    period_at: Span = (-1, -1)
    area: Area | None = None
    area_at: Span = (-1, -1)


def read(
    text: str,
    table: Table,
    units: Units,
    gazetteer: Gazetteer,
    now: Now | None,
    within: Area | None = None,
) -> Title:
    """The title of a table from its captions, the nearest first. `within` governs around it."""
    found: tuple[Unit, ...] = ()
    period: Period | None = None
    period_at: Span = (-1, -1)
    name: Compact | None = None
    for start, end in reversed(table.captions):
        if end - start > _LONGEST or _SENTENCE.search(text, start, end):
            break  # prose
        line = compact(text, start, end)
        if not line.text or _FILLED_IN.match(line.text) or _DATED.match(line.text):
            continue
        if opens_with_key(line.text):  # 来源：…
            continue
        if not found:
            found = _units(line, units)
        if period is None and _YEAR.search(line.text) and not _DATELINE.search(line.text):
            for m in mentions(line.text, 0, len(line.text), now, None):
                if m.use in _DATES:
                    period, period_at = m.period, line.span(m.start, m.end)
                    break
        if name is None and _names(line, found):
            name = line
        elif name is not None and period is not None:
            break
    if name is None:
        return Title(units=found, period=period, period_at=period_at)
    core, said, area, area_at = _core(name, gazetteer, within)
    measure = _measure(name, core)
    kind = _kind(name, said if core[0] < core[1] else (0, len(name.text)))
    return Title(
        (name.at[0], name.at[-1] + 1),
        name.text,
        name.text[core[0] : core[1]],
        name.spans(*core),
        name.text[kind[0] : kind[1]],
        name.spans(*kind),
        name.text[measure[0] : measure[1]],
        name.spans(*measure),
        found,
        period,
        period_at,
        area,
        area_at,
    )


def _names(line: Compact, units: Sequence[Unit]) -> bool:
    """Whether a line above a table names it: it has words beside its unit and year."""
    rest = _UNITS.sub("", _ASIDE.sub("", line.text))
    rest = _NUMBER.sub("", rest, count=1) if _NUMBER.match(rest) else rest
    rest = _YEAR.sub("", rest)
    return len([c for c in rest if "\u4e00" <= c <= "\u9fff"]) >= 2


def _units(line: Compact, units: Units) -> tuple[Unit, ...]:
    stated = _UNITS.search(line.text) or _UNIT_ALONE.fullmatch(line.text)
    if stated is None:
        return ()
    out: list[Unit] = []
    at = stated.start(1)
    whole = units.read(stated[1])
    if whole is not None:
        return (Unit(*whole, *line.span(*stated.span(1))),)
    for piece in _SPLIT.split(stated[1]):
        unit = units.read(piece)
        if unit is not None and piece:
            out.append(Unit(*unit, *line.span(at, at + len(piece))))
        at += len(piece) + 1
    return tuple(out)


def _core(
    line: Compact, gazetteer: Gazetteer, within: Area | None
) -> tuple[Span, Span, Area | None, Span]:
    """Where the words stand that name the thing: without number, year, place before and 情况表 behind,
    and without whose it is before a year; with that; the place and its span."""
    text, w = line.text, words()
    start, end = 0, len(text)
    if unit := _UNITS.search(text):
        end = len(text[: unit.start()].rstrip("（([【"))
    number = _NUMBER.match(text, start, end)
    if number is not None:
        start = number.end()
    while edge := _EDGE.search(text, start, end):
        cut = text.rfind("（", start, end)
        if cut <= start or edge.end() < end:
            break
        end = cut
    after = w.title_after.search(text[start:end])
    if after is not None:
        end = start + after.start()
    area: Area | None = None
    area_at: Span = (-1, -1)
    moved = True
    while moved:
        moved = False
        for m in mentions(text, start, min(end, start + 24), None, None):
            if m.start <= start + 1 and m.end < end:
                start, moved = m.end, True
                break
        before = w.title_before.match(text, start, end) or w.every.match(text, start, end)
        before = before or _EACH.match(text, start, end)
        if before is not None:
            start, moved = before.end(), True
        for place in gazetteer.find(text, start, end, within)[:1]:
            if place.start == start < end:
                area, area_at = place.area, line.span(place.start, place.end)
                zone = _ZONE.match(text, place.end, end)
                start, moved = zone.end() if zone else place.end, True
    said = start, end
    for m in mentions(text, start, end, None, None):
        if m.use in _DATES and m.end + 1 < end:
            before = w.title_before.match(text, m.end, end)
            start = before.end() if before is not None else m.end
    several = any(mark in text[start:end] for mark in _AND)
    core = text[start:end]
    general = core in w.title_generic or core in w.generic or _RUN.search(core) is not None
    named = (end, end) if several or general else (start, end)
    return named, said, area, area_at


def _measure(line: Compact, core: tuple[int, int]) -> tuple[int, int]:
    """Where the words stand that name what is counted, behind 各级学校 and its like; nowhere where
    the title names several things."""
    w = words()
    start, end = core
    for before in w.title_before.finditer(line.text, start, end):
        start = before.end()
    named = line.text[start:end]
    if not w.measure.search(named) or any(mark in named for mark in _AND):
        return end, end
    return start, end


def _kind(line: Compact, said: tuple[int, int]) -> tuple[int, int]:
    """Where the word stands by which a title names its one stage: of a list its first item does, and
    none of the others names bodies (幼儿园数、班级数); nowhere where it names none or several."""
    start, end = said
    found, by = stage(line.text[start:end])
    if found is None or any(stage(word)[0] != found for word in by.words):
        return end, end
    at = line.text.find(by.words[0], start, end)
    after = _LISTED.search(line.text, start, end)
    if after and (after.start() < at or _BODIES.search(line.text, after.end(), end)):
        return end, end
    whole = _KIND.match(line.text, at + len(by.words[0]), end)
    of = _OF_KIND.search(line.text, start, at)
    if by.words[0] == "中学" and not of and at > start:
        return end, end  # of several stages, and the end of a school's name
    return of.start() if of else at, whole.end() if whole else at + len(by.words[0])
