"""Reviewed documents as gold for `evaluate`: what a rule change wins and loses on a person's own."""

from __future__ import annotations

import os
import re
from pathlib import Path

from shuangjian_cli.correct import Corrections, fields_of
from shuangjian_cli.correct.apply import Applied
from shuangjian_cli.model import Indicator
from shuangjian_cli.review.texts import Read, Texts
from shuangjian_cli.write.atomic import replacing
from shuangjian_cli.write.json import literal

_UNFIT = re.compile(r'[\s/\\:*?"<>|]+')


def export_gold(texts: Texts, corrections: Corrections, folder: str) -> tuple[int, int, list[str]]:
    """Writes NAME.txt and NAME.gold.jsonl for each reviewed document into a folder, which is made.

    Gives how many documents and figures there are, and the files whose texts are not at hand.
    Raises OSError and WriteError.
    """
    os.makedirs(folder, exist_ok=True)
    names: set[str] = set()
    figures = 0
    missing = []
    for read, applied in texts.decided(corrections):
        if not applied.used:
            continue
        if read.text is None:
            missing.append(read.info.file)
            continue
        name = _name(read, names)
        lines = [literal({"scope": scope(read, applied)})]
        records = [each for each in applied.indicators if each.confidence == "confirmed"]
        lines += map(literal, map(_gold, records))
        _write(Path(folder) / f"{name}.txt", read.text)
        _write(Path(folder) / f"{name}.gold.jsonl", "".join(f"{line}\n" for line in lines))
        figures += len(records)
    return len(names), figures, missing


def scope(read: Read, applied: Applied) -> list[tuple[int, int]]:
    """What of a text was reviewed: whole sentences of which each figure was, else the figures."""
    kept = {(each.start, each.end) for each in applied.indicators if each.confidence != "confirmed"}
    confirmed = [each for each in applied.indicators if each.confidence == "confirmed"]
    gone = [each for each in read.indicators if not _among(each.start, each.end, applied)]
    out = set()
    for record in (*confirmed, *gone):
        start, end = record.sentence_start, record.sentence_end
        whole = not any(start <= at < end for at, _ in kept)
        out.add((start, end) if whole else (record.start, record.end))
    return sorted(out)


def _among(start: int, end: int, applied: Applied) -> bool:
    return any(each.start < end and start < each.end for each in applied.indicators)


def _gold(record: Indicator) -> dict[str, object]:
    return {
        "start": record.start,
        "end": record.end,
        "figure": record.figure,
        **fields_of(record),
        "key": [record.subject] if record.subject else [],
        "also": {},
    }


def _name(read: Read, names: set[str]) -> str:
    """The file's own name, since it may name a place; with the text's hash where two have one."""
    stem = _UNFIT.sub("-", Path(read.info.file.replace("!", "/")).stem).strip("-.") or "text"
    name = stem if stem not in names else f"{stem}-{read.digest[:8]}"
    names.add(name)
    return name


def _write(path: Path, text: str) -> None:
    with replacing(str(path)) as file:
        file.write(text.encode("utf-8", "replace"))
