"""An `analyse` for tests of the store: figures are digits, and some texts are poison."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from shuangjian_cli.model import (
    Analysis,
    Decision,
    Document,
    DocumentInfo,
    Folded,
    Indicator,
    Sentence,
    Source,
    TaggedSentence,
)

_SENTENCE = re.compile(r"[^。\n]+。?")
_FIGURE = re.compile(r"(\d+(?:\.\d+)?)(%|所|名)")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def analyse(source: Source, rules: Any) -> Iterable[Analysis]:
    """The first line is a masthead; 甲省 or 乙省 in the text is its province."""
    if "☠" in source.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "⌛" in source.text:
        signal.pause()
    if "✗" in source.text:
        raise ValueError("a bug of ours")
    date = _DATE.search(source.text)
    title = source.metadata.title or source.text.splitlines()[0]
    info = DocumentInfo(source.file, title, date[0] if date else None)
    province = next((each for each in ("甲省", "乙省") if each in source.text), None)
    sentences, indicators, parts = [], [], []
    for found in _SENTENCE.finditer(source.text):
        kind = "masthead" if found.start() == 0 else "prose"
        figures = [] if kind == "masthead" else list(_FIGURE.finditer(found[0]))
        for each in figures:
            start, end = (found.start() + at for at in each.span())
            indicators.append(
                _indicator(info, source.text, start, end, each, province, found, rules)
            )
        parts.append(Sentence(*found.span(), kind, found.span()))
        sentences.append(
            TaggedSentence(
                info,
                *found.span(),
                1,
                found[0],
                kind,
                province,
                province,
                None,
                "province",
                None,
                ("schools",) if figures else (),
                None,
                len(figures),
            )
        )
    document = Document(
        source.text, Folded(source.text), info, source.metadata, None, (), tuple(parts), (0,)
    )
    return [Analysis(document, tuple(indicators), tuple(sentences), ())]


def pieces(source: Source, rules: Any) -> Iterator[Analysis]:
    """The same in pieces of ten sentences; a bug of ours comes to light in the last."""
    (whole,) = analyse(source._replace(text=source.text.replace("✗", "x")), rules)
    for at in range(0, len(whole.sentences), 10):
        some = whole.sentences[at : at + 10]
        inside = range(some[0].start, some[-1].end)
        yield whole._replace(
            sentences=some, indicators=tuple(x for x in whole.indicators if x.start in inside)
        )
    if "✗" in source.text:
        raise ValueError("a bug of ours")


def _indicator(
    info: DocumentInfo,
    text: str,
    start: int,
    end: int,
    figure: re.Match[str],
    province: str | None,
    sentence: re.Match[str],
    rules: Any,
) -> Indicator:
    return Indicator(
        info,
        start,
        end,
        1,
        text[start:end],
        Decimal(figure[1]),
        None,
        figure[2],
        "=",
        "level",
        None,
        str(rules or "学校"),
        "schools",
        "resources",
        "primary",
        ("public",),
        "total",
        province,
        province,
        None,
        "province",
        "2023",
        True,
        "achieved",
        False,
        "certain",
        (),
        sentence[0],
        *sentence.span(),
        None,
        {"value": Decision("numeral", start, end)},
    )
