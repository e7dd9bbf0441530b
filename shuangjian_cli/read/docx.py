"""A Word document → paragraphs and tables in their order, automatic numbers written out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Any, BinaryIO, NamedTuple
from zipfile import BadZipFile

from ..language.messages import N_, _
from ..model import Source
from .equation import in_line
from .grid import Laid, Placed, Text, placed
from .notes import hidden_notes
from .numbering import Numbering
from .options import Unreadable
from .package import transitional
from .raised import raised
from .word import Styles, W, switch, value

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SKIP = {f"{W}{tag}" for tag in ("del", "moveFrom", "instrText", "pPr", "rPr", "rt", "sectPr")} | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
_BREAKS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_EQUATIONS = {f"{_MATH}oMath", f"{_MATH}oMathPara"}
_UNREAD = {
    f"{W}footnoteReference": N_("footnotes"),
    f"{W}endnoteReference": N_("endnotes"),
    f"{W}object": N_("embedded objects"),
    f"{W}altChunk": N_("embedded documents"),
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart": N_("charts"),
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds": N_("diagrams"),
}
"""What a reader of the document sees and we do not read."""
_LONG_CELL = 60  # characters; a row of one such cell is text in a frame
_DAMAGED = N_("a damaged or truncated .docx; open it in Word or WPS and save it again")


def read(name: str, file: BinaryIO, max_bytes: int) -> Source:
    """The text of a .docx: a line for each paragraph, and for each table row with tabs.

    Deleted and hidden text, headers, footers, notes and tables of contents are left out. Raises
    `Unreadable` for a damaged file and ImportError where python-docx is missing.
    """
    from docx import Document

    try:
        document = Document(transitional(file, max_bytes))
    except (BadZipFile, KeyError, OSError, SyntaxError) as error:
        raise Unreadable(_(_DAMAGED)) from error
    reader = _Reader(document)
    text = Text()
    for block in reader.blocks(document.element.body):
        if isinstance(block, str):
            text.line(block)
        else:
            text.table(*block)
    return Source(name, str(text), kind="docx", notes=reader.notes(), grids=text.grids)


class _Reader:
    """Reads a document, and keeps what it leaves out."""

    def __init__(self, document: Any) -> None:
        self._styles = Styles(document.styles.element)
        try:
            numbering = document.part.numbering_part.element
        except (KeyError, NotImplementedError):  # a document without lists
            numbering = None
        self._numbering = Numbering(self._styles, numbering)
        self._hidden: list[str] = []
        self._unread: Counter[str] = Counter()

    def notes(self) -> tuple[str, ...]:
        """What to say of what was left out."""
        notes = hidden_notes(self._hidden)
        if self._unread:
            listed = (f"{_(name)} {count}" for name, count in sorted(self._unread.items()))
            notes += (_("left out: {listed}", listed=", ".join(listed)),)
        return notes

    def blocks(self, parent: Any) -> Iterator[str | Placed]:
        """The lines and tables of a body, a cell or a text box."""
        for child in parent:
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield from self._table(child)
            elif child.tag in _UNREAD:
                self._unread[_UNREAD[child.tag]] += 1
            elif isinstance(child.tag, str) and child.tag not in _SKIP:
                yield from self.blocks(child)  # content controls, accepted insertions

    def _table(self, table: Any) -> Iterator[str | Placed]:
        """A table, or what it holds where it is a frame around text or around other tables."""
        cells = _cells(table)
        blocks = [[list(self.blocks(cell.element)) for cell in row] for row in cells]
        if any(isinstance(block, tuple) for row in blocks for cell in row for block in cell):
            yield from (block for row in blocks for cell in row for block in cell if block)
            return
        words = [
            [[block for block in cell if isinstance(block, str) and block] for cell in row]
            for row in blocks
        ]
        rows = _laid(cells, words)
        for is_text, group in groupby(range(len(rows)), lambda row: _is_text(words[row])):
            members = list(group)
            found = None if is_text else placed([rows[row] for row in members])
            if found is not None:
                yield found
            else:
                yield from (line for row in members for cell in words[row] for line in cell)

    def _paragraph(self, paragraph: Any) -> Iterator[str | Placed]:
        properties = paragraph.find(f"{W}pPr")
        style = (None if properties is None else value(properties, "pStyle")) or ""
        if style.upper().startswith("TOC"):
            return
        label = self._numbering.label(paragraph)
        parts: list[str] = []
        boxes: list[Any] = []
        self._runs(paragraph, style, parts, boxes)
        text = "".join(parts).replace("\r", "")
        if label and text.strip():
            text = label + ("" if label[-1] in "、，．：）》" else " ") + text.lstrip()
        yield from text.split("\n")
        for box in boxes:
            yield from self.blocks(box)

    def _runs(self, element: Any, style: str, parts: list[str], boxes: list[Any]) -> None:
        """Add the words of a paragraph, or of a part of one, and the text boxes that hang on it."""
        for child in element:
            if child.tag == f"{W}t":
                parts.append(child.text or "")
            elif child.tag in _BREAKS:
                parts.append(_BREAKS[child.tag])
            elif child.tag in _EQUATIONS:
                parts.append(in_line(child))
            elif child.tag == f"{W}txbxContent":
                boxes.append(child)
            elif child.tag in _UNREAD:
                self._unread[_UNREAD[child.tag]] += 1
            elif child.tag == f"{W}r":
                words: list[str] = []
                self._runs(child, style, words, boxes)
                run = "".join(words)
                if self._is_hidden(child, style):
                    self._hidden.append(run)
                else:
                    parts.append(raised(run) if _is_raised(child) else run)
            elif child.tag not in _SKIP:
                self._runs(child, style, parts, boxes)

    def _is_hidden(self, run: Any, style: str) -> bool:
        """Whether a run is hidden, by itself or by its own or its paragraph's style."""
        properties = run.find(f"{W}rPr")
        own = None if properties is None else value(properties, "rStyle")
        styled = (each.find(f"{W}rPr") for key in (own, style) for each in self._styles.chain(key))
        switches = (switch(each, "vanish") for each in (properties, *styled))
        return next((each for each in switches if each is not None), False)


