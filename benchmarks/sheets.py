"""What a large sheet costs beside openpyxl, which only reads it.

    python benchmarks/sheets.py [ROWS]

Makes a workbook of so many rows (20,000 unless given) with nineteen numbers each, and prints the
seconds of CPU that openpyxl takes to read it (read-only), that reading it as a text takes, and that
its records take from file to last record, with the peak memory of the process.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl

from shuangjian_cli.api import analyse_pieces, sources_of
from shuangjian_cli.process import set_up

KINDS = ("小学", "初中", "普通高中", "中等职业学校", "幼儿园")
MEASURES = ("学校数（所）", "在校生数（人）", "招生数（人）", "专任教师数（人）")
COLUMNS = [kind + measure for kind in KINDS for measure in MEASURES][:19]


def write(path: Path, rows: int) -> None:
    """A sheet with a title, a row of heads and so many rows of numbers."""
    chance = random.Random(1)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("数据")
    sheet.append(["全省各片区2022年教育基本情况"])
    sheet.append(["片区", *COLUMNS])
    for number in range(rows):
        sheet.append([f"第{number}片区", *(chance.randint(1, 90_000) for _ in COLUMNS)])
    book.save(path)


def library(path: Path) -> int:
    """All cells, by openpyxl."""
    book = openpyxl.load_workbook(path, read_only=True)
    return sum(len(row) for sheet in book for row in sheet.iter_rows(values_only=True))


def text(path: Path) -> int:
    """The characters of the text that the workbook is read as."""
    return sum(len(source.text) for source in sources_of(path))


def records(path: Path) -> int:
    """All records, none of them kept."""
    pieces = (
        piece
        for source in sources_of(path)
        for piece in analyse_pieces(source, sentences=False, unparsed=False)
    )
    return sum(len(piece.indicators) for piece in pieces)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("rows", type=int, nargs="?", default=20_000)
    rows = parser.parse_args().rows
    set_up()
    tasks: list[tuple[str, Callable[[Path], int]]] = [
        ("cells by openpyxl", library),
        ("characters of text", text),
        ("records", records),
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.xlsx"
        write(path, rows)
        seconds = []
        for name, task in tasks:
            began = time.process_time()
            count = task(path)
            seconds.append(time.process_time() - began)
            print(f"{name:20} {count:10,} {seconds[-1]:7.2f} s {seconds[-1] / seconds[0]:5.2f} ×")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
