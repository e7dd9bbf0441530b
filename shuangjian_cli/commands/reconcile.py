"""`shuangjian reconcile`: a person decides which wordings are one thing, and which measures one row."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from shuangjian_cli.commands.messages import tell, wrong
from shuangjian_cli.language.messages import _, refused, spoken

if TYPE_CHECKING:
    from rich.console import Console

    from shuangjian_cli.compare import Measures
    from shuangjian_cli.compare.likeness import Proposal
    from shuangjian_cli.language import Labels

_AROUND = 60


def reconcile(
    store: Annotated[str, typer.Argument(metavar="STORE", help="A store that `batch` made.")],
    into: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Keep the decisions there. Default: STORE.decisions.toml, which every verb that"
            " reads the store applies.",
            show_default=False,
        ),
    ] = None,
    show: Annotated[
        bool, typer.Option("--list", help="List the proposals, as lines to put in the file.")
    ] = False,
    metric: Annotated[
        list[str] | None,
        typer.Option(
            help="Only wordings and measures of this metric. Repeatable.", show_default=False
        ),
    ] = None,
    pack: Annotated[
        str | None,
        typer.Option("--rules", metavar="FILE", help="A rule pack of your own (TOML)."),
    ] = None,
) -> int:
    """Decide which wordings are one thing in comparisons, and which measures are one row.

    Proposes pairs that are alike in words and agree in their fields, what joins the most places
    first: y is one, n is not, s skips, u takes the last answer back, q ends. Each answer is kept at
    once, as a line of a small TOML file that a rule pack may hold; delete the line to undo it.
    Answers are read from standard input, a line each, where that is no terminal.

    Examples:

    - `shuangjian reconcile corpus.sqlite`
    - `shuangjian reconcile corpus.sqlite --metric enrolment_rate --list`

    Exit status: 0 done; 2 wrong usage, no such store, or the decisions could not be kept.
    """
    from shuangjian_cli.commands import vocabulary
    from shuangjian_cli.commands.corpus import tell_of_decisions
    from shuangjian_cli.commands.messages import one_of
    from shuangjian_cli.commands.screens import screen
    from shuangjian_cli.compare import Tally
    from shuangjian_cli.compare.likeness import proposals
    from shuangjian_cli.language import labels
    from shuangjian_cli.store import Store, StoreError
    from shuangjian_cli.tag.pack.form import PackError

    path = into or f"{store}{vocabulary.DECISIONS}"
    metrics = one_of("--metric", metric or [], vocabulary.metrics(pack))
    try:
        rules = vocabulary.with_decisions(vocabulary.own_rules(pack), [path])
    except PackError as error:
        raise wrong("--into", str(error)) from None
    words = labels(spoken(), rules)
    try:
        with Store.open(store) as opened:
            tally = Tally(rules, store=opened if opened.is_current else None)
            if not opened.is_current:
                tally.add_all(opened.indicators(once=True))
            found = [each for each in proposals(tally) if not metrics or each.metric in metrics]
    except StoreError as error:
        tell(str(error))
        return 2
    except ImportError:
        tell(_("reconcile needs rapidfuzz; pip install 'shuangjian[reconcile]'"))
        return 2
    tell_of_decisions(path, tally.known.measures)
    if not found:
        tell(words.text("reconcile_none"))
        return 0
    console = screen("auto")
    if show:
        _list(found)
        return 0
    session = _Session(path, console, tally.measures, words)
    try:
        session.run(found)
    except OSError as error:
        raise wrong("--into", f"{path}: {refused(error)}") from None
    tell(words.text("reconcile_done", session.count, path))
    return 0


def _list(found: list[Proposal]) -> None:
    """The proposals as lines of a file of decisions, as comments."""
    from shuangjian_cli.commands.screens import put
    from shuangjian_cli.compare.decisions import decided

    out = []
    for proposal in found:
        (one, first), (other, second) = proposal.examples
        out.append(f"# {proposal.likeness} %  {one} {first.figure} · {other} {second.figure}\n")
        text = decided("\n", proposal.kind, _named(proposal), proposal.items)
        out += [
            f"# {line.strip()}  # {proposal.kind}\n" for line in text.splitlines() if "{" in line
        ]
    put("".join(out))


def _named(proposal: Proposal) -> str | None:
    return proposal.metric if proposal.kind == "same" else None


class _Session:
    """Asks for one proposal after another and keeps what is answered."""

    def __init__(self, path: str, console: Console, measures: Measures, words: Labels) -> None:
        self.path = path
        self.count = 0
        self._console = console
        self._measures = measures
        self._words = words

    def run(self, found: list[Proposal]) -> None:
        """Goes through the proposals to the end, or until there are no more answers."""
        from shuangjian_cli.compare.decisions import REFUSAL, decided, read

        kept: list[tuple[int, str]] = []  # where answers were given, and the file before each
        at = 0
        while at < len(found):
            self._ask(found[at], at + 1, len(found))
            answer = self._answer()
            if answer == "q":
                break
            if answer == "u":
                if kept:
                    at, text = kept.pop()
                    self._write(text)
                    self.count -= 1
                continue
            if answer in "yn":
                proposal = found[at]
                verdict = proposal.kind if answer == "y" else REFUSAL[proposal.kind]
                text = read(self.path)
                self._write(decided(text, verdict, _named(proposal), proposal.items))
                kept.append((at, text))
                self.count += 1
            at += 1

    def _ask(self, proposal: Proposal, number: int, count: int) -> None:
        from shuangjian_cli.commands.screens import inert
        from shuangjian_cli.compare.display import column_label
        from shuangjian_cli.compare.measure import Measure

        words = self._words
        name = self._measures.name(proposal.measure._replace(wording=()), words)
        asked = words.text(f"reconcile_{proposal.kind}")
        self._console.print(
            inert(f"{number}/{count}  ", "dim")
            + inert(f"{asked}  ", "bold")
            + inert(name or "", "magenta")
        )
        for item, (place, figure) in zip(proposal.items, proposal.examples, strict=True):
            measure = Measure.of(item) if proposal.kind == "joined" else None
            shown = self._measures.name(measure, words) if measure else item
            at = figure.start - figure.sentence_start
            around = figure.sentence[max(0, at - _AROUND) : at + _AROUND].strip()
            self._console.print(
                inert(f"  {shown}  ", "bold")
                + inert(f"{column_label(place, 'province', words)} {figure.figure}", "cyan")
            )
            self._console.print(inert(f"    {around}", "dim"))

    def _answer(self) -> str:
        """One of y n s u q; the end of the input is q."""
        while True:
            print(self._words.text("reconcile_keys"), end=" ", file=sys.stderr, flush=True)
            line = sys.stdin.readline()
            if not line:
                return "q"
            if line.strip().lower() in ("y", "n", "s", "u", "q"):
                return line.strip().lower()
            if not line.strip():
                return "s"

    def _write(self, text: str) -> None:
        from shuangjian_cli.write import replacing

        with replacing(self.path) as file:
            file.write(text.encode("utf-8"))
