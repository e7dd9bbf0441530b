"""Areas of documents: what the rules do together; `test_examples.py` runs their examples."""

from __future__ import annotations

from functools import cache

import pytest

from shuangjian_cli.api import extract
from shuangjian_cli.model import Area, Decision, Metadata, Source
from shuangjian_cli.structure import structure
from shuangjian_cli.tag.area import Areas
from shuangjian_cli.tag.place import Gazetteer


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer()


def area_of(
    text: str, figure: str, file: str = "example", **known: str
) -> tuple[Area | None, Decision]:
    """The area of the last occurrence of a figure, and how it came about."""
    document = structure(Source(file, text, Metadata(**known)))
    start = document.folded.text.rindex(figure)
    sentence = next(s for s in document.sentences if s.start <= start < s.end)
    return Areas(document, gazetteer()).of(sentence, start)


@pytest.mark.parametrize(
    "sentence",
    [
        "与重庆市的学校结对8所。",
        "上海援建资金支持学校8所。",
        "总书记在广西考察后，新建学校8所。",
        "选派教师赴北京市学习，新建学校8所。",
        "占全国的一成，新建学校8所。",
    ],
)
def test_a_place_that_is_only_mentioned(sentence: str) -> None:
    area, _ = area_of(sentence, "8所", title="四川省工作总结")
    assert area is not None
    assert area.name == "四川省"


def test_the_subject_gives_way_to_the_whole() -> None:
    text = "武汉市新建学校7所，全省新建学校80所。"
    city, _ = area_of(text, "7所", title="湖北省工作总结")
    province, _ = area_of(text, "80所", title="湖北省工作总结")
    assert city is not None
    assert province is not None
    assert (city.name, province.name) == ("武汉市", "湖北省")


def test_an_inner_clause_speaks_for_itself_only() -> None:
    text = "全省稳步推进，武汉市新建学校7所，培训教师900名。"
    assert area_of(text, "7所", title="湖北省工作总结")[1].rule == "area.subject"
    assert area_of(text, "900名", title="湖北省工作总结")[1].rule == "area.title"


@pytest.mark.parametrize("text", ["", "1所", "：：：\n1所", "市市市县县县1所。", "【】1所"])
def test_nonsense_does_not_raise(text: str) -> None:
    document = structure(Source("example", text))
    areas = Areas(document, gazetteer())
    for sentence in document.sentences:
        areas.of(sentence, sentence.start)


def _places(text: str) -> list[tuple[str, str | None, str | None]]:
    return [(r.figure, r.area, r.area_level) for r in extract(text)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (
            "宁国县志\n民国18年，全县有小学36所。广德县有小学98所。\n1952年，宁国县有小学120所。\n",
            [
                ("36所", "宁国县", "county"),
                ("98所", "广德县", "county"),
                ("120所", "宁国县", "county"),
            ],
        ),
        (
            "教育志\n1952年，萧山县有小学410所，余杭县有小学300所。临安县有小学210所，其中私立12所。全区有小学1800所。\n",
            [
                ("410所", "萧山县", "county"),
                ("300所", "余杭县", "county"),
                ("210所", "临安县", "county"),
                ("12所", "临安县", "county"),
                ("1800所", "杭州市", "city"),
            ],
        ),
        (
            "到1931年秋浦县有公立小学14所，东流县有公立小学9所。\n",
            [("14所", "秋浦县", "county"), ("9所", "东流县", "county")],
        ),
        (
            "永川县教育志\n1985年，全县小学510所。江北县有小学600所。\n",
            [("510所", "永川县", "county"), ("600所", "江北县", "county")],
        ),
    ],
)
def test_a_county_that_is_a_city_or_district_today_is_called_as_the_text_calls_it(
    text: str, places: list[tuple[str, str | None, str | None]]
) -> None:
    assert _places(text) == places
    assert {r.area_code for r in extract(text) if r.area_level == "county"} == {None}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            "玉山县有小学98所。铅山县有小学90所。横峰县有小学30所。时全区有小学212所。\n",
            ("上饶市", "city"),
        ),
        ("玉山县有小学98所。横峰县有小学30所。全区有小学212所。\n", (None, "county")),
        (
            "玉山县有小学98所。铅山县有小学90所。信州区有小学30所。全区有小学12所。\n",
            ("信州区", "county"),
        ),
    ],
)
def test_the_whole_region_of_several_counties_is_their_prefecture(
    text: str, place: tuple[str | None, str]
) -> None:
    assert _places(text)[-1][1:] == place


