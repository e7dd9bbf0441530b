"""`shuangjian compare`: what places report of the same measures, side by side."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from shuangjian_cli.commands.messages import one_of, tell, wrong
from shuangjian_cli.commands.options import HEADINGS, WRITE_TO, Inputs, Output
from shuangjian_cli.language.messages import _, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shuangjian_cli.compare import Courses, Coverage, Tally, View
    from shuangjian_cli.language import Labels
    from shuangjian_cli.write import Destination, Table

Shows = Literal["matrix", "cells", "coverage", "trend", "progress"]
_WHAT, _OUT = "Comparison", "Output"


def compare(
    inputs: Inputs,
    view: Annotated[
        Shows,
        typer.Option(
            help="matrix: a column for each place; cells: a row for each figure, with wording,"
            " rank, share and bar; coverage: how many figures each province reports under each"
            " pillar; trend: measures reported as achieved for several years; progress: each"
            " target, what was reached, and the gap.",
            rich_help_panel=_WHAT,
        ),
    ] = "matrix",
    by: Annotated[
        Literal["province", "period", "document"],
        typer.Option(
            help="What the columns are: places, periods (a row is of one place) or documents.",
            rich_help_panel=_WHAT,
        ),
    ] = "province",
    level: Annotated[
        Literal["national", "province", "city", "county", "all"] | None,
        typer.Option(
            help="Whose figures: the country's, the provinces' own, or those of cities or counties;"
            " all: of all of them, ranked within a level. Default: provinces, or where no two have figures the level of which the most places"
            " do.",
            rich_help_panel=_WHAT,
            show_default=False,
        ),
    ] = None,
    period: Annotated[
        str,
        typer.Option(
            metavar="2023|2021/2025|latest",
            help="Only figures of this period. latest: the latest year that half of the places"
            " report, or else the one that most do; where a place has none of it, another is"
            " shown and marked.",
            rich_help_panel=_WHAT,
        ),
    ] = "latest",
    status: Annotated[
        Literal["achieved", "target", "both"],
        typer.Option(help="Figures reported as done, or planned.", rich_help_panel=_WHAT),
    ] = "achieved",
    confidence: Annotated[
        Literal["check", "likely", "certain", "confirmed"] | None,
        typer.Option(help="At least this sure.", rich_help_panel=_WHAT, show_default=False),
    ] = None,
    by_wording: Annotated[
        bool,
        typer.Option(
            "--by-wording",
            help="A row for each wording of a measure, not one for the measure.",
            rich_help_panel=_WHAT,
        ),
    ] = False,
    pillar: Annotated[
        list[str] | None,
        typer.Option(
            help="Only this pillar. Repeatable, as the next two are.",
            rich_help_panel=_WHAT,
            show_default=False,
        ),
    ] = None,
    metric: Annotated[
        list[str] | None,
        typer.Option(
            help="Only this metric, an id that `shuangjian metrics` lists.",
            rich_help_panel=_WHAT,
            show_default=False,
        ),
    ] = None,
    province: Annotated[
        list[str] | None,
        typer.Option(
            help="Only this province: 湖南省, 湖南, Hunan.",
            rich_help_panel=_WHAT,
            show_default=False,
        ),
    ] = None,
    at_least: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=1,
            help="Only things that N columns report. Default: 2, or 1 where there is one column.",
            rich_help_panel=_WHAT,
            show_default=False,
        ),
    ] = None,
    sources: Annotated[
        bool,
        typer.Option(
            "--sources",
            help="Say under each row, or in a column beside each, where its figures stand: FILE:LINE."
            " Cells and JSON always do, with the sentence.",
            rich_help_panel=_OUT,
        ),
    ] = False,
    format: Annotated[
        Literal["table", "csv", "tsv", "json", "jsonl", "xlsx", "parquet", "md"] | None,
        typer.Option(
            "--format",
            "-f",
            help="Default: by the suffix of -o, else a table on a terminal and CSV in a pipe.",
            rich_help_panel=_OUT,
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help=WRITE_TO,
            rich_help_panel=_OUT,
        ),
    ] = None,
    headings: Annotated[
        Literal["names", "zh", "en"],
        typer.Option(help=HEADINGS, rich_help_panel=_OUT),
    ] = "names",
    color: Annotated[
        Literal["auto", "always", "never"],
        typer.Option(
            help="auto heeds NO_COLOR, CLICOLOR_FORCE and FORCE_COLOR.", rich_help_panel=_OUT
        ),
    ] = "auto",
) -> int:
    """Compare places: one row for each measure, one column a place.

    PATH may also be a store that `shuangjian batch` made. A measure is metric, stage, groups,
    number (total, new, share, per unit), unit family and role; each place's own wording stays with
    its figure. The heading says which period and status are compared. ◷ marks a figure of another
    period, ∗ one in other words than most places use, ◇ a target, ≠ figures that cannot all be
    right, +n further figures. Ranks and shares are among figures of one period, status and
    wording. Movements, ranks and parts (⊂) of what a row measures stand in its cells; ⋯ marks rows
    of unlike things. See `shuangjian reconcile` for wordings that are one.

    Examples:

    - `shuangjian compare reports/`
    - `shuangjian compare reports/ --metric training_reduction --view cells`
    - `shuangjian compare corpus.sqlite --pillar services -o services.xlsx`
    - `shuangjian compare reports/ --period 2021/2025 --view cells --lang zh`
    - `shuangjian compare reports/ --view progress`

    Exit status: 0 done, also with nothing to compare; 1 done, but some input could not be read;
    2 wrong usage, or the output could not be written.
    """
    from shuangjian_cli import compare as package
    from shuangjian_cli.commands import vocabulary
    from shuangjian_cli.commands.corpus import Corpus
    from shuangjian_cli.commands.run import sparing
    from shuangjian_cli.language import labels

    rules = vocabulary.own_rules(inputs.rules, inputs.given())
    pillars = one_of("--pillar", pillar or [], vocabulary.pillars(inputs.rules))
    metrics = one_of("--metric", metric or [], vocabulary.metrics(inputs.rules))
    provinces = one_of("--province", province or [], vocabulary.provinces())
    if period != package.LATEST and not package.is_period(period):
        raise wrong(
            "--period",
            _("{period} is no period; write 2023, 2021/2025 or latest", period=repr(period)),
        )
    words = labels(spoken(), rules)
    by_suffix = format is None and output is not None and output.lower().endswith(".md")
    markdown = format == "md" or by_suffix
    destination = Output(
        format="table" if format == "md" or by_suffix else format,
        output=output,
        color=color,
        headings=headings,
    ).destination(inputs.given(), rules)

    corpus = Corpus(inputs, texts=False)
    shown = package.View(
        level=level,
        period=period,
        status=status,
        confidence=confidence,
        pillars=tuple(pillars),
        metrics=tuple(metrics),
        at_least=at_least,
    )
    with sparing(destination.path), corpus.store() as store:
        corpus.require(destination.path)
        tally = package.Tally(
            rules,
            by=by,
            by_wording=by_wording,
            provinces=provinces,
            store=store,
            keeps_others=sources,
        )
        result = Result(tally, shown, view, sources=sources)
        if markdown:
            _write_markdown(destination.path, result, words)
        elif destination.format == "table":
            _show(destination, result, words)
        else:
            _write(destination, result)
        for note in result.notes(words, corpus.reprints):
            tell(note)
        corpus.tell_of_decisions(tally.known.measures)
    return corpus.status


class Result:
    """What a view shows of a tally."""

    def __init__(self, tally: Tally, view: View, shows: Shows, *, sources: bool) -> None:
        from shuangjian_cli import compare as package

        self.shows = shows
        self.sources = sources
        self.tally = tally
        self.compared = package.matrix(tally, view)
        self.courses: Courses | None = None
        if shows in ("trend", "progress"):
            course = package.trends if shows == "trend" else package.progress
            self.courses = course(tally, view, self.compared.level)

    @cached_property
    def covered(self) -> Coverage:
        """How many figures provinces have under the pillars."""
        from shuangjian_cli.compare import coverage

        return coverage(self.tally)

    def notes(self, words: Labels, reprints: int) -> Iterator[str]:
        """What a reader must know of it."""
        from shuangjian_cli import compare as package

        if self.courses is not None:
            if not self.courses.courses:
                yield words.text(f"no_{self.shows}")
        elif self.shows != "coverage":
            yield from package.notes(self.compared, words, reprints)


def _write(destination: Destination, result: Result) -> None:
    from shuangjian_cli.compare import tables
    from shuangjian_cli.write import write

    matrix = tables.wide(result.compared, sources=result.sources)
    cells = tables.cells(result.compared)
    first: Table
    if result.shows == "coverage":
        first = tables.coverage_table(result.covered)
    elif result.shows == "cells":
        first = cells
    elif result.courses is not None:
        made = tables.trend_table if result.shows == "trend" else tables.progress_table
        first = made(result.courses)
    elif destination.format.startswith("json"):
        first = tables.nested(result.compared)
    else:
        first = matrix
    if destination.format == "xlsx":
        coverage = tables.coverage_table(result.covered)
        others = [table for table in (matrix, cells, coverage) if table.name != first.name]
        write(destination, first, *others)
    else:
        write(destination, first)


def _write_markdown(path: str | None, result: Result, words: Labels) -> None:
    from shuangjian_cli.commands.screens import put
    from shuangjian_cli.compare import markdown
    from shuangjian_cli.write import replacing

    if result.courses is not None:
        text = markdown.courses(result.courses, words)
    elif result.shows == "coverage":
        text = markdown.coverage(result.covered, words)
    else:
        text = markdown.matrix(result.compared, words, sources=result.sources)
    if path is None:
        put(text)
        return
    with replacing(path) as file:
        file.write(text.encode("utf-8", "backslashreplace"))


def _show(destination: Destination, result: Result, words: Labels) -> None:
    from shuangjian_cli.commands.screens import screen
    from shuangjian_cli.compare import terminal

    if destination.path is not None:
        raise wrong("-o", _("a table is for the terminal; name a .md, .csv, .json or .xlsx file"))
    console = screen("always" if destination.color else "never")
    match result.shows:
        case "matrix":
            terminal.show_matrix(console, result.compared, words, sources=result.sources)
        case "cells":
            terminal.show_cells(console, result.compared, words, sources=result.sources)
        case "coverage":
            terminal.show_coverage(console, result.covered, words)
        case "trend":
            assert result.courses is not None
            terminal.show_trends(console, result.courses, words, sources=result.sources)
        case "progress":
            assert result.courses is not None
            terminal.show_progress(console, result.courses, words, sources=result.sources)
