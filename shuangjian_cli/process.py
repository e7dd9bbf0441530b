"""What each process of the program sets up, whether a command's own or a worker's."""

from __future__ import annotations

import gc
import os

_GARBAGE = 200_000
"""How many objects are made before cycles are looked for: ours are none, and to look takes time."""


def set_up() -> None:
    """Make the process ready for many short-lived records."""
    gc.set_threshold(_GARBAGE)


def internal(error: Exception) -> str:
    """An error of our own making in one line, with the place that raised it."""
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {os.path.basename(frames[-1].filename)}:{frames[-1].lineno}" if frames else ""
    return f"internal error ({type(error).__name__}: {error}{place}); please report it"
