"""Gold files and predictions, as INDICATORS describes them; each fault is named by file and line.

`NAME.txt` stands beside `NAME.gold.jsonl`, whose first line is `{"scope": [[start, end], …]}` (the
annotated character ranges, half-open) and whose other lines are records with `key`, the words that
a right subject must contain, and perhaps `also`, other values that count as right.

Beside it, or alone, may stand `NAME.tags.jsonl`: one sentence a line, with the tags it should have
and `also_ok`, other values that count as right.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from shuangjian_cli.language.messages import _, refused

Record = Mapping[str, Any]

SUFFIX = ".gold.jsonl"
TAGS_SUFFIX = ".tags.jsonl"


class GoldError(Exception):
    """A gold folder, gold file or prediction file that cannot be used; the message is one line."""


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated document. `path` is its text; offsets count in that text as read."""

    name: str
    path: Path
    scope: tuple[tuple[int, int], ...]
    records: tuple[Record, ...]

    def covers(self, record: Record) -> bool:
        """Whether a predicted record starts in an annotated range; others are not scored."""
        return any(start <= record["start"] < end for start, end in self.scope)


@dataclass(frozen=True, slots=True)
class TagGold:
    """One document with tagged sentences. `path` is its text; offsets count in it as read."""

    name: str
    path: Path
    sentences: tuple[Record, ...]


def gold_names(folder: Path) -> tuple[list[str], list[str]]:
    """The names of a folder's documents with records, and of those with tagged sentences; sorted.

    Raises `GoldError` if the folder is missing or holds none of either.
    """
    if not folder.is_dir():
        what = _("is not a folder") if folder.exists() else _("there is no such folder")
        raise GoldError(
            _(
                "{folder}: {what}; give one with NAME.txt and NAME{suffix} pairs",
                folder=folder,
                what=what,
                suffix=SUFFIX,
            )
        )
    records, tags = (
        sorted(path.name.removesuffix(suffix) for path in folder.glob(f"*{suffix}"))
        for suffix in (SUFFIX, TAGS_SUFFIX)
    )
    if not records and not tags:
        raise GoldError(
            _(
                "{folder}: holds no NAME{suffix} and no NAME{tags_suffix}",
                folder=folder,
                suffix=SUFFIX,
                tags_suffix=TAGS_SUFFIX,
            )
        )
    return records, tags


def read_gold(folder: Path, name: str) -> Gold:
    """One gold document, checked. Raises `GoldError` naming the file and the line."""
    path = folder / f"{name}{SUFFIX}"
    text = _text_beside(path, name)
    lines = _lines(path)
    where, head = next(lines, (f"{path}:1", None))
    scope = head.get("scope") if isinstance(head, dict) else None
    if not isinstance(scope, list) or not all(map(_is_range, scope)):
        raise GoldError(
            _('{where}: the first line must be {{"scope": [[start, end], …]}}', where=where)
        )
    records = []
    for where, record in lines:
        _need(where, record, "start", int)
        _need(where, record, "end", int)
        _need(where, record, "value", (int, Decimal))
        _need_number(where, record, "value_max")
        _need(where, record, "role", str)
        _need(where, record, "subject", str)
        _need(where, record, "key", list)
        _need_lists(where, record, "also")
        records.append(record)
    return Gold(name, text, tuple((start, end) for start, end in scope), tuple(records))


def read_tag_gold(folder: Path, name: str) -> TagGold:
    """The tagged sentences of a document, checked. Raises `GoldError` naming file and line."""
    path = folder / f"{name}{TAGS_SUFFIX}"
    text = _text_beside(path, name)
    sentences = []
    for where, sentence in _lines(path):
        _need(where, sentence, "start", int)
        _need(where, sentence, "end", int)
        _need(where, sentence, "sentence", str)
        for key in ("province", "area", "area_level", "pillar"):
            _need(where, sentence, key, (str, type(None)))
        _need(where, sentence, "metrics", list)
        _need_flag(where, sentence, "figure")
        _need(where, sentence, "also_ok", dict)
        _need(where, sentence["also_ok"], "metrics_optional", list)
        _need_lists(where, sentence, "also_ok")
        sentences.append(sentence)
    return TagGold(name, text, tuple(sentences))


def read_predictions(path: Path) -> list[Record]:
    """Predicted records, one JSON object a line. Raises `GoldError` naming file and line."""
    records = []
    for where, record in _lines(path):
        _need(where, record, "start", int)
        _need(where, record, "end", int)
        _need_number(where, record, "value")
        _need_number(where, record, "value_max")
        records.append(record)
    return records


def read_utf8(path: Path) -> str:
    """The text of a UTF-8 file. Raises `GoldError`."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise GoldError(_("{path}: is not UTF-8; convert it", path=path)) from None
    except OSError as error:
        raise GoldError(f"{path}: {refused(error)}") from None


def _text_beside(path: Path, name: str) -> Path:
    text = path.with_name(f"{name}.txt")
    if not text.is_file():
        raise GoldError(_("{text}: missing beside {name}", text=text, name=path.name))
    return text


def _lines(path: Path) -> Iterator[tuple[str, Any]]:
    """`file:line` and the JSON value of each line that is not blank; numbers as written."""
    for number, line in enumerate(read_utf8(path).split("\n"), 1):
        if line.strip():
            where = f"{path}:{number}"
            try:
                yield where, json.loads(line, parse_float=Decimal)
            except (ValueError, RecursionError) as error:
                reason = error.msg if isinstance(error, json.JSONDecodeError) else _("unreadable")
                raise GoldError(
                    _("{where}: is not a line of JSON ({reason})", where=where, reason=reason)
                ) from None


def _is_range(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(type(v) is int for v in value)


def _need(where: str, record: object, name: str, kind: type | tuple[type, ...]) -> None:
    if not isinstance(record, dict):
        raise GoldError(_("{where}: must be a record, an object in {{}}", where=where))
    if name not in record:
        raise GoldError(_("{where}: the record has no {name}", where=where, name=name))
    if not isinstance(record[name], kind) or isinstance(record[name], bool):
        raise GoldError(_("{where}: {name} is of the wrong kind", where=where, name=name))


def _need_flag(where: str, record: Record, name: str) -> None:
    if not isinstance(record.get(name), bool):
        raise GoldError(_("{where}: {name} must be true or false", where=where, name=name))


def _need_lists(where: str, record: Record, name: str) -> None:
    """Values by field: an object of lists, if it is there."""
    values = record.get(name, {})
    if not isinstance(values, dict) or not all(isinstance(v, list) for v in values.values()):
        raise GoldError(_("{where}: {name} must be an object of lists", where=where, name=name))


def _need_number(where: str, record: Record, name: str) -> None:
    value = record.get(name)
    try:
        finite = value in (None, "") or math.isfinite(float(value))
    except (TypeError, ValueError, OverflowError):
        finite = False
    if not finite:
        raise GoldError(_("{where}: {name} must be a number or null", where=where, name=name))
