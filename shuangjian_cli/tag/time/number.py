"""How numbers among the words of a period are read."""

from __future__ import annotations

_DIGIT = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}


def number(word: str) -> int:
    """A small number in figures or in Chinese: 12, 十二, 二十, 两; four digits in a row: 二〇二三."""
    if word.isdecimal():
        return int(word)
    if len(word) == 4:
        return int("".join(str(_DIGIT[c]) for c in word))
    tens, ten, ones = word.rpartition("十")
    return (_DIGIT.get(tens, 1) * 10 if ten else 0) + _DIGIT.get(ones, 0)
