"""Tables whose layout a page's text has half lost: what their figures are all the same."""

from __future__ import annotations

import re

import pytest

from shuangjian_cli.api import analyse
from shuangjian_cli.model import Analysis, Source
from shuangjian_cli.read import read_bytes
from shuangjian_cli.structure.fold import fold
from shuangjian_cli.structure.tables import tables_of_words


def read(text: str) -> Analysis:
    return analyse(Source("a.txt", text))


def subjects(text: str) -> list[tuple[str, str]]:
    """The figures of a text with their subjects."""
    return [(record.figure, record.subject) for record in read(text).indicators]


def barred(rows: list[str]) -> str:
    """Rows, each cell on a line that a bar ends; only that of a row's first begins with one."""
    return "".join(
        ("| " if not at else "") + (f"{cell} |\n" if cell != "_" else "|\n")
        for row in rows
        for at, cell in enumerate(row.split())
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [
                "专业 甲校 乙校 学费（元）",
                "合计 60 45 _",
                "文科 30 _ 4800",
                "理科 30 25 5200",
                "艺术 _ 20 6900",
            ],
            "60 45 30 4800 30 25 5200 20 6900",
        ),
        (
            [
                "学段 校数（所） 班数（个）",
                "小学 12 140",
                "初中 5 _",
                "高中 _ 36",
            ],
            "12 140 5 36",
        ),
        (
            [
                "类别 学校 教师数（人） 学生数（人）",
                "公办 一中 80 1200",
                "二中 64 _",
                "三中 71 990",
                "民办 四中 _ 410",
            ],
            "80 1200 64 71 990 410",
        ),
    ],
)
def test_rows_whose_first_cell_a_bar_begins(rows: list[str], expected: str) -> None:
    found = subjects("甲县教育情况\n" + barred(rows))
    assert [figure for figure, _ in found] == expected.split()
    heads = rows[0].split()
    for row in rows[1:]:
        cells = row.split()
        for cell, head in zip(cells[::-1], heads[::-1], strict=False):
            if cell.isdigit():
                assert any(f == cell and head.partition("（")[0][-2:] in s for f, s in found)


def test_a_bar_alone_for_an_empty_cell_begins_no_row() -> None:
    rows = [
        "序号 学校 班数 教师 备注",
        "1 一小 6 12 _",
        "2 二小 9 24 _",
        "3 三小 8 30 _",
        "4 四小 7 18 _",
    ]
    lines = "".join(f"{cell} |\n" if cell != "_" else "|\n" for row in rows for cell in row.split())
    assert [figure for figure, _ in subjects(f"甲县小学情况\n{lines}")] == (
        ["6", "12", "9", "24", "8", "30", "7", "18"]
    )


def read_rows(text: str) -> list[tuple[str, str | None, str | None]]:
    """The figures of a text with their subjects and periods."""
    return [(r.figure, r.subject, r.period) for r in read(text).indicators]


def test_rows_in_another_language_below_each_row_begin_no_table() -> None:
    text = (
        "4-3 常住人口受教育程度\n单位：%\n  1984 1993 2004\n  高中以上 3.1 5.2 9.4\n"
        "    Senior   School  (and Higher)        \n  初中 22.0 30.5 41.6\n    Junior School        \n"
        "  小学 40.7 38.2 29.9\n    Primary School     \n"
    )
    found = read_rows(text)
    assert [figure for figure, *_ in found] == [
        "3.1",
        "5.2",
        "9.4",
        "22.0",
        "30.5",
        "41.6",
        "40.7",
        "38.2",
        "29.9",
    ]
    assert [period for *_, period in found] == ["1984", "1993", "2004"] * 3


@pytest.mark.parametrize(
    ("one", "two", "three"), [("   ", "     ", "       "), (" " * 10, " " * 19, " " * 28)]
)
def test_cells_are_missing_where_the_gap_between_others_is_wide(
    one: str, two: str, three: str
) -> None:
    text = (
        "2021年甲县学校情况\n学校 班数 教师数 住校生数 学生数 毕业生数\n一小 12 30 101 520 88\n二小 18 44 95 802 130\n"
        f"三小 9{two}365 61\n四小 14 36{one}611 97\n五小 10{three}66\n六小 8 21 40 301 52\n"
    )
    found = [(figure, subject[-3:]) for figure, subject in subjects(text)]
    assert found[10:13] == [("9", "小班数"), ("365", "学生数"), ("61", "业生数")]
    assert found[13:17] == [
        ("14", "小班数"),
        ("36", "教师数"),
        ("611", "学生数"),
        ("97", "业生数"),
    ]
    assert found[17:19] == [("10", "小班数"), ("66", "业生数")]


def test_names_above_the_units_and_the_empty_cells_of_the_row_below() -> None:
    text = (
        "2016年各校学生情况\n  学校数 班数（个） 招生数\n  （所）     合计 七年级 八年级 九年级\n"
        "  Schools Classes Entrants Total Grade 7 Grade 8 Grade 9\n"
        "城区 12 204 1310 4012 1330 1340 1342\n镇区 15 160 1022 3101 1040 1031 1030\n"
        "其中：民办 Private     211 640 215 213 212\n"
    )
    found = [(figure, subject) for figure, subject in subjects(text) if figure != "2016"]
    assert found[:4] == [
        ("12", "城区学校数"),
        ("204", "城区班数"),
        ("1310", "城区招生数"),
        ("4012", "城区学生"),
    ]
    assert [s[2:5] for _, s in found[4:7]] == ["七年级", "八年级", "九年级"]
    assert found[14][0] == "211"
    assert found[14][1].startswith("民办")
    assert found[14][1].endswith("招生数")


def test_a_name_between_the_rows_of_heads_stands_above_the_unit() -> None:
    text = (
        "2016年各校情况\n    班数（个） 毕业生数 教职工数\n  学校数 Classes Graduates Teachers, Staff & Others\n"
        "  （所） 小学 初中 合计 小学 初中 合计 其中：专任教师\n"
        "城区Urban 12 61 20 130 88 42 260 201\n镇区Town & County 9 40 11 75 50 25 141 110\n"
    )
    heads = [
        "学校数",
        "小学班数",
        "初中班数",
        "毕业生数",
        "小学毕业生数",
        "初中毕业生数",
        "教职工数",
        "专任教师",
    ]
    assert subjects(text)[-16:] == [
        (figure, name + head)
        for name, row in (
            ("城区", "12 61 20 130 88 42 260 201"),
            ("镇区", "9 40 11 75 50 25 141 110"),
        )
        for figure, head in zip(row.split(), heads, strict=True)
    ]


