"""Stata (.dta) and SPSS (.sav), through pyreadstat (`shuangjian[statistics]`).

Codes with a settled list of words and flags are numbers with value labels, columns have labels,
both in the language of the destination. All rows are held in memory.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from tempfile import TemporaryDirectory
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
from shuangjian_cli.write.table import Column, Table
from shuangjian_cli.write.values import encodable, flat

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

_STAMP = b"<timestamp>\x11"


def write_statistics(format: str, table: Table, words: Labels, out: IO[bytes]) -> None:
    """A file of the format. The same rows make the same bytes."""
    import pandas as pd
    import pyreadstat

    rows = [*table.rows]
    columns: dict[str, Any] = {}
    value_labels: dict[str, dict[int | float, str]] = {}
    for column in table.columns:
        values = [row.get(column.name) for row in rows]
        known = _known(column, values)
        if known:
            numbers = [None if value is None else known[value] for value in values]
            columns[column.name] = pd.Series(numbers, dtype="Int64")
            value_labels[column.name] = {
                number: words.pair(column.name, value)[1] for value, number in known.items()
            }
        elif column.kind in ("integer", "decimal"):
            columns[column.name] = pd.Series(values, dtype="float64")
        else:
            texts = [_text(value, MOST_BYTES[format]) for value in values]
            columns[column.name] = pd.Series(texts, dtype="object")
    write = pyreadstat.write_dta if format == "dta" else pyreadstat.write_sav
    with TemporaryDirectory(prefix="shuangjian-", ignore_cleanup_errors=True) as folder:
        path = os.path.join(folder, f"table.{format}")
        write(
            pd.DataFrame(columns),
            path,
            file_label="shuangjian",
            column_labels={name: words.field(name) for name in table.names()},
            variable_value_labels=value_labels,
        )
        with open(path, "rb") as file:
            out.write(_timeless(format, file.read()))


def _known(column: Column, values: Sequence[Any]) -> Mapping[Any, int]:
    """The numbers of a column's values; none where these are no flags and no settled list of words."""
    if column.kind == "flag":
        return {False: 0, True: 1}
    words = CODES.get(column.name, ())
    settled = words and all(value is None or value in words for value in values)
    return {word: n for n, word in enumerate(words, 1)} if settled else {}


def _text(value: Any, most: int) -> str:
    return "" if value is None else _cut(encodable(flat(value)).replace("\0", ""), most)


def _cut(text: str, most: int) -> str:
    """A text of at most so many bytes, cut with … where it is longer."""
    data = text.encode()
    if len(data) <= most:
        return text
    return data[: most - len("…".encode())].decode(errors="ignore") + "…"


def _timeless(format: str, data: bytes) -> bytes:
    """The file without the time at which it was written."""
    if format == "sav":
        return data[:92] + b"01 Jan 0000:00:00" + data[109:]
    at = data.index(_STAMP) + len(_STAMP)
    return data[:at] + b"01 Jan 2000 00:00" + data[at + 17 :]
