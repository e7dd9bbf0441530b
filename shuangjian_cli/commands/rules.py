"""`shuangjian rules`: the rules with their examples, and the check of a user's own pack."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from shuangjian_cli.commands.messages import close_to, wrong
from shuangjian_cli.commands.screens import Color, inert, put, report, screen
from shuangjian_cli.language.messages import _

if TYPE_CHECKING:
    from rich.console import Console

    from shuangjian_cli.explain.registry import Rule
    from shuangjian_cli.explain.trial import Trial

_WORDS_SHOWN = 60


def rules(
    id: Annotated[
        str | None,
        typer.Argument(metavar="ID", help="One rule, or `check` to check a pack."),
    ] = None,
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="The pack that `check` checks.")
    ] = None,
    format: Annotated[
        Literal["text", "json"], typer.Option("--format", "-f", help="For people or programs.")
    ] = "text",
    color: Color = "auto",
) -> int:
    """List the rules, show one with what it gives on its examples, or check a pack of your own.

    Examples:

    - `shuangjian rules`
    - `shuangjian rules period.section`
    - `shuangjian rules check shuangjian.toml`

    The ids are those that `explain` and the `rules` of a record name. `check` prints each problem
    with file, line and the mend.

    Exit status: 0 done, no problems; 1 the pack has problems, or an example of the rule fails; 2
    wrong usage.
    """
    if id == "check":
        if file is None:
            raise wrong("FILE", _("name the pack to check: shuangjian rules check FILE"))
        return _check(file, format)
    if file is not None:
        raise wrong("FILE", _("only `rules check` takes a file"))
    if id is None:
        return _list(format, color)
    return _one(id, format, color)


def _list(format: str, color: str) -> int:
    from shuangjian_cli.explain.registry import rules as registered

    known = registered()
    if format == "json":
        put(report({"rules": [rule.to_dict() for rule in known]}))
    else:
        _show_all(screen(color), known)
    return 0


def _one(id: str, format: str, color: str) -> int:
    from shuangjian_cli.explain.registry import find
    from shuangjian_cli.explain.registry import rules as registered
    from shuangjian_cli.explain.trial import trials

    rule = find(id)
    if rule is None:
        near = close_to(id, [each.id for each in registered()])
        raise wrong(
            "ID",
            _("no rule {id}{near}", id=repr(id), near=near or _("; `shuangjian rules` lists them")),
        )
    tried = list(trials(rule))
    if format == "json":
        put(report(rule.to_dict() | {"examples": [trial.to_dict() for trial in tried]}))
    else:
        _show(screen(color), rule, tried)
    return int(any(trial.faults for trial in tried))


def _check(file: Path, format: str) -> int:
    from shuangjian_cli.tag.check import check
    from shuangjian_cli.write.values import visible

    problems = check(file)
    if not problems:
        from shuangjian_cli.commands.app import command
        from shuangjian_cli.commands.defaults import faults

        verbs = command().commands
        from shuangjian_cli.tag.pack.form import Problem

        mend = _("see {command} --help", command="shuangjian")
        problems = [
            Problem(each.file, each.line, each.message, mend) for each in faults(file, verbs)
        ]
        problems.sort(key=lambda problem: problem.line)
    if format == "json":
        put(report({"problems": [problem._asdict() for problem in problems]}))
    elif not problems:
        put(visible(_("{file}: no problems", file=file)) + "\n")
    else:
        for file_name, line, message, mend in problems:
            put(visible(f"{file_name}:{line}: {message}{_('; ')}{mend}") + "\n")
    return int(bool(problems))


# --- the screen --------------------------------------------------------------------------------


def _show_all(console: Console, known: tuple[Rule, ...]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    from shuangjian_cli.write.flow import Flow

    table = Table(box=SIMPLE_HEAD, padding=(0, 2, 0, 0), pad_edge=False, show_edge=False)
    table.add_column(_("rule"), overflow="fold")
    table.add_column(_("fields"), overflow="fold", max_width=24)
    table.add_column(_("reads"), overflow="fold")
    table.add_column(_("examples"), justify="right", no_wrap=True)
    for _package, group in groupby(known, key=lambda rule: rule.package):
        for rule in group:
            count = f"{len(rule.positive)}+ {len(rule.negative)}-"
            table.add_row(
                inert(rule.id), inert(", ".join(rule.fields)), Flow(inert(_(rule.says))), count
            )
        table.add_section()
    console.print(table)


def _show(console: Console, rule: Rule, tried: list[Trial]) -> None:
    console.print(inert(rule.id, "bold"))
    console.print(inert(_(rule.says)))
    console.print(inert(_("sets {fields}", fields=", ".join(rule.fields)), "dim"))
    for name, words in rule.vocabulary.items():
        more = f" … ({len(words)})" if len(words) > _WORDS_SHOWN else ""
        console.print()
        console.print(inert(f"{name}:", "dim"))
        console.print(inert("  " + " ".join(words[:_WORDS_SHOWN]) + more))
    for positive, group in groupby(tried, key=lambda trial: trial.positive):
        console.print()
        console.print(inert(_("applies to") if positive else _("does not apply to"), "bold"))
        for trial in group:
            console.print(inert(f"  {trial.example.text}"))
            for line in trial.gives(rule):
                console.print(inert(f"    → {line}", "cyan"))
            for fault in trial.faults:
                console.print(inert(f"    ✗ {fault}", "red"))
