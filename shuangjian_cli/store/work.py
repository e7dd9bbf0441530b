"""What a worker does with one file: read it, analyse its texts, make their rows."""

from __future__ import annotations

import json
import os
import stat
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b, file_digest, sha256
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from ..language.messages import _
from ..model import Analysis, Metadata, ReadError, Source
from ..write.values import encodable
from .rows import Entry, Rows, encoded, entries

if TYPE_CHECKING:
    from ..read import Options

Analyse = Callable[[Source, Any], Iterable[Analysis]]
"""`analyse(source, rules)` in pieces, a function that can be pickled by its name."""


_SMALL = 1_000_000
"""Up to how many bytes a file is sooner looked at than sent to a worker."""


class Task(NamedTuple):
    """A file to look at, or a part of one.

    `name` is how the store calls it. `sha256` is the content that the store has whole, `known`
    the ids of the documents that it has. Of the file's texts only those of one of `parts` shares
    are read, from the place `first` among these on.
    """

    path: str
    name: str
    sha256: str | None
    known: frozenset[str]
    part: int = 0
    parts: int = 1
    first: int = 0


class Began(NamedTuple):
    """The text at a place is next; so that it can be named if it kills the worker."""

    place: int
    name: str


class Unchanged(NamedTuple):
    """The file's content is what the store has."""


class Same(NamedTuple):
    """A text is one that the store has."""

    id: str


class Problem(NamedTuple):
    """An input, the file or a text in it, that gave nothing."""

    file: str
    message: str


class Note(NamedTuple):
    """What of a text its document does not tell."""

    file: str
    message: str


class Whole(NamedTuple):
    """The file was read to its end, and did not change meanwhile."""

    sha256: str


Message = Began | Unchanged | Same | Problem | Note | Rows | Entry | Whole


@dataclass(frozen=True)
class Work:
    """The work on a `Task`; the same for all tasks of a run, and sent to each worker once."""

    analyse: Analyse
    options: Options
    rules: Any
    keep_text: bool

    def __call__(self, task: Task) -> Iterator[Message]:
        from ..read import Share, read
        from ..read.find import explain

        try:
            before = os.stat(task.path)
            if not stat.S_ISREG(before.st_mode):
                yield Problem(task.name, _("a pipe or a device; save its content as a file"))
                return
            with open(task.path, "rb") as file:
                digest = file_digest(file, "sha256").hexdigest()
        except OSError as error:
            yield Problem(task.name, explain(error))
            return
        if digest == task.sha256:
            yield Unchanged()
            return
        whole = True
        share = Share(task.part, task.parts)
        for place, source in enumerate(read(task.path, self.options, share)):
            if place < task.first:
                continue
            name = task.name + encodable(source.file[len(task.path) :])
            if isinstance(source, ReadError):
                whole = False
                yield Problem(name, source.message)
                continue
            if source.file != task.path:
                yield Began(place, name)
            for note in source.notes:
                yield Note(name, note)
            yield from self._document(name, source, task.known)
        if _changed(task.path, before):
            message = _("changed while it was read; run the same command again")
            yield Problem(task.name, message)
        elif whole:
            yield Whole(digest)

    def _document(
        self, name: str, source: Source, known: frozenset[str]
    ) -> Iterator[Note | Same | Rows | Entry]:
        source = _storable(source)
        metadata = json.dumps(source.metadata._asdict(), sort_keys=True).encode()
        content = sha256()
        for part in encoded(source.text):
            content.update(part)
        identity = blake2b(
            b"\0".join((name.encode(), metadata, content.digest())), digest_size=8
        ).hexdigest()
        if identity in known:
            yield Same(identity)
            return
        pieces = iter(self.analyse(source, self.rules))
        first = next(pieces)
        for note in first.notes:
            yield Note(name, note)
        all_ = chain((first,), pieces)
        yield from entries(identity, content.hexdigest(), name, source, all_, self.keep_text)


def is_unchanged(path: str, content: str) -> bool:
    """Whether a small file has the content of this SHA-256; what hinders reading it a worker will tell."""
    try:
        state = os.stat(path)
        if not stat.S_ISREG(state.st_mode) or state.st_size > _SMALL:
            return False
        with open(path, "rb", buffering=0) as file:
            return sha256(file.read()).hexdigest() == content
    except OSError:
        return False


def _changed(path: str, before: os.stat_result) -> bool:
    try:
        after = os.stat(path)
    except OSError:
        return True
    return any(
        getattr(before, each) != getattr(after, each)
        for each in ("st_ino", "st_size", "st_mtime_ns")
    )


def _storable(source: Source) -> Source:
    """The source with lone surrogates, which no UTF-8 holds, replaced one by one."""
    metadata = {
        name: value and encodable(value) for name, value in source.metadata._asdict().items()
    }
    text = source.text
    try:
        deque(encoded(text), 0)
    except UnicodeEncodeError:
        text = text.encode("utf-8", "replace").decode()
    return source._replace(text=text, metadata=Metadata(**metadata))
