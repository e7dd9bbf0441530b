"""Units whose figures may stand in one row, and how they convert, from `units.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from shuangjian_cli.data import load


@dataclass(frozen=True, slots=True)
class Family:
    """A unit family.

    `factors` says how many of `base` one of a unit is; a unit without a factor is another word
    for the base. The values of an `additive` family may be added up over provinces.
    """

    name: str
    base: str | None
    factors: dict[str, Decimal]
    additive: bool

    def convert(self, value: Decimal, unit: str | None, into: str | None) -> Decimal:
        """A value in another unit of the family: exact into the base, else the same number."""
        if unit == into or into != self.base:
            return value
        return value * self.factors.get(unit or "", Decimal(1))


@cache
def _families() -> tuple[dict[str, Family], dict[str, str]]:
    data = load(__file__, "units.toml")
    families: dict[str, Family] = {}
    for name, row in data["family"].items():
        factors = {unit: Decimal(factor) for unit, factor in row.get("factors", {}).items()}
        family = Family(name, row["units"][0], factors, row.get("additive", False))
        families |= dict.fromkeys(row["units"], family)
    per = {unit: name for name, units in data["per"].items() for unit in units}
    return families, per


@cache
def family(unit: str | None) -> Family:
    """The family of a unit. A unit of no family is one by itself, as is no unit."""
    families, per = _families()
    if unit is None:
        return Family("", None, {}, False)
    if unit in families:
        return families[unit]
    over, stroke, under = unit.partition("/")
    if not stroke:
        return Family(unit, unit, {}, False)
    name = "/".join((family(over).name, *sorted(per.get(part, part) for part in under.split("·"))))
    return Family(name, unit, {}, False)
