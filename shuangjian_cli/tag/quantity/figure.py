"""What the scan of a sentence gives: figures, and the numerals that are none."""

from decimal import Decimal
from typing import NamedTuple


class Refused(NamedTuple):
    """A numeral that is no figure: folded span and why."""

    start: int
    end: int
    reason: str


class Figure:
    """A quantity in the folded text.

    [start, end) is the numeral with magnitude and unit (or the claim word); [outer_start,
    outer_end) takes its bound words in. `shared` tells that the unit stands at a later figure.
    """

    __slots__ = (
        "bound",
        "bound_at",
        "claim",
        "doubt",
        "end",
        "implied",
        "outer_end",
        "outer_start",
        "per_year",
        "rule",
        "shared",
        "start",
        "unit",
        "unit_at",
        "value",
        "value_max",
    )

    def __init__(
        self,
        start: int,
        end: int,
        value: Decimal,
        value_max: Decimal | None,
        unit: str | None,
        bound: str,
        outer_start: int,
        outer_end: int,
        rule: str,
        implied: bool = False,
        bound_at: tuple[int, int] = (-1, -1),
        unit_at: tuple[int, int] = (-1, -1),
        shared: bool = False,
        claim: str | None = None,
        per_year: bool = False,
        doubt: str | None = None,
    ) -> None:
        self.start = start
        self.end = end
        self.value = value
        self.value_max = value_max
        self.unit = unit
        self.bound = bound
        self.outer_start = outer_start
        self.outer_end = outer_end
        self.rule = rule
        self.implied = implied
        self.bound_at = bound_at
        self.unit_at = unit_at
        self.shared = shared
        self.claim = claim
        self.per_year = per_year
        """Whether it is so much each year: 每年新增40万人."""
        self.doubt = doubt
        """Why it should be checked."""
