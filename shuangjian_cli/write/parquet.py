"""Parquet, through pyarrow (`shuangjian[parquet]`).

The Arrow type of a column follows from its kind: text and code are `string`, integer `int64`,
flag `bool_`, list `list<string>`, mapping `map<string, string>`, and decimal is
`decimal128(38, 10)`: 28 digits before the point and 10 after it, exact. A number that does not
fit is an error that names its record; nothing is rounded. `…_float` behind all columns is the
nearest `float64`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import IO, Any

from shuangjian_cli.language.messages import _
from shuangjian_cli.process import import_arrow
from shuangjian_cli.write import arrays
from shuangjian_cli.write.table import SCHEMA_VERSION, Column, Kind, Row, Table

PRECISION, SCALE = 38, 10
FLOAT = "_float"
"""What the name of a float column has behind that of its exact one."""
_ROWS, _BYTES = 8192, 3 << 19
"""The most of a row group: small enough for a small memory, large enough to compress well."""
_BATCH = 256
"""Rows that are plain objects at a time, which take several times the memory of Arrow's."""


def arrow_type(kind: Kind) -> Any:
    """The Arrow type of a column's kind, a `pyarrow.DataType`."""
    import pyarrow as pa

    types = {
        "text": pa.string(),
        "code": pa.string(),
        "integer": pa.int64(),
        "decimal": pa.decimal128(PRECISION, SCALE),
        "real": pa.float64(),
        "flag": pa.bool_(),
        "date": pa.date32(),
        "list": pa.list_(pa.string()),
        "mapping": pa.map_(pa.string(), pa.string()),
        "bytes": pa.binary(),
    }
    return types[kind]


def schema(table: Table) -> Any:
    """The Arrow schema of a table, a `pyarrow.Schema`: behind all columns the floats nearest to the
    exact numbers, for programs that have no decimals."""
    import pyarrow as pa

    fields = [pa.field(column.name, arrow_type(column.kind)) for column in table.columns]
    fields += [pa.field(column.name + FLOAT, pa.float64()) for column in _exact(table.columns)]
    return pa.schema(fields, metadata={"shuangjian_schema": SCHEMA_VERSION})


def _exact(columns: Iterable[Column]) -> Iterator[Column]:
    return (column for column in columns if column.kind == "decimal")


def write_parquet(table: Table, out: IO[bytes]) -> None:
    """A file of row groups, compressed with Zstandard. Raises OverflowError."""
    import_arrow()
    import pyarrow as pa
    import pyarrow.parquet as pq

    arrow = schema(table)
    with pq.ParquetWriter(out, arrow, compression="zstd") as writer:
        group: list[Any] = []
        for batch in _batches(table, arrow):
            group.append(batch)
            rows, size = sum(each.num_rows for each in group), sum(each.nbytes for each in group)
            if rows >= _ROWS or size >= _BYTES:
                writer.write_table(pa.Table.from_batches(group))
                group.clear()
        if group:
            writer.write_table(pa.Table.from_batches(group))


def _batches(table: Table, arrow: Any) -> Iterator[Any]:
    """The rows as Arrow record batches."""
    rows = iter(table.rows)
    while some := list(islice(rows, _BATCH)):
        yield record_batch(table.columns, some, arrow)


def record_batch(columns: Sequence[Column], rows: Sequence[Row], arrow: Any) -> Any:
    """Rows as one Arrow record batch of the schema of these columns. Raises OverflowError."""
    import pyarrow as pa

    made = [_array(column, rows) for column in columns]
    for column in _exact(columns):
        values = (row.get(column.name) for row in rows)
        made.append(arrays.reals([None if value is None else float(value) for value in values]))
    return pa.RecordBatch.from_arrays(made, schema=arrow)


def _array(column: Column, rows: Sequence[Row]) -> Any:
    import pyarrow as pa

    values = [row.get(column.name) for row in rows]
    match column.kind:
        case "text" | "code":
            return arrays.strings(values)
        case "integer":
            return arrays.integers(values)
        case "decimal":
            for value, row in zip(values, rows, strict=True):
                check(value, column, row)
            return arrays.decimals(values, arrow_type("decimal"))
        case "real":
            return arrays.reals(values)
        case "flag":
            return arrays.flags(values)
        case "list":
            return arrays.lists(values)
        case "mapping":
            return arrays.mappings(values)
        case kind:
            return pa.array(values, arrow_type(kind))


def check(value: Decimal | None, column: Column, row: Row) -> None:
    """Raises OverflowError for a number that does not fit."""
    if value is None:
        return
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)  # values are finite
    if value.adjusted() >= PRECISION - SCALE or exponent < -SCALE:
        # Zeros at the end of a fraction are idle: only digits that count can be too many.
        if value.adjusted() < PRECISION - SCALE and value == round(value, SCALE):
            return
        raise OverflowError(
            _(
                "{file}:{line}: the {name} {value} does not fit decimal128({precision},"
                " {scale}); write CSV or JSON instead",
                file=row.get("file"),
                line=row.get("line"),
                name=column.name,
                value=value,
                precision=PRECISION,
                scale=SCALE,
            )
        )
