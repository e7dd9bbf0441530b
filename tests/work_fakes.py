"""Work on files of lines, each line a text, some of them poison."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

from shuangjian_cli.commands.work import Began, Piece, Task


def lines(task: Task) -> Iterator[Began | Piece]:
    """Two pieces for each line."""
    found = Path(task.path).read_text(encoding="utf-8").splitlines()
    for place, line in enumerate(found):
        if place < task.first or place % task.parts != task.part:
            continue
        if len(found) > 1:
            yield Began(place, f"{task.path}!{place}")
        if "☠" in line:
            os.kill(os.getpid(), signal.SIGKILL)
        if "⌛" in line:
            signal.pause()
        yield Piece(place, rows={"lines": [{"line": line}]})
        if "✗" in line:
            raise ValueError("a bug of ours")
        yield Piece(place, rows={"lines": [{"line": line.upper()}]}, last=True)


def process(task: str) -> Iterator[int]:
    """The process that answers."""
    yield os.getpid()
