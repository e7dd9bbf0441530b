"""Kills `shuangjian batch` with SIGKILL again and again, and compares what it ends with.

    python scripts/kill_test.py [--documents 20000] [--kills 20] [--jobs 0] [--seed 1]

Writes generated bulletins, reads them once undisturbed and once in a run that is killed at
random moments, about as many documents apart, and started again. After each kill the store must be sound, and in the end its
exported tables must be the same bytes. Exit status 0 when they are.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

PROVINCES = ("湖南省", "广西壮族自治区", "浙江省", "甘肃省", "四川省", "吉林省")
LINES = (
    "{p}投入课后服务经费{a}万元，比上年增长{b}%。",
    "全省新建公办幼儿园{c}所，新增学位{d}个。",
    "义务教育学校课后服务覆盖率达到{e}%，参与学生{a}万人。",
    "培训教师{d}人次，交流轮岗教师{f}名。",
    "到2027年，每所学校科学课程不少于{c}门。",
    "各地排查校外培训机构{f}家，查处违规案件{c}起。",
    "家长满意度从{b}%提高到{e}%。",
    "各校把作业总量控制放在心上，孩子们的笑容多了。",
)
TITLES = ("完善经费保障", "健全联动机制", "扩大优质资源", "提升育人质量", "做优课后服务")


def bulletin(chance: random.Random) -> str:
    """A bulletin in two to five sections."""
    province = chance.choice(PROVINCES)
    lines = [
        f"{province}减负工作情况通报",
        f"{chance.randint(2021, 2025)}-0{chance.randint(1, 9)}-15",
    ]
    for number, title in zip(
        "一二三四五", chance.sample(TITLES, chance.randint(2, 5)), strict=False
    ):
        lines.append(f"{number}、{title}")
        lines.append(
            "".join(
                line.format(
                    p=province,
                    a=chance.randint(100, 99999) / 10,
                    b=chance.randint(1, 400) / 10,
                    c=chance.randint(2, 60),
                    d=chance.randint(300, 90000),
                    e=chance.randint(800, 1000) / 10,
                    f=chance.randint(10, 900),
                )
                for line in chance.sample(LINES, chance.randint(2, 6))
            )
        )
    return "\n".join(lines) + "\n"


def generate(folder: Path, count: int, chance: random.Random) -> None:
    """`count` bulletins in folders of a thousand; one in twenty reprints an earlier one."""
    written: list[str] = []
    for number in range(count):
        text = bulletin(chance)
        if written and chance.random() < 0.05:
            text = f"某县教育局转发\n2025-12-0{chance.randint(1, 9)}\n" + chance.choice(written)
        elif len(written) < 500:
            written.append(text)
        path = folder / f"{number // 1000:03}" / f"{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def start(folder: Path, store: Path, jobs: int) -> subprocess.Popen[bytes]:
    """A run of `batch` in a process of its own."""
    command = ["batch", str(folder), "--into", str(store), "--jobs", str(jobs)]
    with store.with_suffix(".log").open("wb") as log:
        return subprocess.Popen([sys.executable, "-m", "shuangjian_cli", *command], stderr=log)


def whole(folder: Path, store: Path, jobs: int) -> None:
    """A run of `batch` to its end; raises if it fails."""
    if start(folder, store, jobs).wait():
        raise SystemExit(store.with_suffix(".log").read_text())


def exported(store: Path) -> str:
    """A hash of the three exported tables."""
    digest = hashlib.sha256()
    for table in ("documents", "sentences", "indicators"):
        command = ["export", str(store), "--table", table, "--format", "jsonl"]
        done = subprocess.run(
            [sys.executable, "-m", "shuangjian_cli", *command], stdout=subprocess.PIPE, check=True
        )
        digest.update(done.stdout)
        print(f"  {table}: {len(done.stdout.splitlines()):,} rows", flush=True)
    return digest.hexdigest()


def progress(store: Path) -> int:
    """The documents of a sound store; raises for one that is not."""
    if not store.exists():
        return 0
    with closing(sqlite3.connect(store)) as db:
        if db.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise SystemExit(f"{store} is damaged")
        made = db.execute("SELECT count(*) FROM sqlite_master").fetchone() != (0,)
        return db.execute("SELECT count(*) FROM documents").fetchone()[0] if made else 0


def documents(store: Path) -> int:
    """How many documents a store has just now, while others write."""
    try:
        with closing(sqlite3.connect(store)) as db:
            count: int = db.execute("SELECT count(*) FROM documents").fetchone()[0]
            return count
    except sqlite3.Error:  # it has no tables yet
        return 0


def await_growth(run: subprocess.Popen[bytes], store: Path, more: int) -> None:
    """Waits until a run has stored so many documents more, or has ended, however slow the machine is."""
    enough = documents(store) + more
    while run.poll() is None and documents(store) < enough:
        time.sleep(0.05)


def main() -> int:
    """Runs the test."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chance = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as name:
        folder, calm, killed = (Path(name) / each for each in ("in", "calm.db", "killed.db"))
        generate(folder, given.documents, chance)
        begun = time.monotonic()
        whole(folder, calm, given.jobs)
        took = time.monotonic() - begun
        print(f"undisturbed: {given.documents:,} documents in {took:.1f} s", flush=True)
        expected = exported(calm)
        kills = 0
        while kills < given.kills:
            run = start(folder, killed, given.jobs)
            left = given.documents - documents(killed)
            await_growth(
                run, killed, min(left, chance.randint(0, 2 * given.documents // given.kills))
            )
            try:
                run.wait(chance.uniform(0, 1))
            except subprocess.TimeoutExpired:
                run.kill()
                run.wait()
                kills += 1
                print(f"kill {kills}: {progress(killed):,} documents", flush=True)
        whole(folder, killed, given.jobs)
        same = exported(killed) == expected
    print("the same tables" if same else "DIFFERENT TABLES")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
