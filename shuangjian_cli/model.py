"""The values that travel through the pipeline: read → structure → tag → write.

Offsets are half-open character positions. A `Source` and an `Indicator` count in the text as
read; everything in between (`Document`, `Sentence`, `Figure`) counts in the folded text, and
`Folded.origin` leads back. Values are immutable once a package has handed them on. Most are named
tuples, which are made in one go, where a frozen data class sets field by field.

What a plain `extract` imports has no data classes, and its modules with named tuples evaluate their
annotations: to write such classes at each start, and to compile an annotation for each field, takes
longer than to read a short text.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import accumulate
from operator import add, itemgetter
from typing import Any, NamedTuple, TypeAlias

from shuangjian_cli.language.messages import _, retold

BOUNDS = ("=", ">", ">=", "<", "<=", "~")
ROLES = ("level", "change", "rank")
TRENDS = ("up", "down")
STATUSES = ("achieved", "target")
CONFIDENCES = ("confirmed", "certain", "likely", "check")
"""From the surest on; `confirmed` is what a person has looked at."""
AREA_LEVELS = ("national", "province", "city", "county")
STAGES = (
    "childcare",
    "preschool",
    "primary",
    "lower_secondary",
    "compulsory",
    "upper_secondary",
    "general_upper_secondary",
    "vocational",
    "school",
    "higher",
    "special",
)
GROUPS = (
    "public",
    "private",
    "inclusive",
    "rural",
    "urban",
    "online",
    "offline",
    "disadvantaged",
    "boarding",
)
MEASURES = ("total", "new", "share", "per_unit")


# --- read ------------------------------------------------------------------------------------


class Metadata(NamedTuple):
    """What is known of a document from outside its text; each value overrides the text's own.

    `province` is an official full name, `published` an ISO 8601 date.
    """

    id: str | None = None
    title: str | None = None
    province: str | None = None
    published: str | None = None
    issuer: str | None = None
    source_url: str | None = None


class Cell(NamedTuple):
    """A cell of a table, at a row and column counted from 0 and reaching over so many of each.

    `start` and `end` are offsets of its words, equal where it is empty.
    """

    row: int
    column: int
    rows: int
    columns: int
    start: int
    end: int


Offsets: TypeAlias = Sequence[int]
"""Of the cells of a row, by column; -1 where none begins."""
_LOOKED_AT = 64
"""The cells of how many rows of a large table are remembered."""


class Grid:
    """The cells of a table by row and column, kept flat.

    `starts` and `ends` hold, row after row, `columns` offsets for each row; -1 where no cell
    begins: behind the first place of a merged cell, and beyond the end of a short row. `merged`
    gives the rows and columns of each cell that reaches over more than its own place.
    """

    __slots__ = (
        "_ends",
        "_starts",
        "columns",
        "merged",
    )

    def __init__(
        self,
        columns: int,
        starts: "array[int]",
        ends: "array[int]",
        merged: Mapping[tuple[int, int], tuple[int, int]] | None = None,
    ) -> None:
        self.columns = columns
        self.merged: Mapping[tuple[int, int], tuple[int, int]] = {} if merged is None else merged
        self._starts = starts
        self._ends = ends

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Grid) and self.__reduce__() == other.__reduce__()

    def __reduce__(self) -> tuple[Any, ...]:
        return Grid, (self.columns, self._starts, self._ends, self.merged)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self._starts) // self.columns if self.columns else 0

    def spans(self, row: int) -> tuple[Offsets, Offsets]:
        """Where the cell of each column starts and ends."""
        cells = slice(row * self.columns, (row + 1) * self.columns)
        return self._starts[cells], self._ends[cells]

    def span(self, row: int) -> tuple[int, int]:
        """From where the first cell of a row starts to where the last ends; -1 where none begins."""
        starts, ends = self.spans(row)
        return next((start for start in starts if start >= 0), -1), max(ends)

    def cell(self, row: int, column: int) -> Cell | None:
        """The cell that begins at a place, None where none does."""
        at = row * self.columns + column
        return self._cell(row, column, self._starts[at], self._ends[at])

    def _cell(self, row: int, column: int, start: int, end: int) -> Cell | None:
        if start < 0:
            return None
        rows, columns = self.merged.get((row, column), (1, 1)) if self.merged else (1, 1)
        return Cell(row, column, rows, columns, start, end)

    def extent(self) -> tuple[int, int]:
        """From where the first cell begins to where the last ends, empty where none does."""
        start = min((start for start in self._starts if start >= 0), default=-1)
        return (start, max(self._ends)) if start >= 0 else (0, 0)

    def row(self, row: int) -> Iterator[Cell]:
        """The cells that begin in a row, from left to right."""
        for column in range(self.columns):
            cell = self.cell(row, column)
            if cell is not None:
                yield cell

    def cells(self) -> Iterator[Cell]:
        """All cells, row by row."""
        for row in range(self.rows):
            yield from self.row(row)


class LineGrid(Grid):
    """The cells of a large table, of which it holds only where each row begins in the text: a row is
    a line with tabs between its cells, and these are looked for when they are asked for.

    `odd` has the starts and ends of the cells in rows that their lines do not tell, by where these
    begin. `moved` says for each row by how much its offsets differ from those of the line.
    """

    __slots__ = ("_known", "_lines", "_moved", "_odd", "_text")

    def __init__(
        self,
        text: str,
        columns: int,
        lines: "array[int]",
        odd: Mapping[int, tuple[Offsets, Offsets]],
        merged: Mapping[tuple[int, int], tuple[int, int]],
        moved: "array[int] | None" = None,
    ) -> None:
        super().__init__(columns, array("i"), array("i"), merged)
        self._text = text
        self._lines = lines
        self._odd = odd
        self._moved = moved
        self._known: dict[int, tuple[Offsets, Offsets]] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        starts, ends = array("i"), array("i")
        for row in range(self.rows):
            for offsets, own in zip((starts, ends), self.spans(row), strict=True):
                offsets.extend(own)
        return Grid, (self.columns, starts, ends, self.merged)

    def within(
        self,
        rows: range,
        merged: Mapping[tuple[int, int], tuple[int, int]],
        odd: Mapping[int, tuple[Offsets, Offsets]] | None = None,
        moved: "array[int] | None" = None,
    ) -> "LineGrid":
        """Some of its rows, which follow one another, as a table; `odd` and `moved` where they stand
        elsewhere."""
        lines = self._lines[rows.start : rows.stop]
        known = self._odd if odd is None else odd
        return LineGrid(self._text, self.columns, lines, known, merged, moved)

    def line(self, row: int) -> tuple[int, int]:
        """Where the line of a row starts and ends in the text."""
        start = self._lines[row]
        return start, self._text.index("\n", start)

    def is_odd(self, row: int) -> bool:
        """Whether its line does not tell where the cells of a row stand."""
        return self._lines[row] in self._odd

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self._lines)

    def spans(self, row: int) -> tuple[Offsets, Offsets]:
        """Where the cell of each column starts and ends."""
        known = self._known.get(row)
        if known is None:
            if len(self._known) >= _LOOKED_AT:
                self._known.clear()
            known = self._known[row] = self._spans(row)
        return known

    def _spans(self, row: int) -> tuple[Offsets, Offsets]:
        start, end = self.line(row)
        starts, ends = self._odd.get(start) or line_spans(
            self._text[start:end].split("\t"), start + self._shift(row)
        )
        lacking = [-1] * (self.columns - len(starts))
        return (*starts, *lacking), (*ends, *lacking)

    def _shift(self, row: int) -> int:
        return 0 if self._moved is None else self._moved[row]

    def span(self, row: int) -> tuple[int, int]:
        """From where the first cell of a row starts to where the last ends; -1 where none begins."""
        start, end = self.line(row)
        at_ends = self._text[start] + self._text[end - 1]
        if start in self._odd or at_ends.strip() != at_ends:  # a cell may be blank or indented
            return super().span(row)
        shift = self._shift(row)
        return start + shift, end + shift

    def cell(self, row: int, column: int) -> Cell | None:
        """The cell that begins at a place, None where none does."""
        starts, ends = self.spans(row)
        return self._cell(row, column, starts[column], ends[column])

    def extent(self) -> tuple[int, int]:
        """From where the first cell begins to where the last ends, empty where none does."""
        rows = range(self.rows)
        begun = (start for row in rows for start in self.spans(row)[0] if start >= 0)
        start = next(begun, -1)
        last = (max(self.spans(row)[1]) for row in reversed(rows))
        return (start, next(end for end in last if end >= 0)) if start >= 0 else (0, 0)


def line_spans(cells: Sequence[str | None], at: int) -> tuple[list[int], list[int]]:
    """Where the words of cells start and end that stand in a line from `at` on, with a tab between
    each two; -1 for None, in whose place nothing stands."""
    words = [cell for cell in cells if cell is not None]
    if len(words) == len(cells) and words == [*map(str.strip, words)]:  # most are, and this is fast
        sizes = [*map(len, words)]
        begun = [*accumulate([at, *[size + 1 for size in sizes]])][: len(sizes)]
        return begun, [*map(add, begun, sizes)]
    starts: list[int] = []
    ends: list[int] = []
    for cell in cells:
        if cell is None:
            starts.append(-1)
            ends.append(-1)
            at += 1
            continue
        end = at + len(cell)
        start = end - len(cell.lstrip())
        starts.append(start)
        ends.append(max(start, at + len(cell.rstrip())))
        at = end + 1
    return starts, ends


class Source(NamedTuple):
    """One text as read. `file` is the name shown to people: a path, `a.zip!b.txt`, or `-`.

    `notes` say what of the input the text does not hold as it was, a line each.
    `grids` are the tables that its format marks as such, in the order of the text and none inside
    another; every row of one begins a line of the text.
    """

    file: str
    text: str
    metadata: Metadata = Metadata()
    kind: str = "text"
    encoding: str | None = None
    notes: tuple[str, ...] = ()
    grids: tuple[Grid, ...] = ()


class ReadError(Exception):
    """An input that gave no text: `file` names it, the message says what is wrong and the mend."""

    def __init__(self, file: str, message: str) -> None:
        super().__init__(f"{file}: {message}")
        self.file = file
        self.message = message


# --- structure -------------------------------------------------------------------------------


class Origin:
    """Where the characters of a text stand in another, of which some are gone.

    Kept as runs of characters that stand side by side in both, so that a long text costs no more
    than its gaps. `starts` and `offsets` say where each run begins, in the text and in the other.
    """

    __slots__ = ("_offsets", "_size", "_starts")

    def __init__(self, starts: Sequence[int], offsets: Sequence[int], size: int) -> None:
        self._starts, self._offsets, self._size = starts, offsets, size

    def __len__(self) -> int:
        return self._size

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Origin):
            return NotImplemented
        same = self._size == other._size and self._starts == other._starts
        return same and self._offsets == other._offsets

    def __getitem__(self, index: int) -> int:
        if not 0 <= index < self._size:
            raise IndexError(index)
        run = bisect_right(self._starts, index) - 1
        return self._offsets[run] + index - self._starts[run]

    def runs(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The runs within [start, end): where each begins in the other text, and how long it is."""
        run = bisect_right(self._starts, start) - 1
        while start < end:
            last = run + 1 == len(self._starts)
            stop = end if last else min(end, self._starts[run + 1])
            yield self._offsets[run] + start - self._starts[run], stop - start
            start, run = stop, run + 1


