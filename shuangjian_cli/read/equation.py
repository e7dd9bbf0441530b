"""A Word equation in one line, as its figures are written in running text: 98.5%, 3/4, 10⁸."""

from __future__ import annotations

import re
from typing import Any

from .raised import raised

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_LOWERED = str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋")
_SIMPLE = re.compile(r"[\w.%‰]*")


def in_line(element: Any) -> str:
    """An equation, or a part of one, in one line."""
    tag = element.tag.removeprefix(_M) if isinstance(element.tag, str) else ""
    if tag == "t":
        return element.text or ""
    if tag.endswith("Pr"):  # how it looks
        return ""
    match tag:
        case "f":
            return f"{_grouped(element, 'num')}/{_grouped(element, 'den')}"
        case "sSup":
            return _part(element, "e") + raised(_part(element, "sup"))
        case "sSub":
            return _part(element, "e") + _part(element, "sub").translate(_LOWERED)
        case "sSubSup":
            low = _part(element, "sub").translate(_LOWERED)
            return _part(element, "e") + low + raised(_part(element, "sup"))
        case "rad":
            return f"{raised(_part(element, 'deg'))}√{_grouped(element, 'e')}"
        case "d":
            inner = _sign(element, "sepChr", "|").join(map(in_line, element.iterchildren(f"{_M}e")))
            return _sign(element, "begChr", "(") + inner + _sign(element, "endChr", ")")
    line = ""
    for child in element:
        if child.tag == f"{_M}f" and line[-1:].isdecimal():
            line += " "  # two and a half is not 21/2
        line += in_line(child)
    return line


def _part(element: Any, tag: str) -> str:
    part = element.find(f"{_M}{tag}")
    return "" if part is None else in_line(part)


def _grouped(element: Any, tag: str) -> str:
    """A part in brackets, unless it is one number or word."""
    part = _part(element, tag)
    return part if _SIMPLE.fullmatch(part) else f"({part})"


def _sign(element: Any, tag: str, usual: str) -> str:
    sign = element.find(f"{_M}dPr/{_M}{tag}")
    return usual if sign is None else sign.get(f"{_M}val", "")
