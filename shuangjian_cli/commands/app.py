"""The command line as Typer builds it, of whose verbs only the one in use is imported."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from shuangjian_cli.commands import VERBS, defaults
from shuangjian_cli.commands.help import said, show
from shuangjian_cli.commands.messages import PROGRAM, interrupted
from shuangjian_cli.commands.options import language_option, spread
from shuangjian_cli.language.messages import retold


class _Command(TyperCommand):
    def make_context(self, info_name: Any, args: Any, parent: Any = None, **extra: Any) -> Any:
        """The verb with its arguments, and the defaults of `shuangjian.toml` under these."""
        found = defaults.read()
        if found is None or self.name is None:
            return super().make_context(info_name, args, parent, **extra)
        options = [each for each in self.params if each.param_type_name == "option"]
        extra["default_map"] = found.mapped(self.name, options, _every_option)
        try:
            return super().make_context(info_name, args, parent, **extra)
        except typer.BadParameter as error:
            name = None if error.param is None else error.param.name
            if error.ctx and name in extra["default_map"] and _is_default(error.ctx, name):
                raise found.refused(self.name, str(name), retold(error.message)) from None
            raise

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


def _every_option() -> set[str]:
    verbs = _Verbs()
    return {defaults.word(param) for verb in VERBS for param in verbs[verb].params}


def _is_default(context: Any, name: str | None) -> bool:
    """Whether a parameter has the value of `shuangjian.toml`."""
    source = context.get_parameter_source(name)
    return source is not None and source.name == "DEFAULT_MAP"


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
