"""Defaults of options in `shuangjian.toml`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from shuangjian_cli.__main__ import main

TEXT = "2023年，湖南省新建学校12所。"
OTHER = "2023年，湖北省新建学校8所。"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("SHUANGJIAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    inner = tmp_path / "work" / "here"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    Path("a.txt").write_text(TEXT, encoding="utf-8")
    Path("b.txt").write_text(OTHER, encoding="utf-8")
    return tmp_path / "work"


def _write(folder: Path, text: str) -> None:
    (folder / "shuangjian.toml").write_text(text, encoding="utf-8")


def _extract(capfd: pytest.CaptureFixture[str], *args: str) -> list[str]:
    assert main(["extract", "a.txt", "b.txt", *args]) == 0
    return [json.loads(line)["province"] for line in capfd.readouterr().out.splitlines()]


def test_options_of_all_verbs_and_of_one_are_taken_from_the_nearest_file(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    _write(folder, '[options]\nformat = "jsonl"\n[options.extract]\nprovince = "湖北"\n')
    assert _extract(capfd) == ["湖北省"]
    assert main(["tag", "a.txt"]) == 0
    assert capfd.readouterr().out.startswith("{")


def test_the_command_line_wins(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    _write(folder, '[options.extract]\nformat = "jsonl"\nprovince = ["湖北"]\n')
    assert _extract(capfd, "--province", "湖南") == ["湖南省"]
    assert main(["extract", "a.txt", "-f", "csv"]) == 0
    assert capfd.readouterr().out.startswith("file,")


def test_a_verb_of_its_own_goes_before_all(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    _write(folder, '[options]\nformat = "csv"\n[options.extract]\nformat = "jsonl"\n')
    assert _extract(capfd) == ["湖南省", "湖北省"]


def test_switches_numbers_and_names_with_dashes(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    Path("rows.csv").write_text("body\n全县有小学12所。\n", encoding="utf-8")
    _write(
        folder,
        '[options.extract]\ntext_column = "body"\nunparsed = false\njobs = 1\ntimeout = 2.5\n',
    )
    assert main(["extract", "rows.csv"]) == 0
    assert "12所" in capfd.readouterr().out


def test_the_file_may_be_a_rule_pack_too(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    _write(
        folder,
        '[options.extract]\nformat = "jsonl"\n'
        '[[metric]]\nid = "mine"\nname = "我的"\nname_en = "Mine"\npillar = "resources"\n'
        'subject = "新建学校"\n',
    )
    assert main(["extract", "a.txt"]) == 0
    assert '"metric": "mine"' in capfd.readouterr().out


def test_the_language_may_be_a_default(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(folder, '[options]\nlang = "zh"\n')
    assert main(["extract", "none.txt"]) == 1
    assert "没有这个文件" in capsys.readouterr().err
    monkeypatch.setenv("SHUANGJIAN_LANG", "en")
    assert main(["extract", "none.txt"]) == 1
    assert "no such file" in capsys.readouterr().err


def test_help_shows_the_values_in_force(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write(folder, "[options.extract]\njobs = 3\n")
    assert main(["extract", "--help"]) == 0
    assert "[default: 3]" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            '[options.extract]\nconfidnce = "likely"\n',
            "2: extract has no option `confidnce`; did you mean confidence",
        ),
        ('[options]\n\nheadigs = "zh"\n', "3: no verb has an option `headigs`; did you mean"),
        ("[options.xtract]\njobs = 1\n", "1: no verb `xtract`; did you mean extract"),
        ('[options]\njobs = "many"\n', "2: 'many' is not a valid int range."),
        ('[options.extract]\nformat = "doc"\n', "2: 'doc' is not one of"),
        ("[options.extract]\nformat = true\n", "2: `format` cannot be True"),
        ("[options.extract]\nunparsed = 1\n", "2: `unparsed` cannot be 1"),
        ('[options.extract]\noutput = ["a"]\n', "2: `output` cannot be ['a']"),
        ("[options.extract]\njobs = -1\n", "2: -1 is not in the range"),
        ("options = 1\n", "1: `options` is no table; write [options]"),
        ("[options\n", "1: no valid TOML"),
        ('[option]\nlang = "zh"\n', "1: unknown key `option` in the pack"),
    ],
)
def test_what_is_wrong_is_told_in_one_line_with_its_place(
    folder: Path, text: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _write(folder, text)
    assert main(["extract", "a.txt"]) == 2
    err = capsys.readouterr().err
    assert f"{folder / 'shuangjian.toml'}:{told}" in err and err.count("\n") == 1


def test_options_of_another_verb_are_no_concern(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    _write(folder, '[options]\nseed = 3\nheadings = "zh"\n[options.review]\nsample = 10\n')
    assert main(["text", "a.txt"]) == 0
    assert capfd.readouterr().out == TEXT


def test_options_in_a_named_pack_are_told_of(capsys: pytest.CaptureFixture[str]) -> None:
    Path("mine.toml").write_text('[options]\nlang = "zh"\n', encoding="utf-8")
    assert main(["extract", "a.txt", "--rules", "mine.toml"]) == 2
    assert "mine.toml:1: defaults of options count in shuangjian.toml alone" in (
        capsys.readouterr().err
    )


def test_records_are_the_same_under_a_file_of_defaults_alone(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["extract", "a.txt", "-f", "jsonl"]) == 0
    plain = capfd.readouterr().out
    _write(folder, '[options]\nformat = "jsonl"\n')
    assert main(["extract", "a.txt"]) == 0
    assert capfd.readouterr().out == plain


def test_rules_check_looks_at_the_defaults_too(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = folder / "shuangjian.toml"
    _write(folder, '[options]\nlang = "zh"\n[options.extract]\nheadings = "zh"\n')
    assert main(["rules", "check", str(file), "--lang", "en"]) == 0
    _write(folder, "[options.text]\njobs = 1\n[options.extract]\nunparsed = 3\ncolour = 1\n")
    capsys.readouterr()
    assert main(["rules", "check", str(file)]) == 1
    first, second, third = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{file}:2: text has no option `jobs`; there are text-column")
    assert second.startswith(f"{file}:4: `unparsed` cannot be 3")
    assert third.startswith(f"{file}:5: extract has no option `colour`")
