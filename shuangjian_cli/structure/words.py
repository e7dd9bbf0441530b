"""The vocabulary of structure, compiled once when first asked for."""

from __future__ import annotations

import re
import tomllib
from functools import cached_property
from pathlib import Path


def _alternation(words: str) -> str:
    return "|".join(re.escape(w) for w in sorted(words.split(), key=len, reverse=True))


class _Vocabulary:
    """Compiled word lists of `vocabulary.toml`."""

    @cached_property
    def _data(self) -> dict[str, dict[str, str]]:
        raw = Path(__file__).with_name("vocabulary.toml").read_text(encoding="utf-8")
        return tomllib.loads(raw)

    @cached_property
    def keys(self) -> dict[str, tuple[str, ...]]:
        """For each field, the words that stand before the colon in a masthead."""
        return {name: tuple(words.split()) for name, words in self._data["masthead"].items()}

    @cached_property
    def furniture_whole(self) -> frozenset[str]:
        return frozenset(self._data["furniture"]["whole"].split())

    @cached_property
    def furniture_part(self) -> re.Pattern[str]:
        return re.compile(_alternation(self._data["furniture"]["part"]))

    @cached_property
    def note_opening(self) -> re.Pattern[str]:
        return re.compile(_alternation(self._data["note"]["opening"]))

    @cached_property
    def byline_ending(self) -> re.Pattern[str]:
        return re.compile(f"(?:{_alternation(self._data['byline']['ending'])})$")

    @cached_property
    def title(self) -> re.Pattern[str]:
        return re.compile(_alternation(self._data["title"]["words"]))


VOCABULARY = _Vocabulary()
