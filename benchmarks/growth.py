"""Measures how a store grows: size and time for each document, and a run with nothing new.

    python benchmarks/growth.py [--documents 1000 10000] [--jobs 1] [--seed 1]

Bulletins of about 3 kB are made and read into one store, in steps: after each the store holds so many documents.
Time is that of the run's processes (CPU), since what disturbs a machine adds to the other.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "scripts"))

from kill_test import bulletin

SIZE = 3_000
"""Bytes of a document, at least."""


def write(folder: Path, first: int, last: int, chance: random.Random) -> int:
    """Writes documents in folders of a thousand; gives their size in bytes."""
    size = 0
    for number in range(first, last):
        text = bulletin(chance)
        while len(text.encode()) < SIZE:
            text += bulletin(chance).partition("\n")[2]
        path = folder / f"{number // 1000:04}" / f"{number:07}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        size += path.write_bytes(text.encode())
    return size


def batch(folder: Path, store: Path, jobs: int) -> float:
    """Reads a folder into a store; gives seconds of CPU."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = ["batch", str(folder), "--into", str(store), "--jobs", str(jobs)]
    subprocess.run(
        [sys.executable, "-m", "shuangjian_cli", *command], stderr=subprocess.DEVNULL, check=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measures step by step."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--documents", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chance = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as name:
        folder, store = Path(name) / "in", Path(name) / "all.sqlite"
        held = text = 0
        for documents in given.documents:
            text += write(folder, held, documents, chance)
            spent = batch(folder, store, given.jobs)
            again = batch(folder, store, given.jobs)
            print(
                f"{documents:,} documents of {text / documents:,.0f} bytes:"
                f" {store.stat().st_size / documents:,.0f} bytes of store each,"
                f" {1000 * spent / (documents - held):.1f} ms for each new one,"
                f" {1e6 * again / documents:.0f} µs each with nothing new",
                flush=True,
            )
            held = documents


if __name__ == "__main__":
    main()
