"""The data files (TOML) that lie beside the code which uses them."""

from __future__ import annotations

import os
from functools import cache
from importlib.util import source_hash
from typing import Any

from .derived import DERIVED


@cache
def load(module: str, name: str = "vocabulary.toml") -> dict[str, Any]:
    """The file `name` in the folder of a module (its `__file__`); read once in a process."""
    with open(os.path.join(os.path.dirname(module), name), "rb") as file:
        content = file.read()
    return DERIVED.value(("data", source_hash(content), 0), lambda: _parsed(content))


def _parsed(content: bytes) -> dict[str, Any]:
    import tomli

    return tomli.loads(content.decode())
