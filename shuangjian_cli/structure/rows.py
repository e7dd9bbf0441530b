"""Sequences in which the rows of tables stand, each made when it is asked for: a large sheet has very many."""

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from operator import eq
from typing import Generic, TypeVar, overload

from shuangjian_cli.model import Table

T = TypeVar("T")


class Rows:
    """Where the rows of a table that hold something start and end, folded."""

    __slots__ = ("ends", "starts")

    def __init__(self, starts: "array[int]", ends: "array[int]") -> None:
        self.starts = starts
        self.ends = ends


def rows_of(table: Table) -> Rows:
    """The rows of a table."""
    rows = Rows(array("i"), array("i"))
    for row in range(table.grid.rows):
        start, end = table.span(row)
        if start < end:
            rows.starts.append(start)
            rows.ends.append(end)
    return rows


class Run(Generic[T]):
    """What `make` makes of the span of each row of a table."""

    def __init__(self, rows: Rows, make: Callable[[int, int], T]) -> None:
        self._rows = rows
        self._make = make

    def __len__(self) -> int:
        return len(self._rows.starts)

    def __getitem__(self, index: int) -> T:
        return self._make(self._rows.starts[index], self._rows.ends[index])

    def __iter__(self) -> Iterator[T]:
        return map(self._make, self._rows.starts, self._rows.ends)


class Joined(Sequence[T]):
    """Runs and lists, one behind the other."""

    def __init__(self, parts: Iterable[Run[T] | list[T]]) -> None:
        self._parts = tuple(parts)
        self._firsts = [0, *accumulate(map(len, self._parts))]
        """The index of the first of each part, and the count of all."""

    def __len__(self) -> int:
        return self._firsts[-1]

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...

    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        if index < 0:
            index += len(self)
        if not 0 <= index < len(self):
            raise IndexError(index)
        part = bisect_right(self._firsts, index) - 1
        return self._parts[part][index - self._firsts[part]]

    def __iter__(self) -> Iterator[T]:
        for part in self._parts:
            yield from part

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Joined):
            return NotImplemented
        return len(self) == len(other) and all(map(eq, self, other))

    __hash__ = None  # type: ignore[assignment]  # equal by what they hold, as lists are


def joined(each: Iterable[T | Run[T]]) -> Sequence[T]:
    """Values and runs in their order: a plain tuple where no run is among them."""
    parts: list[Run[T] | list[T]] = []
    for one in each:
        if isinstance(one, Run):
            parts.append(one)
        elif parts and isinstance(parts[-1], list):
            parts[-1].append(one)
        else:
            parts.append([one])
    if not parts:
        return ()
    if len(parts) == 1 and isinstance(parts[0], list):
        return tuple(parts[0])
    return Joined(parts)
