"""`shuangjian extract`: the figures of bulletins, one row each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from shuangjian_cli.commands.messages import tell, wrong
from shuangjian_cli.commands.options import FigureFilters, Inputs, Output
from shuangjian_cli.commands.run import Run, Spool, sparing
from shuangjian_cli.commands.vocabulary import own_rules
from shuangjian_cli.language.messages import _
from shuangjian_cli.write import (
    INDICATORS,
    SENTENCES,
    UNPARSED,
    Destination,
    Table,
    write,
    write_blocks,
)

if TYPE_CHECKING:
    import typer


def extract(
    inputs: Inputs,
    output: Output,
    filters: FigureFilters,
    unparsed: Annotated[
        bool,
        typer.Option(
            "--unparsed",
            help="List the numerals that gave no figure instead, each with the reason.",
        ),
    ] = False,
) -> int:
    """Extract the figures of bulletins, a row each.

    Each row has the figure's province, pillar, metric, subject, exact value, unit, period and
    status, and the sentence that proves it.

    Examples:

    - `shuangjian extract bulletin.txt`
    - `shuangjian extract bulletins/ --province 湖南 --confidence likely -o figures.xlsx`
    - `shuangjian extract bulletins/ --columns province,subject,value,unit,period | less`
    - `curl https://… | shuangjian extract --format jsonl`
    - `shuangjian extract rows.csv --text-column 正文 --column province=省份`

    Exit status: 0 done, also with nothing found; 1 done, but some input could not be read; 2
    wrong usage, or the output could not be written.
    """
    if unparsed and filters != FigureFilters():
        raise wrong("--unparsed", _("it cannot be filtered; leave the filters out"))
    table = output.select(UNPARSED if unparsed else INDICATORS)
    destination = output.destination(inputs.given(), own_rules(inputs.rules))
    shown = destination.shown(table)
    run = Run(inputs, filters.accepts(inputs.rules))
    with sparing(destination.path):
        if destination.takes_blocks() and not unparsed:
            blocks = run.blocks(shown, destination.format, destination.path)
            write_blocks(destination, shown, blocks)
        else:
            write(destination, *_tables(run, inputs, table, destination))
    if destination.format == "table" and not run.found and not run.status:
        tell(_("nothing found"))
    return run.status


def _tables(run: Run, inputs: Inputs, table: Table, destination: Destination) -> Iterator[Table]:
    """The table with its rows, and what a workbook has beside it."""
    beside: dict[str, Spool] = {}
    if destination.format == "xlsx" and table.name == INDICATORS.name:
        beside[SENTENCES.name] = Spool()
    rules = "rules" in destination.shown(table).names()
    yield table.over(run.rows(table.name, beside, rules=rules, path=destination.path))
    if beside:
        from shuangjian_cli.commands.metrics import catalogue

        yield SENTENCES.over(beside[SENTENCES.name])
        yield catalogue(inputs.rules)
