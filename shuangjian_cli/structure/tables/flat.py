"""Cells that stand one after another → rows, under the pattern of kinds that fits best."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from shuangjian_cli.patterns import regex
from shuangjian_cli.structure.tables.blocks import Row, is_body
from shuangjian_cli.structure.tables.content import BLANK, MISSING, PROSE, TEXT
from shuangjian_cli.structure.tables.regions import Piece

_WIDEST = 60
"""How many columns the cells may make."""
_SERIALS = 3
"""How many rows at least are counted where their numbers are told from others."""


Measure = Callable[[Piece], tuple[float, int] | None]
"""Gives the size of a cell's number and its decimals, None where it holds none."""


def cut(cells: Row, measure: Measure, *, coded: bool = False) -> list[Row]:
    """Rows from cells that stand one after another, under the pattern of kinds that fits best; `coded`
    where a head tells that rows begin with codes.

    What stands before the first row of numbers is one row, but for cells at its end that head a
    part of the body. No rows where no pattern fits.
    """
    kinds = _with_serials(cells, measure, coded=coded)
    best: tuple[int, list[Row]] | None = None
    for pattern in _patterns(kinds):
        cost, rows = _rows(cells, kinds, pattern)
        cost += _NAMES * max(0, len(pattern) - len(pattern.lstrip("t")) - 2)
        if best is None or cost < best[0]:
            best = cost, rows
    if best is None or best[0] > _MOST * len(kinds):
        return []
    rows = best[1]
    first = next((i for i, row in enumerate(rows) if is_body(row)), None)
    if first is None:
        return []
    begin = next(p.start for p in rows[first] if p.kind != MISSING)
    above = [p for p in cells if p.start < begin]
    parts: list[Row] = []
    while (at := _part(above, len(rows[first]))) is not None:
        parts.insert(0, [above[at]])
        above = above[:at]
    body = rows[first:]
    if parts:  # the next part is headed as the first is
        body = [row[:1] if row[0].kind == TEXT and _is_bare(row[1:]) else row for row in body]
    return [*([above] if above else []), *parts, *body]


def _is_bare(cells: Row) -> bool:
    return all(cell.kind == BLANK for cell in cells)


def _with_serials(cells: Row, measure: Measure, *, coded: bool) -> str:
    """The kinds of cells, a kind of their own (s) for numbers that count the rows or are their codes."""
    kinds = "".join(map(class_of, cells))
    ways = [_serials(cells, kinds, before, measure) for before in ("t", "nyb", "tnyb")]
    found = max(*ways, _codes(cells, kinds, measure) if coded else [], key=len)
    if len(found) < _SERIALS:
        return kinds
    return "".join("s" if at in found else kind for at, kind in enumerate(kinds))


def _serials(cells: Row, kinds: str, before: str, measure: Measure) -> list[int]:
    """Which cells count the rows, all of which end with a cell of these kinds: the first number of
    all is 1, each goes on with the one before, words follow it, and some number stands between."""
    found: list[int] = []
    numbers = 0
    for at, kind in enumerate(kinds):
        if kind != "n":
            continue
        size, decimals = measure(cells[at]) or (0, 0)
        fits = size == len(found) + 1 and not decimals and kinds.startswith("t", at + 1)
        if fits and (kinds[at - 1] in before and numbers if found else not numbers):
            found.append(at)
            numbers = 0
        else:
            numbers += 1
    return found


def _codes(cells: Row, kinds: str, measure: Measure) -> list[int]:
    """Which cells are codes of rows: all the numbers before words, of as many digits each, and none
    less than the one before."""
    found = [at for at in range(1, len(kinds)) if kinds.startswith("nt", at)]
    sizes = [(measure(cells[at]) or (0.0, 0))[0] for at in found]
    lengths = {cells[at].end - cells[at].start for at in found}
    return found if len(lengths) == 1 and sizes == sorted(sizes) else []


def _part(cells: Row, width: int) -> int | None:
    """Which of the cells above a body heads a part of it: words, and then empty cells only."""
    at = len(cells)
    while at and cells[at - 1].kind == BLANK:
        at -= 1
    blank = len(cells) - at
    if width - 1 <= blank <= width + 1 and at > 1 and cells[at - 1].kind == TEXT:
        return at - 1
    return None


