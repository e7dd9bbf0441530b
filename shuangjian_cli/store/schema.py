"""The store's file: its tables and views, and every way in which it can refuse.

`documents`, `sentences` and `indicators` are the corpus, `files`, `runs` and `errors` its history,
`texts` and `sketches` (of `reprints`) what stands behind a document. A value is kept as exact
TEXT with a REAL column, `…_number`, beside it for arithmetic. The rules that set the fields of an
indicator are in `rule_sets`, where those of many indicators meet; the words that they used are its
`spans`, a start and an end for each rule in turn. What comparisons group figures by is told once in
`quantities` and `areas`, the measures of quantities (`keys`) under the rules that `keyed` names, and what else they need
of each figure is in the index `indicators_by_quantity` (see `light`). What a person corrected is in `indicators`; as the
rules read the figures of a document that is in `corrected` stands in `read_indicators`. References name their column, which Datasette
needs to follow them; `pillars`, `metrics`, `places` and the `name` of a document are what it shows for
them. What comparisons count is in `counted`, see `summary`. Sentences are searched by trigrams (`sentences_search`), since Chinese has no blanks between words.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

from shuangjian_cli.language.messages import N_, _

from .summary import SUMMARY

APPLICATION_ID = 0x534A5354  # "SJST": tells a store from other SQLite files
VERSION = 8
_MAGIC = b"SQLite format 3\0"

# The first and the last day of a period: an ISO 8601 year, month or day, or two of them with `/`
# between, of which `..` is open.
_FIRST = "substr(i.period, 1, instr(i.period || '/', '/') - 1)"
_LAST = "substr(i.period, instr(i.period, '/') + 1)"
_START = f"CASE WHEN {_FIRST} <> '..' THEN substr({_FIRST} || '-01-01', 1, 10) END"
_END = (
    f"CASE length({_LAST}) WHEN 4 THEN {_LAST} || '-12-31'"
    f" WHEN 7 THEN date({_LAST} || '-01', '+1 month', '-1 day') WHEN 10 THEN {_LAST} END"
)

_TABLES = f"""
CREATE TABLE runs (
  number INTEGER PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('running', 'stopped', 'finished')),
  started TEXT NOT NULL,
  ended TEXT,
  sources TEXT NOT NULL,
  reading TEXT NOT NULL,
  files INTEGER, unchanged INTEGER, documents INTEGER, indicators INTEGER,
  vanished INTEGER, errors INTEGER
);
CREATE TABLE files (
  number INTEGER PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,
  sha256 TEXT,
  reading TEXT,
  run INTEGER NOT NULL REFERENCES runs (number)
);
CREATE TABLE errors (
  run INTEGER NOT NULL REFERENCES runs (number),
  file TEXT NOT NULL,
  message TEXT NOT NULL,
  said TEXT
);
CREATE INDEX errors_by_run ON errors (run, file);
CREATE TABLE documents (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT GENERATED ALWAYS AS (coalesce(title, file)) VIRTUAL,
  file TEXT NOT NULL,
  title TEXT, province TEXT, published TEXT, issuer TEXT, document_number TEXT,
  source_url TEXT, external_id TEXT,
  kind TEXT NOT NULL,
  encoding TEXT,
  characters INTEGER NOT NULL,
  sentences INTEGER NOT NULL,
  indicators INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  reading TEXT NOT NULL,
  file_number INTEGER NOT NULL REFERENCES files (number),
  run INTEGER NOT NULL REFERENCES runs (number),
  status TEXT NOT NULL DEFAULT 'present' CHECK (status IN ('present', 'vanished')),
  reprint_of TEXT REFERENCES documents (id)
);
CREATE INDEX documents_by_file ON documents (file, id);
CREATE INDEX documents_by_file_number ON documents (file_number);
CREATE INDEX documents_by_province ON documents (province);
CREATE TABLE texts (document INTEGER PRIMARY KEY REFERENCES documents (number), zlib BLOB NOT NULL);
CREATE TABLE sketches (
  document INTEGER PRIMARY KEY REFERENCES documents (number),
  clauses BLOB NOT NULL,
  figures BLOB NOT NULL
);
CREATE TABLE pillars (id TEXT PRIMARY KEY, name TEXT NOT NULL, name_en TEXT NOT NULL);
CREATE TABLE metrics (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL, name_en TEXT NOT NULL,
  pillar TEXT REFERENCES pillars (id)
);
CREATE TABLE places (
  code TEXT PRIMARY KEY,
  name TEXT, level TEXT, province TEXT
);
CREATE TABLE sentences (
  number INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES documents (number),
  position INTEGER NOT NULL,
  start INTEGER NOT NULL, "end" INTEGER NOT NULL, line INTEGER NOT NULL,
  sentence TEXT NOT NULL,
  kind TEXT NOT NULL,
  province TEXT, area TEXT, area_code TEXT REFERENCES places (code), area_level TEXT,
  pillar TEXT REFERENCES pillars (id),
  metrics TEXT NOT NULL,
  section TEXT,
  figures INTEGER NOT NULL,
  UNIQUE (document, position)
);
CREATE INDEX sentences_by_pillar ON sentences (pillar, province) WHERE pillar IS NOT NULL;
CREATE TABLE rule_sets (number INTEGER PRIMARY KEY, rules TEXT NOT NULL UNIQUE);
CREATE TABLE quantities (number INTEGER PRIMARY KEY, fields TEXT NOT NULL UNIQUE, keys TEXT);
CREATE TABLE keyed (rules TEXT NOT NULL);
CREATE TABLE areas (number INTEGER PRIMARY KEY, fields TEXT NOT NULL UNIQUE);
CREATE TABLE indicators (
  document INTEGER NOT NULL REFERENCES documents (number),
  position INTEGER NOT NULL,
  start INTEGER NOT NULL, "end" INTEGER NOT NULL, line INTEGER NOT NULL,
  figure TEXT NOT NULL,
  value TEXT NOT NULL, value_number REAL NOT NULL,
  value_max TEXT, value_max_number REAL,
  unit TEXT,
  bound TEXT NOT NULL, role TEXT NOT NULL, trend TEXT,
  subject TEXT NOT NULL,
  metric TEXT REFERENCES metrics (id), pillar TEXT REFERENCES pillars (id),
  stage TEXT, groups TEXT NOT NULL, measure TEXT,
  province TEXT, area TEXT, area_code TEXT REFERENCES places (code), area_level TEXT,
  period TEXT, per_year INTEGER NOT NULL,
  status TEXT NOT NULL,
  implied INTEGER NOT NULL,
  confidence TEXT NOT NULL,
  reasons TEXT NOT NULL,
  sentence TEXT NOT NULL,
  sentence_start INTEGER NOT NULL, sentence_end INTEGER NOT NULL,
  section TEXT,
  table_number INTEGER, table_row INTEGER, table_column INTEGER, table_title TEXT,
  row_head TEXT, column_head TEXT, table_start INTEGER, table_end INTEGER,
  quantity INTEGER NOT NULL REFERENCES quantities (number),
  place INTEGER NOT NULL REFERENCES areas (number),
  same INTEGER NOT NULL,
  rule_set INTEGER NOT NULL REFERENCES rule_sets (number),
  spans TEXT NOT NULL,
  PRIMARY KEY (document, position)
) WITHOUT ROWID;
CREATE TABLE read_indicators AS SELECT * FROM indicators;
CREATE INDEX read_indicators_by_document ON read_indicators (document);
CREATE TABLE corrected (document INTEGER PRIMARY KEY REFERENCES documents (number));
{SUMMARY}
CREATE INDEX indicators_by_quantity ON indicators (
  quantity, place, status, period, confidence, figure, value, value_max, bound, trend,
  start, sentence_start, same
);
CREATE INDEX indicators_by_metric ON indicators (metric, province);
CREATE INDEX indicators_by_province ON indicators (province, pillar);

