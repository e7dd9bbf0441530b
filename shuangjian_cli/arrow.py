"""Arrow record batches of documents → record batches of their figures, for engines that share out
rows: Spark (`spark.py`), Ray Data, Dask, Polars, DuckDB.

`texts` and `files` make the function, an `Extraction`; it can be pickled and carries its rule packs.
Each document is read in a process beside the engine's own, so that one that hangs or crashes its
reader loses only itself, in whatever thread or process the engine calls.
"""

from __future__ import annotations

import os
import pickle
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from shuangjian_cli.api import analyse_pieces
from shuangjian_cli.model import Analysis, Indicator, ReadError, Source
from shuangjian_cli.pool import Failure, Pool, cores, limit_of_size
from shuangjian_cli.process import internal
from shuangjian_cli.read.options import Options
from shuangjian_cli.write.parquet import check, record_batch, schema
from shuangjian_cli.write.table import INDICATORS, Column, Row, Table

if TYPE_CHECKING:
    from shuangjian_cli.tag.pack import Rules

Analyse = Callable[..., Iterable[Analysis]]
"""As `analyse_pieces`."""

TIMEOUT = 60.0
"""The most seconds for a text, or for each megabyte of a longer one."""

FIGURE, DOCUMENT = "figure", "document"
"""What a row of `RECORDS` is, by its column `kind`."""

RECORDS = Table(
    "records",
    (
        *INDICATORS.columns,
        Column("kind", "code"),
        Column("input"),
        Column("id", "code"),
        Column("characters", "integer"),
        Column("figures", "integer"),
        Column("seconds", "real"),
        Column("error"),
        Column("notes", "list"),
        Column("clause_hashes", "bytes"),
        Column("figure_hashes", "bytes"),
    ),
)
"""The rows of figures, whose columns are those of `INDICATORS`, and one row for each document.

A document's row has of the former `file`, `title`, `published`, `issuer`, `document_number` and
`source_url`. `input` is the name of the row that it came in, which differs from `file` for a text
in an archive or a table; `id` that of its metadata. `figures` counts its rows of figures,
`seconds` is what reading it took, `error` is null where it was read whole, and `notes` say what of
the text the rows do not hold. By the hashes reprints are found (`store/reprints.py`).
"""

_DECIMALS = [column for column in INDICATORS.columns if column.kind == "decimal"]
DOCUMENT_INFO = ("file", "title", "published", "issuer", "document_number", "source_url")
_PATH, _CONTENT = "path", "content"
_SLICE = 16  # rows that are Python objects at a time; a row may be a whole yearbook
_ROWS, _BYTES = 4096, 1 << 22
"""The most of a batch that is handed on."""


def records_schema() -> Any:
    """The `pyarrow.Schema` of `RECORDS`."""
    return schema(RECORDS)


def texts(
    text: str | None = None,
    *,
    rules: Sequence[str | Path] = (),
    timeout: float = TIMEOUT,
    **columns: str,
) -> Extraction:
    """For rows with a text each.

    `text` names the column of texts, `columns` those of the metadata (`id`, `title`, `province`,
    `published`, `issuer`, `source_url`); without a name the usual ones are looked for, as in a
    table that is read from a file. `file` names the column that tells documents apart in the
    records, without which it is a column of this name, or else that of `id`. `rules` are paths of
    rule packs, read now.

    Raises ValueError for an unknown field, OSError and `PackError` for a rule pack.
    """
    file = columns.pop("file", None)
    options = Options(text_column=text, columns=columns)
    return Extraction(options, _packs(rules), timeout, file)


def files(
    *,
    rules: Sequence[str | Path] = (),
    timeout: float = TIMEOUT,
    options: Options | None = None,
) -> Extraction:
    """For rows with a file each of any kind that is read: its name in the column `path`, its
    bytes in `content` (null in a file that is larger than `options` allow).

    Raises OSError and `PackError` for a rule pack.
    """
    return Extraction(options or Options(), _packs(rules), timeout, None, files=True)


def _packs(paths: Sequence[str | Path]) -> tuple[tuple[str, bytes], ...]:
    packs = tuple((str(path), Path(path).read_bytes()) for path in paths)
    _rules(packs)
    return packs


@cache
def _rules(packs: tuple[tuple[str, bytes], ...]) -> Rules:
    from shuangjian_cli.tag.pack import load_builtin
    from shuangjian_cli.tag.pack.merge import merge
    from shuangjian_cli.tag.pack.reader import parse_pack

    return merge(load_builtin(), *(parse_pack(name, content) for name, content in packs))


class _Task(NamedTuple):
    """A row: its text and metadata, or the bytes of its file; of its texts only those are read
    that come from the place `first` on."""

    name: str
    content: Mapping[str, Any] | bytes | None
    first: int = 0


