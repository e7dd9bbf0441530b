"""Runs commands and tells what they took: CPU seconds, the clock's seconds, memory, instructions."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

# Compiled modules are kept, as in any installation, but not in the checkout.
_CACHE = tempfile.TemporaryDirectory()
ENVIRONMENT = os.environ | {
    "PYTHONDONTWRITEBYTECODE": "",
    "PYTHONPYCACHEPREFIX": _CACHE.name,
    "SHUANGJIAN_CACHE": str(Path(_CACHE.name) / "derived"),
    "PYTHONPATH": os.pathsep.join(
        filter(None, (str(Path(__file__).parent.parent), os.environ.get("PYTHONPATH")))
    ),
}
_EVERY = 0.05
"""Seconds between two looks at the memory of processes."""
_COUNTED = re.compile(r"Collected : (\d+)")


class Taken(NamedTuple):
    """What a command took. Memory is resident, in bytes: that of its largest process by the kernel's
    count, and the most of all of its processes at one time, in which what they share counts several
    times (0 without /proc)."""

    cpu: float
    seconds: float
    largest: int
    together: int


def taken(arguments: list[str]) -> Taken:
    """What a Python process and its workers took. Raises `SystemExit` where it fails."""
    peak = 0
    ended = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not ended.wait(_EVERY):
            peak = max(peak, sum(map(_resident, _tree(process.pid))))

    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=ENVIRONMENT,
    )
    watcher = threading.Thread(target=watch)
    watcher.start()
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    ended.set()
    watcher.join()
    if process.returncode:
        raise SystemExit(f"{' '.join(arguments)} ended with status {process.returncode}")
    return Taken(used.ru_utime + used.ru_stime, seconds, used.ru_maxrss * 1024, peak)


def shuangjian(*arguments: object) -> list[str]:
    """The arguments of Python for a command line of the program."""
    return ["-m", "shuangjian_cli", *map(str, arguments)]


def instructions(arguments: list[str]) -> int | None:
    """The instructions that a Python process takes, its compiled modules and caches ready; None
    where valgrind is absent."""
    valgrind = shutil.which("valgrind")
    if valgrind is None:
        return None
    done = subprocess.run(
        [
            *(valgrind, "--tool=callgrind", "--callgrind-out-file=/dev/null"),
            *(sys.executable, *arguments),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=ENVIRONMENT | {"PYTHONHASHSEED": "0"},
        text=True,
        errors="replace",
        check=True,
    )
    counted = _COUNTED.search(done.stderr)
    return int(counted[1]) if counted else None


def installed(name: str) -> str | None:
    """The version of Python or of a package, None where it is absent."""
    if name == "python":
        return platform.python_version()
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _tree(process: int) -> Iterator[int]:
    yield process
    try:
        children = "".join(
            each.read_text() for each in Path(f"/proc/{process}/task").glob("*/children")
        )
    except OSError:  # it has just ended
        return
    for child in children.split():
        yield from _tree(int(child))


def _resident(process: int) -> int:
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
