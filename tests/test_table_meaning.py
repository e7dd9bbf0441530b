"""What the heads and the title of a table say of its figures together."""

from __future__ import annotations

import pytest

import shuangjian_cli as sj


def told(text: str, *fields: str) -> list[tuple[object, ...]]:
    """The figure of each record, and some of its fields."""
    return [
        (text[each.start : each.end], *(getattr(each, field) for field in fields))
        for each in sj.extract(text)
    ]


def test_what_a_row_counts_of_all_schools_the_kinds_below_it_count() -> None:
    rows = (
        "项目 | 2018 | 2019",
        "各类学校教师人数 | 5210 | 5344",
        "高等院校 | 830 | 861",
        "普通中学 | 2110 | 2138",
        "# 高中 | 905 | 911",
        "小学 | 2270 | 2345",
        "各类学校校舍面积 | 91.2 | 93.5",
        "小学 | 33.1 | 34.6",
    )
    text = "市教育局编 各类学校教师人数及校舍面积\n" + "\n".join(rows) + "\n"
    assert [(figure, subject) for figure, subject in told(text, "subject")[::2]] == [
        ("5210", "各类学校教师人数"),
        ("830", "高等院校教师人数"),
        ("2110", "普通中学教师人数"),
        ("905", "高中教师人数"),
        ("2270", "小学教师人数"),
        ("91.2", "各类学校校舍面积"),
        ("33.1", "小学校舍面积"),
    ]


def test_a_section_is_not_replaced_by_what_a_row_of_it_counts() -> None:
    text = (
        "指标 | 2018 | 2019\n普通高校 | |\n校数 | 12 | 13\n招生数 | 4.1 | 4.4\n教师数 | 0.9 | 1.1\n"
    )
    assert {stage for _, stage in told(text, "stage")} == {"higher"}


def test_a_unit_behind_the_name_of_a_row() -> None:
    text = "2017年小学基本情况\n项目    全县    东镇    西镇\n班级数    120    70    50\n占地面积 万平方米    9.8    6.1    3.7\n"
    assert ("9.8", "平方米", "小学占地面积") in told(text, "unit", "subject")


def test_a_school_that_is_not_counted_leaves_the_metric_to_the_title() -> None:
    text = (
        "2019年全县高中招生计划\n学校 | 统招生 | 配额生\n高中一部 | 310 | 22\n高中二部 | 295 | 18\n"
    )
    assert {each for _, each in told(text, "metric")} == {"students"}


def test_the_unit_of_fees_alone_on_a_line() -> None:
    text = "各校学费标准\n元/学期·人\n学校 | 走读 | 住校\n东镇中学 | 910 | 1240\n西镇中学 | 860 | 1190\n"
    assert {(unit, measure) for _, unit, measure in told(text, "unit", "measure")} == {
        ("元/学期·人", "per_unit")
    }


def test_a_title_names_what_stands_behind_its_year() -> None:
    text = "东镇中学2018—2019学年第一学期代办费\n年级 | 教材 | 校服\n七年级 | 121.5 | 180\n八年级 | 133.2 | 180\n"
    assert told(text, "subject")[:2] == [("121.5", "七年级教材代办费"), ("180", "七年级校服代办费")]


def test_the_stage_of_a_title_before_its_year() -> None:
    text = "全县小学2018年在校生数\n镇 | 男 | 女\n东镇 | 310 | 295\n西镇 | 204 | 198\n"
    assert {each for _, each in told(text, "stage")} == {"primary"}


def test_cells_that_tell_when_are_no_figures() -> None:
    text = "项目 | 小学（元） | 初中（元） | 收取\n校服 | 180 | 195 | 9月\n教材 | 95 | 110 | 08年9月前\n午餐 | 240 | 260 | 每月 5日\n"
    assert [figure for figure, *_ in told(text)] == ["180", "195", "95", "110", "240", "260"]


