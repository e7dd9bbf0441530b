"""Where a text holds a table, and what its cells are."""

from __future__ import annotations

import pytest

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
