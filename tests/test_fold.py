"""Folding: canonical characters, and offsets that lead back."""

from __future__ import annotations

import re
from array import array
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import shuangjian_cli as sj
from shuangjian_cli.model import Folded, Grid
from shuangjian_cli.structure.fold import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("占比１２．５％", "占比12.5%"),
        ("Ａ＋Ｂ－Ｃ／Ｄ～Ｅ", "A+B-C/D~E"),
        ("你好,世界;是吗?是!(对)", "你好，世界；是吗？是！（对）"),
        ("你好，世界；是吗？是！（对）：“一”‘二’《三》【四】〔五〕、六。", None),
        ("共1,234所,其中12,345,678人", "共1,234所，其中12,345,678人"),
        ("列出1,23和1,2345和1,23456", "列出1，23和1,2345和1，23456"),
        ("１，２３４万", "1,234万"),
        ("投入29. 6亿元，占98 .5%", "投入29.6亿元，占98.5%"),
        ("学校34·16万所，占12·5%", "学校34.16万所，占12.5%"),
        ("2020·05·06，甲·12号", None),
        ("新建1, 234所，共1, 234, 567人", "新建1,234所，共1,234,567人"),
        ("98. 5%的家长\n甲县\t12. 5%", "98.5%的家长\n甲县|12.5%"),
        ("3. 85%的家长\n1. 30所学校；2. 6亿元；附件1. 5万元；小学1. 30所", None),
        ("得分为88，120所；分别招收120，150，180人；1856，234所", None),
        (
            "巩固率95。7%,提高0。2个百分点。全国19。86万所",
            "巩固率95.7%，提高0.2个百分点。全国19.86万所",
        ),
        ("由31?2%升至46？05%，几所？3所", "由31.2%升至46.05%，几所？3所"),
        ("缩小至2.54。30个县；指数达到91。30个县；共90。2023年", None),
        (
            "达98-8%和98-7‰，占8-98%，为30-60%，电话010-8%",
            "达98.8%和98.7‰，占8-98%，为30-60%，电话010-8%",
        ),
        ("占0.0l%、5.O%,A1O2", "占0.01%、5.0%，A1O2"),
        ("增加5.8²万个、98.5%¹,²，投资5×10⁸元、12m²", "增加5.8万个、98.5%，投资5×10⁸元、12m²"),
        ("༢༠所、१०万、𝟏𝟐名", "20所、10万、12名"),
        ("时间:上午8:30", "时间：上午8:30"),
        ("师生比１７．３：１,合15.2∶1", "师生比17.3:1，合15.2:1"),
        ("来源∶本报", "来源：本报"),
        ("见https://a.example/b", None),
        ("「甲『乙』」", "“甲‘乙’”"),
        ("甲\u3000乙\u00a0丙\t丁\u2003戊", "甲 乙 丙|丁 戊"),
        ("\t一、\t甲\t", " 一、 甲 "),
        ("2023 年投入 1.2 万元，占 45 %", "2023年投入1.2万元，占45%"),
        ("1 总体情况\n12 教师\n3 所学校", "1 总体情况\n12 教师\n3所学校"),
        ("点击：9,045\u3000字号  8  号", "点击：9,045 字号  8  号"),
        ("甲\r乙\u2028丙\x0b丁\x85戊", "甲\n乙\n丙\n丁\n戊"),
        ("甲\r\n\r\n乙", "甲\n\n乙"),
        ("全\u200b覆\u00ad盖\ufeff", "全覆盖"),
        ("學科類培訓機構壓減率達到九成,後續覆蓋臺灣", "学科类培训机构压减率达到九成，后续覆盖台湾"),
        ("爲羣衆辦敎硏", "为群众办教研"),
        ("陝西省與陜西省", "陕西省与陕西省"),
        ("乾县著名覆盖存摺瞭望藉此台州", None),
        ("⻄藏⻓期⾦融⻔户", "西藏长期金融门户"),
        ("⻑期", "长期"),
        ("\uf9d1年", "六年"),
        ("二○三五年、二OO八年", "二〇三五年、二〇〇八年"),
        ("O型○甲", None),
        ("1200㎡、①甲、Ⅲ级、0.5‰、m²", None),
        ("", None),
    ],
)
def test_canonical_forms(text: str, folded: str | None) -> None:
    assert fold(text).text == (text if folded is None else folded)


