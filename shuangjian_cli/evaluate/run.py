"""A folder of gold → its evaluation, with records of the program as it is or of elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from shuangjian_cli.evaluate.gold import (
    Gold,
    GoldError,
    Record,
    TagGold,
    gold_names,
    read_gold,
    read_predictions,
    read_tag_gold,
)
from shuangjian_cli.evaluate.report import Evaluation
from shuangjian_cli.evaluate.score import Result, score
from shuangjian_cli.evaluate.tags import Tagged, score_tags
from shuangjian_cli.language.messages import _
from shuangjian_cli.model import ReadError, Source

if TYPE_CHECKING:
    from shuangjian_cli.tag.pack import Rules


_NEUTRAL = "page.txt"
"""The name of a text whose sentences are tagged: the file's own must give no place away."""


def evaluate(
    folder: Path, predictions: Path | None = None, rules: Rules | None = None
) -> Evaluation:
    """Score every gold document of a folder, those with records and those with tagged sentences.

    Records come from `predictions`, a folder of `NAME.jsonl`, or else from the program with the
    given rules (None: the built-in ones), tags of sentences always from the program. Raises
    `GoldError` for what cannot be read.
    """
    if predictions is not None and not predictions.is_dir():
        raise GoldError(
            _(
                "{predictions}: there is no such folder; give one with NAME.jsonl files",
                predictions=predictions,
            )
        )
    records, tags = gold_names(folder)
    golds = [read_gold(folder, name) for name in records]
    tagged = [read_tag_gold(folder, name) for name in tags]
    return Evaluation(tuple(_results(golds, predictions, rules)), tuple(_tagged(tagged, rules)))


def _results(golds: list[Gold], predictions: Path | None, rules: Rules | None) -> Iterator[Result]:
    for gold in golds:
        source = _source(gold.path)
        if predictions is None:
            records = _records(source, rules)
        else:
            records = read_predictions(predictions / f"{gold.name}.jsonl")
        for record in gold.records:
            if not 0 <= record["start"] < record["end"] <= len(source.text):
                span = f"[{record['start']}, {record['end']}]"
                raise GoldError(
                    _(
                        "{path}: the gold record at {span} is not in the text",
                        path=gold.path,
                        span=span,
                    )
                )
        yield from score(gold, source.text, records)


def _tagged(golds: list[TagGold], rules: Rules | None) -> Iterator[Tagged]:
    from shuangjian_cli.api import analyse

    for gold in golds:
        source = _source(gold.path)._replace(file=_NEUTRAL)
        for sentence in gold.sentences:
            if not 0 <= sentence["start"] < sentence["end"] <= len(source.text):
                span = f"[{sentence['start']}, {sentence['end']}]"
                raise GoldError(
                    _(
                        "{path}: the gold sentence at {span} is not in the text",
                        path=gold.path,
                        span=span,
                    )
                )
        analysis = analyse(source, rules, unparsed=False)
        yield from score_tags(gold, [sentence.to_dict() for sentence in analysis.sentences])


def _source(path: Path) -> Source:
    from shuangjian_cli.read import read

    source = next(iter(read(path)))
    if isinstance(source, ReadError):
        raise GoldError(str(source))
    return source


def _records(source: Source, rules: Rules | None) -> list[Record]:
    from shuangjian_cli.api import analyse

    analysis = analyse(source, rules, sentences=False, unparsed=False)
    return [indicator.to_dict() for indicator in analysis.indicators]
