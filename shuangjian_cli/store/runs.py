"""A run: sources → store, with worker processes, and going on where the last run was cut off."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..model import Analysis, ReadError, Source
from ..pool import Done, Failure, Pool, cores, limit
from ..write.values import encodable
from .rows import Entry, Rows
from .store import Store
from .work import (
    Analyse,
    Began,
    Message,
    Note,
    Problem,
    Same,
    Task,
    Unchanged,
    Whole,
    Work,
    is_unchanged,
)

if TYPE_CHECKING:
    from ..read import Options

TIMEOUT = 60.0
"""The default limit of the time for one text, or for each megabyte of a longer one, in seconds."""

_COMMIT = 0.5  # seconds between commits: what a cut costs at most
_PACKAGE = Path(__file__).parent.parent
_MEANING = (
    "model.py",
    "api.py",
    "read",
    "structure",
    "tag",
    "store/reprints.py",
    "store/rows.py",
    "store/work.py",
)


@dataclass
class Tally:
    """The counts of a run so far. `total` is of files, None until they are counted.

    `documents` and `indicators` are those that were read anew, `orphaned` the corrections that
    found no figure.
    """

    total: int | None = None
    files: int = 0
    unchanged: int = 0
    documents: int = 0
    indicators: int = 0
    vanished: int = 0
    reprints: int = 0
    errors: int = 0
    orphaned: int = 0


def analyse(source: Source, rules: Any) -> Iterable[Analysis]:
    """The analysis of the Python API, in pieces; imported where it is used, in the workers."""
    from .. import api

    return api.analyse_pieces(source, rules, unparsed=False)


def fill(
    store: Store,
    paths: Sequence[str],
    options: Options,
    *,
    rules: Any = None,
    rules_files: Sequence[str | Path] = (),
    jobs: int = 0,
    timeout: float = TIMEOUT,
    keep_text: bool = True,
    analyse: Analyse = analyse,
    watch: Callable[[Tally], None] = lambda tally: None,
    complain: Callable[[str, str], None] = lambda file, message: None,
) -> Tally:
    """Brings a store up to date with the files under `paths`.

    Files whose content is stored are skipped, changed ones replaced, vanished ones marked,
    reprints found anew. `rules_files` are what `rules` were read from: when they, the options or
    the program change, all is read again. `jobs` 0 is one for each core. `watch` is told the
    tally after each message, `complain` each (file, message) of an input that gave nothing, or
    not all of what it holds.

    May be stopped at any moment, by KeyboardInterrupt too: what is done stays, and the next run
    goes on from there. Raises StoreError.
    """
    jobs = jobs or cores()
    return _Run(
        store,
        paths,
        options.text_column is not None,
        _fingerprint(rules_files, options, keep_text),
        Pool(
            Work(analyse, options, rules, keep_text), jobs, lambda task: limit(task.path, timeout)
        ),
        jobs,
        watch,
        complain,
    ).whole()


def _fingerprint(rules_files: Sequence[str | Path], options: Options, keep_text: bool) -> str:
    """What a reading depends on besides the text: this program, the rules and the options."""
    digest = blake2b(digest_size=8)
    for name in _MEANING:
        path = _PACKAGE / name
        files = sorted(path.rglob("*.*")) if path.is_dir() else [path]
        for each in files:
            if each.suffix in {".py", ".toml", ".txt"} and each.exists():
                digest.update(each.relative_to(_PACKAGE).as_posix().encode() + each.read_bytes())
    for file in rules_files:
        digest.update(Path(file).read_bytes())
    told = {name: getattr(options, name) for name in options.__slots__}
    digest.update(json.dumps([told, keep_text], sort_keys=True).encode())
    return digest.hexdigest()


@dataclass
class _Run:
    """The state of one run. `reading` is the fingerprint under which files are read."""

    store: Store
    paths: Sequence[str]
    tables: bool
    reading: str
    pool: Pool[Task, Message]
    jobs: int
    watch: Callable[[Tally], None]
    complain: Callable[[str, str], None]
    number: int = 0
    committed: float = 0.0
    """When, by the clock that only goes forward."""
    tally: Tally = field(default_factory=Tally)
    lost: set[str] = field(default_factory=set)
    """Stored names of files and folders that were named or met and are not to be had."""
    open: dict[str, _File] = field(default_factory=dict)

    def whole(self) -> Tally:
        tally = self.tally
        names = [self._name(path) for path in self.paths]
        self.number = self.store.begin_run(json.dumps(names, ensure_ascii=False), self.reading)
        self.committed = time.monotonic()
        try:
            tally.total = sum(1 for _ in self._find())
            with self.pool, closing(self.pool.run(self._tasks())) as messages:
                for task, message in messages:
                    self._take(task, message)
                    self._keep()
            tally.vanished = self.store.mark_vanished(self.number, names, self.lost)
            tally.orphaned = self.store.write_corrections()
            tally.reprints = self.store.mark_reprints()
            self.store.summarise()
        except KeyboardInterrupt:
            self.store.rollback()  # it may have come between the rows of a document
            self.store.end_run(self.number, "stopped", asdict(tally))
            raise
        self.store.end_run(self.number, "finished", asdict(tally))
        return tally

    def _name(self, path: str) -> str:
        """How the store calls a file: from its own folder if it lies there, else absolutely."""
        full = os.path.abspath(path)
        base = os.path.join(os.path.dirname(os.path.abspath(self.store.path)), "")
        name = full[len(base) :] if os.path.join(full, "").startswith(base) else full
        return encodable(name.replace(os.sep, "/"))

    def _find(self) -> Iterator[str | ReadError]:
        from ..read import find

        return find(self.paths, tables=self.tables)

    def _tasks(self) -> Iterator[Task]:
        from ..read.kinds import STREAMS, by_suffix

        for found in self._find():
            if isinstance(found, ReadError):
                name = self._name(found.file)
                self.lost.add(name)
                self._note(name, found.message, set())
                self.tally.files += 1
                continue
            name = self._name(found)
            try:
                sha256 = self.store.begin_file(name, self.number, self.reading)
            except KeyError:  # named twice
                self.tally.files += 1
                continue
            if sha256 is not None and is_unchanged(found, sha256):
                self._unchanged(name)
                self._keep()
                continue
            if not os.path.lexists(found):
                self.lost.add(name)
            known = self.store.known(name, self.reading)
            # The texts of a table or an archive are shared out, each worker taking every n-th.
            parts = self.jobs if by_suffix(found) in STREAMS else 1
            self.open[name] = _File(parts)
            for part in range(parts):
                yield Task(found, name, sha256, known, part, parts)

    def _take(self, task: Task, message: Message | Done | Failure) -> None:
        store, tally, file = self.store, self.tally, self.open[task.name]
        holder = f"{task.part} {task.name}"
        match message:
            case Began():
                file.began[task.part] = message
            case Same(id):
                file.began.pop(task.part, None)
                store.keep(id, self.number)
            case Rows():
                store.hold(holder, message)
            case Entry():
                file.began.pop(task.part, None)
                store.put(task.name, message, self.number, self.reading, holder)
                tally.documents += 1
                tally.indicators += message.figures
            case Problem(name, text):
                self._note(name, text, file.told)
            case Note(name, text):
                self.complain(name, text)
            case Unchanged():
                file.unchanged += 1
            case Whole(sha256):
                file.hashes.append(sha256)
            case Failure(reason):
                store.let_go(holder)
                began = file.began.pop(task.part, None)
                if began is None:
                    self._note(task.name, reason, file.told)
                    self._finish(task, file)
                else:  # only that text is lost: go on behind it
                    self._note(began.name, reason, file.told)
                    file.broken = True
                    self.pool.again(task._replace(first=began.place + 1))
            case Done():
                self._finish(task, file)

    def _finish(self, task: Task, file: _File) -> None:
        """Closes a file once all of its parts are done."""
        file.parts_left -= 1
        if file.parts_left:
            return
        del self.open[task.name]
        if file.unchanged == task.parts:
            self._unchanged(task.name)
            return
        self.tally.files += 1
        whole = not file.broken and len(file.hashes) == task.parts and len(set(file.hashes)) == 1
        self.store.end_file(task.name, self.number, self.reading, file.hashes[0] if whole else None)

    def _unchanged(self, name: str) -> None:
        self.tally.files += 1
        self.tally.unchanged += 1
        self.store.keep_file(name)

    def _keep(self) -> None:
        """Tell how far the run is, and commit now and then."""
        self.watch(self.tally)
        now = time.monotonic()
        if now - self.committed > _COMMIT:
            self.store.commit()
            self.committed = now

    def _note(self, file: str, message: str, told: set[tuple[str, str]]) -> None:
        if (file, message) in told:  # by the worker of another part
            return
        told.add((file, message))
        self.tally.errors += 1
        self.store.note_error(self.number, file, message)
        self.complain(file, message)


@dataclass
class _File:
    """What is known of a file whose parts are being read."""

    parts_left: int
    unchanged: int = 0
    broken: bool = False
    hashes: list[str] = field(default_factory=list)
    began: dict[int, Began] = field(default_factory=dict)
    told: set[tuple[str, str]] = field(default_factory=set)
