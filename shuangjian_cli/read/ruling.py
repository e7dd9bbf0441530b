"""The ruled tables of a page: lines drawn on it → the boxes of cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from ctypes import c_float
from typing import Any, NamedTuple

_NEAR = 3.0  # points, within which lines meet or are one
_MOST = 20_000  # strokes of a page; more are a drawing
_FEW = 400  # lines of a page in one direction, where strokes that go on as one are one


class Rule(NamedTuple):
    """A horizontal or vertical line: where it lies across, and from where to where it reaches."""

    at: float
    low: float
    high: float


class Box(NamedTuple):
    """A cell of a ruled table by row and column, counted from the top left, half-open."""

    top: int
    left: int
    bottom: int
    right: int


class Ruled(NamedTuple):
    """A ruled table: the edges of its columns from left to right and of its rows downwards."""

    xs: list[float]
    ys: list[float]
    boxes: list[Box]

    def place(self, x: float, y: float) -> tuple[int, int] | None:
        """The row and column at a point, None outside."""
        if not (self.xs[0] <= x <= self.xs[-1] and self.ys[-1] <= y <= self.ys[0]):
            return None
        row = sum(edge > y for edge in self.ys[1:-1])
        return row, sum(edge < x for edge in self.xs[1:-1])


def rules(page: Any) -> tuple[list[Rule], list[Rule]]:
    """The vertical and the horizontal lines of a page, each as long as it looks."""
    from pypdfium2.raw import FPDF_PAGEOBJ_PATH

    vertical: list[Rule] = []
    horizontal: list[Rule] = []
    for path in page.get_objects(filter=[FPDF_PAGEOBJ_PATH], max_depth=1):
        for (x, y), (to_x, to_y) in _strokes(path):
            if abs(x - to_x) < _NEAR / 2 < abs(y - to_y):
                vertical.append(Rule((x + to_x) / 2, min(y, to_y), max(y, to_y)))
            elif abs(y - to_y) < _NEAR / 2 < abs(x - to_x):
                horizontal.append(Rule((y + to_y) / 2, min(x, to_x), max(x, to_x)))
        if len(vertical) + len(horizontal) > _MOST:
            return [], []
    vertical, horizontal = _joined(vertical), _joined(horizontal)
    return (vertical, horizontal) if max(len(vertical), len(horizontal)) <= _FEW else ([], [])


_Point = tuple[float, float]


def _strokes(path: Any) -> Iterator[tuple[_Point, _Point]]:
    """The straight parts of a path, in points of the page."""
    from pypdfium2 import raw

    matrix = path.get_matrix()
    first = last = (0.0, 0.0)
    for index in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        x, y = c_float(), c_float()
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield last, point
        last = point
        if raw.FPDFPathSegment_GetClose(segment):
            yield last, first


def _joined(lines: list[Rule]) -> list[Rule]:
    """Lines that lie on one another or go on as one, as one."""
    out: list[Rule] = []
    for line in sorted(_aligned(lines), key=lambda line: (line.at, line.low)):
        if out and out[-1].at == line.at and line.low <= out[-1].high + _NEAR:
            out[-1] = out[-1]._replace(high=max(out[-1].high, line.high))
        else:
            out.append(line)
    return out


def _aligned(lines: list[Rule]) -> Iterator[Rule]:
    """Lines set on the first of those that lie near them: the two edges of a thick line are one."""
    at = float("-inf")
    for line in sorted(lines):
        if line.at > at + _NEAR:
            at = line.at
        yield line._replace(at=at)


def ruled(vertical: Sequence[Rule], horizontal: Sequence[Rule]) -> list[Ruled]:
    """The tables that lines make: those of two columns and rows or more, from the top."""
    out = []
    for across, down in _groups(vertical, horizontal):
        xs = _edges([line.at for line in across], [e for line in down for e in line[1:]])
        ys = _edges([line.at for line in down], [e for line in across for e in line[1:]])[::-1]
        if len(xs) > 2 and len(ys) > 1:
            out.append(Ruled(xs, ys, list(_boxes(xs, ys, across, down))))
    return sorted(out, key=lambda table: -table.ys[0])


def _groups(
    vertical: Sequence[Rule], horizontal: Sequence[Rule]
) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Vertical and horizontal lines that touch, directly or by others."""
    upright, level = set(vertical), set(horizontal)
    while upright:
        across, down = {upright.pop()}, set[Rule]()
        fresh, is_upright = set(across), True
        while fresh:
            others = level if is_upright else upright
            met = {other for other in others if any(_meet(line, other) for line in fresh)}
            others -= met
            (down if is_upright else across).update(met)
            fresh, is_upright = met, not is_upright
        yield sorted(across), sorted(down)


def _meet(line: Rule, other: Rule) -> bool:
    """Whether a line and one at right angles to it touch."""
    return (
        line.low - _NEAR <= other.at <= line.high + _NEAR
        and other.low - _NEAR <= line.at <= other.high + _NEAR
    )


def _edges(lines: list[float], ends: list[float]) -> list[float]:
    """Where columns or rows end: at lines, and where the lines across them end, since tables are
    often open at their sides."""
    out = sorted(set(lines))
    if ends and out:
        out = ([min(ends)] if min(ends) < out[0] - _NEAR else []) + out
        out += [max(ends)] if max(ends) > out[-1] + _NEAR else []
    return out


def _boxes(xs: list[float], ys: list[float], across: list[Rule], down: list[Rule]) -> Iterator[Box]:
    """The cells: places that no line parts are one, as far as they make a rectangle."""
    rows, columns = len(ys) - 1, len(xs) - 1
    taken: set[tuple[int, int]] = set()

    def is_parted(lines: list[Rule], at: float, low: float, high: float) -> bool:
        middle = (low + high) / 2
        return any(abs(line.at - at) < 1 and line.low <= middle <= line.high for line in lines)

    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            right = column + 1
            while (
                right < columns
                and (row, right) not in taken
                and not is_parted(across, xs[right], ys[row + 1], ys[row])
            ):
                right += 1
            bottom = row + 1
            while bottom < rows and not any(
                (bottom, each) in taken or is_parted(down, ys[bottom], xs[each], xs[each + 1])
                for each in range(column, right)
            ):
                bottom += 1
            taken.update((r, c) for r in range(row, bottom) for c in range(column, right))
            yield Box(row, column, bottom, right)