CREATE VIEW all_indicators AS
SELECT d.id || '-' || i.position AS id, d.id AS document_id, d.file, i.line,
  i.province, i.area, i.area_code, i.area_level, i.pillar, i.metric, i.subject,
  i.stage, i.groups, i.measure,
  i.value, i.value_number, i.value_max, i.value_max_number, i.unit, i.bound, i.role, i.trend,
  i.period, {_START} AS period_start, {_END} AS period_end, i.per_year, i.status, i.implied, i.confidence, i.reasons, i.figure, i.sentence, i.section,
  i.table_number, i.table_row, i.table_column, i.table_title, i.row_head, i.column_head,
  i.table_start, i.table_end, i.start, i."end", i.sentence_start, i.sentence_end,
  d.title, d.published, d.issuer, d.document_number, d.source_url, r.rules,
  d.status AS document_status, d.reprint_of
FROM documents d JOIN indicators i ON i.document = d.number
JOIN rule_sets r ON r.number = i.rule_set;
CREATE VIEW indicators_once AS
SELECT * FROM all_indicators WHERE document_status = 'present' AND reprint_of IS NULL;
CREATE VIEW figures AS
SELECT a.province, a.area, a.area_level, p.name AS pillar, m.name AS metric, a.subject,
  a.value_number AS value, a.value_max_number AS value_max, a.unit, a.bound, a.role, a.trend,
  a.period, a.period_start, a.period_end, a.per_year, a.status, a.confidence, a.figure, a.sentence,
  coalesce(a.title, a.file) AS document, a.published, a.stage, a.groups, a.measure, a.id
