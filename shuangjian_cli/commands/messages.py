"""What goes to standard error: one line each, with nothing in it that drives a terminal.

A wrong option is raised as `wrong`; the command line ends with its line and exit status 2.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from shuangjian_cli.language.messages import _

if TYPE_CHECKING:
    import typer

PROGRAM = "shuangjian"
_FEW = 40
_INTERRUPTED = 130


def tell(message: str) -> None:
    """Write one line to standard error; where nobody reads it, that is no reason to stop."""
    from shuangjian_cli.write.values import visible

    try:
        print(f"{PROGRAM}: {visible(message)}", file=sys.stderr, flush=True)
    except (OSError, ValueError):
        return


def interrupted() -> int:
    """Tell of Ctrl-C; gives the exit status."""
    tell(_("interrupted"))
    return _INTERRUPTED


def close_to(word: str, known: Iterable[str]) -> str:
    """What to say after a wrong word: the known ones most like it, or all where they are few."""
    from difflib import get_close_matches

    words = list(dict.fromkeys(known))
    if near := get_close_matches(word, words, n=3, cutoff=0.5):
        return _("; did you mean {words}?", words=_(" or ").join(near))
    return _("; there are {words}", words=", ".join(words)) if len(words) <= _FEW else ""


def wrong(option: str, message: str) -> typer.BadParameter:
    """A wrong value of an option: one line and exit status 2."""
    import typer

    return typer.BadParameter(message, param_hint=option if option.startswith("-") else _(option))


def one_of(option: str, words: list[str], known: Mapping[str, str]) -> frozenset[str]:
    """What the given words stand for. Raises BadParameter with the known ones that come close."""
    for word in words:
        if word not in known:
            raise wrong(
                option,
                _("{word} is not known{close_to}", word=repr(word), close_to=close_to(word, known)),
            )
    return frozenset(known[word] for word in words)
