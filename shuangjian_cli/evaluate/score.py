"""Scoring of records against gold: which match, which fields are right, and the figures of both.

A predicted record matches a gold one when their spans overlap, nearest starts first, each used
once. The figures and their names: precision, recall and F1 of the matches (`detection_f1`); F1 of
records whose value, unit and bound are right too (`quantity_f1`) and of records with every one of
`FIELDS` right (`record_f1`); for each field the share right among the matches whose gold says
anything of it (one annotated by an earlier contract lacks some; a field that none has is left
out). The fields of `EXTRA` are reported beside them and count in no F1. A field is also right
where the gold's `also` lists the value. `certain_share` is the share of predicted records marked
certain and `certain_right` the share of those that are matched with every one of `CERTAIN` right.
Rates are rounded to four decimals.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shuangjian_cli.evaluate.gold import Gold, Record

FIELDS = (
    "value",
    "unit",
    "bound",
    "role",
    "subject",
    "metric",
    "pillar",
    "province",
    "area",
    "period",
    "status",
)
EXTRA = ("span", "period_exact", "stage", "groups", "measure")
QUANTITY = ("value", "unit", "bound")
CERTAIN = ("value", "unit", "bound", "subject", "province", "area", "period", "status")

COMPARED: Mapping[str, tuple[str, ...]] = {
    "value": ("value", "value_max", "implied"),
    "role": ("role", "trend"),
    "area": ("area", "area_level"),
    "period_exact": ("period",),
    "span": ("start", "end"),
}
"""The record's entries that a scored field stands for, where they are not just its own."""

_ALWAYS = ("value", "role", "period_exact", "span")
"""The fields that every gold record says something of."""

_BEFORE, _AFTER = 24, 10
"""Characters of the line shown on either side of a figure."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one record: matched (both), missed (`gold` alone), spurious (`got` alone).

    `right` tells for each field of a match that its gold says something of whether it is right.
    `before`, `figure` and `after`
    are the words of the text round the record's span.
    """

    document: str
    line: int
    before: str
    figure: str
    after: str
    gold: Record | None
    got: Record | None
    right: Mapping[str, bool] = field(default_factory=dict)

    @property
    def outcome(self) -> str:
        """matched, missed or spurious."""
        if self.gold is None:
            return "spurious"
        return "missed" if self.got is None else "matched"

    @property
    def wrong(self) -> tuple[str, ...]:
        """The fields of `FIELDS` that are wrong, in their order."""
        return tuple(name for name in FIELDS if not self.right.get(name, True))

    @property
    def certain(self) -> bool:
        """Whether the program marked the record certain."""
        return self.got is not None and self.got.get("confidence") == "certain"

    @property
    def certainly_wrong(self) -> bool:
        """Whether a record marked certain is spurious or wrong in a field of `CERTAIN`."""
        return self.certain and not self.all_right(CERTAIN)

    @property
    def start(self) -> int:
        """Where the record starts in its document: the gold's span, else the predicted one."""
        record = self.gold or self.got
        return record["start"] if record else 0

    def all_right(self, names: Iterable[str] = FIELDS) -> bool:
        """Whether the record matched and no named field is wrong."""
        return self.outcome == "matched" and all(self.right.get(name, True) for name in names)

    def value_of(self, name: str) -> str | None:
        """Which group of `name` (province, pillar, metric) the record falls in: the gold's."""
        record = self.gold or self.got
        return record.get(name) if record else None


def is_right(name: str, gold: Record, got: Record) -> bool:
    """Whether one field of a matched record is right, by the gold's value or one of its `also`."""
    others = gold.get("also", {}).get(_key(name), ())
    return _same(name, gold, got) or any(
        _same(name, {**gold, **_instead(name, value)}, got) for value in others
    )


def says(name: str, gold: Record) -> bool:
    """Whether a gold record says anything of a field."""
    return name in _ALWAYS or name in gold


def _key(name: str) -> str:
    """The record's entry of a field."""
    return "period" if name == "period_exact" else name


def _instead(name: str, value: Any) -> Mapping[str, Any]:
    """A value of `also` as entries of a record: those of an object (area and level), or its own."""
    if isinstance(value, Mapping):
        return value
    if name == "subject":
        return {"subject": value, "key": [value]}
    return {_key(name): value}


def _same(name: str, gold: Record, got: Record) -> bool:
    if name == "value":
        return all(
            _number(gold.get(key)) == _number(got.get(key)) for key in ("value", "value_max")
        ) and bool(gold.get("implied")) == bool(got.get("implied"))
    if name in ("role", "area"):
        return all((gold.get(key) or None) == (got.get(key) or None) for key in COMPARED[name])
    if name == "groups":
        return set(gold.get("groups") or ()) == set(got.get("groups") or ())
    if name == "subject":
        return _subject_is_right(gold["subject"], gold["key"], got.get("subject") or "")
    if name == "period":
        return _years(gold.get("period")) == _years(got.get("period"))
    if name == "span":
        return (gold["start"], gold["end"]) == (got["start"], got["end"])
    key = _key(name)
    return (gold.get(key) or None) == (got.get(key) or None)


