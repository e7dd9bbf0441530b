"""Headings and codes in words, for people; names stay those for programs."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from shuangjian_cli.__main__ import main
from shuangjian_cli.commands import check, export
from shuangjian_cli.language import labels
from shuangjian_cli.write import INDICATORS, METRICS_LONG, SENTENCES, UNPARSED, Table

TEXT = "湖南省2023年教育工作总结\n2023年，全省已新建义务教育学校12所，专任教师达到3.5万人。"
TABLES = [
    INDICATORS,
    SENTENCES,
    UNPARSED,
    METRICS_LONG,
    check._FINDINGS,
    *export._TABLES.values(),
]


@pytest.fixture
def text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(TEXT, encoding="utf-8")
    return "a.txt"


def _rows(path: str) -> list[dict[str, str]]:
    content = Path(path).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(content, newline="")))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_each_column_has_a_chinese_heading_of_its_own(table: Table) -> None:
    headings = [labels("zh").heading(name) for name in table.names()]
    assert len(set(headings)) == len(headings)
    assert not any(heading.isascii() for heading in headings)


@pytest.mark.parametrize("view", ["matrix", "cells", "coverage", "trend", "progress"])
def test_comparisons_have_chinese_headings(text: str, view: str) -> None:
    args = ["compare", text, "--view", view, "-o", "out.csv", "--at-least", "1"]
    assert main([*args, "--headings", "zh"]) == 0
    header = Path("out.csv").read_text(encoding="utf-8-sig").splitlines()[0].split(",")
    assert len(set(header)) == len(header) and not any(map(str.isascii, header))


def test_csv_has_names_unless_words_are_asked_for(text: str) -> None:
    assert main(["extract", text, "-o", "names.csv", "--lang", "zh"]) == 0
    assert main(["extract", text, "-o", "words.csv", "--headings", "zh"]) == 0
    assert main(["extract", text, "-o", "english.csv", "--headings", "en"]) == 0
    named, said, english = (_rows(f"{each}.csv")[0] for each in ("names", "words", "english"))
    assert (named["status"], named["measure"], named["per_year"]) == ("achieved", "new", "false")
    assert (said["状态"], said["计量"], said["每年"]) == ("已实现", "新增", "否")
    assert (english["Status"], english["Measure"], english["Per year"]) == ("Achieved", "New", "no")
    for name, word in (("value", "数值"), ("subject", "所指"), ("province", "省份")):
        assert named[name] == said[word] != ""


def test_a_workbook_has_chinese_sheets_headings_and_codes(text: str) -> None:
    assert main(["extract", text, "-o", "out.xlsx", "--headings", "zh"]) == 0
    book = openpyxl.load_workbook("out.xlsx")
    assert book.sheetnames == ["数据", "句子", "指标目录"]
    head, first, *_ = book["数据"].iter_rows(values_only=True)
    row = dict(zip(head, first, strict=True))
    assert row["数值"] == 12 and row["状态"] == "已实现" and row["无数字"] == "否"
    assert row["可信度"] in ("确定", "较可靠", "待核")


def test_json_keeps_its_names(text: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", text, "-f", "jsonl", "--headings", "zh"]) == 0
    assert '"status": "achieved"' in capfd.readouterr().out


def test_reasons_are_said_in_the_language_of_the_headings(text: str) -> None:
    Path("b.txt").write_text("预计达到12所。", encoding="utf-8")
    assert main(["extract", "b.txt", "-o", "out.csv", "--headings", "zh"]) == 0
    (row,) = _rows("out.csv")
    assert row["存疑之处"] and not any("a" <= each <= "z" for each in row["存疑之处"])


@pytest.mark.parametrize("headings", ["names", "zh", "en"])
@pytest.mark.parametrize("file", ["out.csv", "out.tsv", "out.xlsx"])
def test_what_was_written_is_refused_as_an_input_with_the_reason(
    text: str, file: str, headings: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["extract", text, "-o", file, "--headings", headings]) == 0
    capsys.readouterr()
    assert main(["extract", file]) == 1
    assert capsys.readouterr().err == (
        f"shuangjian: {file}: figures that this program wrote;"
        " give it the documents that they are from\n"
    )


def test_the_sentences_of_what_was_written_can_be_read(
    text: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["extract", text, "-o", "out.csv", "--headings", "zh"]) == 0
    assert main(["extract", "out.csv", "--text-column", "句子", "-f", "jsonl"]) == 0
    assert '"value": 35000' in capfd.readouterr().out
