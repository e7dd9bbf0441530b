"""Measures speed, start-up and memory, and writes them into docs/benchmarks.md.

    python benchmarks/run.py [FOLDER] [--write]

FOLDER holds the bulletins to read; without it `../shared/corpus`, or `samples`, repeated, where
that is absent. Everything is timed in fresh processes, several times in turn, and the best time
counts: what disturbs a machine only ever adds. What is timed stage by stage is made ready on the
samples, as jieba's dictionary is loaded beforehand, and no text that is timed was read before.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- measured -->\n", "<!-- /measured -->\n"
SAMPLES = ROOT / "samples"
ROUNDS = 3
STAGE_ROUNDS = 9
STARTS = 15
SOME = 600_000  # bytes for the stages, where only the samples are there
REPORTS = 1_800_000  # bytes of the yearly reports of all provinces
ENOUGH = 16_000_000  # bytes for the runs of whole processes
YARDSTICK = "import typer, rich.table"
# Compiled modules are kept, as in any installation, but not in the checkout.
CACHE = tempfile.TemporaryDirectory()
ENVIRONMENT = os.environ | {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": CACHE.name}

Result = TypeVar("Result")


def main() -> None:
    """Measures, prints, and with --write keeps the result."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument(
        "--write", action="store_true", help=f"replace the table in {DOCUMENT.name}"
    )
    parser.add_argument("--stages", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.stages:
        print(json.dumps(stages(sorted(given.folder.glob("*.txt")))))
        return
    corpus = ROOT.parent / "shared" / "corpus"
    folder = given.folder or (corpus if corpus.is_dir() else None)
    with tempfile.TemporaryDirectory() as name:
        if folder is None:
            folder = Path(name) / "samples"
            repeated(sorted(SAMPLES.glob("*.txt")), folder, SOME)
        lines = list(report(sorted(folder.glob("*.txt"))))
    result = "".join(f"{line}\n" for line in lines)
    print(result)
    if given.write:
        text = DOCUMENT.read_text(encoding="utf-8")
        before, _, rest = text.partition(BEGIN)
        DOCUMENT.write_text(before + BEGIN + result + END + rest.partition(END)[2], "utf-8")


def report(files: list[Path]) -> Iterator[str]:
    """The lines of the measured part of the document."""
    names = ("python", "jieba", "rjieba", "typer", "rich")
    versions = ", ".join(f"{name} {_version(name)}" for name in names)
    yield f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}; {versions}."
    yield ""
    yield from _throughput(files)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "in"
        size = repeated(files, folder, ENOUGH)
        yield from _processes(files, folder, size, Path(name))


def _throughput(files: list[Path]) -> Iterator[str]:
    rounds = [
        json.loads(
            subprocess.check_output(
                [sys.executable, __file__, files[0].parent, "--stages"], env=ENVIRONMENT
            )
        )
        for _ in range(STAGE_ROUNDS)
    ]
    size, figures = rounds[0]["bytes"], rounds[0]["figures"]
    best = {name: min(each["seconds"][name] for each in rounds) for name in rounds[0]["seconds"]}
    jieba = best["jieba.cut"]
    yield f"One core, {len(files)} bulletins, {size / 1e6:.2f} MB of UTF-8, {figures:,} figures:"
    yield ""
    yield "| stage | s | MB/s | × jieba.cut |"
    yield "| --- | ---: | ---: | ---: |"
    for name, seconds in best.items():
        rate = size / 1e6 / seconds
        yield f"| {name} | {seconds:.3f} | {rate:.2f} | {jieba / seconds:.2f} |"
    yield ""


def stages(files: list[Path]) -> dict[str, object]:
    """Seconds for each stage of `extract` over all files, everything made ready on the samples."""
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
    clock.time("write CSV", lambda: write(analyses))
    clock.seconds["all of these"] = sum(clock.seconds.values())
    cut = segmenter()
    clock.time("jieba.cut", lambda: [list(cut(each.text)) for each in sources])
    if _version("rjieba") != "absent":
        import rjieba

        rjieba.cut("准备")
        clock.time("rjieba.cut", lambda: [rjieba.cut(each.text) for each in sources])
    return {
        "seconds": clock.seconds,
        "bytes": sum(len(each.text.encode()) for each in sources),
        "figures": sum(len(each.indicators) for each in analyses),
    }


