"""The tables that formats mark: cells by row and column, with what they reach over."""

from __future__ import annotations

import io
from typing import Any

import pytest

from shuangjian_cli.model import Grid, Source
from shuangjian_cli.read import read_bytes

docx = pytest.importorskip("docx")
pytest.importorskip("trafilatura")


def one(name: str, data: bytes) -> Source:
    (source,) = read_bytes(name, data)
    assert isinstance(source, Source), source
    return source


def cells(source: Source, grid: Grid) -> list[dict[int, str]]:
    """The words of each row's cells by column, ↓ and → for each row and column reached over."""
    for row in range(grid.rows):
        begun = [cell.start for cell in grid.row(row)]
        assert begun == sorted(begun)
        if begun and source.text[begun[0]] not in "\t\n":
            line = source.text[: begun[0]].rpartition("\n")[2]
            assert not line.strip()  # a row begins a line
    return [
        {
            cell.column: source.text[cell.start : cell.end]
            + "↓" * (cell.rows - 1)
            + "→" * (cell.columns - 1)
            for cell in grid.row(row)
        }
        for row in range(grid.rows)
    ]


def tables(name: str, data: bytes) -> list[list[dict[int, str]]]:
    source = one(name, data)
    return [cells(source, grid) for grid in source.grids]


# --- .html -----------------------------------------------------------------------------------


def page(body: str) -> bytes:
    return f"<html><body><p>各县学校情况如下。</p>{body}<p>以上。</p></body></html>".encode()


def test_heads_in_two_storeys() -> None:
    (table,) = tables(
        "a.html",
        page(
            "<table><thead><tr><td colspan=9>单位：人</td></tr>"
            "<tr><th rowspan=2>地区<th colspan=2>在校生<th rowspan=2>学校<br>（所）</tr>"
            "<tr><th>合计<th>#女</tr></thead><tbody><tr><td>　东县<td>90<td>40<td>3</tr>"
            "<tr><td>西县<td>80<td><td>2</tr></tbody></table>"
        ),
    )
    assert table == [
        {0: "单位：人→→→"},
        {0: "地区↓", 1: "在校生→", 3: "学校 （所）↓"},
        {1: "合计", 2: "#女"},
        {0: "东县", 1: "90", 2: "40", 3: "3"},
        {0: "西县", 1: "80", 2: "", 3: "2"},
    ]


def test_the_indent_of_a_part_stays_in_the_text() -> None:
    rows = "<tr><td>小学<td>9</tr><tr><td>&nbsp;　女<td>4</tr>"
    assert "\n\xa0　女\t4\n" in one("a.html", page(f"<table>{rows}</table>")).text


@pytest.mark.parametrize("span", ["0", "-1", "x", "", "1.5", "+1", "99999999999"])
def test_spans_that_make_no_sense(span: str) -> None:
    rows = f"<tr><td colspan='{span}'>甲<td>1</tr><tr><td rowspan='{span}'>乙<td>2</tr>"
    (table,) = tables("a.html", page(f"<table>{rows}</table>"))
    assert [list(row.values())[1].rstrip("→") for row in table] == ["1", "2"]


def test_a_cell_that_reaches_to_the_end_and_one_that_overlaps() -> None:
    (table,) = tables(
        "a.html",
        page(
            "<table><tr><td rowspan=0>甲<td>1<td rowspan=2>丙</tr>"
            "<tr><td colspan=2>2<td>3</tr><tr><td>4</tr></table>"
        ),
    )
    assert table == [{0: "甲↓↓", 1: "1", 2: "丙↓"}, {1: "2→", 3: "3"}, {1: "4"}]


def test_hidden_cells_and_rows_are_no_part() -> None:
    (table,) = tables(
        "a.html",
        page(
            "<table><tr><th>县<th hidden>号<th>学校</tr><tr hidden><td>东<td>1<td>5</tr>"
            "<tr><td>西<td hidden>2<td>6</tr></table>"
        ),
    )
    assert table == [{0: "县", 1: "学校"}, {0: "西", 1: "6"}]


