"""The figures of a table as people read them: under the heads that they have in their document.

A table that is wider than the terminal is parted into blocks of columns, each with the heads of its
rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from shuangjian_cli.patterns import regex
from shuangjian_cli.write.values import visible

if TYPE_CHECKING:
    from rich.console import Console

    from shuangjian_cli.language import Labels
    from shuangjian_cli.write.table import Row

_GAP = 2
_HEAD_MOST, _CELL_MOST = 28, 18
"""The widest that the column of the heads of rows and those of figures are."""

_STATED = regex(r"(?: / )?[（(][^（()）]{1,8}[）)]$")
"""A unit at the end of a head."""

Grid = Mapping[int, Mapping[int, list["Row"]]]
"""The records of each cell, by row and column."""


def write_cells(
    console: Console, labels: Labels, rows: Iterable[Row], shown: Callable[[Row], Text]
) -> None:
    """Each table of a document, one after another; `shown` gives the number of a record."""
    for _, cells in groupby(rows, key=lambda row: row["table_number"]):
        _write(console, labels, list(cells), shown)


def _write(
    console: Console, labels: Labels, rows: Sequence[Row], shown: Callable[[Row], Text]
) -> None:
    grid: dict[int, dict[int, list[Row]]] = {}
    heads: dict[int, str] = {}
    columns: dict[int, list[Row]] = {}
    for row in rows:
        grid.setdefault(row["table_row"], {}).setdefault(row["table_column"], []).append(row)
        heads.setdefault(row["table_row"], row["row_head"])
        columns.setdefault(row["table_column"], []).append(row)
    first = rows[0]
    title = visible(first["table_title"] or "")
    number = f"{labels.field('table_number')} {first['table_number']}"
    console.print(Text.assemble((number, "bold cyan"), "  ", (title, "bold")))
    names = {column: _name(labels, own) for column, own in sorted(columns.items())}
    own = {column: _unit(of) for column, of in columns.items()}
    texts = {
        (row, column): _cell(labels, cells, shown, with_unit=own[column] is None)
        for row, of in grid.items()
        for column, cells in of.items()
    }
    widths = {
        column: max(
            min(_CELL_MOST, cell_len(name)),
            *(cell_len(texts[row, column].plain) for row in grid if (row, column) in texts),
        )
        for column, name in names.items()
    }
    stub = min(_HEAD_MOST, max(cell_len(visible(head)) for head in heads.values()))
    for block in _blocks(widths, console.width - stub - _GAP):
        _print(console, grid, heads, {column: names[column] for column in block}, texts, stub)


def _blocks(widths: Mapping[int, int], room: int) -> Iterable[list[int]]:
    """Columns that fit beside each other."""
    block: list[int] = []
    taken = 0
    for column, width in widths.items():
        if block and taken + width + _GAP > room:
            yield block
            block, taken = [], 0
        block.append(column)
        taken += width + _GAP
    yield block


def _print(
    console: Console,
    grid: Grid,
    heads: Mapping[int, str],
    names: Mapping[int, str],
    texts: Mapping[tuple[int, int], Text],
    stub: int,
) -> None:
    from rich.table import Table

    made = Table(box=None, header_style="bold", padding=(0, _GAP, 0, 0), pad_edge=False)
    made.add_column(width=stub, overflow="fold")
    for name in names.values():
        made.add_column(Text(name), justify="right", max_width=_CELL_MOST, overflow="fold")
    for row in grid:
        made.add_row(
            Text(visible(heads[row])), *(texts.get((row, column), Text()) for column in names)
        )
    console.print(made)


def _name(labels: Labels, rows: Sequence[Row]) -> str:
    """The head of a column, with the unit that all of its figures have for the one that it states:
    they are shown without magnitude."""
    head = visible(rows[0]["column_head"]) or str(rows[0]["table_column"])
    unit = _unit(rows)
    if not unit:
        return head
    return f"{_STATED.sub('', head)} {visible(labels.unit(unit))}".strip()


def _unit(rows: Sequence[Row]) -> str | None:
    """The unit of all of these, the empty word where they have none, None where they differ."""
    units = {row["unit"] or "" for row in rows}
    return units.pop() if len(units) == 1 else None


def _cell(
    labels: Labels, rows: Sequence[Row], shown: Callable[[Row], Text], *, with_unit: bool
) -> Text:
    out = []
    for row in rows:
        text = shown(row)
        if with_unit and row["unit"]:
            text.append(visible(labels.unit(row["unit"])))
        if row["status"] == "target":
            text.stylize("yellow")
        out.append(text.append(" ?", "bold red") if row["confidence"] == "check" else text)
    return Text(" / ").join(out)
