"""Delimited text (.csv, .tsv): how its cells are parted, and those that are laid out as a sheet."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from itertools import islice
from typing import BinaryIO, NamedTuple

from ..language.messages import _
from ..model import Source
from .decode import MARKED, mend, sniff
from .grid import Text
from .notes import OURS, is_ours
from .options import Options, Unreadable
from .sheets import Sheet

TEXT_COLUMNS = ("text", "content", "body", "正文", "内容", "全文", "文本")
"""The headings by which a column of documents is known."""
AROUND = " \t\r\n\u3000\xa0\u200b\ufeff"
"""What may stand round a heading and is none of it."""

_DELIMITERS = ",\t;|"
_SEPARATOR = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
"""The first line by which Excel is told what parts the cells."""
_LOOKED_AT = 20  # lines, where the first has no delimiter
_LONG = 60  # characters; a column of longer sentences holds documents
_STOP = re.compile("[。！？；]")


class Dialect(NamedTuple):
    """What parts the cells, and whether a blank follows it."""

    delimiter: str
    spaced: bool

    def reader(self, lines: TextIOWrapper) -> Iterator[list[str]]:
        """The cells of each row. Raises csv.Error for a file that is cut inside a quoted text."""
        return csv.reader(
            lines, delimiter=self.delimiter, skipinitialspace=self.spaced, strict=True
        )


@contextmanager
def opened(file: BinaryIO, encoding: str, newline: str | None = None) -> Iterator[TextIOWrapper]:
    """A stream as text, damaged bytes marked for `mend`; its owner closes it."""
    lines = TextIOWrapper(file, encoding, MARKED, newline)
    try:
        yield lines
    finally:
        lines.detach()


def dialect(lines: TextIOWrapper) -> Dialect:
    """The dialect of a stream, which is left at its first line with cells."""
    named = ""
    start, heading = 0, "\n"
    while heading and not heading.strip():
        start = lines.tell()
        heading = lines.readline()
        if found := _SEPARATOR.fullmatch(heading):
            named, heading = found[1], "\n"
    sample = heading
    if not any(each in heading for each in _DELIMITERS):
        sample = "".join(islice(iter(lines.readline, ""), _LOOKED_AT))
    lines.seek(start)
    delimiter = named or max(_DELIMITERS, key=sample.count)
    return Dialect(delimiter, f"{delimiter} " in heading)


def broken(error: csv.Error) -> Unreadable:
    """What to say of a file that csv cannot read."""
    return Unreadable(_("broken quoting or cut short ({error}); save the table again", error=error))


def read_sheet(name: str, file: BinaryIO, options: Options) -> Source | None:
    """The text of a file that is laid out as a sheet, a line for each row with tabs between its
    cells; None for one with a document in each row. Raises `Unreadable`."""
    encoding = sniff(file, options.encoding)
    csv.field_size_limit(max(csv.field_size_limit(), options.max_bytes))
    sheet = Sheet("")
    wide = False
    filled: Counter[int] = Counter()
    long: Counter[int] = Counter()
    with opened(file, encoding, newline="") as lines:
        try:
            for number, row in enumerate(dialect(lines).reader(lines)):
                if not number:
                    heads = {cell.strip(AROUND) for cell in row}
                    if not heads.isdisjoint(TEXT_COLUMNS):
                        return None
                    if is_ours(heads):
                        raise Unreadable(_(OURS))
                cells = [
                    (column, " ".join(cell.replace("\t", " ").splitlines()))
                    for column, cell in enumerate(row)
                    if cell.strip(AROUND)
                ]
                for column, words in cells:
                    filled[column] += 1
                    long[column] += len(words) > _LONG and _STOP.search(words) is not None
                wide |= len(cells) > 1
                sheet.add(number, cells)
        except csv.Error as error:
            raise broken(error) from None
    if not wide or any(2 * long[column] >= count for column, count in filled.items()):
        return None
    text = Text()
    sheet.write(text, named=False)
    decoded = mend(str(text), encoding)
    return Source(
        name,
        decoded.text,
        kind="csv",
        encoding=encoding,
        notes=decoded.notes,
        grids=text.grids_of(decoded.text),
    )
