"""What documents cost on Spark: CPU by process, bytes of rows, bytes that are shuffled.

    python benchmarks/spark.py [COUNT]

Writes so many bulletins (2,000 unless given) as Parquet, a tenth of them reprints and the samples
among them, reads them on a local Spark of two cores, and prints the figures of docs/spark.md. CPU
seconds, since a machine that is shared gives a process its time as it likes.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from look_alikes import bulletin
from run import SAMPLES

ROW_GROUP = 100
TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("count", nargs="?", type=int, default=2_000)
    count = parser.parse_args().count
    with tempfile.TemporaryDirectory() as name:
        for line in report(count, Path(name)):
            print(line, flush=True)


def texts(count: int) -> list[str]:
    """Bulletins of one form, each twentieth a sample with a line of its own, each tenth a reprint."""
    chance = random.Random(count)
    samples = [path.read_text("utf-8") for path in sorted(SAMPLES.glob("*.txt"))]
    made: list[str] = []
    for number in range(count):
        if number % 20 == 7:
            made.append(f"第{number}期\n{chance.choice(samples)}")
        elif number % 10 == 9:
            made.append(f"本网转载\n{chance.choice(made)}")
        else:
            made.append(bulletin(chance))
    return made


def report(count: int, folder: Path) -> Iterator[str]:
    """The lines of a table."""
    from pyspark.sql import functions as F

    from shuangjian_cli.spark import documents, indicators, reprints

    made = texts(count)
    characters = sum(map(len, made))
    table = pa.table({"id": [f"{number:09}" for number in range(count)], "text": made})
    pq.write_table(table, folder / "texts.parquet", row_group_size=ROW_GROUP, compression="zstd")
    spark = session(folder)
    source = spark.read.parquet(str(folder / "texts.parquet"))
    indicators(source.limit(50).repartition(2)).count()  # workers and readers are there now
    out, before = str(folder / "out"), shuffles(spark)
    rows = indicators(source.repartition(8))
    cpu, wall = spent(lambda: rows.write.partitionBy("kind").parquet(out))
    shuffled = shuffles(spark) - before
    written = spark.read.parquet(out)
    status = documents(written)
    figures, failed, seconds = status.select(
        F.sum("figures"), F.count("error"), F.sum("seconds")
    ).first()
    sizes = {
        kind: sum(path.stat().st_size for path in Path(out, f"kind={kind}").glob("*.parquet"))
        for kind in ("figure", "document")
    }
    total = sum(cpu.values())
    yield f"{count:,} documents, {characters:,} characters, {figures:,} figures, {failed} errors"
    yield ""
    yield "| measured | |"
    yield "| --- | ---: |"
    yield f"| CPU s: readers / Python workers / JVM | {' / '.join(f'{each:.1f}' for each in cpu.values())} |"
    yield f"| CPU ms a document; µs a character | {1e3 * total / count:.2f}; {1e6 * total / characters:.2f} |"
    yield f"| documents a second a core | {count / total:.0f} |"
    yield f"| wall s on two cores; seconds told by the documents | {wall:.1f}; {seconds:.1f} |"
    yield f"| Parquet bytes a row of a figure | {sizes['figure'] / figures:.1f} |"
    yield f"| Parquet bytes a row of a document | {sizes['document'] / count:.0f} |"
    yield f"| shuffle bytes a document, `repartition` of the texts | {shuffled / count:.0f} |"
    found: list[int] = []
    before = shuffles(spark)
    cpu, wall = spent(lambda: found.append(reprints(status).count()))
    yield f"| reprints found | {found[0]:,} |"
    yield f"| CPU ms a document for reprints | {1e3 * sum(cpu.values()) / count:.2f} |"
    yield f"| shuffle bytes a document for reprints | {(shuffles(spark) - before) / count:.0f} |"
    yield f"| peak memory of a reader, of a Python worker, MB | {peaks()} |"
    spark.stop()


def session(folder: Path) -> Any:
    """A local Spark that keeps its files in the folder."""
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2]")
    for name, value in {
        "spark.local.dir": str(folder / "spark"),
        "spark.sql.shuffle.partitions": "4",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
    }.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def shuffles(spark: Any) -> int:
    """The bytes of all shuffles so far, as Spark counts them."""
    executors = spark.sparkContext._jsc.sc().statusStore().executorList(False)
    return sum(executors.apply(at).totalShuffleWrite() for at in range(executors.size()))


def spent(work: Callable[[], object]) -> tuple[dict[str, float], float]:
    """The CPU seconds that each kind of process takes for some work, and the seconds it lasts."""
    before, begun = used(), time.monotonic()
    work()
    lasted = time.monotonic() - begun
    after = used()
    return {kind: after[kind] - before[kind] for kind in after}, lasted


def processes() -> Iterator[tuple[str, Path]]:
    """Those that this process has begun, directly or not, with their kinds."""
    waiting = [str(os.getpid())]
    while waiting:
        process = Path("/proc", waiting.pop())
        for children in process.glob("task/*/children"):
            waiting += children.read_text().split()
        command = (process / "cmdline").read_bytes()
        if b"serve()" in command:
            yield "readers", process
        elif b"pyspark" in command and b"daemon" in command:
            yield "workers", process
        elif b"java" in command:
            yield "JVM", process


def used() -> dict[str, float]:
    """The CPU seconds of each kind of process so far."""
    seconds = {"readers": 0.0, "workers": 0.0, "JVM": 0.0}
    for kind, process in processes():
        fields = (process / "stat").read_text().rpartition(")")[2].split()
        seconds[kind] += (int(fields[11]) + int(fields[12])) / TICKS
    return seconds


def peaks() -> str:
    """The most memory of a reader and of a worker so far, in MB."""
    most = {"readers": 0, "workers": 0}
    for kind, process in processes():
        if kind in most:
            status = (process / "status").read_text()
            peak = int(status.partition("VmHWM:")[2].split()[0]) // 1024
            most[kind] = max(most[kind], peak)
    return ", ".join(map(str, most.values()))


if __name__ == "__main__":
    main()