class Folded(NamedTuple):
    """A text made comparable (widths, variants, traditional forms) without losing its offsets.

    `origin[i]` is the position in the text as read of folded character i, and `origin[len]` is
    that text's length; None means that the positions are the same.
    """

    text: str
    origin: Origin | None = None

    def start(self, position: int) -> int:
        """The text's offset of a span that starts at a folded position."""
        return position if self.origin is None else self.origin[position]

    def end(self, position: int) -> int:
        """The text's offset of a span that ends at a folded position."""
        if self.origin is None:
            return position
        return self.origin[position - 1] + 1 if position else 0

    def folded(self, offset: int) -> int:
        """The folded position of the first character that is kept at or after an offset."""
        return offset if self.origin is None else bisect_left(self.origin, offset)


class Section:
    """A titled part of a document. `level` 1 is the outermost; `title` is without its marker.

    `numbered` tells 一、 / （一） / 第一， / 1. / 01 titles from bare headings. The section
    governs [start, end) of the folded text, its title line included.
    """

    __slots__ = ("end", "level", "numbered", "parent", "start", "title", "title_end", "title_start")

    def __init__(
        self,
        start: int,
        end: int,
        level: int,
        title: str,
        title_start: int,
        title_end: int,
        numbered: bool,
        parent: "Section | None" = None,
    ) -> None:
        self.start = start
        self.end = end
        self.level = level
        self.title = title
        self.title_start = title_start
        self.title_end = title_end
        self.numbered = numbered
        self.parent = parent

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Section) and all(
            getattr(self, name) == getattr(other, name) for name in self.__slots__
        )

    def __hash__(self) -> int:
        return hash((self.start, self.end, self.level))

    def chain(self) -> "tuple[Section, ...]":
        """This section and those around it, innermost first."""
        out: list[Section] = []
        section: Section | None = self
        while section is not None:
            out.append(section)
            section = section.parent
        return tuple(out)


