"""What the rules passed over for a figure, as values that a person may choose instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from shuangjian_cli.model import Indicator
from shuangjian_cli.review.texts import Read

if TYPE_CHECKING:
    from shuangjian_cli.tag.pack import Rules

MOST = 9
"""As many as there are keys for."""

_METRIC = re.compile(r"metric\.(\w+?)(?:\.\d+)?: (.*)")
_FIELDS = ("subject", "period", "area", "metric")
_FAR = "its other words are missing"


class Rival(NamedTuple):
    """A value for a field (for an area all that belongs to it), the words and why it lost."""

    field: str
    values: dict[str, Any]
    words: str
    reason: str


def explained(read: Read, rules: Rules | None) -> tuple[Indicator, ...]:
    """The records of a document with what the rules passed over; none where its text was not kept."""
    from shuangjian_cli.api import analyse

    if read.text is None:
        return ()
    found = analyse(read.source, rules, sentences=False, unparsed=False, explain=True)
    return found.indicators


def rivals(read: Read, record: Indicator, found: Iterable[Indicator]) -> list[Rival]:
    """The values that the rules looked at for a record and did not take, the likeliest first.
    `found` are the `explained` records of its document."""
    span = (record.start, record.end)
    own = next((each for each in found if (each.start, each.end) == span), None)
    if own is None:
        return []
    out: dict[str, Rival] = {}
    for rival in _all(read, own):
        known = all(getattr(record, name) == value for name, value in rival.values.items())
        if not known:
            out.setdefault(f"{rival.values}", rival)
    ordered = sorted(out.values(), key=lambda each: each.reason.endswith(_FAR))
    return ordered[:MOST]


def _all(read: Read, record: Indicator) -> Iterator[Rival]:
    for field in _FIELDS:
        decision = record.rules.get(field)
        for words, reason in decision.rejected if decision else ():
            values = _VALUES[field](words, reason, read, record)
            if values:
                yield Rival(field, values, words, reason)


def _subject(words: str, reason: str, read: Read, record: Indicator) -> dict[str, Any] | None:
    return {"subject": words} if words else None


def _metric(words: str, reason: str, read: Read, record: Indicator) -> dict[str, Any] | None:
    match = _METRIC.fullmatch(reason)
    return {"metric": match[1]} if match else None


def _area(words: str, reason: str, read: Read, record: Indicator) -> dict[str, Any] | None:
    return place(words, record.province)


def place(name: str, province: str | None) -> dict[str, Any] | None:
    """The fields of a place that is named, in a province where several have the name; None where
    it is not known, or which of several is meant."""
    from shuangjian_cli.tag.place import gazetteer

    known = gazetteer()
    within = known.province(province) if province else None
    area = known.province(name) or known.named(name, within)
    if area is None:
        return None
    return {
        "province": area.province,
        "area": area.name,
        "area_code": area.code,
        "area_level": area.level,
    }


def _period(words: str, reason: str, read: Read, record: Indicator) -> dict[str, Any] | None:
    period = period_of(words, read.info.published)
    return {"period": period} if period else None


def period_of(words: str, published: str | None) -> str | None:
    """The ISO 8601 period of words of time, as of a date of publication; None where it is open."""
    from shuangjian_cli.tag.time import UNKNOWN, Now, resolve, time_at

    time = time_at(words, 0, len(words))
    if time is None or time.end != len(words):
        return None
    year, month, day = (int(part) for part in (published or "0-0-0").split("-"))
    now = Now(year, month, day) if year else None
    period = resolve(time, now, None)
    return None if period is None or period is UNKNOWN else period.iso


_VALUES = {"subject": _subject, "metric": _metric, "area": _area, "period": _period}
