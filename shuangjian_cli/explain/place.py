"""`FILE[:LINE]`, as a person, an editor or a record's `file` and `line` write it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from shuangjian_cli.language.messages import _
from shuangjian_cli.model import ReadError, Source

_LINE = re.compile(r"(?P<file>.+):(?P<line>[0-9]{1,18})", re.DOTALL)


def split_place(place: str) -> tuple[str, int | None]:
    r"""The file and the 1-based line of a place; a file of that very name goes first.

    `a.txt:3` is line 3 of a.txt unless there is a file `a.txt:3`; `C:\a.txt` has no line.
    """
    match = _LINE.fullmatch(place)
    if match is None or os.path.lexists(place):
        return place, None
    return match["file"], int(match["line"])


def texts(file: str) -> Iterator[Source | ReadError]:
    """The texts of a file, or the one text of an archive or table that `a.zip!b.txt` names."""
    from shuangjian_cli.read import sources

    container = _container(file)
    if container is None:
        yield from sources([file])
        return
    found = False
    for source in sources([container]):
        if isinstance(source, ReadError) or source.file == file:
            found = True
            yield source
    if not found:
        yield ReadError(
            file,
            _("{container} has no such text; name one that `extract` shows", container=container),
        )


def _container(file: str) -> str | None:
    """The archive or table that a text's name begins with, where the name is no file itself."""
    if os.path.lexists(file):
        return None
    ends = (match.start() for match in re.finditer("!", file))
    return next((file[:end] for end in ends if os.path.isfile(file[:end])), None)
