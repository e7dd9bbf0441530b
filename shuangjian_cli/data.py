"""The data files (TOML) that lie beside the code which uses them."""

from __future__ import annotations

import os
from functools import cache
from importlib.util import source_hash
from typing import Any

from .derived import DERIVED

VOCABULARY = "vocabulary.toml"


@cache
def load(module: str, name: str = VOCABULARY) -> dict[str, Any]:
    """The file `name` in the folder of a module (its `__file__`); read once in a process."""
    return _loaded(os.path.dirname(module), name)


@cache
def stamp(module: str, name: str = VOCABULARY) -> bytes:
    """A hash of the same file's content; to ask for it does not parse the file."""
    return _file(os.path.dirname(module), name)[1]


@cache
def entries(module: str, section: str, key: str) -> tuple[str, ...]:
    """The words under a key of the vocabulary in the folder of a module."""
    words = load(module)[section][key]
    return tuple(words.split() if isinstance(words, str) else words)


@cache
def _loaded(folder: str, name: str) -> dict[str, Any]:
    content, key = _file(folder, name)
    return DERIVED.value(("data", key, 0), lambda: _parsed(content))


@cache
def _file(folder: str, name: str) -> tuple[bytes, bytes]:
    """A file's content and its hash."""
    with open(os.path.join(folder, name), "rb") as file:
        content = file.read()
    return content, source_hash(content)


def _parsed(content: bytes) -> dict[str, Any]:
    import tomli

    return tomli.loads(content.decode())
