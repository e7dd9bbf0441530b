"""Measure: which number of its metric a figure is: a total, what is new, a share, one for each.

A rank has none. The unit decides where it can (a level in %, a ratio, 元/人), then the words of
the subject, then the metric; all else is a total. A change has the measure of what moved, so its
own unit says nothing.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from shuangjian_cli.data import load
from shuangjian_cli.patterns import Endings, WordList
from shuangjian_cli.tag.attributes.match import Match

_RANK = Match("attributes.rank")
_UNIT = Match("attributes.unit")
_TOTAL = Match("attributes.total")
_METRIC = Match("attributes.by_metric")


class _Vocabulary(NamedTuple):
    share_units: frozenset[str]
    ratios: frozenset[str]
    each: frozenset[str]
    """What stands below the stroke of a unit for each: 元/人."""
    shares: Endings
    share_inside: WordList
    per_unit: WordList
    new: WordList
    metrics: dict[str, str]


@cache
def _vocabulary() -> _Vocabulary:
    table = load(__file__)["measure"]
    share, per_unit, new = table["share"], table["per_unit"], table["new"]
    return _Vocabulary(
        frozenset(share["units"].split()),
        frozenset(per_unit["units"].split()),
        frozenset(per_unit["below"].split()),
        Endings(share["endings"].split()),
        WordList(share["inside"].split()),
        WordList(per_unit["words"].split()),
        WordList(new["words"].split()),
        {metric: name for name in ("new", "per_unit") for metric in table[name]["metrics"].split()},
    )


def measure(
    subject: str, unit: str | None, role: str, metric: str | None
) -> tuple[str | None, Match]:
    """The measure of a figure; the subject is folded."""
    known = _vocabulary()
    if role == "rank" or (role == "change" and unit == "位"):
        return None, _RANK
    if role == "level" and unit is not None:
        if unit in known.share_units:
            return "share", _UNIT
        if unit in known.ratios or not known.each.isdisjoint(unit.split("/")[1:]):
            return "per_unit", _UNIT
    if (ending := known.shares.search(subject)) or (ending := known.share_inside.search(subject)):
        return "share", Match("attributes.share", (ending.group(),))
    for name, words in (("per_unit", known.per_unit), ("new", known.new)):
        if found := words.search(subject):
            return name, Match(f"attributes.{name}", (found.group(),))
    if metric in known.metrics:
        return known.metrics[metric], _METRIC
    return "total", _TOTAL
