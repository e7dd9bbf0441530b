"""The loop that verbs share: texts in, rows out, in the order of the inputs.

One bad input never loses the others: it gives a line on standard error and exit status 1.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import groupby
from typing import IO, TYPE_CHECKING

from shuangjian_cli.commands.messages import tell, wrong
from shuangjian_cli.commands.vocabulary import own_corrections, own_rules
from shuangjian_cli.commands.work import Accepts, Failed, Pick, PickLines, Piece, Rows, Work, bug
from shuangjian_cli.language.messages import _
from shuangjian_cli.model import ReadError
from shuangjian_cli.process import TooLateError, can_limit, limited, too_late

if TYPE_CHECKING:
    from shuangjian_cli.read import Options
    from shuangjian_cli.write import Row, Table


JOBS = 1
"""How many workers there are, unless told otherwise."""
TIMEOUT: float = 60
"""How many seconds a text may take, unless told otherwise."""
_SHORT = 1_000_000
"""Bytes of a text that is read in this process, though its time is limited."""


def given(paths: list[str] | None) -> list[str]:
    """The paths; standard input where there are none and it is no terminal. Raises BadParameter."""
    if paths:
        return paths
    if sys.stdin is None or sys.stdin.isatty():
        raise wrong("PATH", _("name a file or a folder, or pipe a text in"))
    return ["-"]


class NothingRead(Exception):
    """Not one input could be used, of which standard error has been told."""


@contextmanager
def sparing(path: str | None) -> Iterator[None]:
    """Where nothing is read in the block, the file at `path` stays as it is, and is told of."""
    try:
        yield
    except NothingRead:
        if path is not None:
            tell(_("{path}: not written, since nothing could be read", path=path))


class Run:
    """One run over inputs: `read` counts its texts, `found` its rows, and `status` is its exit
    status so far.

    Raises BadParameter for inputs that make no sense.
    """

    def __init__(
        self,
        paths: list[str],
        options: Options,
        accepts: Accepts,
        *,
        pack: str | None = None,
        corrections: str | None = None,
        jobs: int = JOBS,
        timeout: float = TIMEOUT,
    ) -> None:
        """`pack` and `corrections` name files, `jobs` 0 is one a core, `timeout` 0 no limit."""
        self.read = 0
        self.found = 0
        self.status = 0
        self.pack = pack
        self._paths = paths
        self._options = options
        self._rules = own_rules(pack)
        self._corrections = own_corrections(corrections, pack)
        self._jobs = jobs or os.cpu_count() or 1
        self._timeout = timeout
        self._accepts = accepts
        # A file or two are read sooner than a worker starts; what needs no library cannot crash.
        self._short = self._jobs == 1 and can_limit() and all(map(_is_short_text, self._paths))

    def rows(
        self,
        table: str,
        beside: Mapping[str, Spool] | None = None,
        *,
        rules: bool = True,
        path: str | None = None,
    ) -> Iterator[Row]:
        """The rows of one table, in the order of the texts; those of others go `beside`.

        Without `rules`, indicators do not name them. `path` is the file that the rows are for;
        where there is one, raises NothingRead at the end if not one input could be used.
        """
        beside = beside or {}
        for rows in self._picked(Pick((table, *beside), self._accepts, rules=rules), path):
            for name, spool in beside.items():
                spool.extend(rows.get(name, []))
            found = rows.get(table, [])
            self.found += len(found)
            yield from found

    def blocks(self, table: Table, format: str, path: str | None = None) -> Iterator[str]:
        """The rows of a table of indicators as text in a format, some of them at a time. Raises as
        `rows` does."""
        pick = PickLines((table.name,), self._accepts, columns=table.columns, format=format)
        for rows in self._picked(pick, path):
            for block in rows[table.name]:
                self.found += block["count"]
                yield block["text"]

    def _picked(self, pick: Pick, path: str | None) -> Iterator[Rows]:
        yield from self.results(pick)
        if path is not None and self.status and not self.read:
            raise NothingRead

    def results(self, pick: Pick) -> Iterator[Rows]:
        """What is picked of the texts, in their order; of a long text, piece by piece."""
        for piece in self._pieces(Work(pick, self._options, self._rules, self._corrections)):
            failed = False
            for told in piece.told:
                failed = failed or isinstance(told, Failed)
                tell(f"{told.file}: {told.message}")
            self.status = self.status or int(failed)
            self.read += piece.last and not failed
            if piece.rows:
                yield piece.rows

    def _pieces(self, work: Work) -> Iterator[Piece]:
        from shuangjian_cli.read import find

        found = find(self._paths, tables=self._options.text_column is not None)
        for apart, group in groupby(found, key=self._is_read_apart):
            if apart:
                from shuangjian_cli.commands.ordered import in_order

                paths = (path for path in group if isinstance(path, str))
                yield from in_order(work, paths, self._jobs, self._timeout or float("inf"))
                continue
            for each in group:
                yield from _here(work, each, self._timeout if self._short else 0)

    def _is_read_apart(self, found: str | ReadError) -> bool:
        """Whether an input is read by a worker: a file that another process can open."""
        here = self._short or (self._jobs == 1 and not self._timeout)
        if isinstance(found, ReadError) or here:
            return False
        return os.path.isfile(found) and not found.startswith(("/dev/", "/proc/"))


def _is_short_text(path: str) -> bool:
    from shuangjian_cli.read.kinds import tell

    with suppress(OSError, ValueError):
        if os.path.isfile(path) and os.path.getsize(path) <= _SHORT:
            with open(path, "rb") as file:
                return tell(path, file) == "text"
    return False


def _here(work: Work, found: str | ReadError, timeout: float) -> Iterator[Piece]:
    """What an input gives, read in this process, each piece within so many seconds."""
    from shuangjian_cli.read import read

    if isinstance(found, ReadError):
        yield from work.pieces(0, found)
        return
    pieces = (
        piece
        for place, source in enumerate(read(found, work.options))
        for piece in work.pieces(place, source)
    )
    try:
        while True:
            with limited(timeout):
                piece = next(pieces, None)
            if piece is None:
                return
            yield piece
    except TooLateError:
        yield Piece(0, (Failed(found, too_late(timeout)),), last=True)
    except Exception as error:  # noqa: BLE001 - a bug, which must not lose the other inputs
        yield Piece(0, (bug(found, error),), last=True)


class Spool:
    """Rows set aside on disk, so that memory does not grow with them."""

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None

    def extend(self, rows: list[Row]) -> None:
        """Set rows aside. Raises OSError."""
        import pickle
        from tempfile import TemporaryFile

        if self._file is None:
            self._file = TemporaryFile()  # noqa: SIM115 - gone with the object
        pickle.dump(rows, self._file, pickle.HIGHEST_PROTOCOL)

    def __iter__(self) -> Iterator[Row]:
        import pickle

        if self._file is None:
            return
        end = self._file.tell()
        self._file.seek(0)
        while self._file.tell() < end:
            yield from pickle.load(self._file)  # our own nameless file, that nobody else can write
