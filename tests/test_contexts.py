"""Whose figure: where a page states its place, crossed with what else it names.

The pages are put together from parts, and the answer of each is known by its parts.
"""

from __future__ import annotations

from itertools import product

import pytest

import shuangjian_cli as sj

COUNTY = ("谷城县", "county", "湖北省")
UNNAMED = (None, "county", None)

STATED = {
    "title": ("谷城县扎实推进“双减”工作\n", COUNTY),
    "title over two lines": ("2022年谷城县\n教育事业统计公报\n", COUNTY),
    "issuer": ("工作动态\n来源：谷城县教育局\n", COUNTY),
    "lead": ("记者近日从谷城县教育局获悉，各校作业管理更加规范，群众反映良好。\n", COUNTY),
    "city and county": (
        "近日，襄阳市谷城县召开会议，部署各校作业管理工作，推动任务落实。\n",
        COUNTY,
    ),
    "speaker": ("谷城县教育局局长周明介绍，各校作业管理更加规范，群众反映良好。\n", COUNTY),
    "byline": (
        "作业管理更加规范\n谷城县教育局\n各校作业管理更加规范，群众反映良好，工作得到肯定。\n",
        COUNTY,
    ),
    "nowhere": ("各校作业管理更加规范，群众反映良好，工作得到肯定。\n", UNNAMED),
}
BESIDE = {
    "nothing": "",
    "caption": "图为宜昌市实验小学学生在做操。李明 摄\n",
    "award": "多所学校获评武汉市“精品课程”。\n",
    "partner": "与宁波市的学校开展合作。\n",
    "visited": "先后到枣阳市、宜城市学习。\n",
    "together with": "县教育局会同县公安局开展检查。\n",
    "document": "印发《武汉市作业管理办法》的解读。\n",
    "rank": "工作成效居全省第二。\n",
}
SAID = ("全县新建学校12所。", "我县新建学校12所。", "目前，全县已新建学校12所。")


@pytest.mark.parametrize(("stated", "beside"), list(product(STATED, BESIDE)))
def test_a_county_keeps_its_figures(stated: str, beside: str) -> None:
    opening, expected = STATED[stated]
    for said in SAID:
        text = f"{opening}{BESIDE[beside]}{said}\n"
        found = [r for r in sj.extract(text) if r.figure == "12所"]
        assert len(found) == 1, text
        record = found[0]
        assert (record.area, record.area_level) == expected[:2], text
        # The province of a place that nobody names is nobody's guess.
        assert record.province == expected[2], text


@pytest.mark.parametrize(
    "dateline", ["新华社武汉5月3日电 ", "长江日报讯（记者 李明）", "本报武汉讯 "]
)
@pytest.mark.parametrize(
    "body", ["教育部负责人", "教育部某司司长周远", "国务院教育督导委员会办公室"]
)
def test_the_nation_keeps_its_figures(dateline: str, body: str) -> None:
    text = f"{dateline}{body}介绍，课后服务参与率达到92.5%。甘肃省东乡县入园率达到93%，全国平均89.5%。\n"
    areas = {r.figure: r.area for r in sj.extract(text)}
    assert areas == {"92.5%": "全国", "93%": "东乡族自治县", "89.5%": "全国"}


@pytest.mark.parametrize(
    ("said", "area"),
    [
        ("2011年我国启动营养膳食试点。2018年安排资金190亿元，现已覆盖全国六成以上的县。", "全国"),
        ("中央财政设立生活补助，当年下达资金190亿元，惠及全国学生1400万人。", "全国"),
        ("国家启动营养膳食试点。全县下达资金190亿元，覆盖全国统一供餐的学校。", "谷城县"),
        ("国家启动营养膳食试点，下达资金190亿元。", "全国"),
        ("国家启动营养膳食试点，下达资金60亿元，另有190亿元。", "全国"),
    ],
)
def test_how_far_a_plan_of_the_nation_has_come(said: str, area: str) -> None:
    records = sj.extract(f"谷城县农村学校见闻\n谷城县共有农村学校86所。\n{said}\n")
    assert [r.area for r in records if r.figure == "190亿元"] == [area]


def test_items_that_begin_with_a_place_and_a_date() -> None:
    records = sj.extract(
        "教育简讯\n来源：商洛日报　2022-03-21\n镇安县 近日，县教体局选派教师90名送教下乡。\n"
        "山阳县 3月15日，全县课后服务覆盖率达到97%。\n"
    )
    assert {r.figure: r.area for r in records} == {"90名": "镇安县", "97%": "山阳县"}