def test_who_is_counted_under_a_head_of_people_is_named_alone() -> None:
    text = "地区 | 教职工数 | |\n| 合计 | 后勤人员 | 保管员\n芜湖 | 410 | 36 | 12\n蚌埠 | 385 | 31 | 9\n"
    assert told(text, "subject", "metric")[:3] == [
        ("410", "教职工数", "teachers"),
        ("36", "后勤人员", "teachers"),
        ("12", "保管员", "teachers"),
    ]


def test_rows_that_lack_the_first_head_of_a_row_above() -> None:
    rows = (
        "类别 | 等级 | 收费标准（元/月）",
        "公办幼儿园 | 一级园 | 460",
        "二级园 | 380",
        "民办幼儿园 | 一级园 | 720",
        "二级园 | 610",
    )
    assert told("\n".join(rows) + "\n", "groups", "status") == [
        ("460", ("public",), "achieved"),
        ("380", ("public",), "achieved"),
        ("720", ("private",), "achieved"),
        ("610", ("private",), "achieved"),
    ]


def test_rows_further_in_are_of_the_one_stage_above_them() -> None:
    text = (
        "项目    2009    2010\n学校图书 （万册） Books (10 000 copies)    88.1    91.4\n"
        "  高等学校图书 Colleges    40.2    41.7\n    其中电子 Electronic    11.5    12.6\n"
        "    民办高校 Private Colleges    7.3    7.7\n  小学图书 Primary Schools    21.3    22.1\n"
    )
    assert told(text, "unit", "subject", "stage")[::2] == [
        ("88.1", "册", "学校图书", None),
        ("40.2", "册", "高等学校图书", "higher"),
        ("11.5", "册", "电子高等学校图书", "higher"),
        ("7.3", "册", "民办高校图书", "higher"),
        ("21.3", "册", "小学图书", "primary"),
    ]


def test_a_standard_of_care_fees_is_in_force_and_no_aid() -> None:
    text = "2022年保教费标准\n等级 | 城区（元/月·人） | 农村（元/月·人）\n一级幼儿园 | 510 | 390\n二级幼儿园 | 440 | 310\n"
    assert {row[1:] for row in told(text, "status", "metric", "measure")} == {
        ("achieved", None, "per_unit")
    }


def test_the_fees_of_a_school_are_in_force_though_its_plan_of_charging_says_so() -> None:
    text = (
        "东湖小学2023年秋季收费工作意见\n项目（单位：元）\n年级 | 学习资料 | 午餐费 | 托管费\n"
        "低段 | 52 | 880 | 260\n中段 | 71 | 880 | 260\n高段 | 83 | 880 | 260\n"
    )
    assert {row[1] for row in told(text, "status")} == {"achieved"}


def test_the_unit_of_a_group_of_rows_beside_its_name_in_another_language() -> None:
    text = (
        "各类学校教师数\nItem 2015 2020\n女教师（万人） Female Teachers (10 000 persons) 6.25 8.20\n"
        "    小学   Primary Schools 4.12 5.82\n    初中   Junior Schools 2.13 2.38\n"
        "女教师占全部教师（%） Percentage of Females to Total Teachers(%) 52.1 56.4\n"
        "    小学   Primary Schools 61.2 66.3\n    初中   Junior Schools 44.7 49.8\n"
    )
    assert [row for row in told(text, "subject", "unit") if row[2] == "%"] == [
        ("52.1", "女教师占全部教师", "%"),
        ("56.4", "女教师占全部教师", "%"),
        ("61.2", "小学女教师占全部教师", "%"),
        ("66.3", "小学女教师占全部教师", "%"),
        ("44.7", "初中女教师占全部教师", "%"),
        ("49.8", "初中女教师占全部教师", "%"),
    ]


def test_a_change_takes_what_the_columns_of_figures_count() -> None:
    text = "指标类型 | 2018年数据 | 2017年对比 | 变化幅度\n报名人数 | 3120 | 3055 | +2.1%\n录取率 | 78.2% | 75.1% | +3.1个百分点\n"
    assert told(text, "subject", "period", "role")[:3] == [
        ("3120", "报名人数", "2018", "level"),
        ("3055", "报名人数", "2017", "level"),
        ("+2.1%", "报名人数", None, "change"),
    ]


