"""Tables whose heads must be inferred: from how regular their rows are, and from what adds up."""

from __future__ import annotations

import pytest

from shuangjian_cli.api import analyse
from shuangjian_cli.model import Analysis, Source


def read(text: str) -> Analysis:
    return analyse(Source("a.txt", text))


def subjects(text: str) -> list[tuple[str, str]]:
    """The figures of a text with their subjects."""
    return [(record.figure, record.subject) for record in read(text).indicators]


NUMBERED = {
    "asides in heads": (
        (
            "2023年甲县学生资助情况汇总表\n序号 | 街道 | 总人数 | 初中 | 小学 | 合计 | ||\n"
            "日托生（三类学生，每人每年800元） | 寄宿生 | 日托生（三类学生，每人每年600元） | 寄宿生 | 补助经费合计 | |||\n"
            "1 | 东街 | 210 | 40 | 35 | 70 | 65 | 41520 |\n2 | 西街 | 180 | 30 | 25 | 70 | 55 | 36210 |\n"
            "合计 | 390 | 70 | 60 | 140 | 120 | 77730 |\n"
        ),
        ["总人数", "初中日托生", "初中寄宿生", "小学日托生", "小学寄宿生", "补助经费"],
    ),
    "remarks": (
        (
            "教师培训统计表\n序号 | 单位名称 | 城区 | 农村 | 备注 | |\n骨干教师 | 新任教师 | 骨干教师 | 新任教师 | | |\n"
            "1 | 一中 | 12 | 8 | 3 | 2 | |\n2 | 二中 | 10 | 9 | 4 | 6 | |\n合计 | 22 | 17 | 7 | 8 | |\n"
        ),
        ["城区骨干教师", "城区新任教师", "农村骨干教师", "农村新任教师"],
    ),
    "one below one": (
        (
            "各镇学校与学生数\n序号 | 镇名 | 小学 | 初中 | 总计 | ||\n学校数 | 学生数 | 学校数 | 学生数 | 学生总计 | |||\n"
            "1 | 青山镇 | 6 | 1210 | 1 | 520 | 1730 |\n2 | 白水镇 | 5 | 1005 | 2 | 640 | 1645 |\n"
            "总计 | 11 | 2215 | 3 | 1160 | 3375 |\n"
        ),
        ["小学学校数", "小学学生数", "初中学校数", "初中学生数", "学生"],
    ),
}


@pytest.mark.parametrize("table", NUMBERED)
def test_a_total_without_a_number_below_numbered_rows(table: str) -> None:
    text, expected = NUMBERED[table]
    found = [subject for _, subject in subjects(text)]
    assert len(found) == 3 * len(expected)
    assert all(map(str.endswith, found, expected * 3)), found
    assert found[-len(expected) :] == expected


def test_who_is_counted_under_a_title_of_aid_is_aided() -> None:
    records = read(NUMBERED["asides in heads"][0]).indicators
    assert {record.metric for record in records if "寄宿生" in record.subject} == {"student_aid"}
    titled = "2023年甲县学生情况汇总表\n" + NUMBERED["asides in heads"][0].partition("\n")[2]
    assert "student_aid" not in {record.metric for record in read(titled).indicators[1:5]}


SUMS = {
    "numbered wholes": (
        (
            "单位：人\n层次 | 毕业生数 | 招生数 |\n1.硕士与博士 | 52 | 70 |\n2.网络本专科 | 620 | 815 |\n本 科 | 400 | 500 |\n"
            "专 科 | 220 | 315 |\n3.成人本专科 | 300 | 410 |\n"
        ),
        ["400", "网络本专科本科毕业生数"],
        ["315", "网络本专科专科招生数"],
        ["300", "成人本专科毕业生数"],
    ),
    "a part and the next": (
        "项目 | 幼儿园数（所） | 班数（个） |\n甲镇 | 17 | 142 |\n其中：河东 | 10 | 85 |\n河西 | 7 | 57 |\n乙镇 | 9 | 66 |\n",
        ["10", "河东幼儿园数"],
        ["57", "河西班数"],
        ["66", "乙镇班数"],
    ),
    "no sum": (
        (
            "单位：人\n层次 | 毕业生数 | 招生数 |\n1.网络本专科 | 620 | 815 |\n本 科 | 400 | 500 |\n专 科 | 220 | 300 |\n"
            "2.成人本专科 | 300 | 410 |\n"
        ),
        ["400", "本科毕业生数"],
        ["300", "专科招生数"],
        ["410", "成人本专科招生数"],
    ),
}


