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

_GARBAGE = 200_000
"""How many objects are made before cycles are looked for: ours are none, and to look takes time."""


def set_up() -> None:
    """Make the process ready for many short-lived records."""
    gc.set_threshold(_GARBAGE)


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
