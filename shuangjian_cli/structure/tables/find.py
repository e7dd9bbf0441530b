"""Text → its tables."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, takewhile
from operator import eq
from typing import NamedTuple

from shuangjian_cli.model import Folded, Grid, Source, Table
from shuangjian_cli.patterns import regex, worded
from shuangjian_cli.structure.tables import forms
from shuangjian_cli.structure.tables.align import fitted, laid_out
from shuangjian_cli.structure.tables.blocks import (
    Row,
    blocks,
    is_body,
    is_foreign,
    kinds_of,
    names,
    tells,
)
from shuangjian_cli.structure.tables.build import Built, stub_of
from shuangjian_cli.structure.tables.content import BLANK, MISSING, NUMBER, TEXT
from shuangjian_cli.structure.tables.flat import cut, missing
from shuangjian_cli.structure.tables.frame import Frame, Placed
from shuangjian_cli.structure.tables.heads import Heads, heads, parted
from shuangjian_cli.structure.tables.levels import is_whole, joined
from shuangjian_cli.structure.tables.named import with_named
from shuangjian_cli.structure.tables.reaching import before_names, covered, paired, reaching
from shuangjian_cli.structure.tables.regions import (
    BARS,
    BLANKS,
    LINES,
    MARKS,
    TABS,
    Piece,
    Region,
    regions,
)
from shuangjian_cli.structure.tables.signs import HAN, STUB, TOTAL, UNIT
from shuangjian_cli.structure.tables.text import Text
from shuangjian_cli.structure.tables.thousands import dealt
from shuangjian_cli.structure.words import VOCABULARY

_MARKED = "table.marked"
"""The rule of a table that its format marks as one."""
_RULES = {
    BARS: "table.bars",
    TABS: "table.tabs",
    BLANKS: "table.blanks",
    LINES: "table.lines",
    _MARKED: _MARKED,
}
_BESIDE = 500
"""How many rows a grid has at most that is asked whether two tables stand side by side in it."""
_NUMBERS = 2
"""The least count of numbers in a table of several rows."""
_GLUED = regex(r"[\u4e00-\u9fff]\d{2,}(?:\.\d+)?$")
_GLUED_YEARS = regex(r"(?:19|20)\d\d年(?:19|20)\d\d年")
_LISTED = regex(r"[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d{1,2}[、.]")
_MARK = regex(r"[（(]?[一二三四五六七八九十]{1,3}[）)]?[、.]?")
"""A mark of a list that fills its cell."""
_BAND = regex(r"\d+[人岁名个所元]?(?:及?以[下上内]|[-—–~～至]\d+[人岁名个所元])")
_CODES = worded("(?:{codes.words})$", __file__)
"""How the head of a column of codes ends."""
_FOREIGN = regex(r"[（(]?[A-Za-z][^\u4e00-\u9fff]*")
_PLAIN = regex(r"[\d.,]+")
_LACKING = 2
"""How many cells a row may lack that are laid by their size."""
_ASKED = 8
"""How many rows tell how the numbers of columns relate."""
_FEW = 3
_BEFORE = 5
"""How many lines above a table may name it."""


def find(source: Source, folded: Folded) -> tuple[Table, ...]:
    """The tables of a text with grids, in their order, with folded offsets."""
    text = Text(source.text, folded)
    found: list[Table] = []
    at = 0
    for grid in source.grids:
        start, end = grid.extent()
        if start < at or start >= end:
            continue
        found += _in_text(text, regions(text.text, text.kind, at, start), at)
        found += _beside(text, grid, at) or _marked(text, grid, at)
        at = end
    found += _in_text(text, regions(text.text, text.kind, at, len(source.text)), at)
    return _numbered(found)


def of_regions(text: Text, found: Iterable[Region]) -> tuple[Table, ...]:
    """The tables of a text without grids, in their order, with folded offsets."""
    return _numbered(_in_text(text, found, 0))


def _numbered(tables: Iterable[Table]) -> tuple[Table, ...]:
    return tuple(table._replace(number=number) for number, table in enumerate(tables, 1))


# --- tables that the format marks -----------------------------------------------------------------


class _Rows:
    """The rows of a grid: the kinds of their cells; the cells of a row are made when asked for, since
    those of a large sheet would take many times as much memory as the sheet."""

    def __init__(self, text: Text, grid: Grid) -> None:
        self._text = text
        self._grid = grid
        self.kinds = [sys.intern(self._kinds(*grid.spans(row))) for row in range(grid.rows)]
        above = [self[row] for row in range(min(grid.rows, _ASKED))]
        self.kinds[: len(above)] = map(kinds_of, _with_bands(text, above))

    def _kinds(self, starts: Sequence[int], ends: Sequence[int]) -> str:
        kind = self._text.kind
        return "".join(
            [
                kind(start, end) if start < end else MISSING if start < 0 else BLANK
                for start, end in zip(starts, ends, strict=True)
            ]
        )

    def __getitem__(self, row: int) -> Row:
        cells = zip(*self._grid.spans(row), self.kinds[row], strict=True)
        return [Piece(max(start, 0), max(end, 0), kind) for start, end, kind in cells]

    def words(self, row: int) -> str:
        """The words of a row."""
        return self._text.row(self[row])

    def size(self, row: int) -> float | None:
        """How large the number is that stands first in a row."""
        return _number(self._text, self[row][0])


def _marked(text: Text, grid: Grid, at: int) -> Iterator[Table]:
    """The tables that stand in one grid, one below the other."""
    rows = _Rows(text, grid)
    done = at
    for above, body in blocks(rows.kinds, rows.words):
        inside = rows.kinds[body.start : body.stop]
        stub = stub_of(rows.kinds, body, rows.size)
        captions, first = parted([rows[i] for i in above], grid.columns, text.words)
        head = above[len(above) - first :] if first else []
        under = _sections([rows[i] for i in head], text.words)
        head, sections = head[: len(head) - under], head[len(head) - under :]
        if not _is_table(bool(head), inside, stub):
            continue
        whole = range((head + sections + [body.start])[0], body.stop)
        # One by one: numbers in a list take as much memory as the words of their rows.
        is_whole = len(whole) == len(head) + len(sections) + len(body)
        is_whole = is_whole and all(map(eq, whole, chain(head, sections, body)))
        built = Built(text, grid.columns, stub, (grid, whole) if is_whole else None)
        for i in head:
            built.marked("head", grid, i)
        known = {rows.words(i) for i in head}
        for i in chain(sections, body):
            again = names(rows.kinds[i]) and rows.words(i) in known
            kind = "head" if again else _kind(rows, i)
            built.marked(kind, grid, i)
        start = min(built.low, *(p.start for p in captions)) if captions else built.low
        before = [p for p in text.lines_before(start, _BEFORE) if p.start >= done]
        done = built.high
        yield built.table(start, built.high, [*before, *captions], text.after(built.high), _MARKED)


def _beside(text: Text, grid: Grid, at: int) -> list[Table]:
    """The tables of a grid in which two stand side by side; none where they do not."""
    if grid.rows > _BESIDE:
        return []
    cells = _Rows(text, grid)
    rows = [[p for p in cells[row] if p.kind != MISSING or not row] for row in range(grid.rows)]
    halved = _halved(text, rows)
    if halved is rows:
        return []
    start, end = grid.extent()
    before = [p for p in text.lines_before(start, _BEFORE) if p.start >= at]
    region = Region(_MARKED, halved, False, before, text.after(end))
    return list(_in_text(text, [region], at))


def _kind(rows: _Rows, row: int) -> str:
    """Whether a row is of the body, or heads the rows after it."""
    kinds = rows.kinds[row]
    filled = kinds.replace(BLANK, "").replace(MISSING, "")
    if len(filled) != 1 or filled == NUMBER:
        return "body"
    marks = any(p.kind == BLANK and p.start < p.end for p in rows[row])
    return "body" if marks else "section"


# --- tables in plain text -------------------------------------------------------------------------


def _in_text(text: Text, found: Iterable[Region], done: int) -> Iterator[Table]:
    for region in found:
        region = region._replace(rows=_with_bands(text, region.rows))
        goes_on = frozenset[int]()
        if region.flat:
            cells = _own(text, region.rows[0])
            rows = cut(cells, text.measure, coded=_is_coded(text, cells))
            rows = _with_parts(text, reaching(_totalled(text, rows), text.own))
        else:
            rows = _halved(text, [_section(text, row) for row in region.rows])
            if form := forms.parts(rows, text.words):
                for table in _of_form(text, region, rows, form, done):
                    done = text.folded.start(table.end)
                    yield table
                continue
            rows, goes_on = with_named(rows, text.words)
        for table in _of_rows(text, region, rows, goes_on, done):
            done = text.folded.start(table.end)
            yield table


def _of_rows(
    text: Text, region: Region, rows: list[Row], goes_on: Collection[int], done: int
) -> Iterator[Table]:
    """The tables of rows, one below the other."""
    before = [p for p in region.before if p.start >= done]
    kinds = [*map(kinds_of, rows)]
    for above, body in blocks(kinds, partial(_words, text, rows)):
        inside = _without_foreign(text, [rows[i] for i in body])
        over = [rows[i] for i in above]
        if region.flat and body.start > len(above):  # heads that return
            over = [[p for row in over for p in row if p.kind != MISSING]]
        table = _table(text, region, over, inside, before, goes_on)
        if table is not None:
            yield table
        before = []


def _of_form(
    text: Text, region: Region, rows: list[Row], form: Sequence[forms.Part], done: int
) -> Iterator[Table]:
    """The tables of a form, all under what stands above it."""
    before = [p for p in region.before if p.start >= done]
    over = takewhile(lambda row: sum(p.start < p.end for p in row) == 1, rows)
    before += [p for row in over for p in row if p.start < p.end]
    for part in form:
        if part.is_form:
            yield forms.table(text, part, rows, _RULES[region.parted], before, region.after)
        else:
            own, goes_on = with_named(rows[part.first : part.last], text.words)
            yield from _of_rows(text, region, own, goes_on, done)


def _halved(text: Text, rows: list[Row]) -> list[Row]:
    """Rows of two tables that stand side by side under the same heads, as rows of one."""
    for at, row in enumerate(rows):
        heads = [text.words(p) for p in row[: _width(row)]]
        half = len(heads) // 2
        if half < 2 or not names(kinds_of(row)) or heads != heads[:half] * 2:
            continue
        below = [r[: max(_width(r), 1)] for r in rows[at + 1 :]]
        named = sum(r[half].kind == TEXT for r in below if len(r) > half and r[0].kind == TEXT)
        if max(map(len, below), default=0) <= 2 * half and 2 * named >= len(below):
            parts = [part for r in below for part in (r[:half], r[half:]) if part]
            above = [r for r in rows[:at] if sum(p.kind not in (BLANK, MISSING) for p in r) < 2]
            return [*above, row[:half], *parts]
    return rows


def _section(text: Text, row: Row) -> Row:
    """A row whose only words stand behind the mark of a list, as one cell: （一） | 学前教育 | |"""
    filled = [p for p in row if p.kind != BLANK]
    if len(filled) != 2 or filled[1].kind != TEXT or not _MARK.fullmatch(text.words(filled[0])):
        return row
    return [Piece(filled[0].start, filled[1].end, TEXT)]


def _words(text: Text, rows: Sequence[Row], row: int) -> str:
    return text.row(rows[row])


def _with_bands(text: Text, rows: list[Row]) -> list[Row]:
    """Rows whose heads are bands (30人以下, 31-45人) that by themselves would be numbers."""
    cells = [piece for row in rows for piece in row]
    numbers = [at for at, piece in enumerate(cells) if piece.kind == NUMBER]
    bands = [at for at in numbers if _BAND.fullmatch(text.words(cells[at]))]
    if len(bands) < 2 or bands != numbers[: len(bands)] or len(numbers) < 2 * len(bands):
        return rows
    if not bands[0] or STUB.fullmatch(text.words(cells[bands[0] - 1])) is None:
        return rows
    heads = {cells[at] for at in bands}
    return [[p._replace(kind=TEXT) if p in heads else p for p in row] for row in rows]


def _is_coded(text: Text, cells: Row) -> bool:
    """Whether a head above the first number tells of codes."""
    above = takewhile(lambda piece: piece.kind != NUMBER, cells)
    return any(_CODES.search(text.words(piece)) for piece in above if piece.kind == TEXT)


def _own(text: Text, cells: Row) -> Row:
    """Cells without those that say in another language what the ones before them say, where such
    stand there only."""
    before: Piece | None = None
    foreign: list[bool] = []
    follows = 0
    for piece in cells:
        words = text.words(piece) if piece.kind == TEXT else ""
        foreign.append(_FOREIGN.fullmatch(words) is not None)
        follows += foreign[-1] and before is not None and HAN.search(text.words(before)) is not None
        before = piece
    if not follows or follows * 5 < sum(foreign) * 4:
        return cells
    return [piece for piece, other in zip(cells, foreign, strict=True) if not other]


def _without_foreign(text: Text, body: list[Row]) -> list[Row]:
    """The rows of a body without those that say in another language what the row above names."""
    out: list[Row] = []
    for row in body:
        named = any(out[-1:]) and HAN.search(text.words(out[-1][0])) is not None
        if not (named and not is_body(row) and is_foreign(text.row(row))):
            out.append(row)
    return out


def _totalled(text: Text, rows: list[Row]) -> list[Row]:
    """Rows that begin with numbers, but for the first, a total that has none: what seems to be it is the
    last of the heads."""
    if len(rows) < _FEW or is_body(rows[0]) or not is_body(rows[1]):
        return rows
    above, (first, *rest), *others = rows
    counted = sum(row[0].kind == NUMBER for row in others)
    if first.kind != TEXT or not TOTAL.fullmatch(text.words(rest[0])) or 2 * counted < len(others):
        return rows
    return [[*above, first], [missing(first), *rest], *others]


def _with_parts(text: Text, rows: list[Row]) -> list[Row]:
    """Rows whose first ends before a name that heads a part of the body: a numbered one, or one more
    than there are columns where others stand alone between rows."""
    if len(rows) < 2 or is_body(rows[0]):
        return rows
    above = list(rows[0])
    while above and above[-1].kind == BLANK:
        above.pop()
    if not above:
        return rows
    listed = sum(_LISTED.match(text.words(row[0])) is not None for row in rows[1:])
    extra = len(above) - len(rows[-1])
    if not _LISTED.match(text.words(above[-1])):
        alone = any(len(row) == 1 and row[0].kind == TEXT for row in rows[1:])
        counted = [is_whole(text.words(piece)) > 0 for piece in above[-2:]]
        alone = alone and paired(joined(above, text.own), len(rows[-1]), text.own) is None
        if not alone or extra < 1 or counted != [True, False]:
            return rows
    elif extra < (listed < _FEW):
        return rows
    return [above[:-1], above[-1:], *rows[1:]]


def _table(
    text: Text,
    region: Region,
    above: list[Row],
    body: list[Row],
    before: list[Piece],
    goes_on: Collection[int],
) -> Table | None:
    whole = max(map(len, body))
    grouped, unsure = None, frozenset[int]()
    if region.flat:
        body = laid_out(body, text.measure)
        grouped = before_names(above, body, text.own)
        above, body = grouped or (above, body)
    else:
        blanks = region.parted == BLANKS
        if blanks:
            body, unsure = dealt(body, above, text.words)
        body = fitted(body, text.measure, blanks=blanks)
    body = [row for row in body if row]
    columns = max(map(len, body))
    if region.parted in (BARS, TABS) and not region.flat:
        widths = [_width(row) for row in above]
        columns = max([columns, *(width for width in widths if width <= min(whole, columns + 2))])
    numbers = sum(p.kind == NUMBER for row in body for p in row)
    if numbers < _NUMBERS and not _is_entry(text, body, numbers):
        return None
    kinds = [*map(kinds_of, body)]
    stub = stub_of(kinds, range(len(body)), lambda row: _number(text, body[row][0]))
    under = _sections(above, text.words) or _listed(text, above, body)
    above, sections = above[: len(above) - under], above[len(above) - under :]
    told = [_numbers(text, row) for row in body if is_body(row)][:_ASKED]
    head = heads(above, Frame(columns, stub, text.own, told))
    body = [*([p for p in row if p.kind != BLANK] for row in sections), *body]
    headed = any(len(row) > 1 for row in head.rows)
    if len(body) == 1 and not headed and not _is_entry(text, body, numbers):
        return None  # a headline: 全国教育投入 46143 亿元 增长 8.4 %
    if not _is_table(headed, kinds, stub):
        return None
    short = unsure | {
        row[0].start for row in body if sum(p.kind == MISSING for p in row) > _LACKING
    }
    ended = {row[0].start for row in body if _has_one(row)}
    if 2 * len(ended) > len(body):
        ended = set()
    told_of = _OfRows(short, ended, goes_on, grouped is not None)
    return _built(text, region, head, body, before, columns, stub, told_of)


def _has_one(row: Row) -> bool:
    """Whether two empty cells or more follow the only number of a row."""
    return (
        len(row) > _FEW
        and row[1].kind == NUMBER
        and all(p.kind == BLANK and p.start == p.end for p in row[2:])
    )


def _numbers(text: Text, row: Row) -> list[float | None]:
    """How large the numbers of a row are."""
    return [_number(text, piece) for piece in row]


def _number(text: Text, piece: Piece) -> float | None:
    size = text.measure(piece)
    return size[0] if size is not None else None


def _is_entry(text: Text, body: Sequence[Row], numbers: int) -> bool:
    """Whether a lone row is a name and its amount: 专任教师    1200人."""
    row = [p for p in body[0] if p.kind != BLANK]
    if len(body) > 1 or numbers != 1 or len(row) != 2 or row[1].kind != NUMBER:
        return False
    name, amount = text.words(row[0]), text.words(row[1])
    return name not in VOCABULARY.keys and not _PLAIN.fullmatch(amount)


class _OfRows(NamedTuple):
    """What is known of rows: where those begin whose cells cannot be told (`short`), those with empty cells
    behind the first number (`ended`) and those that have the heads of the row above (`goes_on`), and whether the first cell of a row reaches down over those
    without (`grouped`)."""

    short: Collection[int]
    ended: Collection[int]
    goes_on: Collection[int]
    grouped: bool


def _followed(below: Sequence[Row], goes_on: Collection[int]) -> int:
    """How many of the rows below have the heads of the one above them."""
    return len(list(takewhile(lambda row: row[0].start in goes_on, below)))


def _built(
    text: Text,
    region: Region,
    head: Heads,
    body: list[Row],
    before: list[Piece],
    columns: int,
    stub: int,
    of: _OfRows,
) -> Table:
    """The table of heads and rows."""
    built = Built(text, columns, stub)
    for i, row in enumerate(head.rows):
        built.placed("continued" if head.broken and i else "head", row)
    known = {text.words(p.piece) for row in head.rows for p in row}
    for at, line in enumerate(body):
        section = len(line) == 1 and not is_body(line)
        reach = columns if section else 1
        pieces = [Placed(p, i, reach) for i, p in enumerate(line) if p.kind != MISSING]
        if of.grouped and line[0].kind != MISSING:
            pieces[0] = pieces[0]._replace(rows=covered(body, at))
        if line[0].start in of.goes_on:
            pieces = [p for p in pieces if p.column >= stub]
        elif reach := _followed(body[at + 1 :], of.goes_on):
            pieces = [p._replace(rows=1 + reach) if p.column < stub else p for p in pieces]
        again = names(kinds_of(line)) and known.issuperset(map(text.words, line))
        kind = "short" if line[0].start in of.short else "body"
        kind = "ended" if line[0].start in of.ended else kind
        built.placed("section" if section else "head" if again else kind, pieces)
    low, high = built.low, built.high
    if region.parted in (BARS, TABS):  # their lines hold marks of the table
        low = min([low, *(piece.start for piece in head.captions)])
    while low and text.text[low - 1] in "|｜│┃ \t":
        low -= 1
    if marks := MARKS.match(text.text, high):
        high = marks.end()
    captions = [*before, *head.captions]
    doubt = _doubt(text, region, head, body, stub)
    rule = _RULES[region.parted]
    unsure = head.unsure or _lacks_total(text, head, body)
    return built.table(low, high, captions, region.after, rule, doubt, (head.left, unsure))


def _lacks_total(text: Text, head: Heads, body: list[Row]) -> bool:
    """Whether a row of several numbers has none in the last column, where that holds the sums of all:
    its empty cells may have slipped to its end."""
    last = max((p for row in head.rows for p in row), key=lambda p: p.column, default=None)
    if last is None or not TOTAL.fullmatch(text.words(last.piece)):
        return False
    return any(
        sum(p.kind == NUMBER for p in row) > 1
        and all(p.kind in (BLANK, MISSING) for p in row[last.column :])
        for row in body
    )


def _doubt(text: Text, region: Region, head: Heads, body: list[Row], stub: int) -> str | None:
    """Why the numbers of a table cannot be told, if so."""
    said = [text.words(p.piece) for row in head.rows for p in row]
    glued = sum(_GLUED.search(text.words(row[0])) is not None for row in body)
    named = [*said, *map(text.words, head.captions)]
    if any(map(_GLUED_YEARS.search, named)) or glued * 3 > len(body):
        return "its numbers run into each other"
    rows = [row for row in body if is_body(row)]
    columns = max(map(len, rows)) - stub
    bare = all(_PLAIN.fullmatch(text.words(p)) for row in rows for p in row if p.kind == NUMBER)
    if not said and columns > 1 and bare:
        return "nothing names its columns"
    short = sum(sum(p.kind == MISSING for p in row) > _LACKING for row in rows)
    if short * 2 > len(rows):
        return "its rows lack cells, which cannot be told"
    return None


def _sections(above: Sequence[Row], words: Callable[[Piece], str]) -> int:
    """How many rows of one cell stand under rows of heads: they head parts of the body."""
    count = listed = 0
    is_foreign = not any(HAN.search(words(p)) for row in above for p in row)
    for row in reversed(above):
        filled = [p for p in row if p.kind not in (BLANK, MISSING)]
        if len(filled) != 1 or filled[0].kind != TEXT or row[0] is not filled[0]:
            break
        said = words(filled[0])
        if UNIT.fullmatch(said) or not (is_foreign or HAN.search(said)):
            break  # the names of columns in another language are no part
        count += 1
        listed += _LISTED.match(said) is not None
    over = above[len(above) - count - 1] if count < len(above) else []
    several = sum(p.kind not in (BLANK, MISSING) for p in over) > 1
    return count if several and (count < _FEW or listed == count) else 0


def _listed(text: Text, above: Sequence[Row], body: Sequence[Row]) -> int:
    """One, where the last of heads that stand a line each opens the list that rows of the body go on
    with: 一、, and later 二、."""
    lines = [row for row in [*above[-1:], *body] if len(row) == 1]
    if not above or len(above[-1]) != 1:
        return 0
    return int(len(lines) > 1 and all(_LISTED.match(text.words(x[0])) for x in lines))


def _width(row: Row) -> int:
    """How many cells a row has without the empty ones at its end."""
    end = len(row)
    while end and row[end - 1].kind == BLANK:
        end -= 1
    return end


def _is_table(has_heads: bool, body: Iterable[str], stub: int) -> bool:
    """Whether rows of cells of these kinds are a table: numbers under heads, or beside names."""
    if has_heads:
        return True
    rows = [kinds for kinds in body if tells(kinds)]
    named = sum(kinds[: max(stub, 1)].strip(NUMBER + BLANK + MISSING) != "" for kinds in rows)
    return named * 2 >= len(rows)
