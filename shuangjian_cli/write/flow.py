"""Text that flows into the width it is given, Chinese and other words mixed.

rich breaks lines at blanks alone, so that a sentence without any is cut or stands apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text

_WIDE = "\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6"
# What may not stand at the beginning or end of a line goes with its neighbour, a number with
# what it counts.
_PART = re.compile(
    rf"[（“《〔【「]*(?:\d+ )?(?:[{_WIDE}]|[^\s{_WIDE}“”]+)[，。；：、？！）”》〕】」…]*\s*|\s+|."
)


def breaks(text: str, width: int) -> Iterator[int]:
    """The offsets at which lines of at most so many cells begin, but for the first."""
    start = at = 0
    for part in _PART.finditer(text):
        word = part.group().rstrip()
        if at and cell_len(text[start : part.start()]) + cell_len(word) > width:
            yield part.start()
            start = part.start()
        at = part.end()
        while cell_len(text[start:at].rstrip()) > width:  # a word that is longer than a line
            start += _fitting(text[start:at], width)
            yield start


def _fitting(text: str, width: int) -> int:
    """How many characters of a text fit into a line; one at least."""
    count = 1
    while count < len(text) and cell_len(text[: count + 1]) <= width:
        count += 1
    return count


class Flow:
    """A text for rich, a paragraph a line."""

    def __init__(self, text: Text) -> None:
        self._text = text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for paragraph in self._text.split(allow_blank=True):
            for line in paragraph.divide(breaks(paragraph.plain, options.max_width)):
                line.rstrip()
                yield line

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        longest = max((cell_len(line) for line in self._text.plain.splitlines()), default=0)
        return Measurement(min(longest, 8), min(longest, options.max_width))
