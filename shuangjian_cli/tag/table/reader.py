"""The figures of a document's tables, each by the heads of its row and column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from shuangjian_cli.model import Area, Decision, Document, Sentence, Table
from shuangjian_cli.patterns import regex
from shuangjian_cli.tag.area import Areas, common
from shuangjian_cli.tag.place import Gazetteer
from shuangjian_cli.tag.quantity import Figure, Refused
from shuangjian_cli.tag.subject import Reading
from shuangjian_cli.tag.table import subject as subjects
from shuangjian_cli.tag.table import title as titles
from shuangjian_cli.tag.table.compact import Span, compact
from shuangjian_cli.tag.table.head import Head, HeadReader
from shuangjian_cli.tag.table.subject import Name
from shuangjian_cli.tag.table.title import Title
from shuangjian_cli.tag.table.unit import Unit, Units
from shuangjian_cli.tag.table.value import value
from shuangjian_cli.tag.table.words import words
from shuangjian_cli.tag.time import Now

_DIGIT = regex(r"\d")
_SAYS = regex(r"[\u4e00-\u9fff%‰]|(?:19|20)\d\d")
"""Without one of these a head says nothing that is read."""
_SHARE = regex(r"(?:率|比|比例|占比|比重|满意度)$")
_SCHOOLS = regex(r"(?:校|园|班|班级|机构|院|所)(?:总|个)?数$")
_PEOPLE = frozenset("人名")
_LISTED = ("一、", "（一）", "1.", "（1）")


class Place(NamedTuple):
    """The place that a head names, and its words."""

    area: Area
    decision: Decision


class Cell(NamedTuple):
    """A figure of a table: what its heads say of it. What they leave open is None: then the prose
    around decides. `dated` is False where it has no period, whatever stands around.

    `about` are words of the table's title and parts that tell what it is about.
    """

    figure: Figure
    reading: Reading
    row: int
    column: int
    place: Place | None
    period: tuple[str | None, Decision] | None
    status: tuple[str, Decision] | None
    about: str


class _Column(NamedTuple):
    name: Name
    unit: Unit | None
    head: Head
    """What its heads say beside its name, the lowest first."""


class Tables:
    """The tables of one document."""

    def __init__(
        self,
        document: Document,
        spellings: Mapping[str, str],
        gazetteer: Gazetteer,
        areas: Areas,
    ) -> None:
        self._document = document
        self._areas = areas
        self._text = document.folded.text
        self._units = Units(spellings)
        self._gazetteer = gazetteer
        self._readers: dict[int, TableReader] = {}

    def of(self, sentence: Sentence) -> tuple[int, TableReader, int] | None:
        """The number of the table that a sentence is a row of, its reader, and the row's number."""
        place = self._rows.get(sentence.start)
        if place is None:
            return None
        index, row = place
        if index not in self._readers:
            table = self._document.tables[index]
            self._readers[index] = TableReader(
                self._text,
                table,
                self._units,
                self._gazetteer,
                self._areas,
                self._areas.of(sentence, sentence.start)[0],
                _now(self._document),
                self._document.info.title or "",
            )
        return index, self._readers[index], row

    @cached_property
    def _rows(self) -> dict[int, tuple[int, int]]:
        out: dict[int, tuple[int, int]] = {}
        for index, table in enumerate(self._document.tables):
            for row in range(table.grid.rows):
                start, end = table.span(row)
                if start < end:
                    out[start] = index, row
        return out


def _now(document: Document) -> Now | None:
    published = document.info.published
    return Now(int(published[:4]), int(published[5:7] or 0)) if published else None


