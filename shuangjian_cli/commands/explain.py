"""`shuangjian explain`: which words and rules made each field of each record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from shuangjian_cli.commands.messages import tell, wrong
from shuangjian_cli.commands.screens import Color, inert, put, report, screen
from shuangjian_cli.commands.vocabulary import own_corrections, own_rules
from shuangjian_cli.language import labels
from shuangjian_cli.language.messages import N_, _, retold, spoken
from shuangjian_cli.model import Analysis, ReadError, TableCell

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from shuangjian_cli.explain.explanation import Explanation, Field, Record, Token

_STYLES = {
    "figure": "bold cyan",
    "bound": "magenta",
    "change": "yellow",
    "subject": "green",
    "period": "bright_blue",
    "status": "red",
    "place": "bright_yellow",
    "metric": "bright_green",
    "pillar": "bright_magenta",
    "attribute": "cyan",
    "unread": "dim italic",
}
_LEGEND = {
    N_("figure"): N_("the figure"),
    N_("bound"): N_("its bound"),
    N_("change"): N_("level, change or rank"),
    N_("subject"): N_("what it measures"),
    N_("period"): N_("when"),
    N_("status"): N_("done or planned"),
    N_("place"): N_("where"),
    N_("metric"): N_("words of its metric"),
    N_("pillar"): N_("words of its pillar"),
    N_("attribute"): N_("words of its stage, groups or measure"),
    N_("unread"): N_("a numeral that gave no figure"),
}


def explain(
    place: Annotated[
        str,
        typer.Argument(
            metavar="FILE[:LINE]", help="A text, or one line of it; - is standard input."
        ),
    ],
    rules: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="A rule pack of your own, over the built-in rules."),
    ] = None,
    corrections: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="What `review` corrected. Default: the nearest shuangjian.corrections.jsonl.",
            show_default=False,
        ),
    ] = None,
    format: Annotated[
        Literal["text", "json"], typer.Option("--format", "-f", help="For people or programs.")
    ] = "text",
    color: Color = "auto",
) -> int:
    """Explain figures: the role of every word, and for each field the rule and words that set it.

    Shows the sentences of the line, or without one all that hold a numeral; below each, its
    figures, field by field: the value, the rule that set it (see `shuangjian rules`), the words
    that the rule used, and the candidates that it rejected, with the reason. A figure of a table
    is shown with the heads of its row and column. Words are parted by
    spaces; without colours each stretch stands in brackets with its role.

    Examples:

    - `shuangjian explain bulletin.txt:12`
    - `shuangjian explain bulletin.txt --format json | jq '.sentences[].records[].fields[]'`

    Exit status: 0 done; 1 the file cannot be read; 2 wrong usage, or no such line.
    """
    from shuangjian_cli.explain.explanation import explain as explanations
    from shuangjian_cli.explain.place import split_place

    file, line = split_place(place)
    explained: list[Explanation] = []
    failed = False
    for analysis in _analyses(file, rules, corrections):
        if isinstance(analysis, ReadError):
            tell(str(analysis))
            failed = True
            continue
        _check_line(analysis, line)
        explained += explanations(analysis, line)
    if format == "json":
        put(report({"sentences": [each.to_dict() for each in explained]}))
    elif explained:
        _show(screen(color), explained)
    elif not failed:
        tell(
            _("{place}: no sentence with a figure", place=place)
            if line is None
            else _("{place}: no sentence", place=place)
        )
    return int(failed)


def _analyses(
    file: str, rules: str | None, corrections: str | None
) -> Iterator[Analysis | ReadError]:
    from shuangjian_cli.api import analyse
    from shuangjian_cli.explain.place import texts

    own, decided = own_rules(rules), own_corrections(corrections, rules)
    for source in texts(file):
        if isinstance(source, ReadError):
            yield source
            continue
        analysis = analyse(source, own, corrections=decided, explain=True)
        for note in (*source.notes, *analysis.notes):
            tell(f"{source.file}: {note}")
        yield analysis


def _check_line(analysis: Analysis, line: int | None) -> None:
    document = analysis.document
    lines = document.line(max(0, len(document.text) - 1))
    if line is not None and not 1 <= line <= lines:
        has = _("1 line") if lines == 1 else _("{lines} lines", lines=lines)
        raise wrong(
            N_("FILE:LINE"),
            _("{file} has {has}, and no line {line}", file=document.info.file, has=has, line=line),
        )


# --- the screen --------------------------------------------------------------------------------


def _show(console: Console, explained: list[Explanation]) -> None:
    from rich.text import Text

    used = {token.role for each in explained for token in each.tokens}
    legend = (
        Text(f"{_(role)}: {_(says)}", _STYLES[role])
        for role, says in _LEGEND.items()
        if role in used
    )
    console.print(Text("  ").join(legend))
    for file, sentences in groupby(explained, key=lambda each: each.sentence.document.file):
        console.print()
        console.print(inert(file, "bold"))
        for each in sentences:
            console.print()
            console.print(_heading(each))
            console.print(_sentence(each.tokens, console.color_system is not None))
            for record in each.records:
                _record(console, record)
            for numeral in each.unparsed:
                why = retold(numeral.reason)
                said = _("{numeral}: no figure: {why}", numeral=numeral.numeral, why=why)
                console.print(inert(f"  {said}", "dim"))


def _heading(each: Explanation) -> Text:
    sentence, named = each.sentence, labels(spoken())
    words: list[str | None]
    if spoken() == "en":
        words = [sentence.province, sentence.pillar, *sentence.metrics]
    else:
        pillar = sentence.pillar and named.pillar(sentence.pillar)
        words = [sentence.province, pillar, *map(named.metric, sentence.metrics)]
    about = " · ".join(word for word in words if word)
    kind = named.of("kind", sentence.kind)
    said = _("line {line}, {kind}", line=sentence.line, kind=kind)
    return inert(f"{said}  {about}".rstrip(), "dim")


def _sentence(tokens: Iterable[Token], colors: bool) -> Text:
    """The words parted by spaces: coloured by role, or each stretch of a role in brackets."""
    from rich.text import Text

    stretches = []
    for role, group in groupby(tokens, key=lambda token: token.role):
        words = " ".join(token.text for token in group)
        if role is None:
            stretches.append(inert(words))
        else:
            stretches.append(inert(words if colors else f"[{_(role)}: {words}]", _STYLES[role]))
    return Text(" ").join(stretches)


def _record(console: Console, record: Record) -> None:
    from rich.table import Table

    from shuangjian_cli.write.flow import Flow

    indicator = record.indicator
    doubts = f": {'; '.join(map(retold, indicator.reasons))}" if indicator.reasons else ""
    sure = labels(spoken()).of("confidence", indicator.confidence).lower()
    headline = inert(f"  {indicator.figure}", "bold")
    console.print(headline.append_text(inert(f"  {sure}{doubts}", "not bold")))
    if indicator.cell is not None:
        console.print(inert(f"    {_place(indicator.cell)}", "dim"))
    grid = Table.grid(padding=(0, 2, 0, 0))
    for name in ("field", "value", "rule", "words"):
        grid.add_column(name, overflow="fold", no_wrap=name == "field")
    for field in record.fields:
        name, *cells = _cells(field, indicator.line)
        grid.add_row(name, *(Flow(inert(each)) for each in cells))
        for words, reason in field.rejected:
            why = inert(f"{words}: {retold(reason)}", "dim")
            grid.add_row("", "", inert(_("not"), "dim"), Flow(why))
    console.print(grid)


def _place(cell: TableCell) -> str:
    """Where a figure stands in a table, with the heads over it and beside it."""
    title = f" {cell.title}" if cell.title else ""
    row = f" {cell.row_head}" if cell.row_head else ""
    column = f" {cell.column_head}" if cell.column_head else ""
    return _(
        "table {table}; row {row}; column {column}",
        table=f"{cell.number}{title}",
        row=f"{cell.row}{row}",
        column=f"{cell.column}{column}",
    )


def _cells(field: Field, line: int) -> tuple[str, str, str, str]:
    from shuangjian_cli.write.values import flat

    words = field.words or ""
    if words and field.line != line:
        words += _(" (line {line})", line=field.line)
    name, value = field.name, flat(field.value) or "null"
    if spoken() != "en":
        name, value = labels(spoken()).pair(name, field.value)
    return f"    {name}", value, field.rule, words