def class_of(piece: Piece) -> str:
    return {PROSE: TEXT, MISSING: BLANK}.get(piece.kind, piece.kind)


_HEADED = regex("t+[nby]*"), regex("(?:t+|y)[nb]*")
"""Rows that begin with words, or with words or a year."""
_COUNTED = (regex("s[tnby]*"),)
"""Rows that begin with their number."""


def _patterns(kinds: str) -> list[str]:
    """The kinds of a row's cells, as they may be: those of the most frequent rows, also without the
    empty cells at their end, and with the words at their beginning at the end of the row before."""
    found: dict[str, int] = {}
    for headed in _COUNTED if "s" in kinds else _HEADED:
        runs = [m.group() for m in headed.finditer(kinds)]
        for some in (runs, [run.rstrip("b") for run in runs]):
            for run, count in Counter(run.replace("b", "n") for run in some).most_common(3):
                pattern = run if run[0] == "y" else run.replace("y", "n")
                if "n" in pattern[1:] and len(pattern) <= _WIDEST:
                    found[pattern] = max(count, found.get(pattern, 0))
    again = any(count > 1 for count in found.values())
    least = min(map(len, found), default=0)
    out: dict[str, None] = {}
    if len(found) == 1:  # perhaps one row, of which the heads seem a part
        out["t" + next(iter(found)).lstrip("t")] = None
    for pattern, count in found.items():
        if count > 1 or not again or len(pattern) == least:
            out[pattern] = None
            for _ in range(len(pattern) - len(pattern.lstrip("t")) - 1):
                pattern = pattern[1:] + "t"
                out[pattern] = None
    return list(out)


_SKIP, _SKIP_MORE, _SKIP_HEAD, _DROP, _SECTION, _HEAD = 10, 2, 20, 7, 10, 5
"""What it costs to leave a place blank, each further one at a row's end, the place of a row's head,
to drop an empty cell, and to take a cell for a row of its own, or a row of words for heads."""
_YEAR = 2
"""What it costs to take a year for another number, where years head the rows."""
_NAME = 1
"""What it costs to take a cell for one of the names above the body."""
_NAMES = 3
"""What each cell costs by which more than two name each row."""
_LEEWAY = 120
"""How much more the first rows may cost than that, for the heads and titles above a body."""
_MOST = 4
"""The cost for each cell from which on no pattern fits."""
WRONG = 30
"""What it costs to take a cell where one of another kind stands in other rows."""
_SLACK = 4
"""How many cells more or less than it has columns a row is tried with."""


def _rows(cells: Row, kinds: str, pattern: str) -> tuple[int, list[Row]]:
    """Lays cells into rows of the pattern at the least cost; a missing cell is left blank."""
    size = len(cells)
    # For each number of cells laid: the cost, where the last rows begin, and their cells.
    best: list[tuple[int, int, list[Row]] | None] = [None] * (size + 1)
    best[0] = (0, 0, [])
    heads = size - len(kinds.lstrip("ty"))
    for at in range(1, heads):
        best[at] = (_NAME * at, 0, [[p] for p in cells[:at]])
    for at in range(size):
        state = best[at]
        if state is None or state[0] > _MOST * at + _LEEWAY:
            continue
        steps = [(end, cost, [row]) for end, cost, row in _next_rows(cells, kinds, at, pattern)]
        if stacked := _stacked(cells, kinds, at, pattern):
            steps.append(stacked)
        for end, cost, found in steps:
            known = best[end]
            if known is None or state[0] + cost < known[0]:
                best[end] = (state[0] + cost, at, found)
    rows: list[Row] = []
    at = max(i for i, state in enumerate(best) if state is not None)
    state = best[at]
    assert state is not None
    total = state[0] + _SKIP_HEAD * (size - at)
    while at:
        state = best[at]
        assert state is not None
        rows += reversed(state[2])
        at = state[1]
    return total, [row for row in reversed(rows) if any(p.kind != BLANK for p in row)]


