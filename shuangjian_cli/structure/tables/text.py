"""The text in which tables are looked for, as read and folded."""

from __future__ import annotations

from collections.abc import Sequence

from shuangjian_cli.model import Folded
from shuangjian_cli.patterns import regex
from shuangjian_cli.structure.tables import content
from shuangjian_cli.structure.tables.content import NUMBER, YEAR
from shuangjian_cli.structure.tables.regions import Piece

_FOREIGN = regex(r"(?<=[\u4e00-\u9fff）)]) *[（(]?[A-Za-z][^\u4e00-\u9fff]*$")


class Text:
    """A text as read with its folded form; offsets are those of the text as read."""

    def __init__(self, text: str, folded: Folded) -> None:
        self.text = text
        self.folded = folded

    def kind(self, start: int, end: int) -> str:
        """The kind of the cell at a span."""
        return content.kind(self.at(start, end))

    def at(self, start: int, end: int) -> str:
        """The folded words at a span."""
        folded = self.folded
        if folded.origin is None:
            return folded.text[start:end]
        return folded.text[folded.folded(start) : folded.folded(end)]

    def words(self, piece: Piece) -> str:
        """The folded words of a cell, on one line."""
        return self.at(piece.start, piece.end).replace("\n", "").strip()

    def own(self, piece: Piece) -> str:
        """The words of a cell without the same in another language behind them."""
        return _FOREIGN.sub("", self.words(piece))

    def row(self, row: Sequence[Piece]) -> str:
        """The folded words of a row."""
        return "|".join(map(self.words, row))

    def measure(self, piece: Piece) -> tuple[float, int] | None:
        """How large a cell's number is, and its decimals; None where it holds none."""
        return content.number(self.words(piece)) if piece.kind in (NUMBER, YEAR) else None

    def lines_before(self, offset: int, count: int) -> list[Piece]:
        """The lines above an offset that hold something, the nearest last."""
        out: list[Piece] = []
        end = self.text.rfind("\n", 0, offset)
        while end > 0 and len(out) < count:
            start = self.text.rfind("\n", 0, end) + 1
            piece = self._line(start, end)
            if piece.start < piece.end:
                out.append(piece)
            end = start - 1
        return out[::-1]

    def after(self, offset: int) -> list[Piece]:
        """The line below an offset, if it holds something."""
        start = self.text.find("\n", offset) + 1
        if not start:
            return []
        end = self.text.find("\n", start)
        piece = self._line(start, len(self.text) if end < 0 else end)
        return [piece] if piece.start < piece.end else []

    def _line(self, start: int, end: int) -> Piece:
        while start < end and self.text[start].isspace():
            start += 1
        while start < end and self.text[end - 1].isspace():
            end -= 1
        return Piece(start, end, self.kind(start, end))
