"""What a person decided of figures: lines of a file, laid over what the rules read."""

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
from .file import SUFFIX, add, beside, discover, read, remove

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
