"""Variants: words that are read as another word of the same length (`variants.toml`)."""

from __future__ import annotations

import re
from functools import cache

from ..data import load
from ..patterns import either, regex


@cache
def _table() -> tuple[dict[str, str], tuple[str, ...]]:
    """Each variant with the word that it is read as, and the longer words that hold one."""
    table = load(__file__, "variants.toml")
    meant = {variant: word for word, listed in table["words"].items() for variant in listed.split()}
    return meant, tuple(table["without"]["words"].split())


def read_as(text: str) -> str:
    """The text, of the same length, with each variant as the word that it says."""
    meant, longer = _table()
    for variant, word in meant.items():
        if variant not in text:
            continue
        kept = [each for each in longer if variant in each and each in text]
        pieces = _beside(tuple(kept)).split(text) if kept else [text]
        pieces[::2] = [piece.replace(variant, word) for piece in pieces[::2]]
        text = "".join(pieces)
    return text


@cache
def _beside(longer: tuple[str, ...]) -> re.Pattern[str]:
    """The longer words, by which a text is split with them at the odd places."""
    return regex(f"({either(longer)})")