def test_nothing_removed_keeps_positions() -> None:
    assert fold("１２％，學").origin is None


def test_offsets_lead_back_over_removed_characters() -> None:
    text = "甲\u200b乙\r\n１２\ufeff％"
    folded = fold(text)
    assert folded.text == "甲乙\n12%"
    start = folded.text.index("12%")
    assert text[folded.start(start) : folded.end(start + 3)] == "１２\ufeff％"
    assert (folded.start(0), folded.end(0)) == (0, 0)
    assert folded.end(len(folded.text)) == len(text)


def test_a_trailing_removed_character_is_in_no_span() -> None:
    folded = fold("甲乙\u200b")
    assert (folded.start(2), folded.end(2)) == (3, 2)


_ODD = st.text(
    st.sampled_from("甲學⻄１，,:：∶○O二年0129l%²⁸九。?\r\n\u200b\ufeff\u3000 /／(（.「"),
    max_size=30,
)


def _check(text: str, folded: Folded) -> None:
    again = fold(folded.text)
    assert again.text.replace(" ", "") == folded.text.replace(" ", "")
    if folded.origin is None:
        assert len(folded.text) == len(text)
        return
    origin = list(folded.origin)
    assert len(origin) == len(folded.text) + 1
    assert origin[-1] == len(text)
    assert all(a < b for a, b in pairwise(origin))
    for position, character in zip(origin, folded.text, strict=False):
        assert character in {text[position], fold(text[position]).text, *":,.〇01"}


@given(st.one_of(st.text(max_size=40), _ODD))
def test_folding_is_idempotent_and_traceable(text: str) -> None:
    _check(text, fold(text))


def grid_of(text: str, start: int, end: int) -> Grid:
    """The cells in a part of a text whose rows have two."""
    starts, ends = array("i"), array("i")
    for cell in re.finditer(r"[^\t\n]+", text[start:end]):
        starts.append(start + cell.start())
        ends.append(start + cell.end())
    return Grid(2, starts, ends)


ROWS = "甲县\t12\n" * 5000


def test_the_tabs_of_a_large_grid_stay() -> None:
    text = f"甲\t乙\n{ROWS}丙\t３０\n"
    grid = grid_of(text, 4, 4 + len(ROWS))
    assert fold(text, [grid]).text == f"甲|乙\n{ROWS}丙|30\n"
    assert fold(text[: 4 + 12], [grid_of(text, 4, 4 + 12)]).text == "甲|乙\n甲县|12\n甲县|12\n"


def test_a_large_sheet_that_folding_leaves_as_it_is_is_held_once() -> None:
    assert fold(ROWS, [grid_of(ROWS, 0, len(ROWS))]).text is ROWS


@pytest.mark.parametrize(
    ("written", "usual"),
    [
        ("全县有老师420名。", "全县有教师420名。"),
        ("兴建幼稚园3所。", "新建幼儿园3所。"),
        ("学校有在读学生300人。", "学校有在校学生300人。"),
        (
            "上海老师范生和随迁入学子女、学子参加落成仪式。",
            "上海老师范生和随迁入学子女、学生参加落成仪式。",
        ),
    ],
)
def test_words_that_say_what_a_more_usual_one_says(written: str, usual: str) -> None:
    folded = fold(written)
    assert folded.text == usual
    assert folded.origin is None  # each stands where the text has it


def test_variants_are_shown_as_they_were_written() -> None:
    (record,) = sj.extract("2022年，泾县兴建幼稚园3所。")
    assert (record.subject, record.metric, record.stage) == (
        "兴建幼稚园",
        "schools_built",
        "preschool",
    )
