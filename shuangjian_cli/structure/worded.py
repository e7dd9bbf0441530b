"""Tables of words: a row for each task or place, with sentences in its cells (task | target |
progress).

Their cells are prose. Each is a paragraph of its own, under the title that the head of its column
is, and under those that the short cells at the beginning of its row are.
"""

from collections.abc import Iterator, Sequence

from shuangjian_cli.model import Section
from shuangjian_cli.patterns import regex

Span = tuple[int, int]

_SERIAL = regex(r"\d{1,3}[.、]?|[（(]?[一二三四五六七八九十]{1,3}[）)]?、?")
_LEVEL = 9
"""How deep the sections of cells stand: below all others."""


class Cell:
    """A cell at [start, end) of the folded text, in its column."""

    __slots__ = ("column", "end", "start")

    def __init__(self, start: int, end: int, column: int) -> None:
        self.start = start
        self.end = end
        self.column = column


class Worded:
    """A table of words at [start, end) of the folded text: the heads of its columns, and its rows.
    The first `stub` columns name the rows."""

    __slots__ = ("end", "heads", "rows", "start", "stub")

    def __init__(
        self,
        start: int,
        end: int,
        heads: tuple[Span, ...],
        rows: tuple[tuple[Cell, ...], ...],
        stub: int,
    ) -> None:
        self.start = start
        self.end = end
        self.heads = heads
        self.rows = rows
        self.stub = stub

    def cells(self) -> Iterator[Span]:
        """All of its cells, in their order."""
        yield from self.heads
        for row in self.rows:
            yield from ((cell.start, cell.end) for cell in row)

    def sections(self, text: str, around: Sequence[Section]) -> Iterator[Section]:
        """A section for each cell that names rows, to the next that does in its column or one before,
        and one for each other cell."""
        named: dict[int, Section] = {}
        for number, row in enumerate(self.rows):
            outer = next((s for s in reversed(around) if s.start <= row[0].start < s.end), None)
            for cell in row:
                names = cell.column < self.stub
                at = (cell.start, cell.end) if names else self.heads[cell.column]
                if names and _SERIAL.fullmatch(text, *at):
                    continue
                named = {c: section for c, section in named.items() if c < cell.column}
                end = self._last(number, cell.column) if names else cell.end
                parent = named[max(named)] if named else outer
                title = text[slice(*at)].strip()
                section = Section(
                    cell.start, end, _LEVEL, title, *at, numbered=False, parent=parent
                )
                if names:
                    named[cell.column] = section
                yield section

    def _last(self, row: int, column: int) -> int:
        """Where the last row ends that a cell names."""
        last = row
        while last + 1 < len(self.rows) and self.rows[last + 1][0].column > column:
            last += 1
        return self.rows[last][-1].end
