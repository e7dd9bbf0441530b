"""A PDF's text layer → paragraphs: lines joined where they only wrap, page furniture gone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from ctypes import c_double
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from statistics import median
from typing import Any

from ..language.messages import _
from ..model import ReadError, Source
from .columns import Piece, Rows, continued, in_boxes, in_columns
from .grid import Text, placed
from .options import Unreadable
from .raised import raised
from .ruling import Rule, Ruled, ruled, rules

_NUMBER = r"(?:\d{1,4}|[一二三四五六七八九十百]{1,5})"
_PAGE_NUMBER = re.compile(
    rf"[-—–－‐·.\s]*第?\s*{_NUMBER}\s*页?(?:\s*[/／,，|]?\s*共?\s*{_NUMBER}\s*页?)?[-—–－‐·.\s]*"
)
_STOP = re.compile(r"[。！？；：!?;:][”’」』）)》]*$")
_MARKER = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、，．.]|[（(][一二三四五六七八九十\d]{1,3}[）)]|"
    r"\d{1,2}[、．.](?!\d)|第[一二三四五六七八九十\d]{1,3}[章节条、，部]|[一二三四五六七八九十]是|[①-⑳●■◆])"
)
_EDGE = 0.12  # of the page's height, where running heads and page numbers stand
_REPEATS = 2  # pages on which a line must return, and on most, to be a running head
_PROSE = 12  # characters; shorter lines say little of the margins
_GARBLED = 0.3
_TOUCHING = 1.0  # points by which letters may reach over a line drawn beside them
_NUMERAL_END = re.compile(r"[0-9][.,]$")
_NARROW = 0.6  # of a character's width: a gap that monospaced digits leave behind a point
_SMALL, _RISE = (
    0.8,
    0.15,
)  # of the size of the letters beside it: a raised digit's own size and rise


@dataclass(slots=True)
class _Line:
    """A line of a page; positions in points, y upwards."""

    page: int
    text: str = ""
    left: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    top: float = 0.0
    at_edge: bool = False
    widths: list[float] = field(default_factory=list)
    starts: list[float] = field(default_factory=list)
    """Where its words begin that wide gaps or drawn lines part; tabs part them in `text`."""
    ends: list[float] = field(default_factory=list)

    @property
    def columns(self) -> bool:
        return len(self.starts) > 1

    def pieces(self) -> list[Piece]:
        """Its words by their places."""
        words = self.text.split("\t")
        return [
            Piece(text.strip(), left, right, self.bottom, self.top)
            for text, left, right in zip(words, self.starts, self.ends, strict=True)
        ]


@dataclass(slots=True)
class _Table:
    """The rows of a table, and the page on which it ends."""

    page: int
    rows: Rows


def read(name: str, data: bytes) -> Iterator[Source | ReadError]:
    """The text of a PDF, and a `ReadError` for pages that are images only.

    Raises `Unreadable` for a PDF that is encrypted, damaged, cut short or without a usable text
    layer, and ImportError where pypdfium2 is missing.
    """
    import pypdfium2

    if b"%%EOF" not in data[-4096:]:
        raise Unreadable(_("a PDF whose end is missing: it was cut short; fetch it again"))
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise Unreadable(_("an encrypted PDF; save a copy without its password")) from None
        raise Unreadable(_("a damaged PDF; fetch it again or print it to a new PDF")) from None
    lines: list[_Line] = []
    tables: dict[int, list[Ruled]] = {}
    images: list[int] = []
    try:
        for number in range(len(document)):
            page = document[number]
            vertical, horizontal = rules(page)
            tables[number] = ruled(vertical, horizontal)
            found = _page(page, number, vertical)
            _spare_tables(found, tables[number])
            if not found and _has_image(page):
                images.append(number + 1)
            lines += found
            page.close()
    finally:
        document.close()
    _drop_furniture(lines)
    built = Text()
    margins = _Margins(lines)
    for is_text, group in groupby(_blocks(lines, tables), lambda each: isinstance(each, _Line)):
        if is_text:
            for line in margins.paragraphs([each for each in group if isinstance(each, _Line)]):
                built.line(line)
        else:
            for table in group:
                _write(built, table)
    text = str(built)
    if not text.strip():
        what = _("a scan without a text layer") if images else _("a PDF without text")
        raise Unreadable(_("{what}; run OCR on it first (ocrmypdf -l chi_sim)", what=what))
    garbled = len(re.findall(r"[\ufffd\ue000-\uf8ff\0-\x08]", text))
    if garbled > _GARBLED * len(text):
        raise Unreadable(
            _("a PDF whose text layer is garbled; run OCR on it (ocrmypdf --force-ocr)")
        )
    yield Source(name, text, kind="pdf", grids=built.grids)
    if images:
        listed = ", ".join(map(str, images[:10])) + (", …" if len(images) > 10 else "")
        yield ReadError(
            name, _("pages that are images only: {listed}; run OCR on it first", listed=listed)
        )


def _has_image(page: Any) -> bool:
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    return next(iter(page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE])), None) is not None


def _page(page: Any, number: int, vertical: Sequence[Rule]) -> list[_Line]:
    """The lines of a page as PDFium orders them; a wide gap in a line becomes a tab, and so does a
    line that is drawn through it."""
    from pypdfium2.raw import FPDFText_GetUnicode

    text = page.get_textpage()
    height = page.get_height()
    lines: list[_Line] = []
    line = _Line(number)
    base = -1  # the last character that is not raised
    for index in range(text.count_chars()):
        char = chr(FPDFText_GetUnicode(text, index))
        if char in "\r\n":
            if line.text.strip():
                lines.append(line)
            line = _Line(number)
            base = -1
        elif char in "\0\x02\ufffe\uffff":  # PDFium's marks for what has no character
            continue
        elif char.isspace():
            if not (_NUMERAL_END.search(line.text) and _is_narrow(text, index, line)):
                line.text += " " if char == "\t" else char
        else:
            left, bottom, right, top = text.get_charbox(index, loose=True)
            if not line.widths:
                line.left, line.bottom, line.top = left, bottom, top
                line.starts.append(left)
            elif left - line.right > 1.5 * max(line.widths) or _is_ruled(line, left, vertical):
                line.text = line.text.rstrip() + "\t"
                line.ends.append(line.right)
                line.starts.append(left)
            if base >= 0 and char.isdecimal() and _is_raised(text, index, base):
                char = raised(char)
            else:
                base = index
            line.text += char
            line.right = right
            line.widths.append(right - left)
    if line.text.strip():
        lines.append(line)
    text.close()
    for each in lines:
        each.ends.append(each.right)
    lines = list(_level(lines))
    for each in lines:
        # PDFium may give a character beyond U+FFFF in halves.
        whole = each.text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        each.text = whole.strip()
        each.at_edge = each.top < _EDGE * height or each.bottom > (1 - _EDGE) * height
    return lines


def _level(lines: list[_Line]) -> Iterator[_Line]:
    """Lines that stand beside each other as one, in columns; PDFium parts them at very wide gaps."""
    last: _Line | None = None
    for line in lines:
        if last is None:
            last = line
        elif abs(last.bottom + last.top - line.bottom - line.top) < (
            last.top - last.bottom
        ) and line.left > last.right + max(last.widths):
            last.text = f"{last.text.rstrip()}\t{line.text.lstrip()}"
            last.right = line.right
            last.widths += line.widths
            last.starts += line.starts
            last.ends += line.ends
        else:
            yield last
            last = line
    if last is not None:
        yield last


def _is_ruled(line: _Line, left: float, vertical: Sequence[Rule]) -> bool:
    """Whether a line is drawn between the last character of a line and the next."""
    middle = (line.bottom + line.top) / 2
    return any(
        line.right - _TOUCHING <= rule.at <= left + _TOUCHING and rule.low <= middle <= rule.high
        for rule in vertical
    )


def _is_narrow(text: Any, index: int, line: _Line) -> bool:
    """Whether a blank is none of the text's but PDFium's own, for a gap inside a numeral."""
    from pypdfium2.raw import FPDFText_GetUnicode, FPDFText_IsGenerated

    if not FPDFText_IsGenerated(text, index) or index + 1 >= text.count_chars():
        return False
    following = chr(FPDFText_GetUnicode(text, index + 1))
    left, *_rest = text.get_charbox(index + 1, loose=True)
    return following.isdecimal() and left - line.right < _NARROW * max(line.widths)


def _is_raised(text: Any, index: int, base: int) -> bool:
    """Whether a character is smaller than another one of its line and stands higher."""
    from pypdfium2.raw import FPDFText_GetFontSize

    size: float = FPDFText_GetFontSize(text, base)
    if FPDFText_GetFontSize(text, index) > _SMALL * size:
        return False
    return _baseline(text, index) - _baseline(text, base) > _RISE * size


def _baseline(text: Any, index: int) -> float:
    from pypdfium2.raw import FPDFText_GetCharOrigin

    x, y = c_double(), c_double()
    FPDFText_GetCharOrigin(text, index, x, y)
    return y.value


def _spare_tables(lines: list[_Line], tables: list[Ruled]) -> None:
    """Rows of tables are like each other, and no page's furniture where they stand at its edge."""
    for line in lines:
        if any(_is_inside(line, table) for table in tables):
            line.at_edge = False
    for a, b in pairwise(lines):
        if a.columns and len(a.starts) == len(b.starts):
            a.at_edge = b.at_edge = False


