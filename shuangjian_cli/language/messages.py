"""What the program says to people: English in the source, other languages from a catalogue.

`_` says a message in the language that the command line chose; the Python API leaves it English.
Catalogues are those of gettext (`locale/LANGUAGE/LC_MESSAGES/messages.po`, compiled beside it by
`make messages`). Words of data and of the report, which shows two languages at once, are labels.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gettext import NullTranslations

    from shuangjian_cli.language import Language

LOCALE = os.path.join(os.path.dirname(__file__), "locale")
DOMAIN = "messages"

_spoken: Language = "en"


def speak(language: Language) -> None:
    """Say what follows in this language, in this process."""
    global _spoken
    _spoken = language


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Say what the block says in this language."""
    before = _spoken
    speak(language)
    try:
        yield
    finally:
        speak(before)


def spoken() -> Language:
    """The language of what is said."""
    return _spoken


class Said(str):
    """A message in the language in which it was said, with what it takes to say it in another.

    Travels between processes and through exceptions as it is; what is joined of it is plain text.
    """

    message: str
    values: dict[str, Any]

    def __str__(self) -> str:
        return self

    def kept(self) -> dict[str, Any]:
        """The message and its values as JSON has them; `said` says it again."""
        values = {
            name: value.kept() if isinstance(value, Said) else value
            for name, value in self.values.items()
        }
        return {"message": self.message, "values": values}


def _(message: str, /, **values: object) -> str:
    """A message in the spoken language, its blanks `{name}` filled in: a `Said`."""
    text = message if _spoken == "en" or not message else _catalogue(_spoken).gettext(message)
    said = Said(text.format(**values) if values else text)
    said.message = message
    said.values = {
        name: value if isinstance(value, (Said, int, float)) else str(value)
        for name, value in values.items()
    }
    return said


def said(kept: dict[str, Any]) -> str:
    """A message that was kept, in the spoken language: a `Said`."""
    values = {
        name: said(value) if isinstance(value, dict) else value
        for name, value in kept["values"].items()
    }
    return _(kept["message"], **values)


def N_(message: str) -> str:
    """Marks a message that is said later, by `_`."""
    return message


def retold(text: str) -> str:
    """What others worded in English (records' reasons, Typer), in the spoken language.

    Its blanks are found again by the messages of `patterns.toml`; what none fits stays as it is.
    """
    if _spoken == "en":
        return text
    whole = _(text)
    if whole != text:
        return whole
    for message, pattern in _patterns():
        if found := pattern.fullmatch(text):
            return _(message, **{name: retold(words) for name, words in found.groupdict().items()})
    return text


def refused(error: OSError) -> str:
    """What the operating system says of what it refuses."""
    return retold(error.strerror or str(error))


@cache
def _catalogue(language: Language) -> NullTranslations:
    from gettext import translation

    return translation(DOMAIN, LOCALE, [language])


def patterned() -> Sequence[str]:
    """The messages that others word: whole ones, and with blanks."""
    from shuangjian_cli.data import load

    found: dict[str, list[str]] = load(__file__, "patterns.toml")
    return [message for messages in found.values() for message in messages]


@cache
def _patterns() -> Sequence[tuple[str, re.Pattern[str]]]:
    blank = re.compile(r"\\\{(\w+)\\\}")
    return [
        (message, re.compile(blank.sub(r"(?P<\1>.*?)", re.escape(message)), re.DOTALL))
        for message in patterned()
        if "{" in message
    ]
