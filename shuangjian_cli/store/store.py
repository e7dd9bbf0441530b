"""The corpus store: one SQLite file of documents, their sentences and their indicators."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from types import TracebackType
from typing import Literal, NamedTuple, Self

from ..correct import Corrections, beside, corrected_sentences, read
from ..correct.apply import Applied, apply
from ..language.messages import Said, retold, said
from ..model import DocumentInfo, Indicator, TaggedSentence
from .light import Light
from .reprints import counted_figures, mark
from .rows import (
    DOCUMENT_COLUMNS,
    INDICATOR_COLUMNS,
    SENTENCE_COLUMNS,
    WRITTEN_COLUMNS,
    Entry,
    Quantity,
    Row,
    Rows,
    StoredDocument,
    indicator_row,
    packed,
    to_document,
    to_indicator,
    to_sentence,
    unpacked,
)
from .schema import Lock, check, connect, connect_temporary, refusing, sound
from .summary import GONE, forget, summarise

FILTERS = ("province", "pillar", "metric", "status", "confidence", "area_level")
"""The fields by which indicators are chosen."""


_READ_SENTENCES = f"SELECT {SENTENCE_COLUMNS} FROM sentences WHERE document = ? ORDER BY 1"
_READ_INDICATORS = (
    f"SELECT {INDICATOR_COLUMNS.replace('rule_set', 'rules')}"
    " FROM indicators JOIN rule_sets ON number = rule_set WHERE document = ?"
)
_READ_UNKEYED = (
    "SELECT number, fields FROM quantities WHERE number > ? AND keys IS NULL ORDER BY 1 LIMIT ?"
)
_SOME = 1000
"""So many rows are changed together."""
_ADDED = 1_000_000
"""The position of a figure that a person added is its offset, from here on."""
_REMEMBERED = {"rule_sets": 4096, "quantities": 1 << 13, "areas": 4096}
"""Of which tables so many rows' numbers are at hand."""
_HELD = {"sentences": SENTENCE_COLUMNS, "indicators": WRITTEN_COLUMNS}
"""What is put by of documents that are not whole."""
_OF_FILE = "file_number = (SELECT number FROM files WHERE path = ?)"


class Stored(NamedTuple):
    """A document with all that the store holds of it; `text` is None where it was not kept."""

    document: StoredDocument
    text: str | None
    sentences: tuple[TaggedSentence, ...]
    indicators: tuple[Indicator, ...]


