"""Comparison: which figures share a row, which one a cell shows, and how it is written."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from itertools import permutations
from pathlib import Path

import pytest

from shuangjian_cli.compare import compare, coverage, notes, subject_key, tables, trends
from shuangjian_cli.compare import markdown as md
from shuangjian_cli.compare.units import Families
from shuangjian_cli.language import default_language, labels, provinces
from shuangjian_cli.model import DocumentInfo, Indicator
from shuangjian_cli.tag.pack import load_builtin, load_pack, merge

HUNAN, GUANGXI, SICHUAN = "湖南省", "广西壮族自治区", "四川省"
_PLACES = iter(range(1, 1_000_000, 100))


def figure(
    subject: str,
    value: str | int,
    unit: str | None,
    province: str | None = HUNAN,
    *,
    metric: str | None = None,
    pillar: str | None = "quality",
    period: str | None = None,
    status: str = "achieved",
    role: str = "level",
    trend: str | None = None,
    bound: str = "=",
    confidence: str = "certain",
    level: str | None = "province",
    area: str | None = None,
    file: str | None = None,
    published: str | None = None,
    sentence: str | None = None,
) -> Indicator:
    start = next(_PLACES)
    shown = f"{value}{unit or ''}"
    sentence = sentence or f"第{start}句：{subject}{shown}。"
    at = sentence.find(shown)
    return Indicator(
        document=DocumentInfo(file or f"{province}.txt", published=published),
        start=start + at,
        end=start + at + len(shown),
        line=1,
        figure=shown,
        value=Decimal(value),
        value_max=None,
        unit=unit,
        bound=bound,
        role=role,
        trend=trend,
        subject=subject,
        metric=metric,
        pillar=pillar,
        stage=None,
        groups=(),
        measure="total",
        province=province,
        area=area or province,
        area_code=None,
        area_level=level,
        period=period,
        per_year=False,
        status=status,
        implied=False,
        confidence=confidence,
        reasons=(),
        sentence=sentence,
        sentence_start=start,
        sentence_end=start + len(sentence),
        section=None,
    )


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
        ("人", "人次", False),
        ("%", "百分点", False),
        ("门", "节", False),
        ("元", "元/人", False),
        ("光年", "光年", True),
        ("件", "起", True),
        ("件", "个", False),
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
    assert compare(figures).rows[0].cells.keys() == {HUNAN, SICHUAN}  # 3 and 4 桶
    assert len(compare(figures).rows) == 1
    service, course, buckets = compare(figures, rules=rules).rows
    assert (course.unit, course.cells[HUNAN].value, course.cells[GUANGXI].value) == ("课时", 8, 12)
    assert service.cells[SICHUAN].share == Decimal("57.1")
    assert buckets.cells[SICHUAN].share is None


def test_a_row_of_other_scales_is_in_a_unit_of_its_own_figures() -> None:
    compared = compare([figure("辍学率", 3, "‰", HUNAN), figure("辍学率", "0.25", "%", GUANGXI)])
    (row,) = compared.rows
    assert row.unit == "%" and row.cells[HUNAN].value == Decimal("0.3")


# --- rows --------------------------------------------------------------------------------------


def test_a_row_joins_provinces_and_reconciles_units() -> None:
    compared = compare(
        [
            figure("每天体育活动时间", 2, "小时", HUNAN),
            figure("每日体育活动时间", 90, "分钟", GUANGXI),
        ]
    )
    (row,) = compared.rows
    assert compared.columns == (HUNAN, GUANGXI)
    assert row.unit == "分钟"
    assert {name: cell.value for name, cell in row.cells.items()} == {HUNAN: 120, GUANGXI: 90}


def test_role_unit_and_metric_keep_rows_apart() -> None:
    kinds = [
        figure("新增学位", 10, "个", metric="school_places"),
        figure("新增学位", 10, "%", metric="school_places"),
        figure("新增学位", 10, "%", metric="school_places", role="change", trend="up"),
        figure("新增学位", 10, "个", metric="students"),
    ]
    assert len(compare(kinds).rows) == 4


def test_a_figure_without_unit_joins_the_only_row_of_its_subject() -> None:
    same = [
        figure("注册用户", 180, None, HUNAN),
        figure("注册用户", 90, "人", GUANGXI),
    ]
    assert len(compare(same, at_least=1).rows) == 1
    two = [*same, figure("注册用户", 5, "户", SICHUAN)]
    assert len(compare(two, at_least=1).rows) == 3


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
    rows = {row.scope: row for row in compare(ranks, at_least=1).rows}
    assert rows.keys() == {"中部", "全国"}
    assert rows["全国"].cells[GUANGXI].rank == 1  # third of all goes before seventh


def test_a_yearly_average_is_not_the_growth_of_a_year() -> None:
    growth = [
        figure("产值", 6, "%", role="change", trend="up", sentence="产值年均增长6%。"),
        figure("产值", 8, "%", role="change", trend="up", sentence="年均用电不变，产值增长8%。"),
    ]
    rows = {row.scope: row for row in compare(growth, at_least=1).rows}
    assert {scope: row.cells[HUNAN].value for scope, row in rows.items()} == {"年均": 6, "": 8}


def test_falls_are_negative_and_share_a_row_with_rises() -> None:
    compared = compare(
        [
            figure("近视率", "1.5", "百分点", HUNAN, role="change", trend="down"),
            figure("近视率", "0.5", "百分点", GUANGXI, role="change", trend="up"),
        ]
    )
    (row,) = compared.rows
    assert row.cells[HUNAN].value == Decimal("-1.5")
    assert row.cells[GUANGXI].rank == 1


# --- which figure a cell shows -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("shown", "other"),
    [
        ({"status": "achieved", "period": "2021"}, {"status": "target", "period": "2025"}),
        ({"period": "2023"}, {"period": "2022"}),
        ({"period": "2023"}, {"period": "2021/2023"}),
        ({"period": "../2023-11"}, {"period": "2023-10"}),
        ({"published": "2024-02-01"}, {"period": "2023"}),
        ({"period": "2024"}, {"published": "2023-12-01"}),
        ({"confidence": "likely"}, {"confidence": "check"}),
        ({"published": "2024-02-01"}, {"published": "2024-01-01"}),
    ],
)
def test_the_figure_of_a_cell(shown: dict[str, str], other: dict[str, str]) -> None:
    one = figure("学位", 1, "个", file="a.txt", **shown)  # type: ignore[arg-type]
    two = figure("学位", 2, "个", file="b.txt", **other)  # type: ignore[arg-type]
    for order in permutations([one, two]):
        cell = only(list(order))
        assert (cell.value, cell.others) == (1, (two,))


def test_of_a_movement_the_later_end_is_shown() -> None:
    sentence = "参与率从61%提高到94.6%。"
    before = figure("参与率", 61, "%", sentence=sentence)
    after = figure("参与率", "94.6", "%", sentence=sentence)
    cell = only([before, after])
    assert cell.value == Decimal("94.6")


def test_figures_of_one_period_that_differ_are_marked() -> None:
    def cell(period: str, value: int):  # type: ignore[no-untyped-def]
        return only(
            [
                figure("学位", 100, "个", period="2023", file="a.txt"),
                figure("学位", value, "个", period=period, file="b.txt"),
            ]
        )

    assert cell("2023", 101).contradicted
    assert not cell("2023", 100).contradicted
    assert not cell("2022", 101).contradicted


def test_reprints_count_once() -> None:
    sentence = "全县新增学位1200个。"
    first = figure("新增学位", 1200, "个", file="a.txt", sentence=sentence)
    again = figure("新增学位", 1200, "个", file="b.txt", sentence=sentence)
    compared = compare([first, again])
    assert compared.reprints == 1
    assert only([first, again]).others == ()
    assert coverage([first, again]).total(HUNAN) == 1


def test_levels_are_kept_apart_and_what_is_left_out_is_counted() -> None:
    indicators = [
        figure("学位", 5, "个", HUNAN),
        figure("学位", 4, "个", HUNAN, level="city", area="长沙市"),
        figure("学位", 3, "个", HUNAN, level="city", area="湘潭市"),
        figure("学位", 2, "个", None, level=None),
        figure("学位", 1, "个", "全国", level="national"),
    ]
    own = compare(indicators)
    assert (own.columns, own.other_level, own.nowhere) == ((HUNAN,), 3, 1)
    cities = compare(indicators, level="city")
    assert cities.columns == ("湖南省 湘潭市", "湖南省 长沙市")
    assert compare(indicators, level="national").columns == ("全国",)


def test_ranks_and_shares_are_of_what_may_be_held_together() -> None:
    def row(**last: str):  # type: ignore[no-untyped-def]
        (row,) = compare(
            [
                figure("新增学位", 30, "个", HUNAN, period="2023"),
                figure("新增学位", 10, "个", GUANGXI, period="../2023-11"),
                figure("新增学位", 60, "个", SICHUAN, **last),  # type: ignore[arg-type]
            ]
        ).rows
        return [row.cells[name] for name in (HUNAN, GUANGXI, SICHUAN)]

    one_year = row(period="2022")
    assert [cell.rank for cell in one_year] == [2, 3, 1]
    assert [cell.share for cell in one_year] == [30, 10, 60]
    five_years = row(period="2018/2022")
    assert [cell.rank for cell in five_years] == [1, 2, None]
    assert [cell.share for cell in five_years] == [None] * 3
    open_end = row(period="2022/..")
    assert [cell.rank for cell in open_end] == [1, 2, None]
    planned = row(status="target")
    assert [cell.share for cell in planned] == [75, 25, None]
    rates = compare([figure("入园率", 90, "%", HUNAN), figure("入园率", 80, "%", GUANGXI)]).rows[0]
    assert [cell.share for cell in rates.cells.values()] == [None, None]


def test_the_same_matrix_whatever_the_order() -> None:
    indicators = [
        figure("学位", n, "个", province, period=period, file=f"{n}.txt")
        for n, (province, period) in enumerate(
            [(HUNAN, "2021"), (HUNAN, None), (GUANGXI, "2021"), (SICHUAN, None)], 1
        )
    ]
    assert len({str(compare(order)) for order in permutations(indicators)}) == 1


# --- other axes --------------------------------------------------------------------------------


def test_axes() -> None:
    indicators = [
        figure("近视率", 53, "%", HUNAN, period="2021", pillar="quality"),
        figure("近视率", 51, "%", HUNAN, period="2023", pillar="services"),
        figure("近视率", 50, "%", GUANGXI, period="2023"),
    ]
    by_period = compare(indicators, by="period", at_least=1)
    assert by_period.columns == ("2021", "2023")
    assert [row.province for row in by_period.rows] == [HUNAN, GUANGXI]
    by_pillar = compare(indicators, by="pillar", at_least=1)
    assert by_pillar.columns == ("quality", "services")
    by_document = compare(indicators, by="document")
    assert by_document.columns == ("广西壮族自治区.txt", "湖南省.txt")
    two = compare(
        [figure("学位", n, "个", p, file="x.txt") for n, p in enumerate((HUNAN, GUANGXI))]
    )
    assert two.columns == (HUNAN, GUANGXI)


def test_trends_are_of_points_in_time() -> None:
    indicators = [
        figure("近视率", 53, "%", HUNAN, period="2021"),
        figure("近视率", 51, "%", HUNAN, period="../2023"),
        figure("学位", 9, "个", HUNAN, period="2021"),
        figure("学位", 40, "个", HUNAN, period="2021/2025"),
        figure("课程", 9, "门", HUNAN, period=None),
    ]
    compared = trends(compare(indicators, by="period"))
    assert [row.subject for row in compared.rows] == ["近视率"]
    assert compared.columns == ("2021", "../2023")


def test_only_things_that_several_columns_report() -> None:
    shared = [figure("学位", 1, "个", HUNAN), figure("学位", 2, "个", GUANGXI)]
    single = [figure("课程", 3, "门", HUNAN)]
    compared = compare(shared + single)
    assert (len(compared.rows), compared.sparse, compared.at_least) == (1, 1, 2)
    assert len(compare(shared + single, at_least=1).rows) == 2
    alone = compare(single)
    assert (len(alone.rows), alone.sparse) == (1, 0)


def test_bad_input_is_told_plainly() -> None:
    words = labels("en")
    assert list(notes(compare([]), words)) == ["There are no figures to compare."]
    assert "only one column (Hunan)" in next(notes(compare([figure("学位", 1, "个")]), words))
    apart = compare([figure("学位", 1, "个", HUNAN), figure("课程", 1, "门", GUANGXI)])
    assert next(notes(apart, words)) == "No measured thing is reported by two columns."


# --- outputs -----------------------------------------------------------------------------------

MIXED = [
    figure("家长满意度", "96.2", "%", HUNAN, metric="satisfaction", pillar="services", bound=">="),
    figure(
        "家长满意率", 95, "%", GUANGXI, metric="satisfaction", pillar="services", status="target"
    ),
    figure("补助资金", 2960000000, "元", HUNAN, pillar="guarantees", period="2023"),
    figure("补助资金", 150000000, "元", GUANGXI, pillar="guarantees"),
]


def test_csv_holds_plain_numbers_and_notes() -> None:
    from shuangjian_cli.write.delimited import write_csv

    out = io.StringIO()
    write_csv(tables.wide(compare(MIXED)), out)
    header, money, pleased = out.getvalue().splitlines()
    assert header.endswith("subject,unit,湖南省,湖南省 note,广西壮族自治区,广西壮族自治区 note")
    assert money.endswith("补助资金,元,2960000000,2023,150000000,")
    assert pleased.endswith(",%,96.2,>=,95,target")


def test_json_nests_the_cells() -> None:
    from shuangjian_cli.write.json import write_json

    out = io.StringIO()
    write_json(tables.nested(compare(MIXED)), out)
    money, pleased = json.loads(out.getvalue())
    assert money["cells"][HUNAN]["value"] == 2960000000
    assert money["cells"][HUNAN]["share"] == pytest.approx(95.2)
    assert pleased["cells"][GUANGXI]["status"] == "target"
    assert pleased["cells"][HUNAN]["sentence"].endswith("家长满意度96.2%。")


def test_markdown_is_a_table_whose_words_are_words() -> None:
    rows = [
        figure("<b>学位</b>|[x](y)", 10000, "个", HUNAN),
        figure("<b>学位</b>|[x](y)", 300000, "个", GUANGXI),
    ]
    text = md.matrix(compare(rows), labels("zh"))
    assert text.splitlines()[0].endswith("| 所比事项 | 单位 | 湖南 | 广西 |")
    assert "\\<b\\>学位\\</b\\>\\|\\[x\\]（y） | 万个 | 1 | 30 |" in text


def test_coverage_counts_every_level_and_pillar() -> None:
    covered = coverage(
        [
            figure("学位", 1, "个", HUNAN, pillar="resources"),
            figure("学位", 2, "个", HUNAN, pillar=None, level="city"),
            figure("学位", 3, "个", None, pillar="quality"),
        ]
    )
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
    terminal.show_coverage(console, coverage(indicators), words)
    terminal.show_trends(console, trends(compare(indicators, by="period")), words)
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
    from shuangjian_cli.compare.subject import _vocabulary

    known = _vocabulary()
    for word, replaced in known.words.items():
        again = {each for part in replaced for each in known.words[part]}
        assert again == set(replaced), f"{word} is replaced by what is replaced again"


def test_columns_of_periods_have_ranks_and_no_shares() -> None:
    kept = [figure("学位", n, "个", HUNAN, period=str(2020 + n)) for n in (1, 2)]
    (row,) = compare(kept, by="period").rows
    assert [(cell.rank, cell.share) for cell in row.cells.values()] == [(2, None), (1, None)]