class TableReader:
    """The figures of one table. Rows must be asked for in their order: parts follow what they are
    parts of."""

    def __init__(
        self,
        text: str,
        table: Table,
        units: Units,
        gazetteer: Gazetteer,
        areas: Areas,
        within: Area | None,
        now: Now | None,
        document_title: str,
    ) -> None:
        self._text = text
        self._table = table
        self._units = units
        self._heads = HeadReader(units, gazetteer, now)
        self._gazetteer = gazetteer
        self._areas = areas
        named = within if within is not None and within.name else None
        self.title: Title = titles.read(text, table, units, gazetteer, now, named)
        self._within = self.title.area or named
        self._around = self.title.area or within
        self._heading = next((i for i, k in enumerate(table.rows) if k != "head"), 0)
        """How many rows of heads stand at the top; those that return below say nothing more."""
        self._columns: list[_Column] = []
        for column in range(table.grid.columns):
            self._columns.append(self._column(column))
        self._share_units()
        self._unit_column = self._find_unit_column()
        plan = words().plan.search
        self._is_plan = now is None and (
            plan(self.title.text) is not None or plan(document_title) is not None
        )
        self._section = Name()
        self._section_unit: Unit | None = None
        """What a row of a whole gives the rows of its parts: its name and unit."""
        self._whole = Name()
        self._in_part = False
        """Whether the last row was a part of the one before it (其中：小学 … 初中 …)."""
        self._above: dict[int, tuple[int, Head]] = {}
        """For each column of the stub the head that still stands over later rows, and until which."""

    def row(self, row: int) -> tuple[list[Cell], list[Refused], list[Span]]:
        """The figures of a row, its numerals that are none, and its cells that hold sentences."""
        table = self._table
        kind = table.rows[row]
        if kind != "body":
            if kind == "section":
                self._read_section(row)
            return [], [], []
        name, head = self._row(row)
        cells: list[Cell] = []
        refused: list[Refused] = []
        prose: list[Span] = []
        grid = table.grid
        for column in range(table.stub, grid.columns):
            cell = grid.cell(row, column)
            if cell is None or cell.start == cell.end:
                continue
            of = self._columns[column]
            if of.head.skips or head.skips or not _DIGIT.search(self._text, cell.start, cell.end):
                continue
            unit = self._unit(row, name, head, of)
            read = value(self._text, cell.start, cell.end, unit, self._units)
            if read is None:
                prose.append((cell.start, cell.end))
                continue
            if _is_year(read.figure):
                continue
            if table.doubt is not None:
                refused.append(Refused(read.figure.start, read.figure.end, table.doubt))
                continue
            cells.append(self._cell(read.figure, read.sign, row, column, name, head, of))
        return cells, refused, prose

    # --- heads ---------------------------------------------------------------------------------

    def _column(self, column: int) -> _Column:
        """What the heads over a column say, from the top down."""
        name, unit, out = Name(), None, Head()
        over = dict.fromkeys(self._over(row, column) for row in range(self._heading))
        heads = [compact(self._text, *span) for span in over if span[0] < span[1]]
        own = [said for said in heads if _SAYS.search(said.text)]
        for said in own or heads[:1]:  # in another language where it has no other name
            head = self._heads.read(said, self.title.period, self._within)
            if head.skips:
                out = out._replace(skips=True)
            if head.part and not name.phrase.text and column:
                name, unit = self._columns[column - 1].name, self._columns[column - 1].unit
            name = subjects.chain(name, head)
            unit = head.unit or unit
            out = _merged(out, head)
        return _Column(name, unit, out)

    def _share_units(self) -> None:
        """A column without a unit under a head of several has that of the first of them."""
        for row in range(self._heading):
            for cell in self._table.grid.row(row):
                first = self._columns[cell.column]
                for column in range(cell.column + 1, cell.column + cell.columns):
                    if self._columns[column].unit is None and first.unit is not None:
                        self._columns[column] = self._columns[column]._replace(unit=first.unit)

    def _over(self, row: int, column: int) -> Span:
        """The span of the head cell that covers a place, empty where none does."""
        grid = self._table.grid
        for back in range(column, -1, -1):
            cell = grid.cell(row, back)
            if cell is not None:
                return (cell.start, cell.end) if back + cell.columns > column else (-1, -1)
        return -1, -1

    def _find_unit_column(self) -> int | None:
        """The column of the stub that gives each row's unit, beside one that names the row."""
        for column in range(self._table.stub if self._table.stub > 1 else 0):
            for row in range(self._heading):
                start, end = self._over(row, column)
                if compact(self._text, start, end).text in ("单位", "计量单位", "（单位）"):
                    return column
        return None

    def _read_section(self, row: int) -> None:
        cell = next(self._table.grid.row(row), None)
        if cell is not None:
            head = self._heads.read(compact(self._text, cell.start, cell.end), self.title.period)
            self._section = subjects.name_of(subjects.phrase_of(head))
            self._section_unit = head.unit
            self._whole = Name()

    def _row(self, row: int) -> tuple[Name, Head]:
        """What the heads of a row say, from left to right."""
        grid, name, out = self._table.grid, Name(), Head()
        said, own = False, Name()
        for column in range(self._table.stub):
            if self._columns[column].head.skips:
                continue
            cell = grid.cell(row, column)
            if cell is not None and cell.start < cell.end:
                here = compact(self._text, cell.start, cell.end)
                if said and not _SAYS.search(here.text):
                    continue  # the name in another language
                said = True
                if column == self._unit_column:
                    unit = self._units.read(here.text)
                    if unit is not None:
                        out = out._replace(unit=Unit(*unit, cell.start, cell.end))
                    continue
                head = self._heads.read(here, self.title.period, self._within)
                if cell.rows > 1:
                    self._above[column] = row + cell.rows, head
            elif cell is None and column in self._above and row < self._above[column][0]:
                head = self._above[column][1]
            else:
                continue
            own = subjects.name_of(subjects.phrase_of(head))
            if head.part or (self._in_part and own.is_kind and not head.listed):
                name = subjects.part(self._whole, own)
            else:
                name = subjects.join(name, own) if name.phrase.text else own
            out = _merged(out, head)
        self._in_part = out.part or (self._in_part and own.is_kind and not out.listed)
        if not self._in_part:
            self._whole = name
            if name.measures and out.unit is not None and self._unit_column is None:
                self._section, self._section_unit = name, out.unit
        return name, out

    # --- one cell ------------------------------------------------------------------------------

    def _unit(self, row: int, name: Name, head: Head, of: _Column) -> Unit | None:
        """The unit that heads and captions give a cell without its own."""
        if of.head.rank is not None:
            return None
        unit = of.unit or head.unit
        if unit is not None:
            return unit
        if self._section_unit is not None and not name.measures and not of.name.measures:
            return self._section_unit
        stated = self.title.units
        if not stated:
            return None
        names = (of.name, name, self._section)
        counted = next((n.phrase.text for n in names if n.measures), self.title.measure)
        counted = counted or of.name.phrase.text or name.phrase.text
        if len(stated) > 1:
            return next((u for u in stated if _suits(u, counted)), None)
        return stated[0] if _may_suit(stated[0], counted) else None

    def _cell(
        self,
        figure: Figure,
        sign: str | None,
        row: int,
        column: int,
        name: Name,
        head: Head,
        of: _Column,
    ) -> Cell:
        own = of
        change = of.head.change or head.change
        if of.head.change is not None and not of.name.phrase.text:
            own = next((c for c in reversed(self._columns[:column]) if c.name.phrase.text), of)
        phrase = subjects.whole(subjects.join(name, own.name), self._section, self.title)
        role, trend, role_rule, role_at = "level", None, "subject.level", (-1, -1)
        rank = of.head.rank or head.rank
        if rank is not None:
            role, role_rule, role_at = "rank", "table.rank", rank
            figure.unit, figure.unit_at = "位", rank
        elif change is not None or sign is not None:
            role, role_rule, role_at = (
                "change",
                "table.change",
                change or (figure.start, figure.start + 1),
            )
            falls = sign == "-" or (sign is None and (of.head.falls or head.falls))
            trend = "down" if falls else "up"
        used = phrase.spans[0] if phrase.spans else (-1, -1)
        reading = Reading(
            role, trend, phrase.spans, "table.subject", role_rule, used, role_words=role_at,
            clear=bool(phrase.spans) and (bool(name.phrase.text) or head.area is not None or head.total or head.period is not None),
        )  # fmt: skip
        return Cell(
            figure,
            reading,
            row,
            column,
            self._place(head, of.head),
            self._period(head, of.head),
            _status(head, of.head) or self._ahead(head, of.head),
            self.title.text + "，" + self._section.phrase.text,
        )

    def _place(self, *heads: Head) -> Place | None:
        """The place of a cell by its heads or the table's title. The record of a whole is about
        the place that holds all that the other heads name."""
        for head in heads:
            if head.area is not None:
                return Place(head.area, Decision("table.place", *head.area_at))
            if head.level:
                area = self._areas.whole(head.level, self._holder, self._around)
                return Place(area, Decision("table.level", *head.area_at))
        title = self.title
        if self._holder is not None and any(head.total for head in heads):
            return Place(self._holder, Decision("table.holder", -1, -1))
        if title.area is None:
            return None
        return Place(title.area, Decision("table.title_place", *title.area_at))

    @cached_property
    def _holder(self) -> Area | None:
        """The innermost place that holds all that the heads name, None where they name none or one."""
        named = {*self._named()}
        if len(named) < 2:
            return None
        if all(area.level in ("province", "national") for area in named):
            return self._gazetteer.province("全国")
        return common(self._gazetteer, named)

    def _named(self) -> Iterator[Area]:
        for column in self._columns:
            if column.head.area is not None:
                yield column.head.area
        grid = self._table.grid
        for row, kind in enumerate(self._table.rows):
            for stub in range(self._table.stub if kind == "body" else 0):
                cell = grid.cell(row, stub)
                if cell is not None:
                    text = compact(self._text, cell.start, cell.end).text
                    if area := self._gazetteer.named(text, self._within):
                        yield area

    def _ahead(self, row: Head, column: Head) -> tuple[str, Decision] | None:
        """In the table of a plan that does not say when it speaks, its last year is a target."""
        if not self._is_plan:
            return None
        years = {c.head.period.year for c in self._columns if c.head.period is not None}
        period = column.period
        if len(years) < 2 or period is None or period.year < max(years):
            return None
        return "target", Decision("table.target", *column.period_at)

    def _period(self, row: Head, column: Head) -> tuple[str | None, Decision] | None:
        if row.standard or column.standard:
            at = column.standard or row.standard or (-1, -1)
            return None, Decision("table.standard", *at)
        for head in (column, row):
            if head.period is not None:
                return head.period.iso, Decision("table.period", *head.period_at)
        if self.title.period is not None:
            return self.title.period.iso, Decision("table.title_period", *self.title.period_at)
        return None


def _is_year(figure: Figure) -> bool:
    return figure.unit == "年" and 1900 <= figure.value < 2100


def _merged(outer: Head, inner: Head) -> Head:
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


def _status(row: Head, column: Head) -> tuple[str, Decision] | None:
    at = column.target or row.target or column.standard or row.standard
    return ("target", Decision("table.target", *at)) if at else None


def _suits(unit: Unit, counted: str) -> bool:
    """Whether a unit is that of what is counted: 所 of schools, 人 of people."""
    name = unit.name or ""
    if _SHARE.search(counted):
        return name in ("%", "‰")
    if _SCHOOLS.search(counted):
        return name in ("所", "个", "家", "班")
    return name in ("人", "名") if counted else False


def _may_suit(unit: Unit, counted: str) -> bool:
    """Whether the one unit of a table may be that of what is counted."""
    people = unit.name in _PEOPLE
    return not (people and (_SHARE.search(counted) or _SCHOOLS.search(counted)))
