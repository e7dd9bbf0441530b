"""Text → its tables."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence

from shuangjian_cli.model import Folded, Grid, Source, Table
from shuangjian_cli.patterns import regex
from shuangjian_cli.structure.tables import content
from shuangjian_cli.structure.tables.blocks import Row, blocks, cut, fitted, is_body
from shuangjian_cli.structure.tables.content import BLANK, MISSING, NUMBER, YEAR
from shuangjian_cli.structure.tables.heads import Heads, heads
from shuangjian_cli.structure.tables.regions import BARS, BLANKS, TABS, Piece, Region, regions
from shuangjian_cli.structure.words import VOCABULARY

_RULES = {
    BARS: "table.bars",
    TABS: "table.tabs",
    BLANKS: "table.blanks",
}
_STUB = 3
"""How many columns may hold the heads of rows."""
_NUMBERS = 2
"""The least count of numbers in a table of several rows."""
_MARKS = regex(r"\s*[|｜│┃][\s|｜│┃]*")
"""What may follow the last cell of a table and belongs to it."""
_PLAIN = regex(r"[\d.,]+")


def find(source: Source, folded: Folded) -> tuple[Table, ...]:
    """The tables of a text in their order, with folded offsets."""
    return tuple(_Finder(source.text, folded).tables())


class _Finder:
    def __init__(self, text: str, folded: Folded) -> None:
        self._text = text
        self._folded = folded
        self._done = 0
        """Where the last table ends."""

    def tables(self) -> Iterator[Table]:
        for region in regions(self._text, self._kind):
            yield from self._of_region(region)

    def _kind(self, start: int, end: int) -> str:
        return content.kind(self._words_at(start, end))

    def _words_at(self, start: int, end: int) -> str:
        folded = self._folded
        return folded.text[folded.folded(start) : folded.folded(end)]

    def _words(self, piece: Piece) -> str:
        return self._words_at(piece.start, piece.end).replace("\n", "").strip()

    def _measure(self, piece: Piece) -> tuple[float, int] | None:
        if piece.kind not in (NUMBER, YEAR):
            return None
        return content.number(self._words(piece))

    def _of_region(self, region: Region) -> Iterator[Table]:
        rows = cut(region.rows[0]) if region.flat else region.rows
        said = ["|".join(map(self._words, row)) for row in rows]
        before = [p for p in region.before if p.start >= self._done]
        for above, body in blocks(rows, said):
            table = self._table(region, above, body, before)
            if table is not None:
                yield table
            before = []

    def _table(
        self, region: Region, above: list[Row], body: list[Row], before: list[Piece]
    ) -> Table | None:
        body = fitted(body, self._measure, blanks=region.parted == BLANKS)
        columns = max(map(len, body))
        if region.parted != BLANKS:
            columns = (
                max(
                    columns,
                    *(len(_trim(row)) for row in above if len(_trim(row)) <= columns + 2),
                    0,
                )
                if above
                else columns
            )
        numbers = sum(p.kind == NUMBER for row in body for p in row)
        if numbers < _NUMBERS and not self._is_entry(body, numbers):
            return None
        stub = _stub(body)
        head = heads(above, columns, stub, self._words)
        if not _is_table(head, body, stub, columns):
            return None
        return self._built(region, head, body, before, columns, stub)

    def _is_entry(self, body: Sequence[Row], numbers: int) -> bool:
        """Whether a lone row is a name and its amount: 专任教师    1200人."""
        row = [p for p in body[0] if p.kind != BLANK]
        if len(body) > 1 or numbers != 1 or len(row) != 2 or row[1].kind != NUMBER:
            return False
        name, amount = self._words(row[0]), self._words(row[1])
        return name not in VOCABULARY.keys and not _PLAIN.fullmatch(amount)

    def _built(
        self,
        region: Region,
        head: Heads,
        body: list[Row],
        before: list[Piece],
        columns: int,
        stub: int,
    ) -> Table:
        fold = self._folded.folded
        starts, ends = array("i"), array("i")
        merged: dict[tuple[int, int], tuple[int, int]] = {}
        kinds: list[str] = []
        low, high = len(self._text), 0
        for row in head.rows:
            placed = {p.column: p for p in row}
            for column in range(columns):
                p = placed.get(column)
                starts.append(fold(p.piece.start) if p else -1)
                ends.append(fold(p.piece.end) if p else -1)
                if p:
                    low, high = min(low, p.piece.start), max(high, p.piece.end)
                    if p.columns > 1:
                        merged[len(kinds), column] = (1, p.columns)
            kinds.append("head")
        for line in body:
            section = not is_body(line) and len(line) == 1
            for column in range(columns):
                piece = line[column] if column < len(line) else None
                if piece is None or piece.kind == MISSING:
                    starts.append(-1)
                    ends.append(-1)
                else:
                    starts.append(fold(piece.start))
                    ends.append(fold(piece.end))
                    low, high = min(low, piece.start), max(high, piece.end)
            if section and columns > 1:
                merged[len(kinds), 0] = (1, columns)
            kinds.append("section" if section else "body")
        while low and self._text[low - 1] in "|｜│┃ \t":
            low -= 1
        if marks := _MARKS.match(self._text, high):
            high = marks.end()
        self._done = high
        captions = [*before, *head.captions]
        if region.parted in (BARS, TABS):  # their lines hold marks of the table
            low = min([low, *(piece.start for piece in head.captions)])
        return Table(
            fold(low),
            fold(high),
            Grid(columns, starts, ends, merged),
            tuple(kinds),
            stub,
            tuple((fold(p.start), fold(p.end)) for p in captions),
            tuple((fold(p.start), fold(p.end)) for p in region.after),
            _RULES.get(region.parted, "table.lines"),
        )


def _trim(row: Row) -> Row:
    end = len(row)
    while end and row[end - 1].kind == BLANK:
        end -= 1
    return row[:end]


def _stub(body: Sequence[Row]) -> int:
    """How many columns on the left hold the heads of rows."""
    rows = [row for row in body if is_body(row)]
    width = max(map(len, rows))
    stub = 0
    for column in range(min(_STUB, width - 1)):
        cells = [row[column] for row in rows if column < len(row)]
        filled = [p for p in cells if p.kind not in (BLANK, MISSING)]
        numbers = sum(p.kind == NUMBER for p in filled)
        if numbers * 2 > len(filled):
            break
        years = sum(p.kind == YEAR for p in filled)
        if column and years * 2 > len(filled):
            break
        stub = column + 1
    return stub


def _is_table(head: Heads, body: Sequence[Row], stub: int, columns: int) -> bool:
    """Whether the rows are a table: two rows of numbers, or one under heads."""
    rows = [row for row in body if is_body(row)]
    named = sum(any(p.kind not in (BLANK, NUMBER) for p in row[: max(stub, 1)]) for row in rows)
    has_heads = any(len(row) > 1 for row in head.rows)
    return has_heads or named * 2 >= len(rows)
