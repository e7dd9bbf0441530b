"""The number in a cell: 1 234, ≥95, 26万-28万人, 14:1-16:1, 95以上, -1.4, 3341②; or two: 120（38%）."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import NamedTuple

from shuangjian_cli.data import load
from shuangjian_cli.patterns import regex, worded
from shuangjian_cli.structure.tables.content import HAN_NUMBER
from shuangjian_cli.tag.quantity import Figure
from shuangjian_cli.tag.quantity.numeral import arabic, chinese, magnitude
from shuangjian_cli.tag.table.unit import Unit, Units

_DIGITS = r"\d{1,3}(?:[,， ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
_SCALE = r"(?:[十百千]?(?:万亿|亿|万)|[千百](?![分]))"
_NUMBER = regex(
    rf"(?P<sign>[-+](?=[\d.]))?(?P<digits>{_DIGITS})(?P<more1>[余多])?(?P<scale>{_SCALE})?(?P<more2>[余多])?"
)
_DIGIT = regex(r"\d")
_BARE = regex(r"\d+(?:\.\d+)?")
_HAN = regex(
    r"(?P<digits>[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+)?)(?P<more>[余多])?"
)
_RATIO = regex(r" ?[:：∶] ?")
_BESIDE = worded(r" ?（(?:{value.beside})? ?", __file__)
_STOP = regex(r"[\u4e00-\u9fff]{0,2} ?[，、；] ?| (?=[\d.]+%)")
"""What stands between the values of a cell, a noun of the first too: 10个|班，|400人."""
_NOUN = 2
"""How long the noun behind the last of them is at most."""
_TO = regex(r" ?[-—–~～至到]{1,2} ?")
_LEAD = regex(
    "[（(\\[]?(?:最[高低多少](?![\\d ]))?(?P<bound>[^\\d.+\\-（(\\[]{0,4}?) ?(?=[-+]?[\\d.]|[零〇一二两三四五六七八九十百千])"
)


_NAME = regex(r"(?![共约近超逾达第每不至最仅])[\u4e00-\u9fff]{2,8}(?=\d)")


@cache
def _bounds(place: str) -> dict[str, str]:
    """The sign of each word or mark that bounds a number, `before` or `after` it."""
    listed: dict[str, str] = load(__file__)["bound"][place]
    return {word: sign for sign, words in listed.items() for word in words.split()}


class Value(NamedTuple):
    """A number as read: its figure, and whether a sign before it tells its direction."""

    figure: Figure
    sign: str | None


class _Part(NamedTuple):
    value: Decimal
    scale: int
    more: str | None
    unit: str | None
    unit_at: tuple[int, int]
    end: int
    sign: str | None


def values(text: str, start: int, end: int, unit: Unit | None, units: Units) -> list[Value]:
    """The numbers of the cell text[start:end]: none, one, or more with units of their own, in brackets
    (120（38%）) or one after another (102人，39册). `unit` is what its heads say, and gives way to the cell's own."""
    if is_plain(said := text[start:end]):
        return [_alone(said, start, end, unit)]
    first = _value(text, start, end, unit, units)
    if first is None:
        return []
    beside = _BESIDE.match(text, first.figure.end, end)
    part = _part(text, beside.end(), end, units) if beside else None
    if beside is not None and part is not None and part.unit is not None:
        is_closed = text.startswith("）", part.end, end)
        return [first, _own(beside.end(), part)] if is_closed else [first]
    return [first, *_others(text, first.figure.end, end, units)]


def _others(text: str, at: int, end: int, units: Units) -> list[Value]:
    """The values behind the first of a cell, each with a unit of its own: 102人|，39册; none where anything
    else stands among them."""
    out: list[Value] = []
    while (stop := _STOP.match(text, at, end)) is not None:
        part = _part(text, stop.end(), end, units)
        if part is None or part.unit is None:
            return []
        out.append(_own(stop.end(), part))
        at = part.end
    return out if end - at <= _NOUN else []


def _own(at: int, part: _Part) -> Value:
    """A value that begins at `at` and has its unit."""
    number = _plain(part.value * part.scale)
    bound = ">" if part.more else "="
    span = at, part.end
    return Value(
        Figure(*span, number, None, part.unit, bound, *span, "table.value", unit_at=part.unit_at),
        part.sign,
    )


