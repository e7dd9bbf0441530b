"""Every example of every rule of every package gives what it says, through the whole program."""

from __future__ import annotations

from functools import cache

import pytest

from shuangjian_cli.explain.explanation import ROLE_OF
from shuangjian_cli.explain.registry import Rule, find, rules
from shuangjian_cli.explain.trial import Trial, trials
from shuangjian_cli.tag.pack import load_builtin


@cache
def tried(id: str) -> list[Trial]:
    """The examples of a rule, run once for all tests."""
    rule = find(id)
    assert rule is not None
    return list(trials(rule))


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_examples(rule: Rule) -> None:
    faults = [f"{t.example.text}: {fault}" for t in tried(rule.id) for fault in t.faults]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_every_rule_is_said_and_proved(rule: Rule) -> None:
    assert rule.says and rule.fields
    assert len(rule.positive) >= 3
    assert len(rule.negative) >= 2


def test_every_metric_is_proved() -> None:
    proved = {rule.entry for rule in rules() if rule.kind == "metric"}
    assert proved == set(load_builtin().metrics)


def test_every_field_remembers_its_rule_and_words() -> None:
    fields = set(ROLE_OF) | {"confidence"}
    faults = set()
    for trial in (trial for rule in rules() for trial in tried(rule.id)):
        text = trial.analysis.document.text
        for record in trial.analysis.indicators:
            told = {name for name, value in record.to_dict().items() if value is not None} & fields
            faults |= {f"{name} has no rule" for name in told - set(record.rules)}
            for name, (rule, start, end, _) in record.rules.items():
                if (start, end) != (-1, -1) and not 0 <= start < end <= len(text):
                    faults.add(f"{rule} sets {name} from [{start}, {end}] of {text!r}")
    assert not faults, "\n".join(sorted(faults))


def test_every_rule_that_sets_a_field_is_listed_for_it() -> None:
    unlisted = set()
    for rule in rules():
        for trial in tried(rule.id):
            for record in trial.analysis.indicators:
                for name, decision in record.rules.items():
                    known = find(decision.rule)
                    if known is None or name not in known.fields:
                        unlisted.add(f"{decision.rule} sets {name}")
    assert not unlisted, "\n".join(sorted(unlisted))
