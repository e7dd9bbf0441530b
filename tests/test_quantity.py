"""Quantities: whatever the grammar of figures can write is read back as it was meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

import shuangjian_cli as sj
import shuangjian_cli.tag.quantity as package
from shuangjian_cli.data import load
from shuangjian_cli.model import Indicator, Source
from shuangjian_cli.tag import place
from shuangjian_cli.tag.pack import load_builtin
from shuangjian_cli.tag.quantity import scan
from shuangjian_cli.tag.quantity.numeral import chinese, chinese_range

CARRIER = "全市新增设施"
RULES = load_builtin()
NAMES = {word: unit.name for unit in RULES.units.values() for word in unit.words}
BOUNDS = load(package.__file__)["bound"]
PRAISE = frozenset(BOUNDS["none"]["words"].split())
BEFORE = {
    word: "=" if word in PRAISE else bound
    for bound, words in BOUNDS["before"].items()
    for word in words.split()
}
AFTER = {word: bound for bound, words in BOUNDS["after"].items() for word in words.split()}
FACTORS = {"": 1, "百": 10**2, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7}
FACTORS |= {"亿": 10**8, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12}
# 3千米 are kilometres and 3百分点 points; years and ages are figures only as the value of something.
UNITS = sorted(word for word in NAMES if NAMES[word] not in ("年", "岁"))
MIXED = {"千": ("瓦", "米", "克", "卡"), "百": ("分", "亿")}


def only(text: str) -> Indicator:
    """The one record of a text."""
    (record,) = sj.extract(text)
    assert text[record.start : record.end] == record.figure
    return record


@dataclass(frozen=True)
class Written:
    """A figure as a sentence has it, and what it means."""

    before: str
    words: str
    after: str
    value: Decimal
    value_max: Decimal | None
    unit: str
    bound: str

    @property
    def text(self) -> str:
        return f"{CARRIER}{self.before}{self.words}{self.after}。"


def stronger(*bounds: str) -> str:
    """Of the cues, the one that limits."""
    limits = [bound for bound in bounds if bound not in ("=", "~")]
    return limits[0] if limits else "~" if "~" in bounds else "="


def grouped(number: int, comma: str) -> str:
    return f"{number:,}".replace(",", comma)


numerals = st.one_of(
    st.integers(1, 99999).map(str),
    st.decimals("0.01", "9999", places=2).map(str),
    st.decimals("0.1", "999", places=1).map(str),
    st.builds(grouped, st.integers(1000, 10**8), st.sampled_from([",", " "])),
)


@st.composite
def figures(draw: st.DrawFn) -> Written:
    numeral = draw(numerals)
    factor = draw(st.sampled_from(sorted(FACTORS)))
    unit = draw(st.sampled_from(UNITS))
    assume(not (factor and factor[-1] in MIXED and unit.startswith(MIXED[factor[-1]])))
    more = draw(st.sampled_from(["", "", "多", "余"]))
    inner = draw(st.booleans())
    words = numeral + (more + factor if inner else factor + more)
    before = draw(st.sampled_from(["", "", "", *sorted(BEFORE)]))
    assume(not (unit == "天" and before.endswith("近")))  # 近3天 is a period.
    after = draw(st.sampled_from(["", "", "", *sorted(AFTER)]))
    cues = (">" if more else "=", BEFORE.get(before, "="), AFTER.get(after, "="))
    # Two words that both limit contradict each other.
    assume(sum(bound not in ("=", "~") for bound in cues) <= 1)
    assume(not any(after.startswith(stop) for stop in RULES.not_before.get(unit, ())))
    value = Decimal(numeral.replace(",", "").replace(" ", "")) * FACTORS[factor]
    return Written(before, words + unit, after, value, None, NAMES[unit], stronger(*cues))


@st.composite
def ranges(draw: st.DrawFn) -> Written:
    low = draw(st.integers(2, 1800))
    high = draw(st.integers(low + 1, 1899))
    unit = draw(st.sampled_from(UNITS))
    between = draw(st.sampled_from(["—", "-", "–", "~", "至", "到", "——", " - "]))
    factor = draw(st.sampled_from(["", "万", "亿"]))
    again = draw(st.booleans())
    words = f"{low}{factor}{unit if again and unit in ('%', '所', '万元') else ''}{between}{high}"
    scale = FACTORS[factor]
    return Written(
        draw(st.sampled_from(["", "约", "达到"])) if between not in ("到", "至") else "",
        f"{words}{factor}{unit}",
        "",
        Decimal(low * scale),
        Decimal(high * scale),
        NAMES[unit],
        "",
    )


def wide(words: str) -> str:
    """Digits and signs as Chinese input methods type them."""
    return "".join(chr(ord(c) + 0xFEE0) if c in "0123456789.%-~" else c for c in words)


@settings(max_examples=200)
@given(figures())
@example(Written("", "3千余名", "", Decimal(3000), None, "名", ">"))
@example(Written("约", "3.5万多人次", "左右", Decimal(35000), None, "人次", ">"))
def test_figures_are_read_back(written: Written) -> None:
    record = only(written.text)
    assert record.figure == written.words
    assert (record.value, record.value_max) == (written.value, written.value_max)
    assert (record.unit, record.bound) == (written.unit, written.bound)
    assert not record.implied


@settings(max_examples=150)
@given(figures())
def test_full_width_figures_are_read_back(written: Written) -> None:
    words = wide(written.words)
    text = f"{CARRIER}{written.before}{words}{written.after}。"
    record = only(text)
    assert record.figure == words
    assert (record.value, record.unit, record.bound) == (
        written.value,
        written.unit,
        written.bound,
    )


@settings(max_examples=200)
@given(ranges())
def test_ranges_are_read_back(written: Written) -> None:
    record = only(written.text)
    assert record.figure == written.words
    assert (record.value, record.value_max) == (written.value, written.value_max)
    assert record.unit == written.unit


@settings(max_examples=200)
@given(st.integers(0, 10**12))
@example(10**12)
@example(10**8)
@example(100000001)
@example(1010)
def test_chinese_numerals_are_those_of_cn2an(number: int) -> None:
    import cn2an

    assert chinese(cn2an.an2cn(number, "low")) == number


@settings(max_examples=200)
@given(st.integers(2, 10**12))
def test_chinese_figures_are_read_back(number: int) -> None:
    import cn2an

    words = cn2an.an2cn(number, "low")
    record = only(f"{CARRIER}{words}座。")
    assert (record.figure, record.value, record.unit) == (f"{words}座", number, "座")


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("两千三", 2300),
        ("一万五", 15000),
        ("两万三千", 23000),
        ("三百二十六", 326),
        ("十二", 12),
        ("二十万亿", 20 * 10**12),
        ("九十八点五", "98.5"),
        ("二〇二二", 2022),
        ("一百零五", 105),
    ],
)
def test_spoken_numerals(words: str, value: int | str) -> None:
    assert chinese(words) == Decimal(value)


@pytest.mark.parametrize("words", ["", "十十", "百百", "点五", "三点", "万一千万一", "一" * 5000])
def test_no_numerals(words: str) -> None:
    assert chinese(words) is None or len(words) < 20


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [("三四千", 3000, 4000), ("十五六", 15, 16), ("七八十", 70, 80), ("两三百", 200, 300)],
)
def test_neighbouring_digits_are_a_range(words: str, low: int, high: int) -> None:
    assert chinese_range(words) == (low, high)


@pytest.mark.parametrize("words", ["三九千", "四三千", "三百", "五十", "零一百"])
def test_other_digits_are_no_range(words: str) -> None:
    assert chinese_range(words) is None


@pytest.mark.parametrize("word", UNITS)
def test_every_unit_is_read(word: str) -> None:
    record = only(f"{CARRIER}12{word}。")
    assert (record.figure, record.value, record.unit) == (f"12{word}", 12, NAMES[word])


@pytest.mark.parametrize(
    ("word", "follower"),
    [(word, stop) for word in UNITS for stop in RULES.not_before.get(word, ())],
)
def test_no_unit_before_a_word_that_takes_it(word: str, follower: str) -> None:
    figures = [(r.figure, r.unit) for r in sj.extract(f"{CARRIER}12{word}{follower}甲乙。")]
    assert (f"12{word}", NAMES[word]) not in figures or f"12{word}{follower}" in figures


@pytest.mark.parametrize("word", sorted(BEFORE))
def test_every_bound_word_before(word: str) -> None:
    record = only(f"{CARRIER}{word}12座。")
    assert (record.figure, record.bound) == ("12座", BEFORE[word])


@pytest.mark.parametrize("word", sorted(AFTER))
def test_every_bound_word_after(word: str) -> None:
    record = only(f"{CARRIER}12座{word}。")
    assert (record.figure, record.bound) == ("12座", AFTER[word])


NUMERALS = frozenset("0123456789零〇○一二三四五六七八九十百千万亿两廿卅")
WORDS_OF_ONE = frozenset("统唯万专单同之第逐如某每进均划归合惟任其不")
"""Characters that 一 makes a word with, so that a numeral may begin behind it: 唯一|三所."""
# Words that end in a character which often stands before a numeral.
HEADS = """
    引进 推进 年均 人均 联合 整合 培训 共建 统筹 专门 单独 共同 逐步 如期 某地 划归 归还 归并 惟有 唯有 建成 增至 达到
