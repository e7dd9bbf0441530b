"""Word lists beside the rules that use them, read from TOML."""

from __future__ import annotations

import re
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def load(package: str, name: str) -> dict[str, Any]:
    """The TOML file `name` that lies in an imported package."""
    folder = Path(sys.modules[package].__path__[0])
    return tomllib.loads((folder / name).read_text(encoding="utf-8"))


def alternation(words: str) -> str:
    """White-space separated words as a pattern, the longest first; none of it is a pattern."""
    return "|".join(re.escape(w) for w in sorted(set(words.split()), key=len, reverse=True))
