"""Comparisons as tables for the writers. Names of columns and ids are the same in any language.

Values are in the row's unit, plain numbers; a fall is negative.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shuangjian_cli.compare.course import Course, Courses, gap
from shuangjian_cli.compare.display import (
    CONTRADICTED,
    OTHER_PERIOD,
    OTHER_WORDS,
    PART,
    beside_text,
    part_of,
    where,
)
from shuangjian_cli.compare.matrix import Cell, Comparison, Coverage, Row
from shuangjian_cli.compare.measure import Measure, Measures
from shuangjian_cli.language import LANGUAGES, labels
from shuangjian_cli.write import Column, Table

_HEAD = (
    Column("row", "code"),
    Column("name"),
    Column("name_en"),
    *(Column(name, "code") for name in ("pillar", "metric", "kind", "stage")),
    Column("groups", "list"),
    *(Column(name, "code") for name in ("measure", "role")),
    Column("per_year", "flag"),
    Column("scope", "code"),
    Column("subject"),
    Column("unit"),
    Column("mixed", "flag"),
)


def _head(comparison: Comparison) -> tuple[Column, ...]:
    return (*_HEAD, Column("place")) if comparison.by == "period" else _HEAD


def _head_values(row: Row | Course, measures: Measures) -> dict[str, Any]:
    return _measure_values(row.measure, row.subject, measures) | {
        "pillar": row.pillar,
        "place": row.place,
        "unit": row.unit,
    }


def _measure_values(measure: Measure, subject: str, measures: Measures) -> dict[str, Any]:
    zh, en = (labels(language, measures.rules) for language in LANGUAGES)
    return {
        "row": measure.id,
        "name": measures.name(measure, zh, subject),
        "name_en": measures.name(measure, en, subject),
        "metric": measure.metric,
        "kind": measure.kind or None,
        "stage": measure.stage,
        "groups": list(measure.groups),
        "measure": measure.measure,
        "role": measure.role,
        "per_year": measure.per_year,
        "scope": measure.scope or None,
        "subject": subject,
        "mixed": measures.mixed(measure),
    }


def _cell_values(cell: Cell) -> dict[str, Any]:
    indicator = cell.indicator
    return {
        "value": cell.value,
        "value_max": cell.value_max,
        "bound": indicator.bound,
        "period": indicator.period,
        "status": indicator.status,
        "confidence": indicator.confidence,
        "wording": cell.subject,
        "same_period": cell.current,
        "same_wording": cell.alike,
        "part": cell.part is not None or cell.narrower,
        "measured": None if cell.part is None else cell.part.id,
        "rank": cell.rank,
        "share": cell.share,
        "others": cell.more,
        "contradicted": cell.contradicted,
        "figure": indicator.figure,
        "sentence": indicator.sentence,
        "file": indicator.document.file,
        "line": indicator.line,
        "start": indicator.start,
    }


_CELL = (
    Column("value", "decimal"),
    Column("value_max", "decimal"),
    Column("bound", "code"),
    Column("period", "code"),
    Column("status", "code"),
    Column("confidence", "code"),
    Column("wording"),
    Column("same_period", "flag"),
    Column("same_wording", "flag"),
    Column("part", "flag"),
    Column("measured", "code"),
    Column("rank", "integer"),
    Column("share", "decimal"),
    Column("others", "integer"),
    Column("contradicted", "flag"),
    Column("figure"),
    Column("sentence"),
    Column("file"),
    Column("line", "integer"),
    Column("start", "integer"),
)


def wide(comparison: Comparison, *, sources: bool = False) -> Table:
    """One row a measured thing, two columns for each province: the value, and a note; with `sources` a
    third: where these stand.

    The note holds what of bound (unless =), upper end, period, target, `◷`, the wording where it is
    not the row's, `≠` and `+n` applies, and what stands beside the value, in Chinese.
    """
    pairs = [(name, name or "none") for name in comparison.columns]
    zh = labels("zh", comparison.measures.rules)

    def rows() -> Iterator[dict[str, Any]]:
        for row in comparison.rows:
            values = _head_values(row, comparison.measures)
            for name, shown in pairs:
                cell = row.cells.get(name)
                notes = [_note(cell, part_of(cell, row, comparison.measures, zh))] if cell else []
                if cell:
                    values[shown] = cell.value
                beside = row.beside.get(name, ())
                notes += [beside_text(each, row, name, comparison.measures, zh) for each in beside]
                values[f"{shown} note"] = "; ".join(filter(None, notes)) or None
                if sources:
                    cells = [*([cell] if cell else []), *(each.cell for each in beside)]
                    found = (where(each.indicator) for each in cells)
                    values[f"{shown} source"] = "; ".join(found) or None
            yield values

    columns = [*_head(comparison)]
    for _, shown in pairs:
        columns += [Column(shown, "decimal"), Column(f"{shown} note")]
        columns += [Column(f"{shown} source")] if sources else []
    return Table("matrix", tuple(columns), rows())


def _note(cell: Cell, part: str) -> str | None:
    figure = cell.figure
    words = [part.rstrip()] if part else []
    if figure.bound != "=":
        words.append(figure.bound)
    if cell.value_max is not None:
        words.append(f"to {cell.value_max:f}")
    if figure.period:
        words.append(figure.period)
    if figure.status == "target":
        words.append("target")
    if not cell.current:
        words.append(OTHER_PERIOD)
    if not cell.alike:
        words.append(f"{PART if cell.narrower else OTHER_WORDS}{cell.subject}")
    if cell.contradicted:
        words.append(CONTRADICTED)
    if cell.more:
        words.append(f"+{cell.more}")
    return " ".join(words) or None


def nested(comparison: Comparison) -> Table:
    """One row a measured thing with its `cells` by column, for JSON."""
    rows = (
        _head_values(row, comparison.measures)
        | {"cells": {name: _cell_values(cell) for name, cell in _ordered(comparison, row)}}
        | {
            "beside": {
                name: [
                    {"row": each.measure.id, "unit": each.unit} | _cell_values(each.cell)
                    for each in found
                ]
                for name, found in row.beside.items()
            }
        }
        for row in comparison.rows
    )
    columns = (*_head(comparison), Column("cells", "mapping"), Column("beside", "mapping"))
    return Table("matrix", columns, rows)


def cells(comparison: Comparison) -> Table:
    """One row a figure: what it measures, the column under the name of `by`, the figure. `beside`
    is the row in which a figure stands that has none of its own."""

    def rows() -> Iterator[dict[str, Any]]:
        for row in comparison.rows:
            head = _head_values(row, comparison.measures)
            for name in comparison.columns:
                if cell := row.cells.get(name):
                    yield head | _cell_values(cell) | {"column": name or None}
                for each in row.beside.get(name, ()):
                    yield (
                        head
                        | _measure_values(each.measure, each.cell.subject, comparison.measures)
                        | {"unit": each.unit, "beside": row.measure.id, "column": name or None}
                        | _cell_values(each.cell)
                    )

    columns = (*_head(comparison), Column("beside", "code"), Column("column"), *_CELL)
    return Table("cells", columns, rows())


def _ordered(comparison: Comparison, row: Row) -> Iterator[tuple[str, Cell]]:
    return ((name, row.cells[name]) for name in comparison.columns if name in row.cells)


def coverage_table(covered: Coverage) -> Table:
    """One row a province, the number of its figures under each pillar and in all."""
    names = [pillar or "none" for pillar in covered.pillars]

    def rows() -> Iterator[dict[str, Any]]:
        for place in covered.places:
            counts = {
                name: covered.counts.get((place, pillar), 0)
                for name, pillar in zip(names, covered.pillars, strict=True)
            }
            yield {"province": place or None, **counts, "total": covered.total(place)}

    columns = (Column(name, "integer") for name in (*names, "total"))
    return Table("coverage", (Column("province", "code"), *columns), rows())


_POINT = (
    Column("period", "code"),
    Column("status", "code"),
    Column("value", "decimal"),
    Column("bound", "code"),
    Column("figure"),
    Column("sentence"),
    Column("file"),
    Column("line", "integer"),
)


def trend_table(found: Courses) -> Table:
    """One row a point: the measure, the place, the year, achieved or target."""
    rows = (
        _head_values(course, found.measures)
        | {
            "period": point.period,
            "status": point.indicator.status,
            "value": point.value,
            "bound": point.indicator.bound,
            "figure": point.indicator.figure,
            "sentence": point.indicator.sentence,
            "file": point.indicator.document.file,
            "line": point.indicator.line,
        }
        for course in found.courses
        for point in (*course.reached, *course.planned)
    )
    return Table("trend", (*_HEAD, Column("place"), *_POINT), rows)


def progress_table(found: Courses) -> Table:
    """One row a target: what was aimed at, what was reached, and the gap, negative if exceeded."""

    def rows() -> Iterator[dict[str, Any]]:
        for course in found.courses:
            values = _head_values(course, found.measures)
            for name, points in (("target", course.planned), ("reached", course.reached)):
                if points:
                    last = points[-1]
                    values |= {
                        name: last.value,
                        f"{name}_bound": last.indicator.bound,
                        f"{name}_period": last.period,
                        f"{name}_sentence": last.indicator.sentence,
                        f"{name}_file": last.indicator.document.file,
                        f"{name}_line": last.indicator.line,
                    }
            yield values | {"gap": gap(course)}

    columns: list[Column] = [*_HEAD, Column("place")]
    for name in ("target", "reached"):
        columns += [
            Column(name, "decimal"),
            Column(f"{name}_bound", "code"),
            Column(f"{name}_period", "code"),
        ]
    columns.append(Column("gap", "decimal"))
    for name in ("target", "reached"):
        columns += [
            Column(f"{name}_sentence"),
            Column(f"{name}_file"),
            Column(f"{name}_line", "integer"),
        ]
    return Table("progress", tuple(columns), rows())
