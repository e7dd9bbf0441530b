"""The words of cells as a document wrote them."""

from __future__ import annotations

from collections.abc import Iterable

from shuangjian_cli.model import Document
from shuangjian_cli.tag.table.compact import Span

_LEVELS = " / "
"""Between the heads that stand over one another."""


class Written:
    """Gives the words of folded spans as the document wrote them, each run of blanks as one."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._folded = document.folded

    def offsets(self, start: int, end: int) -> Span:
        """The offsets of a folded span in the text as read."""
        return self._folded.start(start), self._folded.end(end)

    def indent(self, start: int) -> int:
        """How many characters stand before a folded position on its line."""
        at = self._folded.start(start)
        return at - self._text.rfind("\n", 0, at) - 1

    def one(self, span: Span) -> str:
        """The words of a span."""
        start, end = self.offsets(*span)
        return " ".join(self._text[start:end].split())

    def joined(self, spans: Iterable[Span]) -> str:
        """The words of several cells."""
        return _LEVELS.join(map(self.one, spans))
