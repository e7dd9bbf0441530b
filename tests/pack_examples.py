"""The examples of the catalogue, read with the subject that each of them gives."""

from __future__ import annotations

import re
from pathlib import Path

import tomli

from shuangjian_cli.structure.fold import fold
from shuangjian_cli.tag.metric import metric
from shuangjian_cli.tag.pack import Rules
from shuangjian_cli.tag.pack.form import Example
from shuangjian_cli.tag.pillar import pillar


def load_examples(path: Path) -> tuple[Example, ...]:
    """The examples of a TOML file that may hold other things, too."""
    empty = dict.fromkeys(Example._fields) | {"line": 0, "counter": False}
    tables = tomli.loads(path.read_text(encoding="utf-8"))["example"]
    return tuple(Example(**{**empty, "sentence": each.get("title"), **each}) for each in tables)


def read_example(rules: Rules, example: Example) -> str | None:
    """The metric or pillar that the rules give for an example."""
    sentence = fold(example.sentence).text
    figure = fold(example.figure or "").text
    clause = next((c for c in re.split("[，；。]", sentence) if figure and figure in c), sentence)
    subject = fold(example.subject).text if example.subject else clause
    match = metric(
        rules,
        subject=subject,
        unit=unit_of(rules, figure),
        role="level",
        clause=clause,
        sentence=sentence,
        topical=True,
    )
    if example.metric:
        return match.metric
    return pillar(
        rules,
        metric=match.metric,
        subject=subject,
        clause=clause,
        sentence=sentence,
        section_titles=(fold(example.title).text,) if example.title else (),
        topical=True,
    ).pillar


def unit_of(rules: Rules, figure: str) -> str | None:
    """The unit at the end of a figure (3.4万名 → 名), None where it has none."""
    ending = [
        (len(word), unit.name)
        for unit in rules.units.values()
        for word in unit.words
        if figure.endswith(word)
    ]
    return max(ending)[1] if ending else None
