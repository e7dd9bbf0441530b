"""What is derived from the rules and costs much of a start, kept in the user's cache folder.

A value is kept under all that it is derived from: a pattern under its text, a table under the
content of its file. So nothing kept is ever out of date, and what is not there is derived anew.

The file is read only where nobody but the user can have written it, and only if it is whole.
`SHUANGJIAN_CACHE` names another folder, or says `off`. Nothing here raises or tells: a start
without the cache is slower, and that is all.
"""

from __future__ import annotations

import marshal
import os
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib.util import source_hash
from typing import Any, TypeVar

VARIABLE = "SHUANGJIAN_CACHE"

T = TypeVar("T")
Key = tuple[str, "str | bytes", int]
"""The kind of a value, what it is derived from, and flags or other numbers of its kind."""

_MOST = 4 << 20
"""The largest file, in bytes: one larger is begun anew with what its process used."""
_HEADER = f"shuangjian 1 {sys.implementation.cache_tag} {sys.hexversion:x} {sys.byteorder}\n"
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


class Derived:
    """Values of one cache file. `found` and `made` count those asked for, for a test to see."""

    def __init__(self) -> None:
        self.found = 0
        self.made = 0
        self._kept: dict[Key, bytes] | None = None
        self._new: dict[Key, Callable[[], Any]] = {}

    def get(self, key: Key) -> Any:
        """The value under a key, None where there is none."""
        if self._kept is None:
            self._kept = _read()
        kept = self._kept.get(key)
        if kept is None:
            self.made += 1
            return None
        self.found += 1
        return marshal.loads(kept)

    def add(self, key: Key, value: Callable[[], Any]) -> None:
        """Keep a value that `save` asks for then; None is not kept."""
        self._new[key] = value

    def value(self, key: Key | None, make: Callable[[], T]) -> T:
        """The value under a key, of types that `marshal` knows; made where there is none."""
        if key is None:
            return make()
        value: T | None = self.get(key)
        if value is None:
            value = made = make()
            self.add(key, lambda: made)
        return value

    def save(self) -> None:
        """Write what was added, beside what others have written meanwhile."""
        if not self._new:
            return
        with suppress(OSError):
            folder = _folder()
            if folder is None or not _make(folder):
                return
            new = {}
            for key, value in self._new.items():
                made = value()
                if made is not None:
                    with suppress(ValueError):  # of a type that marshal does not know
                        new[key] = marshal.dumps(_shared(made, {}))
            self._new.clear()
            content = marshal.dumps(_read() | new)
            if len(content) > _MOST:
                content = marshal.dumps(new)
            _write(folder, content)


DERIVED = Derived()
"""Those of this process."""


def content_key(kind: str, module: str, *names: str) -> Key | None:
    """The key of what is derived from files, data and the code that reads it, beside a module (its
    `__file__`); None where one is missing, as in a package of byte code alone."""
    try:
        paths = [os.path.join(os.path.dirname(module), name) for name in names]
        return kind, b"".join(source_hash(_content(path)) for path in paths), 0
    except OSError:
        return None


def _shared(value: Any, known: dict[Any, Any]) -> Any:
    """The value with one object for all strings, and tuples of strings or of numbers, that are equal:
    marshal writes and reads it once."""
    kind = type(value)  # marshal knows none that is derived from these
    if kind is str:
        return known.setdefault(value, value)
    if kind is dict:
        return {_shared(key, known): _shared(each, known) for key, each in value.items()}
    if kind is list:
        return [_shared(each, known) for each in value]
    if kind is tuple:
        made = tuple([_shared(each, known) for each in value])
        alike = {type(each) for each in made}
        return known.setdefault(made, made) if alike == {str} or alike == {int} else made
    return value


def _content(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _folder() -> str | None:
    """The cache folder, None where there is none or nobody can tell who may write to it."""
    if os.name != "posix":
        return None
    own = os.environ.get(VARIABLE)
    if own:
        return None if own == "off" else os.path.abspath(own)
    if sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(base, "shuangjian") if os.path.isabs(base) else None


def _is_own(status: os.stat_result) -> bool:
    return status.st_uid == os.geteuid() and not status.st_mode & _OTHERS_WRITE


def _is_own_folder(folder: str) -> bool:
    status = os.lstat(folder)
    return stat.S_ISDIR(status.st_mode) and _is_own(status)


def _make(folder: str) -> bool:
    """Make the folder where it is not there; whether it can be used.

    Nothing is made in another user's folder: under `sudo` it would lock that user out.
    """
    above = folder
    while not os.path.lexists(above):
        above = os.path.dirname(above)
    if os.stat(above).st_uid != os.geteuid():
        return False
    os.makedirs(folder, 0o700, exist_ok=True)
    return _is_own_folder(folder)


def _file(folder: str) -> str:
    return os.path.join(folder, f"{sys.implementation.cache_tag}.derived")


def _read() -> dict[Key, bytes]:
    """What the file holds, nothing where it is not to be used."""
    folder = _folder()
    if folder is None:
        return {}
    try:
        if not _is_own_folder(folder):
            return {}
        with open(os.open(_file(folder), os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode) or not _is_own(status):
                return {}
            if file.readline(len(_HEADER)) != _HEADER.encode() or status.st_size > 2 * _MOST:
                return {}
            mark, content = file.read(8), file.read()
    except OSError:
        return {}
    if source_hash(content) != mark:  # damaged
        return {}
    kept: dict[Key, bytes] = marshal.loads(content)
    return kept


def _write(folder: str, content: bytes) -> None:
    """Put a new file in the old one's place. Raises OSError."""
    path = _file(folder)
    beside = f"{path}.{os.getpid()}"
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
        with open(os.open(beside, flags, 0o600), "wb") as file:
            file.write(_HEADER.encode() + source_hash(content) + content)
        os.replace(beside, path)
    except OSError:
        with suppress(OSError):
            os.unlink(beside)
        raise
    _tidy(folder, os.path.basename(path))


def _tidy(folder: str, name: str) -> None:
    """Remove what processes that were killed while they wrote have left beside the file."""
    for other in os.listdir(folder):
        stem, _, writer = other.rpartition(".")
        if stem == name and writer.isdecimal() and not _is_alive(int(writer)):
            with suppress(OSError):
                os.unlink(os.path.join(folder, other))


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True
