"""`Analysis` → rows of the store, made where the text was read, and rows → records again."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from hashlib import blake2b
from itertools import count
from types import NoneType
from typing import Any, NamedTuple

from ..model import (
    AREA_LEVELS,
    BOUNDS,
    CELL_FIELDS,
    CONFIDENCES,
    ROLES,
    STATUSES,
    TRENDS,
    Analysis,
    Decision,
    Document,
    DocumentInfo,
    Indicator,
    Source,
    TableCell,
    TaggedSentence,
)
from .reprints import Sketch, figure_key, sketch

DOCUMENT_COLUMNS = (
    "id, file, title, province, published, issuer, document_number, source_url, external_id,"
    " kind, encoding, characters, sentences, indicators, sha256"
)
SENTENCE_COLUMNS = (
    'position, start, "end", line, sentence, kind, province, area, area_code, area_level, pillar,'
    " metrics, section, figures"
)
INDICATOR_COLUMNS = (
    'position, start, "end", line, figure, value, value_number, value_max, value_max_number, unit,'
    " bound, role, trend, subject, metric, pillar, stage, groups, measure, province, area, area_code,"
    " area_level, period, per_year, status, implied, confidence, reasons, sentence, sentence_start, sentence_end, section,"
    f" {', '.join(CELL_FIELDS)}, rule_set, spans"
)
_FIGURES = DOCUMENT_COLUMNS.split(", ").index("indicators")
WRITTEN_COLUMNS = f"{INDICATOR_COLUMNS}, quantity, place, same"
"""What `indicator_row` gives, with rules, quantity and place themselves for what refers to them."""
_SENTENCE_NAMES = tuple(SENTENCE_COLUMNS.replace('"', "").split(", "))
_INDICATOR_NAMES = tuple(INDICATOR_COLUMNS.replace('"', "").split(", "))

# What SQLite may hold in a column all the same when its file was damaged or edited.
_TYPES: dict[str, type] = dict.fromkeys(
    (
        *("number", "position", "start", "end", "line", "figures", "implied", "per_year"),
        *("sentence_start", "sentence_end", "characters", "sentences", "indicators"),
        *("table_number", "table_row", "table_column", "table_start", "table_end"),
    ),
    int,
) | {"value_number": float, "value_max_number": float}
_CHOICES = {
    "bound": BOUNDS,
    "role": ROLES,
    "trend": (None, *TRENDS),
    "area_level": (None, *AREA_LEVELS),
    "status": STATUSES,
    "confidence": CONFIDENCES,
}
_POINT = r"\d{4}(?:-\d\d){0,2}"
_PERIOD = re.compile(rf"(?:{_POINT}|\.\.)(?:/(?:{_POINT}|\.\.))?")

_NEAR = 60
"""So many characters before a figure in a ranking are kept apart: a sentence may be a whole file."""
_ABOUT = 80
"""Characters before and after a figure that are the same in a reprint; blanks do not count."""
_NO_CELL = (None,) * len(CELL_FIELDS)
_MOST = 500
"""So many rows of a document are sent together."""
_PIECE = 1 << 16
"""How many characters of a text are encoded together."""

Row = tuple[Any, ...]


class Quantity(NamedTuple):
    """The fields by which a comparison tells what a figure measures. `before` are the words before a
    figure in a ranking."""

    metric: str | None
    subject: str
    measure: str | None
    stage: str | None
    groups: Sequence[str]
    unit: str | None
    role: str
    per_year: bool
    pillar: str | None
    before: str


class Rows(NamedTuple):
    """Rows of a document that has many, in their order; its `Entry` has the last ones."""

    sentences: list[Row]
    indicators: list[Row]


class Entry(NamedTuple):
    """A document as the store keeps it: plain values only, cheap to send between processes.

    Where `Rows` came before it the figures of its sketch are left to the store.
    """

    id: str
    document: Row
    sentences: list[Row]
    indicators: list[Row]
    text: bytes | None
    sketch: Sketch | None

    @property
    def figures(self) -> int:
        """How many figures the document has, those sent before among them."""
        count: int = self.document[_FIGURES]
        return count


class StoredDocument(NamedTuple):
    """A document of a store. `status` is present or vanished, `reprint_of` a document's id.

    `province` is what most of its sentences are about. `characters`, `sentences` and
    `indicators` count.
    """

    id: str
    info: DocumentInfo
    province: str | None
    kind: str
    encoding: str | None
    characters: int
    sentences: int
    indicators: int
    sha256: str
    status: str
    reprint_of: str | None

    def to_dict(self) -> dict[str, Any]:
        """The document under its output names, in output order."""
        info = self.info
        return {
            "id": self.id,
            "file": info.file,
            "title": info.title,
            "province": self.province,
            "published": info.published,
            "issuer": info.issuer,
            "document_number": info.document_number,
            "source_url": info.source_url,
            "external_id": info.id,
            "kind": self.kind,
            "encoding": self.encoding,
            "characters": self.characters,
            "sentences": self.sentences,
            "indicators": self.indicators,
            "status": self.status,
            "reprint_of": self.reprint_of,
            "sha256": self.sha256,
        }


def entries(
    identity: str,
    sha256: str,
    name: str,
    source: Source,
    pieces: Iterable[Analysis],
    keep_text: bool,
) -> Iterator[Rows | Entry]:
    """The rows of an analysed source, shown as `name`: some at a time, so that never are all in memory."""
    provinces: Counter[str] = Counter()
    sentences: list[Row] = []
    indicators: list[Row] = []
    keys: list[str] = []
    counts = [0, 0]
    document: Document | None = None
    for piece in pieces:
        document = piece.document
        if len(sentences) + len(indicators) >= _MOST:
            yield Rows(sentences, indicators)
            sentences, indicators, keys = [], [], []
        provinces.update(each.province for each in piece.sentences if each.province)
        sentences += map(_sentence_row, count(counts[0] + 1), piece.sentences)
        indicators += map(indicator_row, count(counts[1] + 1), piece.indicators)
        keys += map(figure_key, piece.indicators)
        counts = [counts[0] + len(piece.sentences), counts[1] + len(piece.indicators)]
    assert document is not None
    common = max(provinces.values(), default=0)
    province = next((name for name, count in provinces.items() if count == common), None)
    info = document.info
    row = (
        identity,
        name,
        info.title,
        source.metadata.province or province,
        info.published,
        info.issuer,
        info.document_number,
        info.source_url,
        info.id,
        source.kind,
        source.encoding,
        len(source.text),
        *counts,
        sha256,
    )
    text = packed(source.text) if keep_text else None
    yield Entry(identity, row, sentences, indicators, text, sketch(document, keys))


def packed(text: str) -> bytes:
    """A text for a row of `texts`."""
    import zlib

    made = zlib.compressobj(1)
    return b"".join([*map(made.compress, encoded(text)), made.flush()])


def encoded(text: str) -> Iterator[bytes]:
    """A text in UTF-8, piece by piece: of a large one no second copy is made."""
    return (text[at : at + _PIECE].encode() for at in range(0, len(text), _PIECE))


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _sentence_row(position: int, sentence: TaggedSentence) -> Row:
    return (
        position,
        sentence.start,
        sentence.end,
        sentence.line,
        sentence.sentence,
        sentence.kind,
        sentence.province,
        sentence.area,
        sentence.area_code,
        sentence.area_level,
        sentence.pillar,
        _json(sentence.metrics) if sentence.metrics else "[]",
        sentence.section,
        sentence.figures,
    )


def indicator_row(position: int, record: Indicator) -> Row:
    """The row of a record: WRITTEN_COLUMNS, with the rules themselves for `rule_set`, and so on."""
    # Candidates that a rule rejected are for `explain` alone.
    rules: dict[str, str] = {}
    spans: list[int] = []
    for name, (rule, start, end, _) in record.rules.items():
        rules[name] = rule
        spans += (start, end)
    return (
        position,
        record.start,
        record.end,
        record.line,
        record.figure,
        format(record.value, "f"),
        float(record.value),
        None if record.value_max is None else format(record.value_max, "f"),
        None if record.value_max is None else float(record.value_max),
        record.unit,
        record.bound,
        record.role,
        record.trend,
        record.subject,
        record.metric,
        record.pillar,
        record.stage,
        _json(record.groups) if record.groups else "[]",
        record.measure,
        record.province,
        record.area,
        record.area_code,
        record.area_level,
        record.period,
        int(record.per_year),
        record.status,
        int(record.implied),
        record.confidence,
        _json(record.reasons) if record.reasons else "[]",
        record.sentence,
        record.sentence_start,
        record.sentence_end,
        record.section,
        *(record.cell or _NO_CELL),
        _json(rules),
        _json(spans),
        _json(quantity_of(record)),
        _json((record.province, record.area, record.area_code, record.area_level)),
        _same(record),
    )


def quantity_of(record: Indicator) -> Quantity:
    """What a figure measures."""
    return Quantity(
        record.metric,
        record.subject,
        record.measure,
        record.stage,
        record.groups,
        record.unit,
        record.role,
        record.per_year,
        record.pillar,
        _before(record) if record.role == "rank" else "",
    )


def _before(record: Indicator) -> str:
    """The words before a figure, in which a ranking says of whom it is."""
    at = record.start - record.sentence_start
    return record.sentence[max(0, at - _NEAR) : at]


def _same(record: Indicator) -> int:
    """What tells a figure from the same one in a reprint: not its file, but the words about it."""
    sentence, at = record.sentence, record.start - record.sentence_start
    before = "".join(sentence[max(0, at - 2 * _ABOUT) : at].split())[-_ABOUT:]
    after = "".join(sentence[at : at + 2 * _ABOUT].split())[:_ABOUT]
    told = "\0".join((record.province or "", record.area or "", before, after, record.subject))
    digest = blake2b(told.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


# What follows reads rows again, and raises whatever a row that is not as it was stored leads to:
# the store (see `sound`) knows what that means.


def unpacked(packed: bytes) -> str:
    """The text of a row of `texts`."""
    import zlib

    try:
        return zlib.decompress(packed).decode()
    except zlib.error as error:
        raise ValueError(str(error)) from None


def _values(names: tuple[str, ...], row: Iterable[Any]) -> dict[str, Any]:
    row = tuple(row)
    _check_types(names, tuple(map(type, row)))
    return dict(zip(names, row, strict=True))


@lru_cache(maxsize=256)  # few combinations occur: of nulls
def _check_types(names: tuple[str, ...], types: tuple[type, ...]) -> None:
    for name, kind in zip(names, types, strict=True):
        if kind not in (NoneType, _TYPES.get(name, str)):
            raise ValueError(f"{name} is of type {kind.__name__}")


def _strings(packed: str) -> tuple[str, ...]:
    strings = json.loads(packed)
    if type(strings) is not list or any(type(each) is not str for each in strings):
        raise ValueError(packed)
    return tuple(strings)


def _number(text: str) -> Decimal:
    number = Decimal(text)
    if not number.is_finite():
        raise ValueError(text)
    return number


def to_document(row: sqlite3.Row) -> StoredDocument:
    """The document of a row of `documents`."""
    _values(tuple(row.keys()), row)
    info = DocumentInfo(
        row["file"],
        row["title"],
        row["published"],
        row["issuer"],
        row["document_number"],
        row["source_url"],
        row["external_id"],
    )
    return StoredDocument(
        row["id"],
        info,
        row["province"],
        row["kind"],
        row["encoding"],
        row["characters"],
        row["sentences"],
        row["indicators"],
        row["sha256"],
        row["status"],
        row["reprint_of"],
    )


def to_sentence(info: DocumentInfo, row: Row) -> TaggedSentence:
    """The sentence of a row of SENTENCE_COLUMNS."""
    values = _values(_SENTENCE_NAMES, row)
    del values["position"]
    values["metrics"] = _strings(values["metrics"])
    return TaggedSentence(info, **values)


def to_indicator(info: DocumentInfo, row: Row) -> Indicator:
    """The record of a row of INDICATOR_COLUMNS, with the rules themselves for `rule_set`."""
    values = _values(_INDICATOR_NAMES, row)
    for name, choices in _CHOICES.items():
        if values[name] not in choices:
            raise ValueError(f"{name}: {values[name]}")
    if values["period"] is not None and not _PERIOD.fullmatch(values["period"]):
        raise ValueError(values["period"])
    for name in ("position", "value_number", "value_max_number"):
        del values[name]
    values["value"] = _number(values["value"])
    if values["value_max"] is not None:
        values["value_max"] = _number(values["value_max"])
    values["groups"] = _strings(values["groups"])
    values["cell"] = _cell([values.pop(name) for name in CELL_FIELDS])
    values["per_year"] = bool(values["per_year"])
    values["implied"] = bool(values["implied"])
    values["reasons"] = _strings(values["reasons"])
    rules, spans = json.loads(values.pop("rule_set")), json.loads(values.pop("spans"))
    if any(type(each) is not str for each in rules.values()) or any(
        type(each) is not int for each in spans
    ):
        raise ValueError(f"{rules} {spans}")
    values["rules"] = {
        name: Decision(rule, *span)
        for (name, rule), span in zip(
            rules.items(), zip(spans[::2], spans[1::2], strict=True), strict=True
        )
    }
    return Indicator(info, **values)


def _cell(values: list[Any]) -> TableCell | None:
    """The place of a figure in a table; ValueError where only some of it is told."""
    number, row, column, title, *others = values
    told = [number, row, column, *others]
    if told.count(None) == len(told) and title is None:
        return None
    if None in told:
        raise ValueError(f"{told}")
    return TableCell(number, row, column, title, *others)
