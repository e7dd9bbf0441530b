"""How one value looks outside: numbers as plain literals, text made safe for where it goes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

JOINT = "；"
"""Between the members of a list in a single cell."""


def plain(value: Decimal) -> str:
    """A decimal as a literal without exponent or idle zeros: 2.96E+9 → 2960000000, 98.0 → 98."""
    text = str(value)
    if "E" in text:
        text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def flat(value: Any) -> str:
    """Any value as the text of one cell: null is empty, a list is joined, a mapping is k=v."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Mapping):
        return JOINT.join(f"{key}={flat(item)}" for key, item in value.items())
    if isinstance(value, Iterable):
        return JOINT.join(flat(item) for item in value)
    return str(value)


# What makes a spreadsheet compute a cell, in both widths, and the blanks that it may skip first.
_TRIGGERS = tuple("=+-@＝＋－＠")
_BLANKS = "".join(map(chr, range(0x21))) + "\x7f\x85\xa0\u200b\u200c\u200d\u2060\u3000\ufeff"
_SUSPECT = frozenset((*_TRIGGERS, *_BLANKS))


def inert(text: str) -> str:
    """Text that no spreadsheet computes: behind an apostrophe where it would start a formula.

    A sign alone (`-` for standard input, `=` for a bound) is no formula and stays as it is.
    """
    if text[:1] not in _SUSPECT:
        return text
    core = text.strip(_BLANKS)
    if text.startswith(("\t", "\r", "\n")) or (len(core) > 1 and core.startswith(_TRIGGERS)):
        return "'" + text
    return text


class _Visible(dict[int, str]):
    """A table for `str.translate`, filled as characters come, that unmasks what has no glyph."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        shown = char
        match unicodedata.category(char):
            case "Cc" if code < 0x20:
                shown = chr(0x2400 + code)
            case "Cc" | "Cs" | "Zl" | "Zp":
                shown = ascii(char)[1:-1]
            case "Cf":
                # Direction marks reorder what stands beside them; the others show as nothing.
                bidi = unicodedata.bidirectional(char) not in ("BN", "ON", "AL", "AN")
                shown = ascii(char)[1:-1] if bidi else ""
        self[code] = shown
        return shown


_VISIBLE = _Visible()


def visible(text: str) -> str:
    """One line of text that drives no terminal: controls, escapes and direction marks shown."""
    return text.translate(_VISIBLE)


_ON_SCREEN = _Visible({ord("\t"): "\t", ord("\n"): "\n", ord("\r"): ""})


def on_screen(text: str) -> str:
    """Text of any number of lines that drives no terminal; the line ends are kept."""
    return text.translate(_ON_SCREEN)


def encodable(text: str) -> str:
    """Text that UTF-8 can hold: lone surrogates (of file names not in UTF-8) as `\\udcff`."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
