"""What comparison and report read: the documents of files, folders and stores."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from shuangjian_cli.commands.options import Accepts, Inputs
from shuangjian_cli.commands.run import Pick, Rows, Run
from shuangjian_cli.model import Analysis, DocumentInfo, Indicator


class Text(NamedTuple):
    """One document with its figures; `text` is None where a store did not keep it."""

    document: DocumentInfo
    text: str | None
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class _Whole(Pick):
    """Takes the figures of an analysis as they are, and its text where it is wanted."""

    texts: bool = False

    def __call__(self, analysis: Analysis) -> Rows:
        document = analysis.document
        text = document.text if self.texts else None
        return {"texts": [{"text": Text(document.info, text, analysis.indicators)}]}


class Corpus:
    """The documents of files, folders and stores; a store's reprints are left out.

    `reprints` counts their figures, `status` is the exit status so far. Raises StoreError, and
    BadParameter for inputs that make no sense.
    """

    def __init__(self, inputs: Inputs, *, texts: bool) -> None:
        from shuangjian_cli.store import is_store

        given = inputs.given()
        self._texts = texts
        self._stores = [path for path in given if path != "-" and is_store(path)]
        files = [path for path in given if path not in self._stores]
        self._run = Run(replace(inputs, paths=files), Accepts({})) if files else None
        self.reprints = sum(map(_reprinted, self._stores))

    @property
    def status(self) -> int:
        """1 if some input could not be used."""
        return self._run.status if self._run else 0

    def __iter__(self) -> Iterator[Text]:
        for path in self._stores:
            yield from self._stored(path)
        if self._run is not None:
            for rows in self._run._results(_Whole((), Accepts({}), self._texts)):
                yield from (row["text"] for row in rows["texts"])

    def _stored(self, path: str) -> Iterator[Text]:
        from shuangjian_cli.store import Store

        with Store.open(path) as store:
            for stored in store.contents(once=True):
                text = stored.text if self._texts else None
                yield Text(stored.document.info, text, stored.indicators)


def _reprinted(path: str) -> int:
    """How many figures a store's reprints hold."""
    from shuangjian_cli.store import Store

    with Store.open(path) as store:
        return sum(each.indicators for each in store.documents() if each.reprint_of is not None)
