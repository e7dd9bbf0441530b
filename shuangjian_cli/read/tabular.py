"""Tables with a text in each row: .csv and .tsv, .jsonl and .json, .parquet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any, BinaryIO, NamedTuple

from ..language.messages import N_, _
from ..model import Metadata, ReadError, Source
from .decode import LOST, Decoded, decode, mend, sniff
from .delimited import AROUND, TEXT_COLUMNS, broken, dialect, opened, read_sheet
from .options import METADATA_FIELDS, Options, Unreadable

ID_COLUMNS = ("id", "编号")
_COLUMNS = {
    "id": ID_COLUMNS,
    "title": ("title", "标题"),
    "province": ("province", "省份", "省"),
    "published": ("published", "date", "发布日期", "发布时间", "日期"),
    "issuer": ("issuer", "发布机构", "发文机关"),
    "source_url": ("source_url", "url", "网址", "链接"),
}
_DATE = re.compile(
    r"\s*(\d{4})(?:\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*|(?=\d{4}))(\d{1,2}|\d{4})(?!\d)"
)
_MORE = N_("cells beyond the last heading are left out; quote texts that hold what parts the cells")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MARK = "\udc00"
"""A NUL as `MARKED` marks damaged bytes; JSON forbids NULs."""
_BATCH = 16  # rows of a .parquet at a time; a row may be a whole yearbook
_BUFFER = 1 << 20  # bytes; without it a whole row group is held
_LISTED = 5


class _Row(NamedTuple):
    """The values of a row by column, and what of it they do not hold."""

    values: Mapping[str, Any]
    notes: tuple[str, ...] = ()


def iso_date(value: object) -> str | None:
    """The ISO 8601 day that a value begins with, None without one: 2023年8月4日 → 2023-08-04."""
    found = _DATE.match(str(value)) if value is not None else None
    if found is None:
        return None
    year, month, day = found.groups()
    if month is None:
        month, day = day[:2], day[2:]
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def read(name: str, kind: str, file: BinaryIO, options: Options) -> Iterator[Source | ReadError]:
    """A `Source` for each row with text, named `NAME!ROW` (1 is the first row of data).

    Rows are read as they are needed. Raises `Unreadable` where no column holds the texts.
    """
    rows: Iterator[_Row | Unreadable]
    encoding = "utf-8"
    if kind == "csv" and options.text_column is None:
        sheet = read_sheet(name, file, options)
        if sheet is not None:
            yield sheet
            return
        file.seek(0)
    if kind == "parquet":
        rows = _parquet(file, options)
    else:
        encoding = sniff(file, options.encoding)
        rows = _PARSERS[kind](file, encoding, options)
    blank: list[int] = []
    number = 0
    for number, row in enumerate(rows, 1):
        label = f"{name}!{number}"
        if isinstance(row, Unreadable):
            yield ReadError(label, str(row))
            continue
        source = source_of(label, row.values, options, kind=kind, encoding=encoding)
        if source is None:
            blank.append(number)
        elif isinstance(source, Source):
            yield source._replace(notes=row.notes + source.notes)
        else:
            yield source
    if not number:
        raise Unreadable(_("a table without rows; nothing to read"))
    if blank:
        listed = ", ".join(map(str, blank[:_LISTED])) + (", …" if len(blank) > _LISTED else "")
        yield ReadError(
            name,
            _(
                "{count} of {number} rows have no text: {listed}; check them",
                count=len(blank),
                number=number,
                listed=listed,
            ),
        )


def source_of(
    label: str,
    row: Mapping[str, Any],
    options: Options,
    *,
    kind: str = "text",
    encoding: str = "utf-8",
) -> Source | ReadError | None:
    """The text of a row with its metadata under the name `label`; None where it has no text."""
    try:
        text = _text(row.get(text_column(row, options)), encoding, options)
    except Unreadable as error:
        return ReadError(label, str(error))
    if text is None or not text.text.strip():
        return None
    if len(text.text.encode()) > options.max_bytes:
        return ReadError(
            label,
            _("larger than {max_bytes} bytes; raise --max-bytes", max_bytes=options.max_bytes),
        )
    return Source(label, text.text, _metadata(row, options), kind, text.encoding, text.notes)


def _text(value: object, encoding: str, options: Options) -> Decoded | None:
    """The text of a cell, None in one that holds something else. Raises `Unreadable`."""
    if isinstance(value, bytes):
        return decode(value, options.encoding)
    return mend(value, encoding) if isinstance(value, str) else None


def text_column(columns: Iterable[str], options: Options) -> str:
    """The column that holds the texts. Raises `Unreadable` where there is none."""
    known = list(columns)
    candidates = TEXT_COLUMNS if options.text_column is None else (options.text_column,)
    for candidate in candidates:
        if candidate in known:
            return candidate
    listed = ", ".join(known[:12]) + (", …" if len(known) > 12 else "")
    wanted = _("no column of texts")
    if options.text_column is not None:
        wanted = _("no column {name}", name=repr(options.text_column))
    raise Unreadable(
        _("{wanted} among {listed}; name it with --text-column", wanted=wanted, listed=listed)
    )


def _metadata(row: Mapping[str, Any], options: Options) -> Metadata:
    values: dict[str, str | None] = {}
    for name in METADATA_FIELDS:
        mapped = options.columns.get(name)
        columns = _COLUMNS[name] if mapped is None else (mapped,)
        value = next((row[each] for each in columns if row.get(each) is not None), None)
        if isinstance(value, bytes):
            with suppress(Unreadable):
                value = decode(value, options.encoding).text
        if name == "published":
            values[name] = iso_date(value)
        elif value is not None:
            values[name] = _SURROGATE.sub(LOST, str(value)).strip() or None
    return Metadata(**values)


def _csv(file: BinaryIO, encoding: str, options: Options) -> Iterator[_Row | Unreadable]:
    import csv

    csv.field_size_limit(max(csv.field_size_limit(), options.max_bytes))
    with opened(file, encoding, newline="") as lines:
        try:
            parted = dialect(lines)
            reader = csv.DictReader(
                lines,
                delimiter=parted.delimiter,
                skipinitialspace=parted.spaced,
                strict=True,  # or a file cut inside a quoted text would pass for a whole one
            )
            if reader.fieldnames is not None:
                reader.fieldnames = [name.strip(AROUND) for name in reader.fieldnames]
                text_column(reader.fieldnames, options)
            for row in reader:
                more = any(row.pop(None, ()))
                yield _Row(row, (_(_MORE),) if more else ())
        except csv.Error as error:
            yield broken(error)


def _jsonl(file: BinaryIO, encoding: str, options: Options) -> Iterator[_Row | Unreadable]:
    import json

    with opened(file, encoding) as lines:
        for line in lines:
            if not line.strip():
                continue
            try:
                row = json.loads(line.replace("\0", _MARK))
            except (ValueError, RecursionError):
                yield Unreadable(_("not a whole JSON value on its line; mend or remove the line"))
                continue
            yield (
                _Row(row)
                if isinstance(row, dict)
                else Unreadable(_("not a JSON object; mend the line"))
            )


def _json(file: BinaryIO, encoding: str, options: Options) -> Iterator[_Row | Unreadable]:
    import json

    with opened(file, encoding) as lines:
        text = lines.read().replace("\0", _MARK)
    try:
        value = json.loads(text) if text.strip() else []
    except (ValueError, RecursionError):
        raise Unreadable(_("not whole JSON; a file with a value on each line is .jsonl")) from None
    for row in value if isinstance(value, list) else [value]:
        yield _Row(row) if isinstance(row, dict) else Unreadable(_("not a JSON object"))


_PARSERS = {"csv": _csv, "jsonl": _jsonl, "json": _json}


def _parquet(file: BinaryIO, options: Options) -> Iterator[_Row | Unreadable]:
    import pyarrow.parquet as pq

    table = pq.ParquetFile(file, buffer_size=_BUFFER, pre_buffer=False)
    columns = used_columns(table.schema_arrow.names, options)
    for batch in table.iter_batches(_BATCH, columns=columns, use_threads=False):
        for row in rows_of(batch):
            yield _Row(row)


def used_columns(names: Sequence[str], options: Options) -> list[str]:
    """The columns that give texts and metadata. Raises `Unreadable` where no column has texts."""
    known = {column for group in _COLUMNS.values() for column in group} | set(
        options.columns.values()
    )
    text = text_column(names, options)
    return [each for each in names if each == text or each in known]


def rows_of(batch: Any) -> list[dict[str, Any]]:
    """The rows of an Arrow record batch; strings that are not the UTF-8 that they should be are
    bytes."""
    try:
        return batch.to_pylist()  # type: ignore[no-any-return]
    except UnicodeDecodeError:
        return _as_bytes(batch).to_pylist()  # type: ignore[no-any-return]


def _as_bytes(batch: Any) -> Any:
    """A batch whose strings are bytes: some of them are not the UTF-8 that they should be."""
    import pyarrow as pa

    columns = []
    for column in batch.columns:
        if pa.types.is_dictionary(column.type):
            column = column.dictionary_decode()
        if pa.types.is_string(column.type):
            column = column.cast(pa.binary())
        elif pa.types.is_large_string(column.type):
            column = column.cast(pa.large_binary())
        columns.append(column)
    return pa.RecordBatch.from_arrays(columns, batch.schema.names)
