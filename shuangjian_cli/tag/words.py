"""Vocabulary: terms of one or more words, and a lexicon that finds thousands of words at once.

A *word* is a run of at least two characters that is looked for literally. A *term* is one or
more words joined by `+` that must all occur, in any order; each may offer alternatives with `|`:
`课后服务+参与|参加` is 课后服务 with 参与 or with 参加.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from operator import add
from typing import NamedTuple

REMEMBERED = 4096
"""How many texts a memory of answers holds before it starts anew."""
_READ = 1000


class Term(NamedTuple):
    """Words that must all occur; `size` is their length together: longer is more specific."""

    parts: tuple[str, ...]
    size: int

    @property
    def longest(self) -> str:
        """Its longest word, the first of several."""
        return self.parts[0] if len(self.parts) == 1 else max(self.parts, key=len)


def terms(words: Iterable[str]) -> tuple[Term, ...]:
    """The terms written `a`, `a+b` or `a|b+c`, alternatives multiplied out, without repeats."""
    out: dict[tuple[str, ...], None] = {}
    for word in words:
        if "+" in word or "|" in word:
            out.update(dict.fromkeys(product(*(part.split("|") for part in word.split("+")))))
        else:
            out[(word,)] = None
    return tuple([Term(parts, sum(map(len, parts))) for parts in out])


class Lexicon:
    """Finds every known word in a text; time grows with the text, not with the lexicon.

    Answers are remembered, and of a longer text only the first 1,000 characters are read, so that
    a line of ten megabytes costs no more than a sentence.
    """

    __slots__ = ("_by_head", "_found", "_longest")

    def __init__(self, words: Iterable[str], aliases: Mapping[str, str] | None = None) -> None:
        """`aliases` leads from a spelling to the word that it stands for."""
        self._by_head: dict[str, list[tuple[str, str]]] = {}
        self._found: dict[str, dict[str, int]] = {}
        self._longest: dict[str, frozenset[str]] = {}
        spellings = {word: word for word in words} | dict(aliases or {})
        for spelling in sorted(spellings, key=len, reverse=True):
            entry = (spelling, spellings[spelling])
            self._by_head.setdefault(spelling[:2], []).append(entry)

    def find(self, text: str) -> dict[str, int]:
        """Each word in the text, overlapping ones too, with the end of its last occurrence."""
        text = text[:_READ]
        found = self._found.get(text)
        if found is None:
            found = {}
            by_head = self._by_head
            for start, head in enumerate(map(add, text, text[1:])):
                if head in by_head:
                    for spelling, word in by_head[head]:
                        if text.startswith(spelling, start):
                            found[word] = start + len(spelling)
            if len(self._found) >= REMEMBERED:
                self._found.clear()
            self._found[text] = found
        return found

    def longest(self, text: str) -> frozenset[str]:
        """The words of the text read from the left, the longest first, none inside another."""
        text = text[:_READ]
        out = self._longest.get(text)
        if out is None:
            if len(self._longest) >= REMEMBERED:
                self._longest.clear()
            out = self._longest[text] = frozenset(self.read(text))
        return out

    def read(self, text: str) -> Iterator[str]:
        """The words that `longest` tells of, one by one, of the whole text."""
        by_head, done = self._by_head, 0
        for start, head in enumerate(map(add, text, text[1:])):
            if head in by_head and start >= done:
                for spelling, word in by_head[head]:
                    if text.startswith(spelling, start):
                        yield word
                        done = start + len(spelling)
                        break
