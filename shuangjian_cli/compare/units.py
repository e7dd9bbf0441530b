"""Which figures may stand in one row by their units, and how those convert."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from shuangjian_cli.patterns import regex

if TYPE_CHECKING:
    from shuangjian_cli.tag.pack import Rules

_PARTS = regex(r"[^·•/.、每（）]+")
"""Each of what a unit is per."""


@dataclass(frozen=True, slots=True)
class Family:
    """Units of one measure.

    `scales` says how many of the family's base one of a unit is. The values of an `additive`
    family may be added up over provinces.
    """

    name: str
    scales: Mapping[str, Decimal]
    additive: bool

    def convert(self, value: Decimal, unit: str | None, into: str | None) -> Decimal:
        """A value in another unit of the family; the same number for another word for its unit."""
        own, other = (self.scales.get(each or "", Decimal(1)) for each in (unit, into))
        return value if own == other else value * own / other

    def alike(self, unit: str | None, other: str | None) -> bool:
        """Whether a value is the same number in two of its units."""
        return self.in_base(Decimal(1), unit) == self.in_base(Decimal(1), other)

    def in_base(self, value: Decimal, unit: str | None) -> Decimal:
        """A value in the family's base."""
        return value * self.scales.get(unit or "", Decimal(1))

    def common(self, units: Mapping[str, int], *, mixed: bool = False) -> str | None:
        """The unit for a row of so many figures of each: that of more than half of them, else the first
        word of the family's base (个 for 件 and 所), which is true of each. For a row of unlike things (`mixed`) it
        is that of all.

        Where they differ in scale, only of those that are the family's base, if there are any:
        into that, values convert exactly.
        """
        scales = {self.scales.get(unit) for unit in units}
        base = [unit for unit, scale in self.scales.items() if scale == 1]
        if len(scales) > 1 and base:
            among = [unit for unit in units if unit in base] or base[:1]
        else:
            among = list(units)
        most = min(among, key=lambda unit: (-units.get(unit, 0), unit), default=None)
        told = sum(units.get(unit, 0) for unit in among)
        unlike = len(among) > 1 and (mixed or 2 * units.get(most or "", 0) <= told)
        return base[0] if unlike and most in base else most


class Families:
    """The families of the units that rules know; any other unit is a family by itself."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._made: dict[str, Family] = {}
        scales: dict[str, dict[str, Decimal]] = {}
        single: set[str] = set()
        # A family's own units come before those of families that are only shown with it.
        for unit in sorted(rules.units.values(), key=lambda each: each.family in rules.alike):
            name = self._name(unit.family)
            scales.setdefault(name, {})[unit.name] = unit.scale
            if not unit.additive:
                single.add(name)
        self._known = {
            name: Family(name, units, name not in single) for name, units in scales.items()
        }

    def of(self, unit: str | None) -> Family:
        """The family of a unit; no unit has one, too."""
        unit = self._rules.aliases.get(unit or "", unit or "")
        if unit not in self._made:
            known = self._rules.units.get(unit)
            self._made[unit] = (
                self._known[self._name(known.family)]
                if known
                else Family(self._compound(unit), {}, False)
            )
        return self._made[unit]

    def named(self, name: str) -> Family:
        """The family of a name; one that no unit is known of has no scales."""
        return self._known.get(name) or Family(name, {}, False)

    def beside(self, name: str) -> str | None:
        """The family in whose rows figures of a family are shown, if there is one."""
        return self._rules.beside.get(name)

    def counts(self, name: str) -> bool:
        """Whether a family's figures count things, so that a text may leave their unit out: it
        never leaves out that of money or of a measure such as 平方米."""
        family = self.named(name)
        scaled = any(scale != 1 for scale in family.scales.values())
        return family.additive and not scaled and not name.startswith("money")

    def adds_up(self, name: str) -> bool:
        """Whether the figures of a family may be added up."""
        return self.named(name).additive

    def _name(self, family: str) -> str:
        return self._rules.alike.get(family, family)

    def _compound(self, unit: str) -> str:
        """元/生·年, 元/人/学年 and 元/每人每学年 are one family."""
        over, stroke, under = unit.partition("/")
        if not stroke:
            return unit
        return "/".join((self._part(over), *sorted(map(self._part, _PARTS.findall(under)))))

    def _part(self, unit: str) -> str:
        """The family of a part of a compound, with its scale, as compounds do not convert."""
        known = self._rules.units.get(self._rules.per.get(unit, unit))
        if known is None:
            return unit
        return self._name(known.family) + (f" {known.scale}" if known.scale != 1 else "")
