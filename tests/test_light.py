"""Comparison and check read of a store what they group by, and show what they would of all its records."""

from __future__ import annotations

from pathlib import Path

import pytest
from figures import GUANGXI, HUNAN, figure

from shuangjian_cli.__main__ import main
from shuangjian_cli.compare import Finding, Tally, View, check, compare, findings, matrix
from shuangjian_cli.compare.matrix import Comparison
from shuangjian_cli.compare.tally import By
from shuangjian_cli.store import Store

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
