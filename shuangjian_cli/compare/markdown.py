"""A comparison as a Markdown table (GitHub's), for a note or a wiki."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from shuangjian_cli.compare.course import Courses
from shuangjian_cli.compare.display import (
    GAP,
    beside_text,
    column_label,
    course_scale,
    marks,
    number,
    part_of,
    period_text,
    row_scale,
    thing,
    unit_of,
    where,
)
from shuangjian_cli.compare.matrix import Cell, Comparison, Coverage
from shuangjian_cli.compare.notes import heading
from shuangjian_cli.language import Labels
from shuangjian_cli.write.values import visible

_ESCAPED = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_{}[]<>|#~&!$"})


def matrix(comparison: Comparison, labels: Labels, *, sources: bool = False) -> str:
    """The matrix: in each cell the figure, its marks and its period; with `sources` numbers, too, under which
    it is listed below where the figures stand."""
    found: dict[str, int] = {}

    def numbered(cell: Cell) -> str:
        if not sources:
            return ""
        return f"({found.setdefault(where(cell.indicator), len(found) + 1)})"

    by_period = comparison.by == "period"
    head = [labels.field("pillar"), labels.field("metric")]
    head += [labels.field("area")] if by_period else []
    head += [labels.text("thing"), labels.field("unit")]
    head += [column_label(name, comparison.by, labels, short=True) for name in comparison.columns]
    lines = []
    for row in comparison.rows:
        chosen = row_scale(row, labels)
        line = [labels.pillar(row.pillar), labels.metric(row.metric)]
        line += [column_label(row.place or "", "province", labels)] if by_period else []
        line += [
            thing(row, comparison.measures, labels, comparison.period),
            unit_of(row, chosen, labels),
        ]
        for name in comparison.columns:
            cell = row.cells.get(name)
            said = []
            if cell is not None:
                period = "" if by_period else period_text(cell.figure.period, labels)
                own = part_of(cell, row, comparison.measures, labels) + number(cell, chosen)
                shown = (own, marks(cell), period and f"({period})")
                said.append(" ".join(filter(None, (*shown, numbered(cell)))))
            for each in row.beside.get(name, ()):
                text = beside_text(each, row, name, comparison.measures, labels)
                said.append(" ".join(filter(None, (text, numbered(each.cell)))))
            line.append("; ".join(said) or GAP)
        lines.append(line)
    numeric = len(comparison.columns)
    caption = f"{_word(heading(comparison, labels))}\n\n"
    listed = "".join(f"{at}. {_word(each)}\n" for each, at in found.items())
    below = f"{labels.text('legend')}\n" + (f"\n{listed}" if listed else "")
    return f"{caption}{_table(head, lines, numeric)}\n{below}"


def courses(found: Courses, labels: Labels) -> str:
    """Trends and progress: a row a measure and place, achieved figures and targets by period."""
    head = [labels.field("area"), labels.text("thing"), labels.field("unit")]
    head += [labels.of("status", status) for status in ("achieved", "target")]
    lines = []
    for course in found.courses:
        chosen = course_scale(course, labels)
        line = [column_label(course.place, "province", labels)]
        line += [thing(course, found.measures, labels), unit_of(course, chosen, labels)]
        for points in (course.reached, course.planned):
            line.append(
                ", ".join(f"{period_text(p.period, labels)}: {number(p, chosen)}" for p in points)
                or GAP
            )
        lines.append(line)
    return _table(head, lines, 0)


def coverage(covered: Coverage, labels: Labels) -> str:
    """Figures by province and pillar."""
    head = [labels.field("province"), *map(labels.pillar, covered.pillars), labels.text("total")]
    lines = [
        [
            labels.province(place or None),
            *(str(covered.counts.get((place, pillar), 0) or GAP) for pillar in covered.pillars),
            str(covered.total(place)),
        ]
        for place in covered.places
    ]
    return _table(head, lines, len(covered.pillars) + 1)


def _table(head: Sequence[str], lines: Iterable[Sequence[str]], numeric: int) -> str:
    rule = ["---"] * (len(head) - numeric) + ["--:"] * numeric
    rows = [_line(head), f"| {' | '.join(rule)} |", *map(_line, lines)]
    return "\n".join(rows) + "\n"


def _line(words: Iterable[str]) -> str:
    """A row whose words are words: no mark-up, no links, no HTML."""
    return f"| {' | '.join(map(_word, words))} |"


def _word(word: str) -> str:
    return visible(word).translate(_ESCAPED)
