"""Vocabulary: terms of one or more words, and a lexicon that finds thousands of words at once.

A *word* is a run of at least two characters that is looked for literally. A *term* is one or
more words joined by `+` that must all occur, in any order; each may offer alternatives with `|`:
`课后服务+参与|参加` is 课后服务 with 参与 or with 参加.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any

from ..patterns import regex

TITLES = 256
"""For how many titles an answer is remembered: one governs many sentences."""
_READ = 1000

Term = tuple[str, ...]
"""Words that must all occur."""


def size_of(term: Term) -> int:
    """The length of its words together: longer is more specific."""
    return len(term[0]) if len(term) == 1 else sum(map(len, term))


def longest_of(term: Term) -> str:
    """Its longest word, the first of several."""
    return term[0] if len(term) == 1 else max(term, key=len)


def terms(words: Iterable[str]) -> tuple[Term, ...]:
    """The terms written `a`, `a+b` or `a|b+c`, alternatives multiplied out, without repeats."""
    out: dict[Term, None] = {}
    for word in words:
        if "+" in word or "|" in word:
            out.update(dict.fromkeys(product(*(part.split("|") for part in word.split("+")))))
        else:
            out[(word,)] = None
    return tuple(out)


class Lexicon:
    """Finds every known word in a text; time grows with the text, not with the lexicon.

    Of a longer text only the first 1,000 characters are read, so that a line of ten megabytes
    costs no more than a sentence.
    """

    def __init__(self, words: Iterable[str], aliases: Mapping[str, str] | None = None) -> None:
        """`aliases` leads from a spelling to the word that it stands for, also inside of others: 老师 for
        教师, and 特岗老师 for 特岗教师."""
        own = {word: word for word in words}
        spelled = {
            word.replace(meant, spelling): word
            for spelling, meant in (aliases or {}).items()
            for word in own
            if meant in word
        }
        self._words = spelled | own | dict(aliases or {})
        sizes: dict[str, dict[int, None]] = {}
        for spelling in sorted(self._words, key=len, reverse=True):
            sizes.setdefault(spelling[:2], {})[len(spelling)] = None
        self._sizes = {start: tuple(found) for start, found in sizes.items()}
        firsts, seconds = ("".join(sorted({start[at] for start in sizes})) for at in (0, 1))
        self._heads = firsts, seconds
        self._head = _starts(firsts, seconds)

    @classmethod
    def of(cls, kept: tuple[Any, ...]) -> Lexicon:
        """The lexicon that `kept` told."""
        made = cls.__new__(cls)
        made._words, made._sizes, made._heads = kept
        made._head = _starts(*made._heads)
        return made

    def kept(self) -> tuple[Any, ...]:
        """What the same lexicon is made of by `of`, of types that `marshal` knows."""
        return self._words, self._sizes, self._heads

    def __iter__(self) -> Iterator[str]:
        """The spellings that it finds."""
        return iter(self._words)

    def may_speak(self, text: str) -> bool:
        """Whether a known word may stand in a text; cheaper than to look for them."""
        return self._head.search(text) is not None

    def first(self, text: str) -> int:
        """Where the first known word begins, the text's length where there is none."""
        sizes, words = self._sizes, self._words
        for head in self._head.finditer(text):
            start = head.start()
            for size in sizes.get(text[start : start + 2], ()):
                if text[start : start + size] in words:
                    return start
        return len(text)

    def find(self, text: str) -> dict[str, int]:
        """Each word in the text, overlapping ones too, with the end of its last occurrence."""
        text = text[:_READ]
        sizes, words = self._sizes, self._words
        found: dict[str, int] = {}
        for start in range(len(text) - 1):
            for size in sizes.get(text[start : start + 2], ()):
                spelling = text[start : start + size]
                if spelling in words:
                    found[words[spelling]] = start + len(spelling)
        return found

    def longest(self, text: str) -> frozenset[str]:
        """The words of the text read from the left, the longest first, none inside another."""
        return frozenset(self.read(text[:_READ]))

    def read(self, text: str) -> list[str]:
        """The words that `longest` tells of, one by one, of the whole text."""
        sizes, words, done = self._sizes, self._words, 0
        out: list[str] = []
        for head in self._head.finditer(text):
            start = head.start()
            if start >= done:
                for size in sizes.get(text[start : start + 2], ()):
                    spelling = text[start : start + size]
                    if spelling in words:
                        out.append(words[spelling])
                        done = start + len(spelling)
                        break
        return out


def _starts(firsts: str, seconds: str) -> re.Pattern[str]:
    """Finds where the first two characters of a word may stand."""
    if not firsts:
        return regex("(?!)")
    return regex(f"[{re.escape(firsts)}](?=[{re.escape(seconds)}])")
