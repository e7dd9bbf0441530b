"""What fills each kind of gap, and what speaks for it."""

from functools import cache

from shuangjian_cli.data import load


class Row:
    """A kind of gap: what is taken of a frame, where the own words go, what each thing weighs."""

    __slots__ = ("asks_clauses", "bonus", "of_carrier", "order", "rule", "takes", "weights")

    def __init__(
        self,
        rule: str,
        takes: str,
        order: str,
        weights: dict[str, int],
        of_carrier: bool,
        asks_clauses: bool,
        bonus: int,
    ) -> None:
        self.rule = rule
        self.takes = takes
        self.order = order
        self.weights = weights
        self.of_carrier = of_carrier
        """Whether the subject says its carrier, too: 普通高中|每生基本服务."""
        self.asks_clauses = asks_clauses
        self.bonus = bonus
        """The most that can speak for a figure's frame beside its place."""


@cache
def gap_rows() -> dict[str, Row]:
    """The table `resolver.toml`, by the names of the gaps."""
    data = load(__file__, "resolver.toml")
    rows = {}
    for name, row in data["gap"].items():
        own = {key: value for key, value in row.items() if type(value) is int}
        weights = data["weights"] | own
        rows[name] = Row(
            f"subject.{row.get('rule', name)}",
            row["takes"],
            row.get("order", ""),
            weights,
            row.get("of_carrier", False),
            bool(own.keys() - data["weights"].keys() - {"figure", "section"}),
            max(0, weights["same_unit"], weights["near_unit"]),
        )
    return rows
