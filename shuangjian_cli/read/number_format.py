"""What a cell of a workbook shows of its number: 0.963 under `0.0%` is 96.3%.

The codes are those of ECMA-376, section 18.8.31: up to four sections for positive and negative
numbers, zero and text, of digit places, literals, scaling commas, per cent, and dates.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    11: "0.00E+00", 12: "General", 13: "General", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: "#,##0", 42: "#,##0", 43: "#,##0.00", 44: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mm:ss", 48: "0.0E+0", 49: "@", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"', 55: 'yyyy"年"m"月"',
    56: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""The formats that have a number and no code, as a Chinese Excel shows them."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]|(?P<place>[0#?])'
    r"|(?P<exponent>[eE][+-])|(?P<half>AM/PM|am/pm|上午/下午)"
    r"|(?P<date>y+|m+|d+|h+|s+|a{3,4}|Y+|M+|D+|H+|S+|b+|g+)|(?P<general>General|G/通用格式)"
    r"|(?P<other>.)",
    re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_CURRENCY = re.compile(r"\$([^-]*)")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_PRECISION = ".15g"  # significant digits, as many as Excel keeps
_WIDTH = 11  # characters of a number without a format
_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "=": lambda a, b: a == b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
    "<>": lambda a, b: a != b,
}
_WEEKDAYS = "一二三四五六日"


class _Section:
    """One section of a code: its tokens as (kind, text), and when it holds."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.condition: tuple[str, Decimal] | None = None
        self.is_date = False
        self.tokens: list[tuple[str, str]] = []
        for kind, text in tokens:
            if kind != "bracket":
                self.is_date |= kind in ("date", "half")
                self.tokens.append((kind, text))
            elif found := _CONDITION.fullmatch(text):
                self.condition = found[1], Decimal(found[2])
            elif found := _CURRENCY.match(text):
                self.tokens.append(("literal", found[1]))
            elif _ELAPSED.fullmatch(text):
                self.is_date = True
                self.tokens.append(("elapsed", text.lower()))

    def literals(self) -> str:
        return "".join(text for kind, text in self.tokens if kind == "literal")


@lru_cache(maxsize=1024)
def formatter(code: str, epoch_1904: bool = False) -> Callable[[str], str]:
    """A function from a number, as a workbook writes it, to what its cell shows."""
    sections = _sections(code)

    def show(number: str) -> str:
        value = Decimal(format(float(number), _PRECISION))
        section, has_sign = _chosen(sections, value)
        if section is None or any(kind == "general" for kind, _ in section.tokens):
            around = section.literals() if section else ""
            return _general(value) + around
        if section.is_date:
            return _date(section, value, epoch_1904)
        if not any(kind == "place" for kind, _ in section.tokens):
            return section.literals() or _general(value)
        shown = _laid_out(section.tokens, abs(value))
        if value >= 0:
            return shown
        if has_sign and "(" in shown and ")" in shown:  # as accountants write what is less than 0
            return "-" + shown.replace("(", "").replace(")", "")
        return shown if has_sign and section.literals().strip() else f"-{shown}"

    return show


def _sections(code: str) -> list[_Section]:
    sections: list[list[tuple[str, str]]] = [[]]
    for token in _TOKEN.finditer(code):
        kind = token.lastgroup or ""
        text = token[0]
        if kind in ("quoted", "escaped"):
            sections[-1].append(("literal", token[kind] or ""))
        elif kind == "bracket":
            sections[-1].append((kind, token[kind]))
        elif kind == "other" and text == ";":
            sections.append([])
        elif kind == "other" and text not in ".,%@/":
            sections[-1].append(("literal", text))
        elif kind:
            sections[-1].append((text if kind == "other" else kind, text))
    return [_Section(tokens) for tokens in sections[:3]]


def _chosen(sections: list[_Section], value: Decimal) -> tuple[_Section | None, bool]:
    """The section for a number, and whether it is one of negative numbers, with their sign."""
    conditional = [section for section in sections if section.condition is not None]
    for section in conditional:
        assert section.condition is not None
        compare, limit = section.condition
        if _COMPARE[compare](value, limit):
            return section, compare in ("<", "<=") and limit <= 0
    rest = [section for section in sections if section.condition is None]
    if conditional or len(rest) < 2:
        return (rest[0] if rest else None), False
    if value < 0:
        return rest[1], True
    return rest[2 if value == 0 and len(rest) > 2 else 0], False