@pytest.mark.parametrize("whole", ["全省", "我省"])
@pytest.mark.parametrize("part", ["其中，长治市", "其中长治市", "例如，长治市"])
def test_a_part_ends_with_its_clause_group(whole: str, part: str) -> None:
    text = (
        f"山西省“双减”工作综述\n{whole}参加学生210万人。{part}参加学生21.4万人，占比94%；"
        f"参与教师1.6万人。{whole}家长满意率97%。\n"
    )
    areas = {r.figure: r.area for r in sj.extract(text)}
    assert areas["210万人"] == areas["97%"] == "山西省"
    assert areas["21.4万人"] == areas["94%"] == "长治市"


COUNTIES = [
    "谷城县",
    "南漳县",
    "保康县",
    "枣阳市",
    "宜城市",
    "老河口市",
    "会宁县",
    "永登县",
    "榆中县",
    "肥西县",
    "庐江县",
    "巢湖市",
    "古蔺县",
    "泸县",
    "合江县",
]


@pytest.mark.parametrize(
    "text",
    [
        "首页 > 新闻 > 正文\n返回首页\n关闭窗口\n打印本页\n",
        "、".join(COUNTIES * 3) + "等地新建学校12所。",
        "题" * 500 + "\n新建学校12所，受到群众好评。\n",
        "发布时间：1900-01-01\n来源：本站\n新建学校12所，受到群众好评。\n",
        "发布时间：2999-01-01\n来源：本站\n新建学校12所，受到群众好评。\n",
    ],
)
def test_no_place_is_invented(text: str) -> None:
    for record in sj.extract(text):
        assert record.area is None
        assert record.confidence == "check"


def test_two_mastheads_on_a_page_are_two_contexts() -> None:
    text = (
        "谷城县规范校外培训\n发布时间：2023-03-01 来源：某报\n记者从谷城县教育局获悉，检查机构12家。\n\n"
        "肥西县扩大学位供给\n发布时间：2023-03-02 来源：某报\n记者从肥西县教育局获悉，新建学校7所。\n"
    )
    areas = {r.figure: r.area for r in sj.extract(text)}
    assert areas == {"12家": "谷城县", "7所": "肥西县"}


@pytest.mark.parametrize(
    ("text", "area"),
    [
        # An everyday word is the city that calls itself 我市 where it opens clauses.
        (
            "中山加强近视防控\n中山每10名初中生有7名近视。今年，我市小学生近视率为31.2%。\n",
            "中山市",
        ),
        ("各校走进中山公园。今年，我市小学生近视率为31.2%。\n", None),
        # The counties that a city's text names tell which it is before a name inside another.
        ("我市新建学校12所。其中有大田县城东中学、宁化县贵溪小学、清流县实验学校。\n", "三明市"),
    ],
)
def test_a_city_that_is_not_named_in_full(text: str, area: str | None) -> None:
    records = sj.extract(text)
    assert {(record.area, record.area_level) for record in records[-1:]} == {(area, "city")}


@pytest.mark.parametrize("label", ["date 2022-05-06", "Date: 2022-05-06"])
def test_the_label_of_a_date_in_another_language(label: str) -> None:
    text = f"{label} 局长答记者问。（记者摄）\n\n目前泾县有学校41所。去年新建6所。\n"
    assert [r.period for r in sj.extract(text)] == ["../2022-05-06", "2021"]


def test_a_date_with_its_day_first() -> None:
    text = "青石县今年将增加学位6300个\n\n14.03.2021  09:20\n\n今年，青石县再建学校4所。\n"
    assert {r.period for r in sj.extract(text)} == {"2021"}


@pytest.mark.parametrize(
    ("text", "area", "level"),
    [
        (
            "自治区教育厅：我区办学条件改善\n来源：宁夏日报\n全区新建学校310所。\n",
            "宁夏回族自治区",
            "province",
        ),
        ("我区办学条件改善\n全区新建学校310所，按自治区教育厅要求验收。\n", None, "county"),
    ],
)
def test_our_region_where_a_body_of_the_region_speaks(
    text: str, area: str | None, level: str
) -> None:
    assert {(r.area, r.area_level) for r in sj.extract(text)} == {(area, level)}


def test_the_library_that_shows_a_book_gives_its_place_to_none_of_its_pages() -> None:
    page = (
        "平湖市图书馆\n平湖市图书馆（机构用户）\n登录\n注销\n知识信息\n三、特殊教育\n内容出处：\n"
        "《嘉兴市南湖区凤桥镇志》\n图书\n内容\n1986年，全镇有聋哑儿童12名。\n"
    )
    (record,) = sj.extract(page)
    assert record.area == "南湖区"