class Sentence(NamedTuple):
    """A sentence: ends at 。！？； or the line's end, closing quotes and brackets included.

    `kind`: prose · title (a heading line or the run-in title of a numbered paragraph) ·
    masthead · furniture (a web page's) · byline · note (footnotes, copies, contacts) · table (a
    row of a table, which may stand on several lines). `run_in` is the run-in title that governs
    the sentence (一是推动家校联动), as a folded span. `paragraph` is the folded span of its line.
    """

    start: int
    end: int
    kind: str
    paragraph: tuple[int, int]
    section: Section | None = None
    run_in: tuple[int, int] | None = None


class DocumentInfo(NamedTuple):
    """What a document says of itself. `published` is an ISO date; spans are not kept."""

    file: str
    title: str | None = None
    published: str | None = None
    issuer: str | None = None
    document_number: str | None = None
    source_url: str | None = None
    id: str | None = None


class Table(NamedTuple):
    """A statistical table: its cells, and what each row and column is. Spans are folded.

    `number` counts the tables of the text from 1.
    `rows` names the kind of each row: head · continued (goes on with the words of the heads above
    it) · body · short (of the body, and lacks cells that cannot be told) · ended (of the
    body, and holds but one number before empty cells) · words (of a form, no figures) · section (a row head
    that stands over the rows after it). The first `stub`
    columns hold the heads of rows. `captions` are what stands above it, the nearest last, `notes`
    what stands below it; both may lie inside or outside [start, end). `rule` is the rule that
    found it, `doubt` why its figures cannot be told, if so; `heads_left` where some of its heads have
    no column, `heads_unsure` where they may as well stand over others.
    """

    start: int
    end: int
    number: int
    grid: Grid
    rows: tuple[str, ...]
    stub: int
    captions: tuple[tuple[int, int], ...]
    notes: tuple[tuple[int, int], ...]
    rule: str
    doubt: str | None = None
    heads_left: bool = False
    heads_unsure: bool = False

    def span(self, row: int) -> tuple[int, int]:
        """From the first cell of a row to its last."""
        start, end = self.grid.span(row)
        return (start, end) if start >= 0 else (self.start, self.start)


