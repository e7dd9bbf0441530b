"""Parts that have the metric of their whole."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from shuangjian_cli.data import load
from shuangjian_cli.tag.metric.match import MetricMatch


class _Whole(NamedTuple):
    """Metrics of a whole that its parts take, if what they say themselves is among `own`."""

    metrics: frozenset[str | None]
    own: frozenset[str | None]
    money: bool


@cache
def _wholes() -> tuple[_Whole, ...]:
    return tuple(
        _Whole(
            frozenset(row["metrics"].split()),
            frozenset((None, *row["own"].split())),
            row.get("money", False),
        )
        for row in load(__file__)["whole"]
    )


def metric_of_part(own: MetricMatch, whole: MetricMatch, unit: str | None) -> MetricMatch:
    """The metric of a part: the whole's, where only that says what the part is of (教育投入…，
    其中县级资金|11亿元; 学科类机构53家，关停|2家). Without a unit it may be money or not."""
    if whole.metric is None or own.metric == whole.metric:
        return own
    for row in _wholes():
        fits = unit is None or row.money == unit.endswith("元")
        if fits and whole.metric in row.metrics and own.metric in row.own:
            return whole._replace(rule="metric.whole", rejected=own.rejected)
    return own