class Clock:
    """The seconds that each named piece of work took."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def time(self, name: str, work: Callable[[], Result]) -> Result:
        """Does the work and gives its result."""
        begun = time.perf_counter()
        result = work()
        self.seconds[name] = time.perf_counter() - begun
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


# --- whole processes ----------------------------------------------------------------------------


def _processes(files: list[Path], folder: Path, size: int, room: Path) -> Iterator[str]:
    one = min(files, key=lambda path: path.stat().st_size)
    yardstick, extract = [], []
    for _ in range(STARTS):
        yardstick.append(measured(["-c", YARDSTICK])[0])
        extract.append(measured(["-m", "shuangjian_cli", "extract", str(one)])[0])
    times = min(extract) / min(yardstick)
    yield "| whole process | s | MB/s | peak memory, MB |"
    yield "| --- | ---: | ---: | ---: |"
    yield f'| `python -c "{YARDSTICK}"` | {min(yardstick):.3f} | | |'
    kilobytes = one.stat().st_size / 1000
    yield f"| `extract` of one file of {kilobytes:.0f} kB: {times:.2f} × | {min(extract):.3f} | | |"
    took: dict[int, float] = {}
    for jobs in (1, 2):
        runs = []
        for _ in range(ROUNDS):
            store = room / "store.db"
            store.unlink(missing_ok=True)
            into = ["--into", str(store), "--jobs", str(jobs)]
            runs.append(measured(["-m", "shuangjian_cli", "batch", str(folder), *into]))
        took[jobs] = min(seconds for seconds, _ in runs)
        memory = max(peak for _, peak in runs) / 1e6
        yield _process_line(f"`batch --jobs {jobs}`, {size / 1e6:.1f} MB", took[jobs], size, memory)
    command = ["-m", "shuangjian_cli", "batch", str(folder), "--into", str(room / "store.db")]
    yield _process_line("`batch` again, nothing new", *_one(command, size))
    kin = room / "kin"
    for texts, bytes_ in ((folder, size), (kin, repeated(files, kin, REPORTS))):
        command = ["-m", "shuangjian_cli", "extract", str(texts)]
        yield _process_line(f"`extract`, {bytes_ / 1e6:.1f} MB, as CSV", *_one(command, bytes_))
    yield ""
    yield f"Two workers are {took[1] / took[2]:.2f} × as fast as one."


def _one(command: list[str], size: int) -> tuple[float, int, float]:
    runs = [measured(command) for _ in range(ROUNDS)]
    return min(runs)[0], size, max(peak for _, peak in runs) / 1e6


def _process_line(name: str, seconds: float, size: int, memory: float) -> str:
    return f"| {name} | {seconds:.2f} | {size / 1e6 / seconds:.2f} | {memory:.0f} |"


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


def measured(arguments: list[str]) -> tuple[float, int]:
    """The seconds of a Python process, and the most memory of it and its workers, in bytes.

    Memory is resident and summed over processes, so what they share counts several times. It is
    0 where there is no /proc.
    """
    peak = 0
    ended = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not ended.wait(0.05):
            peak = max(peak, sum(map(_resident, _tree(process.pid))))

    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=ENVIRONMENT,
    )
    watcher = threading.Thread(target=watch)
    watcher.start()
    status = process.wait()
    seconds = time.perf_counter() - begun
    ended.set()
    watcher.join()
    if status:
        raise SystemExit(f"{' '.join(arguments)} ended with status {status}")
    return seconds, peak


def _tree(process: int) -> Iterator[int]:
    yield process
    try:
        children = "".join(
            each.read_text() for each in Path(f"/proc/{process}/task").glob("*/children")
        )
    except OSError:  # it has just ended
        return
    for child in children.split():
        yield from _tree(int(child))


def _resident(process: int) -> int:
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _version(name: str) -> str:
    if name == "python":
        return platform.python_version()
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"


if __name__ == "__main__":
    main()