class _Began(NamedTuple):
    """The text at a place of a file is next, so that it can be named if it stops the reader."""

    place: int
    file: str


class _Some(NamedTuple):
    """Rows of a text: so many figures in an Arrow message, `last` with its document's row."""

    place: int
    figures: int
    message: bytes
    last: bool = False


@dataclass(frozen=True)
class Extraction:
    """A function from record batches of documents to record batches of `RECORDS`.

    Of each row that comes in, one row or more of the kind `document` goes out, whatever is wrong
    with it, behind those of its figures. What goes out depends on what comes in alone, but for
    `seconds`.
    """

    options: Options
    packs: tuple[tuple[str, bytes], ...]
    timeout: float
    file: str | None
    files: bool = False
    analyse: Analyse = analyse_pieces
    """A function that can be pickled by its name."""

    def __call__(self, batches: Iterable[Any]) -> Iterator[Any]:
        """`pyarrow.RecordBatch`es for such; reads them as the results are asked for.

        Raises ValueError where a column is missing, RuntimeError where no reader can start.
        """
        gathered = _Gathered()
        with self._pool() as pool, closing(pool.run(self._tasks(batches))) as messages:
            began: _Began | None = None
            figures = 0
            since = time.perf_counter()
            for task, message in messages:
                match message:
                    case _Began():
                        began, figures = message, 0
                    case _Some():
                        gathered.add(message.message)
                        figures = 0 if message.last else figures + message.figures
                        if message.last:
                            began = None
                    case Failure(reason):
                        row = _document(task, began.file if began else task.name)
                        row |= {"figures": figures, "error": reason}
                        row["seconds"] = time.perf_counter() - since
                        gathered.add(_message([row]))
                        if began is not None:  # only that text is lost
                            pool.again(task._replace(first=began.place + 1))
                        began, figures = None, 0
                if gathered.full():
                    yield gathered.take()
                since = time.perf_counter()
        if gathered.batches:
            yield gathered.take()

    def columns(self, names: Sequence[str]) -> list[str]:
        """The columns that are used, of those with these names; first that of documents' names.

        Raises ValueError where one is missing.
        """
        if self.files:
            wanted = [_PATH, _CONTENT]
        else:
            from shuangjian_cli.read.tabular import ID_COLUMNS, used_columns

            known = [each for each in (self.options.columns.get("id"), *ID_COLUMNS) if each]
            name = self.file or next((each for each in ("file", *known) if each in names), None)
            if name is None:
                listed = ", ".join(names)
                raise ValueError(f"no column tells documents apart among {listed}; name it: file=")
            wanted = [name, *self.options.columns.values(), *used_columns(names, self.options)]
        missing = [each for each in wanted if each not in names]
        if missing:
            raise ValueError(f"no column {missing[0]!r} among {', '.join(names)}")
        return list(dict.fromkeys(wanted))

    def _tasks(self, batches: Iterable[Any]) -> Iterator[_Task]:
        from shuangjian_cli.read.tabular import rows_of

        for batch in batches:
            name, *columns = self.columns(batch.schema.names)
            batch = batch.select([name, *columns])
            for start in range(0, batch.num_rows, _SLICE):
                for row in rows_of(batch.slice(start, _SLICE)):
                    label = "" if row[name] is None else str(row[name])
                    yield _Task(label, row[_CONTENT] if self.files else row)

    @contextmanager
    def _pool(self) -> Iterator[Pool[_Task, _Began | _Some]]:
        """A reader, kept for the next call in this process: to start one takes longer than to
        read a few documents."""
        reader = _Reader(self.packs, self.options, self.analyse)
        # A process that is forked must not talk with its parent's readers.
        key = pickle.dumps((os.getpid(), reader, self.timeout))
        pool = _taken(key) or Pool[_Task, _Began | _Some](reader, 1, self._limit)
        try:
            yield pool
        except BaseException:
            pool.close()
            raise
        _idle.append((key, pool))
        if len(_idle) > cores():
            _idle.popleft()[1].close()

    def _limit(self, task: _Task) -> float:
        if isinstance(task.content, bytes):
            return limit_of_size(task.name, len(task.content), self.timeout)
        longest = max((len(str(value)) for value in (task.content or {}).values()), default=0)
        return self.timeout * max(1.0, longest / 1e6)


_idle: deque[tuple[bytes, Pool[_Task, _Began | _Some]]] = deque()


def _taken(key: bytes) -> Pool[_Task, _Began | _Some] | None:
    for each in list(_idle):
        if each[0] == key:
            try:
                _idle.remove(each)
            except ValueError:  # another thread was first
                continue
            return each[1]
    return None