def test_what_staff_have_studied_is_no_stage() -> None:
    text = "全县中等职业学校专任教师、校外兼课教师学历情况\n类别 | 本科 | 高中阶段及以下\n专任教师 | 310 | 12\n兼课教师 | 45 | 6\n"
    assert {stage for _, stage in told(text, "stage")} == {"vocational"}
    turned = "全县中等职业学校专任教师学历情况\n类别 | 专任教师 | 兼课教师\n本科 | 310 | 45\n高中阶段及以下 | 12 | 6\n"
    assert {stage for _, stage in told(turned, "stage")} == {"vocational"}


def test_one_row_that_lacks_a_head_takes_none_from_above() -> None:
    rows = (
        "等级 | 形式 | 标准（元/月）",
        "一级园 | 全日制 | 460",
        "二级园 | 全日制 | 380",
        "三级园 | 全日制 | 310",
        "未评定 | 210",
    )
    assert told("全县幼儿园收费\n" + "\n".join(rows) + "\n", "subject")[-1] == (
        "210",
        "幼儿园未评定标准",
    )


def test_rows_behind_a_part_that_are_attributes_are_parts_too() -> None:
    rows = (
        "类别 | 总计 | 本科",
        "1.任课教师 | 820 | 610",
        "其中：女 | 510 | 402",
        "高级 | 96 | 88",
        "未评级 | 41 | 37",
        "2.兼课教师 | 60 | 31",
    )
    text = "全市普通高等学校任课教师、兼课教师情况\n" + "\n".join(rows) + "\n"
    assert [row[1] for row in told(text, "subject")] == [
        "普通高等学校任课教师",
        "普通高等学校本科任课教师",
        "普通高等学校女任课教师",
        "普通高等学校本科女任课教师",
        "普通高等学校高级任课教师",
        "普通高等学校本科高级任课教师",
        "普通高等学校未评级任课教师",
        "普通高等学校本科未评级任课教师",
        "普通高等学校兼课教师",
        "普通高等学校本科兼课教师",
    ]


def test_a_title_that_counts_what_one_column_does_tells_the_others_the_rest() -> None:
    rows = (
        "类别 | 合计 | 女学生 |",
        " | | 人数 | 占学生总数的比重（%）",
        "一、高等教育 | | |",
        "研究生 | 410 | 204 | 49.8",
        "二、中等教育 | 2150 | 1020 | 47.4",
        "三、初等教育 | 3300 | 1560 | 47.3",
    )
    text = "各级学校女学生情况 单位：人\n" + "\n".join(rows) + "\n"
    assert [row[1:] for row in told(text, "subject", "stage", "measure")] == [
        ("研究生", "higher", "total"),
        ("研究生女学生人数", "higher", "total"),
        ("研究生女学生占学生总数的比重", "higher", "share"),
        ("中等教育学生", "upper_secondary", "total"),
        ("中等教育女学生人数", "upper_secondary", "total"),
        ("中等教育女学生占学生总数的比重", "upper_secondary", "share"),
        ("初等教育学生", "primary", "total"),
        ("初等教育女学生人数", "primary", "total"),
        ("初等教育女学生占学生总数的比重", "primary", "share"),
    ]


def test_grades_are_of_the_stage_of_the_title() -> None:
    text = "全县初中学校数、班数\n类别 | 学校数 | 班数 | |\n | | 合计 | 一年级 | 二年级\n公办 | 12 | 96 | 50 | 46\n民办 | 3 | 20 | 11 | 9\n"
    assert {stage for _, stage in told(text, "stage")} == {"lower_secondary"}


def test_a_kind_of_schools_among_others_is_named_alone() -> None:
    text = "类别 | 教师数 | 学生数\n高中阶段教育 | 610 | 8120\n其中：普通高中 | 420 | 5630\n"
    assert told(text, "subject")[2:] == [("420", "普通高中教师数"), ("5630", "普通高中学生数")]


