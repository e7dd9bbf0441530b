"""What a comparison leaves out or cannot say, in plain sentences."""

from __future__ import annotations

from collections.abc import Iterator

from shuangjian_cli.compare.display import column_label
from shuangjian_cli.compare.matrix import Comparison
from shuangjian_cli.language import Labels


def notes(comparison: Comparison, labels: Labels, reprints: int = 0) -> Iterator[str]:
    """A sentence for each thing that a reader of the matrix must know; `reprints` adds to its own.

    Counts are of figures, of rows for what too few columns report, of cells for contradictions.
    """
    if not comparison.figures:
        yield labels.text("nothing_to_compare")
    elif len(comparison.columns) == 1:
        only = column_label(comparison.columns[0], comparison.by, labels)
        yield labels.text("one_column", only)
    elif not comparison.rows:
        yield labels.text("nothing_shared")
    if comparison.sparse:
        yield labels.text("left_out_columns", comparison.sparse, comparison.at_least)
    if comparison.contradictions:
        yield labels.text("contradictions", comparison.contradictions)
    if comparison.other_level:
        yield labels.text("left_out_level", comparison.other_level)
    if comparison.nowhere:
        yield labels.text("left_out_place", comparison.nowhere)
    if found := comparison.reprints + reprints:
        yield labels.text("reprints", found)
