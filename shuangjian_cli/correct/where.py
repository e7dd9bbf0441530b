"""Where corrections are kept; asked at each start, so it imports nothing of what reads them."""

from __future__ import annotations

import os
from pathlib import Path

SUFFIX = ".corrections.jsonl"
_NAME = f"shuangjian{SUFFIX}"


def beside(store: str) -> str:
    """The file of corrections of a store."""
    return f"{store}{SUFFIX}"


def discover(directory: str | os.PathLike[str]) -> str:
    """The file of corrections of texts that are in no store: `shuangjian.corrections.jsonl` in the
    directory or the nearest one above it that has one, else where it would be."""
    start = Path(directory).absolute()
    for folder in (start, *start.parents):
        if (folder / _NAME).is_file():
            return str(folder / _NAME)
    return str(start / _NAME)
