"""The table that people read: one for each document, in parts by province, at any width. Figures of
tables stand under their own heads (see `cells`).

Nothing of a document's text is interpreted: it reaches rich as `Text`, with controls made visible.
Widths are terminal cells, of which a Chinese character takes two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple, TextIO

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from shuangjian_cli.language.messages import retold
from shuangjian_cli.write.cells import write_cells
from shuangjian_cli.write.console import plain_console
from shuangjian_cli.write.table import Column, Row, Table
from shuangjian_cli.write.values import flat, visible

if TYPE_CHECKING:
    from rich.console import Console, JustifyMethod
    from rich.table import Table as Grid

    from shuangjian_cli.language import Labels

_GAP = 2
_LEAST_SENTENCE, _LEAST_SUBJECT = 24, 16


class _Layout(NamedTuple):
    """A layout of figures: from which width on, its columns, whether the sentence is one."""

    width: int
    columns: tuple[str, ...]
    beside: bool


_BASIC = ("line", "subject", "value", "unit", "period", "status")
_FULL = ("line", "subject", "value", "unit", "period", "pillar", "metric", "status")
_LAYOUTS = (
    _Layout(200, ("line", "subject", "stage", "measure", *_FULL[2:]), True),
    _Layout(160, _FULL, True),
    _Layout(120, _BASIC, True),
    _Layout(0, _BASIC, False),
)
"""The first that fits is taken; where none does, figures are written without columns."""

# What is shown where no columns were chosen; indicators have a layout of their own.
_BRIEF = {
    "sentences": ("line", "pillar", "metrics", "sentence"),
    "unparsed": ("line", "numeral", "reason", "sentence"),
}


@dataclass(frozen=True, slots=True)
class Look:
    """How the table looks: its words, whether it has colours, its width (None asks)."""

    labels: Labels
    color: bool = False
    width: int | None = None


def write_terminal(table: Table, out: TextIO, look: Look) -> None:
    """Write one table a document, as the documents come."""
    shown = plain_console(out, color=look.color, width=look.width)
    parted = not table.chosen
    draw = _indicators if table.name == "indicators" and parted else _plain
    if parted and table.name in _BRIEF:
        table = table.select(_BRIEF[table.name])
    for number, (file, rows) in enumerate(groupby(table.rows, key=lambda row: row.get("file"))):
        if number:
            shown.print()
        draw(shown, look, table, file, list(rows), parted)


# --- indicators --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Cell:
    """A column of the indicators' layout: its heading, its text for a row, its greatest width."""

    name: str
    text: Callable[[Row], Text]
    most: int
    justify: JustifyMethod = "left"


def _unit(row: Row) -> str | None:
    """The unit to label: 位 is a place where something ranks or moves, and counts people else."""
    people = (row["unit"], row["role"]) == ("位", "level")
    return "位（人）" if people else row["unit"]


def _indicators(
    console: Console, look: Look, table: Table, file: str | None, rows: list[Row], parted: bool
) -> None:
    _heading(console, file, rows[0])
    cells = [row for row in rows if row["table_number"] is not None]
    rows = [row for row in rows if row["table_number"] is None]
    if rows:
        _prose(console, look, rows)
    write_cells(console, look.labels, cells, _figure)


def _prose(console: Console, look: Look, rows: list[Row]) -> None:
    known = {cell.name: cell for cell in _cells(look)}
    needed = {
        cell.name: min(
            cell.most, max(cell_len(look.labels.field(cell.name)), *_lengths(cell, rows))
        )
        for cell in known.values()
    }
    for layout in _LAYOUTS:
        widths = {name: needed[name] for name in layout.columns}
        gaps = _GAP * (len(widths) - (not layout.beside))
        last, least = (
            ("sentence", _LEAST_SENTENCE) if layout.beside else ("subject", _LEAST_SUBJECT)
        )
        free = console.width - sum(widths.values()) - gaps
        widths[last] = widths.get(last, 0) + free
        if console.width >= layout.width and widths[last] >= least:
            cells = [known[name] for name in layout.columns]
            _columns(console, look, cells, widths, layout.beside, rows)
            return
    _lines(console, look, known, needed["line"], rows)


