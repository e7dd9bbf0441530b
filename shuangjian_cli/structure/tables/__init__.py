"""The statistical tables of a text: those that its format marks, and those that stand in it as
lines of cells.

A table is rows of cells of which many hold numbers, under heads or beside them. A table of words
(a list of names, a division of tasks) and a page's layout are prose.
"""

from collections.abc import Sequence
from itertools import chain

from shuangjian_cli.model import Folded, Source, Table
from shuangjian_cli.structure.tables.gate import may_hold
from shuangjian_cli.structure.worded import Worded

__all__ = ["tables_of", "tables_of_words"]

_MARKS = "|｜│┃\t"
"""Without grids or one of these a text has no table of words."""


def tables_of(source: Source, folded: Folded) -> tuple[Table, ...]:
    """The tables of a text in their order, with folded offsets."""
    if source.grids:
        from shuangjian_cli.structure.tables.find import find

        return find(source, folded)
    if not may_hold(source.text):
        return ()
    from shuangjian_cli.structure.tables.regions import regions
    from shuangjian_cli.structure.tables.text import Text

    text = Text(source.text, folded)
    found = regions(text.text, text.kind, 0, len(source.text))
    first = next(found, None)
    if first is None:
        return ()
    from shuangjian_cli.structure.tables.find import of_regions

    return of_regions(text, chain((first,), found))


def tables_of_words(source: Source, folded: Folded, tables: Sequence[Table]) -> Sequence[Worded]:
    """The tables of words of a text, in their order; `tables` are its others."""
    if not source.grids and not any(mark in source.text for mark in _MARKS):
        return ()
    from shuangjian_cli.structure.tables.words import find

    return find(source, folded, tables)
