"""The file in which a person's decisions on rows are kept: a rule pack with a line for each.

A decision is undone by deleting its line. What else the file holds stays as it is.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

import tomli

if TYPE_CHECKING:
    from shuangjian_cli.compare.measure import Measures

Verdict = Literal["same", "different", "joined", "apart"]
REFUSAL: dict[str, Verdict] = {"same": "different", "joined": "apart"}
_HEAD = """\
# Decisions of `shuangjian reconcile`, a line each; delete a line to undo it. The file is a rule pack:
# its tables may stand in any other. same and different: wordings of a metric that are one thing or
# are not; joined and apart: measures that are one row or are not.
"""


def decided(text: str, verdict: Verdict, metric: str | None, items: Sequence[str]) -> str:
    """The text of a file with one decision more."""
    key = "words" if verdict in ("same", "different") else "measures"
    listed = f"{key} = [{', '.join(map(_quoted, items))}]"
    entry = f"metric = {_quoted(metric)}, {listed}" if metric else listed
    line = f"  {{ {entry} }},\n"
    text = text or _HEAD
    if opened := re.search(rf"^{verdict} = \[\n", text, re.MULTILINE):
        return text[: opened.end()] + line + text[opened.end() :]
    if not re.search(r"^\s*\[", text, re.MULTILINE):
        return f"{text.rstrip()}\n\n{verdict} = [\n{line}]\n"
    # Tables stand here, behind which a list of its own would be a key of the last of them.
    said = listed if metric is None else f"metric = {_quoted(metric)}\n{listed}"
    return f"{text.rstrip()}\n\n[[{verdict}]]\n{said}\n"


def unmatched(path: str, measures: Measures) -> Iterator[tuple[int, str, bool]]:
    """The measures that a file of decisions names and of which no figure is, and the wordings in which none is put,
    each with its line and whether it is a measure. The figures' measures must have been told. Raises OSError."""
    text = read(path)
    data = tomli.loads(text)

    def line(named: str) -> int:
        return text.partition(_quoted(named))[0].count("\n") + 1

    for verdict in ("joined", "apart"):
        for decision in data.get(verdict, ()):
            for id in decision["measures"]:
                if id not in measures.met:
                    yield line(id), id, True
    for verdict in ("same", "different"):
        for decision in data.get(verdict, ()):
            for word in decision["words"]:
                if not measures.meets(decision.get("metric"), word):
                    yield line(word), word, False


def _quoted(text: str) -> str:
    import json

    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def read(path: str) -> str:
    """The text of a file of decisions, empty where there is none. Raises OSError."""
    if not os.path.exists(path):
        return ""
    with open(path, encoding="utf-8") as file:
        return file.read()
