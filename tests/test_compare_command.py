"""`shuangjian compare` on bulletins: one period and one status at a time, and what cannot be compared."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from shuangjian_cli.__main__ import main

SAID = {
    "湖南省": "2023年，全省新增学位3万个。2023年，全省学前教育毛入园率达92%。",
    "广西壮族自治区": "2023年，全区新增学位1万个。2023年，全区学前教育毛入园率达94%。",
    "四川省": "“十三五”时期，全省新增学位60万个。2023年，全省学前教育毛入园率超过95%。",
    "贵州省": "到2027年，力争全省新增学位9万个。2021年，全省学前教育毛入园率达91%。",
}


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    for province, words in SAID.items():
        text = f"{province}教育工作通报\n{province}教育厅\n2024年3月1日\n{words}\n"
        (tmp_path / f"{province}.txt").write_text(text, "utf-8")
    return tmp_path


def rows(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, dict[str, Any]]:
    capsys.readouterr()
    assert main(["compare", *arguments, "-f", "json"]) == 0
    return {row["name"]: row["cells"] for row in json.loads(capsys.readouterr().out)}


def test_years_stand_beside_years(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    places = rows(capsys, str(reports))["新增学位"]
    ranks = {name: (cell["period"], cell["rank"], cell["share"]) for name, cell in places.items()}
    assert ranks == {
        "湖南省": ("2023", 1, 75),
        "广西壮族自治区": ("2023", 2, 25),
        "四川省": ("2016/2020", None, None),
    }
    assert [cell["same_period"] for cell in places.values()] == [True, True, False]


def test_shares_are_ranked_and_never_added_up(
    reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    places = rows(capsys, str(reports))["入学率 · 学前教育"]
    ranks = {name: (cell["rank"], cell["share"]) for name, cell in places.items()}
    assert ranks == {
        "湖南省": (2, None),
        "广西壮族自治区": (1, None),
        "四川省": (None, None),  # more than 95 % is no place in a ranking
        "贵州省": (None, None),  # of another year
    }


def test_the_heading_says_what_is_compared(
    reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", str(reports), "-f", "table", "--lang", "en"]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[0] == "2023 · Achieved · Province · 3 of 4 places report it"
    assert "2 cells show figures of another period" in err
    assert "1 figures are of the other status" in err


def test_a_period_and_a_status_are_asked_for(
    reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    five = rows(capsys, str(reports), "--period", "2016/2020", "--at-least", "1")
    assert {name: [*cells] for name, cells in five.items()} == {"新增学位": ["四川省"]}
    plans = rows(capsys, str(reports), "--status", "target", "--at-least", "1")
    assert plans["新增学位"]["贵州省"]["period"] == "2027"
    assert main(["compare", str(reports), "--period", "2019"]) == 0
    err = capsys.readouterr().err
    assert "Other periods (--period): 2023 (3 places)" in err


def test_progress_is_a_row_a_target(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (reports / "more.txt").write_text(
        "湖南省教育规划\n湖南省教育厅\n2024年3月1日\n到2025年，力争全省学前教育毛入园率达到95%。\n",
        "utf-8",
    )
    capsys.readouterr()
    assert main(["compare", str(reports), "--view", "progress", "-f", "csv"]) == 0
    found = {
        row["place"]: (row["target"], row["reached"], row["reached_period"], row["gap"])
        for row in csv.DictReader(io.StringIO(capsys.readouterr().out))
    }
    assert found["湖南省"] == ("95", "92", "2023", "3")
    assert found["贵州省"] == ("90000", "", "", "")


def test_one_document_and_one_place(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = str(reports / "湖南省.txt")
    assert set(rows(capsys, one)) == {"新增学位", "入学率 · 学前教育"}
    assert main(["compare", one, "--lang", "en"]) == 0
    assert "There is only one column (Hunan)" in capsys.readouterr().err


def test_rows_by_wording(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = rows(capsys, str(reports), "--at-least", "1")
    split = rows(capsys, str(reports), "--at-least", "1", "--by-wording")
    assert len(split) >= len(whole)
    assert any("学前教育毛入园率" in name for name in split)


@pytest.mark.parametrize("view", ["matrix", "cells", "progress", "trend"])
@pytest.mark.parametrize("columns", ["60", "200"])
def test_the_figures_of_a_terminal_view_say_where_they_stand(
    reports: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    view: str,
    columns: str,
) -> None:
    (reports / "more.txt").write_text(
        "湖南省教育规划\n湖南省教育厅\n2024年3月1日\n2022年，全省学前教育毛入园率达90%。\n"
        "到2025年，力争全省学前教育毛入园率达到95%。\n",
        "utf-8",
    )
    monkeypatch.setenv("COLUMNS", columns)
    options = ["--view", view, "-f", "table", "--lang", "en"]
    assert main(["compare", str(reports), *options]) == 0
    plain = capsys.readouterr().out
    assert main(["compare", str(reports), *options, "--sources"]) == 0
    told = "".join(capsys.readouterr().out.split())
    assert f"{reports}/湖南省.txt:4" in told and len(told) > len("".join(plain.split()))
    if view in ("matrix", "cells"):  # the figure of the year before is one of the others
        assert f"+1{reports}/more.txt:4" in told
        assert "--sources" in plain
    else:
        assert f"2025{reports}/more.txt:5" in told


def test_tables_have_a_column_of_sources(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", str(reports), "-f", "csv", "--sources"]) == 0
    (row, *_) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert row["湖南省 source"] == f"{reports}/湖南省.txt:4"
    assert row["贵州省 source"] == ""
    assert main(["compare", str(reports), "-f", "md", "--sources", "--lang", "en"]) == 0
    out = capsys.readouterr().out
    numbered = dict(each.split(". ") for each in out.split("\n\n")[-1].splitlines())
    (at,) = [number for number, where in numbered.items() if "湖南省" in where]
    assert "(2023)" in out and f" ({at}) |" in out
