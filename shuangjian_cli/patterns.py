"""Patterns and word lists that cost nothing until they are used.

To compile a pattern takes a fraction of a millisecond, one of hundreds of words several, and each
start would pay for all of them. `regex` compiles when first used, and `worded` does so with the
words of a vocabulary in the pattern; `WordList` and `Endings` find words with the methods of a
compiled pattern and need no compiling. What was compiled is kept for later processes, see `derived`.
"""

from __future__ import annotations

import re
import sys
from collections import deque
from collections.abc import Container, Iterable, Iterator
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from .data import entries, stamp
from .derived import DERIVED

_Parts = tuple[int, bytes, int, "dict[str, int]", "tuple[str | None, ...]"]
"""Of a compiled pattern its flags, its code, how many groups it has, and their names both ways."""


class _Compiled:
    """The methods of a compiled pattern."""

    __slots__ = (
        "_source",
        "findall",
        "finditer",
        "fullmatch",
        "match",
        "search",
        "split",
        "sub",
        "subn",
    )
    _source: tuple[Any, ...]


class _Deferred(_Compiled):
    """Stands for a compiled pattern: the first use of a method compiles it and takes its methods."""

    __slots__ = ()

    def __init__(self, source: str | bytes, flags: int = 0) -> None:
        self._source = source, int(flags)

    def __getattr__(self, name: str) -> object:
        compiled = self._made()
        for method in _Compiled.__slots__[1:]:
            setattr(self, method, getattr(compiled, method))
        # Every look-up of a method is slower in a class with __getattr__.
        self.__class__ = _Compiled  # type: ignore[assignment]
        return getattr(compiled, name)

    def _made(self) -> re.Pattern[Any]:
        return _compiled(*self._source)


class _Worded(_Deferred):
    """The same for a pattern in which lists of words are named."""

    __slots__ = ()

    def __init__(self, template: str, module: str) -> None:
        self._source = template, module

    def _made(self) -> re.Pattern[str]:
        return _filled(*self._source)


def _compiled(source: str | bytes, flags: int) -> re.Pattern[Any]:
    """What `re.compile` gives, from the cache where it is there."""
    key = "pattern", source, flags
    kept = DERIVED.get(key)
    if kept is not None:
        with suppress(RuntimeError):  # no code of patterns
            return _rebuilt(source, kept)
    compiled = re.compile(source, flags)
    DERIVED.add(key, partial(_parts, compiled, flags))
    return compiled


_COMMON = "common"
"""The section that stands for the vocabulary of all packages, which lies beside this file."""
_LISTS = r"\{([a-z]\w*)\.([a-z]\w*)\}"
"""A list that is named in a pattern; no count, since these begin with a digit or a comma."""


def _filled(template: str, module: str) -> re.Pattern[str]:
    """A pattern with its lists, from the cache where these are still the same."""
    # The vocabularies are not parsed for a pattern that was kept.
    shared = stamp(__file__) if f"{{{_COMMON}." in template else b""
    key = "worded", stamp(module) + shared + template.encode(), 0
    kept = DERIVED.get(key)
    if kept is not None:
        with suppress(RuntimeError):  # no code of patterns
            return _rebuilt(*kept)
    compiled = re.compile(written_out(template, module))
    DERIVED.add(key, partial(_with_source, compiled))
    return compiled


def common(key: str) -> tuple[str, ...]:
    """The words under a key of the vocabulary that all packages share."""
    return entries(__file__, "words", key)


def written_out(template: str, module: str) -> str:
    """The pattern of a template for `worded`."""

    def alternatives(name: re.Match[str]) -> str:
        section, key = name.groups()
        return either(common(key) if section == _COMMON else entries(module, section, key))

    return re.sub(_LISTS, alternatives, template)


def _with_source(compiled: re.Pattern[str]) -> tuple[str, _Parts] | None:
    parts = _parts(compiled, 0)
    return None if parts is None else (compiled.pattern, parts)


def _rebuilt(source: str | bytes, parts: _Parts) -> re.Pattern[Any]:
    import _sre  # type: ignore[import-not-found]

    flags, code, groups, numbers, names = parts
    words = memoryview(code).cast("I").tolist()
    compiled: re.Pattern[Any] = _sre.compile(source, flags, words, groups, numbers, names)
    return compiled


