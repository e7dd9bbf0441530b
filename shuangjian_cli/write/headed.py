"""A table in the words of a language: headings for names, labels for codes, for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from shuangjian_cli.language.messages import retold, speaking
from shuangjian_cli.write.table import Column, Row, Table

if TYPE_CHECKING:
    from shuangjian_cli.language import Labels

_CODED = ("code", "flag", "list")


def headed(table: Table, words: Labels) -> Table:
    """The table with headings and codes in words. What has none stays as it is."""
    shown: dict[str, Callable[[Any], Any]] = {
        column.name: _shown(column, words)
        for column in table.columns
        if column.kind in _CODED or column.name == "reason"
    }

    def rows() -> Iterator[Row]:
        for row in table.rows:
            said = dict(row)
            for name, show in shown.items():
                if said.get(name) is not None:
                    said[name] = show(said[name])
            yield said

    columns = tuple(
        column._replace(
            heading=words.heading(column.name),
            kind="code" if column.kind == "flag" else column.kind,
        )
        for column in table.columns
    )
    return table._replace(
        columns=columns, rows=rows(), title=words.of("sheet", table.name) or table.name
    )


def _shown(column: Column, words: Labels) -> Callable[[Any], Any]:
    """How a value of the column is said."""

    def one(value: Any) -> Any:
        if column.name in ("reason", "reasons"):
            with speaking(words.language):
                return retold(value)
        name = "metric" if column.name == "metrics" else column.name
        return words.pair(name, value)[1]

    if column.kind == "list":
        return lambda values: [one(value) for value in values]
    return one
