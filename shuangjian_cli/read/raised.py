"""Raised digits (footnote marks, exponents, m²) as the superscripts of Unicode.

Set beside a numeral as plain digits they would make another number of it: 5.8 with the note 2
would be 5.82.
"""

from __future__ import annotations

_PLAIN = "0123456789+-−"
_RAISED = str.maketrans(_PLAIN, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")


def raised(text: str) -> str:
    """A raised text in superscripts, as it is where it holds more than digits and signs."""
    bare = "".join(text.split())
    return bare.translate(_RAISED) if set(bare) <= set(_PLAIN) else text
