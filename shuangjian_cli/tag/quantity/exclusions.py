"""Why a number with its unit is no figure: a period, an age, a name, an article, a denominator."""

from __future__ import annotations

from shuangjian_cli.data import entries
from shuangjian_cli.patterns import common, regex, worded
from shuangjian_cli.tag.quantity.bounds import LIMITS, Bounds
from shuangjian_cli.tag.quantity.numeral import HAN
from shuangjian_cli.tag.quantity.units import Unit
from shuangjian_cli.tag.quantity.written import Written

_ITEM_AND_YEAR = regex(r"\d{1,2}\.(?:19|20)\d\d年")
"""A list's item that begins with a year: 20.2026年|…."""
_YEAR_VALUE = worded(
    r"(?:{no_figure.years_after})$"
    r"|(?:{no_figure.years_of})$|(?:达到|达|为)[^。；，]*[0-9][^。；，]*[、和及与]$|比[^，。；]{1,16}(?:[晚早]|[多高]出)[近约]?$",
    __file__,
)
_YEAR_END = regex(r"[，。；、）以左]|$")
_AGE_VALUE = worded(
    r"(?:{no_figure.ages_of})[^，。；]{0,32}$|年龄(?:为|是|达|仅|只有)$|最(?:{no_figure.ages})的?[^，。；]{0,4}$",
    __file__,
)
_RUNNING = worded(r"(?<!每周)(?<!每年)(?<!每月)(?<!每学期)(?:{no_figure.runs})[了过]?$", __file__)
_SCORED = worded(r"(?:[分得打扣加减计评记为达至到值]|{no_figure.scores}|[多高低少]了?)$", __file__)
_ONLY_ONE = worded(r"(?:{no_figure.only})$", __file__)
_COUNTED_ONE = ("倍", "小时", "分钟", "元", "%")
_PLACED = "校堂学园馆院室楼站心地场厅库池社店"
"""Last characters of what may stand before its count: 学堂一所."""
_CLOSED = regex(r"[，。；、！？）\n]|$")
_NEXT = regex(rf"[^，。；、：！？0-9{HAN}]{{1,4}}(?:[0-9]+|(?!一)[{HAN}]+)")
_BESIDE = ("个", "所", "家", "名", "位", "人", "座", "处", "条", "项", "台")
"""Units by which 一 is a number beside another one: 一个乡14个村."""
_NUMBERED = ("期", "期次", "批", "轮")
_NAMED_ACTION = worded(
    r"(?:{no_figure.actions_of})?(?:{no_figure.actions})(?=[，。；、”])|攻坚行动", __file__
)
_ON_DUTY = worded(r"{no_figure.on_duty}|[^，。；、\d]{0,4}?(?:{no_figure.lines})", __file__)
_CIRCLE = regex(r"[^，。；、]{0,6}圈")
_SLOGAN = worded(r"[“‘\"][^”’\"]{0,10}(?:{no_figure.slogans}|[0-9]%)[^”’\"]{0,6}[”’\"]", __file__)
_SHARE = regex(r"\d+(?:\.\d+)?%")
_OF_SHARES = regex(r"[\d两三四五六七八九十]个$")
_LISTED = regex(rf"(?:[^，。；：！？（）0-9{HAN}]|（[^（）]*）)*$")
_WHOLE = worded(
    r"(?:{no_figure.wholes})(?:份|市|州|区|区市|（[^）]{2,12}）|、自治区、直辖市)?(?:（[^）]{0,8}）)?"
    r"(?:和现役军人|中(?=[，排居位列第名]))",
    __file__,
)
"""在全国31个|省区市中排第8位: among how many something stands."""
_SAMPLE = worded("(?:抽[查测检取样]|{no_figure.samples})[到过了]?的$", __file__)
"""抽查的|40所|学校中，: how many were looked at, which is a count of its own."""
_ASPECTS = regex(rf"方面(?:共|的|共计)?(?:[0-9]+|[{HAN}]+)[项条个款件]")
"""十个|方面30项: how many there are beside what each holds."""
_LAND = worded(r"园(?![区林地艺内])|[塘湖店村庄岗坪墩]|[地田场坝](?:{no_figure.land})", __file__)
"""十亩|园小学: what makes a place's name of an area."""
_TOWNSHIP = regex(r"[^，。；、！？\d]?(?:镇|乡(?!镇)|街道|村(?!校|小))")
_NAMED_SCHOOL = worded(r"(?<=[台里道条棵眼])(?:{no_figure.named_sites})", __file__)
"""四台|小学, 八里|片区: what makes a place's name of a measure that counts no school."""
_SITES = ("间", "栋", "座", "台", "道", "条", "里", "棵", "眼", "块", "口")
"""三栋|镇, 五间|房镇: what the names of townships count."""
_TEXT = worded(r"(?:{no_figure.texts})(?:字数)?[共约计为：]*$", __file__)
"""本文共|5073字."""
_SUMMED = worded(r"[类种]|大类|个(?:{no_figure.summed})", __file__)


_ORDERED = regex("[的末]后$|[排居列]第?[一二三四五六七八九]、$")
"""最低的后|三名, 排二、|三名: places in an order."""
_CLASS_SIZE = regex("(?:及?以上)?的超?大班额?")
"""超过45人|的大班额."""


