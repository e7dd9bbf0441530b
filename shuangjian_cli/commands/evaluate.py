"""`shuangjian evaluate`: how right the records are, and what a change won and lost."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from shuangjian_cli.commands.messages import one_of, tell
from shuangjian_cli.commands.screens import Color, put, report, screen
from shuangjian_cli.commands.vocabulary import own_rules
from shuangjian_cli.language.messages import _, spoken

Kind = Literal[
    "value",
    "unit",
    "bound",
    "role",
    "subject",
    "metric",
    "pillar",
    "province",
    "area",
    "area_level",
    "period",
    "status",
    "span",
    "period_exact",
    "stage",
    "groups",
    "measure",
    "metrics",
    "missed",
    "spurious",
    "certain",
    "all",
]
_GROUPS = ("document", "province", "pillar", "metric")


def evaluate(
    gold_dir: Annotated[
        Path,
        typer.Argument(
            metavar="GOLD_DIR",
            help="A folder of NAME.txt with NAME.gold.jsonl, NAME.tags.jsonl or both.",
        ),
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
            help="List what is wrong, the worst first: records or sentences wrong in a field"
            " (metrics: of sentences), records missed, spurious, certain (marked certain and wrong)"
            " or all."
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
        str | None,
        typer.Option(
            metavar="FILE[#TABLE]",
            help="A TOML file, or a table of it, of `figure = least value` lines; sub-tables found"
            " (fields of all figures, missed or not), all, figure, no_figure (sentences). Exit 1 if"
            " a figure is under it.",
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
    """Score records and tags of sentences against annotated bulletins.

    Detection is the share of figures found, quantity adds value, unit and bound, record asks for
    every field. A field's share is that of the figures found. Of tagged sentences, a field is
    leniently right where it is another value that the gold allows; shares are in percent. The
    JSON holds, besides the figures, an entry for each record and sentence.

    A change to the rules is weighed with two runs:

    - `shuangjian evaluate gold/ -o old.json`
    - `shuangjian evaluate gold/ --rules changed.toml --compare old.json`

    Exit status: 0 done; 1 a figure is under its floor; 2 wrong usage, or a file that cannot be
    used.
    """
    from shuangjian_cli import evaluate as package
    from shuangjian_cli.language import labels

    one_of("--by", by or [], {group: group for group in _GROUPS})
    try:
        old = package.read_evaluation(compare) if compare else None
        least = package.read_floors(floors) if floors else {}
        evaluation = package.evaluate(gold_dir, predictions, own_rules(rules))
    except package.GoldError as error:
        tell(str(error))
        return 2
    content = evaluation.to_dict()
    change = package.compare(old, content) if old is not None else None
    if change is not None:
        content["comparison"] = change.to_dict()
    if output is not None:
        _write(output, report(content))
    if as_json:
        put(report(content))
    else:
        from shuangjian_cli.evaluate.terminal import show

        words = labels(spoken())
        show(screen(color), evaluation, words, change=change, errors=errors, by=by)
    reached = evaluation.figures()
    under = [name for name, floor in least.items() if reached.get(name, 0) < floor]
    for name in under:
        tell(
            _(
                "{floors}: {name} is {reached}, under its floor of {least}",
                floors=floors,
                name=name,
                reached=reached.get(name, 0),
                least=least[name],
            )
        )
    return 1 if under else 0


def _write(path: str, text: str) -> None:
    from shuangjian_cli.write import replacing

    with replacing(path) as file:
        file.write(text.encode("utf-8", "backslashreplace"))
