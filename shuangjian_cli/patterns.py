"""Patterns and word lists that cost nothing until they are used.

To compile a pattern takes a fraction of a millisecond, one of hundreds of words several, and each
start would pay for all of them. `regex` compiles when first used; `WordList` and `Endings` find
words with the methods of a compiled pattern and need no compiling.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING


class _Deferred:
    """Stands for a compiled pattern: the first use of a method compiles it and takes its methods."""

    __slots__ = ("_source", "finditer", "fullmatch", "match", "search", "split", "sub")

    def __init__(self, source: str) -> None:
        self._source = source

    def __getattr__(self, name: str) -> object:
        compiled = re.compile(self._source)
        for method in self.__slots__[1:]:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


if TYPE_CHECKING:
    regex = re.compile
else:
    regex = _Deferred


class Found:
    """Words found at [start, end) of a text, with the methods of a pattern's match."""

    __slots__ = ("_end", "_start", "_text")

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self._start = start
        self._end = end

    def start(self) -> int:
        return self._start

    def end(self) -> int:
        return self._end

    def span(self) -> tuple[int, int]:
        return self._start, self._end

    def group(self) -> str:
        return self._text[self._start : self._end]


class WordList:
    """Finds the longest of many words where it begins.

    With `after`, a word counts only where that pattern follows it, and what the pattern takes
    belongs to it; a shorter word is tried then.
    """

    __slots__ = ("_after", "_by_head")

    def __init__(self, words: Iterable[str], after: str = "") -> None:
        by_head: dict[str, list[str]] = {}
        for word in sorted(set(words), key=len, reverse=True):
            by_head.setdefault(word[0], []).append(word)
        self._by_head = by_head
        self._after = re.compile(after) if after else None

    @property
    def heads(self) -> Iterable[str]:
        """The characters that the words begin with."""
        return self._by_head

    def ends(self, text: str, start: int, end: int = sys.maxsize) -> Iterator[int]:
        """Where the words that begin at `start` end, the longest first."""
        for word in self._by_head.get(text[start : start + 1], ()):
            if text.startswith(word, start, end):
                stop = start + len(word)
                if self._after is None:
                    yield stop
                elif after := self._after.match(text, stop, end):
                    yield after.end()

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> Found | None:
        """The longest word that begins at `start`."""
        # `ends` once more, without its generator: this is where most of the time goes.
        for word in self._by_head.get(text[start : start + 1], ()):
            if text.startswith(word, start, end):
                stop = start + len(word)
                if self._after is None:
                    return Found(text, start, stop)
                if after := self._after.match(text, stop, end):
                    return Found(text, start, after.end())
        return None

    def fullmatch(self, text: str, start: int = 0, end: int = sys.maxsize) -> Found | None:
        """The word that is all of [start, end)."""
        end = min(end, len(text))
        return Found(text, start, end) if end in self.ends(text, start, end) else None

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> Found | None:
        """The first word in [start, end)."""
        return next(self.finditer(text, start, end), None)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[Found]:
        """The words of [start, end) from the left, none inside another."""
        heads = self._by_head
        for at, head in enumerate(text[start:end], start):
            if head in heads and at >= start and (found := self.match(text, at, end)):
                yield found
                start = found.end()


class Endings:
    """Finds the longest of many words at the end of a text.

    One of the characters of `then` may follow the word and belongs to it.
    """

    __slots__ = ("_by_tail", "_then")

    def __init__(self, words: Iterable[str], then: str = "") -> None:
        by_tail: dict[str, list[str]] = {}
        for word in sorted(set(words), key=len, reverse=True):
            by_tail.setdefault(word[-1], []).append(word)
        self._by_tail = by_tail
        self._then = then

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> Found | None:
        """The longest word that ends at `end` and begins in [start, end)."""
        end = min(end, len(text))
        found = self._longest(text, start, end)
        if self._then and text[end - 1 : end] in self._then:
            longer = self._longest(text, start, end - 1)
            if longer >= 0 and (found < 0 or longer < found):
                found = longer
        return Found(text, found, end) if found >= 0 else None

    def fullmatch(self, text: str, start: int = 0, end: int = sys.maxsize) -> Found | None:
        """The word that is all of [start, end)."""
        found = self.search(text, start, end)
        return found if found and found.start() == start else None

    def _longest(self, text: str, start: int, end: int) -> int:
        for word in self._by_tail.get(text[end - 1 : end], ()):
            if text.endswith(word, start, end):
                return end - len(word)
        return -1
