"""The members of a .zip, read in memory within bounds; nothing is ever written to disk."""

from __future__ import annotations

import stat
import zlib
from collections.abc import Iterator
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from .find import wanted
from .options import Options, Unreadable

MAX_MEMBERS = 100_000
MAX_TOTAL = 16  # times max_bytes, of all members together
MAX_RATIO = 200  # unpacked to packed; text reaches 20
_SMALL = 2**20  # bytes, below which any ratio is harmless

_UTF8_NAME = 0x800
_ENCRYPTED = 0x1


def members(file: BinaryIO, options: Options) -> Iterator[tuple[str, bytes | Unreadable]]:
    """Name and content of each member that is read, in order of names, or why it is not.

    Folders, links, hidden files and unknown suffixes are left out, and tables unless they have a
    named text column, as in a folder. Raises `Unreadable` for what is damaged or a bomb.
    """
    try:
        archive = ZipFile(file)
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        raise Unreadable("a damaged or truncated archive; fetch it again") from None
    with archive:
        entries = archive.infolist()
        if len(entries) > MAX_MEMBERS:
            raise Unreadable(f"more than {MAX_MEMBERS} members; unpack it first")
        if sum(entry.file_size for entry in entries) > MAX_TOTAL * options.max_bytes:
            raise Unreadable(
                f"unpacks to more than {MAX_TOTAL} times the size limit; unpack it or raise --max-bytes"
            )
        named = sorted(((_name(entry), entry) for entry in entries), key=lambda each: each[0])
        taken = False
        for name, entry in named:
            parts = name.split("/")
            if (
                entry.is_dir()
                or stat.S_ISLNK(entry.external_attr >> 16)
                or any(part.startswith((".", "__MACOSX")) and part != ".." for part in parts)
                or not wanted(name, options.text_column is not None)
            ):
                continue
            taken = True
            if ".." in parts or name.startswith("/") or ":" in parts[0]:
                yield name, Unreadable("a path that leaves its archive; pack it again")
            else:
                yield name, _content(archive, entry, options)
        if not taken:
            raise Unreadable("an archive without a file that can be read; see the list of inputs")


def _content(archive: ZipFile, entry: ZipInfo, options: Options) -> bytes | Unreadable:
    if entry.flag_bits & _ENCRYPTED:
        return Unreadable("encrypted; unpack the archive with its password first")
    if entry.file_size > options.max_bytes:
        return Unreadable(f"larger than {options.max_bytes} bytes; raise --max-bytes")
    if entry.file_size > _SMALL and entry.file_size > MAX_RATIO * entry.compress_size:
        return Unreadable(
            f"unpacks to over {MAX_RATIO} times its size; unpack it first if you trust it"
        )
    try:
        with archive.open(entry) as member:
            return member.read(entry.file_size + 1)  # whatever its header says
    except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError):
        return Unreadable("damaged inside its archive; fetch it again")


def _name(entry: ZipInfo) -> str:
    """A member's name; without the UTF-8 flag, Chinese tools write UTF-8 or GBK."""
    name = entry.filename
    if not entry.flag_bits & _UTF8_NAME:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")