def _parts(compiled: re.Pattern[Any], flags: int) -> _Parts | None:
    """What a pattern is made of, by the inner functions of `re`; None where they are unlike."""
    source = compiled.pattern
    try:
        from re._compiler import _code  # type: ignore[import-not-found]
        from re._parser import parse  # type: ignore[import-not-found]

        parsed = parse(source, flags)
        code = b"".join(word.to_bytes(4, sys.byteorder) for word in _code(parsed, flags))
        state = parsed.state
        names: list[str | None] = [None] * state.groups
        for name, number in state.groupdict.items():
            names[number] = name
        parts = flags | state.flags, code, state.groups - 1, state.groupdict, tuple(names)
        rebuilt = _rebuilt(source, parts)
    except Exception:  # noqa: BLE001 - whatever another Python's inner functions raise
        return None
    same = rebuilt == compiled and rebuilt.groupindex == compiled.groupindex
    return parts if same else None


if TYPE_CHECKING:
    regex = re.compile

    def worded(template: str, module: str) -> re.Pattern[str]:
        """A pattern in which `{section.key}` stands for any of the words under that key of the
        vocabulary in the folder of `module` (its `__file__`), the longest first, and
        `{common.key}` for those of the vocabulary that all packages share. It compiles when first
        used, and the words are asked for no earlier."""
else:
    regex = _Deferred
    worded = _Worded


CHINESE = r"[^\W\d_a-zA-Z]"
"""A Chinese character, or a letter beside those of Latin, in a pattern. To compile a range of
twenty thousand characters takes as long as to compile a hundred words."""
CLAUSE_STOPS = "，。；：！？"
"""What ends a clause."""
CLAUSE_STOP = regex(f"[{CLAUSE_STOPS}]")

_T = TypeVar("_T")


def _longest_first(words: set[str]) -> list[str]:
    """The words by their lengths, those of one length in their order."""
    return sorted(sorted(words), key=len, reverse=True)


