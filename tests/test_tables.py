"""Where a text holds a table, and what its cells are."""

from __future__ import annotations

import pytest

from shuangjian_cli.api import analyse
from shuangjian_cli.model import Document, Source, Table
from shuangjian_cli.structure import structure


def tables(text: str) -> tuple[Document, tuple[Table, ...]]:
    document = structure(Source("a.txt", text))
    return document, document.tables


def rows(document: Document, table: Table) -> list[list[str]]:
    """The words of a table's cells, by row."""
    text = document.folded.text
    return [
        [text[cell.start : cell.end] for cell in table.grid.row(row)]
        for row in range(table.grid.rows)
    ]


WORDS = [["类别", "学校数", "学生数"], ["小学", "61", "20418"], ["初中", "24", "9630"]]
PARTED = {
    "tabs": "\n".join("\t".join(row) for row in WORDS),
    "bars": "\n".join(" | ".join(row) for row in WORDS),
    "markdown": "| 类别 | 学校数 | 学生数 |\n|---|---|---|\n| 小学 | 61 | 20418 |\n| 初中 | 24 | 9630 |",
    "blanks": "\n".join("   ".join(row) for row in WORDS),
    "bars behind cells": "".join(f"{cell} |\n" for row in WORDS for cell in row),
    "bars between cells": "".join(f"{cell}\n|\n" for row in WORDS for cell in row),
    "lines": "\n".join(cell for row in WORDS for cell in row),
    "lines apart": "\n\n".join(cell for row in WORDS for cell in row),
}


@pytest.mark.parametrize("parted", PARTED)
def test_a_table_is_found_however_its_cells_are_parted(parted: str) -> None:
    document, (table,) = tables(f"全县教育情况如下。\n{PARTED[parted]}\n以上数据来自年报。\n")
    assert rows(document, table) == WORDS
    assert table.rows == ("head", "body", "body")
    assert table.stub == 1
    kinds = [sentence.kind for sentence in document.sentences]
    assert kinds == ["prose", "table", "table", "table", "prose"]


@pytest.mark.parametrize(
    "text",
    [
        "首页 | 机构 | 新闻 | 公开\n全县有小学12所。\n",
        "姓名 | 职务 | 单位\n王某 | 校长 | 第一小学\n李某 | 教师 | 第二小学\n",
        "一、主要做法\n二、存在问题\n三、下一步打算\n全县有小学12所，初中3所。\n",
        "2023年共建学校12所，新增学位3000个。\n2022年共建学校9所，新增学位2100个。\n",
    ],
)
def test_prose_navigation_and_words_are_no_table(text: str) -> None:
    _, found = tables(text)
    assert found == ()


def test_a_short_row_is_laid_by_the_size_of_its_numbers() -> None:
    cells = "类别 学校 学生 教师 生师比 小学 20 9000 600 15.00 初中 8 4200 300 14.00 高中 2400 200 12.00"
    document, (table,) = tables("\n".join(cells.replace(" ", " |\n").split("\n")) + " |\n")
    last = [table.grid.cell(3, column) for column in range(5)]
    text = document.folded.text
    assert [cell and text[cell.start : cell.end] for cell in last] == [
        "高中",
        None,
        "2400",
        "200",
        "12.00",
    ]


def test_two_tables_under_each_other_are_two() -> None:
    text = "| 项目 | 数量 |\n| 学校 | 12所 |\n| 教师 | 300人 |\n二、经费\n| 年度 | 投入 | 支出 |\n| 甲镇 | 1.2亿元 | 1.1亿元 |\n| 乙镇 | 0.8亿元 | 0.7亿元 |\n"
    _, found = tables(text)
    assert [table.grid.columns for table in found] == [2, 3]


def flat(cells: str) -> str:
    """Cells one behind the other, as the text of some pages has them; a blank is written as _."""
    return "".join(f"{'' if cell == '_' else cell} |\n" for cell in cells.split())


