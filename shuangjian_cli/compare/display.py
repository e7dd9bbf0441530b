"""How figures read: in a scale that suits their row, with bound, period and marks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from shuangjian_cli.compare.matrix import Beside, Cell, Row
from shuangjian_cli.compare.measure import Measure, Measures, inside, role_of
from shuangjian_cli.language import Labels
from shuangjian_cli.model import Indicator

if TYPE_CHECKING:
    from shuangjian_cli.compare.course import Course, Point

TARGET, GAP, CONTRADICTED, OTHER_PERIOD, OTHER_WORDS = "◇", "·", "≠", "◷", "∗"
PART, MIXED = "⊂", "⋯"
_BOUNDS = {"=": "", ">=": "≥", "<=": "≤", "~": "≈"}
_SCALES = {
    "zh": ((Decimal(10) ** 8, Decimal(10) ** 8, "亿"), (Decimal(10) ** 5, Decimal(10) ** 4, "万")),
    "en": ((Decimal(10) ** 9, Decimal(10) ** 9, "bn"), (Decimal(10) ** 6, Decimal(10) ** 6, "M")),
}
"""By language, the magnitudes of a row: from which median on, the divisor, the word."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The magnitude that a row is shown in: values are divided, never rounded."""

    divisor: Decimal
    word: str

    def show(self, value: Decimal) -> str:
        """A value with its thousands grouped and no idle zeros."""
        text = format(value / self.divisor, ",f")
        return text.rstrip("0").rstrip(".") if "." in text else text


def scale(values: Iterable[Decimal], labels: Labels) -> Scale:
    """The scale of the values' median, so that rows read in 万 or 亿 as a whole."""
    ordered = sorted(map(abs, values))
    median = ordered[len(ordered) // 2] if ordered else Decimal(0)
    for least, divisor, word in _SCALES[labels.language]:
        if median >= least:
            return Scale(divisor, word)
    return Scale(Decimal(1), "")


def row_scale(row: Row, labels: Labels) -> Scale:
    """The scale of a row."""
    return scale((cell.value for cell in row.cells.values()), labels)


def course_scale(course: Course, labels: Labels) -> Scale:
    """The scale of a course."""
    return scale((point.value for point in (*course.reached, *course.planned)), labels)


def unit_of(row: Row | Course, chosen: Scale, labels: Labels) -> str:
    """The unit of a row in its scale: 亿元, bn yuan."""
    return _unit(row.unit, row.measure, chosen, labels)


def _unit(unit: str | None, measure: Measure, chosen: Scale, labels: Labels) -> str:
    word = labels.unit(unit) if measure.role != "rank" else labels.unit("位")
    between = " " if labels.language == "en" and chosen.word and word else ""
    return chosen.word + between + word


def number(cell: Cell | Point, chosen: Scale) -> str:
    """A figure with its sign and bound: ≥96.2, +3.4, 2–3."""
    value_max = cell.value_max if isinstance(cell, Cell) else None
    sign = "+" if cell.figure.trend == "up" and cell.value > 0 else ""
    text = sign + chosen.show(cell.value)
    if value_max is not None:
        text += f"–{chosen.show(value_max)}"
    return _BOUNDS.get(cell.figure.bound, cell.figure.bound) + text


def where(figure: Indicator) -> str:
    """Where a figure stands: reports/hunan.txt:12."""
    return f"{figure.document.file}:{figure.line}"


def marks(cell: Cell) -> str:
    """The marks of a cell: ◇ a target, ◷ of another period, ∗ in other words than the row's, ⊂ in words
    that set a part apart, ≠ figures that cannot all be right, +n others."""
    out = [TARGET] if cell.figure.status == "target" else []
    if not cell.current:
        out.append(OTHER_PERIOD)
    if not cell.alike and cell.part is None:
        out.append(PART if cell.narrower else OTHER_WORDS)
    if cell.contradicted:
        out.append(CONTRADICTED)
    if cell.more:
        out.append(f"+{cell.more}")
    return " ".join(out)


def part_text(part: Measure, row: Row, measures: Measures, labels: Labels) -> str:
    """What sets a part apart from what its row measures: ⊂公办、义务教育."""
    said = [measures.kind_name(part, labels)] if part.kind != row.measure.kind else []
    said += [labels.of("stage", part.stage)] if part.stage != row.measure.stage else []
    said += [labels.of("groups", each) for each in part.groups if each not in row.measure.groups]
    between = "、" if labels.language == "zh" else ", "
    return PART + between.join(inside(each, labels) for each in said) if said else ""


def part_of(cell: Cell, row: Row, measures: Measures, labels: Labels) -> str:
    """What a cell shows a part of its row by, with a space behind it; empty where it shows the whole."""
    return f"{part_text(cell.part, row, measures, labels)} " if cell.part else ""


def thing(row: Row | Course, measures: Measures, labels: Labels, period: str | None = None) -> str:
    """What a row measures, in words, with its period where that is not the comparison's; ⋯ after it
    says that its figures are of unlike things."""
    said = measures.name(row.measure, labels, row.subject)
    if isinstance(row, Row):
        said += f" {MIXED}" if row.mixed else ""
        said += f" [{period_text(row.period, labels)}]" if row.period not in (None, period) else ""
    return said


def beside_text(found: Beside, row: Row, column: str, measures: Measures, labels: Labels) -> str:
    """A figure of another measure in a row: +0.6百分点, ⊂公办 103万个, 排名 全国 4位, ∗检查机构 900家次.

    Its period is told where the cell that it stands beside has another.
    """
    measure, cell = found.measure, row.cells.get(column)
    said = [part_text(measure, row, measures, labels)]
    if measure.role == "rank":
        said += [role_of(measure, labels), labels.of("scope", measure.scope or None)]
    elif measure.role == "level" and measure.family != row.measure.family:
        said.append(OTHER_WORDS + found.cell.subject)
    if measure.per_year:
        said.append(inside(labels.field("per_year"), labels))
    chosen = scale([found.cell.value], labels)
    unit = _unit(found.unit, measure, chosen, labels)
    between = " " if labels.language == "en" and unit not in ("", "%") else ""
    said.append(f"{number(found.cell, chosen)}{between}{unit}")
    if found.cell.figure.status == "target":
        said.append(TARGET)
    if found.cell.contradicted:
        said.append(CONTRADICTED)
    period = found.cell.figure.period
    if period and (cell is None or cell.figure.period != period):
        said.append(f"({period_text(period, labels)})")
    return " ".join(filter(None, said))


def period_text(period: str | None, labels: Labels) -> str:
    """A period as people write it: 2021–2025, to 2023-11, since 2022."""
    if not period:
        return ""
    start, stroke, end = period.partition("/")
    if not stroke:
        return period
    if start == "..":
        return labels.text("until", end)
    return labels.text("since", start) if end == ".." else f"{start}–{end}"


def column_label(name: str, by: str, labels: Labels, *, short: bool = False) -> str:
    """The heading of a column."""
    if by == "province":
        province, _, place = name.partition(" ")
        return " ".join(filter(None, (labels.province(province, short=short), place)))
    if by == "period":
        return period_text(name, labels) or labels.text("undated")
    return name
