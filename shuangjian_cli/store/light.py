"""What comparisons need of a store's figures, so that not each is read whole.

All of it is in the index `indicators_by_quantity`, in which the figures of one quantity and place stand together.
Reprints and vanished documents are in it, too: `documents` names those that count.
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

_FROM = "FROM indicators i INDEXED BY indicators_by_quantity"
# The index is read in its order, not by each place, of which the + says nothing.
_WANTED = (
    "FROM wanted w CROSS JOIN indicators i INDEXED BY indicators_by_quantity"
    " ON i.quantity = w.quantity AND +i.place IN (SELECT place FROM within)"
)
_GONE = "(status <> 'present' OR reprint_of IS NOT NULL)"


class Light:
    """The figures of a store, in `order` of its documents. Methods raise StoreError."""

    def __init__(self, path: str, db: sqlite3.Connection, order: str) -> None:
        self._path = path
        self._db = db
        self._order = order
        self._document = lru_cache(maxsize=4096)(self._read_document)
        self.indicator = lru_cache(maxsize=64)(self._read_indicator)

    def documents(self) -> Iterator[tuple[int, str, str | None]]:
        """Number, file and date of publication of the documents that count, in their order."""
        return self._rows(
            f"SELECT number, file, published FROM documents WHERE NOT {_GONE} ORDER BY {self._order}"
        )

    def quantities(self) -> Iterator[tuple[int, Quantity]]:
        """What figures measure, by number."""
        for number, fields in self._rows("SELECT number, fields FROM quantities ORDER BY number"):
            with sound(self._path):
                yield number, Quantity(*json.loads(fields))

    def areas(self) -> Iterator[tuple[int, str | None, str | None, str | None, str | None]]:
        """Number, province, area, code and level of places."""
        for number, fields in self._rows("SELECT number, fields FROM areas ORDER BY number"):
            with sound(self._path):
                province, area, code, level = json.loads(fields)
            yield number, province, area, code, level

    def count_of_places(self) -> Iterator[tuple[int, int]]:
        """How many figures there are of each place, reprints included."""
        return self._rows(f"SELECT place, count(*) {_FROM} GROUP BY 1")

    def count_of_quantities(self, places: Iterable[int]) -> Iterator[tuple[int, int]]:
        """How many figures of some places there are of each quantity, reprints included."""
        self._want((), places)
        return self._rows(
            f"SELECT quantity, count(*) {_FROM} WHERE +place IN (SELECT place FROM within) GROUP BY 1"
        )

    def counts(self) -> Iterator[tuple[int, int, int]]:
        """How many figures there are of each quantity and place, reprints included."""
        return self._rows(f"SELECT quantity, place, count(*) {_FROM} GROUP BY 1, 2")

    def counts_of_periods(self) -> Iterator[tuple[int, int, str | None, int]]:
        """How many figures there are of each quantity, place and period, reprints included."""
        return self._rows(f"SELECT quantity, place, period, count(*) {_FROM} GROUP BY 1, 2, 3")

    def positions(self) -> Iterator[tuple[int, int, int, str | None]]:
        """Document, position, quantity and period of all figures."""
        return self._rows(f"SELECT document, position, quantity, period {_FROM}")

    def document(self, number: int) -> list[tuple[int, Indicator]]:
        """The figures of a document with their positions."""
        return list(self._indicators("document = ?", (number,)))

    def gone(self) -> Iterator[tuple[int, int, int]]:
        """How many of each quantity and place stand in documents that do not count."""
        return self._rows(
            "SELECT quantity, place, count(*) FROM indicators WHERE document IN"
            f" (SELECT number FROM documents WHERE {_GONE}) GROUP BY 1, 2"
        )

    def repeated(self) -> Iterator[tuple[int, int, int, int, int]]:
        """Figures of which there are several, with the same words about them, one after the other:
        what is the same, document, position, quantity, place."""
        return self._rows(
            f"SELECT same, document, position, quantity, place {_FROM} WHERE same IN"
            f" (SELECT same {_FROM} GROUP BY 1 HAVING count(*) > 1) ORDER BY 1"
        )

    def places_of_documents(self) -> Iterator[tuple[int, int]]:
        """Documents with the places of which they have figures."""
        return self._rows(f"SELECT DISTINCT document, place {_FROM}")

    def rows(self, groups: Iterable[tuple[int, int]], places: Iterable[int]) -> Iterator[Row]:
        """The figures of some places and of groups of quantities (group, quantity), one group after the
        other: group, quantity, place, status, period, confidence, figure, value, value_max, bound, trend,
        start, sentence_start, document, position."""
        self._want(groups, places)
        return self._rows(
            "SELECT w.part, i.quantity, i.place, i.status, i.period, i.confidence, i.figure, i.value,"
            " i.value_max, i.bound, i.trend, i.start, i.sentence_start, i.document, i.position"
            f" {_WANTED} ORDER BY w.rowid"
        )

    def periods(
        self, groups: Iterable[tuple[int, int]], places: Iterable[int]
    ) -> Iterator[tuple[int, int, str, str | None]]:
        """For groups of quantities the places, with status and period, that report any, reprints
        included."""
        self._want(groups, places)
        return self._rows(f"SELECT DISTINCT w.part, i.place, i.status, i.period {_WANTED}")

    def _want(self, groups: Iterable[tuple[int, int]], places: Iterable[int]) -> None:
        for table, columns in (
            ("wanted", "part INTEGER, quantity INTEGER"),
            ("within", "place INTEGER PRIMARY KEY"),
        ):
            self._execute(f"CREATE TEMP TABLE IF NOT EXISTS {table} ({columns})")
            self._execute(f"DELETE FROM {table}")
        with refusing(self._path):
            self._db.executemany("INSERT INTO wanted VALUES (?, ?)", groups)
            self._db.executemany("INSERT INTO within VALUES (?)", ((each,) for each in places))

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
