"""Tags of whole sentences, through the Python API."""

from __future__ import annotations

import pytest

from shuangjian_cli.api import analyse
from shuangjian_cli.model import Analysis, Source, TaggedSentence


def tags(text: str) -> Analysis:
    return analyse(Source("page.txt", text))


def test_a_half_width_semicolon_ends_a_sentence_and_its_contexts_reach_over_it() -> None:
    text = "2022年,海州市建成幼儿园6所;招聘教师90名;\n全市出台制度3项。"
    found = tags(text)
    assert [each.sentence for each in found.sentences] == [
        "2022年,海州市建成幼儿园6所;",
        "招聘教师90名;",
        "全市出台制度3项。",
    ]
    assert [each.figures for each in found.sentences] == [1, 1, 1]
    assert [each.metrics for each in found.sentences[:2]] == [("schools_built",), ("teachers",)]
    teachers = found.indicators[1]
    assert teachers.period == "2022"
    assert teachers.sentence == text[teachers.sentence_start : teachers.sentence_end]
    assert teachers.sentence == "招聘教师90名;"


def tag(sentence: str) -> TaggedSentence:
    """The last sentence of a bulletin on schools."""
    return tags(f"海州市学校教育工作情况通报\n{sentence}").sentences[-1]


@pytest.mark.parametrize(
    ("sentence", "metrics"),
    [
        # Frames
        ("记者从市教育局新闻发布会上获悉，全市新建学校3所。", {"schools_built"}),
        ("据介绍，专项检查之后家长学校更受欢迎。", {"family_education"}),
        ("从刚刚结束的督导检查中了解到，各校开设校本课程60门。", {"courses"}),
        # Grounds, purposes, effects
        ("依据《校外培训收费管理办法》，各校扩大学位供给。", {"school_places"}),
        ("为提高课堂教学和课程质量，县里加强家庭教育指导。", {"family_education"}),
        ("学校延长放学时间，让课后服务项目更丰富。", set()),
        ("对照教育督导要求，各县补充教师。", {"teachers"}),
        ("县里筹措专项资金，用于校舍维修和课程开发。", {"special_funds"}),
        # Names of bodies
        ("海州市教育督导局", set()),
        ("市人民政府教育督导委员会办公室召开会议。", set()),
        ("县综合执法大队走访家长学校。", {"family_education"}),
        ("学生营养研究会换届，新会长就任。", set()),
        ("县学前教育督导中心主任到会。", set()),
        ("学生资助科科长介绍经历。", set()),
        ("师资培训网站改版。", set()),
        ("省里组建校外培训评估专家委员会。", {"work_mechanisms"}),
        ("乡镇中心小学扩建校舍。", {"schools_built"}),
        # Names of documents
        ("认真学习《减轻学生作业负担实施方案》精神。", set()),
        ("教育局长解读《校外培训机构管理规定》。", set()),
        ("您提出的《关于增加教育专项资金的建议》收悉。", set()),
        # Documents that are made
        ("市教育局印发《关于规范课后服务收费的通知》。", {"policy_documents"}),
        ("县里正在起草中小学布局规划。", {"policy_documents"}),
        ("现将《乡村学校建设名单》印发各校。", {"policy_documents"}),
        # Wholes of shares
        ("参加研学的学生2万人，占在校生总数的九成。", {"activity_participation"}),
        ("骨干教师占专任教师的三成。", {"teacher_training"}),
        ("支教教师300名，占全县教职工的5%。", {"paired_support"}),
        # Lists of topics
        ("督查组查看招生、收费、作业公示等环节。", set()),
        ("会议讨论经费投入、教师工资、毕业生就业等三个方面，提出要求。", set()),
        ("对培训机构的收费、师资、消防等内容加强监管。", {"training_supervision"}),
        # Predicates with their objects
        ("加强政策宣传。", {"publicity"}),
        ("学校利用报纸和广播广泛宣传。", {"publicity"}),
        ("教育局成立双减工作专班。", {"work_mechanisms"}),
        ("县里建立跨部门联合执法机制。", {"work_mechanisms"}),
        ("规范校外培训机构办学行为。", {"training_supervision"}),
        ("加大教师补充力度。", {"teachers"}),
        ("逐年增加财政投入，办好家门口的学校。", {"education_expenditure"}),
        ("学校可引进社会机构参与课后服务。", {"afterschool_supply"}),
        ("对培训机构的违规行为依法查处。", {"enforcement_cases"}),
        # Single words that report nothing
        ("学校倡导科学育儿。", set()),
        ("坚持立德树人，减轻学生和家长负担。", set()),
        ("今年教育工作的重点任务已经明确。", set()),
        # Persons and places that a sentence only mentions
        ("班主任在操场上宣读名单。", set()),
        ("留守儿童在教室里等候。", set()),
        ("教育局招聘体育教师。", {"teachers"}),
        ("教室破旧，操场坑洼。", {"school_conditions"}),
        # What is said of a noun, in whatever form
        ("财政对教育的投入逐年提高。", {"education_expenditure"}),
        ("街边的辅导班纷纷关门。", {"training_reduction"}),
        ("孩子们的语文成绩不升反降，有所下滑。", {"learning_outcomes"}),
        ("托管服务向山区村小延伸。", {"afterschool_coverage"}),
        ("班里的奥数爱好者捧得奖杯。", {"awards"}),
        ("学校配齐音乐、美术器材。", {"school_conditions"}),
        ("局里招聘音乐、体育教师。", {"teachers"}),
        # The head of a compound
        ("申报教学改革示范区。", {"pilot_zones"}),
        # Grounds and wholes
        ("出于增加学位的考虑，学校正在商量。", set()),
        ("按在校生人数核定的公用经费得到提高。", {"education_expenditure"}),
        ("对照优质均衡县创建标准，补齐短板。", {"balanced_counties"}),
        # Other fields
        ("镇里成立防汛专班。", set()),
        ("电视台报道垃圾分类。", set()),
        # A figure's own piece names what it measures
        (
            "县里改造教室照明，专任教师学历合格率达98%。",
            {"school_conditions", "teachers"},
        ),
        # Titles
        ("一、健全家庭教育机制", set()),
    ],
)
def test_metrics_are_those_of_the_matter(sentence: str, metrics: set[str]) -> None:
    assert set(tag(sentence).metrics) == metrics


