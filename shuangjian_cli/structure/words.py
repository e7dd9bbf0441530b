"""The vocabulary of structure, read once when first asked for."""

from __future__ import annotations

import re
from functools import cached_property

from shuangjian_cli.data import load
from shuangjian_cli.patterns import WordList, regex


class _Vocabulary:
    """The word lists of `vocabulary.toml`."""

    @cached_property
    def keys(self) -> dict[str, str]:
        """The field that each key before a masthead's colon names."""
        return {
            key: name for name, words in load(__file__)["masthead"].items() for key in words.split()
        }

    @cached_property
    def furniture_whole(self) -> frozenset[str]:
        return frozenset(load(__file__)["furniture"]["whole"].split())

    @cached_property
    def furniture_opening(self) -> tuple[str, ...]:
        return tuple(load(__file__)["furniture"]["opening"].split())

    @cached_property
    def furniture_part(self) -> re.Pattern[str]:
        return regex("|".join(map(re.escape, load(__file__)["furniture"]["part"].split())))

    @cached_property
    def others(self) -> tuple[str, ...]:
        return tuple(load(__file__)["furniture"]["others"].split())

    @cached_property
    def note_opening(self) -> tuple[str, ...]:
        return tuple(load(__file__)["note"]["opening"].split())

    @cached_property
    def byline_ending(self) -> tuple[str, ...]:
        return tuple(load(__file__)["byline"]["ending"].split())

    @cached_property
    def title(self) -> WordList:
        return WordList(load(__file__)["title"]["words"].split())


VOCABULARY = _Vocabulary()
