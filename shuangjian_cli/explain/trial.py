"""Examples tried on the program as it is: what they give, and where that is not what they ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shuangjian_cli.explain.registry import Example, Rule
from shuangjian_cli.model import Analysis, Indicator, Metadata, Source
from shuangjian_cli.write.values import flat


@dataclass(frozen=True, slots=True)
class Trial:
    """What an example gave. `faults` is empty when that is what it asks."""

    example: Example
    positive: bool
    analysis: Analysis
    faults: tuple[str, ...]

    def gives(self, rule: Rule) -> Iterator[str]:
        """What the records hold in the fields of the rule, or why there is none; a line each."""
        for record in self.analysis.indicators:
            values = record.to_dict()
            fields = " ".join(
                f"{name}={flat(values[name]) or 'null'}" for name in rule.fields if name in values
            )
            yield f"{record.figure}  {fields}".rstrip()
        if self.analysis.indicators and self.example.unparsed is None:
            return
        for numeral in self.analysis.unparsed:
            yield f"{numeral.numeral}  no figure: {numeral.reason}"

    def to_dict(self) -> dict[str, Any]:
        """The trial for JSON, with all that the records hold."""
        return {
            "text": self.example.text,
            "positive": self.positive,
            "records": [record.to_dict() for record in self.analysis.indicators],
            "unparsed": [numeral.to_dict() for numeral in self.analysis.unparsed],
            "faults": list(self.faults),
        }


def trials(rule: Rule) -> Iterator[Trial]:
    """Try the examples of a rule, the positive ones first."""
    for example in rule.positive:
        yield _trial(rule, example, True)
    for example in rule.negative:
        yield _trial(rule, example, False)


def _trial(rule: Rule, example: Example, positive: bool) -> Trial:
    from shuangjian_cli.api import analyse

    source = Source(example.file, example.text, Metadata(**example.context))
    analysis = analyse(source)
    faults = [*_unmet(example, analysis)]
    made = [r.figure for r in analysis.indicators if _meant(example, r) and rule.made(r)]
    if example.figure is None:
        made += [s.sentence for s in analysis.sentences if rule.speaks_of(s)]
    if not positive:
        faults += [f"{rule.id} must not apply to {words}" for words in made]
    elif not made and example.unparsed is None:
        faults.append(f"{rule.id} applies to nothing")
    return Trial(example, positive, analysis, tuple(faults))


def _meant(example: Example, record: Indicator) -> bool:
    return example.figure in (None, record.figure)


def _unmet(example: Example, analysis: Analysis) -> Iterator[str]:
    """What the example asks of records and numerals and does not get."""
    records = analysis.indicators
    if example.expect is not None:
        asked = [expected.get("figure") for expected in example.expect]
        given = [record.figure for record in records]
        if asked != given:
            yield f"expected records {asked}, got {given}"
        else:
            for expected, record in zip(example.expect, records, strict=True):
                yield from _different(expected, record)
    if example.unparsed is not None:
        reasons = [u.reason for u in analysis.unparsed if u.numeral == example.unparsed]
        if not reasons:
            yield f"{example.unparsed} is not among the numerals that gave no record"
        elif example.reason not in (None, *reasons):
            yield f"{example.unparsed}: expected {example.reason}, got {', '.join(reasons)}"


def _different(expected: Mapping[str, Any], record: Indicator) -> Iterator[str]:
    values = record.to_dict()
    for name, value in expected.items():
        if name not in values:
            yield f"{name} is no field of a record"
        elif not _same(value, values[name]):
            yield f"{record.figure}: {name}: expected {value}, got {values[name]}"


def _same(expected: Any, value: Any) -> bool:
    if value is None:
        return bool(expected == "null")
    if isinstance(value, Decimal):
        return Decimal(str(expected)) == value
    return bool(expected == value)
