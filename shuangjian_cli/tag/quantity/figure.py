"""What the scan of a sentence gives: figures, and the numerals that are none."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple


class Refused(NamedTuple):
    """A numeral that is no figure: folded span and why."""

    start: int
    end: int
    reason: str


@dataclass(slots=True)
class Figure:
    """A quantity in the folded text.

    [start, end) is the numeral with magnitude and unit (or the claim word); [outer_start,
    outer_end) takes its bound words in. `shared` tells that the unit stands at a later figure.
    """

    start: int
    end: int
    value: Decimal
    value_max: Decimal | None
    unit: str | None
    bound: str
    outer_start: int
    outer_end: int
    rule: str
    implied: bool = False
    bound_at: tuple[int, int] = (-1, -1)
    unit_at: tuple[int, int] = (-1, -1)
    shared: bool = False
    claim: str | None = None
    per_year: bool = False
    """Whether it is so much each year: 每年新增40万人."""
    doubt: str | None = None
    """Why it should be checked."""
