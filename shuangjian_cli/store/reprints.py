"""Reprints: documents of the same body under different mastheads, found in any order.

A body is the set of its clauses, what stands between punctuation in the folded text. Of the
hashes of these the smallest 128 are kept, from which the resemblance (Jaccard) of two bodies is
estimated (Broder 1997). Two documents are the same when their bodies resemble each other by at
least 0.8 *and* nine in ten of their figures (value, unit and province) are the same, so that one
form filled in by two counties stays two documents. Of these the canonical one is the earliest
published, then that of the smallest id; a document that is like it is its reprint. The result
depends on the set of documents alone.

Bulletins that fill in one form have most of their clauses in common, so that a search for what is
alike, such as by MinHash bands, compares each with each. Documents are looked up by what is rare
in them instead: sets that share nine in ten elements share at least one of the rarest two in ten
of each (prefix filtering, Chaudhuri et al. 2006). No pair is missed, and an element that no other
document has costs nothing.
"""

from __future__ import annotations

import re
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from math import ceil
from struct import unpack
from typing import Literal, NamedTuple

from ..model import Document, Indicator

_RESEMBLANCE = 8  # in ten
_SAME_FIGURES = 9  # in ten
_SIZE = 128

_BODY = frozenset({"prose", "title", "table"})
_CLAUSE = re.compile(r"[\w%]{4,}")  # shorter clauses say nothing
_LAST_STOP = re.compile(r".*[^\w%]", re.DOTALL)
_PIECE = 1 << 16
"""How many characters of a body are looked at together."""
_PARTS = 256
"""In so many parts the figures of a document with very many are sorted."""


class Sketch(NamedTuple):
    """What a document is compared by: 32-bit hashes of its clauses and of its figures.

    Both are distinct and ascending; of the clauses they are the 128 smallest. Of equal figures
    each has a hash of its own.
    """

    clauses: bytes
    figures: bytes


def sketch(document: Document, figures: Iterable[str]) -> Sketch | None:
    """The sketch of a document with the `figure_key` of each of its figures; None for a document
    without a clause."""
    clauses: Sequence[int] = ()
    for words in _body_of(document):
        clauses = sorted({*clauses, *_hashes(set(_CLAUSE.findall(words)))})[:_SIZE]
    if not clauses:
        return None
    seen: Counter[str] = Counter()
    numbered = []
    for figure in figures:
        seen[figure] += 1
        numbered.append(_nth(figure, seen[figure]))
    return Sketch(*(array("I", each).tobytes() for each in (clauses, sorted({*_hashes(numbered)}))))


def _body_of(document: Document) -> Iterator[str]:
    """The body of a document in pieces of whole clauses, without blanks, since copies break their lines
    where they like."""
    text = document.folded.text
    kept: list[str] = []
    size = 0
    for sentence in document.sentences:
        if sentence.kind in _BODY:
            kept.append(text[sentence.start : sentence.end])
            size += sentence.end - sentence.start
            if size > _PIECE:
                words = _unbroken(kept)
                last = _LAST_STOP.match(words)
                end = 0 if last is None else last.end()
                yield words[:end]
                kept, size = [words[end:]], 0
    yield _unbroken(kept)


def _unbroken(words: Iterable[str]) -> str:
    # Between the cells of a large sheet there are tabs, of other tables bars.
    return "".join("".join(words).replace("\t", "|").split())


def counted_figures(counted: Iterable[tuple[str, str, str, str, int]]) -> bytes:
    """The figures of a sketch by what `figure_key` tells of each, and how many there are of it."""
    parts = [array("I") for _ in range(_PARTS)]
    for *key, count in counted:
        figure = "\0".join(key)
        for each in _hashes(_nth(figure, number) for number in range(1, count + 1)):
            parts[each * _PARTS >> 32].append(each)
    # As numbers in a list they take ten times as much.
    return b"".join(array("I", sorted({*part})).tobytes() for part in parts)


def figure_key(indicator: Indicator) -> str:
    """What of a figure counts when documents are compared."""
    top = "" if indicator.value_max is None else format(indicator.value_max, "f")
    value = format(indicator.value, "f")
    return "\0".join((value, top, indicator.unit or "", indicator.province or ""))


def _nth(figure: str, number: int) -> str:
    """What tells the so-manieth of equal figures."""
    return f"{figure}\0{number}"


def _hashes(words: Iterable[str]) -> tuple[int, ...]:
    digests = [blake2b(each.encode(), digest_size=4).digest() for each in words]
    return unpack(f"<{len(digests)}I", b"".join(digests))


class _Body(NamedTuple):
    """A sketch unpacked."""

    clauses: Sequence[int]
    figures: Sequence[int]


