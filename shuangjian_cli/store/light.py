"""What comparisons need of a store's figures, so that not each is read whole.

How many there are of what is in `counted` (see `summary`). All that a figure needs to be shown is in the index
`indicators_by_quantity`, in which the figures of one quantity and place stand together; those of reprints and vanished
documents are in it, too: `documents` names those that count.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from typing import Any

from ..model import DocumentInfo, Indicator
from .rows import INDICATOR_COLUMNS, Quantity, Row, to_indicator
from .schema import refusing, sound
from .summary import GONE

_FROM = "FROM indicators i INDEXED BY indicators_by_quantity"
# Tables are read in their order, not by each place, of which the + says nothing.
_WANTED = (
    "FROM wanted w CROSS JOIN counted c"
    " ON c.quantity = w.quantity AND +c.place IN (SELECT place FROM within)"
)
_ONCE = (
    "NOT EXISTS (SELECT 1 FROM repeated r"
    " WHERE r.document = i.document AND r.position = i.position)"
)
_PRESENT = f"document NOT IN (SELECT number FROM documents WHERE {GONE})"
_CHOSEN = (
    "SELECT document, position, sentence_start FROM (SELECT DISTINCT quantity FROM picked) q"
    " CROSS JOIN indicators i INDEXED BY indicators_by_quantity ON i.quantity = q.quantity"
    " WHERE EXISTS (SELECT 1 FROM picked p"
    f" WHERE p.quantity = i.quantity AND p.period = coalesce(i.period, '')) AND {_PRESENT}"
)
_FIGURES = (
    "SELECT confidence, figure, value, value_max, bound, trend, start, sentence_start, document, position"
    f" {_FROM} WHERE quantity = ? AND place = ? AND status = ? AND period IS ? AND {_ONCE}"
)


class Light:
    """The figures of a store, in `order` of its documents. Methods raise StoreError."""

    def __init__(self, path: str, db: sqlite3.Connection, order: str) -> None:
        self._path = path
        self._db = db
        self._order = order
        self._chosen = False
        self._document = lru_cache(maxsize=4096)(self._read_document)
        self.indicator = lru_cache(maxsize=64)(self._read_indicator)

    def documents(self) -> Iterator[tuple[int, str, str | None]]:
        """Number, file and date of publication of the documents that count, in their order."""
        return self._rows(
            f"SELECT number, file, published FROM documents WHERE NOT {GONE} ORDER BY {self._order}"
        )

    def quantities(self) -> Iterator[tuple[int, Quantity]]:
        """What figures measure, by number."""
        for number, fields in self._rows("SELECT number, fields FROM quantities ORDER BY number"):
            with sound(self._path):
                yield number, Quantity(*json.loads(fields))

    def keys(self, rules: str | None) -> Iterator[tuple[int, Any, Quantity | None]]:
        """By number what figures measure: its keys, where they are known under `rules`, else the fields."""
        known = any(each == rules for (each,) in self._rows("SELECT rules FROM keyed"))
        keys = "keys, CASE WHEN keys IS NULL THEN fields END" if known else "NULL, fields"
        rows = self._rows(f"SELECT number, {keys} FROM quantities ORDER BY number")
        with sound(self._path):
            for number, told, fields in rows:
                yield number, told and json.loads(told), fields and Quantity(*json.loads(fields))

    def areas(self) -> Iterator[tuple[int, str | None, str | None, str | None, str | None]]:
        """Number, province, area, code and level of places."""
        for number, fields in self._rows("SELECT number, fields FROM areas ORDER BY number"):
            with sound(self._path):
                province, area, code, level = json.loads(fields)
            yield number, province, area, code, level

    def count_of_places(self) -> Iterator[tuple[int, int]]:
        """How many figures there are of each place."""
        return self._rows("SELECT place, sum(figures) FROM counted GROUP BY 1")

    def quantities_of(self, places: Iterable[int]) -> Iterator[tuple[int]]:
        """The quantities of which there are figures of some places."""
        self._want((), places)
        return self._rows(
            "SELECT DISTINCT quantity FROM counted WHERE +place IN (SELECT place FROM within)"
        )

    def counts(self) -> Iterator[tuple[int, int, int]]:
        """How many figures there are of each quantity and place."""
        return self._rows("SELECT quantity, place, sum(figures) FROM counted GROUP BY 1, 2")

    def counts_of_periods(self) -> Iterator[tuple[int, int, str | None, int]]:
        """How many figures of documents that count there are of each quantity, place and period, those that are
        repeated among them."""
        return self._rows(
            f"SELECT quantity, place, period, count(*) {_FROM} WHERE {_PRESENT} GROUP BY 1, 2, 3"
        )

    def choose(self, only: Iterable[tuple[int, str | None]]) -> dict[int, set[int]]:
        """By document that counts, the positions of its figures of some quantities and periods; in whose
        sentences stand those that `document` gives from then on."""
        for table, columns in (("picked", "quantity, period"), ("chosen", "document, start")):
            self._execute(
                f"CREATE TEMP TABLE {table} ({columns}, PRIMARY KEY ({columns})) WITHOUT ROWID"
            )
        pairs = ((quantity, period or "") for quantity, period in only)
        with refusing(self._path):
            self._db.execute("SAVEPOINT chosen")
            self._db.executemany("INSERT INTO picked VALUES (?, ?)", pairs)
            found: dict[int, set[int]] = {}
            for document, position, start in self._db.execute(_CHOSEN):
                found.setdefault(document, set()).add(position)
                self._db.execute("INSERT OR IGNORE INTO chosen VALUES (?, ?)", (document, start))
            self._db.execute("RELEASE chosen")
        self._chosen = True
        return found

    def document(self, number: int) -> list[tuple[int, Indicator]]:
        """The figures of a document with their positions."""
        if self._chosen:
            starts = "SELECT start FROM chosen WHERE document = ?"
            return [
                *self._indicators(
                    f"document = ? AND sentence_start IN ({starts})", (number, number)
                )
            ]
        return [*self._indicators("document = ?", (number,))]

    def repeated(self) -> Iterator[tuple[int, int, int]]:
        """How many figures of each document and place are repeated from others."""
        return self._rows("SELECT document, place, count(*) FROM repeated GROUP BY 1, 2")

    def places_of_documents(self) -> Iterator[tuple[int, int]]:
        """Documents with the places of which they have figures."""
        return self._rows(f"SELECT DISTINCT document, place {_FROM}")

    def groups(self, groups: Iterable[tuple[int, int]], places: Iterable[int]) -> Iterator[Row]:
        """How many figures there are of some places and of groups of quantities (group, quantity), one group
        after the other: group, quantity, place, status, period, how many, the first of them, None."""
        self._want(groups, places)
        return self._rows(
            "SELECT w.part, c.quantity, c.place, c.status, nullif(c.period, ''), c.figures, c.first, NULL"
            f" {_WANTED} ORDER BY w.rowid"
        )

    def groups_of_documents(
        self, groups: Iterable[tuple[int, int]], places: Iterable[int]
    ) -> Iterator[Row]:
        """As `groups`, of each document apart, which is the last column; those of documents that do not count
        are among them."""
        self._want(groups, places)
        return self._rows(
            "SELECT w.part, i.quantity, i.place, i.status, i.period, count(*), min(i.position), i.document"
            " FROM wanted w CROSS JOIN indicators i INDEXED BY indicators_by_quantity"
            f" ON i.quantity = w.quantity AND +i.place IN (SELECT place FROM within) WHERE {_ONCE}"
            " GROUP BY w.rowid, i.place, i.status, i.period, i.document ORDER BY w.rowid"
        )

    def figures(self, quantity: int, place: int, status: str, period: str | None) -> list[Row]:
        """The figures that are not repeated of a quantity, place, status and period, those of documents that do not
        count among them: confidence, figure, value, value_max, bound, trend, start, sentence_start, document, position."""
        with refusing(self._path):
            return self._db.execute(_FIGURES, (quantity, place, status, period)).fetchall()

    def periods(
        self, groups: Iterable[tuple[int, int]], places: Iterable[int]
    ) -> Iterator[tuple[int, int, str, str | None]]:
        """For groups of quantities the places, with status and period, that report any."""
        self._want(groups, places)
        return self._rows(
            f"SELECT DISTINCT w.part, c.place, c.status, nullif(c.period, '') {_WANTED}"
        )

    def _want(self, groups: Iterable[tuple[int, int]], places: Iterable[int]) -> None:
        self._execute("SAVEPOINT wanted")  # else each row would be a transaction
        for table, columns in (
            ("wanted", "part INTEGER, quantity INTEGER"),
            ("within", "place INTEGER PRIMARY KEY"),
        ):
            self._execute(f"CREATE TEMP TABLE IF NOT EXISTS {table} ({columns})")
            self._execute(f"DELETE FROM {table}")
        with refusing(self._path):
            self._db.executemany("INSERT INTO wanted VALUES (?, ?)", groups)
            self._db.executemany("INSERT INTO within VALUES (?)", ((each,) for each in places))
            self._db.execute("RELEASE wanted")

    def _read_indicator(self, document: int, position: int) -> Indicator:
        """A figure whole."""
        ((_, found),) = self._indicators("document = ? AND position = ?", (document, position))
        return found

    def sentences(
        self, words: Iterable[str], least: Mapping[int, float]
    ) -> Iterator[tuple[int, list[tuple[int, Indicator]]]]:
        """Sentences that hold one of some words and several figures, or a figure of a quantity with a value
        of at least so much: the document and its figures, with their positions, in the order of the text."""
        self._execute("CREATE TEMP TABLE least (quantity INTEGER PRIMARY KEY, value REAL)")
        self._db.executemany("INSERT INTO least VALUES (?, ?)", least.items())
        self._execute(
            "CREATE TEMP TABLE suspects (document INTEGER, start INTEGER, PRIMARY KEY (document, start))"
            " WITHOUT ROWID"
        )
        self._execute(
            "INSERT OR IGNORE INTO suspects SELECT i.document, i.sentence_start FROM least l CROSS JOIN"
            " indicators i INDEXED BY indicators_by_quantity ON i.quantity = l.quantity"
            " WHERE CAST(i.value AS REAL) >= l.value"
        )
        words = tuple(words)
        holds = " OR ".join("instr(sentence, ?)" for _ in words)
        self._execute(
            f"INSERT OR IGNORE INTO suspects SELECT document, sentence_start FROM indicators WHERE {holds}"
            " GROUP BY 1, 2 HAVING count(*) > 1",
            words,
        )
        for number, _, _ in self.documents():
            found = self._indicators(
                "document = ? AND sentence_start IN (SELECT start FROM suspects WHERE document = ?)",
                (number, number),
            )
            for _, sentence in groupby(found, key=lambda each: each[1].sentence_start):
                yield number, list(sentence)
        self._execute("DROP TABLE least")
        self._execute("DROP TABLE suspects")

    def count(self, document: int) -> int:
        """How many figures a document has."""
        ((count,),) = self._rows("SELECT count(*) FROM indicators WHERE document = ?", (document,))
        return int(count)

    def _indicators(self, test: str, values: Row) -> Iterator[tuple[int, Indicator]]:
        columns = INDICATOR_COLUMNS.replace("rule_set", "rules")
        for document, *row in self._rows(
            f"SELECT document, {columns} FROM indicators JOIN rule_sets ON number = rule_set"
            f" WHERE {test} ORDER BY document, position",
            values,
        ):
            with sound(self._path):
                yield row[0], to_indicator(self._document(document), tuple(row))

    def _execute(self, sql: str, values: Row = ()) -> None:
        with refusing(self._path):
            self._db.execute(sql, values)

    def _read_document(self, number: int) -> DocumentInfo:
        columns = "file, title, published, issuer, document_number, source_url, external_id"
        (row,) = self._rows(f"SELECT {columns} FROM documents WHERE number = ?", (number,))
        return DocumentInfo(*row)

    def _rows(self, sql: str, values: Row = ()) -> Iterator[Any]:
        with refusing(self._path):
            yield from self._db.execute(sql, values)
