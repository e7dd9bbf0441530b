"""Rows of cells → the rows of one table or of several: which are heads, which the body, which
captions; and cells that stand one after another → rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from math import comb, log10

from shuangjian_cli.patterns import regex
from shuangjian_cli.structure.tables.content import BLANK, MISSING, NUMBER, PROSE, TEXT, YEAR
from shuangjian_cli.structure.tables.regions import Piece

Row = list[Piece]
Measure = Callable[[Piece], tuple[float, int] | None]
"""Gives the size of a cell's number and its decimals, None where it holds none."""

_SHARE = 0.3
"""The least share of a row's cells that are numbers where it is of the body."""
_BETWEEN = 9
"""Fewer rows than these, heads among them, may stand between two tables."""
_WIDEST = 60
"""How many columns cells that stand one after another may make."""


def is_body(row: Sequence[Piece]) -> bool:
    """Whether a row tells numbers, and not only in its first cell."""
    filled = [p for p in row if p.kind != BLANK]
    numbers = sum(p.kind == NUMBER for p in filled)
    if not numbers or (len(filled) > 1 and numbers == 1 and filled[0].kind == NUMBER):
        return False
    years = sum(p.kind == YEAR for p in filled[1:])
    return numbers + years >= _SHARE * len(filled)


def is_head(row: Sequence[Piece]) -> bool:
    """Whether a row may name columns: two words or years or more, and no number."""
    filled = [p for p in row if p.kind != BLANK]
    return len(filled) > 1 and all(p.kind in (TEXT, YEAR) for p in filled)


def blocks(rows: Sequence[Row], words: Callable[[Row], str]) -> Iterator[tuple[list[int], range]]:
    """Cuts rows where one table ends and the next begins: at a row of heads after the body.

    `words` are those of a row; heads that return, as on each page, are no new table. Gives the
    numbers of the rows above each body, and of those from its first row of numbers to its last.
    """
    above: list[int] = []
    body: range | None = None
    waiting: list[int] = []
    known: set[str] = set()
    for i, row in enumerate(rows):
        if is_body(row) and not (body is None and _is_index(words(row))):
            heads = [r for r in waiting if is_head(rows[r])]
            anew = any(words(rows[r]) not in known for r in heads)
            if body is not None and anew and len(waiting) < _BETWEEN:
                yield above, body
                above, body = waiting, None
                known = {words(rows[r]) for r in above}
            waiting = []
            body = range(i if body is None else body.start, i + 1)
        elif body is None:
            above.append(i)
            known.add(words(row))
        else:
            waiting.append(i)
    if body is not None:
        yield above, body


def _is_index(words: str) -> bool:
    """Whether a row only numbers the columns: 甲|乙|1|2|3|4."""
    numbers = [word for word in words.split("|") if word.isdecimal()]
    return len(numbers) > 2 and numbers == [str(i + 1) for i in range(len(numbers))]


def cut(cells: Row) -> list[Row]:
    """Rows from cells that stand one after another, under the pattern of kinds that fits best.

    No rows where none does.
    """
    kinds = "".join(map(_class, cells))
    best: tuple[float, list[Row]] | None = None
    for pattern in _patterns(kinds):
        cost, rows = _rows(cells, kinds, pattern)
        if best is None or cost < best[0]:
            best = cost, rows
    if best is None or best[0] > _MOST * len(kinds):
        return []
    return best[1]


def _class(piece: Piece) -> str:
    return {TEXT: "t", PROSE: "t", YEAR: "y", NUMBER: "n", BLANK: "b", MISSING: "b"}[piece.kind]


_HEADED = regex("t+[nby]*"), regex("(?:t+|y)[nb]*")
"""Rows that begin with words, or with words or a year."""


