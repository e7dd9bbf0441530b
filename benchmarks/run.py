"""Measures speed, start-up and memory, keeps what it measured in benchmarks/runs, and writes the table of the pages.

    python benchmarks/run.py [FOLDER] [--only PART...] [--documents N] [--write]

FOLDER holds the bulletins to read; without it `../shared/corpus`, or `samples`, repeated, where that is absent.
Everything is timed in fresh processes, in CPU seconds and several times in turn, and the least counts: what disturbs a
machine only ever adds. What is timed stage by stage is made ready on the samples, as jieba's dictionary is loaded
beforehand, and no text that is timed was read before. With `--write` the run is kept and the pages are brought up to date; with
`--page` they are from what is kept, without measuring.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from measure import ENVIRONMENT, Taken, installed, instructions, shuangjian, taken

ROOT = Path(__file__).resolve().parent.parent
RUNS = ROOT / "benchmarks" / "runs"
SAMPLES = ROOT / "samples"
PEERS = ("jieba", "rjieba", "jionlp")
ROUNDS = 2
STAGE_ROUNDS = 7
STARTS = 15
SOME = 600_000  # bytes for the stages, where only the samples are there
ENOUGH = 4_000_000  # bytes for the runs of whole processes
DOCUMENTS = 1_000
"""For memory by format."""
FIGURES = 100_000
"""In the store that is compared."""
ROWS = 20_000
"""In the sheet."""
YARDSTICK = ["-c", "import typer, rich.table"]
LINE = "2022年，全县新增学位5.8万个。\n"
WRITTEN = ("csv", "tsv", "json", "jsonl", "xlsx", "parquet", "dta", "sav", "table")
"""The formats."""
JIEBA = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from run import segmenter
cut = segmenter()
for name in sys.argv[2:]:
    list(cut(Path(name).read_text(encoding="utf-8-sig")))
"""

Result = TypeVar("Result")


