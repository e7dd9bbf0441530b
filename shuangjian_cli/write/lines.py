"""Rows as lines of text: what CSV, TSV, JSON and JSON Lines have in common.

The records of a column of a sheet differ in a few fields only: the text of the others is made once,
and each record fills the gaps in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from operator import itemgetter

from shuangjian_cli.declare import Any, NamedTuple, TextIO
from shuangjian_cli.model import INDICATOR_FIELDS, ROW_FIELDS, Indicator
from shuangjian_cli.write.table import Column, Kind, Row, Table

_REMEMBERED, _SHORT = 4096, 64
"""Of how many columns of sheets the text is remembered, and of how many texts the cell; how long these
are at most."""


class Remembered(dict[str, str]):
    """Cells by their text, the last ones remembered: those of a document are much alike."""

    def __init__(self, cell: Callable[[str], str]) -> None:
        super().__init__()
        self._cell = cell

    def __missing__(self, text: str) -> str:
        out = self._cell(text)
        if len(text) <= _SHORT:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[text] = out
        return out


class Form(NamedTuple):
    """What a format makes of rows.

    `row` gives for the names of columns the text of a row with `%s` for each cell, `cells` say how a
    value is put down, and `null` stands for none, `alone` for an empty cell that is all of a row.
    `head` goes before all rows (None: the names of the columns as a row), `first`, `between` and
    `last` around them, `none` where there are none.
    """

    row: Callable[[Sequence[str]], str]
    cells: Mapping[Kind, Callable[[Any], str]]
    null: str
    alone: str | None = None
    head: str | None = None
    first: str = ""
    between: str = ""
    last: str = ""
    none: str = ""


class Lines:
    """Makes rows of some columns the text of a format."""

    def __init__(self, form: Form, columns: Sequence[Column]) -> None:
        names = [column.name for column in columns]
        self._form = form
        self._row = form.row(names)
        self._columns = [(column.name, form.cells[column.kind]) for column in columns]
        self._alone = form.alone if len(names) == 1 else None
        text = form.cells["text"]
        self._head = form.head or ""
        if form.head is None:
            self._head = self._filled(text(column.heading or column.name) for column in columns)
        self._rules = "rules" in names
        self._common: dict[object, str | None] = {}
        """By what records have in common their text with gaps, None where they are not accepted."""
        order = [ROW_FIELDS.index(name) for name in names if name in ROW_FIELDS]
        self._gaps: Callable[[Sequence[str]], object] | None = None
        """Takes from the row fields those that are columns, in their order; None: all are."""
        if order != [*range(len(ROW_FIELDS))]:
            self._gaps = itemgetter(*order) if order else lambda _: ()

    def line(self, row: Row) -> str:
        """The text of a row."""
        null = self._form.null
        cells = [
            null if (value := row.get(name)) is None else cell(value)
            for name, cell in self._columns
        ]
        return self._filled(cells)

    @cached_property
    def _places(self) -> list[tuple[int, Callable[[Any], str]]]:
        """For each column of indicators where their values have it."""
        return [
            (INDICATOR_FIELDS.index(name), _of_rules(cell) if name == "rules" else cell)
            for name, cell in self._columns
        ]

    def _filled(self, cells: Iterable[str]) -> str:
        """A row of cells."""
        if self._alone is not None:
            cells = [cell or self._alone for cell in cells]
        return self._row % tuple(cells)

    def block(
        self, records: Iterable[Indicator], accepts: Callable[[Row], bool] | None
    ) -> tuple[str, int]:
        """The text of those of a document's records that are accepted, and how many these are.
        `accepts` None accepts all."""
        common, gaps, null = self._common, self._gaps, self._form.null
        text, decimal = self._form.cells["text"], self._form.cells["decimal"]
        out: list[str] = []
        place = None
        for record in records:
            key, cell = record.common, record.cell
            if key is None or cell is None or self._alone is not None:
                if accepts is None or accepts(record.to_dict(rules=False)):
                    values = record.values(rules=self._rules)
                    cells = [
                        null if (value := values[at]) is None else cell(value)
                        for at, cell in self._places
                    ]
                    out.append(self._filled(cells))
                continue
            line = common[key] if key in common else self._with_gaps(key, record, accepts)
            if line is None:
                continue
            if place != (cell.number, cell.row):
                place = cell.number, cell.row
                sentence = text(record.sentence)
                row_cells = str(cell.row), text(cell.row_head)
                ends = str(record.sentence_start), str(record.sentence_end)
            values = (
                str(record.line),
                text(record.subject),
                decimal(record.value),
                text(record.figure),
                sentence,
                *row_cells,
                str(record.start),
                str(record.end),
                *ends,
            )
            out.append(line % (values if gaps is None else gaps(values)))
        return self._form.between.join(out), len(out)

    def _with_gaps(
        self, key: object, record: Indicator, accepts: Callable[[Row], bool] | None
    ) -> str | None:
        row = record.to_dict(rules=self._rules)
        line = None
        if accepts is None or accepts(row):
            null = self._form.null
            cells = [
                "%s" if name in ROW_FIELDS else null if row[name] is None else cell(row[name])
                for name, cell in self._columns
            ]
            line = self._row % tuple(
                each if each == "%s" else each.replace("%", "%%") for each in cells
            )
        if len(self._common) >= _REMEMBERED:
            self._common.clear()
        self._common[key] = line
        return line

    def parts(self, blocks: Iterable[str]) -> Iterator[str]:
        """All that is to be written, of the text of some rows after another."""
        form = self._form
        yield self._head
        before, end = form.first, form.none
        for block in blocks:
            if block:
                yield before
                yield block
                before, end = form.between, form.last
        yield end


def _of_rules(cell: Callable[[Any], str]) -> Callable[[Any], str]:
    """Remembers the cells of rules' names, of which those of a document are much alike, too."""

    @lru_cache(maxsize=_REMEMBERED)
    def remembered(fields: tuple[str, ...], rules: tuple[str, ...]) -> str:
        return cell(dict(zip(fields, rules, strict=True)))

    return lambda rules: remembered(tuple(rules), tuple(rules.values()))


def write_lines(form: Form, table: Table, out: TextIO) -> None:
    """A table in a form, row by row."""
    lines = Lines(form, table.columns)
    out.writelines(lines.parts(map(lines.line, table.rows)))
