"""`shuangjian evaluate`: how right the records are, and what a change won and lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from shuangjian_cli.commands.messages import one_of, tell
from shuangjian_cli.commands.screens import Color, inert, put, report, screen
from shuangjian_cli.commands.vocabulary import own_rules

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from shuangjian_cli.evaluate import Comparison, Evaluation, Result
    from shuangjian_cli.evaluate.report import Figures

Kind = Literal[
    "value",
    "unit",
    "bound",
    "role",
    "subject",
    "metric",
    "pillar",
    "province",
    "period",
    "status",
    "span",
    "period_exact",
    "missed",
    "spurious",
    "certain",
    "all",
]
_GROUPS = ("document", "province", "pillar", "metric")

_WIDE = 170
"""From this many cells on, the figures of a group stand in one table instead of two."""

_SCORES = {
    "gold": "gold",
    "predicted": "got",
    "precision": "prec.",
    "recall": "recall",
    "detection_f1": "F1",
    "quantity_f1": "quantity",
    "record_f1": "record",
    "certain_share": "certain",
    "certain_right": "right",
}
_FIELDS = {
    "value": "value",
    "unit": "unit",
    "bound": "bound",
    "role": "role",
    "subject": "subj.",
    "metric": "metric",
    "pillar": "pillar",
    "province": "prov.",
    "period": "period",
    "status": "status",
    "span": "span",
    "period_exact": "exact",
}


def evaluate(
    gold_dir: Annotated[
        Path,
        typer.Argument(metavar="GOLD_DIR", help="A folder of NAME.txt and NAME.gold.jsonl pairs."),
    ],
    predictions: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Score DIR/NAME.jsonl, one record a line, instead of this program."
        ),
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option(
            metavar="|".join(_GROUPS), help="Only these groups. Repeatable.", show_default=False
        ),
    ] = None,
    errors: Annotated[
        Kind | None,
        typer.Option(
            help="List what is wrong, the worst first: records wrong in a field (span and"
            " period_exact too), missed, spurious, certain (marked certain and wrong) or all."
        ),
    ] = None,
    compare: Annotated[
        Path | None,
        typer.Option(
            metavar="OLD.json",
            help="Show what was won and lost since an evaluation written with -o, by record.",
        ),
    ] = None,
    floors: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="A TOML file of `figure = least value` lines; exit 1 if a figure is under it.",
        ),
    ] = None,
    rules: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="A rule pack of your own, over the built-in rules."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of tables.")] = False,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write the JSON to a file, too."),
    ] = None,
    color: Color = "auto",
) -> int:
    """Score the records against annotated bulletins.

    Detection is the share of figures found, quantity adds value, unit and bound, record asks for
    every field. A field's share is that of the figures found. The JSON holds, besides the
    figures, an entry for each record.

    A change to the rules is weighed with two runs:

    - `shuangjian evaluate gold/ -o old.json`
    - `shuangjian evaluate gold/ --rules changed.toml --compare old.json`

    Exit status: 0 done; 1 a figure is under its floor; 2 wrong usage, or a file that cannot be
    used.
    """
    from shuangjian_cli import evaluate as room

    one_of("--by", by or [], {group: group for group in _GROUPS})
    try:
        old = room.read_evaluation(compare) if compare else None
        least = room.read_floors(floors) if floors else {}
        evaluation = room.evaluate(gold_dir, predictions, own_rules(rules))
    except room.GoldError as error:
        tell(str(error))
        return 2
    content = evaluation.to_dict()
    change = room.compare(old, content) if old is not None else None
    if change is not None:
        content["comparison"] = change.to_dict()
    if output is not None:
        _write(output, report(content))
    if as_json:
        put(report(content))
    else:
        _show(screen(color), evaluation, change, errors, by)
    total = evaluation.total()
    under = [name for name, floor in least.items() if total.get(name, 0) < floor]
    for name in under:
        tell(f"{floors}: {name} is {total.get(name, 0)}, under its floor of {least[name]}")
    return 1 if under else 0


def _show(
    console: Console,
    evaluation: Evaluation,
    change: Comparison | None,
    errors: str | None,
    by: list[str] | None,
) -> None:
    from shuangjian_cli.evaluate import errors_of

    listing = errors is not None or change is not None
    groups: Iterable[str] = by or (() if listing else _GROUPS)
    _tables(console, "", {"total": evaluation.total()})
    for group in groups:
        _tables(console, group, evaluation.by(group))
    if change is not None:
        _changes(console, change)
    if errors is not None:
        _errors(console, errors, errors_of(evaluation.results, errors))


# --- figures -----------------------------------------------------------------------------------


def _tables(console: Console, title: str, rows: Mapping[str, Figures]) -> None:
    if console.width >= _WIDE:
        _table(console, title, rows, _SCORES | _FIELDS)
    else:
        _table(console, title, rows, _SCORES)
        _table(console, title, rows, _FIELDS)


def _table(
    console: Console, title: str, rows: Mapping[str, Figures], columns: Mapping[str, str]
) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    table.add_column(title, overflow="fold", min_width=12)
    for heading in columns.values():
        table.add_column(heading, justify="right", no_wrap=True)
    for name, figures in rows.items():
        table.add_row(inert(name), *(_figure(figures.get(column)) for column in columns))
    console.print(table)
    console.print()


def _figure(value: float | None) -> str:
    if value is None:
        return "–"
    return str(value) if isinstance(value, int) else f"{value:.3f}"


# --- errors and changes ------------------------------------------------------------------------


def _errors(console: Console, kind: str, results: list[Result]) -> None:
    console.print(f"{len(results)} {'wrong' if kind == 'all' else kind}")
    for result in results:
        names = result.wrong if kind in ("all", "certain") else (kind,)
        entry = {"gold": result.gold, "got": result.got}
        place = f"{result.document}:{result.line}"
        console.print(
            _headline(place, result.before, result.figure, result.after, result.outcome, result.got)
        )
        if result.outcome == "matched":
            _fields(console, entry, names)


def _changes(console: Console, change: Comparison) -> None:
    for name, (old, new) in change.figures.items():
        console.print(f"{name:<16}{_figure(old)} → {_figure(new)}")
    won = sum(len(each.won) for each in change.changes)
    lost = sum(len(each.lost) for each in change.changes)
    console.print(f"won {won}, lost {lost}")
    for each in sorted(change.changes, key=lambda each: not each.lost):
        entry = each.entry
        words = [f"-{name}" for name in each.lost] + [f"+{name}" for name in each.won]
        console.print(
            _headline(
                f"{entry['document']}:{entry['line']}",
                entry["before"],
                entry["figure"],
                entry["after"],
                " ".join(words),
                entry["got"],
            )
        )
        if entry["outcome"] == "matched":
            _fields(console, entry, each.lost)


def _headline(
    place: str, before: str, figure: str, after: str, what: str, got: Mapping[str, Any] | None
) -> Text:
    """`seed:12 matched certain  …words 【figure】 words…`"""
    sure = f" {got['confidence']}" if got and got.get("confidence") else ""
    line = inert(f"{place} {what}{sure}  ", "bold")
    line.append_text(inert(before, "not bold"))
    line.append_text(inert(f"【{figure}】", "not bold cyan"))
    line.append_text(inert(after, "not bold"))
    return line


def _fields(console: Console, entry: Mapping[str, Any], names: Iterable[str]) -> None:
    """For each wrong field, what the gold holds, what was got, and the rule that set it."""
    from shuangjian_cli.evaluate import pairs
    from shuangjian_cli.write.values import flat

    for name in names:
        gold, got = ([flat(v) or "null" for v in side] for side in pairs(entry, name))
        rules = (entry["got"] or {}).get("rules") or {}
        rule = f"  by {rules[name]}" if name in rules else ""
        console.print(inert(f"    {name}: gold {', '.join(gold)}; got {', '.join(got)}{rule}"))


def _write(path: str, text: str) -> None:
    from shuangjian_cli.write import replacing

    with replacing(path) as file:
        file.write(text.encode("utf-8", "backslashreplace"))
