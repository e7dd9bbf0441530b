"""`shuangjian tag`: every sentence with its province, pillar and metrics."""

from __future__ import annotations

from shuangjian_cli.commands.options import Filters, Inputs, Output
from shuangjian_cli.commands.run import sparing
from shuangjian_cli.commands.vocabulary import own_rules
from shuangjian_cli.write import SENTENCES, write


def tag(inputs: Inputs, output: Output, filters: Filters) -> int:
    """Tag every sentence of bulletins with its province, pillar and metrics.

    There is a row for each sentence, whether it has figures or not.

    Examples:

    - `shuangjian tag bulletin.txt`
    - `shuangjian tag bulletins/ --pillar services -o sentences.csv`
    """
    table = output.select(SENTENCES)
    destination = output.destination(inputs.given(), own_rules(inputs.rules))
    run = inputs.run(filters.accepts(inputs.rules))
    with sparing(destination.path):
        write(destination, table.over(run.rows(table.name, path=destination.path)))
    return run.status
