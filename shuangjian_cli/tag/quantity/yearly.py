"""Figures that are so much each year: 每年新增40万人."""

from __future__ import annotations

from shuangjian_cli.patterns import last, regex
from shuangjian_cli.tag.quantity.clauses import clause_start
from shuangjian_cli.tag.quantity.figure import Figure

_YEARLY = regex(r"每一?(?:年|学年)(?![级龄])|年均")
_ANOTHER = regex(r"(?:19|20)[0-9]{2}年|[今去明前]年")
"""A year of its own, which ends what 每年 governs."""
_PART = regex(r"其中")


def mark_yearly(text: str, start: int, figures: list[Figure]) -> None:
    """Mark the figures that 每年 or 年均 governs in their clause, and the parts of them (其中…)."""
    end = figures[-1].start
    if text.find("每", start, end) < 0 and text.find("年均", start, end) < 0:
        return
    before: Figure | None = None
    for figure in figures:
        begin = clause_start(text, start, figure.outer_start)
        found = last(_YEARLY.finditer(text, begin, figure.outer_start))
        if found is not None:
            figure.per_year = not _ANOTHER.search(text, found.end(), figure.start)
        elif before is not None and _PART.match(text, begin):
            figure.per_year = before.per_year
        before = figure