FROM indicators_once a
LEFT JOIN metrics m ON m.id = a.metric LEFT JOIN pillars p ON p.id = a.pillar;
CREATE VIEW all_sentences AS
SELECT d.id || '-' || s.position AS id, d.id AS document_id, d.file, s.line,
  s.province, s.area, s.area_code, s.area_level, s.pillar, s.metrics, s.figures, s.sentence,
  s.kind, s.section, s.start, s."end", d.title, d.published,
  d.status AS document_status, d.reprint_of
FROM documents d JOIN sentences s ON s.document = d.number;
CREATE VIEW coverage AS
SELECT province, pillar, metric, count(*) AS indicators, count(DISTINCT document_id) AS documents
FROM indicators_once GROUP BY province, pillar, metric;
CREATE VIEW latest_errors AS
SELECT file, message FROM errors WHERE run = (SELECT max(number) FROM runs);
"""


_SEARCH = """
CREATE VIRTUAL TABLE sentences_search USING fts5(
  sentence, content="sentences", content_rowid="number", tokenize="trigram"
);
CREATE TRIGGER sentence_found AFTER INSERT ON sentences BEGIN
  INSERT INTO sentences_search (rowid, sentence) VALUES (new.number, new.sentence);
END;
CREATE TRIGGER sentence_lost AFTER DELETE ON sentences BEGIN
  INSERT INTO sentences_search (sentences_search, rowid, sentence)
  VALUES ('delete', old.number, old.sentence);
END;
"""


class StoreError(Exception):
    """A store that refuses: the message names it and says what is wrong and the mend."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path
        self.message = message


def is_store(path: str | os.PathLike[str]) -> bool:
    """Whether a file is a store of ours, of any version; told from its first bytes."""
    head = _head(path)
    return head[:16] == _MAGIC and head[68:72] == APPLICATION_ID.to_bytes(4, "big")


def _head(path: str | os.PathLike[str]) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read(100)
    except OSError:
        return b""


def connect(path: str, *, write: bool) -> sqlite3.Connection:
    """A connection to the store at `path`; with `write`, a missing or empty one is made.

    Raises StoreError.
    """
    check(path, write=write)
    with refusing(path):
        uri = f"file:{_quoted(os.path.abspath(path))}?mode={'rwc' if write else 'ro'}"
        # Autocommit: transactions begin and end where the code says so.
        db = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=10)
        try:
            db.execute("PRAGMA temp_store = FILE")
            if write:
                _make(db)
                db.execute("PRAGMA journal_mode = WAL")
                db.execute("PRAGMA synchronous = NORMAL")
            # Finds a file that only looks like a database.
            db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except BaseException:
            db.close()
            raise
    return db


def connect_temporary() -> sqlite3.Connection:
    """A connection to an empty store of its own, in a temporary file once it has grown."""
    db = sqlite3.connect("", isolation_level=None)
    db.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_TABLES} BEGIN;")
    return db


def check(path: str, *, write: bool) -> None:
    """Raises StoreError where there is no store of this version; to `write`, none need be."""
    if os.path.isdir(path):
        raise StoreError(path, _("a folder; name a file in it"))
    head = _head(path)
    if not os.path.exists(path):
        if not write:
            raise StoreError(path, _("no such store; make one with 'shuangjian batch'"))
        if not os.path.isdir(os.path.dirname(os.path.abspath(path))):
            raise StoreError(path, _("its folder does not exist; make it first"))
    elif head and head[:16] != _MAGIC:
        raise StoreError(path, _("not a store but some other file; name another"))
    elif not is_store(path) and (head or not write):
        if not os.access(path, os.R_OK):
            raise StoreError(path, _("no permission to read it; change its rights"))
        raise StoreError(path, _("not a store of shuangjian; name another file"))
    elif (version := int.from_bytes(head[60:64], "big")) > VERSION:
        message = _(
            "a store of version {version}, newer than this program's {known}",
            version=version,
            known=VERSION,
        )
        raise StoreError(path, _("{message}; upgrade shuangjian", message=message))
    elif head and version < VERSION:
        message = _(
            "a store of version {version}, older than this program's {known}",
            version=version,
            known=VERSION,
        )
        raise StoreError(
            path, _("{message}; delete it and run 'shuangjian batch' again", message=message)
        )


