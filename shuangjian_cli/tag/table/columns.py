"""The columns of a table: what the heads over each say."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import NamedTuple

from shuangjian_cli.model import Area, Decision, Table
from shuangjian_cli.patterns import regex, worded
from shuangjian_cli.structure.tables.content import NUMBER, kind
from shuangjian_cli.structure.tables.signs import MEASURED, UNIT_HEADS
from shuangjian_cli.tag.attributes import stage
from shuangjian_cli.tag.table import subject as subjects
from shuangjian_cli.tag.table.compact import Compact, Span, compact
from shuangjian_cli.tag.table.head import Head, HeadReader, merged
from shuangjian_cli.tag.table.subject import Name
from shuangjian_cli.tag.table.unit import Unit, Units
from shuangjian_cli.tag.table.words import words
from shuangjian_cli.tag.time import Period

SAYS = regex(r"[\u4e00-\u9fff%‰]|(?:19|20)\d\d")
"""Without one of these a head says nothing that is read."""
_OF_PLAN = worded(r"(?:{of_plan.done})(?:{of_plan.rates})$", __file__)
_HEADLESS = "some columns of the table have no head"
_UNNAMED = "nothing names the columns of the table"
_CUT_OFF = "numbers stand between the table and what may name it"
_LEFT = "the table has more heads than columns"
_UNSURE = "the heads of the table may stand over other columns"
_NEAREST = 3
"""How many lines right above a table are of it, where they hold nothing but a number."""
_ASKED = 8
"""How many rows tell what a table without a title is about."""


class Column(NamedTuple):
    """A column: what its heads name, its unit, and what else they say, the lowest first; `over`
    holds the spans of their cells, the topmost first, `whole` names what its name is a part of and
    leaves out."""

    name: Name
    unit: Unit | None
    head: Head
    over: tuple[Span, ...]
    whole: str


def columns(
    text: str,
    table: Table,
    heads: HeadReader,
    held: Period | None,
    within: Area | None,
    stated: Sequence[Unit],
) -> list[Column]:
    """The columns of a table. `held` is the period of its title, `within` the place that governs,
    `stated` the units above it."""
    of_money = any((unit.name or "").startswith("元") for unit in stated)
    out: list[Column] = []
    heading = _heading(table)
    counted, in_part = Column(Name(), None, Head(), (), ""), False
    for column in range(table.grid.columns):
        name, unit, said, whole = Name(), None, Head(), ""
        total: Compact | None = None
        over, told = _heads_over(text, table, heading, column)
        own = [each for each in told if SAYS.search(each.text)]
        for each in own or told[:1]:  # in another language where it has no other name
            head = heads.read(each, held, within)
            if not name.phrase.text and out:
                of_it = subjects.name_of(subjects.phrase_of(head))
                goes_on = len(own) == 1 and subjects.continues(counted.name, of_it, in_part=in_part)
                head = head._replace(part=head.part or goes_on)
                if head.part or (len(own) == 1 and of_it.phrase.text.startswith("占")):
                    name, unit = counted.name, counted.unit if head.part else None
            outer, name = name.phrase.text, subjects.chain(name, head)
            whole = whole if outer in name.phrase.text else outer
            unit = head.unit or unit
            total = each if head.total and of_money else total
            said = merged(said, head)
            if head.part and out:  # of a column of targets
                said = said._replace(target=said.target or counted.head.target)
        if total is not None and name.phrase.text and not name.measures:
            # Of all that one who boards pays: 住校 below 合计.
            sum_of = subjects.Phrase(total.text, total.spans(0, None))
            name = name._replace(phrase=name.phrase.and_(sum_of), measures=True)
        out.append(Column(name, unit, said, over, whole))
        in_part = said.part
        counted = counted if in_part or column < table.stub else out[-1]
    _share_units(text, table, heading, out)
    return out


def doubts(text: str, table: Table, columns: Sequence[Column]) -> list[str]:
    """Why the figures of a table may belong under other heads than those over them."""
    own = _heads_of_figures(table, columns)
    lack = any(own) and not all(own)
    unnamed = len(own) > 1 and not any(own)
    left = table.heads_left or _has_heads_left(text, table, columns)
    cut_off = table.rule == "table.lines" and _is_cut_off(text, table)
    said = (
        (_HEADLESS, lack),
        (_UNNAMED, unnamed),
        (_LEFT, left),
        (_UNSURE, table.heads_unsure),
        (_CUT_OFF, cut_off),
    )
    return [doubt for doubt, holds in said if holds]


def _is_cut_off(text: str, table: Table) -> bool:
    """Whether what stands right above a table of one cell a line may be a row of it."""
    return any(kind(text[start:end]) == NUMBER for start, end in table.captions[-_NEAREST:])


def _is_unit(column: Column) -> bool:
    """Whether what stands over a column is a unit and nothing else."""
    unit = column.head.unit
    return unit is not None and column.head == Head(unit=unit) and not column.name.phrase.text


def _heads_of_figures(table: Table, columns: Sequence[Column]) -> list[bool]:
    """For each column with figures whether a head that names more than a unit stands over it."""
    grid, asked = table.grid, _asked(table)
    return [
        bool(column.over) and not _is_unit(column)
        for at, column in enumerate(columns[table.stub :], table.stub)
        if any((cell := grid.cell(row, at)) and cell.start < cell.end for row in asked)
    ]


def _has_heads_left(text: str, table: Table, columns: Sequence[Column]) -> bool:
    """Whether a head that counts something stands over no cell, be it empty, or below another such
    in one column, alone in its row, as what is left when a row of heads is full."""
    grid, asked, low = table.grid, _asked(table), _heading(table) - 1
    of_figures = range(table.stub, len(columns))
    if any(
        columns[at].name.measures and all(grid.cell(row, at) is None for row in asked)
        for at in of_figures
    ):
        return True
    lone = [at for at in of_figures if low > 0 and grid.cell(low, at)]
    if len(lone) != 1 or len(of_figures) == 1 or table.rows[low] != "head":
        return False
    head, above = grid.cell(low, lone[0]), grid.cell(low - 1, lone[0])
    return (
        head is not None
        and above is not None
        and above.columns == 1
        and all(
            words().measure.search(compact(text, each.start, each.end).text)
            for each in (head, above)
        )
    )


def unit_column(text: str, table: Table, units: Units) -> int | None:
    """The column of the stub that gives each row's unit, beside one that names the row; 单位 may
    also head the bodies that are counted."""
    for column in range(table.stub if table.stub > 1 else 0):
        for row in range(_heading(table)):
            if compact(text, *_over(table, row, column)).text in UNIT_HEADS:
                cells = (table.grid.cell(row, column) for row in _asked(table))
                if any(units.read(text[cell.start : cell.end]) for cell in cells if cell):
                    return column
    return None


def natures(text: str, table: Table) -> frozenset[int]:
    """The columns of the stub that tell of what nature that is which a column before them names:
    学校 | 性质, 单位 | 经费来源."""
    return frozenset(
        column
        for column in range(1, table.stub)
        for row in range(_heading(table))
        if words().nature.search(compact(text, *_over(table, row, column)).text)
    )


def kinds(text: str, table: Table, heads: HeadReader, units: Sequence[Unit]) -> str:
    """What a table with one unit and no title is about, since all of its figures are of one kind:
    what its first rows name, a stage first, and what its unit counts."""
    if len(units) != 1:
        return ""
    names: list[str] = []
    for row in _asked(table):
        for column in range(table.stub):
            if (cell := table.grid.cell(row, column)) is not None:
                names.append(heads.read(compact(text, cell.start, cell.end)).name)
    names = sorted(filter(None, names), key=lambda name: stage(name)[0] is None)
    return "，".join([*names, words().counted.get(units[0].name or "", "")])


def _asked(table: Table) -> list[int]:
    """The first rows of figures."""
    body = (row for row, kind in enumerate(table.rows) if kind == "body")
    return list(itertools.islice(body, _ASKED))


def ahead(columns: Sequence[Column], column: Head) -> tuple[str, Decision] | None:
    """The status of a column in the table of a plan that does not say when it speaks: its last year is
    a target, its first what the plan sets out from."""
    years = {c.head.period.year for c in columns if c.head.period is not None}
    period = column.period
    if len(years) < 2 or period is None or min(years) < period.year < max(years):
        return None
    if period.year == min(years):
        return "achieved", Decision("table.base_year", *column.period_at)
    return "target", Decision("table.target", *column.period_at)


def moves_by(column: Column, change: Column) -> bool:
    """Whether a column is of shares of a plan, beside which a change in % is of something else."""
    in_percent = change.unit is not None and change.unit.name == "%"
    return in_percent and _OF_PLAN.search(column.name.phrase.text) is not None


def _heading(table: Table) -> int:
    """How many rows of heads stand at the top; those that return below say nothing more."""
    heads = ("head", "continued")
    return next((i for i, kind in enumerate(table.rows) if kind not in heads), 0)


def _heads_over(
    text: str, table: Table, heading: int, column: int
) -> tuple[tuple[Span, ...], list[Compact]]:
    """The spans of the head cells over a column, the topmost first, and their words, those of a
    head that goes on in the row below as one."""
    spans = {_over(table, row, column): table.rows[row] for row in range(heading)[::-1]}
    over = [span for span in reversed(spans) if span[0] < span[1]]
    told: list[Compact] = []
    for span in over:
        here = compact(text, *span)
        if told and spans[span] == "continued":
            here = Compact(told[-1].text + here.text, told.pop().at + here.at)
        told.append(here)
    return tuple(over), told


def _over(table: Table, row: int, column: int) -> Span:
    """The span of the head cell that covers a place, empty where none does."""
    grid = table.grid
    for back in range(column, -1, -1):
        cell = grid.cell(row, back)
        if cell is not None:
            return (cell.start, cell.end) if back + cell.columns > column else (-1, -1)
    return -1, -1


def _is_measured(text: str, column: Column) -> bool:
    """Whether the lowest head over a column ends with a unit in brackets."""
    return bool(column.over) and MEASURED.search(text[slice(*column.over[-1])]) is not None


def _share_units(text: str, table: Table, heading: int, columns: list[Column]) -> None:
    """A column without a unit under a head of several has that of the first of them, unless its own words
    end with one that is not known."""
    for row in range(heading):
        for cell in table.grid.row(row):
            first = columns[cell.column]
            for column in range(cell.column + 1, cell.column + cell.columns):
                own = columns[column]
                if own.unit is None and first.unit is not None and not _is_measured(text, own):
                    columns[column] = columns[column]._replace(unit=first.unit)
