"""Records in Python: what `extract` gives, and the tables of other libraries that it turns into.

The other libraries are imported where they are used: they start threads, and the tests of workers fork.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import jsonschema
import pyarrow.parquet as pq
import pytest

import shuangjian_cli as sj
from shuangjian_cli.__main__ import main
from shuangjian_cli.tag.pack.form import KEYS
from shuangjian_cli.write.schema import schemas

TEXT = (
    "沅陵县2022年教育工作通报\n"
    "2021至2022年，全县新增学位1.23万个，其中农村小学3000至4000个。截至2022年6月，普惠率达91.3%。\n"
)


@pytest.fixture
def records() -> sj.Records:
    return sj.extract(TEXT, file="a<b>.txt")


def test_a_list_shows_itself_shortly(records: sj.Records) -> None:
    shown = repr(records).splitlines()
    assert shown[0] == f"{len(records)} indicators"
    assert shown[1] == "  2021/2022 沅陵县 新增学位 1.23万个 (certain)"
    assert repr(sj.Records(list(records) * 4)).endswith(f"\n  … {4 * len(records) - 5} more")
    assert isinstance(records[:1], sj.Records)
    assert records[0] == next(iter(records))


def test_dictionaries_are_flat_unless_asked(records: sj.Records) -> None:
    row = records.to_dicts()[1]
    assert (row["value"], row["value_max"]) == (3000.0, 4000.0)
    assert type(row["value"]) is float
    assert row["groups"] == "rural"
    assert (row["period_start"], row["period_end"]) == (date(2021, 1, 1), date(2022, 12, 31))
    assert "rules" not in row
    whole = records.to_dicts(nested=True, exact=True)[0]
    assert whole["value"] == Decimal(12300)
    assert whole["groups"] == []
    assert whole["rules"]["value"] == "quantity.arabic"


def test_tables_of_other_libraries_have_numbers_and_dates(records: sj.Records) -> None:
    import pandas as pd
    import polars as pl

    frame = records.to_pandas()
    assert len(frame) == len(records)
    assert frame["value"].sum() == sum(float(record.value) for record in records)
    assert frame["line"].dtype == "Int64"
    assert frame["table_row"].dtype == "Int64"
    assert frame["period_end"].dt.year.tolist() == [2022] * len(records)
    assert pd.isna(frame["period_start"].iloc[-1])

    table = records.to_arrow()
    assert str(table.schema.field("value").type) == "double"
    assert str(table.schema.field("period_end").type) == "date32[day]"
    assert table["subject"].to_pylist() == [record.subject for record in records]
    nested = records.to_arrow(nested=True, exact=True)
    assert str(nested.schema.field("value").type) == "decimal128(38, 10)"
    assert str(nested.schema.field("groups").type) == "list<item: string>"

    polars = records.to_polars()
    assert polars.schema["value"] == pl.Float64
    assert polars.filter(pl.col("unit") == "%")["value"].to_list() == [91.3]


def test_a_name_that_utf8_cannot_hold_is_escaped_in_tables() -> None:
    records = sj.extract("2022年，全县新增学位5万个。", file="a\udcff.txt")
    assert records.to_arrow()["file"].to_pylist() == ["a\\udcff.txt"]


def test_an_empty_list_has_typed_columns() -> None:
    import polars as pl

    none = sj.Records()
    assert none.to_polars().schema["period_start"] == pl.Date
    assert none.to_pandas()["value"].dtype == "float64"
    assert none.to_arrow().num_rows == 0
    assert none._repr_html_() == "<p>0 indicators</p>"
    assert repr(none) == "0 indicators"


def test_a_notebook_gets_the_sentences_with_their_figures_marked(records: sj.Records) -> None:
    page = records._repr_html_()
    assert page.count("<mark ") == len(records)
    assert ">1.23万个</mark>" in page
    assert "a&lt;b&gt;.txt" in page
    assert "a<b>" not in page
    twice = sj.extract("2022年，全县实现4个100%，新建食堂4个。")._repr_html_()  # one is no figure
    assert "实现4个100%，新建食堂<mark " in twice
    hostile = sj.extract("2022年，<script>alert(1)</script>全县新增学位5万个。")._repr_html_()
    assert "<script>" not in hostile


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-12", date(2023, 12, 1), date(2023, 12, 31)),
        ("2021/2023-06", date(2021, 1, 1), date(2023, 6, 30)),
        ("../2024-06-05", None, date(2024, 6, 5)),
        ("2022/..", date(2022, 1, 1), None),
        (None, None, None),
    ],
)
def test_bounds_of_periods(period: str | None, first: date | None, last: date | None) -> None:
    assert sj.bounds(period) == (first, last)


def test_the_package_needs_no_library_of_the_command_line() -> None:
    code = (
        "import sys, shuangjian_cli as sj; sj.extract('2022年，全县新增学位5万个。').to_dicts();"
        "print(sorted({m.split('.')[0] for m in sys.modules} & {'typer', 'rich', 'click'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_name_that_signatures_use_is_public() -> None:
    for name in sj.__all__:
        assert getattr(sj, name) is not None


def test_parquet_has_exact_numbers_and_floats(tmp_path: Path) -> None:
    import duckdb
    import pandas as pd
    import polars as pl

    text, out = tmp_path / "a.txt", tmp_path / "a.parquet"
    text.write_text(TEXT, encoding="utf-8")
    assert main(["extract", str(text), "-o", str(out)]) == 0
    table = pq.read_table(out)
    assert table["value"].to_pylist()[0] == Decimal(12300)
    assert table["value_float"].to_pylist()[0] == 12300.0
    assert table["value_max_float"].to_pylist()[:2] == [None, 4000.0]
    assert table.schema.metadata[b"shuangjian_schema"].decode() == sj.SCHEMA_VERSION
    query = "select subject, value_float from read_parquet(?) where unit = '%'"
    assert duckdb.execute(query, [str(out)]).fetchall() == [("普惠率", 91.3)]
    assert pl.read_parquet(out)["value_float"].sum() == pytest.approx(
        pd.read_parquet(out)["value"].astype(float).sum()
    )


def test_records_fit_their_schemas(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    known = schemas()
    rows = sj.extract(TEXT)
    text = tmp_path / "a.txt"
    text.write_text(TEXT, encoding="utf-8")
    for verb, name in (("extract", "indicator"), ("tag", "sentence")):
        assert main([verb, str(text), "--format", "json"]) == 0
        found = json.loads(capfd.readouterr().out)
        validator = jsonschema.Draft202012Validator(known[name])
        assert found
        for row in found:
            validator.validate(row)
    wrong = {**rows[0].to_dict(), "value": 1.0, "bound": "about"}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, known["indicator"])


def test_packs_fit_their_schema() -> None:
    schema = schemas()["pack"]
    folder = Path(sj.__file__).parent / "tag"
    packs = ["metric/catalogue.toml", "metric/spoken.toml", "pillar/pillars.toml"]
    for pack in [*packs, "quantity/units.toml"]:
        jsonschema.validate(tomllib.loads((folder / pack).read_text("utf-8")), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"metric": [{"id": "x", "subjects": "y"}]}, schema)
    assert set(schema["properties"]) == KEYS["pack"]


def test_the_command_prints_a_schema(capfd: pytest.CaptureFixture[str]) -> None:
    for name in schemas():
        assert main(["schema", name]) == 0
        printed = json.loads(capfd.readouterr().out)
        jsonschema.Draft202012Validator.check_schema(printed)
        assert printed["title"] == name