@pytest.mark.parametrize("table", SUMS)
def test_rows_that_add_up_to_the_one_above_are_its_parts(table: str) -> None:
    text, *expected = SUMS[table]
    found = subjects(str(text))
    assert all((figure, subject) in found for figure, subject in expected), found


def test_a_part_without_a_place_takes_that_of_the_row_whose_sum_it_belongs_to() -> None:
    table = (
        "北京市各区幼儿园情况\n项目 | 园数（所） | 班数（个） |\n密云区 | 17 | 142 |\n其中：城内 | 10 | 85 |\n城外 | 7 | 57 |\n"
        "延庆区 | 9 | 66 |\n"
    )
    areas = [record.area for record in read(table).indicators]
    assert areas == ["密云区"] * 6 + ["延庆区"] * 2


@pytest.mark.parametrize(
    ("title", "stage"),
    [
        ("2021年各镇幼儿园园数、班级数情况", "preschool"),
        ("2021年各镇小学班数和人数统计表", "primary"),
        ("2021年各镇幼儿园、学校班数统计表", None),
    ],
)
def test_the_stage_that_a_title_of_several_things_names(title: str, stage: str | None) -> None:
    records = read(f"{title}\n镇 | 班数 | 人数 |\n甲镇 | 12 | 410 |\n乙镇 | 9 | 305 |\n").indicators
    assert {record.stage for record in records} == {stage}


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("各区每10万人口中各级受教育程度人数", "人"),
        ("各区受教育程度人数", "人/10万人"),
        ("各区受教育程度人数", "人/千人"),
    ],
)
def test_how_many_there_are_among_so_many(title: str, unit: str) -> None:
    text = f"{title}\n单位：{unit}\n区 | 高中 | 初中 |\n东区 | 17593 | 23289 |\n西区 | 15088 | 34507 |\n"
    assert {record.measure for record in read(text).indicators} == {"per_unit"}


def test_the_doubts_of_one_table_are_no_other_s() -> None:
    plain = "2021年北京市学校情况\n学段 | 学校数（所） | 班数（个） |\n小学 | 12 | 140 |\n初中 | 5 | 61 |\n"
    lacking = "2021年北京市班级情况\n学段 | 班数（个） |\n小学 | 12 | 140 |\n初中 | 5 | 61 |\n"
    records = read(f"{plain}\n{lacking}").indicators
    assert [each.confidence for each in records] == ["certain"] * 4 + ["check"] * 4


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (
            (
                "年份 小学升初中(% 初中升高中(% 高中升大学(%\nYear Primary Leavers Junior Leavers Senior Leavers\n"
                "2001 91.5 52.1 46.4\n2002 92.7 53.6 47.7\n2003 93.7 55.0 48.9\n"
            ),
            ["小学升初中 %", "初中升高中 %", "高中升大学 %"],
        ),
        (
            "镇 学校数(所 班数(个 学生数(万人\n东镇 12 140 1.2\n西镇 9 101 0.8\n北镇 7 88 0.6\n",
            ["学校数 所", "班数 个", "学生数 人"],
        ),
        (
            "年份 小学在校生(人 初中在校生(人\n2019 1204 611\n2020 1180 602\n2021 1150 590\n",
            ["小学在校生 人", "初中在校生 人"],
        ),
    ],
)
def test_heads_whose_units_are_left_open(table: str, expected: list[str]) -> None:
    records = read(f"教育情况\n\n{table}").indicators
    found = [f"{record.subject[-5:]} {record.unit}" for record in records]
    assert all(map(str.endswith, found, [each[-6:] for each in expected] * 3)), found


