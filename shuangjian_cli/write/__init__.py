"""The last package: tables → table, CSV, TSV, JSON, JSON Lines, XLSX, Parquet, Stata, SPSS.

Every command hands its rows over as a `Table`; how a format writes rows is said once, here. A
file is whole or not there (see `atomic`); standard output is written as rows come.
"""

import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, TextIO, cast

from shuangjian_cli.language.messages import _, refused
from shuangjian_cli.write.atomic import WriteError, replacing
from shuangjian_cli.write.table import (
    ERRORS,
    INDICATORS,
    METRICS,
    METRICS_LONG,
    SENTENCES,
    UNPARSED,
    Column,
    Row,
    Table,
)
from shuangjian_cli.write.values import on_screen

if TYPE_CHECKING:
    from shuangjian_cli.language import Language
    from shuangjian_cli.tag.pack import Rules
    from shuangjian_cli.write.lines import Form, Lines

__all__ = [
    "ENCODINGS",
    "ERRORS",
    "FORMATS",
    "INDICATORS",
    "METRICS",
    "METRICS_LONG",
    "SENTENCES",
    "UNPARSED",
    "Column",
    "Destination",
    "Row",
    "Table",
    "WriteError",
    "format_of",
    "lines_of",
    "replacing",
    "write",
    "write_blocks",
]

FORMATS = ("table", "csv", "tsv", "json", "jsonl", "xlsx", "parquet", "dta", "sav")
LINES = ("csv", "tsv", "json", "jsonl")
"""The formats that put a row down as a line."""
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030")
_PACKAGES = {
    "xlsx": ("xlsxwriter", "xlsx"),
    "parquet": ("pyarrow", "parquet"),
    "dta": ("pyreadstat", "statistics"),
    "sav": ("pyreadstat", "statistics"),
}
"""What a format needs, and the extra that brings it."""
_NESTED = ("json", "jsonl", "parquet")
_SUFFIXES = {".ndjson": "jsonl", ".txt": "table"}


def format_of(path: str) -> str | None:
    """The format that a file's suffix names, or None."""
    suffix = os.path.splitext(path)[1].lower()
    name = _SUFFIXES.get(suffix, suffix.removeprefix("."))
    return name if name in FORMATS else None


class Destination:
    """Where rows go and in which form.

    `path` None is standard output. `encoding` None is UTF-8, with the byte-order mark that
    Excel needs for a CSV file. `headings` names a language for the headings and codes of CSV, TSV
    and XLSX, None their names. The others shape the terminal table: `width` None asks the
    terminal; `rules` name pillars and metrics.
    """

    __slots__ = ("color", "encoding", "format", "headings", "lang", "path", "rules", "width")

    def __init__(
        self,
        format: str,
        path: str | None = None,
        encoding: str | None = None,
        color: bool = False,
        width: int | None = None,
        lang: "Language" = "en",
        rules: "Rules | None" = None,
        headings: "Language | None" = None,
    ) -> None:
        self.format = format
        self.path = path
        self.encoding = encoding
        self.color = color
        self.width = width
        self.lang = lang
        self.rules = rules
        self.headings = headings

    def shown(self, table: Table) -> Table:
        """The table with the columns that the format has place for, under its headings."""
        if self.format in _NESTED:
            return table
        if self.headings is None or self.format not in ("csv", "tsv", "xlsx"):
            return table.flat()
        from shuangjian_cli.language import labels
        from shuangjian_cli.write.headed import headed

        return headed(table.flat(), labels(self.headings, self.rules))

    def takes_blocks(self) -> bool:
        """Whether `write_blocks` serves: a line is a row, and its codes stay as they are."""
        return self.format in LINES and (self.headings is None or self.format in _NESTED)


def write(destination: Destination, *tables: Table) -> None:
    """Write tables: XLSX a sheet for each, every other format the first one.

    Raises WriteError when the output cannot be written, and lets BrokenPipeError through.
    """
    _require(destination.format)
    with _told(destination):
        if destination.format in _PACKAGES:
            _write_binary(destination, [destination.shown(table) for table in tables])
        else:
            put, table = _writer(destination), destination.shown(tables[0])
            _write_text(destination, lambda out: put(table, out))