class Store:
    """A store that is open for reading, or for one run's writing.

    Everything comes in the order of the documents' files and of the text. Methods raise
    StoreError, which names the store and the mend. What a person corrected, by the file beside the
    store unless other `corrections` are given, is in all that it gives.
    """

    def __init__(
        self,
        path: str,
        db: sqlite3.Connection,
        lock: Lock | None,
        corrections: Corrections | None = None,
    ) -> None:
        self.path = path
        self.corrections = Corrections() if corrections is None else corrections
        self._corrected: frozenset[int] | None = None
        self._db = db
        self._lock = lock
        self._order = "file, id"
        self._stale = False  # whether reprints must be marked anew
        self._may_write = lock is not None
        self._numbers: dict[str, dict[str, int]] = {table: {} for table in _REMEMBERED}
        self._held: set[str] = set()

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        mode: Literal["read", "write"] = "read",
        corrections: Corrections | None = None,
    ) -> Self:
        """Opens the store at `path`; to write makes a missing one and keeps other runs out.

        Raises CorrectionError, too, where the corrections beside it cannot be read.
        """
        path = os.fspath(path)
        check(path, write=mode == "write")
        if corrections is None:
            corrections = Corrections(read(beside(path)))
        if mode == "read":
            return cls(path, connect(path, write=False), None, corrections)
        lock = Lock(path)
        try:
            return cls(path, connect(path, write=True), lock, corrections)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def temporary(cls, order: str = "number") -> Self:
        """A store of its own that nobody else sees and that goes with the process: in memory as long
        as it is small, else on disk. It takes what `add` is given; `order` is that of its documents, in SQL."""
        store = cls("temporary store", connect_temporary(), None, Corrections())
        store._order = order
        store._may_write = True
        return store

    def close(self) -> None:
        """Closes the store; one that was written to becomes a single file again."""
        if self._lock is not None:
            # May fail while others read or on a full disk: the data is as safe in its log.
            with suppress(sqlite3.Error):
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                self._db.execute("PRAGMA busy_timeout = 0")
                self._db.execute("PRAGMA journal_mode = DELETE")
        self._db.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # --- reading -----------------------------------------------------------------------------

    def documents(self, *, once: bool = False, vanished: bool = False) -> Iterator[StoredDocument]:
        """The documents; `once` leaves reprints out, `vanished` brings back what is gone."""
        for _, document in self._documents(once, vanished):
            yield document

    def indicators(
        self, where: Mapping[str, Collection[str]] | None = None, *, once: bool = False
    ) -> Iterator[Indicator]:
        """The indicators of present documents; `where` maps FILTERS to the values wanted.

        `once` leaves out what reprints repeat.
        """
        for _, record in self.identified_indicators(where, once=once):
            yield record

    def identified_indicators(
        self, where: Mapping[str, Collection[str]] | None = None, *, once: bool = False
    ) -> Iterator[tuple[str, Indicator]]:
        """As `indicators`, each with its id: its document's id and its position there."""
        where = where or {}
        test, values = _test(where)
        read = f"{_READ_INDICATORS}{test} ORDER BY 1"
        for number, document in self._documents(once, False):
            if self._decided(number, document):
                for position, record in self._laid_over(number, document)[0]:
                    if all(getattr(record, name) in wanted for name, wanted in where.items()):
                        yield f"{document.id}-{position}", record
                continue
            for row in self._each(read, (number, *values)):
                with sound(self.path):
                    record = to_indicator(document.info, row)
                yield f"{document.id}-{row[0]}", record

    def sentences(self, *, once: bool = False) -> Iterator[TaggedSentence]:
        """The sentences of present documents."""
        for _, sentence in self.identified_sentences(once=once):
            yield sentence

    def identified_sentences(self, *, once: bool = False) -> Iterator[tuple[str, TaggedSentence]]:
        """As `sentences`, each with its id: its document's id and its position there."""
        for number, document in self._documents(once, False):
            sentences: Iterable[TaggedSentence] = self._each_sentence(number, document)
            if self._decided(number, document):
                records, applied = self._laid_over(number, document)
                after = [record for _, record in records]
                sentences = corrected_sentences(tuple(sentences), applied.read, after)
            for position, sentence in enumerate(sentences, 1):
                yield f"{document.id}-{position}", sentence

    def contents(self, *, once: bool = False) -> Iterator[Stored]:
        """The present documents one by one, each with its text, sentences and indicators."""
        for number, document in self._documents(once, False):
            yield self._stored(number, document)

    def whole_as_read(self, identity: str) -> Stored:
        """The document of an id with all that the store holds, as the rules read it, without
        corrections. KeyError where there is none."""
        for number, document in self._documents(False, True, identity):
            return Stored(
                document,
                self.text(number),
                self._sentences(number, document),
                tuple(record for _, record in self._as_read(number, document)),
            )
        raise KeyError(identity)

    def as_read(self, identity: str) -> tuple[Indicator, ...]:
        """The indicators of the document of an id as the rules read them, without corrections."""
        for number, document in self._documents(False, True, identity):
            return tuple(record for _, record in self._as_read(number, document))
        raise KeyError(identity)

    def _stored(self, number: int, document: StoredDocument) -> Stored:
        text, sentences = self.text(number), self._sentences(number, document)
        if self._decided(number, document):
            records, applied = self._laid_over(number, document)
            indicators = tuple(record for _, record in records)
            sentences = corrected_sentences(sentences, applied.read, indicators)
            return Stored(document, text, sentences, indicators)
        indicators = tuple(record for _, record in self._as_read(number, document))
        return Stored(document, text, sentences, indicators)

    def numbered(self) -> Iterator[tuple[int, StoredDocument]]:
        """The documents that count with their numbers, in the order of comparisons."""
        return self._documents(True, False, order=self._order)

    def sizes(self) -> tuple[int, int, int]:
        """Of the documents that count how many there are, with how many figures, and how many characters the
        texts of those have of which the text is kept."""
        ((documents, figures, characters),) = self._rows(
            "SELECT count(*), coalesce(sum(indicators), 0), coalesce(sum(CASE WHEN EXISTS"
            " (SELECT 1 FROM texts WHERE document = number) THEN characters END), 0)"
            f" FROM documents WHERE NOT {GONE}"
        )
        return documents, figures, characters

    def text(self, number: int) -> str | None:
        """The text of the document of a number; None where it was not kept."""
        for (data,) in self._rows("SELECT zlib FROM texts WHERE document = ?", (number,)):
            with sound(self.path):
                return unpacked(data)
        return None

    def _sentences(self, number: int, document: StoredDocument) -> tuple[TaggedSentence, ...]:
        return tuple(self._each_sentence(number, document))

    def _each_sentence(self, number: int, document: StoredDocument) -> Iterator[TaggedSentence]:
        for row in self._each(_READ_SENTENCES, (number,)):
            with sound(self.path):
                sentence = to_sentence(document.info, row)
            yield sentence

    def _decided(self, number: int, document: StoredDocument) -> bool:
        """Whether a person has, or had, decided of a document's figures."""
        if self._corrected is None:
            self._corrected = frozenset(n for (n,) in self._rows("SELECT document FROM corrected"))
        if number in self._corrected:
            return True
        return bool(self.corrections.of(document.info.file, document.sha256))

    def _as_read(self, number: int, document: StoredDocument) -> list[tuple[int, Indicator]]:
        read = f"{_READ_INDICATORS} ORDER BY 1"
        if self._decided(number, document) and number in (self._corrected or ()):
            read = read.replace("FROM indicators", "FROM read_indicators")
        rows = self._rows(read, (number,))
        with sound(self.path):
            return [(row[0], to_indicator(document.info, row)) for row in rows]

    def _laid_over(
        self, number: int, document: StoredDocument
    ) -> tuple[list[tuple[int, Indicator]], Applied]:
        """A document's records with their positions, and what corrections made of them."""
        read = self._as_read(number, document)
        applied = apply(
            self.corrections.of(document.info.file, document.sha256),
            [record for _, record in read],
            self.text(number),
            self._sentences(number, document),
            digest=document.sha256,
        )
        positions = {(record.start, record.end): at for at, record in read}
        return [
            (positions.get((each.start, each.end), _ADDED + each.start), each)
            for each in applied.indicators
        ], applied

    @property
    def finished(self) -> bool:
        """Whether the last run came to its end."""
        rows = self._rows("SELECT state FROM runs ORDER BY number DESC LIMIT 1")
        return all(state == "finished" for (state,) in rows)

    def counts(self) -> tuple[int, int]:
        """How many documents count, and how many figures reprints repeat."""
        ((documents, figures),) = self._rows(
            "SELECT coalesce(sum(reprint_of IS NULL), 0),"
            " coalesce(sum(CASE WHEN reprint_of IS NOT NULL THEN indicators END), 0)"
            " FROM documents WHERE status = 'present'"
        )
        return documents, figures

    def errors(self) -> Iterator[tuple[str, str]]:
        """The inputs that the last run could not read: (file, message), in the language spoken now,
        whatever that of the run was."""
        rows = self._rows(
            "SELECT file, message, said FROM errors"
            " WHERE run = (SELECT max(number) FROM runs) ORDER BY 1, 2"
        )
        for file, message, kept in rows:
            yield file, said(json.loads(kept)) if kept else retold(message)

    def _documents(
        self, once: bool, vanished: bool, identity: str | None = None, order: str = "file, id"
    ) -> Iterator[tuple[int, StoredDocument]]:
        test = "" if vanished else " AND status = 'present'"
        test += " AND reprint_of IS NULL" if once else ""
        values = () if identity is None else (identity,)
        test += " AND id = ?" if values else ""
        with refusing(self.path):
            cursor = self._db.cursor()
            cursor.row_factory = sqlite3.Row
            for row in cursor.execute(
                f"SELECT number, {DOCUMENT_COLUMNS}, status, reprint_of FROM documents"
                f" WHERE true{test} ORDER BY {order}",
                values,
            ):
                with sound(self.path):
                    document = to_document(row)
                yield row["number"], document

    def _rows(self, sql: str, values: Row = ()) -> list[Row]:
        with refusing(self.path):
            return self._db.execute(sql, values).fetchall()

    def _each(self, sql: str, values: Row = ()) -> Iterator[Row]:
        """The same one by one: a sheet has very many."""
        with refusing(self.path):
            yield from self._db.execute(sql, values)

    def light(self) -> Light:
        """What comparisons need of its figures."""
        with refusing(self.path):
            self._db.execute(
                "PRAGMA cache_size = -32768"
            )  # KiB; its sorting goes to files above that
        return Light(self.path, self._db, self._order)

    @property
    def is_current(self) -> bool:
        """Whether its tables hold what a person corrected, as the file of corrections is now."""
        if not self.corrections and not self._rows("SELECT 1 FROM corrected LIMIT 1"):
            return True
        for number, document in self._documents(False, False):
            if self._decided(number, document):
                rows = self._rows(f"{_READ_INDICATORS} ORDER BY 1", (number,))
                held = [(row[0], to_indicator(document.info, row)) for row in rows]
                if held != self._laid_over(number, document)[0]:
                    return False
        return True

    # --- writing, one run at a time ----------------------------------------------------------

    def begin_run(self, sources: str, reading: str) -> int:
        """Opens a run and its first transaction; a run that was cut off before is now stopped."""
        with refusing(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            self._db.execute("UPDATE runs SET state = 'stopped' WHERE state = 'running'")
            last = self._db.execute("SELECT state FROM runs ORDER BY number DESC").fetchone()
            if last is None or last[0] != "finished":
                self._change()
            number = self._db.execute(
                "INSERT INTO runs (state, started, sources, reading) VALUES ('running', ?, ?, ?)",
                (_now(), sources, reading),
            ).lastrowid
        assert number is not None
        self.commit()
        return number

    def commit(self) -> None:
        """Makes what was written last, and opens the next transaction."""
        with refusing(self.path):
            self._db.execute("COMMIT")
            self._db.execute("BEGIN IMMEDIATE")

    def rollback(self) -> None:
        """Forgets what was written since the last commit, and opens the next transaction."""
        for numbers in self._numbers.values():
            numbers.clear()
        self._held.clear()
        with refusing(self.path):
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            for table in _HELD:
                self._db.execute(f"DROP TABLE IF EXISTS temp.held_{table}")
            self._db.execute("BEGIN IMMEDIATE")

    def end_run(self, run: int, state: str, tally: Mapping[str, int]) -> None:
        """Closes a run as finished or stopped, with its counts."""
        names = ("files", "unchanged", "documents", "indicators", "vanished", "errors")
        with refusing(self.path):
            self._db.execute(
                f"UPDATE runs SET state = ?, ended = ?, {', '.join(f'{n} = ?' for n in names)}"
                " WHERE number = ?",
                (state, _now(), *(tally[name] for name in names), run),
            )
            self._db.execute("COMMIT")

    def begin_file(self, path: str, run: int, reading: str) -> str | None:
        """Notes that a run has come to a file.

        Gives the hash of the content that is stored whole under the same `reading`, or None. Raises
        KeyError if the run has been here already.
        """
        with refusing(self.path):
            row = self._db.execute(
                "SELECT number, sha256, reading, run FROM files WHERE path = ?", (path,)
            ).fetchone()
            if row is None:
                self._db.execute("INSERT INTO files (path, run) VALUES (?, ?)", (path, run))
                return None
            number, sha256, old, last = row
            if last == run:
                raise KeyError(path)
            self._db.execute("UPDATE files SET run = ? WHERE number = ?", (run, number))
        return sha256 if old == reading else None

    def known(self, path: str, reading: str) -> frozenset[str]:
        """The ids of a file's documents that were read under the same `reading`."""
        rows = self._rows(
            f"SELECT id FROM documents WHERE {_OF_FILE} AND reading = ?", (path, reading)
        )
        return frozenset(each for (each,) in rows)

    def hold(self, holder: str, rows: Rows) -> None:
        """Puts by some rows of a document, until `put` takes all with the same `holder`, so that no half of
        a document is ever stored."""
        with refusing(self.path):
            if not self._held:
                for table, columns in _HELD.items():
                    self._db.execute(
                        f"CREATE TEMP TABLE IF NOT EXISTS held_{table} (document, {columns})"
                    )
            self._held.add(holder)
            self._insert("held_sentences", SENTENCE_COLUMNS, holder, rows.sentences)
            self._insert(
                "held_indicators", WRITTEN_COLUMNS, holder, self._referring(rows.indicators)
            )

    def let_go(self, holder: str) -> None:
        """Forgets what was put by."""
        if holder in self._held:
            self._held.remove(holder)
            with refusing(self.path):
                for table in _HELD:
                    # Without a condition SQLite takes no look at the rows.
                    test = " WHERE document = ?" if self._held else ""
                    values = (holder,) if self._held else ()
                    self._db.execute(f"DELETE FROM temp.held_{table}{test}", values)

    def put(
        self, path: str, entry: Entry, run: int, reading: str, holder: str | None = None
    ) -> None:
        """Stores a document with what was put by for it, in place of an earlier reading of it."""
        with refusing(self.path):
            self._change()
            self._delete("id = ?", (entry.id,))
            names = f"{DOCUMENT_COLUMNS}, reading, run, file_number"
            marks = ", ".join("?" * (len(entry.document) + 2))
            number = self._db.execute(
                f"INSERT INTO documents ({names})"
                f" VALUES ({marks}, (SELECT number FROM files WHERE path = ?))",
                (*entry.document, reading, run, path),
            ).lastrowid
            assert number is not None
            is_long = holder in self._held
            if holder is not None and is_long:
                for table, columns in _HELD.items():
                    self._db.execute(
                        f"INSERT INTO {table} (document, {columns}) SELECT ?, {columns}"
                        f" FROM temp.held_{table} WHERE document = ? ORDER BY rowid",
                        (number, holder),
                    )
                self.let_go(holder)
            self._insert("sentences", SENTENCE_COLUMNS, number, entry.sentences)
            self._insert_indicators(number, entry.indicators)
            if entry.text is not None:
                self._insert("texts", "zlib", number, [(entry.text,)])
            if entry.sketch is not None:
                figures = self._figures(number) if is_long else entry.sketch.figures
                self._insert(
                    "sketches", "clauses, figures", number, [(entry.sketch.clauses, figures)]
                )

    def _figures(self, document: int) -> bytes:
        """What the figures of a stored document are compared by."""
        return counted_figures(
            self._db.execute(
                "SELECT value, coalesce(value_max, ''), coalesce(unit, ''), coalesce(province, ''),"
                " count(*) FROM indicators WHERE document = ? GROUP BY 1, 2, 3, 4",
                (document,),
            )
        )

    def add(
        self, info: DocumentInfo, indicators: Iterable[Indicator], text: str | None = None
    ) -> int:
        """Puts the figures of a document, and its text, into a temporary store; gives its number."""
        rows = [indicator_row(at, each) for at, each in enumerate(indicators, 1)]
        with refusing(self.path):
            number = self._db.execute(
                "INSERT INTO documents (id, file, title, published, issuer, document_number, source_url,"
                " external_id, kind, characters, sentences, indicators, sha256, reading, file_number,"
                " run) SELECT coalesce(max(number), 0) + 1, ?, ?, ?, ?, ?, ?, ?, '', ?, 0, ?, '', '', 0,"
                " 0 FROM documents",
                (*info, len(text or ""), len(rows)),
            ).lastrowid
            assert number is not None
            forget(self._db)
            self._insert_indicators(number, rows)
            if text is not None:
                self._insert("texts", "zlib", number, [(packed(text),)])
        return number

    def _insert(self, table: str, columns: str, document: int | str, rows: Iterable[Row]) -> None:
        marks = ", ".join("?" * (columns.count(",") + 2))
        self._db.executemany(
            f"INSERT INTO {table} (document, {columns}) VALUES ({marks})",
            ((document, *row) for row in rows),
        )

    def _insert_indicators(self, document: int, rows: Iterable[Row]) -> None:
        self._insert("indicators", WRITTEN_COLUMNS, document, self._referring(rows))

    def _referring(self, rows: Iterable[Row]) -> list[Row]:
        """Rows of indicators with the numbers of what they refer to."""
        number = self._number
        return [
            (
                *row,
                number("rule_sets", "rules", rules),
                spans,
                number("quantities", "fields", quantity),
                number("areas", "fields", place),
                same,
            )
            for *row, rules, spans, quantity, place, same in rows
        ]

    def _number(self, table: str, column: str, value: str) -> int:
        """The number of a row that many indicators share; a new one has it put in."""
        numbers = self._numbers[table]
        if value not in numbers:
            if len(numbers) >= _REMEMBERED[table]:
                numbers.clear()
            self._db.execute(f"INSERT OR IGNORE INTO {table} ({column}) VALUES (?)", (value,))
            read = f"SELECT number FROM {table} WHERE {column} = ?"
            numbers[value] = self._db.execute(read, (value,)).fetchone()[0]
        return numbers[value]

    def keep(self, identity: str, run: int) -> None:
        """Notes that a stored document is still what its file holds."""
        with refusing(self.path):
            self._db.execute("UPDATE documents SET run = ? WHERE id = ?", (run, identity))
            self._set_status("present", "id = ?", (identity,))

    def keep_file(self, path: str) -> None:
        """Notes that all of a file is as stored."""
        with refusing(self.path):
            self._set_status("present", _OF_FILE, (path,))

    def end_file(self, path: str, run: int, reading: str, sha256: str | None) -> None:
        """Closes a file: what a run did not find in it any more goes.

        Without `sha256` the file was not read to its end: its other documents count as vanished,
        and the next run reads it again.
        """
        gone = f"{_OF_FILE} AND run <> ?"
        with refusing(self.path):
            if sha256 is None:
                self._set_status("vanished", gone, (path, run))
            else:
                self._delete(gone, (path, run))
            self._db.execute(
                "UPDATE files SET sha256 = ?, reading = ? WHERE path = ?", (sha256, reading, path)
            )

    def note_error(self, run: int, file: str, message: str) -> None:
        """Records that an input could not be read."""
        with refusing(self.path):
            kept = json.dumps(message.kept()) if isinstance(message, Said) else None
            self._db.execute(
                "INSERT INTO errors (run, file, message, said) VALUES (?, ?, ?, ?)",
                (run, file, message, kept),
            )

    def mark_vanished(self, run: int, within: Collection[str], except_in: Collection[str]) -> int:
        """Marks the documents of files that a whole run did not come to; gives how many.

        Only files that are or lie in one of `within`, and not in one of `except_in`.
        """
        with refusing(self.path):
            unseen = self._db.execute("SELECT path FROM files WHERE run <> ?", (run,)).fetchall()
            return sum(
                self._set_status("vanished", _OF_FILE, (path,))
                for (path,) in unseen
                if _lies(path, within) and not _lies(path, except_in)
            )

    def mark_reprints(self) -> int:
        """Marks the reprints anew where documents came or went; gives how many there are."""
        with refusing(self.path):
            if self._stale:
                with sound(self.path):
                    mark(self._db)
                self._stale = False
            read = "SELECT count(*) FROM documents WHERE reprint_of IS NOT NULL"
            count: int = self._db.execute(read).fetchone()[0]
            return count

    def summarise(self) -> None:
        """Counts figures for comparisons, where that does not hold any more: beside the store where it is
        only read."""
        with refusing(self.path):
            summarise(self._db, self._order, beside=not self._may_write)

    def write_keys(self, rules: str, keys: Callable[[Quantity], str]) -> None:
        """Notes, outside of a run, the keys of quantities, told under `rules`, where they are not known."""
        with refusing(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            if self._rows("SELECT rules FROM keyed") != [(rules,)]:
                self._db.execute("DELETE FROM keyed")
                self._db.execute("INSERT INTO keyed VALUES (?)", (rules,))
                self._db.execute("UPDATE quantities SET keys = NULL WHERE keys IS NOT NULL")
            done = 0
            while rows := self._rows(_READ_UNKEYED, (done, _SOME)):
                self._db.executemany(
                    "UPDATE quantities SET keys = ? WHERE number = ?",
                    ((keys(Quantity(*json.loads(fields))), number) for number, fields in rows),
                )
                done = rows[-1][0]
            self._db.execute("COMMIT")

    def write_labels(
        self,
        pillars: Iterable[tuple[str, str, str]],
        metrics: Iterable[tuple[str, str, str, str]],
    ) -> None:
        """What is shown for references, outside of a run: pillars as id, name and English name,
        metrics with their pillar, too, and the places that figures and sentences are of."""
        with refusing(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            for table in ("pillars", "metrics", "places"):
                self._db.execute(f"DELETE FROM {table}")
            self._db.executemany("INSERT INTO pillars VALUES (?, ?, ?)", pillars)
            self._db.executemany("INSERT INTO metrics VALUES (?, ?, ?, ?)", metrics)
            for table in ("indicators", "sentences"):
                self._db.execute(
                    "INSERT OR IGNORE INTO places SELECT DISTINCT area_code, area, area_level,"
                    f" province FROM {table} WHERE area_code IS NOT NULL"
                )
            self._db.execute("COMMIT")

    def take_corrections(self) -> None:
        """`write_corrections` outside of a run."""
        with refusing(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            self.write_corrections()
            self.summarise()
            self._db.execute("COMMIT")

    def write_corrections(self) -> int:
        """Brings what the tables hold in line with the corrections, for any SQLite client.

        Inside a transaction, as all writing. What the rules read is kept beside. Gives how many
        corrections found no figure in a document that is present.
        """
        used: set[int] = set()
        if not self.corrections and not self._rows("SELECT 1 FROM corrected LIMIT 1"):
            return 0
        documents = self._documents(False, True)
        for number, document in [each for each in documents if self._decided(*each)]:
            records, applied = self._laid_over(number, document)
            if document.status == "present":
                used.update(each.line for each in applied.used)
            with refusing(self.path):
                if number not in (self._corrected or ()):
                    self._db.execute(
                        "INSERT INTO read_indicators SELECT * FROM indicators WHERE document = ?",
                        (number,),
                    )
                    self._db.execute("INSERT INTO corrected VALUES (?)", (number,))
                forget(self._db)
                self._db.execute("DELETE FROM indicators WHERE document = ?", (number,))
                self._insert_indicators(number, [indicator_row(*each) for each in records])
                self._db.execute(
                    "UPDATE documents SET indicators = ? WHERE number = ?", (len(records), number)
                )
                if not applied.used:
                    for table in ("read_indicators", "corrected"):
                        self._db.execute(f"DELETE FROM {table} WHERE document = ?", (number,))
        self._corrected = None
        return sum(each.line not in used for each in self.corrections.all)

    def _set_status(self, status: str, test: str, values: Row) -> int:
        """Gives how many documents had another status before."""
        changed = self._db.execute(
            f"UPDATE documents SET status = ? WHERE {test} AND status <> ?",
            (status, *values, status),
        ).rowcount
        if changed:
            self._change()
        return changed

    def _delete(self, test: str, values: Row) -> None:
        numbers = self._db.execute(f"SELECT number FROM documents WHERE {test}", values).fetchall()
        self._corrected = None
        own = ("sentences", "indicators", "read_indicators", "corrected", "texts", "sketches")
        for table in own:
            self._db.executemany(f"DELETE FROM {table} WHERE document = ?", numbers)
        self._db.executemany("DELETE FROM documents WHERE number = ?", numbers)
        if numbers:
            self._change()

    def _change(self) -> None:
        """Notes that documents come or go: what is derived from all of them holds no longer."""
        self._stale = True
        forget(self._db)


def _test(where: Mapping[str, Collection[str]]) -> tuple[str, Row]:
    """A condition on indicators and its values; ValueError for an unknown field."""
    if unknown := where.keys() - set(FILTERS):
        raise ValueError(f"no such filter: {', '.join(sorted(unknown))}")
    test = "".join(f" AND {name} IN ({', '.join('?' * len(each))})" for name, each in where.items())
    return test, tuple(value for each in where.values() for value in each)


def _lies(path: str, folders: Collection[str]) -> bool:
    """Whether a stored path is one of `folders` or lies in one; "" is the store's own folder."""
    return any(
        path == folder
        or path.startswith(folder + "/")
        or (folder == "" and not os.path.isabs(path))
        for folder in folders
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
