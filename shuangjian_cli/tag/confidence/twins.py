"""Records of one text that say the same of two amounts: what tells them apart is not in them."""

from __future__ import annotations

from collections.abc import Hashable
from operator import itemgetter

from shuangjian_cli.model import Indicator
from shuangjian_cli.tag.confidence import CERTAIN, LIKELY, unopposed
from shuangjian_cli.tag.record import Decisions

_KEY = ("subject", "unit", "role", "province", "area", "period", "status")
_key = itemgetter(*map(Indicator._fields.index, _KEY))
"""What a reader compares by, the amount apart."""


def tell_twins(records: list[Indicator]) -> list[Indicator]:
    """The records, those likely that were certain and differ from another one in the amount alone.

    Half of such records were wrong on pages that no rule was written for: most have lost the noun
    that tells whose amount each is.
    """
    first: dict[Hashable, Hashable] = {}
    apart: set[Hashable] = set()
    for record in records:
        if record.cell is not None:  # told apart by its row and column
            continue
        key, amount = _key(record), (record.value, record.value_max)
        if first.setdefault(key, amount) != amount:
            apart.add(key)
    if not apart:
        return records
    return [
        _doubted(record)
        if record.confidence == CERTAIN and record.cell is None and _key(record) in apart
        else record
        for record in records
    ]


def _doubted(record: Indicator) -> Indicator:
    reason, decision = unopposed("twin")
    rules = record.rules
    assert isinstance(rules, Decisions)
    return record._replace(
        confidence=LIKELY, reasons=(reason,), rules=rules.with_confidence(decision)
    )
