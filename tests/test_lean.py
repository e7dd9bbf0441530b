"""Classes of data: what `lean` gives is what `dataclasses` would."""

from __future__ import annotations

import dataclasses
import pickle
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from shuangjian_cli import lean


@lean.data(frozen=True, slots=True)
class Point:
    x: int
    y: int = 0
    marks: dict[str, int] = lean.field(default_factory=dict)
    named: bool = lean.field(default=True, kw_only=True)

    def __post_init__(self) -> None:
        if self.x < 0:
            raise ValueError("x")


@lean.data(frozen=True, slots=True)
class Place(Point):
    y: int = 7
    name: str = ""


@lean.data(slots=True, eq=False)
class Open:
    x: int


def test_fields_are_set_by_place_by_name_and_by_default() -> None:
    point = Point(1, marks={"a": 2})
    assert (point.x, point.y, point.marks, point.named) == (1, 0, {"a": 2}, True)
    assert Point(1).marks is not Point(1).marks
    assert (Place(1).y, Place(1, 2, {}, "a", named=False).name) == (7, "a")
    assert [each.name for each in lean.fields(Place)] == ["x", "y", "marks", "named", "name"]
    assert repr(Place(1)) == "Place(x=1, y=7, marks={}, named=True, name='')"


@pytest.mark.parametrize(
    "wrong", [lambda: Point(), lambda: Point(1, z=2), lambda: Point(1, 2, {}, True)]
)  # type: ignore[call-arg, misc]
def test_wrong_arguments_are_refused(wrong: Callable[[], Any]) -> None:
    with pytest.raises(TypeError):
        wrong()


def test_what_is_checked_is_checked_again_where_it_is_replaced() -> None:
    assert lean.replace(Point(1), y=3) == Point(1, 3)
    with pytest.raises(ValueError, match="x"):
        lean.replace(Point(1), x=-1)


def test_frozen_ones_do_not_change_and_others_do() -> None:
    with pytest.raises(AttributeError, match=r"Point\.x"):
        Point(1).x = 2  # type: ignore[misc]
    opened = Open(1)
    opened.x = 2
    assert opened.x == 2
    assert not hasattr(opened, "__dict__")
    with pytest.raises(AttributeError):
        opened.y = 1  # type: ignore[attr-defined]


def test_equal_ones_are_equal_also_in_another_process() -> None:
    assert Place(1, 2) == Place(1, 2) != Place(1, 3)
    assert Point(1) != Place(1, 0)
    assert Open(1) != Open(1)
    assert pickle.loads(pickle.dumps(Place(1, 2, named=False))) == Place(1, 2, named=False)
    assert pickle.loads(pickle.dumps(Open(3))).x == 3


def test_classes_are_told_apart_from_those_of_the_standard_library() -> None:
    assert lean.is_dataclass(Point)
    assert not lean.is_dataclass(int)
    assert not dataclasses.is_dataclass(Point)


def test_a_plain_extract_does_without_dataclasses() -> None:
    code = (
        "import sys, shuangjian_cli.commands.extract, shuangjian_cli.api;"
        "print({'dataclasses', 'inspect'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
