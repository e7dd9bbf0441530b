"""Rules as plain tuples and dictionaries, which `marshal` can write, and back."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from .rules import Laid, Rules, Sign, Topic, Unit

if TYPE_CHECKING:
    from .catalogue import Metric, Pillar

T = TypeVar("T")

_NAMES = ("aliases", "not_before", "alike", "beside", "per")


class _Packed(Mapping[str, T]):
    """Entries of a catalogue, unpacked when asked for: to read figures takes only what is laid out."""

    def __init__(self, kept: bytes, unpack: Callable[[Any], dict[str, T]]) -> None:
        self._kept = kept
        self._unpack = unpack

    def __getitem__(self, id: str) -> T:
        return self._entries[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    @cached_property
    def _entries(self) -> dict[str, T]:
        return self._unpack(marshal.loads(self._kept))


def _metrics(kept: Any) -> dict[str, Metric]:
    from .catalogue import Metric

    return {one[0]: Metric._make((*one[:4], tuple(map(Sign._make, one[4])), None)) for one in kept}


def _pillars(kept: Any) -> dict[str, Pillar]:
    from .catalogue import Pillar

    return {one[0]: Pillar._make(one) for one in kept}


def packed(rules: Rules) -> tuple[Any, ...]:
    """What `unpacked` makes the same rules of; for rules without definitions and decisions."""
    metrics, pillars, none, carried, units, topic, *_ = rules.__reduce__()[1]
    return (
        marshal.dumps([(*one[:4], list(map(tuple, one.signs))) for one in metrics.values()]),
        marshal.dumps(list(map(tuple, pillars.values()))),
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
        _Packed(metrics, _metrics),
        _Packed(pillars, _pillars),
        tuple(map(Sign._make, none)),
        carried,
        {one[0]: Unit._make((*one[:3], Decimal(one[3]), one[4])) for one in units},
        Topic._make(topic),
        **names,
        laid=Laid._make(laid),
    )