def grid(text: str) -> list[list[str | None]]:
    """The words at each place of the one table of a text."""
    document, (table,) = tables(text)
    words = document.folded.text
    return [
        [
            None
            if (cell := table.grid.cell(row, column)) is None
            else words[cell.start : cell.end].replace("\n", "")
            for column in range(table.grid.columns)
        ]
        for row in range(table.grid.rows)
    ]


def test_heads_in_two_rows_stand_where_they_go_on() -> None:
    above = "年份 普通高等 普通 _ 职业 小学 学校 中学 #高中 中学"
    body = "1996 7.7 17.6 16.4 15.1 32.1 1997 4.1 15.9 14.2 _ 32.4 1998 5.4 7.6 8.8 9.9 25.4"
    first, second, *_ = grid(flat(f"{above} {body}"))
    assert first == ["年份", "普通高等", "普通", None, "职业", "小学"]
    assert second == [None, "学校", "中学", "#高中", "中学", None]


def test_groups_of_heads_reach_over_what_each_begins_anew() -> None:
    above = "_ 学校数（所） 班数（个） 合计 初中 一贯制 合计 一年级 二年级"
    body = "总计 53 39 14 940 480 460 公办 48 37 11 850 430 420 民办 5 2 3 90 50 40"
    first, second, *_ = grid(flat(f"{above} {body}"))
    assert first == [None, "学校数（所）", None, None, "班数（个）", None, None]
    assert second == [None, "合计", "初中", "一贯制", "合计", "一年级", "二年级"]


def test_cells_of_several_lines_are_several_rows() -> None:
    lines = "指标 2020年 2025年 属性 一、水平 1.毛入园率（%） 91.8 95 预期性 1.入学率（%） 99.8 99.9 约束性 2.班额达标比例（%） 其中：小学 初中 34.5 77.3 80 85 预期性 3.巩固率（%） 95 97 约束性"
    *_, whole, primary, lower, last = grid("\n".join(lines.split()) + "\n")
    assert whole[0] == "2.班额达标比例（%）"
    assert primary[:3] == ["其中：小学", "34.5", "80"]
    assert lower[:3] == ["初中", "77.3", "85"]
    assert last[:3] == ["3.巩固率（%）", "95", "97"]


def test_a_row_with_more_words_than_others_keeps_its_numbers() -> None:
    rows = grid(
        "| 项目 | Item | 2014 | 2015 |\n| 学校数合计 | （所） | Schools | （unit） | 169 | 170 |\n"
        "| 小学 | Primary | 93 | 94 |\n| 初中 | Junior | 50 | 51 |\n"
    )
    assert rows[1][-2:] == ["169", "170"]


def test_a_row_that_numbers_the_columns_is_no_body() -> None:
    _, (table,) = tables(
        "类别 | 学校 | 学生 | 教师\n甲 | 1 | 2 | 3\n小学 | 61 | 920 | 44\n初中 | 24 | 630 | 38\n"
    )
    assert table.rows == ("head", "head", "body", "body")


def test_heads_that_return_on_each_page_are_no_row() -> None:
    _, (table,) = tables(
        "类别\t学校\t学生\n小学\t61\t920\n初中\t24\t630\n类别\t学校\t学生\n高中\t6\t210\n"
    )
    assert table.rows == ("head", "body", "body", "head", "body")


@pytest.mark.parametrize(
    "text",
    [
        "各级学校校数\n1949年1978年1999年\n普通高等学校 205 5981071\n普通中学4050162345 77213\n小学34676994932 582291\n",
        "甲县   12   4018\n乙县   15   5120\n丙县   9   3306\n",
    ],
)
def test_a_table_that_cannot_be_understood_is_told_and_gives_no_figure(text: str) -> None:
    analysis = analyse(Source("a.txt", text))
    assert analysis.indicators == ()
    assert analysis.notes
    assert all("--unparsed" in note for note in analysis.notes)
    assert analysis.unparsed