def _cells(look: Look) -> list[_Cell]:
    return [
        _Cell("line", lambda row: Text(str(row["line"]), "dim"), 9, "right"),
        _Cell("subject", _subject, 30),
        _Cell("stage", partial(_labelled, "stage", look), 16),
        _Cell("measure", partial(_labelled, "measure", look), 16),
        _Cell("value", _figure, 48, "right"),
        _Cell("unit", lambda row: Text(visible(look.labels.unit(_unit(row)))), 12),
        _Cell("period", lambda row: _period(row, look), 32),
        _Cell("pillar", lambda row: _named(row["pillar"], look.labels.pillar), 16),
        _Cell("metric", lambda row: _named(row["metric"], look.labels.metric), 25),
        _Cell("status", lambda row: _status(row, look), 12),
    ]


def _lengths(cell: _Cell, rows: Iterable[Row]) -> list[int]:
    return [cell_len(cell.text(row).plain) for row in rows]


def _columns(
    console: Console,
    look: Look,
    cells: list[_Cell],
    widths: Mapping[str, int],
    beside: bool,
    rows: list[Row],
) -> None:
    """A grid; the sentence is its last column or stands below the subject."""
    room = widths["sentence" if beside else "subject"]

    def grid(header: bool) -> Grid:
        from rich.table import Table as Grid

        made = Grid(
            box=None,
            show_header=header,
            header_style="bold",
            padding=(0, _GAP, 0, 0),
            pad_edge=False,
        )
        for cell in cells:
            made.add_column(
                Text(look.labels.field(cell.name)),
                justify=cell.justify,
                width=widths[cell.name],
                overflow="fold",
            )
        if beside:
            made.add_column(Text(look.labels.field("sentence")), width=room, no_wrap=True)
        return made

    console.print(grid(header=True))
    for province, part in _by_province(rows):
        console.print(Text(visible(look.labels.province(province)), "bold cyan"))
        body = grid(header=False)
        for row in part:
            texts = [cell.text(row) for cell in cells]
            words = around(row, room)
            if beside:
                texts.append(words)
            else:
                texts[1] = Text("\n").join([texts[1], words])
            body.add_row(*texts)
        console.print(body)


def _lines(
    console: Console, look: Look, cells: Mapping[str, _Cell], indent: int, rows: list[Row]
) -> None:
    """For each figure its subject, below it the other fields, and the sentence."""
    from rich.table import Table as Grid

    room = console.width - indent - _GAP
    for province, part in _by_province(rows):
        console.print(Text(visible(look.labels.province(province)), "bold cyan"))
        body = Grid(box=None, show_header=False, padding=(0, _GAP, 0, 0), pad_edge=False)
        body.add_column(justify="right", width=indent)
        body.add_column(width=room, overflow="fold")
        for row in part:
            fields = [cells[name].text(row) for name in ("value", "unit", "period", "status")]
            words = Text("  ").join(field for field in fields if field)
            lines = [cells["subject"].text(row), words, around(row, room)]
            body.add_row(cells["line"].text(row), Text("\n").join(lines))
        console.print(body)


def _heading(console: Console, file: str | None, row: Row) -> None:
    if file is None:
        return
    if row.get("title"):
        published = f"  {row['published']}" if row.get("published") else ""
        console.print(Text.assemble((visible(row["title"]), "bold"), (published, "dim")))
    console.print(Text(visible(file), "dim" if row.get("title") else "bold"), overflow="fold")


def _by_province(rows: Iterable[Row]) -> Iterable[tuple[str | None, list[Row]]]:
    """The rows of each province, provinces in the order in which they come up."""
    parts: dict[str | None, list[Row]] = {}
    for row in rows:
        parts.setdefault(row.get("province"), []).append(row)
    return parts.items()


def _named(key: str | None, label: Callable[[str], str]) -> Text:
    return Text("" if key is None else visible(label(key)), "green")