def excluded(
    bounds: Bounds, text: str, start: int, at: int, number: Written, unit: Unit
) -> str | None:
    """Why the number at a position of a sentence that begins at `start` is no figure with its
    unit."""
    value, name, han = number.value, unit.name, number.han
    assert value is not None
    unit_end = number.stop + unit.size
    before = text[at - 1 : at] if at > start else ""
    follower = text[unit_end : unit_end + 1]
    if reason := _time(text, start, at, unit_end, number, unit):
        return reason
    if (
        han
        and value == 1
        and number.top is None
        and not _counts_one(text, start, at, unit_end, unit)
    ):
        return "“一” is an article"
    bare = han and number.word[0] in "百千万亿" and not number.more
    if follower == "级" or (bare and not bounds.count_before(text, start, at)):
        return "name"
    if han and name in _NUMBERED and not bounds.any_before(text, start, at):
        return "ordinal"
    if han and name in ("名", "位") and _ORDERED.search(text, max(start, at - 4), at):
        return "ordinal"
    if han and text.startswith("方面", unit_end) and not _ASPECTS.match(text, unit_end):
        return "name"
    if name in ("人", "名") and _CLASS_SIZE.match(text, unit_end):
        return "a criterion, not a figure"
    if (
        han
        and number.word == "十"
        and name == "分"
        and not _SCORED.search(text, max(start, at - 6), at)
    ):
        return "name"  # 十分重要
    numbered = number.top is not None and (at == start or before == "表")
    if name == "分" and numbered and follower in "市县区地部类年城民":
        return "name"  # 表6-14 分市县
    if (
        follower in "行计工攻专"
        and name not in ("个", "项", "条", "类")
        and _NAMED_ACTION.match(text, unit_end)
    ):
        return "name"
    if (
        name in ("个", "所")
        and _WHOLE.match(text, unit_end)
        and not _SAMPLE.search(text, start, at)
    ):
        return "a denominator"
    if han and name == "亩" and _LAND.match(text, unit_end):
        return "name"
    if han and name in _SITES and _TOWNSHIP.match(text, unit_end):
        return "name"
    if han and name in _SITES and _NAMED_SCHOOL.match(text, unit_end):
        return "name"
    if name == "字" and _TEXT.search(text, max(start, at - 10), at):
        return "a page counter"
    if before == "个" and text.startswith(common("steps"), unit_end):
        return "name"
    quoted = name in ("个", "项") and text.startswith(("“", "‘", '"'), unit_end)
    if quoted and _SLOGAN.match(text, unit_end):
        return "name"
    if (name == "个" and _SHARE.match(text, unit_end)) or (
        name == "%" and _OF_SHARES.search(text, max(start, at - 4), at)
    ):
        return "name"  # 实现|4个100%|
    summing = han and (unit.body or _SUMMED.match(text, number.stop))
    if summing and _sums(text, start, at, int(value)):
        return "only sums up what is named"
    return None


def _time(text: str, start: int, at: int, unit_end: int, number: Written, unit: Unit) -> str | None:
    """Why a number of years, days or hours, or a distance, is no figure."""
    name = unit.name
    if unit.base == "年" and not _is_duration(text, start, at, unit_end, number):
        return "period"
    if name == "岁" and not _AGE_VALUE.search(text, max(start, at - 40), at):
        return "an age that names a group"
    if name == "天" and _RUNNING.search(text, max(start, at - 6), at):
        return "period"
    if name not in entries(__file__, "no_figure", "reaches"):
        return None
    reaches = name != "小时" and text.startswith(("内", "范围"), unit_end)
    if reaches and not text.endswith(LIMITS, start, at):
        return "a reach, not a figure"
    if name != "米" and _CIRCLE.match(text, unit_end):
        return "name"
    return "name" if name == "小时" and _ON_DUTY.match(text, unit_end) else None


def _is_duration(text: str, start: int, at: int, stop: int, number: Written) -> bool:
    """Whether years are the value of something named, and no period."""
    value = number.value
    assert value is not None
    if value >= 100 or number.han:
        return False
    if value != value.to_integral_value():
        return _ITEM_AND_YEAR.match(text, at, stop) is None
    return (
        _YEAR_VALUE.search(text, max(start, at - 30), at) is not None
        and _YEAR_END.match(text, stop) is not None
    )


def _counts_one(text: str, start: int, at: int, unit_end: int, unit: Unit) -> bool:
    """Whether 一 is a number here and no article."""
    if unit.name in _COUNTED_ONE or _ONLY_ONE.search(text, max(start, at - 3), at):
        return True
    if at > start and text[at - 1] in _PLACED and _CLOSED.match(text, unit_end):
        return True
    following = _NEXT.match(text, unit_end) if unit.base in _BESIDE else None
    return following is not None and text.startswith(unit.base, following.end())


def _sums(text: str, start: int, at: int, value: int) -> bool:
    """Whether a number only tells how many names stand before it: 甲、乙、丙三个省份."""
    listed = _LISTED.search(text, max(start, at - 60), at)
    if not 2 <= value <= 9 or listed is None or listed.group().endswith("等"):
        return False
    names = listed.group()
    commas = names.count("、")
    return value - 1 in (commas, commas + sum(map(names.count, "和与及")))
