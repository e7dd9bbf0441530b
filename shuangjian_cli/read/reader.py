"""One file → its texts: looks at what it is and hands it to the reader of its kind."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from ..language.messages import _
from ..model import ReadError, Source
from ..patterns import regex
from . import kinds
from .decode import decode
from .find import STANDARD_INPUT, explain, find
from .options import WHOLE, Options, Share, Unreadable

if TYPE_CHECKING:
    from pathlib import Path

_NEEDS = {  # kind: the package that reads it, the extra that brings it
    "html": ("trafilatura", "office"),
    "docx": ("python-docx", "office"),
    "pdf": ("pypdfium2", "office"),
    "xlsx": ("lxml", "office"),
    "xls": ("xlrd", "office"),
    "parquet": ("pyarrow", "parquet"),
}
_DEPTH = 2  # an archive in an archive, no further
_DEFAULT = Options()
_FILLED = regex(r"[^\ufeff\u200b \t\r\n\f\v\0\u3000]")


def sources(
    paths: Sequence[str | Path], options: Options = _DEFAULT
) -> Iterator[Source | ReadError]:
    """All texts under `paths`, in order of names. Tables in folders need a `text_column`."""
    for found in find(paths, tables=options.text_column is not None):
        if isinstance(found, ReadError):
            yield found
        else:
            yield from read(found, options)


def read(
    path: str | Path, options: Options = _DEFAULT, share: Share = WHOLE
) -> Iterator[Source | ReadError]:
    """The texts of one file, or a share of them; `-` is standard input.

    A plain document gives one `Source`. A table gives one for each row, named `a.csv!3`, and an
    archive those of its members, `a.zip!b.txt`. Members that belong to other shares are not
    unpacked.
    """
    name = os.fsdecode(path)
    if "\0" in name:
        yield ReadError(name, _("not a possible file name; check the path"))
        return
    try:
        if name == STANDARD_INPUT:
            if sys.stdin is None:
                raise FileNotFoundError
            yield from read_bytes(name, sys.stdin.buffer.read(options.max_bytes + 1), options)
            return
        with open(name, "rb") as file:
            yield from _read_file(name, file, options, share)
    except OSError as error:
        yield ReadError(name, explain(error))


def read_bytes(name: str, data: bytes, options: Options = _DEFAULT) -> Iterator[Source | ReadError]:
    """The texts of a file's content; `name` is shown, and its suffix is a hint."""
    if len(data) > options.max_bytes:
        yield ReadError(name, _too_long(options))
    else:
        yield from _read_stream(name, BytesIO(data), options, _DEPTH)


def _read_file(
    name: str, file: BinaryIO, options: Options, share: Share
) -> Iterator[Source | ReadError]:
    before = os.fstat(file.fileno())
    if not stat.S_ISREG(before.st_mode):  # a pipe or a device: no size, no way back
        yield from read_bytes(name, file.read(options.max_bytes + 1), options)
        return
    if before.st_size > options.max_bytes:
        yield ReadError(name, _too_long(options))
        return
    kind = kinds.tell(name, file)
    if share.consecutive and kind != "zip":  # whatever its name says
        if share.part:
            return
        share = WHOLE
    if kind in kinds.STREAMS:
        yield from _texts(name, kind, file, options, _DEPTH, share)
        changed = _changed(before, file)
    else:
        # All at once, so that the bytes are not kept beside the texts while these are used.
        if kind in kinds.PACKAGES:
            texts = list(_texts(name, kind, file, options, _DEPTH))
            changed = _changed(before, file)
        else:
            content = BytesIO(file.read(before.st_size + 1))
            changed = _changed(before, file)
            texts = [] if changed else list(_texts(name, kind, content, options, _DEPTH))
            del content
        if not changed:
            yield from texts
    if changed:
        yield ReadError(name, _("changed while it was read; read it again"))


def _changed(before: os.stat_result, file: BinaryIO) -> bool:
    after = os.fstat(file.fileno())
    return (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns)


