"""What records are made of: for each field the rule that set it and the words that it used, and the
value of a movement."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator
from copy import copy
from decimal import Decimal
from typing import Any, TypeVar

from shuangjian_cli.model import (
    Area,
    Decision,
    DecisionMap,
    Document,
    Folded,
    Indicator,
    TableCell,
)
from shuangjian_cli.tag.around import Shown
from shuangjian_cli.tag.attributes import Match
from shuangjian_cli.tag.meaning import Meaning
from shuangjian_cli.tag.metric import MetricMatch
from shuangjian_cli.tag.pillar import PillarMatch
from shuangjian_cli.tag.quantity import Figure
from shuangjian_cli.tag.subject import Reading

_T = TypeVar("_T")
_NOWHERE = (None, None, None, None)


class Decisions(DecisionMap):
    """The decisions of one record, worked out when one is asked for; pickled as a plain dict."""

    __slots__ = ("_at", "_grounds", "_made", "common")

    def __init__(
        self, grounds: Grounds, at: At | None = None, common: object | None = None
    ) -> None:
        self._grounds = grounds
        self._at = at
        self.common = common
        self._made: dict[str, Decision] | None = None

    def __getitem__(self, name: str) -> Decision:
        return self._all()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def items(self) -> ItemsView[str, Decision]:
        return self._all().items()

    def named(self) -> tuple[str, ...]:
        return _named(self._grounds)

    def names(self) -> dict[str, str]:
        return _by_field(*_named(self._grounds))

    def with_confidence(self, decision: Decision) -> Decisions:
        """The same decisions, but for how sure the record is; no other record shares them."""
        return Decisions((*self._grounds[:-1], decision), self._at)

    def __repr__(self) -> str:
        return repr(self._all())

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (self._all(),)

    def _all(self) -> dict[str, Decision]:
        if self._made is None:
            grounds = self._grounds
            self._made = _decisions(grounds if self._at is None else _moved(grounds, *self._at))
        return self._made


Grounds = tuple[
    Folded,
    int | None,
    Figure,
    Reading,
    Decision,
    Decision,
    Decision,
    Meaning,
    Decision,
]
"""What the decisions of a record are worked out from."""

At = tuple[int, int, tuple[tuple[int, int], ...]]
"""Where a plain number of a table starts and ends, and the spans of its subject, where the rest is
that of another cell."""


def indicator(
    document: Document,
    grounds: Grounds,
    *,
    subject: str,
    area: Area | None,
    period: str | None,
    status: str,
    confidence: str,
    reasons: tuple[str, ...],
    shown: Shown,
    section: str | None,
    cell: TableCell | None = None,
) -> Indicator:
    """The record of a figure; `subject` is in the text's own words, `shown` the sentence."""
    folded, _, figure, reading, *_, meaning, _ = grounds
    start, end = folded.start(figure.start), folded.end(figure.end)
    value, top, trend = _signed(figure, reading)
    name, code, area_level, province = area or _NOWHERE
    # By position and not by name: thirty names would cost more than all the fields.
    return Indicator(
        document.info,
        start,
        end,
        document.line(start),
        document.text[start:end],
        value,
        top,
        figure.unit,
        figure.bound,
        reading.role,
        trend,
        subject,
        meaning.metric.metric,
        meaning.pillar.pillar,
        meaning.stage,
        meaning.groups,
        meaning.measure,
        province,
        name,
        code,
        area_level,
        period,
        figure.per_year,
        status,
        figure.implied,
        confidence,
        reasons,
        shown.written,
        shown.start,
        shown.end,
        section,
        Decisions(grounds),
        cell,
    )


def _moved(grounds: Grounds, start: int, end: int, phrase: tuple[tuple[int, int], ...]) -> Grounds:
    folded, sentence_end, figure, reading, *_ = grounds
    figure, reading = copy(figure), copy(reading)
    figure.start = figure.outer_start = start
    figure.end = figure.outer_end = end
    reading.phrase, reading.words = phrase, phrase[0]
    return folded, sentence_end, figure, reading, *grounds[4:]