def _subject(row: Row) -> Text:
    text = Text(visible(row["subject"]))
    if row["area"] and row["area"] != row["province"]:
        text.append(f" [{visible(row['area'])}]", "cyan")
    return text


def _figure(row: Row) -> Text:
    number = grouped(row["value"])
    if row["value_max"] is not None:
        number += f"–{grouped(row['value_max'])}"
    sign = {"up": "+", "down": "-"}.get(row["trend"] or "", "")
    bound = "" if row["bound"] == "=" else row["bound"]
    return Text.assemble((bound, "yellow"), (sign + number, "bold"))


def _labelled(name: str, look: Look, row: Row) -> Text:
    return Text(look.labels.of(name, row[name]))


def _period(row: Row, look: Look) -> Text:
    text = Text(row["period"] or "")
    return text.append(f" {look.labels.field('per_year')}".lower()) if row["per_year"] else text


def _status(row: Row, look: Look) -> Text:
    achieved = row["status"] == "achieved"
    text = Text(look.labels.of("status", row["status"]), "green" if achieved else "yellow")
    return text.append(" ?", "bold red") if row["confidence"] == "check" else text


def grouped(value: Decimal) -> str:
    """A number for people: 2,960,000,000, without idle zeros."""
    text = format(value, ",f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def around(row: Row, width: int) -> Text:
    """A row's sentence cut down to `width` cells around its figure, the figure highlighted."""
    sentence, figure = row["sentence"], row["figure"]
    at = row["start"] - row["sentence_start"]
    if not sentence.startswith(figure, at):
        at = max(sentence.find(figure), 0)
    # A sentence may be a whole file; no more of it than could be shown is looked at.
    before = _line(sentence[max(0, at - width) : at]).lstrip()
    middle = _line(sentence[at : at + len(figure)][:width])
    after = _line(sentence[at + len(figure) : at + len(figure) + width]).rstrip()
    room = max(0, width - cell_len(middle))
    left = max(room // 2, room - cell_len(after))
    before = before if cell_len(before) <= left and at <= width else _tail(before, left)
    after = _head(after, room - cell_len(before))
    return Text.assemble((before, "dim"), (middle, "bold magenta"), (after, "dim"))


def _line(text: str) -> str:
    return visible(text.replace("\t", " "))


def _head(text: str, width: int) -> str:
    return text if cell_len(text) <= width else set_cell_size(text, width - 1).rstrip() + "…"


def _tail(text: str, width: int) -> str:
    if width < 1:
        return ""
    return "…" + set_cell_size(text[::-1], width - 1).rstrip()[::-1]


# --- every other table -------------------------------------------------------------------------


def _plain(
    console: Console, look: Look, table: Table, file: str | None, rows: list[Row], parted: bool
) -> None:
    from rich.table import Table as Grid

    _heading(console, file, rows[0])
    for province, part in _by_province(rows) if parted else [(None, rows)]:
        if parted and "province" in part[0]:
            console.print(Text(visible(look.labels.province(province)), "bold cyan"))
        grid = Grid(box=None, header_style="bold", padding=(0, _GAP, 0, 0), pad_edge=False)
        for column in table.columns:
            grid.add_column(
                Text(look.labels.field(column.name)), justify=_justify(column), overflow="fold"
            )
        for row in part:
            grid.add_row(
                *(_text(column, row, look.labels if parted else None) for column in table.columns)
            )
        console.print(grid)


def _justify(column: Column) -> JustifyMethod:
    return "right" if column.kind in ("integer", "decimal") else "left"


def _text(column: Column, row: Row, labels: Labels | None) -> Text:
    """A value; pillars and metrics under their names where there are labels."""
    value = row.get(column.name)
    if labels is not None and value:
        if column.name == "pillar":
            value = labels.pillar(value)
        elif column.name == "metrics":
            value = [labels.metric(each) for each in value]
        elif column.name == "reason":
            value = retold(value)
    return Text(_line(flat(value)))
