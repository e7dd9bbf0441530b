"""The console of rich, set so that it interprets nothing that a document says."""

from __future__ import annotations

from typing import TextIO

from rich.console import Console

_NARROWEST = 40
"""Under this width a table would leave out columns; the terminal itself breaks its lines."""


def plain_console(out: TextIO, *, color: bool, width: int | None = None) -> Console:
    """A console without markup, links, emoji or highlighting. `width` None asks the terminal."""
    made = Console(
        file=out,
        width=width,
        color_system="standard" if color else None,
        force_terminal=color,
        no_color=not color,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
    )
    made.width = max(made.width, _NARROWEST)
    return made
