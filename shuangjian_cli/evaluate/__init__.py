"""gold + records and tagged sentences → scores: how right they are, what a change won and lost."""

from shuangjian_cli.evaluate.gold import GoldError, Record
from shuangjian_cli.evaluate.kept import read_evaluation, read_floors
from shuangjian_cli.evaluate.report import (
    ERRORS,
    GROUPS,
    TAG_ERRORS,
    Change,
    Comparison,
    Evaluation,
    compare,
    errors_of,
    pairs,
    tag_errors_of,
)
from shuangjian_cli.evaluate.run import evaluate
from shuangjian_cli.evaluate.score import EXTRA, FIELDS, Result, score, summary
from shuangjian_cli.evaluate.tags import Tagged, score_tags, tag_summary

__all__ = [
    "ERRORS",
    "EXTRA",
    "FIELDS",
    "GROUPS",
    "TAG_ERRORS",
    "Change",
    "Comparison",
    "Evaluation",
    "GoldError",
    "Record",
    "Result",
    "Tagged",
    "compare",
    "errors_of",
    "evaluate",
    "pairs",
    "read_evaluation",
    "read_floors",
    "score",
    "score_tags",
    "summary",
    "tag_errors_of",
    "tag_summary",
]
