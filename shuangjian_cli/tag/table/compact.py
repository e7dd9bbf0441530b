"""The words of a cell without the blanks inside them and without those in another language, each
character with its place in the text."""

from __future__ import annotations

from typing import NamedTuple

from shuangjian_cli.patterns import regex

Span = tuple[int, int]

_TOKEN = regex(r"[^\s|]*[\u4e00-\u9fff）)](?=[A-Z]?[a-z]{2})|[^\s|]+")
_APART = regex(r"\||(?<=[\u4e00-\u9fff]{2})[ \u3000]{2,}(?=[\u4e00-\u9fff]{2})")
"""What parts two cells that were taken for one."""
_GLOSS = regex(r"[（(][^（）()\u4e00-\u9fff]*[A-Za-z]{2}[^（）()\u4e00-\u9fff]*[）)]")
"""（10 000 square meters）."""
_HAN = regex(r"[\u4e00-\u9fff]")
_FOREIGN = regex(r"[（(\[]*[A-Za-z&′´'’][A-Za-z′´'’?.,;:%‰&/\-()（）：，；？\[\]]*")


class Compact(NamedTuple):
    """Words, and for each of their characters its folded position."""

    text: str
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The folded span of a part of the words."""
        return (self.at[start], self.at[end - 1] + 1) if start < end else (-1, -1)

    def spans(self, start: int, end: int | None) -> tuple[Span, ...]:
        """The folded spans of a part of the words, cut where blanks were left out."""
        out: list[Span] = []
        for position in self.at[start:end]:
            if out and out[-1][1] == position:
                out[-1] = out[-1][0], position + 1
            else:
                out.append((position, position + 1))
        return tuple(out)


def compact(text: str, start: int, end: int) -> Compact:
    """The words of text[start:end]."""
    words = ""
    at: list[int] = []
    tokens = [token.span() for token in _TOKEN.finditer(text, start, end)]
    own = [t for t in tokens if not _FOREIGN.fullmatch(text, *t)]
    if len(own) > 1:
        glosses = [gloss.span() for gloss in _GLOSS.finditer(text, start, end)]
        own = [t for t in own if not any(a <= t[0] and t[1] <= b for a, b in glosses)]
    if not any(_HAN.search(text, *t) for t in own):
        own = tokens
    for first, last in own:
        if words and at[-1] + 1 < first and _APART.search(text, at[-1] + 1, min(first + 2, last)):
            words += "|"
            at.append(first - 1)
        elif words and words[-1].isdigit() and text[first].isdigit():  # two numbers stay two
            words += " "
            at.append(first - 1)
        words += text[first:last]
        at += range(first, last)
    return Compact(words, tuple(at))
