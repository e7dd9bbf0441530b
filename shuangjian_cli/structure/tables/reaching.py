"""Cells that reach down over the rows below, in rows cut from cells that stand one after another: they
stand behind the numbers of the first row alone.

等级 | 收费标准 | 依据 over 一级园 | 400 | 某文件, then 二级园 | 300 and 三级园 | 200.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import takewhile

from shuangjian_cli.structure.tables.blocks import Row, is_body
from shuangjian_cli.structure.tables.levels import joined
from shuangjian_cli.structure.tables.regions import Piece
from shuangjian_cli.structure.tables.signs import STUB

_FEW = 3
"""How many rows of numbers there are at least."""


def reaching(rows: list[Row], words: Callable[[Piece], str]) -> list[Row]:
    """The rows with such cells in rows of their own, and above them only the heads of the others,
    captions each in a row; the rows as they are where there are no such cells."""
    if len(rows) < 2 or is_body(rows[0]) or not is_body(rows[1]):
        return rows
    tail = list(takewhile(lambda row: not is_body(row), rows[2:]))
    rest = rows[2 + len(tail) :]
    if not tail or len(rest) < _FEW - 1 or not all(map(is_body, rest)):
        return rows
    behind = [p for row in tail for p in row]
    names, size = joined(rows[0], words), len(rows[1])
    corner = [at for at, p in enumerate(names) if STUB.fullmatch(words(p))]
    first = corner[0] if corner else len(names) - size - len(behind)
    if not 0 <= first <= len(names) - size:
        return rows
    heads = names[first:]
    while len(heads) > size and all(STUB.fullmatch(words(p)) for p in heads[:2]):
        heads[:2] = [Piece(heads[0].start, heads[1].end, heads[0].kind)]
    captions = [[p] for p in names[:first]]
    return [*captions, heads[:size], rows[1], *([p] for p in behind), *rest]
