"""Paths or bytes → `Source`s, or `ReadError`s that say what is wrong and the mend.

`sources` is `find` and then `read`. Reading never raises for what an input holds; it yields a
`ReadError` and goes on.
"""

from ..model import ReadError, Source
from .find import find
from .options import MAX_BYTES, Options, Share
from .reader import read, read_bytes, sources

__all__ = [
    "MAX_BYTES",
    "Options",
    "ReadError",
    "Share",
    "Source",
    "find",
    "read",
    "read_bytes",
    "sources",
]