def _patterns(kinds: str) -> list[str]:
    """The kinds of a row's cells, as they may be: those of the most frequent rows, also with the
    words at their beginning at the end of the row before."""
    out: dict[str, None] = {}
    for headed in _HEADED:
        found = Counter(m.group().replace("b", "n") for m in headed.finditer(kinds))
        for pattern, _ in found.most_common(3):
            if "n" in pattern[1:] and len(pattern) <= _WIDEST:
                out[pattern.replace("y", "n") if pattern[0] == "t" else pattern] = None
                for _ in range(len(pattern) - len(pattern.lstrip("t")) - 1):
                    pattern = pattern[1:] + "t"
                    out[pattern] = None
    return list(out)


_SKIP, _SKIP_HEAD, _DROP, _SECTION, _HEAD = 1.0, 2.0, 0.7, 1.0, 0.5
"""What it costs to leave a place blank, the place of a row's head, to drop an empty cell, and to
take a cell for a row of its own, or a row of words for heads."""
_LEEWAY = 12.0
"""How much more the first rows may cost than that, for the heads and titles above a body."""
_MOST = 0.4
"""The cost for each cell from which on no pattern fits."""
_WRONG = 3.0
"""What it costs to take a cell where one of another kind stands in other rows."""
_SLACK = 4
"""How many cells more or less than it has columns a row is tried with."""


def _rows(cells: Row, kinds: str, pattern: str) -> tuple[float, list[Row]]:
    """Lays cells into rows of the pattern at the least cost; a missing cell is left blank."""
    size = len(cells)
    # For each number of cells laid: the cost, where the last row begins, and its cells.
    best: list[tuple[float, int, Row] | None] = [None] * (size + 1)
    best[0] = (0.0, 0, [])
    for at in range(size):
        state = best[at]
        if state is None or state[0] > _MOST * at + _LEEWAY:
            continue
        for end, cost, row in _next_rows(cells, kinds, at, pattern):
            known = best[end]
            if known is None or state[0] + cost < known[0]:
                best[end] = (state[0] + cost, at, row)
    rows: list[Row] = []
    at = max(i for i, state in enumerate(best) if state is not None)
    state = best[at]
    assert state is not None
    total = state[0] + _SKIP_HEAD * (size - at)
    while at:
        state = best[at]
        assert state is not None
        rows.append(state[2])
        at = state[1]
    return total, [row for row in reversed(rows) if any(p.kind != BLANK for p in row)]


def _next_rows(cells: Row, kinds: str, at: int, pattern: str) -> Iterator[tuple[int, float, Row]]:
    """The rows that may begin at a cell: where each ends, what it costs, its cells."""
    width = len(pattern)
    if kinds[at] == "n":  # no row begins with one
        yield at + 1, _WRONG, [cells[at]]
        return
    row, here = cells[at : at + width], kinds[at : at + width]
    if len(row) == width:
        cost = sum(map(_price, here, pattern))
        if "n" not in here and here.count("b") <= 2:
            cost = min(cost, _HEAD)
        yield at + width, cost, row
        if not cost:
            return
    if kinds[at] == "b":
        yield at + 1, _DROP, [cells[at]]
    if kinds[at] in "ty":
        yield at + 1, _SECTION, [cells[at]]
    for size in range(max(1, width - _SLACK), width):
        if at + size > len(cells):
            break
        laid = _laid(kinds[at : at + size], pattern)
        if laid is not None:
            cost, places = laid
            taken = iter(cells[at : at + size])
            yield at + size, cost, [next(taken) if p else _missing(cells[at]) for p in places]