"""
TAILS = ("所学校。", "名教师", "个部门，", "万人次。", "亿元", "%", "", "成果", "年级", "、", "。")
MARKS = (
    ",",
    ", ",
    "，",
    ".",
    ". ",
    " ",
    "。",
    "?",
    "-",
    "—",
    "×",
    "²",
    "^",
    "/",
    ":",
    "多",
    "余",
    "点",
)


@settings(max_examples=400)
@given(
    st.lists(
        st.one_of(
            st.text("一二三四五六七八九十百千万亿两零廿", min_size=1, max_size=6),
            st.text("0123456789", min_size=1, max_size=5),
            st.sampled_from((*HEADS.split(), *TAILS, *MARKS)),
        ),
        max_size=8,
    ).map("".join)
)
@example("推进三十所学校建设。")
@example("统一十二所")
@example("唯一三所")
@example("一百五十天内建成三所。")
@example("第一百二十所学校获评示范。")
@example("28,54222人")
def test_no_figure_begins_inside_a_numeral(text: str) -> None:
    for record in sj.extract(text):
        before, first = text[record.start - 1 : record.start], text[record.start]
        both = before in NUMERALS and first in NUMERALS
        if record.start and both and before.isdecimal() == first.isdecimal():
            assert text[record.start - 2] in WORDS_OF_ONE and before == "一"


@settings(max_examples=150)
@given(st.sampled_from(HEADS.split()), st.integers(2, 10**9))
@example("引进", 12)
@example("推进", 30)
@example("年均", 120000)
def test_chinese_figures_are_read_whole_behind_any_word(head: str, number: int) -> None:
    import cn2an

    words = cn2an.an2cn(number, "low")
    record = only(f"全市{head}{words}座。")
    assert (record.figure, record.value) == (f"{words}座", number)


@settings(max_examples=100)
@given(st.integers(10, 10**9))
@example(103453)
def test_figures_in_capitals_are_read_back(number: int) -> None:
    import cn2an

    words = cn2an.an2cn(number, "up")
    assume(not set(words) <= {"壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"})
    record = only(f"发放补助{words}元。")
    assert (record.figure, record.value) == (f"{words}元", number)


@pytest.mark.parametrize(
    ("text", "figure", "value"),
    [
        ("新建学校廿五所。", "廿五所", 25),
        ("新建学校卅所。", "卅所", 30),
        ("发放补助壹拾万零叁仟肆佰伍拾叁元。", "壹拾万零叁仟肆佰伍拾叁元", 103453),
        ("统筹资金29. 6亿元。", "29. 6亿元", 2960000000),
        ("覆盖率达到98. 5%。", "98. 5%", "98.5"),
        ("新建幼儿园1, 234所。", "1, 234所", 1234),
        ("新建幼儿园1，234所。", "1，234所", 1234),
        ("投资3.5×10^8元。", "3.5×10^8元", 350000000),
        ("投资3.5×10⁸元。", "3.5×10⁸元", 350000000),
        ("新增学位5.8²万个。", "5.8²万个", 58000),
        ("占比31?2%。", "31?2%", "31.2"),
        ("新增१२個學位。", "१२個", 12),
        ("收支差额-5.6亿元。", "-5.6亿元", -560000000),
        ("收支差额−5.6亿元。", "−5.6亿元", -560000000),
        ("收支差额－5.6亿元。", "－5.6亿元", -560000000),
        ("收支差额为负5.6亿元。", "负5.6亿元", -560000000),
        ("收入三百五十二点六万元。", "三百五十二点六万元", 3526000),
        ("唯一一家营地。", "一家", 1),
        ("唯一三所学校。", "三所", 3),
        ("职业高中19\n所。", "19", 19),
    ],
)
def test_unusual_numerals_are_read_right(text: str, figure: str, value: int | str) -> None:
    record = only(text)
    assert (record.figure, record.value) == (figure, Decimal(value))


@pytest.mark.parametrize(
    ("text", "numeral"),
    [
        ("共有学生28,54222人。", "28,54222"),
        ("共有学生1,234,5678人。", "1,234,5678"),
        ("共有学生12 345 6人。", "12 345 6"),
        ("达到1，234所。", "1，234"),
        ("投资5×108元。", "5×108"),
        ("投资5×10^99元。", "5×10^99"),
        ("共10²所。", "10"),
        ("共建三八所。", "三八"),
        ("共建三5所。", "三5"),
    ],
)
def test_broken_numerals_are_refused_whole(text: str, numeral: str) -> None:
    analysis = sj.analyse(Source("-", text))
    assert analysis.indicators == ()
    assert [u.numeral for u in analysis.unparsed] == [numeral]


def test_groups_of_four_are_to_be_checked() -> None:
    record = only("共有学生18,2350人。")
    assert (record.value, record.confidence) == (182350, "check")
    assert "commas that set off four digits" in record.reasons


@pytest.mark.parametrize(
    ("text", "value", "role", "trend"),
    [
        ("人口自然增长率-1.5‰。", "-1.5", "level", None),
        ("财政收入同比增长-3.2%。", "3.2", "change", "down"),
        ("教育支出负增长3.2%。", "3.2", "change", "down"),
        ("在校生净增-5人。", "5", "change", "down"),
        ("气温零下12℃。", "-12", "level", None),
        ("小学-30所。", "30", "level", None),
    ],
)
def test_signs(text: str, value: str, role: str, trend: str | None) -> None:
    record = only(text)
    assert (record.value, record.role, record.trend) == (Decimal(value), role, trend)


@pytest.mark.parametrize(
    ("text", "yearly"),
    [
        ("每年新增40万人。", [True]),
        ("“十四五”期间，年均新增学位3万个，其中公办2万个。", [True, True]),
        ("每学年安排资金3亿元，新建学校5所。", [True, False]),
        ("每年投入3亿元、2021年投入5亿元。", [True, False]),
        ("每年级设5个班。", [False]),
    ],
)
def test_figures_for_each_year(text: str, yearly: list[bool]) -> None:
    assert [record.per_year for record in sj.extract(text)] == yearly


@pytest.mark.parametrize("end", ["", "\n", "。"])
@pytest.mark.parametrize(
    ("line", "figures"),
    [
        ("泉城已压减五成学科类培训机构", ["五成"]),
        ("教育满意度居沿江城市带第二", ["第二"]),
        ("立案查处12起！某区整治培训乱象", ["12起"]),
        ("两机构夸大宣传被罚6万元", ["两机构", "6万元"]),
        ("某区实现随班就读全覆盖", ["全覆盖"]),
        ("2022年工作总结", []),
    ],
)
def test_headlines_are_read(line: str, figures: list[str], end: str) -> None:
    text = f"工作简报\n{line}{end}"
    assert [record.figure for record in sj.extract(text)] == figures


PHRASES = load(package.__file__)["phrase"]
SET_PHRASES = (PHRASES["names"] + PHRASES["places"]).split()
CARRIERS = (
    "{}12个。",
    "推进{}建设。",
    "落实{}。",
    "仅{}，",
    "全市有{}。",
    "超{}的项目。",
    "共{}个。",
    "获评{}所。",
    "{}人",
)


def scanned(text: str, phrases: list[str], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The figures of a text under a list of set phrases."""
    words = load(scan.__file__)
    monkeypatch.setitem(words, "phrase", PHRASES | {"names": " ".join(phrases), "places": ""})
    figures, _ = package.Scanner(NAMES, RULES.not_before).scan(text, 0, len(text))
    return [text[figure.start : figure.end] for figure in figures]


