"""Plain-text tables: the first cell of a row is the subject, its column's head the period."""

from __future__ import annotations

import re
from functools import cached_property

from shuangjian_cli.model import Decision, Document, Sentence
from shuangjian_cli.patterns import regex
from shuangjian_cli.tag.quantity import Figure
from shuangjian_cli.tag.subject import Reading

_CELL = regex(r"[^ |\t]+(?: [^ |\t]+)*")
_BULLET = regex(r"[★☆◆◇■□●○▲△▼※▪•·◎➤➢\-\d.、]+\s*")
_YEAR = regex(r"((?:19|20)\d\d)年(?:末|底|度)?")


class Rows:
    """The table rows of one document."""

    def __init__(self, document: Document) -> None:
        self._text = document.folded.text
        self._sentences = document.sentences

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

    def period(self, sentence: Sentence, figure: Figure) -> tuple[str, Decision] | None:
        """The year at the head of the figure's column, where the table has a head."""
        head = self._heads.get(sentence.start)
        if head is None:
            return None
        column = next(
            (i for i, (s, e) in enumerate(self._cells(sentence)) if s <= figure.start < e), -1
        )
        cells = self._cells(head)
        if not 0 <= column < len(cells):
            return None
        year = _YEAR.search(self._text, *cells[column])
        return (year[1], Decision("period.column", *year.span())) if year else None

    def _cells(self, sentence: Sentence) -> list[tuple[int, int]]:
        return [m.span() for m in _CELL.finditer(self._text, sentence.start, sentence.end)]

    @cached_property
    def _heads(self) -> dict[int, Sentence]:
        """For each row, the row of years above it in the same table."""
        out: dict[int, Sentence] = {}
        head: Sentence | None = None
        for sentence in self._sentences:
            if sentence.kind != "row":
                head = None
                continue
            words = self._text[sentence.start : sentence.end]
            rest = _YEAR.sub("", words)
            if _YEAR.search(words) and not re.search(r"\d", rest):
                head = sentence
            elif head is not None:
                out[sentence.start] = head
        return out
