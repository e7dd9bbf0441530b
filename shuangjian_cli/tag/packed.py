"""Rules as plain tuples and dictionaries, which `marshal` can write, and back."""

from __future__ import annotations

import marshal
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

from .rules import Laid, Metric, Pillar, Rules, Sign, Topic, Unit

_NAMES = ("aliases", "not_before", "alike", "beside", "per")


class _Catalogue(Mapping[str, Metric]):
    """The metrics that were packed, unpacked when asked for: to read figures takes only what is laid out."""

    def __init__(self, kept: bytes) -> None:
        self._kept = kept

    def __getitem__(self, id: str) -> Metric:
        return self._metrics[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._metrics)

    def __len__(self) -> int:
        return len(self._metrics)

    @cached_property
    def _metrics(self) -> dict[str, Metric]:
        return {
            one[0]: Metric._make((*one[:4], tuple(map(Sign._make, one[4])), None))
            for one in marshal.loads(self._kept)
        }


def packed(rules: Rules) -> tuple[Any, ...]:
    """What `unpacked` makes the same rules of; for rules without definitions and decisions."""
    metrics, pillars, none, carried, units, topic, *_ = rules.__reduce__()[1]
    return (
        marshal.dumps([(*one[:4], list(map(tuple, one.signs))) for one in metrics.values()]),
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
        _Catalogue(metrics),
        {one[0]: Pillar._make(one) for one in pillars},
        tuple(map(Sign._make, none)),
        carried,
        {one[0]: Unit._make((*one[:3], Decimal(one[3]), one[4])) for one in units},
        Topic._make(topic),
        **names,
        laid=Laid._make(laid),
    )
