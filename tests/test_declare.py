"""Named tuples and data classes that cost a start little behave as those of the standard library."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from shuangjian_cli.declare import ClassVar, NamedTuple, dataclass, field, replace


class Point(NamedTuple):
    """A place."""

    x: int
    y: int = 2

    def sum(self) -> int:
        return self.x + self.y


@dataclass(slots=True, frozen=True)
class Kept:
    """Values with defaults."""

    name: str
    many: list[int] = field(default_factory=list)
    count: int = 0
    kind: ClassVar[str] = "kept"


@dataclass(slots=True, frozen=True)
class More(Kept):
    """A further value, and one given by name alone."""

    unit: str = "所"
    rate: int = field(default=1, kw_only=True)


@dataclass(slots=True, eq=False)
class Alone:
    """Equal to itself only."""

    x: int


@dataclass(slots=True)
class Checked:
    """A value that is looked at."""

    x: int

    def __post_init__(self) -> None:
        if self.x < 0:
            raise ValueError("below 0")


def test_a_named_tuple() -> None:
    point = Point(1)
    assert point == (1, 2) == Point(y=2, x=1) and point.sum() == 3
    assert (point.x, point.y, Point._fields) == (1, 2, ("x", "y"))
    assert repr(point) == "Point(x=1, y=2)" and point._asdict() == {"x": 1, "y": 2}
    assert point._replace(y=5) == Point._make([1, 5]) == (1, 5)
    assert pickle.loads(pickle.dumps(point)) == copy.copy(point) == point
    assert type(pickle.loads(pickle.dumps(point))) is Point
    assert Point.__doc__ == "A place." and not hasattr(point, "__dict__")
    match point:
        case Point(x, y):
            assert (x, y) == (1, 2)


def test_a_named_tuple_of_other_fields_is_refused() -> None:
    for arguments, named in (((), {}), ((1, 2, 3), {}), ((1,), {"x": 1}), ((1,), {"z": 1})):
        with pytest.raises(TypeError):
            Point(*arguments, **named)
    with pytest.raises(TypeError):
        Point._make([1])
    with pytest.raises(ValueError):
        Point(1)._replace(z=1)


def test_a_data_class() -> None:
    one = Kept("小学")
    one.many.append(1)
    assert Kept("小学").many == [] and Kept.kind == "kept"
    assert repr(one) == "Kept(name='小学', many=[1], count=0)"
    assert replace(one, count=3) == Kept("小学", [1], 3) != one
    assert pickle.loads(pickle.dumps(one)) == one and not hasattr(one, "__dict__")
    more = More("小学", (1,), 2, "个", rate=4)  # type: ignore[arg-type]
    assert (more.count, more.unit, more.rate) == (2, "个", 4) and len({more, replace(more)}) == 1
    with pytest.raises(TypeError):
        More("小学", [], 2, "个", 4)  # type: ignore[misc]
    assert Alone(1) != Alone(1)
    with pytest.raises(ValueError):
        Checked(-1)
    with pytest.raises(TypeError):
        hash(Checked(1))


def test_a_plain_start_imports_neither_typing_nor_what_rests_on_it(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text(
        "2022年，全县新增学位5.8万个。\n\n| 县 | 学校 |\n| --- | --- |\n| 甲县 | 3所 |\n"
    )
    code = (
        "import sys; from shuangjian_cli.__main__ import main; main(sys.argv[1:]);"
        "print(sorted({'typing', 'dataclasses', 'inspect', 'typer'} & set(sys.modules)))"
    )
    child = subprocess.run(
        [sys.executable, "-c", code, "extract", str(text), "-o", str(tmp_path / "out.jsonl")],
        capture_output=True,
        check=False,
        text=True,
    )
    assert child.stdout == "[]\n", child.stderr
    assert (tmp_path / "out.jsonl").read_text().count("\n") == 2
