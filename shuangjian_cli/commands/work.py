"""What is done with one text, in the program's own process or in a worker's.

A worker imports this module alone of the command line, so it imports nothing of the options.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from shuangjian_cli.model import Analysis, DocumentInfo, Indicator, ReadError, Source
from shuangjian_cli.process import internal
from shuangjian_cli.write import lines_of

if TYPE_CHECKING:
    from shuangjian_cli.correct import Corrections
    from shuangjian_cli.read import Options
    from shuangjian_cli.report.tables import Drawn
    from shuangjian_cli.tag.pack import Rules
    from shuangjian_cli.write import Column, Row
    from shuangjian_cli.write.lines import Lines

Rows = Mapping[str, list["Row"]]
"""Rows that one text gave, under the names of their tables."""


class Failed:
    """An input that gave no rows, and why."""

    __slots__ = ("file", "message")

    def __init__(self, file: str, message: str) -> None:
        self.file = file
        self.message = message


class Noted:
    """What of an input its rows do not tell, though it gave some."""

    __slots__ = ("file", "message")

    def __init__(self, file: str, message: str) -> None:
        self.file = file
        self.message = message


class Piece(NamedTuple):
    """Some of what a text gave; `last` when that is all of it.

    `place` counts the texts of its file. `told` goes to standard error.
    """

    place: int
    told: tuple[Failed | Noted, ...] = ()
    rows: Rows | None = None
    last: bool = False


class Began:
    """The text at a place is next, so that it can be named if it stops the worker."""

    __slots__ = ("file", "place")

    def __init__(self, place: int, file: str) -> None:
        self.place = place
        self.file = file


class Task(NamedTuple):
    """A file to read, the `number`-th of a run.

    Of its texts only those are read whose place, divided by `parts`, leaves `part`, from the
    place `first` on; of an archive, with `consecutive`, a part of its members, in which places are
    counted anew.
    """

    number: int
    path: str
    part: int = 0
    parts: int = 1
    first: int = 0
    consecutive: bool = False


class Accepts:
    """A test of rows: each named field has one of its values."""

    def __init__(self, tests: Mapping[str, frozenset[str]]) -> None:
        self.tests = tests

    def __call__(self, row: "Row") -> bool:
        return all(self._meets(row, name, values) for name, values in self.tests.items())

    @staticmethod
    def _meets(row: "Row", name: str, values: frozenset[str]) -> bool:
        if name == "metric" and "metrics" in row:
            return not values.isdisjoint(row["metrics"])
        return name not in row or row[name] in values


class Pick:
    """What is wanted of an analysis: rows of the named tables that are accepted.

    `rules` tells whether those of indicators name their rules, `whole` whether the analysis of a
    text is wanted in one piece.
    """

    whole = False

    def __init__(self, tables: tuple[str, ...], accepts: Accepts, *, rules: bool = True) -> None:
        self.tables = tables
        self.accepts = accepts
        self.rules = rules

    def __call__(self, analysis: Analysis) -> Rows:
        rows: Mapping[str, Iterable[Row]] = {
            "indicators": (each.to_dict(rules=self.rules) for each in analysis.indicators),
            "sentences": (each.to_dict() for each in analysis.sentences),
            "unparsed": (each.to_dict() for each in analysis.unparsed),
        }
        return {name: list(filter(self.accepts, rows[name])) for name in self.tables}


class PickLines(Pick):
    """Takes the indicators of an analysis as text in a format: to send that to another process costs
    a tenth of what rows cost."""

    def __init__(
        self, tables: tuple[str, ...], accepts: Accepts, columns: "tuple[Column, ...]", format: str
    ) -> None:
        super().__init__(tables, accepts)
        self.columns = columns
        self.format = format

    def __call__(self, analysis: Analysis) -> Rows:
        accepts = self.accepts if self.accepts.tests else None
        text, count = _lines(self.format, self.columns).block(analysis.indicators, accepts)
        return {name: [{"text": text, "count": count}] for name in self.tables}


@lru_cache(maxsize=1)
def _lines(format: str, columns: "tuple[Column, ...]") -> "Lines":
    return lines_of(format, columns)


class Text(NamedTuple):
    """One document with its figures; `text` is None where it is not wanted or was not kept, and
    `tables` are those of the text."""

    document: DocumentInfo
    text: str | None
    indicators: tuple[Indicator, ...]
    tables: tuple["Drawn", ...] = ()


class PickText(Pick):
    """Takes the figures of an analysis as they are, and its text where it is wanted."""

    whole = True

    def __init__(self, *, texts: bool) -> None:
        super().__init__((), Accepts({}))
        self.texts = texts

    def __call__(self, analysis: Analysis) -> Rows:
        document = analysis.document
        if not self.texts:
            return {"texts": [{"text": Text(document.info, None, analysis.indicators)}]}
        from shuangjian_cli.report.tables import drawn

        text = Text(document.info, document.text, analysis.indicators, drawn(document))
        return {"texts": [{"text": text}]}


class Work:
    """The work on a text or a whole `Task`; the same for all of a run."""

    def __init__(
        self,
        pick: Pick,
        options: "Options",
        rules: "Rules | None",
        corrections: "Corrections | None" = None,
    ) -> None:
        self.pick = pick
        self.options = options
        self.rules = rules
        self.corrections = corrections

    def __call__(self, task: Task) -> Iterator[Began | Piece]:
        from shuangjian_cli.read import Share, read

        part, parts = (0, 1) if task.consecutive else (task.part, task.parts)
        share = Share(task.part, task.parts, task.consecutive) if task.consecutive else Share()
        for place, source in enumerate(read(task.path, self.options, share)):
            if place >= task.first and place % parts == part:
                if source.file != task.path:
                    yield Began(place, source.file)
                yield from self.pieces(place, source)

    def pieces(self, place: int, source: Source | ReadError) -> Iterator[Piece]:
        """What one text gives. A bug of ours on it must not lose the other texts."""
        from shuangjian_cli.api import analyse, analyse_pieces

        if isinstance(source, ReadError):
            yield Piece(place, (Failed(source.file, source.message),), last=True)
            return
        wanted: dict[str, Any] = {
            name: name in self.pick.tables for name in ("sentences", "unparsed")
        } | {"corrections": self.corrections}
        told: tuple[Failed | Noted, ...] = tuple(Noted(source.file, each) for each in source.notes)
        try:
            if self.pick.whole:
                analyses: Iterable[Analysis] = (analyse(source, self.rules, **wanted),)
            else:
                analyses = analyse_pieces(source, self.rules, **wanted)
            for number, analysis in enumerate(analyses):
                if not number:
                    told += tuple(Noted(source.file, each) for each in analysis.notes)
                yield Piece(place, told, self.pick(analysis))
                told = ()
        except Exception as error:  # noqa: BLE001
            told += (bug(source.file, error),)
        yield Piece(place, told, last=True)


def bug(file: str, error: Exception) -> Failed:
    """An error of our own making, told in one line."""
    return Failed(file, internal(error))
