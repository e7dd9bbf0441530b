"""Which measures are shown in the row of another: movements and ranks of a level, and of what one place alone
reports the parts, the kinds and the other counts of the same thing.

A level that two places report keeps a row of its own, in which it can be compared. Parts that one place alone
reports each, and of which no place reports the whole, share the row of that whole.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from shuangjian_cli.compare.measure import Measure, Measures
from shuangjian_cli.compare.subject import is_average, is_share
from shuangjian_cli.compare.tally import Rows, Slots


def hosts(rows: Rows, measures: Measures) -> dict[Measure, Measure]:
    """By measure, the one in whose row it is shown; by the figures of all periods. A whole that no place reports
    is none of `rows`."""
    kin: dict[Measure, list[Measure]] = defaultdict(list)
    for measure in rows:
        if measure.role == "level":
            kin[measure.thing].append(measure)
    found: dict[Measure, Measure] = {}
    for measure in sorted(rows, key=lambda each: each.id):
        levels = [each for each in kin.get(measure.thing, ()) if each != measure]
        among = _among(measure, levels, rows, measures)
        among = [each for each in among if not _stands_in(each, measure, found)]
        if among:
            found[measure] = max(among, key=lambda host: _fit(measure, host, rows))
    return found | _wholes(rows, found, measures)


def of_status(rows: Rows, status: str) -> Rows:
    """The figures of a status only."""
    out: Rows = {}
    for measure, places in rows.items():
        for place, slots in places.items():
            if held := {key: slot for key, slot in slots.items() if key.status == status}:
                out.setdefault(measure, {})[place] = held
    return out


def is_part(measure: Measure, whole: Measure) -> bool:
    """Whether figures of a measure that stands in the row of another count what that counts, in its unit."""
    return measure.role == "level" and (measure.measure, measure.per_year, measure.family) == (
        whole.measure,
        whole.per_year,
        whole.family,
    )


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


def _chain(stage: str | None) -> list[str | None]:
    """A stage and those of which it is a part, all stages together last."""
    chain = [stage]
    while stage is not None:
        stage = _WITHIN.get(stage)
        chain.append(stage)
    return chain


def _steps(part: str | None, whole: str | None) -> int | None:
    """How many steps a stage is below another; None: it is no part of it."""
    chain = _chain(part)
    return chain.index(whole) if whole in chain else None


def _depth(part: Measure, whole: Measure, measures: Measures) -> int | None:
    """How many steps of stages, groups and kinds a part is below a whole, whatever their units; None: it is
    none."""
    steps = _steps(part.stage, whole.stage)
    if steps is None or not set(whole.groups) <= set(part.groups):
        return None
    if part.kind != whole.kind:
        if whole.kind or not measures.holds(whole, part.kind):
            return None
        steps += 1
    return steps + len(part.groups) - len(whole.groups)


def _nearest(part: Measure, among: Iterable[Measure], measures: Measures) -> list[Measure]:
    """Those of which a measure is a part by the fewest steps."""
    depths = {each: depth for each in among if (depth := _depth(part, each, measures)) is not None}
    return [each for each, depth in depths.items() if depth == min(depths.values())]


def _among(guest: Measure, levels: list[Measure], rows: Rows, measures: Measures) -> list[Measure]:
    """The levels of a thing in whose rows a measure of it may stand."""
    alone = _is_alone(guest, rows, measures)
    if guest.role == "level":
        return _wider(guest, levels, rows, measures) if alone else []
    standing = [each for each in levels if not each.per_year]
    if guest.role == "change":
        standing = [each for each in standing if each.measure == guest.measure]
    own = [each for each in standing if _place(each) == _place(guest)]
    if not own and alone:
        own = _nearest(guest, standing, measures)
    if guest.role == "rank":
        return _said_by_one(guest, _ranked(guest, own, rows, measures), rows)
    families = (guest.family, measures.families.beside(guest.family))
    return [each for each in own if each.family in families] or _said_by_one(guest, own, rows)


def _is_alone(measure: Measure, rows: Rows, measures: Measures) -> bool:
    """Whether no two places report what may be compared: of unlike things, that is in the same words."""
    places = rows[measure]
    if len(places) < 2 or not measures.mixed(measure):
        return len(places) < 2
    used = Counter(
        wording for slots in places.values() for wording in {key.wording for key in slots}
    )
    return max(used.values()) < 2


def _place(measure: Measure) -> tuple[object, ...]:
    """What of education a measure is of."""
    return measure.kind, measure.stage, measure.groups


def _wider(guest: Measure, levels: list[Measure], rows: Rows, measures: Measures) -> list[Measure]:
    """The wholes of what one place reports, else those that count the same in other units."""
    like = [
        each for each in levels if (each.measure, each.per_year) == (guest.measure, guest.per_year)
    ]
    if wholes := _nearest(guest, (each for each in like if is_part(guest, each)), measures):
        return wholes
    families = measures.families

    def beside(host: Measure) -> bool:
        counts = families.counts(guest.family) and families.counts(host.family)
        return counts or host.family == families.beside(guest.family) or measures.mixed(host)

    others = _nearest(guest, (each for each in like if beside(each)), measures)
    most = max((len(rows[each]) for each in others), default=0)
    return [each for each in others if len(rows[each]) == most]


def _wholes(
    rows: Rows, found: Mapping[Measure, Measure], measures: Measures
) -> dict[Measure, Measure]:
    """The whole of several parts, each of one place alone, of which no place reports it."""
    parts: dict[Measure, list[Measure]] = defaultdict(list)
    for measure in rows:
        if measure.role != "level" or not measure.metric or measure in found:
            continue
        if _is_alone(measure, rows, measures):
            whole = measure._replace(kind="", groups=())
            if not measures.holds(whole, measure.kind):
                whole = whole._replace(kind=measure.kind)
            if measures.mixed(whole):
                whole = whole._replace(family="")
            unsaid = measures.unsaid_stage(whole)
            root = _chain(measure.stage)[-2:][0] if unsaid else None
            parts[whole._replace(stage=root)].append(measure)
    out: dict[Measure, Measure] = {}
    for group, each in parts.items():
        if len(each) < 2:
            continue
        kinds = {measure.kind for measure in each}
        families = Counter(measure.family for measure in each)
        whole = group._replace(
            kind=group.kind if len(kinds) > 1 or not group.family else each[0].kind,
            family=group.family or min(families, key=lambda name: (-families[name], name)),
            stage=_common_stage([measure.stage for measure in each]),
            groups=tuple(
                name for name in each[0].groups if all(name in measure.groups for measure in each)
            ),
        )
        if whole not in rows:
            out |= dict.fromkeys(each, whole)
    return out


def _common_stage(stages: list[str | None]) -> str | None:
    """The narrowest stage that holds all of some."""
    return next(
        each
        for each in _chain(stages[0])
        if all(_steps(stage, each) is not None for stage in stages)
    )


def _stands_in(host: Measure, guest: Measure, found: Mapping[Measure, Measure]) -> bool:
    """Whether a measure stands, by way of others, in the row of one that might stand in its."""
    at: Measure | None = host
    while at is not None and at != guest:
        at = found.get(at)
    return at is not None


def _ranked(guest: Measure, levels: list[Measure], rows: Rows, measures: Measures) -> list[Measure]:
    """The levels that a place in a ranking is by: shares or averages where its subject says so (压减率, 生均经费),
    else what the metric's noun says, else any."""
    subjects = [slot.subject for slots in rows[guest].values() for slot in slots.values()]
    for said, told in (("share", is_share), ("per_unit", is_average)):
        if any(map(told, subjects)):
            return [each for each in levels if each.measure == said]
    meant = measures.definition(guest.metric)
    return [each for each in levels if meant and each.measure == meant.natural] or levels


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