def _make(db: sqlite3.Connection) -> None:
    if db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID:
        return
    search = _SEARCH if _has_trigrams() else ""
    # One transaction, so that whatever happens there is either nothing or a whole store.
    db.executescript(
        f"BEGIN IMMEDIATE; {_TABLES} {search} PRAGMA application_id = {APPLICATION_ID};"
        f" PRAGMA user_version = {VERSION}; COMMIT;"
    )


def _has_trigrams() -> bool:
    """Whether this SQLite has full-text search by trigrams; a store is whole without."""
    with sqlite3.connect(":memory:") as db:
        try:
            db.execute("CREATE VIRTUAL TABLE one USING fts5(words, tokenize='trigram')")
        except sqlite3.OperationalError:
            return False
    return True


def _quoted(path: str) -> str:
    from urllib.parse import quote

    return quote(os.fsencode(path))


@contextmanager
def refusing(path: str) -> Iterator[None]:
    """Turns SQLite's refusals into `StoreError`s that name the store and the mend."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorname", "") or ""
        for prefix, message in _REFUSALS.items():
            if code.startswith(prefix):
                raise StoreError(path, _(message)) from error
        raise StoreError(path, _("{error}; look at the file and its disk", error=error)) from error


@contextmanager
def sound(path: str) -> Iterator[None]:
    """Turns what goes wrong with a row that is not as it was stored into a `StoreError`."""
    try:
        yield
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise StoreError(path, _(_REFUSALS["SQLITE_CORRUPT"])) from error


_REFUSALS = {
    "SQLITE_FULL": N_("no space left on its disk; free some and run the same command again"),
    "SQLITE_IOERR": N_(
        "its disk cannot be read or written (is it full?); run the same command again"
    ),
    "SQLITE_READONLY": N_("it or its folder cannot be written; change their rights or copy it"),
    "SQLITE_CANTOPEN": N_("it or its folder cannot be opened; check the path and their rights"),
    "SQLITE_PERM": N_("no permission to open it; change its rights"),
    "SQLITE_BUSY": N_("in use by another program; wait until that is done"),
    "SQLITE_LOCKED": N_("in use by another program; wait until that is done"),
    "SQLITE_NOTADB": N_("not a store but some other file; name another"),
    "SQLITE_CORRUPT": N_("damaged; delete it and run 'shuangjian batch' again"),
}


class Lock:
    """One run at a time: an empty file beside the store, locked for as long as this lives.

    SQLite does the locking, which works wherever the store does and ends with the process
    however that ends. Raises StoreError while another run holds it.
    """

    def __init__(self, path: str) -> None:
        self._file = f"{path}-lock"
        while not self._taken(path):
            pass

    def _taken(self, path: str) -> bool:
        """Takes the lock; False where the last run took the file away in that moment."""
        with refusing(path):
            try:
                # Open until the lock is given back: the number of a file that is gone would be given
                # to the next one, and the first file closed takes the process's locks of it along.
                self._made = open(self._file, "ab")  # noqa: SIM115
            except OSError as error:
                raise StoreError(path, _(_REFUSALS["SQLITE_READONLY"])) from error
            with ExitStack() as closing_both:
                closing_both.callback(self._made.close)
                self._db = sqlite3.connect(self._file, isolation_level=None, timeout=0)
                closing_both.callback(self._db.close)
                try:
                    self._db.execute("PRAGMA journal_mode = OFF")
                    self._db.execute("BEGIN EXCLUSIVE")
                except sqlite3.OperationalError as error:
                    if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                        message = _("another run is writing to it; wait until that is done")
                        raise StoreError(path, message) from None
                    raise
                with suppress(FileNotFoundError):
                    if os.stat(self._file).st_ino == os.fstat(self._made.fileno()).st_ino:
                        closing_both.pop_all()
                        return True
            return False

    def release(self) -> None:
        """Lets the next run in."""
        with suppress(OSError):  # Windows removes no open file; an empty one does no harm
            os.unlink(self._file)
        self._db.close()
        self._made.close()
