"""The rows of a table and their cells, as their readers hand them on."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from shuangjian_cli.model import Decision, TableCell
from shuangjian_cli.tag.quantity import Figure, Refused
from shuangjian_cli.tag.subject import Reading
from shuangjian_cli.tag.table.compact import Span
from shuangjian_cli.tag.table.head import Head
from shuangjian_cli.tag.table.places import Place
from shuangjian_cli.tag.table.subject import Name

if TYPE_CHECKING:
    from shuangjian_cli.tag.table.reader import TableReader


class Own(NamedTuple):
    """What a column gives the plain numbers whose subjects are the name of their row and then its
    own, in rows of one shape: that name, and the factor of its unit."""

    name: Name
    scale: int


class Cell(NamedTuple):
    """A figure of a table: what its heads say of it. What they leave open is None: then the prose
    around decides. `period` holds none where it has none, whatever stands around.

    `whole` names what its row and column are parts of and its subject leaves out. `named` is how many
    characters of its subject's beginning are the row's own, `at` its place in the table. With `own`,
    the plain numbers below it in rows of the same shape differ from it in their row's name and their
    digits only.
    """

    figure: Figure
    reading: Reading
    place: Place | None
    period: tuple[str | None, Decision] | None
    status: tuple[str, Decision] | None
    whole: str
    named: int
    at: TableCell
    own: Own | None


class Filled(NamedTuple):
    """A cell that holds digits, or a number in words."""

    column: int
    start: int
    end: int
    said: str


class Row(NamedTuple):
    """A row with what its heads say. `cells` are those that may hold figures; `shape` is the same
    for rows whose heads differ in name and place only, `about` holds the words of the table's title
    and parts that tell what it is about. `refused` are its numerals that are none and `prose` its
    cells with sentences, of the cells that were read.
    """

    reader: TableReader
    number: int
    name: Name
    head: Head
    over: list[Span]
    head_words: str
    whole: str
    place: Place | None
    shape: object
    about: str
    start: int
    cells: list[Filled]
    refused: list[Refused]
    prose: list[Span]

    def read(self, cell: Filled) -> list[Cell]:
        """The figures of a cell."""
        return self.reader.read(self, cell)

    @property
    def named(self) -> int:
        """How many characters of its name stand in the row itself."""
        own = takewhile(lambda span: span[0] >= self.start, self.name.phrase.spans)
        return sum(last - first for first, last in own)

    def at(self, column: int) -> TableCell:
        """The place of a cell."""
        reader = self.reader
        number, _, _, title, _, _, start, end = reader.extent
        head = reader.column_heads[column]
        return TableCell(
            number, self.number + 1, column + 1, title, self.head_words, head, start, end
        )
