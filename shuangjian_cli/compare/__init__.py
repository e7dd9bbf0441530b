"""Records → matrix: what places report of the same measures, side by side."""

from shuangjian_cli.compare.beside import hosts, of_status
from shuangjian_cli.compare.check import Finding, check, findings, told
from shuangjian_cli.compare.course import Course, Courses, Point, gap, progress, trends
from shuangjian_cli.compare.matrix import (
    BOTH,
    LATEST,
    Beside,
    Cell,
    Comparison,
    Coverage,
    Row,
    View,
    compare,
    coverage,
    matrix,
)
from shuangjian_cli.compare.measure import Measure, Measures
from shuangjian_cli.compare.notes import heading, notes
from shuangjian_cli.compare.period import is_period
from shuangjian_cli.compare.subject import subject_key
from shuangjian_cli.compare.tally import ALL, BY, LEVELS, By, Level, Tally

__all__ = [
    "ALL",
    "BOTH",
    "BY",
    "LATEST",
    "LEVELS",
    "Beside",
    "By",
    "Cell",
    "Comparison",
    "Course",
    "Courses",
    "Coverage",
    "Finding",
    "Level",
    "Measure",
    "Measures",
    "Point",
    "Row",
    "Tally",
    "View",
    "check",
    "compare",
    "coverage",
    "findings",
    "gap",
    "heading",
    "hosts",
    "is_period",
    "matrix",
    "notes",
    "of_status",
    "progress",
    "subject_key",
    "told",
    "trends",
]
