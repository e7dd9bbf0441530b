"""Rules as plain tuples and dictionaries, which `marshal` can write, and back."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from ..declare import Any
from .rules import Metric, Pillar, Rules, Sign, Topic, Unit
from .words import Term, terms

_SIGN_TERMS = slice(2, 5)
"""Where the terms of a sign stand among its fields: subject, clause, sentence."""


def packed(rules: Rules) -> tuple[Any, ...]:
    """What `unpacked` makes the same rules of; for rules without definitions and decisions."""
    metrics, pillars, none, carried, units, topic, *names, _decided = rules.__reduce__()[1]
    return (
        [(*one[:4], list(map(_signed, one.signs))) for one in metrics.values()],
        [
            (*one[:3], _written(one.title), one.title_without, _written(one.about))
            for one in pillars.values()
        ],
        list(map(_signed, none)),
        carried,
        [(*one[:3], str(one.scale), one.additive) for one in units.values()],
        tuple(topic),
        *map(dict, names),
    )


def _written(some: Iterable[Term]) -> str:
    return " ".join("+".join(term.parts) for term in some)


def _signed(sign: Sign) -> tuple[Any, ...]:
    scopes = map(_written, (sign.subject, sign.clause, sign.sentence))
    return (*sign[:2], *scopes, *sign[5:])


def unpacked(kept: tuple[Any, ...]) -> Rules:
    """The rules that were packed."""
    metrics, pillars, none, carried, units, topic, *names = kept
    return Rules(
        {one[0]: Metric._make((*one[:4], tuple(map(_sign, one[4])), None)) for one in metrics},
        {
            one[0]: Pillar._make((*one[:3], _terms(one[3]), one[4], _terms(one[5])))
            for one in pillars
        },
        tuple(map(_sign, none)),
        carried,
        {one[0]: Unit._make((*one[:3], Decimal(one[3]), one[4])) for one in units},
        Topic._make(topic),
        *names,
    )


def _terms(written: str) -> tuple[Term, ...]:
    return terms(written.split())


def _sign(packed: tuple[Any, ...]) -> Sign:
    return Sign._make((*packed[:2], *map(_terms, packed[_SIGN_TERMS]), *packed[5:]))
