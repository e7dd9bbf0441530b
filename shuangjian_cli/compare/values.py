"""What a figure says of its value: in which unit, and between which bounds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

from shuangjian_cli.compare.units import Family

_NUMERAL = re.compile(r"\d[\d,]*(?:\.(\d+))?")
_ABOUT = Decimal("0.05")
"""So large a part of its value is what 约 and 左右 leave open."""


class Valued(Protocol):
    """What has a value: an `Indicator`, or a `Figure`."""

    @property
    def figure(self) -> str: ...
    @property
    def value(self) -> Decimal: ...
    @property
    def value_max(self) -> Decimal | None: ...
    @property
    def unit(self) -> str | None: ...
    @property
    def bound(self) -> str: ...
    @property
    def trend(self) -> str | None: ...


def signed(
    indicator: Valued, family: Family, unit: str | None, value: Decimal | None
) -> Decimal | None:
    """A value in another unit of its family, negative where it is a fall."""
    if value is None:
        return None
    value = family.convert(value, indicator.unit, unit)
    return -value if indicator.trend == "down" else value


def extent(indicator: Valued, family: Family) -> tuple[Decimal | None, Decimal | None]:
    """The least and the largest value, in the family's base, that a figure leaves possible.

    None is no limit. A figure is rounded as it is written: 29.6亿 may be anything from 29.55亿 to
    29.65亿; a whole number without 万 or 亿 is exact.
    """
    value, bound = indicator.value, indicator.bound
    upper = indicator.value_max if indicator.value_max is not None else value
    half = _rounding(indicator)
    if bound == "~":
        half = max(half, abs(value) * _ABOUT)
    least = None if bound in ("<", "<=") else value - half
    most = None if bound in (">", ">=") else upper + half
    scale = family.scales.get(indicator.unit or "", Decimal(1))
    ends = [None if end is None else end * scale for end in (least, most)]
    if indicator.trend == "down":
        ends = [None if end is None else -end for end in reversed(ends)]
    return ends[0], ends[1]


def _rounding(indicator: Valued) -> Decimal:
    found = _NUMERAL.search(indicator.figure)
    if found is None:
        return Decimal(0)
    numeral = Decimal(found[0].replace(",", ""))
    decimals = len(found[1] or "")
    if not numeral or (not decimals and numeral == indicator.value):
        return Decimal(0)
    return abs(indicator.value / numeral).scaleb(-decimals) / 2


def differ(one: Sequence[Decimal | None], other: Sequence[Decimal | None]) -> bool:
    """Whether two extents have no value in common."""
    (low, high), (other_low, other_high) = one, other
    return (high is not None and other_low is not None and high < other_low) or (
        other_high is not None and low is not None and other_high < low
    )
