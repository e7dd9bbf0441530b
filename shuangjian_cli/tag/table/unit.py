"""Units as the heads, captions and cells of a table write them: （万人）, 单位：元/生, 所."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from shuangjian_cli.patterns import regex, worded
from shuangjian_cli.tag.quantity.numeral import magnitude

_SCALE = regex(r"[十百千]?(?:万亿|亿|万)|[十百千]")
_PER = regex(r"[/每]([^/（）]{1,6}(?:/[^/（）]{1,4})?)")
SHARE = worded(r"(?:{units.shares})$", __file__)
"""How the name of a share ends."""
_SCHOOLS = worded(r"(?:{units.bodies})(?:总|个)?数$", __file__)
_PEOPLE = frozenset("人名")


class Unit(NamedTuple):
    """A unit's name, the factor that its magnitude gives, and where it stands (folded)."""

    name: str | None
    scale: int
    start: int
    end: int


class Units:
    """Reads units by the spellings of the rules."""

    def __init__(self, spellings: Mapping[str, str]) -> None:
        self._names = spellings
        self._longest = max(map(len, spellings), default=0)

    def read(self, words: str) -> tuple[str | None, int] | None:
        """Name and factor of a whole unit: 万人 is 人 and 10000; None where the words are none."""
        words = words.strip().removeprefix("单位：").removeprefix("单位").strip(" ±+-")
        if not words or len(words) > self._longest + 14:
            return None
        if words in self._names:
            return self._names[words], 1
        scale = _SCALE.match(words)
        base = words[scale.end() :] if scale else words
        factor = magnitude(scale.group()) if scale else 1
        if scale and not base:
            return None, factor
        per = next((m for m in _PER.finditer(base) if base[: m.start()] in self._names), None)
        if per is not None and per.end() == len(base):
            return f"{self._names[base[: per.start()]]}/{per[1]}", factor
        name = self._names.get(base)
        return (name, factor) if name else None

    def beginning(self, text: str, start: int, limit: int) -> tuple[int, str] | None:
        """The longest unit that begins at a position and ends at `limit` at the latest: where it
        ends, and its name."""
        for size in range(min(self._longest, limit - start), 0, -1):
            name = self._names.get(text[start : start + size])
            if name is not None:
                end = start + size
                per = _PER.match(text, end, limit)
                return (per.end(), f"{name}/{per[1]}") if per else (end, name)
        return None


def suits(unit: Unit, counted: str) -> bool:
    """Whether a unit is that of what is counted: 所 of schools, 人 of people."""
    name = unit.name or ""
    if SHARE.search(counted):
        return name in ("%", "‰")
    if _SCHOOLS.search(counted):
        return name in ("所", "个", "家", "班")
    return name in ("人", "名") if counted else False


def may_suit(unit: Unit, counted: str) -> bool:
    """Whether the one unit of a table may be that of what is counted."""
    people = unit.name in _PEOPLE
    return not (people and (SHARE.search(counted) or _SCHOOLS.search(counted)))