def _named(grounds: Grounds) -> tuple[str, ...]:
    """The rules that set the fields of a record, in the order that `_by_field` takes."""
    _, _, figure, reading, by_area, by_period, by_status, meaning, by_confidence = grounds
    return (
        figure.rule,
        figure.rule,
        "quantity.bound" if figure.bound != "=" else figure.rule,
        reading.role_rule,
        reading.rule,
        meaning.metric.rule,
        meaning.pillar.rule,
        meaning.by_stage.rule,
        meaning.by_groups.rule,
        meaning.by_measure.rule,
        by_area.rule,
        by_period.rule,
        by_status.rule,
        by_confidence.rule,
    )


def _decisions(grounds: Grounds) -> dict[str, Decision]:
    """For each field of a record its decision, with offsets in the text as read. Words of rules are
    looked for before the sentence's end, of a cell (None) in its subject."""
    folded, end, figure, reading, by_area, by_period, by_status, meaning, by_confidence = grounds
    bound = "quantity.bound" if figure.bound != "=" else figure.rule
    decisions = [
        Decision(figure.rule, figure.start, figure.end),
        Decision(figure.rule, *figure.unit_at),
        Decision(bound, *figure.bound_at),
        Decision(reading.role_rule, *reading.role_words),
        Decision(reading.rule, *reading.words, tuple(reading.rejected)),
        _found(folded.text, end, reading, meaning.metric),
        _found(folded.text, end, reading, meaning.pillar),
        _found(folded.text, end, reading, meaning.by_stage),
        _found(folded.text, end, reading, meaning.by_groups),
        _found(folded.text, end, reading, meaning.by_measure),
        by_area,
        by_period,
        by_status,
        by_confidence,
    ]
    if folded.origin is not None:
        decisions = [
            Decision(rule, folded.start(first), folded.end(last), rejected)
            if first >= 0
            else Decision(rule, first, last, rejected)
            for rule, first, last, rejected in decisions
        ]
    return _by_field(*decisions)


def _by_field(
    quantity: _T,
    by_unit: _T,
    by_bound: _T,
    by_role: _T,
    by_subject: _T,
    by_metric: _T,
    by_pillar: _T,
    by_stage: _T,
    by_groups: _T,
    by_measure: _T,
    by_area: _T,
    by_period: _T,
    by_status: _T,
    by_confidence: _T,
) -> dict[str, _T]:
    """What belongs to each field of a record."""
    return {
        "value": quantity,
        "value_max": quantity,
        "unit": by_unit,
        "bound": by_bound,
        "implied": quantity,
        "role": by_role,
        "trend": by_role,
        "subject": by_subject,
        "metric": by_metric,
        "pillar": by_pillar,
        "stage": by_stage,
        "groups": by_groups,
        "measure": by_measure,
        "province": by_area,
        "area": by_area,
        "area_code": by_area,
        "area_level": by_area,
        "period": by_period,
        "status": by_status,
        "confidence": by_confidence,
    }


def _found(
    text: str, end: int | None, reading: Reading, match: MetricMatch | PillarMatch | Match
) -> Decision:
    """A decision of a lexical rule: where its last word stands."""
    word = match.words[-1] if match.words else None
    if word is not None:
        spans = ((0, end),) if end is not None else reading.phrase
        for first, last in spans:
            at = text.rfind(word, first, last)
            if at >= 0:
                return Decision(match.rule, at, at + len(word), match.rejected)
    return Decision(match.rule, -1, -1, match.rejected)


def _signed(figure: Figure, reading: Reading) -> tuple[Decimal, Decimal | None, str | None]:
    """Value, upper value and trend: a movement by a negative number is one down by its size."""
    value, top = figure.value, figure.value_max
    if reading.role != "change" or value >= 0 or (top is not None and top > 0):
        return value, top, reading.trend
    return (-value, None, "down") if top is None else (-top, -value, "down")
