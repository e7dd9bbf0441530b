"""What the verbs that report share: a screen that interprets nothing, and a report as JSON."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from shuangjian_cli.commands.destination import colored
from shuangjian_cli.write.json import literal
from shuangjian_cli.write.values import visible

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

Color = Annotated[
    Literal["auto", "always", "never"],
    typer.Option(help="auto heeds NO_COLOR, CLICOLOR_FORCE and FORCE_COLOR."),
]

_PIPE_WIDTH = 200
"""Cells of a line that nobody sees on a terminal: wide enough that no table folds."""


def screen(color: str, pipe: int | None = _PIPE_WIDTH) -> Console:
    """Standard output for rich, which interprets nothing that is written; `pipe` cells wide where
    it is no terminal, None: as COLUMNS says."""
    from shuangjian_cli.write.console import plain_console

    terminal = sys.stdout.isatty()
    width = None if terminal else pipe
    return plain_console(sys.stdout, color=colored(color, terminal), width=width)


def inert(text: str, style: str = "") -> Text:
    """Words of a document for the screen: no markup, and controls made visible."""
    from rich.text import Text

    return Text(visible(text), style)


def put(text: str) -> None:
    """Write text to standard output as it is."""
    sys.stdout.write(text)
    sys.stdout.flush()


def report(value: Mapping[str, Any]) -> str:
    """A mapping as JSON, each member of its mappings and each entry of its lists on a line."""
    members = ",\n".join(f"{literal(key)}: {_member(item)}" for key, item in value.items())
    return "{\n" + members + "\n}\n"


def _member(value: Any) -> str:
    if isinstance(value, Mapping) and value:
        lines = (f" {literal(key)}: {literal(item)}" for key, item in value.items())
        return "{\n" + ",\n".join(lines) + "\n}"
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(f" {literal(item)}" for item in value) + "\n]"
    return literal(value)
