"""The command line as Typer builds it, of whose verbs only the one in use is imported."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from shuangjian_cli.commands import VERBS
from shuangjian_cli.commands.help import said, show
from shuangjian_cli.commands.messages import PROGRAM, interrupted
from shuangjian_cli.commands.options import language_option, spread


class _Command(TyperCommand):
    def format_help(self, ctx: Any, formatter: Any) -> None:
        show(self, ctx)


class _Group(TyperGroup):
    def format_help(self, ctx: Any, formatter: Any) -> None:
        show(self, ctx)


_LOOK: dict[str, Any] = {
    "context_settings": {"help_option_names": ["-h", "--help"]},
}


def command() -> Any:
    """The command with its verbs, of which only the one in use is imported."""
    app = typer.Typer(no_args_is_help=True, cls=_Group, **_LOOK)
    app.callback()(shuangjian)
    command: Any = get_command(app)
    command.commands = _Verbs()
    return said(command)


class _Verbs(Mapping[str, Any]):
    """The commands by name, each made when it is asked for."""

    def __init__(self) -> None:
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in VERBS:
            raise KeyError(name)
        if name not in self._made:
            function = name.replace("-", "_")
            module = import_module(f"shuangjian_cli.commands.{function}")
            app = typer.Typer(add_completion=False, **_LOOK)
            verb = _interruptible(spread(getattr(module, function)))
            app.command(name, cls=_Command)(verb)
            self._made[name] = said(get_command(app))
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(VERBS)

    def __len__(self) -> int:
        return len(VERBS)


def _interruptible(verb: Callable[..., int | None]) -> Callable[..., int | None]:
    """The verb, with a word for Ctrl-C, which Typer would pass over in silence."""

    @wraps(verb)
    def call(**values: Any) -> int | None:
        try:
            return verb(**values)
        except KeyboardInterrupt:
            return interrupted()

    return call


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"{PROGRAM} {version(PROGRAM)}")
        raise typer.Exit


def shuangjian(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Show the version and leave."
        ),
    ] = False,
    lang: language_option(typer) = None,  # type: ignore[valid-type]
) -> None:
    """Turn Chinese government education bulletins (双减) into comparable, traceable figures."""