def _laid(kinds: str, pattern: str) -> tuple[float, list[bool]] | None:
    """The cheapest way to lay cells into columns in their order: for each column whether it is
    taken."""
    width, size = len(pattern), len(kinds)
    infinite = float("inf")
    cost = [[infinite] * (width + 1) for _ in range(size + 1)]
    cost[0][0] = 0.0
    for column in range(width):
        skip = _SKIP if column else _SKIP_HEAD
        for taken in range(size + 1):
            here = cost[taken][column]
            if here == infinite:
                continue
            cost[taken][column + 1] = min(cost[taken][column + 1], here + skip)
            if taken < size:
                more = here + _price(kinds[taken], pattern[column])
                cost[taken + 1][column + 1] = min(cost[taken + 1][column + 1], more)
    if cost[size][width] == infinite:
        return None
    places: list[bool] = []
    taken = size
    for column in range(width, 0, -1):
        skip = _SKIP if column > 1 else _SKIP_HEAD
        if cost[taken][column] == cost[taken][column - 1] + skip:
            places.append(False)  # of equal ways the one that lacks the last cells
        else:
            places.append(True)
            taken -= 1
    return cost[size][width], places[::-1]


def _price(kind: str, wanted: str) -> float:
    if kind == wanted or (kind == "y" and wanted in "nt") or (kind == "t" and wanted == "y"):
        return 0.0
    if kind == "b":
        return 0.2 if wanted == "n" else 0.5
    return _WRONG


def _missing(piece: Piece) -> Piece:
    return Piece(piece.start, piece.start, MISSING)


def fitted(body: Sequence[Row], measure: Measure, *, blanks: bool) -> list[Row]:
    """The rows of a body with as many cells each: short ones laid into the columns of the others.

    With `blanks`, the cells were parted by blanks, and empty ones are only guessed.
    """
    rows = [_trimmed(row) for row in body]
    if any(row[0].kind in (TEXT, YEAR) for row in rows if is_body(row)):
        rows = [_headless(row) if row[0].kind == NUMBER else row for row in rows]
    sizes = Counter(_filled(row) if blanks else len(row) for row in rows if is_body(row))
    if not sizes:
        return rows
    most = max(sizes.values())
    width = max(size for size, count in sizes.items() if count * 4 >= most)
    if blanks:
        width = sizes.most_common(1)[0][0]
    pattern = _pattern(rows, width)
    rows = [_into(row, pattern, blanks=blanks) for row in rows]
    return by_size(rows, pattern, measure)


def _pattern(rows: Sequence[Row], width: int) -> str:
    """For each column the kind that most of its cells have in the rows that are whole."""
    whole = ["".join(map(_class, row)) for row in rows if len(row) == width]
    whole = whole or ["".join(_class(p) for p in row if p.kind != BLANK) for row in rows]
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


def _headless(row: Row) -> Row:
    """A row that begins with a number where others begin with words: its head is lost."""
    return [Piece(row[0].start, row[0].start, BLANK), *row]


def _into(row: Row, pattern: str, *, blanks: bool) -> Row:
    """A row laid into columns of these kinds."""
    width = len(pattern)
    filled = [p for p in row if p.kind != BLANK or p.start < p.end]
    if not filled or (len(filled) == 1 and filled[0].kind in (TEXT, PROSE)):
        return filled[:1]  # heads the rows after it
    if blanks and len(filled) == width:
        return filled
    for cells in (row, filled):
        if len(cells) > width:
            continue
        kinds = "".join(map(_class, cells))
        if len(cells) == width and sum(map(_price, kinds, pattern)) < _WRONG:
            return list(cells)
        laid = _laid(kinds, pattern)
        if laid is not None and (laid[0] < _WRONG or cells is filled):
            taken = iter(cells)
            return [next(taken) if place else _missing(row[0]) for place in laid[1]]
    return filled[:width]


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
            taken.get(c, _missing(row[0])) if c in places else piece for c, piece in enumerate(row)
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
        return spread + strange + broken - kept


def _is_quotient(above: _Size, below: _Size, value: _Size, scale: int) -> bool:
    return below[0] > 0 and abs(scale * above[0] / below[0] - value[0]) <= 0.011 * value[0]


_CHOICES = 500
"""Among how many ways to lay a row the best is looked for."""


def _log(value: float) -> float:
    return log10(value) if value > 0 else -1.0
