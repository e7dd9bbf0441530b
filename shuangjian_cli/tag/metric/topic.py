"""Whether words speak of the field, of other fields or of none."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from ..rules import Rules
from ..words import TITLES

MOST = 1000
"""How much of a text is asked."""
_SUBJECTS = 1024
"""For how many subjects an answer is remembered."""
_OPENING = 6_000
_TOPICAL_DENSITY = 0.02


def verdict(rules: Rules, said: frozenset[str]) -> bool | None:
    """Whether words speak of the field alone; None where they speak of no field."""
    if not said:
        return None
    if not said.isdisjoint(rules.other_words):
        return False
    return True if not said.isdisjoint(rules.topic_words) else None


@lru_cache(maxsize=TITLES)
def spoken(rules: Rules, text: str) -> frozenset[str]:
    """The words of any field in a title or in what several figures share: a clause, an opening."""
    return rules.topic_lexicon.longest(text)


@lru_cache(maxsize=_SUBJECTS)
def of_subject(rules: Rules, subject: str) -> frozenset[str]:
    """The words of any field in a subject, which several figures of a text have."""
    return rules.topic_lexicon.longest(subject)


def document_topical(rules: Rules, title: str | None, sentences: Iterable[str]) -> bool:
    """Whether a whole document is about the field: by its title, or by how often it says so.

    In bulletins about education 4 to 10 of 100 characters begin one of its words, in reports of a
    government less than 1.
    """
    by_title = verdict(rules, spoken(rules, title[:MOST])) if title else None
    if by_title is not None:
        return by_title
    text = ""
    for sentence in sentences:
        if len(text) >= _OPENING:
            break
        text += sentence
    text = text[:_OPENING]
    said = sum(word in rules.topic_words for word in rules.topic_lexicon.read(text))
    return said > _TOPICAL_DENSITY * len(text)
