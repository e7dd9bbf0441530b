"""Plain numbers with their unit, and the names, periods and ordinals that only hold a numeral."""

from __future__ import annotations

import re
from decimal import Decimal

from shuangjian_cli.patterns import WordList, regex
from shuangjian_cli.tag.quantity.bounds import Bounds
from shuangjian_cli.tag.quantity.figure import Figure, Refused
from shuangjian_cli.tag.quantity.numeral import formal, magnitude
from shuangjian_cli.tag.quantity.units import Unit, Units
from shuangjian_cli.tag.quantity.written import (
    RANGE_HEADS,
    Written,
    numeral,
    second,
)

_FORMAL = regex(r"[壹贰叁肆伍陆柒捌玖拾佰仟万亿零]{2,40}")
_RATIO = regex(r"(\d+(?:\.\d+)?)\s?:\s?(\d+(?:\.\d+)?)(?![\d:.])")
_TOPIC_NUMBER = regex(r"[，。、；：）]|$")
_YEAR_VALUE = regex(r"(?:达到|达|为|到|至|不少于|不低于|不超过|超过|超|约|近|增加|延长|提高|缩短)$")
_ITEM_AND_YEAR = regex(r"\d{1,2}\.(?:19|20)\d\d年")
"""A list's item that begins with a year: 20.2026年|…."""
_VALUE_BEFORE = regex(
    r"(?:为|达|达到|达至|至|到|是|比|指数|系数|得分|均分|总分|评分|值|率|度|增至|降至|均)[约近超]?$"
)
_TO_BARE = regex(r"[^\d，。；：、]{0,6}[到至为]\d+(?:\.\d+)?(?=[，。；、）]|$)")
"""从2.38|缩小至2.06: the value that a movement began at, where none has a unit."""
_SEVERAL = regex(r"几|(?<!总)数(?=[十百千万亿]+(?![一二三四五六七八九两]))")
_SAME_HAN = "统唯万专单同之第逐如某每进均划归合"
_NAMED_ACTION = regex(r"(?:攻坚|专项)?(?:行动|计划|工程)(?=[，。；、”])|攻坚行动")
_ON_DUTY = regex(r"开放|值班|在线|服务|不打烊|自助|监|营业|热线")
_CIRCLE = regex(r"[^，。；、]{0,6}圈")
_YEAR_END = regex(r"[，。；、）以左]|$")
_ONLY_ONE = regex(r"(?:仅|只|不足|超过|至少|不少于|仅有|只有|唯)$")
_CLOSED = regex(r"[，。；、！？）]|$")
_CODE = regex(r"(?:电话|热线|号码?|代码|邮编|传真)(?:为|是)$")
_NUMBERED_LIST = regex(r"[、和与及]\s?(?=\d)")
_NUMBERED = ("期", "期次", "批", "轮")
_COUNTED_ONE = ("倍", "小时", "分钟", "元", "%")


