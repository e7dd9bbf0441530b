"""What a review shows: the sentence with its figure marked, the fields, what else they could be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from shuangjian_cli.language import Labels
from shuangjian_cli.language.messages import retold
from shuangjian_cli.model import Decision, Indicator
from shuangjian_cli.review.rivals import Rival
from shuangjian_cli.review.session import Session, Shown
from shuangjian_cli.write.values import flat, visible

ROWS = (
    ("v", "value"),
    ("x", "value_max"),
    ("u", "unit"),
    ("b", "bound"),
    ("r", "role"),
    ("t", "trend"),
    ("s", "subject"),
    ("m", "metric"),
    ("p", "pillar"),
    ("g", "stage"),
    ("w", "groups"),
    ("c", "measure"),
    ("a", "area"),
    ("d", "period"),
    ("y", "per_year"),
    ("z", "status"),
    ("i", "implied"),
)
"""The fields that a person may edit, each with its key. An area brings its province and level."""

_TABLES = {"stage", "groups", "measure", "status", "role", "trend"}
_WIDE = 76
"""Columns from which the words that the rules used stand beside the fields."""
_CONTEXT = 160
_STYLES = {"check": "bold red", "likely": "bold yellow", "certain": "bold green"}


def draw(
    console: Console,
    session: Session,
    shown: Shown,
    rivals: Sequence[Rival],
    words: Labels,
    *,
    message: str = "",
    more: bool = False,
) -> None:
    """Show a figure. `more` names the rules of its fields and more of the text before it."""
    console.clear()
    console.print(_heading(session, shown, words))
    if shown.record.reasons:
        console.print(_inert("; ".join(map(retold, shown.record.reasons)), "yellow"))
    for line in _context(shown, more):
        console.print(_inert(line, "dim"))
    console.print()
    console.print(_sentence(shown.record))
    console.print()
    console.print(_fields(shown, words, console.width, more))
    if rivals:
        console.print()
        console.print(_rivals(rivals, words, more))
    console.print()
    if message:
        console.print(_inert(message, "bold magenta"))
    console.print(keys(words, bool(rivals), console.width))


def keys(words: Labels, rivals: bool, width: int) -> Text:
    """Every key, as many on a line as fit."""
    said = [tuple(each.split(" ", 1)) for each in words.text("review_keys").split("|")]
    return _packed([each for each in said if rivals or each[0] != "1-9"], width)


def _packed(said: Sequence[tuple[str, ...]], width: int, style: str = "") -> Text:
    """Keys and what they are for, line by line; none is parted from what it is for."""
    out, line = Text(), Text()
    for key, what in said:
        one = Text.assemble((key, "bold reverse"), (f" {what}", style))
        if line and line.cell_len + 2 + one.cell_len > width:
            out.append_text(line).append("\n")
            line = Text()
        line.append("  " if line else "").append_text(one)
    return out.append_text(line)


def _heading(session: Session, shown: Shown, words: Labels) -> Text:
    record = shown.record
    sure = shown.item.confidence or "confirmed"
    place = f"{record.document.file}:{record.line}"
    out = _inert(f"{session.at + 1}/{len(session.items)} ", "bold")
    out.append(words.of("confidence", sure), _STYLES.get(sure, "bold cyan"))
    if shown.item.sample:
        out.append(f" · {words.text('review_drawn')}", "green")
    if shown.decided:
        by = shown.decided[-1].who
        out.append(visible(f" · {words.of('confidence', 'confirmed')} {by}"), "cyan")
    out.append(visible(f" · {place}"), "dim")
    done = [f"{words.text(f'review_{kind}')} {n}" for kind, n in session.counts.items() if n]
    if done:
        out.append(f" · {', '.join(done)}", "dim")
    return out


def _context(shown: Shown, more: bool) -> Iterator[str]:
    """What governs the figure: titles, headings, table heads, and the words just before."""
    record, text = shown.record, shown.read.text
    yield " › ".join(each for each in (record.document.title, record.section) if each)
    if record.cell is not None:
        heads = (record.cell.title, record.cell.row_head, record.cell.column_head)
        yield " › ".join(each for each in heads if each)
    before = "" if text is None else text[: record.sentence_start].rstrip()
    if before:
        length = 3 * _CONTEXT if more else _CONTEXT
        last = before[-length:]
        yield ("…" if len(before) > length else "") + " ".join(last.split())


def _sentence(record: Indicator) -> Text:
    start = max(0, record.start - record.sentence_start)
    end = max(start, record.end - record.sentence_start)
    out = _inert(record.sentence[:start])
    out.append(visible(record.sentence[start:end]), "bold reverse")
    out.append(visible(record.sentence[end:]))
    return out


def _fields(shown: Shown, words: Labels, width: int, more: bool) -> RenderableType:
    wide = width >= _WIDE
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(style="bold reverse", no_wrap=True)
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    if wide or more:
        grid.add_column(style="dim", overflow="fold")
    empty = []
    for key, name in ROWS:
        value = shown_value(shown.record, name, words)
        if not value:
            empty.append((key, words.field(name)))
            continue
        decision = shown.record.rules.get(name)
        changed = decision is not None and decision.rule.startswith("person")
        row: list[RenderableType] = [
            key,
            words.field(name),
            _inert(value, "bold cyan" if changed else "bold"),
        ]
        if wide or more:
            row.append(_inert(_used(shown, decision, words, more)))
        grid.add_row(*row)
    return Group(grid, _packed(empty, width, "dim"))


def shown_value(record: Indicator, name: str, words: Labels) -> str:
    """A field as people read it, empty for none."""
    value: Any = getattr(record, name)
    if name == "area":
        parts = dict.fromkeys((record.province, record.area))
        level = words.of("area_level", record.area_level)
        return " · ".join(each for each in (*parts, level) if each)
    if name in ("per_year", "implied"):
        return "✓" if value else ""
    if name == "groups":
        return " · ".join(words.of("groups", each) for each in value)
    if name == "metric" and value:
        return f"{words.metric(value)} ({value})"
    if name == "pillar" and value:
        return words.pillar(value)
    if name in _TABLES:
        return words.of(name, value)
    return flat(value)


def _used(shown: Shown, decision: Decision | None, words: Labels, more: bool) -> str:
    """The words that a rule used, and where they stand in another line; with `more`, its id."""
    if decision is None:
        return ""
    record, text = shown.record, shown.read.text
    said = ""
    if text is not None and 0 <= decision.start < decision.end:
        said = " ".join(text[decision.start : decision.end].split())
        if not record.sentence_start <= decision.start < record.sentence_end:
            line = text.count("\n", 0, decision.start) + 1
            said += f" ({words.field('line')} {line})"
    return f"{said} {decision.rule}".strip() if more else said


def _rivals(rivals: Sequence[Rival], words: Labels, more: bool) -> Table:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(style="bold reverse", no_wrap=True)
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for number, rival in enumerate(rivals, 1):
        value = rival.values[rival.field]
        shown = words.metric(value) if rival.field == "metric" else flat(value)
        if rival.words not in ("", shown, value):
            shown += f" ← {rival.words}"
        line = _inert(shown)
        if more:
            line.append(visible(f"  {retold(rival.reason)}"), "dim")
        grid.add_row(str(number), words.field(rival.field), line)
    return grid


def _inert(text: str, style: str = "") -> Text:
    return Text(visible(text), style)