def test_a_year_heads_the_next_row_where_one_lacks_a_number() -> None:
    rows = ["1995 21.4 17.0 12.9", "1996 22.1 16.2", "1997 23.8 18.1 14.4", "1998 22.9 17.7 13.5"]
    cells = ["年份", "小学", "初中", "高中"] + [cell for row in rows for cell in row.split()]
    found = read_rows("甲市各级学校生师比\n" + "\n".join(cells) + "\n")
    assert [(f, p) for f, _, p in found if f in ("16.2", "23.8", "13.5")] == [
        ("16.2", "1996"),
        ("23.8", "1997"),
        ("13.5", "1998"),
    ]


def test_a_corner_in_the_middle_of_its_height() -> None:
    heads = "职业高中 成人中专 普通高校 年份 小学 初中 Vocational Adult Institutions 本科院校 专科院校 Year"
    rows = ["1995 21.4 12.9 14.6 30.1 6.8 7.3", "1996 22.1 13.0 15.1 28.8 7.7 8.6"]
    cells = [*heads.split(), *(cell for row in rows for cell in row.split())]
    found = read_rows("甲市各级学校生师比情况表\n" + "\n".join(cells) + "\n")
    assert [(f, s[:2], p) for f, s, p in found[:6]] == [
        ("21.4", "小学", "1995"),
        ("12.9", "初中", "1995"),
        ("14.6", "职业", "1995"),
        ("30.1", "成人", "1995"),
        ("6.8", "本科", "1995"),
        ("7.3", "专科", "1995"),
    ]


LEVELS = {
    "groups": (
        (
            "县区 | 招生 | 在校生 |\n公办 | 民办 | 公办 | 民办 |\n甲镇 | 31 | 12 | 204 | 88 |\n"
            "乙镇 | 27 | 9 | 180 | 61 |\n"
        ),
        ["公办招生", "民办招生", "公办在校生", "民办在校生"],
    ),
    "one alone": (
        (
            "学段 | 学校数（所） | 学生 | 教师数（人） |\n人数（人） | 占比（%） |\n小学 | 14 | 6210 | 61.5 | 402 |\n"
            "初中 | 6 | 3105 | 30.7 | 260 |\n"
        ),
        ["学校数", "学生人数", "学生占比", "教师数"],
    ),
    "three": (
        (
            "学段 | 资助情况 | 其他支出（万元） | 备注 |\n金额（万元） | 受助学生 | \n男（人） | 女（人） |\n"
            "小学 | 120.5 | 310 | 290 | 14.2 |\n初中 | 98.1 | 205 | 214 | 9.6 |\n"
        ),
        ["金额", "受助学生", "受助学生", "其他支出"],
    ),
}


@pytest.mark.parametrize("layout", LEVELS)
def test_heads_of_several_levels_that_have_lost_how_far_they_reach(layout: str) -> None:
    table, expected = LEVELS[layout]
    found = subjects(f"甲县教育情况表\n{table}")
    assert len(found) == 2 * len(expected)
    for (_, subject), words in zip(found, expected * 2, strict=True):
        assert all(word in subject for word in (words[:2], words[-2:])), subject


@pytest.mark.parametrize(
    "lines",
    [
        (
            "学校数（所）   Schools\n教师数（人）   Full-time   Teachers\n一、普通学校   Regular Schools\n"
            "（一）小学   Primary   Schools\n12\n340\n（二）初中   Junior   Schools\n5\n210\n二、职业学校   Vocational\n3\n96\n"
            "（一）中专   Secondary   Vocational\n2\n71\n"
        ),
        (
            "校数（所）\n学生数（人）\n一、学前教育\n（一）公办幼儿园\n12\n340\n（二）民办幼儿园\n5\n210\n二、小学教育\n3\n96\n"
            "（一）完全小学\n2\n71\n"
        ),
        (
            "班数（个） Classes\n学生数（人） Enrolment\n一、城区学校 Urban\n（一）小学 Primary\n12\n340\n（二）初中 Junior\n5\n210\n"
            "二、镇区学校 Town\n3\n96\n（一）小学 Primary\n2\n71\n"
        ),
    ],
)
def test_a_part_below_heads_without_a_corner_is_no_head(lines: str) -> None:
    found = subjects(f"2021年甲县教育情况\n\n{lines}".replace("\n", "\n\n"))
    assert [figure for figure, _ in found] == ["12", "340", "5", "210", "3", "96", "2", "71"]
    for at, (_, subject) in enumerate(found):
        assert subject.endswith(("校数", "班数") if at % 2 == 0 else ("教师数", "学生数")), subject


@pytest.mark.parametrize("short", ["高中 | 31 |", "特教 | 2 | ||||||"])
def test_a_row_that_lacks_cells_is_told_and_the_others_are_read(short: str) -> None:
    table = (
        "学段 | 2020年 | 2021年 | 2022年 | 2023年 |\n小学（所） | 61 | 60 | 58 | 55 |\n"
        f"初中（所） | 24 | 24 | 25 | 25 |\n{short}\n"
    )
    analysis = read(f"甲县学校数\n{table}")
    assert [r.figure for r in analysis.indicators] == [
        "61",
        "60",
        "58",
        "55",
        "24",
        "24",
        "25",
        "25",
    ]
    assert any("--unparsed" in note for note in analysis.notes)
    told = [cell for cell in short.split(" | ")[1:] if cell.strip("| ")]
    assert [each.numeral for each in analysis.unparsed] == [cell.strip(" |") for cell in told]


def test_the_only_number_of_a_row_before_empty_cells_is_to_be_checked() -> None:
    table = (
        "| 指标 | 2022年 | 2021年 | 2020年 | 2019年 |\n| 小学校数（所） | 61 | 60 | 58 | 55 |\n"
        "| 小学毕业生数（人） | 4120 | |||\n| 小学班数（个） | 740 | 731 | 725 | 718 |\n"
    )
    found = {each.figure: each for each in read(f"甲县教育情况\n{table}").indicators}
    assert len(found) == 9
    assert (found["4120"].subject, found["4120"].period) == ("小学毕业生数", "2022")
    assert "the other cells of its row are empty" in found["4120"].reasons
    assert "the other cells of its row are empty" not in found["740"].reasons


