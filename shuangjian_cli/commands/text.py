"""`shuangjian text`: the very text that offsets count in."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from shuangjian_cli.commands.messages import tell, wrong
from shuangjian_cli.language.messages import _
from shuangjian_cli.model import ReadError, Source


def text(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A file, a.zip!b.txt, a.csv!3, or -.")
    ],
    text_column: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The column that holds the texts of a table."),
    ] = None,
    input_encoding: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The encoding of the text, instead of telling it."),
    ] = None,
) -> int:
    """Print the text of a bulletin exactly as offsets count in it, with nothing added.

    The characters from a figure's `start` to before its `end` are the figure.
    """
    from shuangjian_cli.read import Options, sources
    from shuangjian_cli.write.values import on_screen

    try:
        options = Options(text_column=text_column, encoding=input_encoding)
    except ValueError as error:
        raise wrong("--input-encoding", str(error)) from None
    found: Source | None = None
    path = _container(file)
    for each in sources([path], options):
        if path != file and each.file != file:
            continue
        if isinstance(each, ReadError):
            tell(str(each))
            return 1
        if found is not None:
            raise wrong(
                "FILE",
                _("{file} holds several texts; name one, such as {one}", file=file, one=found.file),
            )
        found = each
    if found is None:
        tell(
            _(
                "{file}: no such text in {path}; see the column `file` of shuangjian tag {path}",
                file=file,
                path=path,
            )
        )
        return 1
    for note in found.notes:
        tell(f"{found.file}: {note}")
    # On a terminal nobody counts offsets, but what the text holds could drive it.
    shown = on_screen(found.text) if sys.stdout.isatty() else found.text
    sys.stdout.buffer.write(shown.encode("utf-8", "surrogatepass"))
    sys.stdout.buffer.flush()
    return 0


def _container(file: str) -> str:
    """The file on disk that holds a text: a.zip for a.zip!b.txt, unless that is a file itself."""
    path = file
    while path and not os.path.lexists(path):
        path = path.rpartition("!")[0]
    return path or file
