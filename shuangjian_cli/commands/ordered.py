"""What worker processes give, in the order of the inputs and of the texts in each."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import count
from typing import IO

from shuangjian_cli.commands.work import Began, Failed, Piece, Task
from shuangjian_cli.pool import Done, Failure, Pool, limit

_PARTS = 2
"""In how many parts for each worker an archive is read."""


def in_order(
    work: Callable[[Task], Iterable[Began | Piece]],
    paths: Iterable[str],
    jobs: int,
    timeout: float,
) -> Iterator[Piece]:
    """The pieces of all texts of files; a text that stops its worker is one that failed.

    `timeout` is in seconds for one text, or for each megabyte of a longer one.
    """
    pool = Pool[Task, Began | Piece](work, jobs, lambda task: limit(task.path, timeout))
    order = _Order()
    with pool, closing(pool.run(tasks(paths, jobs))) as messages:
        for task, message in messages:
            again = order.take(task, message)
            if again is not None:
                pool.again(again)
            yield from order.due()


def tasks(paths: Iterable[str], jobs: int) -> Iterator[Task]:
    """Files to read, those that hold many texts in parts."""
    from shuangjian_cli.read.kinds import STREAMS, by_suffix

    numbers = count()
    for path in paths:
        kind = by_suffix(path)
        if kind == "zip" and jobs > 1:
            # Each member is unpacked by one worker. Several parts for each: they differ in size.
            parts = _PARTS * jobs
            for part in range(parts):
                yield Task(next(numbers), path, part, parts, consecutive=True)
            continue
        # The texts of a table are shared out, each worker taking every n-th.
        number, parts = next(numbers), jobs if kind in STREAMS else 1
        for part in range(parts):
            yield Task(number, path, part, parts)


@dataclass
class _File:
    """What is known of a file: how many of its parts are read, and what came too early."""

    read: int = 0
    whole: bool = False
    began: dict[int, Began] = field(default_factory=dict)
    early: dict[int, list[int]] = field(default_factory=dict)
    failed: list[Failed] = field(default_factory=list)


class _Order:
    """Holds back what is not due. It waits on disk, so that memory does not grow with it."""

    def __init__(self) -> None:
        self._files: dict[int, _File] = {}
        self._number = 0
        self._place = 0
        self._ready: list[Piece] = []
        self._aside: IO[bytes] | None = None
        self._waiting = 0

    def take(self, task: Task, message: Began | Piece | Done | Failure) -> Task | None:
        """Take a message of a worker; gives a task where it has to go on behind a text."""
        file = self._files.setdefault(task.number, _File())
        match message:
            case Began():
                file.began[task.part] = message
            case Piece():
                if message.last:
                    file.began.pop(task.part, None)
                self._put(task.number, file, message)
            case Failure(reason):
                began = file.began.pop(task.part, None)
                if began is not None:  # only that text is lost
                    lost = Piece(began.place, (Failed(began.file, reason),), last=True)
                    self._put(task.number, file, lost)
                    return task._replace(first=began.place + 1)
                if all(each.message != reason for each in file.failed):
                    file.failed.append(Failed(task.path, reason))
                self._end(task, file)
            case Done():
                self._end(task, file)
        return None

    def _put(self, number: int, file: _File, piece: Piece) -> None:
        import pickle
        from tempfile import TemporaryFile

        if (number, piece.place) == (self._number, self._place):
            self._ready.append(piece)
            self._place += piece.last
            return
        if self._aside is None:
            self._aside = TemporaryFile()  # noqa: SIM115 - gone with the object
        file.early.setdefault(piece.place, []).append(self._aside.seek(0, os.SEEK_END))
        pickle.dump(piece, self._aside, pickle.HIGHEST_PROTOCOL)
        self._waiting += 1

    def _end(self, task: Task, file: _File) -> None:
        file.read += 1
        file.whole = task.consecutive or file.read == task.parts

    def due(self) -> Iterator[Piece]:
        """What is due now."""
        yield from self._ready
        self._ready.clear()
        while (file := self._files.get(self._number)) is not None:
            while self._place in file.early or (file.whole and file.early):
                if self._place not in file.early:
                    self._place = min(file.early)
                last = file.whole
                for piece in self._read(file.early.pop(self._place)):
                    last = last or piece.last
                    yield piece
                if not last:
                    return
                self._place += 1
            if not file.whole:
                return
            yield from (Piece(self._place, (failed,), last=True) for failed in file.failed)
            del self._files[self._number]
            self._number, self._place = self._number + 1, 0

    def _read(self, offsets: Iterable[int]) -> Iterator[Piece]:
        import pickle

        assert self._aside is not None
        for offset in offsets:
            self._aside.seek(offset)
            yield pickle.load(self._aside)  # our own nameless file, that nobody else can write
            self._waiting -= 1
        if not self._waiting:
            self._aside.truncate(0)
