"""The figures of a table, row by row, each by the heads of its row and column."""

from __future__ import annotations

from itertools import count
from types import EllipsisType
from typing import NamedTuple

from shuangjian_cli.model import Area, Decision, Table, TableCell
from shuangjian_cli.patterns import regex, worded
from shuangjian_cli.structure.tables.content import PROSE
from shuangjian_cli.structure.tables.content import kind as kind_of
from shuangjian_cli.tag.area import Areas
from shuangjian_cli.tag.place import Gazetteer
from shuangjian_cli.tag.quantity import Figure, Refused
from shuangjian_cli.tag.subject import Reading
from shuangjian_cli.tag.table import subject as subjects
from shuangjian_cli.tag.table import title as titles
from shuangjian_cli.tag.table.columns import (
    SAYS,
    Column,
    ahead,
    columns,
    doubts,
    kinds,
    moves_by,
)
from shuangjian_cli.tag.table.compact import Span, compact
from shuangjian_cli.tag.table.head import Head, HeadReader, status_of
from shuangjian_cli.tag.table.names import OF_BODY, RowNames
from shuangjian_cli.tag.table.places import Place, Places
from shuangjian_cli.tag.table.row import Cell, Filled, Own, Row
from shuangjian_cli.tag.table.subject import Name
from shuangjian_cli.tag.table.title import Title
from shuangjian_cli.tag.table.unit import Unit, Units, may_suit, suits
from shuangjian_cli.tag.table.value import is_plain, may_count, name_before, values
from shuangjian_cli.tag.table.words import words
from shuangjian_cli.tag.table.written import Written
from shuangjian_cli.tag.time import Now

_MORE = regex(r"\d[^\d]*[。；，、：][^\d]*[\u4e00-\u9fff][^\d]*\d")
"""A number, a stop, and words with another number: what stands in prose."""
_DATE = regex(
    r"(?<![\d.])(?:1[0-2]|0?[1-9])月(?:\d{1,2}日|[^\d]{0,3}$)|^每月 ?\d{1,2}日$|^\d{2}(?:\d\d)?年\d{1,2}月"
)
"""A cell that tells when: 9月, 04年9月以前."""
_BUDGET = worded("预算(?:{budget.words}|[总数])*表?$", __file__)
"""How the title of a table of budgets ends."""
_SHORT = "its row lacks cells, which cannot be told"
_NAMELESS = "nothing names its row"
_ENDED = "the other cells of its row are empty"


class _Plan(NamedTuple):
    """What the cells of a column share in rows of one shape; `unit` is ... where it differs."""

    own: Name
    whole: str
    unit: Unit | EllipsisType | None
    role: str
    trend: str | None
    role_rule: str
    role_at: Span
    place: Place | None
    period: tuple[str | None, Decision] | None
    status: tuple[str, Decision] | None


class Context(NamedTuple):
    """What stands around a table: the place that governs, when the document speaks, its title."""

    within: Area | None
    now: Now | None
    title: str