def test_a_list_of_places_with_fewer_values_gives_none_of_them_its_own() -> None:
    text = "赣州市教育局\n2022年，安远县、会昌县、寻乌县分别新增学校3所、5所。"
    found = {(r.figure, r.area) for r in extract(text)}
    assert not found & {("3所", "会昌县"), ("5所", "寻乌县"), ("5所", "会昌县")}


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("海南屯昌三年新建幼儿园6所\n\n全县共有幼儿园40所。\n", "屯昌县"),
        ("屯昌三年新建幼儿园\n\n据屯昌县教育局介绍，共有幼儿园40所。\n", "屯昌县"),
        ("江苏省张家港第一职业学校\n\n学校迁入新址，共有校舍40所。\n", "张家港市"),
        ("海南新建幼儿园6所\n\n海南新建幼儿园40所。\n", "海南省"),
    ],
)
def test_a_county_of_the_title_without_its_kind(text: str, area: str) -> None:
    found, _ = area_of(text, "40所")
    assert found is not None and found.name == area


GAZETTEER = """第三章 学校

1912年，宿县有小学堂12所，学生410人。1933年，亳县小学发展到37所。1950年，天长县学校复课。

1956年，肥西县设立文教科，全县有小学96所。1962年，全县有小学88所。
"""


@pytest.mark.parametrize(
    ("figure", "area"),
    [("410人", "宿县"), ("37所", "亳县"), ("96所", "肥西县"), ("88所", "肥西县")],
)
def test_a_county_that_is_no_more_beside_the_one_of_today(figure: str, area: str) -> None:
    found, _ = area_of(GAZETTEER, figure)
    assert found is not None and found.name == area


@pytest.mark.parametrize(
    "text",
    [
        "减负一年看变化\n\n《国务院关于中小学减负情况的报告》提请审议。报告说，参加学生占91%。\n",
        "减负一年看变化\n\n对全国29个省份的调查表明，参加学生占91%。\n",
    ],
)
def test_what_a_body_of_the_nation_reports_on(text: str) -> None:
    found, _ = area_of(text, "91%")
    assert found is not None and found.level == "national"


def test_a_city_ranked_among_many_of_the_nation_keeps_its_own() -> None:
    found, _ = area_of("合肥市教育公报\n\n在全国24个省会城市中，学位增幅居第3位。\n", "第3位")
    assert found is not None and found.name == "合肥市"


def test_a_line_cut_before_a_bracket_goes_on() -> None:
    lines = [
        "1951年，宿县有小学堂112所，学生4410人，教师201人，",
        "多为单级复式。1955年调整布局，全县共有小学校187所",
        "（其中完全小学21所），学生8020人，适龄儿童入学率61",
        "％。1958年，全县小学发展到244所，另有民办小学班63",
        "个，就读儿童2100人。此后三年压缩，至1962年有小学",
    ]
    found = extract("\n".join(lines))
    assert {r.period for r in found if r.figure in ("21所", "8020人")} == {"1955"}


def test_the_level_of_a_text_that_names_no_place() -> None:
    found, _ = area_of("（二）发展目标\n\n每乡镇办好幼儿园1所，办好全市实训基地4个。\n", "1所")
    assert found is not None and (found.name, found.level) == (None, "city")
    found, _ = area_of("（二）发展目标\n\n办好全市、全县实训基地4个。\n", "4个")
    assert found is None


def test_a_text_without_a_title_begins_with_no_name_of_a_place() -> None:
    text = "资源配置方面，小学生均辅助用房面积达到5.1平方米。\n\n该县有小学41所。\n"
    found, _ = area_of(text, "41所")
    assert found is not None and (found.name, found.level) == (None, "county")