class Document(NamedTuple):
    """A bulletin taken apart. Positions are in `folded.text` unless said otherwise."""

    text: str
    folded: Folded
    info: DocumentInfo
    metadata: Metadata
    title: tuple[int, int] | None
    sections: tuple[Section, ...]
    sentences: Sequence[Sentence]
    line_starts: Sequence[int]
    """Offsets in the text as read at which lines begin."""
    tables: tuple[Table, ...] = ()
    items: tuple["Document", ...] = ()
    """Of a page that holds several texts, each with a masthead of its own: these, in order."""

    def line(self, offset: int) -> int:
        """The 1-based line of an offset in the text as read."""
        return bisect_right(self.line_starts, offset)


# --- tag -------------------------------------------------------------------------------------


class Rejected(NamedTuple):
    """A candidate that a rule looked at and did not take."""

    words: str
    reason: str


class Decision(NamedTuple):
    """How one field came by its value: the rule's id and the words it used.

    `start` and `end` are offsets (in the text as read, once on a record); a rule that used no
    words has -1. `rejected` is filled only when an explanation is asked for.
    """

    rule: str
    start: int = -1
    end: int = -1
    rejected: tuple[Rejected, ...] = ()


class DecisionMap(Mapping[str, Decision]):
    """Decisions by field, whose rules can be named before the words that they used are found."""

    __slots__ = ()

    common: object | None
    """The same for records of a column of a sheet that differ in `ROW_FIELDS` only, None for any
    other."""

    def named(self) -> tuple[str, ...]:
        """What `names` depends on: the rules, some for several fields."""
        raise NotImplementedError

    def names(self) -> dict[str, str]:
        """The rule of each field."""
        raise NotImplementedError


