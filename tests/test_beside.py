"""What stands in the row of another measure, which period a row is of, and which rows are mixed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from figures import GUANGXI, HUNAN, SICHUAN, compare, figure

from shuangjian_cli.__main__ import main
from shuangjian_cli.compare import Measure, Row
from shuangjian_cli.compare.display import beside_text, marks
from shuangjian_cli.language import labels
from shuangjian_cli.model import Indicator

RATE = {"metric": "enrolment_rate", "stage": "preschool", "measure": "share"}


def of(subject: str, value: object, unit: str | None, place: str, **fields: object) -> Indicator:
    return figure(subject, value, unit, place, **{"period": "2023", **fields})  # type: ignore[arg-type]


def beside(row: Row) -> dict[str, list[tuple[str, str | None]]]:
    return {
        place: [(f"{each.cell.value:f}", each.unit) for each in found]
        for place, found in row.beside.items()
    }


def test_movements_and_ranks_stand_in_the_row_of_their_level() -> None:
    figures = [
        of("毛入园率", 95, "%", HUNAN, **RATE),
        of("毛入园率", 2, "百分点", HUNAN, **RATE, role="change", trend="up"),
        of("毛入园率", 3, "位", HUNAN, **RATE | {"measure": None}, role="rank"),
        of("毛入园率", 94, "%", GUANGXI, **RATE),
        of("毛入园率", 1, "百分点", SICHUAN, **RATE, role="change", trend="down"),
    ]
    (row,) = compare(figures).rows
    assert row.cells.keys() == {HUNAN, GUANGXI}
    assert beside(row) == {HUNAN: [("2", "百分点"), ("3", "位")], SICHUAN: [("-1", "百分点")]}
    assert row.cells[GUANGXI].rank == 2  # movements are no part of the ranking


def test_movements_without_a_level_are_a_row() -> None:
    figures = [
        of("教育经费", 5, "%", place, metric="education_expenditure", role="change", trend="up")
        for place in (HUNAN, GUANGXI)
    ]
    (row,) = compare(figures).rows
    assert row.role == "change" and not row.beside


def test_a_movement_goes_to_the_level_that_is_put_in_its_words() -> None:
    figures = [
        of("开展活动", 90, "场", HUNAN, metric="activity_participation"),
        of("参与活动学生", 900, "人次", HUNAN, metric="activity_participation"),
        of(
            "参与活动学生",
            9,
            "%",
            HUNAN,
            metric="activity_participation",
            role="change",
            trend="up",
        ),
    ]
    (row,) = compare(figures, at_least=1).rows  # of unlike things
    assert row.unit == "人次" and beside(row) == {HUNAN: [("9", "%"), ("90", "场")]}


PLACES = {"metric": "school_places", "measure": "new"}
PARTS = [
    (PLACES | {"groups": ("public",)}, True),
    (PLACES | {"stage": "compulsory"}, True),
    (PLACES | {"stage": "primary", "groups": ("rural",)}, True),
    (PLACES | {"stage": "childcare"}, False),
    (PLACES | {"measure": "total"}, False),
    (PLACES | {"per_year": True}, False),
]


@pytest.mark.parametrize(("part", "is_shown"), PARTS)
def test_a_part_that_one_place_reports_stands_in_the_row_of_its_whole(
    part: dict[str, object], is_shown: bool
) -> None:
    figures = [
        of("新增学位", 90, "个", HUNAN, **PLACES),
        of("新增学位", 80, "个", GUANGXI, **PLACES),
        of("新增某学位", 7, "个", SICHUAN, **part),
    ]
    (row,) = compare(figures).rows
    assert row.cells.keys() == ({HUNAN, GUANGXI, SICHUAN} if is_shown else {HUNAN, GUANGXI})
    assert not row.beside
    if is_shown:
        cell = row.cells[SICHUAN]
        assert cell.part and not cell.comparable and cell.rank is None
    assert [row.cells[place].rank for place in (HUNAN, GUANGXI)] == [1, 2]


def test_a_stage_is_a_part_of_all_stages_together() -> None:
    figures = [
        of("教师", 90, "人", HUNAN, metric="teachers"),
        of("教师", 80, "人", GUANGXI, metric="teachers"),
        of("高校教师", 20, "人", GUANGXI, metric="teachers", stage="higher"),
    ]
    (row,) = compare(figures).rows
    assert beside(row) == {GUANGXI: [("20", "人")]}


@pytest.mark.parametrize(("subject", "unit"), [("压减率", "%"), ("机构总数", "家")])
def test_a_rank_stands_beside_what_it_ranks(subject: str, unit: str) -> None:
    reduced = {"metric": "training_reduction", "stage": "compulsory"}
    figures = [
        of("学科类培训机构", 30, "家", HUNAN, **reduced, measure="total"),
        of("学科类培训机构压减率", 97, "%", HUNAN, **reduced, measure="share"),
        of(subject, 3, "位", HUNAN, **reduced, measure=None, role="rank"),
    ]
    rows = compare(figures, at_least=1).rows
    assert [row.unit for row in rows if row.beside] == [unit]


def test_parts_of_which_no_place_reports_the_whole_share_its_row() -> None:
    ratio = {"metric": "teachers", "measure": "per_unit"}
    figures = [
        of("小学生师比", 16, "∶1", HUNAN, **ratio, stage="primary"),
        of("高中生师比", 12, "∶1", HUNAN, **ratio, stage="general_upper_secondary"),
        of("义务教育生师比", 14, "∶1", GUANGXI, **ratio, stage="compulsory"),
    ]
    (row,) = compare(figures).rows
    assert (row.measure.stage, row.unit, row.subject) == ("school", "∶1", "")
    assert {place: cell.part and cell.part.stage for place, cell in row.cells.items()} == {
        HUNAN: "general_upper_secondary",
        GUANGXI: "compulsory",
    }
    assert beside(row) == {HUNAN: [("16", "∶1")]}
    assert not any(cell.comparable for cell in row.cells.values())
    (alone,) = compare(figures[:1], at_least=1).rows
    assert alone.measure.stage == "primary" and not alone.cells[HUNAN].part


def test_a_kind_that_is_a_part_stands_in_the_row_of_all_and_others_do_not() -> None:
    def kinds(subject: str, metric: str, whole: str, **fields: object) -> list[str | None]:
        figures = [
            of(whole, 70, "所", HUNAN, metric=metric, **fields),
            of(whole, 60, "所", GUANGXI, metric=metric, **fields),
            of(subject, 5, "所", SICHUAN, metric=metric, **fields),
        ]
        rows = compare(figures, at_least=1).rows
        return [row.cells[SICHUAN].part and row.cells[SICHUAN].part.kind for row in rows[:1] if SICHUAN in row.cells]  # fmt: skip

    assert kinds("本科高校", "schools", "高等学校", stage="higher") == ["undergraduate"]
    assert kinds("教学点", "schools", "小学", stage="primary") == []
    assert kinds("送教小分队", "paired_support", "结对学校") == ["teams"]
    assert kinds("毕业生", "students", "在校生", stage="higher") == []


def test_what_is_counted_in_other_units_stands_beside_in_its_own_words() -> None:
    figures = [
        of("出动人员", 900, "人次", HUNAN, metric="inspections"),
        of("出动人员", 800, "人次", GUANGXI, metric="inspections"),
        of("联合检查", 40, "次", HUNAN, metric="inspections"),
        of("突击抽查", 30, "次", SICHUAN, metric="inspections"),  # no two in the same words
    ]
    compared = compare(figures)
    (row,) = compared.rows
    assert row.cells.keys() == {HUNAN, GUANGXI}
    zh = labels("zh")
    texts = {
        place: [beside_text(each, row, place, compared.measures, zh) for each in found]
        for place, found in row.beside.items()
    }
    assert texts == {HUNAN: ["∗联合检查 40次"], SICHUAN: ["∗突击抽查 30次 (2023)"]}
    figures += [of("联合检查", 20, "次", GUANGXI, metric="inspections")]
    assert sorted(row.unit or "" for row in compare(figures).rows) == ["人次", "次"]


def test_a_figure_in_words_that_set_a_part_apart_is_marked_as_a_part() -> None:
    figures = [
        of("专任教师", 90, "人", HUNAN, metric="teachers"),
        of("专任教师", 80, "人", GUANGXI, metric="teachers"),
        of("少数民族专任教师", 7, "人", SICHUAN, metric="teachers"),
        of("任课老师", 70, "人", "贵州省", metric="teachers"),
    ]
    (row,) = compare(figures).rows
    assert {place: marks(cell) for place, cell in row.cells.items()} == {
        HUNAN: "",
        GUANGXI: "",
        "贵州省": "∗",
        SICHUAN: "⊂",
    }


def test_where_each_place_has_its_own_words_the_largest_of_what_adds_up_is_shown() -> None:
    higher = {"metric": "teachers", "stage": "higher"}
    figures = [
        of("兼课教师", 6, "人", HUNAN, **higher),
        of("公办高校与民办高校专任教师", 90, "人", HUNAN, **higher),
        of("任课教师", 80, "人", GUANGXI, **higher),
    ]
    (row,) = compare(figures).rows
    assert row.cells[HUNAN].value == 90


def test_a_rank_by_growth_is_not_one_by_amount() -> None:
    money = {"metric": "education_expenditure"}
    rank = money | {"measure": None, "role": "rank"}
    sentence = "教育支出增速居全国第3位，总量居全国第9位。"
    figures = [
        of("教育支出", 500, "元", HUNAN, **money),
        of("教育支出", 400, "元", GUANGXI, **money),
        of("教育支出", 3, "位", HUNAN, **rank, shown="第3位", sentence=sentence),
        of("教育支出", 9, "位", HUNAN, **rank, shown="第9位", sentence=sentence),
    ]
    compared = compare(figures)
    (row,) = compared.rows
    texts = [
        beside_text(each, row, HUNAN, compared.measures, labels("zh")) for each in row.beside[HUNAN]
    ]
    assert texts == ["排名 全国 9位", "增幅排名 全国 3位"]
    assert Measure.of(row.beside[HUNAN][1].measure.id) == row.beside[HUNAN][1].measure


def test_a_rank_of_an_average_does_not_stand_beside_a_sum() -> None:
    students = {"metric": "students", "stage": "higher"}
    figures = [
        of("高校在校生", 90, "人", HUNAN, **students),
        of("每十万人口在校生", 4, "位", HUNAN, **students | {"measure": None}, role="rank"),
    ]
    assert not any(row.beside for row in compare(figures, at_least=1).rows)


def test_a_row_of_unlike_things_is_counted_in_what_is_true_of_all() -> None:
    pairs = [("结对学校", "所", HUNAN), ("帮扶学校", "所", GUANGXI), ("帮扶对象", "个", SICHUAN)]
    figures = [of(said, 3, unit, place, metric="paired_support") for said, unit, place in pairs]
    (row,) = compare(figures).rows
    assert row.mixed and row.unit == "个"
    figures[2] = of("帮扶团队", 3, "个", SICHUAN, metric="paired_support")  # a kind
    (row,) = compare(figures).rows
    assert row.unit == "个" and row.cells[SICHUAN].part


@pytest.mark.parametrize("extreme", ["教师参与率最低", "教师参与率最高的县"])
def test_the_extremes_of_parts_are_rows_by_themselves(extreme: str) -> None:
    joined = {"metric": "afterschool_participation", "measure": "share"}
    figures = [of("教师参与率", 97, "%", HUNAN, **joined), of(extreme, 99, "%", GUANGXI, **joined)]
    assert [len(row.cells) for row in compare(figures, at_least=1).rows] == [1, 1]


def test_a_part_that_two_places_report_is_a_row() -> None:
    figures = [
        of("新增学位", 90, "个", HUNAN, **PLACES),
        of("新增公办学位", 50, "个", HUNAN, **PLACES, groups=("public",)),
        of("新增公办学位", 40, "个", GUANGXI, **PLACES, groups=("public",)),
    ]
    whole, part = sorted(compare(figures, at_least=1).rows, key=lambda row: len(row.cells))
    assert not whole.beside and part.cells.keys() == {HUNAN, GUANGXI}
    assert part.cells[HUNAN].rank == 1


def test_the_same_people_counted_otherwise_stand_beside_one_another_and_are_not_ranked() -> None:
    rotated = {"metric": "teacher_training", "measure": "total"}
    figures = [
        of("交流轮岗教师", 900, "人", HUNAN, **rotated),
        of("交流轮岗教师", 5000, "人次", GUANGXI, **rotated),
    ]
    (row,) = compare(figures).rows
    (own,) = row.cells
    assert own in (HUNAN, GUANGXI) and {own, *row.beside} == {HUNAN, GUANGXI}
    assert row.cells[own].rank is None and len(beside(row)) == 1


@pytest.mark.parametrize(("unit", "rows"), [("人", 1), ("元", 2), ("平方米", 2)])
def test_a_figure_without_unit_is_a_count(unit: str, rows: int) -> None:
    figures = [
        of("在校生", 900, None, HUNAN, metric="students"),
        of("在校生", 5000, unit, GUANGXI, metric="students"),
    ]
    assert len(compare(figures, at_least=1).rows) == rows


def test_of_what_adds_up_an_exact_figure_goes_before_a_limit() -> None:
    figures = [
        of("教育总投入", 500, "元", HUNAN, metric="education_expenditure"),
        of("三省教育投入", 2000, "元", HUNAN, metric="education_expenditure", bound=">"),
        *(
            of("教育经费", 400, "元", place, metric="education_expenditure")
            for place in (GUANGXI, SICHUAN)
        ),
    ]
    (row,) = compare(figures).rows
    assert row.cells[HUNAN].value == 500


def test_words_of_the_stage_that_a_row_has_do_not_part_its_wordings() -> None:
    figures = [
        of("初中在校生", 90, "人", HUNAN, metric="students", stage="lower_secondary"),
        of("在校学生数", 80, "人", GUANGXI, metric="students", stage="lower_secondary"),
    ]
    (row,) = compare(figures).rows
    assert [cell.rank for cell in row.cells.values()] == [1, 2]


def test_of_several_wordings_of_what_adds_up_the_largest_is_shown() -> None:
    figures = [
        of("教师", 90, "人", GUANGXI, metric="teachers"),
        of("回族教师", 30, "人", HUNAN, metric="teachers"),
        of("各民族教师", 80, "人", HUNAN, metric="teachers"),
        of("外籍教师", 1, "人", HUNAN, metric="teachers"),
    ]
    (row,) = compare(figures).rows
    assert (row.cells[HUNAN].value, row.cells[HUNAN].more) == (80, 2)


def test_the_least_among_the_parts_of_a_place_is_not_the_place() -> None:
    joined = {"metric": "afterschool_participation", "measure": "share"}
    figures = [
        of("教师参与率", 97, "%", HUNAN, **joined),
        of("教师参与率最低", 81, "%", GUANGXI, **joined),
    ]
    assert not compare(figures).rows
    assert len(compare(figures, at_least=1).rows) == 2


def test_a_figure_without_a_period_is_as_late_as_its_document() -> None:
    share = {"metric": "family_education", "measure": "share", "published": "2024-03-01"}
    figures = [
        of("家长学校建校率", 71, "%", HUNAN, **share, period="2021"),
        of("家长学校建校率", 90, "%", HUNAN, **share, period=None),
        of("家长学校建校率", 80, "%", GUANGXI, **share, period="2023"),
    ]
    (row,) = compare(figures).rows
    assert row.cells[HUNAN].value == 90


def test_a_row_of_another_year_is_compared_for_that_year() -> None:
    places = (HUNAN, GUANGXI, SICHUAN)
    figures = [of("毛入园率", 90, "%", place, **RATE, period="2024") for place in places]
    figures += [of("家长满意度", 90, "%", HUNAN, metric="satisfaction", measure="share")]
    figures += [of("家长满意度", 80, "%", GUANGXI, metric="satisfaction", measure="share")]
    compared = compare([*figures, of("近视率", 50, "%", HUNAN, metric="physical_activity")])
    assert compared.period == "2024"
    rate, pleased = sorted(compared.rows, key=lambda row: row.period or "", reverse=True)
    assert (rate.period, pleased.period) == ("2024", "2023")
    assert [cell.rank for cell in pleased.cells.values()] == [1, 2]
    (only,) = compare(figures, period="2024").rows
    assert only.metric == "enrolment_rate"


def test_what_compare_marks_as_contradicted_check_lists(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = "全省进出口总值530亿元。对中亚出口增长，进出口41亿元。全省近视率为50%。全省近视率为55%。"
    text = f"湖南省2023年教育工作通报\n发布日期：2024-03-01\n2023年，{said}\n"
    (tmp_path / "hunan.txt").write_text(text, "utf-8")
    assert main(["compare", str(tmp_path), "-f", "json", "--view", "cells"]) == 0
    cells = [each for each in json.loads(capsys.readouterr().out) if each["contradicted"]]
    assert main(["check", str(tmp_path), "-f", "json"]) == 0
    findings = json.loads(capsys.readouterr().out)
    assert [each["row"] for each in cells] == [each["row"] for each in findings] != []


def test_the_head_of_a_narrow_column_of_units_is_one_word(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, place in (("a", "北京市朝阳区"), ("b", "吉林省长春市朝阳区")):
        text = f"{place}教育通报\n{place}教育局\n2024年1月3日\n2023年，全区新增学位3000个。\n"
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    assert main(["compare", str(tmp_path), "-f", "table", "--lang", "zh"]) == 0
    out = capsys.readouterr().out
    assert "单位  北京 朝阳区  吉林 朝阳区" in out


def test_rows_of_unlike_things_are_marked() -> None:
    def mixed(subject: str, metric: str) -> bool:
        rows = compare(
            [of(subject, n, "元", p, metric=metric) for n, p in ((1, HUNAN), (2, GUANGXI))]
        )
        return rows.rows[0].mixed

    assert mixed("投资", "special_funds")
    assert not mixed("课后服务补助资金", "special_funds")  # a kind of its own
    assert not mixed("教育经费", "education_expenditure")


TEXTS = {
    "hunan.txt": "湖南省教育通报\n发布日期：2024-03-01\n2023年，全省学前三年毛入园率达95%，提高1.5个百分点。全省投资3亿元改造校舍。\n",
    "guangxi.txt": "广西壮族自治区教育通报\n发布日期：2024-03-01\n2023年，全区学前三年毛入园率达94%。自治区安排专项资金5亿元。\n",
    "county.txt": "望城区教育通报\n湖南省长沙市望城区教育局\n发布日期：2024-03-01\n2023年，全区学前三年毛入园率达99%。\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


@pytest.mark.parametrize(("view", "width"), [("matrix", 80), ("cells", 120)])
def test_the_terminal_shows_what_stands_beside(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    view: str,
    width: int,
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    assert main(["compare", str(folder), "-f", "table", "--view", view, "--lang", "zh"]) == 0
    out, err = capsys.readouterr()
    assert "+1.5百分点" in out and "专项资金 ⋯" in out
    assert max(map(len, out.splitlines())) <= width
    assert "1 行所指不一" in err


def test_all_levels_stand_side_by_side_and_are_ranked_apart(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = ["compare", str(folder), "--level", "all", "--metric", "enrolment_rate", "-f", "csv"]
    assert main([*run, "--view", "cells"]) == 0
    lines = [line.split(",") for line in capsys.readouterr().out.splitlines()]
    head, *rows = lines
    found = {
        row[head.index("column")]: row[head.index("rank")]
        for row in rows
        if not row[head.index("beside")]
    }
    assert found == {"湖南省": "1", "广西壮族自治区": "2", "湖南省 望城区": ""}
    assert [row[head.index("beside")] for row in rows if row[head.index("role")] == "change"] == [
        "enrolment_rate:share:preschool:-:share:level"
    ]


def test_a_pack_that_names_no_measure_as_mixed_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = tmp_path / "own.toml"
    pack.write_text('[[metric]]\nid = "courses"\nextends = true\nmixed = "totals"\n', "utf-8")
    assert main(["rules", "check", str(pack)]) != 0
    told = capsys.readouterr().out
    assert "`mixed` holds 'totals'; use any of total, new, share, per_unit" in told
