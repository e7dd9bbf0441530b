"""Periods of documents: what the rules do together; `test_examples.py` runs their examples."""

from __future__ import annotations

import pytest

from shuangjian_cli.api import analyse
from shuangjian_cli.model import Decision, Metadata, Source
from shuangjian_cli.structure import structure
from shuangjian_cli.tag.period import Periods, published
from shuangjian_cli.tag.period.mention import mentions
from shuangjian_cli.tag.time import Now, Period


def period_of(
    text: str, figure: str, title: str | None = None, published: str | None = None
) -> tuple[str | None, Decision]:
    """The period of the last occurrence of a figure, and how it came about."""
    document = structure(Source("example", text, Metadata(title=title, published=published)))
    start = document.folded.text.rindex(figure)
    sentence = next(s for s in document.sentences if s.start <= start < s.end)
    return Periods(document).of(sentence, start, start + len(figure))


def read(words: str, year: int = 2024, month: int = 6) -> list[str]:
    found = mentions(words, 0, len(words), Now(year, month), None)
    return [m.period.iso for m in found if m.use == "governs"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2023年1—8月", "2023-01/2023-08"),
        ("2023年第一季度", "2023-01/2023-03"),
        ("二〇二三年一月六日", "2023-01-06"),
        ("2022—2023学年", "2022/2023"),
        ("2022/2023学年", "2022/2023"),
        ("2023.9.30", "2023-09-30"),
        ("截至2023-9", "../2023-09"),
        ("2021年2月至2023年8月", "2021-02/2023-08"),
        ("3月19日至20日", "2024-03-19/2024-03-20"),
        ("今年前五个月", "2024-01/2024-05"),
        ("本学期", "2024"),
        ("上学期", "2023"),
        ("未来三年", "2025/2027"),
        ("9月至今", "2024-09/.."),
    ],
)
def test_forms(words: str, expected: str) -> None:
    assert read(words) == [expected]


@pytest.mark.parametrize(
    "words",
    [
        "若干年",
        "13月",
        "2022年版",
        "三年级",
        "近年来年均",
        "说明年均",
        "过去年均",
        "以上年份",
        "本年级",
        "上一年级",
        "每年",
        "月均",
        "年",
        "",
    ],
)
def test_no_period(words: str) -> None:
    assert read(words) == []


def test_relative_words_need_a_date() -> None:
    assert period_of("去年，新建学校8所。", "8所")[0] is None


def test_the_title_dates_an_undated_text() -> None:
    period, _ = period_of("去年，新建学校8所。", "8所", title="2022年“双减”工作总结")
    assert period == "2021"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("关于课后服务的情况\n（2023年4月）\n新建学校8所，学位充足。\n", (2023, 4)),
        ("关于课后服务的情况\n新建学校8所，学位充足。\n某县教育局\n二〇二三年四月\n", (2023, 4)),
        ("2022年工作总结\n新建学校8所，学位充足。\n", (2022, 12)),
        ("2026年政府工作报告\n新建学校8所，学位充足。\n", (2026, 1)),
        ("新建学校8所，学位充足。\n", None),
        ("东岗小学创办于1956年，连续四年评为先进。\n", None),
        ("东岗小学1956年建校，现有教师30人。\n", None),
    ],
)
def test_publication_by_month(text: str, expected: tuple[int, int] | None) -> None:
    now = published(structure(Source("example", text)))
    assert (now and now[:2]) == expected


@pytest.mark.parametrize("date", ["2023", "2023-13-40", "昨天", ""])
def test_a_bad_date_from_outside_does_not_raise(date: str) -> None:
    assert period_of("2021年，新建学校8所。", "8所", published=date)[0] == "2021"


def test_comparison_is_kept_as_rejected() -> None:
    _, decision = period_of("2023年，学位比2021年增加2万个。", "2万个", published="2024-01-01")
    assert decision.rule == "period.date"
    assert [(r.words, r.reason) for r in decision.rejected] == [("2021年", "period.base")]


def test_decision_points_at_the_words() -> None:
    text = "截至2023年底，全县有学校60所。"
    _, decision = period_of(text, "60所", published="2024-01-01")
    assert text[decision.start : decision.end] == "截至2023年底"


def test_brackets_close_over_their_period() -> None:
    text = "2023年，近视率为50%（2022年为52%），优良率为56%。"
    assert period_of(text, "52%", published="2024-01-01")[0] == "2022"
    assert period_of(text, "56%", published="2024-01-01")[0] == "2023"


def test_basis_holds_for_its_clause() -> None:
    text = "在2022年新增学位3万个的基础上，再增2万个。"
    title = "2023年工作要点"
    assert period_of(text, "3万个", title, "2023-02-01")[0] == "2022"
    assert period_of(text, "2万个", title, "2023-02-01")[0] == "2023"


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        ("学校始建于1998年，现有学生2000名。", "2000名", None),
        ("每年9月举办活动30场。", "30场", None),
        ("参与率较2021年的62%提高9个百分点。", "62%", "2021"),
        ("参与率较2021年的62%提高9个百分点。", "9个百分点", None),
        ("从2020年到2022年，机构减少40家。", "40家", "2020/2022"),
        ("2023年，失业率从上半年5.6%降到5.3%。", "5.3%", "2023"),
        ("去年9月至今年6月，开展巡查120次。", "120次", "2023-09/2024-06"),
        ("截至四月底，压减率为97%。", "97%", "../2024-04"),
        ("“2022年先进单位”达到50个。", "50个", None),
        ("满意率为95%（2022年）。", "95%", "2022"),
        ("2022年，投入3亿元；投入4亿元。", "4亿元", "2022"),
        ("在校生突破1万人、近三年翻了一番；高职院校9所。", "9所", None),
        ("2021年5月省里印发意见以来，查处机构80家。", "80家", "2021-05/.."),
    ],
)
def test_in_the_sentence(text: str, figure: str, expected: str | None) -> None:
    assert period_of(text, figure, published="2024-06-01")[0] == expected


