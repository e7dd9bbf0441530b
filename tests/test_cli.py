"""The command line as its users meet it: formats, filters, manners and exit statuses."""

from __future__ import annotations

import csv
import io
import json
import os
import select
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest
from rich.cells import cell_len

from shuangjian_cli import extract_file
from shuangjian_cli.__main__ import main
from shuangjian_cli.commands import VERBS
from shuangjian_cli.commands.destination import colored
from shuangjian_cli.write import INDICATORS

HUNAN = """湖南省推进“双减”工作情况

一、完善经费保障。2023年，全省投入课后服务专项资金2.96亿元，惠及学生1.5万名。
二、丰富教育资源。力争到2027年，新增公办幼儿园学位12000个。
"""
SICHUAN = "四川省教育厅通报：2023年，全省建成科普教育基地98个，学生满意率达到96.50%。\n"

Result = tuple[int, str, str]
Run = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two bulletins, in the working directory."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(HUNAN, "utf-8")
    (tmp_path / "in" / "b.txt").write_text(SICHUAN, "utf-8")
    return tmp_path


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs the command line in this process: status, standard output, standard error.

    Without a time limit, which would ask for worker processes, unless the arguments name one.
    """

    def call(*args: str) -> Result:
        if args[:1] in (("extract",), ("tag",)) and not {"--timeout", "--jobs", "-j"} & {*args}:
            args = (*args, "--timeout", "0")
        status = main(args)
        out, err = capfd.readouterr()
        return status, out, err

    return call


def process(*args: str, **options: Any) -> subprocess.Popen[bytes]:
    own = {"NO_COLOR": "", "COLUMNS": "80", "PYTHONUNBUFFERED": ""}
    environment = {**os.environ, **own, **options.pop("env", {})}
    pipes: dict[str, Any] = {
        "stdin": subprocess.DEVNULL,
        "stdout": subprocess.PIPE,
        "stderr": subprocess.PIPE,
    }
    command = [sys.executable, "-m", "shuangjian_cli", *args]
    return subprocess.Popen(command, env=environment, **{**pipes, **options})


def on_terminal(*args: str, **options: Any) -> tuple[int, str]:
    """Runs the command with a terminal for its input and output."""
    encoding = options.pop("encoding", "utf-8")
    pty = pytest.importorskip("pty")
    here, there = pty.openpty()
    child = process(*args, stdin=there, stdout=there, stderr=there, **options)
    os.close(there)
    seen = b""
    while True:
        try:
            chunk = os.read(here, 65536)
        except OSError:  # what Linux says at the end of a terminal
            break
        if not chunk:
            break
        seen += chunk
    os.close(here)
    return child.wait(), seen.decode(encoding).replace("\r\n", "\n")


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


# --- formats -----------------------------------------------------------------------------------


def test_csv_is_for_pipes(folder: Path, run: Run) -> None:
    status, out, err = run("extract", "in")
    assert (status, err) == (0, "")
    assert not out.startswith("\ufeff")
    got = {(row["file"], row["figure"]): row for row in rows(out)}
    money = got["in/a.txt", "2.96亿元"]
    assert money["value"] == "296000000" and money["unit"] == "元"
    assert money["province"] == "湖南省" and money["line"] == "3" and money["period"] == "2023"
    assert HUNAN[int(money["start"]) : int(money["end"])] == "2.96亿元"
    assert got["in/b.txt", "96.50%"]["value"] == "96.5"


def test_jsonl_and_json_agree(folder: Path, run: Run) -> None:
    _, lines, _ = run("extract", "in", "--format", "jsonl")
    _, array, _ = run("extract", "in", "-f", "json")
    records = [json.loads(line, parse_float=Decimal) for line in lines.splitlines()]
    assert records == json.loads(array, parse_float=Decimal)
    assert all(tuple(record) == INDICATORS.names() for record in records)
    assert '"value": 296000000,' in lines and '"value": 96.5,' in lines
    assert set(records[0]["rules"]) <= set(INDICATORS.names())


def test_a_table_is_for_terminals(folder: Path) -> None:
    status, shown = on_terminal("extract", "in", env={"TERM": "xterm", "LC_ALL": "zh_CN.UTF-8"})
    assert status == 0
    assert "\x1b[" in shown and "296,000,000" in shown and "湖南省" in shown
    status, shown = on_terminal("extract", "in", "--color", "never", env={"COLUMNS": "200"})
    assert "\x1b" not in shown and "课后服务专项资金2.96亿元" in shown


@pytest.mark.parametrize("width", [80, 200])
def test_tables_fit(folder: Path, run: Run, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    for verb in ("extract", "tag"):
        status, out, _ = run(verb, "in", "--format", "table", "--lang", "zh")
        assert status == 0 and "湖南省" in out and "\x1b" not in out
        assert max(cell_len(line.rstrip()) for line in out.splitlines()) <= width


def test_the_format_follows_the_suffix(folder: Path, run: Run) -> None:
    for name in ("o.csv", "o.tsv", "o.json", "o.jsonl", "o.xlsx", "o.parquet"):
        assert run("extract", "in", "-o", name) == (0, "", "")
    assert (folder / "o.csv").read_bytes().startswith(b"\xef\xbb\xbffile,line,")
    assert (folder / "o.tsv").read_bytes().startswith(b"file\tline\t")
    records = json.loads((folder / "o.json").read_text("utf-8"))
    assert len(records) == len((folder / "o.jsonl").read_text("utf-8").splitlines())
    assert pq.read_table(folder / "o.parquet").num_rows == len(records)
    book = openpyxl.load_workbook(folder / "o.xlsx")
    assert book.sheetnames == ["indicators", "sentences", "catalogue"]
    assert book["indicators"].max_row == len(records) + 1
    assert book["sentences"].max_row > 3 and book["catalogue"].max_row == 46
    assert run("extract", "in", "-o", "o.csv", "--encoding", "gb18030")[0] == 0
    assert "湖南省" in (folder / "o.csv").read_text("gb18030")
    assert sorted(os.listdir(folder)) == sorted(
        ["in", "o.csv", "o.tsv", "o.json", "o.jsonl", "o.xlsx", "o.parquet"]
    )


def test_binary_formats_through_a_pipe(folder: Path) -> None:
    out, _ = process("extract", "in", "--format", "parquet").communicate()
    assert pq.read_table(io.BytesIO(out)).num_rows > 3
    status, shown = on_terminal("extract", "in", "--format", "xlsx")
    assert status == 2 and "-o FILE.xlsx" in shown


def test_columns(folder: Path, run: Run) -> None:
    _, out, _ = run("extract", "in/a.txt", "--columns", "value, unit，rules")
    assert out.startswith("value,unit,rules\r\n296000000,元,value=")


def test_stage_groups_and_measure_in_every_format(folder: Path, run: Run) -> None:
    """Also in a store and what is exported of it, and under `explain`."""
    expected = {"stage": "preschool", "groups": ["public"], "measure": "new", "per_year": False}
    figure = "12000个"

    def told(row: dict[str, Any]) -> dict[str, Any]:
        return {name: row[name] for name in expected}

    for out in ("o.json", "o.parquet", "o.csv", "o.xlsx"):
        assert run("extract", "in/a.txt", "-o", out)[0] == 0
    assert run("batch", "in", "--into", "s.db")[0] == 0
    assert run("export", "s.db", "-o", "s.json")[0] == 0
    for name in ("o.json", "s.json"):
        rows = json.loads(Path(name).read_text("utf-8"))
        assert [told(row) for row in rows if row["figure"] == figure] == [expected]
    rows = pq.read_table("o.parquet").to_pylist()
    assert [told(row) for row in rows if row["figure"] == figure] == [expected]
    flat = {**expected, "groups": "public"}
    (row,) = [
        row
        for row in csv.DictReader(io.StringIO(Path("o.csv").read_text("utf-8-sig")))
        if row["figure"] == figure
    ]
    assert told(row) == {**flat, "per_year": "false"}
    header, *cells = openpyxl.load_workbook("o.xlsx")["indicators"].values
    sheet = [dict(zip(header, row, strict=True)) for row in cells]
    assert [told(row) for row in sheet if row["figure"] == figure] == [flat]
    explained = json.loads(run("explain", "in/a.txt", "--format", "json")[1])["sentences"]
    records = [record for each in explained for record in each["records"]]
    (fields,) = [record["fields"] for record in records if record["figure"] == figure]
    why = {field["field"]: (field["rule"], field["words"]) for field in fields}
    assert why["stage"] == ("attributes.stage", "幼儿园")
    assert why["groups"] == ("attributes.groups", "公办")
    assert why["measure"] == ("attributes.new", "新增")


def test_unparsed(folder: Path, run: Run) -> None:
    status, out, _ = run("extract", "in", "--unparsed")
    assert status == 0 and out.startswith("file,line,numeral,reason,start,end,sentence\r\n")
    years = [row for row in rows(out) if row["file"] == "in/a.txt" and row["reason"]]
    assert years and all(
        HUNAN[int(row["start"]) : int(row["end"])] == row["numeral"] for row in years
    )
    status, _, err = run("extract", "in", "--unparsed", "--pillar", "services")
    assert status == 2 and "--unparsed" in err


def test_tag_has_a_row_for_each_sentence(folder: Path, run: Run) -> None:
    status, out, _ = run("tag", "in", "--format", "jsonl")
    assert status == 0
    sentences = [json.loads(line) for line in out.splitlines()]
    assert any(
        each["sentence"].startswith("力争到2027年") and each["figures"] for each in sentences
    )
    assert any(not each["figures"] for each in sentences)
    for each in sentences:
        text = HUNAN if each["file"] == "in/a.txt" else SICHUAN
        assert text[each["start"] : each["end"]] == each["sentence"]


def test_metrics_lists_the_catalogue(run: Run) -> None:
    status, out, _ = run("metrics")
    assert status == 0
    listed = rows(out)
    assert len(listed) == 45 and listed[0]["id"] == "special_funds"
    assert listed[0]["pillar"] == "guarantees" and "专项资金" in listed[0]["name"]


# --- filters -----------------------------------------------------------------------------------


def values(out: str, column: str) -> set[str]:
    return {row[column] for row in rows(out)}


def test_filters(folder: Path, run: Run) -> None:
    for name in ("湖南省", "湖南", "湘", "Hunan"):
        assert values(run("extract", "in", "--province", name)[1], "province") == {"湖南省"}
    both = run("extract", "in", "--province", "湖南", "--province", "四川")[1]
    assert values(both, "province") == {"湖南省", "四川省"}
    assert values(run("extract", "in", "--pillar", "guarantees")[1], "pillar") == {"guarantees"}
    assert values(run("extract", "in", "--status", "target")[1], "status") == {"target"}
    assert values(run("extract", "in", "--level", "province")[1], "area_level") == {"province"}
    only = run("extract", "in", "--metric", "special_funds", "--status", "achieved")[1]
    assert values(only, "metric") == {"special_funds"} and "2.96亿元" in values(only, "figure")
    assert rows(run("extract", "in", "--province", "广西")[1]) == []
    every = len(rows(run("extract", "in")[1]))
    assert len(rows(run("extract", "in", "--confidence", "check")[1])) == every
    assert values(run("extract", "in", "--confidence", "likely")[1], "confidence") <= {
        "certain",
        "likely",
    }
    tagged = run("tag", "in", "--metric", "special_funds")[1]
    assert all("special_funds" in row["metrics"] for row in rows(tagged)) and rows(tagged)


@pytest.mark.parametrize(
    ("args", "hint"),
    [
        (["--province", "湖南市"], "湖南省"),
        (["--pillar", "service"], "did you mean services"),
        (["--metric", "teacher"], "did you mean teachers"),
        (["--status", "done"], "there are achieved, target"),
        (["--level", "town"], "there are national, province, city, county"),
        (["--confidence", "sure"], "certain"),
        (["--columns", "vale"], "did you mean value"),
        (["--format", "xml"], "csv"),
        (["-o", "out.doc"], "--format"),
        (["-o", "in/a.txt", "--format", "csv"], "is an input"),
        (["--column", "省份"], "FIELD=NAME"),
        (["--column", "place=省份"], "place"),
        (["--input-encoding", "klingon"], "klingon"),
        (["--max-bytes", "0"], "max-bytes"),
        (["--rules", "none.toml"], "none.toml"),
        (["--nonsense"], "--nonsense"),
    ],
)
def test_wrong_usage_is_one_line(folder: Path, run: Run, args: list[str], hint: str) -> None:
    status, out, err = run("extract", "in/a.txt", *args)
    assert (status, out) == (2, "")
    assert err.startswith("shuangjian: ") and err.count("\n") == 1 and hint in err
    assert (folder / "in" / "a.txt").read_text("utf-8") == HUNAN


# --- inputs ------------------------------------------------------------------------------------


def test_standard_input(folder: Path) -> None:
    for args in (["extract"], ["extract", "-"]):
        child = process(*args, stdin=subprocess.PIPE)
        out, err = child.communicate(SICHUAN.encode("gb18030"))
        assert (child.returncode, err) == (0, b"")
        assert {row["figure"] for row in rows(out.decode())} == {"98个", "96.50%"}
        assert {row["file"] for row in rows(out.decode())} == {"-"}
    status, shown = on_terminal("extract")
    assert status == 2 and "pipe a text in" in shown


def test_a_bad_input_never_loses_the_others(folder: Path, run: Run) -> None:
    (folder / "empty.txt").touch()
    status, out, err = run("extract", "no\nsuch\x1b[31m.txt", "in/a.txt", "empty.txt", "in/b.txt")
    assert status == 1
    assert values(out, "file") == {"in/a.txt", "in/b.txt"}
    assert err.splitlines()[0].startswith("shuangjian: no␊such␛[31m.txt: ")
    assert err.splitlines()[1].startswith("shuangjian: empty.txt: ") and err.count("\n") == 2


def test_what_a_text_does_not_hold_is_told_once(folder: Path, run: Run) -> None:
    """Damaged bytes lose neither the file nor the exit status."""
    damaged = SICHUAN.encode().replace("教育厅".encode(), b"\xff\xff")
    (folder / "a.txt").write_bytes(damaged)
    (folder / "in" / "c.txt").write_bytes(damaged)
    line = "shuangjian: {}: 2 damaged bytes were replaced by \ufffd in its UTF-8; check the text there\n"
    for arguments in (["extract"], ["tag"], ["extract", "--jobs", "2"], ["text"], ["explain"]):
        status, out, err = run(*arguments, "a.txt")
        assert (status, err) == (0, line.format("a.txt"))
        assert "98" in out
    for jobs in ("1", "2"):
        status, _, err = run("extract", "no.txt", "a.txt", "no.txt", "in", "--jobs", jobs)
        assert status == 1
        told = err.splitlines(keepends=True)
        assert told[1::2] == [line.format("a.txt"), line.format("in/c.txt")]
    with pytest.warns(UserWarning, match=r"a\.txt: 2 damaged bytes"):
        assert extract_file("a.txt")


def test_a_bug_on_one_text_is_told_and_passed_over(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    api = import_module("shuangjian_cli.api")
    pieces = api.analyse_pieces

    def broken(source: Any, *args: Any, **options: Any) -> Any:
        if source.file == "in/a.txt":
            raise KeyError("oh")
        return pieces(source, *args, **options)

    monkeypatch.setattr(api, "analyse_pieces", broken)
    status, out, err = run("extract", "in", "--timeout", "0")
    assert status == 1 and values(out, "file") == {"in/b.txt"}
    assert err.startswith("shuangjian: in/a.txt: internal error (KeyError: 'oh'")
    assert err.count("\n") == 1 and "please report" in err


@pytest.mark.parametrize("verb", ["extract", "tag", "compare", "report"])
def test_a_text_that_takes_too_long_is_told(folder: Path, run: Run, verb: str) -> None:
    long = folder / "long.txt"
    long.write_text("2023年，全省新建学校12所。\n" * 50_000, "utf-8")
    size = 0.1 * long.stat().st_size / 1e6
    output = "o.html" if verb == "report" else "o.csv"
    status, _, err = run(verb, "long.txt", "none.txt", "-o", output, "--timeout", "0.1")
    assert status == 1
    assert err.splitlines()[:2] == [
        f"shuangjian: long.txt: took longer than {size:g} s; raise --timeout or leave the file out",
        "shuangjian: none.txt: no such file or folder; check the path",
    ]


def test_a_short_text_that_takes_too_long_loses_only_itself(folder: Path, run: Run) -> None:
    slow = "0.000001"  # less than the first import takes
    status, out, err = run("extract", "in/a.txt", "in/b.txt", "-f", "csv", "--timeout", slow)
    assert status == 1 and out.count("\n") == 1
    assert err.splitlines() == [
        f"shuangjian: in/{name}.txt: took longer than 1e-06 s; raise --timeout or leave the file out"
        for name in "ab"
    ]
    assert run("extract", "in/a.txt", "--timeout", "60") == run("extract", "in/a.txt")


@pytest.mark.parametrize(
    "wrong",
    [("-f", "doc"), ("-f",), ("--timeout", "1_0"), ("-j", "-1"), ("-o", "in/a.txt"), ("--no",)],
)
def test_the_plain_extract_says_of_wrong_options_what_typer_says(
    folder: Path, run: Run, wrong: tuple[str, ...]
) -> None:
    plain = run("extract", "in/a.txt", *wrong)
    assert plain == run("extract", "in/a.txt", "--color=auto", *wrong)
    assert plain[0] == (0 if wrong[-1] == "1_0" else 2)


@pytest.mark.parametrize(
    "options", [(), ("-f", "json"), ("-o", "o.csv"), ("-j", "1", "--timeout", "9.5")]
)
def test_the_plain_extract_gives_what_typer_gives(
    folder: Path, run: Run, options: tuple[str, ...]
) -> None:
    def output(*args: str) -> tuple[Any, ...]:
        path = Path("o.csv")
        path.unlink(missing_ok=True)
        return *run("extract", "in/a.txt", *args, *options), path.exists() and path.read_bytes()

    assert output() == output("--color=auto")


@pytest.mark.skipif(not os.path.exists("/dev/stdin"), reason="no such device")
def test_what_only_this_process_can_open_is_read(folder: Path) -> None:
    command = f"'{sys.executable}' -m shuangjian_cli extract --columns figure"
    for inputs in (
        "/dev/stdin < in/b.txt",
        "- < in/b.txt",
        "/dev/fd/9 9< in/b.txt",
        "/dev/fd/9 9< <(cat in/b.txt)",
    ):
        shell = ["bash", "-c", f"{command} {inputs}"]
        out = subprocess.run(shell, capture_output=True, check=True).stdout
        assert out.decode().split() == ["figure", "98个", "96.50%"]


def test_nothing_found_is_no_error(folder: Path, run: Run) -> None:
    (folder / "none.txt").write_text("今天天气很好。\n", "utf-8")
    assert run("extract", "none.txt", "--format", "jsonl") == (0, "", "")
    assert run("extract", "none.txt", "--format", "table") == (0, "", "shuangjian: nothing found\n")


def test_tables_as_inputs(folder: Path, run: Run) -> None:
    (folder / "rows.csv").write_text(
        "编号,省份,正文\n1,甘肃省,全省建成学校12所。\n2,青海省,全省建成学校9所。\n", "utf-8"
    )
    status, out, err = run(
        "extract", "rows.csv", "--text-column", "正文", "--column", "province=省份"
    )
    assert (status, err) == (0, "")
    assert [(row["province"], row["figure"]) for row in rows(out)] == [
        ("甘肃省", "12所"),
        ("青海省", "9所"),
    ]


def test_workers_change_nothing(folder: Path, run: Run) -> None:
    for number in range(12):
        (folder / "in" / f"c{number}.txt").write_text(f"全省有学校{number + 2}所。\n", "utf-8")
    (folder / "in" / "c5.txt").write_text("", "utf-8")
    one = run("extract", "in", "--format", "jsonl")
    assert one[0] == 1 and run("extract", "in", "--format", "jsonl", "--jobs", "2") == one
    many = run("extract", "in", "-j", "2", "-o", "o.xlsx")
    assert many[0] == 1
    two = (folder / "o.xlsx").read_bytes()
    run("extract", "in", "-o", "o.xlsx")
    assert (folder / "o.xlsx").read_bytes() == two


def test_rule_packs(folder: Path, run: Run) -> None:
    (folder / "own.toml").write_text(
        '[[metric]]\nid = "satchels"\nname = "减重书包"\npillar = "quality"\n'
        'subject = "减重书包"\n',
        "utf-8",
    )
    (folder / "c.txt").write_text("全县学校为学生配发减重书包300个。\n", "utf-8")
    _, out, _ = run("metrics", "--rules", "own.toml")
    assert "satchels" in values(out, "id")
    _, out, _ = run("extract", "c.txt", "--rules", "own.toml", "--metric", "satchels")
    assert values(out, "figure") == {"300个"} and values(out, "pillar") == {"quality"}
    (folder / "shuangjian.toml").write_bytes((folder / "own.toml").read_bytes())
    assert run("extract", "c.txt", "--metric", "减重书包")[1] == out


# --- text --------------------------------------------------------------------------------------


def test_text_is_exact(folder: Path) -> None:
    text = "１２．５％\r\n学校\x1b[31m12所，\n无换行"
    (folder / "t.txt").write_bytes(b"\xef\xbb\xbf" + text.encode())
    with zipfile.ZipFile(folder / "t.zip", "w") as archive:
        archive.writestr("b.txt", text)
        archive.writestr("c.txt", "另一篇12所。")
    for name in ("t.txt", "t.zip!b.txt"):
        child = process("text", name)
        assert child.communicate() == (text.encode(), b"") and child.returncode == 0
    child = process("text", "t.zip")
    assert child.communicate()[1].count(b"\n") == 1 and child.returncode == 2
    child = process("text", "t.zip!d.txt")
    assert b"no such text" in child.communicate()[1] and child.returncode == 1
    child = process("text", "none.txt")
    assert b"none.txt" in child.communicate()[1] and child.returncode == 1


# --- manners -----------------------------------------------------------------------------------


def test_version_and_help(run: Run) -> None:
    status, out, _ = run("--version")
    assert status == 0 and out.startswith("shuangjian ")
    status, out, _ = run("--help")
    assert status == 0 and all(verb in out for verb in VERBS)
    assert run()[0] == 2
    status, _, err = run("extrakt")
    assert status == 2 and "extract" in err and err.count("\n") == 1


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_a_file_with_help(verb: str, run: Run) -> None:
    name = verb.replace("-", "_")
    assert getattr(import_module(f"shuangjian_cli.commands.{name}"), name).__doc__
    status, out, _ = run(verb, "--help")
    assert status == 0 and "Usage: shuangjian" in out


def test_completion(folder: Path) -> None:
    def complete(line: str) -> set[str]:
        words = {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)}
        env = {"_SHUANGJIAN_COMPLETE": "complete_bash", **words}
        return set(process(env=env).communicate()[0].decode().split())

    assert complete("shuangjian ext") == {"extract"}
    assert complete("shuangjian extract --pillar ser") == {"services"}
    assert "school_places" in complete("shuangjian extract --metric school")
    assert complete("shuangjian extract --format js") == {"json", "jsonl"}


@pytest.mark.parametrize("args", [["--format", "jsonl"], ["--format", "csv"], ["-j", "2"]])
def test_a_closed_pipe_ends_quietly(folder: Path, args: list[str]) -> None:
    (folder / "long.txt").write_text("全省有学校12所。\n" * 3000, "utf-8")
    child = process("extract", "long.txt", "in", *args)
    assert child.stdout and child.stderr
    assert child.stdout.read(10)
    child.stdout.close()
    assert child.stderr.read() == b"" and child.wait() == 0
    child.stderr.close()


@pytest.mark.parametrize(
    "args", [["--help"], ["extract", "--help"], ["metrics"], ["text", "long.txt"]]
)
def test_a_pipe_closed_at_once_ends_quietly(folder: Path, args: list[str]) -> None:
    (folder / "long.txt").write_text("全省有学校12所。\n" * 9000, "utf-8")
    reader, writer = os.pipe()
    os.close(reader)
    child = process(*args, stdout=writer)
    os.close(writer)
    assert child.communicate()[1] == b"" and child.returncode == 0


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no such device")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    "args",
    [
        ["extract", "in"],
        ["extract", "in", "--format", "table"],
        ["extract", "in", "--format", "parquet"],
        ["text", "in/a.txt"],
        ["explain", "in/a.txt"],
        ["compare", "in", "--format", "md"],
        ["metrics"],
        ["rules"],
        ["--help"],
        ["--version"],
    ],
)
def test_a_full_disk_is_told_in_one_line(folder: Path, args: list[str], unbuffered: str) -> None:
    with open("/dev/full", "wb") as full:
        child = process(*args, stdout=full, env={"PYTHONUNBUFFERED": unbuffered})
        err = child.communicate()[1].decode()
    assert child.returncode == 2 and err.count("\n") == 1
    assert err.startswith("shuangjian: cannot write standard output: No space left")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no such device")
def test_messages_that_nobody_can_read_change_nothing(folder: Path) -> None:
    command = f"'{sys.executable}' -m shuangjian_cli extract in none.txt"
    told = subprocess.run(command, shell=True, capture_output=True, check=False)
    assert told.returncode == 1 and told.stderr.count(b"\n") == 1
    for streams in ("2>/dev/full", "2>&-"):
        silent = subprocess.run(
            f"{command} {streams}", shell=True, capture_output=True, check=False
        )
        assert (silent.returncode, silent.stdout, silent.stderr) == (1, told.stdout, b"")
    assert subprocess.run(f"{command} >&- 2>&-", shell=True, check=False).returncode == 1


@pytest.mark.parametrize(
    ("encoding", "args"),
    [
        ("gbk", ["--help"]),
        ("cp1252", ["extract", "--help"]),
        ("cp1252", ["extract", "in", "--format", "table", "--lang", "zh"]),
        ("gbk", ["compare", "in", "--at-least", "1", "--format", "table", "--lang", "zh"]),
        ("cp1252", ["compare", "in", "--at-least", "1", "--format", "md", "--lang", "zh"]),
        ("gbk", ["explain", "in/a.txt"]),
        ("cp1252", ["rules"]),
        ("gbk", ["metrics", "--format", "table"]),
    ],
)
def test_pipes_get_utf8_whatever_the_locale(folder: Path, encoding: str, args: list[str]) -> None:
    usual = process(*args, env={"PYTHONIOENCODING": "utf-8"}).communicate()
    assert not usual[0].isascii()
    child = process(*args, env={"PYTHONIOENCODING": encoding})
    assert (child.communicate(), child.returncode) == (usual, 0)


def test_a_terminal_keeps_its_encoding(folder: Path) -> None:
    environment = {"PYTHONIOENCODING": "cp1252", "COLUMNS": "200"}
    for args in (["extract", "in"], ["--help"], ["explain", "in/a.txt"]):
        status, shown = on_terminal(*args, env=environment, encoding="cp1252")
        assert status == 0 and "internal error" not in shown
    assert r"\u6e56\u5357" in shown


@pytest.mark.parametrize("columns", ["0", "9" * 20, "9" * 5000, "²", "-1", "wide"])
def test_a_width_that_no_terminal_has_is_passed_over(
    folder: Path, run: Run, columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for args in (["extract", "in", "--format", "table"], ["--help"], ["explain", "in/a.txt"]):
        monkeypatch.setenv("COLUMNS", "80")
        usual = run(*args)
        monkeypatch.setenv("COLUMNS", columns)
        monkeypatch.setenv("LINES", columns)
        assert run(*args) == usual and usual[1]


@pytest.mark.parametrize("width", [1, 10, 39])
def test_a_narrow_terminal_loses_nothing(
    folder: Path, run: Run, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for verb in ("extract", "tag"):
        monkeypatch.setenv("COLUMNS", "40")
        usual = run(verb, "in", "--format", "table")
        monkeypatch.setenv("COLUMNS", str(width))
        assert run(verb, "in", "--format", "table") == usual


def test_standard_output_as_a_file(folder: Path) -> None:
    for name in ("-", "/dev/stdout"):
        out, err = process("extract", "in", "-o", name, "--format", "jsonl").communicate()
        assert err == b"" and out.startswith(b'{"file": "in/a.txt"')


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_rows_come_as_texts_do(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    for form in ("csv", "jsonl", "json"):
        child = process("extract", "in/a.txt", "pipe.txt", "--format", form)
        assert child.stdout
        with open(folder / "pipe.txt", "wb") as pipe:  # opens when the first text is done
            assert select.select([child.stdout], [], [], 60)[0]
            assert os.read(child.stdout.fileno(), 65536)
            pipe.write(SICHUAN.encode())
        assert "96.5" in child.communicate()[0].decode() and child.returncode == 0


def test_text_formats_do_not_drive_a_terminal(folder: Path) -> None:
    (folder / "x.txt").write_text("\x1b[31m\x9b全省有学校12所。\n", "utf-8")
    for args in (["text"], ["extract", "--format", "csv"], ["extract", "--format", "jsonl"]):
        status, shown = on_terminal(*args, "x.txt")
        assert status == 0 and "全省有学校12所。" in shown
        assert not {"\x1b", "\x9b"} & set(shown)


@pytest.mark.parametrize(
    ("jobs", "name"),
    [
        *(("1", f"o.{suffix}") for suffix in ("csv", "json", "xlsx", "parquet", "html", "md")),
        *(("2", f"o.{suffix}") for suffix in ("csv", "parquet")),
    ],
)
def test_a_mistyped_input_leaves_the_output(folder: Path, run: Run, jobs: str, name: str) -> None:
    verbs = {"o.html": ["report"], "o.md": ["compare"], "o.csv": ["extract", "tag", "compare"]}
    (folder / "empty.txt").touch()
    for verb in verbs.get(name, ["extract"]):
        for there in (True, False):
            if there:
                (folder / name).write_text("old")
            status, _, err = run(verb, "im", "empty.txt", "-o", name, "--jobs", jobs)
            assert status == 1 and err.startswith("shuangjian: im: no such file or folder")
            assert err.splitlines()[2:] == [
                f"shuangjian: {name}: not written, since nothing could be read"
            ]
            if there:
                assert (folder / name).read_text() == "old"
                (folder / name).unlink()
            assert sorted(os.listdir(folder)) == ["empty.txt", "in"]
        assert run(verb, "im", "in", "-o", name, "--jobs", jobs)[0] == 1
        assert (folder / name).stat().st_size > 3
        (folder / name).unlink()


def test_an_output_that_cannot_be_written(folder: Path, run: Run) -> None:
    for path in ("none/o.csv", "in"):
        status, out, err = run("extract", "in", "-o", path, "--format", "csv")
        assert (status, out) == (2, "") and err.count("\n") == 1
        assert err.startswith(f"shuangjian: cannot write {path}: ")
    assert sorted(os.listdir(folder)) == ["in"]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no such device")
@pytest.mark.parametrize("form", ["csv", "json", "xlsx", "parquet"])
def test_a_full_device_is_told_in_one_line(folder: Path, form: str) -> None:
    child = process("extract", "in", "-o", "/dev/full", "--format", form)
    err = child.communicate()[1].decode()
    assert child.returncode == 2
    assert err == "shuangjian: cannot write /dev/full: No space left on device\n"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no POSIX system")
@pytest.mark.parametrize("limit", [100, 15_000])
@pytest.mark.parametrize("name", ["o.csv", "o.json", "o.xlsx", "o.parquet", "o.html"])
def test_a_disk_that_fills_up_while_a_file_is_written(folder: Path, name: str, limit: int) -> None:
    import resource

    texts = "".join(
        f"{2000 + n % 25}年，全省新建学校{n}所，投入{n * 7}元。\n" for n in range(2, 400)
    )
    (folder / "long.txt").write_text(texts, "utf-8")
    (folder / name).write_bytes(b"old")
    (folder / "tmp").mkdir()
    child = process(
        "report" if name == "o.html" else "extract",
        "long.txt",
        "-o",
        name,
        env={"TMPDIR": str(folder / "tmp")},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    err = child.communicate()[1].decode()
    assert child.returncode == 2 and err == f"shuangjian: cannot write {name}: File too large\n"
    assert (folder / name).read_bytes() == b"old"
    assert sorted(os.listdir(folder)) == sorted(["in", "long.txt", name, "tmp"])
    assert os.listdir(folder / "tmp") == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_ctrl_c(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    (folder / "o.csv").write_text("old")
    for args in (["-j", "1"], ["-o", "o.csv"], ["-j", "2"]):
        child = process("extract", "in", "pipe.txt", *args)
        with open(folder / "pipe.txt", "wb"):  # opens when the command does
            while True:  # Python drops an interrupt that comes while it imports a module
                child.send_signal(signal.SIGINT)
                try:
                    _, err = child.communicate(timeout=10)
                    break
                except subprocess.TimeoutExpired:
                    continue
        assert (child.returncode, err) == (130, b"shuangjian: interrupted\n")
    assert (folder / "o.csv").read_text() == "old"
    assert sorted(os.listdir(folder)) == ["in", "o.csv", "pipe.txt"]


def test_a_name_not_in_utf8(folder: Path) -> None:
    name = os.fsencode(folder) + b"/in/\xff\n.txt"
    try:
        with open(name, "wb") as file:
            file.write(SICHUAN.encode())
    except OSError:
        pytest.skip("the file system takes only UTF-8")
    for form in ("csv", "jsonl", "table"):
        child = process("extract", "in", "--format", form)
        out, err = child.communicate()
        assert (child.returncode, err) == (0, b"") and b"\\udcff" in out


@pytest.mark.parametrize(
    ("wish", "terminal", "environment", "result"),
    [
        ("auto", True, {}, True),
        ("auto", False, {}, False),
        ("auto", True, {"TERM": "dumb"}, False),
        ("auto", True, {"NO_COLOR": "1"}, False),
        ("auto", True, {"NO_COLOR": ""}, True),
        ("auto", False, {"FORCE_COLOR": "1"}, True),
        ("auto", False, {"CLICOLOR_FORCE": "1"}, True),
        ("auto", False, {"CLICOLOR_FORCE": "0"}, False),
        ("auto", False, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ("always", False, {"NO_COLOR": "1"}, True),
        ("never", True, {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour(
    wish: str,
    terminal: bool,
    environment: dict[str, str],
    result: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert colored(wish, terminal) is result


def test_nothing_heavy_is_imported_for_csv(folder: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from shuangjian_cli.__main__ import main; main(['extract', 'in/a.txt']);"
        "print(sorted({name.partition('.')[0] for name in sys.modules} | {*sys.modules}),"
        " file=sys.stderr)"
    )
    environment = os.environ | {"SHUANGJIAN_CACHE": str(tmp_path / "cache")}
    for _ in ("a first start", "one that finds the rules kept"):
        child = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, env=environment
        )
    loaded = set(child.stderr.decode().split("'"))
    heavy = {
        "asyncio", "concurrent", "jieba", "lxml", "multiprocessing", "openpyxl", "pyarrow",
        "rich", "rjieba", "sqlite3", "trafilatura", "xlsxwriter",
        "shuangjian_cli.records", "shuangjian_cli.tag.pack.reader",
    }  # fmt: skip
    assert not loaded & heavy