def score(gold: Gold, text: str, predicted: Iterable[Record]) -> list[Result]:
    """The results of one document in text order; predictions outside the scope are ignored."""
    got = [record for record in predicted if gold.covers(record)]
    partner = _match(gold.records, got)
    matched = set(partner.values())
    pairs: list[tuple[Record | None, Record | None]] = [
        (record, got[partner[i]] if i in partner else None) for i, record in enumerate(gold.records)
    ]
    pairs += [(None, record) for j, record in enumerate(got) if j not in matched]
    results = [_result(gold.name, text, *pair) for pair in pairs]
    return sorted(results, key=lambda result: (result.start, result.gold is None))


def summary(results: Iterable[Result]) -> dict[str, int | float]:
    """The figures of a set of results under their names, in order."""
    results = list(results)
    matches = [result for result in results if result.outcome == "matched"]
    gold = sum(result.gold is not None for result in results)
    got = sum(result.got is not None for result in results)
    precision, recall, detection = _f1(len(matches), got, gold)
    out: dict[str, int | float] = {
        "gold": gold,
        "predicted": got,
        "precision": precision,
        "recall": recall,
        "detection_f1": detection,
        "quantity_f1": _f1(sum(m.all_right(QUANTITY) for m in matches), got, gold)[2],
        "record_f1": _f1(sum(m.all_right() for m in matches), got, gold)[2],
    }
    for name in FIELDS + EXTRA:
        said = [match.right[name] for match in matches if name in match.right]
        if said:
            out[name] = _share(sum(said), len(said))
    certain = [result for result in results if result.certain]
    if certain:
        out["certain_share"] = _share(len(certain), got)
        out["certain_right"] = _share(sum(r.all_right(CERTAIN) for r in certain), len(certain))
    return {name: round(v, 4) if isinstance(v, float) else v for name, v in out.items()}


def found_right(results: Iterable[Result]) -> dict[str, float]:
    """For each field the share right of all gold records that say anything of it, missed ones
    counting as wrong: unlike the share among the found, it does not fall when more are found."""
    golds = [(result.gold, result.right) for result in results if result.gold is not None]
    out = {}
    for name in FIELDS + EXTRA:
        verdicts = [right.get(name, False) for gold, right in golds if says(name, gold)]
        if verdicts:
            out[name] = round(sum(verdicts) / len(verdicts), 4)
    return out


def _match(gold: Sequence[Record], got: Sequence[Record]) -> dict[int, int]:
    """Index of the predicted record for each matched gold record."""
    pairs = sorted(
        (abs(g["start"] - p["start"]), i, j)
        for i, g in enumerate(gold)
        for j, p in enumerate(got)
        if g["start"] < p["end"] and p["start"] < g["end"]
    )
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in pairs:
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    return partner


def _result(document: str, text: str, gold: Record | None, got: Record | None) -> Result:
    record = gold or got or {}
    start, end = record["start"], record["end"]
    before = text[max(0, start - _BEFORE) : start].rpartition("\n")[2]
    after = text[end : end + _AFTER].partition("\n")[0]
    right = {}
    if gold is not None and got is not None:
        right = {name: is_right(name, gold, got) for name in FIELDS + EXTRA if says(name, gold)}
    return Result(
        document,
        text.count("\n", 0, start) + 1,
        before.strip(),
        text[start:end],
        after.strip(),
        gold,
        got,
        right,
    )


def _subject_is_right(gold: str, key: Sequence[str], got: str) -> bool:
    """Every key word (甲|乙: either) is there, and neither length nor stops tell of more than a
    noun phrase."""
    longest = max(12, math.ceil(1.6 * len(gold)))
    stops = set("，。；！？,;!?\n") & set(got) - set(gold)
    words = all(any(word in got for word in each.split("|")) for each in key)
    return words and len(got) <= longest and not stops


def _number(value: Any) -> float | None:
    return None if value in (None, "") else round(float(value), 6)


def _years(period: Any) -> tuple[str, str] | None:
    """`2021-04/2023` → ("2021", "2023")."""
    if not period:
        return None
    start, _, end = str(period).partition("/")
    return start[:4], (end or start)[:4]


def _f1(hits: int, predicted: int, actual: int) -> tuple[float, float, float]:
    """Precision, recall and their harmonic mean."""
    p, r = _share(hits, predicted), _share(hits, actual)
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
