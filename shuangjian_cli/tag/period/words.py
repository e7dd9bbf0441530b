"""The words of a `vocabulary.toml`, as patterns, and how numbers among them are read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

_DIGIT = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}


@cache
def vocabulary(module: str) -> dict[str, Any]:
    """The vocabulary that lies beside a module (its `__file__`), table by table."""
    return tomllib.loads(Path(module).with_name("vocabulary.toml").read_text("utf-8"))


def either(*lists: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first; no word is read as a pattern."""
    found = sorted({word for words in lists for word in words}, key=lambda w: (-len(w), w))
    return "|".join(map(re.escape, found))


def number(word: str) -> int:
    """A small number in figures or in Chinese: 12, 十二, 二十, 两; four digits in a row: 二〇二三."""
    if word.isdecimal():
        return int(word)
    if len(word) == 4:
        return int("".join(str(_DIGIT[c]) for c in word))
    tens, ten, ones = word.rpartition("十")
    return (_DIGIT.get(tens, 1) * 10 if ten else 0) + _DIGIT.get(ones, 0)
