"""The vocabulary of structure, read once when first asked for."""

from __future__ import annotations

import re
import tomllib
from functools import cached_property
from pathlib import Path

from shuangjian_cli.patterns import WordList, regex


class _Vocabulary:
    """The word lists of `vocabulary.toml`."""

    @cached_property
    def _data(self) -> dict[str, dict[str, str]]:
        raw = Path(__file__).with_name("vocabulary.toml").read_text(encoding="utf-8")
        return tomllib.loads(raw)

    @cached_property
    def keys(self) -> dict[str, str]:
        """The field that each key before a masthead's colon names."""
        return {
            key: name for name, words in self._data["masthead"].items() for key in words.split()
        }

    @cached_property
    def furniture_whole(self) -> frozenset[str]:
        return frozenset(self._data["furniture"]["whole"].split())

    @cached_property
    def furniture_part(self) -> re.Pattern[str]:
        return regex("|".join(map(re.escape, self._data["furniture"]["part"].split())))

    @cached_property
    def note_opening(self) -> tuple[str, ...]:
        return tuple(self._data["note"]["opening"].split())

    @cached_property
    def byline_ending(self) -> tuple[str, ...]:
        return tuple(self._data["byline"]["ending"].split())

    @cached_property
    def title(self) -> WordList:
        return WordList(self._data["title"]["words"].split())


VOCABULARY = _Vocabulary()
