"""The corpus store: a folder of bulletins in one SQLite file, kept up to date run by run.

`fill` reads sources into a `Store` with worker processes; a `Store` gives its documents,
sentences and indicators back.
"""

from .datasette import labels_of, metadata
from .rows import StoredDocument
from .runs import TIMEOUT, Tally, fill
from .schema import StoreError, is_store
from .store import FILTERS, Store, Stored

__all__ = [
    "FILTERS",
    "TIMEOUT",
    "Store",
    "StoreError",
    "Stored",
    "StoredDocument",
    "Tally",
    "fill",
    "is_store",
    "labels_of",
    "metadata",
]
