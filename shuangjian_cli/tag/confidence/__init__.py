"""How sure a record is: `certain`, `likely` or `check`, from which rules agreed."""

from __future__ import annotations

from typing import NamedTuple

from shuangjian_cli.model import Area, Decision
from shuangjian_cli.tag.quantity import Figure
from shuangjian_cli.tag.subject import Reading


class Evidence(NamedTuple):
    """What the confidence of one record is judged by."""

    figure: Figure
    reading: Reading
    period: str | None
    by_period: Decision
    by_status: Decision
    area: Area | None
    by_area: Decision
    status: str
    subject: str


def confidence(evidence: Evidence) -> tuple[str, tuple[str, ...], Decision]:
    """(level, reasons to check, decision)."""
    if evidence.reading.doubts:
        return "check", tuple(evidence.reading.doubts), Decision("confidence.doubt")
    return "likely", (), Decision("confidence.default")
