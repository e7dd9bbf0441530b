"""Shares in words: 百分之九十八, 三分之二, 1/3, 七成, 过半."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from shuangjian_cli.patterns import CHINESE, regex, worded
from shuangjian_cli.tag.quantity.bounds import Bounds
from shuangjian_cli.tag.quantity.figure import Figure
from shuangjian_cli.tag.quantity.numeral import HAN, chinese

SIGNS = frozenset("分/成")
"""What stands near the beginning of a share."""
_PER_HUNDRED = regex(
    rf"([百千万])分之(?:([{HAN}]+(?:点[零〇一二三四五六七八九]+)?)|(\d+(?:\.\d+)?))([多余])?"
)
_FRACTION = regex(
    r"(?P<below>[二两三四五六七八九十]{1,2}|\d{1,2})分之(?P<above>[一二两三四五六七八九十]{1,2}|\d{1,2})(?P<more>[多强弱])?"
)
_SLASHED = worded(
    rf"(?:(?<={CHINESE})|(?<=、))(?<![第图表号])(?P<above>[1-9])/(?P<below>[2-9]|10)(?P<more>[多强弱])?"
    r"(?={shares.bounds}|[，。；、）的]|$)",
    __file__,
)
_TENTHS = regex(
    r"(?:([一二三四五六七八九])[至到—]?)?([一二两三四五六七八九]|[1-9])成([一二三四五六七八九半])?([多余])?"
    r"(?![为立果长员绩都功就品人套不年熟语章败因交群片本渝样])"
)
_HALF = worded(
    "(?<![月年日期天程])过半(?![年天月个小数])|(?<![大多])半数|一半(?!天|个)|(?<![附邻靠临]近)(?<=近)半"
    "(?!{shares.not_half}|[月天日生百山径]|学[期年])",
    __file__,
)
_UNITS = {"百": "%", "千": "‰", "万": "万分之一"}


def share(bounds: Bounds, text: str, start: int, at: int, near: str) -> Figure | None:
    """The share that begins at a position; `near` are the characters behind it."""
    parts = "分之" in near
    if parts and (match := _PER_HUNDRED.match(text, at)):
        return _per_hundred(bounds, text, start, match)
    pattern = _SLASHED if near[:1] == "/" else _FRACTION if parts else None
    if pattern and (match := pattern.match(text, at)):
        return _fraction(bounds, text, start, match)
    if "成" in near and (match := _TENTHS.match(text, at)):
        return _tenths(bounds, text, start, match)
    match = _HALF.match(text, at) if text[at] in "过半一" else None
    if match is None:
        return None
    over = text[max(start, at - 1) : at] == "过"
    more = over or match.group() == "过半"
    figure = bounds.figure(
        text, start, at, match.end(), Decimal(50), None, "%", more, "quantity.half"
    )
    if over:
        figure.outer_start, figure.bound_at = at - 1, (at - 1, at)
    return figure


def _per_hundred(bounds: Bounds, text: str, start: int, match: re.Match[str]) -> Figure | None:
    """百分之九十八点五, 千分之3."""
    value = chinese(match[2]) if match[2] else Decimal(match[3])
    if value is None:
        return None
    at, stop, unit = match.start(), match.end(), _UNITS[match[1]]
    return bounds.figure(
        text, start, at, stop, value, None, unit, match[4], "quantity.percent_words"
    )


def _fraction(bounds: Bounds, text: str, start: int, match: re.Match[str]) -> Figure | None:
    """三分之二强, 1/3, to two decimals."""
    below, above = _whole(match["below"]), _whole(match["above"])
    if not below or above is None or above >= below:
        return None
    value = (above * 100 / below).quantize(Decimal("0.01"), ROUND_HALF_UP)
    whole = value.to_integral_value()
    value = whole if value == whole else value.normalize()
    more = match["more"] or ""
    stop = match.end() - (more in ("强", "弱"))
    figure = bounds.figure(
        text, start, match.start(), stop, value, None, "%", None, "quantity.fraction"
    )
    if more and figure.bound == "=":
        figure.bound = "<" if more == "弱" else ">"
        figure.bound_at = (match.end() - 1, match.end())
        figure.outer_end = match.end()
    return figure


def _tenths(bounds: Bounds, text: str, start: int, match: re.Match[str]) -> Figure | None:
    """七成, 九成五, 七至八成."""
    tens = _whole(match[2])
    extra = Decimal(5) if match[3] == "半" else _whole(match[3]) if match[3] else Decimal(0)
    assert tens is not None and extra is not None
    value, top = tens * 10 + extra, None
    if match[1]:
        low = _whole(match[1])
        assert low is not None
        if low * 10 >= value:
            return None
        value, top = low * 10, value
    return bounds.figure(
        text, start, match.start(), match.end(), value, top, "%", match[4], "quantity.tenths"
    )


def _whole(word: str) -> Decimal | None:
    return Decimal(word) if word.isdecimal() else chinese(word)
