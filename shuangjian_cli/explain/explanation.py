"""An analysis → what each word of a sentence did, and how each field of each record came about."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from shuangjian_cli.explain.segment import segment
from shuangjian_cli.model import Analysis, Decision, Indicator, Rejected, TaggedSentence, Unparsed

Item = TypeVar("Item", Indicator, Unparsed)

ROLES = (
    "figure",
    "bound",
    "change",
    "subject",
    "period",
    "status",
    "place",
    "metric",
    "pillar",
    "attribute",
    "unread",
)
"""What a word can be to a record; of two spans of one length, the earlier role shows."""

ROLE_OF: Mapping[str, str] = {
    "value": "figure",
    "value_max": "figure",
    "unit": "figure",
    "implied": "figure",
    "bound": "bound",
    "role": "change",
    "trend": "change",
    "subject": "subject",
    "metric": "metric",
    "pillar": "pillar",
    "stage": "attribute",
    "groups": "attribute",
    "measure": "attribute",
    "province": "place",
    "area": "place",
    "area_code": "place",
    "area_level": "place",
    "period": "period",
    "status": "status",
}
"""The role of the words that set a field; the others (confidence) colour none."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a sentence, cut where a role begins or ends. Offsets count in the text as read."""

    start: int
    end: int
    text: str
    role: str | None

    def to_dict(self) -> dict[str, Any]:
        """The token for JSON."""
        return {"start": self.start, "end": self.end, "text": self.text, "role": self.role}


@dataclass(frozen=True, slots=True)
class Field:
    """How one field came by its value. `words` is None and `line` 0 where a rule used no words."""

    name: str
    value: Any
    rule: str
    start: int
    end: int
    words: str | None
    line: int
    rejected: tuple[Rejected, ...]

    def to_dict(self) -> dict[str, Any]:
        """The field for JSON; offsets are null where the rule used no words."""
        used = self.words is not None
        return {
            "field": self.name,
            "value": self.value,
            "rule": self.rule,
            "words": self.words,
            "line": self.line if used else None,
            "start": self.start if used else None,
            "end": self.end if used else None,
            "rejected": [r._asdict() for r in self.rejected],
        }


@dataclass(frozen=True, slots=True)
class Record:
    """One record with the account of its fields, in the order of the record."""

    indicator: Indicator
    fields: tuple[Field, ...]

    def to_dict(self) -> dict[str, Any]:
        """The record for JSON."""
        indicator = self.indicator
        return {
            "figure": indicator.figure,
            "start": indicator.start,
            "end": indicator.end,
            "confidence": indicator.confidence,
            "reasons": list(indicator.reasons),
            "cell": indicator.cell and indicator.cell.to_dict(),
            "fields": [field.to_dict() for field in self.fields],
        }


@dataclass(frozen=True, slots=True)
class Explanation:
    """One sentence: its words by role, its records, and its numerals that gave none."""

    sentence: TaggedSentence
    tokens: tuple[Token, ...]
    records: tuple[Record, ...]
    unparsed: tuple[Unparsed, ...]

    def to_dict(self) -> dict[str, Any]:
        """The explanation for JSON."""
        return {
            **self.sentence.to_dict(),
            "tokens": [token.to_dict() for token in self.tokens],
            "records": [record.to_dict() for record in self.records],
            "unparsed": [
                {"numeral": u.numeral, "start": u.start, "end": u.end, "reason": u.reason}
                for u in self.unparsed
            ],
        }


def explain(analysis: Analysis, line: int | None = None) -> list[Explanation]:
    """The sentences of one line, or all that hold a numeral, explained in text order."""
    starts = [sentence.start for sentence in analysis.sentences]
    records = _by_sentence(starts, analysis.indicators)
    unparsed = _by_sentence(starts, analysis.unparsed)
    return [
        _explanation(analysis, sentence, records.get(i, ()), unparsed.get(i, ()))
        for i, sentence in enumerate(analysis.sentences)
        if (sentence.line == line if line else i in records or i in unparsed)
    ]


def tokens(text: str, start: int, marks: Iterable[tuple[int, int, str]]) -> tuple[Token, ...]:
    """The words of a sentence that begins at `start`, each with the role of its marks.

    A mark is (start, end, role). Where marks overlap the shorter shows; a word is cut where the
    role changes.
    """
    roles = bytearray(len(text))
    for begin, end, role in sorted(marks, key=_paint_order):
        begin, end = max(0, begin - start), min(len(text), end - start)
        if begin < end:
            roles[begin:end] = bytes([ROLES.index(role) + 1]) * (end - begin)
    out = []
    for begin, end in segment(text):
        while begin < end:
            code = roles[begin]
            stop = next((i for i in range(begin, end) if roles[i] != code), end)
            shown = ROLES[code - 1] if code else None
            out.append(Token(start + begin, start + stop, text[begin:stop], shown))
            begin = stop
    return tuple(out)


def _paint_order(mark: tuple[int, int, str]) -> tuple[int, int, int]:
    begin, end, role = mark
    return begin - end, -ROLES.index(role), begin


def _by_sentence(starts: Sequence[int], items: Iterable[Item]) -> dict[int, list[Item]]:
    """The items of each sentence, by its index."""
    out: dict[int, list[Item]] = {}
    for item in items:
        out.setdefault(bisect_right(starts, item.start) - 1, []).append(item)
    return out


def _explanation(
    analysis: Analysis,
    sentence: TaggedSentence,
    indicators: Sequence[Indicator],
    unparsed: Sequence[Unparsed],
) -> Explanation:
    marks = [(u.start, u.end, "unread") for u in unparsed]
    for indicator in indicators:
        marks.append((indicator.start, indicator.end, "figure"))
        for name, decision in indicator.rules.items():
            if name in ROLE_OF:
                marks.append((decision.start, decision.end, ROLE_OF[name]))
    return Explanation(
        sentence,
        tokens(analysis.document.text[sentence.start : sentence.end], sentence.start, marks),
        tuple(_record(analysis, indicator) for indicator in indicators),
        tuple(unparsed),
    )


def _record(analysis: Analysis, indicator: Indicator) -> Record:
    values = indicator.to_dict()
    return Record(
        indicator,
        tuple(
            _field(analysis, name, values[name], indicator.rules[name])
            for name in values
            if name in indicator.rules
        ),
    )


def _field(analysis: Analysis, name: str, value: Any, decision: Decision) -> Field:
    document = analysis.document
    start, end = decision.start, decision.end
    words = document.text[start:end] if 0 <= start < end else None
    line = document.line(start) if words else 0
    return Field(name, value, decision.rule, start, end, words, line, decision.rejected)