@pytest.mark.parametrize(
    ("sentence", "pillar"),
    [
        ("海州市人民政府教育督导委员会", None),
        ("教育厅的工作报告里这样说。", None),
        ("镇里成立防汛专班。", None),
        ("校园里春意正浓。", None),
        ("全面加强党对学校的全面领导。", "guarantees"),
        ("编者按：双减政策实施已经三年。", None),
        ("一、主要成绩", None),
        ("（一）党对教育工作的领导全面加强。", "guarantees"),
        ("（二）强化党对教育事业的统一领导", "guarantees"),
        ("（三）坚持教育优先投入", "guarantees"),
        ("一、多部门携手护航", "coordination"),
        ("（一）坚持疏堵结合，规范培训行为。", "quality"),
        ("二、整治校外培训市场", "quality"),
        ("（四）大力开展课后育人活动。", "services"),
        ("支持初中学校晚上开设晚自习。", "services"),
        ("各校把双减当作一项政治任务。", "guarantees"),
    ],
)
def test_pillars_of_titles_and_of_sentences_without_metric(
    sentence: str, pillar: str | None
) -> None:
    assert tag(sentence).pillar == pillar


def test_a_run_in_title_names_a_pillar_and_no_metrics() -> None:
    text = "海州市学校教育工作情况通报\n二是加强督导检查。责任督学到校督导。"
    title, after = tags(text).sentences[-2:]
    assert (title.sentence, title.pillar, title.metrics) == (
        "二是加强督导检查。",
        "coordination",
        (),
    )
    assert after.metrics == ("inspections",)
