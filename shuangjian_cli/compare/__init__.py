"""Records → matrix: what provinces report of the same measured things, side by side."""

from shuangjian_cli.compare.matrix import (
    BY,
    LEVELS,
    By,
    Cell,
    Comparison,
    Coverage,
    Level,
    Row,
    compare,
    coverage,
    trends,
)
from shuangjian_cli.compare.notes import notes
from shuangjian_cli.compare.subject import subject_key

__all__ = [
    "BY",
    "LEVELS",
    "By",
    "Cell",
    "Comparison",
    "Coverage",
    "Level",
    "Row",
    "compare",
    "coverage",
    "notes",
    "subject_key",
    "trends",
]
