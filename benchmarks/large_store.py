"""Makes a store of many figures, and measures the verbs that read it.

    python benchmarks/large_store.py FILE.sqlite [--figures 1000000] [--measure]

The documents are those of `samples/` and `evaluation/gold`, again and again, as other places and other years might have
written them: with another place, other numbers and, where no metric covers a figure, other words. Their rows are
put in by the store's own methods, without reading each text anew. With `--measure`, `compare`, `check` and `report`
are run on it, each in a process of its own.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from hashlib import blake2b
from itertools import groupby
from pathlib import Path

from shuangjian_cli import analyse
from shuangjian_cli.compare.keys import keep
from shuangjian_cli.language import provinces
from shuangjian_cli.model import Area, Indicator, Source
from shuangjian_cli.store import Store, labels_of
from shuangjian_cli.store.rows import Entry, indicator_row
from shuangjian_cli.tag import place
from shuangjian_cli.tag.pack import load_builtin
from shuangjian_cli.tag.place import gazetteer

ROOT = Path(__file__).parent.parent
YEARS = range(2014, 2026)
LEVELS = ("province", "city", "county")
SHARE = (4, 3, 3)
"""Of ten documents, those of provinces, cities and counties."""
WORDS = (
    "校园",
    "乡镇",
    "城区",
    "春季",
    "秋季",
    "示范",
    "重点",
    "特色",
    "数字",
    "劳动",
    "艺术",
    "体育",
)
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_YEAR = re.compile(r"20\d\d")
_VERBS = (
    ("compare",),
    ("compare", "--view", "cells", "-f", "csv"),
    ("compare", "--level", "all", "-f", "json"),
    ("compare", "--by-wording", "-f", "csv"),
    ("compare", "--view", "progress", "-f", "csv"),
    ("compare", "--view", "trend", "-f", "csv"),
    ("compare", "--view", "coverage", "-f", "csv"),
    ("check", "-f", "csv"),
)


def templates() -> list[list[list[Indicator]]]:
    """The figures of our own texts, by document and sentence."""
    found = []
    for path in sorted([*ROOT.glob("samples/*.txt"), *ROOT.glob("evaluation/gold/*.txt")]):
        records = analyse(Source(path.name, path.read_text(encoding="utf-8"))).indicators
        sentences = [
            sorted(each, key=lambda record: record.start)
            for _, each in groupby(records, lambda record: record.sentence_start)
        ]
        kept = [each for each in sentences if _is_plain(each)]
        if kept:
            found.append(kept)
    return found


def _is_plain(sentence: list[Indicator]) -> bool:
    """Whether the figures stand one behind the other in their sentence, each in digits."""
    end = 0
    for each in sentence:
        at = each.start - each.sentence_start
        if at < end or each.cell or each.sentence[at : at + len(each.figure)] != each.figure:
            return False
        end = at + len(each.figure)
    return True


def place_names() -> Iterator[str]:
    """The names of cities and counties."""
    file = Path(place.__file__).with_name("places.txt")
    for line in file.read_text(encoding="utf-8").splitlines():
        _, city, *counties = line.split(" ")
        for each in (city, *(county[2:] for county in counties)):
            yield each.replace("|", "").replace("/", "")


class Maker:
    """Makes documents out of templates."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.templates = templates()
        self.places: dict[str, list[Area]] = {level: [] for level in LEVELS}
        known = gazetteer()
        for name in provinces():
            if (province := known.province(name)) is not None:
                self.places["province"].append(province)
        for name in sorted(set(place_names())):
            found = known.named(name)
            if found is not None and found.level in ("city", "county") and found.code:
                self.places[found.level].append(found)

    def entry(self, number: int) -> Entry:
        """The rows of a document."""
        chance = self.chance
        (level,) = chance.choices(LEVELS, SHARE)
        where = chance.choice(self.places[level])
        year = chance.choice(YEARS)
        start, text, records = 0, "", []
        for sentence in chance.choice(self.templates):
            made = self._sentence(sentence, where, year, start)
            records += made
            text += made[0].sentence + "\n"
            start = len(text)
        file = f"{where.province}/{where.name}/{number}.txt"
        identity = blake2b(file.encode(), digest_size=8).hexdigest()
        rows = [indicator_row(at, record) for at, record in enumerate(records, 1)]
        document = (
            *(identity, file, f"{where.name}{year}年教育工作", where.province, f"{year + 1}-03-01"),
            *(None, None, None, None, "text", "utf-8", len(text), 0, len(rows)),
            blake2b(text.encode(), digest_size=32).hexdigest(),
        )
        return Entry(identity, document, [], rows, zlib.compress(text.encode(), 1), None)

    def _sentence(
        self, sentence: list[Indicator], where: Area, year: int, start: int
    ) -> list[Indicator]:
        first = sentence[0]
        words, end, spans = "", 0, []
        for each in sentence:
            at = each.start - each.sentence_start
            words += first.sentence[end:at]
            figure, value = self._figure(each, where, year)
            spans.append((len(words), figure, value))
            words += figure
            end = at + len(each.figure)
        words += first.sentence[end:]
        return [
            self._record(each, where, year)._replace(
                start=start + at,
                end=start + at + len(figure),
                figure=figure,
                value=value,
                sentence=words,
                sentence_start=start,
                sentence_end=start + len(words),
            )
            for each, (at, figure, value) in zip(sentence, spans, strict=True)
        ]

    def _figure(self, each: Indicator, where: Area, year: int) -> tuple[str, Decimal]:
        """Another number in the same form: one for a place and year, now and then another."""
        numeral = _DIGITS.search(each.figure)
        if numeral is None or not each.value or each.value_max is not None:
            return each.figure, each.value
        own = random.Random(f"{where.code}{year}{each.subject}{each.start}")
        chance = self.chance if self.chance.random() < 0.1 else own
        digits = re.sub(r"\d", lambda _: str(chance.randint(1, 9)), numeral[0])
        old, new = (Decimal(each.replace(",", "")) for each in (numeral[0], digits))
        figure = each.figure[: numeral.start()] + digits + each.figure[numeral.end() :]
        return (figure, each.value * new / old) if old else (each.figure, each.value)

    def _record(self, each: Indicator, where: Area, year: int) -> Indicator:
        period = each.period and _YEAR.sub(
            lambda found: str(year + int(found[0]) - int(_YEAR.findall(each.period or "")[-1])),
            each.period,
        )
        subject = each.subject
        if self.chance.random() < (0.5 if each.metric is None else 0.1):
            subject = "".join(self.chance.sample(WORDS, 2)) + subject
        if each.area_level == "national":
            return each._replace(period=period, subject=subject)
        return each._replace(
            period=period,
            subject=subject,
            province=where.province,
            area=where.name,
            area_code=where.code,
            area_level=where.level,
            document=each.document._replace(published=f"{year + 1}-03-01"),
        )


