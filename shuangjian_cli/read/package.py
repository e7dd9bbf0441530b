"""Packages of Office: ZIP archives of XML parts."""

from __future__ import annotations

import re
from io import BytesIO
from typing import BinaryIO
from zipfile import ZIP_STORED, ZipFile

from shuangjian_cli.language.messages import _

from .options import Unreadable

_MAX_UNPACKED = 8  # times max_bytes, of all parts
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_USUAL = rb"http://schemas.openxmlformats.org/\1/2006/"


def transitional(file: BinaryIO, max_bytes: int) -> BinaryIO:
    """The package itself, or where it is strict the same under the usual names of its elements.

    Word and Excel write strict files on demand ("Strict Open XML"); they differ from others in
    their namespaces alone, as far as we read them. Raises `Unreadable` for a package that unpacks
    to far more than `max_bytes`, KeyError and BadZipFile for a damaged one.
    """
    with ZipFile(file) as package:
        if sum(part.file_size for part in package.infolist()) > _MAX_UNPACKED * max_bytes:
            raise Unreadable(_("unpacks to far more than the size limit; raise --max-bytes"))
        if not _STRICT.search(package.read("_rels/.rels")):
            file.seek(0)
            return file
        usual = BytesIO()
        with ZipFile(usual, "w", ZIP_STORED) as written:
            for part in package.infolist():
                content = package.read(part)
                if part.filename.endswith((".xml", ".rels")):
                    content = _STRICT.sub(_USUAL, content)
                written.writestr(part.filename, content)
    usual.seek(0)
    return usual
