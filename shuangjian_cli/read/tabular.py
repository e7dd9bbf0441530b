"""Tables with a text in each row: .csv and .tsv, .jsonl and .json, .parquet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, BinaryIO

from ..model import Metadata, ReadError, Source
from .decode import decode, sniff
from .options import METADATA_FIELDS, Options, Unreadable

_TEXT_COLUMNS = ("text", "content", "body", "正文", "内容", "全文", "文本")
_COLUMNS = {
    "id": ("id", "编号"),
    "title": ("title", "标题"),
    "province": ("province", "省份", "省"),
    "published": ("published", "date", "发布日期", "发布时间", "日期"),
    "issuer": ("issuer", "发布机构", "发文机关"),
    "source_url": ("source_url", "url", "网址", "链接"),
}
_DELIMITERS = ",\t;|"
_DATE = re.compile(
    r"\s*(\d{4})(?:\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*|(?=\d{4}))(\d{1,2}|\d{4})(?!\d)"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_BATCH = 16  # rows of a .parquet at a time; a row may be a whole yearbook
_BUFFER = 1 << 20  # bytes; without it a whole row group is held
_LISTED = 5

_Row = Mapping[str, Any]


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
    encoding: str | None
    match kind:
        case "csv":
            rows, encoding = _csv(file, options)
        case "jsonl":
            rows, encoding = _jsonl(file, options)
        case "json":
            rows, encoding = _json(file, options)
        case _:
            rows, encoding = _parquet(file, options), None
    blank: list[int] = []
    number = 0
    for number, row in enumerate(rows, 1):
        label = f"{name}!{number}"
        if isinstance(row, Unreadable):
            yield ReadError(label, str(row))
            continue
        text = row.get(_text_column(row, options))
        if not isinstance(text, str) or not text.strip():
            blank.append(number)
        elif len(text.encode("utf-8", "surrogatepass")) > options.max_bytes:
            yield ReadError(label, f"larger than {options.max_bytes} bytes; raise --max-bytes")
        else:
            yield Source(label, _sound(text), _metadata(row, options), kind, encoding)
    if not number:
        raise Unreadable("a table without rows; nothing to read")
    if blank:
        listed = ", ".join(map(str, blank[:_LISTED])) + (", …" if len(blank) > _LISTED else "")
        yield ReadError(name, f"{len(blank)} of {number} rows have no text: {listed}; check them")


def _text_column(columns: Iterable[str], options: Options) -> str:
    known = list(columns)
    candidates = _TEXT_COLUMNS if options.text_column is None else (options.text_column,)
    for candidate in candidates:
        if candidate in known:
            return candidate
    listed = ", ".join(known[:12]) + (", …" if len(known) > 12 else "")
    wanted = "no column of texts" if options.text_column is None else f"no column {candidates[0]!r}"
    raise Unreadable(f"{wanted} among {listed}; name it with --text-column")


def _metadata(row: _Row, options: Options) -> Metadata:
    values: dict[str, str | None] = {}
    for name in METADATA_FIELDS:
        mapped = options.columns.get(name)
        columns = _COLUMNS[name] if mapped is None else (mapped,)
        value = next((row[each] for each in columns if row.get(each) is not None), None)
        if name == "published":
            values[name] = iso_date(value)
        elif value is not None:
            values[name] = _sound(str(value)).strip() or None
    return Metadata(**values)


def _sound(text: str) -> str:
    """A text without lone surrogates, which JSON can spell and no encoding can write."""
    return _SURROGATE.sub("\ufffd", text)


def _csv(file: BinaryIO, options: Options) -> tuple[Iterator[_Row | Unreadable], str]:
    import csv
    from io import TextIOWrapper

    encoding = sniff(file, options.encoding)
    csv.field_size_limit(max(csv.field_size_limit(), options.max_bytes))
    lines = TextIOWrapper(file, encoding, newline="")

    def rows() -> Iterator[_Row | Unreadable]:
        try:
            start = lines.tell()
            heading = lines.readline()
            lines.seek(start)
            delimiter = max(_DELIMITERS, key=heading.count)
            # strict, or a file cut inside a quoted text would pass for a whole one
            reader = csv.DictReader(lines, delimiter=delimiter, strict=True)
            if reader.fieldnames is not None:
                _text_column(reader.fieldnames, options)
            yield from reader
        except csv.Error as error:
            yield Unreadable(f"broken quoting or cut short ({error}); save the table again")
        except UnicodeDecodeError as error:
            yield Unreadable(f"bytes that are not {error.encoding}; save the table as UTF-8")
        finally:
            lines.detach()  # or it closes the file that its owner still needs

    return rows(), encoding


def _jsonl(file: BinaryIO, options: Options) -> tuple[Iterator[_Row | Unreadable], str]:
    import json
    from io import TextIOWrapper

    encoding = sniff(file, options.encoding)
    lines = TextIOWrapper(file, encoding)

    def rows() -> Iterator[_Row | Unreadable]:
        try:
            for line in lines:
                if not line.strip():
                    continue
                try:
                    row = json.loads(line)
                except (ValueError, RecursionError):
                    yield Unreadable("not a whole JSON value on its line; mend or remove the line")
                    continue
                yield (
                    row if isinstance(row, dict) else Unreadable("not a JSON object; mend the line")
                )
        except UnicodeDecodeError as error:
            yield Unreadable(f"bytes that are not {error.encoding}; save the file as UTF-8")
        finally:
            lines.detach()

    return rows(), encoding


def _json(file: BinaryIO, options: Options) -> tuple[Iterator[_Row | Unreadable], str]:
    import json

    text, encoding = decode(file.read(), options.encoding)
    try:
        value = json.loads(text) if text.strip() else []
    except (ValueError, RecursionError):
        raise Unreadable("not whole JSON; a file with a value on each line is .jsonl") from None
    rows = value if isinstance(value, list) else [value]
    return (
        (row if isinstance(row, dict) else Unreadable("not a JSON object") for row in rows),
        encoding,
    )


def _parquet(file: BinaryIO, options: Options) -> Iterator[_Row]:
    import pyarrow.parquet as pq

    table = pq.ParquetFile(file, buffer_size=_BUFFER, pre_buffer=False)
    names = table.schema_arrow.names
    known = {column for group in _COLUMNS.values() for column in group} | set(
        options.columns.values()
    )
    text = _text_column(names, options)
    columns = [each for each in names if each == text or each in known]
    for batch in table.iter_batches(_BATCH, columns=columns, use_threads=False):
        yield from batch.to_pylist()
