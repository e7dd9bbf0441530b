"""Rows of cells → the rows of one table or of several."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from shuangjian_cli.patterns import regex
from shuangjian_cli.structure.tables.content import BLANK, MISSING, NUMBER, TEXT, YEAR
from shuangjian_cli.structure.tables.regions import Piece
from shuangjian_cli.structure.tables.signs import HAN, STUB

Row = list[Piece]

_YEARS = regex(f"[{TEXT}]+{YEAR}+")
_LATIN = regex(r"[A-Za-z]")
_SHARE = 0.25
"""The least share of a row's cells that are numbers where it is of the body."""
_BETWEEN = 9
"""Fewer rows than these, heads among them, may stand between two tables."""


def kinds_of(row: Sequence[Piece]) -> str:
    """The kinds of a row's cells, a letter for each."""
    return "".join([piece.kind for piece in row])


def is_body(row: Sequence[Piece]) -> bool:
    """Whether a row tells numbers, and not only in its first cell."""
    return tells(kinds_of(row))


@lru_cache(maxsize=256)
def tells(kinds: str) -> bool:
    """Whether a row of cells of these kinds tells numbers, and not only in its first cell."""
    filled = kinds.replace(BLANK, "").replace(MISSING, "")
    numbers = filled.count(NUMBER)
    if not numbers or (len(filled) > 1 and numbers == 1 and filled[0] == NUMBER):
        return False
    return numbers + filled.count(YEAR, 1) >= _SHARE * len(filled)


def is_foreign(words: str) -> bool:
    """Whether words are all of another language."""
    return HAN.search(words) is None and _LATIN.search(words) is not None


@lru_cache(maxsize=256)
def names(kinds: str) -> bool:
    """Whether a row of cells of these kinds may name columns: two words or years or more, and no
    number."""
    filled = kinds.replace(BLANK, "")
    return len(filled) > 1 and not filled.strip(TEXT + YEAR)


def blocks(rows: Sequence[str], words: Callable[[int], str]) -> Iterator[tuple[list[int], range]]:
    """Cuts rows, told by the kinds of their cells, where one table ends and the next begins: at a row
    of heads after the body.

    `words` gives those of a row; heads that return, as on each page, are no new table. Gives the
    numbers of the rows above each body, and of those from its first row of numbers to its last.
    """
    above: list[int] = []
    body: range | None = None
    waiting: list[int] = []
    known: set[str] = set()
    for i, kinds in enumerate(rows):
        if body is None:
            of_body = tells(kinds) and not _is_index(words(i))
        else:
            of_body = tells(kinds) or (_YEARS.fullmatch(kinds) is not None and _counts(words(i)))
        if of_body:
            heads = [r for r in waiting if names(rows[r])]
            anew = any(words(r) not in known and not is_foreign(words(r)) for r in heads)
            if body is not None and anew and len(waiting) < _BETWEEN:
                yield above, body
                above, body = waiting, None
                known = {words(r) for r in above}
            waiting = []
            body = range(i if body is None else body.start, i + 1)
        elif body is None:
            above.append(i)
            known.add(words(i))
        else:
            waiting.append(i)
    if body is not None:
        yield above, body


def _counts(words: str) -> bool:
    """Whether a row of a name and what looks like years tells numbers: 招生数|1920|1954|2033."""
    name, *years = words.split("|")
    return STUB.fullmatch(name) is None and all(year.isdecimal() for year in years)


def _is_index(words: str) -> bool:
    """Whether a row only numbers the columns: 甲|乙|1|2|3|4."""
    numbers = [word for word in words.split("|") if word.isdecimal()]
    return len(numbers) > 2 and numbers == [str(i + 1) for i in range(len(numbers))]
