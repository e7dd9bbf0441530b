"""XLSX, through XlsxWriter (`shuangjian[xlsx]`): a sheet for each table, every cell typed.

Text is written as text, so no cell is ever a formula or a link. A number that a spreadsheet's
15 digits cannot hold exactly is written as text rather than rounded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from tempfile import TemporaryDirectory
from typing import IO, Any

from shuangjian_cli.language.messages import _
from shuangjian_cli.write.table import Column, Table
from shuangjian_cli.write.values import flat

MAX_ROWS = 1_048_576
MAX_TEXT = 32_767
"""The limits of the format: rows of a sheet, characters of a cell."""

_WIDTHS = {
    "text": 24,
    "code": 13,
    "integer": 8,
    "decimal": 18,
    "flag": 9,
    "list": 24,
    "mapping": 40,
}
_WIDE = {"sentence": 80, "file": 28, "unit": 8, "figure": 14, "bound": 7}

# What XML 1.0 cannot hold.
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write_workbook(tables: Sequence[Table], out: IO[bytes]) -> None:
    """Sheets with frozen headers, filters and widths.

    Raises OverflowError past MAX_ROWS, and OSError.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    target = _Target(out)
    with TemporaryDirectory(prefix="shuangjian-", ignore_cleanup_errors=True) as folder:
        # `constant_memory` puts each row down as it comes: memory does not grow with the sheet.
        book = xlsxwriter.Workbook(target, {"constant_memory": True, "tmpdir": folder})
        try:
            # The same rows make the same bytes: no time of writing.
            # The keyword tells the readers that these figures are no source.
            book.set_properties({"created": datetime(2000, 1, 1), "keywords": "shuangjian"})
            for table in tables:
                _sheet(book, table)
            book.close()
        except FileCreateError as error:
            raise error.args[0] from None  # the OSError that it stands for
        finally:
            target.file = None


class _Target:
    """The file that a workbook goes to, until `file` is None: then what comes goes nowhere.

    The archive inside a workbook that failed is closed only when its object is deleted, and
    writes its end then, perhaps to a file that is closed.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self.file: IO[bytes] | None = file
        self._place = 0

    def write(self, data: bytes) -> int:
        if self.file is not None:
            return self.file.write(data)
        self._place += len(data)
        return len(data)

    def seek(self, offset: int) -> int:
        self._place = offset
        return offset if self.file is None else self.file.seek(offset)

    def tell(self) -> int:
        return self._place if self.file is None else self.file.tell()

    def flush(self) -> None:
        if self.file is not None:
            self.file.flush()


def _sheet(book: Any, table: Table) -> None:
    header = book.add_format({"bold": True, "bottom": 1})
    whole = book.add_format({"num_format": "#,##0"})
    sheet = book.add_worksheet(table.title or table.name)
    sheet.freeze_panes(1, 0)
    for position, column in enumerate(table.columns):
        sheet.set_column(position, position, _WIDE.get(column.name, _WIDTHS[column.kind]))
        sheet.write_string(0, position, column.heading or column.name, header)
    last = 0
    for last, row in enumerate(table.cells(), start=1):
        if last >= MAX_ROWS:
            raise OverflowError(
                _(
                    "sheet {name} would have more than {max_rows} rows, the most that XLSX"
                    " holds; write CSV or Parquet instead, or filter",
                    name=table.name,
                    max_rows=f"{MAX_ROWS:,}",
                )
            )
        for position, (column, value) in enumerate(zip(table.columns, row, strict=True)):
            if value is not None:
                _cell(sheet, last, position, column, value, whole)
    if table.columns:
        sheet.autofilter(0, 0, last, len(table.columns) - 1)


def _cell(sheet: Any, row: int, position: int, column: Column, value: Any, whole: Any) -> None:
    if column.kind == "flag":
        sheet.write_boolean(row, position, value)
    elif column.kind == "integer":
        sheet.write_number(row, position, value)
    elif isinstance(value, Decimal) and Decimal(f"{float(value):.15G}") == value:
        # Without a format, numbers of twelve digits and more show as 1E+12.
        style = whole if value == value.to_integral_value() else None
        sheet.write_number(row, position, float(value), style)
    else:
        sheet.write_string(row, position, cell_text(flat(value)))


def cell_text(text: str) -> str:
    """Text that a cell can hold: without illegal characters, cut with … at the format's limit."""
    text = _ILLEGAL.sub("", text)
    if text.startswith("<r>"):
        # XlsxWriter takes <r>…</r> for markup of its own and would put it down unescaped.
        text = " " + text
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…"
