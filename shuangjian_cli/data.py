"""The data files (TOML) that lie beside the code which uses them."""

from __future__ import annotations

from functools import cache
from importlib.util import source_hash
from pathlib import Path
from typing import Any

from .derived import DERIVED


@cache
def load(module: str, name: str = "vocabulary.toml") -> dict[str, Any]:
    """The file `name` in the folder of a module (its `__file__`); read once in a process."""
    content = Path(module).with_name(name).read_bytes()
    return DERIVED.value(("data", source_hash(content), 0), lambda: _parsed(content))


def _parsed(content: bytes) -> dict[str, Any]:
    import tomli

    return tomli.loads(content.decode())
