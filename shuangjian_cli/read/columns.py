"""The words of a page's tables → cells: by ruled lines, or by where they stand under each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from .grid import Laid
from .ruling import Ruled

Rows = list[list[Laid]]

_NUMBER = re.compile(r"[-+≥≤]?[\d.,]+[%‰]?")


class Piece(NamedTuple):
    """Words on one line that no wide gap parts; positions in points, y upwards."""

    text: str
    left: float
    right: float
    bottom: float
    top: float

    @property
    def x(self) -> float:
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        return (self.bottom + self.top) / 2


def in_boxes(table: Ruled, pieces: Sequence[Piece]) -> Rows:
    """The rows of a ruled table. Where no line parts rows, their lines of words do."""
    inside: dict[tuple[int, int], list[Piece]] = {}
    for piece in pieces:
        place = table.place(piece.x, piece.y)
        if place is not None:
            inside.setdefault(place, []).append(piece)
    rows: Rows = []
    for row in range(len(table.ys) - 1):
        boxes = [box for box in table.boxes if box.top == row]
        held = [
            [
                p
                for r in range(box.top, box.bottom)
                for c in range(box.left, box.right)
                for p in inside.get((r, c), ())
            ]
            for box in boxes
        ]
        if all(box.bottom == row + 1 for box in boxes) and (lines := _lines(held)):
            rows += [
                [
                    Laid(_words([p for p in cell if p in line]), 1, box.right - box.left)
                    for box, cell in zip(boxes, held, strict=True)
                ]
                for line in lines
            ]
        else:
            rows.append(
                [
                    Laid(_words(cell), box.bottom - box.top, box.right - box.left)
                    for box, cell in zip(boxes, held, strict=True)
                ]
            )
    return rows


def _lines(cells: Sequence[Sequence[Piece]]) -> list[list[Piece]]:
    """The lines of words in a row of boxes, where each is a row of its own: two of them have a number
    and words in another box. Empty where the words only wrap."""
    lines: list[list[Piece]] = []
    for piece in sorted((p for cell in cells for p in cell), key=lambda p: -p.y):
        if lines and lines[-1][0].y - piece.y < (piece.top - piece.bottom) / 2:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    rows = sum(
        any(_NUMBER.fullmatch(p.text) for p in line)
        and sum(any(p in line for p in cell) for cell in cells) > 1
        for line in lines
    )
    return lines if rows > 1 else []


def _words(pieces: Sequence[Piece]) -> str:
    """The words of a cell, its lines joined."""
    out = ""
    for piece in sorted(pieces, key=lambda p: (-round(p.y), p.left)):
        apart = out[-1:].isascii() and piece.text[:1].isascii()
        out += " " * (bool(out) and apart) + piece.text
    return out


def in_columns(lines: Sequence[Sequence[Piece]]) -> Rows | None:
    """The rows of a table without lines, from its lines of words; None where they do not stand
    under each other."""
    most = max(map(len, lines))
    columns: list[list[float]] = []
    for piece in sorted(
        (p for line in lines if len(line) == most for p in line), key=lambda p: p.left
    ):
        if columns and piece.left < columns[-1][1]:
            columns[-1][1] = max(columns[-1][1], piece.right)
        else:
            columns.append([piece.left, piece.right])
    if len(columns) != most or most < 2:
        return None
    rows = []
    for line in lines:
        row: list[Laid] = []
        at = 0
        for piece in line:
            met = [
                i
                for i, (low, high) in enumerate(columns)
                if piece.left < high and low < piece.right
            ]
            if not met:
                met = [min(range(most), key=lambda i: abs(sum(columns[i]) / 2 - piece.x))]
            if met[0] < at:
                return None
            row += [Laid("")] * (met[0] - at)
            row.append(Laid(piece.text, 1, met[-1] - met[0] + 1))
            at = met[-1] + 1
        rows.append(row + [Laid("")] * (most - at))
    return rows


def continued(above: Rows, below: Rows) -> Rows | None:
    """A table that goes on over a page's end, its repeated heads left out; None for two tables."""
    if _width(above) != _width(below):
        return None
    repeated = 0
    while repeated < min(len(above), len(below)) and above[repeated] == below[repeated]:
        repeated += 1
    return above + below[repeated:]


def _width(rows: Rows) -> int:
    return max(sum(cell.columns for cell in row) for row in rows)
