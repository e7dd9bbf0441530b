"""Rows as lines of text: what CSV, TSV, JSON and JSON Lines have in common.

The records of a document, and more so those of a column of a sheet, differ in some fields only: the
text of the others is made once, and each record fills the gaps in it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import call, itemgetter
from typing import Any, TextIO

from shuangjian_cli.model import (
    CELL_FIELDS,
    INDICATOR_FIELDS,
    ROW_FIELDS,
    Decision,
    DecisionMap,
    DocumentInfo,
    Indicator,
)
from shuangjian_cli.write.table import Column, Kind, Row, Table

_REMEMBERED, _SHORT = 4096, 64
"""Of how many columns of sheets the text is remembered, and of how many texts the cell; how long these
are at most."""


class Remembered(dict[Any, str]):
    """Cells by their texts or lists, the last ones remembered: those of a document are much alike.
    `null` is the cell of None."""

    def __init__(self, cell: Callable[[Any], str], null: str) -> None:
        super().__init__({None: null})
        self._cell = cell
        self._null = null

    def __missing__(self, text: str | tuple[str, ...]) -> str:
        out = self._cell(text)
        if len(text) <= _SHORT:
            if len(self) >= _REMEMBERED:
                self.clear()
                self[None] = self._null
            self[text] = out
        return out


class Form:
    """What a format makes of rows.

    `row` gives for the names of columns what stands before, between and behind the cells of a row,
    `cells` say how a value is put down, and `null` stands for none, `alone` for an empty cell that is all of a row.
    `head` goes before all rows (None: the names of the columns as a row), `first`, `between` and
    `last` around them, `none` where there are none.
    """

    __slots__ = ("alone", "between", "cells", "first", "head", "last", "none", "null", "row")

    def __init__(
        self,
        row: Callable[[Sequence[str]], list[str]],
        cells: Mapping[Kind, Callable[[Any], str]],
        null: str,
        alone: str | None = None,
        head: str | None = None,
        first: str = "",
        between: str = "",
        last: str = "",
        none: str = "",
    ) -> None:
        self.row = row
        self.cells = cells
        self.null = null
        self.alone = alone
        self.head = head
        self.first = first
        self.between = between
        self.last = last
        self.none = none


class _Gaps:
    """The text of a row with gaps for the cells that are not given."""

    def __init__(self, around: Sequence[str], given: Mapping[int, str]) -> None:
        """`around` is what stands before, between and behind the cells, `given` are cells by their
        place."""
        self._pieces = [around[0]]
        for place, behind in enumerate(around[1:]):
            if place in given:
                self._pieces[-1] += given[place] + behind
            else:
                self._pieces += "", behind

    def filled(self, cells: Iterable[str]) -> str:
        """The row with the other cells."""
        pieces = self._pieces.copy()
        pieces[1::2] = cells
        return "".join(pieces)


class Lines:
    """Makes rows of some columns the text of a format."""

    def __init__(self, form: Form, columns: Sequence[Column]) -> None:
        names = self._names = [column.name for column in columns]
        self._puts = [form.cells[column.kind] for column in columns]
        # Of a single value there is no tuple.
        self._values = itemgetter(*names) if len(names) > 1 else lambda row: (row[names[0]],)
        self._form = form
        self._around = form.row(names)
        self._row = _Gaps(self._around, {})
        self._columns = [*zip(names, self._puts, strict=True)]
        self._alone = form.alone if len(names) == 1 else None
        text = form.cells["text"]
        self._head = form.head or ""
        if form.head is None:
            self._head = self._filled(text(column.heading or column.name) for column in columns)
        self._rules = "rules" in names
        self._common: dict[object, _Gaps | None] = {}
        """By what records have in common their text with gaps, None where they are not accepted."""
        order = [ROW_FIELDS.index(name) for name in names if name in ROW_FIELDS]
        self._order = None if order == [*range(len(ROW_FIELDS))] else order
        """Which row fields are columns, in their order; None: all are."""

    def line(self, row: Row) -> str:
        """The text of a row."""
        null = self._form.null
        try:
            values = self._values(row)
        except KeyError:  # a row that leaves some out
            values = tuple(map(row.get, self._names))
        cells = [
            null if value is None else put(value)
            for value, put in zip(values, self._puts, strict=True)
        ]
        return self._filled(cells)

    @cached_property
    def _places(self) -> list[tuple[int, Callable[[Any], str]]]:
        """For each column of indicators where their values have it."""
        return [(INDICATOR_FIELDS.index(name), cell) for name, cell in self._columns]

    @cached_property
    def _own(self) -> tuple[Callable[[Indicator], Sequence[Any]], list[Callable[[Any], str]]]:
        """What takes from the record of a figure in prose the values that its document does not tell, and how
        each is put down. Two more at least are taken, since of a single one there is no sequence."""
        own = [
            (Indicator._fields.index(name), _remembering(name, cell, self._form.null))
            for name, cell in self._columns
            if name in Indicator._fields
        ]
        return itemgetter(*[place for place, _ in own], 0, 0), [cell for _, cell in own]

    def _of_document(self, info: DocumentInfo) -> _Gaps:
        """The row of a figure of a document's prose, with gaps for what is its own."""
        told = info._asdict() | dict.fromkeys(CELL_FIELDS)
        null = self._form.null
        given = {
            place: null if told[name] is None else cell(told[name])
            for place, (name, cell) in enumerate(self._columns)
            if name in told
        }
        return _Gaps(self._around, given)

    def _filled(self, cells: Iterable[str]) -> str:
        """A row of cells."""
        if self._alone is not None:
            cells = [cell or self._alone for cell in cells]
        return self._row.filled(cells)

    def block(
        self, records: Iterable[Indicator], accepts: Callable[[Row], bool] | None
    ) -> tuple[str, int]:
        """The text of those of a document's records that are accepted, and how many these are.
        `accepts` None accepts all."""
        common, order, null = self._common, self._order, self._form.null
        text, decimal = self._form.cells["text"], self._form.cells["decimal"]
        own, puts = self._own
        out: list[str] = []
        place = document = None
        for record in records:
            key, cell = record.common, record.cell
            if key is None or cell is None or self._alone is not None:
                if accepts is not None and not accepts(record.to_dict(rules=False)):
                    continue
                if cell is not None or self._alone is not None:
                    values = record.values(rules=self._rules)
                    cells = [
                        null if (value := values[at]) is None else put(value)
                        for at, put in self._places
                    ]
                    out.append(self._filled(cells))
                    continue
                if record.document is not document:
                    document = record.document
                    row = self._of_document(document)
                out.append(row.filled(map(call, puts, own(record))))
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
            out.append(line.filled(values if order is None else [values[at] for at in order]))
        return self._form.between.join(out), len(out)

    def _with_gaps(
        self, key: object, record: Indicator, accepts: Callable[[Row], bool] | None
    ) -> _Gaps | None:
        row = record.to_dict(rules=self._rules)
        line = None
        if accepts is None or accepts(row):
            null = self._form.null
            given = {
                place: null if row[name] is None else cell(row[name])
                for place, (name, cell) in enumerate(self._columns)
                if name not in ROW_FIELDS
            }
            line = _Gaps(self._around, given)
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


