"""Plain-text tables: the first cell of a row is the subject of its figures."""

from __future__ import annotations

from shuangjian_cli.model import Document, Sentence
from shuangjian_cli.patterns import regex
from shuangjian_cli.tag.quantity import Figure
from shuangjian_cli.tag.subject import Reading

_CELL = regex(r"[^ |\t]+(?: [^ |\t]+)*")
_BULLET = regex(r"[★☆◆◇■□●○▲△▼※▪•·◎➤➢\-\d.、]+\s*")


class Rows:
    """The table rows of one document."""

    def __init__(self, document: Document) -> None:
        self._text = document.folded.text

    def reading(self, sentence: Sentence, figure: Figure) -> Reading:
        """The row's first cell as the figure's subject."""
        cells = self._cells(sentence)
        begin, end = cells[0] if cells else (sentence.start, sentence.start)
        if figure.start < end:
            end = figure.start
        bullet = _BULLET.match(self._text, begin, end)
        if bullet and bullet.end() < end:
            begin = bullet.end()
        elif bullet and len(cells) > 1:
            begin, end = cells[1]
        phrase = ((begin, end),) if begin < end else ()
        return Reading(
            "level", None, phrase, "subject.row", "subject.level", (begin, end), clear=True
        )

    def _cells(self, sentence: Sentence) -> list[tuple[int, int]]:
        return [m.span() for m in _CELL.finditer(self._text, sentence.start, sentence.end)]