def _too_long(options: Options) -> str:
    return _(
        "larger than {max_bytes} bytes; split it or raise --max-bytes", max_bytes=options.max_bytes
    )


def _read_stream(
    name: str, file: BinaryIO, options: Options, depth: int, share: Share = WHOLE
) -> Iterator[Source | ReadError]:
    kind = kinds.tell(name, file)
    if name == STANDARD_INPUT and kind == "text" and options.text_column is not None:
        # A pipe has no suffix to say that it is a table; naming a column says so.
        kind = "jsonl" if file.read(1) == b"{" else "csv"
        file.seek(0)
    yield from _texts(name, kind, file, options, depth, share)


def _texts(
    name: str, kind: str, file: BinaryIO, options: Options, depth: int, share: Share = WHOLE
) -> Iterator[Source | ReadError]:
    if share.part and kind not in kinds.STREAMS:
        return  # what cannot be shared is the first's
    try:
        for each in _dispatch(name, kind, file, options, depth, share):
            if isinstance(each, Source) and _FILLED.search(each.text) is None:
                each = ReadError(each.file, _("empty; nothing to read"))
            yield each
    except Exception as error:  # noqa: BLE001 - strangers' content in others' parsers
        message = _reason(kind, error)
        if not share.part:  # each share meets the same
            yield ReadError(name, message)


def _reason(kind: str, error: Exception) -> str:
    """Why a file cannot be read. Raises what is not the file's fault."""
    if isinstance(error, Unreadable):
        return str(error)
    if isinstance(error, ImportError):
        if kind not in _NEEDS:
            raise error
        package, extra = _NEEDS[kind]
        return _(
            "reading it needs {package}: pip install 'shuangjian[{extra}]'",
            package=package,
            extra=extra,
        )
    reason = str(error)[:120] or type(error).__name__
    return str(
        Unreadable(_("damaged {kind} ({reason}); fetch or save it again", kind=kind, reason=reason))
    )


def _dispatch(
    name: str, kind: str, file: BinaryIO, options: Options, depth: int, share: Share
) -> Iterator[Source | ReadError]:
    if kind in kinds.CONVERT:
        raise Unreadable(_(kinds.CONVERT[kind]))
    match kind:
        case "html":
            from . import html

            yield html.read(name, file.read(), options.encoding)
        case "markdown":
            from .markdown import plain

            decoded = decode(file.read(), options.encoding)
            text = plain(decoded.text)
            yield Source(
                name,
                str(text),
                encoding=decoded.encoding,
                notes=decoded.notes,
                grids=text.grids,
            )
        case "docx":
            from . import docx

            yield docx.read(name, file, options.max_bytes)
        case "xlsx" | "xls" if options.text_column is not None:
            raise Unreadable(_("a workbook; save its sheet of documents as .csv for --text-column"))
        case "xlsx":
            from . import xlsx

            yield xlsx.read(name, file, options.max_bytes)
        case "xls":
            from . import xls

            yield xls.read(name, file.read())
        case "pdf":
            from . import pdf

            yield from pdf.read(name, file.read())
        case "csv" | "jsonl" | "json" | "parquet":
            from . import tabular

            yield from share.of(tabular.read(name, kind, file, options))
        case "zip":
            from . import archive

            if depth == 0:
                raise Unreadable(_("an archive nested too deep; unpack it first"))
            for place, member, content in archive.members(file, options, share):
                inner = f"{name}!{member}"
                shared = kinds.by_suffix(member) in kinds.STREAMS
                if not shared and not share.has(place):
                    continue
                try:
                    stream = BytesIO(content())
                except Unreadable as error:
                    if share.has(place):
                        yield ReadError(inner, str(error))
                    continue
                its = share if shared and not share.consecutive else WHOLE
                yield from _read_stream(inner, stream, options, depth - 1, its)
        case _:
            decoded = decode(file.read(), options.encoding)
            yield Source(name, decoded.text, encoding=decoded.encoding, notes=decoded.notes)
