"""How right the records of single sentences are: those in evaluation/sentences, or files like them.

    python scripts/score_sentences.py [--errors FIELD] [FILE ...]

Each sentence is read below a title that gives its place and behind one that gives its year, so that only
what it measures is asked: subject, metric, stage, groups, measure and role.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import shuangjian_cli as sj

_SETS = Path(__file__).parent.parent / "evaluation" / "sentences"
_AROUND = "泾县教育工作情况\n\n2022年，泾县教育工作稳步推进。"
_FIELDS = ("subject", "role", "metric", "stage", "groups", "measure")


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--errors", choices=_FIELDS, help="also list what is wrong in a field")
    args = parser.parse_args()
    for file in args.files or sorted(_SETS.glob("*.jsonl")):
        counts: Counter[str] = Counter()
        for line in file.read_text("utf-8").splitlines():
            sentence = json.loads(line)
            for figure, record in scored(sentence):
                counts["figures"] += 1
                if record is None:
                    continue
                faults = wrong(figure, record)
                counts["found"] += 1
                counts["all"] += not faults
                counts.update(field for field in _FIELDS if field not in faults)
                if args.errors in faults:
                    said = getattr(record, args.errors)
                    print(
                        f"{said} → {figure.get(args.errors)} | {figure['figure']} | {sentence['text']}"
                    )
        rates = {name: counts[name] / counts["figures"] for name in ("found", "all", *_FIELDS)}
        print(file.stem, counts["figures"], *(f"{k} {v:.3f}" for k, v in rates.items()))


if __name__ == "__main__":
    main()