def _is_inside(line: _Line, table: Ruled) -> bool:
    return all(table.place(piece.x, piece.y) for piece in line.pieces())


def _drop_furniture(lines: list[_Line]) -> None:
    """Take out page numbers, and lines that return at the edge of most pages."""
    pages = len({line.page for line in lines})
    edges = Counter({_key(line): 0 for line in lines if line.at_edge})
    edges.update(key for page, key in {(line.page, _key(line)) for line in lines if line.at_edge})
    lines[:] = [
        line
        for line in lines
        if not line.at_edge
        or not (
            _PAGE_NUMBER.fullmatch(line.text)
            or (edges[_key(line)] >= _REPEATS and edges[_key(line)] > pages / 2)
        )
    ]


def _key(line: _Line) -> str:
    return re.sub(r"\d+", "0", line.text)


def _blocks(lines: list[_Line], tables: dict[int, list[Ruled]]) -> Iterator[_Line | _Table]:
    """The lines of no table and the tables, each where its first line stands; one that goes on over
    a page's end is one."""
    last: _Table | None = None
    for block in _unruled(list(_boxed(lines, tables))):
        if isinstance(block, _Table):
            if last is not None and block.page == last.page + 1:
                whole = continued(last.rows, block.rows)
                if whole is not None:
                    last = _Table(block.page, whole)
                    continue
            if last is not None:
                yield last
            last = block
            continue
        if last is not None:
            yield last
            last = None
        yield block
    if last is not None:
        yield last