def test_the_inner_table_is_the_table() -> None:
    inner = "<table><tr><td>东县<td>5</tr><tr><td>西县<td>6</tr></table>"
    (table,) = tables(
        "a.html", page(f"<table><tr><td>导航<td>{inner}</td></tr><tr><td>页脚</tr></table>")
    )
    assert table == [{0: "东县", 1: "5"}, {0: "西县", 1: "6"}]


def test_a_layout_of_columns_is_no_table() -> None:
    long = "<p>全县新建改建学校十所，增加优质学位，缓解大班额问题成效明显，群众满意。</p>" * 3
    assert tables("a.html", page(f"<table><tr><td>{long}<td>{long}</tr></table>")) == []


def test_a_page_of_absurd_spans() -> None:
    row = "<tr>" + "<td colspan=1000>1" * 2000 + "</tr>"
    source = one("a.html", page(f"<table>{row * 3}</table>"))
    assert source.grids == ()
    assert source.text.count("1") == 6000


# --- .docx -----------------------------------------------------------------------------------


def test_merged_cells_of_word() -> None:
    document = docx.Document()
    document.add_paragraph("各县学校情况如下。")
    table = document.add_table(4, 4)
    for row, words in enumerate(
        ["地区 在校生 - 学校", "- 合计 女 -", "东县 90 40 3", "一、说明 - - -"]
    ):
        for column, word in enumerate(words.split()):
            table.cell(row, column).text = "" if word == "-" else word
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 3).merge(table.cell(1, 3))
    table.cell(3, 0).merge(table.cell(3, 3))
    table.cell(2, 0).text = "东\n县\t城"
    assert tables("a.docx", saved(document)) == [
        [
            {0: "地区↓", 1: "在校生→", 3: "学校↓"},
            {1: "合计", 2: "女"},
            {0: "东 县 城", 1: "90", 2: "40", 3: "3"},
            {0: "一、说明→→→"},
        ]
    ]


def saved(document: Any) -> bytes:
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


def test_frames_around_text_and_tables() -> None:
    document = docx.Document()
    frame = document.add_table(1, 1).cell(0, 0)
    frame.text = "聘请辅导员\n共300名"
    inner = document.add_table(1, 2).cell(0, 1).add_table(2, 2)
    for row, words in enumerate([("东县", "5"), ("西县", "6")]):
        for column, word in enumerate(words):
            inner.cell(row, column).text = word
    source = one("a.docx", saved(document))
    assert source.text == "聘请辅导员\n共300名\n东县\t5\n西县\t6\n"
    assert [cells(source, grid) for grid in source.grids] == [
        [{0: "东县", 1: "5"}, {0: "西县", 1: "6"}]
    ]


def test_a_row_of_text_parts_a_table() -> None:
    document = docx.Document()
    table = document.add_table(3, 2)
    for row, words in enumerate([("东县", "5"), ("说明", ""), ("西县", "6")]):
        for column, word in enumerate(words):
            table.cell(row, column).text = word
    table.cell(1, 0).merge(table.cell(1, 1)).text = "全县新建学校。\n增加学位。"
    source = one("a.docx", saved(document))
    assert source.text == "东县\t5\n全县新建学校。\n增加学位。\n西县\t6\n"
    assert [grid.rows for grid in source.grids] == [1, 1]


# --- .md -------------------------------------------------------------------------------------


def test_pipes_of_markdown() -> None:
    text = "# 通报\n\n| 县 | **学校** |\n|---|---:|\n| 东 | 5 |\n| 西 | |\n| 南 |\n\n以上。\n"
    assert tables("a.md", text.encode()) == [
        [{0: "县", 1: "学校"}, {0: "东", 1: "5"}, {0: "西", 1: ""}, {0: "南", 1: ""}]
    ]
