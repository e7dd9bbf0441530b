"""Files that are either whole or not there: write beside, flush to disk, rename."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

from shuangjian_cli.language.messages import _, refused


class WriteError(Exception):
    """An output that could not be written: `file` names it, the message says why and the mend."""

    def __init__(self, file: str, message: str) -> None:
        super().__init__(_("cannot write {file}: {message}", file=file, message=message))
        self.file = file


@contextmanager
def replacing(path: str) -> Iterator[IO[bytes]]:
    """A binary file that takes the place of `path` when the block ends well.

    On any exception the old file stays and nothing is left beside it. A link is followed, the
    old file's permissions are kept, and a device or pipe is written to directly. Raises
    WriteError.
    """
    try:
        mode = os.stat(path).st_mode if os.path.exists(path) else None
        if mode is not None and stat.S_ISDIR(mode):
            raise WriteError(path, _("it is a folder; name a file in it"))
        if mode is not None and not stat.S_ISREG(mode):
            with open(path, "wb") as device:
                yield device
            return
        target = os.path.realpath(path)
        folder = os.path.dirname(target)
        beside = os.path.join(folder, f".shuangjian-{os.urandom(8).hex()}.tmp")
        handle = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666)
        try:
            with open(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(handle)
            if mode is not None:
                os.chmod(beside, stat.S_IMODE(mode))
            os.replace(beside, target)
        except BaseException:
            with suppress(OSError):
                os.unlink(beside)
            raise
        _sync_folder(folder)
    except OSError as error:
        raise WriteError(path, refused(error)) from error


def _sync_folder(folder: str) -> None:
    """Make a rename last; some systems and file systems know no such thing, which is no harm."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
