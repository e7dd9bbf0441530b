"""Signs before a numeral: 增长率-1.5‰ is negative, 小学-30所 has a dash."""

from __future__ import annotations

from shuangjian_cli.patterns import worded
from shuangjian_cli.tag.quantity.units import Unit

_DASHES = frozenset("-—~～–")
_ENDS = frozenset("0123456789%‰")
"""What the first number of a range ends with."""
_MINUS = ("零下", "负", "-")
_HINTS = frozenset((*_DASHES, "下"))
_REACH = 12
_MOVABLE = frozenset(("%", "‰", "百分点", "度", "摄氏度", "分", "倍"))


Sign = tuple[int, bool]
"""Where a numeral begins with its sign, and whether it is negative."""


class Signs:
    """The words in the vocabulary behind which a dash is a sign."""

    def __init__(self, words: dict[str, str]) -> None:
        self._signed = worded(r"(?:{sign.after}|[、，（：|])(?:约|近)?$", __file__)
        self._shrinking = worded(r"(?:{sign.shrinking})(?:率|速度?)?[为达至到]?$", __file__)

    def read(self, text: str, start: int, at: int, unit: Unit | None) -> Sign | str:
        """The sign of the numeral at a position of a sentence that begins at `start`, or why what
        stands before it lets no reading stand."""
        low = max(start, at - _REACH)
        if text[at - 1 : at] not in _HINTS and "负" not in text[low:at]:
            return at, False
        mark = next((m for m in _MINUS if text.endswith(m, start, at)), None)
        before = text[at - 2 : at - 1] if at - 2 >= start else ""
        if at > start and text[at - 1] in _DASHES and before in _ENDS:
            return "no range"
        if mark is None or before in _DASHES:
            return at, self._shrinking.search(text, low, at) is not None
        begin = at - len(mark)
        if mark == "零下":
            return begin, True
        if begin > start and self._signed.search(text, low, begin):
            return begin, True
        movable = unit is not None and (unit.name in _MOVABLE or unit.name.endswith("元"))
        if mark == "-" and movable and "\u4e00" <= before <= "\u9fff":
            return "a sign or a dash"
        return at, False
