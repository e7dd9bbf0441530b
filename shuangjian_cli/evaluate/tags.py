"""Scoring of tagged sentences against gold: each gold sentence against the one that overlaps it most.

A field (`province`, `area`, `area_level`, `pillar`) is right where it is the gold's, and leniently
right where `also_ok` lists it, too. Metrics are counted one by one; those under
`metrics_optional` may be there or not. Figures are given for all sentences, those with figures and
those without. `same_cut` is the share of sentences whose ends differ by at most two characters in
all, `lost` the number that no sentence overlaps; shares are percentages with one decimal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from shuangjian_cli.evaluate.gold import Record, TagGold

TAG_FIELDS = ("province", "area", "area_level", "pillar")
SPLITS = ("all", "figure", "no_figure")
_CUT = 2


@dataclass(frozen=True, slots=True)
class Tagged:
    """What became of one gold sentence; `got` is the program's that overlaps it most, if any."""

    document: str
    number: int
    """Its place among the document's gold sentences, from 1."""
    gold: Record
    got: Record | None

    @property
    def same_cut(self) -> bool:
        """Whether the program cut the text there as the gold does."""
        if self.got is None:
            return False
        starts, ends = (abs(self.got[key] - self.gold[key]) for key in ("start", "end"))
        return bool(starts + ends <= _CUT)

    def strictly(self, name: str) -> bool:
        """Whether a field is as the gold has it."""
        return bool((self.got or {}).get(name) == self.gold[name])

    def leniently(self, name: str) -> bool:
        """Whether a field is as the gold has it, or another value that counts as right."""
        return self.strictly(name) or (self.got or {}).get(name) in self.gold["also_ok"].get(
            name, ()
        )

    @property
    def metrics(self) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
        """The metrics that are right, that are too many, that are missing."""
        want, given = (
            frozenset(self.gold["metrics"]),
            frozenset((self.got or {}).get("metrics") or ()),
        )
        return (
            want & given,
            given - want - {*self.gold["also_ok"]["metrics_optional"]},
            want - given,
        )

    @property
    def wrong(self) -> tuple[str, ...]:
        """The fields that are not even leniently right, and `metrics` where one is."""
        fields = [name for name in TAG_FIELDS if not self.leniently(name)]
        _, extra, missing = self.metrics
        return (*fields, "metrics") if extra or missing else tuple(fields)


def score_tags(gold: TagGold, rows: Iterable[Record]) -> list[Tagged]:
    """The gold sentences of one document, each with the sentence of `rows` that overlaps it most."""
    rows = list(rows)
    return [
        Tagged(gold.name, number, sentence, _best(sentence, rows))
        for number, sentence in enumerate(gold.sentences, 1)
    ]


def tag_summary(results: Iterable[Tagged]) -> dict[str, Mapping[str, int | float]]:
    """For all sentences, those with figures and those without, the figures under their names."""
    results = list(results)
    of = {
        "all": results,
        "figure": [each for each in results if each.gold["figure"]],
        "no_figure": [each for each in results if not each.gold["figure"]],
    }
    return {split: _figures(of[split]) for split in SPLITS}


def _best(sentence: Record, rows: list[Record]) -> Record | None:
    def overlap(row: Record) -> int:
        return int(min(sentence["end"], row["end"]) - max(sentence["start"], row["start"]))

    best = max(rows, key=overlap, default=None)
    return None if best is None or overlap(best) <= 0 else best


def _figures(results: list[Tagged]) -> dict[str, int | float]:
    count = len(results)
    out: dict[str, int | float] = {
        "sentences": count,
        "same_cut": _percent(sum(each.same_cut for each in results), count),
        "lost": sum(each.got is None for each in results),
    }
    for name in TAG_FIELDS:
        out[name] = _percent(sum(each.strictly(name) for each in results), count)
        out[f"{name}_lenient"] = _percent(sum(each.leniently(name) for each in results), count)
    metrics = [each.metrics for each in results]
    hits, extra, missing = (sum(len(part[i]) for part in metrics) for i in range(3))
    out["metric_precision"] = _percent(hits, hits + extra)
    out["metric_recall"] = _percent(hits, hits + missing)
    out["metric_f1"] = _percent(2 * hits, 2 * hits + extra + missing)
    out |= {"metric_tp": hits, "metric_fp": extra, "metric_fn": missing}
    exact = sum(not extra and not missing for _, extra, missing in metrics)
    out["metrics_exact"] = _percent(exact, count)
    return out


def _percent(part: int, whole: int) -> float:
    return round(100 * part / max(whole, 1), 1)


def tag_entry(result: Tagged) -> dict[str, Any]:
    """A gold sentence for JSON."""
    got = result.got
    return {
        "document": result.document,
        "number": result.number,
        "sentence": result.gold["sentence"],
        "wrong": list(result.wrong),
        "gold": {name: result.gold[name] for name in (*TAG_FIELDS, "metrics")},
        "got": None if got is None else {name: got.get(name) for name in (*TAG_FIELDS, "metrics")},
    }
