"""Ratios to one: 15.2:1, 1:193, 职普比4:6."""

from __future__ import annotations

import re
from decimal import Decimal

from shuangjian_cli.patterns import regex, worded

RATIO = regex(
    r"(?P<left>[0-9]+(?:\.[0-9]+)?)\s?:\s?(?P<right>[0-9]+(?:\.[0-9]+)?)(?![0-9:]|\.[0-9])"
)
_TWO_KINDS = worded("(?:{common.two_kinds})[^，。；\\d]{0,8}比(?:例)?[^，。；\\d]{0,6}$", __file__)
RATIO_TO = regex(r"\s?(?:[—\-~至到]|——|--)\s?(?=[0-9])")


def to_one(match: re.Match[str], said: bool) -> tuple[Decimal, str] | None:
    """The value and the unit of a ratio to one: 15.2:1, and 1:193 where it is said to be one."""
    left, right = Decimal(match["left"]), Decimal(match["right"])
    if right == 1:
        return left, "∶1"
    return (right, "1∶") if left == 1 and said else None


def of_two(match: re.Match[str], before: str) -> tuple[Decimal, str] | None:
    """The same of a ratio of two kinds of pupils or staff: 职普比|4:6 is 0.67 to one."""
    left, right = Decimal(match["left"]), Decimal(match["right"])
    if not right or not _TWO_KINDS.search(before):
        return None
    return (left / right).quantize(Decimal("0.01")), "∶1"
