"""Finds the figures of a sentence.

A candidate is a numeral (Arabic, Chinese, 成, 分之, 第, 前) or a claim word (全覆盖, 清零, 翻番,
首位). What is part of a date, a period, a name, a short quotation or a set phrase is refused with
its reason; the rest becomes a `Figure` with value, unit and bound. Positions are in the folded text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from shuangjian_cli.data import load
from shuangjian_cli.patterns import Endings, WordList, either, regex
from shuangjian_cli.tag.quantity.numeral import (
    LONGEST,
    LONGEST_WORDS,
    arabic,
    chinese,
    chinese_range,
    formal,
    magnitude,
)
from shuangjian_cli.tag.time import times

_HAN = "零〇○一二三四五六七八九十百千万亿两"
_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+(?![\d.])|\d+(?:\.\d+)?"
_MAGNITUDE = r"(?:[十百千]?(?:万亿|亿|万)|千(?![瓦米克卡伏帕赫])|百(?!分))"
_NUMBER = rf"(?P<@>{_ARABIC})(?P<@m1>[多余几])?(?:个(?=亿(?:元|[，。；、]|$)))?(?P<@mag>{_MAGNITUDE})?(?P<@low>(?<=[万亿])\d{{1,4}}(?:[十百千]?万|[百千](?!分))?(?![\d.,%]))?(?P<@m2>[多余])?"
_WORDS = rf"(?P<@>[{_HAN}]+(?:点[零〇一二三四五六七八九]+)?)(?P<@m1>[多余来几])?(?P<@mag>万亿|亿|万)?(?P<@m2>[多余])?"
_RANGE_HEADS = " —－-–~～至到"
_SEPARATOR = r"\s?(?:——|--|—|－|-|–|~|～|至|到)\s?"

_ARABIC_ONE = regex(_NUMBER.replace("@", "a"))
_HAN_ONE = regex(_WORDS.replace("@", "a"))
_ARABIC_TWO = regex(_SEPARATOR + _NUMBER.replace("@", "b"))
_HAN_TWO = regex(_SEPARATOR + _WORDS.replace("@", "b"))
_PER_HUNDRED = regex(
    rf"([百千万])分之(?:([{_HAN}]+(?:点[零〇一二三四五六七八九]+)?)|(\d+(?:\.\d+)?))([多余])?"
)
_FRACTION = regex(
    r"(?P<below>[二两三四五六七八九十]{1,2}|\d{1,2})分之(?P<above>[一二两三四五六七八九十]{1,2}|\d{1,2})(?P<more>[多强弱])?"
)
_SLASHED = regex(
    r"(?<=[\u4e00-\u9fff、])(?<![第图表号])(?P<above>[1-9])/(?P<below>[2-9]|10)(?P<more>[多强弱])?"
    r"(?=以上|以下|左右|[，。；、）的]|$)"
)
_TENTHS = regex(
    r"(?:([一二三四五六七八九])[至到—]?)?([一二两三四五六七八九]|[1-9])成([一二三四五六七八九半])?([多余])?"
    r"(?![为立果长员绩都功就品人套不年熟语章败因交群片本渝样])"
)
_HALF = regex(
    r"过半(?![年天月个小])|(?<![大多])半数|一半(?!天|个)|(?<![附邻靠临]近)(?<=近)半(?!年|个|小时|[月天日生百山径]|学[期年]|世纪)"
)
_SHARE_SIGNS = frozenset("分/成")
_RATIO = regex(r"(\d+(?:\.\d+)?)\s?:\s?(\d+(?:\.\d+)?)(?![\d:.])")
_RANK = regex(
    r"(?P<kind>第|前)(?:(?P<a>\d{1,3})(?![\d.,])|(?P<h>[一二两三四五六七八九十]{1,3}))"
    r"(?P<unit>位(?!数)|名(?![校师优])|强|甲(?=[，。；、]))?"
)
_RANK_END = regex(
    r"[，。；、）”：\s]|$|左右|行列|和|及|以内|水平|的|跃|上?升|提升|前[移进]|下?降|[进晋]"
)
_FORMAL = regex(r"[壹贰叁肆伍陆柒捌玖拾佰仟万亿零]{2,40}")
# A set of first characters lets the search skip over all others.
_START = regex(
    rf"[0-9{_HAN}半过第前动清全翻首榜壹贰叁肆伍陆柒捌玖拾](?:(?<=[0-9{_HAN}])|(?<=半)数|(?<=过)半|(?<=近半)"
    r"|(?<=[第前])(?=[\d一二两三四五六七八九十])|(?<=动)态清零|(?<=清)零|(?<=全)覆盖"
    r"|(?<=翻)了?[一两三]?番|(?<=首)位|(?<=榜)首|(?<=[壹贰叁肆伍陆柒捌玖拾])(?=[壹贰叁肆伍陆柒捌玖拾佰仟万亿]))"
)
_CLAIM = regex(r"(?:动态)?清零|全覆盖|零发生|零事故|翻了?[一两三]?番|首位|榜首")
_PER = regex(
    r"/(?:百亿元|亿元|万元|十万人|千人|人|生|学生|月|年|学年|学期|天|日|次|校|家|户|班|亩|吨|立方米|平方米|平方公里|公里|千瓦时|课时|学时|小时|件|本|百户|百人|万人|升)"
    r"(?:[·/](?:年|学年|学期|月|天|人))?"
)
_QUOTE = regex(r"“[^“”]{0,22}”|‘[^‘’]{0,22}’|《[^《》\n]{0,80}》|「[^「」]{0,22}」")
_INNER_STOP = regex(r"[，。；！？]")
_TOPIC_NUMBER = regex(r"[，。、；：）]|$")
_DATES = frozenset(("point", "range", "clock"))
"""The kinds of time that are dates; others are periods."""
_YEAR_VALUE = regex(r"(?:达到|达|为|到|至|不少于|不低于|不超过|超过|超|约|近|增加|延长|提高|缩短)$")
_ITEM_AND_YEAR = regex(r"\d{1,2}\.(?:19|20)\d\d年")
"""A list's item that begins with a year: 20.2026年|…."""
_VALUE_BEFORE = regex(
    r"(?:为|达|达到|达至|至|到|是|比|指数|系数|得分|均分|总分|评分|值|率|度|增至|降至|均)[约近超]?$"
)
_TO_BARE = regex(r"[^\d，。；：、]{0,6}[到至为]\d+(?:\.\d+)?(?=[，。；、）]|$)")
"""从2.38|缩小至2.06: the value that a movement began at, where none has a unit."""
_SEVERAL = regex(r"几|(?<!总)数(?=[十百千万亿]+(?![一二三四五六七八九两]))")
_NAME_NUMERAL = regex(r"\d(?:[\d.,+:/—\-~]*\d)?")
_SAME_HAN = "统唯万专单同之第逐如某每进均划归合"
_NAMED_ACTION = regex(r"(?:攻坚|专项)?(?:行动|计划|工程)(?=[，。；、”])|攻坚行动")
_ON_DUTY = regex(r"开放|值班|在线|服务|不打烊|自助|监|营业|热线")
_CIRCLE = regex(r"[^，。；、]{0,6}圈")
_CLOSED = regex(r"[，。；、！？）]|$")
_JOINED = regex(r"(?:左右|以上|以下|以内)?\s?[、和与及]\s?(?:[约近超逾])?")
_JOINED_MOST = 6
_DISTRIBUTED = regex(
    r"分别(?:(?:控制|保持|稳定|维持)在|[达为超提高增长下降上升]{0,4}[到至为]?)$|均$"
)
_BREAK = regex(r"[，。；：！？、（）]|[到至为]$")
_CODE = regex(r"(?:电话|热线|号码?|代码|邮编|传真)(?:为|是)$")
_SCALE = regex(r"(?:万亿|亿|万)$")
_ABOUT_SHARE = regex("(约)占$")
_AT_LEAST = regex(r"(至少|至多)[^，。；、：\d]{1,5}$")
_NUMBERED_LIST = regex(r"[、和与及]\s?(?=\d)")


