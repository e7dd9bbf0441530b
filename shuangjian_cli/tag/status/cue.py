"""What speaks for a status."""

from typing import NamedTuple

from shuangjian_cli.model import Decision

ACHIEVED, TARGET = "achieved", "target"


class Cue(NamedTuple):
    """Words that speak for a status, as the answer that they give."""

    status: str
    decision: Decision


def cue(status: str, rule: str, start: int, end: int) -> Cue:
    """The words at [start, end) of the folded text as a cue."""
    return Cue(status, Decision(rule, start, end))
