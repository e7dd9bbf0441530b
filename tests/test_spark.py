"""On a real Spark of two cores: `make test-spark`."""

from __future__ import annotations

import os
import random
import re
import runpy
import sqlite3
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import arrow_fakes
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from arrow_fakes import PACK, TEXT
from test_store import _mixed

from shuangjian_cli.api import extract
from shuangjian_cli.read import Options
from shuangjian_cli.store.reprints import mark
from shuangjian_cli.write import INDICATORS, Destination, write

if not os.environ.get("SPARK_REQUIRED"):
    pytest.importorskip("pyspark", reason="pip install 'shuangjian[spark]'")

# A loaded machine takes minutes to start Spark.
pytestmark = [pytest.mark.spark, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    settings = {
        "spark.sql.shuffle.partitions": "2",
        "spark.ui.enabled": "false",
        # Many small jobs: compiling less is faster.
        "spark.sql.adaptive.enabled": "false",
        "spark.sql.codegen.wholeStage": "false",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
    }
    builder = SparkSession.builder.master("local[2]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def told(rows: Any) -> dict[str, dict[str, Any]]:
    """The rows of documents by file, after the figures of each are counted."""
    from pyspark.sql import functions as F

    from shuangjian_cli.spark import documents, figures

    counted = {
        each["file"]: each["n"]
        for each in figures(rows).groupBy("file").agg(F.count("*").alias("n")).collect()
    }
    found = [each.asDict() for each in documents(rows).collect()]
    assert {each["file"]: each["figures"] for each in found if each["figures"]} == counted
    assert len({each["file"] for each in found}) == len(found)
    return {each["file"]: each for each in found}


def test_texts_give_the_figures_of_a_parquet_file(spark: Any, tmp_path: Path) -> None:
    from shuangjian_cli.spark import documents, figures, indicators

    texts = {f"{number:03}": TEXT.replace("30", str(number)) for number in range(40)}
    pack = tmp_path / "mine.toml"
    pack.write_text(PACK, encoding="utf-8")
    texts["灯笼"] = "全县学校灯笼30盏。"
    df = spark.createDataFrame(
        [(text, name, 1.5) for name, text in texts.items()],
        "`正 文` string, `编号` string, `x.y` double",
    )
    rows = indicators(df.repartition(3), "正 文", rules=[pack])
    pack.unlink()
    rows.write.partitionBy("kind").parquet(str(tmp_path / "out"))
    written = spark.read.parquet(str(tmp_path / "out"))
    found = figures(written).orderBy("file", "start").toArrow()
    records = [each for name, text in sorted(texts.items()) for each in extract(text, file=name)]
    path = tmp_path / "own.parquet"
    write(Destination("parquet", str(path)), INDICATORS.over(each.to_dict() for each in records))
    expected = pq.read_table(path)
    assert found.schema.names == expected.schema.names
    same = found.select(range(found.num_columns)).to_pylist(maps_as_pydicts="strict")
    lanterns = [each for each in same if each["file"] == "灯笼"]
    assert [each["metric"] for each in lanterns] == ["lanterns"]
    assert [each for each in same if each["file"] != "灯笼"] == [
        each for each in expected.to_pylist(maps_as_pydicts="strict") if each["file"] != "灯笼"
    ]
    status = documents(written).orderBy("file").collect()
    assert [each["file"] for each in status] == sorted(texts)
    assert all(each["error"] is None and each["seconds"] > 0 for each in status)
    assert rows.limit(2).count() == 2
    with pytest.raises(ValueError, match=r"'x\.y': Spark hands on no name with a dot"):
        indicators(df, "x.y")


def test_a_bad_document_is_a_row(spark: Any) -> None:
    from shuangjian_cli.arrow import texts
    from shuangjian_cli.spark import extracted

    spark.sparkContext.addPyFile(arrow_fakes.__file__)
    contents = [("好", TEXT), ("慢", "⌛"), ("崩", "☠"), ("错", "✗"), ("无", None), ("末", TEXT)]
    df = spark.createDataFrame(contents, "file string, text string").coalesce(1)
    extraction = replace(texts(timeout=5), analyse=arrow_fakes.pieces)
    found = told(extracted(df, extraction).localCheckpoint())
    assert {name: each["figures"] for name, each in found.items()} == {
        "好": 3,
        "慢": 0,
        "崩": 0,
        "错": 0,
        "无": 0,
        "末": 3,
    }
    errors = [each["error"] for each in found.values() if each["error"]]
    assert [each.split()[0] for each in errors] == ["took", "its", "internal", "the"]


def test_a_folder_of_files(spark: Any, tmp_path: Path) -> None:
    from shuangjian_cli.spark import read

    folder = tmp_path / "in"
    (folder / "深").mkdir(parents=True)
    (folder / "a b.txt").write_text(TEXT, encoding="gb18030")
    (folder / "深" / "大.txt").write_text(TEXT * 20, encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7")
    (folder / "empty.html").touch()
    with zipfile.ZipFile(folder / "two.zip", "w") as made:
        made.writestr("1.txt", TEXT)
        made.writestr("2.txt", "")
    rows = read(spark, str(folder), options=Options(max_bytes=1000)).localCheckpoint()
    found = {name.rpartition("/in/")[2]: each for name, each in told(rows).items()}
    assert {name: each["figures"] for name, each in found.items()} == {
        "a b.txt": 3,
        "broken.pdf": 0,
        "empty.html": 0,
        "two.zip!1.txt": 3,
        "two.zip!2.txt": 0,
        "深/大.txt": 0,
    }
    errors = {name: each["error"] for name, each in found.items() if each["error"]}
    assert errors.keys() == found.keys() - {"a b.txt", "two.zip!1.txt"}
    assert errors["深/大.txt"].startswith("larger than 1000 bytes")


def _marked(sketches: list[tuple[str, str | None, bytes, bytes]]) -> dict[str, str]:
    """The reprints that the store finds."""
    db = sqlite3.connect(":memory:")
    db.execute(
        "CREATE TABLE documents (number INTEGER PRIMARY KEY, id TEXT, published TEXT,"
        " status TEXT DEFAULT 'present', reprint_of TEXT)"
    )
    db.execute("CREATE TABLE sketches (document INTEGER PRIMARY KEY, clauses, figures)")
    for number, (name, published, clauses, figures) in enumerate(sketches):
        db.execute(
            "INSERT INTO documents (number, id, published) VALUES (?, ?, ?)",
            (number, name, published),
        )
        db.execute("INSERT INTO sketches VALUES (?, ?, ?)", (number, clauses, figures))
    mark(db)
    return dict(db.execute("SELECT id, reprint_of FROM documents WHERE reprint_of IS NOT NULL"))


def test_reprints_are_those_of_the_store(spark: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from shuangjian_cli import spark as module

    texts = _mixed(random.Random(5), 400)
    named = [
        (f"{number:03}", each if number % 5 else re.sub(r" 2023-[\d-]+", "", each))
        for number, each in enumerate(texts)
    ]
    rows = module.indicators(spark.createDataFrame(named, "file string, text string"))
    documents = module.documents(rows).localCheckpoint()
    sketches = [
        (
            each["file"],
            each["published"],
            bytes(each["clause_hashes"]),
            bytes(each["figure_hashes"]),
        )
        for each in documents.collect()
    ]
    expected = _marked(sketches)
    assert 60 < len(expected) < 350
    monkeypatch.setattr(module, "_MANY", 5)  # so that both ways of meeting are gone
    found = {each["file"]: each["reprint_of"] for each in module.reprints(documents).collect()}
    assert found == expected


@pytest.mark.parametrize("engine", ["polars", "duckdb", "dask"])
def test_other_engines_as_the_page_shows(
    engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip(engine)
    page = Path(__file__).parent.parent / "docs" / "spark.md"
    examples = re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    (example,) = (each for each in examples if f"import {engine}" in each)
    monkeypatch.chdir(tmp_path)
    ids = [str(number) for number in range(20)]
    table = pa.table({"id": ids, "text": [TEXT] * 19 + [None]})
    pq.write_table(table, "texts.parquet", row_group_size=5)
    Path("example.py").write_text(example, encoding="utf-8")
    runpy.run_path("example.py")
    found = pq.read_table("records" if engine == "dask" else "figures.parquet")
    files = [each["file"] for each in found.to_pylist() if each["kind"] == "figure"]
    assert sorted(files) == sorted(ids[:19] * 3)
