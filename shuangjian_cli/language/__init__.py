"""Chinese and English labels for what people read; field names in data are never translated.

English names of provinces are those of GB/T 28039 and the conventional names of the autonomous
regions. A thing without a label is shown under its own name.
"""

import os
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from shuangjian_cli.data import load

if TYPE_CHECKING:
    from shuangjian_cli.tag.pack import Rules

T = TypeVar("T")
Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


def default_language(environment: Mapping[str, str] = os.environ) -> Language:
    """The language of the locale: `zh` for any Chinese locale, else `en`.

    Reads SHUANGJIAN_LANG, LC_ALL, LC_MESSAGES and LANG: the first that is set, as POSIX has it.
    """
    for name in ("SHUANGJIAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return "zh" if value.lower().startswith(("zh", "chinese")) else "en"
    return "en"


class Province:
    """A province-level division: official, short and English name, code, place on a tile map."""

    __slots__ = ("en", "iso", "name", "short", "tile")

    def __init__(self, name: str, short: str, en: str, iso: str, tile: tuple[int, int]) -> None:
        self.name = name
        self.short = short
        self.en = en
        self.iso = iso
        self.tile = tile


@cache
def provinces() -> Mapping[str, Province]:
    """The 34 divisions and 兵团 by official name, in the order of GB/T 2260."""
    return {
        row["name"]: Province(row["name"], row["short"], row["en"], row["iso"], tuple(row["tile"]))
        for row in load(__file__, "provinces.toml")["province"]
    }


def _labels() -> dict[str, Any]:
    return load(__file__, "labels.toml")


class Labels:
    """Every label in one language. `rules` name pillars and metrics, None for the built-in ones."""

    __slots__ = ("language", "rules")

    def __init__(self, language: Language, rules: "Rules | None" = None) -> None:
        self.language = language
        self.rules = rules

    def text(self, key: str, *values: object) -> str:
        """A sentence of the interface with its blanks filled; KeyError for an unknown key."""
        pair: list[str] = _labels()["text"][key]
        return self.pick(pair).format(*values)

    def of(self, kind: str, key: str | None) -> str:
        """The label of a field's name or value; `kind` is a table of labels.toml."""
        if key is None:
            return ""
        pair = _labels()[kind].get(key)
        return key if pair is None else self.pick(pair)

    def table(self, kind: str) -> dict[str, str]:
        """All labels of a table of labels.toml."""
        return {key: self.pick(pair) for key, pair in _labels()[kind].items()}

    def field(self, name: str) -> str:
        """The heading of a column."""
        return self.of("field", name)

    def heading(self, name: str) -> str:
        """What stands over a column: of a field, a pillar, a place or the note on one."""
        place, note, rest = name.rpartition(" note")
        if note and not rest:
            return self.text("note_of", place)
        if name == "none":
            return self.text("none")
        said = self.field(name)
        return said if said != name else self.pillar(name)

    def pair(self, name: str, value: Any) -> tuple[str, str]:
        """A field's name and value as people read them; a value without a label as it is."""
        from shuangjian_cli.write.values import flat

        named = {"metric": self.metric, "pillar": self.pillar, "unit": self.unit}
        if name in named:
            return self.field(name), named[name](value)
        if isinstance(value, bool):
            return self.field(name), self.of("flag", flat(value))
        values = value if isinstance(value, list) else [value]
        if name in _labels() and value is not None:
            return self.field(name), "；".join(self.of(name, str(each)) for each in values)
        return self.field(name), flat(value)

    def unit(self, unit: str | None) -> str:
        """A unit; a compound (元/人) part by part."""
        if unit is None:
            return ""
        units = _labels()["unit"]
        if unit in units or "/" not in unit:
            return self.of("unit", unit)
        return "/".join(self.of("unit", part) or part for part in unit.split("/"))

    def province(self, name: str | None, *, short: bool = False) -> str:
        """A province under its official or short name; a place that is none stays as it is."""
        if name is None:
            return self.text("nowhere")
        if name == "全国":
            return self.pick(("全国", "National"))
        known = provinces().get(name)
        if known is None:
            return name
        if self.language == "en":
            return known.en
        return known.short if short else known.name

    def pillar(self, pillar: str | None) -> str:
        """A pillar of the catalogue; None is what belongs to no pillar."""
        if pillar is None:
            return self.text("none")
        known = self._catalogue().pillars.get(pillar)
        return pillar if known is None else self.pick((known.name, known.name_en))

    def metric(self, metric: str | None) -> str:
        """A metric of the catalogue; None is what no entry covers."""
        if metric is None:
            return self.text("no_metric")
        known = self._catalogue().metrics.get(metric)
        return metric if known is None else self.pick((known.name, known.name_en))

    def _catalogue(self) -> "Rules":
        from shuangjian_cli.tag.pack import load_builtin

        return self.rules or load_builtin()

    def pick(self, pair: Sequence[T]) -> T:
        """Of a pair in Chinese and English, the one in this language."""
        return pair[LANGUAGES.index(self.language)]


@cache
def labels(language: Language, rules: "Rules | None" = None) -> Labels:
    """The labels in a language."""
    return Labels(language, rules)
