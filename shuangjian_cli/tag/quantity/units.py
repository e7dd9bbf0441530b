"""Units as a text writes them, and what denies them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from shuangjian_cli.patterns import WordList, either, regex, worded

_COUNTED = "每?(?:{per.counted})"
_BESIDE = "[·•/.、每]"
_PER = worded(
    f"/(?:{_COUNTED}(?:{_BESIDE}{_COUNTED})?|（{_COUNTED}{_BESIDE}{_COUNTED}）)", __file__
)
"""What an amount is for each of, or for each of two: 元/人, 元/生·小时, 元/（班·学期）."""
_ALIKE = "台件套只张把架组"
_OR = regex(f"(?:/[{_ALIKE}])+")
"""设备9台|/件/套: the unit is all of them."""


class Unit:
    """A unit as written: how long it is, its spelling, and its name with per what it counts; `body`:
    it is the noun itself that is counted (六区)."""

    __slots__ = ("base", "body", "name", "size")

    def __init__(self, size: int, base: str, name: str, body: bool = False) -> None:
        self.size = size
        self.base = base
        self.name = name
        self.body = body


class Units:
    """The units of a rule pack. `spellings` maps each spelling to its unit's name, `not_before`
    to the words that deny it where they follow (5名|校). `bodies` are the places and bodies that
    are counted without a measure word (六区, 两机构), and what makes a longer word of one."""

    def __init__(
        self,
        spellings: Mapping[str, str],
        not_before: Mapping[str, Iterable[str]],
        bodies: Mapping[str, str],
    ) -> None:
        self._units: dict[str, list[Unit]] = {}
        for base in sorted(spellings, key=len, reverse=True):
            self._units.setdefault(base[0], []).append(Unit(len(base), base, spellings[base]))
        self._not_before = {unit: tuple(stops) for unit, stops in not_before.items() if stops}
        longer = either(bodies["not_followed_by"].split())
        self._bodies = WordList(bodies["words"].split(), after=f"(?!{longer})")
        self.heads = frozenset((*self._units, *self._bodies.heads))
        """The characters that units begin with."""
        self.single = frozenset(unit for unit in spellings if len(unit) == 1)

    def at(self, text: str, at: int, end: int) -> Unit | None:
        """The unit at a position, the longest that no word behind it denies."""
        for unit in self._units.get(text[at : at + 1], ()):
            if text.startswith(unit.base, at, end):
                stop = at + unit.size
                stops = self._not_before.get(unit.base)
                if stops is None or not text.startswith(stops, stop, end):
                    if not text.startswith("/", stop):
                        return unit
                    other = _OR.match(text, stop, end) if unit.base in _ALIKE else None
                    if other is not None:
                        return Unit(other.end() - at, unit.base, unit.name + other.group())
                    per = _PER.match(text, stop, end)
                    if per is None:
                        return unit
                    return Unit(per.end() - at, unit.base, unit.name + per.group())
        body = self._bodies.match(text, at, end)
        return Unit(body.end() - at, body.group(), body.group(), True) if body else None
