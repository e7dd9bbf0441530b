"""Writes the pictures of the READMEs, docs/images/*.svg: what the commands show on a terminal."""

from __future__ import annotations

import fcntl
import io
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator, Sequence
from contextlib import suppress
from html import escape, unescape
from itertools import groupby
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import DIMMED_MONOKAI
from rich.text import Text

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
WIDTH = 100
SAMPLE = "samples/zhijin-county.txt"
PICTURES: dict[str, tuple[Sequence[str], int]] = {
    f"{name}.{language}": ([*command, "--lang", language], lines)
    for language in ("en", "zh")
    for name, command, lines in (
        ("extract", ["extract", SAMPLE, "--pillar", "services"], 24),
        ("explain", ["explain", f"{SAMPLE}:16"], 28),
    )
}
"""For each picture the command and how many lines of it are shown."""

# Rich's own fetches its letters from the network, and none of them are Chinese.
_FONT = "'Noto Sans Mono CJK SC','Sarasa Mono SC','Microsoft YaHei',Menlo,Consolas,monospace"
_CELL = 12.2  # the width of a cell in rich's pictures
_TEXT = re.compile(
    r'<text class="([^"]*)" x="([\d.]+)" y="([\d.]+)" textLength="[\d.]+"([^>]*)>([^<]*)</text>'
)


def picture(command: Sequence[str], lines: int) -> str:
    """An SVG of the first lines of what a command shows."""
    shown = _shown(command).splitlines()
    more = ["…"] if len(shown) > lines else []
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi("\n".join([*shown[:lines], *more])))
    svg = console.export_svg(title=f"shuangjian {' '.join(command)}", theme=DIMMED_MONOKAI)
    svg = re.sub(r"@font-face \{[^}]*\}\s*", "", svg).replace("Fira Code, monospace", _FONT)
    return _TEXT.sub(lambda found: "".join(_parts(found)), svg)


def _parts(found: re.Match[str]) -> Iterator[str]:
    """A text in pieces of wide and of other characters; rich takes all for one cell wide."""
    style, x, y, rest, text = found.groups()
    at = float(x)
    for _, group in groupby(unescape(text), key=cell_len):
        part = "".join(group)
        length = cell_len(part) * _CELL
        yield (
            f'<text class="{style}" x="{at:.1f}" y="{y}" textLength="{length:.1f}"{rest}>'
            f"{escape(part).replace(chr(160), '&#160;')}</text>"
        )
        at += length


def _shown(command: Sequence[str]) -> str:
    """What a command writes to a terminal of WIDTH columns."""
    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 200, WIDTH, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "shuangjian_cli", *command, "--color", "always"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color"},
        stdin=subprocess.DEVNULL,
        stdout=its,
    )
    os.close(its)
    out = b""
    with suppress(OSError):  # Linux says so where the other end is closed
        while data := os.read(ours, 1 << 16):
            out += data
    os.close(ours)
    assert process.wait() == 0
    return out.decode().replace("\r\n", "\n")


if __name__ == "__main__":
    IMAGES.mkdir(parents=True, exist_ok=True)
    for name, (command, lines) in PICTURES.items():
        (IMAGES / f"{name}.svg").write_text(picture(command, lines), encoding="utf-8")
