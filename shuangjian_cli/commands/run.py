"""The loop that verbs share: texts in, rows out, in the order of the inputs.

One bad input never loses the others: it gives a line on standard error and exit status 1.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import IO, TYPE_CHECKING, ClassVar, NamedTuple

from shuangjian_cli.commands.messages import tell
from shuangjian_cli.commands.options import Accepts, Inputs
from shuangjian_cli.commands.vocabulary import own_rules
from shuangjian_cli.model import Analysis, Source

if TYPE_CHECKING:
    from concurrent.futures import Future

    from shuangjian_cli.tag.pack import Rules
    from shuangjian_cli.write import Row

Rows = dict[str, list["Row"]]
"""The rows that a text or a piece of it gave, under the names of their tables."""

_AHEAD = 4
"""Texts that wait for each worker: enough to keep it busy, few enough for a small memory."""


class Failed(NamedTuple):
    """An input that gave no rows, and why; it travels from worker processes."""

    file: str
    message: str


class Noted(NamedTuple):
    """What of an input its rows do not tell, though it gave some."""

    file: str
    message: str


Told = Failed | Noted
"""What goes to standard error instead of to the rows."""


@dataclass(frozen=True, slots=True)
class Pick:
    """What is wanted of an analysis: rows of the named tables that are accepted.

    `rules` tells whether those of indicators name their rules, `whole` whether the analysis of a
    text is wanted in one piece.
    """

    tables: tuple[str, ...]
    accepts: Accepts
    rules: bool = field(default=True, kw_only=True)
    whole: ClassVar[bool] = False

    def __call__(self, analysis: Analysis) -> Rows:
        rows: Mapping[str, Iterator[Row]] = {
            "indicators": (each.to_dict(rules=self.rules) for each in analysis.indicators),
            "sentences": (each.to_dict() for each in analysis.sentences),
            "unparsed": (each.to_dict() for each in analysis.unparsed),
        }
        return {name: list(filter(self.accepts, rows[name])) for name in self.tables}


class NothingRead(Exception):
    """Not one input could be used, of which standard error has been told."""


@contextmanager
def sparing(path: str | None) -> Iterator[None]:
    """Where nothing is read in the block, the file at `path` stays as it is, and is told of."""
    try:
        yield
    except NothingRead:
        tell(f"{path}: not written, since nothing could be read")


class Run:
    """One run over inputs: `read` tells whether a text gave rows, `found` counts them, and
    `status` is its exit status so far.

    Raises BadParameter for inputs that make no sense.
    """

    def __init__(self, inputs: Inputs, accepts: Accepts) -> None:
        self.read = False
        self.found = 0
        self.status = 0
        self._paths = inputs.given()
        self._options = inputs.options()
        self._rules = own_rules(inputs.rules)
        self._jobs = inputs.jobs or os.cpu_count() or 1
        self._accepts = accepts

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
        for rows in self.results(Pick((table, *beside), self._accepts, rules=rules)):
            for name, spool in beside.items():
                spool.extend(rows[name])
            self.found += len(rows[table])
            yield from rows[table]
        if path is not None and self.status and not self.read:
            raise NothingRead

    def results(self, pick: Pick) -> Iterator[Rows]:
        sources = self._sources()
        if self._jobs == 1:
            results: Iterable[Rows | Told] = chain.from_iterable(
                _work(source, pick, self._rules) for source in sources
            )
        else:
            results = _parallel(sources, pick, self._rules, self._jobs)
        for result in results:
            if isinstance(result, Told):
                if isinstance(result, Failed):
                    self.status = 1
                tell(f"{result.file}: {result.message}")
            else:
                self.read = True
                yield result

    def _sources(self) -> Iterator[Source | Told]:
        from shuangjian_cli.read import sources

        try:
            for each in sources(self._paths, self._options):
                if isinstance(each, Source):
                    yield from (Noted(each.file, note) for note in each.notes)
                    yield each
                else:
                    yield Failed(each.file, each.message)
        except Exception as error:  # noqa: BLE001 - a bug, which must not lose what was read
            yield bug("reading", error)


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


def _work(source: Source | Told, pick: Pick, rules: Rules | None) -> Iterator[Rows | Told]:
    """Analyse one text. A bug of ours on it must not lose the other texts."""
    from shuangjian_cli.api import analyse, analyse_pieces

    if isinstance(source, Told):
        yield source
        return
    wanted = {name: name in pick.tables for name in ("sentences", "unparsed")}
    try:
        if pick.whole:
            pieces: Iterable[Analysis] = (analyse(source, rules, **wanted),)
        else:
            pieces = analyse_pieces(source, rules, **wanted)
        for place, piece in enumerate(pieces):
            if not place:
                yield from (Noted(source.file, note) for note in piece.notes)
            yield pick(piece)
    except Exception as error:  # noqa: BLE001
        yield bug(source.file, error)


def bug(file: str, error: Exception) -> Failed:
    """An error of our own making, told in one line with the place that raised it."""
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {os.path.basename(frames[-1].filename)}:{frames[-1].lineno}" if frames else ""
    message = f"internal error ({type(error).__name__}: {error}{place}); please report it"
    return Failed(file, message)


# --- workers -----------------------------------------------------------------------------------

_job: tuple[Pick, Rules | None]


def _begin(pick: Pick, rules: Rules | None) -> None:
    """Make a worker ready; what is the same for all texts is sent once."""
    import signal

    global _job
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us
    _job = pick, rules


def _do(source: Source) -> list[Rows | Told]:
    return list(_work(source, *_job))


def _parallel(
    sources: Iterator[Source | Told], pick: Pick, rules: Rules | None, jobs: int
) -> Iterator[Rows | Told]:
    """The results in the order of the sources, a few texts per worker under way at a time."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    # What is loaded before the workers are forked need not be loaded by each of them.
    import shuangjian_cli.api  # noqa: F401

    pool = ProcessPoolExecutor(jobs, initializer=_begin, initargs=(pick, rules))
    waiting: deque[Told | tuple[str, Future[list[Rows | Told]]]] = deque()

    def start(count: int | None) -> None:
        for source in islice(sources, count):
            if isinstance(source, Told):
                waiting.append(source)
            else:
                waiting.append((source.file, pool.submit(_do, source)))

    try:
        start(jobs * _AHEAD)
        while waiting:
            first = waiting.popleft()
            yield from (first,) if isinstance(first, Told) else first[1].result()
            start(1)
    except BrokenProcessPool:
        yield Failed("workers", "one was killed, perhaps for want of memory; try --jobs 1")
    finally:
        pool.shutdown(cancel_futures=True)
