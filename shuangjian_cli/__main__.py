"""The command `shuangjian`, also `python -m shuangjian_cli`.

Exit status: 0 done, 1 done but some input could not be used, 2 wrong usage or an output that
could not be written, 130 interrupted. A reader that closes its pipe early is no error.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TextIO

from shuangjian_cli.commands import VERBS, defaults
from shuangjian_cli.commands.messages import PROGRAM, interrupted, tell
from shuangjian_cli.commands.plain import plain
from shuangjian_cli.derived import DERIVED
from shuangjian_cli.language import LANGUAGES, Language, default_language
from shuangjian_cli.language.messages import _, refused, retold, speaking
from shuangjian_cli.process import set_up

_WIDEST = 1000
"""Columns of the widest terminal: of lines much longer, a few fill the memory."""


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status. `args` None takes those of the process."""
    set_up(own=args is None)
    _set_up_streams()
    _set_up_size()
    given = sys.argv[1:] if args is None else args
    with speaking(_language(given)):
        status = _flushed(_run(given))
    DERIVED.save()
    if args is None:
        gc.freeze()  # Python looks through all objects at its end: it need not
    return status


def _language(given: Sequence[str]) -> Language:
    """The language that `--lang` names, wherever it stands, else `SHUANGJIAN_LANG`, else
    `shuangjian.toml`, else the locale's."""
    for word, value in zip(given, [*given, ""][1:], strict=True):
        wanted = value if word == "--lang" else word.removeprefix("--lang=")
        if wanted in LANGUAGES and word.startswith("--lang"):
            return wanted
    if "SHUANGJIAN_LANG" not in os.environ:
        with suppress(defaults.DefaultsError):  # told when its options are needed
            found = defaults.read()
            verb = next((word for word in given if word in VERBS), "")
            told = found.of(verb, "lang") if found else None
            for language in LANGUAGES:
                if language == told:
                    return language
    return default_language()


def _run(given: Sequence[str]) -> int:
    run = None
    try:
        run = plain(given)
        if run is not None:
            return run()
        from shuangjian_cli.commands.app import command

        return int(command().main(given, prog_name=PROGRAM, standalone_mode=False) or 0)
    except SystemExit as end:
        # Typer ends so when nobody reads on, and after its own work for completion.
        if not isinstance(end.__context__, BrokenPipeError):
            raise
        return 0
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        return interrupted()
    except Exception as error:  # noqa: BLE001 - all that is left is told in one line
        return _failure(error, PROGRAM if run is None else f"{PROGRAM} {given[0]}")


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


def _failure(error: Exception, command: str = PROGRAM) -> int:
    """One line for an error that ends the run, and its exit status; `command` has the help."""
    import typer

    match error:
        case typer.TyperException():
            message = error.format_message()
            context = getattr(error, "ctx", None)
            if message:  # without arguments, the help has been shown instead
                where = context.command_path if context else command
                tell(_("{problem} (see {command} --help)", problem=retold(message), command=where))
            return error.exit_code
        case OSError():
            why, file = refused(error), error.filename
            tell(f"{file}: {why}" if file else _("cannot write standard output: {why}", why=why))
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


if __name__ == "__main__":
    sys.exit(main())
