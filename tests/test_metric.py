"""Metrics: the catalogue, and how a figure comes by its entry."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from pack_examples import load_examples, read_example, unit_of

from shuangjian_cli import extract
from shuangjian_cli.tag.metric import (
    MetricMatch,
    about_topic,
    document_topical,
    metric,
    metrics_named,
)
from shuangjian_cli.tag.pack import Rules, load_builtin

# fmt: off
IDS = [
    "special_funds", "education_expenditure", "policy_documents", "student_aid", "teacher_pay",
    "work_mechanisms", "publicity", "inspections", "enforcement_cases", "public_feedback",
    "paired_support", "family_education", "pilot_zones", "schools", "schools_built",
    "school_places", "school_conditions", "students", "teachers", "teacher_training",
    "outside_tutors", "venues_bases", "courses", "digital_platform", "disciplines",
    "training_reduction", "training_supervision", "homework_management", "school_management",
    "teaching_reform", "learning_outcomes", "awards", "enrolment_rate", "balanced_counties",
    "schooling_years", "physical_activity", "afterschool_coverage", "afterschool_participation",
    "afterschool_supply", "afterschool_terms", "activity_participation", "study_tour",
    "satisfaction", "childcare", "employment",
]
# fmt: on


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load_builtin()


def of(
    rules: Rules,
    subject: str,
    figure: str,
    clause: str | None = None,
    sentence: str | None = None,
    *,
    role: str = "level",
    explain: bool = False,
) -> MetricMatch:
    clause = clause if clause is not None else subject + figure
    return metric(
        rules,
        subject=subject,
        unit=unit_of(rules, figure),
        role=role,
        clause=clause,
        sentence=sentence or clause,
        topical=True,
        explain=explain,
    )


def about(rules: Rules, subject: str, clause: str = "", *titles: str, whole: bool = False) -> bool:
    return about_topic(
        rules,
        subject=subject,
        clause=clause or subject,
        sentence=clause or subject,
        titles=titles,
        document_is_topical=whole,
    )


def test_the_catalogue_is_that_of_the_contract(rules: Rules) -> None:
    assert list(rules.metrics) == IDS
    assert all(entry.pillar in rules.pillars for entry in rules.metrics.values())
    assert all(entry.name and entry.name_en and entry.signs for entry in rules.metrics.values())


def test_every_unit_of_a_sign_is_known(rules: Rules) -> None:
    known = {"∶1", "1∶"}.union(rules.units, *map(rules.families, rules.units))
    signs = [sign for entry in rules.metrics.values() for sign in entry.signs]
    assert {unit for sign in (*signs, *rules.none) for unit in sign.units} <= known


EXAMPLES = load_examples(Path(__file__).parent.parent / "shuangjian_cli/tag/metric/examples.toml")


@pytest.mark.parametrize("id", IDS)
def test_examples_with_their_subject_given(rules: Rules, id: str) -> None:
    mine = [example for example in EXAMPLES if example.metric == id]
    assert sum(not example.counter for example in mine) >= 3
    assert sum(example.counter for example in mine) >= 2
    wrong = [
        (example.sentence, read_example(rules, example))
        for example in mine
        if (read_example(rules, example) == id) is example.counter
    ]
    assert not wrong


def test_the_longest_term_wins_and_the_head_of_the_phrase_counts_more(rules: Rules) -> None:
    assert of(rules, "家庭教育讲座", "60场").metric == "family_education"
    assert of(rules, "家庭教育实验区", "6个").metric == "pilot_zones"
    assert of(rules, "参与课后服务的教师", "800名").metric == "afterschool_participation"
    assert of(rules, "课后服务经费", "90万元").metric == "special_funds"


def test_the_subject_speaks_before_the_clause_and_the_clause_before_the_sentence(
    rules: Rules,
) -> None:
    match = of(rules, "校本课程", "30门", "作业公示之外开设校本课程30门")
    assert (match.metric, match.scope) == ("courses", "subject")
    match = of(rules, "", "30门", "开设校本课程30门", "作业全部公示，开设校本课程30门")
    assert (match.metric, match.scope) == ("courses", "clause")
    match = of(rules, "参与率", "97%", "参与率97%", "课后服务天天有，参与率97%")
    assert (match.metric, match.words) == ("afterschool_participation", ("参与率",))


def test_a_figure_without_words_belongs_to_the_clause_before(rules: Rules) -> None:
    sentence = "初中近视率47%，比三年前低5个百分点"
    match = of(rules, "", "5个百分点", "比三年前低5个百分点", sentence, role="change")
    assert (match.metric, match.scope) == ("physical_activity", "sentence")
    sentence = "减免学费500万元，惠及学生2万人"
    assert of(rules, "惠及学生", "2万人", "惠及学生2万人", sentence).metric == "student_aid"


def test_a_figure_without_words_in_its_sentence_belongs_to_the_innermost_title_that_speaks(
    rules: Rules,
) -> None:
    def titled(*titles: str, subject: str = "", unit: str = "元") -> MetricMatch:
        words = "仍守住百亿元"
        return metric(
            rules,
            subject=subject,
            unit=unit,
            role="level",
            clause=words,
            sentence=words,
            topical=True,
            titles=titles,
        )

    match = titled("财政教育投入再增长", "学校课程建设")
    assert (match.metric, match.rule, match.scope) == (
        "education_expenditure",
        "metric.title",
        "title",
    )
    assert titled("成效", "财政教育投入再增长").metric == "education_expenditure"
    assert titled("财政教育投入再增长", unit="个").metric is None
    assert titled("财政教育投入再增长", subject="学生书柜").metric is None


def test_an_aside_within_a_word_does_not_part_it(rules: Rules) -> None:
    assert of(rules, "入园（班）幼儿", "3.1万人").metric == "students"
    assert of(rules, "离园（班）幼儿", "2.9万人").metric == "students"
    assert of(rules, "中小学占地", "310亩").metric == "school_conditions"
    assert of(rules, "壮族学生占", "35%").metric == "students"


def test_the_kind_of_paper_that_closes_a_place_is_enforcement(rules: Rules) -> None:
    for paper in ("取缔通知书", "停课通知书", "《培训市场整治问题移交单》", "《停办通知书》"):
        assert of(rules, paper, "3份").metric == "enforcement_cases"


@pytest.mark.parametrize(
    ("subject", "figure", "sentence", "expected"),
    [
        ("每个乡镇都有公办幼儿园", "1所", None, "schools"),
        ("没收宣传资料", "900份", None, "enforcement_cases"),
        ("查扣教学设备", "4台", None, "enforcement_cases"),
        ("受训率", "85%", "开展家长和看护人员培训，受训率85%", "family_education"),
        ("支援高校", "12所", None, "paired_support"),
        ("教育援疆项目", "8个", None, "paired_support"),
        ("个乡镇", "14个", None, None),
    ],
)
def test_the_predicate_sets_the_metric_of_a_noun_that_others_share(
    rules: Rules, subject: str, figure: str, sentence: str | None, expected: str | None
) -> None:
    assert of(rules, subject, figure, sentence=sentence).metric == expected


def test_the_unit_must_fit_unless_the_figure_says_nothing_of_it(rules: Rules) -> None:
    assert of(rules, "新建小学", "3所").metric == "schools_built"
    assert of(rules, "新建小学投入", "3亿元").metric == "special_funds"
    assert of(rules, "专任教师", "3%", role="change").metric == "teachers"
    assert of(rules, "生均公用经费", "第3位", role="rank").metric == "education_expenditure"
    assert of(rules, "专任教师", "3万元").metric is None


def test_of_a_share_the_part_is_asked(rules: Rules) -> None:
    assert of(rules, "支教教师占专任教师的比例", "3%").metric == "paired_support"
    assert of(rules, "中职招生占高中阶段在校生", "40%").metric == "students"
    assert of(rules, "校园占地面积", "90平方米").metric == "school_conditions"


@pytest.mark.parametrize(
    "sentence",
    [
        "提升学生素质。",
        "落实国家教育方针。",
        "双减政策走深走实。",
        "搭建交流平台。",
        "在全国培训现场发言。",
        "国家访问学者到会。",
    ],
)
def test_words_that_only_look_like_a_metric_name_none(rules: Rules, sentence: str) -> None:
    assert metrics_named(rules, sentence) == ()


@pytest.mark.parametrize(
    "subject", ["提高中小企业融资", "国家长江保护", "科学生产管理", "初中央部署"]
)
def test_topic_words_do_not_count_across_words(rules: Rules, subject: str) -> None:
    assert not about(rules, subject)


@pytest.mark.parametrize(
    ("subject", "figure"),
    [
        ("参与联合执法部门", "9个"),
        ("中外合作办学机构", "6个"),
        ("校园视频监控", "100%"),
        ("初中程度人口", "31%"),
    ],
)
def test_what_no_entry_covers_has_no_metric(rules: Rules, subject: str, figure: str) -> None:
    assert of(rules, subject, figure).metric is None


def test_what_is_not_about_education_has_no_metric(rules: Rules) -> None:
    match = metric(
        rules,
        subject="城镇新增就业",
        unit="人",
        role="level",
        clause="",
        sentence="",
        topical=False,
    )
    assert match == MetricMatch(None, "metric.off-topic")


def test_an_explanation_lists_what_was_passed_over(rules: Rules) -> None:
    match = of(rules, "家庭教育实验区", "6个", explain=True)
    assert ("家庭教育", "metric.family_education: less specific") in match.rejected
    match = of(rules, "新建小学投入", "3亿元", explain=True)
    assert any(reason.endswith("not with 元") for _, reason in match.rejected)
    assert not of(rules, "家庭教育实验区", "6个").rejected


def test_sentences_name_metrics_in_order_and_once(rules: Rules) -> None:
    sentence = "推进课后服务全覆盖，扩大学位供给，加强家庭教育指导，办好家长学校。"
    named = metrics_named(rules, sentence)
    assert named == ("afterschool_coverage", "school_places", "family_education")
    assert metrics_named(rules, "今天天气很好。") == ()


@pytest.mark.parametrize(
    "subject",
    ["普惠托位", "高校毕业生去向落实率", "育儿补贴惠及婴幼儿", "大学生创业企业", "职业技能培训"],
)
def test_subjects_of_education_in_a_mixed_report(rules: Rules, subject: str) -> None:
    assert about(rules, subject)


@pytest.mark.parametrize(
    "subject",
    [
        "城镇新增就业",
        "养老床位",
        "高速公路里程",
        "党史学习教育",
        "粮食产量",
        "乡村医生培训",
        "深入学习千万工程",
        "国家级示范区",
    ],
)
def test_subjects_of_other_fields_in_a_mixed_report(rules: Rules, subject: str) -> None:
    assert not about(rules, subject)


def test_a_document_about_education_speaks_for_its_figures(rules: Rules) -> None:
    assert about(rules, "联合检查", whole=True)
    assert not about(rules, "联合检查")
    assert not about(rules, "常住人口", whole=True)
    assert not about(rules, "平均海拔", whole=True)


def test_clause_and_title_speak_where_the_subject_does_not(rules: Rules) -> None:
    assert about(rules, "总投资", "新建小学总投资3亿元")
    assert not about(rules, "总投资", "新建医院和小学总投资3亿元")
    assert about(rules, "总投资", "总投资3亿元", "办好人民满意的教育")
    assert not about(rules, "总投资", "总投资3亿元", "推进教育医疗提质")


def test_a_document_is_about_education_by_title_or_by_what_it_says(rules: Rules) -> None:
    assert document_topical(rules, "全市双减工作通报", "")
    assert not document_topical(rules, "政府工作报告", "粮食产量稳定。" * 60 + "学校新增学位。")
    assert document_topical(rules, None, "学校减轻作业负担，教师参与课后服务。" * 20)


def test_rules_decide_alike_in_another_process(rules: Rules) -> None:
    copy = pickle.loads(pickle.dumps(rules))
    assert of(copy, "家庭教育实验区", "6个") == of(rules, "家庭教育实验区", "6个")


def test_a_line_without_end_costs_no_more_than_a_sentence(rules: Rules) -> None:
    line = "课后服务学生参与率" * 200_000
    assert of(rules, line, "97%", line, line).metric == "afterschool_participation"


def test_a_parenthesis_behind_a_figure_decides_nothing() -> None:
    (record,) = extract("全县有中职学校1所（省级改革发展示范校）。")
    assert record.metric == "schools"
