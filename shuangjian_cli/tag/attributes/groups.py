"""Groups: which part of a stage or metric a subject is about (公办, 农村, 困难, …)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from shuangjian_cli.data import load
from shuangjian_cli.model import GROUPS
from shuangjian_cli.tag.attributes.match import Match
from shuangjian_cli.tag.words import Lexicon

_NONE = Match("attributes.no_groups")
_REMEMBERED = 1024


@cache
def _lexicon() -> tuple[Lexicon, dict[str, tuple[str, ...]]]:
    """The lexicon, and the groups of each of its words; none for words that only look so."""
    table = load(__file__)
    groups: dict[str, tuple[str, ...]] = dict.fromkeys(table["groups_without"]["words"].split(), ())
    for group, words in table["groups"].items():
        for word in words.split():
            groups[word] = (*groups.get(word, ()), group)
    return Lexicon(groups), groups


def group_words() -> Iterable[str]:
    """The words that groups are told by."""
    return _lexicon()[0]


@lru_cache(maxsize=_REMEMBERED)
def groups(subject: str) -> tuple[tuple[str, ...], Match]:
    """The groups that a folded subject names, in the order of `GROUPS`."""
    lexicon, known = _lexicon()
    found = {word: known[word] for word in lexicon.read(subject) if known[word]}
    if not found:
        return (), _NONE
    named = {group for each in found.values() for group in each}
    return tuple(group for group in GROUPS if group in named), Match(
        "attributes.groups", tuple(found)
    )


def groups_within(subject: str, head: str) -> tuple[tuple[str, ...], Match]:
    """The groups that a subject names, or else those of the school type with which its item opens:
    民办教育：|在校生|900人."""
    named = groups(subject)
    return groups(head) if head and not named[0] else named
