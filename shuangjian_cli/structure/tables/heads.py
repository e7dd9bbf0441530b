"""Parts what stands above a body into captions and heads, and lays the heads over the columns: in a
text, cells that reach over several columns or rows have lost how far they reach.

A row of heads with as many cells as there are columns, or as columns beside the heads of rows,
needs no guess; `spread` lays the others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise, zip_longest
from typing import NamedTuple

from shuangjian_cli.structure.tables.blocks import is_foreign
from shuangjian_cli.structure.tables.broken import broken
from shuangjian_cli.structure.tables.content import BLANK, MISSING, YEAR
from shuangjian_cli.structure.tables.frame import Frame, Placed, moved
from shuangjian_cli.structure.tables.levels import joined, level_by_level
from shuangjian_cli.structure.tables.nested import is_placed, laid, nested, one_corner, unfolded
from shuangjian_cli.structure.tables.regions import Piece
from shuangjian_cli.structure.tables.signs import (
    CAPTION,
    DATED,
    HAN,
    KEYED,
    MEASURED,
    PART,
    STUB,
    TITLE,
    TITLE_LEAST,
    TOTAL,
    UNIT,
    UNIT_HEADS,
)
from shuangjian_cli.structure.tables.spread import best_cuts, spread, strain

_LEVELS = 4
"""Fewer names than these begin levels of heads."""

Words = Callable[[Piece], str]
Row = Sequence[Piece]


class Heads(NamedTuple):
    """Captions above the heads, and the heads row by row; `broken` where each row goes on with the
    words of those above, `left` where some have no column, `unsure` where others would fit as well."""

    captions: list[Piece]
    rows: list[list[Placed]]
    broken: bool = False
    left: bool = False
    unsure: bool = False


def heads(above: Sequence[Row], frame: Frame) -> Heads:
    """The captions and heads of the rows above a body."""
    *single, last = above or [[]]
    if all(len(row) < 2 for row in single) and len(last) > (
        frame.columns if single else frame.size
    ):
        over, names = _without_captions(last, frame)
        begins = _begins(last, names, frame)
        if names and names[0].kind == BLANK:  # a corner, and so in each row
            right = frame.beyond(frame.stub)
            listed = unfolded(_filled(names), right, begins, sure=True)
            listed = listed and moved(listed, frame.stub)
        else:
            listed = _by_blanks(names, frame) or unfolded(names, frame, begins)
        if listed is not None:
            return Heads([p for row in (*single, *over) for p in row], listed)
        if len(last) > frame.columns:
            above = [*single, *_unfolded(last, frame)]
    captions, first = parted(above, frame.columns, frame.words)
    rest = list(above[len(above) - first :])
    if len(rest) == 1 and (cornered := one_corner(_filled(rest[0]), frame)) is not None:
        return Heads(captions, [[Placed(p, i, 1) for i, p in enumerate(cornered)]])
    counts = [len(_filled(row)) for row in rest]
    if len(rest) > 2 and counts[0] < 3 and set(counts[1:]) == {1}:  # a head a line
        over, names = _without_captions([p for row in rest for p in _filled(row)], frame)
        if (listed := unfolded(names, frame)) is not None:
            return Heads([*captions, *(p for row in over for p in row)], listed)
    if (columned := _continued(rest, frame)) is not None:
        return Heads(captions, columned, broken=True)
    if (listed := _above_units(rest, frame)) is not None:
        return Heads(captions, listed)
    if (pieces := broken([_filled(row) for row in rest], frame)) is not None:
        return Heads(captions, pieces, broken=True)
    listed = _above_units(rest, frame) or _by_place(rest, frame) or _spanned(rest, frame)
    if listed is None and (found := laid(rest, frame)) is not None:
        return Heads(captions, found.rows, unsure=found.unsure)
    listed = listed or _one_by_one(rest, frame) or level_by_level(rest, frame)
    if listed is not None:
        return Heads(captions, listed)
    out: list[list[Placed]] = []
    for given, below in zip_longest(rest, rest[1:], fillvalue=()):
        row = _filled(given)
        if _repeated(row, _filled(below), frame):
            out.append([Placed(p, -1, 0) for p in row])
        elif (placed := _plain(given, below, row, frame)) is not None:
            out.append(placed)
        elif not any(HAN.search(frame.words(p)) or p.kind == YEAR for p in row):
            out.append([])  # in another language, and not in the columns' number
        else:
            out.append([Placed(p, -1, 0) for p in row])
    spread(out, frame)
    placed_heads = sum(p.column < frame.columns for row in out for p in row)
    named = sum(HAN.search(frame.words(p)) is not None for row in rest for p in _filled(row))
    return Heads(captions, out, left=placed_heads < named)


def parted(above: Sequence[Row], columns: int, words: Words) -> tuple[list[Piece], int]:
    """The cells of the rows at the top that are no heads, of one cell or of a number, unit, year
    only; and how many rows of heads follow them."""
    captions: list[Piece] = []
    for i, cells in enumerate(above):
        row, rest = _filled(cells), above[i + 1 :]
        said = [words(p) for p in row]
        single = (
            len(row) == 1
            and not (len(cells) > 2 and cells[0].kind == BLANK and len(said[0]) < TITLE_LEAST)
            and columns > 1
            and (any(len(_filled(r)) > 1 for r in rest) or _is_title(said[0]))
            and not MEASURED.search(said[0])
        )
        named = sum(CAPTION.search(s) is not None for s in said)
        years = sum(p.kind == YEAR for p in row)
        stated = named > 0 and years < 2 and named * 2 >= len(row)
        foreign = (
            bool(captions)
            and not any(map(HAN.search, said))
            and any(HAN.search(words(p)) for r in rest for p in r)
        )
        if row and not (single or stated or foreign):
            return captions, len(above) - i
        captions += row
    return captions, 0


def _is_title(said: str) -> bool:
    """Whether the only words above a body name it with its year, and no column: 甲市2016年统计公报."""
    dated = DATED.search(said) is not None
    return len(said) >= TITLE_LEAST and dated and TITLE.search(said) is not None


def _continued(rows: list[Row], frame: Frame) -> list[list[Placed]] | None:
    """The heads of rows whose empty cells hold the places of the others, where units stand below
    names, so that each row goes on with those above it."""
    if len(rows) < 2 or not all(map(is_placed, rows)):
        return None
    units = [[UNIT.fullmatch(frame.words(p)) is not None for p in _filled(row)] for row in rows]
    if not any(any(each) and not all(each) for each in units[1:]):
        return None
    return [[Placed(p, i, 1) for i, p in enumerate(row) if p.kind != BLANK] for row in rows]


def _above_units(rows: list[Row], frame: Frame) -> list[list[Placed]] | None:
    """The heads of rows of which the last names a column each but for units and empty cells: what they
    go on with stands in a row above, and in another, if any, what stands over the other columns."""
    own = [
        [p for p in row if p.start == p.end or p.kind == YEAR or HAN.search(frame.words(p))]
        for row in rows
    ]
    own = [row for row in own if _filled(row)]
    lower = own[-1] if own else []
    lead = frame.columns - len(lower)
    if lead not in (0, frame.stub) or len(own) not in (2, 3):
        return None
    units = [UNIT.fullmatch(frame.words(p)) is not None for p in lower]
    places = [
        i for i, p in enumerate(lower, lead) if p.kind == BLANK or UNIT.fullmatch(frame.words(p))
    ]
    rest = [i for i in range(frame.stub, frame.columns) if i not in places]
    first = len(places) + frame.stub
    if not any(units) or not rest or rest[0] != first or rest[-1] - rest[0] >= len(rest):
        return None
    names = [_filled(row) for row in own[:-1]]
    named = [row for row in names if len(row) == len(places)]
    if len(named) != 1:
        return None
    out = [[Placed(p, i, 1) for p, i in zip(named[0], places, strict=True)]]
    out.append([Placed(p, i, 1) for i, p in enumerate(lower, lead) if p.kind != BLANK])
    for row in names:
        if row is not named[0]:
            inside = nested([row, lower[first - lead :]], frame.beyond(first))
            if inside is None:
                return None
            out.insert(0, moved(inside, first)[0])
    return out


def _by_place(rows: list[Row], frame: Frame) -> list[list[Placed]] | None:
    """The heads of rows whose empty cells hold the places of the others."""
    if len(rows) < 2 or not any(map(is_placed, rows)):
        return None
    if any(len(row) != frame.columns for row in rows):
        return None
    out: list[list[Placed]] = []
    ends = [frame.columns] * frame.columns
    for depth, row in enumerate(rows):
        below = {at for later in rows[depth + 1 :] for at, p in enumerate(later) if p.kind != BLANK}
        laid: list[Placed] = []
        for at, piece in enumerate(row):
            if piece.kind == BLANK:
                continue
            end = at + 1
            while end < ends[at] and row[end].kind == BLANK and end in below and at in below:
                end += 1
            laid.append(Placed(piece, at, end - at))
        for head in laid:
            end = head.column + head.columns
            ends[head.column : end] = [end] * head.columns
        out.append(laid)
    return out


def _spanned(rows: list[Row], frame: Frame) -> list[list[Placed]] | None:
    """The heads of two levels, of rows whose empty cells stand where another row names something, as do
    cells that say the same in another language; the first of the upper level, over none but such
    cells, reach down."""

    def says(piece: Piece) -> bool:
        return piece.kind == YEAR or HAN.search(frame.words(piece)) is not None

    levels: list[list[Piece]] = []
    for row in rows:
        if not any(map(says, row)):
            continue
        above = levels[-1] if levels else []
        if len(row) <= len(above) and not any(
            says(a) and says(b) for a, b in zip(above, row, strict=False)
        ):
            under = zip_longest(above, row)
            levels[-1] = [b if b and says(b) else a for a, b in under if a]
        else:
            levels.append(list(row))
    if len(levels) != 2 or len(rows) < 3 or len(levels[0]) >= frame.columns:
        return None
    upper, lower = levels
    lead = next((i for i, p in enumerate(lower) if says(p)), len(lower))
    if not frame.stub <= lead < len(upper) or not lead:
        return None
    inside = nested([upper[lead:], lower[lead:]], frame.beyond(lead))
    if inside is None:
        return None
    over, below = moved(inside, lead)
    return [[Placed(p, i, 1) for i, p in enumerate(upper[:lead]) if says(p)] + over, below]


def _filled(row: Row) -> list[Piece]:
    return [p for p in row if p.kind not in (BLANK, MISSING)]


def _repeated(row: list[Piece], below: list[Piece], frame: Frame) -> bool:
    """Whether a row below names the same under each head of a row."""
    headed = bool(row) and STUB.fullmatch(frame.words(row[0])) is not None
    groups = len(row) - headed
    if len(below) != frame.size or not 1 < groups < frame.size or frame.size % groups:
        return False
    said, size = [frame.words(p) for p in below], frame.size // groups
    return said == said[:size] * groups


def _plain(given: Row, below: Row, row: list[Piece], frame: Frame) -> list[Placed] | None:
    """The heads of a row whose places are plain: one for each column, or for each beside the heads
    of rows; or fewer, where empty cells hold the places of the others."""
    columns, stub = frame.columns, frame.stub
    if not row:
        return None
    if len(row) == columns:
        return [Placed(p, i, 1) for i, p in enumerate(row)]
    headed = STUB.fullmatch(frame.words(row[0])) is not None
    if len(row) == columns - stub and not headed:
        return [Placed(p, stub + i, 1) for i, p in enumerate(row)]
    lead = len(row) - frame.size
    if 0 < lead < stub and len(given) != columns:  # some of the heads of rows have none
        first = stub - lead if frame.words(row[0]) in UNIT_HEADS else 0
        places = [*range(first, first + lead), *range(stub, columns)]
        return [Placed(p, column, 1) for p, column in zip(row, places, strict=True)]
    for first in (0,) if headed else (0, stub):
        whole = given[-1].kind != BLANK or (not first and given[0].kind == BLANK and len(row) > 1)
        if len(given) == columns - first and whole:
            return [
                Placed(p, first + i, reach(given, below, i))
                for i, p in enumerate(given)
                if p.kind != BLANK
            ]
    return None


def reach(row: Row, below: Row, column: int) -> int:
    """Over how many columns a head stands: its own and empty ones, where the row below has heads."""
    end = column + 1
    if len(below) == len(row) and below[column].kind != BLANK:
        while end < len(row) and row[end].kind == BLANK and below[end].kind != BLANK:
            end += 1
    return end - column


# --- heads that stand one cell after another ------------------------------------------------------


def _by_blanks(names: Row, frame: Frame) -> list[list[Placed]] | None:
    """The heads of two levels where empty cells behind those of the upper one tell over how many columns
    each stands, and as many names follow as these are: 预算数 | 其中 | | 基本支出 | 项目支出."""
    upper, lower = names[: frame.columns], names[frame.columns :]
    if not lower or upper[0].kind == BLANK or any(p.kind == BLANK for p in lower):
        return None
    starts = [i for i, p in enumerate(upper) if p.kind != BLANK]
    over = [Placed(upper[a], a, b - a) for a, b in pairwise([*starts, frame.columns])]
    places = [c for p in over if p.columns > 1 for c in range(p.column, p.column + p.columns)]
    if len(places) != len(lower):
        return None
    return [over, [Placed(p, c, 1) for p, c in zip(lower, places, strict=True)]]


def _begins(cells: Row, names: Row, frame: Frame) -> list[Piece]:
    """Which names begin a level: those behind cells in another language, where few do."""
    behind = [b for a, b in pairwise(cells) if b in names and is_foreign(frame.words(a))]
    return behind if len(behind) < _LEVELS else []


def _unfolded(cells: Row, frame: Frame) -> list[Row]:
    """The rows of captions and heads that stand one cell after another above a body: those of one
    cell, then groups, a whole row, and what stands below some of its heads."""
    words, columns, size = frame.words, frame.columns, frame.size
    out, rest = _without_captions(cells, frame)
    headed = bool(rest) and (rest[0].kind == BLANK or bool(STUB.fullmatch(words(rest[0]))))
    corner = rest[:1] if headed else []
    names = [p for p in rest[len(corner) :] if p.kind != BLANK]
    if len(rest) <= columns or len(names) <= size:
        return [*out, rest]
    ways: list[tuple[float, list[Row]]] = [
        (0.15 * (len(rest) - columns), [rest[:columns], rest[columns:]])
    ]
    parts = next((i for i, p in enumerate(rest) if i and TOTAL.fullmatch(words(p))), 0)
    if len(rest) - columns < parts < columns:
        ways.append((0.1, [rest[:parts], rest[parts:]]))
    for groups in range(1, min(size, len(names) - size + 1)):
        labels = [words(p) for p in names[groups : groups + size]]
        left = names[groups + size :]
        alone = 0.5 if groups == 1 else 0.0  # one head over all says nothing
        cost = strain(best_cuts(groups, labels), labels) + 0.2 * groups + 0.15 * len(left) + alone
        rows: list[Row] = [[*corner, *names[:groups]], names[groups : groups + size]]
        ways.append((cost, [*rows, left] if left else rows))
    return [*out, *min(ways, key=lambda way: way[0])[1]]


def _size(words: str) -> int:
    """How many characters words have, but for the blanks between the lines of a head."""
    return len("".join(words.split()))


def _without_captions(cells: Row, frame: Frame) -> tuple[list[Row], list[Piece]]:
    """Captions, a row each, and the cells after them without what says the same in another language,
    twice, or nothing."""
    words, columns = frame.words, frame.columns

    def is_dated(piece: Piece) -> bool:
        return DATED.match(words(piece)) is not None

    rest = [p for p in cells if p.kind == BLANK or HAN.search(words(p)) or p.kind == YEAR]
    own = [p for p in rest if p.kind != BLANK]
    if all(p.kind != YEAR and CAPTION.search(words(p)) for p in own):
        rest = list(cells)  # all of the heads are in another language
    out: list[Row] = []
    while named := next((p for p in rest if p.kind != BLANK), None):
        said = words(named)
        dated = is_dated(named) and sum(map(is_dated, rest)) == 1
        longest = max((_size(words(p)) for p in rest if p is not named), default=0)
        titled = (
            len(rest) > columns
            and _size(said) >= TITLE_LEAST
            and (dated or bool(TITLE.search(said)) or _size(said) > 2 * longest)
        )
        after = rest[rest.index(named) + 1 : len(rest) - columns + 1]
        told = [words(p) for p in after]
        over = any(map(KEYED.match, told)) or (
            STUB.fullmatch(said) is None and any(map(STUB.fullmatch, told))
        )
        if named.kind == YEAR:  # 2023年全县小学情况 is a title, beside other years a head
            over = False
            titled = titled and sum(p.kind == YEAR for p in rest) == 1
        if not (titled or over or (named.kind != YEAR and CAPTION.search(said))):
            break
        out.append([named])
        del rest[: rest.index(named) + 1]
    while rest and rest[-1].kind == BLANK:
        rest.pop()
    once = [
        p for i, p in enumerate(rest) if not i or p.kind == BLANK or words(p) != words(rest[i - 1])
    ]
    while len(once) > columns and once[0].kind == BLANK and _is_corner(once[1], words):
        once.pop(0)
    return out, once


def _is_corner(piece: Piece, words: Words) -> bool:
    return piece.kind == BLANK or STUB.fullmatch(words(piece)) is not None


def _one_by_one(rows: list[Row], frame: Frame) -> list[list[Placed]] | None:
    """Rows of heads of which none is whole, as lines of a page give them: as many heads one after
    another as there are columns, or more by those that stand over several."""
    words = frame.words
    if len(rows) < 2 or any(len(_filled(row)) >= frame.size for row in rows):
        return None
    names = joined([p for row in rows for p in row if p.kind != BLANK], words)
    extra = len(names) - frame.size
    groups = [p for p in names if not MEASURED.search(words(p)) and not PART.match(words(p))]
    if extra and (extra < 0 or extra != len(groups)):
        return None
    upper: list[Placed] = []
    lower: list[Placed] = []
    over: Piece | None = None
    for p in names:
        if extra and p in groups:
            over = p
            continue
        column = frame.stub + len(lower)
        lower.append(Placed(p, column, 1))
        opened = bool(upper) and upper[-1].piece == over
        if over is None or (PART.match(words(p)) and not opened):
            continue  # a part of the column before it
        if opened:
            upper[-1] = Placed(over, upper[-1].column, column + 1 - upper[-1].column)
        else:
            upper.append(Placed(over, column, 1))
    return [upper, lower] if upper else [lower]
