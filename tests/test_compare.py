"""Comparison: which figures share a row, which one a cell shows, and how it is written."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from itertools import permutations
from pathlib import Path

import pytest
from figures import GUANGXI, HUNAN, SICHUAN, compare, figure

from shuangjian_cli.__main__ import main
from shuangjian_cli.compare import (
    Measure,
    Tally,
    View,
    coverage,
    gap,
    heading,
    notes,
    progress,
    subject_key,
    tables,
    trends,
)
from shuangjian_cli.compare import markdown as md
from shuangjian_cli.compare.units import Families
from shuangjian_cli.language import default_language, labels, provinces
from shuangjian_cli.model import Indicator
from shuangjian_cli.tag.pack import define, load_builtin
from shuangjian_cli.tag.pack.merge import merge
from shuangjian_cli.tag.pack.reader import load_pack


def tally(indicators: list[Indicator]) -> Tally:
    return Tally().add_all(indicators)


def only(indicators: list[Indicator], **options: object):  # type: ignore[no-untyped-def]
    """The one cell of the one row."""
    compared = compare(indicators, **options)  # type: ignore[arg-type]
    (row,) = compared.rows
    (cell,) = row.cells.values()
    return cell


# --- which subjects are the same ---------------------------------------------------------------

SAME = [
    ("training_reduction", "学科类培训机构压减率", "学科类机构压缩率"),
    ("training_reduction", "学科类培训机构压减率", "义务教育阶段学科类校外培训机构压减比例"),
    ("training_reduction", "學科類培訓機構壓減率", "学科类培训机构压减率"),
    ("training_reduction", "学科类培训机构", "全省学科类校外培训机构数量"),
    ("afterschool_participation", "参加课后服务学生", "课后服务参与学生数"),
    ("afterschool_participation", "课后服务学生参与率", "学生课后服务参与率"),
    ("afterschool_participation", "课后服务参与率", "学生参与课后服务比例"),
    ("afterschool_coverage", "义务教育学校课后服务", "课后服务覆盖率"),
    ("satisfaction", "家长满意度", "家长对“双减”工作的满意率"),
    ("satisfaction", "家长满意", "家长表示满意或基本满意"),
    ("homework_management", "作业公示率", "建立作业公示制度的学校占比"),
    ("homework_management", "小学书面作业时长达标率", "小学作业完成时间达标率"),
    ("students", "小学在校生", "小学在校学生数"),
    ("students", "在校生", "湖南省在校学生总数"),
    ("schools_built", "新建、改扩建学校", "新改扩建学校数"),
    ("school_places", "每千人口托位数", "千人口托位数"),
    ("physical_activity", "小学生平均睡眠时长", "小学学生日均睡眠时间"),
    ("balanced_counties", "优质均衡县（市、区）", "优质均衡发展县"),
    ("special_funds", "课后服务专项资金", "课后服务专项经费"),
    (None, "地区生产总值", "全省生产总值"),
    (None, "高校毕业生就业", "就业高校毕业生人数"),
]
DIFFERENT = [
    ("students", "小学在校生", "高中在校生"),
    ("students", "小学在校生", "中小学在校生"),
    ("students", "在校生", "毕业生"),
    ("training_reduction", "学科类培训机构", "非学科类培训机构"),
    ("training_reduction", "线上学科类培训机构", "线下学科类培训机构"),
    ("afterschool_participation", "课后服务参与学生", "课后服务参与教师"),
    ("afterschool_participation", "教师参与率", "课后服务参与率"),
    ("satisfaction", "家长满意度", "学生满意度"),
    ("satisfaction", "家长满意度", "家长不满意"),
    ("teachers", "小学生师比", "初中生师比"),
    ("teachers", "专任教师", "教职工"),
    ("school_places", "新增学位", "新增普通高中学位"),
    ("school_places", "新增学位", "优质学位"),
    ("enrolment_rate", "毛入园率", "毛入学率"),
    ("courses", "课程", "校均课程"),
    ("homework_management", "小学作业时长", "初中作业时长"),
    ("physical_activity", "近视率", "体质健康优良率"),
]


@pytest.mark.parametrize(("metric", "one", "other"), SAME)
def test_subjects_that_are_one(metric: str | None, one: str, other: str) -> None:
    assert subject_key(one, metric) == subject_key(other, metric)


@pytest.mark.parametrize(("metric", "one", "other"), DIFFERENT)
def test_subjects_that_are_two(metric: str | None, one: str, other: str) -> None:
    assert subject_key(one, metric) != subject_key(other, metric)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("人", "名", True),
        ("个", "所", True),
        ("元/人", "元/生", True),
        ("元/生·年", "元/人·学年", True),
        ("元/人/年", "元/每人每学年", True),
        ("元/（生·学期）", "元/生、学期", True),
        ("人", "人次", False),
        ("%", "百分点", False),
        ("门", "节", False),
        ("元", "元/人", False),
        ("光年", "光年", True),
        ("件", "起", True),
        ("件", "个", True),
        ("台", "张", False),
        ("本", "册", True),
        ("%", "‰", True),
        ("吨", "公斤", True),
        ("元/平方米", "元/公顷", False),
        ("吨/亩", "公斤/亩", False),
    ],
)
def test_unit_families(one: str, other: str, same: bool) -> None:
    families = Families(load_builtin())
    assert (families.of(one).name == families.of(other).name) is same


PACK = """
[[unit]]
words = "课包"
family = "lessons"
scale = 4
[[unit]]
words = "桶"
family = "buckets"
additive = false
[aliases]
"课后服务" = "放学陪伴"
"书画" = "丹青"
"课包" = "课袋"
"""


def test_a_pack_gives_units_and_spellings(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(PACK, "utf-8")
    rules = merge(load_builtin(), load_pack(tmp_path / "own.toml"))
    figures = [
        figure("书画课", 8, "课时", HUNAN),
        figure("丹青课", 3, "课包", GUANGXI),
        figure("课后服务学校", 30, "所", HUNAN, metric="afterschool_coverage"),
        figure("放学陪伴学校", 40, "所", SICHUAN, metric="afterschool_coverage"),
        figure("泥", 3, "桶", HUNAN),
        figure("泥", 4, "桶", SICHUAN),
    ]
    figures = [each._replace(period="2023") for each in figures]
    without = compare(figures).rows
    assert [row.cells.keys() for row in without] == [{HUNAN, SICHUAN}, {HUNAN, SICHUAN}]
    assert sum(cell.alike for row in without for cell in row.cells.values()) == 3
    course, buckets, service = compare(figures, rules=rules).rows
    assert (course.unit, course.cells[HUNAN].value, course.cells[GUANGXI].value) == ("课时", 8, 12)
    assert service.cells[SICHUAN].share == Decimal("57.1")
    assert buckets.cells[SICHUAN].share is None
    families = Families(rules)
    assert families.of("课袋") is families.of("课包") is families.of("课时")


def test_a_row_of_other_scales_is_in_a_unit_of_its_own_figures() -> None:
    compared = compare([figure("辍学率", 3, "‰", HUNAN), figure("辍学率", "0.25", "%", GUANGXI)])
    (row,) = compared.rows
    assert row.unit == "%" and row.cells[HUNAN].value == Decimal("0.3")


# --- rows --------------------------------------------------------------------------------------


def test_a_row_joins_places_and_reconciles_units() -> None:
    compared = compare(
        [
            figure("每天体育活动时间", 2, "小时", HUNAN, metric="physical_activity"),
            figure("日均锻炼时长", 90, "分钟", GUANGXI, metric="physical_activity"),
        ]
    )
    (row,) = compared.rows
    assert compared.columns == (HUNAN, GUANGXI)
    assert row.unit == "分钟"
    assert {name: cell.value for name, cell in row.cells.items()} == {HUNAN: 120, GUANGXI: 90}


@pytest.mark.parametrize(
    "other",
    [
        {"role": "change", "trend": "up"},
        {"unit": "%"},
        {"metric": "students"},
        {"stage": "compulsory"},
        {"groups": ("rural",)},
        {"measure": "new"},
        {"measure": "per_unit"},
        {"per_year": True},
    ],
)
def test_what_cannot_stand_side_by_side_does_not(other: dict[str, object]) -> None:
    base: dict[str, object] = {"unit": "个", "metric": "school_places"}
    one = figure("学位", 10, province=HUNAN, **base)  # type: ignore[arg-type]
    two = figure("学位", 10, province=GUANGXI, **base | other)  # type: ignore[arg-type]
    rows = compare([one, two], at_least=1).rows
    assert all(len([cell for cell in row.cells.values() if not cell.part]) == 1 for row in rows)
    assert all(cell.rank is None for row in rows for cell in row.cells.values())


def test_a_metric_counts_kinds_apart_and_has_a_stage_that_goes_without_saying() -> None:
    def rows(*subjects: str, metric: str, **each: object) -> int:
        figures = [
            figure(subject, 10, "%", place, metric=metric, measure="share", **each)  # type: ignore[arg-type]
            for subject, place in zip(subjects, (HUNAN, GUANGXI), strict=True)
        ]
        return len(compare(figures, at_least=1).rows)

    assert rows("满意度", "不满意率", metric="satisfaction") == 2
    assert rows("家长满意度", "学生满意度", metric="satisfaction") == 1  # each a part of all
    assert rows("近视率", "体质健康优良率", metric="physical_activity") == 2
    assert rows("家长满意度", "家长对课后服务满意率", metric="satisfaction") == 1
    whole = figure("压减率", 90, "%", HUNAN, metric="training_reduction", measure="share")
    named = whole._replace(province=GUANGXI, area=GUANGXI, stage="compulsory", start=1)
    assert len(compare([whole, named]).rows) == 1
    assert rows("普惠率", "普惠性幼儿园覆盖率", metric="enrolment_rate") == 1


def test_a_measure_is_named_in_words() -> None:
    new = Measure("school_places", "", "new", "compulsory", (), "things", "level")
    rank = Measure("awards", "teaching", None, None, ("public",), "rank", "rank", scope="全国")
    yearly = Measure("special_funds", "", "total", None, (), "money", "level", True)
    from shuangjian_cli.compare import Measures

    measures = Measures(load_builtin())
    names = {
        lang: [measures.name(each, labels(lang)) for each in (new, rank, yearly)]  # type: ignore[arg-type]
        for lang in ("zh", "en")
    }
    assert names["zh"] == [
        "新增学位 · 义务教育",
        "教学成果奖 · 公办 · 排名 全国",
        "专项资金 · 每年",
    ]
    assert names["en"][0] == "New places · compulsory"
    assert names["en"][2] == "Special funds · per year"
    for each in (new, rank, yearly):
        assert Measure.of(each.id) == each
    assert Measure.of("学位") is None


def test_every_metric_is_defined_and_named() -> None:
    for metric in load_builtin().metrics.values():
        meant = define(metric)
        assert all(meant.text) and all(meant.short), metric.id
        assert bool(meant.standard[0]) is bool(meant.standard[1]), metric.id
        assert len({kind.id for kind in meant.kinds}) == len(meant.kinds)
        assert all(kind.terms and kind.name and kind.name_en for kind in meant.kinds)


def test_each_place_keeps_its_wording_and_other_words_are_not_ranked() -> None:
    figures = [
        figure("学前三年毛入园率", 95, "%", HUNAN),
        figure("学前教育毛入园率", 94, "%", SICHUAN),
        figure("三周岁幼童入园率", 99, "%", GUANGXI),
    ]
    figures = [
        each._replace(metric="enrolment_rate", stage="preschool", measure="share", period="2023")
        for each in figures
    ]
    (row,) = compare(figures).rows
    own = {place: (cell.subject, cell.alike, cell.rank) for place, cell in row.cells.items()}
    assert own == {
        HUNAN: ("学前三年毛入园率", True, 1),
        SICHUAN: ("学前教育毛入园率", True, 2),
        GUANGXI: ("三周岁幼童入园率", False, None),
    }
    assert len(compare(figures, by_wording=True, at_least=1).rows) == 2


def test_a_figure_without_unit_joins_the_only_row_that_counts_the_same() -> None:
    same = [
        figure("注册用户", 180, None, HUNAN),
        figure("注册用户", 90, "人", GUANGXI),
    ]
    assert len(compare(same, at_least=1).rows) == 1
    two = [*same, figure("注册用户", 5, "户", SICHUAN)]
    apart = compare(two, at_least=1).rows
    assert sorted([unit, *row.cells] for row in apart for unit in [row.unit or ""]) == [
        ["", HUNAN],
        ["人", GUANGXI],
    ]
    aid = [
        figure("育儿补贴惠及婴幼儿", 120, None, HUNAN, metric="student_aid"),
        figure("育儿补贴惠及婴幼儿", 90, "名", GUANGXI, metric="student_aid"),
        figure("育儿补贴惠及家庭", 80, "户", SICHUAN, metric="student_aid"),
    ]
    (row,) = compare(aid, at_least=1).rows
    assert row.cells.keys() == {HUNAN, GUANGXI} and row.beside[SICHUAN][0].unit == "户"


def test_a_numeral_that_serves_several_rates_stands_in_each_row() -> None:
    compared = compare(
        [
            figure("作业公示率、时长达标率", 100, "%", metric="homework_management"),
            figure("作业公示率", 99, "%", GUANGXI, metric="homework_management"),
            figure("时长达标率", 98, "%", SICHUAN, metric="homework_management"),
            figure("新建、改扩建学校", 29, "所", HUNAN, metric="schools_built"),
        ],
        at_least=1,
    )
    assert sorted(len(row.cells) for row in compared.rows) == [1, 2, 2]


def test_rankings_among_different_peers_are_different_things() -> None:
    ranks = [
        figure("获奖数", 2, "位", role="rank", sentence="获奖数居中部第2位。"),
        figure("获奖数", 7, "位", role="rank", sentence="获奖数居中部第2位、全国第7位。"),
        figure("获奖数", 3, "位", GUANGXI, role="rank", sentence="获奖数排在全国3位。"),
    ]
    dated = [each._replace(period="2023") for each in ranks]
    rows = {row.measure.scope: row for row in compare(dated, at_least=1).rows}
    assert rows.keys() == {"中部", "全国"}
    assert rows["全国"].cells[GUANGXI].rank == 1  # third of all goes before seventh


def test_falls_are_negative_and_share_a_row_with_rises() -> None:
    changes = [
        figure("近视率", "1.5", "百分点", HUNAN, role="change", trend="down", period="2023"),
        figure("近视率", "0.5", "百分点", GUANGXI, role="change", trend="up", period="2023"),
    ]
    (row,) = compare(changes).rows
    assert row.cells[HUNAN].value == Decimal("-1.5")
    assert row.cells[GUANGXI].rank == 1


# --- one period and one status -----------------------------------------------------------------


def dated(*each: tuple[str, int, str | None], **all_: object) -> list[Indicator]:
    return [
        figure("学生人数", value, "人", place, period=period, metric="students", **all_)  # type: ignore[arg-type]
        for place, value, period in each
    ]


def test_the_latest_year_that_half_of_the_places_report_is_compared() -> None:
    figures = dated(
        (HUNAN, 1, "2022"), (HUNAN, 2, "2023"), (GUANGXI, 3, "2023"), (SICHUAN, 4, "2024")
    )
    compared = compare(figures)
    assert (compared.period, compared.reporting, compared.places) == ("2023", 2, 3)
    (row,) = compared.rows
    current = {place: (cell.value, cell.current) for place, cell in row.cells.items()}
    assert current == {HUNAN: (2, True), GUANGXI: (3, True), SICHUAN: (4, False)}
    assert [row.cells[place].rank for place in (HUNAN, GUANGXI, SICHUAN)] == [2, 1, None]
    assert [row.cells[place].share for place in (HUNAN, GUANGXI, SICHUAN)] == [40, 60, None]
    assert heading(compared, labels("en")) == "2023 · Achieved · Province · 2 of 3 places report it"
    assert compared.marked == 1


def test_a_period_that_is_asked_for_is_the_only_one() -> None:
    figures = dated(
        (HUNAN, 1, "2022"), (HUNAN, 2, "2023"), (GUANGXI, 3, "2022"), (SICHUAN, 4, "2024")
    )
    compared = compare(figures, period="2022")
    assert compared.columns == (HUNAN, GUANGXI)
    assert (compared.other_period, compared.marked) == (2, 0)


@pytest.mark.parametrize(
    ("period", "stock", "flow"),
    [
        ("2023", "2023", "2023"),
        ("../2023-11", "2023", "../2023-11"),
        ("2023-09", "2023", "2023-09"),
        ("2023-01/2023-12", "2023", "2023"),
        ("2023-01/2023-08", "2023", "2023-01/2023-08"),
        ("2023/..", "2023/..", "2023/.."),
        ("2021/2023", "2021/2023", "2021/2023"),
    ],
)
def test_what_accumulates_speaks_for_a_year_only_as_a_whole(
    period: str, stock: str, flow: str
) -> None:
    found = [
        compare(
            [figure("学位", 5, "个", metric="school_places", period=period, measure=measure)],
            at_least=1,
        ).period
        for measure in ("total", "new")
    ]
    assert found == [stock, flow]


def test_a_five_year_total_is_not_ranked_beside_a_year() -> None:
    compared = compare(
        dated((HUNAN, 30, "2023"), (GUANGXI, 10, "2023"), (SICHUAN, 600, "2021/2025"))
    )
    cells = compared.rows[0].cells
    assert [cells[place].rank for place in (HUNAN, GUANGXI, SICHUAN)] == [1, 2, None]
    assert [cells[place].share for place in (HUNAN, GUANGXI, SICHUAN)] == [75, 25, None]


def test_no_rank_among_unlike_bounds_and_no_share_of_rates() -> None:
    limits = dated((HUNAN, 30, "2023"), (GUANGXI, 10, "2023"), (SICHUAN, 20, "2023"))
    limits[2] = limits[2]._replace(bound=">")
    cells = compare(limits).rows[0].cells
    assert [cells[place].rank for place in (HUNAN, GUANGXI, SICHUAN)] == [1, 2, None]
    rates = [
        figure("入园率", value, "%", place, period="2023", measure="share")
        for place, value in ((HUNAN, 90), (GUANGXI, 80))
    ]
    (row,) = compare(rates).rows
    assert [(cell.rank, cell.share) for cell in row.cells.values()] == [(1, None), (2, None)]
    undated = compare(dated((HUNAN, 1, None), (GUANGXI, 2, None))).rows[0]
    assert [cell.rank for cell in undated.cells.values()] == [None, None]


def test_status_and_confidence_leave_out_and_count() -> None:
    figures = [
        *dated((HUNAN, 1, "2023"), (GUANGXI, 2, "2023")),
        *dated((HUNAN, 9, "2025"), status="target"),
        *dated((SICHUAN, 9, "2023"), confidence="check"),
    ]
    achieved = compare(figures, confidence="likely")
    assert (achieved.columns, achieved.other_status, achieved.unsure) == ((HUNAN, GUANGXI), 1, 1)
    target = compare(figures, status="target")
    assert (target.period, target.columns) == ("2025", (HUNAN,))
    both = compare(figures, status="both")
    assert both.rows[0].cells[HUNAN].value == 1 and both.other_status == 0


# --- which figure a cell shows -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("shown", "other"),
    [
        ({"status": "achieved", "period": "2021"}, {"status": "target", "period": "2025"}),
        ({"period": "2023"}, {"period": "2022"}),
        ({"period": "2023"}, {"period": "2021/2023"}),
        ({"confidence": "likely"}, {"confidence": "check"}),
        ({"published": "2024-02-01"}, {"published": "2024-01-01"}),
    ],
)
def test_the_figure_of_a_cell(shown: dict[str, str], other: dict[str, str]) -> None:
    one = figure("学位", 1, "个", file="a.txt", **shown)  # type: ignore[arg-type]
    two = figure("学位", 2, "个", file="b.txt", **other)  # type: ignore[arg-type]
    for order in permutations([one, two]):
        cell = only(list(order), status="both")
        assert (cell.value, cell.more) == (1, 1)


def test_of_a_movement_the_later_end_is_shown() -> None:
    sentence = "参与率从61%提高到94.6%。"
    before = figure("参与率", 61, "%", sentence=sentence)
    after = figure("参与率", "94.6", "%", sentence=sentence)
    cell = only([before, after._replace(sentence_start=before.sentence_start)])
    assert (cell.value, cell.contradicted) == (Decimal("94.6"), False)


@pytest.mark.parametrize(
    ("one", "other", "contradict"),
    [
        ({"value": 100}, {"value": 130}, True),
        ({"value": 100}, {"value": 100}, False),
        ({"value": 32400, "shown": "3.24万个"}, {"value": 32000, "shown": "3.2万个"}, False),
        ({"value": 32600, "shown": "3.26万个"}, {"value": 32000, "shown": "3.2万个"}, True),
        ({"value": 100, "bound": ">"}, {"value": 130}, False),
        ({"value": 130}, {"value": 100, "bound": "<="}, True),
        ({"value": 100, "bound": "~"}, {"value": 104}, False),
        ({"value": 100, "period": "2022"}, {"value": 130}, False),
        ({"value": 100, "status": "target"}, {"value": 130}, False),
    ],
)
def test_figures_that_differ_by_more_than_rounding_contradict(
    one: dict[str, object], other: dict[str, object], contradict: bool
) -> None:
    base: dict[str, object] = {"unit": "个", "period": "2023", "metric": "school_places"}
    figures = [
        figure("学位", file=f"{n}.txt", **base | each)  # type: ignore[arg-type]
        for n, each in enumerate((one, other))
    ]
    for order in permutations(figures):
        assert only(list(order), status="both").contradicted is contradict


def test_reprints_count_once() -> None:
    sentence = "全县新增学位1200个。"
    first = figure("新增学位", 1200, "个", file="a.txt", sentence=sentence)
    again = figure("新增学位", 1200, "个", file="b.txt", sentence=sentence)
    compared = compare([first, again])
    assert compared.reprints == 1
    assert only([first, again]).more == 0
    assert coverage(tally([first, again])).total(HUNAN) == 1


def test_levels_are_kept_apart_and_what_is_left_out_is_counted() -> None:
    indicators = [
        figure("学位", 5, "个", HUNAN),
        figure("学位", 4, "个", HUNAN, level="city", area="长沙市"),
        figure("学位", 3, "个", HUNAN, level="city", area="湘潭市"),
        figure("学位", 2, "个", None, level=None),
        figure("学位", 1, "个", "全国", level="national"),
    ]
    own = compare(indicators, level="province")
    assert (own.columns, own.other_level, own.nowhere) == ((HUNAN,), 3, 1)
    cities = compare(indicators, level="city")
    assert cities.columns == ("湖南省 湘潭市", "湖南省 长沙市")
    assert compare(indicators, level="national").columns == ("全国",)
    assert compare(indicators).level == "city"  # where the most places are


def test_places_of_one_name_stay_apart() -> None:
    places = [
        ("北京市", "朝阳区", "110105"),
        ("吉林省", "朝阳区", "220104"),
        ("河北省", "桥西区", "130104"),
        ("河北省", "桥西区", "130503"),
    ]
    figures = [
        figure("学位", n, "个", province, level="county", area=area, code=code)
        for n, (province, area, code) in enumerate(places)
    ]
    columns = compare(figures).columns
    assert columns == (
        "北京市 朝阳区",
        "河北省 石家庄市 桥西区",
        "河北省 邢台市 桥西区",
        "吉林省 朝阳区",
    )


def test_the_same_matrix_whatever_the_order() -> None:
    indicators = [
        figure("学位", n, "个", province, period=period, file=f"{n}.txt")
        for n, (province, period) in enumerate(
            [(HUNAN, "2021"), (HUNAN, None), (GUANGXI, "2021"), (SICHUAN, None)], 1
        )
    ]
    assert len({str(compare(order)) for order in map(list, permutations(indicators))}) == 1


# --- other axes --------------------------------------------------------------------------------


def test_axes() -> None:
    indicators = [
        figure("近视率", 53, "%", HUNAN, period="2021"),
        figure("近视率", 51, "%", HUNAN, period="2023"),
        figure("近视率", 50, "%", GUANGXI, period="2023"),
    ]
    by_period = compare(indicators, by="period", at_least=1)
    assert by_period.columns == ("2021", "2023")
    assert [row.place for row in by_period.rows] == [HUNAN, GUANGXI]
    assert all(cell.rank is None for row in by_period.rows for cell in row.cells.values())
    by_document = compare(indicators, by="document")
    assert by_document.columns == ("广西壮族自治区.txt", "湖南省.txt")
    two = compare(
        [figure("学位", n, "个", p, file="x.txt") for n, p in enumerate((HUNAN, GUANGXI))],
        by="document",
    )
    assert two.columns == (f"x.txt · {GUANGXI}", f"x.txt · {HUNAN}")


def test_trends_join_years_of_one_status() -> None:
    indicators = [
        figure("近视率", 53, "%", HUNAN, period="2021", measure="share"),
        figure("近视率", 51, "%", HUNAN, period="../2023", measure="share"),
        figure("近视率", 45, "%", HUNAN, period="2025", measure="share", status="target"),
        figure("学位", 9, "个", HUNAN, period="2021"),
        figure("学位", 40, "个", HUNAN, period="2021/2025"),
        figure("课程", 9, "门", HUNAN, period=None),
        figure("课程", 9, "门", HUNAN, period="2022", status="target"),
        figure("课程", 8, "门", HUNAN, period="2021"),
    ]
    (course,) = trends(tally(indicators), View(), "province").courses
    assert course.subject == "近视率"
    assert [(point.period, point.value) for point in course.reached] == [("2021", 53), ("2023", 51)]
    assert [(point.period, point.value) for point in course.planned] == [("2025", 45)]


def test_progress_holds_targets_against_what_was_reached() -> None:
    stocks = [
        figure("入园率", 90, "%", HUNAN, period="2022", measure="share"),
        figure("入园率", 92, "%", HUNAN, period="2023", measure="share"),
        figure("入园率", 95, "%", HUNAN, period="2025", measure="share", status="target"),
    ]
    flows = [
        figure("学位", 8, "万个", HUNAN, period="2023", measure="new"),
        figure("学位", 40, "万个", HUNAN, period="2021/2025", measure="new", status="target"),
    ]
    found = progress(tally([*stocks, *flows]), View(), "province").courses
    rate, places = sorted(found, key=lambda each: each.subject)
    assert (rate.reached[0].period, gap(rate)) == ("2023", 3)
    assert (places.reached, gap(places)) == ((), None)  # one year of five is no measure of five


def test_only_measures_that_several_columns_report() -> None:
    shared = [figure("学位", 1, "个", HUNAN), figure("学位", 2, "个", GUANGXI)]
    single = [figure("课程", 3, "门", HUNAN)]
    compared = compare(shared + single)
    assert (len(compared.rows), compared.sparse, compared.at_least) == (1, 1, 2)
    assert len(compare(shared + single, at_least=1).rows) == 2
    alone = compare(single)
    assert (len(alone.rows), alone.sparse) == (1, 0)


def test_bad_input_is_told_with_what_to_try() -> None:
    words = labels("en")
    assert list(notes(compare([]), words)) == ["There are no figures to compare."]
    assert "only one column (Hunan)" in next(notes(compare([figure("学位", 1, "个")]), words))
    apart = compare([figure("学位", 1, "个", HUNAN), figure("课程", 1, "门", GUANGXI)])
    assert next(notes(apart, words)).startswith("No measure is reported by two columns")
    counties = [
        figure("学位", 1, "个", HUNAN, level="county", area=area) for area in ("甲县", "乙县")
    ]
    alone = compare([figure("学位", 5, "个"), *counties], level="province")
    assert "Try --level: County (2 places)." in list(notes(alone, words))
    planned = compare([figure("学位", 5, "个", status="target", period="2025")])
    assert "There are targets: try --status both or --view progress." in list(notes(planned, words))
    other = compare(dated((HUNAN, 1, "2022"), (GUANGXI, 2, "2022")), period="2019")
    assert "Other periods (--period): 2022 (2 places)." in list(notes(other, words))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--period", "last"], "'last' is no period; write 2023, 2021/2025 or latest"),
        (["--period", ".."], "is no period"),
        (["--status", "done"], "done"),
    ],
)
def test_wrong_options_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    (tmp_path / "a.txt").write_text("湖南省新增学位5万个。", "utf-8")
    assert main(["compare", str(tmp_path), *arguments]) == 2
    assert said in capsys.readouterr().err


# --- outputs -----------------------------------------------------------------------------------

MIXED = [
    figure("家长满意度", "96.2", "%", HUNAN, metric="satisfaction", bound=">=", measure="share"),
    figure("家长满意率", 95, "%", GUANGXI, metric="satisfaction", status="target", measure="share"),
    figure("补助资金", 2960000000, "元", HUNAN, metric="special_funds", period="2023"),
    figure("补助资金", 150000000, "元", GUANGXI, metric="special_funds", period="2023"),
]


def test_csv_holds_plain_numbers_and_notes() -> None:
    from shuangjian_cli.write.delimited import write_csv

    out = io.StringIO()
    write_csv(tables.wide(compare(MIXED, status="both")), out)
    header, money, pleased = out.getvalue().splitlines()
    assert header.startswith("row,name,name_en,pillar,metric,kind,stage,groups,measure,role")
    assert header.endswith(
        "subject,unit,mixed,湖南省,湖南省 note,广西壮族自治区,广西壮族自治区 note"
    )
    assert money.startswith("special_funds:total:-:-:money:level,专项资金,Special funds,guarantees")
    assert money.endswith("补助资金,元,true,2960000000,2023,150000000,2023")
    assert pleased.endswith(",%,false,96.2,>= ◷,95,target ◷")


def test_json_nests_the_cells() -> None:
    from shuangjian_cli.write.json import write_json

    out = io.StringIO()
    write_json(tables.nested(compare(MIXED, status="both")), out)
    money, pleased = json.loads(out.getvalue())
    assert money["cells"][HUNAN]["value"] == 2960000000
    assert money["cells"][HUNAN]["share"] == pytest.approx(95.2)
    assert pleased["cells"][GUANGXI]["status"] == "target"
    assert pleased["cells"][HUNAN]["sentence"].endswith("家长满意度96.2%。")
    assert pleased["cells"][GUANGXI]["wording"] == "家长满意率"


def test_markdown_is_a_table_whose_words_are_words() -> None:
    rows = [
        figure("<y>学位</y>|[x](y)", 10000, "个", HUNAN, period="2023"),
        figure("<y>学位</y>|[x](y)", 300000, "个", GUANGXI, period="2023"),
    ]
    text = md.matrix(compare(rows), labels("zh"))
    head = text.splitlines()
    assert head[0].startswith("2023 · 已实现 · 省级")
    assert head[2].endswith("| 所比事项 | 单位 | 湖南 | 广西 |")
    assert "\\<y\\>学位\\</y\\>\\|\\[x\\]" in text and "| 万个 | 1 (2023) | 30 (2023) |" in text


def test_coverage_counts_every_level_and_pillar() -> None:
    figures = [
        figure("学位", 1, "个", HUNAN, pillar="resources"),
        figure("学位", 2, "个", HUNAN, pillar=None, level="city"),
        figure("学位", 3, "个", None, pillar="quality"),
    ]
    covered = coverage(tally(figures))
    (hunan, nowhere) = tables.coverage_table(covered).rows
    assert hunan["resources"] == hunan["none"] == 1
    assert hunan["total"] == 2
    assert (nowhere["province"], nowhere["quality"]) == (None, 1)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [40, 60, 79, 80, 100, 200])
def test_the_terminal_at_any_width(lang: str, width: int) -> None:
    from rich.cells import cell_len
    from rich.console import Console

    from shuangjian_cli.compare import terminal

    out = io.StringIO()
    console = Console(file=out, width=width, markup=False, highlight=False, emoji=False)
    hostile = figure("[red]学位[/]\x1b[31m", 10, "个", HUNAN), figure("学位", 3, "个", GUANGXI)
    indicators = [*MIXED, *hostile]
    words = labels(lang)  # type: ignore[arg-type]
    terminal.show_matrix(console, compare(indicators), words)
    terminal.show_cells(console, compare(indicators, at_least=1), words)
    terminal.show_cells(console, compare(indicators, by="period", at_least=1), words)
    terminal.show_coverage(console, coverage(tally(indicators)), words)
    course = [figure("学位", n, "个", period=str(2020 + n)) for n in (1, 2)]
    plan = figure("学位", 9, "个", period="2025", status="target")
    terminal.show_trends(console, trends(tally([*course, plan]), View(), "province"), words)
    terminal.show_progress(console, progress(tally([*course, plan]), View(), "province"), words)
    text = out.getvalue()
    assert "\x1b" not in text
    assert "[red]" in text
    assert "█" in text
    assert max(map(cell_len, text.splitlines())) <= width
    assert "…" not in text
    for pillar in {each.pillar for each in indicators}:
        assert all(word in text for word in words.pillar(pillar).split())


# --- language ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "en_GB"}, "zh"),
        ({}, "en"),
    ],
)
def test_language_of_the_locale(environment: dict[str, str], language: str) -> None:
    assert default_language(environment) == language


def test_every_label_is_there_in_both_languages() -> None:
    from shuangjian_cli import language
    from shuangjian_cli.data import load

    for table in load(language.__file__, "labels.toml").values():
        assert all(len(pair) == 2 for pair in table.values())
    assert len(provinces()) == 35
    assert len({province.tile for province in provinces().values()}) == 35
    assert labels("en").unit("元/人") == "yuan/people"
    assert labels("zh").province(GUANGXI, short=True) == "广西"
    assert labels("en").metric(None) == "Other"


def test_every_word_of_the_vocabulary_says_one_thing() -> None:
    from shuangjian_cli.compare.subject import vocabulary

    known = vocabulary()
    for word, replaced in known.words.items():
        again = {each for part in replaced for each in known.words[part]}
        assert again == set(replaced), f"{word} is replaced by what is replaced again"


@pytest.mark.parametrize(
    ("units", "unit"), [("件所", "个"), ("件所所", "所"), ("所", "所"), ("名人", "人")]
)
def test_a_row_of_unlike_units_is_counted_in_their_common_word(units: str, unit: str) -> None:
    places = (HUNAN, GUANGXI, SICHUAN)
    figures = [figure("教学设备", 3, each, places[at]) for at, each in enumerate(units)]
    assert [row.unit for row in compare(figures, at_least=1).rows] == [unit]


@pytest.mark.parametrize(("pillar", "metrics"), [("services", []), ("resources", ["teachers"])])
def test_rows_are_chosen_by_the_pillar_under_which_they_stand(
    pillar: str, metrics: list[str]
) -> None:
    """A metric's pillar is that of its row, whatever that of a sentence in which a figure of it stands."""
    told = [
        figure("教师", value, "人", place, metric="teachers", pillar="services")
        for value, place in ((5, HUNAN), (6, GUANGXI))
    ]
    made = compare(told, pillars=(pillar,))
    assert [row.metric for row in made.rows] == metrics
    assert {row.pillar for row in made.rows} <= {pillar}
