"""Rows of cells → the rows of one table or of several."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from shuangjian_cli.structure.tables.content import BLANK, MISSING, NUMBER, TEXT, YEAR
from shuangjian_cli.structure.tables.regions import Piece

Row = list[Piece]

_SHARE = 0.3
"""The least share of a row's cells that are numbers where it is of the body."""
_BETWEEN = 9
"""Fewer rows than these, heads among them, may stand between two tables."""


def is_body(row: Sequence[Piece]) -> bool:
    """Whether a row tells numbers, and not only in its first cell."""
    filled = [p for p in row if p.kind not in (BLANK, MISSING)]
    numbers = sum(p.kind == NUMBER for p in filled)
    if not numbers or (len(filled) > 1 and numbers == 1 and filled[0].kind == NUMBER):
        return False
    years = sum(p.kind == YEAR for p in filled[1:])
    return numbers + years >= _SHARE * len(filled)


def is_head(row: Sequence[Piece]) -> bool:
    """Whether a row may name columns: two words or years or more, and no number."""
    filled = [p for p in row if p.kind != BLANK]
    return len(filled) > 1 and all(p.kind in (TEXT, YEAR) for p in filled)


def blocks(rows: Sequence[Row], words: Callable[[Row], str]) -> Iterator[tuple[list[int], range]]:
    """Cuts rows where one table ends and the next begins: at a row of heads after the body.

    `words` are those of a row; heads that return, as on each page, are no new table. Gives the
    numbers of the rows above each body, and of those from its first row of numbers to its last.
    """
    above: list[int] = []
    body: range | None = None
    waiting: list[int] = []
    known: set[str] = set()
    for i, row in enumerate(rows):
        if is_body(row) and not (body is None and _is_index(words(row))):
            heads = [r for r in waiting if is_head(rows[r])]
            anew = any(words(rows[r]) not in known for r in heads)
            if body is not None and anew and len(waiting) < _BETWEEN:
                yield above, body
                above, body = waiting, None
                known = {words(rows[r]) for r in above}
            waiting = []
            body = range(i if body is None else body.start, i + 1)
        elif body is None:
            above.append(i)
            known.add(words(row))
        else:
            waiting.append(i)
    if body is not None:
        yield above, body


def _is_index(words: str) -> bool:
    """Whether a row only numbers the columns: 甲|乙|1|2|3|4."""
    numbers = [word for word in words.split("|") if word.isdecimal()]
    return len(numbers) > 2 and numbers == [str(i + 1) for i in range(len(numbers))]
