"""The tables that formats mark: cells by row and column, with what they reach over."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuangjian_cli.__main__ import main
from shuangjian_cli.model import Grid, ReadError, Source
from shuangjian_cli.read import Options, read_bytes
from shuangjian_cli.read.number_format import formatter

docx = pytest.importorskip("docx")
pytest.importorskip("trafilatura")


def zipped(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return packed.getvalue()


def strict(data: bytes) -> bytes:
    """A package of Office as it is saved as "Strict Open XML"."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for kind in (b"officeDocument", b"wordprocessingml", b"spreadsheetml", b"drawingml"):
        usual = b"http://schemas.openxmlformats.org/" + kind + b"/2006/"
        for name, content in parts.items():
            parts[name] = content.replace(usual, b"http://purl.oclc.org/ooxml/" + kind + b"/")
    return zipped(parts)


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


def test_a_page_that_is_called_a_workbook() -> None:
    """What many sites give out as .xls."""
    rows = "<tr><td>县区<td>学校</tr><tr><td>东县<td>5</tr>"
    assert tables("a.xls", page(f"<table>{rows}</table>")) == [
        [{0: "县区", 1: "学校"}, {0: "东县", 1: "5"}]
    ]


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


# --- .csv ------------------------------------------------------------------------------------

SHEET = (
    "\ufeff甲市2023年学校情况,,,\r\n填报单位：甲市教育局,,,制表：2024年1月\r\n,,,\r\n,,,\r\n"
    '县区,学校（所）,"学生\n（人）",备注\r\n东县,12,"1,204",\r\n西县,,-9,无\r\n注：含分校。,,,\r\n'
)
ROWS = [
    {0: "甲市2023年学校情况"},
    {0: "填报单位：甲市教育局", 1: "", 2: "", 3: "制表：2024年1月"},
    {},
    {0: "县区", 1: "学校（所）", 2: "学生 （人）", 3: "备注"},
    {0: "东县", 1: "12", 2: "1,204"},
    {0: "西县", 1: "", 2: "-9", 3: "无"},
    {0: "注：含分校。"},
]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_csv_that_is_laid_out_as_a_sheet(delimiter: str, encoding: str) -> None:
    text = SHEET if encoding == "utf-8" else SHEET.lstrip("\ufeff")
    text = text.replace('"1,204"', "@").replace(",", delimiter).replace("@", '"1,204"')
    assert tables("a.csv", text.encode(encoding)) == [ROWS]


def test_a_sheet_whose_title_has_no_delimiter() -> None:
    data = "甲市学校情况\n县区;学校;学生\n东县;1,5;9\n"
    assert tables("a.csv", data.encode())[0][2] == {0: "东县", 1: "1,5", 2: "9"}


def test_a_damaged_byte_in_a_sheet() -> None:
    source = one("a.csv", "县区,学校\n东@县,5\n".encode().replace(b"@", b"\xff"))
    assert cells(source, source.grids[0])[1] == {0: "东\ufffd县", 1: "5"}
    assert source.notes[0].startswith("1 damaged byte")


# --- .xlsx, .xls -----------------------------------------------------------------------------