def _value(text: str, start: int, end: int, unit: Unit | None, units: Units) -> Value | None:
    lead = _LEAD.match(text, start, end)
    if lead is None:
        return None
    begin = lead.end()
    first = _part(text, begin, end, units)
    if first is None:
        return None
    second: _Part | None = None
    ratio = _ratio(text, begin, first, end, units)
    if ratio is not None:
        return ratio
    to = _TO.match(text, first.end, end)
    if to is not None:
        second = _part(text, to.end(), end, units)
        if second is not None and second.sign:
            second = None
    last = second or first
    own = last.unit or first.unit
    scale = last.scale if last.scale > 1 else first.scale
    name, factor, unit_at = own, 1, last.unit_at
    if unit is not None and own is None:
        name, unit_at = unit.name, (unit.start, unit.end)
        factor = unit.scale if scale == 1 else 1
    if second is not None and first.scale == 1 and first.unit is None:
        low = first.value * (last.scale if last.scale > 1 else factor)
    else:
        low = first.value * first.scale * (factor if first.scale == 1 else 1)
    high = None
    if second is not None:
        high = _plain(second.value * second.scale * (factor if second.scale == 1 else 1))
    bound = _bounds("before").get(lead["bound"].strip(), "=") if lead["bound"] else "="
    bound_at = lead.span("bound") if lead["bound"] and bound != "=" else (-1, -1)
    outer = last.end
    for word, sign in _bounds("after").items():
        if text.startswith(word, last.end, end):
            outer = last.end + len(word)
            if bound in ("=", "~"):
                bound, bound_at = sign, (last.end, outer)
            break
    if bound == "=" and (first.more or last.more):
        bound = ">"
    figure = Figure(
        begin,
        last.end,
        _plain(low),
        high,
        name,
        bound,
        lead.start(),
        outer,
        "table.value",
        bound_at=bound_at,
        unit_at=unit_at,
    )
    return Value(figure, first.sign)


def name_before(said: str) -> int:
    """How many characters of a cell say before its number whose it is: 城区|900; none where they only
    bound it."""
    named = _NAME.match(said)
    return named.end() if named is not None and named.group() not in _bounds("before") else 0


def may_count(said: str) -> bool:
    """Whether a cell holds a digit, or a number in words."""
    return (
        said.isdecimal()
        or _DIGIT.search(said) is not None
        or HAN_NUMBER.fullmatch(said) is not None
    )


def is_plain(said: str) -> bool:
    """Whether a cell holds a number alone, as most do."""
    return said.isdecimal() or _BARE.fullmatch(said) is not None


def amount(digits: str, scale: int) -> Decimal:
    """What a number alone amounts to, in a unit with a factor."""
    number = Decimal(digits)
    if scale != 1:
        number *= scale
    return number if digits.isdecimal() else _plain(number)


def _alone(digits: str, start: int, end: int, unit: Unit | None) -> Value:
    name, scale, first, last = unit if unit is not None else (None, 1, -1, -1)
    number, at = amount(digits, scale), (first, last)
    return Value(
        Figure(start, end, number, None, name, "=", start, end, "table.value", unit_at=at), None
    )


def _plain(number: Decimal) -> Decimal:
    """5.80万 is 58000, not 58000.00."""
    whole = number.to_integral_value()
    return Decimal(int(whole)) if whole == number and abs(number) >= 1000 else number


def _part(text: str, at: int, end: int, units: Units) -> _Part | None:
    match = _NUMBER.match(text, at, end)
    if match is not None:
        number = arabic(match["digits"].replace("，", ","))
        scale = magnitude(match["scale"] or "")
        more = match["more1"] or match["more2"]
    else:
        match = _HAN.match(text, at, end)
        spelled = chinese(match["digits"]) if match else None
        if match is None or spelled is None:
            return None
        number, scale, more = spelled, 1, match["more"]
    stop = match.end()
    unit = units.beginning(text, stop, end)
    sign = match["sign"] if "sign" in match.re.groupindex else None
    if unit is None:
        return _Part(number, scale, more, None, (-1, -1), stop, sign)
    return _Part(number, scale, more, unit[1], (stop, unit[0]), unit[0], sign)


def _ratio(text: str, begin: int, first: _Part, end: int, units: Units) -> Value | None:
    """15.2:1, 1:19 and 14:1-16:1: the side that is not one, in ∶1 or 1∶."""
    colon = _RATIO.match(text, first.end, end)
    second = _part(text, colon.end(), end, units) if colon else None
    if second is None or 1 not in (first.value, second.value) or first.unit or second.unit:
        return None
    to_one = second.value == 1
    value, top, stop = first.value if to_one else second.value, None, second.end
    to = _TO.match(text, stop, end)
    if to is not None:
        third = _part(text, to.end(), end, units)
        colon = _RATIO.match(text, third.end, end) if third else None
        fourth = _part(text, colon.end(), end, units) if colon else None
        if third is not None and fourth is not None and 1 in (third.value, fourth.value):
            top, stop = third.value if to_one else fourth.value, fourth.end
    name = "∶1" if to_one else "1∶"
    return Value(
        Figure(
            begin, stop, value, top, name, "=", begin, stop, "table.value", unit_at=(begin, stop)
        ),
        None,
    )
