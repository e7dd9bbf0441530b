"""An Excel workbook (.xlsx, .xlsm) → its sheets as tables, each cell as it is shown."""

from __future__ import annotations

import posixpath
import re
from array import array
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any, BinaryIO, NamedTuple
from zipfile import BadZipFile, ZipFile

from ..language.messages import N_, _
from ..model import Source
from .grid import Text
from .notes import OURS
from .number_format import BUILT_IN, formatter
from .options import Unreadable
from .package import transitional
from .sheets import Range, Sheet, notes

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DAMAGED = N_("a damaged or truncated workbook; open it in Excel or WPS and save it again")
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_LETTERS = re.compile(r"[A-Z]{1,3}")
_DIGITS = "0123456789"
_CELL, _VALUE = f"{_S}c", f"{_S}v"
_INTEGER = re.compile(r"-?[0-9]{1,15}")
_LIMIT = 16_384
"""The columns of a sheet."""

_Show = Callable[[str], str]


class _Strings:
    """The strings of a workbook by their number, kept as one run of bytes: a large sheet may have one
    for each row."""

    def __init__(self, strings: Iterable[str]) -> None:
        self._bytes = bytearray()
        self._ends = array("Q", [0])
        for each in strings:
            self._bytes += each.encode()
            self._ends.append(len(self._bytes))

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> str:
        return self._bytes[self._ends[number] : self._ends[number + 1]].decode()


class _Book(NamedTuple):
    """What the sheets of a workbook share."""

    strings: _Strings
    shown: list[_Show | None]
    """By style: what a cell shows of its number, None for a plain number."""


def read(name: str, file: BinaryIO, max_bytes: int) -> Source:
    """The text of a workbook: the visible sheets, a line for each row with tabs between its cells.

    Raises `Unreadable` for a damaged one and ImportError where lxml is missing.
    """
    from lxml import etree

    try:
        with ZipFile(transitional(file, max_bytes)) as package:
            return _read(name, package)
    except (BadZipFile, KeyError, OSError, etree.LxmlError) as error:
        raise Unreadable(_(_DAMAGED)) from error


def _read(name: str, package: ZipFile) -> Source:
    relations = _relations(package, "")
    if _is_ours(package, relations):
        raise Unreadable(_(OURS))
    path = _part(relations, "officeDocument")
    if path is None:
        raise KeyError("officeDocument")
    workbook = _parsed(package, path)
    parts = _relations(package, path)
    properties = workbook.find(f"{_S}workbookPr")
    is_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    book = _Book(_strings(package, parts), _formats(package, parts, is_1904))
    sheets, hidden = [], []
    text = Text()
    listed = list(workbook.iter(f"{_S}sheet"))
    for each in listed:
        target = parts.get(each.get(f"{_R}id", ""))
        if target is None or not target[1].endswith("/worksheet"):  # a sheet of a chart
            continue
        if each.get("state", "visible") != "visible":
            hidden.append(each.get("name", ""))
            continue
        sheet = Sheet(each.get("name", ""))
        _fill(sheet, package, target[0], book)
        sheet.write(text, named=len(listed) > 1)
        sheets.append(sheet)
    return Source(name, str(text), kind="xlsx", notes=notes(sheets, hidden), grids=text.grids)


def _is_ours(package: ZipFile, relations: dict[str, tuple[str, str]]) -> bool:
    """Whether the workbook holds the figures that this program wrote."""
    part = _part(relations, "core-properties")
    if part is None or part not in package.namelist():
        return False
    return any(element.text == "shuangjian" for element in _parsed(package, part))


def _parsed(package: ZipFile, part: str) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, huge_tree=True)
    return etree.fromstring(package.read(part), parser)


