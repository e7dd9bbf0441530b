"""Plain-text tables: the first cell of a row is the subject of its figures."""

from __future__ import annotations

from functools import cached_property

from shuangjian_cli.model import Document, Sentence
from shuangjian_cli.patterns import regex
from shuangjian_cli.structure.layout import BULLETS
from shuangjian_cli.tag.quantity import Figure
from shuangjian_cli.tag.subject import Reading

_CELL = regex(r"[^ |\t]+(?: [^ |\t]+)*")
_BULLET = regex(rf"[{BULLETS}\-\d.、]+\s*")


_YEAR = regex(r"(?:19|20)\d\d年?|[去今前本上]年")
_UNIT = regex(r"（[^（）]*）$")


class Rows:
    """The table rows of one document."""

    def __init__(self, document: Document) -> None:
        self._text = document.folded.text
        self._sentences = document.sentences

    def reading(self, sentence: Sentence, figure: Figure) -> Reading:
        """The row's first cell as the figure's subject."""
        cells = self._cells(sentence)
        begin, end = cells[0] if cells else (sentence.start, sentence.start)
        end = min(end, figure.start)
        bullet = _BULLET.match(self._text, begin, end)
        if bullet and bullet.end() < end:
            begin = bullet.end()
        elif bullet and len(cells) > 1:
            begin, end = cells[1]
        phrase: tuple[tuple[int, int], ...] = ((begin, end),) if begin < end else ()
        head = self._head(sentence, figure, cells)
        if head is not None:
            phrase = (*phrase, head)
        return Reading(
            "level", None, phrase, "subject.row", "subject.level", (begin, end), clear=True
        )

    def _head(
        self, sentence: Sentence, figure: Figure, cells: list[tuple[int, int]]
    ) -> tuple[int, int] | None:
        """What the head of the figure's column names, unless it is a year."""
        head = self._heads.get(sentence.start)
        if head is None:
            return None
        names = self._cells(head)
        at = next((i for i, (s, e) in enumerate(cells) if s <= figure.start < e), 0)
        at -= len(cells) - len(names)  # a table may leave the corner empty
        if not 0 <= at < len(names):
            return None
        start, end = names[at]
        unit = _UNIT.search(self._text, start, end)
        end = unit.start() if unit else end
        return (start, end) if start < end and not _YEAR.search(self._text, start, end) else None

    @cached_property
    def _heads(self) -> dict[int, Sentence]:
        """For each row, the row without figures that heads its table."""
        out: dict[int, Sentence] = {}
        head: Sentence | None = None
        inside = False
        for sentence in self._sentences:
            if sentence.kind != "table":
                head, inside = None, False
                continue
            words = _YEAR.sub("", self._text[sentence.start : sentence.end])
            if not inside and not any(c.isdigit() for c in words):
                head = sentence
            elif head is not None:
                out[sentence.start] = head
            inside = True
        return out

    def _cells(self, sentence: Sentence) -> list[tuple[int, int]]:
        return [m.span() for m in _CELL.finditer(self._text, sentence.start, sentence.end)]
