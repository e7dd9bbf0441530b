"""The data files (TOML) that lie beside the code which uses them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import tomli


@cache
def load(module: str, name: str = "vocabulary.toml") -> dict[str, Any]:
    """The file `name` in the folder of a module (its `__file__`); read once in a process."""
    return tomli.loads(Path(module).with_name(name).read_text("utf-8"))
