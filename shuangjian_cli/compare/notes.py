"""What a comparison is of, leaves out or cannot say, in plain sentences."""

from __future__ import annotations

from collections.abc import Iterator

from shuangjian_cli.compare.display import column_label, period_text
from shuangjian_cli.compare.matrix import BOTH, Comparison
from shuangjian_cli.language import Labels

_FEW = 4


def heading(comparison: Comparison, words: Labels) -> str:
    """Of which period, status and level it is: 2023 · achieved · provinces (9 of 14 report it)."""
    status = (
        words.text("both") if comparison.status == BOTH else words.of("status", comparison.status)
    )
    said = [status, words.of("area_level", comparison.level)]
    if comparison.by != "period":
        period = period_text(comparison.period, words) or words.text("undated")
        said.insert(0, period)
        said.append(words.text("reporting", comparison.reporting, comparison.places))
    return " · ".join(said)


def notes(comparison: Comparison, words: Labels, reprints: int = 0) -> Iterator[str]:
    """A sentence for each thing that a reader of the matrix must know; `reprints` adds to its own.

    Counts are of figures, of rows for what too few columns report, of cells where it says so.
    """
    others = [
        (period, count) for period, count in comparison.periods if period != comparison.period
    ]
    elsewhere = [
        words.text("level_places", words.of("area_level", level), count)
        for level, count in comparison.levels
        if level != comparison.level and count > 1
    ]
    if not comparison.figures:
        yield words.text("nothing_to_compare")
    elif len({*comparison.columns}) == 1 and comparison.places <= 1:
        yield words.text("one_column", column_label(comparison.columns[0], comparison.by, words))
    elif not comparison.rows:
        yield words.text("nothing_shared")
    if not comparison.rows or len(comparison.columns) == 1:
        if elsewhere:
            yield words.text("try_level", _listed(elsewhere, words))
        if comparison.other_status:
            yield words.text("try_status")
    if comparison.by != "period" and others and (comparison.marked or not comparison.rows):
        named = [words.text("period_places", *each) for each in others[:_FEW]]
        yield words.text("try_period", _listed(named, words))
    counted = {
        "other_period_cells": comparison.marked if comparison.by != "period" else 0,
        "left_out_period": comparison.other_period,
        "left_out_status": comparison.other_status,
        "left_out_unsure": comparison.unsure,
    }
    for key, count in counted.items():
        if count:
            yield words.text(key, count)
    if comparison.sparse:
        yield words.text("left_out_columns", comparison.sparse, comparison.at_least)
    if comparison.mixed:
        yield words.text("mixed_rows", comparison.mixed)
    if comparison.contradictions:
        yield words.text("contradictions", comparison.contradictions)
    if comparison.other_level:
        yield words.text("left_out_level", comparison.other_level)
    if comparison.nowhere:
        yield words.text("left_out_place", comparison.nowhere)
    if found := comparison.reprints + reprints:
        yield words.text("reprints", found)


def _listed(said: list[str], words: Labels) -> str:
    return ("、" if words.language == "zh" else ", ").join(said)
