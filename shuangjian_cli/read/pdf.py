"""A PDF's text layer → paragraphs: lines joined where they only wrap, page furniture gone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from ctypes import c_double
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Any

from ..model import ReadError, Source
from .options import Unreadable
from .raised import raised

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
    columns: bool = False
    widths: list[float] = field(default_factory=list)


def read(name: str, data: bytes) -> Iterator[Source | ReadError]:
    """The text of a PDF, and a `ReadError` for pages that are images only.

    Raises `Unreadable` for a PDF that is encrypted, damaged, cut short or without a usable text
    layer, and ImportError where pypdfium2 is missing.
    """
    import pypdfium2

    if b"%%EOF" not in data[-4096:]:
        raise Unreadable("a PDF whose end is missing: it was cut short; fetch it again")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise Unreadable("an encrypted PDF; save a copy without its password") from None
        raise Unreadable("a damaged PDF; fetch it again or print it to a new PDF") from None
    lines: list[_Line] = []
    images: list[int] = []
    try:
        for number in range(len(document)):
            page = document[number]
            found = _page(page, number)
            if not found and _has_image(page):
                images.append(number + 1)
            lines += found
            page.close()
    finally:
        document.close()
    _drop_furniture(lines)
    text = "".join(f"{line}\n" for line in _paragraphs(lines))
    # PDFium may give a character beyond U+FFFF in halves.
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if not text.strip():
        what = "a scan without a text layer" if images else "a PDF without text"
        raise Unreadable(f"{what}; run OCR on it first (ocrmypdf -l chi_sim)")
    garbled = len(re.findall(r"[\ufffd\ue000-\uf8ff\0-\x08]", text))
    if garbled > _GARBLED * len(text):
        raise Unreadable("a PDF whose text layer is garbled; run OCR on it (ocrmypdf --force-ocr)")
    yield Source(name, text, kind="pdf")
    if images:
        listed = ", ".join(map(str, images[:10])) + (", …" if len(images) > 10 else "")
        yield ReadError(name, f"pages that are images only: {listed}; run OCR on it first")


def _has_image(page: Any) -> bool:
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    return next(iter(page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE])), None) is not None


def _page(page: Any, number: int) -> list[_Line]:
    """The lines of a page as PDFium orders them; a wide gap in a line becomes a tab."""
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
            line.text += char
        else:
            left, bottom, right, top = text.get_charbox(index, loose=True)
            if line.widths and left - line.right > 1.5 * max(line.widths):
                line.text = line.text.rstrip() + "\t"
                line.columns = True
            elif not line.widths:
                line.left, line.bottom, line.top = left, bottom, top
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
        each.text = each.text.strip()
        each.at_edge = each.top < _EDGE * height or each.bottom > (1 - _EDGE) * height
    return lines


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


def _drop_furniture(lines: list[_Line]) -> None:
    """Take out page numbers, and lines that return at the edge of most pages."""
    pages = len({line.page for line in lines})
    edges = Counter({_key(line): 0 for line in lines if line.at_edge})
    edges.update(key for _, key in {(line.page, _key(line)) for line in lines if line.at_edge})
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


def _paragraphs(lines: list[_Line]) -> Iterator[str]:
    """Join lines that reach the right margin with what follows them at the left one."""
    if not lines:
        return
    em = median(width for line in lines for width in line.widths)
    prose = [line for line in lines if len(line.text) >= _PROSE and not line.columns] or lines
    left = sorted(line.left for line in lines)[len(lines) // 10]
    right = sorted(line.right for line in prose)[len(prose) * 9 // 10]
    drops = [
        a.bottom - b.bottom for a, b in pairwise(lines) if a.page == b.page and a.bottom > b.bottom
    ]
    pitch = median(drops) if drops else 0.0

    def wraps(a: _Line, b: _Line) -> bool:
        if a.right < right - 1.6 * em or a.columns or b.columns:
            return False
        if a.page == b.page and pitch and a.bottom - b.bottom > 1.6 * pitch:
            return False
        begins = bool(_MARKER.match(b.text))
        if _STOP.search(a.text) and begins:
            return False
        if b.left <= left + 1.2 * em:
            return True
        return not begins and not _STOP.search(a.text) and b.left <= a.left + 3 * em

    text = lines[0].text
    for a, b in pairwise(lines):
        if wraps(a, b):
            apart = text[-1:].isascii() and text[-1:].isalpha() and b.text[0].isascii()
            text += " " * (apart and b.text[0].isalpha()) + b.text
        else:
            yield text
            text = b.text
    yield text
