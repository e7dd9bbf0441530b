"""What a review shows: the sentence with its figure marked, the fields, what else they could be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from shuangjian_cli.language import Labels
from shuangjian_cli.language.messages import _, retold
from shuangjian_cli.model import Decision, Indicator
from shuangjian_cli.review.rivals import Rival
from shuangjian_cli.review.session import Session, Shown
from shuangjian_cli.write.flow import Flow
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
_CHOICES = 9
_BELOW = 2
"""Lines below the keys: a question and the prompt."""
_STYLES = {"check": "bold red", "likely": "bold yellow", "certain": "bold green"}


class _Layout(NamedTuple):
    """How much is shown: characters before the sentence and about the figure in it (None: all), a line
    for each field, choices, rules."""

    before: int
    grid: bool
    choices: int
    more: bool = False
    about: int | None = None


def _layouts(width: int) -> Iterator[_Layout]:
    """From the fullest on."""
    line = width // 2 - 2
    yield _Layout(_CONTEXT, True, _CHOICES)
    yield _Layout(line, True, _CHOICES)
    # The last choices, which lack words, tell less than what stands before the sentence.
    for most in range(_CHOICES, 2, -1):
        yield _Layout(line, False, most)
    for most in range(_CHOICES, 0, -1):
        yield _Layout(0, False, most)
    yield _Layout(0, False, 1, about=width // 2)


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
    """Show a figure, as much of it as the terminal has lines for. `more` names the rules of its
    fields and more of the text before it, however many lines that takes."""
    room = console.height - _BELOW
    full = _Layout(3 * _CONTEXT, True, _CHOICES, more=True)
    for layout in [full] if more else _layouts(console.width):
        parts = list(_parts(session, shown, rivals, words, console.width, layout))
        if message:
            parts.append(_inert(message, "bold magenta"))
        parts.append(keys(words, bool(rivals), console.width))
        if sum(len(console.render_lines(part, pad=False)) for part in parts) <= room:
            break
    console.clear()
    for part in parts:
        console.print(part)


def _parts(
    session: Session,
    shown: Shown,
    rivals: Sequence[Rival],
    words: Labels,
    width: int,
    layout: _Layout,
) -> Iterator[RenderableType]:
    yield _heading(session, shown, words)
    if shown.record.reasons:
        yield _inert(_("; ").join(map(retold, shown.record.reasons)), "yellow")
    for line in _context(shown, layout.before):
        yield Flow(_inert(line, "dim"))
    yield ""
    yield Flow(_sentence(shown.record, layout.about))
    yield ""
    yield _fields(shown, words, width, layout)
    yield ""
    if rivals:
        yield _rivals(rivals[: layout.choices], words, layout.more)
        if len(rivals) > layout.choices:
            yield _inert(words.text("review_choices", len(rivals) - layout.choices), "dim")
        yield ""


def keys(words: Labels, rivals: bool, width: int) -> Text:
    """Every key, as many on a line as fit."""
    said = [each.partition(" ") for each in words.text("review_keys").split("|")]
    return _packed([(key, what) for key, _, what in said if rivals or key != "1-9"], width)


def _packed(said: Iterable[tuple[str, str | Text]], width: int, style: str = "") -> Text:
    """Keys and what they are for, line by line; none is parted from what it is for."""
    out, line = Text(), Text()
    for key, what in said:
        one = Text.assemble(
            (key, "bold reverse"), " ", Text(what, style) if isinstance(what, str) else what
        )
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
        out.append(f" · {_(', ').join(done)}", "dim")
    return out


def _context(shown: Shown, length: int) -> Iterator[str]:
    """What governs the figure: titles, headings, table heads, and the words just before."""
    record, text = shown.record, shown.read.text
    yield " › ".join(dict.fromkeys(filter(None, (record.document.title, record.section))))
    if record.cell is not None:
        heads = (record.cell.title, record.cell.row_head, record.cell.column_head)
        yield " › ".join(each for each in heads if each)
    before = "" if text is None else text[: record.sentence_start].rstrip()
    if before and length:
        last = before[-length:]
        yield ("…" if len(before) > length else "") + " ".join(last.split())


def _sentence(record: Indicator, about: int | None) -> Text:
    start = max(0, record.start - record.sentence_start)
    end = max(start, record.end - record.sentence_start)
    before, after = record.sentence[:start], record.sentence[end:]
    if about is not None and len(before) > about:
        before = "…" + before[-about:]
    if about is not None and len(after) > about:
        after = after[:about] + "…"
    figure = (visible(record.sentence[start:end]), "bold reverse")
    return Text.assemble(visible(before), figure, visible(after))


def _fields(shown: Shown, words: Labels, width: int, layout: _Layout) -> RenderableType:
    """The fields that have a value, then the keys of the others."""
    filled, empty = [], []
    for key, name in ROWS:
        decision = shown.record.rules.get(name)
        changed = decision is not None and decision.rule.startswith("person")
        if value := shown_value(shown.record, name, words):
            used = _inert(_used(shown, decision, words, layout.more))
            style = "bold cyan" if changed else "bold"
            filled.append((key, words.field(name), _inert(value, style), used))
        else:
            empty.append((key, words.field(name)))
    if not layout.grid:
        run_in = [(key, Text.assemble((name, "dim"), " ", value)) for key, name, value, _ in filled]
        return Group(Flow(_packed(run_in, width)), _packed(empty, width, "dim"))
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(style="bold reverse", no_wrap=True)
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    wide = width >= _WIDE or layout.more
    if wide:
        grid.add_column(style="dim", overflow="fold")
    for row in filled:
        grid.add_row(*(row if wide else row[:-1]))
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
