"""Where a verb writes, by its options."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from shuangjian_cli.commands.messages import wrong
from shuangjian_cli.language.messages import _, spoken
from shuangjian_cli.write import FORMATS, Destination, format_of

if TYPE_CHECKING:
    from shuangjian_cli.language import Language
    from shuangjian_cli.tag.pack import Rules


def destination(
    format: str | None,
    output: str | None,
    inputs: Sequence[str] = (),
    rules: Rules | None = None,
    *,
    encoding: str | None = None,
    headings: Language | None = None,
    color: str = "auto",
) -> Destination:
    """Where to write, under the rules' names. An output that is an input is refused."""
    path = None if output == "-" else output
    if path is not None:
        refuse_input(path, inputs)
    chosen = format
    if chosen is None and path is not None:
        chosen = format_of(path)
        if chosen is None:
            raise wrong("-o", _("the suffix of {path} names no format; add --format", path=path))
    terminal = path is None and sys.stdout.isatty()
    if chosen is None:
        chosen = "table" if terminal else "csv"
    if terminal and chosen in ("xlsx", "parquet", "dta", "sav"):
        raise wrong(
            "--format", _("{chosen} is not for a terminal; add -o FILE.{chosen}", chosen=chosen)
        )
    assert chosen in FORMATS
    return Destination(
        format=chosen,
        path=path,
        encoding=encoding,
        color=colored(color, terminal),
        lang=spoken(),
        rules=rules,
        headings=headings,
    )


def refuse_input(path: str, inputs: Sequence[str]) -> None:
    """Refuse an output that is one of the inputs."""
    for each in inputs:
        try:
            same = os.path.isfile(each) and os.path.samefile(path, each)
        except OSError:
            continue
        if same:
            raise wrong("-o", _("{path} is an input, too; name another file", path=path))


def colored(wish: str, terminal: bool) -> bool:
    """Whether to colour: the option first, NO_COLOR next, then what forces it, then the terminal."""
    if wish != "auto":
        return wish == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if any(
        os.environ.get(name, "0") not in ("", "0") for name in ("CLICOLOR_FORCE", "FORCE_COLOR")
    ):
        return True
    return terminal and os.environ.get("TERM") != "dumb"