def _general(value: Decimal) -> str:
    """A number without a format: as many digits as a cell has space for."""
    if value == value.to_integral_value():
        return f"{value:.0f}"
    whole = len(str(int(abs(value))))
    if abs(value) < Decimal("1e-4"):
        return f"{value:f}"
    shown = f"{_rounded(value, max(0, _WIDTH - 1 - whole)):f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _laid_out(tokens: list[tuple[str, str]], value: Decimal) -> str:
    """A number in the places of a section."""
    places = [i for i, (kind, _) in enumerate(tokens) if kind == "place"]
    point = next((i for i, (kind, _) in enumerate(tokens) if kind == "."), len(tokens))
    exponent = next((i for i, (kind, _) in enumerate(tokens) if kind == "exponent"), len(tokens))
    if any(kind == "/" for kind, _ in tokens):  # a fraction
        return _general(value)
    whole = [i for i in places if i < min(point, exponent)]
    decimals = [i for i in places if point < i < exponent]
    last = max(whole, default=point - 1)
    commas = [i for i, (kind, _) in enumerate(tokens) if kind == ","]
    grouped = any(whole and whole[0] < i < last for i in commas)
    scaling = sum(last < i < min(point, exponent) for i in commas)
    if not scaling and decimals:
        scaling = sum(decimals[-1] < i for i in commas)
    value = value.scaleb(2 * sum(kind == "%" for kind, _ in tokens) - 3 * scaling)
    power = 0
    if exponent < len(tokens) and value:
        power = value.adjusted() - max(0, len(whole) - 1)
        value = value.scaleb(-power)
    digits, _, fraction = f"{_rounded(value, len(decimals)):f}".partition(".")
    least = sum(tokens[i][1] == "0" for i in whole)
    digits = digits.lstrip("0").rjust(least, "0")
    optional = 0
    while optional < len(decimals) and tokens[decimals[-1 - optional]][1] != "0":
        optional += 1
    while optional and fraction.endswith("0"):
        fraction, optional = fraction[:-1], optional - 1
    if grouped:
        digits = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", digits)
    spread = _spread(digits, whole, grouped)
    spread.update(zip(decimals, fraction, strict=False))
    out = []
    for i, (kind, text) in enumerate(tokens):
        if kind == "place":
            out.append(spread.get(i, "") if i < exponent else "")
        elif kind == ".":
            out.append("." if fraction else "")
        elif kind == "exponent":
            out.append(f"E{power:+03d}")
        elif kind in ("literal", "%"):
            out.append(text)
    return "".join(out).strip()


def _spread(digits: str, places: list[int], grouped: bool) -> dict[int, str]:
    """The digits before the point in their places; what is too much goes into the first."""
    if not places:
        return {}
    if grouped:
        return {places[0]: digits}
    tail = digits[-(len(places) - 1) :] if len(places) > 1 else ""
    spread = dict(zip(places[len(places) - len(tail) :], tail, strict=True))
    spread[places[0]] = digits[: len(digits) - len(tail)] + spread.get(places[0], "")
    return spread


def _date(section: _Section, value: Decimal, epoch_1904: bool) -> str:
    """A number of days as a date or time."""
    if value < 0:
        return _general(value)
    start = datetime(1904, 1, 1) if epoch_1904 else datetime(1899, 12, 30)
    if not epoch_1904 and value < 60:  # there is a 29 February 1900 in Excel
        start += timedelta(days=1)
    try:
        at = start + timedelta(seconds=round(float(value) * 86_400))
    except OverflowError:
        return _general(value)
    kinds = [kind for kind, _ in section.tokens]
    half = "half" in kinds
    out = []
    before = ""
    for i, (kind, text) in enumerate(section.tokens):
        if kind == "date":
            unit = text[0].lower()
            following = next((t[0].lower() for k, t in section.tokens[i + 1 :] if k == "date"), "")
            if unit == "m" and len(text) < 3 and (before == "h" or following == "s"):
                out.append(f"{at.minute:0{len(text)}}")
            else:
                out.append(_date_part(unit, len(text), at, half))
            before = unit
        elif kind == "elapsed":
            seconds = round(float(value) * 86_400)
            out.append(str(seconds // {"h": 3600, "m": 60, "s": 1}[text[0]]))
            before = text[0]
        elif kind == "half":
            out.append("上午" if at.hour < 12 else "下午")
        elif kind in ("literal", ".", ",", "/"):
            out.append(text)
    return "".join(out).strip()


def _date_part(unit: str, length: int, at: datetime, half: bool) -> str:
    match unit:
        case "y":
            return f"{at.year}" if length > 2 else f"{at.year % 100:02}"
        case "m":
            return f"{at.month:0{min(length, 2)}}" if length < 3 else f"{at.month}月"
        case "d":
            return f"{at.day:0{length}}" if length < 3 else f"星期{_WEEKDAYS[at.weekday()]}"
        case "a":
            return ("星期" if length > 3 else "") + _WEEKDAYS[at.weekday()]
        case "h":
            return f"{(at.hour - 1) % 12 + 1 if half else at.hour:0{min(length, 2)}}"
        case "s":
            return f"{at.second:0{min(length, 2)}}"
    return ""
