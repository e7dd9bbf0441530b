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
        "各县学校数\n县 | 2021年2022年2023年\n甲县 | 121314\n乙县 | 101112\n丙县 | 91011\n",
        "甲县   12   4018\n乙县   15   5120\n丙县   9   3306\n",
    ],
)
def test_a_table_that_cannot_be_understood_is_told_and_gives_no_figure(text: str) -> None:
    analysis = analyse(Source("a.txt", text))
    assert analysis.indicators == ()
    assert analysis.notes
    assert all("--unparsed" in note for note in analysis.notes)
    assert analysis.unparsed


def laid(table: Table, document: Document, row: int) -> list[tuple[str, int, int]]:
    """The cells of a row: words, column, and over how many columns."""
    text = document.folded.text
    return [(text[c.start : c.end], c.column, c.columns) for c in table.grid.row(row)]


@pytest.mark.parametrize("mark", [" |", "|", ""], ids=["bars", "bars close", "lines"])
def test_numbers_that_count_the_rows_are_no_figures(mark: str) -> None:
    cells = "序号 幼儿园 班级 学位 1 东关园 6 180 2 西关园 9 270 3 北关园 12 360 合计 27 810"
    document, (table,) = tables("".join(f"{cell}{mark}\n" for cell in cells.split()))
    words = [[text for text in row if text] for row in rows(document, table)]
    assert words == [
        row.split()
        for row in cells.replace(" 合", "#合")
        .replace(" 1 ", "#1 ")
        .replace(" 2 ", "#2 ")
        .replace(" 3 ", "#3 ")
        .split("#")
    ]
    assert table.stub == 2


def test_a_value_that_goes_on_with_the_numbers_of_rows_is_none_of_them() -> None:
    cells = "序号 指标 现状 目标 属性 1 甲率 71 75 约束 2 乙率 64 3 预期 3 丙率 55 60 约束 4 丁率 50 52 预期"
    document, (table,) = tables("\n".join(cells.split()) + "\n")
    assert [row[0] for row in rows(document, table)] == ["序号", "1", "2", "3", "4"]


def test_a_cell_of_two_lines_behind_the_number_of_its_row() -> None:
    cells = "序号 指标 现状 目标 属性 1 甲率 71 75 约束 2 乙率 其中：丙率 64 22 68 30 预期 3 丁率 55 60 约束 4 戊率 50 52 预期"
    document, (table,) = tables("\n".join(cells.split()) + "\n")
    body = rows(document, table)
    assert body[2] == ["2", "乙率", "64", "68", "预期"]
    assert body[3] == ["其中：丙率", "22", "30", "预期"]


def test_heads_that_are_broken_over_lines_go_on_below() -> None:
    text = "全市各级学校情况\n  校  数 招生 在校 专任\n (所)  人数 学生数 教师 #女\n    (人) (人) (人)\n 小学 31 2903 17044 1102 688\n 初中 12 2610 8021 705 402\n"
    document, (table,) = tables(text)
    assert table.rows == ("head", "continued", "continued", "body", "body")
    assert laid(table, document, 2) == [("（人）", 2, 1), ("（人）", 3, 1), ("（人）", 4, 1)]
    indicators = analyse(Source("a.txt", text)).indicators[:5]
    assert [(each.subject, each.unit) for each in indicators] == [
        ("小学校数", "所"),
        ("小学招生人数", "人"),
        ("小学在校学生数", "人"),
        ("小学专任教师", "人"),
        ("小学女专任教师", "人"),
    ]


def test_heads_given_level_by_level_lie_below_the_one_that_counts_nothing() -> None:
    heads = "县 区 | 适龄儿童 入 学 率 |\n初 中 | 托育机构数 (家) |\n在托婴幼儿 (人) |\n||||\n巩固率 | 辍学率 | |||\n"
    body = "甲 县 | 99.10 | 97.20 | 0.31 | 12 | 480 | |||\n乙 县 | 98.40 | 96.70 | 0.52 | 9 | 350 | |||\n"
    indicators = analyse(Source("a.txt", f"2021年各县情况\n单位:%\n{heads}{body}")).indicators[:5]
    assert [(each.subject.removeprefix("甲县"), each.unit) for each in indicators] == [
        ("适龄儿童入学率", "%"),
        ("初中巩固率", "%"),
        ("初中辍学率", "%"),
        ("托育机构数", "家"),
        ("在托婴幼儿", "人"),
    ]


