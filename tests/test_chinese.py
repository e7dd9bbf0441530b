"""The program in Chinese: complete catalogues, help at any width, errors, explanations."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from terminal import Terminal

from shuangjian_cli import extract_file
from shuangjian_cli.__main__ import main
from shuangjian_cli.api import analyse
from shuangjian_cli.commands import VERBS
from shuangjian_cli.language.messages import _, retold, speaking
from shuangjian_cli.model import ReadError, Source
from shuangjian_cli.read import sources
from shuangjian_cli.write.flow import breaks

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
sys.path.insert(0, str(ROOT / "scripts"))

import itertools

import messages


@pytest.fixture(autouse=True)
def no_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SHUANGJIAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_the_catalogue_is_complete(language: str) -> None:
    """If not: `make messages` adds and takes away, and lists what is to be translated."""
    assert messages.faults(language) == []


# --- which language ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environment", "args", "said"),
    [
        ({}, [], "no such file"),
        ({"LANG": "zh_CN.UTF-8"}, [], "没有这个文件"),
        ({"LC_ALL": "en_GB.UTF-8", "LANG": "zh_CN.UTF-8"}, [], "no such file"),
        ({"LC_MESSAGES": "zh_TW", "LANG": "en_US"}, [], "没有这个文件"),
        ({"SHUANGJIAN_LANG": "zh", "LC_ALL": "C"}, [], "没有这个文件"),
        ({"LANG": "zh_CN.UTF-8"}, ["--lang", "en"], "no such file"),
        ({}, ["--lang", "zh"], "没有这个文件"),
        ({}, ["--lang=zh"], "没有这个文件"),
        ({}, ["--lang", "zh", "--pillar", "quality"], "没有这个文件"),
    ],
)
def test_the_language_is_that_of_the_option_or_the_locale(
    environment: dict[str, str],
    args: list[str],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert main(["extract", "none.txt", *args]) == 1
    assert said in capsys.readouterr().err


def test_the_option_stands_before_the_verb_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "zh", "extract", "none.txt"]) == 1
    assert "没有这个文件" in capsys.readouterr().err


def test_a_plain_extract_speaks_chinese_without_typer() -> None:
    code = (
        "import sys; from shuangjian_cli.__main__ import main;"
        " main(['extract', 'none.txt']); print('typer' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "LANG": "zh_CN.UTF-8"},
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.stdout.endswith("False\n") and "没有这个文件" in done.stderr


def test_workers_speak_the_language_of_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.pdf", "b.pdf"):
        (tmp_path / name).write_bytes(b"%PDF-1.4 cut short")
    assert main(["--lang", "zh", "extract", str(tmp_path), "-j", "2"]) == 1
    told = capsys.readouterr().err
    assert told.count("PDF 缺少结尾，内容不完整；请重新获取") == 2


def test_the_python_api_leaves_messages_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    with pytest.raises(ReadError, match="no such file or folder"):
        extract_file("none.txt")


@pytest.mark.parametrize("format", ["csv", "jsonl"])
def test_what_programs_read_is_the_same_in_both_languages(
    format: str, capfd: pytest.CaptureFixture[str]
) -> None:
    args = ["extract", str(SAMPLES / "zhijin-county.txt"), "-f", format]
    main(args)
    english = capfd.readouterr().out
    main([*args, "--lang", "zh"])
    assert capfd.readouterr().out == english != ""


# --- help --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("verb", ["", *VERBS])
def test_help_fits_and_is_whole(
    verb: str,
    width: int,
    language: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    assert main([*verb.split(), "--help", "--lang", language]) == 0
    out = capsys.readouterr().out
    assert max(map(cell_len, out.splitlines())) <= width
    # What does not fit is folded, never cut.
    assert out.count("…") == out.count("https://…")
    assert not re.search(r"^ *[，。；：、）]", out, re.MULTILINE)
    if language == "zh":
        assert "用法：shuangjian" in out and "显示本帮助后退出" in re.sub(r"[\s│]", "", out)
        assert not re.search(r"[a-z]+ (?:the|of|and|is|not) [a-z]+", out)


# --- what is told ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["xtract"], "没有命令 'xtract'。是否为 'extract'？（见 shuangjian --help）"),
        (["extract", "--forma"], "没有选项 --forma（相近的有：--format）（见 shuangjian extract"),
        (["report", "a.txt"], "缺少选项 '--output' / '-o'。"),
        (["text"], "缺少参数 '文件'。"),
        (["extract", "-j", "x"], "'--jobs' / '-j' 的值有误：'x' 不是整数。"),
        (["extract", "a.txt", "--level", "provinz"], "没有 'provinz'；是否为 province？"),
        (["extract", "a.txt", "-o", "a.xyz"], "a.xyz 的后缀不对应任何格式；请加 --format"),
        (["batch", "a.txt", "--into", "none/a.db"], "none/a.db: 其所在文件夹不存在；请先建立"),
        (["export", "none.db"], "none.db: 没有这个库；请用 shuangjian batch 建库"),
        (["rules", "no.such"], "没有规则 'no.such'；用 shuangjian rules 可列出全部"),
    ],
)
def test_wrong_usage_is_told_in_one_chinese_line(
    args: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*args, "--lang", "zh"]) == 2
    told = capsys.readouterr().err
    assert said in told and told.count("\n") == 1


def test_a_refusal_of_the_system_is_told_in_chinese(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.txt"
    file.write_text("全县有小学12所。", encoding="utf-8")
    (tmp_path / "file").write_text("", encoding="utf-8")
    out = tmp_path / "file" / "out.csv"
    assert main(["extract", str(file), "-o", str(out), "--lang", "zh"]) == 2
    assert "不是文件夹" in capsys.readouterr().err


def test_explain_shows_fields_and_values_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", str(SAMPLES / "zhijin-county.txt:8"), "--lang", "zh"]) == 0
    out = capsys.readouterr().out
    for words in ("数据: 数据本身", "第 8 行，正文", "[数据: 187 所]", "已实现", "未取"):
        assert words in out
    assert not re.search(r"[a-z]+ [a-z]+ [a-z]+", out)


def _reasons() -> Iterator[str]:
    with closing(sources([str(SAMPLES), str(ROOT / "evaluation" / "gold")])) as found:
        for source in found:
            if not isinstance(source, Source) or source.file.endswith(".jsonl"):
                continue
            analysis = analyse(source, explain=True)
            yield from (each.reason for each in analysis.unparsed)
            for record in analysis.indicators:
                yield from record.reasons
                for decision in record.rules.values():
                    yield from (reason for words, reason in decision.rejected)


def test_every_reason_of_a_record_has_its_words_in_chinese() -> None:
    reasons = {each for each in _reasons() if not re.fullmatch(r"[a-z_.0-9-]+\.[a-z_]+", each)}
    assert len(reasons) > 30
    with speaking("zh"):
        assert [each for each in sorted(reasons) if retold(each) == each] == []


def test_batch_tells_its_tally_in_chinese(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "a.db"
    file = tmp_path / "a.txt"
    file.write_text("全县有小学12所。", encoding="utf-8")
    assert main(["batch", str(file), "--into", str(store), "--lang", "zh"]) == 0
    assert capsys.readouterr().err == f"shuangjian: {store}: 文件 1，文本 1，数据 1\n"


# --- the means ---------------------------------------------------------------------------------


def test_blanks_are_filled_in_either_language() -> None:
    assert _("{path} is an input, too; name another file", path="a{b}") == (
        "a{b} is an input, too; name another file"
    )
    with speaking("zh"):
        assert _("{path} is an input, too; name another file", path="a{b}") == (
            "a{b} 也是输入；请另指文件"
        )


@given(
    st.text(alphabet="公办学校1 2，。（）“”abc-—", min_size=1, max_size=60),
    st.integers(min_value=6, max_value=30),
)
def test_lines_fit_and_nothing_is_lost(text: str, width: int) -> None:
    at = [0, *breaks(text, width), len(text)]
    lines = [text[start:end] for start, end in itertools.pairwise(at)]
    assert "".join(lines) == text and at == sorted(at)
    assert all(cell_len(line.rstrip()) <= width for line in lines)


def test_a_line_breaks_between_chinese_words_and_not_before_a_stop() -> None:
    text = "见 shuangjian rules 的说明，共 12 所。"
    at = [0, *breaks(text, 20), len(text)]
    assert [text[a:b] for a, b in itertools.pairwise(at)] == [
        "见 shuangjian rules ",
        "的说明，共 12 所。",
    ]


def test_a_table_that_is_not_read_is_told_in_chinese(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.txt"
    rows = "".join(f"| {town}乡 | 12 | 3 |\n" for town in "甲乙丙")
    file.write_text(f"| | | |\n|---|---|---|\n{rows}", encoding="utf-8")
    assert main(["extract", str(file), "--lang", "zh"]) == 0
    assert "行的表格未读：各列没有表头；--unparsed 可列出其单元格" in capsys.readouterr().err


def test_why_a_numeral_gave_no_figure_is_shown_in_chinese(
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = str(SAMPLES / "zhijin-county.txt")
    assert main(["extract", file, "--unparsed", "-f", "table", "--lang", "zh"]) == 0
    out = capsys.readouterr().out
    assert "没有单位" in out and "no unit" not in out


@pytest.mark.parametrize(("language", "last"), [("zh", "错误 0"), ("en", "errors 0")])
def test_progress_is_whole_on_a_narrow_terminal(language: str, last: str, tmp_path: Path) -> None:
    for number in range(200):
        text = f"2023年，全县有小学{number + 2}所。\n" * 20
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    command = ["batch", ".", "--into", "a.db", "--jobs", "1", "--lang", language]
    with Terminal(command, tmp_path, columns=44, rows=6) as terminal:
        screen = terminal.until(*last.split())
        assert "…" not in screen
        assert last in " ".join(screen.split())
