"""The plain `extract`: files, and options that need no looking up.

Typer takes longer to import and to build its parser than a bulletin takes to read. What is more
than plain, or wrong, is left to it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any

from shuangjian_cli.commands import defaults
from shuangjian_cli.commands.messages import PROGRAM

_OPTIONS = {
    "-f": "format",
    "--format": "format",
    "-o": "output",
    "--output": "output",
    "-j": "jobs",
    "--jobs": "jobs",
    "--timeout": "timeout",
    "--lang": "lang",
}
_COMPLETION = f"_{PROGRAM.upper()}_COMPLETE"


def plain(args: Sequence[str]) -> Callable[[], int] | None:
    """What runs these arguments, None where they are more than plain."""
    # On Windows it is Typer that knows what `*.txt` stands for.
    if args[:1] not in (["extract"], ("extract",)) or os.name == "nt" or _COMPLETION in os.environ:
        return None
    if defaults.read() is not None:
        return None
    paths: list[str] = []
    options: dict[str, Any] = {}
    words = iter(args[1:])
    for word in words:
        if word == "-" or not word.startswith("-"):
            paths.append(word)
            continue
        name = _OPTIONS.get(word)
        value = None if name is None else _value(name, next(words, ""))
        if name is None or value is None:
            return None
        options[name] = value
    return lambda: _extract(paths, **options)


def _value(name: str, word: str) -> str | int | float | None:
    """The value of an option, None where it is not plainly one."""
    from shuangjian_cli.language import LANGUAGES
    from shuangjian_cli.write import FORMATS

    digits = word.isascii() and word.replace(".", "", int(name == "timeout")).isdigit()
    match name:
        case "jobs":
            return int(word) if digits else None
        case "timeout":
            return float(word) if digits else None
        case "lang":
            return word if word in LANGUAGES else None
        case "format":
            return word if word in FORMATS else None
    return None if word.startswith("-") else word or None


def _extract(
    paths: list[str],
    format: str | None = None,
    output: str | None = None,
    lang: str | None = None,  # it was heeded before anything was said
    **limits: Any,
) -> int:
    from shuangjian_cli.commands.destination import destination
    from shuangjian_cli.commands.figures import write_figures
    from shuangjian_cli.commands.run import Run, given
    from shuangjian_cli.commands.vocabulary import own_rules
    from shuangjian_cli.commands.work import Accepts
    from shuangjian_cli.read import Options
    from shuangjian_cli.write import INDICATORS

    inputs = given(paths)
    where = destination(format, output, inputs, own_rules(None))
    return write_figures(Run(inputs, Options(), Accepts({}), **limits), INDICATORS, where)
