"""What the readers may be told, and how they say no."""

import codecs
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TypeVar

from ..language.messages import _
from ..model import Metadata
from ..patterns import regex

_CONTROLS = regex(r"[\0-\x1f\x7f-\x9f\u2028\u2029]+")

MAX_BYTES = 64 * 2**20
"""The default limit of a file's size: 64 MiB."""

METADATA_FIELDS = Metadata._fields


class Options:
    """How inputs are read.

    `max_bytes` limits every file, and every member of an archive, in bytes. `text_column` names
    the column (or JSON key) that holds the texts of a table; None takes the first of the usual
    names. `columns` maps fields of `Metadata` to columns, beside the usual names. `encoding` is
    the encoding of all text inputs; None tells it from the bytes.

    Raises ValueError for an unknown field, an unknown encoding or a limit below 1.
    """

    __slots__ = (
        "columns",
        "encoding",
        "max_bytes",
        "text_column",
    )

    def __init__(
        self,
        max_bytes: int = MAX_BYTES,
        text_column: str | None = None,
        columns: Mapping[str, str] | None = None,
        encoding: str | None = None,
    ) -> None:
        self.max_bytes = max_bytes
        self.text_column = text_column
        self.columns: Mapping[str, str] = {} if columns is None else columns
        self.encoding = encoding
        if self.max_bytes < 1:
            raise ValueError(_("max_bytes must be at least 1"))
        for name in self.columns:
            if name not in METADATA_FIELDS:
                raise ValueError(
                    _(
                        "unknown field {name}; known: {known}",
                        name=repr(name),
                        known=", ".join(METADATA_FIELDS),
                    )
                )
        if self.encoding is not None:
            try:
                codecs.lookup(self.encoding)
            except (LookupError, ValueError):
                raise ValueError(
                    _("unknown encoding {encoding}", encoding=repr(self.encoding))
                ) from None


T = TypeVar("T")


class Share:
    """One of the parts in which several readers read an input that holds many texts: its n-th,
    and each `parts`-th after that; of an archive, with `consecutive`, members behind one another."""

    __slots__ = ("consecutive", "part", "parts")

    def __init__(self, part: int = 0, parts: int = 1, consecutive: bool = False) -> None:
        self.part = part
        self.parts = parts
        self.consecutive = consecutive

    def span(self, count: int) -> range:
        """The places of so many among which those of the share are."""
        if not self.consecutive:
            return range(count)
        return range(count * self.part // self.parts, count * (self.part + 1) // self.parts)

    def has(self, place: int) -> bool:
        """Whether what stands at a place, counted from 0, belongs to the share."""
        return self.consecutive or place % self.parts == self.part

    def of(self, things: Iterable[T]) -> Iterator[T]:
        """Those that belong to the share."""
        return islice(things, self.part, None, self.parts)


WHOLE = Share()


class Unreadable(ValueError):
    """Content that gives no text: the message, one line, says what is wrong and the mend."""

    def __init__(self, message: str) -> None:
        # Parsers and tables put strangers' words into it.
        super().__init__(_CONTROLS.sub(" ", message) if _CONTROLS.search(message) else message)