@pytest.mark.parametrize("phrase", SET_PHRASES)
def test_every_set_phrase_is_needed(phrase: str, monkeypatch: pytest.MonkeyPatch) -> None:
    others = [other for other in SET_PHRASES if other != phrase]
    assert any(
        scanned(text, SET_PHRASES, monkeypatch) != scanned(text, others, monkeypatch)
        for text in (carrier.format(phrase.replace("N", "三")) for carrier in CARRIERS)
    )


SENTENCES = """
    抓好三个坚持。 做到五个聚焦。 做到四个注重。 开展三个着力。 实现五个到位。 坚持两个毫不动摇。 落实三个全覆盖要求。 贯彻减负28条。
    红十字会走进校园。 强调九分落实。 发放两项补贴。 落实五项管理。 严守八项规定。 办好两个关键小事。 跨上两个台阶。
    用好两个市场。 用好两种资源。 压实两个责任。 推进两个基本。 践行两个维护。 践行两个确立。 落实两个巩固。 坚持五个统筹。
    做到四个强化。 增强四个意识。 增强四个自信。 推进四个全面。 坚持四个服务。 建好三个课堂。 支援三区三州。 全市有三区人才。
    招募三支一扶人员。 带动三次产业。 仅一条龙服务。 实行两头在外。 签订三方协议。 开展四方协商。 仅一类园参加。 建成二类园。
    建设三类园。 八小时之外的活动。 二十四小时守护校园。
    三元区新建校舍。 三台县新建校舍。 三门县新建校舍。 三门峡新建校舍。 九台区新建校舍。 二道区新建校舍。 二道江区新建校舍。
    五台县新建校舍。 五家渠新建校舍。 七台河新建校舍。 全市有九州学校。
"""
"""For each set phrase a sentence that would give a figure without it."""


