"""Paths → the files to read, in an order that depends on names alone."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..language.messages import _, refused
from ..model import ReadError
from . import kinds

if TYPE_CHECKING:
    from pathlib import Path

STANDARD_INPUT = "-"


def find(paths: Sequence[str | Path], *, tables: bool = True) -> Iterator[str | ReadError]:
    """The files under `paths`, each as it is to be shown; `-` is standard input.

    A file that is named is always given, also a missing one. Folders are walked in order of
    names, symbolic links followed, each folder once; hidden entries and unknown suffixes are left
    out, and tables too unless `tables`. A folder that cannot be listed gives a `ReadError`.
    """
    for path in paths:
        name = os.fsdecode(path)
        if name != STANDARD_INPUT and os.path.isdir(name):
            yield from _walk(name, tables)
        else:
            yield name


def wanted(name: str, tables: bool) -> bool:
    """Whether a file that nobody named, in a folder or an archive, is read."""
    kind = kinds.by_suffix(name)
    return kind is not None and (tables or kind not in kinds.TABLES)


def _walk(top: str, tables: bool) -> Iterator[str | ReadError]:
    seen: set[tuple[int, int]] = set()
    waiting = [(top, True)]
    while waiting:
        path, is_folder = waiting.pop()
        if not is_folder:
            yield path
            continue
        try:
            state = os.stat(path)
            if (state.st_dev, state.st_ino) in seen:  # a link back, or a second way here
                continue
            seen.add((state.st_dev, state.st_ino))
            with os.scandir(path) as entries:
                found = sorted(entries, key=lambda entry: entry.name, reverse=True)
        except OSError as error:
            yield ReadError(path, explain(error))
            continue
        for entry in found:
            if entry.name.startswith("."):
                continue
            try:
                if entry.is_dir():
                    waiting.append((entry.path, True))
                elif wanted(entry.name, tables) and (entry.is_file() or entry.is_symlink()):
                    waiting.append((entry.path, False))
            except OSError:  # a link that leads to itself
                continue


def explain(error: OSError) -> str:
    """An operating system's refusal in one line, with the mend."""
    if isinstance(error, FileNotFoundError):
        return _("no such file or folder; check the path")
    if isinstance(error, PermissionError):
        return _("no permission to read it; change its rights or run as its owner")
    if isinstance(error, IsADirectoryError):
        return _("a folder, not a file; name a file, or let find() walk it")
    return _("cannot be read: {why}; check the file and its disk", why=refused(error))
