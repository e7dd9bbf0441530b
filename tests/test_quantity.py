"""Quantities: whatever the grammar of figures can write is read back as it was meant."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

import shuangjian_cli as sj
import shuangjian_cli.tag.quantity as room
from shuangjian_cli.data import load
from shuangjian_cli.model import Indicator, Source
from shuangjian_cli.tag.pack import load_builtin
from shuangjian_cli.tag.quantity.numeral import chinese, chinese_range

CARRIER = "全市新增设施"
RULES = load_builtin()
NAMES = {word: unit.name for unit in RULES.units.values() for word in unit.words}
BOUNDS = load(room.__file__)["bound"]
PRAISE = frozenset(BOUNDS["none"]["words"].split())
BEFORE = {
    word: "=" if word in PRAISE else bound
    for bound, words in BOUNDS["before"].items()
    for word in words.split()
}
AFTER = {word: bound for bound, words in BOUNDS["after"].items() for word in words.split()}
FACTORS = {"": 1, "百": 10**2, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7}
FACTORS |= {"亿": 10**8, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12}
# 3千米 are kilometres and 3百分点 points; 年 is a figure only as the value of a duration.
UNITS = sorted(word for word in NAMES if word != "年")
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


@settings(max_examples=400)
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


@pytest.mark.parametrize("name", load(room.__file__)["phrase"]["names"].split())
def test_set_phrases_count_nothing(name: str) -> None:
    assert sj.extract(f"推进{name}建设。") == []


@pytest.mark.parametrize("code", ["1" * 21, "1" * 5000, "一" * 41, "一" * 5000, "1." + "9" * 20])
def test_long_runs_of_digits_are_codes(code: str) -> None:
    analysis = sj.analyse(Source("-", f"{CARRIER}{code}座。"))
    assert analysis.indicators == ()
    assert [(u.numeral, u.reason) for u in analysis.unparsed] == [(code, "a code")]
