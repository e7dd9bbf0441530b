"""Writes the figures of a run, as `extract` does."""

from __future__ import annotations

from collections.abc import Iterator

from shuangjian_cli.commands.messages import tell
from shuangjian_cli.commands.run import Run, Spool, sparing
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


def write_figures(run: Run, table: Table, destination: Destination) -> int:
    """Write the table of a run, of figures or of numerals that gave none; gives the exit status."""
    shown = destination.shown(table)
    with sparing(destination.path):
        if destination.takes_blocks() and table.name != UNPARSED.name:
            blocks = run.blocks(shown, destination.format, destination.path)
            write_blocks(destination, shown, blocks)
        else:
            write(destination, *_tables(run, table, destination))
    if destination.format == "table" and not run.found and not run.status:
        tell(_("nothing found"))
    return run.status


def _tables(run: Run, table: Table, destination: Destination) -> Iterator[Table]:
    """The table with its rows, and what a workbook has beside it."""
    beside: dict[str, Spool] = {}
    if destination.format == "xlsx" and table.name == INDICATORS.name:
        beside[SENTENCES.name] = Spool()
    rules = "rules" in destination.shown(table).names()
    yield table.over(run.rows(table.name, beside, rules=rules, path=destination.path))
    if beside:
        from shuangjian_cli.commands.metrics import catalogue

        yield SENTENCES.over(beside[SENTENCES.name])
        yield catalogue(run.pack)
