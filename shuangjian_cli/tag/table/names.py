"""What the heads of a table's rows say, each with what the rows before it leave to it."""

from __future__ import annotations

from collections.abc import Sequence

from shuangjian_cli.model import Area, Table
from shuangjian_cli.model import Cell as GridCell
from shuangjian_cli.patterns import regex
from shuangjian_cli.tag.table import subject as subjects
from shuangjian_cli.tag.table.columns import SAYS, Column, natures, unit_column
from shuangjian_cli.tag.table.compact import Compact, Span, compact
from shuangjian_cli.tag.table.head import Head, HeadReader, merged
from shuangjian_cli.tag.table.repeats import Repeats
from shuangjian_cli.tag.table.subject import Name
from shuangjian_cli.tag.table.sums import parts_below
from shuangjian_cli.tag.table.title import Title
from shuangjian_cli.tag.table.unit import SHARE, Unit, Units
from shuangjian_cli.tag.table.written import Written

_NUMERAL = regex("[一二三四五六七八九十\\d]+")
OF_BODY = ("body", "short", "ended")
"""The kinds of rows that hold figures."""
_ASKED = 40
"""How many rows tell whether they lack a head."""


def _is_fee(name: Name) -> bool:
    return name.phrase.text.endswith("费")


class RowNames:
    """Reads the heads of rows, which must be asked for in their order.

    `section` and `unit` are what a row of a whole gives the rows of its parts, `whole` what the last row
    is a part of and its name leaves out, `about` the words of the table's title and of its part.
    `holding` is the city or province that governs.
    """

    def __init__(
        self,
        text: str,
        table: Table,
        written: Written,
        units: Units,
        heads: HeadReader,
        columns: Sequence[Column],
        title: Title,
        about: str,
        holding: Area | None,
    ) -> None:
        self._text = text
        self._table = table
        self._written = written
        self._units = units
        self._heads = heads
        self._title = title
        self._own = [column for column in range(table.stub) if not columns[column].head.skips]
        """The columns of the stub that say something."""
        self._holding = holding
        """The city or province that a row named last: the names below it are of its parts."""
        self._unit_column = unit_column(text, table, units)
        self._natures = natures(text, table)
        self._measured_above = bool(title.measure) or any(
            column.name.measures for column in columns[table.stub :]
        )
        """Whether the title or a column tells what the rows count."""
        self._is_counted = False
        """Whether the section is what a row counts of all, for rows of its kinds below."""
        self.section = Name()
        self.unit: Unit | None = None
        self.whole = ""
        self.about = f"{about}，"
        self._outer: tuple[str, Name, Unit | None] = ("", Name(), None)
        """The mark, name and unit of the last part that is no part of another."""
        self._mark = ""
        """The mark of the list in which the last part stands, without its number."""
        self._span: Span | None = None
        self._area = Head()
        """What names the last part."""
        self._several, self._carried = 0, Head()
        """How many cells the last row had whose first names those below too, which have fewer; and that."""
        self._is_carrying = self._lacks_first()
        """Whether as many rows lack their first head as have it."""
        self._repeats = Repeats()
        self._whole = Name()
        self._whole_head = Head()
        self._whole_row = self._summed = 0
        """The row of the whole, and the one behind those that add up to it."""
        self._indent = 0
        self._is_indented = False
        """Where the last whole stands on its line, and whether parts stand further in."""
        self._in_part = False
        """Whether the last row was a part of the one before it (其中：小学 … 初中 …)."""
        self._of_kinds = False
        """Whether the first part of the last whole names a kind."""
        self._above: dict[int, tuple[int, Span, Head]] = {}
        """For each column of the stub the head that still stands over later rows, and until which."""

    def open(self, row: int) -> None:
        """Read a row that stands over those after it."""
        cell = next(self._table.grid.row(row), None)
        if cell is not None:
            here = compact(self._text, cell.start, cell.end)
            head = self._heads.read(here, self._title.period, self._holding)
            name, mark = subjects.name_of(subjects.phrase_of(head)), _NUMERAL.sub("", head.listed)
            outer_mark, outer, unit = self._outer
            is_of_it = not name.measures or _is_fee(outer) > _is_fee(name)
            if mark and outer.measures and mark != outer_mark and is_of_it:
                name, unit = subjects.join(name, outer), head.unit or unit  # 3. under 一、
            else:
                self._outer, unit = (mark, name, head.unit), head.unit
            self._set_section(name, unit)
            self._span = cell.start, cell.end
            self._whole, self._area, self._mark = Name(), head, mark

    def _set_section(self, name: Name, unit: Unit | None) -> None:
        self.section, self.unit, self._is_counted = name, unit, False
        self.about = f"{self._title.text}，{name.phrase.text}"

    def of(self, row: int) -> tuple[Name, Head, list[Span]]:
        """What the heads of a row say, from left to right, and the spans of their cells."""
        grid, name, out = self._table.grid, Name(), Head()
        over = [self._span] if self._span else []
        said = part = False
        self.whole = ""
        names = self._names(row)
        for column in self._own:
            cell = grid.cell(row, column)
            if cell is not None and cell.start < cell.end:
                here = compact(self._text, cell.start, cell.end)
                if said and not SAYS.search(here.text):
                    continue  # the name in another language
                said = True
                if column == self._unit_column:
                    unit = self._units.read(here.text)
                    if unit is not None:
                        out = out._replace(unit=Unit(*unit, cell.start, cell.end))
                    continue
                head = self._read(here)
                if column == self._own[0]:
                    several = names + ("|" in here.text)
                    if several > 1 and 0 < self._names(row + 1) < several:
                        self._several, self._carried = several, head
                if head.area is not None and head.area.level != "county":
                    self._holding = head.area
                if cell.rows > 1:
                    self._above[column] = row + cell.rows, (cell.start, cell.end), head
                over.append((cell.start, cell.end))
            elif cell is None and column in self._above and row < self._above[column][0]:
                _, span, head = self._above[column]
                over.append(span)
            else:
                continue
            own = subjects.name_of(subjects.phrase_of(head))
            if column in self._natures and name.phrase.text and not subjects.tells(own):
                continue
            if head.part and not self._in_part:
                self._summed = parts_below(self._text, self._table, self._whole_row, row)
            if self._is_part(cell, own, head) or row < self._summed:
                of_sum = self._whole_head.listed != "" and not head.part
                name, part = subjects.part(self._whole, own, of_sum=of_sum), True
                whole = self._whole.phrase.text
                self.whole = "" if whole in name.phrase.text else whole
            else:
                name = subjects.join(name, own) if name.phrase.text else own
            out = merged(out, head)
        is_short = names < self._several
        if is_short and self._is_carrying and not out.total:
            name = subjects.under(subjects.name_of(subjects.phrase_of(self._carried)), name)
        if name.phrase.text and over:
            indent = self._written.indent(over[-1][0])
            name = self._repeats.told(name, indent, is_part=out.part)
        if not over and self._table.stub:
            out = out._replace(total=True)
        if out.area is None and not out.level and not out.total and over:
            of = self._carried if is_short else self._area
            if of.area is not None or of.level:
                out = out._replace(area=of.area, area_at=of.area_at, level=of.level)
        if self._mark and self._mark == _NUMERAL.sub("", out.listed):  # 三、 ends what 二、 opened
            self._set_section(Name(), None)
        self._in_part = part
        of = self._whole_head
        if part and out.unit is None and not SHARE.search(name.phrase.text):
            out = out._replace(unit=of.unit)
        if part and out.area is None and not out.level:
            out = out._replace(area=of.area, area_at=of.area_at, level=of.level)
        if not self._in_part:
            self._whole, self._whole_head, self._whole_row = name, out, row
            if out.listed:
                self._summed = parts_below(self._text, self._table, row, row + 1)
            self._indent = self._written.indent(over[0][0]) if over else 0
            is_free = self._is_counted or not self.section.phrase.text
            of_all = is_free and not self._measured_above and not name.staged
            if name.measures and self._unit_column is None and (out.unit is not None or of_all):
                self._set_section(name, out.unit)
                self._is_counted = out.unit is None
            elif self._is_counted and not subjects.tells(name):
                self._set_section(Name(), None)
        return name, out, over

    def _read(self, here: Compact) -> Head:
        """The head of a cell, of two that were taken for one what both say."""
        at = here.text.find("|")
        if at < 0:
            return self._heads.read(here, self._title.period, self._holding)
        parts = (
            Compact(here.text[:at], here.at[:at]),
            Compact(here.text[at + 1 :], here.at[at + 1 :]),
        )
        outer, inner = (self._heads.read(each, self._title.period, self._holding) for each in parts)
        if outer.area is None:
            return self._heads.read(here, self._title.period, self._holding)
        return merged(outer, inner)

    def _names(self, row: int) -> int:
        """How many cells name a row."""
        grid = self._table.grid
        if row >= grid.rows or self._table.rows[row] not in OF_BODY:
            return 0
        if len(self._own) < 2:
            return 1
        cells = (grid.cell(row, column) for column in self._own)
        return sum(cell is not None and cell.start < cell.end for cell in cells)

    def _lacks_first(self) -> bool:
        """Whether at least half of the rows have no cell in the second column of the stub."""
        grid, table = self._table.grid, self._table
        if len(self._own) < 2:
            return False
        body = [row for row in range(grid.rows) if table.rows[row] in OF_BODY][:_ASKED]
        lack = sum(grid.cell(row, self._own[1]) is None for row in body)
        return len(body) <= 2 * lack < 2 * len(body)

    def _is_part(self, cell: GridCell | None, own: Name, head: Head) -> bool:
        """Whether a row is a part of the whole before it: it says so; or it stands behind a part and
        further in than the whole or, where no part does, names a kind only behind a kind, or what only an
        attribute can be; or it stands further in than a whole of one stage and does not tell itself
        what is counted."""
        named = own.phrase.text != ""  # its unit stands further in too
        further = named and cell is not None and self._written.indent(cell.start) > self._indent
        if head.part or (self._in_part and further):
            self._of_kinds = own.is_kind if not self._in_part else self._of_kinds
            self._is_indented = self._is_indented or further
            return True
        if further and self._whole.measures and self._whole.staged and not self._in_part:
            return not (own.measures or own.staged)
        attribute = named and self._whole.measures and not (own.measures or own.staged)
        like = own.is_kind if self._of_kinds else attribute
        return self._in_part and like and not head.listed and not self._is_indented
