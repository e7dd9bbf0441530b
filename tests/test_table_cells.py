"""What the cells of tables give that are not as they should be."""

from __future__ import annotations

import io
import itertools
from pathlib import Path

import openpyxl
import pytest

import shuangjian_cli as sj
from shuangjian_cli.__main__ import main
from shuangjian_cli.api import analyse
from shuangjian_cli.model import Indicator, ReadError, Source
from shuangjian_cli.read import read_bytes


def read(text: str) -> list[Indicator]:
    return sj.extract(text)


def told(text: str) -> list[tuple[str, str, str]]:
    """Value, bound and subject of each figure."""
    return [(str(each.value), each.bound, each.subject) for each in read(text)]


def book(*rows: list[object]) -> bytes:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("cell", "value", "bound"),
    [
        ("1 204", "1204", "="),
        ("１２０４", "1204", "="),
        ("１，２０４", "1204", "="),
        ("一千二百零四", "1204", "="),
        ("三十五人", "35", "="),
        ("≥1204", "1204", ">="),
        ("＞1204", "1204", ">"),
        ("约 1204", "1204", "~"),
        ("1204以上", "1204", ">="),
        ("1204①", "1204", "="),
        ("1204*", "1204", "="),
        ("1204（注1）", "1204", "="),
        ("(1204)", "1204", "="),
    ],
)
def test_a_number_however_it_is_written(cell: str, value: str, bound: str) -> None:
    for between in (" | ", "\t", "   "):
        rows = [("学校", "学生数", "教师数"), ("甲镇小学", cell, "61"), ("乙镇小学", "980", "52")]
        text = "全县小学情况 单位：人\n" + "\n".join(map(between.join, rows))
        assert told(text) == [
            (value, bound, "甲镇小学学生数"),
            ("61", "=", "甲镇小学教师数"),
            ("980", "=", "乙镇小学学生数"),
            ("52", "=", "乙镇小学教师数"),
        ]


@pytest.mark.parametrize("mark", ["—", "－", "…", "……", "/", "*", "-", "×", ""])
def test_a_mark_is_no_figure(mark: str) -> None:
    text = f"学校 | 学生数 | 教师数\n甲镇小学 | {mark} | 61\n乙镇小学 | 980 | 52\n"
    assert [value for value, _, _ in told(text)] == ["61", "980", "52"]


@pytest.mark.parametrize("comma", [",", "\t", " | "])
def test_ragged_rows(comma: str) -> None:
    rows = [
        "2022年各镇学校情况",
        "镇,学校数,学生数",
        "甲镇,12,3400",
        "乙镇,9",
        "丙镇,8,2100",
        "丁镇,,1800",
    ]
    text = "\n".join(rows).replace(",", comma)
    if comma == ",":
        (source,) = read_bytes("a.csv", f"{text}\n".encode())
        assert isinstance(source, Source)
        found = analyse(source).indicators
    else:
        found = tuple(read(text))
    assert [(str(each.value), each.subject) for each in found] == [
        ("12", "甲镇学校数"),
        ("3400", "甲镇学生数"),
        ("9", "乙镇学校数"),
        ("8", "丙镇学校数"),
        ("2100", "丙镇学生数"),
        ("1800", "丁镇学生数"),
    ]


def test_sentences_in_a_cell_are_prose() -> None:
    done = (
        "全县新建公办幼儿园12所，新增学位3600个，其中乡镇幼儿园7所，总投资1.2亿元，均已投入使用。"
    )
    text = f"全县任务进展\n任务 | 完成数（个） | 说明\n新建幼儿园 | 12 | {done}\n改建小学 | 8 | 已完成。\n"
    found = read(text)
    assert [(each.figure, each.cell is not None) for each in found] == [
        ("12", True),
        ("12所", False),
        ("3600个", False),
        ("7所", False),
        ("1.2亿元", False),
        ("8", True),
    ]
    assert found[2].subject == "新增学位"


def test_a_cell_with_two_figures() -> None:
    found = read(
        "学校 | 学生（人） | 参加人数\n甲镇小学 | 315 | 120（38.1%）\n乙镇小学 | 402 | 211（52.5%）\n"
    )
    assert [(each.figure, each.unit) for each in found[1:3]] == [("120", None), ("38.1%", "%")]
    assert found[1].cell == found[2].cell


