"""A terminal to test in: a program in a pty, its keys, and the screen that it shows."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

_PATIENCE = 60
"""Seconds until what should be on the screen counts as missing."""


class Terminal:
    """`shuangjian` with some arguments, in a terminal of so many columns and rows."""

    def __init__(
        self,
        arguments: Sequence[str],
        folder: Path,
        *,
        columns: int = 80,
        rows: int = 60,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._process, self._handle = pty.fork()
        if not self._process:
            os.chdir(folder)
            own = {"TERM": "xterm-256color", **(environment or {})}
            hidden = ("COLUMNS", "LINES", "NO_COLOR")
            kept = {name: value for name, value in os.environ.items() if name not in hidden}
            size = struct.pack("HHHH", rows, columns, 0, 0)
            fcntl.ioctl(0, termios.TIOCSWINSZ, size)
            command = [sys.executable, "-m", "shuangjian_cli", *arguments]
            # With an environment of its own: readline puts sizes into that of this process.
            os.execve(sys.executable, command, kept | own)
        self.status: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.status is None:
            with suppress(ProcessLookupError):
                os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)
        os.close(self._handle)

    def text(self) -> str:
        """The screen, its lines without trailing blanks. A wide character is followed by none."""
        lines = []
        for row in range(self._screen.lines):
            cells = self._screen.buffer[row]
            line = "".join(cells[column].data for column in range(self._screen.columns))
            lines.append(line.rstrip())
        return "\n".join(lines).rstrip()

    def until(self, *said: str) -> str:
        """Read on until all of some words are on the screen; gives the screen."""
        end = time.monotonic() + _PATIENCE
        while not all(each in self.text() for each in said):
            if time.monotonic() > end or not self._read(end - time.monotonic()):
                raise AssertionError(f"{said} are not on the screen:\n{self.text()}")
        return self.text()

    def press(self, keys: str, *said: str) -> str:
        """Press keys, then as `until`."""
        os.write(self._handle, keys.encode())
        return self.until(*said)

    def end(self) -> int:
        """Read to the end of the program; gives its exit status."""
        while self._read(_PATIENCE):
            pass
        _, status = os.waitpid(self._process, 0)
        self.status = os.waitstatus_to_exitcode(status)
        return self.status

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._handle], [], [], max(0, seconds))
        if not ready:
            return False
        try:
            data = os.read(self._handle, 1 << 16)
        except OSError:  # Linux says so where the other end is closed
            return False
        self._stream.feed(data)
        return bool(data)
