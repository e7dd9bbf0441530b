"""The file of corrections: one line each, changed by one program at a time, whole or not at all."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from shuangjian_cli.language.messages import _, refused

from .correction import Correction, CorrectionError, line_of, parse

_PATIENCE = 20
"""Seconds to wait for another program that changes the file; it does so in milliseconds."""


def read(path: str) -> list[Correction]:
    """The corrections of a file, in its order; none where there is no file.

    Raises CorrectionError for the first line that cannot be used.
    """
    out = []
    for number, line in enumerate(_lines(path), 1):
        if line.strip():
            correction = parse(line, f"{path}:{number}")
            out.append(correction._replace(line=number))
    return out


def add(path: str, new: Sequence[Correction]) -> None:
    """Append corrections, each that is not there yet. Raises CorrectionError and WriteError."""

    def change(lines: list[str]) -> list[str]:
        known = set(lines)
        return [*lines, *(line for line in map(line_of, new) if line not in known)]

    _change(path, change)


def remove(path: str, old: Sequence[Correction]) -> None:
    """Take corrections out again; those of others stay. Raises as `add` does."""
    gone = {line_of(each) for each in old}
    _change(path, lambda lines: [line for line in lines if line not in gone])


def _lines(path: str) -> list[str]:
    if not os.path.exists(path):
        return []
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise CorrectionError(_("{path}: not UTF-8; save it as UTF-8", path=path)) from None
    except OSError as error:
        raise CorrectionError(f"{path}: {refused(error)}") from None
    return text.split("\n")


def _change(path: str, change: Callable[[list[str]], list[str]]) -> None:
    from shuangjian_cli.write.atomic import replacing

    with _alone(path):
        lines = [line for line in _lines(path) if line.strip()]
        changed = change(lines)
        if changed == lines:
            return
        with replacing(path) as file:
            file.write("".join(f"{line}\n" for line in changed).encode("utf-8", "replace"))


@contextmanager
def _alone(path: str) -> Iterator[None]:
    """Keeps other programs from changing the file meanwhile; waits for one that does.

    SQLite does the locking, as for a store's runs: it works on every system and ends with the
    process however that ends.
    """
    lock = f"{path}-lock"
    while True:
        try:
            made = open(lock, "ab")  # noqa: SIM115 - closed last, see below
        except OSError as error:
            why = refused(error)
            raise CorrectionError(
                _("{path}: {why}; its folder must be writable", path=path, why=why)
            ) from None
        # Open until the end: the number of a file that is gone would be given to the next one, and
        # the first file closed takes the process's locks of it along.
        with made, closing(sqlite3.connect(lock, isolation_level=None, timeout=_PATIENCE)) as db:
            try:
                db.execute("PRAGMA journal_mode = OFF")
                db.execute("BEGIN EXCLUSIVE")
                if _node(lock) != os.fstat(made.fileno()).st_ino:
                    continue  # taken away in that moment by whoever held it
                try:
                    yield
                finally:
                    with suppress(
                        OSError
                    ):  # Windows removes no open file; an empty one does no harm
                        os.unlink(lock)
                return
            except sqlite3.OperationalError as error:
                message = _("in use by another program; wait until that is done")
                raise CorrectionError(f"{path}: {message}") from error


def _node(path: str) -> int | None:
    """Which file stands at a path, None where none does."""
    try:
        return os.stat(path).st_ino
    except FileNotFoundError:
        return None