def test_a_head_that_returns_on_each_page() -> None:
    head = "学校 | 学生数 | 教师数\n"
    page = "甲镇小学 | 980 | 61\n乙镇小学 | 870 | 52\n"
    found = read(f"全县小学情况\n{head}{page}{head}{page.replace('镇', '乡')}")
    assert len(found) == 8
    assert {each.cell.number for each in found if each.cell} == {1}
    assert found[-1].subject == "乙乡小学教师数"


def test_a_table_of_twenty_thousand_rows() -> None:
    rows = "".join(f"第{number}小学\t{number + 100}\n" for number in range(20_000))
    found = read(f"全县小学情况\n学校\t学生数\n{rows}")
    assert len(found) == 20_000
    assert found[-1].cell is not None and found[-1].cell.row == 20_001


def test_a_sheet_of_a_thousand_columns() -> None:
    heads = [f"第{number}项人数" for number in range(1000)]
    (source,) = read_bytes("a.xlsx", book(["学校", *heads], ["甲镇小学", *range(101, 1101)]))
    assert isinstance(source, Source)
    found = analyse(source).indicators
    assert len(found) == 1000
    assert found[-1].cell is not None and found[-1].cell.column_head == "第999项人数"


def test_formulas_without_a_stored_value_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(book(["镇", "学校数", "合计"], ["甲镇", 12, "=B2+1"], ["乙镇", 9, "=B3+1"]))
    assert main(["extract", str(path), "--format", "csv", "--columns", "figure"]) == 0
    told = capsys.readouterr()
    assert told.out.split() == ["figure", "12", "9"]
    assert "formulas without a stored value 2" in told.err
    assert len(told.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("locked.xlsx", "EncryptedPackage", "password"),
        ("damaged.xlsx", "damaged", "save it"),
        ("empty.xlsx", "empty", "empty"),
    ],
)
def test_a_workbook_that_cannot_be_read_is_one_line(
    name: str, content: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = {
        "EncryptedPackage": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(600)
        + "EncryptedPackage".encode("utf-16-le"),
        "damaged": book(["镇", "学校数"], ["甲镇", 12])[:-300],
        "empty": book(),
    }[content]
    (tmp_path / name).write_bytes(data)
    (error,) = read_bytes(name, data)
    assert isinstance(error, ReadError)
    assert main(["extract", str(tmp_path / name)]) == 1
    told = capsys.readouterr()
    assert told.out.splitlines()[1:] == []
    assert message in told.err and name in told.err
    assert len(told.err.splitlines()) == 1


def test_an_empty_sheet_beside_a_full_one() -> None:
    made = openpyxl.Workbook()
    for row in (["镇", "学校数"], ["甲镇", 12], ["乙镇", 9]):
        made.active.append(row)
    made.create_sheet("空表")
    out = io.BytesIO()
    made.save(out)
    (source,) = read_bytes("a.xlsx", out.getvalue())
    assert isinstance(source, Source)
    assert [str(each.value) for each in analyse(source).indicators] == ["12", "9"]


def test_a_table_in_a_table() -> None:
    inner = (
        "<table><tr><th>学校</th><th>学生数</th></tr><tr><td>甲镇小学</td><td>980</td></tr></table>"
    )
    page = f"<table><tr><td>导航</td><td>{inner}</td></tr></table>"
    (source,) = read_bytes("a.html", f"<html><body>{page}</body></html>".encode())
    assert isinstance(source, Source)
    (figure,) = analyse(source).indicators
    assert (str(figure.value), figure.subject) == ("980", "甲镇小学学生数")


def test_the_unit_of_a_row_stands_behind_its_name() -> None:
    text = "全市教育指标\n单位 2020年 2021年\n在园幼儿 万人 12.1 13.4\n毛入园率 % 96 98\n"
    assert [(str(each.value), each.unit, each.period) for each in read(text)] == [
        ("121000", "人", "2020"),
        ("134000", "人", "2021"),
        ("96", "%", "2020"),
        ("98", "%", "2021"),
    ]


def test_blanks_in_numbers_whose_cells_stand_further_apart() -> None:
    text = (
        "全市学校情况\n"
        "             单位      1990 年      2000 年     2010 年\n"
        "   小学      所        2 669       1 860       620\n"
        "   在校生    人        179 032     201 410     98 007\n"
    )
    assert [(str(each.value), each.period) for each in read(text)] == [
        ("2669", "1990"),
        ("1860", "2000"),
        ("620", "2010"),
        ("179032", "1990"),
        ("201410", "2000"),
        ("98007", "2010"),
    ]


def test_a_standard_of_fees_is_in_force() -> None:
    text = "收费一览\n类别 | 收费标准（元/生·月）| 达标标准（%）\n一类园 | 140 | 95\n二类园 | 120 | 90\n"
    assert [each.status for each in read(text)] == ["achieved", "target"] * 2


def test_a_change_is_of_the_amount_and_not_of_how_much_of_a_plan_is_done() -> None:
    text = "2023年教育经费\n项目 | 预算数（万元） | 执行数（万元） | 完成率（%） | 比上年增减（±%）\n一般公共预算教育支出 | 1200 | 1180 | 98.3 | 5.2\n学前教育 | 130 | 128 | 98.5 | -1.3\n"
    found = [
        (str(each.value), each.unit, each.status, each.role, each.trend) for each in read(text)
    ]
    assert found[:4] == [
        ("12000000", "元", "target", "level", None),
        ("11800000", "元", "achieved", "level", None),
        ("98.3", "%", "achieved", "level", None),
        ("5.2", "%", "achieved", "change", "up"),
    ]
    assert found[7] == ("1.3", "%", "achieved", "change", "down")
    assert read(text)[3].subject == "一般公共预算教育支出执行数"


def test_a_part_is_of_the_place_of_its_whole() -> None:
    text = "地区 | 小学（所） | 初中（所）\n昆山市 | 88 | 40\n其中：开发区 | 21 | 9\n张家港市 | 61 | 30\n"
    assert [each.area for each in read(text)] == ["昆山市"] * 4 + ["张家港市"] * 2


def test_a_column_against_the_last_term_is_a_change() -> None:
    text = "学校 | 参与率 | 较上学期\n甲镇小学 | 94.2% | 1.3%\n乙镇小学 | 92.1% | -0.4%\n"
    found = [(each.subject, each.role, each.trend) for each in read(text)]
    assert found[1] == ("甲镇小学参与率", "change", "up")
    assert found[3] == ("乙镇小学参与率", "change", "down")


LARGE_HEADS = (
    "学校",
    "小学在校生数（人）",
    "初中专任教师数（万人）",
    "苗圃小学学校数（所）",
    "民办幼儿园在园儿童占比（%）",
    "高中2020年建成年份（年）",
    "小学招生数比上年增减",
    "小学招生数排名",
    "教师数（人）",
)
LARGE_NAMES = (
    "甲片区",
    "乙片区",
    "苗圃",
    "小学",
    "第3中学",
    "第4小学",
    "合肥市",
    "芜湖市",
    "希望（小学）",
    "特教校占比",
    "",
    "丙片区",
    "合计",
    "丁片区（新）",
)
LARGE_CELLS = ("1204", "3.5", "31", "12", "0.50", "7", "2012", "64", "-31", "5", "17", "4①", "96")


def test_a_cell_gives_the_same_whatever_row_stands_above_it() -> None:
    above = ["全省2022年教育基本情况", "\t".join(LARGE_HEADS)]
    cells = itertools.cycle(LARGE_CELLS)
    rows = ["\t".join([name, *itertools.islice(cells, 8)]) for name in LARGE_NAMES * 3]
    total = "\t".join(["合计", *LARGE_CELLS[:8]])

    def fields(record: Indicator) -> dict[str, object]:
        start, line = record.sentence_start, ("line", "table_row", "table_start", "table_end")
        values = {name: value for name, value in record.to_dict().items() if name not in line}
        values |= {name: values[name] - start for name in ("start", "end", "sentence_end")}
        values |= {"sentence_start": 0, "value_at": record.rules["value"].start - start}
        return values | {"by": [each.rule for each in record.rules.values()]}

    def of(lines: list[str], first: int, step: int) -> list[list[dict[str, object]]]:
        found = read("\n".join([*above, *lines]))
        return [
            [fields(record) for record in found if record.line == line]
            for line in range(3 + first, 3 + len(lines), step)
        ]

    together = of([total, *rows], 1, 1)
    # A row of another kind stands above each: what the cells share is read anew.
    apart = of([line for row in rows for line in (total, row)], 1, 2)
    assert together == apart


@pytest.mark.parametrize("between", ["", "单位：人\n"])
def test_a_title_that_opens_with_its_year_over_one_cell_a_line(between: str) -> None:
    cells = (
        "学校",
        "学生数",
        "教师数",
        "甲校",
        "1204",
        "30",
        "乙校",
        "980",
        "41",
        "丙校",
        "35",
        "22",
    )
    records = read(f"2023年全县小学情况\n{between}" + "\n".join(cells))
    assert [(each.subject, each.period) for each in records[:2]] == [
        ("小学甲校学生数", "2023"),
        ("小学甲校教师数", "2023"),
    ]
    assert {each.unit for each in records} == {"人" if between else None}


def test_a_title_with_its_year_over_three_rows_of_heads_one_cell_a_line() -> None:
    heads = ("招生数", "毕业生数", *("总数", "比上年") * 2, *("(万人)", "增长(%") * 2)
    rows = ("幼儿园", "5.1", "2.3", "4.8", "-0.7", "小学", "6.6", "1.9", "5.9", "3.1")
    records = read("2022年各类学校招生和毕业学生数及其增长速度\n" + "\n".join((*heads, *rows)))
    assert [(r.subject, str(r.value), r.unit, r.role, r.period) for r in records[:4]] == [
        ("幼儿园招生数", "51000", "人", "level", "2022"),
        ("幼儿园招生数", "2.3", "%", "change", "2022"),
        ("幼儿园毕业生数", "48000", "人", "level", "2022"),
        ("幼儿园毕业生数", "0.7", "%", "change", "2022"),
    ]


def test_a_head_that_names_the_rest_stays_in_the_subject() -> None:
    rows = ("县 | 教职工数 | |", "| 专任教师 | 其他 |", "东县 | 320 | 41 |", "西县 | 280 | 36 |")
    records = read("2022年幼儿园教职工情况\n" + "\n".join(rows))
    assert [r.subject for r in records][:2] == ["幼儿园东县专任教师", "幼儿园东县其他教职工数"]


def test_two_years_over_one_cell_a_line_are_heads() -> None:
    cells = (
        *("学校", "2022年完成情况", "2023年完成情况", "甲校", "1204", "30", "乙校", "980", "41"),
        *("丙校", "35", "22"),
    )
    records = read("全县小学在校学生数\n" + "\n".join(cells))
    assert [each.period for each in records[:2]] == ["2022", "2023"]


def test_a_footnote_mark_behind_a_number_with_blanks() -> None:
    rows = ("学校    学生数    教师数", "甲校    1 204*    31", "乙校    980    41")
    assert [value for value, *_ in told("全县小学情况\n" + "\n".join(rows))] == [
        *("1204", "31", "980", "41"),
    ]


@pytest.mark.parametrize(
    "row",
    [
        "小学在校生 702 518   1 031 264  1 058 039",
        "小学在校生  702 518  1 031 264 1 058 039",
        "小学在校生 702 518 1 031 264 1 058 039",
    ],
)
def test_blanks_between_thousands_and_cells_alike(row: str) -> None:
    lines = ("指标 2011年 2018年 2021年", row, "小学教职工 9 030 12 308 13 427")
    assert [(value, of) for value, _, of in told("\n".join(lines))] == [
        *((value, "小学在校生") for value in ("702518", "1031264", "1058039")),
        *((value, "小学教职工") for value in ("9030", "12308", "13427")),
    ]


def test_rows_like_each_other_tell_where_numbers_with_blanks_end() -> None:
    rows = ("学校 图书(册) 座位(个) 校舍(平方米)", "甲校 11 240 130 820", "乙校 104 310 320 2 300")
    assert [value for value, *_ in told("\n".join((*rows, "丙校 8 130 60 610")))] == [
        *("11240", "130", "820", "104310", "320", "2300", "8130", "60", "610"),
    ]


def test_numbers_with_blanks_that_nothing_parts_are_left_out() -> None:
    rows = ("学校 图书(册) 座位(个)", "甲校 120 340 120", "乙校 310 220 410")
    assert told("\n".join(rows)) == []


def test_a_unit_beside_the_name_of_a_whole_makes_it_no_part() -> None:
    rows = (
        "项目 | 计量 | 2014 | 2015 |",
        "各类学校数合计 | (所) | 1693 | 1697 |",
        "中等职业学校 | | 86 | 87 |",
        "# 高中 | | 120 | 121 |",
        "各类学校在校学生数 | (人) | 2941 | 2974 |",
        "小学 | | 900 | 937 |",
    )
    found = {(str(each.value), each.unit): each for each in read("\n".join(rows))}
    assert found["2941", "人"].subject == "各类学校在校学生数"
    assert found["900", "人"].metric == "students"
