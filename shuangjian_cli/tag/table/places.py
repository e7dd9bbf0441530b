"""The place of a table's cells: what their heads name, or the title, or all heads together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from shuangjian_cli.model import Area, Decision, Table
from shuangjian_cli.tag.area import Areas, common
from shuangjian_cli.tag.place import Gazetteer
from shuangjian_cli.tag.table.compact import compact
from shuangjian_cli.tag.table.head import Head
from shuangjian_cli.tag.table.title import Title


class Place(NamedTuple):
    """The place that a head names, and its words."""

    area: Area
    decision: Decision


class Places:
    """The places of one table, whose columns have these heads; `within` governs around it."""

    def __init__(
        self,
        text: str,
        table: Table,
        columns: Sequence[Head],
        gazetteer: Gazetteer,
        areas: Areas,
        title: Title,
        within: Area | None,
    ) -> None:
        self._text = text
        self._table = table
        self._columns = columns
        self._gazetteer = gazetteer
        self._areas = areas
        self._title = title
        self._around = title.area or within
        self._within = self._around if self._around is not None and self._around.name else None

    def of(self, *heads: Head) -> Place | None:
        """The place of a cell by its heads or the table's title. The record of a whole is about
        the place that holds all that the other heads name."""
        for head in heads:
            if head.area is not None:
                return Place(head.area, Decision("table.place", *head.area_at))
            if head.level:
                area = self._areas.whole(head.level, self._holder, self._around)
                return Place(area, Decision("table.level", *head.area_at))
        title = self._title
        if self._holder is not None and any(head.total for head in heads):
            return Place(self._holder, Decision("table.holder", -1, -1))
        if title.area is None:
            return None
        return Place(title.area, Decision("table.title_place", *title.area_at))

    @cached_property
    def _holder(self) -> Area | None:
        """The innermost place that holds all that the heads name, None where they name none or one."""
        named = {*self._named()}
        if len(named) < 2:
            return None
        if all(area.level in ("province", "national") for area in named):
            return self._gazetteer.province("全国")
        return common(self._gazetteer, named)

    def _named(self) -> Iterator[Area]:
        for head in self._columns:
            if head.area is not None:
                yield head.area
        grid, within = self._table.grid, self._within
        for row, kind in enumerate(self._table.rows):
            for stub in range(self._table.stub if kind == "body" else 0):
                cell = grid.cell(row, stub)
                if cell is not None:
                    text = compact(self._text, cell.start, cell.end).text
                    if area := self._gazetteer.named(text, within):
                        within = within if area.level == "county" else area
                        yield area