class _Gathered:
    """Batches of single texts that wait to be handed on as one."""

    def __init__(self) -> None:
        self.schema = records_schema()
        self.batches: list[Any] = []
        self._rows = self._bytes = 0

    def add(self, message: bytes) -> None:
        import pyarrow as pa

        batch = pa.ipc.read_record_batch(pa.py_buffer(message), self.schema)
        self.batches.append(batch)
        self._rows += batch.num_rows
        self._bytes += len(message)

    def full(self) -> bool:
        return self._rows >= _ROWS or self._bytes >= _BYTES

    def take(self) -> Any:
        import pyarrow as pa

        table = pa.Table.from_batches(self.batches).combine_chunks()
        self.batches.clear()
        self._rows = self._bytes = 0
        return table.to_batches()[0]


# --- in the reader's process --------------------------------------------------------------------


@dataclass(frozen=True)
class _Reader:
    """What is done with a row. Where it is unpickled, its rules are made ready."""

    packs: tuple[tuple[str, bytes], ...]
    options: Options
    analyse: Analyse

    def __reduce__(self) -> tuple[Any, ...]:
        return _ready, (self.packs, self.options, self.analyse)

    def __call__(self, task: _Task) -> Iterator[_Began | _Some]:
        began = time.perf_counter()
        place = -1
        for place, source in enumerate(self._sources(task)):
            if place >= task.first:
                if source.file != task.name:
                    yield _Began(place, source.file)
                yield from self._records(task, place, source, began)
            began = time.perf_counter()
        if place < 0:
            yield from self._records(task, 0, ReadError(task.name, "it holds no text"), began)

    def _sources(self, task: _Task) -> Iterable[Source | ReadError]:
        from shuangjian_cli.read import read_bytes
        from shuangjian_cli.read.tabular import source_of

        if not task.name:
            return [ReadError("", "the row has no name; give each document one")]
        if isinstance(task.content, bytes):
            return read_bytes(task.name, task.content, self.options)
        if task.content is None:
            most = self.options.max_bytes
            return [ReadError(task.name, f"larger than {most} bytes; split it or raise max_bytes")]
        source = source_of(task.name, task.content, self.options)
        return [source or ReadError(task.name, "the row has no text; check it")]

    def _records(
        self, task: _Task, place: int, source: Source | ReadError, began: float
    ) -> Iterator[_Some]:
        from shuangjian_cli.store.reprints import figure_key, sketch

        row = _document(task, source.file)
        rows: list[Row] = []
        errors: list[str] = []
        figures = 0
        if isinstance(source, ReadError):
            errors.append(source.message)
        else:
            row |= {"characters": len(source.text), "id": source.metadata.id}
            row["notes"] = list(source.notes)
            keys: list[str] = []
            document = None
            try:
                for piece in self.analyse(
                    source, _rules(self.packs), sentences=False, unparsed=False
                ):
                    if document is None:
                        document = piece.document
                        row["notes"] += piece.notes
                    if rows:
                        yield _Some(place, len(rows), _message(rows))
                        figures += len(rows)
                    rows = list(_fitting(piece.indicators, errors))
                    keys += map(figure_key, piece.indicators)
                if document is not None:
                    info = document.info
                    row |= {name: getattr(info, name) for name in DOCUMENT_INFO}
                    hashes = sketch(document, keys)
                    if hashes is not None:
                        row["clause_hashes"], row["figure_hashes"] = hashes
            except Exception as error:  # noqa: BLE001 - a bug, which must not lose other texts
                errors.append(internal(error))
        row["figures"] = figures + len(rows)
        row["error"] = errors[0] if errors else None
        if len(errors) > 1:
            row["error"] += f"; and {len(errors) - 1} more such"
        row["seconds"] = time.perf_counter() - began
        yield _Some(place, len(rows), _message([*rows, row]), last=True)


def _ready(packs: tuple[tuple[str, bytes], ...], options: Options, analyse: Analyse) -> _Reader:
    _rules(packs)
    return _Reader(packs, options, analyse)


def _document(task: _Task, file: str) -> dict[str, Any]:
    """The row of a document of which no more is known."""
    return {"kind": DOCUMENT, "input": task.name, "file": file, "figures": 0}


def _fitting(indicators: Iterable[Indicator], errors: list[str]) -> Iterator[Row]:
    """The rows of figures, without those that Arrow's type cannot hold, which are errors."""
    for indicator in indicators:
        row = {**indicator.to_dict(), "kind": FIGURE}
        try:
            for column in _DECIMALS:
                check(row[column.name], column, row)
        except OverflowError as error:
            errors.append(str(error))
        else:
            yield row


def _message(rows: Sequence[Row]) -> bytes:
    """Rows as an Arrow message without its schema."""
    batch = record_batch(RECORDS.columns, rows, _schema())
    return batch.serialize().to_pybytes()  # type: ignore[no-any-return]


@cache
def _schema() -> Any:
    return records_schema()
