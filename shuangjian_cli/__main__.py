"""The command `shuangjian`, also `python -m shuangjian_cli`.

Exit status: 0 done, 1 done but some input could not be used, 2 wrong usage or an output that
could not be written, 130 interrupted. A reader that closes its pipe early is no error.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import wraps
from importlib import import_module
from typing import Annotated, Any, TextIO

import typer
from typer.main import get_command

from shuangjian_cli.commands import VERBS
from shuangjian_cli.commands.messages import PROGRAM, tell
from shuangjian_cli.derived import DERIVED
from shuangjian_cli.process import set_up

_INTERRUPTED = 130
_WIDEST = 1000
"""Columns of the widest terminal: of lines much longer, a few fill the memory."""


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status. `args` None takes those of the process."""
    set_up()
    _set_up_streams()
    _set_up_size()
    status = _flushed(_run(args))
    DERIVED.save()
    return status


def _run(args: Sequence[str] | None) -> int:
    try:
        return int(command().main(args, prog_name=PROGRAM, standalone_mode=False) or 0)
    except SystemExit as end:
        # Typer ends so when nobody reads on, and after its own work for completion.
        if not isinstance(end.__context__, BrokenPipeError):
            raise
        return 0
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        return _interrupted()
    except Exception as error:  # noqa: BLE001 - all that is left is told in one line
        return _failure(error)


def _set_up_streams() -> None:
    """Let the standard streams take any text: a pipe or a file as UTF-8, whatever the locale.

    A terminal keeps its encoding and shows what it cannot as an escape. A stream that the caller
    has closed leads nowhere.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        elif isinstance(stream, io.TextIOWrapper):
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def _set_up_size() -> None:
    """Forget a size that no terminal has (a COLUMNS of 0): rich would take it as it is."""
    for name in ("COLUMNS", "LINES"):
        size = os.environ.get(name, "")
        if size and not (size.isascii() and size.isdigit() and 0 < int(size[:5]) <= _WIDEST):
            del os.environ[name]


def _flushed(status: int) -> int:
    """The exit status once all output is written; what cannot be goes nowhere.

    Left to itself, Python would try once more when it ends, and end with 120.
    """
    with suppress(ValueError):  # closed meanwhile
        try:
            sys.stdout.flush()
        except OSError as error:
            _drop(sys.stdout)
            if status != 2 and not isinstance(error, BrokenPipeError):
                status = _failure(error)
        try:
            sys.stderr.flush()
        except OSError:
            _drop(sys.stderr)
    return status


def _failure(error: Exception) -> int:
    """One line for an error that ends the run, and its exit status."""
    match error:
        case typer.TyperException():
            message = error.format_message()
            context = getattr(error, "ctx", None)
            if message:  # without arguments, the help has been shown instead
                where = context.command_path if context else PROGRAM
                tell(f"{message} (see {where} --help)")
            return error.exit_code
        case OSError():
            why = error.strerror or str(error)
            file = error.filename
            tell(f"{file}: {why}" if file else f"cannot write standard output: {why}")
            return 2
    if type(error).__module__.startswith("shuangjian_cli."):
        tell(str(error))  # an error that a package of ours words for people
        return 2
    if sys.flags.dev_mode:
        raise error
    from shuangjian_cli.commands.work import bug

    tell(bug(PROGRAM, error).message)
    return 1


def _drop(stream: TextIO) -> None:
    """Send what a stream still holds nowhere."""
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


_LOOK: dict[str, Any] = {
    "rich_markup_mode": "markdown",
    "context_settings": {"help_option_names": ["-h", "--help"]},
}


def command() -> Any:
    """The command with its verbs, of which only the one in use is imported."""
    app = typer.Typer(no_args_is_help=True, **_LOOK)
    app.callback()(shuangjian)
    command: Any = get_command(app)
    command.commands = _Verbs()
    return command


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
            app.command(name)(_interruptible(getattr(module, function)))
            self._made[name] = get_command(app)
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
            return _interrupted()

    return call


def _interrupted() -> int:
    tell("interrupted")
    return _INTERRUPTED


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
) -> None:
    """Turn Chinese government education bulletins (双减) into comparable, traceable figures."""


if __name__ == "__main__":
    sys.exit(main())
