"""Where the tables and keys of a TOML text stand, which its parser does not tell."""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from ..patterns import regex

_KEY = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
_PATH = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*"
_STATEMENT = regex(
    rf"[ \t]*(?:(?P<brackets>\[\[?)[ \t]*(?P<table>{_PATH})|(?P<key>{_PATH})[ \t]*=)"
)
# Strings and comments, in which brackets and line ends count for nothing, and what lies between.
_PIECE = regex(
    r'"""(?:[^\\]|\\.)*?"{3,5}' + r"|'''.*?'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"' + r"|'[^'\n]*'" + r"|\#[^\n]*|[^\"'#\[\]{}\n]+|.",
    re.DOTALL,
)


class _Statement(NamedTuple):
    """The header of a table, or a key with its value; `start` and `end` are offsets."""

    path: tuple[str, ...]
    brackets: int
    start: int
    end: int


class Lines:
    """Leads from the tables of a TOML text, as its parser gave them, to their lines."""

    def __init__(self, text: str, data: Mapping[str, Any]) -> None:
        self._text = text
        self._data = data

    def of(self, table: Mapping[str, Any], key: str | None = None, word: str | None = None) -> int:
        """The line of a table, of a key of it, or of a word in the value of that key.

        What is not there is looked for in vain: then it is the line of the next larger thing.
        """
        start, keys = self._places.get(id(table), (0, {}))
        if key in keys:
            start, end = keys[key]
            start = self._text.find(word or key, start, end)
            if start < 0:
                start = keys[key][0]
        return self._text.count("\n", 0, start) + 1

    @cached_property
    def _places(self) -> Mapping[int, tuple[int, dict[str, tuple[int, int]]]]:
        """By the identity of each table, its start and the start and end of each key."""
        places: dict[int, tuple[int, dict[str, tuple[int, int]]]] = {id(self._data): (0, {})}
        entries: dict[int, int] = {}  # how many entries of a list of tables have come by
        here: Any = self._data

        for path, brackets, start, end in _statements(self._text):
            table: Any = self._data if brackets else here
            for place, key in enumerate(path, 1):
                places.setdefault(id(table), (start, {}))[1].setdefault(key, (start, end))
                table = table[key]
                if isinstance(table, list) and (brackets or place < len(path)):
                    if brackets == 2 and place == len(path):
                        entries[id(table)] = entries.get(id(table), 0) + 1
                    table = table[entries[id(table)] - 1]
            if brackets:
                here = table
                places[id(here)] = start, {}
                continue
            waiting = [table]
            while waiting:  # the tables written in the value itself
                value = waiting.pop()
                if isinstance(value, dict):
                    places[id(value)] = start, dict.fromkeys(value, (start, end))
                    waiting += value.values()
                elif isinstance(value, list):
                    waiting += value
        return places


def _statements(text: str) -> Iterator[_Statement]:
    position = 0
    while position < len(text):
        found = _STATEMENT.match(text, position)
        depth, start = 0, position
        for piece in _PIECE.finditer(text, position):
            position = piece.end()
            if piece[0] == "\n" and not depth:
                break
            depth += (piece[0] in "[{") - (piece[0] in "]}")
        if found:
            path = found["table"] or found["key"]
            yield _Statement(tuple(_keys(path)), len(found["brackets"] or ""), start, position)


def _keys(path: str) -> Iterator[str]:
    """The keys that a dotted path joins."""
    import tomli

    table = tomli.loads(f"{path} = 0")
    while isinstance(table, dict):
        ((key, table),) = table.items()
        yield key
