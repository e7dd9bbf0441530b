"""The help of a command, read off the options themselves: for a terminal of any width.

Typer's own cuts what it cannot break, and that is every longer sentence in Chinese.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from inspect import cleandoc
from typing import TYPE_CHECKING, Any, NamedTuple

from shuangjian_cli.language.messages import _, retold, spoken

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

_NARROW = 76
"""Columns under which what an option does stands below its names."""
_NAMES = 30
_CODE = re.compile(r"`([^`]*)`")


class Entry(NamedTuple):
    """An argument, an option or a verb: its names, what it takes, what it does.

    `values` are those that it may have, `default` its value where it is not given.
    """

    names: str
    takes: str
    does: str
    values: Sequence[str] = ()
    default: str | None = None
    required: bool = False

    def more(self) -> Iterator[str]:
        """What goes without saying in `does`."""
        if self.values:
            yield f"[{' | '.join(self.values)}]"
        if self.default is not None:
            yield _("[default: {value}]", value=self.default)
        if self.required:
            yield _("[required]")


def said(command: Any) -> Any:
    """A command with its help, and that of its options, in the spoken language."""
    if spoken() != "en":
        command.help = "\n\n".join(map(_, paragraphs(command.help)))
        command.options_metavar = _(command.options_metavar)
        if hasattr(command, "commands"):
            command.subcommand_metavar = _(command.subcommand_metavar)
        for param in command.params:
            param.help = _(param.help or "")
            if _is_said(param.metavar):
                param.metavar = _(param.metavar)
    return command


def messages_of(command: Any) -> Iterator[str]:
    """What the help of a command says, message by message."""
    yield from (each for each in paragraphs(command.help) if not _is_code(each))
    yield command.options_metavar
    if hasattr(command, "commands"):
        yield command.subcommand_metavar
    for param in command.params:
        metavar = param.metavar if _is_said(param.metavar) else None
        yield from filter(None, (param.help, _panel(param), metavar))


def paragraphs(text: str | None) -> list[str]:
    """The paragraphs of a help text, each a message; those of examples keep their lines."""
    parts = cleandoc((text or "").replace("\f", "")).split("\n\n")
    return [part if part.startswith("- ") else " ".join(part.split()) for part in parts]


def _is_code(paragraph: str) -> bool:
    """Whether a paragraph has no words: only examples."""
    return not re.sub(r"`[^`]*`|[-\s]", "", paragraph)


def _is_said(metavar: str | None) -> bool:
    """Whether a metavar is in words, and no list of values."""
    return metavar is not None and metavar != "N" and metavar != metavar.lower()


def _panel(param: Any) -> str:
    """Under which heading an argument or option stands."""
    usual = "Arguments" if param.param_type_name == "argument" else "Options"
    return getattr(param, "rich_help_panel", None) or usual


def entries(command: Any, context: Any) -> dict[str, list[Entry]]:
    """The arguments, options and verbs of a command, under their headings."""
    found: dict[str, list[Entry]] = {}
    for param in command.get_params(context):
        found.setdefault(_(_panel(param)), []).append(_entry(param, context))
    if verbs := getattr(command, "commands", None):
        found[_("Commands")] = [
            Entry(name, "", paragraphs(verb.help)[0]) for name, verb in verbs.items()
        ]
    return dict(sorted(found.items(), key=lambda each: each[0] != _("Arguments")))


def _entry(param: Any, context: Any) -> Entry:
    values = tuple(getattr(param.type, "choices", ()))
    if param.param_type_name == "argument":
        names = param.metavar or param.name.upper()
        return Entry(names, "", param.help or "", values, required=param.required)
    names = ", ".join(sorted((*param.opts, *param.secondary_opts), key=len, reverse=True))
    takes = "" if param.is_flag or values else param.metavar or ""
    if "|" in takes:
        takes, values = "", tuple(takes.split("|"))
    default = None
    if param.show_default and not param.is_flag and param.name != "help":
        value = param.get_default(context, call=False)
        default = None if value is None else str(value)
    return Entry(names, takes, retold(param.help or ""), values, default, param.required)


# --- on a terminal -----------------------------------------------------------------------------


def show(command: Any, context: Any) -> None:
    """Write the help of a command to standard output."""
    from rich.padding import Padding
    from rich.panel import Panel
    from rich.text import Text

    from shuangjian_cli.commands.screens import screen
    from shuangjian_cli.write.flow import Flow

    console = screen("auto", pipe=None)
    usage = retold(" ".join(command.get_usage(context).split()))
    console.print(Padding(Flow(Text(usage, "bold")), (1, 1)))
    for paragraph in paragraphs(command.help):
        console.print(Padding(_paragraph(paragraph), (0, 1, 1, 1)))
    for title, listed in entries(command, context).items():
        body = _stacked(listed) if console.width < _NARROW else _beside(listed)
        console.print(
            Panel(body, title=Text(title), title_align="left", border_style="dim", padding=(0, 1))
        )
    sys.stdout.flush()


def _paragraph(text: str) -> RenderableType:
    from rich.table import Table

    from shuangjian_cli.write.flow import Flow

    if not text.startswith("- "):
        return Flow(_coded(text))
    grid = Table.grid(padding=(0, 1))
    for line in text.removeprefix("- ").split("\n- "):
        grid.add_row(" •", Flow(_coded(" ".join(line.split()))))
    return grid


def _coded(text: str) -> Text:
    """A text in which what stands in backticks is coloured instead."""
    from rich.text import Text

    out = Text()
    for number, part in enumerate(_CODE.split(text)):
        out.append(part, "cyan" if number % 2 else "")
    return out


def _told(entry: Entry) -> RenderableType:
    from rich.text import Text

    from shuangjian_cli.write.flow import Flow

    more = (Text(each, "dim") for each in entry.more())
    return Flow(Text(" ").join([_coded(entry.does), *more]))


def _named(entry: Entry) -> Text:
    from rich.text import Text

    return Text.assemble((entry.names, "bold cyan"), " " if entry.takes else "", entry.takes)


def _beside(listed: Sequence[Entry]) -> RenderableType:
    from rich.table import Table

    from shuangjian_cli.write.flow import Flow

    grid = Table.grid(padding=(0, 2, 0, 0))
    width = min(_NAMES, max(_named(each).cell_len for each in listed))
    grid.add_column(width=width)
    for entry in listed:
        grid.add_row(Flow(_named(entry)), _told(entry))
    return grid


def _stacked(listed: Sequence[Entry]) -> RenderableType:
    from rich.console import Group
    from rich.padding import Padding

    from shuangjian_cli.write.flow import Flow

    parts: list[RenderableType] = []
    for entry in listed:
        parts += [Flow(_named(entry)), Padding(_told(entry), (0, 0, 0, 4))]
    return Group(*parts)