def _relations(package: ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """What a part refers to, by id: the other part, and its kind."""
    folder, base = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{base}.rels")
    return {
        each.get("Id", ""): (
            posixpath.normpath(posixpath.join("/", folder, each.get("Target", ""))).lstrip("/"),
            each.get("Type", ""),
        )
        for each in _parsed(package, path)
        if isinstance(each.tag, str)
    }


def _part(parts: dict[str, tuple[str, str]], kind: str) -> str | None:
    return next((target for target, each in parts.values() if each.endswith(f"/{kind}")), None)


def _strings(package: ZipFile, parts: dict[str, tuple[str, str]]) -> _Strings:
    part = _part(parts, "sharedStrings")
    return _Strings([] if part is None else map(_said, _elements(package, part, "si")))


def _formats(
    package: ZipFile, parts: dict[str, tuple[str, str]], is_1904: bool
) -> list[_Show | None]:
    part = _part(parts, "styles")
    if part is None:
        return []
    root = _parsed(package, part)
    codes = dict(BUILT_IN)
    for each in root.iter(f"{_S}numFmt"):
        codes[int(each.get("numFmtId", "0"))] = each.get("formatCode", "General")
    styles = root.find(f"{_S}cellXfs")
    found = [] if styles is None else [int(each.get("numFmtId", "0")) for each in styles]
    shown = (codes.get(key, "General") for key in found)
    return [None if code == "General" else formatter(code, is_1904) for code in shown]


def _elements(package: ZipFile, part: str, *tags: str) -> Iterator[Any]:
    """The elements of a part that have one of these names, each forgotten when the next is taken."""
    from lxml import etree

    with package.open(part) as stream:
        walk = etree.iterparse(
            stream, tag=[f"{_S}{tag}" for tag in tags], resolve_entities=False, huge_tree=True
        )
        for _, element in walk:
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def _said(parent: Any) -> str:
    """The words of a string, on one line, without the pronunciation that may be noted beside it."""
    words = "".join(
        each.text or "" for each in parent.iter(f"{_S}t") if each.getparent().tag != f"{_S}rPh"
    )
    return " ".join(words.split("\n")).replace("\r", "").replace("\t", " ").strip(" ")


def _fill(sheet: Sheet, package: ZipFile, part: str, book: _Book) -> None:
    hidden: list[tuple[int, int]] = []
    number = -1
    for element in _elements(package, part, "col", "row", "mergeCell"):
        tag = element.tag.removeprefix(_S)
        if tag == "col":
            if element.get("hidden") in ("1", "true"):
                first, last = int(element.get("min", "1")), int(element.get("max", "1"))
                hidden.append((first - 1, min(last, _LIMIT)))
        elif tag == "mergeCell":
            if (merged := _range(element.get("ref", ""))) is not None:
                sheet.merged.append(merged)
        else:
            number = int(element.get("r", number + 2)) - 1
            cells = [
                (column, words)
                for column, cell in _placed(element)
                if (words := _shown(sheet, cell, book))
            ]
            if cells and element.get("hidden") in ("1", "true"):
                sheet.hidden_rows.add(number)
                continue
            if hidden:
                for column, _ in cells:
                    if any(first <= column < last for first, last in hidden):
                        sheet.hidden_columns.add(column)
                cells = [each for each in cells if each[0] not in sheet.hidden_columns]
            sheet.add(number, cells)


def _placed(row: Any) -> Iterator[tuple[int, Any]]:
    """The cells of a row, each with its column."""
    column = -1
    for cell in row.iterchildren(_CELL):
        letters = cell.get("r", "").rstrip(_DIGITS)
        column = _column(letters) if _LETTERS.fullmatch(letters) else column + 1
        yield column, cell


@lru_cache(maxsize=_LIMIT)
def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = 26 * column + ord(letter) - 64
    return column - 1


def _range(reference: str) -> Range | None:
    first, _, last = reference.partition(":")
    a, b = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
    if a is None or b is None:
        return None
    return Range(int(a[2]) - 1, int(b[2]), _column(a[1]), _column(b[1]) + 1)


def _shown(sheet: Sheet, cell: Any, book: _Book) -> str:
    """What a cell shows."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _said(cell)
    first = cell[0] if len(cell) else None
    stored: str = (first is not None and first.tag == _VALUE and first.text) or (
        cell.findtext(_VALUE) or ""
    )
    if not stored:
        sheet.unstored += cell.find(f"{_S}f") is not None
        return ""
    match kind:
        case "s":
            number = int(stored)
            return book.strings[number] if number < len(book.strings) else ""
        case "n":
            style = int(cell.get("s", "0"))
            show = book.shown[style] if style < len(book.shown) else None
            if show is None and _INTEGER.fullmatch(stored):
                return stored
            try:
                return (show or formatter("General"))(stored)
            except (ArithmeticError, ValueError):  # no number at all, or infinite
                return stored
        case "b":
            return "是" if stored == "1" else "否"
    return " ".join(stored.split())
