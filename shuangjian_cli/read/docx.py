"""A Word document → paragraphs and tables in their order, automatic numbers written out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, BinaryIO
from zipfile import BadZipFile, ZipFile

from ..model import Source
from .options import Unreadable
from .raised import raised

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIP = {f"{_W}{tag}" for tag in ("del", "moveFrom", "instrText", "pPr", "rPr", "sectPr")} | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_MAX_UNPACKED = 8  # times max_bytes, of all parts of the package
_DIGITS = "〇一二三四五六七八九"
_DAMAGED = "a damaged or truncated .docx; open it in Word or WPS and save it again"


def read(name: str, file: BinaryIO, max_bytes: int) -> Source:
    """The text of a .docx: a line for each paragraph, and for each table row with tabs.

    Deleted and hidden text, headers, footers, notes and tables of contents are left out. Raises
    `Unreadable` for a damaged file and ImportError where python-docx is missing.
    """
    from docx import Document

    try:
        with ZipFile(file) as package:
            if sum(part.file_size for part in package.infolist()) > _MAX_UNPACKED * max_bytes:
                raise Unreadable("unpacks to far more than the size limit; raise --max-bytes")
        file.seek(0)
        document = Document(file)
    except (BadZipFile, KeyError, OSError, SyntaxError) as error:
        raise Unreadable(_DAMAGED) from error
    lines = _blocks(document.element.body, _Numbering(document))
    return Source(name, "".join(f"{line}\n" for line in lines), kind="docx")


def _blocks(parent: Any, numbering: _Numbering) -> Iterator[str]:
    """The lines of a body, a cell or a text box."""
    for child in parent:
        if child.tag == f"{_W}p":
            yield from _paragraph(child, numbering)
        elif child.tag == f"{_W}tbl":
            for row in child.iter(f"{_W}tr"):
                if next(row.iterancestors(f"{_W}tbl")) is child:
                    yield from _row(row, numbering)
        elif isinstance(child.tag, str) and child.tag not in _SKIP:
            yield from _blocks(child, numbering)  # content controls, accepted insertions


def _row(row: Any, numbering: _Numbering) -> Iterator[str]:
    cells = [
        [line for line in _blocks(cell, numbering) if line]
        for cell in row.iter(f"{_W}tc")
        if next(cell.iterancestors(f"{_W}tr")) is row
    ]
    if len(cells) == 1:  # a frame around text
        yield from cells[0]
    else:
        yield "\t".join(" ".join(cell) for cell in cells)


def _paragraph(paragraph: Any, numbering: _Numbering) -> Iterator[str]:
    if numbering.style(paragraph).upper().startswith("TOC"):
        return
    label = numbering.label(paragraph)
    parts: list[str] = []
    boxes: list[Any] = []
    _runs(paragraph, parts, boxes)
    text = "".join(parts).replace("\r", "")
    if label and text.strip():
        text = label + ("" if label[-1] in "、，．：）》" else " ") + text.lstrip()
    yield from text.split("\n")
    for box in boxes:
        yield from _blocks(box, numbering)


def _runs(element: Any, parts: list[str], boxes: list[Any]) -> None:
    for child in element:
        if child.tag == f"{_W}t":
            parts.append(child.text or "")
        elif child.tag in _BREAKS:
            parts.append(_BREAKS[child.tag])
        elif child.tag == f"{_W}txbxContent":
            boxes.append(child)
        elif child.tag == f"{_W}r" and child.find(f"{_W}rPr/{_W}vanish") is not None:
            continue
        elif child.tag == f"{_W}r" and _is_raised(child):
            inner: list[str] = []
            _runs(child, inner, boxes)
            parts.append(raised("".join(inner)))
        elif child.tag not in _SKIP:
            _runs(child, parts, boxes)


def _is_raised(run: Any) -> bool:
    properties = run.find(f"{_W}rPr")
    return properties is not None and _value(properties, "vertAlign") == "superscript"


class _Numbering:
    """The automatic numbers of a document, which Word keeps apart from the text: 一、（一）1."""

    def __init__(self, document: Any) -> None:
        self._styles = {style.get(f"{_W}styleId"): style for style in document.styles.element}
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._lists: dict[str, str] = {}
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):  # a document without lists
            return
        for abstract in root.iter(f"{_W}abstractNum"):
            self._levels[abstract.get(f"{_W}abstractNumId")] = {
                int(level.get(f"{_W}ilvl")): (
                    _value(level, "numFmt") or "decimal",
                    _value(level, "lvlText") or "",
                    int(_value(level, "start") or 1),
                )
                for level in abstract.iter(f"{_W}lvl")
            }
        for number in root.iter(f"{_W}num"):
            self._lists[number.get(f"{_W}numId")] = _value(number, "abstractNumId") or ""

    def style(self, paragraph: Any) -> str:
        """The id of a paragraph's style, empty for the default one."""
        properties = paragraph.find(f"{_W}pPr")
        return (_value(properties, "pStyle") if properties is not None else None) or ""

    def label(self, paragraph: Any) -> str:
        """The number that Word shows before a paragraph, empty for none and for bullets."""
        list_id, level = self._place(paragraph)
        abstract = self._lists.get(list_id, "")
        levels = self._levels.get(abstract, {})
        if level not in levels:
            return ""
        counts = self._counts[abstract]
        counts[level] = counts.get(level, levels[level][2] - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        label = levels[level][1]
        if levels[level][0] in ("bullet", "none"):
            return ""
        for each, (form, _, start) in levels.items():
            label = label.replace(f"%{each + 1}", _numeral(counts.get(each, start), form))
        return label

    def _place(self, paragraph: Any) -> tuple[str, int]:
        """A paragraph's list and level, its own or its style's."""
        element: Any = paragraph
        seen: set[str] = set()
        list_id = level = None
        while element is not None:
            place = element.find(f"{_W}pPr/{_W}numPr")
            if place is not None:
                list_id = _value(place, "numId") if list_id is None else list_id
                level = _value(place, "ilvl") if level is None else level
            key = self.style(element) if element is paragraph else _value(element, "basedOn")
            if list_id is not None or not key or key in seen:
                break
            seen.add(key)
            element = self._styles.get(key)
        return list_id or "", int(level or 0)


def _value(parent: Any, tag: str) -> str | None:
    child = parent.find(f"{_W}{tag}")
    return None if child is None else child.get(f"{_W}val")


def _numeral(number: int, form: str) -> str:
    if form in {"chineseCounting", "chineseCountingThousand", "japaneseCounting"} and number < 100:
        tens, ones = divmod(number, 10)
        ten = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
        return ten + (_DIGITS[ones] if ones or not tens else "")
    if form == "decimalEnclosedCircle" and 1 <= number <= 20:
        return chr(0x245F + number)
    if form in {"lowerLetter", "upperLetter"} and 1 <= number <= 26:
        return chr((0x60 if form == "lowerLetter" else 0x40) + number)
    return str(number)
