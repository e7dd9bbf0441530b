"""What the head of a column or of a row says: what is counted, in which unit, when, where."""

from __future__ import annotations

from typing import NamedTuple

from shuangjian_cli.model import Area, Decision
from shuangjian_cli.patterns import regex, worded
from shuangjian_cli.tag.attributes import groups, stage
from shuangjian_cli.tag.period.mention import mentions
from shuangjian_cli.tag.place import Gazetteer
from shuangjian_cli.tag.table.compact import Compact, Span
from shuangjian_cli.tag.table.unit import Unit, Units
from shuangjian_cli.tag.table.words import words
from shuangjian_cli.tag.time import Now, Period

_MARK = regex(
    r"(?P<list>[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d{1,2}(?:[、)）]|[.．](?!\d))|（\d{1,2}）|\d{1,2}\.\d{1,2}(?=[\u4e00-\u9fff])|[①-⑳⒈-⒛](?=.)|[a-zA-Z][.、])"
    r"|(?P<part>[#＃]|其中(?:[：:、，]|(?=.)|$))|(?P<bullet>[◆●○■□▲△★☆※*·▪•◇—-]+(?=[^\d]))"
)
_LEFT_OUT = regex(r"\||[①-⑳*※¹²³⁴⁵]+|\[\d{1,2}\]|（注\d?）|注\d?$")
_ASIDE = regex(r"（[^（）]*[，；。][^（）]*）")
"""What a head says in brackets of what it names, in clauses of its own."""
_BRACKET = regex(r"[（\[]([^（）\[\]]{0,16})[）\]]")
_HAN = regex(r"[\u4e00-\u9fff]")
_YEARS = regex(r"((?:19|20)\d\d)(?:[-—–~～/至]{1,2}((?:19|20)?\d\d))?(?:学?年度?)?")
_LISTED = regex("[、，/]")
_TAIL_UNIT = regex(r"(?:[，、/|（]|单位：)([^，、/（）]{1,8})$|([%‰])$")
_TIME_LEFT = regex(r"^[年度末底实际现状值]+$")
_DIVISIONS = regex(r"[省市区县州地盟旗街镇乡校（）、/及名称]+")
_BY = regex(r"按.{1,10}分(?:组|类)?")
_LEVEL = worded(
    r"[全本](?:自治)?(?P<whole>[国省市县区州旗])|(?P<own>[省市县区州旗])(?:{head.own}|直(?:属|管)?)",
    __file__,
)
_OF_ALL = regex(r"[全本](?:自治)?(?P<whole>[国省市县区州旗])(?=..)(?!域)")
_OWN = worded(r"(?<=[省市县区州盟旗])(?:{head.itself})$", __file__)
"""What a place is called for itself, without the divisions that it holds."""
_BASE = worded(
    r"(?:比|较)(?:(?:19|20)\d\d年|[上去前](?:学?年|{head.times}))?(?:{head.same})?", __file__
)


class Head(NamedTuple):
    """A head taken apart. `spans` are the words that name what is counted, `name` the same joined;
    a head that names nothing has none.

    `level` is the kind of place that a word for the whole of it names (市 of 全市).
    `target` and `standard`, `change` and `rank` are the spans of the words that say so. `skips`
    where its numbers are no figures. `part` where it opens a part of what stands before it,
    `total` where it is of the whole, `listed` the mark of its place in a list.
    """

    name: str = ""
    spans: tuple[Span, ...] = ()
    unit: Unit | None = None
    period: Period | None = None
    period_at: Span = (-1, -1)
    area: Area | None = None
    area_at: Span = (-1, -1)
    level: str = ""
    target: Span | None = None
    standard: Span | None = None
    change: Span | None = None
    falls: bool = False
    rank: Span | None = None
    skips: bool = False
    part: bool = False
    total: bool = False
    listed: str = ""

    @property
    def is_kind(self) -> bool:
        """Whether it names a kind of school or stage and not what of it is counted."""
        return bool(self.name) and not self.measures and stage(self.name)[0] is not None

    @property
    def measures(self) -> bool:
        """Whether it names what is counted, and not only of whom."""
        return words().measure.search(self.name) is not None


def is_listed(words: str) -> bool:
    """Whether a head begins with the mark of a list: 一、, （二）, 3."""
    mark = _MARK.match(words)
    return mark is not None and mark["list"] is not None