def _is_raised(run: Any) -> bool:
    properties = run.find(f"{W}rPr")
    return properties is not None and value(properties, "vertAlign") == "superscript"


class _Cell(NamedTuple):
    """A cell of a row; a merged cell's parts below its first do not begin one."""

    element: Any
    columns: int
    begins: bool


def _cells(table: Any) -> list[list[_Cell]]:
    """The cells of a table by row; those of a table inside it are none of them."""
    rows: list[list[_Cell]] = []
    for row in table.iter(f"{W}tr"):
        properties = row.find(f"{W}trPr")
        deleted = properties is not None and properties.find(f"{W}del") is not None
        if deleted or next(row.iterancestors(f"{W}tbl")) is not table:
            continue
        cells = []
        if properties is not None and (before := value(properties, "gridBefore")):
            cells.append(_Cell((), int(before), True))  # an empty one
        for cell in row.iter(f"{W}tc"):
            if next(cell.iterancestors(f"{W}tr")) is row:
                look = cell.find(f"{W}tcPr")
                merged = None if look is None else look.find(f"{W}vMerge")
                begins = not rows or merged is None or merged.get(f"{W}val") == "restart"
                columns = None if look is None else value(look, "gridSpan")
                cells.append(_Cell(cell, int(columns or 1), begins))
        rows.append(cells)
    return rows


def _laid(cells: list[list[_Cell]], words: list[list[list[str]]]) -> list[list[Laid]]:
    """The cells that begin in each row, with what they reach over."""
    rows: list[list[Laid]] = []
    below: dict[int, int] = {}  # how many parts of a merged cell follow, by column
    for row, said in zip(reversed(cells), reversed(words), strict=True):
        laid, merged, column = [], {}, 0
        for cell, lines in zip(row, said, strict=True):
            if cell.begins:
                text = " ".join(lines).replace("\t", " ")
                laid.append(Laid(text, 1 + below.get(column, 0), cell.columns))
            else:
                merged[column] = 1 + below.get(column, 0)
            column += cell.columns
        rows.append(laid)
        below = merged
    return rows[::-1]


def _is_text(row: list[list[str]]) -> bool:
    """Whether a row is a frame around text: one cell of some paragraphs, or of a long one."""
    return len(row) == 1 and (len(row[0]) > 1 or any(len(line) > _LONG_CELL for line in row[0]))
