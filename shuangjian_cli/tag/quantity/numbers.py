"""Plain numbers with their unit, and the names and ordinals that only hold a numeral."""

from __future__ import annotations

import re
from typing import Any

from shuangjian_cli.patterns import WordList, either, regex, worded
from shuangjian_cli.tag.quantity.bounds import Bounds
from shuangjian_cli.tag.quantity.exclusions import excluded
from shuangjian_cli.tag.quantity.figure import Figure, Refused
from shuangjian_cli.tag.quantity.lists import MOVED_TO
from shuangjian_cli.tag.quantity.numeral import FORMAL, HAN, formal, magnitude
from shuangjian_cli.tag.quantity.phrases import Phrases
from shuangjian_cli.tag.quantity.ratio import RATIO, RATIO_TO, of_two, to_one
from shuangjian_cli.tag.quantity.signs import Sign, Signs
from shuangjian_cli.tag.quantity.units import Unit, Units
from shuangjian_cli.tag.quantity.written import (
    NUMERALS,
    RANGE_HEADS,
    Written,
    numeral,
    run,
    second,
)

_FORMAL = regex(rf"[{FORMAL}][{FORMAL}零〇万亿]+")
_TIMES = tuple("×xX* ")
_PRODUCT = regex(r"[0-9.]+(?:\s?[×xX*]\s?[0-9.]+)+")
_TOPIC_NUMBER = regex(r"[，。、；：）]|$")
_VALUE_BEFORE = worded("(?:{bare.value_before})[约近超]?$", __file__)
_VALUES_BEFORE = regex(r"(?:为|达|达到|至|到|是)(?:[0-9]+(?:\.[0-9]+)?(?:[、和与及]\s?|，))+$")
"""Before the later numbers of a list without units: 系数分别为0.38和|0.31."""
_PERSONS = worded(
    r"(?:[^，。；：、！？\s\da-zA-Z级届号班年月日]{0,5}?)(?:{bare.persons})(?![院票证车热服])",
    __file__,
)
"""The persons that a number without a unit counts."""
_MOVES = regex(rf"{MOVED_TO.pattern}[约近超逾]?\d")
_TO_BARE = regex(r"[^0-9，。；：、]{0,6}[到至为][0-9]+(?:\.[0-9]+)?(?=[，。；、）]|$)")
"""从2.38|缩小至2.06: the value that a movement began at, where none has a unit."""
_SEVERAL = regex(r"几|(?<!总)数(?=[十百千万亿]+(?![一二三四五六七八九两]))")
_SAME = "统唯万专单同之第逐如某每进均划归合惟任其不"
"""Characters that 一 makes a word with: 统一, 唯一, 每一."""
_MARKING = frozenset("第每几数+./0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
"""Characters that make an ordinal, a code or another numeral of the one behind them."""
_TOLD = tuple("这述上前")
_THESE = worded("(?:{common.these})$", __file__)
_REFERS = worded("[项个类组](?:{common.values})", __file__)
"""上述|三项指标: those told before are not counted again."""
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_GOING_ON = NUMERALS | frozenset(_RAISED) | frozenset(".,， ")
"""What stands behind a numeral that may go on."""
_MORE_BEHIND = worded(r"[多来]?[万亿](?![人元千百吨亩名户平公])|半(?:{bare.halves})", __file__)
"""2个|多亿, 3个|半小时: what makes another number of the one before the measure word."""
_CODE = worded(r"(?:{bare.codes})(?:为|是|：) ?$", __file__)
_CODE_LEAST = 5
"""How many digits a code has at least that a colon stands before: 热线：13800001111."""
_NUMBERED_LIST = regex(r"[、和与及]\s?(?=[0-9])")
_DISTRIBUTED_LIST = regex(r"(?:[、和与及]\s?|，)(?=[0-9])")
_DISTRIBUTED = worded(r"(?:{common.in_turn})[^，。；：]{0,8}(?:[0-9.]+[、和与及，])*$", __file__)
_PREFIXED = regex(r"千[瓦米克卡伏帕赫]|百分|[0-9]+[-—–~－至到]+[0-9]+周?岁")
_COUNTED = regex(rf"[一二两三四五六七八九](?![{HAN}])")
"""A number of its own behind a magnitude: 跨越4万亿、5万亿|两个台阶."""
_THOUSANDS = regex(r"[0-9]{1,3}，[0-9]{3}(?![0-9])")
_YEAR = regex(r"(?:19|20)[0-9]{2}$")
_CLOSED = regex(r"[，。；、！？）]|$")
_LINE_END = regex(r"[，。；、！？）\n]|$")


class Numbers:
    """Reads numbers with the units of a rule pack and the words of the vocabulary."""

    def __init__(self, units: Units, bounds: Bounds, words: dict[str, Any]) -> None:
        self._units = units
        self._bounds = bounds
        self._signs = Signs(words["sign"])
        phrases = words["phrase"]
        self._phrases = Phrases((phrases["names"] + phrases["places"]).split())
        self._phrase_after = WordList(phrases["after"].split())
        self._set_after = WordList(phrases["set_after"].split())
        self._naming = self._phrase_after.heads | self._set_after.heads
        bodies, before = (words["body"][name].split() for name in ("words", "preceded_by"))
        self._body_before = regex(
            rf"(?:[，。；：、（“]|{either(before)}|[0-9{HAN}](?:{either(bodies)}))$"
        )
        self._behind_one = frozenset((*self._naming, *units.heads, *RANGE_HEADS, "大"))
        """What can make a figure or a name of one Chinese numeral before it."""
        self._beside_one = self._behind_one | NUMERALS | frozenset("点多余来几")
        """What can stand behind such a numeral that is more than a part of a word."""

    def phrase(self, text: str, at: int) -> int | None:
        """Where the set phrase ends whose numeral is at a position."""
        return self._phrases.end(text, at, at + 1)

    def formal(self, text: str, start: int, end: int, at: int) -> Figure | Refused | None:
        """A figure in the capitals of cheques: 叁佰贰拾万元."""
        match = _FORMAL.match(text, at, end)
        unit = self._units.at(text, match.end(), end) if match else None
        if match is None or unit is None:
            return None
        value = formal(match.group())
        stop = match.end()
        unit_end = stop + unit.size
        if value is None:
            return Refused(at, unit_end, "a broken numeral")
        figure = self._bounds.figure(
            text, start, at, unit_end, value, None, unit.name, None, "quantity.formal"
        )
        figure.unit_at = (stop, unit_end)
        return figure

    def read(
        self, text: str, start: int, end: int, at: int, *, han: bool
    ) -> Figure | Refused | None:
        """The figure that a numeral in digits or, with `han`, in words begins."""
        if han and self.is_in_word(text, at):
            return None
        number = numeral(text, at, end, han=han)
        assert number is not None
        if han and number.value is None and text[at] == "一" and text[at - 1] in _SAME:
            # 唯一|三所: the first character belongs to the word before it.
            at += 1
            number = numeral(text, at, end, han=True)
            if number is None:
                return None
        if refused := self._named(text, start, end, at, number):
            return refused
        if not han and ":" in text[number.stop : number.stop + 2]:
            ratio = RATIO.match(text, at, end)
            if ratio:
                return self._ratio(text, start, end, ratio)
        if (
            han
            and number.stop == at + 1
            and text[number.stop : number.stop + 1] not in self._behind_one
        ):
            return None
        unit = self._units.at(text, number.stop, end)
        if number.value is None:
            broken = unit is not None or not han
            stop = max(number.stop, run(text, at, end))
            return Refused(at, stop, "a broken numeral") if broken else None
        if han and number.value == 0:
            return Refused(at, number.stop, "name")
        if text[at - 1 : at] not in ("从", "由"):
            number, unit = self._range(text, end, number, unit)
        if self._names(text, number.stop, han):
            return Refused(at, number.stop, "name")
        signed = self._signs.read(text, start, at, unit)
        if isinstance(signed, str):
            return Refused(at, number.stop + (unit.size if unit else 0), signed)
        if unit is None and number.stop == end:
            unit = self._unit_below(text, end)
        if unit is None:
            return self._unitless(text, start, end, at, number, signed)
        return self._with_unit(text, start, end, at, number, unit, signed)

    def is_in_word(self, text: str, at: int) -> bool:
        """Whether a Chinese numeral is plainly a part of a word, as most are: 进一步, 一体."""
        after = text[at + 1 : at + 2]
        return (
            "\u3000" < after < "\uff00"
            and after not in self._beside_one
            and text[at - 1 : at] not in _MARKING
            and self._phrases.end(text, at, at + 1) is None
        )

    def _named(self, text: str, start: int, end: int, at: int, number: Written) -> Refused | None:
        """A numeral that is a code, part of a set phrase or a word, or broken."""
        stop = number.stop
        before = text[at - 1 : at] if at > start else ""
        after = text[stop : stop + 1]
        if number.too_long or (
            stop - at >= _CODE_LEAST
            and text[at:stop].isdecimal()
            and _CODE.search(text, max(start, at - 6), at)
        ):
            return Refused(at, stop, "a code")
        phrase = self._phrases.end(text, at, stop)
        if phrase and not (after == "大" and before == "等"):
            return Refused(at, max(stop, phrase), "name")
        if before in _MARKING:
            if before == "第":
                return Refused(at, stop, "ordinal")
            if before == "每":
                return Refused(at, stop, "a denominator")
            if before not in "几数":
                return Refused(at, stop, "name")
            if _SEVERAL.match(text, at - 1):
                return Refused(at, stop, "no fixed value")
        if before == "届" and after == "次":  # 五届三次、四次全会
            return Refused(at, stop, "ordinal")
        if before in _TOLD and _REFERS.match(text, stop) and _THESE.search(text, start, at):
            return Refused(at, stop, "name")
        if after in _TIMES and (product := _PRODUCT.match(text, at, end)):
            return Refused(at, product.end(), "a product")
        if after in _GOING_ON and self._is_broken(text, start, end, at, number):
            return Refused(at, run(text, at, end), "a broken numeral")
        is_name = after.isascii() and (
            after in ("+", "#") or (after.isalpha() and not self._units.at(text, stop, len(text)))
        )
        return Refused(at, stop, "name") if is_name else None

    def _is_broken(self, text: str, start: int, end: int, at: int, number: Written) -> bool:
        """Whether a numeral goes on behind what a number can be made of: 28，54所, 12 34所."""
        stop = number.stop
        after = text[stop : stop + 1]
        if stop >= end or number.more:
            return False
        if after in NUMERALS:
            return not (
                _PREFIXED.match(text, stop) or (number.scale and _COUNTED.match(text, stop))
            )
        if after in _RAISED:
            return True
        if after not in ".,， " or number.han or not text[stop + 1 : stop + 2].isdecimal():
            return False
        if after in ".,":
            return True
        if number.scale or "." in number.word or _YEAR.match(number.word) or at == start:
            return False
        if after == "，":
            before = text[max(start, at - 24) : at]
            if _DISTRIBUTED.search(before):
                return False
            return _THOUSANDS.match(text, at) is not None or not _VALUE_BEFORE.search(before)
        return True

    def _names(self, text: str, stop: int, han: bool) -> bool:
        """Whether the words behind a numeral make a name of it: 十件民生实事, 3|周年."""
        if text[stop : stop + 1] not in self._naming:
            return False
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
        high.value, high.top = value, high.value
        return high, unit_after

    def _unit_below(self, text: str, end: int) -> Unit | None:
        """The unit of a number at the end of a line, where it begins the next one."""
        if not text.startswith("\n", end):
            return None
        unit = self._units.at(text, end + 1, len(text))
        if unit is None or not _LINE_END.match(text, end + 1 + unit.size):
            return None
        return unit

    def _with_unit(
        self, text: str, start: int, end: int, at: int, number: Written, unit: Unit, signed: Sign
    ) -> Figure | Refused:
        stop, more = number.stop, number.more
        unit_end = stop + unit.size
        if reason := excluded(self._bounds, text, start, at, number, unit):
            return Refused(at, unit_end, reason)
        if unit.body and not self._counts_bodies(text, start, at, number, unit):
            return Refused(at, unit_end, "name")
        if unit.name == "个" and (behind := _MORE_BEHIND.match(text, unit_end)):
            return Refused(at, behind.end(), "a broken numeral")
        unit_at = (stop, unit_end)
        if stop == end:
            unit_at, unit_end = (end + 1, end + 1 + unit.size), stop
        follower, outer_end = text[unit_end : unit_end + 1], unit_end
        if follower in ("多", "余") and unit.name == "倍":
            more, outer_end = "多", unit_end + 1
        elif follower == "多" and _CLOSED.match(text, unit_end + 1):
            more = "多"
        figure = self._figure(text, start, outer_end, number, unit.name, more, signed)
        figure.unit_at = unit_at
        if more and figure.outer_end == outer_end and text.startswith("多", outer_end):
            figure.outer_end = outer_end + 1
        return figure

    def _counts_bodies(self, text: str, start: int, at: int, number: Written, unit: Unit) -> bool:
        """Whether a number counts places and does not name a group of them: 川渝两地."""
        if (number.han and unit.base == "地") or _YEAR.fullmatch(number.word):
            return False  # 2022市教育局: a year
        return at == start or self._body_before.search(text, max(start, at - 8), at) is not None

    def _figure(
        self,
        text: str,
        start: int,
        stop: int,
        number: Written,
        unit: str | None,
        more: str | None,
        signed: Sign,
        rule: str | None = None,
    ) -> Figure:
        """The figure of a number, with its sign."""
        assert number.value is not None
        begin, is_negative = signed
        value = -number.value if is_negative else number.value
        rule = rule or ("quantity.chinese" if number.han else "quantity.arabic")
        figure = self._bounds.figure(text, start, begin, stop, value, number.top, unit, more, rule)
        if number.myriads:
            figure.doubt = "commas that set off four digits"
        return figure

    def _ratio(self, text: str, start: int, end: int, match: re.Match[str]) -> Figure | Refused:
        at, stop = match.span()
        between = RATIO_TO.match(text, stop, end)
        upper = RATIO.match(text, between.end(), end) if between else None
        before = text[max(start, at - 24) : at]
        said = "比" in before
        value = to_one(match, said) or of_two(match, before)
        if value is None:
            return Refused(at, stop, "no ratio to one")
        number, unit = value
        top = to_one(upper, said) if upper else None
        high = None
        if upper and top and top[1] == unit and top[0] > number:
            high, stop = top[0], upper.end()
        return self._bounds.figure(
            text, start, at, stop, number, high, unit, None, "quantity.ratio"
        )

    def _unitless(
        self, text: str, start: int, end: int, at: int, number: Written, signed: Sign
    ) -> Figure | Refused | None:
        """A number without a unit: a figure by its magnitude, in a list, or as the value of a
        verb."""
        assert number.value is not None
        stop = number.stop
        rest = text[stop:end]
        before = text[max(start, at - 30) : at]
        rule: str | None = None
        shared = False
        if number.han:
            large = number.scale or (number.word[-1] in "万亿" and len(number.word) > 1)
            bare = number.word[0] in "百千万亿" and not number.more
            if rest.startswith("大") and before.endswith("等"):
                rule = "quantity.numbered_set"
            elif number.value >= 1000 and number.word[0] not in "百千万亿" and _PERSONS.match(rest):
                rule = "quantity.bare"  # 五千|学子
            elif not large or rest.startswith(("级", "元级")) or number.value < 10000:
                return None
            elif bare and not self._bounds.count_before(text, start, at):
                return Refused(at, stop, "name")
        elif rest[:1] in self._units.single and (number.scale or number.more):
            return Refused(at, stop, "name")
        elif number.scale and not rest.startswith(("级", "以上人", "以下人")):
            pass
        elif at == start and rest.startswith("、") and not number.more:
            return Refused(at, stop, "list marker")
        elif _NUMBERED_LIST.match(rest) or (
            _DISTRIBUTED_LIST.match(rest) and _DISTRIBUTED.search(before)
        ):
            shared = True
        elif before.endswith(("从", "由")) and not _YEAR.match(number.word) and _MOVES.match(rest):
            shared = True  # 由12|增加到15所
        elif _CODE.search(before):
            return Refused(at, stop, "a code")
        elif number.value >= 100 and not _YEAR.match(number.word) and _PERSONS.match(rest):
            rule = "quantity.bare"  # 寄宿制学校6997|中小学在校生
        elif _is_value(rest, before):
            rule = "quantity.bare"
        else:
            return Refused(at, stop, "no unit")
        figure = self._figure(text, start, stop, number, None, number.more, signed, rule)
        figure.shared = shared
        return figure


def _is_value(rest: str, before: str) -> bool:
    """Whether the words around a number without a unit make it a value: 指数达到91.5，."""
    if before[-1:] in ("从", "由"):
        return _TO_BARE.match(rest) is not None
    if not _TOPIC_NUMBER.match(rest):
        return False
    return bool(_VALUE_BEFORE.search(before) or _VALUES_BEFORE.search(before))