def main() -> None:
    """Measures, prints, and with --write keeps the result."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--documents", type=int, default=DOCUMENTS, help="for memory by format")
    parser.add_argument(
        "--write", action="store_true", help="keep the run, and bring the pages up to date"
    )
    parser.add_argument(
        "--page", action="store_true", help="bring the pages up to date from the runs kept"
    )
    parser.add_argument("--stages", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.stages:
        print(json.dumps(stages(sorted(given.folder.glob("*.txt")))))
        return
    if not given.page:
        for run in measured(given.folder, given.only, given.documents):
            text = json.dumps(run, ensure_ascii=False, indent=1)
            if given.write:  # after each part, so that one that fails loses no other
                RUNS.mkdir(exist_ok=True)
                name = run["at"].replace(":", "")
                (RUNS / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")
        print(text)
    if given.write or given.page:
        from page import write

        write(
            [json.loads(path.read_text(encoding="utf-8")) for path in sorted(RUNS.glob("*.json"))]
        )


def measured(folder: Path | None, parts: Iterable[str], documents: int) -> Iterator[dict[str, Any]]:
    """What one run has measured, after each of its parts."""
    corpus = ROOT.parent / "shared" / "corpus"
    folder = folder or (corpus if corpus.is_dir() else None)
    run: dict[str, Any] = {
        "at": datetime.now().isoformat(timespec="seconds"),
        "machine": f"{os.cpu_count()} × {platform.system()} {platform.machine()}",
        "load": [round(os.getloadavg()[0], 1)],
        "versions": {name: installed(name) for name in ("python", *PEERS, "typer", "rich")},
    }
    with tempfile.TemporaryDirectory() as name:
        room = Path(name)
        if folder is None:
            folder = room / "samples"
            repeated(sorted(SAMPLES.glob("*.txt")), folder, SOME)
        files = sorted(folder.glob("*.txt"))
        for part in parts:
            print(f"{datetime.now():%H:%M} {part}", file=sys.stderr, flush=True)
            run[part] = PARTS[part](files, room, documents)
            yield run | {"load": [*run["load"], round(os.getloadavg()[0], 1)]}


# --- stages, in one process ---------------------------------------------------------------------


def _throughput(files: list[Path], room: Path, documents: int) -> dict[str, Any]:
    command = [sys.executable, __file__, str(files[0].parent), "--stages"]
    rounds = [
        json.loads(
            subprocess.check_output(
                command, env=ENVIRONMENT, stderr=subprocess.DEVNULL
            ).splitlines()[-1]
        )
        for _ in range(STAGE_ROUNDS)
    ]
    best = {name: min(each["cpu"][name] for each in rounds) for name in rounds[0]["cpu"]}
    ratios = [round(each["cpu"]["jieba.cut"] / each["cpu"]["all"], 2) for each in rounds]
    return rounds[0] | {"files": len(files), "cpu": best, "rounds": ratios}


def stages(files: list[Path]) -> dict[str, Any]:
    """CPU seconds for each stage of `extract` over all files, everything made ready on the samples."""
    import io

    from shuangjian_cli.api import analyse
    from shuangjian_cli.model import Analysis, Document, Source
    from shuangjian_cli.process import set_up
    from shuangjian_cli.read import read
    from shuangjian_cli.structure import structure
    from shuangjian_cli.tag.analyser import Analyser
    from shuangjian_cli.tag.pack import load_builtin
    from shuangjian_cli.write import INDICATORS
    from shuangjian_cli.write.delimited import write_csv

    def load(paths: Iterable[Path]) -> list[Source]:
        return [each for path in paths for each in read(path) if isinstance(each, Source)]

    def tag(documents: Iterable[Document]) -> list[Analysis]:
        return [Analyser(each, rules).run(sentences=False) for each in documents]

    def write(analyses: Iterable[Analysis]) -> None:
        # As `extract` does: the rules are no column of CSV unless they are asked for.
        rows = (record.to_dict(rules=False) for each in analyses for record in each.indicators)
        write_csv(INDICATORS.flat().over(rows), io.StringIO())

    set_up()
    rules = load_builtin()
    write([analyse(source) for source in load(sorted(SAMPLES.glob("*.txt")))])
    clock = Clock()
    sources = clock.time("read", lambda: load(files))
    documents = clock.time("structure", lambda: [structure(each) for each in sources])
    analyses = clock.time("tag", lambda: tag(documents))
    clock.time("write", lambda: write(analyses))
    clock.cpu["all"] = sum(clock.cpu.values())
    cut = segmenter()
    texts = [each.text for each in sources]
    clock.time("jieba.cut", lambda: [list(cut(text)) for text in texts])
    if installed("rjieba"):
        import rjieba

        rjieba.cut("准备")
        clock.time("rjieba.cut", lambda: [rjieba.cut(text) for text in texts])
    if installed("jionlp"):
        named = extractor()
        clock.time("jionlp", lambda: [named(text) for text in texts])
    return {
        "cpu": clock.cpu,
        "bytes": sum(len(text.encode()) for text in texts),
        "figures": sum(len(each.indicators) for each in analyses),
    }


class Clock:
    """The CPU seconds that each named piece of work took."""

    def __init__(self) -> None:
        self.cpu: dict[str, float] = {}

    def time(self, name: str, work: Callable[[], Result]) -> Result:
        """Does the work and gives its result."""
        begun = time.process_time()
        result = work()
        self.cpu[name] = time.process_time() - begun
        return result


def segmenter() -> Callable[[str], Iterable[str]]:
    """jieba.cut with its dictionary in memory, its cache in a folder that nobody else can write."""
    import logging

    import jieba

    jieba.setLogLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as private:
        jieba.dt.tmp_dir = private
        jieba.initialize()
    cut: Callable[[str], Iterable[str]] = jieba.cut
    return cut


def extractor() -> Callable[[str], list[Any]]:
    """JioNLP's amounts of money and times of each sentence, which is the nearest that it does; made ready."""
    import logging
    import re

    import jionlp

    logging.disable(logging.CRITICAL)  # it reports words that it takes for times and cannot read
    sentence = re.compile(r"[^。！？；\n]+")

    def named(text: str) -> list[Any]:
        words = [found for found in sentence.findall(text) if found.strip()]
        return [(jionlp.ner.extract_money(each), jionlp.ner.extract_time(each)) for each in words]

    named("2022年投入3万元。")
    return named


# --- whole processes ----------------------------------------------------------------------------


def _starts(files: list[Path], room: Path, documents: int) -> dict[str, Any]:
    """A start, in turn with the yardstick's; the first of each, which fills caches, is left out."""
    line = room / "line.txt"
    line.write_text(LINE, encoding="utf-8")
    page = min(files, key=lambda path: path.stat().st_size)
    commands = {
        "yardstick": YARDSTICK,
        "line": shuangjian("extract", line),
        "page": shuangjian("extract", page),
    }
    cpu: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(STARTS + 1):
        for name, command in commands.items():
            cpu[name].append(taken(command).cpu)
    # Under valgrind a text takes fifty times as long, which no limit of time knows.
    commands |= {name: [*commands[name], "--timeout", "0"] for name in ("line", "page")}
    counted = {name: instructions(command) for name, command in commands.items()}
    return {
        "cpu": {name: min(each[1:]) for name, each in cpu.items()},
        "first": {name: each[0] for name, each in cpu.items()},
        "instructions": counted,
        "bytes": page.stat().st_size,
    }


