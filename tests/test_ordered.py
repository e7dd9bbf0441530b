"""Workers: what they give comes in the order of the inputs, and each loses only its own text."""

from __future__ import annotations

import os
from pathlib import Path
from zipfile import ZipFile

import pytest
import work_fakes

from shuangjian_cli.commands.ordered import in_order, tasks
from shuangjian_cli.commands.work import Accepts, Pick, Piece, Work
from shuangjian_cli.read import Options

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")


def got(paths: list[str], jobs: int, timeout: float = 60) -> tuple[list[str], dict[str, str]]:
    """The rows of files, and what is told of them."""
    rows: list[str] = []
    told: dict[str, str] = {}
    for piece in in_order(work_fakes.lines, paths, jobs, timeout):
        rows += [row["line"] for row in (piece.rows or {}).get("lines", ())]
        told |= {each.file: each.message for each in piece.told}
    return rows, told


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_the_order_is_that_of_the_inputs(here: Path, jobs: int) -> None:
    expected = []
    names = [f"{n}.{'csv' if n % 3 else 'txt'}" for n in range(20)]
    for number, name in enumerate(names):
        texts = [f"a{number}.{n}" for n in range(number % 7)]
        (here / name).write_text("\n".join(texts))
        expected += [each for text in texts for each in (text, text.upper())]
    assert got(names, jobs) == (expected, {})


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(
    ("poison", "reason", "said"),
    [
        ("☠", "its reader died of SIGKILL", []),
        ("⌛", "took longer than 1 s; raise --timeout", []),
        ("✗", "internal error (ValueError: a bug of ours)", ["✗"]),
    ],
)
def test_a_text_that_stops_a_worker_loses_only_itself(
    here: Path, poison: str, reason: str, said: list[str], jobs: int
) -> None:
    (here / "a.txt").write_text("a")
    (here / "b.csv").write_text(f"b0\nb1\n{poison}\nb3\nb4\n")
    (here / "c.txt").write_text(poison)
    (here / "d.txt").write_text("d")
    rows, told = got(["a.txt", "b.csv", "c.txt", "d.txt"], jobs, timeout=1)
    assert rows == [
        "a",
        "A",
        "b0",
        "B0",
        "b1",
        "B1",
        *said,
        "b3",
        "B3",
        "b4",
        "B4",
        *said,
        "d",
        "D",
    ]
    assert told.keys() == {"b.csv!2", "c.txt"}
    assert all(message.startswith(reason) for message in told.values())


def packed(path: Path) -> str:
    with ZipFile(path, "w") as made:
        for number in range(11):
            made.writestr(
                f"{number:02}.txt", f"某县通报\n新建学校{number + 2}所，新增学位{number + 3}个。\n"
            )
        made.writestr("06.doc", b"")
        made.writestr("07/../b.txt", "")
    return str(path)


def test_the_members_of_an_archive_come_in_order_from_several_workers(here: Path) -> None:
    work = Work(Pick(("indicators",), Accepts({}), rules=False), Options(), None)
    path = packed(here / "a.zip")
    (here / "b.txt").write_text("新建学校1所。", encoding="utf-8")

    def pieces(jobs: int) -> list[tuple[object, object]]:
        found: list[Piece] = [*in_order(work, [path, "b.txt"], jobs, 60)]
        return [
            ([(one.file, one.message) for one in each.told], each.rows)
            for each in found
            if each.told or each.rows
        ]

    alone = pieces(1)
    assert len(alone) == 11 + 2 + 1
    assert pieces(2) == alone


def test_a_member_of_an_archive_is_unpacked_by_one_worker(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = packed(here / "a.zip")
    opened: list[str] = []
    real = ZipFile.open

    def spy(self: ZipFile, name: object, *rest: object, **more: object) -> object:
        opened.append(getattr(name, "filename", str(name)))
        return real(self, name, *rest, **more)  # type: ignore[arg-type, call-overload]

    monkeypatch.setattr(ZipFile, "open", spy)
    work = Work(Pick(("indicators",), Accepts({}), rules=False), Options(), None)
    for task in tasks([path], 3):
        list(work(task))
    assert opened == sorted([*(f"{number:02}.txt" for number in range(11)), "06.doc"])