def _next_rows(cells: Row, kinds: str, at: int, pattern: str) -> Iterator[tuple[int, int, Row]]:
    """The rows that may begin at a cell: where each ends, what it costs, its cells."""
    width = len(pattern)
    if kinds[at] == "n":  # no row begins with one
        yield at + 1, WRONG, [cells[at]]
        return
    row, here = cells[at : at + width], kinds[at : at + width]
    if len(row) == width:
        cost = sum(map(price, here, pattern))
        if pattern[0] == "y":
            cost += _YEAR * here.count("y", 1)
        if "n" not in here and here.count("b") <= 2:
            years = all(k == "n" for k, own in zip(pattern, here, strict=True) if own == "y")
            cost = min(cost, _HEAD if years else _SECTION)
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
        found = laid(kinds[at : at + size], pattern)
        if found is not None:
            cost, places = found
            taken = iter(cells[at : at + size])
            yield at + size, cost, [next(taken) if p else missing(cells[at]) for p in places]


def _stacked(cells: Row, kinds: str, at: int, pattern: str) -> tuple[int, int, list[Row]] | None:
    """A row whose cells hold several lines each, column by column: its names, then as many numbers for
    each column; the first name may be of all of them."""
    columns = pattern.count("n")
    lead = int(pattern[0] == "s")
    tail = len(pattern) - len(pattern.rstrip("t"))
    if pattern[lead:].strip("t") != "n" * columns or len(pattern) != lead + 1 + columns + tail:
        return None
    names = len(kinds[at:]) - len(kinds[at:].lstrip("st")) - lead
    begin = at + lead + names
    numbers = len(kinds[begin:]) - len(kinds[begin:].lstrip("n"))
    lines = numbers // columns
    end = begin + numbers + tail
    if lines < 2 or lines * columns != numbers or names - lines not in (0, 1):
        return None
    if kinds[begin + numbers : end].strip("t") or end > len(kinds):
        return None
    rows: list[Row] = []
    before = cells[at : at + lead]
    if names > lines:
        rows.append([*before, cells[at + lead], *(missing(cells[at]) for _ in pattern[lead + 1 :])])
    for line in range(lines):
        name = cells[begin - lines + line]
        own = [cells[begin + column * lines + line] for column in range(columns)]
        first = before if not rows else [missing(cells[at]) for _ in before]
        rows.append([*first, name, *own, *cells[begin + numbers : end]])
    return end, _HEAD, rows


def laid(kinds: str, pattern: str) -> tuple[int, list[bool]] | None:
    """The cheapest way to lay cells into columns in their order: for each column whether it is
    taken."""
    width, size = len(pattern), len(kinds)
    infinite = WRONG * WRONG * (size + width)
    cost = [[infinite] * (width + 1) for _ in range(size + 1)]
    cost[0][0] = 0
    for column in range(width):
        skip = _SKIP if column else _SKIP_HEAD
        for taken in range(size + 1):
            here = cost[taken][column]
            if here >= infinite:
                continue
            if taken < size:
                cost[taken][column + 1] = min(cost[taken][column + 1], here + skip)
                more = here + price(kinds[taken], pattern[column])
                cost[taken + 1][column + 1] = min(cost[taken + 1][column + 1], more)
    last = min(range(width, 0, -1), key=lambda at: cost[size][at] + _lacks(width - at))
    total = cost[size][last] + _lacks(width - last)
    if total >= infinite:
        return None
    places = [False] * (width - last)
    taken = size
    for column in range(last, 0, -1):
        skip = _SKIP if column > 1 else _SKIP_HEAD
        if cost[taken][column] == cost[taken][column - 1] + skip:
            places.append(False)  # of equal ways the one that lacks the last cells
        else:
            places.append(True)
            taken -= 1
    return total, places[::-1]


def _lacks(count: int) -> int:
    """What it costs that a row lacks so many cells at its end."""
    return _SKIP + _SKIP_MORE * (count - 1) if count else 0


def price(kind: str, wanted: str) -> int:
    if kind == wanted or (kind == "y" and wanted in "nt") or (kind == "t" and wanted in "ys"):
        return 0
    if kind == "b":
        return 2 if wanted == "n" else 5
    return WRONG


def missing(piece: Piece) -> Piece:
    return Piece(piece.start, piece.start, MISSING)
