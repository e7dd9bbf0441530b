"""Forms: labels and values by turns, and small tables stacked in one."""

from __future__ import annotations

from shuangjian_cli.api import analyse
from shuangjian_cli.model import Analysis, Source
from shuangjian_cli.structure.tables import forms


def read(text: str) -> Analysis:
    return analyse(Source("a.txt", text))


def figures(text: str) -> list[tuple[str, str, str | None]]:
    """The figures of a text with their subjects and units."""
    return [(each.figure, each.subject, each.unit) for each in read(text).indicators]


TURNS = (
    "清溪县第三小学基本情况表（2021年）\n| 学校名称 | 清溪县第三小学 | 办学性质 | 公办 |\n"
    "| 占地面积（平方米） | 12600 | 建筑面积（平方米） | 8450 |\n| 在校生数 | 1216人 | 班级数 | 28个 |\n"
    "| 教职工数 | 84 | 其中：专任教师 | 79 |\n| 校长 | 张某 | 电话 | 0311-5550101 |\n"
)


def test_labels_and_values_by_turns() -> None:
    expected = [
        ("12600", "小学占地面积", "平方米"),
        ("8450", "小学建筑面积", "平方米"),
        ("1216人", "小学在校生数", "人"),
        ("28个", "小学班级数", "个"),
        ("84", "小学教职工数", None),
        ("79", "小学专任教师", None),
    ]
    assert figures(TURNS) == expected
    lines = [line.strip("| ").replace(" | ", "\t") for line in TURNS.splitlines()]
    assert figures("\n".join(lines)) == expected


def test_names_of_bodies_side_by_side_are_no_labels() -> None:
    table = (
        "| 学校 | 班数 | 性质 | 人数 |\n| 一小 | 12 | 公办 | 356 |\n| 二小 | 18 | 民办 | 540 |\n"
    )
    found = figures(f"甲县学校情况\n{table}")
    assert [subject[-2:] for _, subject, _ in found] == ["班数", "人数"] * 2


STACKED = (
    "永宁中学办学条件公示表（2019年）\n| 在校学生人数（人） | 1680（初中） | |||\n"
    "| 招生计划（班、人） | 12个班，600人 | |||\n| 校舍 | ||||\n"
    "| 是否达标 | 占地面积（亩） | 校舍面积（M2） | 教学用房 | |\n| 教室（间） | 面积（M2） | |||\n"
    "| 是 | 85.6 | 32400 | 48 | 3900 |\n| 师资 | ||||\n| 教职工（人） | 其中：专任教师 | |||\n"
    "| 人数（人） | 高级职称人数（人） | 高级职称比例（%） | 退休教师比例（%） | |\n"
    "| 148 | 132 | 41 31.1% | ||\n"
)


def test_small_tables_stacked_in_one() -> None:
    found = figures(STACKED)
    assert [(figure, unit) for figure, _, unit in found] == [
        ("1680", "人"),
        ("12个", "个"),
        ("600人", "人"),
        ("85.6", "亩"),
        ("32400", "平方米"),
        ("48", "间"),
        ("3900", "平方米"),
        ("148", "人"),
        ("132", "人"),
        ("41", "人"),
        ("31.1%", "%"),
    ]
    words = ["在校学生", "招生", "招生", "占地", "校舍", "教学用房教室", "教学用房面积"]
    words += ["教职工", "专任教师", "高级职称人数", "高级职称比例"]
    for (_, subject, _), word in zip(found, words, strict=True):
        assert word in subject


def test_a_row_of_values_that_no_labels_fit_is_told() -> None:
    table = (
        "| 班级数（个） | 学生数（人） | |||\n| 36 | 1680 | |||\n| 占地（亩） | 校舍（平方米） | |||\n"
        "| 85.6 | 32400 | 14500 | 3900 | 12 |\n"
    )
    analysis = read(f"永宁中学办学条件公示表（2019年）\n{table}")
    assert [each.figure for each in analysis.indicators] == ["36", "1680"]
    told = [each.numeral for each in analysis.unparsed if each.reason == forms.NO_FIT]
    assert told == ["85.6", "32400", "14500", "3900", "12"]


def test_units_below_the_names_of_fees() -> None:
    table = (
        "| 核定规模（班） | 12 | 在园幼儿（人） | 356 |\n| 保教费 | 伙食费 | 住宿费 | 代收费 |\n"
        "| （元/月） | （元/天） | | （元/学期） |\n| 480 | 12 | | 60 |\n"
    )
    found = figures(f"2022年某镇幼儿园收费公示表\n{table}")
    assert [unit for _, _, unit in found] == ["班", "人", "元/月", "元/天", "元/学期"]