class Area(NamedTuple):
    """A place of GB/T 2260. `code` is six digits, None for 全国 and 兵团.

    Where a text says only a level (全县 of a county that it does not name), `name` is None, and
    `province` too unless something says in which province it lies.
    """

    name: str | None
    code: str | None
    level: str
    province: str | None


CELL_FIELDS = (
    "table_number",
    "table_row",
    "table_column",
    "table_title",
    "row_head",
    "column_head",
    "table_start",
    "table_end",
)
"""The names that the fields of a `TableCell` have in a record, in their order."""
ROW_FIELDS = (
    "line",
    "subject",
    "value",
    "figure",
    "sentence",
    "table_row",
    "row_head",
    "start",
    "end",
    "sentence_start",
    "sentence_end",
)
"""The fields in which the records of a column of a sheet may differ that have all else in common."""
_NO_CELL = (None,) * len(CELL_FIELDS)


class TableCell(NamedTuple):
    """Where a figure stands that is a cell of a table: the table's number in the document, and the
    cell's row and column in it, all counted from 1.

    `title` names the table; heads are those of the cell's row and column, the outermost first.
    [start, end) is the table in the text as read.
    """

    number: int
    row: int
    column: int
    title: str | None
    row_head: str
    column_head: str
    start: int
    end: int

    def to_dict(self) -> dict[str, Any]:
        """The fields under the names that they have in a record."""
        return dict(zip(CELL_FIELDS, self, strict=True))


class Indicator(NamedTuple):
    """One record of INDICATORS: a figure, what it measures, and the words that prove it.

    `start` and `end` count in the document's text, so `text[start:end]` is `figure`. `value` and
    `value_max` are exact; `period` is an ISO 8601 year, month, day or interval with `..` for an
    open end, and with `per_year` the figure is for each year of it; `rules` holds a `Decision`
    for each field. `cell` says where it stands that is the cell of a table.
    """

    document: DocumentInfo
    start: int
    end: int
    line: int
    figure: str
    value: Decimal
    value_max: Decimal | None
    unit: str | None
    bound: str
    role: str
    trend: str | None
    subject: str
    metric: str | None
    pillar: str | None
    stage: str | None
    groups: tuple[str, ...]
    measure: str | None
    province: str | None
    area: str | None
    area_code: str | None
    area_level: str | None
    period: str | None
    per_year: bool
    status: str
    implied: bool
    confidence: str
    reasons: tuple[str, ...]
    sentence: str
    sentence_start: int
    sentence_end: int
    section: str | None
    rules: DecisionMap | dict[str, Decision] = {}  # noqa: RUF012 - nobody changes it
    cell: TableCell | None = None

    @property
    def common(self) -> object | None:
        """The same for records that differ in `ROW_FIELDS` only, so far as that is known."""
        return None if isinstance(self.rules, dict) else self.rules.common

    def values(self, *, rules: bool = True) -> tuple[Any, ...]:
        """The values of `INDICATOR_FIELDS`, in their order; those without `rules`, which take longer
        to name than all the rest."""
        values = _in_order((*self, *self.document, *(self.cell or _NO_CELL)))
        return (*values, self._rule_names()) if rules else values

    def to_dict(self, *, rules: bool = True) -> dict[str, Any]:
        """The record under its output names, in output order; values stay `Decimal`. `rules` as in
        `values`."""
        row = dict(zip(INDICATOR_FIELDS, self.values(rules=rules), strict=False))
        row["groups"], row["reasons"] = list(self.groups), list(self.reasons)
        return row

    def _rule_names(self) -> dict[str, str]:
        known = self.rules
        if isinstance(known, dict):
            return {name: decision.rule for name, decision in known.items()}
        return known.names()