class TableReader:
    """The figures of a table. Rows must be asked for in their order: parts follow their wholes."""

    def __init__(
        self,
        text: str,
        table: Table,
        written: Written,
        units: Units,
        gazetteer: Gazetteer,
        areas: Areas,
        context: Context,
    ) -> None:
        self._text = text
        self._table = table
        self._written = written
        self._units = units
        within, now, title = context
        named = within if within is not None and within.name else None
        self._heads = HeadReader(units, gazetteer, now)
        self._title: Title = titles.read(text, table, units, gazetteer, now, named)
        holding = self._title.area or named
        self._columns = columns(
            text, table, self._heads, self._title.period, holding, self._title.units
        )
        counted = [column.name.phrase.text for column in self._columns]
        self._title = subjects.without_attribute(self._title, counted)
        heads = [column.head for column in self._columns]
        self._places = Places(text, table, heads, gazetteer, areas, self._title, within)
        self._doubts = doubts(text, table, self._columns)
        self.column_heads = [written.joined(column.over) for column in self._columns]
        plan = words().plan.search
        self._is_plan = now is None and (
            plan(self._title.text) is not None or plan(title) is not None
        )
        self.extent = TableCell(
            table.number,
            -1,
            -1,
            written.one(self._title.span) if self._title.span else None,
            "",
            "",
            *written.offsets(table.start, table.end),
        )
        about = self._title.text or kinds(text, table, self._heads, self._title.units) or title
        self._names = RowNames(
            text, table, written, units, self._heads, self._columns, self._title, about, holding
        )
        self._last: tuple[bool, bool, Head, Name, bool] | None = None
        self._plans: dict[int, _Plan] = {}
        self._next = 0
        self._first = next((row for row, kind in enumerate(table.rows) if kind == "body"), 0)

    def at(self, start: int) -> Row | None:
        """The row that starts at a folded position, if it is of the body and its cells may be
        figures."""
        table = self._table
        for row in range(self._next, table.grid.rows):
            first, last = table.span(row)
            if start <= first < last:
                break
        else:
            return None
        if first != start:
            return None
        self._next = row + 1
        kind = table.rows[row]
        if kind not in OF_BODY:
            if kind == "section":
                self._names.open(row)
            return None
        name, head, over = self._names.of(row)
        if head.skips:
            return None
        return Row(
            self,
            row,
            name,
            head,
            over,
            self._written.joined(over),
            self._names.whole,
            self._places.of(head) if head.area is not None or head.level else None,
            self._shape(name, head, nameless=self._is_nameless(row, over)),
            self._names.about,
            start,
            self._filled(row),
            [],
            [],
        )

    def _filled(self, row: int) -> list[Filled]:
        text, stub = self._text, self._table.stub
        starts, ends = self._table.grid.spans(row)
        spans = zip(count(stub), starts[stub:], ends[stub:])
        return [
            Filled(column, start, end, said)
            for column, start, end in spans
            if start < end and may_count(said := text[start:end])
        ]

    def read(self, row: Row, cell: Filled) -> list[Cell]:
        """The figures of a cell; what it holds that is none is added to its row."""
        column, start, end, said = cell
        of = self._columns[column]
        is_bare = said.isdecimal()
        if not is_bare and _DATE.search(said):
            return []
        if of.head.skips or (not is_bare and _MORE.search(said)):
            if not of.head.skips or kind_of(said) == PROSE:
                row.prose.append((start, end))
            return []
        plan = self._plans.get(column) or self._plan(column, row.name, row.head)
        unit = self._unit(row.name, row.head, of) if plan.unit is ... else plan.unit
        own_name = Name()
        if not is_bare and self._reaches(row.number) and (named := name_before(said)):
            own_name = subjects.name_of(subjects.Phrase(said[:named], ((start, start + named),)))
            start += named
        read = values(self._text, start, end, unit, self._units)
        if not read:
            row.prose.append((start, end))
        out: list[Cell] = []
        at = row.at(column)
        doubt = _SHORT if self._table.rows[row.number] == "short" else self._table.doubt
        for figure, sign in read:
            if doubt is not None:
                row.refused.append(Refused(figure.start, figure.end, doubt))
            elif not (figure.unit == "年" and 1900 <= figure.value < 2100):
                reading, named = self._reading(figure, sign, plan, row, own_name)
                place = row.place or plan.place
                own = self._own(row, plan) if is_plain(said) else None
                told = plan.period, plan.status, row.whole + plan.whole
                out.append(Cell(figure, reading, place, *told, named, at, own))
        return out

    def _own(self, row: Row, plan: _Plan) -> Own | None:
        """What the column of a plain number gives all such in rows of one shape."""
        unit, own = plan.unit, plan.own
        if plan.role == "rank" or unit is ... or not subjects.beside(row.name, own):
            return None
        if own.phrase.spans[0][0] >= row.start or (unit is not None and unit.name == "年"):
            return None
        return Own(own, unit.scale if unit is not None else 1)

    def _reaches(self, row: int) -> bool:
        """Whether the first head of a row is of several rows."""
        first = self._table.grid.cell(row, 0)
        return self._table.stub > 0 and (first is None or first.rows > 1)

    def _is_nameless(self, row: int, over: list[Span]) -> bool:
        """Whether a row has lost its head; the first of all without one is that of the whole."""
        if over or row <= self._first:
            return False
        stub = (self._table.grid.cell(row, column) for column in range(self._table.stub))
        said = [self._text[cell.start : cell.end] for cell in stub if cell is not None]
        return self._table.stub > 0 and not any(map(SAYS.search, said))  # 合计 under 序号

    def _shape(self, name: Name, head: Head, *, nameless: bool) -> object:
        """Rows whose heads differ in name and place only share what is said of their cells."""
        rest = head._replace(name="", spans=(), area=None, area_at=(-1, -1), listed="")
        shape = name.measures, bool(name.phrase.text), rest, self._names.section, nameless
        if shape != self._last:
            self._last = shape
            self._plans.clear()
        return self._last

    # --- one cell ------------------------------------------------------------------------------

    def _unit(self, name: Name, head: Head, of: Column) -> Unit | None:
        """The unit that heads and captions give a cell without its own."""
        if of.head.rank is not None:
            return None
        unit = of.unit or head.unit
        if unit is not None:
            return unit
        of_section = not name.measures or subjects.ends_alike(name, self._names.section)
        if self._names.unit is not None and of_section and not of.name.measures:
            return self._names.unit
        stated = self._title.units
        if not stated:
            return None
        names = (of.name, name, self._names.section)
        counted = next((n.phrase.text for n in names if n.measures), self._title.measure)
        counted = counted or of.name.phrase.text or name.phrase.text
        if len(stated) > 1:
            return next((u for u in stated if suits(u, counted)), None)
        return stated[0] if may_suit(stated[0], counted) else None

    def _plan(self, column: int, name: Name, head: Head) -> _Plan:
        """What is the same for the cells of a column in rows of one shape."""
        of = own = self._columns[column]
        change = of.head.change or head.change
        rank = of.head.rank or head.rank
        if of.head.change is not None and not of.name.phrase.text:
            before = reversed(self._columns[self._table.stub : column])
            own = next((c for c in before if c.name.phrase.text and not moves_by(c, of)), of)
        role, trend, rule, at = "level", None, "subject.level", (-1, -1)
        if rank is not None:
            role, rule, at = "rank", "table.rank", rank
        elif change is not None:
            falls = of.head.falls or head.falls
            role, trend, rule, at = "change", "down" if falls else "up", "table.change", change
        found = self._plans[column] = _Plan(
            own.name,
            own.whole,
            self._unit(name, head, of) if of.name.measures or not self._title.units else ...,
            role,
            trend,
            rule,
            at,
            self._places.of(head, of.head),
            self._period(head, of.head),
            self._status(head, of.head),
        )
        return found

    def _reading(
        self,
        figure: Figure,
        sign: str | None,
        plan: _Plan,
        row: Row,
        own_name: Name,
    ) -> tuple[Reading, int]:
        """What a figure measures, and how many characters of that are its row's own; `own_name` is what
        its cell says before it."""
        name, head, over = row.name, row.head, row.over
        if own_name.phrase.text:
            name = subjects.join(name, own_name)
        role, trend, rule, at = plan.role, plan.trend, plan.role_rule, plan.role_at
        if role == "rank":
            figure.unit, figure.unit_at = "位", at
        elif sign is not None:
            at = at if role == "change" else (figure.start, figure.start + 1)
            role, trend, rule = "change", "down" if sign == "-" else "up", "table.change"
        of_share = figure.unit == "%" and self._title.measure != ""
        spans = subjects.of_cell(
            name, plan.own, self._names.section, self._title, of_share=of_share
        )
        if not spans and head.total and over:  # 总计, where nothing says of what
            spans = compact(self._text, *over[-1]).spans(0, None)
        named = 0
        for first, last in spans:
            if first < row.start:
                break
            named += last - first
        told = name.phrase.text or head.area is not None or head.total or head.period is not None
        used = spans[0] if spans else (-1, -1)
        titled = self._names.section.measures or self._title.measure
        counted = figure.unit is not None or name.measures or plan.own.measures or titled
        clear = bool(told and spans and counted)
        reading = Reading(role, trend, spans, "table.subject", rule, used, at, clear=clear)
        nameless = self._is_nameless(row.number, over)
        ended = self._table.rows[row.number] == "ended"
        told_of = [_NAMELESS] * nameless + [_ENDED] * ended
        reading.doubts = [*self._doubts, *told_of]
        return reading, named

    def _status(self, row: Head, column: Head) -> tuple[str, Decision] | None:
        told = status_of(row, column)
        if told is None and self._is_plan:
            return ahead(self._columns, column)
        if told is None and self._title.span and _BUDGET.search(self._title.text):
            return "target", Decision("table.target", *self._title.span)
        is_dated = row.period or column.period or self._title.period
        if told is None and not is_dated and words().posts.search(column.name):
            return "target", Decision("table.target", *column.spans[-1])
        return told

    def _period(self, row: Head, column: Head) -> tuple[str | None, Decision] | None:
        if row.standard or column.standard:
            at = column.standard or row.standard or (-1, -1)
            return None, Decision("table.standard", *at)
        for head in (column, row):
            if head.period is not None:
                return head.period.iso, Decision("table.period", *head.period_at)
        if self._title.period is not None:
            return self._title.period.iso, Decision("table.title_period", *self._title.period_at)
        return None