def workbook() -> Any:
    """A workbook of two sheets that are seen and two that are not."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "学前教育"
    for row in [
        ["甲区主要指标", None, None, None, None],
        [],
        [],
        ["指标", "2022年", None, "编号", "2023年"],
        [None, "春", "秋", None, None],
        ["毛入园率", 0.912, 0.9345, "x", 1],
        ["在园幼儿", 31406, "1204", "x", "=B7*2"],
        ["不计", 1, 2, "x", 3],
        ["日期", date(2024, 4, 8), True, "x", -1.4],
    ]:
        sheet.append(row)
    for cell, code in {
        "B6": "0.0%",
        "C6": "0.00%",
        "E6": "0%",
        "B7": "#,##0",
        "E9": "0.0;[Red]0.0",
    }.items():
        sheet[cell].number_format = code
    sheet["B9"].number_format = "yyyy-mm-dd"
    for merged in ("A1:E1", "A4:A5", "B4:C4", "E4:E5"):
        sheet.merge_cells(merged)
    sheet.row_dimensions[8].hidden = True
    sheet.column_dimensions["D"].hidden = True
    made.create_sheet("Sheet2").append(["东镇", 5])
    made.create_sheet("底稿").append(["西镇", 6])
    made["底稿"].sheet_state = "hidden"
    made.create_sheet("空表")
    return made


@pytest.mark.parametrize("is_strict", [False, True])
def test_a_workbook_as_it_is_shown(is_strict: bool) -> None:
    data = saved(workbook())
    source = one("a.xlsx", strict(data) if is_strict else data)
    assert [cells(source, grid) for grid in source.grids] == [
        [
            {0: "甲区主要指标→→→"},
            {},
            {0: "指标↓", 1: "2022年→", 3: "2023年↓"},
            {1: "春", 2: "秋"},
            {0: "毛入园率", 1: "91.2%", 2: "93.45%", 3: "100%"},
            {0: "在园幼儿", 1: "31,406", 2: "1204"},
            {0: "日期", 1: "2024-04-08", 2: "是", 3: "-1.4"},
        ],
        [{0: "东镇", 1: "5"}],
    ]
    assert source.text.startswith("学前教育\n甲区主要指标\n")
    assert "Sheet2" not in source.text
    assert source.notes == (
        "left out: hidden rows 1, hidden columns 1, hidden sheets 1 (底稿)",
        "formulas without a stored value 1; open it in Excel or WPS and save it",
    )


def test_an_old_workbook() -> None:
    xlwt = pytest.importorskip("xlwt")
    made = xlwt.Workbook()
    sheet = made.add_sheet("小学")
    percent = xlwt.easyxf(num_format_str="0.0%")
    sheet.write_merge(0, 0, 0, 2, "甲区主要指标")
    for row, words in enumerate(
        [("指标", "号", "2023年"), ("巩固率", 1, 0.963), ("学校", 2, 45)], 1
    ):
        for column, word in enumerate(words):
            sheet.write(row, column, word, percent if word == 0.963 else xlwt.Style.default_style)
    sheet.write(4, 0, "不计")
    sheet.row(4).hidden = True
    sheet.col(1).hidden = True
    made.add_sheet("底稿").visibility = 1
    source = one("a.xls", saved(made))
    assert source.kind == "xls"
    assert [cells(source, grid) for grid in source.grids] == [
        [
            {0: "甲区主要指标→"},
            {0: "指标", 1: "2023年"},
            {0: "巩固率", 1: "96.3%"},
            {0: "学校", 1: "45"},
        ]
    ]
    assert source.notes == ("left out: hidden rows 1, hidden columns 1, hidden sheets 1 (底稿)",)


def test_workbooks_that_cannot_be_read() -> None:
    data = saved(workbook())
    for name, broken in (
        ("a.xlsx", data[:-400]),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("a.xlsx", zipped({"xl/workbook.xml": b"<x/>"})),
    ):
        (error,) = read_bytes(name, broken)
        assert isinstance(error, ReadError)
        assert "save it" in error.message
    (error,) = read_bytes("a.xlsx", saved(openpyxl.Workbook()))
    assert isinstance(error, ReadError)
    assert "empty" in error.message
    (error,) = read_bytes("a.xlsx", data, Options(text_column="正文"))
    assert isinstance(error, ReadError)
    assert "--text-column" in error.message


def test_our_own_figures_are_no_source(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("全县新增学位9个。")
    written = tmp_path / "b.xlsx"
    assert main(["extract", str(tmp_path / "a.txt"), "-o", str(written)]) == 0
    (error,) = read_bytes("b.xlsx", written.read_bytes())
    assert isinstance(error, ReadError)
    assert "this program wrote" in error.message


def test_cells_far_apart_make_no_wide_sheet() -> None:
    made = openpyxl.Workbook()
    made.active["A1"] = "县区"
    made.active["XFD1"] = "学校"
    made.active["A100000"] = "东县"
    made.active["XFD100000"] = 5
    assert tables("a.xlsx", saved(made)) == [
        [{0: "县区", 1: "", 2: "学校"}, {}, {0: "东县", 1: "", 2: "5"}]
    ]


def test_merged_cells_that_overlap_or_make_no_sense() -> None:
    made = openpyxl.Workbook()
    for row in [["甲", 1, 2], ["乙", 3, 4], ["丙", 5, 6]]:
        made.active.append(row)
    data = saved(made)
    merged = b'<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="B2:C3"/><mergeCell ref="x"/>'
    merged += b'<mergeCell ref="A1:XFD1048576"/></mergeCells>'
    parts = {}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            parts[name] = package.read(name).replace(b"</sheetData>", b"</sheetData>" + merged)
    source = one("a.xlsx", zipped(parts))
    assert source.grids[0].rows == 3


@pytest.mark.parametrize(
    ("code", "number", "shown"),
    [
        ("General", "0.30000000000000004", "0.3"),
        ("General", "12000000017", "12000000017"),
        ("General", "0.33333333333333331", "0.333333333"),
        ("0.0%", "0.963", "96.3%"),
        ("0%", "2.4999999999999998E-2", "3%"),
        ("#,##0", "1234567.5", "1,234,568"),
        ('0"人"', "12", "12人"),
        ("0.0;[Red]0.0", "-1.4", "-1.4"),
        ("#,##0_);(#,##0)", "-1234", "-1,234"),
        ('"↑"0.0;"↓"0.0;"持平"', "-1.2", "↓1.2"),
        ('"↑"0.0;"↓"0.0;"持平"', "0", "持平"),
        ('0!.0,"万"', "123456", "12.3万"),
        ('[>=10000]0.0,"千";0', "15000", "15.0千"),
        ('[>=10000]0.0,"千";0', "500", "500"),
        ("000000", "835", "000835"),
        ("0.##", "3", "3"),
        ("0.0E+00", "12345", "1.2E+04"),
        ("# ?/?", "0.5", "0.5"),
        ("[$¥-804]#,##0.00", "1200.5", "¥1,200.50"),
        ('yyyy"年"m"月"d"日"', "45390.5", "2024年4月8日"),
        ("h:mm AM/PM", "0.75", "6:00 下午"),
        ("[h]:mm", "1.5", "36:00"),
        ("@", "5", "5"),
    ],
)
def test_what_a_format_shows(code: str, number: str, shown: str) -> None:
    assert formatter(code)(number) == shown


@given(st.text('0#?.,%;[]<>="\\!_*@/eE+-yYmMdDhHsSa 万General\n'), st.floats(allow_nan=False))
def test_no_format_raises(code: str, number: float) -> None:
    with suppress(ArithmeticError, ValueError):
        assert isinstance(formatter(code)(repr(number)), str)


# --- .pdf ------------------------------------------------------------------------------------

HEAD = [["地区", "在校生（人）", "", "学校数\n（所）"], ["", "合计", "女生", ""]]
SPANNED = [("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (2, 0)), ("SPAN", (3, 0), (3, 1))]


def printed(rows: list[list[str]], style: list[Any], repeat: int = 0) -> bytes:
    """A PDF with a paragraph, a table of these rows and a paragraph."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    table = Table(
        rows, colWidths=[90] * len(rows[0]), repeatRows=repeat,
        style=[("FONT", (0, 0), (-1, -1), "STSong-Light", 11), *style],
    )  # fmt: skip
    words = [
        Paragraph(f'<font name="STSong-Light">{words}</font>')
        for words in ("各县学校情况如下。", "以上。")
    ]
    SimpleDocTemplate(out, pagesize=A4).build([words[0], table, words[1]])
    return out.getvalue()


