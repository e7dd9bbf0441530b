"""Stata and SPSS: numbers as numbers, codes and columns labelled in either language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyreadstat
import pytest

from shuangjian_cli.__main__ import main
from shuangjian_cli.write import INDICATORS, Destination, write

TEXT = "湖南省2023年教育工作总结\n2023年，全省已新建学校12所，专任教师达到3.5万人，增长1.25%。"
FORMATS = ("dta", "sav")


@pytest.fixture(autouse=True)
def text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(TEXT, encoding="utf-8")


def _read(path: str) -> tuple[list[dict[str, Any]], Any]:
    read = pyreadstat.read_dta if path.endswith("dta") else pyreadstat.read_sav
    frame, about = read(path)
    return frame.to_dict("records"), about


@pytest.mark.parametrize("format", FORMATS)
def test_numbers_codes_and_texts_come_back(format: str) -> None:
    assert main(["extract", "a.txt", "-o", f"a.{format}"]) == 0
    rows, about = _read(f"a.{format}")
    assert [row["value"] for row in rows] == [12, 35000, 1.25]
    assert rows[0]["province"] == "湖南省" and rows[0]["figure"] == "12所"
    assert rows[0]["value_max"] != rows[0]["value_max"]  # no number
    labels = about.variable_value_labels
    assert labels["status"][rows[0]["status"]] == "Achieved"
    assert labels["trend"][rows[2]["trend"]] == "Up"
    assert labels["per_year"][rows[0]["per_year"]] == "no"
    assert about.column_names_to_labels["subject"] == "Subject"


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("option", ["--lang", "--headings"])
def test_labels_are_in_the_language_of_the_command(option: str, format: str) -> None:
    assert main(["extract", "a.txt", "-o", f"a.{format}", option, "zh"]) == 0
    rows, about = _read(f"a.{format}")
    assert about.column_names == list(INDICATORS.flat().names())
    assert about.column_names_to_labels["confidence"] == "可信度"
    assert about.variable_value_labels["status"][rows[0]["status"]] == "已实现"


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_rows_make_the_same_bytes(format: str) -> None:
    written = []
    for name in ("a", "b"):
        assert main(["extract", "a.txt", "-o", f"{name}.{format}"]) == 0
        written.append(Path(f"{name}.{format}").read_bytes())
    assert written[0] == written[1]
    # A clock that has gone on a minute would show in these.
    assert b"01 Jan 2000 00:00" in written[0] or b"01 Jan 0000:00:00" in written[0]


@pytest.mark.parametrize(("format", "most"), [("dta", 2045), ("sav", 32767)])
def test_a_text_is_cut_where_the_format_ends(format: str, most: int) -> None:
    row = {"file": "学" * most, "sentence": "全县\0有小学"}
    table = INDICATORS.select(["file", "sentence"]).over([row])
    write(Destination(format, f"a.{format}"), table)
    ((back,), _) = _read(f"a.{format}")
    assert back["file"].endswith("学…") and most - 3 < len(back["file"].encode()) <= most
    assert back["sentence"] == "全县有小学"


@pytest.mark.parametrize("format", FORMATS)
def test_no_rows_are_a_file_of_columns(format: str) -> None:
    Path("a.txt").write_text("没有数据。", encoding="utf-8")
    assert main(["extract", "a.txt", "-o", f"a.{format}"]) == 0
    rows, about = _read(f"a.{format}")
    assert rows == [] and "sentence" in about.column_names


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("table", ["indicators", "sentences", "documents"])
def test_a_store_is_exported(table: str, format: str) -> None:
    assert main(["batch", "a.txt", "--into", "a.db"]) == 0
    assert main(["export", "a.db", "--table", table, "-o", f"a.{format}"]) == 0
    rows, _ = _read(f"a.{format}")
    assert rows
    if table == "documents":
        assert rows[0]["status"] == "present"  # no status of a figure


def test_without_the_package_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert main(["extract", "a.txt", "-o", "a.dta"]) == 2
    assert "pip install 'shuangjian[statistics]'" in capsys.readouterr().err
