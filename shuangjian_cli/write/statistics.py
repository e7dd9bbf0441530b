"""Stata (.dta) and SPSS (.sav): what both need of a table.

Codes with a settled list of words and flags are numbers with value labels, columns have labels,
both in the language of the destination. How wide a text is and which words a column has is told by all rows:
they are set aside on disk, as plain values, and read again.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any

from shuangjian_cli.model import (
    AREA_LEVELS,
    CONFIDENCES,
    MEASURES,
    ROLES,
    STAGES,
    STATUSES,
    TRENDS,
)
from shuangjian_cli.write.spss import write_sav
from shuangjian_cli.write.stata import write_dta
from shuangjian_cli.write.table import Column, Row, Table
from shuangjian_cli.write.values import encodable, flat
from shuangjian_cli.write.variables import Cells, Variable

if TYPE_CHECKING:
    from shuangjian_cli.language import Labels

CODES: Mapping[str, Sequence[str]] = {
    "area_level": AREA_LEVELS,
    "stage": STAGES,
    "measure": MEASURES,
    "role": ROLES,
    "trend": TRENDS,
    "status": STATUSES,
    "confidence": CONFIDENCES,
}
"""The words of the columns that are numbers with labels: the n-th word is n, from 1."""
MOST_BYTES = {"dta": 2045, "sav": 32767}
"""The longest text of each format."""

_BATCH = 256
"""So many rows are set aside at a time."""


class _Field:
    """A column as its rows come: plain values for the disk, and what they need in all."""

    def __init__(self, column: Column, most: int) -> None:
        self.column = column
        self._most = most
        self._width = 0
        self._words: Mapping[Any, int] = {}
        if column.kind == "flag":
            self._words = {False: 0, True: 1}
        elif column.name in CODES:
            self._words = {word: n for n, word in enumerate(CODES[column.name], 1)}
        self._is_number = column.kind in ("integer", "decimal")

    def take(self, value: Any) -> Any:
        """A value as it is set aside."""
        if self._is_number:
            return None if value is None else float(value)
        if self._words and (value is None or value in self._words):
            return value
        text = _text(value, self._most)
        self._width = max(self._width, len(text))
        return text

    def give(self, value: Any) -> Any:
        """A value that was set aside, once all have been: a number, None or bytes."""
        if self._is_number or type(value) is bytes:
            return value
        return self._words.get(value) if self._is_settled else _text(value, self._most)

    @property
    def _is_settled(self) -> bool:
        """Whether it holds flags, or no words but those of a settled list."""
        return bool(self._words) and not self._width

    def variable(self, words: Labels) -> Variable:
        """What it is, once all values have been set aside."""
        name, kind = self.column.name, self.column.kind
        label = words.field(name)
        if self._is_number:
            return Variable(name, label, 0, kind == "integer", {})
        if self._is_settled:
            labels = {number: words.pair(name, value)[1] for value, number in self._words.items()}
            return Variable(name, label, 0, True, labels)
        known = (len(_text(word, self._most)) for word in self._words)
        return Variable(name, label, max(1, self._width, *known), False, {})


def write_statistics(format: str, table: Table, words: Labels, out: IO[bytes]) -> None:
    """A file of the format, which can be sought in. The same rows make the same bytes."""
    fields = [_Field(column, MOST_BYTES[format]) for column in table.columns]
    with TemporaryFile() as aside:
        count = _set_aside(fields, table.rows, aside)
        aside.seek(0)
        variables = [field.variable(words) for field in fields]
        rows = _read_again(fields, aside)
        write = write_dta if format == "dta" else write_sav
        write(variables, count, rows, out)


def _set_aside(fields: Sequence[_Field], rows: Iterable[Row], file: IO[bytes]) -> int:
    """Gives how many rows there were."""
    rows, count = iter(rows), 0
    while some := list(islice(rows, _BATCH)):
        count += len(some)
        values = [[field.take(row.get(field.column.name)) for field in fields] for row in some]
        marshal.dump(values, file)
    marshal.dump([], file)
    return count


def _read_again(fields: Sequence[_Field], file: IO[bytes]) -> Iterator[Cells]:
    while some := marshal.load(file):  # our own nameless file, that nobody else can write
        for values in some:
            yield [field.give(value) for field, value in zip(fields, values, strict=True)]


def _text(value: Any, most: int) -> bytes:
    """A text of at most so many bytes, cut with … where it is longer."""
    data = b"" if value is None else encodable(flat(value)).replace("\0", "").encode()
    if len(data) <= most:
        return data
    end = "…".encode()
    return data[: most - len(end)].decode(errors="ignore").encode() + end
