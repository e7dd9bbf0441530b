"""`shuangjian check`: figures that cannot be right, with their sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from shuangjian_cli.commands.messages import tell
from shuangjian_cli.commands.options import Inputs, Output
from shuangjian_cli.language.messages import spoken
from shuangjian_cli.write import Column, Table, write

if TYPE_CHECKING:
    from rich.console import Console

    from shuangjian_cli.compare import Finding, Measures
    from shuangjian_cli.language import Labels

_FINDINGS = Table(
    "findings",
    (
        *(Column(name, "code") for name in ("finding", "place", "period", "status", "row")),
        Column("problem"),
        *(Column(name) for name in ("figure", "sentence", "file")),
        Column("line", "integer"),
        *(Column(f"other_{name}") for name in ("figure", "sentence", "file")),
        Column("other_line", "integer"),
        Column("limit", "decimal"),
    ),
)


def check(inputs: Inputs, output: Output) -> int:
    """Find figures that cannot be right, with the sentences that they stand in.

    Contradictions are two figures of one measure, wording, place, period and status, in different
    sentences, that differ by more than rounding. Besides these: parts after 其中 that exceed their
    whole, alone or together; shares above 100 % (gross rates apart); more counties than a place
    has. PATH may also be a store that `shuangjian batch` made.

    Examples:

    - `shuangjian check corpus.sqlite`
    - `shuangjian check reports/ -o findings.csv`

    Exit status: 0 done, whatever was found; 1 done, but some input could not be read; 2 wrong
    usage, or the output could not be written.
    """
    from shuangjian_cli.commands.corpus import Corpus
    from shuangjian_cli.commands.run import sparing
    from shuangjian_cli.commands.screens import screen
    from shuangjian_cli.commands.vocabulary import own_rules
    from shuangjian_cli.compare import Tally, findings
    from shuangjian_cli.language import labels

    rules = own_rules(inputs.rules, inputs.given())
    words = labels(spoken(), rules)
    table = output.select(_FINDINGS)
    destination = output.destination(inputs.given(), rules)
    corpus = Corpus(inputs, texts=False)
    with sparing(destination.path), corpus.store() as store:
        corpus.require(destination.path)
        tally = Tally(rules, store=store)
        found, measures = findings(tally), tally.measures
        if destination.format == "table" and destination.path is None:
            _show(screen("always" if destination.color else "never"), found, measures, words)
        else:
            write(destination, table.over(_rows(found, measures, words)))
        if not found and not corpus.status:
            tell(words.text("check_none"))
        corpus.tell_of_decisions(tally.known.measures)
    return corpus.status


def _rows(
    found: tuple[Finding, ...], measures: Measures, words: Labels
) -> Iterator[dict[str, Any]]:
    from shuangjian_cli.compare import told

    for finding in found:
        first, *others = finding.figures
        other = others[-1] if others else None
        yield {
            "finding": finding.kind,
            "place": finding.place,
            "period": first.period,
            "status": first.status,
            "row": finding.measure.id,
            "problem": told(finding, measures, words),
            "figure": first.figure,
            "sentence": first.sentence,
            "file": first.document.file,
            "line": first.line,
            "other_figure": other and other.figure,
            "other_sentence": other and other.sentence,
            "other_file": other and other.document.file,
            "other_line": other and other.line,
            "limit": finding.limit,
        }


def _show(console: Console, found: tuple[Finding, ...], measures: Measures, words: Labels) -> None:
    """Under each kind the findings, and beneath each the sentences with where they stand."""
    from itertools import groupby

    from shuangjian_cli.commands.screens import inert
    from shuangjian_cli.compare import told
    from shuangjian_cli.compare.display import column_label, period_text

    for kind, group in groupby(found, key=lambda each: each.kind):
        findings = list(group)
        console.print(
            inert(f"{words.of('finding', kind)}  ", "bold red") + inert(str(len(findings)), "dim")
        )
        for finding in findings:
            first = finding.figures[0]
            place = column_label(finding.place, "province", words)
            period = period_text(first.period, words) or words.text("undated")
            console.print(
                inert(f"{place} · {period}  ", "cyan")
                + inert(told(finding, measures, words), "bold")
            )
            for sentence, figure in {each.sentence: each for each in finding.figures}.items():
                where = f"{figure.document.file}:{figure.line}"
                console.print(inert(f"  {where}  ", "dim") + inert(sentence.strip()))
        console.print()
