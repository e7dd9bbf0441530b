"""Comparison and check read of a store what was counted in it, and show what they would of all its records."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from figures import GUANGXI, HUNAN, figure

from shuangjian_cli.__main__ import main
from shuangjian_cli.compare import Finding, Measures, Tally, View, check, compare, findings, matrix
from shuangjian_cli.compare.keys import kept_under
from shuangjian_cli.compare.matrix import Comparison
from shuangjian_cli.compare.tally import By
from shuangjian_cli.store import Store
from shuangjian_cli.tag.pack import load_builtin
from shuangjian_cli.tag.pack.merge import merge
from shuangjian_cli.tag.pack.reader import load_pack

SAMPLES = Path(__file__).parent.parent / "samples"
GONE = "吉林省教育工作总结\n2024年2月5日\n2023年，全省新增学位5万个，课后服务覆盖率达99%。\n"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the samples with a reprint, a document that is gone, and one whose figures are all said
    before."""
    folder = tmp_path_factory.mktemp("in")
    for each in SAMPLES.glob("*.txt"):
        (folder / each.name).write_bytes(each.read_bytes())
    anhui = (SAMPLES / "anhui-report.txt").read_text("utf-8")
    (folder / "again.txt").write_text(anhui.replace("\n", "\n\n"), "utf-8")
    (folder / "gone.txt").write_text(GONE, "utf-8")
    into = folder.parent / f"{folder.name}.db"
    assert main(["batch", str(folder), "--into", str(into), "--jobs", "1"]) == 0
    (folder / "gone.txt").unlink()
    assert main(["batch", str(folder), "--into", str(into), "--jobs", "1"]) == 0
    return into


def shown(compared: Comparison) -> object:
    rows = [
        (
            row.measure.id,
            row.place,
            row.subject,
            row.unit,
            row.period,
            {
                name: (cell.indicator, cell.value, cell.more, cell.rank, cell.contradicted)
                for name, cell in row.cells.items()
            },
            {name: [each.cell.indicator for each in found] for name, found in row.beside.items()},
        )
        for row in compared.rows
    ]
    counted = compared.figures, compared.reprints, compared.other_level, compared.other_status
    return rows, compared.columns, compared.periods, compared.levels, compared.sparse, counted


@pytest.mark.parametrize("by", ["province", "period", "document"])
@pytest.mark.parametrize(
    "view",
    [
        View(at_least=1),
        View(level="all", status="both"),
        View(level="county", period="2023", at_least=1),
        View(confidence="certain", pillars=("resources",), level="all"),
    ],
)
def test_a_store_compares_as_its_records_do(path: Path, by: By, view: View) -> None:
    with Store.open(path) as store:
        records = list(store.indicators(once=True))
        assert shown(matrix(Tally(by=by, store=store), view)) == shown(
            compare(records, view, by=by)
        )


def tables(path: Path) -> list[list[tuple[object, ...]]]:
    """What is derived of a store's figures."""
    read = (
        "SELECT * FROM counted",
        "SELECT * FROM repeated",
        "SELECT number, keys FROM quantities",
    )
    with closing(sqlite3.connect(path)) as db:
        return [db.execute(each).fetchall() for each in read]


def test_what_is_counted_is_there_after_a_run(path: Path) -> None:
    counted, repeated, keys = tables(path)
    assert counted and all(each for _, each in keys)
    with Store.open(path) as store:
        assert shown(matrix(Tally(store=store), View(at_least=1)))
    assert tables(path) == [counted, repeated, keys]


def test_what_is_counted_follows_each_run(path: Path, tmp_path: Path) -> None:
    """Of a store that grew and shrank it is what it is of one that was made at once."""
    folder, grown, whole = tmp_path / "in", tmp_path / "grown.db", tmp_path / "whole.db"
    folder.mkdir()
    names = sorted(each.name for each in SAMPLES.glob("*.txt"))[:4]
    for name in [*names, "gone.txt"]:
        (folder / name).write_text(
            GONE if name == "gone.txt" else (SAMPLES / name).read_text("utf-8"), "utf-8"
        )
        assert main(["batch", str(folder), "--into", str(grown), "--jobs", "1"]) == 0
    (folder / "gone.txt").unlink()
    for into in (grown, whole):
        assert main(["batch", str(folder), "--into", str(into), "--jobs", "1"]) == 0
    view = View(at_least=1, level="all", status="both")
    with Store.open(grown) as one, Store.open(whole) as other:
        assert shown(matrix(Tally(store=one), view)) == shown(matrix(Tally(store=other), view))


def test_a_store_whose_run_was_cut_off_is_counted_by_its_reader(path: Path, tmp_path: Path) -> None:
    """As it is between two commits of a run, so that nobody sees what was counted before it."""
    whole, cut = tmp_path / "whole.db", tmp_path / "cut.db"
    for each in (whole, cut):
        each.write_bytes(path.read_bytes())
    with Store.open(cut, "write") as store:
        run = store.begin_run("[]", "reading")
        store.begin_file(f"{path.stem}/gone.txt", run, "reading")
        store.end_file(f"{path.stem}/gone.txt", run, "reading", "0")
        store.commit()
    assert tables(cut)[:2] == [[], []]
    view = View(at_least=1, level="all")
    with Store.open(cut) as one, Store.open(whole) as other:
        assert shown(matrix(Tally(store=one), view)) == shown(matrix(Tally(store=other), view))


def test_other_rules_tell_measures_anew(path: Path, tmp_path: Path) -> None:
    pack = tmp_path / "pack.toml"
    pack.write_text(
        '[aliases]\n"课后服务" = "延时服务"\n[[unit]]\nname = "间"\nwords = "间"\n', "utf-8"
    )
    rules = merge(load_builtin(), load_pack(pack))
    assert kept_under(rules) != kept_under(load_builtin())
    with Store.open(path) as store:
        records = list(store.indicators(once=True))
        tally = Tally(rules, store=store)
        assert shown(matrix(tally, View())) == shown(compare(records, rules=rules))


def test_kept_measures_are_those_that_are_told(path: Path) -> None:
    with Store.open(path) as store:
        light, measures = store.light(), Measures(load_builtin())
        kept = {number: keys for number, keys, _ in light.keys(kept_under(load_builtin()))}
        for number, quantity in light.quantities():
            assert list(measures.kept(kept[number])) == list(measures.of(quantity))


def told(found: tuple[Finding, ...]) -> object:
    return [(each.kind, each.place, each.measure, each.subject, each.figures) for each in found]


def test_a_store_is_checked_as_its_records_are(path: Path) -> None:
    with Store.open(path) as store:
        records = [each.indicators for each in store.contents(once=True)]
        assert any(records)
        assert told(findings(Tally(store=store))) == told(check(records))


def test_the_period_is_that_of_what_the_view_keeps() -> None:
    """The period that all figures give is supposed first, and gives way."""
    figures = [
        figure("课后服务覆盖率", 90 + number, "%", place, period=period, confidence=confidence)
        for number, (period, confidence) in enumerate((("2024", "likely"), ("2022", "certain")))
        for place in (HUNAN, GUANGXI)
    ]
    assert compare(figures).period == "2024"
    assert compare(figures, View(confidence="certain")).period == "2022"
