"""What a figure takes from the one before it: a grid of what it is, where it stands, and its unit.

One row for each pair: level, change, share, among (其中), rank or list · in the same sentence, in the
next one, or in a bracket · counted in the same unit or in another. The subject is the one that a
reader of the row expects.
"""

from __future__ import annotations

import pytest

import shuangjian_cli as sj

GRID = [
    # level
    ("level", "same", "same", "小学在校生3万人，初中1.6万人。", "1.6万人", "初中在校生"),
    ("level", "same", "other", "全县小学招生900人，班级42个。", "42个", "小学班级"),
    ("level", "next", "same", "全县普通高中招生900人。在校生2800人。", "2800人", "普通高中在校生"),
    ("level", "next", "other", "全县普通高中13所。专任教师960人。", "960人", "普通高中专任教师"),
    ("level", "bracket", "same", "发放助学金820万元（中央资金510万元）。", "510万元", "中央资金"),
    ("level", "bracket", "other", "全县幼儿园86所（专任教师740人）。", "740人", "幼儿园专任教师"),
    # change
    ("change", "same", "same", "小学在校生3万人，比上年增加1200人。", "1200人", "小学在校生"),
    ("change", "same", "other", "小学在校生3万人，同比增长4.2%。", "4.2%", "小学在校生"),
    ("change", "next", "same", "普通高中招生900人。比上年增加60人。", "60人", "普通高中招生"),
    ("change", "next", "other", "普通高中招生900人。比上年增长7.1%。", "7.1%", "普通高中招生"),
    ("change", "bracket", "same", "寄宿生4100人（比上年减少90人）。", "90人", "寄宿生"),
    ("change", "bracket", "other", "寄宿生4100人（下降2.1%）。", "2.1%", "寄宿生"),
    # share
    ("share", "same", "same", "体质优良率61%，其中初中占29%。", "29%", "初中"),
    ("share", "same", "other", "寄宿生4100人，占在校生的23%。", "23%", "寄宿生占在校生"),
    ("share", "next", "other", "专任教师960人。占教职工的81%。", "81%", "专任教师占教职工"),
    ("share", "bracket", "other", "女教师610人（占专任教师的63%）。", "63%", "女教师占专任教师"),
    # among
    ("among", "same", "same", "专任教师960人，其中高级教师210人。", "210人", "高级教师"),
    ("among", "same", "other", "新增学位3万个，其中改扩建学校12所。", "12所", "改扩建学校"),
    ("among", "next", "same", "关停机构46家。其中学科类31家。", "31家", "学科类关停机构"),
    ("among", "next", "other", "专任教师960人。其中，具有本科以上学历的占92%。", "92%", "具有本科以上学历专任教师"),
    ("among", "bracket", "same", "专任教师960人（其中，小学410人）。", "410人", "小学专任教师"),
    ("among", "bracket", "other", "新建学校9所（其中投资3.1亿元）。", "3.1亿元", "投资"),
    # rank
    ("rank", "same", "other", "学前三年入园率94%，居全省第2位。", "第2位", "学前三年入园率"),
    ("rank", "next", "other", "学前三年入园率94%。居全省第2位。", "第2位", "学前三年入园率"),
    ("rank", "bracket", "other", "体质优良率61%（列全市第3位）。", "第3位", "体质优良率"),
    # list
    ("list", "same", "same", "小学、初中在校生分别为3万人、1.6万人。", "1.6万人", "初中在校生"),
    ("list", "same", "other", "小学、初中招生900人、700人，分别增长4%、6%。", "6%", "初中招生"),
    ("list", "next", "other", "小学、初中招生分别为900人、700人。分别增长4%、6%。", "6%", "初中招生"),
    ("list", "bracket", "same", "新增学位3万个（小学、初中分别新增2万个、1万个）。", "1万个", "初中新增学位"),
    ("list", "bracket", "other", "小学、初中招生900人、700人（分别增长4%、6%）。", "4%", "小学招生"),
]  # fmt: skip


COMPETING = [
    # A figure that follows on the one before it is of the same, though an earlier one has its unit.
    ("joined", "", "", "下拨资金80万元，资助困难学生820人次约60万元。", "60万元", "资助困难学生"),
    # What a bracket tells apart is over where it closes.
    ("bracket", "closed", "", "专任教师960人（其中女教师610人），比上年增加30人。", "30人", "专任教师"),
    # A share moves by points, a count does not.
    ("points", "", "", "近视率48%，在校生3.2万人，下降3.2个百分点。", "3.2个百分点", "近视率"),
    ("points", "far", "", "近视率48%，在校生3.2万人，班级90个，下降3.2个百分点。", "3.2个百分点", "近视率"),
    # A part is of what was counted in its unit.
    ("among", "unit", "", "新增学位3万个，到账资金2亿元，其中民办1.2万个。", "1.2万个", "民办新增学位"),
    # What was done keeps to its own words, where its school type opened nothing.
    ("opened", "", "", "小学专任教师960人，招聘专任教师40人。", "40人", "招聘专任教师"),
    # … and is its carrier's where that opened the item as what acts in it.
    ("opened", "acts", "", "高中教育阶段投入资金3亿元，新建项目校4所。", "4所", "高中教育阶段新建项目校"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "figure", "subject"),
    [row[3:] for row in COMPETING],
    ids=["-".join(row[:3]) for row in COMPETING],
)
def test_what_competes(text: str, figure: str, subject: str) -> None:
    assert {record.figure: record.subject for record in sj.extract(text)}[figure] == subject


@pytest.mark.parametrize(
    ("text", "figure", "subject"),
    [row[3:] for row in GRID],
    ids=["-".join(row[:3]) for row in GRID],
)
def test_what_a_figure_takes_from_the_one_before(text: str, figure: str, subject: str) -> None:
    found = {record.figure: record for record in sj.extract(text)}[figure]
    assert subject in found.subject
    assert len(found.subject) <= len(subject) + 3, found.subject
    assert not set(found.subject) & set("，。；（）0123456789")


def test_a_subject_is_not_carried_from_far_away() -> None:
    """A paragraph's figures follow on one another, and not on the first of it."""
    said = "".join(f"第{n}小学食堂{n}个。" for n in range(21, 40))
    records = sj.extract(f"全县普通高中招生900人。{said}比上年增加3个。")
    assert "普通高中" not in records[-1].subject


def test_a_noun_that_shared_out_figures_count_is_not_certain() -> None:
    text = "2023年，嘉禾县东园、西园分别可提供8班240个学位、5班150个学位。"
    records = sj.extract(text)
    assert "certain" not in {r.confidence for r in records if r.unit == "个"}
