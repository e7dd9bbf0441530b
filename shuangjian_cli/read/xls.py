"""An old Excel or WPS workbook (.xls, .et) → its sheets as tables, each cell as it is shown."""

from __future__ import annotations

import gc
from io import StringIO
from typing import Any

from ..language.messages import _
from ..model import Source
from .grid import LARGE, Text
from .number_format import formatter
from .options import Unreadable
from .sheets import Range, Sheet, notes


def read(name: str, data: bytes) -> Source:
    """The text of a workbook: the visible sheets, a line for each row with tabs between its cells.

    Raises `Unreadable` for a damaged or encrypted one and ImportError where xlrd is missing.
    """
    import xlrd

    sheets, hidden = [], []
    text = Text()
    try:
        book = xlrd.open_workbook(
            file_contents=data,
            formatting_info=True,
            ragged_rows=True,
            on_demand=True,
            logfile=StringIO(),
        )
        for number in range(book.nsheets):
            each = book.sheet_by_index(number)
            sheet = Sheet(each.name)
            if each.visibility:
                hidden.append(each.name)
            else:
                _fill(sheet, each, book)
                sheets.append(sheet)
            # The cells of the library take five times as much as their words, and hold one another.
            is_large = each.nrows * each.ncols >= LARGE
            del each
            book.unload_sheet(number)
            if is_large:
                gc.collect()
            sheet.write(text, named=book.nsheets > 1)
    except xlrd.XLRDError as error:
        if "encrypt" in str(error).lower():
            raise Unreadable(_("an encrypted workbook; save it without its password")) from None
        raise Unreadable(
            _("a damaged workbook; open it in Excel or WPS and save it as .xlsx")
        ) from None
    return Source(name, str(text), kind="xls", notes=notes(sheets, hidden), grids=text.grids)


def _fill(sheet: Sheet, source: Any, book: Any) -> None:
    sheet.merged += [Range(*merged) for merged in source.merged_cells]
    hidden = {column for column, info in source.colinfo_map.items() if info.hidden}
    for row in range(source.nrows):
        cells = [
            (column, words)
            for column, cell in enumerate(source.row(row))
            if (words := _shown(cell, book))
        ]
        info = source.rowinfo_map.get(row)
        if cells and info is not None and info.hidden:
            sheet.hidden_rows.add(row)
            continue
        sheet.hidden_columns |= hidden & {column for column, cell in cells}
        sheet.add(row, [each for each in cells if each[0] not in hidden])


def _shown(cell: Any, book: Any) -> str:
    """What a cell shows."""
    import xlrd

    match cell.ctype:
        case xlrd.XL_CELL_NUMBER | xlrd.XL_CELL_DATE:
            code = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
            try:
                return formatter(code, book.datemode == 1)(repr(cell.value))
            except (ArithmeticError, ValueError):
                return str(cell.value)
        case xlrd.XL_CELL_BOOLEAN:
            return "是" if cell.value else "否"
        case xlrd.XL_CELL_ERROR:
            return str(xlrd.error_text_from_code.get(cell.value, ""))
        case xlrd.XL_CELL_TEXT:
            return " ".join(cell.value.split("\n")).replace("\r", "").replace("\t", " ").strip(" ")
    return ""
