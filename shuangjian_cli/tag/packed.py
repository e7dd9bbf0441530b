"""Rules as plain tuples and dictionaries, which `marshal` can write, and back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from .rules import Laid, Metric, Pillar, Rules, Sign, Topic, Unit

_NAMES = ("aliases", "not_before", "alike", "beside", "per")


def packed(rules: Rules) -> tuple[Any, ...]:
    """What `unpacked` makes the same rules of; for rules without definitions and decisions."""
    metrics, pillars, none, carried, units, topic, *_ = rules.__reduce__()[1]
    return (
        [(*one[:4], list(map(tuple, one.signs))) for one in metrics.values()],
        list(map(tuple, pillars.values())),
        list(map(tuple, none)),
        carried,
        [(*one[:3], str(one.scale), one.additive) for one in units.values()],
        tuple(topic),
        {name: dict(getattr(rules, name)) for name in _NAMES},
        tuple(rules.laid),
    )


def unpacked(kept: tuple[Any, ...]) -> Rules:
    """The rules that were packed."""
    metrics, pillars, none, carried, units, topic, names, laid = kept
    return Rules(
        {one[0]: Metric._make((*one[:4], tuple(map(Sign._make, one[4])), None)) for one in metrics},
        {one[0]: Pillar._make(one) for one in pillars},
        tuple(map(Sign._make, none)),
        carried,
        {one[0]: Unit._make((*one[:3], Decimal(one[3]), one[4])) for one in units},
        Topic._make(topic),
        **names,
        laid=Laid._make(laid),
    )
