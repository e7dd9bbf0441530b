"""Tables: named, typed columns over rows, the one thing that every writer takes.

A row is a mapping from column names to plain values: `str`, `int`, `Decimal`, `bool`, `None`, a
list of strings or a mapping of strings, as `Indicator.to_dict()` and its kin give them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

SCHEMA_VERSION = "2"
"""The edition of the columns below; it changes when one goes, or means something else."""

Row = Mapping[str, Any]
Kind = Literal[
    "text", "code", "integer", "decimal", "real", "flag", "date", "list", "mapping", "bytes"
]


class Column(NamedTuple):
    """A column of a table.

    `kind` says what its values are; `code` is a short `text`: an id, a name, a date; `real`, `date`
    and `bytes` are of Arrow alone. `flat` is false for a column that CSV, TSV and XLSX leave out
    unless it is asked for by name, and `heading` what they have for a heading instead of the name.
    """

    name: str
    kind: Kind = "text"
    flat: bool = True
    heading: str = ""


class Table(NamedTuple):
    """Rows under a name. `rows` is read once, in order; `chosen` tells a user's own columns, `title`
    is what people read instead of the name."""

    name: str
    columns: tuple[Column, ...]
    rows: Iterable[Row] = ()
    chosen: bool = False
    title: str = ""

    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    def headings(self) -> tuple[str, ...]:
        """What stands over the columns."""
        return tuple(column.heading or column.name for column in self.columns)

    def over(self, rows: Iterable[Row]) -> "Table":
        """The same columns over other rows."""
        return self._replace(rows=rows)

    def select(self, names: Sequence[str]) -> "Table":
        """Only the named columns, in the order given; KeyError for a name that is not one."""
        known = {column.name: column for column in self.columns}
        columns = tuple(known[name]._replace(flat=True) for name in dict.fromkeys(names))
        return self._replace(columns=columns, chosen=True)

    def flat(self) -> "Table":
        """Without the columns that a format of plain cells leaves out."""
        return self._replace(columns=tuple(column for column in self.columns if column.flat))

    def cells(self) -> Iterator[list[Any]]:
        """The values of each row in the order of the columns; what a row lacks is None."""
        names = self.names()
        for row in self.rows:
            yield [row.get(name) for name in names]


def _columns(spec: str) -> tuple[Column, ...]:
    """Columns from `name` or `name:kind`, parted by spaces; a `-` at the end: not flat."""
    out = []
    for word in spec.split():
        name, _, kind = word.rstrip("-").partition(":")
        out.append(Column(name, kind or "text", not word.endswith("-")))  # type: ignore[arg-type]
    return tuple(out)


INDICATORS = Table(
    "indicators",
    _columns(
        "file line:integer province area area_code:code area_level:code pillar:code"
        " metric:code subject stage:code groups:list measure:code value:decimal value_max:decimal"
        " unit bound:code role:code trend:code period:code per_year:flag status:code implied:flag confidence:code reasons:list figure sentence"
        " section table_number:integer table_row:integer table_column:integer table_title row_head column_head"
        " table_start:integer- table_end:integer- start:integer end:integer sentence_start:integer sentence_end:integer"
        " title published issuer document_number source_url rules:mapping-"
    ),
)
SENTENCES = Table(
    "sentences",
    _columns(
        "file line:integer province area area_code:code area_level:code pillar:code"
        " metrics:list figures:integer sentence kind:code section start:integer end:integer"
        " title published"
    ),
)
UNPARSED = Table(
    "unparsed",
    _columns("file line:integer numeral reason start:integer end:integer sentence"),
)
ERRORS = Table("errors", _columns("file message"))
METRICS = Table("catalogue", _columns("id:code name name_en pillar:code"))
METRICS_LONG = Table(
    "catalogue",
    (*METRICS.columns, *_columns("definition definition_en standard standard_en")),
)