def test_empty_cells_between_bars_hold_their_places() -> None:
    table = barred(
        [
            "科类 专业 合计 甲省 乙省 丙省 丁省 戊省 己省 庚省 辛省 壬省 癸省 学费",
            "文史 汉语言 40 _ _ 10 _ _ _ 30 _ _ _ 4200",
            "法学 25 _ 5 _ _ _ _ _ _ 20 _ 4100",
            "理工 化学 36 6 6 6 6 6 6 _ _ _ _ 4600",
        ]
    )
    found = read(f"2020年招生计划\n{table}").indicators
    heads = [(each.figure, each.cell.column_head) for each in found if each.cell]
    assert heads[:4] == [("40", "合计"), ("10", "丙省"), ("30", "庚省"), ("4200", "学费")]
    assert heads[4:8] == [("25", "合计"), ("5", "乙省"), ("20", "壬省"), ("4100", "学费")]


def test_a_frame_drawn_without_its_left_side() -> None:
    table = (
        "────┬────┬────┬───\n │ 校 数 │ │ ┌───\n年 份 │ │学生数│#女 学\n │（所）│ │ 生 数\n"
        "────┼────┼────┼───\n2001│ 9│ 3419│ 1250\n2002│ 28│ 12722│ 7910\n2003│ 35│ │ 8819\n"
    )
    analysis = read(f"5-2 甲县小学情况\n单位：人\n{table}")
    assert [(r.subject, r.unit) for r in analysis.indicators][:3] == [
        ("小学校数", "所"),
        ("小学学生数", "人"),
        ("小学女学生数", "人"),
    ]
    assert [r.figure for r in analysis.indicators] == [
        "9",
        "3419",
        "1250",
        "28",
        "12722",
        "7910",
        "35",
        "8819",
    ]


@pytest.mark.parametrize("mark", ["（一）", "一、", "一"])
def test_the_mark_of_a_part_in_a_cell_of_its_own(mark: str) -> None:
    table = (
        f"序号 | 项目 | 单位 | 标准 |\n{mark} | 服务费 | | |\n1 | 课后服务费 | 元 | 最高不超过280 |\n"
        "2 | 午餐费 | 元 | 最高12 |\n（二） | 代收费 | | |\n1 | 校服费 | 元 | 160 |\n"
    )
    analysis = read(f"甲县小学收费项目\n{table}")
    assert [(r.figure, r.bound) for r in analysis.indicators] == [
        ("280", "<="),
        ("12", "<="),
        ("160", "="),
    ]
    for record, name in zip(analysis.indicators, ("课后服务费", "午餐费", "校服费"), strict=True):
        assert name in record.subject
        assert record.status == "achieved"  # fees in force


@pytest.mark.parametrize("number", ["（第三期）", "（第2号）", "（二）"])
def test_the_number_of_an_issue_over_heads_is_no_unit(number: str) -> None:
    heads = "县区   学校数   开展课后服务学校数\n旌德县   31   30\n泾县   26   26\n"
    found = subjects(
        f"丙市课后服务通报{number}\n日期：2022-03-01  15:20   来源：丙市教育局   浏览：31\n{heads}"
    )
    assert [subject for _, subject in found[-4:]] == ["学校数", "开展课后服务学校数"] * 2


@pytest.mark.parametrize("unit", ["元/生.月", "元", "人"])
def test_cells_with_their_units_one_a_line(unit: str) -> None:
    lines = f"等级\n金额\n一级园\n540{unit}\n二级园\n450{unit}\n三级园\n350{unit}\n未定级园\n150{unit}\n"
    found = subjects(f"甲县公办园情况\n全县公办园按等级公布如下。\n{lines}")
    assert [subject[:2] for _, subject in found] == ["一级", "二级", "三级", "未定"]


@pytest.mark.parametrize(
    ("heads", "behind"),
    [
        ("园所等次 保教费标准 （元/生·月） 定价文件", "甲价〔2017〕8号"),
        (
            "类别 等级 保教费标准（元/生·月） 寄宿 定价文件",
            "另加60元 甲价〔2017〕8号 甲财〔2018〕2号",
        ),
    ],
)
def test_cells_behind_the_first_row_reach_down_over_the_others(heads: str, behind: str) -> None:
    cells = f"{heads} 一等园 520 {behind} 二等园 430 三等园 340 未定等园 180".split()
    found = read("甲县幼儿园收费公示\n\n" + "\n\n".join(cells) + "\n").indicators
    fees = [r for r in found if r.figure != "60元"]
    assert [r.figure for r in fees] == ["520", "430", "340", "180"]
    for record, name in zip(fees, ("一等", "二等", "三等", "未定等"), strict=True):
        assert name in record.subject
        assert "保教费标准" in record.subject
        assert record.unit == "元/生·月"


LEVELLED_ROWS = {
    "a cell a line": (
        "| 单位：人 |\n  |   |\n 总计\n Total |\n 寄宿学生 Boarders |\n 人数 |\n 占学生总数的\n 比重（%） |\n",
        "  | {} |\n {} |\n {} |\n {} |\n\n",
    ),
    "a row's bar on a line of its own": (
        "|\n  |\n  |\n 单位：人 |\n|   |\n 总计 Total |\n 寄宿学生 Boarders |\n|\n 人数 |\n 占学生总数的比重（%） |\n",
        "| {} |\n{} |\n {} |\n{} |\n",
    ),
}


