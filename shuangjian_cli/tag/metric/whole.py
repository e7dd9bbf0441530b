"""Figures that have the metric of their whole, or of the one before them."""

from functools import cache

from shuangjian_cli.data import load
from shuangjian_cli.tag.metric.match import MetricMatch


class _Whole:
    """Metrics of a whole that its parts take, if what they say themselves is among `own`."""

    __slots__ = ("metrics", "money", "own")

    def __init__(
        self, metrics: frozenset[str | None], own: frozenset[str | None], money: bool
    ) -> None:
        self.metrics = metrics
        self.own = own
        self.money = money


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


@cache
def _carrier() -> tuple[str, frozenset[str], tuple[str, ...], frozenset[str]]:
    carrier: dict[str, str] = load(__file__)["carrier"]
    units, endings, vague = (carrier[key].split() for key in ("units", "endings", "vague"))
    return carrier["metric"], frozenset(units), tuple(endings), frozenset(vague)


def metric_of_cell(
    own: MetricMatch, title: MetricMatch, subject: str, unit: str | None
) -> MetricMatch:
    """The metric of a table's cell: that of its title, where the cell's own words only name schools
    that are not counted (一中普通生 in a table of 招生计划) or nothing known (满分人数 of 考试成绩), else
    as in parts."""
    metric, units, endings, vague = _carrier()
    if own.metric == metric and subject.endswith(endings):
        return own
    names = own.metric == metric and unit not in units
    if title.metric is not None and (names or (own.metric is None and title.metric not in vague)):
        return title._replace(rule="metric.title", rejected=own.rejected)
    return metric_of_part(own, title, unit)


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


@cache
def _sibling() -> tuple[frozenset[str], frozenset[str]]:
    sibling: dict[str, str] = load(__file__)["sibling"]
    return frozenset(sibling["metrics"].split()), frozenset(sibling["units"].split())


def metric_of_sibling(
    own: MetricMatch, before: MetricMatch, families: frozenset[str]
) -> MetricMatch:
    """The metric of a figure whose words name nothing known: that of the one before it, where it is
    of a matter that goes on (审批新设机构40家，变更|20家)."""
    metrics, units = _sibling()
    if before.metric not in metrics or units.isdisjoint(families):
        return own
    return before._replace(rule="metric.sibling", rejected=own.rejected)
