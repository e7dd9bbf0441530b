"""The comparison on a terminal: a grid where it fits, else a block with bars for each thing.

Nothing of a document's text is interpreted: it reaches rich as `Text`, with controls made visible.
Widths are terminal cells, of which a Chinese character takes two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from rich.cells import cell_len
from rich.table import Table as Grid
from rich.text import Text

from shuangjian_cli.compare.course import Course, Courses, gap
from shuangjian_cli.compare.display import (
    CONTRADICTED,
    GAP,
    OTHER_PERIOD,
    OTHER_WORDS,
    TARGET,
    Scale,
    beside_text,
    column_label,
    course_scale,
    marks,
    number,
    part_of,
    period_text,
    row_scale,
    thing,
    unit_of,
    where,
)
from shuangjian_cli.compare.matrix import Cell, Comparison, Coverage, Row
from shuangjian_cli.compare.measure import Measures
from shuangjian_cli.compare.notes import heading
from shuangjian_cli.language import Labels
from shuangjian_cli.write.values import visible

if TYPE_CHECKING:
    from rich.console import Console

_BLOCKS = "▁▂▃▄▅▆▇█"
_EIGHTHS = " ▏▎▍▌▋▊▉█"
_BAR, _LEAST_BAR = 20, 4
_MOST_NAME = 28
_MOST_GAPS = 6
_LEAST_THING, _MOST_THING = 18, 44
_HEAT = ("grey37", "cyan", "green", "yellow", "bold bright_red")


def show_matrix(
    console: Console, comparison: Comparison, labels: Labels, *, sources: bool = False
) -> None:
    """A grid with a column for each place, or blocks where the terminal is too narrow. With `sources`, under
    each row stands where its figures are found."""
    if not comparison.rows:
        return
    grid = _grid(console.width, comparison, labels, sources=sources)
    if grid is None:
        show_cells(console, comparison, labels, sources=sources)
        return
    _head(console, comparison, labels)
    for made in grid:
        console.print(made)
    _foot(console, labels, sources=sources)


def show_cells(
    console: Console, comparison: Comparison, labels: Labels, *, sources: bool = False
) -> None:
    """For each measure its figures with wordings, bars, ranks and shares; gaps are named. With `sources`,
    under them stands where they are found."""
    if not comparison.rows:
        return
    _head(console, comparison, labels)
    for pillar, metric, rows in _parts(comparison.rows):
        console.print(_heading(pillar, metric, labels))
        for row in rows:
            _block(console, comparison, row, labels, sources=sources)
        console.print()
    _foot(console, labels, sources=sources)


def _foot(console: Console, labels: Labels, *, sources: bool) -> None:
    console.print(Text(labels.text("legend"), "dim"))
    if not sources:
        console.print(Text(labels.text("sources"), "dim"))


def _head(console: Console, comparison: Comparison, labels: Labels) -> None:
    console.print(_words(heading(comparison, labels), "bold reverse"))
    console.print()


def show_trends(console: Console, found: Courses, labels: Labels, *, sources: bool = False) -> None:
    """One line a measure and place: its achieved figures over time, a curve of them, and apart
    from these its targets."""
    for pillar, metric, courses in _parts(found.courses):
        console.print(_heading(pillar, metric, labels))
        grid = _plain_grid(5)
        for course in courses:
            chosen = course_scale(course, labels)
            line = Text()
            for at, point in enumerate(course.reached):
                line.append(" → " if at else "", "dim")
                line.append(f"{point.period} ", "dim").append(
                    visible(number(point, chosen)), "bold"
                )
            for point in course.planned:
                line.append(f"  {TARGET} {point.period} ", "yellow")
                line.append(visible(number(point, chosen)), "yellow")
            grid.add_row(
                _place(course, labels),
                _words(thing(course, found.measures, labels)),
                _words(unit_of(course, chosen, labels), "dim"),
                Text(_curve([point.value for point in course.reached]), "green"),
                line,
            )
        console.print(grid)
        for course in courses if sources else ():
            console.print(_course_sources(course, found, labels))
        console.print()


def show_progress(
    console: Console, found: Courses, labels: Labels, *, sources: bool = False
) -> None:
    """One line a target: what was aimed at, what was reached, and the gap."""
    for pillar, metric, courses in _parts(found.courses):
        console.print(_heading(pillar, metric, labels))
        grid = _plain_grid(6)
        for course in courses:
            chosen = course_scale(course, labels)
            missing = gap(course)
            said = GAP
            if missing is not None:
                key = "missing" if missing > 0 else "exceeded" if missing < 0 else "reached"
                said = labels.text(key, chosen.show(abs(missing)))
            grid.add_row(
                _place(course, labels),
                _words(thing(course, found.measures, labels)),
                _words(unit_of(course, chosen, labels), "dim"),
                *(
                    _words(
                        f"{number(points[-1], chosen)} ({period_text(points[-1].period, labels)})",
                        style,
                    )
                    if points
                    else Text(GAP, "dim")
                    for points, style in ((course.planned, "yellow"), (course.reached, "bold"))
                ),
                Text(said, "green" if missing is not None and missing <= 0 else "dim"),
            )
        console.print(grid)
        for course in courses if sources else ():
            console.print(_course_sources(course, found, labels))
        console.print()
    if found.courses:
        console.print(Text(labels.text("progress_columns"), "dim"))


def _course_sources(course: Course, found: Courses, labels: Labels) -> Text:
    """Where the figures of a course are found, in its order."""
    points = (*course.reached, *course.planned)
    told = "  ".join(f"{point.period} {where(point.indicator)}" for point in points)
    return _words(
        f"   {_place(course, labels)}  {thing(course, found.measures, labels)}  {told}", "dim"
    )


def _plain_grid(columns: int) -> Grid:
    grid = Grid(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    for _ in range(columns):
        grid.add_column(overflow="fold")
    return grid


def show_coverage(console: Console, covered: Coverage, labels: Labels) -> None:
    """A heat table: provinces down, pillars across, the number of figures in each.

    Where it does not fit, a line for each province.
    """
    console.print(Text(labels.text("coverage"), "bold"))
    most = max(covered.counts.values(), default=0)
    totals = [covered.total(place) for place in covered.places]
    names = [labels.pillar(pillar) for pillar in covered.pillars]
    provinces = [labels.province(place or None, short=True) for place in covered.places]
    heads = [labels.field("province"), *names, labels.text("total")]
    widths = [max(map(cell_len, [heads[0], *provinces]))]
    widths += [max(5, *map(cell_len, head.split())) for head in heads[1:]]
    free = console.width - sum(widths) - 2 * len(widths)
    grid = Grid(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    for head, width in zip(heads, widths, strict=True):
        grid.add_column(Text(head), justify="left" if head is heads[0] else "right", width=width)
    bar = min(_BAR, free) if free >= _LEAST_BAR else 0
    if bar:
        grid.add_column(width=bar, no_wrap=True)
    for province, place, total in zip(provinces, covered.places, totals, strict=True):
        counts = [covered.counts.get((place, pillar), 0) for pillar in covered.pillars]
        if free < -2:
            said = [f"{name} {count}" for name, count in zip(names, counts, strict=True) if count]
            words = "  ".join([*said, f"{heads[-1]} {total}"])
            console.print(Text(f"{province}  ", "bold").append(words, "not bold"))
            continue
        row = [Text(str(count) if count else GAP, _heat(count, most)) for count in counts]
        row = [Text(province), *row, Text(str(total), "bold")]
        if bar:
            row.append(Text(_bar(Decimal(total), Decimal(max(totals)), bar), "green"))
        grid.add_row(*row)
    if grid.row_count:
        console.print(grid)


# --- the grid ----------------------------------------------------------------------------------


def _grid(
    width: int, comparison: Comparison, labels: Labels, *, sources: bool
) -> list[Grid | Text] | None:
    """The parts of the grid, or None where they do not fit."""
    by, columns = comparison.by, comparison.columns
    heads = [_words(column_label(name, by, labels, short=True)) for name in columns]
    texts: list[list[Text]] = []
    units: list[Text] = []
    for row in comparison.rows:
        chosen = row_scale(row, labels)
        units.append(_words(unit_of(row, chosen, labels), "dim"))
        texts.append([_cell(row, name, chosen, comparison, labels) for name in columns])
    widths = [
        max(cell_len(head.plain), *(_width(line[place]) for line in texts))
        for place, head in enumerate(heads)
    ]
    unit_head = cell_len(labels.field("unit"))
    unit_width = min(12, max(unit_head, *(_width(unit) for unit in units)))
    carried = by == "period"
    gaps = 2 * (len(columns) + 2 + carried)
    province_width = 8 if carried else 0
    free = width - sum(widths) - unit_width - province_width - gaps
    if free < _LEAST_THING:
        return None
    longest = max(
        cell_len(thing(row, comparison.measures, labels, comparison.period))
        for row in comparison.rows
    )
    thing_width = min(free, _MOST_THING, longest)

    def made(header: bool) -> Grid:
        grid = Grid(
            box=None,
            show_header=header,
            header_style="bold",
            padding=(0, 2, 0, 0),
            pad_edge=False,
        )
        if carried:
            grid.add_column(Text(labels.field("area")), width=province_width, overflow="fold")
        grid.add_column(Text(labels.text("thing")), width=thing_width, overflow="fold")
        grid.add_column(Text(labels.field("unit")), width=unit_width, overflow="fold")
        for head, column_width in zip(heads, widths, strict=True):
            grid.add_column(head, width=column_width, justify="right", no_wrap=True)
        return grid

    out: list[Grid | Text] = [made(header=True)]
    lines = iter(zip(units, texts, strict=True))
    for pillar, metric, rows in _parts(comparison.rows):
        grid = made(header=False)
        out += [_heading(pillar, metric, labels), grid]
        for row in rows:
            unit, cells = next(lines)
            first = [_place(row, labels)] if carried else []
            grid.add_row(
                *first,
                _words(thing(row, comparison.measures, labels, comparison.period)),
                unit,
                *cells,
            )
            if sources:
                out += _sources(comparison, row, labels)
                grid = made(header=False)
                out.append(grid)
        out.append(Text())
    return out


def _width(text: Text) -> int:
    return max(cell_len(line) for line in text.plain.split("\n"))


def _cell(row: Row, column: str, chosen: Scale, comparison: Comparison, labels: Labels) -> Text:
    cell, measures = row.cells.get(column), comparison.measures
    text = Text(GAP, "dim") if cell is None else _number(cell, row, chosen, measures, labels)
    if cell is not None and comparison.by != "period" and cell.figure.period:
        text.append("\n" + period_text(cell.figure.period, labels), "dim")
    for found in row.beside.get(column, ()):
        text.append("\n" + visible(beside_text(found, row, column, measures, labels)), "dim")
    return text


def _number(cell: Cell, row: Row, chosen: Scale, measures: Measures, labels: Labels) -> Text:
    target = cell.figure.status == "target"
    style = "yellow" if target else "bold" if cell.current and cell.alike else ""
    text = Text()
    text.append(visible(part_of(cell, row, measures, labels)), "dim")
    text.append(visible(number(cell, chosen)), style)
    for mark in marks(cell).split():
        style = {TARGET: "yellow", OTHER_PERIOD: "cyan", CONTRADICTED: "bold red"}.get(mark, "dim")
        text.append(" " + mark, style)
    return text


# --- blocks ------------------------------------------------------------------------------------


def _block(
    console: Console, comparison: Comparison, row: Row, labels: Labels, *, sources: bool
) -> None:
    chosen = row_scale(row, labels)
    title = _words(thing(row, comparison.measures, labels, comparison.period), "bold")
    if unit := unit_of(row, chosen, labels):
        title.append(f"  {visible(unit)}", "dim")
    if row.place:
        title = _place(row, labels).append("  ").append_text(title)
    console.print(title)
    found = [(name, row.cells[name]) for name in comparison.columns if name in row.cells]
    # Bars are for what may be held against one another: one period, one status, one wording.
    held = [abs(cell.value) for _, cell in found if cell.rank is not None]
    most = max(held, default=Decimal(0))
    ranked = bool(held)
    rows = []
    for name, cell in found:
        label = _words(column_label(name, comparison.by, labels, short=True))
        period = Text(period_text(cell.figure.period, labels), "dim")
        rank = Text(f"#{cell.rank}" if cell.rank else "", "dim")
        share = Text(f"{cell.share}%" if cell.share is not None else "", "dim")
        rows.append(
            [
                label,
                _number(cell, row, chosen, comparison.measures, labels),
                period,
                *([rank, share] if ranked else []),
            ]
        )
    widths = [min(_MOST_NAME, max(map(_width, column))) for column in zip(*rows, strict=True)]
    bar = (
        0
        if len(held) < 2
        else min(_BAR, console.width - 3 - sum(width + 2 for width in widths) - 2)
    )
    if bar < _LEAST_BAR:
        bar = 0
    grid = Grid(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    grid.add_column()
    grid.add_column(overflow="fold", max_width=_MOST_NAME)
    grid.add_column(justify="right", no_wrap=True)
    if bar:
        grid.add_column(width=bar, no_wrap=True)
    for _ in range(3 if ranked else 1):
        grid.add_column(justify="right", no_wrap=True)
    wordings = []
    for (_, cell), (label, value, *others) in zip(found, rows, strict=True):
        style = "yellow" if cell.figure.status == "target" else "green"
        shown = abs(cell.value) if cell.rank is not None else Decimal(0)
        drawn = [Text(_bar(shown, most, bar), style)] if bar else []
        grid.add_row(" ", label, value, *drawn, *others)
        if not (cell.alike or sources):
            wordings.append(f"{label.plain} {cell.subject} ({where(cell.indicator)})")
    if found:
        console.print(grid)
    between = "；" if labels.language == "zh" else "; "
    if wordings:
        console.print(_words(f"   {OTHER_WORDS} {between.join(wordings)}", "dim"))
    for name in comparison.columns:
        if beside := row.beside.get(name):
            texts = [beside_text(each, row, name, comparison.measures, labels) for each in beside]
            place = column_label(name, comparison.by, labels, short=True)
            console.print(_words(f"   {place}  {between.join(texts)}", "dim"))
    for line in _sources(comparison, row, labels) if sources else ():
        console.print(line)
    gaps = [name for name in comparison.columns if name not in row.columns]
    if gaps and comparison.by == "province":
        names = [column_label(name, comparison.by, labels, short=True) for name in gaps]
        between = "、" if labels.language == "zh" else ", "
        said = labels.text("gaps", len(gaps)) if len(gaps) > _MOST_GAPS else between.join(names)
        console.print(_words(f"   {GAP} {said}", "dim"))


def _sources(comparison: Comparison, row: Row, labels: Labels) -> Iterator[Text]:
    """A line for each figure that is shown: how the place puts it, and where; then where the others stand."""
    between = "、" if labels.language == "zh" else ", "
    for name in comparison.columns:
        beside = [each.cell for each in row.beside.get(name, ())]
        own = [row.cells[name]] if name in row.cells else []
        place = column_label(name, comparison.by, labels, short=True)
        for cell in own + beside:
            figure = cell.indicator
            other = f"{OTHER_WORDS} " if not cell.alike else ""
            line = _words(f"   {place}  {other}{figure.subject} {figure.figure}  ", "dim")
            line.append(visible(where(figure)))
            if others := list(dict.fromkeys(map(where, cell.others))):
                line.append(visible(f"  +{cell.more} {between.join(others)}"), "dim")
            yield line


# --- parts of both -----------------------------------------------------------------------------


Placed = TypeVar("Placed", Row, Course)


def _parts(rows: Sequence[Placed]) -> Iterator[tuple[str | None, str | None, list[Placed]]]:
    for (pillar, metric), part in groupby(rows, key=lambda row: (row.pillar, row.measure.metric)):
        yield pillar, metric, list(part)


def _heading(pillar: str | None, metric: str | None, labels: Labels) -> Text:
    return Text.assemble(
        (visible(labels.pillar(pillar)), "bold magenta"),
        "  ",
        (visible(labels.metric(metric)), "bold"),
    )


def _place(row: Row | Course, labels: Labels) -> Text:
    """The province of a row, or the place in it (贵州省 织金县)."""
    return _words(column_label(row.place or "", "province", labels, short=True), "cyan")


def _words(text: str, style: str = "") -> Text:
    return Text(visible(text), style)


def _bar(value: Decimal, most: Decimal, width: int) -> str:
    """A bar of at most `width` cells, to an eighth of one; what is not nothing shows."""
    if most <= 0 or value <= 0:
        return ""
    eighths = max(1, int(value * width * 8 / most))
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def _curve(values: Sequence[Decimal | None]) -> str:
    """A column of one cell for each value, lowest to highest; a gap for none."""
    known = [value for value in values if value is not None]
    low, high = min(known), max(known)
    span = high - low
    return "".join(
        GAP if value is None else _BLOCKS[int((value - low) * 7 / span) if span else 4]
        for value in values
    )


def _heat(count: int, most: int) -> str:
    if not count:
        return "dim"
    return _HEAT[min(len(_HEAT) - 1, count * len(_HEAT) // max(most, 1))]
