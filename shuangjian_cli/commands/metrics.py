"""`shuangjian metrics`: the catalogue that figures are values of."""

from __future__ import annotations

from typing import Annotated

import typer

from shuangjian_cli.commands.options import Output, grouped
from shuangjian_cli.commands.vocabulary import rules
from shuangjian_cli.write import METRICS, Table, write


@grouped
def metrics(
    output: Output,
    pack: Annotated[
        str | None,
        typer.Option("--rules", metavar="FILE", help="A rule pack of your own (TOML)."),
    ] = None,
) -> None:
    """List the catalogue of metrics: ids, names and pillars."""
    table = output.select(METRICS)
    write(output.destination(rules=rules(pack)), table.over(catalogue(pack).rows))


def catalogue(pack: str | None) -> Table:
    """The metrics of the rules in force, in the catalogue's order."""
    return METRICS.over(
        [
            {
                "id": metric.id,
                "name": metric.name,
                "name_en": metric.name_en,
                "pillar": metric.pillar,
            }
            for metric in rules(pack).metrics.values()
        ]
    )