def merged(outer: Head, inner: Head) -> Head:
    """What two heads of one row or column say together; the inner one goes first."""
    near = inner if inner.area or inner.level else outer
    return inner._replace(
        unit=inner.unit or outer.unit,
        period=inner.period or outer.period,
        period_at=inner.period_at if inner.period else outer.period_at,
        area=near.area,
        area_at=near.area_at,
        level=near.level,
        target=inner.target or outer.target,
        standard=inner.standard or outer.standard,
        change=inner.change or outer.change,
        falls=inner.falls or outer.falls,
        rank=inner.rank or outer.rank,
        skips=inner.skips or outer.skips,
        part=inner.part or outer.part,
        total=inner.total or outer.total,
    )


class HeadReader:
    """Takes heads apart. `now` is when the document speaks, `held` the period of its title."""

    def __init__(self, units: Units, gazetteer: Gazetteer, now: Now | None) -> None:
        self._units = units
        self._gazetteer = gazetteer
        self._now = now

    def read(self, cell: Compact, held: Period | None = None, within: Area | None = None) -> Head:
        """What a cell says as a head."""
        w = words()
        text = cell.text
        start, listed, part = self._opening(text)
        end = len(text)
        gone = [mark.span() for mark in _LEFT_OUT.finditer(text, start, end)]
        gone += [bracket.span() for bracket in w.brackets.finditer(text, start, end)]
        gone += [aside.span() for aside in _ASIDE.finditer(text, start, end)]
        while gone and max(gone)[1] == end and start < end:
            end = max(gone)[0]
            gone.remove(max(gone))
        if start >= end:
            return Head(part=part, listed=listed)
        if text[start:end].rstrip("：") in w.skip or w.skip_part.search(text, start, end):
            return Head(skips=True)
        if text[start:end] in w.total:
            return Head(total=True, part=part, listed=listed)
        total = w.total_after.search(_BRACKET.sub("", text[start:end])) is not None
        if total and (found := w.total_after.search(text, start, end)):
            gone.append(found.span())
        unit = self._unit(cell, start, end, gone)
        period, period_at = self._period(cell, start, end, held, gone)
        area, area_at, level = self._area(cell, start, end, within, gone)
        target = standard = change = rank = None
        plain = _without(text, start, end, gone)
        if not w.achieved.search(plain) and (found := w.target.search(text, start, end)):
            target = cell.span(*found.span())
            gone.append(found.span())
        if found := w.standard.search(text, start, end):
            standard = cell.span(*found.span())
        falls = False
        if found := w.change.search(text, start, end):
            change = cell.span(*found.span())
            base = _BASE.search(text, start, end)
            last = found
            while again := w.change.search(text, last.end(), end):
                last = again
            gone.append((min(found.start(), base.start() if base else end), last.end()))
            falls = w.down.search(text, found.start(), last.end()) is not None
        if found := w.rank.search(text, start, end):
            rank = cell.span(*found.span())
            gone.append(found.span())
        spans, name = self._rest(cell, start, end, gone)
        if (
            name in w.generic
            or (_DIVISIONS.fullmatch(name) and not groups(name)[0])
            or _BY.fullmatch(name)
            or _TIME_LEFT.match(name)
            or name in ("（）", "值", "的", "数")
        ):
            spans, name = (), ""
        return Head(
            name,
            spans,
            unit,
            period,
            period_at,
            area,
            area_at,
            level,
            target,
            standard,
            change,
            falls,
            rank,
            part=part,
            total=total,
            listed=listed,
        )

    def _opening(self, text: str) -> tuple[int, str, bool]:
        """Where the words begin behind marks, the mark of a list, and whether a part opens."""
        at, listed, part = 0, "", False
        while mark := _MARK.match(text, at):
            at = mark.end()
            listed = listed or (mark["list"] or "")
            part = part or mark["part"] is not None
        return at, listed, part

    def _unit(self, cell: Compact, start: int, end: int, gone: list[Span]) -> Unit | None:
        text = cell.text
        for bracket in _BRACKET.finditer(text, start, end):
            if _HAN.search(_BRACKET.sub("", text[bracket.end() : end])):
                continue  # 入园（班）人数
            if not bracket[1]:  # a unit that is left open
                gone.append(bracket.span())
                return Unit(None, 1, -1, -1)
            if (unit := self._units.read(bracket[1])) is not None:
                gone.append(bracket.span())
                return Unit(*unit, *cell.span(*bracket.span(1)))
            if (parts := _LISTED.split(bracket[1]))[1:] and all(map(self._is_unit, parts)):
                gone.append(bracket.span())  # of several values: （班、人数）
                return None
        tail = _TAIL_UNIT.search(text, start, end)
        if tail is not None and (unit := self._units.read(tail[1] or tail[2])) is not None:
            gone.append(tail.span())
            return Unit(*unit, *cell.span(*tail.span()))
        gap = _last_gap(cell, start, end)
        if start + 1 < gap and (unit := self._units.read(text[gap:end])) and unit[0] is not None:
            gone.append((gap, end))
            return Unit(*unit, *cell.span(gap, end))
        if (unit := self._units.read(text[start:end])) is not None and unit[0] is not None:
            gone.append((start, end))
            return Unit(*unit, *cell.span(start, end))
        return None

    def _is_unit(self, word: str) -> bool:
        """Whether a word is a unit, or what is counted in it: 人, 人数."""
        unit = self._units.read(word.removesuffix("数"))
        return unit is not None and unit[0] is not None

    def _period(
        self, cell: Compact, start: int, end: int, held: Period | None, gone: list[Span]
    ) -> tuple[Period | None, Span]:
        text = cell.text
        years = _YEARS.match(text, start, end)
        if years is not None and (
            years.end() == end
            or (not text[years.end()].isdigit() and text[years.end()] not in ".%人所个")
        ):
            first, last = years[1], years[2]
            if last and len(last) == 2:
                last = first[:2] + last
            if not (last and last < first) and (
                "年" in years.group()
                or last
                or years.end() == end
                or words().target.match(text, years.end())
            ):
                part = mentions(text, start, end, self._now, held)
                if (
                    "年" in years.group()
                    and part
                    and part[0].use == "governs"
                    and part[0].start == start
                ):
                    gone.append((part[0].start, part[0].end))
                    return part[0].period, cell.span(part[0].start, part[0].end)
                gone.append(years.span())
                return Period(first, last or first), cell.span(*years.span())
        for m in mentions(text, start, end, self._now, held):
            if m.use == "governs":
                gone.append((m.start, m.end))
                return m.period, cell.span(m.start, m.end)
        return None, (-1, -1)

    def _area(
        self, cell: Compact, start: int, end: int, within: Area | None, gone: list[Span]
    ) -> tuple[Area | None, Span, str]:
        """The place that all of a head names, or the kind of the one that it means the whole of."""
        text = _without(cell.text, start, end, gone)
        area = self._gazetteer.named(_OWN.sub("", text), within)
        level = None if area is not None else _LEVEL.fullmatch(text)
        of_all = _OF_ALL.match(cell.text, start, end)
        if of_all and words().measure.search(text):  # 全县|平均分
            gone.append(of_all.span())
            nation = of_all["whole"] == "国"
            area = self._gazetteer.province("全国") if nation else None
            return area, cell.span(*of_all.span()), "" if nation else of_all["whole"]
        if area is None and level is None:
            return None, (-1, -1), ""
        gone.append((start, end))
        return area, cell.span(start, end), (level["whole"] or level["own"]) if level else ""

    @staticmethod
    def _rest(
        cell: Compact, start: int, end: int, gone: list[Span]
    ) -> tuple[tuple[Span, ...], str]:
        spans: list[Span] = []
        name = ""
        at = start
        for first, last in [*sorted(gone), (end, end)]:
            if at < first:
                spans += cell.spans(at, first)
                name += cell.text[at:first]
            at = max(at, last)
        return tuple(spans), name


def _last_gap(cell: Compact, start: int, end: int) -> int:
    """Where the last word begins before which blanks were left out, and none before that."""
    at = cell.at
    gaps = [i for i in range(start + 1, end) if at[i - 1] + 1 < at[i]]
    return gaps[0] if len(gaps) == 1 else start


def _without(text: str, start: int, end: int, gone: list[Span]) -> str:
    out, at = "", start
    for first, last in [*sorted(gone), (end, end)]:
        out += text[at : max(at, first)]
        at = max(at, last)
    return out


def status_of(row: Head, column: Head) -> tuple[str, Decision] | None:
    """The status of a cell that the heads of its row or column say; the standard of a fee is in force."""
    standard = row.standard if row.name.endswith("费") else column.standard or row.standard
    at = column.target or row.target or standard
    return ("target", Decision("table.target", *at)) if at else None