def _remembering(name: str, cell: Callable[[Any], str], null: str) -> Callable[[Any], str]:
    """How a field of many records is put down, which may be None."""
    if name in ("groups", "reasons"):
        return Remembered(cell, null).__getitem__
    if name == "rules":
        return _of_rules(cell)
    if name == "value_max":
        return lambda value: null if value is None else cell(value)
    return _again(cell) if name == "sentence" else cell


def _again(cell: Callable[[str], str]) -> Callable[[str], str]:
    """Remembers the cell of the last text: the figures of a sentence have it in common."""
    last = made = ""

    def remembered(text: str) -> str:
        nonlocal last, made
        if text is not last:
            last, made = text, cell(text)
        return made

    return remembered


def _of_rules(
    cell: Callable[[Mapping[str, str]], str],
) -> Callable[[DecisionMap | dict[str, Decision]], str]:
    """Names the rules of a record, and remembers the cells: those of a document are much alike."""
    known: dict[tuple[str, ...], str] = {}

    def remembered(rules: DecisionMap | dict[str, Decision]) -> str:
        if isinstance(rules, dict):
            return cell({name: decision.rule for name, decision in rules.items()})
        named = rules.named()
        made = known.get(named)
        if made is None:
            if len(known) >= _REMEMBERED:
                known.clear()
            made = known[named] = cell(rules.names())
        return made

    return remembered


def write_lines(form: Form, table: Table, out: TextIO) -> None:
    """A table in a form, row by row."""
    lines = Lines(form, table.columns)
    out.writelines(lines.parts(map(lines.line, table.rows)))
