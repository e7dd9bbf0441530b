"""Set phrases whose numerals count nothing: 五项管理, 千家万户, 减负30条."""

from __future__ import annotations

from collections.abc import Iterable

from shuangjian_cli.patterns import WordList
from shuangjian_cli.tag.quantity.numeral import HAN

ANY = "N"
"""What stands for any numeral in a phrase."""


class Phrases:
    """Phrases by their first numeral, which a scan meets first; N in one is any numeral."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._own: dict[str, tuple[str, ...]] = {}
        self._any: dict[str, tuple[str, ...]] = {}
        for phrase in phrases:
            cut = next(i for i, c in enumerate(phrase) if c in HAN or c == ANY)
            head, tail = phrase[:cut], phrase[cut:].removeprefix(ANY)
            tails = self._own if phrase[cut] in HAN else self._any
            tails[tail] = (*tails.get(tail, ()), head)
        self._own_tails, self._any_tails = WordList(self._own), WordList(self._any)

    def end(self, text: str, at: int, stop: int) -> int | None:
        """Where the phrase ends whose numeral is text[at:stop], None where there is none."""
        if text[at : at + 1] in self._own_tails.heads:
            for end in self._own_tails.ends(text, at):
                if text.endswith(self._own[text[at:end]], 0, at):
                    return max(end, stop)
        if text[stop : stop + 1] in self._any_tails.heads:
            for end in self._any_tails.ends(text, stop):
                if text.endswith(self._any[text[stop:end]], 0, at):
                    return end
        return None
