"""The console of rich, set so that it interprets nothing that a document says."""

from __future__ import annotations

from typing import Any, TextIO

from rich.console import Console
from rich.text import Text

from shuangjian_cli.write.flow import Flow

_NARROWEST = 40
"""Under this width a table would leave out columns; the terminal itself breaks its lines."""


class _Console(Console):
    """A console on which text flows, where rich would break it at blanks alone."""

    def print(self, *objects: Any, **look: Any) -> None:
        """As rich has it, with each `Text` a `Flow`."""
        super().print(*(Flow(each) if isinstance(each, Text) else each for each in objects), **look)


def plain_console(out: TextIO, *, color: bool, width: int | None = None) -> Console:
    """A console without markup, links, emoji or highlighting. `width` None asks the terminal."""
    made = _Console(
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
