"""A store opens ready in the real Datasette: labels, facets, search, periods as dates, metadata."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from shuangjian_cli.__main__ import main
from shuangjian_cli.store import schema

TEXTS = {
    "湖南.txt": "湖南省教育工作情况\n2024年1月5日\n2023年，全省新建学校12所，培训教师560人次。\n"
    "2021年至2023年，全省新增学位3400个。2023年9月，课后服务学校覆盖率达98%。\n"
    "课后服务广受家长欢迎。\n",
    "长沙.txt": "长沙市教育工作情况\n2024年2月5日\n2023年，全市新建学校3所。\n",
}
Get = Callable[..., Any]


@pytest.fixture
def store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "in" / name).write_text(text, "utf-8")
    assert main(["batch", "in", "--into", "a.db"]) == 0
    assert main(["export", "a.db", "--metadata", "metadata.json", "--lang", "zh"]) == 0
    return tmp_path / "a.db"


@pytest.fixture
def get(store: Path) -> Get:
    """What Datasette answers at an address, with the metadata that `export` writes."""

    def get(*paths: str) -> Any:
        async def answers() -> list[Any]:
            metadata = json.loads(Path("metadata.json").read_text("utf-8"))
            datasette = Datasette([str(store)], metadata=metadata)
            out = []
            for path in paths:
                answer = await datasette.client.get(path, follow_redirects=True)
                assert answer.status_code == 200, (path, answer.text)
                out.append(answer.json() if ".json" in path else answer.text)
            return out

        found = asyncio.run(answers())
        return found[0] if len(found) == 1 else found

    return get


def test_references_show_names(get: Get) -> None:
    answer = get("/a/indicators.json?_labels=on&_facet=metric&_facet=area_code&_shape=objects")
    row = next(each for each in answer["rows"] if each["figure"] == "12所")
    assert row["metric"]["value"] == "schools_built" and row["metric"]["label"] != "schools_built"
    assert row["pillar"]["label"] == "资源"
    assert row["document"]["label"] == "湖南省教育工作情况"
    assert row["area_code"] == {"value": "430000", "label": "湖南省"}
    facets = answer["facet_results"]
    facets = facets.get("results", facets)
    assert {each["label"] for each in facets["area_code"]["results"]} == {"湖南省", "长沙市"}
    page = get("/a/indicators")
    assert "facet-results" in page and "长沙市教育工作情况" in page


def test_sentences_are_searched_by_any_three_characters(get: Get, store: Path) -> None:
    found, none = get(
        "/a/sentences.json?_search=课后服务&_shape=array",
        "/a/sentences.json?_search=不存在的话&_shape=array",
    )
    assert [row["sentence"][:4] for row in found] == ["2023", "课后服务"] and none == []
    # What goes is found no more, what comes is.
    (store.parent / "in" / "湖南.txt").write_text("湖南省通报\n营养午餐全面铺开。\n", "utf-8")
    assert main(["batch", "in", "--into", "a.db"]) == 0
    old, new = get(
        "/a/sentences.json?_search=课后服务&_shape=array",
        "/a/sentences.json?_search=营养午餐&_shape=array",
    )
    assert old == [] and len(new) == 1
    with closing(sqlite3.connect(store)) as db:
        db.execute("INSERT INTO sentences_search(sentences_search) VALUES ('integrity-check')")


def test_figures_have_numbers_places_and_days(get: Get) -> None:
    rows = get("/a/figures.json?_shape=array&_size=max")
    by_figure = {row["figure"]: row for row in rows}
    assert by_figure["12所"]["value"] == 12.0 and by_figure["12所"]["pillar"] == "资源"
    spans = {row["figure"]: (row["period_start"], row["period_end"]) for row in rows}
    assert spans["12所"] == ("2023-01-01", "2023-12-31")
    assert spans["3400个"] == ("2021-01-01", "2023-12-31")
    assert spans["98%"] == ("2023-09-01", "2023-09-30")
    assert by_figure["3所"]["area"] == "长沙市" and by_figure["3所"]["area_level"] == "city"
    assert by_figure["3所"]["document"] == "长沙市教育工作情况"
    faceted = get("/a/figures.json?period_start__gte=2023-01-01&_shape=array")
    assert {row["figure"] for row in faceted} == set(by_figure) - {"3400个"}


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2021-03-04/2022", "2021-03-04", "2022-12-31"),
        ("../2025", None, "2025-12-31"),
        ("2020/..", "2020-01-01", None),
        (None, None, None),
    ],
)
def test_every_period_has_its_days(
    store: Path, period: str | None, start: str | None, end: str | None
) -> None:
    with closing(sqlite3.connect(store)) as db:
        db.execute("UPDATE indicators SET period = ?", (period,))
        read = "SELECT DISTINCT period_start, period_end FROM all_indicators"
        assert db.execute(read).fetchall() == [(start, end)]


def test_the_metadata_says_what_there_is(get: Get) -> None:
    metadata = json.loads(Path("metadata.json").read_text("utf-8"))
    tables = metadata["databases"]["a"]["tables"]
    assert tables["figures"]["columns"]["subject"] == "所指"
    home, page = get("/a", "/a/figures")
    assert "figures" in home and "所指" in page
    shown = get("/a.json")["tables"]
    assert {each["name"] for each in shown if each["hidden"]} >= {"texts", "read_indicators"}


def test_metadata_is_refused_as_other_outputs_are(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "a.db", "--metadata", "a.db"]) == 2
    assert "is an input" in capsys.readouterr().err
    assert main(["export", "no.db", "--metadata", "m.json"]) == 2
    assert "no such store" in capsys.readouterr().err
    assert not Path("m.json").exists()


def test_a_store_is_whole_where_sqlite_cannot_search(
    store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(schema, "_has_trigrams", lambda: False)
    assert main(["batch", "in", "--into", "b.db"]) == 0
    with closing(sqlite3.connect("b.db")) as db:
        assert db.execute("SELECT count(*) FROM sentences").fetchone()[0] > 0
        names = {name for (name,) in db.execute("SELECT name FROM sqlite_master")}
    assert "sentences_search" not in names