@pytest.mark.parametrize("empty", [False, True])
def test_the_title_above_cells_that_bars_stand_behind_is_no_cell(empty: bool) -> None:
    cells = "地区 园数 教师数 桐庐县 41 310 建德市 38 295 淳安县 27 204"
    lines = "".join(f"{cell} |\n" + "|\n" * (empty and cell == "教师数") for cell in cells.split())
    text = f"3-2 分县幼儿园情况（2012年）\n计量单位：人\n{lines}"
    indicators = analyse(Source("a.txt", text)).indicators
    assert [(each.subject, each.period) for each in indicators[:2]] == [
        ("幼儿园园数", "2012"),
        ("幼儿园教师数", "2012"),
    ]


def test_parts_of_a_table_whose_cells_stand_one_a_line_follow_each_other() -> None:
    cells = (
        "指标 2011年 2015年 幼儿园 教师数 705 918 班数 96 120 小学 教师数 1304 1377 班数 610 655"
    )
    lines = "".join(f"{cell} |\n" + "||\n" * (cell in ("幼儿园", "小学")) for cell in cells.split())
    indicators = analyse(Source("a.txt", f"师资和班级 |\n||\n{lines}")).indicators
    assert [each.subject for each in indicators[::2]] == [
        "幼儿园教师数",
        "幼儿园班数",
        "小学教师数",
        "小学班数",
    ]


def test_a_title_over_rows_without_heads_is_the_text_s() -> None:
    rows = "照相机\n架\n17\n电冰箱\n台\n88\n洗衣机\n台\n95\n摩托车\n辆\n31\n"
    text = f"清河县2019年教育事业统计公报（3）\n{rows}年末全县小学60所，在校学生8900人。\n"
    indicators = analyse(Source("a.txt", text)).indicators
    assert [each.subject for each in indicators[:2]] == ["照相机", "电冰箱"]
    assert {each.period for each in indicators} == {"2019"}


def test_figures_of_a_table_whose_heads_do_not_reach_all_columns_are_to_be_checked() -> None:
    text = "2021年学校情况\n| 项目 | 学校数 | 在校生 |\n| 甲镇 | 3 | 400 | 20 | 7 |\n| 乙镇 | 5 | 500 | 30 | 8 |\n"
    for each in analyse(Source("a.txt", text)).indicators:
        assert each.confidence == "check"
        assert "some columns of the table have no head" in each.reasons


@pytest.mark.parametrize(
    "table",
    [
        "学段 | 学校数 | 在校生数 | 班级数\n小学 | 12 | 3400\n初中 | 6 | 1800\n",
        "学段\n学校数\n在校生数\n教师数\n班级数\n小学\n12\n3400\n210\n初中\n6\n1800\n160\n",
    ],
)
def test_figures_of_a_table_with_more_heads_than_columns_are_to_be_checked(table: str) -> None:
    for each in analyse(Source("a.txt", f"会宁县2022年教育情况\n{table}")).indicators:
        assert each.confidence == "check"
        assert "the table has more heads than columns" in each.reasons


def test_units_in_a_row_of_their_own_are_no_doubt() -> None:
    table = "学段 | 学校数 | 在校生数\n | （所） | （人）\n小学 | 12 | 3400\n初中 | 6 | 1800\n"
    for each in analyse(Source("a.txt", f"会宁县2022年教育情况\n{table}")).indicators:
        assert each.confidence == "certain"


@pytest.mark.parametrize(
    "heads",
    [
        "县区 学校数 学生数\n小学 初中 小学 初中\n",
        "县  区   学校数      学生数\n    小学   初中    小学   初中\n",
        "县区\t学校数\t\t学生数\n\t小学\t初中\t小学\t初中\n",
        "县区 | 学校数 | | 学生数 |\n| 小学 | 初中 | 小学 | 初中 |\n",
    ],
    ids=["blanks", "runs of blanks", "tabs", "bars"],
)
def test_a_corner_stands_beside_heads_of_groups(heads: str) -> None:
    body = "甲县   12   5   3100   1200\n乙县   10   4   2900   1100\n"
    parted = "\t" if "\t" in heads else " | " if "|" in heads else "   "
    document, (table,) = tables(f"2020年学校情况\n{heads}{body.replace('   ', parted)}")
    above = [(words, column, columns) for words, column, columns in laid(table, document, 0)]
    assert [place for place in above if place[0]][1:] == [("学校数", 1, 2), ("学生数", 3, 2)]


def test_cells_before_the_first_words_of_a_line_count_where_tabs_part_them() -> None:
    text = "县区\t学校数\t开展学校\t\t满意率\n\t\t校数\t占比\t\n甲县\t12\t11\t91.7%\t96%\n乙县\t10\t10\t100%\t97%\n"
    indicators = analyse(Source("a.txt", text)).indicators[:4]
    assert [each.subject for each in indicators] == [
        "甲县学校数",
        "甲县开展学校校数",
        "甲县开展学校占比",
        "甲县满意率",
    ]