class Numbers:
    """Reads numbers with the units and the words of a rule pack."""

    def __init__(self, units: Units, bounds: Bounds, phrases: dict[str, str]) -> None:
        self._units = units
        self._bounds = bounds
        self._phrase = WordList(phrases["names"].split())
        self._phrase_after = WordList(phrases["after"].split())
        self._set_after = WordList(phrases["set_after"].split())
        self._naming = self._phrase_after.heads | self._set_after.heads
        self._behind_one = frozenset((*self._naming, *units.heads, *RANGE_HEADS, "大"))
        """What can make a figure or a name of one Chinese numeral before it."""

    def phrase(self, text: str, at: int) -> int | None:
        """Where the set phrase ends whose numeral is at a position."""
        found = self._phrase.match(text, at)
        return found.end() if found else None

    def formal(self, text: str, start: int, end: int, at: int) -> Figure | None:
        """A figure in the capitals of cheques: 叁佰贰拾万元."""
        match = _FORMAL.match(text, at, end)
        if match is None:
            return None
        stop = match.end()
        unit = self._units.at(text, stop, end)
        value = formal(match.group()) if unit else None
        if unit is None or value is None:
            return None
        unit_end = stop + unit.size
        figure = self._bounds.figure(
            text, start, at, unit_end, value, None, unit.name, None, "quantity.formal"
        )
        figure.unit_at = (stop, unit_end)
        return figure

    def read(
        self, text: str, start: int, end: int, at: int, *, han: bool
    ) -> Figure | Refused | None:
        """The figure that a numeral in digits or, with `han`, in words begins."""
        number = numeral(text, at, end, han=han)
        if number is None:
            return None
        stop = number.stop
        if number.too_long:
            return Refused(at, stop, "a code")
        phrase = self.phrase(text, at) if han else None
        before = text[at - 1 : at] if at > start else ""
        after = text[stop : stop + 1]
        if phrase and not (after == "大" and text[at - 1 : at] == "等"):
            return Refused(at, max(stop, phrase), "name")
        if reason := _named_before(text, at, before):
            return Refused(at, stop, reason)
        if han and before and before in _SAME_HAN:
            return None
        if after.isascii():
            if after in ("+", "#") or (
                after.isalpha() and not self._units.at(text, stop, len(text))
            ):
                return Refused(at, stop, "name")
            ratio = _RATIO.match(text, at) if ":" in text[stop : stop + 2] and not han else None
            if ratio:
                return self._ratio(text, start, ratio)
        if han and stop == at + 1 and after not in self._behind_one:
            return None
        if number.value is None or (han and number.value == 0):
            return None if han else Refused(at, stop, "name")
        unit = self._units.at(text, stop, end)
        if before not in ("从", "由"):
            number, unit = self._range(text, end, number, unit)
        stop = number.stop
        if text[stop : stop + 1] in self._naming and self._names(text, stop, han):
            return Refused(at, stop, "name")
        if unit is None:
            return self._unitless(text, start, end, at, number)
        return self._with_unit(text, start, at, before, number, unit)

    def _names(self, text: str, stop: int, han: bool) -> bool:
        """Whether the words behind a numeral make a name of it: 十件民生实事, 3|周年."""
        named = self._set_after.match(text, stop)
        return bool(
            self._phrase_after.match(text, stop)
            or (named and (han or text.startswith("：", named.end())))
        )

    def _range(
        self, text: str, end: int, low: Written, unit: Unit | None
    ) -> tuple[Written, Unit | None]:
        """The numeral with the second one of its range: 2—3个, 30%—60%, 150万至180万人次."""
        reach = low.stop + unit.size if unit else low.stop
        high = second(text, reach, end, han=low.han)
        if high is None or not high.value or high.too_long:
            return low, unit
        unit_after = self._units.at(text, high.stop, end)
        assert low.value is not None
        if unit_after is None or (unit and unit != unit_after and unit.base != "%"):
            return low, unit
        value = low.value
        if high.scale and not low.scale and not low.han and value < high.value:
            scaled = value * magnitude(high.scale)
            value = scaled if scaled < high.value else value
        if value >= high.value:
            return low, unit
        return high._replace(value=value, top=high.value), unit_after

    def _with_unit(
        self, text: str, start: int, at: int, before: str, number: Written, unit: Unit
    ) -> Figure | Refused:
        stop, more = number.stop, number.more
        unit_end = stop + unit.size
        if reason := self._denied(text, start, at, before, number, unit):
            return Refused(at, unit_end, reason)
        assert number.value is not None
        follower, outer_end = text[unit_end : unit_end + 1], unit_end
        if follower in ("多", "余") and unit.name == "倍":
            more, outer_end = "多", unit_end + 1
        elif follower == "多" and _CLOSED.match(text, unit_end + 1):
            more = "多"
        rule = "quantity.chinese" if number.han else "quantity.arabic"
        figure = self._bounds.figure(
            text, start, at, outer_end, number.value, number.top, unit.name, more, rule
        )
        figure.unit_at = (stop, unit_end)
        if more and figure.outer_end == outer_end and text.startswith("多", outer_end):
            figure.outer_end = outer_end + 1
        return figure

    def _denied(
        self, text: str, start: int, at: int, before: str, number: Written, unit: Unit
    ) -> str | None:
        """Why a number with a unit is no figure."""
        assert number.value is not None
        name, unit_end, han = unit.name, number.stop + unit.size, number.han
        follower = text[unit_end : unit_end + 1]
        if unit.base == "年" and not _is_duration(text, start, at, unit_end, number):
            return "period"
        if (
            han
            and number.value == 1
            and number.top is None
            and not _counts_one(text, start, at, name)
        ):
            return "“一” is an article"
        bare = han and number.word[0] in "百千万亿" and not number.more
        if follower == "级" or (bare and not self._bounds.count_before(text, start, at)):
            return "name"
        if han and name in _NUMBERED and not self._bounds.any_before(text, start, at):
            return "ordinal"
        if han and text.startswith("方面", unit_end):
            return "name"
        if (
            follower in "行计工攻专"
            and name not in ("个", "项", "条", "类")
            and _NAMED_ACTION.match(text, unit_end)
        ):
            return "name"
        if before == "个" and text.startswith(("台阶", "大关", "关口"), unit_end):
            return "name"
        if name in ("小时", "分钟", "公里", "米"):
            if name != "小时" and text.startswith(("内", "范围"), unit_end):
                return "a reach, not a figure"
            if name != "米" and _CIRCLE.match(text, unit_end):
                return "name"
            if name == "小时" and _ON_DUTY.match(text, unit_end):
                return "name"
        return None

    def _ratio(self, text: str, start: int, match: re.Match[str]) -> Figure | Refused:
        left, right = Decimal(match[1]), Decimal(match[2])
        at, stop = match.span()
        said = "比" in text[max(start, at - 24) : at]
        if (right != 1 and left != 1) or not (said or right == 1):
            return Refused(at, stop, "no ratio to one")
        value, unit = (left, "∶1") if right == 1 else (right, "1∶")
        return self._bounds.figure(text, start, at, stop, value, None, unit, None, "quantity.ratio")

    def _unitless(
        self, text: str, start: int, end: int, at: int, number: Written
    ) -> Figure | Refused | None:
        """A number without a unit: a figure by its magnitude, in a list, or as the value of a
        verb."""
        assert number.value is not None
        stop = number.stop
        rest = text[stop:end]
        before = text[max(start, at - 6) : at]
        rule = "quantity.chinese" if number.han else "quantity.arabic"
        shared = False
        if number.han:
            large = number.scale or (number.word[-1] in "万亿" and len(number.word) > 1)
            if rest.startswith("大") and before.endswith("等"):
                rule = "quantity.numbered_set"
            elif not large or rest.startswith(("级", "元级")) or number.value < 10000:
                return None
        elif rest[:1] in self._units.single and (number.scale or number.more):
            return Refused(at, stop, "name")
        elif number.scale and not rest.startswith(("级", "以上人", "以下人")):
            pass
        elif _NUMBERED_LIST.match(rest):
            shared = True
        elif _CODE.search(before):
            return Refused(at, stop, "a code")
        elif _is_value(rest, before):
            rule = "quantity.bare"
        else:
            return Refused(at, stop, "no unit")
        figure = self._bounds.figure(
            text, start, at, stop, number.value, number.top, None, number.more, rule
        )
        figure.shared = shared
        return figure


