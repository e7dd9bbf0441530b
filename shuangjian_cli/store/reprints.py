"""Reprints: documents of the same body under different mastheads, found in any order.

A body is the set of its clauses, what stands between punctuation in the folded text. Of the
hashes of these the smallest 128 are the document's sketch, from which the resemblance
(Jaccard) of two bodies is estimated (Broder 1997). Documents that agree in one of eight bands,
each made of four minima of the sketch, are compared; at a resemblance of 0.9 they meet there
with a probability above 0.999, at 0.8 with 0.98.

Two documents are the same when their bodies resemble each other by at least 0.8 *and* nine in
ten of their figures (value, unit and province) are the same, so that one form filled in by two
counties stays two documents. Of these the canonical one is the earliest published, then that of
the smallest id; a document that is like it is its reprint. The result depends on the set of
documents alone.
"""

from __future__ import annotations

import re
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter
from struct import unpack
from typing import NamedTuple

from ..model import Document

RESEMBLANCE = 0.8
SAME_FIGURES = 0.9
_SIZE = 128
_BANDS = 8
_ROWS = 4

_BODY = frozenset({"prose", "title", "table"})
_CLAUSE = re.compile(r"[\w%]{4,}")  # shorter clauses say nothing
# Fixed numbers that reorder hashes by exclusive or: as many orders as the bands have rows.
_ORDERS = unpack(
    f"<{_BANDS * _ROWS}I",
    b"".join(blake2b(bytes([order]), digest_size=4).digest() for order in range(_BANDS * _ROWS)),
)


def sketch(document: Document) -> tuple[bytes, bytes] | None:
    """The bands and the sketch of a document; None for one without a clause."""
    text = document.folded.text
    body = "".join(text[each.start : each.end] for each in document.sentences if each.kind in _BODY)
    # Without blanks, since copies break their lines where they like.
    clauses = set(_CLAUSE.findall("".join(body.split())))
    digests = b"".join([blake2b(each.encode(), digest_size=4).digest() for each in clauses])
    hashes = sorted(set(unpack(f"<{len(clauses)}I", digests)))[:_SIZE]
    if not hashes:
        return None
    minima = [min(map(order.__xor__, hashes)) ^ order for order in _ORDERS]
    bands = b"".join(
        blake2b(
            array("I", [band, *minima[band * _ROWS : (band + 1) * _ROWS]]).tobytes(), digest_size=8
        ).digest()
        for band in range(_BANDS)
    )
    return bands, array("I", hashes).tobytes()


def resemblance(one: bytes, other: bytes) -> float:
    """The estimated share of clauses that two documents have in common, by their sketches."""
    a, b = set(array("I", one)), set(array("I", other))
    smallest = sorted(a | b)[:_SIZE]
    return len(a & b & set(smallest)) / len(smallest)


class _Key(NamedTuple):
    rank: int  # in canonical order
    number: int


def mark(db: sqlite3.Connection) -> None:
    """Marks the reprints among the documents that are present.

    Runs inside the caller's transaction. Memory grows with the number of reprints only.
    """
    originals: dict[_Key, set[_Key]] = {}
    for bucket in _buckets(db):
        representatives: list[_Key] = []
        for document in bucket:
            known = originals.get(document, set())
            for earlier in representatives:
                if earlier in known or _same(db, earlier.number, document.number):
                    originals.setdefault(document, set()).add(earlier)
                    break
            else:
                representatives.append(document)
    reprint_of: dict[_Key, _Key] = {}
    for document in sorted(originals):
        # A reprint's reprint counts for itself unless it is like the canonical one too.
        canonical = [each for each in originals[document] if each not in reprint_of]
        if canonical:
            reprint_of[document] = min(canonical)
    db.execute("UPDATE documents SET reprint_of = NULL WHERE reprint_of IS NOT NULL")
    db.executemany(
        "UPDATE documents SET reprint_of = (SELECT id FROM documents WHERE number = ?)"
        " WHERE number = ?",
        ((first.number, document.number) for document, first in reprint_of.items()),
    )


def _buckets(db: sqlite3.Connection) -> Iterator[list[_Key]]:
    """Documents that share a band, in canonical order."""
    db.execute("DROP TABLE IF EXISTS temp.bands")
    db.execute("CREATE TEMP TABLE bands (band BLOB, rank INTEGER, document INTEGER)")
    db.executemany(
        "INSERT INTO temp.bands VALUES (?, ?, ?)",
        (
            (bands[at : at + 8], rank, number)
            for rank, number, bands in db.execute(
                "SELECT row_number() OVER (ORDER BY published IS NULL, published, id), number,"
                " bands FROM documents JOIN sketches ON document = number"
                " WHERE status = 'present'"
            )
            for at in range(0, len(bands), 8)
        ),
    )
    rows = db.execute(
        "SELECT band, rank, document FROM temp.bands"
        " WHERE band IN (SELECT band FROM temp.bands GROUP BY band HAVING count(*) > 1)"
        " ORDER BY band, rank"
    )
    for _, bucket in groupby(rows, key=itemgetter(0)):
        yield [_Key(rank, number) for _, rank, number in bucket]
    db.execute("DROP TABLE temp.bands")


def _same(db: sqlite3.Connection, one: int, other: int) -> bool:
    read = "SELECT hashes FROM sketches WHERE document = ?"
    sketches = (db.execute(read, (number,)).fetchone()[0] for number in (one, other))
    if resemblance(*sketches) < RESEMBLANCE:
        return False
    a, b = _figures(db, one), _figures(db, other)
    return (a & b).total() >= SAME_FIGURES * max(a.total(), b.total())


def _figures(db: sqlite3.Connection, document: int) -> Counter[tuple[str | None, ...]]:
    return Counter(
        db.execute(
            "SELECT value, value_max, unit, province FROM indicators WHERE document = ?",
            (document,),
        )
    )
