"""Stata files of release 118, which Stata 14 and newer read: https://www.stata.com/help.cgi?dta"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from struct import Struct, pack
from typing import IO

from shuangjian_cli.write.variables import TITLE, Cells, Variable

_DOUBLE, _BYTE = 65526, 65530
_NO_DOUBLE, _NO_BYTE = 2.0**1023, 101
"""What stands for no value."""
_WHEN = b"01 Jan 2000 00:00"
"""In place of the time, so that the same rows make the same bytes."""
_PARTS = 14
"""Places of parts in the map."""


def write_dta(
    variables: Sequence[Variable], count: int, rows: Iterable[Cells], out: IO[bytes]
) -> None:
    """Writes the file, and its map of parts at the end."""
    places = [0]

    def part(name: str, content: bytes) -> None:
        places.append(out.tell())
        out.write(b"<%s>%s</%s>" % (name.encode(), content, name.encode()))

    title = TITLE.encode()
    out.write(
        b"<stata_dta><header><release>118</release><byteorder>LSF</byteorder>"
        + b"<K>%s</K><N>%s</N>" % (pack("<H", len(variables)), pack("<Q", count))
        + b"<label>%s%s</label>" % (pack("<H", len(title)), title)
        + b"<timestamp>%s%s</timestamp></header>" % (pack("<B", len(_WHEN)), _WHEN)
    )
    part("map", bytes(8 * _PARTS))
    types = [each.width or (_BYTE if each.values else _DOUBLE) for each in variables]
    part("variable_types", pack(f"<{len(types)}H", *types))
    part("varnames", _padded(129, (each.name for each in variables)))
    part("sortlist", bytes(2 * (len(variables) + 1)))
    part("formats", _padded(57, ("%-9s" if each.width else "%10.0g" for each in variables)))
    part(
        "value_label_names", _padded(129, (each.name if each.values else "" for each in variables))
    )
    part("variable_labels", _padded(321, (each.label for each in variables)))
    part("characteristics", b"")
    places.append(out.tell())
    out.write(b"<data>")
    row_of = Struct("<" + "".join(map(_form, variables)))
    missing = [_NO_BYTE if each.values else _NO_DOUBLE for each in variables]
    for row in rows:
        out.write(
            row_of.pack(
                *(no if value is None else value for value, no in zip(row, missing, strict=True))
            )
        )
    out.write(b"</data>")
    part("strls", b"")
    part("value_labels", b"".join(map(_labels, variables)))
    places.append(out.tell())
    out.write(b"</stata_dta>")
    places.append(out.tell())
    out.seek(places[1] + len(b"<map>"))
    out.write(pack(f"<{_PARTS}Q", *places))
    out.seek(0, 2)


def _form(variable: Variable) -> str:
    if variable.width:
        return f"{variable.width}s"
    return "b" if variable.values else "d"


def _padded(width: int, texts: Iterable[str]) -> bytes:
    """Texts of so many bytes each, the last of which is 0."""
    return b"".join(_cut(text, width - 1).ljust(width, b"\0") for text in texts)


def _cut(text: str, most: int) -> bytes:
    return text.encode()[:most].decode(errors="ignore").encode()


def _labels(variable: Variable) -> bytes:
    """The labels of a variable's values, under its name."""
    if not variable.values:
        return b""
    texts = [label.encode() + b"\0" for label in variable.values.values()]
    starts = [sum(map(len, texts[:at])) for at in range(len(texts))]
    n = len(texts)
    table = pack(f"<ii{n}i{n}i", n, sum(map(len, texts)), *starts, *variable.values)
    table += b"".join(texts)
    name = _padded(129, [variable.name])
    return b"<lbl>%s%s\0\0\0%s</lbl>" % (pack("<i", len(table)), name, table)