def _is_value(rest: str, before: str) -> bool:
    """Whether the words around a number without a unit make it a value: 指数达到91.5，."""
    if before[-1:] in ("从", "由"):
        return _TO_BARE.match(rest) is not None
    return _TOPIC_NUMBER.match(rest) is not None and _VALUE_BEFORE.search(before) is not None


def _named_before(text: str, at: int, before: str) -> str | None:
    """Why the character before a numeral makes no figure of it."""
    if before == "第":
        return "ordinal"
    if before in ("几", "数") and _SEVERAL.match(text, at - 1):
        return "no fixed value"
    if before.isascii() and (before.isalnum() or before in ("+", ".", "/")):
        return "name"
    return None


def _counts_one(text: str, start: int, at: int, unit: str) -> bool:
    """Whether 一 is a number here and no article."""
    return unit in _COUNTED_ONE or _ONLY_ONE.search(text, max(start, at - 3), at) is not None


def _is_duration(text: str, start: int, at: int, stop: int, number: Written) -> bool:
    """Whether years are the value of something named, and no period."""
    value = number.value
    assert value is not None
    if value >= 100 or number.han:
        return False
    if value != value.to_integral_value():
        return _ITEM_AND_YEAR.match(text, at, stop) is None
    return (
        _YEAR_VALUE.search(text, max(start, at - 6), at) is not None
        and _YEAR_END.match(text, stop) is not None
    )
