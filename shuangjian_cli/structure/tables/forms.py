"""Forms: rows of labels and values by turns (占地面积 | 12600 | 班级数 | 28), and small tables stacked in one,
each a row of values below labels of its own, in one storey or two, that have lost how far they reach.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from heapq import nsmallest
from itertools import groupby, pairwise
from typing import NamedTuple

from shuangjian_cli.model import Table
from shuangjian_cli.patterns import regex
from shuangjian_cli.structure.tables.blocks import Row
from shuangjian_cli.structure.tables.build import Built
from shuangjian_cli.structure.tables.content import BLANK, MISSING, NUMBER, TEXT
from shuangjian_cli.structure.tables.frame import Frame, Placed
from shuangjian_cli.structure.tables.levels import is_whole
from shuangjian_cli.structure.tables.nested import ranked
from shuangjian_cli.structure.tables.regions import MARKS, Piece
from shuangjian_cli.structure.tables.signs import BARE_UNIT, MEASURED, UNIT
from shuangjian_cli.structure.tables.text import Text

Words = Callable[[Piece], str]

_OWN_UNIT = regex(r"\d[\d,.]*[余多万亿]*([^\d\s,.，、；余多（(万亿][^\d\s，、；（(]{0,4}|%)")
"""A number with the unit that its cell gives."""
_BETWEEN = regex(r" ?[，、；] ?| ")
"""What stands between the values of a cell."""
_SEAM = 3
"""How far apart cells stand at least that are not parts of one."""
_YES = regex(r"是否|有无")
"""How a label begins that asks for no number."""
_SHARE = regex(r"[率比例重]$|%")
NO_FIT = "its labels do not fit its cells"


class Part(NamedTuple):
    """Rows of a form that are read alike. `pairs` are rows of a label and its value, and where there
    are none, `heads` stand over `values`; both are empty where rows are as in other tables, and
    `unsure` tells that the heads may as well stand over others. `first` and `last` tell which rows
    these are, and from `body` on they hold but words."""

    first: int
    body: int
    last: int
    pairs: Sequence[Row] = ()
    heads: Sequence[Sequence[Placed]] = ()
    values: Sequence[Piece] = ()
    doubt: str | None = None
    unsure: bool = False

    @property
    def is_form(self) -> bool:
        """Whether its rows are not as in other tables."""
        return bool(self.pairs or self.values)


def parts(rows: Sequence[Row], words: Words) -> list[Part]:
    """The parts of what may be a form; none where its rows are as in other tables."""
    own = [_trimmed(row) for row in rows]
    turns = _turns(own, words)
    stacked = [at for at in _stacked(own, words) if at not in turns]
    if not turns and not stacked:
        return []
    if stacked:
        turns |= {at for at, row in enumerate(own) if _is_entry(own, at, words)}
        stacked = [at for at in stacked if at not in turns]
    out: list[Part] = []
    at = 0
    for is_pairs, group in groupby(range(len(own)), lambda row: row in turns):
        run = [*group]
        if is_pairs:
            pairs = [pair for row in run for pair in _pairs(own[row])]
            out.append(Part(run[0], run[-1] + 1, run[-1] + 1, pairs))
            continue
        at = run[0]
        for row in stacked:
            if row in run:
                part = _block(own, at, row, words)
                begin = row - max(len(part.heads), 1)
                if out and out[-1].is_form:
                    out[-1] = out[-1]._replace(last=begin)  # with what stands between them
                out.append(part._replace(first=begin))
                at = row + 1
        if at <= run[-1]:
            out.append(Part(at, at, run[-1] + 1))
    return out


def _trimmed(row: Row) -> Row:
    """A row without cells that others reach over, and without the empty ones at its end."""
    cells = [p for p in row if p.kind != MISSING]
    while cells and cells[-1].kind == BLANK:
        cells.pop()
    return cells


def table(
    text: Text, part: Part, rows: Sequence[Row], rule: str, before: list[Piece], after: list[Piece]
) -> Table:
    """The table of a part of a form; `rows` are all of the form."""
    if part.pairs:
        columns = 2
        built = Built(text, columns, 1)
        for pair in part.pairs:
            kind = "body" if pair[1:] and pair[1].kind == NUMBER else "words"
            built.placed(kind, [Placed(p, at, 1) for at, p in enumerate(pair) if p.start < p.end])
    else:
        ends = [head.column + head.columns for row in part.heads for head in row]
        columns = max([len(part.values), *ends])
        built = Built(text, columns, 0)
        for heads in part.heads:
            built.placed("head", heads)
        built.placed("body", [Placed(p, at, 1) for at, p in enumerate(part.values)])
    for row in rows[part.body : part.last]:
        if filled := [p for p in row if p.start < p.end]:
            built.placed("words", [Placed(filled[0]._replace(end=filled[-1].end), 0, columns)])
    low, high = built.low, built.high
    while low and text.text[low - 1] in "|｜│┃ \t":
        low -= 1
    if marks := MARKS.match(text.text, high):
        high = marks.end()
    return built.table(low, high, before, after, rule, part.doubt, (False, part.unsure))


# --- labels and values by turns -------------------------------------------------------------------


def _turns(rows: Sequence[Row], words: Words) -> set[int]:
    """Which rows are of labels and values by turns, two or more of each: those with numbers, of which the
    labels tell what is counted and none returns, and those of words beside them."""
    found = {at for at, row in enumerate(rows) if _is_by_turns(row)}
    counted = total = 0
    labels: list[str] = []
    for at in found:
        for label, value in _pairs(rows[at]):
            if value.kind == NUMBER:
                name = words(label)
                labels.append(name)
                total += 1
                counted += is_whole(name) > 0 or _OWN_UNIT.match(words(value)) is not None
                if BARE_UNIT.fullmatch(name):
                    return set()
    if total < 2 or 3 * counted < 2 * total or len(set(labels)) < len(labels):
        return set()
    beside: set[int] = set()
    run: list[int] = []
    for at, row in enumerate([*rows, []]):
        if len(row) > 1 and len(row) % 2 == 0 and all(p.kind in (TEXT, BLANK) for p in row):
            run.append(at)
            continue
        if at in found or (run and run[0] - 1 in found and not _has_number(row)):
            beside.update(run)  # else labels of what stands below
        run = []
    return found | beside


def _is_by_turns(row: Row) -> bool:
    """Whether words stand in each second place and a number in some other, behind a group at most."""
    cells = row[len(row) % 2 :]
    return (
        len(cells) > 3
        and all(p.kind == TEXT for p in (*row[:1], *cells[::2]))
        and sum(p.kind == NUMBER for p in cells[1::2]) > 0
    )


def _pairs(row: Row) -> list[list[Piece]]:
    """The labels of a row, each with its value, if it has one."""
    cells = row[len(row) % 2 :] if len(row) > 1 else row
    return [cells[at : at + 2] for at in range(0, len(cells), 2)]


def _is_entry(rows: Sequence[Row], at: int, words: Words) -> bool:
    """Whether a row is one label and its value."""
    row = rows[at]
    if len(row) != 2 or row[0].kind != TEXT or row[1].kind != NUMBER:
        return False
    return is_whole(words(row[0])) > 0 or not _is_words(rows[at - 1] if at else [])


# --- small tables one below the other -------------------------------------------------------------


def _stacked(rows: Sequence[Row], words: Words) -> list[int]:
    """The rows of values that stand each below labels of its own, two or more or one below rows of a label
    and its value; none where they do not."""
    values = [at for at, row in enumerate(rows) if len(row) > 1 and _has_number(row)]
    below = [at for at in values if at and _is_words(rows[at - 1])]
    apart = all(b - a > 1 for a, b in pairwise(values) if a in below)
    entries = [at for at in values if at not in below and _is_entry(rows, at, words)]
    if not apart or len(below) + bool(entries[: values.index(below[0])] if below else 0) < 2:
        return []
    return below if 2 * len(below) >= len(values) - len(entries) else []


def _has_number(row: Row) -> bool:
    return any(p.kind == NUMBER for p in row)


def _is_words(row: Row) -> bool:
    """Whether a row may be of labels: two words or more."""
    return len(row) > 1 and all(p.kind in (TEXT, BLANK) for p in row)


class _Way(NamedTuple):
    """Heads laid over values, and how badly they fit."""

    strain: float
    heads: list[list[Placed]]
    values: list[Piece]


def _block(rows: Sequence[Row], first: int, at: int, words: Words) -> Part:
    """The rows from `first` to the row of values at `at`, which takes the nearest labels above it that are
    as many as its cells."""
    lower = [p for p in rows[at - 1] if p.kind != BLANK]
    upper = [p for p in rows[at - 2] if p.kind != BLANK] if at - 2 >= first else []
    upper = upper if len(upper) > 1 and _is_words(rows[at - 2]) else []
    if all(UNIT.fullmatch(words(p)) for p in lower) and len(upper) == len(rows[at]):
        units = [Placed(p, i, 1) for i, p in enumerate(rows[at - 1]) if p.kind != BLANK]
        names = [Placed(p, i, 1) for i, p in enumerate(upper)]
        return Part(first, at + 1, at + 1, [], [names, units], rows[at])
    found = nsmallest(
        2,
        (way for cells in _spread(rows[at], words) for way in _ways(upper, lower, cells, words)),
        key=lambda way: way.strain,
    )
    if not found:
        return Part(first, at + 1, at + 1, values=rows[at], doubt=NO_FIT)
    unsure = found[-1] != found[0] and found[1].strain - found[0].strain < _SURE
    return Part(first, at + 1, at + 1, [], found[0].heads, found[0].values, None, unsure)


def _spread(row: Row, words: Words) -> Iterator[list[Piece]]:
    """The cells of a row of values as they are, and with those that hold several in a cell for each."""
    yield row
    out: list[Piece] = []
    for piece in row:
        said = words(piece)
        cuts = [m.span() for m in _BETWEEN.finditer(said)] if piece.kind == NUMBER else []
        if not cuts or len(said) != piece.end - piece.start:
            out.append(piece)
            continue
        begin = 0
        for a, b in [*cuts, (len(said), len(said))]:
            out.append(Piece(piece.start + begin, piece.start + a, NUMBER))
            begin = b
    if len(out) > len(row):
        yield out


_LACKING, _SPREAD, _LEFT = 1.0, 0.1, 4.0
"""How much it speaks against a way that a row lacks cells at its end, that cells are parted, and that
the upper of two rows of labels has no part in it."""
_SURE = 0.1
"""How much more what speaks against the next best way must be where one is sure."""


def _ways(upper: Row, lower: Row, values: list[Piece], words: Words) -> Iterator[_Way]:
    """The ways to lay labels over values: one row, or a second above it of which some stand over two or
    more."""
    size = len(values)
    cost = _SPREAD * any(b.start - a.end < _SEAM for a, b in pairwise(values))
    if size == len(lower):
        heads = [[Placed(p, at, 1) for at, p in enumerate(lower)]]
        left = _LEFT * bool(upper)
        yield _Way(cost + left + _misfit(heads, values, words), heads, values)
    for columns in (size, size + 1):
        if upper and len(lower) <= columns < len(lower) + len(upper):
            lacks = _LACKING * (columns - size)
            empty = [Piece(values[-1].end, values[-1].end, BLANK)] * (columns - size)
            for strain, rows in ranked([upper, lower], Frame(columns, 0, words)):
                misfit = cost + lacks + strain + _misfit(rows, values, words)
                yield _Way(misfit, rows, [*values, *empty])


def _misfit(heads: Sequence[Sequence[Placed]], values: Sequence[Piece], words: Words) -> int:
    """Over how many values no label stands, or one that asks for another unit, or for words."""
    over = {
        p.column + i: words(p.piece) for row in heads for p in row for i in range(p.columns)
    }  # the lowest
    return sum(_is_strange(over.get(at, ""), p, words(p)) for at, p in enumerate(values))


def _is_strange(label: str, value: Piece, said: str) -> bool:
    if value.kind == BLANK:
        return False
    if not label:
        return True
    stated = MEASURED.search(label)
    unit = stated.group()[1:-1].removesuffix("数") if stated else ""
    if value.kind != NUMBER:
        return BARE_UNIT.fullmatch(unit) is not None or unit in ("M2", "㎡")
    own = _OWN_UNIT.match(said)
    if own is None:
        beyond = unit == "%" and said.isdecimal() and int(said) > 100
        return beyond or _YES.match(label) is not None
    if own[1] == "%":
        return not _SHARE.search(unit or label)
    return BARE_UNIT.fullmatch(unit) is not None and own[1] != unit
