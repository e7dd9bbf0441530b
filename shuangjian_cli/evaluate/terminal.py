"""An evaluation as tables for people, in either language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from shuangjian_cli.evaluate.report import (
    ERRORS,
    GROUPS,
    TAG_ERRORS,
    Change,
    Comparison,
    Evaluation,
    Figures,
    errors_of,
    pairs,
    tag_errors_of,
)
from shuangjian_cli.evaluate.score import EXTRA, FIELDS, Result
from shuangjian_cli.evaluate.tags import TAG_FIELDS, Tagged, tag_entry
from shuangjian_cli.write.values import flat, visible

if TYPE_CHECKING:
    from rich.console import Console

    from shuangjian_cli.language import Labels

_NAMES = 12, 24
"""The least and the greatest width of the names of rows."""

_SCORES = (
    "gold",
    "predicted",
    "precision",
    "recall",
    "detection_f1",
    "quantity_f1",
    "record_f1",
    "certain_share",
    "certain_right",
)
_TAG_SCORES = (
    "sentences",
    "same_cut",
    "lost",
    *(name for field in TAG_FIELDS for name in (field, f"{field}_lenient")),
)
_TAG_METRICS = (
    "metric_precision",
    "metric_recall",
    "metric_f1",
    "metric_tp",
    "metric_fp",
    "metric_fn",
    "metrics_exact",
)


def show(
    console: Console,
    evaluation: Evaluation,
    labels: Labels,
    *,
    change: Comparison | None = None,
    errors: str | None = None,
    by: Iterable[str] | None = None,
) -> None:
    """The figures, by group where nothing else is asked for; then what a change won and lost, and
    the errors of a kind."""
    listing = errors is not None or change is not None
    groups = tuple(by) if by else (() if listing else GROUPS)
    tables = _Tables(console, labels)
    if evaluation.results or not evaluation.tags:
        tables.records("", {labels.of("score", "total"): evaluation.total()})
        for group in groups:
            tables.records(group, evaluation.by(group))
    if evaluation.tags:
        splits = evaluation.tag_total()
        tables.tags("", {labels.of("score", name): row for name, row in splits.items()})
        if "document" in groups:
            tables.tags("document", evaluation.tags_by_document())
    if change is not None:
        _changes(console, labels, change)
    if errors in ERRORS:
        _errors(console, labels, errors, errors_of(evaluation.results, errors))
    if errors in TAG_ERRORS and evaluation.tags:
        _tag_errors(console, labels, errors, tag_errors_of(evaluation.tags, errors))


# --- figures -----------------------------------------------------------------------------------


class _Tables:
    """Tables with a row of figures for each member of a group."""

    def __init__(self, console: Console, labels: Labels) -> None:
        self._console = console
        self._labels = labels

    def records(self, group: str, rows: Mapping[str, Figures]) -> None:
        fields = [name for name in FIELDS + EXTRA if any(name in row for row in rows.values())]
        self._table(group, rows, (_SCORES, fields), "{:.3f}")

    def tags(self, group: str, rows: Mapping[str, Figures]) -> None:
        self._table(group, rows, (_TAG_SCORES, _TAG_METRICS), "{:.1f}")

    def _table(
        self,
        group: str,
        rows: Mapping[str, Figures],
        blocks: Iterable[Iterable[str]],
        form: str,
    ) -> None:
        """The blocks of columns in one table where they fit, else in several below one another."""
        heading = self._labels.of("score", group) if group else ""
        first = min(max(map(cell_len, [heading, *rows])), _NAMES[1])
        room = self._console.width - max(first, _NAMES[0])
        columns = [
            [
                (
                    self._labels.of("score", name),
                    [_figure(row.get(name), form) for row in rows.values()],
                )
                for name in block
            ]
            for block in blocks
        ]
        whole = [column for block in columns for column in block]
        for part in (
            [whole]
            if _width(whole) <= room
            else [part for block in columns for part in _parts(block, room)]
        ):
            table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
            table.add_column(heading, overflow="fold", min_width=_NAMES[0], max_width=_NAMES[1])
            for label, _ in part:
                table.add_column(label, justify="right", no_wrap=True)
            for name, *cells in zip(rows, *(cells for _, cells in part), strict=True):
                table.add_row(_inert(name), *cells)
            self._console.print(table)
            self._console.print()


_Column = tuple[str, list[str]]
"""A heading and the cells below it."""


def _width(columns: Iterable[_Column]) -> int:
    """The width of columns, each behind a gap of two cells."""
    return sum(2 + max(map(cell_len, [label, *cells])) for label, cells in columns)


def _parts(columns: Iterable[_Column], room: int) -> Iterator[list[_Column]]:
    """Columns in their order, as many together as fit."""
    part: list[_Column] = []
    for column in columns:
        if part and _width([*part, column]) > room:
            yield part
            part = []
        part.append(column)
    if part:
        yield part


def _figure(value: float | None, form: str) -> str:
    if value is None:
        return "–"
    return str(value) if isinstance(value, int) else form.format(value)


# --- errors and changes ------------------------------------------------------------------------


def _errors(console: Console, labels: Labels, kind: str, results: list[Result]) -> None:
    console.print(labels.text("wrong_records", len(results), labels.of("score", kind)))
    for result in results:
        names = result.wrong if kind in ("all", "certain") else (kind,)
        console.print(
            _headline(
                f"{result.document}:{result.line}",
                (result.before, result.figure, result.after),
                result.outcome,
                result.got,
            )
        )
        if result.outcome == "matched":
            _fields(console, labels, {"gold": result.gold, "got": result.got}, names)


def _tag_errors(console: Console, labels: Labels, kind: str, results: list[Tagged]) -> None:
    console.print(labels.text("wrong_sentences", len(results), labels.of("score", kind)))
    for result in results:
        names = result.wrong if kind == "all" else (kind,)
        _sentence(console, labels, tag_entry(result), names, "")


def _changes(console: Console, labels: Labels, change: Comparison) -> None:
    for name, (old, new) in change.figures.items():
        console.print(f"{name:<16} {_figure(old, '{:.3f}')} → {_figure(new, '{:.3f}')}")
    both = (*change.changes, *change.sentences)
    won, lost = sum(len(each.won) for each in both), sum(len(each.lost) for each in both)
    console.print(labels.text("won_lost", won, lost))
    for each in _worst_first(change.changes):
        entry = each.entry
        words = (entry["before"], entry["figure"], entry["after"])
        place = f"{entry['document']}:{entry['line']}"
        console.print(_headline(place, words, _moves(each), entry["got"]))
        if entry["outcome"] == "matched":
            _fields(console, labels, entry, each.lost)
    for each in _worst_first(change.sentences):
        _sentence(console, labels, each.entry, each.lost, _moves(each))


def _worst_first(changes: Iterable[Change]) -> list[Change]:
    return sorted(changes, key=lambda each: not each.lost)


def _moves(change: Change) -> str:
    return " ".join([f"-{name}" for name in change.lost] + [f"+{name}" for name in change.won])


def _headline(
    place: str, words: tuple[str, str, str], what: str, got: Mapping[str, Any] | None
) -> Text:
    """`seed:12 matched certain  …words 【figure】 words…`"""
    before, figure, after = words
    sure = f" {got['confidence']}" if got and got.get("confidence") else ""
    line = _inert(f"{place} {what}{sure}  ", "bold")
    line.append_text(_inert(before, "not bold"))
    line.append_text(_inert(f"【{figure}】", "not bold cyan"))
    line.append_text(_inert(after, "not bold"))
    return line


def _sentence(
    console: Console, labels: Labels, entry: Mapping[str, Any], names: Iterable[str], what: str
) -> None:
    """`S01:3  sentence`, and for each named field what the gold holds and what was got."""
    line = _inert(f"{entry['document']}:{entry['number']} {what}".rstrip() + "  ", "bold")
    console.print(line.append_text(_inert(entry["sentence"], "not bold")))
    got = entry["got"] or {}
    for name in names:
        _pair(console, labels, name, [entry["gold"][name]], [got.get(name)], "")


def _fields(
    console: Console, labels: Labels, entry: Mapping[str, Any], names: Iterable[str]
) -> None:
    """For each wrong field, what the gold holds, what was got, and the rule that set it."""
    for name in names:
        rules = (entry["got"] or {}).get("rules") or {}
        _pair(console, labels, name, *pairs(entry, name), rules.get(name, ""))


def _pair(
    console: Console, labels: Labels, name: str, gold: list[Any], got: list[Any], rule: str
) -> None:
    sides = (", ".join(flat(value) or "null" for value in side) for side in (gold, got))
    line = f"    {name}: " + labels.text("gold_got", *sides)
    console.print(_inert(line + (labels.text("by_rule", rule) if rule else "")))


def _inert(text: str, style: str = "") -> Text:
    return Text(visible(text), style)
