"""The columns and rows of Stata and SPSS files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

TITLE = "shuangjian"
"""What the files are called within."""

Cells = Sequence[Any]
"""The values of a row: bytes for texts, numbers or None for the others."""


class Variable(NamedTuple):
    """A column of a file: a text of at most `width` bytes, or where that is 0 numbers, of which `values` are the
    labels, if they stand for words; `whole` tells whether they are whole numbers."""

    name: str
    label: str
    width: int
    whole: bool
    values: Mapping[int, str]
