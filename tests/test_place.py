"""Place names: provinces by any of their names, and the mentions in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuangjian_cli.model import Area
from shuangjian_cli.tag.place import Gazetteer

_GAZETTEER = Gazetteer()


@pytest.fixture
def gazetteer() -> Gazetteer:
    return _GAZETTEER


def _named(gazetteer: Gazetteer, text: str, within: Area | None = None) -> list[tuple[str, str]]:
    return [
        (text[m.start : m.end], f"{m.area.province} {m.area.name}" if m.area else "?")
        for m in gazetteer.find(text, within=within)
    ]


@pytest.mark.parametrize(
    ("name", "area"),
    [
        ("湖南省", Area("湖南省", "430000", "province", "湖南省")),
        ("湖南", Area("湖南省", "430000", "province", "湖南省")),
        ("湘", Area("湖南省", "430000", "province", "湖南省")),
        ("内蒙古", Area("内蒙古自治区", "150000", "province", "内蒙古自治区")),
        ("桂", Area("广西壮族自治区", "450000", "province", "广西壮族自治区")),
        ("兵团", Area("新疆生产建设兵团", None, "province", "新疆生产建设兵团")),
        ("全国", Area("全国", None, "national", "全国")),
        ("长沙", None),
        ("", None),
    ],
)
def test_province(gazetteer: Gazetteer, name: str, area: Area | None) -> None:
    assert gazetteer.province(name) == area


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("宝鸡市陈仓区", [("宝鸡市", "陕西省 宝鸡市"), ("陈仓区", "陕西省 陈仓区")]),
        ("会宁县教育局", [("会宁县", "甘肃省 会宁县")]),
        ("江孜、亚东等地", [("江孜", "西藏自治区 江孜县"), ("亚东", "西藏自治区 亚东县")]),
        ("成都和深圳", [("成都", "四川省 成都市"), ("深圳", "广东省 深圳市")]),
        ("渝中区", [("渝中区", "重庆市 渝中区")]),
        ("仙桃市", [("仙桃市", "湖北省 仙桃市")]),
        ("恩施州", [("恩施州", "湖北省 恩施土家族苗族自治州")]),
        ("通道县", [("通道县", "湖南省 通道侗族自治县")]),
        ("鼓楼区、朝阳区", [("鼓楼区", "?"), ("朝阳区", "?")]),
        ("徐州市，鼓楼区", [("徐州市", "江苏省 徐州市"), ("鼓楼区", "江苏省 鼓楼区")]),
        ("吉林市属于吉林", [("吉林市", "吉林省 吉林市"), ("吉林", "吉林省 吉林省")]),
        ("祁阳县与祁阳市", [("祁阳县", "湖南省 祁阳县"), ("祁阳市", "湖南省 祁阳市")]),
        ("广德县与广德市", [("广德县", "安徽省 广德县"), ("广德市", "安徽省 广德市")]),
        ("即墨市与胶南市", [("即墨市", "山东省 即墨市"), ("胶南市", "山东省 胶南市")]),
        ("增城市场", []),
        ("2009年海宁中学", [("海宁", "浙江省 海宁市")]),
        ("赣县，萧山县", [("赣县", "江西省 赣县"), ("萧山县", "浙江省 萧山县")]),
        ("宣城县、黄山县", [("宣城县", "安徽省 宣城县"), ("黄山县", "安徽省 黄山县")]),
        ("江北县", [("江北县", "?")]),
        ("嵊县、青城县", [("嵊县", "浙江省 嵊县"), ("青城县", "山东省 青城县")]),
        ("永川县和江北县", [("永川县", "重庆市 永川县"), ("江北县", "重庆市 江北县")]),
        ("甘肃白银", [("甘肃", "甘肃省 甘肃省"), ("白银", "甘肃省 白银市")]),
        ("晋城市城区", [("晋城市", "山西省 晋城市"), ("城区", "山西省 城区")]),
        ("全国与江苏", [("全国", "全国 全国"), ("江苏", "江苏省 江苏省")]),
        ("新疆生产建设兵团", [("新疆生产建设兵团", "新疆生产建设兵团 新疆生产建设兵团")]),
        ("第一师阿拉尔市", [("第一师阿拉尔市", "新疆生产建设兵团 第一师阿拉尔市")]),
        ("第八师学校", [("第八师", "新疆生产建设兵团 第八师石河子市")]),
        ("石河子市", [("石河子市", "新疆生产建设兵团 石河子市")]),
        ("上海市场监管", [("上海", "上海市 上海市")]),
        ("美丽江西", [("江西", "江西省 江西省")]),
    ],
)
def test_mentions(gazetteer: Gazetteer, text: str, named: list[tuple[str, str]]) -> None:
    assert _named(gazetteer, text) == named


@pytest.mark.parametrize(
    "text",
    [
        "朝阳产业与白银市场",
        "城区学校和郊区学校",
        "创新县域治理",
        "新建县域医院，振兴县中",
        "平均县",
        "送达县级标准",
        "日常德育、均衡阳光招生、三明确",
        "推广西部经验，造福建设者，健全国家制度",
        "太行山东麓，黄河南岸",
        "形成都市圈，适应城市发展",
        "第一师范学校",
        "湘政发",
        "东方市场",
    ],
)
def test_words_that_hold_a_name_are_no_places(gazetteer: Gazetteer, text: str) -> None:
    assert _named(gazetteer, text) == []


def test_a_context_decides_between_namesakes(gazetteer: Gazetteer) -> None:
    xian = gazetteer.find("西安市")[0].area
    assert _named(gazetteer, "新城区和莲湖区", within=xian) == [("莲湖区", "陕西省 莲湖区")]
    assert _named(gazetteer, "长安区", within=xian) == [("长安区", "陕西省 长安区")]
    corps = gazetteer.province("兵团")
    assert _named(gazetteer, "长安区", within=corps) == [("长安区", "?")]


def test_only_the_given_span_is_read(gazetteer: Gazetteer) -> None:
    (mention,) = gazetteer.find("湖南省长沙市岳麓区", 3, 6)
    assert (mention.start, mention.end) == (3, 6)
    assert gazetteer.find("湖南省", 0, 1) == []
    assert gazetteer.find("") == []


def test_codes_and_levels(gazetteer: Gazetteer) -> None:
    text = "北京市密云区、长沙市芙蓉区、喀什地区疏勒县、东莞市、第一师"
    areas = [mention.area for mention in gazetteer.find(text)]
    assert [(area.code, area.level) for area in areas if area] == [
        ("110000", "province"),
        ("110118", "county"),
        ("430100", "city"),
        ("430102", "county"),
        ("653100", "city"),
        ("653122", "county"),
        ("441900", "city"),
        (None, "city"),
    ]


_PIECES = [
    "湖南省",
    "长沙",
    "鼓楼区",
    "第一师",
    "城区",
    "推广",
    "白银",
    "全国",
    "兵团",
    "，",
    "市场",
    "在",
]


@given(st.lists(st.sampled_from(_PIECES) | st.text(max_size=3)).map("".join))
def test_mentions_are_in_order_and_resolve_themselves(text: str) -> None:
    position = 0
    for m in _GAZETTEER.find(text):
        assert position <= m.start < m.end <= len(text)
        position = m.end
        if m.area is not None:
            assert _GAZETTEER.province(m.area.province) is not None
            _GAZETTEER.find(text, within=m.area)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("抚州市的东乡县", ("东乡县", "江西省")),
        ("甘肃省的东乡县", ("东乡族自治县", "甘肃省")),
        ("东乡县", None),
    ],
)
def test_a_county_of_before_that_has_the_short_name_of_another(
    text: str, place: tuple[str, str] | None
) -> None:
    area = Gazetteer().find(text)[-1].area
    assert (area and (area.name, area.province)) == place


def test_provinces_by_their_english_names() -> None:
    named = [Gazetteer().named(name) for name in ("Inner Mongolia", "SHAANXI", "Total")]
    assert [area and area.name for area in named] == ["内蒙古自治区", "陕西省", None]


def test_a_city_before_the_county_that_it_was(gazetteer: Gazetteer) -> None:
    found = gazetteer.find("贵州黔西：新建学校3所")
    assert [m.area and m.area.name for m in found] == ["贵州省", "黔西市"]


@pytest.mark.parametrize("name", ["开县", "郧县", "星子县", "盘县"])
def test_a_county_that_has_another_name_today(gazetteer: Gazetteer, name: str) -> None:
    found = gazetteer.find(f"{name}有学校9所")
    assert [m.area and (m.area.name, m.area.level) for m in found] == [(name, "county")]