class Refused(NamedTuple):
    """A numeral that is no figure: folded span and why."""

    start: int
    end: int
    reason: str


@dataclass(slots=True)
class Figure:
    """A quantity in the folded text.

    [start, end) is the numeral with magnitude and unit (or the claim word); [outer_start,
    outer_end) takes its bound words in. `shared` tells that the unit stands at a later figure.
    """

    start: int
    end: int
    value: Decimal
    value_max: Decimal | None
    unit: str | None
    bound: str
    outer_start: int
    outer_end: int
    rule: str
    implied: bool = False
    bound_at: tuple[int, int] = (-1, -1)
    unit_at: tuple[int, int] = (-1, -1)
    shared: bool = False
    claim: str | None = None


class _Unit(NamedTuple):
    """A unit as written: how long it is, its spelling, and its name with per what it counts."""

    size: int
    base: str
    name: str


class Scanner:
    """Compiled quantity rules. `units` maps each spelling to its unit's name."""

    def __init__(self, units: Mapping[str, str], not_before: Mapping[str, Iterable[str]]) -> None:
        words = load(__file__)
        self._units: dict[str, list[_Unit]] = {}
        for base in sorted(units, key=len, reverse=True):
            self._units.setdefault(base[0], []).append(_Unit(len(base), base, units[base]))
        self._not_before = {u: tuple(stops) for u, stops in not_before.items() if stops}
        self._name_units = frozenset(u for u in units if len(u) == 1)
        before = [(w, b) for b, ws in words["bound"]["before"].items() for w in ws.split()]
        self._before = {w: b for w, b in before}
        self._before_words = Endings(self._before)
        self._before_tails = frozenset("了").union(w[-1] for w in self._before)
        self._remote_bound = regex(
            rf"(?:^|[，；、])(?:已|[^，；、\d]{{0,4}}合计)?({either(self._before)})(?:占)?[^，；、\d]{{2,14}}的$"
        )
        after = [(w, b) for b, ws in words["bound"]["after"].items() for w in ws.split()]
        self._after = {w: b for w, b in after}
        self._after_words = WordList(self._after)
        self._no_bound = frozenset(words["bound"]["none"]["words"].split())
        self._rank_verb = WordList(words["rank"]["verbs"].split())
        self._rank_scope = regex(f"(?:{either(words['rank']['scopes'].split())})[^，。；]{{0,6}}$")
        self._not_first = regex(
            f"(?:{either(words['rank']['first_not_after'].split())})[^，。；]{{0,8}}$"
        )
        self._phrase = WordList(words["phrase"]["names"].split())
        self._phrase_after = WordList(words["phrase"]["after"].split())
        self._set_after = WordList(words["phrase"]["set_after"].split())
        self._naming = self._phrase_after.heads | self._set_after.heads
        self._behind_one = frozenset((*self._naming, *self._units, *_RANGE_HEADS, "大"))
        """What can make a figure or a name of one Chinese numeral before it."""

    def scan(self, text: str, start: int, end: int) -> tuple[list[Figure], list[Refused]]:
        """The figures of text[start:end] in order, and the numerals that are none."""
        figures: list[Figure] = []
        refused: list[Refused] = []
        match = _START.search(text, start, end)
        masks = self._masks(text, start, end, match.start()) if match else []
        while match:
            at = match.start()
            while masks and masks[-1][1] <= at:
                masks.pop()
            if masks and masks[-1][0] <= at:
                _, after, reason = masks[-1]
                if reason != "name":
                    refused.append(Refused(at, after, reason))
                elif numeral := _NAME_NUMERAL.match(text, at, after):
                    refused.append(Refused(at, numeral.end(), reason))
            elif (found := self._at(text, start, end, at)) is None:
                after = match.end()
            else:
                after = found.end
                if isinstance(found, Refused):
                    refused.append(found)
                elif after > end:
                    refused.append(Refused(at, end, "cut off"))
                else:
                    figures.append(found)
            match = _START.search(text, after, end)
        if figures:
            figures = self._share(text, self._criteria(text, figures, refused), refused)
        return figures, refused

    def _criteria(self, text: str, figures: list[Figure], refused: list[Refused]) -> list[Figure]:
        """Leave out what only says which things are counted: 10亿元以上项目47个, 两项补贴12亿元."""
        out: list[Figure] = []
        for i, figure in enumerate(figures):
            outer = text[figure.end : figure.outer_end] if figure.outer_end > figure.end else ""
            limit = outer in ("以上", "以下", "及以上")
            few = (
                figure.rule == "quantity.chinese"
                and figure.value < 10
                and figure.unit in ("项", "个", "类")
            )
            if not limit and not few:
                out.append(figure)
                continue
            following = figures[i + 1] if i + 1 < len(figures) else None
            noun = text[figure.outer_end : following.start] if following else ""
            close = 1 < len(noun) <= 14 and not _BREAK.search(noun)
            bare = noun == "" and following is not None and text[following.start] in "百千万亿"
            previous = figures[i - 1] if i else None
            lead = text[previous.outer_end : figure.start] if previous else ""
            if (
                limit
                and not close
                and 0 < len(lead) <= 6
                and not _BREAK.search(lead)
                and not _RANK_END.match(text, figure.outer_end)
            ):
                refused.append(Refused(figure.start, figure.end, "a criterion, not a figure"))
                continue
            if bare and few:
                refused.append(Refused(figure.start, figure.end, "a criterion, not a figure"))
                continue
            if close and (limit or (few and len(noun) <= 4)) and noun[0] not in "的左":
                refused.append(Refused(figure.start, figure.end, "a criterion, not a figure"))
            else:
                out.append(figure)
        return out

    def _unit(self, text: str, at: int, end: int) -> _Unit | None:
        """The unit at a position, the longest that no stop word (5名|校) denies."""
        for unit in self._units.get(text[at : at + 1], ()):
            if text.startswith(unit.base, at, end):
                stop = at + unit.size
                stops = self._not_before.get(unit.base)
                if stops is None or not text.startswith(stops, stop, end):
                    per = _PER.match(text, stop, end) if text.startswith("/", stop) else None
                    if per is None:
                        return unit
                    return _Unit(per.end() - at, unit.base, unit.name + per.group())
        return None

    # -- what hides numerals ------------------------------------------------------------------

    def _masks(self, text: str, start: int, end: int, at: int) -> list[tuple[int, int, str]]:
        """The names, dates and periods of [start, end) from `at`, the first numeral, on; last first."""
        masks = []
        for match in _QUOTE.finditer(text, start, end):
            begin, stop = match.span()
            if stop > at and (text[begin] == "《" or not _INNER_STOP.search(text, begin, stop)):
                masks.append((begin, stop, "name"))
        for time in times(text, start, end):
            if time.kind != "clock" or "比" not in text[max(start, time.start - 8) : time.start]:
                reason = "date" if time.kind in _DATES else "period"
                masks.append((time.start, time.end, reason))
        masks.sort(key=lambda mask: (-mask[0], mask[1], mask[2]))
        return masks

    # -- one candidate ------------------------------------------------------------------------

    def _at(self, text: str, start: int, end: int, at: int) -> Figure | Refused | None:
        c = text[at]
        if c in "动清全翻首榜" or (c == "零" and text.startswith(("发生", "事故"), at + 1)):
            return self._claim(text, start, at)
        if c in "第前":
            return self._rank(text, start, end, at)
        near = text[at + 1 : at + 4]
        if c in "过半一" or not _SHARE_SIGNS.isdisjoint(near):
            share = self._share_words(text, start, at, near)
            if share is not None:
                return share
        if c in "0123456789":
            return self._number(text, start, end, at, _ARABIC_ONE, _ARABIC_TWO, "quantity.arabic")
        if c in "壹贰叁肆伍陆柒捌玖拾":
            return self._formal(text, start, end, at)
        if c in _HAN:
            return self._number(text, start, end, at, _HAN_ONE, _HAN_TWO, "quantity.chinese")
        return None

    def _formal(self, text: str, start: int, end: int, at: int) -> Figure | None:
        match = _FORMAL.match(text, at, end)
        if match is None:
            return None
        stop = match.end()
        unit = self._unit(text, stop, end)
        value = formal(match.group()) if unit else None
        if unit is None or value is None:
            return None
        unit_end = stop + unit.size
        figure = self._bounded(
            text, start, at, unit_end, value, None, unit.name, None, "quantity.formal"
        )
        figure.unit_at = (stop, unit_end)
        return figure

    def _claim(self, text: str, start: int, at: int) -> Figure | Refused | None:
        match = _CLAIM.match(text, at)
        if match is None:
            return None
        word, stop = match.group(), match.end()
        if text.startswith("率", stop):
            return Refused(at, stop, "name")
        if word in ("首位", "榜首"):
            clause = _lead(text, start, at)
            if self._not_first.search(clause) or not (
                self._rank_verb.search(clause[-12:]) or self._rank_scope.search(clause)
            ):
                return Refused(at, stop, "name")
            return self._claimed(at, stop, Decimal(1), "位", "quantity.claim")
        if word == "全覆盖":
            return self._claimed(at, stop, Decimal(100), "%", "quantity.claim")
        if "番" in word:
            times = {"两": 300, "三": 700}.get(word[-2], 100)
            return self._claimed(at, stop, Decimal(times), "%", "quantity.claim")
        return self._claimed(at, stop, Decimal(0), None, "quantity.claim")

    def _claimed(self, at: int, stop: int, value: Decimal, unit: str | None, rule: str) -> Figure:
        return Figure(at, stop, value, None, unit, "=", at, stop, rule, implied=True, claim=rule)

    def _rank(self, text: str, start: int, end: int, at: int) -> Figure | Refused | None:
        match = _RANK.match(text, at)
        if match is None:
            return None
        stop = match.end()
        number = arabic(match["a"]) if match["a"] else chinese(match["h"])
        clause = _lead(text, start, at)
        verb = self._rank_verb.search(clause[-14:]) is not None
        scope = self._rank_scope.search(clause) is not None
        first = match["kind"] == "第"
        closed = _RANK_END.match(text, stop) is not None
        if closed and (text[at - 1 : at] == "，" or at == start):
            return Refused(at, stop, "list marker")
        if number is None or not closed or not (scope or verb):
            return Refused(at, stop, "ordinal")
        if not first and not match["unit"] and not re.search(r"[居列入身国省市界县区球]$", clause):
            return Refused(at, stop, "ordinal")
        if (
            first
            and not match["unit"]
            and not (scope or re.search(r"(?:居|列|名|至|到|持|第|位|为|均|部|区)$", clause))
        ):
            return Refused(at, stop, "ordinal")
        bound = "=" if first else "<="
        return Figure(at, stop, number, None, "位", bound, at, stop, "quantity.rank")

    def _share_words(self, text: str, start: int, at: int, near: str) -> Figure | None:
        parts = "分之" in near
        match = _PER_HUNDRED.match(text, at) if parts else None
        if match:
            value = chinese(match[2]) if match[2] else Decimal(match[3])
            if value is None:
                return None
            unit = {"百": "%", "千": "‰", "万": "万分之一"}[match[1]]
            return self._bounded(
                text, start, at, match.end(), value, None, unit, match[4], "quantity.percent_words"
            )
        slashed = near[:1] == "/"
        pattern = _SLASHED if slashed else _FRACTION
        match = pattern.match(text, at) if parts or slashed else None
        if match:
            lower, upper = match["below"], match["above"]
            below = Decimal(lower) if lower.isdigit() else chinese(lower)
            above = Decimal(upper) if upper.isdigit() else chinese(upper)
            if not below or above is None or above >= below:
                return None
            share = (above * 100 / below).quantize(Decimal("0.01"), ROUND_HALF_UP)
            whole = share.to_integral_value()
            value = whole if share == whole else share.normalize()
            stop = match.end() - (1 if match["more"] in ("强", "弱") else 0)
            strong = {"多": ">", "强": ">", "弱": "<"}.get(match["more"] or "")
            figure = self._bounded(
                text, start, at, stop, value, None, "%", None, "quantity.fraction"
            )
            if strong and figure.bound == "=":
                figure.bound, figure.bound_at = strong, (match.end() - 1, match.end())
                figure.outer_end = match.end()
            return figure
        match = _TENTHS.match(text, at) if "成" in near else None
        if match and not self._phrase.match(text, at):
            tens = chinese(match[2]) if not match[2].isdigit() else Decimal(match[2])
            assert tens is not None
            extra = (
                Decimal(5) if match[3] == "半" else (chinese(match[3]) if match[3] else Decimal(0))
            )
            assert extra is not None
            value, top = tens * 10 + extra, None
            if match[1]:
                low = chinese(match[1])
                assert low is not None
                if low * 10 >= value:
                    return None
                value, top = low * 10, value
            return self._bounded(
                text, start, at, match.end(), value, top, "%", match[4], "quantity.tenths"
            )
        match = _HALF.match(text, at) if text[at] in "过半一" else None
        if match:
            more = "多" if match.group() == "过半" else None
            return self._bounded(
                text, start, at, match.end(), Decimal(50), None, "%", more, "quantity.half"
            )
        return None

    def _number(
        self,
        text: str,
        start: int,
        end: int,
        at: int,
        one: re.Pattern[str],
        two: re.Pattern[str],
        rule: str,
    ) -> Figure | Refused | None:
        match = one.match(text, at, end)
        if match is None:
            return None
        han = one is _HAN_ONE
        word, stop = match["a"], match.end()
        longest = LONGEST_WORDS if han else LONGEST
        if len(word) > longest:
            return Refused(at, stop, "a code")
        phrase = self._phrase.match(text, at) if han else None
        if phrase and not (text[stop : stop + 1] == "大" and text[at - 1 : at] == "等"):
            return Refused(at, max(stop, phrase.end()), "name")
        before = text[at - 1 : at] if at > start else ""
        if before == "第":
            return Refused(at, stop, "ordinal")
        if before in ("几", "数") and _SEVERAL.match(text, at - 1):
            return Refused(at, stop, "no fixed value")
        if before.isascii() and (before.isalnum() or before in ("+", ".", "/")):
            return Refused(at, stop, "name")
        if han and before and before in _SAME_HAN:
            return None
        after = text[stop : stop + 1]
        if after.isascii():
            if after in ("+", "#") or (after.isalpha() and not self._unit(text, stop, len(text))):
                return Refused(at, stop, "name")
            ratio = _RATIO.match(text, at) if ":" in text[stop : stop + 2] and not han else None
            if ratio:
                return self._ratio(text, start, ratio)
        if han and stop == at + 1 and after not in self._behind_one:
            return None
        value, top = self._value(match, "a", han)
        if value is None or (han and value == 0):
            return None if han else Refused(at, stop, "name")
        more = match["am1"] or match["am2"]
        unit = self._unit(text, stop, end)
        # a range: 2—3个, 30%—60%, 150万至180万人次
        reach = stop + unit.size if unit else stop
        second = two.match(text, reach, end) if text[reach : reach + 1] in _RANGE_HEADS else None
        if second and before not in ("从", "由"):
            high, _ = self._value(second, "b", han)
            unit_after = self._unit(text, second.end(), end)
            if high is not None and unit_after is not None and high > 0:
                low = value
                if not match["amag"] and second["bmag"] and not han and low < high:
                    low = (
                        low * magnitude(second["bmag"])
                        if low * magnitude(second["bmag"]) < high
                        else low
                    )
                if (
                    low < high
                    and len(second["b"]) <= longest
                    and (not unit or unit == unit_after or unit.base == "%")
                ):
                    value, top, unit, stop = low, high, unit_after, second.end()
                    more = second["bm1"] or second["bm2"]
        if text[stop : stop + 1] in self._naming:
            named = self._set_after.match(text, stop)
            if self._phrase_after.match(text, stop) or (
                named and (han or text.startswith("：", named.end()))
            ):
                return Refused(at, stop, "name")
        if unit is None:
            return self._unitless(text, start, end, at, stop, value, top, more, match, han, rule)
        name, unit_end = unit.name, stop + unit.size
        follower = text[unit_end : unit_end + 1]
        if unit.base == "年" and not self._years(text, start, at, unit_end, value, han):
            return Refused(at, unit_end, "period")
        if han and value == 1 and top is None and not self._counts_one(text, start, at, name):
            return Refused(at, unit_end, "“一” is an article")
        bare = han and word[0] in "百千万亿" and not more
        if follower == "级" or (bare and not self._bounded_before(text, start, at)):
            return Refused(at, unit_end, "name")
        if han:
            nth = name in ("期", "期次", "批", "轮")
            if nth and self._bound_before(text, start, at)[0] is None:
                return Refused(at, unit_end, "ordinal")
            if text.startswith("方面", unit_end):
                return Refused(at, unit_end, "name")
        if (
            follower in "行计工攻专"
            and name not in ("个", "项", "条", "类")
            and _NAMED_ACTION.match(text, unit_end)
        ):
            return Refused(at, unit_end, "name")
        if before == "个" and text.startswith(("台阶", "大关", "关口"), unit_end):
            return Refused(at, unit_end, "name")
        if name in ("小时", "分钟", "公里", "米"):
            if name != "小时" and text.startswith(("内", "范围"), unit_end):
                return Refused(at, unit_end, "a reach, not a figure")
            if (name != "米" and _CIRCLE.match(text, unit_end)) or (
                name == "小时" and _ON_DUTY.match(text, unit_end)
            ):
                return Refused(at, unit_end, "name")
        outer_end = unit_end
        if follower in ("多", "余") and name == "倍":
            more, outer_end = "多", unit_end + 1
        elif follower == "多" and _CLOSED.match(text, unit_end + 1):
            more = "多"
        figure = self._bounded(text, start, at, outer_end, value, top, name, more, rule)
        figure.unit_at = (stop, unit_end)
        if more and figure.outer_end == outer_end and text.startswith("多", outer_end):
            figure.outer_end = outer_end + 1
        return figure

    def _counts_one(self, text: str, start: int, at: int, unit: str) -> bool:
        if unit in ("倍", "小时", "分钟", "元", "%"):
            return True
        return (
            re.search(
                r"(?:仅|只|不足|超过|至少|不少于|仅有|只有|唯)$", text[max(start, at - 3) : at]
            )
            is not None
        )

    def _years(self, text: str, start: int, at: int, stop: int, value: Decimal, han: bool) -> bool:
        if value >= 100 or han:
            return False
        if value != value.to_integral_value():
            return _ITEM_AND_YEAR.match(text, at, stop) is None
        before = text[max(start, at - 6) : at]
        return (
            _YEAR_VALUE.search(before) is not None
            and re.match(r"[，。；、）以左]|$", text[stop : stop + 1]) is not None
        )

    def _ratio(self, text: str, start: int, match: re.Match[str]) -> Figure | Refused:
        left, right = Decimal(match[1]), Decimal(match[2])
        before = text[max(start, match.start() - 24) : match.start()]
        if (right != 1 and left != 1) or not ("比" in before or right == 1):
            return Refused(match.start(), match.end(), "no ratio to one")
        if right == 1:
            value, unit = left, "∶1"
        else:
            value, unit = right, "1∶"
        figure = self._bounded(
            text, start, match.start(), match.end(), value, None, unit, None, "quantity.ratio"
        )
        return figure

    def _value(
        self, match: re.Match[str], name: str, han: bool
    ) -> tuple[Decimal | None, Decimal | None]:
        word, scale = match[name], match[name + "mag"]
        factor = magnitude(scale) if scale else 1
        if han:
            value = chinese(word)
            if value is not None:
                return value * factor, None
            pair = chinese_range(word)
            return (pair[0] * factor, pair[1] * factor) if pair else (None, None)
        number = arabic(word)
        if scale:
            number *= factor
            if low := match[name + "low"]:
                number += arabic(low.rstrip("十百千万")) * magnitude(low.lstrip("0123456789"))
            whole = int(number)
            if number == whole:
                number = Decimal(whole)  # 5.8万 is 58000, not 58000.0
        return number, None

    def _unitless(
        self,
        text: str,
        start: int,
        end: int,
        at: int,
        stop: int,
        value: Decimal,
        top: Decimal | None,
        more: str | None,
        match: re.Match[str],
        han: bool,
        rule: str,
    ) -> Figure | Refused | None:
        rest = text[stop:end]
        if han:
            if rest.startswith("大") and text[max(start, at - 1) : at] == "等":
                return self._bounded(
                    text, start, at, stop, value, top, None, more, "quantity.numbered_set"
                )
            large = match["amag"] or (match["a"][-1] in "万亿" and len(match["a"]) > 1)
            if large and not rest.startswith(("级", "元级")) and value >= 10000:
                return self._bounded(text, start, at, stop, value, top, None, more, rule)
            return None
        if rest[:1] in self._name_units and (match["amag"] or match["am1"]):
            return Refused(at, stop, "name")
        if match["amag"] and not rest.startswith(("级", "以上人", "以下人")):
            return self._bounded(text, start, at, stop, value, top, None, more, rule)
        if _NUMBERED_LIST.match(rest):
            figure = self._bounded(text, start, at, stop, value, top, None, more, rule)
            figure.shared = True
            return figure
        before = text[max(start, at - 6) : at]
        if _CODE.search(before):
            return Refused(at, stop, "a code")
        if before[-1:] in ("从", "由") and _TO_BARE.match(rest):
            return self._bounded(text, start, at, stop, value, top, None, more, "quantity.bare")
        if (
            _TOPIC_NUMBER.match(rest)
            and _VALUE_BEFORE.search(before)
            and before[-1:] not in ("从", "由")
        ):
            return self._bounded(text, start, at, stop, value, top, None, more, "quantity.bare")
        return Refused(at, stop, "no unit")

    def _bounded_before(self, text: str, start: int, at: int) -> bool:
        """Whether a bound word, or 上 as in 上百所, makes a number of a bare magnitude."""
        if text[at - 1 : at] == "上" and text[at - 2 : at - 1] not in "迈站登":
            return True
        return self._bound_before(text, start, at)[0] is not None

    # -- bounds -------------------------------------------------------------------------------

    def _bound_before(self, text: str, start: int, at: int) -> tuple[str | None, int]:
        if text[at - 1 : at] not in self._before_tails:
            return None, at
        low, end = max(start, at - 7), at
        while end > low and text[end - 1] == "了":
            end -= 1
        found = self._before_words.search(text, low, end)
        if found is None:
            return None, at
        word, begin = found.group(), found.start()
        if word in self._no_bound or (word == "近" and text[begin - 1] in "附邻靠临"):
            return None, at
        return self._before[word], begin

    def _bounded(
        self,
        text: str,
        start: int,
        at: int,
        stop: int,
        value: Decimal,
        top: Decimal | None,
        unit: str | None,
        more: str | bool | None,
        rule: str,
    ) -> Figure:
        before, outer_start = self._bound_before(text, start, at)
        last = text[at - 1 : at]
        if last == "上" and text[at] in "百千万亿" and text[at - 2 : at - 1] not in "迈站登跨":
            before, outer_start = ">=", at - 1
        remote = None
        if before is None:
            if last == "占":
                remote = _ABOUT_SHARE.search(text, max(start, at - 2), at)
            elif last == "的":
                remote = self._remote_bound.search(text, max(start, at - 24), at)
            if remote is None and text.find("至", max(start, at - 7), at) >= 0:
                remote = _AT_LEAST.search(text, max(start, at - 7), at)
            if remote is not None:
                before = self._before[remote[1]]
        if before is not None:
            again, earlier = self._bound_before(text, start, outer_start)
            if again is not None:
                before, outer_start = _stronger(before, again), earlier
        bound = ("~" if more == "来" else ">") if more else "="
        bound_at, outer_end = (-1, -1), stop
        after = self._after_words.match(text, stop)
        if after is not None:
            word, bound_at, outer_end = self._after[after.group()], after.span(), after.end()
            bound = word if bound == "=" else _stronger(bound, word)
        if before is not None:
            bound = before if bound == "=" else _stronger(bound, before)
            if bound == before or after is None:
                bound_at = remote.span(1) if remote else (outer_start, at)
        return Figure(
            at, stop, value, top, unit, bound, outer_start, outer_end, rule, False, bound_at
        )

    # -- shared units -------------------------------------------------------------------------

    def _share(self, text: str, figures: list[Figure], refused: list[Refused]) -> list[Figure]:
        """Give the numbers of a list the unit that stands at its last one: 3.4、21个百分点."""
        shared = any(figure.shared for figure in figures)
        if len(figures) == 1 and not shared:
            return figures
        out: list[Figure] = []
        scale = 1
        for i in range(len(figures) - 1, -1, -1):
            figure = figures[i]
            later = figures[i + 1] if i + 1 < len(figures) else None
            joined = (
                later is not None
                and later.start - figure.end <= _JOINED_MOST
                and _JOINED.fullmatch(text, figure.end, later.start)
            )
            if figure.shared:
                if later is None or not joined or later.unit is None:
                    refused.append(Refused(figure.start, figure.end, "no unit"))
                    figures[i] = later if later is not None else figure
                    continue
                figure.unit = later.unit
                figure.unit_at = later.unit_at
                figure.rule = "quantity.shared_unit"
                if figure.value < scale:
                    figure.value *= scale
            elif shared:
                written = _SCALE.search(text, figure.start, figure.unit_at[0])
                scale = magnitude(written.group()) if written else 1
            if (
                joined
                and later is not None
                and _DISTRIBUTED.search(text, max(0, figure.outer_start - 8), figure.outer_start)
            ):
                if figure.bound != "=" and figure.bound_at[0] < figure.start and later.bound == "=":
                    later.bound, later.bound_at = figure.bound, figure.bound_at
                elif figure.bound == "=" and later.bound_at[0] >= later.end:
                    figure.bound, figure.bound_at = later.bound, later.bound_at
            if joined and later is not None and figure.unit is None and later.unit == "元":
                figure.unit, figure.unit_at = later.unit, later.unit_at
                figure.rule = "quantity.shared_unit"
            if joined and later is not None and figure.unit == "个" and later.unit == "百分点":
                figure.unit = "百分点"
                figure.unit_at = later.unit_at
                figure.rule = "quantity.shared_unit"
            out.append(figure)
        out.reverse()
        return out


def _lead(text: str, start: int, at: int) -> str:
    """The last characters of the clause before a position."""
    words = text[max(start, at - 60) : at]
    return words[max(map(words.rfind, "，。；")) + 1 :]


def _stronger(one: str, other: str) -> str:
    """Of two cues, the one that limits: 约…以上 is >=, 超过…左右 is >."""
    return other if one == "~" else one
