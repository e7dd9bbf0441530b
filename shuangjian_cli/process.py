"""What each process of the program sets up, whether a command's own or a worker's."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from .language.messages import _

_WITHOUT_NUMPY = 18
"""The first version of pyarrow that can do without numpy."""
_GARBAGE = 200_000
"""How many objects are made before cycles are looked for: ours are none, and to look takes time."""


_own = False


def set_up(*, own: bool = False) -> None:
    """Make the process ready for many short-lived records. `own`: it does nothing else but the program's work."""
    global _own
    _own = own
    gc.set_threshold(_GARBAGE)


def import_arrow() -> None:
    """Imports pyarrow, where the process is the program's own without numpy: that takes 12 MB, and nothing
    here makes use of it."""
    import importlib.metadata

    version = importlib.metadata.version("pyarrow").partition(".")[0]
    loaded = "numpy" in sys.modules or "pyarrow" in sys.modules
    if not _own or loaded or int(version) < _WITHOUT_NUMPY:
        return
    sys.modules["numpy"] = None  # type: ignore[assignment]
    try:
        import pyarrow.parquet  # noqa: F401
    finally:
        del sys.modules["numpy"]


def internal(error: Exception) -> str:
    """An error of our own making in one line, with the place that raised it."""
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    told = f"{type(error).__name__}: {error}"
    if frames:
        place = f"{os.path.basename(frames[-1].filename)}:{frames[-1].lineno}"
        told = _("{error} at {place}", error=told, place=place)
    return _("internal error ({error}); please report it", error=told)


def too_late(seconds: float) -> str:
    """What is told of a text that took longer than so many seconds."""
    return _(
        "took longer than {seconds} s; raise --timeout or leave the file out",
        seconds=f"{seconds:g}",
    )


class TooLateError(BaseException):
    """The time of a block was up; no handler of errors inside may take it for one of its own."""


def can_limit() -> bool:
    """Whether `limited` works here: where there are timers, in the main thread."""
    threading = sys.modules.get("threading")
    main = threading is None or threading.current_thread() is threading.main_thread()
    return main and hasattr(signal, "setitimer")


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raises TooLateError in a block that takes longer. 0: no limit."""

    def late(number: int, frame: FrameType | None) -> None:
        raise TooLateError

    if not seconds:
        yield
        return
    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
