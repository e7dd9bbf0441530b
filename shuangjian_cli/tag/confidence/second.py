"""A second, simpler reading of period and status: from the years around a figure and the title.

It knows nothing of the rules of `tag.period` and `tag.status`. On pages that no rule was written
for, two in three of the records that it disagreed with were wrong in one of the two fields.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence

from shuangjian_cli.model import Document, Sentence
from shuangjian_cli.patterns import regex
from shuangjian_cli.tag.status import announces_plan

_YEAR = regex(r"((?:19(?<!\d19)|20(?<!\d20))\d\d)年")
_COMPARED = regex("[比较](?:上年|去年(?!同期))")


class SecondReader:
    """The years that a document names, and what kind of text its title says it to be."""

    def __init__(self, document: Document, title_years: Sequence[int]) -> None:
        self._text = document.folded.text
        self._titled = title_years
        self._plans = announces_plan(document.info.title or "")
        self._places: array[int] | None = None
        self._years = array("H")
        """Where the text names years, and which."""
        self._compared: bool | None = None

    def doubts(
        self,
        sentence: Sentence,
        start: int,
        period: str | None,
        by_period: str,
        status: str,
        by_status: str,
    ) -> tuple[str, ...]:
        """What speaks against the record of a figure at `start`: `years` where the words around name
        a year and none that the period holds, `no_plan` where a target rests on a section alone and
        the document's title is no plan's."""
        found = []
        if self._is_other_year(sentence, start, period, by_period):
            found.append("years")
        if status == "target" and by_status == "status.section" and not self._plans:
            found.append("no_plan")
        return tuple(found)

    def _is_other_year(
        self, sentence: Sentence, start: int, period: str | None, by_period: str
    ) -> bool:
        paragraph = sentence.paragraph[0]
        if period is None:
            compares = self._compares() and self._between(0, start)
            return bool(self._titled or compares or self._between(paragraph, start))
        if not self._titled or by_period == "period.section":
            return False
        if any(_holds(period, year) for year in self._titled):
            return False
        return not any(_holds(period, year) for year in self._between(paragraph, start))

    def _compares(self) -> bool:
        """Whether the text compares with the year before one that it then must know."""
        if self._compared is None:
            self._compared = _COMPARED.search(self._text) is not None
        return self._compared

    def _between(self, start: int, end: int) -> list[int]:
        """The years that the text names in [start, end)."""
        if self._places is None:
            self._places = array("I")
            for year in _YEAR.finditer(self._text):
                self._places.append(year.start())
                self._years.append(int(year[1]))
        first, last = (bisect_left(self._places, at) for at in (start, end))
        return self._years[first:last].tolist()


def _holds(period: str, year: int) -> bool:
    """Whether a period as ISO 8601 (2023, 2021/2025, ../2020-09) has a year, or a part of it."""
    sides = [side[:4] for side in period.split("/")]
    first, last = sides[0], sides[-1]
    return (first == ".." or int(first) <= year) and (last == ".." or year <= int(last))
