"""Tables whose heads must be inferred: from how regular their rows are, and from what adds up."""

from __future__ import annotations

import pytest

from shuangjian_cli.api import analyse
from shuangjian_cli.model import Analysis, Source


def read(text: str) -> Analysis:
    return analyse(Source("a.txt", text))


def subjects(text: str) -> list[tuple[str, str]]:
    """The figures of a text with their subjects."""
    return [(record.figure, record.subject) for record in read(text).indicators]


NUMBERED = {
    "asides in heads": (
        (
            "2023年甲县学生资助情况汇总表\n序号 | 街道 | 总人数 | 初中 | 小学 | 合计 | ||\n"
            "日托生（三类学生，每人每年800元） | 寄宿生 | 日托生（三类学生，每人每年600元） | 寄宿生 | 补助经费合计 | |||\n"
            "1 | 东街 | 210 | 40 | 35 | 70 | 65 | 41520 |\n2 | 西街 | 180 | 30 | 25 | 70 | 55 | 36210 |\n"
            "合计 | 390 | 70 | 60 | 140 | 120 | 77730 |\n"
        ),
        ["总人数", "初中日托生", "初中寄宿生", "小学日托生", "小学寄宿生", "补助经费"],
    ),
    "remarks": (
        (
            "教师培训统计表\n序号 | 单位名称 | 城区 | 农村 | 备注 | |\n骨干教师 | 新任教师 | 骨干教师 | 新任教师 | | |\n"
            "1 | 一中 | 12 | 8 | 3 | 2 | |\n2 | 二中 | 10 | 9 | 4 | 6 | |\n合计 | 22 | 17 | 7 | 8 | |\n"
        ),
        ["城区骨干教师", "城区新任教师", "农村骨干教师", "农村新任教师"],
    ),
    "one below one": (
        (
            "各镇学校与学生数\n序号 | 镇名 | 小学 | 初中 | 总计 | ||\n学校数 | 学生数 | 学校数 | 学生数 | 学生总计 | |||\n"
            "1 | 青山镇 | 6 | 1210 | 1 | 520 | 1730 |\n2 | 白水镇 | 5 | 1005 | 2 | 640 | 1645 |\n"
            "总计 | 11 | 2215 | 3 | 1160 | 3375 |\n"
        ),
        ["小学学校数", "小学学生数", "初中学校数", "初中学生数", "学生"],
    ),
}


@pytest.mark.parametrize("table", NUMBERED)
def test_a_total_without_a_number_below_numbered_rows(table: str) -> None:
    text, expected = NUMBERED[table]
    found = [subject for _, subject in subjects(text)]
    assert len(found) == 3 * len(expected)
    assert all(map(str.endswith, found, expected * 3)), found
    assert found[-len(expected) :] == expected


def test_who_is_counted_under_a_title_of_aid_is_aided() -> None:
    records = read(NUMBERED["asides in heads"][0]).indicators
    assert {record.metric for record in records if "寄宿生" in record.subject} == {"student_aid"}
    titled = "2023年甲县学生情况汇总表\n" + NUMBERED["asides in heads"][0].partition("\n")[2]
    assert "student_aid" not in {record.metric for record in read(titled).indicators[1:5]}
