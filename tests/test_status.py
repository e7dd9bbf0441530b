"""Statuses of documents: what the rules do together; `test_examples.py` runs their examples."""

from __future__ import annotations

import pytest

from shuangjian_cli.model import Decision, Metadata, Source
from shuangjian_cli.structure import structure
from shuangjian_cli.tag.period import Periods
from shuangjian_cli.tag.status import Status


def status_of(
    text: str, figure: str, title: str | None = None, published: str | None = None
) -> tuple[str, Decision]:
    """The status of the last occurrence of a figure, and how it came about."""
    document = structure(Source("example", text, Metadata(title=title, published=published)))
    start = document.folded.text.rindex(figure)
    sentence = next(s for s in document.sentences if s.start <= start < s.end)
    period, _ = Periods(document).of(sentence, start, start + len(figure))
    return Status(document).of(sentence, start, start + len(figure), period)


@pytest.mark.parametrize(
    "text",
    [
        "今年将新增学位2万个。",
        "还要新增学位2万个。",
        "到2027年新增学位2万个。",
        "拟新增学位2万个。",
        "预计新增学位2万个。",
        "确保新增学位2万个。",
        "争取新增学位2万个。",
        "目标是新增学位2万个。",
        "新增学位不少于2万个。",
    ],
)
def test_a_plan_is_never_a_fact(text: str) -> None:
    assert status_of(text, "2万个", published="2024-06-14")[0] == "target"


@pytest.mark.parametrize(
    "text",
    [
        "需要安置的2万个家庭。",
        "重要活动覆盖2万个家庭。",
        "将2万个家庭纳入保障。",
        "行动计划实施以来惠及2万个家庭。",
        "确保了2万个家庭受益。",
        "预期任务全部完成，惠及2万个家庭。",
        "2023年预计惠及2万个家庭。",
    ],
)
def test_words_that_only_look_like_a_plan(text: str) -> None:
    assert status_of(text, "2万个", published="2024-06-14")[0] == "achieved"


def test_titles_of_both_leave_it_to_the_time() -> None:
    text = "工作报告\n一、“十四五”时期成就和“十五五”时期目标\n五年来，新建学校{}所。\n"
    assert status_of(text.format(90), "90所", published="2026-01-28")[0] == "achieved"
    text = "工作报告\n一、“十四五”时期成就和“十五五”时期目标\n今后五年，新建学校{}所。\n"
    assert status_of(text.format(80), "80所", published="2026-01-28")[0] == "target"


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        ("到2027年，示范校达到30所；特色校达到60所。", "60所", "target"),
        ("目前示范校有30所；特色校达到60所。", "60所", "achieved"),
        ("学校将排查隐患50处。", "50处", "target"),
        ("学校将服务时间延长到2小时。", "2小时", "achieved"),
        ("将近50处隐患完成整改。", "50处", "achieved"),
        ("要求每校配备教师1名。", "1名", "target"),
        ("达到国家要求的学校有40所。", "40所", "achieved"),
        ("即将投用学校8所。", "8所", "target"),
    ],
)
def test_in_the_sentence(text: str, figure: str, expected: str) -> None:
    assert status_of(text, figure, published="2024-06-14")[0] == expected


def test_an_undated_review_speaks_at_the_end_of_its_year() -> None:
    title = "某县2022年工作总结"
    assert status_of("2022年，新建学校8所。", "8所", title)[0] == "achieved"
    assert status_of("2023年，新建学校8所。", "8所", title)[0] == "target"


def test_what_follows_a_plan_goes_on_with_it() -> None:
    text = "工作报告\n二、下一步工作打算\n新建学校8所。\n三、加强自身建设\n精简会议9%。\n"
    assert status_of(text, "9%")[0] == "target"


def test_decision_points_at_the_words() -> None:
    text = "全市力争满意率达到96%。"
    _, decision = status_of(text, "96%")
    assert text[decision.start : decision.end] == "力争"


def test_a_year_that_only_the_text_names_tells_nothing_of_what_is_over() -> None:
    text = "经核查，2021年春期至2022年春期，收费按120元收取。"
    assert status_of(text, "120元")[0] == "achieved"


def test_a_date_that_runs_into_the_text_is_that_of_publication() -> None:
    text = (
        "某市关于学前教育的若干意见文章属性•【公布日期】2005.02.01•正文各区人民政府，现提出意见如下。\n"
        "2007年，入园率达到96%以上。\n"
    )
    assert status_of(text, "96%")[0] == "target"


@pytest.mark.parametrize(
    ("text", "figure", "published"),
    [
        ("督导统计\n或要求家长检查作业\n学校共有526所。\n", "526所", "2023-06-01"),
        ("建议的答复\n一、关于“提高待遇”的建议\n人均补贴300元。\n", "300元", "2023-06-01"),
        ("某县2024年总结暨2025年打算\n一、主要做法\n新建学校12所。\n", "12所", "2024-12-20"),
    ],
)
def test_titles_that_make_nothing_a_target(text: str, figure: str, published: str) -> None:
    assert status_of(text, figure, published=published)[0] == "achieved"


def test_a_baseline_in_a_headline_dates_nothing() -> None:
    text = "全国特殊教育学校达2100所，比2009年增长31%\n\n2019年，学校达到2100所。\n"
    assert status_of(text, "2100所")[0] == "achieved"
