"""SPSS system files: https://www.gnu.org/software/pspp/pspp-dev/html_node/System-File-Format.html

A text of more than 255 bytes lies in several variables, of which each but the last is 255 bytes wide. Rows
are compressed: a byte tells of each eight what they are, so that blanks and small whole numbers take no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from struct import pack
from sys import float_info
from typing import IO

from shuangjian_cli.write.variables import TITLE, Cells, Variable

_BIAS = 100
_LAST, _LITERAL, _BLANKS, _MISSING = 252, 253, 254, 255
_SHORT = 255
"""The longest text of one variable."""
_LONG = 252
"""By so many bytes more of a text it has one variable more."""
_EIGHT = 8
_WHEN = b"01 Jan 00" + b"00:00:00"
"""In place of the time, so that the same rows make the same bytes."""
_NO_NUMBER = -float_info.max
_LOWEST = b"\xfe\xff\xff\xff\xff\xff\xef\xff"
"""The least number that is one."""


def write_sav(
    variables: Sequence[Variable], count: int, rows: Iterable[Cells], out: IO[bytes]
) -> None:
    """Writes the file."""
    parts = [_parts(each.width) for each in variables]
    size = sum(_eights(width) for widths in parts for width in widths)
    out.write(b"$FL2" + f"@(#) SPSS DATA FILE - {TITLE}".encode().ljust(60))
    out.write(pack("<iiiiid", 2, size, 1, 0, count if count < 1 << 31 else -1, _BIAS))
    out.write(_WHEN + TITLE.encode().ljust(64) + bytes(3))
    labels = []
    at = 1
    for number, (variable, widths) in enumerate(zip(variables, parts, strict=True)):
        if variable.values:
            labels.append(_value_labels(variable, at))
        for part, width in enumerate(widths):
            label = "" if part else variable.label
            out.write(_variable(_name(number, part), width, label, variable.whole))
            at += _eights(width)
    out.writelines(labels)
    machine = pack("<8i", 20, 0, 0, -1, 1, 1, 2, 65001)
    out.write(_extension(3, 4, machine))
    out.write(_extension(4, 8, pack("<dd", _NO_NUMBER, float_info.max) + _LOWEST))
    shown = [pack("<3i", 0, 8, 0 if width else 1) for widths in parts for width in widths]
    out.write(_extension(11, 4, b"".join(shown)))
    names = (f"{_name(number)}={each.name}" for number, each in enumerate(variables))
    out.write(_extension(13, 1, "\t".join(names).encode()))
    long = [
        f"{_name(number)}={each.width:05}\0\t"
        for number, each in enumerate(variables)
        if each.width > _SHORT
    ]
    if long:
        out.write(_extension(14, 1, "".join(long).encode()))
    out.write(_extension(16, 8, pack("<qq", 1, count)))
    out.write(_extension(20, 1, b"UTF-8"))
    out.write(pack("<ii", 999, 0))
    out.writelines(_compressed(parts, rows))


def _parts(width: int) -> list[int]:
    """The widths of the variables that hold a text of so many bytes, or a number, for which 0 stands."""
    count = -(-width // _LONG) if width > _SHORT else 1
    return [_SHORT] * (count - 1) + [width - _LONG * (count - 1)]


def _eights(width: int) -> int:
    """How many times eight bytes a variable takes."""
    return -(-width // _EIGHT) or 1


def _name(number: int, part: int = 0) -> str:
    """The short name of a variable, and of those that hold the rest of its text."""
    return f"V{number}_{part}" if part else f"V{number}"


def _variable(name: str, width: int, label: str, whole: bool) -> bytes:
    form = 1 << 16 | width << 8 if width else 5 << 16 | 8 << 8 | (0 if whole else 2)
    text = label.encode()[:_SHORT].decode(errors="ignore").encode()
    told = pack("<iiiiii", 2, width, bool(text), 0, form, form) + name.encode().ljust(_EIGHT)
    if text:
        told += pack("<i", len(text)) + text.ljust(-(-len(text) // 4) * 4)
    more = pack("<iiiiii", 2, -1, 0, 0, 0, 0) + b" " * _EIGHT
    return told + more * (_eights(width) - 1)


def _value_labels(variable: Variable, at: int) -> bytes:
    """The labels of the values of the variable that comes so many times eight bytes on."""
    told = pack("<ii", 3, len(variable.values))
    for value, label in variable.values.items():
        text = label.encode()[:120].decode(errors="ignore").encode()
        told += pack("<dB", value, len(text)) + text.ljust(-(-(len(text) + 1) // 8) * 8 - 1)
    return told + pack("<iii", 4, 1, at)


def _extension(kind: int, size: int, content: bytes) -> bytes:
    return pack("<iiii", 7, kind, size, len(content) // size) + content


def _compressed(parts: Sequence[Sequence[int]], rows: Iterable[Cells]) -> Iterator[bytes]:
    """The rows in pieces: eight bytes that tell what comes, and behind them what they do not tell."""
    codes, literals = bytearray(), bytearray()
    for row in rows:
        for value, widths in zip(row, parts, strict=True):
            if type(value) is bytes:
                _put_text(value, widths, codes, literals)
            elif value is None:
                codes.append(_MISSING)
            elif value == int(value) and 1 - _BIAS <= value < _LAST - _BIAS:
                codes.append(int(value) + _BIAS)
            else:
                codes.append(_LITERAL)
                literals += pack("<d", value)
        yield _blocks(codes, literals)
    codes.append(_LAST)
    codes += bytes(-len(codes) % _EIGHT)
    yield _blocks(codes, literals)


def _put_text(text: bytes, widths: Sequence[int], codes: bytearray, literals: bytearray) -> None:
    for part, width in enumerate(widths):
        said = text[_SHORT * part : _SHORT * (part + 1)]
        full = -(-len(said) // _EIGHT)
        literals += said.ljust(full * _EIGHT)
        codes += bytes((_LITERAL,)) * full + bytes((_BLANKS,)) * (_eights(width) - full)


def _blocks(codes: bytearray, literals: bytearray) -> bytes:
    """The blocks that are full, which are taken away."""
    out = bytearray()
    end = len(codes) - len(codes) % _EIGHT
    used = 0
    for at in range(0, end, _EIGHT):
        block = codes[at : at + _EIGHT]
        more = used + _EIGHT * block.count(_LITERAL)
        out += block + literals[used:more]
        used = more
    del codes[:end], literals[:used]
    return bytes(out)
