"""`shuangjian check`: what cannot be right is found, with its sentences, and nothing else."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from shuangjian_cli.__main__ import main

HEAD = "湖南省教育工作总结\n湖南省教育厅\n2024年1月5日\n"


def findings(
    capsys: pytest.CaptureFixture[str], folder: Path, *texts: str
) -> list[tuple[str, str, str]]:
    for number, text in enumerate(texts):
        (folder / f"{number}.txt").write_text(HEAD + text + "\n", "utf-8")
    assert main(["check", str(folder), "-f", "csv"]) == 0
    rows = csv.DictReader(io.StringIO(capsys.readouterr().out))
    return [(row["finding"], row["figure"], row["other_figure"] or row["limit"]) for row in rows]


RATE = "2023年，全省学前教育毛入园率达{}。"


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ((RATE.format("94.1%"), RATE.format("96.3%")), ("contradiction", "94.1%", "96.3%")),
        (("2023年，全省在校生100万人，其中农村在校生120万人。",), ("part", "120万人", "100万人")),
        (("2023年，全省新增学位5.8万个，其中小学4万个、初中3万个。",), ("sum", "4万个", "5.8万个")),
        (("2023年，全省课后服务学校覆盖率103%。",), ("share", "103%", "100")),
        (("2023年，全省优质均衡发展县（市、区）达150个。",), ("counties", "150个", "")),
    ],
)
def test_what_cannot_be_right(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    texts: tuple[str, ...],
    found: tuple[str, str, str],
) -> None:
    (one,) = findings(capsys, tmp_path, *texts)
    assert one[:2] == found[:2]
    assert one[2].startswith(found[2]) and one[2]


@pytest.mark.parametrize(
    "texts",
    [
        (RATE.format("94.1%"), RATE.format("94%左右")),
        (RATE.format("94.1%"), RATE.format("94.1%").replace("2023", "2022")),
        (RATE.format("94.1%"), RATE.format("94%以上")),
        ("2023年，全省学前教育毛入园率从91%提高到94%。",),
        ("2023年，全省在校生120万人，其中农村在校生100万人。",),
        ("2023年，全省小学毛入学率为104.2%。",),
        ("2023年，全省优质均衡发展县（市、区）达50个。",),
        ("2023年，全省新增学位5万个，其中小学4万个、公办3万个。",),
        ("2023年，全省建成教学楼300个，新增学位6.2万个，其中平原、丘陵分别是1.9万个、2.4万个。",),
        ("2023年，全省有初中31所（含2所民办初中）、小学140所。",),
        ("2023年，全省有小学教职工2100人，其中任课教师2000人，中小学教职工共5300人。",),
        ("2023年，全省职业学校招生800人，其中省外招生90人，普通高中招生1700人。",),
    ],
)
def test_what_may_be_right(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], texts: tuple[str, ...]
) -> None:
    assert findings(capsys, tmp_path, *texts) == []


def test_the_sentences_are_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number, rate in enumerate(("94.1%", "96.3%")):
        (tmp_path / f"{number}.txt").write_text(HEAD + RATE.format(rate) + "\n", "utf-8")
    assert main(["check", str(tmp_path), "-f", "table", "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert "Enrolment rate · preschool: 94.1% and 96.3% cannot both be right" in out
    assert RATE.format("94.1%") in out and RATE.format("96.3%") in out
    assert "0.txt:4" in out


def test_nothing_found_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(HEAD + RATE.format("94.1%"), "utf-8")
    assert main(["check", str(tmp_path), "--lang", "en"]) == 0
    assert "Nothing was found" in capsys.readouterr().err


def test_a_store_with_unread_inputs_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(HEAD + RATE.format("94.1%"), "utf-8")
    (tmp_path / "in" / "b.docx").write_bytes(b"PK\x03\x04 no document")
    store = str(tmp_path / "a.db")
    assert main(["batch", str(tmp_path / "in"), "--into", store]) == 1
    capsys.readouterr()
    for verb in ("check", "compare"):
        assert main([verb, store]) == 0
        assert f"{store}: 1 inputs could not be read" in capsys.readouterr().err


def test_what_could_not_be_read_is_not_said_to_be_right(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(tmp_path / "missing.txt")]) == 1
    err = capsys.readouterr().err
    assert "no such file" in err and "Nothing was found" not in err