def fill(path: Path, figures: int, seed: int) -> None:
    """Makes the store."""
    maker = Maker(seed)
    with Store.open(path, "write") as store:
        run = store.begin_run("[]", "generated")
        put = number = 0
        while put < figures:
            number += 1
            entry = maker.entry(number)
            store.begin_file(entry.document[1], run, "generated")
            store.put(entry.document[1], entry, run, "generated")
            store.end_file(entry.document[1], run, "generated", entry.document[-1])
            put += len(entry.indicators)
            if number % 1000 == 0:
                store.commit()
        counts = Counter(documents=number, indicators=put)
        store.summarise()
        store.end_run(run, "finished", counts)
        store.write_labels(*labels_of(load_builtin()))
        keep(store, None)
    print(f"{number:,} documents, {put:,} figures, {path.stat().st_size / 1e6:,.0f} MB")


def measured(*arguments: str) -> tuple[float, float, int]:
    """Seconds, CPU seconds and peak memory in MB of a command."""
    code = (
        "import resource, subprocess, sys;"
        "done = subprocess.run([sys.executable, '-m', 'shuangjian_cli', *sys.argv[1:]],"
        " stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL);"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN);"
        "print(done.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)"
    )
    begun = time.monotonic()
    out = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, check=True, text=True
    ).stdout.split()
    if out[0] != "0":
        raise SystemExit(f"shuangjian {' '.join(arguments)}: exit status {out[0]}")
    return time.monotonic() - begun, float(out[1]), int(out[2])


def verbs(path: Path) -> Iterator[tuple[str, ...]]:
    """What is measured."""
    for verb, *options in _VERBS:
        yield verb, str(path), *options
    yield "report", str(path), "-o", str(Path(tempfile.gettempdir()) / "large.html")


def main() -> None:
    """Makes and measures a store."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("store", type=Path)
    parser.add_argument("--figures", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--measure", action="store_true")
    given = parser.parse_args()
    if not given.store.exists():
        fill(given.store, given.figures, given.seed)
    if given.measure:
        for arguments in verbs(given.store):
            seconds, cpu, peak = measured(*arguments)
            said = " ".join((arguments[0], *arguments[2:]))
            print(f"{said}: {seconds:.1f} s, {cpu:.1f} s of CPU, {peak} MB", flush=True)


if __name__ == "__main__":
    sys.exit(main())
