"""What a person decided of figures: lines of a file, laid over what the rules read.

Names are loaded when first used: each run asks where corrections are kept, few have some.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .apply import Applied, Corrections, corrected, corrected_sentences
    from .correction import (
        ACTIONS,
        FIELDS,
        Correction,
        CorrectionError,
        content_hash,
        fields_of,
        line_of,
        parse,
    )
    from .file import add, read, remove
    from .where import SUFFIX, beside, discover

_HOMES = {
    "ACTIONS": "correction",
    "FIELDS": "correction",
    "SUFFIX": "where",
    "Applied": "apply",
    "Correction": "correction",
    "CorrectionError": "correction",
    "Corrections": "apply",
    "add": "file",
    "beside": "where",
    "content_hash": "correction",
    "corrected": "apply",
    "corrected_sentences": "apply",
    "discover": "where",
    "fields_of": "correction",
    "line_of": "correction",
    "parse": "correction",
    "read": "file",
    "remove": "file",
}

__all__ = [
    "ACTIONS",
    "FIELDS",
    "SUFFIX",
    "Applied",
    "Correction",
    "CorrectionError",
    "Corrections",
    "add",
    "beside",
    "content_hash",
    "corrected",
    "corrected_sentences",
    "discover",
    "fields_of",
    "line_of",
    "parse",
    "read",
    "remove",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
