"""What each process of the program sets up, whether a command's own or a worker's."""

from __future__ import annotations

import gc

_GARBAGE = 200_000
"""How many objects are made before cycles are looked for: ours are none, and to look takes time."""


def set_up() -> None:
    """Make the process ready for many short-lived records."""
    gc.set_threshold(_GARBAGE)