def _same(one: _Body, other: _Body) -> bool:
    most = max(len(one.figures), len(other.figures))
    if 10 * len({*one.figures} & {*other.figures}) < _SAME_FIGURES * most:
        return False
    a, b = {*one.clauses}, {*other.clauses}
    smallest = sorted(a | b)[:_SIZE]
    return 10 * len(a & b & {*smallest}) >= _RESEMBLANCE * len(smallest)


class Counts:
    """In how many documents each element is, or more: some elements share a counter.

    So memory does not grow with the elements.
    """

    _FEWEST, _MOST = 16, 23  # bits of their number; 2 ** 23 counters take 16 MB
    _FULL = (1 << 16) - 1

    def __init__(self, documents: int) -> None:
        size = 1 << min(max(self._FEWEST, (64 * documents).bit_length()), self._MOST)
        self._mask = size - 1
        self._counts = array("H", bytes(2 * size))

    def add(self, elements: Iterable[int]) -> None:
        counts, mask, full = self._counts, self._mask, self._FULL
        for each in elements:
            counts[each & mask] += counts[each & mask] < full

    def of(self, element: int) -> int:
        return self._counts[element & self._mask]


class _Way(NamedTuple):
    """A way to look documents up: by runs of neighbours among the rarest elements of a set.

    Of two sets that are the same, `share` in ten elements of the larger at least are in both. So
    of a set of n, odd = n(10-share)/10 at most are not in the other, and 2 odd at most are in one
    of them alone. These part the common elements, in the order of rarity, into 2 odd + 1 stretches
    at most. So the first (2 odd + 1)(run - 1) + h common elements, which are among the first
    (2 odd + 1)(run - 1) + h + odd of the set, hold at least h runs that both sets have.
    """

    field: Literal["clauses", "figures"]
    share: int
    run: int
    shared: int
    """h, where the sets are large enough."""

    def rarest(self, elements: Sequence[int], counts: Counts) -> list[int]:
        """The first of a set in the order of rarity: where two sets are the same, `shared` of these
        are in both. Any counts will do; those of true rarity make the fewest sets meet."""
        return [each & 0xFFFFFFFF for each in self._ordered(elements, counts)]

    def keys(self, elements: Sequence[int], counts: Counts) -> list[int]:
        """The runs of a set, but for those that no other set has."""
        rarest = self._ordered(elements, counts)
        # A set with fewer elements than a run is one run: all of them must be the same.
        return [
            hash((self.share, self.run, *rarest[at : at + self.run]))
            for at in range(max(1, len(rarest) - self.run + 1))
            if rarest[at] >> 32 > 1
        ]

    def _ordered(self, elements: Sequence[int], counts: Counts) -> list[int]:
        """The first of a set in the order of rarity, as numbers of the count and the element: a sheet may
        have a million."""
        ordered = sorted([counts.of(each) << 32 | each for each in elements])
        return ordered[: self._first(len(ordered))]

    def needed(self, size: int, other: int) -> int:
        """How many keys two sets of these sizes have in common at least, if they are the same."""
        if self.run > 1:
            return 1
        common = ceil(self.share * max(size, other) / 10)
        if self.field == "clauses":  # common / (size + other - common) is the resemblance
            whole = (size + other) * self.share / (10 + self.share)
            common = max(common, ceil(min(whole, _SIZE * self.share / 10)))
        return max(1, common - max(each - self._first(each) for each in (size, other)))

    def _first(self, size: int) -> int:
        odd = size * (10 - self.share) // 10
        parted = (2 * size * (10 - self.share) // 10 + 1) * (self.run - 1)
        return min(size, parted + self.shared + odd)


# The first tells apart documents of which each has some figures of its own, the second those
# whose figures all come from the same few, the third those with the same figures or none.
_WAYS = (
    _Way("figures", _SAME_FIGURES, run=1, shared=1),
    _Way("figures", _SAME_FIGURES, run=3, shared=1),
    _Way("clauses", _RESEMBLANCE, run=1, shared=4),
)

# For comparing in a join: two documents that are the same have one of each in common.
_FIGURE = _Way("figures", _SAME_FIGURES, run=1, shared=1)
_CLAUSE_KEY = _Way("clauses", _RESEMBLANCE, run=1, shared=1)


def meeting(sketch: Sketch, counts: Counts) -> tuple[list[int], list[int]]:
    """Of the figures and of the clauses of a document those by which it is looked up: two documents
    that are the same have one of the former in common, and one of the latter."""
    body = _body(sketch)
    return _FIGURE.rarest(body.figures, counts), _CLAUSE_KEY.rarest(body.clauses, counts)


def same(one: Sketch, other: Sketch) -> bool:
    """Whether two documents are the same: the later is a reprint of the earlier."""
    return _same(_body(one), _body(other))


def _body(sketch: Sketch) -> _Body:
    clauses, figures = (array("I", each) for each in sketch)
    # Documents without a figure have that in common.
    return _Body(clauses, figures or (0,))


_TABLES = {
    "ranked": "(rank INTEGER PRIMARY KEY, document INTEGER)",  # in canonical order, from 1
    "canonical": (
        "(key INTEGER, rank INTEGER, size INTEGER, PRIMARY KEY (key, rank)) WITHOUT ROWID"
    ),
    "reprints": "(document INTEGER PRIMARY KEY, original INTEGER)",
}


def mark(db: sqlite3.Connection) -> None:
    """Marks the reprints among the documents that are present.

    Runs inside the caller's transaction. What grows with the number of documents is on disk.
    """
    for name, columns in _TABLES.items():
        db.execute(f"DROP TABLE IF EXISTS temp.{name}")
        db.execute(f"CREATE TEMP TABLE {name} {columns}")
    # A document has no like where no other has nearly as many figures.
    db.execute(
        "INSERT INTO temp.ranked (document) SELECT number FROM"
        " (SELECT number, published, id, size, lag(size) OVER sizes AS below,"
        " lead(size) OVER sizes AS above FROM"
        " (SELECT number, published, id, max(1, length(figures) / 4) AS size FROM documents"
        " JOIN sketches ON document = number WHERE status = 'present')"
        " WINDOW sizes AS (ORDER BY size))"
        f" WHERE {_SAME_FIGURES} * size <= 10 * below OR {_SAME_FIGURES} * above <= 10 * size"
        " ORDER BY published IS NULL, published, id"
    )
    (last,) = db.execute("SELECT count(*) FROM temp.ranked").fetchone()
    _Search(db, last).run()
    db.execute("UPDATE documents SET reprint_of = NULL WHERE reprint_of IS NOT NULL")
    db.execute(
        "UPDATE documents SET reprint_of = (SELECT id FROM temp.reprints"
        " JOIN documents AS other ON other.number = original WHERE document = documents.number)"
        " WHERE number IN (SELECT document FROM temp.reprints)"
    )
    for name in _TABLES:
        db.execute(f"DROP TABLE temp.{name}")


class _Search:
    """Compares each ranked document with the canonical ones before it that may be the same."""

    def __init__(self, db: sqlite3.Connection, last: int) -> None:
        self._db = db
        self._ranks = range(1, last + 1)
        self._elements = Counts(last)
        self._keys = Counts(last)

    def run(self) -> None:
        for rank in self._ranks:
            for elements in self._body(rank):
                self._elements.add(elements)
        for rank in self._ranks:
            for keys in self._ways(self._body(rank)).values():
                self._keys.add(keys)
        for rank in self._ranks:
            body = self._body(rank)
            ways = {
                way: [key for key in keys if self._keys.of(key) > 1]
                for way, keys in self._ways(body).items()
            }
            if not ways or not all(ways.values()):
                continue  # it has no like, before it or after
            for earlier in self._sharing(body, ways):
                if _same(self._body(earlier), body):
                    self._db.execute(
                        "INSERT INTO temp.reprints SELECT mine.document, its.document"
                        " FROM temp.ranked AS mine, temp.ranked AS its"
                        " WHERE mine.rank = ? AND its.rank = ?",
                        (rank, earlier),
                    )
                    break
            else:
                self._db.executemany(
                    "INSERT OR IGNORE INTO temp.canonical VALUES (?, ?, ?)",
                    (
                        (key, rank, len(getattr(body, way.field)))
                        for way, keys in ways.items()
                        for key in keys
                    ),
                )

    def _body(self, rank: int) -> _Body:
        read = (
            "SELECT clauses, figures FROM temp.ranked JOIN sketches USING (document) WHERE rank = ?"
        )
        return _body(Sketch(*self._db.execute(read, (rank,)).fetchone()))

    def _ways(self, body: _Body) -> dict[_Way, list[int]]:
        """The keys of a document in each way; in no way, where one tells that it has no like."""
        ways = {}
        for way in _WAYS:
            keys = way.keys(getattr(body, way.field), self._elements)
            if not keys:
                return {}
            ways[way] = keys
        return ways

    def _sharing(self, body: _Body, ways: dict[_Way, list[int]]) -> list[int]:
        """The canonical documents so far that share enough keys in the way that finds fewest."""
        sizes = {way: len(getattr(body, way.field)) for way in ways}
        way = min(
            ways,
            key=lambda way: sum(map(self._keys.of, ways[way])) / way.needed(sizes[way], sizes[way]),
        )
        read = "SELECT rank, size FROM temp.canonical WHERE key = ?"
        shared: Counter[tuple[int, int]] = Counter()
        for key in ways[way]:
            shared.update(self._db.execute(read, (key,)))
        needed = {size: way.needed(sizes[way], size) for _, size in shared}
        return sorted(rank for (rank, size), count in shared.items() if count >= needed[size])