def _boxed(lines: list[_Line], tables: dict[int, list[Ruled]]) -> Iterator[_Line | _Table]:
    """The lines outside of ruled tables, and these."""
    for page, on_page in groupby(lines, lambda line: line.page):
        held: dict[int, list[Piece]] = {}
        order: list[_Line | int] = []
        for line in on_page:
            at = next((i for i, table in enumerate(tables[page]) if _is_inside(line, table)), None)
            if at is None:
                order.append(line)
            else:
                if at not in held:
                    order.append(at)
                held.setdefault(at, []).extend(line.pieces())
        for each in order:
            if isinstance(each, _Line):
                yield each
            else:
                yield _Table(page, in_boxes(tables[page][each], held[each]))


def _unruled(blocks: list[_Line | _Table]) -> Iterator[_Line | _Table]:
    """The same, with lines in columns that stand under each other as tables."""

    def page_in_columns(block: _Line | _Table) -> int:
        return block.page if isinstance(block, _Line) and block.columns else -1

    for page, group in groupby(blocks, page_in_columns):
        members = list(group)
        lines = [each for each in members if isinstance(each, _Line)]
        rows = (
            in_columns([line.pieces() for line in lines]) if page >= 0 and len(lines) > 1 else None
        )
        if rows is None:
            yield from members
        else:
            yield _Table(page, rows)


def _write(text: Text, table: _Line | _Table) -> None:
    found = placed(table.rows) if isinstance(table, _Table) else None
    assert found is not None  # a page is not wide enough for more columns than are placed
    text.table(*found)


class _Margins:
    """Where the lines of a document begin and end, by which those are told that only wrap."""

    def __init__(self, lines: list[_Line]) -> None:
        prose = [line for line in lines if len(line.text) >= _PROSE and not line.columns] or lines
        drops = [
            a.bottom - b.bottom
            for a, b in pairwise(lines)
            if a.page == b.page and a.bottom > b.bottom
        ]
        self._pitch = median(drops) if drops else 0.0
        self._em = median(width for line in lines for width in line.widths) if lines else 0.0
        self._left = sorted(line.left for line in lines)[len(lines) // 10] if lines else 0.0
        self._right = sorted(line.right for line in prose)[len(prose) * 9 // 10] if lines else 0.0

    def paragraphs(self, lines: list[_Line]) -> Iterator[str]:
        """Join lines that reach the right margin with what follows them at the left one."""
        text = lines[0].text
        for a, b in pairwise(lines):
            if self._wraps(a, b):
                apart = text[-1:].isascii() and text[-1:].isalpha() and b.text[0].isascii()
                text += " " * (apart and b.text[0].isalpha()) + b.text
            else:
                yield text
                text = b.text
        yield text

    def _wraps(self, a: _Line, b: _Line) -> bool:
        if a.right < self._right - 1.6 * self._em or a.columns or b.columns:
            return False
        if a.page == b.page and self._pitch and a.bottom - b.bottom > 1.6 * self._pitch:
            return False
        begins = bool(_MARKER.match(b.text))
        if _STOP.search(a.text) and begins:
            return False
        if b.left <= self._left + 1.2 * self._em:
            return True
        return not begins and not _STOP.search(a.text) and b.left <= a.left + 3 * self._em