def test_rows_of_one_name_are_told_apart_by_the_group_above_them() -> None:
    rows = (
        "类别 | 学校数 | 班数",
        "总计 | 61 | 710",
        "教育部门 | 50 | 620",
        "民办 | 11 | 90",
        "城区 | 20 | 400",
        "教育部门 | 14 | 340",
        "民办 | 6 | 60",
        "其中：城乡结合区 | 8 | 120",
        "教育部门 | 6 | 105",
        "乡村 | 41 | 310",
        "民办 | 5 | 30",
    )
    text = "2018年全市小学学校数、班数\n" + "\n".join(rows) + "\n"
    found = told(text, "subject", "groups")
    assert [row for row in found if row[0] in ("50", "14", "6", "5", "105")] == [
        ("50", "小学教育部门学校数", ()),
        ("14", "小学城区教育部门学校数", ("urban",)),
        ("6", "小学城区民办学校数", ("private", "urban")),
        ("6", "小学城乡结合区教育部门学校数", ()),
        ("105", "小学城乡结合区教育部门班数", ()),
        ("5", "小学乡村民办学校数", ("private", "rural")),
    ]


def test_rows_further_in_than_a_group_are_of_it() -> None:
    text = (
        "2008年民办初中情况\n类别    招生数    毕业生数\n城市    310    295\n  教育部门    200    190\n"
        "  其他部门    110    105\n县镇    410    388\n  教育部门    350    330\n"
    )
    assert [row[1] for row in told(text, "subject")[2:5]] == [
        "民办初中城市教育部门招生数",
        "民办初中城市教育部门毕业生数",
        "民办初中城市其他部门招生数",
    ]


def test_a_kind_of_a_row_stands_for_that_of_the_measure() -> None:
    text = (
        "中等职业学校数（2006年）\n类别 | 合计 | 教育部门\n普通中专 | 31 | 20\n成人中专 | 22 | 15\n"
    )
    assert [row[1] for row in told(text, "subject")] == [
        "普通中专数",
        "普通中专教育部门数",
        "成人中专数",
        "成人中专教育部门数",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "全县职业学校毕业生就业情况\n专业 | 毕业人数 | 就业人数\n烹饪 | 61 | 58\n电工 | 44 | 41\n",
            ["students", "employment"],
        ),
        (
            "2021年期末成绩统计表\n学校 | 参考人数 | 满分人数\n南街小学 | 145 | 3\n北街小学 | 168 | 5\n",
            ["learning_outcomes", "learning_outcomes"],
        ),
        (
            "学生体质健康测试结果\n学段 | 测试人数 | 优秀率\n小学 | 910 | 22.1%\n初中 | 430 | 17.4%\n",
            ["physical_activity", "physical_activity"],
        ),
        (
            "各乡镇课后服务开展情况\n乡镇 | 覆盖率 | 参与学生数\n东乡 | 96% | 2310\n西乡 | 100% | 1890\n",
            ["afterschool_coverage", "afterschool_participation"],
        ),
    ],
)
def test_the_metric_of_a_title_where_the_heads_leave_it_open(
    text: str, expected: list[str]
) -> None:
    assert [metric for _, metric in told(text, "metric")] == expected * 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("年级 | 学生数 | 男 | 女\n七年级 | 210 | 108 | 102\n", "七年级男学生数"),
        ("学校 | 教师总数 | 高级 | 35岁以下\n一中 | 96 | 31 | 28\n", "一中高级教师总数"),
        ("年份 | 幼儿园数 | 其中：公办园 | 民办园\n2020 | 61 | 25 | 36\n", "公办园数"),
        ("年份 | 教育经费 | 占GDP比例 | 增长率\n2020 | 8.1 | 4.1% | 3.2%\n", "教育经费占GDP比例"),
        ("科目 | 全县平均分 | 最高分 | 最低分\n语文 | 81 | 112 | 20\n", "语文最高分"),
    ],
)
def test_columns_that_go_on_with_what_one_before_them_counts(text: str, expected: str) -> None:
    assert told(text, "subject")[1][1] == expected


