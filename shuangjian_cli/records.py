"""Indicators for Python: a list that shows itself shortly and turns into tables of any library.

Each row is flat: numbers are numbers, lists are joined by `；` as in CSV, a period has its first
and last day beside it, and the rules are left out. `nested=True` keeps lists and rules, and
`exact=True` keeps values as decimals, of which a float holds fifteen digits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Any, SupportsIndex, overload

from shuangjian_cli.model import Indicator
from shuangjian_cli.write.table import INDICATORS, Column, Table
from shuangjian_cli.write.values import JOINT

if TYPE_CHECKING:
    from datetime import date

    import pandas
    import polars
    import pyarrow

_SHOWN = 5
"""How many records a list shows of itself."""
_BOUNDS = ("period_start", "period_end")


def bounds(period: str | None) -> tuple[date | None, date | None]:
    """The first and the last day of an ISO 8601 year, month, day or interval; None at an open end.

    >>> bounds("2021/2023-06")
    (datetime.date(2021, 1, 1), datetime.date(2023, 6, 30))
    """
    from datetime import date, timedelta

    first, _, last = (period or "..").partition("/")
    last = last or first
    start = None if first == ".." else date.fromisoformat((first + "-01-01")[:10])
    if last == "..":
        return start, None
    if len(last) == 10:
        return start, date.fromisoformat(last)
    year, month = int(last[:4]), int(last[5:] or 12)
    return start, date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


class Records(list[Indicator]):
    """The indicators of one or more texts, in their order."""

    def __repr__(self) -> str:
        shown = [_brief(record) for record in self[:_SHOWN]]
        more = [f"… {len(self) - _SHOWN} more"] if len(self) > _SHOWN else []
        return "\n  ".join([self._count(), *shown, *more])

    def _count(self) -> str:
        return "1 indicator" if len(self) == 1 else f"{len(self)} indicators"

    @overload
    def __getitem__(self, at: SupportsIndex) -> Indicator: ...
    @overload
    def __getitem__(self, at: slice) -> Records: ...
    def __getitem__(self, at: SupportsIndex | slice) -> Indicator | Records:
        found = super().__getitem__(at)
        return Records(found) if isinstance(found, list) else found

    def to_dicts(self, *, nested: bool = False, exact: bool = False) -> list[dict[str, Any]]:
        """One dictionary a record, under the output names, with `period_start` and `period_end`
        (`datetime.date`). Values are `float`, or `Decimal` with `exact`."""
        return [_row(record, nested=nested, exact=exact) for record in self]

    def to_arrow(self, *, nested: bool = False, exact: bool = False) -> pyarrow.Table:
        """A `pyarrow.Table`, typed also where a column or the whole list is empty."""
        import pyarrow as pa

        from shuangjian_cli.write.parquet import record_batch, schema

        columns = tuple(_arrow_columns(nested=nested, exact=exact))
        rows = self.to_dicts(nested=nested, exact=exact)
        arrow = schema(Table("records", columns))
        return pa.Table.from_batches([record_batch(columns, rows, arrow)])

    def to_pandas(self, *, nested: bool = False, exact: bool = False) -> pandas.DataFrame:
        """A `pandas.DataFrame`; dates are `datetime64`, and numbers that may be missing `Int64`
        or float."""
        import pandas as pd

        names = [*_names(nested)]
        frame = pd.DataFrame(self.to_dicts(nested=nested, exact=exact), columns=names)
        for name in _BOUNDS:
            frame[name] = pd.to_datetime(frame[name])
        for column in _columns(nested):
            if column.kind == "integer":
                frame[column.name] = frame[column.name].astype("Int64")
            elif column.kind == "decimal" and not exact:
                frame[column.name] = frame[column.name].astype("float64")
            elif column.kind in ("text", "code"):
                frame[column.name] = frame[column.name].astype("string")
        return frame

    def to_polars(self, *, nested: bool = False, exact: bool = False) -> polars.DataFrame:
        """A `polars.DataFrame`, through Arrow."""
        import polars as pl

        frame = pl.from_arrow(self.to_arrow(nested=nested, exact=exact))
        assert isinstance(frame, pl.DataFrame)
        return frame

    def _repr_html_(self) -> str:
        """The sentences with their figures marked, for a notebook; what a record says of a figure
        is shown over it."""
        from html import escape  # its tables cost a start that shows none

        parts = [f"<p>{self._count()}</p>"]
        for file, of_file in groupby(self, key=lambda record: record.document.file):
            parts.append(f"<h4>{escape(file)}</h4>")
            for _, of_sentence in groupby(of_file, key=lambda record: record.sentence_start):
                parts.append(f"<p>{_marked(list(of_sentence))}</p>")
        return "".join(parts)


def _brief(record: Indicator) -> str:
    place = record.area or record.province or ""
    words = (record.period or "", place, record.subject, record.figure, f"({record.confidence})")
    return " ".join(word for word in words if word)


def _columns(nested: bool) -> Iterator[Column]:
    return (column for column in INDICATORS.columns if nested or column.kind != "mapping")


def _names(nested: bool) -> Iterator[str]:
    for column in _columns(nested):
        yield column.name
        if column.name == "period":
            yield from _BOUNDS


def _arrow_columns(*, nested: bool, exact: bool) -> Iterator[Column]:
    for column in _columns(nested):
        if column.kind == "list" and not nested:
            column = column._replace(kind="text")
        elif column.kind == "decimal" and not exact:
            column = column._replace(kind="real")
        yield column
        if column.name == "period":
            yield from (Column(name, "date") for name in _BOUNDS)


def _row(record: Indicator, *, nested: bool, exact: bool) -> dict[str, Any]:
    said = record.to_dict(rules=nested)
    said.update(zip(_BOUNDS, bounds(record.period), strict=True))
    row = {name: said[name] for name in _names(nested)}
    for name, value in row.items():
        if isinstance(value, list) and not nested:
            row[name] = JOINT.join(value)
        elif isinstance(value, Decimal) and not exact:
            row[name] = float(value)
    return row


def _marked(records: list[Indicator]) -> str:
    """The sentence of some records as HTML, each figure marked."""
    from html import escape

    sentence, at, out = records[0].sentence, 0, []
    for record in records:
        start = record.start - record.sentence_start
        end = start + len(record.figure)
        if start < at or sentence[start:end] != record.figure:
            continue  # a sentence that was broken over lines is shown without their ends
        said = _title(record)
        out.append(escape(sentence[at:start]))
        out.append(f'<mark title="{escape(said)}">{escape(record.figure)}</mark>')
        at = end
    return "".join((*out, escape(sentence[at:])))


def _title(record: Indicator) -> str:
    said: Iterable[str | None] = (
        record.subject,
        record.metric,
        record.area or record.province,
        record.period,
        record.status,
        record.confidence,
    )
    return " · ".join(each for each in said if each)
