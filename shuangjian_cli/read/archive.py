"""The members of a .zip, read in memory within bounds; nothing is ever written to disk."""

from __future__ import annotations

import stat
import struct
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from io import BytesIO
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import crc32

from shuangjian_cli.language.messages import _

from .decode import likeliest
from .find import wanted
from .options import WHOLE, Options, Share, Unreadable

MAX_MEMBERS = 100_000
MAX_TOTAL = 16  # times max_bytes, of all members together
MAX_RATIO = 200  # unpacked to packed; text reaches 20
_SMALL = 2**20  # bytes, below which any ratio is harmless

_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_UNICODE_PATH = 0x7075  # Info-ZIP's extra field, which WinRAR and 7-Zip write too
_NAMES = ("gb18030", "big5hkscs")  # what Chinese tools write besides UTF-8


def members(
    file: BinaryIO, options: Options, share: Share = WHOLE
) -> Iterator[tuple[int, str, Callable[[], bytes]]]:
    """Place and name of each member that is read, in order of names, with what unpacks it or raises
    `Unreadable`; of a share of consecutive members only these.

    Folders, links, hidden files and unknown suffixes are left out, and tables unless they have a
    named text column, as in a folder. Raises `Unreadable` for what is damaged or a bomb.
    """
    with _opened(file) as archive:
        entries = archive.infolist()
        if len(entries) > MAX_MEMBERS:
            raise Unreadable(
                _("more than {max_members} members; unpack it first", max_members=MAX_MEMBERS)
            )
        if sum(entry.file_size for entry in entries) > MAX_TOTAL * options.max_bytes:
            raise Unreadable(
                _(
                    "unpacks to more than {max_total} times the size limit; unpack it or"
                    " raise --max-bytes",
                    max_total=MAX_TOTAL,
                )
            )
        named = sorted(zip(_names(entries), entries, strict=True), key=lambda each: each[0])
        taken = False
        found: list[tuple[str, Callable[[], bytes]]] = []
        for name, entry in named:
            parts = name.split("/")
            if not name:
                found.append((name, partial(_refuse, _("a member without a name; pack it again"))))
                continue
            if (
                name.endswith("/")
                or stat.S_ISLNK(entry.external_attr >> 16)
                or any(part.startswith((".", "__MACOSX")) and part != ".." for part in parts)
                or not wanted(name, options.text_column is not None)
            ):
                continue
            taken = True
            if ".." in parts or name.startswith("/") or ":" in parts[0]:
                found.append(
                    (name, partial(_refuse, _("a path that leaves its archive; pack it again")))
                )
            else:
                found.append((name, partial(_content, archive, entry, options)))
        for place in share.span(len(found)):
            yield (place, *found[place])
        if not taken:
            raise Unreadable(
                _("an archive without a file that can be read; see the list of inputs")
            )


def _refuse(reason: str) -> bytes:
    raise Unreadable(reason)


def _content(archive: ZipFile, entry: ZipInfo, options: Options) -> bytes:
    if entry.flag_bits & _ENCRYPTED:
        raise Unreadable(_("encrypted; unpack the archive with its password first"))
    if entry.file_size > options.max_bytes:
        raise Unreadable(
            _("larger than {max_bytes} bytes; raise --max-bytes", max_bytes=options.max_bytes)
        )
    if entry.file_size > _SMALL and entry.file_size > MAX_RATIO * entry.compress_size:
        raise Unreadable(
            _(
                "unpacks to over {max_ratio} times its size; unpack it first if you trust it",
                max_ratio=MAX_RATIO,
            )
        )
    try:
        with archive.open(entry) as member:
            return member.read(entry.file_size + 1)  # whatever its header says
    except NotImplementedError:
        reason = _("packed by a method that is not read; pack it again as a plain .zip")
    except Exception:  # noqa: BLE001 - each method of packing has errors of its own
        reason = _("damaged inside its archive; fetch it again")
    raise Unreadable(reason)


def _opened(file: BinaryIO) -> ZipFile:
    damaged = Unreadable(_("a damaged or truncated archive; fetch it again"))
    try:
        return ZipFile(file)
    except OSError:
        raise damaged from None
    except (BadZipFile, ValueError, NotImplementedError):
        file.seek(0)
    # One member's name that is not the UTF-8 that it should be is enough for this.
    data = bytearray(file.read())
    try:
        _forget_encodings(data)
        return ZipFile(BytesIO(data))
    except (BadZipFile, OSError, ValueError, NotImplementedError, struct.error):
        raise damaged from None


def _forget_encodings(data: bytearray) -> None:
    """Make all names of an archive's directory plain bytes. Raises struct.error."""
    (size,) = struct.unpack_from("<L", data, data.rfind(b"PK\5\6") + 12)
    at = data.rfind(b"PK\5\6") - size
    while data[at : at + 4] == b"PK\1\2":
        data[at + 9] &= ~(_UTF8_NAME >> 8)
        name, extra, comment = struct.unpack_from("<HHH", data, at + 28)
        start = at + 46 + name
        for field, kind, _content in _fields(bytes(data[start : start + extra])):
            if kind == _UNICODE_PATH:
                struct.pack_into("<H", data, start + field, 0)
        at = start + extra + comment


def _fields(extra: bytes) -> Iterator[tuple[int, int, bytes]]:
    """The extra fields of a member: where each begins, its kind, and its content."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        yield at, kind, extra[at + 4 : at + 4 + length]
        at += 4 + length


def _names(entries: Sequence[ZipInfo]) -> list[str]:
    """The names of members; without the UTF-8 flag, Chinese tools write UTF-8, GBK or Big5.

    They are made from the bytes of the directory, since versions of zipfile differ in whether
    they read the Unicode Path field.
    """
    raw = [
        b"" if entry.flag_bits & _UTF8_NAME else entry.orig_filename.encode("cp437")
        for entry in entries
    ]
    encoding = likeliest(b"\n".join(name for name in raw if not name.isascii()), _NAMES)
    names = []
    for entry, plain in zip(entries, raw, strict=True):
        name = _unicode_path(entry, plain) or entry.orig_filename
        if plain and name is entry.orig_filename:
            for each in ("utf-8", encoding):
                with suppress(UnicodeDecodeError):
                    name = plain.decode(each)
                    break
        names.append(name.partition("\0")[0].replace("\\", "/"))
    return names


def _unicode_path(entry: ZipInfo, plain: bytes) -> str | None:
    """The name in a member's Unicode Path field, if that is of this name."""
    for _field, kind, content in _fields(entry.extra):
        if kind == _UNICODE_PATH and content[:5] == struct.pack("<BL", 1, crc32(plain)):
            with suppress(UnicodeDecodeError):
                return content[5:].decode()
    return None
