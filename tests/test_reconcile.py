"""`shuangjian reconcile`: decisions are asked for, kept as lines, applied, and undone by deletion."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
import tomli

from shuangjian_cli.__main__ import main
from shuangjian_cli.compare.decisions import Verdict, decided
from shuangjian_cli.tag.pack.form import PackError
from shuangjian_cli.tag.pack.reader import load_pack

RATES = {
    "湖南省": "2023年，全省学前三年毛入园率达95%。",
    "广西壮族自治区": "2023年，全区学前教育三年入园率达94%。",
}


@pytest.fixture
def store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for province, sentence in RATES.items():
        text = f"{province}教育工作总结\n{province}教育厅\n2024年1月5日\n{sentence}\n"
        (folder / f"{province}.txt").write_text(text, "utf-8")
    path = tmp_path / "all.db"
    assert main(["batch", str(folder), "--into", str(path)]) == 0
    capsys.readouterr()
    return path


def reconcile(store: Path, answers: str, monkeypatch: pytest.MonkeyPatch, *more: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(answers))
    assert main(["reconcile", str(store), "--lang", "en", *more]) == 0


def alike(store: Path, capsys: pytest.CaptureFixture[str], *more: str) -> list[bool]:
    capsys.readouterr()
    assert main(["compare", str(store), "-f", "json", *more]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    return [cell["same_wording"] for cell in row["cells"].values()]


def test_an_accepted_pair_is_one_wording_until_its_line_goes(
    store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert alike(store, capsys) != [True, True]
    reconcile(store, "y\n", monkeypatch)
    out = capsys.readouterr()
    assert "Are these one thing?" in out.out and "学前三年毛入园率" in out.out
    assert "1 decisions" in out.err
    file = Path(f"{store}.decisions.toml")
    (line,) = [line for line in file.read_text("utf-8").splitlines() if "{" in line]
    assert alike(store, capsys) == [True, True]

    # It survives another run, and what is decided is not asked again.
    assert main(["batch", str(store.parent / "in"), "--into", str(store)]) == 0
    assert alike(store, capsys) == [True, True]
    reconcile(store, "", monkeypatch)
    assert "no wordings or measures" in capsys.readouterr().err

    # It is a rule pack.
    pack = store.parent / "mine.toml"
    pack.write_text(file.read_text("utf-8"), "utf-8")
    file.write_text(file.read_text("utf-8").replace(line + "\n", ""), "utf-8")
    assert alike(store, capsys) != [True, True]
    assert alike(store, capsys, "--rules", str(pack)) == [True, True]


def test_refused_skipped_and_taken_back(
    store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = Path(f"{store}.decisions.toml")
    reconcile(store, "s\n", monkeypatch)
    assert not file.exists()
    reconcile(store, "q\n", monkeypatch)
    assert not file.exists()
    reconcile(store, "n\n", monkeypatch)
    assert tomli.loads(file.read_text("utf-8"))["different"][0]["metric"] == "enrolment_rate"
    reconcile(store, "", monkeypatch)
    assert "no wordings or measures" in capsys.readouterr().err
    assert alike(store, capsys) != [True, True]


def test_measures_are_joined(
    store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    ids = [f"school_places:new:{stage}:-:things:level" for stage in ("school", "compulsory")]
    pack = tmp_path / "pack.toml"
    pack.write_text(decided("", "joined", None, ids), "utf-8")
    for number, sentence in enumerate(("新增学位5万个", "新增义务教育学位4万个")):
        province = list(RATES)[number]
        text = f"{province}教育工作总结\n2024年1月5日\n2023年，{province}{sentence}。\n"
        (store.parent / "in" / f"{number}.txt").write_text(text, "utf-8")
    compare = ["compare", str(store.parent / "in"), "--metric", "school_places", "-f", "json"]
    capsys.readouterr()
    assert main(compare) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert [cell["part"] for cell in row["cells"].values()].count(True) == 1
    assert main([*compare, "--rules", str(pack)]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert row["row"] == ids[0] and len(row["cells"]) == 2
    assert not any(cell["measured"] for cell in row["cells"].values())


def test_a_decision_on_a_measure_that_no_figure_is_of_is_named_with_its_line(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", str(store), "-f", "json"]) == 0
    known = json.loads(capsys.readouterr().out)[0]["row"]
    gone = "enrolment_rate:former:-:-:share:level"
    file = Path(f"{store}.decisions.toml")
    file.write_text(decided("", "joined", None, [known, gone]), "utf-8")
    lines = file.read_text("utf-8").splitlines()
    (line,) = [number for number, each in enumerate(lines, 1) if gone in each]
    report = ["report", "-o", str(store.with_name("report.html"))]
    for verb, *options in (["compare"], ["check"], ["reconcile", "--list"], report):
        assert main([verb, str(store), *options]) == 0
        (said,) = [each for each in capsys.readouterr().err.splitlines() if "no figure is" in each]
        assert f"{file}:{line}: no figure is of the measure {gone}; " in said


@pytest.mark.parametrize("verdict", ["same", "different"])
def test_a_decision_on_words_in_which_no_figure_is_put_is_named_with_its_line(
    store: Path, capsys: pytest.CaptureFixture[str], verdict: Verdict
) -> None:
    file = Path(f"{store}.decisions.toml")
    assert main(["compare", str(store), "-f", "json"]) == 0
    row = json.loads(capsys.readouterr().out)[0]
    words = [cell["wording"] for cell in row["cells"].values()]
    text = decided("", verdict, row["metric"], words[:2])
    file.write_text(decided(text, verdict, row["metric"], [words[0], "从前的叫法"]), "utf-8")
    lines = file.read_text("utf-8").splitlines()
    (line,) = [number for number, each in enumerate(lines, 1) if "从前的叫法" in each]
    report = ["report", "-o", str(store.with_name("report.html"))]
    for verb, *options in (["compare"], ["check"], ["reconcile", "--list"], report):
        assert main([verb, str(store), "--lang", "en", *options]) == 0
        (said,) = [each for each in capsys.readouterr().err.splitlines() if "no figure" in each]
        assert f"{file}:{line}: no figure of the metric is put in the words 从前的叫法; " in said


def test_other_words_come_with_where_they_stand(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["compare", str(store), "--view", "cells", "-f", "table", "--lang", "zh"]) == 0
    out = capsys.readouterr().out
    assert "∗" in out and (".txt:4)" in out)


def test_the_list_is_lines_for_the_file(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reconcile", str(store), "--list"]) == 0
    figures, line = capsys.readouterr().out.splitlines()
    assert figures.startswith("# ") and "95%" in figures
    (entry,) = tomli.loads(f"same = [{line.removeprefix('# ')}\n]")["same"]
    assert entry["metric"] == "enrolment_rate" and len(entry["words"]) == 2


def test_a_decision_keeps_what_the_file_holds(tmp_path: Path) -> None:
    text = decided("", "same", "teachers", ["甲", "乙"])
    text = decided(text, "different", None, ["甲", "丙"])
    text = decided(text, "same", None, ['"引号"', "丁"])
    data = tomli.loads(text)
    assert [entry["words"] for entry in data["same"]] == [['"引号"', "丁"], ["甲", "乙"]]
    assert data["different"] == [{"words": ["甲", "丙"]}]
    tables = decided('# mine\n[topic]\nwords = "学校"\n', "same", "teachers", ["甲", "乙"])
    assert tables.startswith("# mine\n[topic]")
    assert tomli.loads(tables)["same"] == [{"metric": "teachers", "words": ["甲", "乙"]}]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('same = [\n  { words = ["甲"] },\n]\n', 2, "without two `words`"),
        ('[[joined]]\nmeasures = ["甲", "乙"]\n', 2, "no measures of one unit family"),
        ('[[same]]\nwords = ["甲", "乙"]\nwhy = "x"\n', 3, "unknown key `why`"),
    ],
)
def test_what_is_written_wrong_is_told(tmp_path: Path, text: str, line: int, said: str) -> None:
    (tmp_path / "a.toml").write_text(text, "utf-8")
    with pytest.raises(PackError, match=said) as caught:
        load_pack(tmp_path / "a.toml")
    assert caught.value.line == line


def test_without_a_store_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reconcile", str(tmp_path / "no.db")]) == 2
    assert "no such store" in capsys.readouterr().err
