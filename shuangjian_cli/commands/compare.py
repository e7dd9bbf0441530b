"""`shuangjian compare`: what provinces report of the same things, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from shuangjian_cli.commands.messages import one_of, tell, wrong
from shuangjian_cli.commands.options import WRITE_TO, Inputs, Output, grouped

if TYPE_CHECKING:
    from shuangjian_cli.compare import Comparison, Coverage
    from shuangjian_cli.language import Labels
    from shuangjian_cli.write import Destination, Table

View = Literal["matrix", "cells", "coverage", "trend"]
_WHAT, _OUT = "Comparison", "Output"


@grouped
def compare(
    inputs: Inputs,
    view: Annotated[
        View,
        typer.Option(
            help="matrix: a column for each province; cells: a row for each figure, with rank,"
            " share and bar; coverage: how many figures each province reports under each pillar;"
            " trend: things reported for several points in time.",
            rich_help_panel=_WHAT,
        ),
    ] = "matrix",
    by: Annotated[
        Literal["province", "pillar", "period", "document"],
        typer.Option(
            help="What the columns are. By pillar and period, a row is of one province.",
            rich_help_panel=_WHAT,
        ),
    ] = "province",
    level: Annotated[
        Literal["national", "province", "city", "county"],
        typer.Option(
            help="Whose figures: the country's, the provinces' own, or those of cities or counties.",
            rich_help_panel=_WHAT,
        ),
    ] = "province",
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
    color: Annotated[
        Literal["auto", "always", "never"],
        typer.Option(
            help="auto heeds NO_COLOR, CLICOLOR_FORCE and FORCE_COLOR.", rich_help_panel=_OUT
        ),
    ] = "auto",
    lang: Annotated[
        Literal["zh", "en"] | None,
        typer.Option(
            help="Of headings, pillars and metrics. Default: the locale's.", rich_help_panel=_OUT
        ),
    ] = None,
) -> int:
    """Compare provinces: one row for each measured thing, one column a province.

    PATH may also be a store that `shuangjian batch` made. Figures share a row when metric, role,
    unit family and subject agree: 学科类培训机构压减率 and 学科类机构压缩率 do, 小学在校生 and
    高中在校生 do not. Where a cell has several, achieved goes before target, then the latest
    period, the shortest span, the sure reading, the later in the text; reprints count once. ◇
    marks a target, +n further figures, ≠ figures of one period that differ.

    Examples:

    - `shuangjian compare reports/`
    - `shuangjian compare reports/ --metric training_reduction --view cells`
    - `shuangjian compare corpus.sqlite --pillar services -o services.xlsx`
    - `shuangjian compare reports/ --view trend --lang zh`

    Exit status: 0 done, also with nothing to compare; 1 done, but some input could not be read;
    2 wrong usage, or the output could not be written.
    """
    from shuangjian_cli import compare as package
    from shuangjian_cli.commands import vocabulary
    from shuangjian_cli.commands.corpus import Corpus
    from shuangjian_cli.commands.run import sparing
    from shuangjian_cli.language import default_language, labels

    rules = vocabulary.own_rules(inputs.rules)
    pillars = one_of("--pillar", pillar or [], vocabulary.pillars(inputs.rules))
    metrics = one_of("--metric", metric or [], vocabulary.metrics(inputs.rules))
    provinces = one_of("--province", province or [], vocabulary.provinces())
    words = labels(lang or default_language(), rules)
    by_suffix = format is None and output is not None and output.lower().endswith(".md")
    markdown = format == "md" or by_suffix
    destination = Output(
        format="table" if format == "md" or by_suffix else format,
        output=output,
        color=color,
        lang=words.language,
    ).destination(inputs.given())
    if view == "trend":
        by = "period"

    corpus = Corpus(inputs, texts=False)
    indicators = [
        indicator
        for text in corpus
        for indicator in text.indicators
        if (not provinces or indicator.province in provinces)
        and (not pillars or indicator.pillar in pillars)
        and (not metrics or indicator.metric in metrics)
    ]
    with sparing(destination.path):
        corpus.require(destination.path)
        covered = package.coverage(indicators, rules)
        compared = package.compare(indicators, by=by, level=level, at_least=at_least, rules=rules)
        if view == "trend":
            compared = package.trends(compared)
        if markdown:
            _write_markdown(destination.path, view, compared, covered, words)
        elif destination.format == "table":
            _show(destination, view, compared, covered, words)
        else:
            _write(destination, view, compared, covered)
        for note in package.notes(compared, words, corpus.reprints) if view != "coverage" else ():
            tell(note)
    return corpus.status


def _write(destination: Destination, view: View, compared: Comparison, covered: Coverage) -> None:
    from shuangjian_cli.compare import tables
    from shuangjian_cli.write import write

    coverage = tables.coverage_table(covered)
    matrix, cells = tables.wide(compared), tables.cells(compared)
    first: Table
    if view == "coverage":
        first = coverage
    elif view == "cells":
        first = cells
    else:
        first = tables.nested(compared) if destination.format.startswith("json") else matrix
    if destination.format == "xlsx":
        others = [table for table in (matrix, cells, coverage) if table.name != first.name]
        write(destination, first, *others)
    else:
        write(destination, first)


def _write_markdown(
    path: str | None, view: View, compared: Comparison, covered: Coverage, words: Labels
) -> None:
    from shuangjian_cli.commands.screens import put
    from shuangjian_cli.compare import markdown
    from shuangjian_cli.write import replacing

    shown = view == "coverage"
    text = markdown.coverage(covered, words) if shown else markdown.matrix(compared, words)
    if path is None:
        put(text)
        return
    with replacing(path) as file:
        file.write(text.encode("utf-8", "backslashreplace"))


def _show(
    destination: Destination, view: View, compared: Comparison, covered: Coverage, words: Labels
) -> None:
    from shuangjian_cli.commands.screens import screen
    from shuangjian_cli.compare import terminal

    if destination.path is not None:
        raise wrong("-o", "a table is for the terminal; name a .md, .csv, .json or .xlsx file")
    console = screen("always" if destination.color else "never")
    match view:
        case "matrix":
            terminal.show_matrix(console, compared, words)
        case "cells":
            terminal.show_cells(console, compared, words)
        case "coverage":
            terminal.show_coverage(console, covered, words)
        case "trend":
            terminal.show_trends(console, compared, words)
