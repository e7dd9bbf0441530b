"""Rows of a body that are not all of one length → rows that are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from math import comb, log10

from shuangjian_cli.structure.tables.blocks import Row, is_body
from shuangjian_cli.structure.tables.content import BLANK, MISSING, NUMBER, PROSE, TEXT, YEAR
from shuangjian_cli.structure.tables.flat import (
    WRONG,
    Measure,
    class_of,
    laid,
    missing,
    price,
)
from shuangjian_cli.structure.tables.regions import Piece


def laid_out(body: Sequence[Row], measure: Measure) -> list[Row]:
    """Rows that were cut from cells one after another: of those that lack some, the numbers where
    they fit, and no column that is empty throughout at the end."""
    width = max(map(len, body))
    used = max(i for row in body for i, p in enumerate(row) if p.kind not in (BLANK, MISSING))
    rows = [row[: max(2, used + 1)] for row in body]
    return by_size(rows, _pattern(rows, min(width, used + 1)), measure)


def fitted(body: Sequence[Row], measure: Measure, *, blanks: bool) -> list[Row]:
    """The rows of a body with as many cells each: short ones laid into the columns of the others.

    With `blanks`, the cells were parted by blanks, and empty ones are only guessed.
    """
    given, rows = body, [_trimmed(row) for row in body]
    if any(row[0].kind in (TEXT, YEAR) for row in rows if is_body(row)):
        rows = [_headless(row) if _lacks_head(row) else row for row in rows]
    body = [row for row in rows if is_body(row)]
    sizes = Counter(map(len, body))
    if not sizes:
        return rows
    most = max(sizes.values())
    width = max(size for size, count in sizes.items() if count * 4 >= most)
    if blanks:
        filled = Counter(map(_filled, body))
        width = max(filled.most_common(1) + sizes.most_common(1), key=lambda each: each[1])[0]
        counts = Counter(_numbers(row[1:]) for row in body)
        width = max(width, 1 + max(counts, key=lambda count: (counts[count], count)))
        rows = _by_gaps(rows, width)
    pattern = _pattern(rows, width)
    ended = [len(row) == width > len(its) for row, its in zip(given, rows, strict=False)]
    # Where most rows end with empty cells, they are such; and those behind the first number alone.
    most_end = 2 * sum(ended) > len(rows)
    if not blanks:
        rows = [
            row if empty and (most_end or len(its) == 2) else its
            for row, its, empty in zip(given, rows, ended, strict=True)
        ]
    rows = [_into(row, pattern, blanks=blanks) for row in rows]
    return by_size(rows, pattern, measure)


def _by_gaps(rows: list[Row], width: int) -> list[Row]:
    """Rows that lack cells with empty ones where the gaps between the others are wide."""
    lacks = [width - _filled(row) if is_body(row) else 0 for row in rows]
    gaps = [_gaps(row) if lack > 0 else [] for row, lack in zip(rows, lacks, strict=True)]
    wide = max((sum(g) / lack for g, lack in zip(gaps, lacks, strict=True) if any(g)), default=0)
    out: list[Row] = []
    for row, own, lack in zip(rows, gaps, lacks, strict=True):
        empty = [max(1, round(gap / wide)) if gap else 0 for gap in own]
        if len(row) != width and any(empty) and sum(empty) <= lack:
            filled = [p for p in row[1:] if p.start < p.end]
            laid = [
                cell for p, n in zip(filled, empty, strict=True) for cell in (*[_blank(p)] * n, p)
            ]
            row = [row[0], *laid, *[_blank(row[0])] * (lack - sum(empty))]
        out.append(row)
    return out


def _gaps(row: Row) -> list[int]:
    """How many empty cells stand before each filled one but the first of a row."""
    out = [0]
    for piece in row[1:]:
        if piece.start < piece.end:
            out.append(0)
        else:
            out[-1] += 1
    return out[:-1]


def _blank(piece: Piece) -> Piece:
    return Piece(piece.start, piece.start, BLANK)


def _pattern(rows: Sequence[Row], width: int) -> str:
    """For each column the kind that most of its cells have in the rows that are whole."""
    whole = ["".join(map(class_of, row)) for row in rows if len(row) == width]
    whole = whole or ["".join(class_of(p) for p in row if p.kind != BLANK) for row in rows]
    whole = [kinds for kinds in whole if len(kinds) == width]
    out = ""
    for column in range(width):
        counts = Counter("".join(kinds[column] for kinds in whole).replace("b", ""))
        out += counts.most_common(1)[0][0] if counts else "n"
    return out[:1] + out[1:].replace("y", "n")


def _filled(row: Row) -> int:
    """How many cells of a row hold something, the place of its head counted in any case."""
    return sum(p.start < p.end for p in row[1:]) + 1


def _trimmed(row: Row) -> Row:
    """A row without the empty cells at its end."""
    end = len(row)
    while end > 1 and row[end - 1].start == row[end - 1].end:
        end -= 1
    return row[:end]


def _lacks_head(row: Row) -> bool:
    """Whether a row begins with a number that is not its own: 3 | 甲县 | 120."""
    return row[0].kind == NUMBER and (len(row) < 2 or row[1].kind != TEXT)


def _headless(row: Row) -> Row:
    """A row that begins with a number where others begin with words: its head is lost."""
    return [Piece(row[0].start, row[0].start, BLANK), *row]


def _numbers(row: Row) -> int:
    """How many numbers a row has, marks that stand for none counted."""
    return sum(p.kind in (NUMBER, YEAR) or (p.kind == BLANK and p.start < p.end) for p in row)


def _into(row: Row, pattern: str, *, blanks: bool) -> Row:
    """A row laid into columns of these kinds."""
    width = len(pattern)
    filled = [p for p in row if p.kind != BLANK or p.start < p.end]
    if len(filled) > width:
        filled = _narrowed(filled, pattern)
        row = filled
    if not filled or (len(filled) == 1 and filled[0].kind in (TEXT, PROSE)):
        return filled[:1]  # heads the rows after it
    if blanks and len(filled) == width:
        return filled
    for cells in (row, filled):
        if len(cells) > width:
            continue
        kinds = "".join(map(class_of, cells))
        # Empty cells that marks part are as sure as the others.
        free = 0 if blanks else sum(price("b", "n") for kind in kinds if kind == "b")
        if len(cells) == width and sum(map(price, kinds, pattern)) - free < WRONG:
            return list(cells)
        found = laid(kinds, pattern)
        if found is not None and (found[0] - free < WRONG or cells is filled):
            taken = iter(cells)
            return [next(taken) if place else missing(row[0]) for place in found[1]]
    return filled[:width]


def _narrowed(filled: Row, pattern: str) -> Row:
    """A row of more cells than others have: those between its first words and its numbers belong to
    the words (合计 | （所） | 38 | 40)."""
    words = next((i for i, p in enumerate(filled) if p.kind in (NUMBER, YEAR)), len(filled))
    lead = len(pattern) - len(pattern.lstrip("ty"))
    if words <= lead or len(filled) - words != len(pattern) - lead:
        return filled
    first = Piece(filled[0].start, filled[words - lead].end, filled[0].kind)
    return [first, *filled[words - lead + 1 : words], *filled[words:]]


def by_size(rows: list[Row], pattern: str, measure: Measure) -> list[Row]:
    """Moves the numbers of rows that lack some to the columns that they fit by their size in
    proportion to the rest of the row, and by the quotients that hold between columns."""
    places = [c for c, k in enumerate(pattern) if k == "n"]
    lacking = {i for i, row in enumerate(rows) if any(p.kind == MISSING for p in row)}
    if not lacking or len(places) < 2:
        return rows
    sizes = [
        [measure(row[c]) for c in places]
        for i, row in enumerate(rows)
        if i not in lacking and len(row) == len(pattern)
    ]
    whole = [[size for size in row if size] for row in sizes]
    whole = [row for row in whole if len(row) == len(places)]
    if len(whole) < 2:
        return rows
    columns = _Columns(whole)
    out = list(rows)
    for i in lacking:
        row = rows[i]
        held = [row[c] for c in places if row[c].kind not in (MISSING, BLANK)]
        numbers = [size for size in map(measure, held) if size]
        if (
            len(numbers) < len(held)
            or any(row[c].kind == BLANK for c in places)
            or not 0 < len(held) < len(places)
            or comb(len(places), len(held)) > _CHOICES
        ):
            continue
        ways = combinations(range(len(places)), len(held))
        chosen = min(ways, key=lambda way: columns.misfit(way, numbers))
        taken = {places[c]: piece for c, piece in zip(chosen, held, strict=True)}
        out[i] = [
            taken.get(c, missing(row[0])) if c in places else piece for c, piece in enumerate(row)
        ]
    return out


_Size = tuple[float, int]


class _Columns:
    """What the numbers of whole rows say of their columns."""

    def __init__(self, whole: list[list[_Size]]) -> None:
        count = len(whole[0])
        self._means = [sum(_log(row[c][0]) for row in whole) / len(whole) for c in range(count)]
        self._decimals = [any(row[c][1] for row in whole) for c in range(count)]
        self._quotients = [
            (a, b, c, scale)
            for c in range(count)
            if self._decimals[c]
            for a in range(count)
            for b in range(count)
            if len({a, b, c}) == 3
            for scale in (1, 100)
            if all(_is_quotient(row[a], row[b], row[c], scale) for row in whole)
        ]
        self._sums = [
            range(c, last)
            for c in range(count)
            for last in range(c + 3, count + 1)
            if all(_is_sum([size for size, _ in row[c:last]]) for row in whole)
        ]

    def misfit(self, way: tuple[int, ...], numbers: list[_Size]) -> float:
        """How badly numbers stand in these columns."""
        placed = dict(zip(way, numbers, strict=True))
        offsets = sorted(_log(size[0]) - self._means[c] for c, size in placed.items())
        middle = offsets[len(offsets) // 2]
        spread = sum(abs(offset - middle) for offset in offsets)
        strange = sum((size[1] > 0) and not self._decimals[c] for c, size in placed.items())
        broken = sum(
            not _is_quotient(placed[a], placed[b], placed[c], scale)
            for a, b, c, scale in self._quotients
            if {a, b, c} <= placed.keys()
        )
        kept = sum({a, b, c} <= placed.keys() for a, b, c, _ in self._quotients) - broken
        sums = [
            [placed.get(c, (0.0, 0))[0] for c in each] for each in self._sums if each[0] in placed
        ]
        added = sum(map(_is_sum, sums))
        return spread + strange + broken - kept + len(sums) - 2 * added


def _is_sum(values: Sequence[float]) -> bool:
    """Whether the first of values is the sum of the others."""
    return abs(values[0] - sum(values[1:])) <= _ROUNDING * values[0]


def _is_quotient(above: _Size, below: _Size, value: _Size, scale: int) -> bool:
    return below[0] > 0 and abs(scale * above[0] / below[0] - value[0]) <= 0.011 * value[0]


_ROUNDING = 0.0005
_CHOICES = 500
"""Among how many ways to lay a row the best is looked for."""


def _log(value: float) -> float:
    return log10(value) if value > 0 else -1.0