def _instructions(files: list[Path], room: Path, documents: int) -> dict[str, Any]:
    """Instructions over all bulletins, without those of a start."""
    line = room / "one.txt"
    line.write_text(LINE, encoding="utf-8")
    work = [shuangjian("extract", *each, "--jobs", 1, "--timeout", 0) for each in ([line], files)]
    jieba = [["-c", JIEBA, str(ROOT / "benchmarks"), *map(str, each)] for each in ([line], files)]
    counted = []
    for commands in (work, jieba):
        taken(commands[0])  # fills caches
        least, all_ = map(instructions, commands)
        counted.append(None if least is None or all_ is None else all_ - least)
    return {"extract": counted[0], "jieba.cut": counted[1]}


def _processes(files: list[Path], room: Path, documents: int) -> dict[str, Any]:
    folder = room / "in"
    size = repeated(files, folder, ENOUGH)
    out: dict[str, Any] = {}
    for jobs in (1, 2):
        runs = []
        for _ in range(ROUNDS):
            store = room / "store.db"
            store.unlink(missing_ok=True)
            runs.append(taken(shuangjian("batch", folder, "--into", store, "--jobs", jobs)))
        out[f"batch --jobs {jobs}"] = _least(runs)
    again = shuangjian("batch", folder, "--into", room / "store.db")
    out["batch, nothing new"] = _least([taken(again) for _ in range(ROUNDS)])
    for jobs in (1, 2):
        command = shuangjian("extract", folder, "--jobs", jobs, "-o", room / "out.csv")
        out[f"extract --jobs {jobs}"] = _least([taken(command) for _ in range(ROUNDS)])
    return {"bytes": size, "runs": out}


def _least(runs: list[Taken]) -> dict[str, float]:
    return {
        "cpu": min(run.cpu for run in runs),
        "seconds": min(run.seconds for run in runs),
        "largest": max(run.largest for run in runs),
        "together": max(run.together for run in runs),
    }


def _memory(files: list[Path], room: Path, documents: int) -> dict[str, Any]:
    """Memory of each verb in each format, over many short documents and one worker."""
    sys.path.insert(0, str(ROOT / "scripts"))
    from kill_test import bulletin

    chance = random.Random(1)
    folder, store = room / "many", room / "many.db"
    for number in range(documents):
        path = folder / f"{number // 1000:03}" / f"{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(bulletin(chance).split("\n")[:4]), encoding="utf-8")
    out = {"batch": _least([taken(shuangjian("batch", folder, "--into", store, "--jobs", 1))])}
    for verb, source in (("export", [store]), ("extract", [folder, "--jobs", 1])):
        for format_ in WRITTEN:
            target = room / f"out.{format_}"
            command = shuangjian(verb, *source, "--format", format_, "-o", target)
            out[f"{verb} {format_}"] = _least([taken(command)])
            target.unlink()
    return {"documents": documents, "runs": out}


def _compare(files: list[Path], room: Path, documents: int) -> dict[str, Any]:
    """`compare` of many figures in a store."""
    store = room / "large.db"
    made = [str(ROOT / "benchmarks" / "large_store.py"), str(store), "--figures", str(FIGURES)]
    taken(made)
    command = shuangjian("compare", store, "--format", "csv", "-o", room / "compared.csv")
    return {
        "figures": FIGURES,
        "runs": {"compare": _least([taken(command) for _ in range(ROUNDS)])},
    }


def _sheet(files: list[Path], room: Path, documents: int) -> dict[str, Any]:
    """A large sheet, beside openpyxl that only reads it."""
    sheets = str(ROOT / "benchmarks")
    path = room / "sheet.xlsx"
    made = "import sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path; import sheets;"
    taken(["-c", f"{made} sheets.write(Path(sys.argv[2]), {ROWS})", sheets, str(path)])
    read = taken(["-c", f"{made} sheets.library(Path(sys.argv[2]))", sheets, str(path)])
    run = taken(shuangjian("extract", path, "-o", room / "sheet.csv"))
    return {"rows": ROWS, "runs": {"openpyxl": _least([read]), "extract": _least([run])}}


PARTS: dict[str, Callable[[list[Path], Path, int], dict[str, Any]]] = {
    "stages": _throughput,
    "starts": _starts,
    "instructions": _instructions,
    "processes": _processes,
    "memory": _memory,
    "compare": _compare,
    "sheet": _sheet,
}


def repeated(files: list[Path], folder: Path, enough: int) -> int:
    """Copies of the files until there are enough bytes to measure; gives how many.

    Each copy has a line of its own, so that no two are alike.
    """
    folder.mkdir()
    size = number = 0
    while size < enough:
        for path in files:
            content = f"第{number}期\n".encode() + path.read_bytes()
            (folder / f"{number:05}.txt").write_bytes(content)
            size += len(content)
            number += 1
    return size


if __name__ == "__main__":
    main()
