"""Tags of whole sentences, through the Python API."""

from __future__ import annotations

from shuangjian_cli.api import analyse
from shuangjian_cli.model import Analysis, Source


def tags(text: str) -> Analysis:
    return analyse(Source("page.txt", text))


def test_a_half_width_semicolon_ends_a_sentence_and_its_contexts_reach_over_it() -> None:
    text = "2022年,海州市建成幼儿园6所;招聘教师90名;\n全市出台制度3项。"
    found = tags(text)
    assert [each.sentence for each in found.sentences] == [
        "2022年,海州市建成幼儿园6所;",
        "招聘教师90名;",
        "全市出台制度3项。",
    ]
    assert [each.figures for each in found.sentences] == [1, 1, 1]
    assert [each.metrics for each in found.sentences[:2]] == [("schools_built",), ("teachers",)]
    teachers = found.indicators[1]
    assert teachers.period == "2022"
    assert teachers.sentence == text[teachers.sentence_start : teachers.sentence_end]
    assert teachers.sentence == "招聘教师90名;"
