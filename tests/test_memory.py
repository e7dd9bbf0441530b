"""How much memory a process takes: what is large is never whole in it as rows."""

from __future__ import annotations

import os
import subprocess
import sys
import tracemalloc
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from shuangjian_cli.api import sources_of
from shuangjian_cli.read.sheets import Sheet
from shuangjian_cli.structure import structure
from shuangjian_cli.write import INDICATORS
from shuangjian_cli.write.parquet import write_parquet

pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")

# The highest resident memory of the process itself or of its largest worker, in kB.
MEASURED = """
import resource
import sys
from pathlib import Path
from shuangjian_cli.__main__ import main
status = main(sys.argv[1:])
own = [line for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line][0]
print(max(int(own.split()[1]), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
sys.exit(status)
"""


def peak(*arguments: str) -> int:
    """The most memory that a command line took, in bytes."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *arguments],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return int(done.stdout) * 1024


def figures(path: Path, count: int) -> Path:
    """A text of so many sentences with a figure each."""
    sentences = (f"{place}号街道新建学校{place + 2}所。" for place in range(count))
    path.write_text("某县通报\n" + "".join(sentences), encoding="utf-8")
    return path


# The bytes that each further figure may take; together with its row it has about 4,000. Of Parquet a
# group of rows is in memory besides.
@pytest.mark.parametrize(
    ("format_", "most"),
    [("csv", 1500), ("jsonl", 1500), ("parquet", 5000)],
)
def test_the_figures_of_a_long_text_are_not_all_in_memory(
    tmp_path: Path, format_: str, most: int
) -> None:
    few, many = figures(tmp_path / "few.txt", 500), figures(tmp_path / "many.txt", 4500)
    output = ["--format", format_, "-o", str(tmp_path / "out")]
    least = peak("extract", str(few), *output)  # the first run of all fills the cache
    grown = peak("extract", str(many), *output) - least
    assert grown < 4000 * most


def sheet(path: Path, rows: int) -> Path:
    """A sheet of so many rows of twenty numbers."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook(write_only=True)
    made = book.create_sheet()
    made.append(["片区", *(f"第{column}类小学在校生数（人）" for column in range(20))])
    for row in range(rows):
        made.append([f"第{row}片区", *range(10_000, 10_020)])
    book.save(path)
    return path


def test_the_cells_of_a_large_sheet_take_little_more_than_its_text(tmp_path: Path) -> None:
    output = ["--format", "jsonl", "-o", str(tmp_path / "out")]
    small, large = sheet(tmp_path / "small.xlsx", 500), sheet(tmp_path / "large.xlsx", 1500)
    grown = peak("extract", str(large), *output) - peak("extract", str(small), *output)
    # The memory of a process grows in steps.
    assert grown < 1000 * 20 * 150


def test_the_figures_of_a_large_sheet_are_not_all_in_memory_on_their_way_to_a_store_and_out(
    tmp_path: Path,
) -> None:
    taken = []
    for rows in (250, 1250):
        path, store = sheet(tmp_path / f"{rows}.xlsx", rows), str(tmp_path / f"{rows}.db")
        batch = peak("batch", str(path), "--into", store, "--jobs", "1")
        taken.append((batch, peak("export", store, "-o", str(tmp_path / "out.csv"))))
    (batch, export), (large_batch, large_export) = taken
    # Each further figure took 6,000 bytes, and 3,500 of an export.
    assert large_batch - batch < 1000 * 20 * 900
    assert large_export - export < 1000 * 20 * 300


def test_a_sheet_is_held_as_its_text(tmp_path: Path) -> None:
    def held(path: Path) -> int:
        tracemalloc.start()
        try:
            documents = [structure(source) for source in sources_of(path)]
            return len(documents) and tracemalloc.get_traced_memory()[0]
        finally:
            tracemalloc.stop()

    small, large = sheet(tmp_path / "small.xlsx", 600), sheet(tmp_path / "large.xlsx", 1200)
    held(sheet(tmp_path / "first.xlsx", 50))  # what a process makes once
    # A cell has six characters of two bytes, and its part of what is held of its row.
    assert held(large) - held(small) < 600 * 20 * 25


def test_nothing_of_the_rows_of_a_large_sheet_is_listed_while_its_text_is_taken_apart(
    tmp_path: Path,
) -> None:
    rows = 4000
    structure(next(sources_of(sheet(tmp_path / "first.xlsx", 600))))  # what a process makes once
    source = next(sources_of(sheet(tmp_path / "a.xlsx", rows)))
    tracemalloc.start()
    try:
        document = structure(source)
        held, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(document.sentences) > rows
    assert most - held < rows * 40  # a span in a list takes 130


def test_the_cells_of_an_old_workbook_are_gone_when_its_text_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    xlwt = pytest.importorskip("xlwt")
    book = xlwt.Workbook()
    made = book.add_sheet("数据")
    for row in range(2000):
        for column in range(20):
            made.write(row, column, row * 20 + column)
    book.save(str(tmp_path / "a.xls"))
    held: list[int] = []
    write = Sheet.write

    def looking(*arguments: Any, **options: Any) -> None:
        held.extend(tracemalloc.get_traced_memory())
        write(*arguments, **options)

    monkeypatch.setattr(Sheet, "write", looking)
    tracemalloc.start()
    try:
        assert "39999" in next(sources_of(tmp_path / "a.xls")).text
    finally:
        tracemalloc.stop()
    assert held[0] < held[1] / 2


def test_parquet_is_written_without_pandas_and_numpy(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    text, out = tmp_path / "a.txt", tmp_path / "a.parquet"
    text.write_text("全县新建学校12所。", encoding="utf-8")
    code = (
        "import sys; from shuangjian_cli.__main__ import main; status = main();"
        " print(status, [name for name in ('pyarrow', 'pandas', 'numpy') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "extract", str(text), "-o", str(out)],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    assert done.stdout == "0 ['pyarrow']\n"


def test_row_groups_are_bounded_in_rows_and_bytes(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    row = dict.fromkeys(INDICATORS.names()) | {"value": Decimal(1), "file": "甲.txt", "line": 1}
    rows = (row | {"sentence": f"{place}" * 1000} for place in range(4000, 8000))
    with (tmp_path / "a.parquet").open("wb") as out:
        write_parquet(INDICATORS.over(rows), out)
    with (tmp_path / "b.parquet").open("wb") as out:
        write_parquet(INDICATORS.over([row] * 20_000), out)
    groups = [
        [file.metadata.row_group(place) for place in range(file.num_row_groups)]
        for file in map(parquet.ParquetFile, (tmp_path / "a.parquet", tmp_path / "b.parquet"))
    ]
    assert [sum(each.num_rows for each in file) for file in groups] == [4000, 20_000]
    assert max(each.total_byte_size for each in groups[0]) < 2**23
    assert max(each.num_rows for each in groups[1]) <= 2**13