def either(*lists: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first; no word is read as a pattern."""
    found = _longest_first({word for words in lists for word in words})
    # Most words are of Chinese characters alone, and to escape one takes as long as to sort ten.
    return "|".join([word if word.isalnum() else re.escape(word) for word in found])


def rest_of(words: Iterable[str]) -> str:
    """A pattern for any of the words behind its first character, the longest first: where a set of
    first characters begins a pattern, the search skips over all others."""
    found = _longest_first(set(words))
    rests = (f"{re.escape(word[1:])}(?<={re.escape(word)})" for word in found)
    return f"(?:{'|'.join(rests)})"


def one_of(characters: Iterable[str]) -> re.Pattern[str]:
    """A pattern for one of the characters. To look for them in Chinese text by a pattern costs a
    third of what it costs by a set, for which each character becomes a string of its own."""
    found = "".join(sorted(characters))
    return regex(f"[{re.escape(found)}]" if found else "(?!)")


def last(found: Iterable[_T]) -> _T | None:
    """The last of what was found, None where nothing was."""
    return next(iter(deque(found, maxlen=1)), None)


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


_ALONE = (1,)
"""The sizes of words where only one of a single character can stand."""


def _sizes(words: Iterable[str], alone: Container[str], pair: slice) -> dict[str, tuple[int, ...]]:
    """For each two characters with which words begin or end, how long such words are, the longest
    first; among them are those of a single character, `alone`, that is the outer one of the two."""
    outer = 0 if pair.start is None else -1
    sizes: dict[str, tuple[int, ...]] = {}
    for word in sorted(words, key=len, reverse=True):
        size, key = len(word), word[pair]
        known = sizes.get(key, ())
        if size not in known:
            sizes[key] = (*known, size)
    for key, known in sizes.items():
        if len(key) > 1 and key[outer] in alone:
            sizes[key] = (*known, 1)
    return sizes


class WordList:
    """Finds the longest of many words where it begins.

    With `after`, a word counts only where that pattern follows it, and what the pattern takes
    belongs to it; a shorter word is tried then. `heads` are the characters that words begin with,
    `head` finds one.
    """

    __slots__ = ("_after", "_alone", "_given", "_sizes", "_words", "head", "heads")

    def __init__(self, words: Iterable[str], after: str | re.Pattern[str] = "") -> None:
        self._given = tuple(words)
        self._after = (regex(after) if isinstance(after, str) else after) if after else None
        self.heads = frozenset([word[0] for word in self._given])
        self.__class__ = _UnusedWordList

    def _fill(self) -> None:
        self._words = frozenset(self._given)
        self._alone = frozenset([word for word in self._given if len(word) == 1])
        self._sizes = _sizes(self._words, self._alone, slice(2))
        self.head = one_of(self.heads)

    def ends(self, text: str, start: int, end: int = sys.maxsize) -> Iterator[int]:
        """Where the words that begin at `start` end, the longest first."""
        end = min(end, len(text))
        sizes = self._sizes.get(text[start : start + 2])
        if sizes is None:
            sizes = _ALONE if text[start : start + 1] in self._alone else ()
        for size in sizes:
            stop = start + size
            if stop <= end and text[start:stop] in self._words:
                if self._after is None:
                    yield stop
                elif after := self._after.match(text, stop, end):
                    yield after.end()

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> Found | None:
        """The longest word that begins at `start`."""
        # Asked at every turn: it must not cost a generator, nor a call to look for the sizes.
        sizes = self._sizes.get(text[start : start + 2])
        if sizes is None:
            if not self._alone or text[start : start + 1] not in self._alone:
                return None
            sizes = _ALONE
        for size in sizes:
            stop = start + size
            if text[start:stop] in self._words and stop <= end and stop <= len(text):
                if self._after is None:
                    return Found(text, start, stop)
                if after := self._after.match(text, stop, end):
                    return Found(text, start, after.end())
        return None

    def fullmatch(self, text: str, start: int = 0, end: int = sys.maxsize) -> Found | None:
        """The word that is all of [start, end)."""
        end = min(end, len(text))
        if text[start : start + 1] not in self.heads:
            return None
        return Found(text, start, end) if end in self.ends(text, start, end) else None

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> Found | None:
        """The first word in [start, end)."""
        while head := self.head.search(text, start, end):
            start = head.start()
            if found := self.match(text, start, end):
                return found
            start += 1
        return None

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[Found]:
        """The words of [start, end) from the left, none inside another."""
        while found := self.search(text, start, end):
            yield found
            start = found.end()


class _UnusedWordList(WordList):
    """A list of words that is made ready when something is first looked for in it."""

    __slots__ = ()

    def __getattr__(self, name: str) -> object:
        # Every look-up of a method is slower in a class with __getattr__.
        self.__class__ = WordList  # type: ignore[assignment]
        self._fill()
        return getattr(self, name)


class Endings:
    """Finds the longest of many words at the end of a text.

    One of the characters of `then` may follow the word and belongs to it.
    """

    __slots__ = ("_alone", "_given", "_sizes", "_words")

    def __init__(self, words: Iterable[str], then: str = "") -> None:
        self._given = tuple(words), then
        self.__class__ = _UnusedEndings

    def _fill(self) -> None:
        words, then = self._given
        self._words = frozenset((*words, *(word + more for word in words for more in then)))
        self._alone = frozenset([word for word in self._words if len(word) == 1])
        self._sizes = _sizes(self._words, self._alone, slice(-2, None))

    def search(self, text: str, start: int = 0, end: int | None = None) -> Found | None:
        """The longest word that ends at `end` and begins in [start, end)."""
        if end is None:
            end = len(text)
        sizes = self._sizes.get(text[end - 2 : end] if end > 1 else text[:end])
        if sizes is None:
            if not self._alone or text[end - 1 : end] not in self._alone:
                return None
            sizes = _ALONE
        for size in sizes:
            if start <= end - size and text[end - size : end] in self._words:
                return Found(text, end - size, end)
        return None

    def fullmatch(self, text: str, start: int = 0, end: int = sys.maxsize) -> Found | None:
        """The word that is all of [start, end)."""
        end = min(end, len(text))
        return Found(text, start, end) if text[start:end] in self._words else None


class _UnusedEndings(Endings):
    """The same for endings."""

    __slots__ = ()

    def __getattr__(self, name: str) -> object:
        self.__class__ = Endings  # type: ignore[assignment]
        self._fill()
        return getattr(self, name)