INDICATOR_FIELDS = (
    *("file", "line", "province", "area", "area_code", "area_level", "pillar", "metric"),
    *("subject", "stage", "groups", "measure", "value", "value_max", "unit", "bound", "role"),
    *("trend", "period", "per_year", "status", "implied", "confidence", "reasons", "figure"),
    *("sentence", "section", *CELL_FIELDS, "start", "end", "sentence_start", "sentence_end"),
    *("title", "published", "issuer", "document_number", "source_url", "rules"),
)
"""The names that the fields of an indicator have in a record, in their order."""
_parts = (*Indicator._fields, *DocumentInfo._fields, *CELL_FIELDS)
_in_order = itemgetter(*map(_parts.index, INDICATOR_FIELDS[:-1]))


class TaggedSentence(NamedTuple):
    """One sentence of the text with its province, pillar and metrics, figures or not."""

    document: DocumentInfo
    start: int
    end: int
    line: int
    sentence: str
    kind: str
    province: str | None
    area: str | None
    area_code: str | None
    area_level: str | None
    pillar: str | None
    metrics: tuple[str, ...]
    section: str | None
    figures: int

    def to_dict(self) -> dict[str, Any]:
        """The sentence under its output names, in output order."""
        info = self.document
        return {
            "file": info.file,
            "line": self.line,
            "province": self.province,
            "area": self.area,
            "area_code": self.area_code,
            "area_level": self.area_level,
            "pillar": self.pillar,
            "metrics": list(self.metrics),
            "figures": self.figures,
            "sentence": self.sentence,
            "kind": self.kind,
            "section": self.section,
            "start": self.start,
            "end": self.end,
            "title": info.title,
            "published": info.published,
        }


class Unparsed(NamedTuple):
    """A numeral in prose that gave no record, and why (a date, a name, a list marker, …)."""

    document: DocumentInfo
    start: int
    end: int
    line: int
    numeral: str
    reason: str
    sentence: str

    def to_dict(self) -> dict[str, Any]:
        """The numeral under its output names, in output order."""
        return {
            "file": self.document.file,
            "line": self.line,
            "numeral": self.numeral,
            "reason": self.reason,
            "start": self.start,
            "end": self.end,
            "sentence": self.sentence,
        }


class Analysis(NamedTuple):
    """All that one document gave."""

    document: Document
    indicators: tuple[Indicator, ...]
    sentences: tuple[TaggedSentence, ...]
    unparsed: tuple[Unparsed, ...]

    @property
    def notes(self) -> tuple[str, ...]:
        """What the records do not tell of the document: its tables and their rows that cannot be
        understood."""
        return tuple(
            _(
                "the table at line {line} is not read: {why}; --unparsed lists its cells",
                line=self.document.line(self.document.folded.start(table.start)),
                why=retold(table.doubt),
            )
            if table.doubt is not None
            else _(
                "{count} rows of the table at line {line} are not read, since they lack cells; --unparsed lists theirs",
                line=self.document.line(self.document.folded.start(table.start)),
                count=table.rows.count("short"),
            )
            for table in self.document.tables
            if table.doubt is not None or "short" in table.rows
        )