@pytest.mark.parametrize("text", SENTENCES.split())
def test_set_phrases_count_nothing(text: str) -> None:
    assert sj.extract(text) == []


@pytest.mark.parametrize("year", ["高一", "高二", "高三", "初一", "初二", "初三"])
def test_school_years_leave_the_numeral_behind_them_whole(year: str) -> None:
    record = only(f"全校{year}12个班。")
    assert (record.figure, record.value) == ("12个", 12)


def test_no_name_of_a_place_counts() -> None:
    """Whatever county or city stands in a sentence, no part of its name is a figure."""
    lines = (Path(place.__file__).with_name("places.txt")).read_text("utf-8").splitlines()
    words = {re.sub(r"^[0-9]+|/", "", word) for line in lines for word in line.split()}
    names = [word for word in sorted(words) if NUMERALS & set(word)]
    assert len(names) > 50
    assert [record.figure for name in names for record in sj.extract(f"位于{name}。")] == []


@pytest.mark.parametrize("code", ["1" * 21, "1" * 5000, "一" * 41, "一" * 5000, "1." + "9" * 20])
def test_long_runs_of_digits_are_codes(code: str) -> None:
    analysis = sj.analyse(Source("-", f"{CARRIER}{code}座。"))
    assert analysis.indicators == ()
    assert [(u.numeral, u.reason) for u in analysis.unparsed] == [(code, "a code")]
