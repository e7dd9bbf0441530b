"""How figures read: in a scale that suits their row, with bound, period and marks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from shuangjian_cli.compare.matrix import Cell, Row
from shuangjian_cli.language import Labels

TARGET, GAP, CONTRADICTED = "◇", "·", "≠"
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


def unit_of(row: Row, chosen: Scale, labels: Labels) -> str:
    """The unit of a row in its scale: 亿元, bn yuan."""
    unit = labels.unit(row.unit) if row.role != "rank" else labels.unit("位")
    between = " " if labels.language == "en" and chosen.word and unit else ""
    return chosen.word + between + unit


def number(cell: Cell, chosen: Scale) -> str:
    """A figure with its sign and bound: ≥96.2, +3.4, 2–3."""
    sign = "+" if cell.indicator.trend == "up" and cell.value > 0 else ""
    text = sign + chosen.show(cell.value)
    if cell.value_max is not None:
        text += f"–{chosen.show(cell.value_max)}"
    return _BOUNDS.get(cell.indicator.bound, cell.indicator.bound) + text


def marks(cell: Cell) -> str:
    """The marks of a cell: ◇ a target, ≠ figures that differ, +n others."""
    out = [TARGET] if cell.indicator.status == "target" else []
    if cell.contradicted:
        out.append(CONTRADICTED)
    if cell.others:
        out.append(f"+{len(cell.others)}")
    return " ".join(out)


def thing(row: Row, labels: Labels) -> str:
    """What a row measures: its subject, the role where it is no level, and the scope of a rank."""
    notes = [labels.of("role", row.role)] if row.role != "level" else []
    if row.scope:
        notes.append(row.scope)
    return f"{row.subject}（{'·'.join(notes)}）" if notes else row.subject


def column_label(name: str, by: str, labels: Labels, *, short: bool = False) -> str:
    """The heading of a column."""
    if by == "province":
        province, _, place = name.partition(" ")
        return " ".join(filter(None, (labels.province(province, short=short), place)))
    if by == "pillar":
        return labels.pillar(name or None)
    if by == "period":
        return name or labels.text("undated")
    return name
