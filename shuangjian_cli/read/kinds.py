"""What kind of input a file is: its content where that is telling, its suffix elsewhere."""

from __future__ import annotations

import re
from os.path import splitext
from typing import BinaryIO

from ..language.messages import N_
from ..patterns import regex

SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".shtml": "html",
    ".docx": "docx",
    ".pdf": "pdf",
    ".csv": "csv",
    ".tsv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".parquet": "parquet",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xls": "xls",
    ".et": "xls",
    ".zip": "zip",
    ".doc": "doc",
    ".wps": "wps",
    ".ofd": "ofd",
}
"""The suffixes that are read in a folder, with the kind that each promises."""

TABLES = frozenset({"csv", "jsonl", "json", "parquet"})
"""Kinds of many texts in one column; in a folder they are read only where one is named."""

STREAMS = frozenset({"csv", "jsonl", "parquet", "zip"})
"""Kinds that are read piece by piece, never whole."""

PACKAGES = frozenset({"docx", "xlsx"})
"""Kinds whose files hold parts, of which each is read when it is asked for."""

CONVERT = {
    "doc": N_("an old Word or WPS document; open it in Word or WPS and save it as .docx"),
    "wps": N_("a WPS document; open it in WPS and save it as .docx"),
    "ofd": N_("an OFD document; open it in WPS or an OFD reader and export it as .pdf"),
    "xlsb": N_("a binary Excel workbook; save it as .xlsx"),
    "xml sheet": N_("an XML workbook of Excel 2003; save it as .xlsx"),
    "xml document": N_("an XML document of Word; save it as .docx"),
    "slides": N_("a presentation; export it as .pdf"),
    "odt": N_("an OpenDocument text; save it as .docx"),
    "rtf": N_("an RTF document; save it as .docx"),
    "mhtml": N_("a web archive (MHTML); open it in a browser and save it as .html"),
    "locked": N_("an encrypted Office document; open it with its password and save it without one"),
}
"""Kinds that are known and not read: what each is, and how to convert it."""

_HEAD = 4096
_HTML = regex(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_FLAT = (
    (b"urn:schemas-microsoft-com:office:spreadsheet", "xml sheet"),
    (b"http://schemas.microsoft.com/office/word/2003/wordml", "xml document"),
    (b"http://schemas.microsoft.com/office/2006/xmlPackage", "xml document"),
)
"""What tells Office documents that are one XML file."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_TEXTS, _BOOKS = (
    tuple(name.encode("utf-16-le") + b"\0\0" for name in names)
    for names in (("WordDocument", "PowerPoint Document"), ("Workbook", "Book"))
)
"""The streams of compound files: those of texts, which may hold a workbook too, and of workbooks."""
_PACKAGES = (
    ("word/document.xml", "docx"),
    ("OFD.xml", "ofd"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("ppt/presentation.xml", "slides"),
    ("content.xml", "odt"),
)


def by_suffix(name: str) -> str | None:
    """The kind that a name promises, None for an unknown suffix."""
    return SUFFIXES.get(splitext(name)[1].lower())


def tell(name: str, file: BinaryIO) -> str:
    """The kind of a seekable file, left at its beginning.

    Magic numbers win over the suffix, so a mislabelled file is read as what it is. An unknown
    suffix, and a binary suffix on a file without its magic, mean text: decoding has the last word.
    """
    promised = by_suffix(name)
    head = file.read(_HEAD)
    file.seek(0)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _package(file, promised)
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(_OLE):
        return _compound(file, promised)
    if head.startswith(rb"{\rtf"):
        return "rtf"
    plain = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")  # whatever the encoding
    marked_up = plain.lstrip()
    if marked_up.startswith(b"<") and _HTML.match(marked_up):
        return "html"
    if plain.startswith((b"From:", b"MIME-Version:")) and b"multipart/related" in plain:
        return "mhtml"
    if marked_up.startswith(b"<?xml"):
        for name_space, kind in _FLAT:
            if name_space in plain:
                return kind
    if promised == "html" and b"<" in plain:
        return "html"
    return promised if promised in (TABLES | {"markdown"}) - {"parquet"} else "text"


def _package(file: BinaryIO, promised: str | None) -> str:
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(file) as archive:
            names = set(archive.namelist())
        return next((kind for part, kind in _PACKAGES if part in names), "zip")
    except (BadZipFile, ValueError, NotImplementedError):
        # Damaged: its reader says so, under the name that the user knows.
        return promised if promised in {"docx", "ofd", "xlsx"} else "zip"
    finally:
        file.seek(0)


def _compound(file: BinaryIO, promised: str | None) -> str:
    data = file.read()
    file.seek(0)
    if _ENCRYPTED in data:
        return "locked"
    is_text = any(name in data for name in _TEXTS)
    if promised == "xls" or (not is_text and any(name in data for name in _BOOKS)):
        return "xls"
    return "wps" if promised == "wps" else "doc"
