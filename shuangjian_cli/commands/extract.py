"""`shuangjian extract`: the figures of bulletins, one row each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from shuangjian_cli.commands.figures import write_figures
from shuangjian_cli.commands.messages import wrong
from shuangjian_cli.commands.options import FigureFilters, Inputs, Output
from shuangjian_cli.commands.vocabulary import own_rules
from shuangjian_cli.language.messages import _
from shuangjian_cli.write import INDICATORS, UNPARSED

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
    return write_figures(inputs.run(filters.accepts(inputs.rules)), table, destination)