@pytest.mark.parametrize("layout", LEVELLED_ROWS)
def test_heads_of_two_levels_above_rows_that_a_bar_begins(layout: str) -> None:
    heads, row = LEVELLED_ROWS[layout]
    rows = [
        ("（一）小学", "2718", "402", "14.8"),
        ("（二）初中", "1906", "511", "26.8"),
        ("（三）高中", "1440", "903", "62.7"),
    ]
    parts = [row.format("一、普通教育", " ", " ", " "), *(row.format(*each) for each in rows)]
    found = subjects(f"2022年甲县各级学校寄宿学生\n{heads}{''.join(parts)}")
    assert [figure for figure, _ in found] == [cell for each in rows for cell in each[1:]]
    for at, (_, subject) in enumerate(found):
        assert rows[at // 3][0][-2:] in subject
        assert [word for word in ("人数", "比重") if word in subject] == [[], ["人数"], ["比重"]][
            at % 3
        ]


def test_rows_of_a_table_run_together_in_one_line() -> None:
    rows = ["县区 | 学校数（所） | 学生数（人）", "全市 | 41 | 9120", "泾县 | 12 | 3010"]
    rows += ["绩溪县 | 11 | 2507", "旌德县 | 9 | 1903", "郎溪县 | 9 | 1700"]
    line = "".join(f"| {row} | " for row in rows)
    found = read(f"| 8-2 分县区小学基本情况（2019年） | {line}\n").indicators
    assert [(r.figure, r.unit, r.area, r.period) for r in found][2:6] == [
        ("12", "所", "泾县", "2019"),
        ("3010", "人", "泾县", "2019"),
        ("11", "所", "绩溪县", "2019"),
        ("2507", "人", "绩溪县", "2019"),
    ]
    assert len(found) == 10


def test_cells_are_missing_where_the_others_add_up() -> None:
    table = (
        "地区 | 合计 | 教师 | 职员 | 工人 | 代课教师 |\n甲县 | 620 | 500 | 90 | 30 | 41 |\n"
        "乙县 | 410 | 330 | 60 | 20 | 12 |\n丙县 | 300 | 250 | 38 | 12 | ||\n丁县 | 205 | 170 | 35 | ||\n"
    )
    found = subjects(f"各县教职工数\n{table}")
    last = [subject for figure, subject in found if figure in ("38", "12", "35")][1:]
    assert [name[:4] for name in last] == ["丙县职员", "丙县工人", "丁县职员"]


def test_a_mark_on_a_line_of_its_own_belongs_to_the_name_below() -> None:
    rows = [
        ["一、高中阶段", "632", "343", "289", "45.7"],
        ["（一）普通高中", "438", "232", "206", "47.0"],
        ["1.", "高级中学", "282", "152", "130", "46.1"],
        ["2.", "完全中学", "156", "80", "76", "48.7"],
        ["3.", "一贯制学校", "0", "0", "0", "NaN"],
        ["（二）职业高中", "194", "111", "83", "42.8"],
        ["1.", "区属职高", "65", "33", "32", "49.2"],
        ["2.", "镇属职高", "129", "78", "51", "39.5"],
    ]
    cells = ["总计", "男生", "女生", "占学生总数的", "比重（%）"]
    cells += [cell for row in rows for cell in row]
    found = subjects("2020年甲县学生情况\n" + "\n".join(cells) + "\n")
    assert [figure for figure, _ in found] == [
        cell for row in rows for cell in row if cell[:1].isdigit() and cell[-1] != "."
    ]
    for row, (_, subject) in zip(rows, found[::4], strict=True):
        assert row[-5].lstrip("一、（二）") in subject
        assert "比重" not in subject


def test_numbers_that_look_like_years_under_years() -> None:
    text = (
        "5-8 研究生情况\n    2011 2012 2013\n一、招生数        （人） 2431 2514 2683\n"
        "    博士生   （人） 1920 1954 2033\n    硕士生   （人） 511 560 650\n"
        "二、毕业生数      （人） 1362 1508 1657\n    博士生   （人） 902 988 1020\n"
        "年份 2014 2015 2016\n三、教师数      （人） 702 711 740\n四、导师数      （人） 301 333 346\n"
    )
    found = [(figure, period) for figure, _, period in read_rows(text)]
    assert ("1954", "2012") in found
    assert ("1657", "2013") in found
    assert ("711", "2015") in found


def test_heads_a_line_each_between_lines_in_another_language() -> None:
    text = (
        "6-2 培训学校基本情况（2017年）\n\n\n\n项目 学校数\n（所）\n注册学生数\n（人）\n结业学生数\n（人）\n教职工数\n（人）\n\n 专任教师数\n"
        "Item\nNumber of Schools\n\nRegistered\nStudents\nGraduates\n\nStaff\nFull-time\nTeachers\n\n\n"
        "  总计 179 30487 29456 1326 755\n    Total\n  农民学校 103 20876 20846 817 371\n    For Farmers\n"
        "  职工学校 76 9611 8610 509 384\n    For Workers\n"
    )
    found = subjects(text)
    heads = ["学校数", "注册学生数", "结业学生数", "教职工数", "专任教师数"]
    assert len(found) == 15
    assert all(subject.endswith(heads[at % 5]) for at, (_, subject) in enumerate(found))


def test_heads_of_three_levels_a_line_each_with_numbers_in_their_other_language() -> None:
    grades = ["一年级", "Grade 1", "二年级", "Grade 2", "三年级", "Grade 3"]
    heads = [
        "地区 Region",
        "学校数",
        "（所）",
        "Schools",
        "班数 （个）",
        "Classes",
        "在校生数",
        "Students",
    ]
    heads += [
        "合计",
        "Total",
        "其中：女",
        "Female",
        "小学阶段",
        "Primary Level",
        "初中阶段",
        "Junior Level",
    ]
    heads += grades * 2
    rows = [
        "泾县 Jing 21 212 1454 998 240 225 235 248 260 246",
        "绩溪县 Jixi 20 204 1540 967 249 257 255 249 264 266",
    ]
    found = read("特殊学校情况\n单位：人\n" + "\n".join(heads + rows) + "\n").indicators
    assert [r.figure for r in found] == " ".join(rows).replace("泾县 Jing ", "").replace(
        "绩溪县 Jixi ", ""
    ).split()
    assert [("小学" in r.subject, "初中" in r.subject) for r in found[:10]] == (
        [(False, False)] * 4 + [(True, False)] * 3 + [(False, True)] * 3
    )


WORDS = [
    ["序号", "县区", "年度目标", "进展情况", "责任单位"],
    [
        "1",
        "泾县",
        "新增幼儿园学位900个，招聘教师60名。",
        "已新增幼儿园学位420个，招聘教师52名。",
        "教体局",
    ],
    [
        "2",
        "绩溪县",
        "新增幼儿园学位300个，招聘教师40名。",
        "已新增幼儿园学位310个，招聘教师40名。",
        "教体局",
    ],
]
PARTED = {
    "bars": "\n".join(" | ".join(row) + " |" for row in WORDS),
    "tabs": "\n".join("\t".join(row) for row in WORDS),
    "a bar behind each cell": "".join(f"{cell} |\n" for row in WORDS for cell in row),
    "a bar between cells": "\n|\n".join(cell for row in WORDS for cell in row),
}


@pytest.mark.parametrize("parted", PARTED)
def test_a_cell_with_sentences_stands_under_its_heads(parted: str) -> None:
    analysis = read(f"宣城市2023年学前教育推进情况\n2023年11月20日\n\n{PARTED[parted]}\n")
    found = [(r.figure, r.area, r.status) for r in analysis.indicators]
    assert found == [
        ("900个", "泾县", "target"),
        ("60名", "泾县", "target"),
        ("420个", "泾县", "achieved"),
        ("52名", "泾县", "achieved"),
        ("300个", "绩溪县", "target"),
        ("40名", "绩溪县", "target"),
        ("310个", "绩溪县", "achieved"),
        ("40名", "绩溪县", "achieved"),
    ]


@pytest.mark.parametrize("pad", ["", " | |"])
def test_a_cell_that_names_several_rows(pad: str) -> None:
    table = (
        "县区 | 任务 | 目标 | 完成情况 |\n泾县 | 扩大学位 | 新增小学学位1080个。 | 已新增小学学位720个。 |\n"
        f"改造食堂 | 改造学校食堂18个。 | 已改造学校食堂15个。 |{pad}\n绩溪县 | 扩大学位 | 新增小学学位540个。 | 已新增小学学位540个。 |\n"
    )
    analysis = read(f"宣城市实事项目进展\n\n{table}")
    assert [(r.figure, r.area, r.status) for r in analysis.indicators] == [
        ("1080个", "泾县", "target"),
        ("720个", "泾县", "achieved"),
        ("18个", "泾县", "target"),
        ("15个", "泾县", "achieved"),
        ("540个", "绩溪县", "target"),
        ("540个", "绩溪县", "achieved"),
    ]


def test_a_page_with_cells_of_sentences() -> None:
    page = (
        "<html><body><h1>宣城市2023年实事项目</h1><p>现将进展公布如下。</p><table>"
        "<tr><th>县区</th><th>任务</th><th>建设目标</th><th>进展情况</th></tr>"
        "<tr><td rowspan='2'>泾县</td><td>扩大学位</td><td>新增小学学位1080个。</td><td>已新增小学学位720个。</td></tr>"
        "<tr><td>改造食堂</td><td>改造学校食堂18个。</td><td>已改造学校食堂15个。</td></tr>"
        "</table><p>以上。</p></body></html>"
    )
    (source,) = read_bytes("a.html", page.encode())
    assert isinstance(source, Source)
    records = analyse(source).indicators
    assert [(r.figure, r.area, r.status) for r in records] == [
        ("1080个", "泾县", "target"),
        ("720个", "泾县", "achieved"),
        ("18个", "泾县", "target"),
        ("15个", "泾县", "achieved"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "姓名 | 职务 | 单位\n王某 | 校长 | 第一小学\n李某 | 教师 | 第二小学\n",
        "索引号： | 0012/2021 | 发文日期： | 2021-04-12 |\n名称： | 关于印发工作要点的通知 | 文号： | 教字5号 |\n主题： | 教育 | 机构： | 教育局 |\n",
        "首页 | 机构 | 新闻 | 公开\n全县新建小学12所，投入资金三千万元。 | 全县有初中3所，占地五万平方米。\n",
    ],
)
def test_names_mastheads_and_navigation_are_no_tables_of_words(text: str) -> None:
    source = Source("a.txt", text)
    assert not tables_of_words(source, fold(text, ()), ())


def cells(rows: list[list[str]]) -> list[str]:
    return [cell for row in rows for cell in row if cell]


def between(rows: list[list[str]], mark: str) -> str:
    return "\n".join(mark.join(filter(None, row)) for row in rows)


LOST = {
    "bars": lambda heads, body: between([*heads, *body], " | "),
    "bars and their frame": lambda heads, body: "\n".join(
        f"| {' | '.join(row)} |" for row in [*heads, *body]
    ),
    "rows filled up with bars": lambda heads, body: "\n".join(
        " | ".join(row) + " |" * (9 - len(row)) for row in [*heads, *body]
    ),
    "tabs": lambda heads, body: between([*heads, *body], "\t"),
    "blanks": lambda heads, body: between([*heads, *body], "   "),
    "one blank": lambda heads, body: between([*heads, *body], " "),
    "a bar behind each cell": lambda heads, body: " |\n".join(cells([*heads, *body])) + " |",
    "a bar between cells": lambda heads, body: "\n|\n".join(cells([*heads, *body])) + "\n|",
    "one cell a line": lambda heads, body: "\n".join(cells([*heads, *body])),
    "lines apart": lambda heads, body: "\n\n".join(cells([*heads, *body])),
    "a bar before each row": lambda heads, body: barred([" ".join(row) for row in [*heads, *body]]),
    "one head a line": lambda heads, body: "\n".join(cells(heads)) + "\n" + between(body, "   "),
    "English below each head": lambda heads, body: "\n".join(
        [line for cell in cells(heads) for line in (cell, "Head of It")] + cells(body)
    ),
    "English rows": lambda heads, body: (
        "\n".join(" | ".join(row) + "\n" + " | ".join("Head" for _ in row) for row in heads)
        + "\n"
        + between(body, " | ")
    ),
}
"""How the rows of a table may stand in a text, of which merged cells have lost how far they reach."""
LEVELLED = {
    "like groups": (
        ["县区 学校数 在校学生数", "小学 初中 小学 初中"],
        ["小学学校数", "初中学校数", "小学在校学生数", "初中在校学生数"],
        ["140 61 20418 9630", "88 35 15020 7712", "95 42 18033 8120"],
    ),
    "a sum and its part": (
        ["县区 学校数（所） 在校学生（人） 教职工（人）", "合计 其中：女 合计 专任教师"],
        ["学校数", "在校学生", "女在校学生", "教职工", "专任教师"],
        ["42 20418 9630 1510 1204", "35 15020 7012 1130 960", "51 23033 11120 1690 1302"],
    ),
    "a number and its share": (
        [
            "县区 学校数（所） 开展课后服务学校 参加课后服务学生",
            "校数（所） 占比（%） 人数（人） 占比（%）",
        ],
        ["学校数", "课后服务", "课后服务", "课后服务学生", "课后服务学生"],
        ["42 40 95.2 20418 88.1", "35 35 100 15020 92.3", "51 44 86.3 23033 79.5"],
    ),
    "two columns of names": (
        ["序号 县区 小学 初中", "校数（所） 学生（人） 校数（所） 学生（人）"],
        ["小学校数", "小学学生", "初中校数", "初中学生"],
        ["140 20418 61 9630", "88 15020 35 7712", "95 18033 42 8120"],
    ),
}


@pytest.mark.parametrize("lost", LOST)
@pytest.mark.parametrize("levels", LEVELLED)
def test_levels_of_heads_however_their_cells_are_parted(levels: str, lost: str) -> None:
    heads, expected, numbers = LEVELLED[levels]
    serial = heads[0].startswith("序号")
    names = ["泾县", "绩溪县", "旌德县"]
    body = [
        [*([str(at)] if serial else []), name, *row.split()]
        for at, (name, row) in enumerate(zip(names, numbers, strict=True), 1)
    ]
    table = LOST[lost]([row.split() for row in heads], body)
    records = read(f"宣城市2021年各县区教育情况\n{table}\n").indicators
    assert [r.figure for r in records] == " ".join(numbers).split()
    for at, record in enumerate(records):
        words = expected[at % len(expected)]
        assert all(each in record.subject for each in (words[:2], words[-2:])), record.subject
        assert (record.area, record.period) == (names[at // len(expected)], "2021")


KINDS = {
    "a sum without the number of its row": (
        "序号 县区 小学（所） 学生（人）",
        ["1 泾县 42 20418", "2 绩溪县 35 15020", "3 旌德县 51 23033", "合计 128 58471"],
        ["小学", "学生"],
        ["泾县", "绩溪县", "旌德县", "宣城市"],
    ),
    "a name over several rows": (
        "性质 校名 班数（个） 学生数（人）",
        [
            "公办 城东小学 42 20418",
            "城西小学 35 15020",
            "城北小学 30 12033",
            "民办 育才小学 51 23033",
            "文昌小学 12 5033",
        ],
        ["小学班数", "小学学生数"],
        ["宣城市"] * 5,
    ),
    "parts of each whole": (
        "类别 校数（所） 学生数（人）",
        ["小学 142 20418", "其中：民办 35 5020", "初中 61 9630", "其中：民办 12 2033"],
        ["校数", "学生数"],
        ["宣城市"] * 4,
    ),
    "heads that return": (
        "县区 初中（所） 学生（人）",
        ["泾县 42 20418", "绩溪县 35 15020", "县区 初中（所） 学生（人）", "旌德县 51 23033"],
        ["初中", "学生"],
        ["泾县", "绩溪县", "旌德县"],
    ),
    "remarks beside some": (
        "序号 县区 新增学位（个） 投资（元） 备注",
        [
            "1 泾县 420 20418 在建",
            "2 绩溪县 350 15020",
            "3 旌德县 510 23033 完工",
            "4 郎溪县 130 8033 在建",
        ],
        ["新增学位", "投资"],
        ["泾县", "绩溪县", "旌德县", "郎溪县"],
    ),
    "two tables side by side": (
        "县区 小学（所） 学生（人） 县区 小学（所） 学生（人）",
        ["泾县 42 20418 绩溪县 35 15020", "旌德县 51 23033 郎溪县 37 16044"],
        ["小学", "学生"],
        ["泾县", "绩溪县", "旌德县", "郎溪县"],
    ),
}


@pytest.mark.parametrize("lost", [each for each in LOST if each != "one head a line"])
@pytest.mark.parametrize("kind", KINDS)
def test_rows_of_several_kinds_however_their_cells_are_parted(kind: str, lost: str) -> None:
    heads, rows, subjects_of, areas = KINDS[kind]
    body = [row.split() for row in rows]
    table = LOST[lost]([heads.split()], body)
    records = read(f"宣城市2021年教育情况\n\n{table}\n").indicators
    numbers = [
        cell
        for row in body
        for at, cell in enumerate(row)
        if cell.isdigit() and not (at == 0 and heads.startswith("序号"))
    ]
    assert [r.figure for r in records] == numbers
    count = len(subjects_of)
    for at, record in enumerate(records):
        words = subjects_of[at % count]
        assert all(each in record.subject for each in (words[:2], words[-2:])), record.subject
        assert (record.area, record.period) == (areas[at // count], "2021")
    if kind == "parts of each whole":
        wholes = [("小学", "初中")["初中" in r.subject] for r in records]
        assert wholes == ["小学"] * 4 + ["初中"] * 4
        assert [r.groups for r in records] == [(), (), ("private",), ("private",)] * 2


@pytest.mark.parametrize("parted", ["   ", "\t", " "])
def test_the_first_name_of_a_list_behind_heads_a_line_each(parted: str) -> None:
    heads = "指标\n2020年\n2021年\n一、学前教育\n"
    rows = ["幼儿园数（所） 24 25", "幼儿数（人） 5517 5745", "二、小学教育", "小学数（所） 52 54"]
    body = "\n".join(row.replace(" ", parted) for row in rows)
    assert [(r.subject, r.period) for r in read(f"泾县教育指标\n{heads}{body}\n").indicators] == [
        ("幼儿园数", "2020"),
        ("幼儿园数", "2021"),
        ("幼儿数", "2020"),
        ("幼儿数", "2021"),
        ("小学数", "2020"),
        ("小学数", "2021"),
    ]


def test_the_income_and_the_spending_of_a_page_side_by_side() -> None:
    cells = (
        ("项目", "行次", "决算数", "项目", "行次", "决算数"),
        ("一、财政拨款收入", "1", "479.01", "一、教育支出", "8", "409.52"),
        ("二、事业收入", "2", "", "二、就业支出", "9", "28.31"),
    )
    rows = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in cells)
    over = "<tr><td colspan='3'>收入</td><td colspan='3'>支出</td></tr>"
    page = f"<html><body><h1>泾县2022年决算</h1><p>现公布。</p><table>{over}{rows}</table><p>以上。</p></body></html>"
    (source,) = read_bytes("a.html", page.encode())
    assert isinstance(source, Source)
    assert [(r.figure, r.subject) for r in analyse(source).indicators] == [
        ("479.01", "财政拨款收入决算数"),
        ("409.52", "教育支出决算数"),
        ("28.31", "就业支出决算数"),
    ]


OVER_SEVERAL = {
    "bars and empty cells": "县区 | 学段 | 校数（所） |\n泾县 | 小学 | 42 |\n | 初中 | 12 |\n绩溪县 | 小学 | 35 |\n | 初中 | 9 |",
    "bars alone": "县区 | 学段 | 校数（所） |\n泾县 | 小学 | 42 |\n初中 | 12 |\n绩溪县 | 小学 | 35 |\n初中 | 9 |",
    "tabs": "县区\t学段\t校数（所）\n泾县\t小学\t42\n\t初中\t12\n绩溪县\t小学\t35\n\t初中\t9",
    "blanks": "县区   学段   校数（所）\n泾县   小学   42\n初中   12\n绩溪县   小学   35\n初中   9\n郎溪县   小学   31\n初中   8",
    "a line each": "学段\n校数（所）\n班数（个）\n泾县\n小学\n42\n120\n初中\n12\n60\n绩溪县\n小学\n35\n104\n初中\n9\n51",
}


@pytest.mark.parametrize("layout", OVER_SEVERAL)
def test_a_place_that_stands_over_several_rows(layout: str) -> None:
    records = read(f"2022年宣城市学校数\n{OVER_SEVERAL[layout]}\n合计 | 98 |\n").indicators
    places = {r.figure: r.area for r in records}
    assert [places[figure] for figure in ("42", "12", "35", "9")] == ["泾县"] * 2 + ["绩溪县"] * 2
    assert all("初中" in r.subject for r in records if r.figure in ("12", "9"))


@pytest.mark.parametrize("mark", [" | ", "\t", "   ", "\n"])
@pytest.mark.parametrize("bands", ["30人以下 31-45人 46人以上", "5岁以下 6-12岁 13岁及以上"])
def test_bands_over_numbers_are_heads(mark: str, bands: str) -> None:
    rows = [f"学段 {bands}", "小学 289 57 169", "初中 166 100 50", "高中 168 257 92"]
    table = "\n".join(row.replace(" ", mark) for row in rows)
    records = read(f"2021年泾县中小学班级情况\n单位：个\n{table}\n").indicators
    assert [r.figure for r in records] == [
        "289",
        "57",
        "169",
        "166",
        "100",
        "50",
        "168",
        "257",
        "92",
    ]
    assert [r.subject[:2] for r in records] == ["小学"] * 3 + ["初中"] * 3 + ["高中"] * 3


def test_a_table_of_one_row_a_cell_a_line() -> None:
    cells = "县区 幼儿园（所） 小学（所） 初中（所） 高中（所） 泾县 95 85 34 11"
    records = read("2022年教育统计表\n" + cells.replace(" ", "\n")).indicators
    assert [(r.figure, r.subject, r.area) for r in records] == [
        ("95", "幼儿园", "泾县"),
        ("85", "小学", "泾县"),
        ("34", "初中", "泾县"),
        ("11", "高中", "泾县"),
    ]


def test_cells_with_their_units_one_blank_apart() -> None:
    rows = "项目 2022年 2021年\n幼儿园 114所 103所\n小学生 50270人 49541人\n教育支出 25.48亿元 26.21亿元\n"
    records = read(f"泾县教育数据\n{rows}").indicators
    assert [(r.subject, r.unit, r.period) for r in records] == [
        (subject, unit, year)
        for subject, unit in (("幼儿园", "所"), ("小学生", "人"), ("教育支出", "元"))
        for year in ("2022", "2021")
    ]


def test_an_empty_cell_at_the_end_of_rows_that_a_bar_begins() -> None:
    rows = ["序号 县区 小学 初中 备注", "校数（所） 学生（人） 校数（所） 学生（人）"]
    rows += [
        "1 泾县 142 20972 61 8651 _",
        "2 绩溪县 134 10694 84 3537 _",
        "3 旌德县 97 7758 39 6771 _",
    ]
    table = barred(rows).replace("| 3 |", "|\n| 3 |")
    records = read(f"2021年各县学校情况\n{table}|\n|\n").indicators
    assert {r.area for r in records} == {"泾县", "绩溪县", "旌德县"}
    assert len(records) == 12


def test_rows_most_of_which_end_with_empty_cells() -> None:
    rows = [
        "| 指标 | 2022年 | 2021年 | 2020年 | 2019年 |",
        "|---|---|---|---|---|",
        "| 中职专任教师数（人） | 463 | 455 | 435 | 425 |",
        "| 中职行政人员数（人） | 28 | |||",
        "| 中职教辅人员数（人） | 31 | |||",
        "| 中职工勤人员数（人） | 35 | |||",
    ]
    records = read("泾县教职工\n\n" + "\n".join(rows) + "\n").indicators
    assert [(r.figure, r.period) for r in records] == [
        ("463", "2022"),
        ("455", "2021"),
        ("435", "2020"),
        ("425", "2019"),
        *((figure, "2022") for figure in ("28", "31", "35")),
    ]


def test_a_head_over_lines_beside_an_empty_corner_and_lone_unit_lines() -> None:
    groups = ["毕业生数", "招生数", "在校生数"]
    cells = ["| 单位:人", "| unit:person", "| ", "学校\n     数(所)\n     (Schools)", *groups]
    cells += ["合计\n Total", "博士\n Doctor", "硕士\n Master"] * 3
    for name, row in (
        ("总计", "58 975 95 880 849 93 756 2703 382 2321"),
        ("中央", "11 290 47 243 413 71 342 1419 200 1219"),
        ("地方", "47 685 48 637 436 22 414 1284 182 1102"),
    ):
        cells += [f"| {name}", *row.split()]
    table = "".join(f"{cell} |\n\n" for cell in cells)
    records = read(f"泾县研究生\n\n{table}").indicators
    assert [(r.figure, r.subject) for r in records][:4] == [
        ("58", "研究生学校数"),
        ("975", "研究生毕业生数"),
        ("95", "博士毕业生数"),
        ("880", "硕士毕业生数"),
    ]


@pytest.mark.parametrize("dash", ["--", "——", "---"])
def test_a_dash_alone_in_its_line_is_an_empty_cell(dash: str) -> None:
    rows = "检查内容 个数 比例 一、基础数据 全市县区总数 7 _ 中小学校总数 640 _ 二、作业 公示作业的学校 640 100%"
    rows += " 控制作业时间的学校 608 95% 三、托管 开展托管的县区 7 100%"
    text = "\n\n".join(dash if cell == "_" else cell for cell in rows.split())
    found = read(f"玉门市督查半月报\n\n{text}\n").indicators
    assert [r.figure for r in found] == ["7", "640", "640", "100%", "608", "95%", "7", "100%"]
    assert found[2].subject == "公示作业的学校个数" and found[2].metric == "homework_management"
    assert [r.measure for r in found[2:6]] == ["total", "share", "total", "share"]


@pytest.mark.parametrize("code", ["科目编码", "功能代码"])
def test_codes_before_the_names_of_rows_are_no_figures(code: str) -> None:
    heads = f"{code} 科目名称 预算数 其中 _ 基本支出 项目支出".split()
    body = "合计 610.5 420 190.5 30101 一、小学教育 300 210 90 30101 二、初中教育 210 150 60 30104 三、职业教育 100.5 60 40.5"
    cells = [*heads, *body.split()]
    text = "".join("|\n" if cell == "_" else f"{cell} |\n" for cell in cells)
    found = read(f"夏河县教育局2021年支出预算表\n单位:万元\n{text}").indicators
    assert [r.figure for r in found] == re.findall(
        r"(?<= )[\d.]{2,5}(?= )(?! [一二三])|[\d.]+$", body
    )
    assert [(r.figure, r.cell.column_head if r.cell else "") for r in found[3:6]] == [
        ("300", "预算数"),
        ("210", "其中 / 基本支出"),
        ("90", "其中 / 项目支出"),
    ]


def test_the_source_of_a_page_above_heads_a_line_each() -> None:
    text = (
        "初中校数、分校数及班级数\n来源:教育厅\n\n发布日期:2016-03-04\n\n"
        "  校数(所)\nInstitutions\n分校数(个)\nBranch\nSites\n班级数(个)\nGroups\n"
        "    合计 Total 612 48 9105\n    公办 Public 540 41 8330\n城区 Urban 203 6 4120\n镇区 Towns 311 22 3968\n"
    )
    found = read(f"甘肃省教育统计\n{text}").indicators
    assert [(r.figure, r.unit, r.subject) for r in found[3:6]] == [
        ("540", "所", "公办校数"),
        ("41", "个", "公办分校数"),
        ("8330", "个", "公办班级数"),
    ]


def test_heads_of_two_levels_with_empty_rows_and_another_language_below() -> None:
    rows = [
        "_ _ 入学人数 在学人数 下届毕业人数",
        "_ 结业人数 Admitted Enrolled",
        "_ Leavers 共计 其中寄宿 共计 一年级 二年级",
        "_ _ _ Of_Which _ _ _ _",
        "_ _ Total Boarders Total Grade_1 Grade_2 _",
        "合计 310 290 84 900 290 302 298",
        "公办 250 231 70 722 231 240 243",
        "民办 60 59 14 178 59 62 55",
    ]
    text = "".join(
        ("| " if not at else "") + (" | \n" if cell == "_" else f"{cell.replace('_', ' ')} | \n")
        for row in rows
        for at, cell in enumerate(row.split())
    )
    found = read(f"会宁县小学学生数\n{text}").indicators
    heads = [r.cell.column_head.split(" / ")[:2] for r in found[:7] if r.cell]
    assert [head[0] for head in heads] == [
        "结业人数",
        *["入学人数"] * 2,
        *["在学人数"] * 3,
        "下届毕业人数",
    ]
    assert [head[1] for head in heads[1:6]] == ["共计", "其中寄宿", "共计", "一年级", "二年级"]


def test_numbers_one_blank_apart_where_large_ones_have_no_blanks() -> None:
    rows = "年份 高中 职高 技校 小学\n1986 14800 120  90500\n1987 15100 131  91200\n1988 15420 140 860 93100\n1989 15800 152 910 95000\n"
    found = read(f"各类学校教师数\n单位:人\n{rows}").indicators
    assert [r.figure for r in found if r.period == "1988"] == ["15420", "140", "860", "93100"]


@pytest.mark.parametrize("above", ["公办园", "面向乡镇学校在编教师"])
def test_a_cell_before_the_first_name_reaches_down(above: str) -> None:
    cells = f"类别 学科 总人数 男教师数 女教师数 {above} 语文 9 3 6 数学 14 5 9 美术 4 1 3 民办园 体育 3 2 1 合计 _ 30 11 19"
    text = "(3)录用情况\n" + "\n|\n".join("" if c == "_" else c for c in cells.split())
    found = read(f"会宁县2019年教师录用\n{text}\n|\n").indicators
    assert [r.figure for r in found] == [
        "9",
        "3",
        "6",
        "14",
        "5",
        "9",
        "4",
        "1",
        "3",
        "3",
        "2",
        "1",
        "30",
        "11",
        "19",
    ]
    named = {r.figure: r.cell.row_head for r in found if r.cell}
    assert named["14"] == f"{above} / 数学" and named["4"] == f"{above} / 美术"
    assert named["2"] == "民办园 / 体育" and named["30"] == "合计"
    assert {r.cell.column_head for r in found[::3] if r.cell} == {"总人数"}


def test_an_item_of_a_list_above_the_heads_of_its_table() -> None:
    tables = (
        "(1)初中\n类别\n|\n校数\n|\n班数\n|\n公办\n|\n12\n|\n96\n|\n民办\n|\n3\n|\n20\n|\n合计\n|\n15\n|\n116\n"
        "(2)小学\n类别\n|\n校数\n|\n班数\n|\n公办\n|\n31\n|\n240\n|\n民办\n|\n4\n|\n18\n|\n合计\n|\n35\n|\n258\n|\n"
    )
    found = {r.figure: r.subject for r in read(f"会宁县2019年办学情况\n{tables}").indicators}
    assert found["96"] == "初中公办班数" and found["240"] == "小学公办班数"


def test_the_names_of_many_columns_one_blank_apart_however_long_their_line() -> None:
    heads = [
        "应开展督导的县（区）总数",
        "已启动专项排查的县（区）数",
        "按期完成专项排查的县（区）数",
        "排查出有问题的幼儿园数",
        "已完成全部整改的幼儿园数",
    ]
    rows = [" ".join(("序号", "地市", *heads)), "1 安庆市 10 10 4 57 31", "2 池州市 4 4 2 28 19"]
    found = subjects("2022年幼儿园专项督导进展\n" + "\n".join([*rows, "3 铜陵市 4 3 1 16 8"]))
    assert [figure for figure, _ in found[:3]] == ["10", "10", "4"]
    assert all(subject.endswith(head) for (_, subject), head in zip(found[:3], heads, strict=False))
