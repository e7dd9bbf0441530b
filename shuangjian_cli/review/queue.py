"""Which figures come up in a review, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from shuangjian_cli.correct import Corrections
from shuangjian_cli.model import Indicator
from shuangjian_cli.review.texts import Texts

ORDER = ("check", "likely", "certain")


class Item(NamedTuple):
    """A figure that comes up: its document's number, its offsets, how sure the rules were, and
    whether it was drawn at random."""

    document: int
    start: int
    end: int
    confidence: str
    sample: bool


def queue(
    texts: Texts,
    corrections: Corrections,
    accepts: Callable[[Mapping[str, Any]], bool],
    sample: int,
    seed: int,
) -> list[Item]:
    """The figures that no one has reviewed: those to check, the likely ones, and then of the
    certain ones what is left of a random sample of so many.

    The draw goes by a hash of document, offset and seed, so that it is the same in every session,
    and what was drawn stays drawn when documents come or go.
    """
    by_confidence: dict[str, list[Item]] = {name: [] for name in ORDER}
    drawn: list[tuple[bytes, Item]] = []
    for number in range(len(texts)):
        for record in texts.records(number, corrections):
            confidence = record.confidence
            if confidence not in by_confidence or not accepts(record.to_dict(rules=False)):
                continue
            item = Item(number, record.start, record.end, confidence, confidence == "certain")
            if item.sample:
                named = f"{seed} {texts.digest(number)} {record.start} {record.end}"
                drawn.append((sha256(named.encode()).digest(), item))
            else:
                by_confidence[confidence].append(item)
    done = {each.key for each in corrections.all if each.sample}
    drawn.sort()
    by_confidence["certain"] = sorted(item for _, item in drawn[: max(0, sample - len(done))])
    return [item for name in ORDER for item in by_confidence[name]]


def speaks_of(record: Indicator, words: list[str], named: Callable[[str | None], str]) -> bool:
    """Whether a record has every one of some words in its fields, its sentence or its file; a
    metric also under its name."""
    fields = (
        record.document.file,
        record.document.title,
        record.province,
        record.area,
        record.area_level,
        record.pillar,
        record.metric,
        named(record.metric),
        record.subject,
        record.period,
        record.status,
        record.confidence,
        record.unit,
        record.figure,
        record.sentence,
    )
    said = "\n".join(each for each in fields if each).lower()
    return all(word.lower() in said for word in words)