def test_a_rank_is_of_what_the_title_measures() -> None:
    text = "2021年各校期末成绩\n学校 | 平均分 | 名次\n南街小学 | 88.5 | 1\n北街小学 | 85.2 | 2\n"
    assert told(text, "subject", "role", "metric")[1] == (
        "1",
        "南街小学期末成绩",
        "rank",
        "learning_outcomes",
    )


def test_a_column_of_the_whole_place_names_it() -> None:
    text = "2018年小学入学情况\n年份 | 全国适龄儿童数（万人） | 入学率\n2016 | 9100 | 99.8%\n2017 | 9200 | 99.9%\n"
    assert told(text, "area", "subject")[0] == ("9100", "全国", "小学适龄儿童数")


def test_a_share_is_of_the_people_whose_mean_stands_above_it() -> None:
    text = "指标 | 2020年 | 2025年\n劳动年龄人口平均受教育年限（年） | 10.4 | 11.2\n其中：受过高等教育比例（%） | 21.5 | 28\n"
    assert told(text, "subject")[2] == ("21.5", "劳动年龄人口受过高等教育比例")


def test_what_a_class_and_what_a_teacher_has_on_average() -> None:
    text = "2016年各级学校情况\n学校 | 平均每班学生数 | 平均每一教师负担学生数\n小学 | 41.2 | 16.4\n初中 | 44.0 | 12.1\n"
    assert told(text, "metric", "measure")[:2] == [
        ("41.2", "school_conditions", "per_unit"),
        ("16.4", "teachers", "per_unit"),
    ]


def test_a_plan_behind_a_name_is_no_target() -> None:
    text = "2020年学生资助情况\n项目 | 学校数 | 受益人数\n营养改善计划 | 31 | 5120\n雨露计划 | 12 | 640\n"
    assert {status for _, status in told(text, "status")} == {"achieved"}
    assert told(text, "subject")[0] == ("31", "营养改善计划学校数")
    plan = "学校 | 计划人数 | 年度计划 | 计划\n一中 | 31 | 20 | 11\n二中 | 12 | 8 | 4\n"
    assert {status for _, status in told(plan, "status")} == {"target"}


def test_a_title_with_its_unit_in_brackets() -> None:
    text = "2020年秋季教材费公示（单位：元）\n年级 | 平装 | 精装\n七年级 | 101.5 | 146.5\n八年级 | 98.2 | 143.2\n"
    assert told(text, "unit", "subject")[0] == ("101.5", "元", "七年级平装教材费")


def test_a_title_alone_names_the_rate_that_its_table_tells() -> None:
    lines = (
        "| 2014年各高校排行榜之待就業篇 |",
        "| 學校 |",
        "本科 |",
        "研究生 |",
        "總體 |",
        "| 東河大學 |",
        "7.51% |",
        "-- |",
        "6.90% |",
        "| 西河大學 |",
        "5.12% |",
        "3.08% |",
        "4.44% |",
        "| 南河大學 |",
        "4.02% |",
        "2.75% |",
        "3.13% |",
    )
    assert told("\n".join(lines), "subject", "metric", "stage")[:4] == [
        ("7.51%", "東河大學本科待就業", "employment", "higher"),
        ("6.90%", "東河大學總體待就業", "employment", "higher"),
        ("5.12%", "西河大學本科待就業", "employment", "higher"),
        ("3.08%", "西河大學研究生待就業", "employment", "higher"),
    ]


def test_a_title_that_is_of_each_school_says_what_its_total_counts() -> None:
    text = "2019年各高中招生计划\n学校 | 合计 | 班数\n城关一中 | 500 | 10\n城关二中 | 450 | 9\n"
    assert told(text, "subject")[0] == ("500", "城关一中高中招生计划")


def test_what_an_examination_costs_is_no_result_of_it() -> None:
    text = "中考收费\n项目 | 单位 | 收费标准\n笔试 | 元/生 | 45\n体育测试 | 元/生 | 10\n"
    assert told(text, "metric", "pillar") == [("45", None, None), ("10", None, None)]
