"""The tables of a document, each read when first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from shuangjian_cli.model import Document, Sentence
from shuangjian_cli.tag.area import Areas
from shuangjian_cli.tag.place import Gazetteer
from shuangjian_cli.tag.table.reader import Context, TableReader
from shuangjian_cli.tag.table.row import Row
from shuangjian_cli.tag.table.unit import Units
from shuangjian_cli.tag.table.written import Written
from shuangjian_cli.tag.time import Now


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
        place = self._rows.get(sentence.start)
        if place is None:
            return None
        index, row = place
        reader = self._readers.get(index)
        if reader is None:
            reader = self._readers[index] = self._reader(index, sentence)
        return reader.row(row)

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

    @cached_property
    def _rows(self) -> dict[int, tuple[int, int]]:
        """For the beginning of each row its table and its number there."""
        out: dict[int, tuple[int, int]] = {}
        for index, table in enumerate(self._document.tables):
            for row in range(table.grid.rows):
                start, end = table.span(row)
                if start < end:
                    out[start] = index, row
        return out
