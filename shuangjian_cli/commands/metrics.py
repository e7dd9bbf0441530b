"""`shuangjian metrics`: the catalogue that figures are values of."""

from __future__ import annotations

from typing import Annotated

import typer

from shuangjian_cli.commands.options import Output
from shuangjian_cli.commands.vocabulary import rules
from shuangjian_cli.language.messages import spoken
from shuangjian_cli.write import METRICS, METRICS_LONG, Table, write


def metrics(
    output: Output,
    pack: Annotated[
        str | None,
        typer.Option("--rules", metavar="FILE", help="A rule pack of your own (TOML)."),
    ] = None,
    long: Annotated[
        bool, typer.Option("--long", help="Define each metric, with the official indicator it is.")
    ] = False,
) -> None:
    """List the catalogue of metrics: ids, names and pillars.

    With `--long` each is defined in a sentence, with the statistical indicator of the Ministry of
    Education or of UNESCO that it corresponds to, where there is one.

    Examples:

    - `shuangjian metrics`
    - `shuangjian metrics --long --lang zh`
    """
    whole = catalogue(pack, long=long)
    table = output.select(whole)
    destination = output.destination(rules=rules(pack))
    if long and destination.format == "table":
        _define(pack, "always" if destination.color else "never")
    else:
        write(destination, table.over(whole.rows))


def _define(pack: str | None, color: str) -> None:
    """Definitions are sentences, for which a table is too narrow."""
    from shuangjian_cli.commands.screens import inert, screen
    from shuangjian_cli.language import labels
    from shuangjian_cli.tag.pack import define

    words = labels(spoken(), rules(pack))
    console = screen(color)
    for metric in rules(pack).metrics.values():
        meant = define(metric)
        pillar = words.pillar(metric.pillar)
        console.print(
            inert(f"{words.metric(metric.id)}  ", "bold") + inert(f"{metric.id} · {pillar}", "dim")
        )
        for text in (words.pick(meant.text), words.pick(meant.standard)):
            if text:
                console.print(inert(f"  {text}"))
        console.print()


def catalogue(pack: str | None, *, long: bool = False) -> Table:
    """The metrics of the rules in force, in the catalogue's order, `long` with their definitions."""
    from shuangjian_cli.tag.pack import define

    rows = []
    for metric in rules(pack).metrics.values():
        row: dict[str, str | None] = {
            "id": metric.id,
            "name": metric.name,
            "name_en": metric.name_en,
            "pillar": metric.pillar,
        }
        if long:
            meant = define(metric)
            row |= {
                "definition": meant.text[0],
                "definition_en": meant.text[1],
                "standard": meant.standard[0] or None,
                "standard_en": meant.standard[1] or None,
            }
        rows.append(row)
    return (METRICS_LONG if long else METRICS).over(rows)
