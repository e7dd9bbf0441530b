"""How often the rules were wrong, by what a person found: an honest rate from a random sample."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import sqrt
from typing import NamedTuple

from shuangjian_cli.correct import Correction

_Z = 1.959963984540054
"""The normal quantile of a two-sided interval of 95 %."""


class Rate(NamedTuple):
    """So many wrong of so many reviewed, with the 95 % interval of Wilson (1927)."""

    wrong: int
    reviewed: int
    low: float
    high: float


class Rates(NamedTuple):
    """What was reviewed, by the confidence that the rules gave, in the sample of certain figures
    alone, and which fields were corrected how often. `added` counts figures that were missed."""

    by_confidence: dict[str, Rate]
    sample: Rate
    fields: dict[str, int]
    deleted: int
    added: int


def wilson(wrong: int, reviewed: int) -> tuple[float, float]:
    """The interval in which the true share lies with 95 %, from 0 to 1 where nothing was seen."""
    if not reviewed:
        return 0.0, 1.0
    share = wrong / reviewed
    square = _Z * _Z
    middle = share + square / (2 * reviewed)
    spread = _Z * sqrt((share * (1 - share) + square / (4 * reviewed)) / reviewed)
    whole = 1 + square / reviewed
    # Exactly 0 and 1 where all or none are wrong, whatever the arithmetic makes of it.
    low = (middle - spread) / whole if wrong else 0.0
    return low, (middle + spread) / whole if wrong < reviewed else 1.0


def rates(corrections: Iterable[Correction]) -> Rates:
    """The rates of corrections: of each figure what was said of it last counts, and a figure is
    wrong that was deleted or of which a field was given another value."""
    figures: dict[tuple[str, int, int], list[Correction]] = {}
    for each in corrections:
        figures.setdefault(each.key, []).append(each)
    seen: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    fields: Counter[str] = Counter()
    sampled = sampled_wrong = deleted = added = 0
    for own in figures.values():
        if any(each.action == "add" for each in own):
            added += 1
            continue
        confidence = next((each.confidence for each in own if each.confidence), "")
        gone = own[-1].action == "delete"
        changed = {each.field or "" for each in own if each.action == "edit" and _changes(each)}
        seen[confidence] += 1
        wrong[confidence] += bool(gone or changed)
        deleted += gone
        fields.update(() if gone else changed)
        if confidence == "certain" and any(each.sample for each in own):
            sampled += 1
            sampled_wrong += bool(gone or changed)
    return Rates(
        {
            name: _rate(wrong[name], seen[name])
            for name in ("certain", "likely", "check")
            if seen[name]
        },
        _rate(sampled_wrong, sampled),
        dict(fields.most_common()),
        deleted,
        added,
    )


def _changes(edit: Correction) -> bool:
    from shuangjian_cli.write.values import flat

    return flat(edit.old) != flat(edit.new)


def _rate(wrong: int, reviewed: int) -> Rate:
    return Rate(wrong, reviewed, *wilson(wrong, reviewed))