GRID = ("GRID", (0, 0), (-1, -1), 0.5, "black")
PRINTED = [
    {0: "地区↓", 1: "在校生（人）→", 3: "学校数（所）↓"},
    {1: "合计", 2: "女生"},
    {0: "东县", 1: "90", 2: "40", 3: "3"},
    {0: "西县", 1: "80", 2: "", 3: "2"},
]
BODY = [["东县", "90", "40", "3"], ["西县", "80", "", "2"]]


@pytest.mark.parametrize(
    "lines",
    [
        [GRID],
        [("INNERGRID", (0, 0), (-1, -1), 0.5, "black"), ("LINEABOVE", (0, 0), (-1, 0), 1, "black")],
        [("INNERGRID", (0, 0), (-1, -1), 0.5, "black")],
        [("INNERGRID", (0, 0), (-1, 1), 0.5, "black"), ("LINEAFTER", (0, 2), (-2, -1), 0.5, "black"),
         ("LINEBELOW", (0, 1), (-1, 1), 0.5, "black"), ("LINEBELOW", (0, -1), (-1, -1), 1, "black")],
    ],
    ids=["all lines", "open at the sides", "inner lines", "no lines between rows"],
)  # fmt: skip
def test_a_table_with_lines(lines: list[Any]) -> None:
    data = printed([*HEAD, *BODY], [*SPANNED, *lines])
    source = one("a.pdf", data)
    assert [cells(source, grid) for grid in source.grids] == [PRINTED]
    assert source.text.startswith("各县学校情况如下。\n地区\t")
    assert source.text.endswith("\n以上。\n")


def test_a_table_without_lines() -> None:
    (table,) = tables("a.pdf", printed([["地区", "学校", "教师"], *BODY_OF_THREE], []))
    assert table == [
        {0: "地区", 1: "学校", 2: "教师"},
        {0: "东县", 1: "3", 2: "90"},
        {0: "西县", 1: "", 2: "80"},
        {0: "南县", 1: "5", 2: "70"},
    ]


BODY_OF_THREE = [["东县", "3", "90"], ["西县", "", "80"], ["南县", "5", "70"]]


@pytest.mark.parametrize("style", [[GRID], []], ids=["lines", "no lines"])
@pytest.mark.parametrize("repeat", [0, 1])
def test_a_table_that_goes_on_over_pages(style: list[Any], repeat: int) -> None:
    rows = [[f"{number}县", str(number), str(2 * number)] for number in range(100)]
    (table,) = tables("a.pdf", printed([["地区", "学校", "教师"], *rows], style, repeat))
    assert table == [dict(enumerate(row)) for row in [["地区", "学校", "教师"], *rows]]


def test_a_drawing_of_many_lines_is_no_table() -> None:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(100, 700, "45 schools")
    for at in range(3000):
        canvas.line(at, 0, at, 900)
        canvas.line(0, at / 3, 900, at / 3)
    canvas.showPage()
    canvas.save()
    source = one("a.pdf", out.getvalue())
    assert (source.text, source.grids) == ("45 schools\n", ())


def test_a_frame_is_no_table() -> None:
    framed = printed([["全县新建学校，\n增加学位。"]], [("BOX", (0, 0), (-1, -1), 1, "black")])
    assert one("a.pdf", framed).grids == ()
