"""Where corrections are kept; asked at each start, so it imports nothing of what reads them."""

from __future__ import annotations

import os

SUFFIX = ".corrections.jsonl"
_NAME = f"shuangjian{SUFFIX}"


def beside(store: str) -> str:
    """The file of corrections of a store."""
    return f"{store}{SUFFIX}"


def discover(directory: str | os.PathLike[str]) -> str:
    """The file of corrections of texts that are in no store: `shuangjian.corrections.jsonl` in the
    directory or the nearest one above it that has one, else where it would be."""
    here = start = os.path.abspath(directory)
    while not os.path.isfile(path := os.path.join(here, _NAME)):
        above = os.path.dirname(here)
        if above == here:
            return os.path.join(start, _NAME)
        here = above
    return path
