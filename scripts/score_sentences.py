"""How right what is read of single sentences is: those in evaluation/sentences, or files like them.

    python scripts/score_sentences.py [--errors FIELD] [FILE ...]

Each sentence is read below a title that gives its place and behind one that gives its year, so that only
what it says itself is asked: of its figures subject, metric, stage, groups, measure and role, of a sentence
without figures pillar and metrics.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import shuangjian_cli as sj
from shuangjian_cli.api import tag

_SETS = Path(__file__).parent.parent / "evaluation" / "sentences"
_AROUND = "泾县教育工作情况\n\n2022年，泾县教育工作稳步推进。"
_BELOW = "全县学校认真开展各项工作，教师积极参与其中，群众给予肯定。"
"""What stands below a title, which would be none without."""
_FIELDS = ("subject", "role", "metric", "stage", "groups", "measure")
_TAGS = ("pillar", "metrics")


def scored(sentence: dict[str, Any]) -> Iterator[tuple[dict[str, Any], sj.Indicator | None]]:
    """Each annotated figure of a sentence with the record that covers it."""
    text = sentence["text"]
    above = _AROUND if text[-1] in "。；！" else _AROUND + "\n"
    records = sj.extract(above + text)
    at = 0
    for figure in sentence["figures"]:
        at = text.index(figure["figure"], at) + len(figure["figure"])
        start, end = len(above) + at - len(figure["figure"]), len(above) + at
        yield figure, next((r for r in records if r.start < end and start < r.end), None)


def wrong(figure: dict[str, Any], record: sj.Indicator) -> list[str]:
    """The fields of a record that are not what they should be."""
    return [field for field in _FIELDS if not _is_right(field, figure, record)]


def _is_right(field: str, figure: dict[str, Any], record: sj.Indicator) -> bool:
    value = getattr(record, field)
    if field == "subject":
        keys = figure.get("key") or [figure["subject"]]
        longest = max(12, math.ceil(1.6 * len(figure["subject"])))
        return len(value) <= longest and all(any(w in value for w in k.split("|")) for k in keys)
    also = figure.get("also", {}).get(field, [])
    if field == "groups":
        return sorted(value) == sorted(figure["groups"]) or list(value) in also
    return value == figure.get(field) or value in also


class Tags(NamedTuple):
    """The metrics that are named rightly, too much and not, and whether the pillar is right."""

    right: set[str]
    extra: set[str]
    missing: set[str]
    pillar: bool


def tagged(sentence: dict[str, Any]) -> Tags:
    """The tags of a sentence without figures, held against what is annotated.

    Where the program reads several sentences in it, their metrics together and any of their pillars
    count.
    """
    section = sentence.get("section")
    above = f"{_AROUND}\n\n{section}\n" if section else f"{_AROUND}\n\n"
    below = f"\n{_BELOW}" if sentence["kind"] == "title" else ""
    start, end = len(above), len(above) + len(sentence["text"])
    text = f"{above}{sentence['text']}{below}\n"
    rows = [row for row in tag(text) if row.start < end and start < row.end]
    said = {metric for row in rows for metric in row.metrics}
    wanted = set(sentence["metrics"])
    pillars = {row.pillar for row in rows[:-1] if row.pillar} | {row.pillar for row in rows[-1:]}
    return Tags(
        said & wanted,
        said - wanted - set(sentence["metrics_optional"]),
        wanted - said,
        not pillars.isdisjoint([sentence["pillar"], *sentence["pillar_ok"]]),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument(
        "--errors", choices=(*_FIELDS, *_TAGS), help="also list what is wrong in a field"
    )
    args = parser.parse_args()
    for file in args.files or sorted(_SETS.glob("*.jsonl")):
        sentences = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        figures = [each for each in sentences if "figures" in each]
        words = [each for each in sentences if "metrics" in each]
        if figures:
            _score_figures(file.stem, figures, args.errors)
        if words:
            _score_words(file.stem, words, args.errors)


def _score_figures(name: str, sentences: list[dict[str, Any]], errors: str | None) -> None:
    counts: Counter[str] = Counter()
    for sentence in sentences:
        for figure, record in scored(sentence):
            counts["figures"] += 1
            if record is None:
                continue
            faults = wrong(figure, record)
            counts["found"] += 1
            counts["all"] += not faults
            counts.update(field for field in _FIELDS if field not in faults)
            if errors in faults:
                said = getattr(record, errors)
                print(f"{said} → {figure.get(errors)} | {figure['figure']} | {sentence['text']}")
    rates = {each: counts[each] / counts["figures"] for each in ("found", "all", *_FIELDS)}
    print(name, counts["figures"], *(f"{k} {v:.3f}" for k, v in rates.items()))


def _score_words(name: str, sentences: list[dict[str, Any]], errors: str | None) -> None:
    counts: Counter[str] = Counter()
    for sentence in sentences:
        tags = tagged(sentence)
        counts["pillar"] += tags.pillar
        counts["all"] += tags.pillar and not tags.extra and not tags.missing
        for part in ("right", "extra", "missing"):
            counts[part] += len(getattr(tags, part))
        if errors == "pillar" and not tags.pillar:
            print(f"→ {sentence['pillar']} | {sentence['text']}")
        if errors == "metrics" and (tags.extra or tags.missing):
            faults = [f"+{each}" for each in sorted(tags.extra)]
            faults += [f"-{each}" for each in sorted(tags.missing)]
            print(f"{' '.join(faults)} | {sentence['text']}")
    right, total = counts["right"], len(sentences)
    rates = {
        "all": counts["all"] / total,
        "pillar": counts["pillar"] / total,
        "precision": right / max(1, right + counts["extra"]),
        "recall": right / max(1, right + counts["missing"]),
    }
    print(name, total, *(f"{k} {v:.3f}" for k, v in rates.items()))


if __name__ == "__main__":
    main()
