"""Claims without a numeral: 全覆盖, 清零, 零发生, 翻一番, 首位."""

from __future__ import annotations

from decimal import Decimal

from shuangjian_cli.patterns import regex
from shuangjian_cli.tag.quantity.figure import Figure, Refused
from shuangjian_cli.tag.quantity.ranks import Ranks

HEADS = "动清全翻首榜"
_CLAIM = regex(r"(?:动态)?清零|全覆盖|零发生|零事故|翻了?[一两三]?番|首位|榜首")
_TIMES = {"两": 300, "三": 700}


def claim(ranks: Ranks, text: str, start: int, at: int) -> Figure | Refused | None:
    """The claim that begins at a position."""
    match = _CLAIM.match(text, at)
    if match is None:
        return None
    word, stop = match.group(), match.end()
    if text.startswith("率", stop):
        return Refused(at, stop, "name")
    value, unit = Decimal(0), None
    if word in ("首位", "榜首"):
        if not ranks.is_first(text, start, at):
            return Refused(at, stop, "name")
        value, unit = Decimal(1), "位"
    elif word == "全覆盖":
        value, unit = Decimal(100), "%"
    elif "番" in word:
        value, unit = Decimal(_TIMES.get(word[-2], 100)), "%"
    rule = "quantity.claim"
    return Figure(at, stop, value, None, unit, "=", at, stop, rule, implied=True, claim=rule)