def test_a_title_may_name_a_plan_alone() -> None:
    text = "工作报告\n一、“十四五”发展回顾\n新建学校8所。\n"
    assert period_of(text, "8所", published="2026-01-28")[0] == "2021/2025"


def test_a_report_goes_on_with_its_plan() -> None:
    text = (
        "工作报告\n各位代表：\n三、2026年重点任务\n新建学校8所。\n四、加强自身建设\n精简会议9%。\n"
    )
    assert period_of(text, "9%", published="2026-01-28")[0] == "2026"


def test_years_touched() -> None:
    assert Period("2021-04", "2023").years == 3
    assert Period("2021", "..").years == 0
    assert Period("..", "2023-05").year == 2023


@pytest.mark.parametrize(
    "text", ["99月99日1所", "9999年1所", "二〇二三年十三月1所", "连续0年1所。"]
)
def test_nonsense_does_not_raise(text: str) -> None:
    period_of(text, "1所", published="2024-01-01")


def test_an_explanation_names_what_is_open_and_what_does_not_govern() -> None:
    text = (
        "工作情况汇报\n一、2021年回顾\n2022年，县里召开会议3次，新建学校7所。"
        "按照《强师计划（2023—2025年）》，招聘教师90名，比2020年多30名。"
    )
    source = Source("example", text, Metadata(title="某县2019年总结", published="2023-04-01"))
    records = analyse(source, explain=True).indicators
    by_period = {record.figure: record.rules["period"] for record in records}
    assert by_period["90名"].rule == "period.opening"
    assert [(r.words, r.reason) for r in by_period["90名"].rejected] == [
        ("2023—2025年", "period.name"),
        ("2020年", "period.base"),
        ("2021年", "period.section: farther"),
    ]


def test_without_an_explanation_farther_periods_are_not_listed() -> None:
    _, decision = period_of("一、2021年回顾\n2022年，新建学校7所。", "7所", published="2023-04-01")
    assert decision.rejected == ()


@pytest.mark.parametrize(
    ("text", "figure", "published", "expected"),
    [
        # Dates that contradict one another, lie ahead or can be none never raise or invent a year.
        ("2022年9月至6月，巡查120次。", "120次", "2023-08-01", "2022-09/2023-06"),
        ("2023年至2021年，巡查120次。", "120次", "2023-08-01", None),
        ("目前，学校有8所。", "8所", "2999-01-01", None),
        ("近三年，新建学校8所。", "8所", "1900-01-01", None),
        ("昨日，新建学校8所。", "8所", "0001-01-01", None),
        ("昨日，新建学校8所。", "8所", "2023-02-31", None),
    ],
)
def test_odd_dates(text: str, figure: str, published: str, expected: str | None) -> None:
    assert period_of(text, figure, published=published)[0] == expected


def test_a_reply_speaks_when_it_was_signed() -> None:
    text = "现答复如下：\n今年，新建学校8所。\n某区教育局\n2023年8月10日\n"
    source = Source("example", f"发布日期：2024-01-05\n对建议的答复\n{text}")
    (record,) = analyse(source).indicators
    assert record.period == "2023"


def test_a_semicolon_at_the_end_of_a_line_goes_on() -> None:
    text = "2022年，每千人中大学程度的为2人；\n高中程度的为8人。"
    assert period_of(text, "8人", published="2023-01-01")[0] == "2022"


def test_a_date_takes_the_year_behind_it() -> None:
    text = "7月8日，2021年暑期托管启动，共设托管点9个。"
    assert period_of(text, "9个", published="2022-02-10")[0] == "2021"


def test_a_title_of_two_years_names_each_for_its_part() -> None:
    text = "一、工作总结\n新建学校{}所。\n二、工作打算\n新建学校{}所。\n"
    title = "某县教育局2024年工作总结暨2025年工作打算"
    assert period_of(text.format(8, 9), "8所", title, "2024-12-20")[0] == "2024"
    assert period_of(text.format(8, 9), "9所", title, "2024-12-20")[0] == "2025"


def test_a_tables_title_with_its_year_speaks_for_the_table_only() -> None:
    table = "2021年全县教育情况\n指标\t招生数（人）\t在校生数（人）\n小学\t1046\t5061\n初中\t800\t2300\n"
    text = f"九、教育\n学校布局更加合理，群众更加满意。\n{table}全县新建学校12所。\n年末，全县共有学校90所。\n"
    cell, *_, built, schools = analyse(Source("a.txt", text)).indicators
    assert (cell.period, built.period) == ("2021", None)
    assert schools.period is None
