"""Comparisons as tables for the writers. Names of columns and ids are the same in any language.

Values are in the row's unit, plain numbers; a fall is negative.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shuangjian_cli.compare.display import CONTRADICTED
from shuangjian_cli.compare.matrix import Cell, Comparison, Coverage, Row
from shuangjian_cli.write import Column, Table

_CODES = ("pillar", "metric", "role", "scope")


def _head(comparison: Comparison) -> tuple[Column, ...]:
    names = [*_CODES]
    if comparison.by in ("pillar", "period"):
        names.append("province")
    return (*(Column(name, "code") for name in names), Column("subject"), Column("unit"))


def _head_values(row: Row) -> dict[str, Any]:
    return {
        "pillar": row.pillar,
        "metric": row.metric,
        "role": row.role,
        "scope": row.scope or None,
        "province": row.province,
        "subject": row.subject,
        "unit": row.unit,
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
        "rank": cell.rank,
        "share": cell.share,
        "others": len(cell.others),
        "contradicted": cell.contradicted,
        "figure": indicator.figure,
        "sentence": indicator.sentence,
        "file": indicator.document.file,
        "line": indicator.line,
    }


_CELL = (
    Column("value", "decimal"),
    Column("value_max", "decimal"),
    Column("bound", "code"),
    Column("period", "code"),
    Column("status", "code"),
    Column("confidence", "code"),
    Column("rank", "integer"),
    Column("share", "decimal"),
    Column("others", "integer"),
    Column("contradicted", "flag"),
    Column("figure"),
    Column("sentence"),
    Column("file"),
    Column("line", "integer"),
)


def wide(comparison: Comparison) -> Table:
    """One row a measured thing, two columns for each province: the value, and a note.

    The note holds what of bound (unless =), upper end, period, target, `≠` and `+n` applies.
    """
    pairs = [(name, name or "none") for name in comparison.columns]

    def rows() -> Iterator[dict[str, Any]]:
        for row in comparison.rows:
            values = _head_values(row)
            for name, shown in pairs:
                if cell := row.cells.get(name):
                    values[shown] = cell.value
                    values[f"{shown} note"] = _note(cell)
            yield values

    columns = [*_head(comparison)]
    for _, shown in pairs:
        columns += [Column(shown, "decimal"), Column(f"{shown} note")]
    return Table("matrix", tuple(columns), rows())


def _note(cell: Cell) -> str | None:
    indicator = cell.indicator
    words = [indicator.bound] if indicator.bound != "=" else []
    if cell.value_max is not None:
        words.append(f"to {cell.value_max:f}")
    if indicator.period:
        words.append(indicator.period)
    if indicator.status == "target":
        words.append("target")
    if cell.contradicted:
        words.append(CONTRADICTED)
    if cell.others:
        words.append(f"+{len(cell.others)}")
    return " ".join(words) or None


def nested(comparison: Comparison) -> Table:
    """One row a measured thing with its `cells` by column, for JSON."""
    rows = (
        _head_values(row)
        | {"cells": {name: _cell_values(cell) for name, cell in _ordered(comparison, row)}}
        for row in comparison.rows
    )
    return Table("matrix", (*_head(comparison), Column("cells", "mapping")), rows)


def cells(comparison: Comparison) -> Table:
    """One row a cell: the measured thing, the column under the name of `by`, the figure."""
    rows = (
        _head_values(row) | _cell_values(cell) | {"column": name or None}
        for row in comparison.rows
        for name, cell in _ordered(comparison, row)
    )
    return Table("cells", (*_head(comparison), Column("column"), *_CELL), rows)


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
