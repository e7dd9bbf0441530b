"""Which measures are shown in the row of another, beside its figures: their movements and ranks, and
parts and other counts of the same thing that one place alone reports.

A level that two places report keeps a row of its own, in which it can be compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from shuangjian_cli.compare.measure import Measure, Measures
from shuangjian_cli.compare.subject import is_share
from shuangjian_cli.compare.tally import Rows, Slots


def hosts(rows: Rows, measures: Measures) -> dict[Measure, Measure]:
    """By measure, the one in whose row it is shown; of a level, by the figures of all periods."""
    kin: dict[Measure, list[Measure]] = defaultdict(list)
    for measure in rows:
        if measure.role == "level":
            kin[measure.thing].append(measure)
    found = {}
    for measure in rows:
        levels = [each for each in kin.get(measure.thing, ()) if each != measure]
        among = _among(measure, levels, rows, measures)
        if among:
            found[measure] = max(among, key=lambda host: _fit(measure, host, rows))
    return found


_WITHIN = {
    "primary": "compulsory",
    "lower_secondary": "compulsory",
    "general_upper_secondary": "upper_secondary",
    "vocational": "upper_secondary",
    "preschool": "school",
    "compulsory": "school",
    "upper_secondary": "school",
}
"""The stage of education of which each is a part; others are parts of all stages together."""


def is_within(part: str | None, whole: str | None) -> bool:
    """Whether a stage may be a part of another, or the same; one that is not told may be any."""
    return part is None or _steps(part, whole) is not None


def _steps(part: str | None, whole: str | None) -> int | None:
    """How many steps a stage is below another; None: it is no part of it."""
    steps, stage = 0, part
    while stage != whole:
        if stage is None:
            return None
        stage = _WITHIN.get(stage)
        steps += 1
    return steps


def _depth(part: Measure, whole: Measure) -> int | None:
    """How many steps of stages and groups a part is below a whole of the same unit; None: it is none."""
    steps = _steps(part.stage, whole.stage)
    if steps is None or part.family != whole.family or not set(whole.groups) <= set(part.groups):
        return None
    return steps + len(part.groups) - len(whole.groups)


def _among(guest: Measure, levels: list[Measure], rows: Rows, measures: Measures) -> list[Measure]:
    """The levels of a thing in whose rows a measure of it may stand."""
    own = [each for each in levels if (each.stage, each.groups) == (guest.stage, guest.groups)]
    if guest.role == "rank":
        ranked = [each for each in own if not each.per_year]
        natural = _ranked(guest, rows, measures)
        return _said_by_one(
            guest, [each for each in ranked if each.measure == natural] or ranked, rows
        )
    if guest.role == "change":
        like = [each for each in own if each.measure == guest.measure and not each.per_year]
        families = (guest.family, measures.families.beside(guest.family))
        return [each for each in like if each.family in families] or _said_by_one(guest, like, rows)
    if len(rows[guest]) > 1:
        return []
    like = [
        each for each in levels if (each.measure, each.per_year) == (guest.measure, guest.per_year)
    ]
    wholes = {each: depth for each in like if (depth := _depth(guest, each))}
    if wholes:
        least = min(wholes.values())
        return [each for each, depth in wholes.items() if depth == least]
    other = measures.families.beside(guest.family)
    return [each for each in like if each.family == other and each in own]


def _ranked(guest: Measure, rows: Rows, measures: Measures) -> str | None:
    """The measure that a place in a ranking is by: a share where its subject says so (压减率)."""
    subjects = [slot.subject for slots in rows[guest].values() for slot in slots.values()]
    if any(map(is_share, subjects)):
        return "share"
    meant = measures.definition(guest.metric)
    return meant.natural if meant else None


def _said_by_one(guest: Measure, levels: list[Measure], rows: Rows) -> list[Measure]:
    """The only level that there is, or those that a place puts in the words of the other."""
    if len(levels) < 2:
        return levels
    return [each for each in levels if _common(rows[guest], rows[each])]


def _common(one: Mapping[str, Slots], other: Mapping[str, Slots]) -> int:
    """How many wordings places have in common."""
    return sum(
        len({key.wording for key in one[place]} & {key.wording for key in other[place]})
        for place in one.keys() & other.keys()
    )


def _fit(guest: Measure, host: Measure, rows: Rows) -> tuple[object, ...]:
    """What speaks for a host: its family, words and places in common."""
    return (
        host.family == guest.family,
        _common(rows[guest], rows[host]),
        len(rows[host]),
        host.id,
    )
