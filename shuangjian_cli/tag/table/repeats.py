"""Rows of one name that the row of a group above them tells apart: 城区, 公办, 民办, 镇区, 公办, 民办."""

from __future__ import annotations

from shuangjian_cli.tag.attributes import groups
from shuangjian_cli.tag.table import subject as subjects
from shuangjian_cli.tag.table.subject import Name

_PLACES = frozenset(("urban", "rural"))
_REMEMBERED = 64
"""How many names of rows are remembered; what repeats does so within few rows."""


class Repeats:
    """The names of a table's rows, which must be given in their order."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._group, self._indent = Name(), 0

    def told(self, name: Name, indent: int, *, is_part: bool) -> Name:
        """The name of a row, behind that of its group if another row had the same, or if it stands
        further in than the row of the group. A part of a group (其中) is a group itself."""
        text = name.phrase.text
        if not text:
            return name
        named = frozenset(groups(text)[0])
        of_group = bool(self._group.phrase.text)
        if not (name.measures or name.staged) and (
            (named and named <= _PLACES) or (is_part and of_group)
        ):
            self._group, self._indent = name, indent
            return name
        repeats = text in self._seen
        if len(self._seen) < _REMEMBERED:
            self._seen.add(text)
        is_of_it = of_group and (repeats or indent > self._indent)
        return subjects.join(self._group, name) if is_of_it else name