def opened(rows: list[list[str]]) -> str:
    """Rows of which each first cell begins its line with a bar, each cell, also an empty one, on a line
    that ends with one."""
    return "".join("|" + "".join(f" {cell} | \n" for cell in row) for row in rows)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [
                ["", "", "在校生数", "毕业班学生数 Expected"],
                ["", "教师数", "Enrolment"],
                ["", "Teachers", "合计", "其中女", "一年级", "二年级"],
                ["", "", "Total", "Female", "Grade 1", "Grade 2"],
                ["总计 Total", "41", "600", "290", "310", "290", "288"],
                ["城区 Urban", "30", "400", "190", "210", "190", "187"],
            ],
            ["教师数", "在校生数", "女在校生数", "一年级", "二年级", "毕业班学生数"],
        ),
        (
            [
                ["", "", "招生数", "在校生数"],
                ["", "校数", "Entrants", "Enrolment"],
                ["", "Schools", "计", "其中女", "计", "其中女"],
                ["公办", "12", "500", "120", "1500", "380"],
                ["民办", "3", "90", "60", "270", "190"],
            ],
            ["校数", "招生数", "女招生数", "在校生数", "女在校生数"],
        ),
        (
            [
                ["学段", "班数", "学生", "教师"],
                ["Level", "Classes", "Students", "Staff"],
                ["", "", "男生数", "女生数", "总数", "其中女教师数"],
                ["小学", "40", "810", "790", "96", "60"],
                ["初中", "22", "505", "480", "71", "38"],
            ],
            ["班数", "男生数", "女生数", "教师", "女教师数"],
        ),
    ],
)
def test_heads_over_rows_whose_empty_cells_are_kept(
    rows: list[list[str]], expected: list[str]
) -> None:
    found = subjects(f"甲县情况\n{opened(rows)}")
    numbers = [cell for row in rows for cell in row if cell.isdigit()]
    assert [figure for figure, _ in found] == numbers
    for (_, subject), words in zip(found, expected * 2, strict=True):
        assert all(part in subject for part in (words[:2], words[-2:])), found


def test_fees_below_two_heads_of_which_sums_tell_one() -> None:
    lines = (
        "河湾中学2018年秋季收费标准 | ||||||||",
        "单位：元/生·学期 | ||||||||",
        "类别 | 学费 | 代收费 | 住宿费 | 总计 | ||||",
        "书本费 | 簿本费 | 校服费 | 走读 | 住校 | ||||",
        "高中部 | 一年级 | 700 | 310.5 | 40 | 150 | 110 | 1200.5 | 1310.5 |",
        "二年级 | 700 | 290 | 40 | 0 | 110 | 1030 | 1140 | |",
        "三年级 | 700 | 180.5 | 30 | 0 | 110 | 910.5 | 1020.5 | |",
    )
    records = read("\n".join(lines)).indicators
    assert [each.subject for each in records[7:14]] == [
        *("高中部二年级学费", "高中部二年级书本费", "高中部二年级簿本费", "高中部二年级校服费"),
        *("高中部二年级住宿费", "高中部二年级走读总计", "高中部二年级住校总计"),
    ]
    assert {(each.metric, each.pillar, each.unit) for each in records} == {
        (None, None, "元/生·学期")
    }
    assert {each.stage for each in records} == {"general_upper_secondary"}


def test_several_fees_stand_below_the_others() -> None:
    lines = (
        "各校收费 单位：元/学年",
        "学校 | 学费 | 其他费用 | 合计 | |||",
        "餐费 | 车费 | 资料费 | 住校 | 走读 | ||",
        "甲校 | 8000 | 3000 | 1400 | 300 | 12700 | 9700 |",
        "乙校 | 9000 | 3300 | 1700 | 200 | 14200 | 10900 |",
    )
    records = read("\n".join(lines)).indicators
    assert [each.subject for each in records[:6]] == [
        *("甲校学费", "甲校其他费用餐费", "甲校其他费用车费", "甲校其他费用资料费"),
        *("甲校住校合计", "甲校走读合计"),
    ]


def test_heads_below_which_others_may_stand_are_doubted() -> None:
    lines = (
        "湖东区2020年各校情况",
        "学校 | 甲类 | 乙类 | 丙类 | ||",
        "一级 | 二级 | 三级 | 四级 | ||",
        "东镇小学 | 24 | 52 | 49 | 80 | 12 |",
        "西镇小学 | 18 | 41 | 40 | 64 | 9 |",
    )
    for each in read("\n".join(lines)).indicators:
        assert "the heads of the table may stand over other columns" in each.reasons


def test_numbers_that_their_cells_name_go_on_in_rows_of_one_cell() -> None:
    lines = (
        "收费项目 | 计费单位 | 收费标准 | 文件依据 | 备注 |",
        "一、学费 | ||||",
        "1.示范高中 | 元/生·学期 | 730 | 价费〔2012〕8号 | |",
        "2.择校生 | ||||",
        "(1)省级示范高中 | 元/生·学期 | 主城区3800 | 教财〔2009〕14号 | |",
        "郊区3100 | ||||",
        "二、住宿费 | ||||",
        "四人间 | 元/生·学期 | 220 | ||",
        "八人间 | 元/生·学期 | 90 | ||",
    )
    assert subjects("\n".join(lines)) == [
        ("730", "示范高中学费"),
        ("3800", "省级示范高中主城区择校生学费"),
        ("3100", "省级示范高中郊区择校生学费"),
        ("220", "四人间住宿费"),
        ("90", "八人间住宿费"),
    ]
