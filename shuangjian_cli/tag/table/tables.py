"""The tables of a document, each read when first asked for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from operator import attrgetter

from shuangjian_cli.model import Document, Sentence
from shuangjian_cli.tag.area import Areas
from shuangjian_cli.tag.place import Gazetteer
from shuangjian_cli.tag.table.reader import Context, TableReader
from shuangjian_cli.tag.table.row import Row
from shuangjian_cli.tag.table.unit import Units
from shuangjian_cli.tag.table.written import Written
from shuangjian_cli.tag.time import Now

_start = attrgetter("start")


class Tables:
    """The tables of one document."""

    def __init__(
        self,
        document: Document,
        spellings: Mapping[str, str],
        gazetteer: Gazetteer,
        areas: Areas,
    ) -> None:
        self._document = document
        self._units = Units(spellings)
        self._gazetteer = gazetteer
        self._areas = areas
        self._readers: dict[int, TableReader] = {}

    def row(self, sentence: Sentence) -> Row | None:
        """The row of a body that a sentence is."""
        index = bisect_right(self._document.tables, sentence.start, key=_start) - 1
        if index < 0:
            return None
        reader = self._readers.get(index)
        if reader is None:
            reader = self._readers[index] = self._reader(index, sentence)
        return reader.at(sentence.start)

    def _reader(self, index: int, sentence: Sentence) -> TableReader:
        document = self._document
        published = document.info.published
        return TableReader(
            document.folded.text,
            document.tables[index],
            Written(document),
            self._units,
            self._gazetteer,
            self._areas,
            Context(
                self._areas.of(sentence, sentence.start)[0],
                Now(int(published[:4]), int(published[5:7] or 0)) if published else None,
                document.info.title or "",
            ),
        )
