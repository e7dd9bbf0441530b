"""Pillars: titles, metrics and words, in the order of the contract."""

from __future__ import annotations

from pathlib import Path

import pytest
from pack_examples import load_examples, read_example

from shuangjian_cli.tag.pack import Rules, load_builtin
from shuangjian_cli.tag.pillar import PillarMatch, pillar, title_pillar


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load_builtin()


def of(
    rules: Rules,
    subject: str,
    metric: str | None,
    *titles: str,
    run_in: str | None = None,
    topical: bool = True,
    whole: bool = True,
    explain: bool = False,
) -> PillarMatch:
    return pillar(
        rules,
        metric=metric,
        subject=subject,
        clause=subject,
        sentence=subject,
        section_titles=titles,
        run_in_title=run_in,
        topical=topical,
        document_is_topical=whole,
        explain=explain,
    )


def test_the_five_pillars(rules: Rules) -> None:
    assert list(rules.pillars) == [
        "guarantees",
        "coordination",
        "resources",
        "quality",
        "services",
    ]
    assert [entry.name for entry in rules.pillars.values()] == [
        "保障",
        "协调",
        "资源",
        "质量",
        "服务",
    ]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("协同治理：培训市场从乱到治", "coordination"),
        ("校内减负", "quality"),
        ("切实减轻学生负担", None),
        ("资源扩容：好学校就在身边", "resources"),
        ("强化师资配备", "resources"),
        ("健全课后服务经费保障", "guarantees"),
        ("提升课后服务质量", "services"),
        ("注重校内外联动，优化服务", "coordination"),
        ("着力保障和改善民生", None),
        ("推动高质量发展", None),
        ("优化公共服务", None),
        ("念好治字经，强化部门联动", "coordination"),
        ("", None),
    ],
)
def test_titles(rules: Rules, title: str, expected: str | None) -> None:
    named = title_pillar(rules, title)
    assert (named[0] if named else None) == expected


def test_examples(rules: Rules) -> None:
    path = Path(__file__).parent.parent / "shuangjian_cli/tag/pillar/examples.toml"
    examples = load_examples(path)
    for name in rules.pillars:
        mine = [example for example in examples if example.pillar == name]
        assert sum(not example.counter for example in mine) >= 3
        assert sum(example.counter for example in mine) >= 2
    wrong = [
        (example.title, read_example(rules, example))
        for example in examples
        if (read_example(rules, example) == example.pillar) is example.counter
    ]
    assert not wrong


def test_the_innermost_title_that_names_a_pillar_wins(rules: Rules) -> None:
    match = of(rules, "小学新增学位", "school_places", "学校扩面", "夯实经费保障", "提升质量")
    assert (match.pillar, match.rule, match.words) == (
        "guarantees",
        "pillar.section-title",
        ("经费保障",),
    )


def test_a_section_speaks_before_a_run_in_title_and_that_before_the_metric(rules: Rules) -> None:
    match = of(rules, "小学新增学位", "school_places", "提升质量", run_in="强化联动")
    assert match.pillar == "quality"
    match = of(rules, "小学新增学位", "school_places", "主要做法", run_in="强化联动")
    assert (match.pillar, match.rule) == ("coordination", "pillar.run-in-title")
    match = of(rules, "小学新增学位", "school_places", "主要做法", run_in="聚焦难点")
    assert (match.pillar, match.rule) == ("resources", "pillar.metric")


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("小学大班额比例", "resources"),
        ("初中及格率", "quality"),
        ("联合执法部门", "coordination"),
        ("每周服务天数", "services"),
        ("党委专题研究教育次数", "guarantees"),
        ("学生来信", None),
    ],
)
def test_without_a_metric_the_words_decide(
    rules: Rules, subject: str, expected: str | None
) -> None:
    assert of(rules, subject, None).pillar == expected


def test_no_pillar_for_what_is_not_about_education(rules: Rules) -> None:
    match = of(rules, "常住人口", None, "夯实经费保障", topical=False)
    assert (match.pillar, match.rule) == (None, "pillar.off-topic")


def test_titles_of_a_mixed_report_must_speak_of_education(rules: Rules) -> None:
    assert of(rules, "高中学位", "school_places", "统筹协调发展", whole=False).pillar == "resources"
    match = of(rules, "高中学位", "school_places", run_in="深化教育提质工程", whole=False)
    assert match.pillar == "quality"


def test_an_explanation_lists_the_titles_passed_over(rules: Rules) -> None:
    match = of(rules, "小学新增学位", "school_places", "主要做法", explain=True)
    assert [words for words, _ in match.rejected] == ["主要做法"]
    assert not of(rules, "小学新增学位", "school_places", "主要做法").rejected
