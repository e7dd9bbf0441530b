"""gold + records → scores: how right the records are, and what a change won and lost."""

from shuangjian_cli.evaluate.gold import GoldError, Record
from shuangjian_cli.evaluate.kept import read_evaluation, read_floors
from shuangjian_cli.evaluate.report import (
    ERRORS,
    GROUPS,
    Change,
    Comparison,
    Evaluation,
    compare,
    errors_of,
    pairs,
)
from shuangjian_cli.evaluate.run import evaluate
from shuangjian_cli.evaluate.score import EXTRA, FIELDS, Result, score, summary

__all__ = [
    "ERRORS",
    "EXTRA",
    "FIELDS",
    "GROUPS",
    "Change",
    "Comparison",
    "Evaluation",
    "GoldError",
    "Record",
    "Result",
    "compare",
    "errors_of",
    "evaluate",
    "pairs",
    "read_evaluation",
    "read_floors",
    "score",
    "summary",
]
