"""What the choice of a metric gives."""

from typing import NamedTuple

from shuangjian_cli.model import Rejected


class MetricMatch(NamedTuple):
    """The metric of a figure, with the rule and the words that gave it.

    `scope` tells where the words stand: subject, clause or sentence.
    """

    metric: str | None
    rule: str
    words: tuple[str, ...] = ()
    scope: str | None = None
    rejected: tuple[Rejected, ...] = ()