def lines_of(format: str, columns: tuple[Column, ...]) -> "Lines":
    """What makes rows of these columns text, in one of `LINES`."""
    from shuangjian_cli.write.lines import Lines

    return Lines(_form(format), columns)


def write_blocks(destination: Destination, table: Table, blocks: Iterable[str]) -> None:
    """Write what `lines_of` made of rows of a table, block by block. Raises as `write` does."""
    parts = lines_of(destination.format, destination.shown(table).columns).parts(blocks)
    with _told(destination):
        _write_text(destination, lambda out: out.writelines(parts))


@contextmanager
def _told(destination: Destination) -> Iterator[None]:
    """Errors of an output under its name."""
    name = destination.path or _("standard output")
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise WriteError(name, refused(error)) from error
    except OverflowError as error:
        raise WriteError(name, str(error)) from error


def _require(format: str) -> None:
    from importlib.util import find_spec

    package, extra = _PACKAGES.get(format, ("", ""))
    if package and find_spec(package) is None:
        raise WriteError(
            format,
            _(
                "{package} is missing; pip install 'shuangjian[{extra}]'",
                package=package,
                extra=extra,
            ),
        )


def _write_binary(destination: Destination, tables: Sequence[Table]) -> None:
    with _binary(destination.path) as out:
        if destination.format == "xlsx":
            from shuangjian_cli.write.workbook import write_workbook

            write_workbook(tables, out)
        elif destination.format == "parquet":
            from shuangjian_cli.write.parquet import write_parquet

            write_parquet(tables[0], out)
        else:
            from shuangjian_cli.language import labels
            from shuangjian_cli.write.statistics import write_statistics

            words = labels(destination.headings or destination.lang, destination.rules)
            write_statistics(destination.format, tables[0], words, out)


@contextmanager
def _binary(path: str | None) -> Iterator[IO[bytes]]:
    """A file that can be sought in; standard output gets its bytes at the end."""
    if path is not None:
        with replacing(path) as file:
            yield file
        return
    from shutil import copyfileobj
    from tempfile import TemporaryFile

    with TemporaryFile() as file:
        yield file
        file.seek(0)
        copyfileobj(file, sys.stdout.buffer)
        sys.stdout.buffer.flush()


def _write_text(destination: Destination, put: Callable[[TextIO], None]) -> None:
    encoding = destination.encoding or "utf-8"
    if destination.path is None:
        out = _standard(encoding)
        if out.isatty() and destination.format != "table":
            out = cast(TextIO, _Screen(out))
        put(out)
        return
    if destination.encoding is None and destination.format == "csv":
        encoding = "utf-8-sig"
    with replacing(destination.path) as file:
        out = io.TextIOWrapper(file, encoding, errors="backslashreplace", newline="")
        put(out)
        out.flush()
        out.detach()


def _standard(encoding: str) -> TextIO:
    """Standard output as text with line ends untouched, each row flushed as it comes."""
    out = sys.stdout
    if isinstance(out, io.TextIOWrapper):
        # A lone surrogate (in a file's name) must not stop the rows that follow.
        out.reconfigure(
            encoding=out.encoding if out.isatty() else encoding,
            errors="backslashreplace",
            newline="",
            line_buffering=True,
        )
    return out


class _Screen(io.TextIOBase):
    """A terminal that gets rows as text formats have them, without what would drive it."""

    def __init__(self, terminal: TextIO) -> None:
        self._terminal = terminal

    def write(self, text: str) -> int:
        return self._terminal.write(on_screen(text))


def _form(format: str) -> "Form":
    if format in ("csv", "tsv"):
        from shuangjian_cli.write.delimited import CSV, TSV

        return CSV if format == "csv" else TSV
    from shuangjian_cli.write.json import JSON, JSONL

    return JSON if format == "json" else JSONL


def _writer(destination: Destination) -> Callable[[Table, TextIO], None]:
    if destination.format in LINES:
        from shuangjian_cli.write.lines import write_lines

        form = _form(destination.format)
        return lambda table, out: write_lines(form, table, out)
    from shuangjian_cli.language import labels
    from shuangjian_cli.write.terminal import Look, write_terminal

    words = labels(destination.lang, destination.rules)
    look = Look(words, destination.color, destination.width)
    return lambda table, out: write_terminal(table, out, look)
