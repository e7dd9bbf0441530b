"""All that is wrong with a rule pack: its form, what it refers to, and examples that do not hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..language.messages import _, retold
from ..model import Analysis, Metadata, Source
from ..structure import structure
from .analyser import Analyser
from .pack import Rules, load_builtin
from .pack.form import Example, Pack, Problem
from .pack.merge import lay
from .pack.reader import read_pack

__all__ = ["check"]

_TOPIC_WORDS = 3


def check(path: str | Path, base: Rules | None = None) -> list[Problem]:
    """The problems of a pack that is laid over `base` (the built-in rules), by line."""
    pack, problems = read_pack(Path(path))
    if not problems:
        rules, problems = lay(base or load_builtin(), pack)
        if not problems:
            problems = [each for example in pack.examples for each in _faults(rules, pack, example)]
    return sorted(problems, key=lambda problem: problem.line)


def _faults(rules: Rules, pack: Pack, example: Example) -> Iterator[Problem]:
    """Why an example is none, or does not give what it says."""

    def problem(message: str, mend: str) -> Problem:
        return Problem(pack.file, example.line, message, mend)

    kind = "metric" if example.metric else "pillar"
    wanted = example.metric or example.pillar
    if wanted not in (rules.metrics if example.metric else rules.pillars):
        unknown = _("the example names the unknown {kind} `{wanted}`", kind=kind, wanted=wanted)
        yield problem(unknown, _("use an id of a [[{kind}]]", kind=kind))
        return
    if example.figure and example.figure not in example.sentence:
        yield problem(
            _("`{figure}` is not in the sentence", figure=example.figure),
            _("copy the figure from it"),
        )
        return
    if missing := set(example.subject or "") - set(example.sentence):
        what = "".join(char for char in example.subject or "" if char in missing)
        yield problem(
            _("`{what}` of the subject is not in the sentence", what=what), _("use words of it")
        )
        return
    analysis = _analysed(rules, example)
    given = _given(analysis, example, kind)
    if example.counter:
        if wanted in given:
            yield problem(
                _(
                    "the example gives {kind} `{wanted}`, which it must not",
                    kind=kind,
                    wanted=wanted,
                ),
                _("take away words of `{wanted}`, or add them to its `without`", wanted=wanted),
            )
    elif not given:
        figure = example.figure or ""
        reasons = [each.reason for each in analysis.unparsed if each.numeral in figure]
        why = f" ({retold(reasons[0])})" if reasons else ""
        yield problem(
            _("`{figure}` is read as no figure{why}", figure=figure, why=why),
            _("use another sentence"),
        )
    elif wanted not in given:
        other = next((each for each in given if each), None)
        gives = f"{kind} `{other}`" if other else _("no {kind}", kind=kind)
        less = _(", or take away words of `{other}`", other=other) if other else ""
        yield problem(
            _("the example gives {gives}, not `{wanted}`", gives=gives, wanted=wanted),
            _("add words of `{wanted}`{less}", wanted=wanted, less=less),
        )


def _analysed(rules: Rules, example: Example) -> Analysis:
    """What the whole program reads of an example, as the text of a document about the field."""
    text = example.sentence
    if example.title:
        text = f"一、{example.title}" + ("" if text == example.title else f"\n{text}")
    title = "".join(rules.topic.words[:_TOPIC_WORDS]) or None
    return Analyser(structure(Source("example", text, Metadata(title=title))), rules).run()


def _given(analysis: Analysis, example: Example, kind: str) -> list[str | None]:
    """The metrics or pillars of the example's figure, or of its sentences where it names none."""
    if example.figure:
        records = [each for each in analysis.indicators if each.figure == example.figure]
        return [each.metric if kind == "metric" else each.pillar for each in records]
    if kind == "pillar":
        return [each.pillar for each in analysis.sentences]
    return [metric for each in analysis.sentences for metric in each.metrics or (None,)]
