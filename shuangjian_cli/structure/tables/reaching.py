"""Cells that reach down over the rows below, in rows cut from cells that stand one after another: they
stand behind the numbers of the first row alone, or before its name.

等级 | 收费标准 | 依据 over 一级园 | 400 | 某文件, then 二级园 | 300 and 三级园 | 200.
性质 | 学段 | 校数 | 班数 over 公办 | 小学 | 12 | 96, then 初中 | 5 | 40 and 民办 | 小学 | 2 | 18.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import takewhile

from shuangjian_cli.structure.tables.blocks import Row, is_body
from shuangjian_cli.structure.tables.content import BLANK, MISSING, TEXT
from shuangjian_cli.structure.tables.flat import missing
from shuangjian_cli.structure.tables.levels import is_whole, joined
from shuangjian_cli.structure.tables.regions import Piece
from shuangjian_cli.structure.tables.signs import STUB, TOTAL

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


def before_names(
    above: list[Row], body: list[Row], words: Callable[[Piece], str]
) -> tuple[list[Row], list[Row]] | None:
    """The rows above a body and those of it with such cells in a column of their own, empty where one
    reaches down; None where there are none: two heads of names stand over one, and behind the other heads
    a cell is left over."""
    if len(above) != 1 or len(body) < _FEW:
        return None
    names, size = joined(above[0], words), max(map(len, body))
    first = paired(names, size, words)
    if first is None:
        return None
    if any(
        is_body(row) == (len(row) == 1) or (len(row) > 1 and row[1].kind == TEXT) for row in body
    ):
        return None
    out: list[Row] = []
    group: Piece | None = names[-1]
    for row in body:
        if len(row) == 1:
            group = row[0]
        elif TOTAL.fullmatch(words(row[0])):
            out.append([row[0], missing(row[0]), *row[1:]])
            group = None
        else:
            out.append([group or missing(row[0]), *row])
            group = None
    return [*([p] for p in names[:first]), names[first:-1]], out


def paired(names: Row, size: int, words: Callable[[Piece], str]) -> int | None:
    """Where the first of two heads of names stands, behind which come those of the numbers in rows of
    this size and then one cell that is left over."""
    first = len(names) - size - 2
    if first < 0 or not STUB.fullmatch(words(names[first])):
        return None
    inner, *counted = (words(p) for p in names[first + 1 : -1])
    if not STUB.fullmatch(inner) and (is_whole(inner) or not all(map(is_whole, counted))):
        return None
    return None if any(p.kind == BLANK for p in names[first:]) else first


def covered(body: list[Row], row: int) -> int:
    """Over how many rows the first cell of a row reaches: its own and those without one."""
    return 1 + len(list(takewhile(lambda below: below[0].kind == MISSING, body[row + 1 :])))
