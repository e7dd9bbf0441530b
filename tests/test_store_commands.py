"""`batch` and `export` as a user has them: through the command line, with the real rules."""

from __future__ import annotations

import csv
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from shuangjian_cli.__main__ import main

BULLETIN = """湖南省“双减”工作简报
发布时间：2023-08-24
一、完善经费保障
全省投入课后服务经费{}亿元，比上年增长5%。
二、扩大优质资源
新建公办幼儿园{}所，新增学位5.8万个。每所学校都有自己的小菜园。
"""
# A run whose analyses are those of `store_fakes`: some of its texts kill or hang a worker.
FAKED = """
import functools, sys
import store_fakes
from shuangjian_cli import store
from shuangjian_cli.__main__ import main
store.fill = functools.partial(store.fill, analyse=store_fakes.analyse)
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for number in range(1, 4):
        text = BULLETIN.format(number, number * 10)
        (tmp_path / "in" / f"{number}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_store_keeps_the_cells_of_tables(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "全县学校情况\n类别 | 学校数 | 学生数\n小学 | 61 | 20418\n初中 | 24 | 9630\n全县有教师800人。\n"
    (here / "table.txt").write_text(text, "utf-8")
    assert main(["batch", "table.txt", "--into", "t.db", "--jobs", "1"]) == 0
    capsys.readouterr()
    main(["export", "t.db", "--format", "jsonl"])
    stored = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    main(["extract", "table.txt", "--format", "jsonl"])
    read = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    names = [name for name in read[0] if name.startswith("table_") or name.endswith("_head")]
    assert len(names) == 8
    assert [[row[name] for name in names] for row in stored] == [
        [row[name] for name in names] for row in read
    ]
    place = [(row["table_number"], row["table_row"], row["table_column"]) for row in stored]
    assert place == [(1, 2, 2), (1, 2, 3), (1, 3, 2), (1, 3, 3), (None, None, None)]
    assert text[stored[0]["table_start"] : stored[0]["table_end"]].endswith("9630")
    assert main(["report", "t.db", "-o", "r.html"]) == 0
    assert '"tables":[[' in (here / "r.html").read_text("utf-8")
    with closing(sqlite3.connect("t.db")) as db:
        heads = db.execute("SELECT row_head, column_head FROM all_indicators").fetchall()
    assert heads[1] == ("小学", "学生数")


def test_a_folder_becomes_a_store_and_tables(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["batch", "in", "--into", "a.db", "--jobs", "1"]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == "shuangjian: a.db: files 3, documents 3, figures 12\n"
    assert main(["batch", "in", "--into", "a.db"]) == 0
    assert capsys.readouterr().err == "shuangjian: a.db: files 3, unchanged 3\n"

    assert main(["export", "a.db", "--format", "csv"]) == 0
    rows = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert len(rows) == 12
    assert len({row["id"] for row in rows}) == 12
    assert rows[0]["file"] == "in/1.txt"
    assert (rows[0]["value"], rows[0]["unit"], rows[0]["province"]) == ("100000000", "元", "湖南省")

    main(["export", "a.db", "--metric", "school_places", "--columns", "file,value"])
    assert capsys.readouterr().out.splitlines()[1:] == [f"in/{n}.txt,58000" for n in (1, 2, 3)]
    main(["export", "a.db", "--table", "sentences", "--pillar", "resources", "--format", "jsonl"])
    sentences = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["pillar"] for row in sentences} == {"resources"}
    main(["export", "a.db", "--table", "documents", "--format", "jsonl"])
    documents = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each["published"] for each in documents] == ["2023-08-24"] * 3
    assert documents[0]["id"] == rows[0]["id"].partition("-")[0]


def test_an_export_has_the_rows_of_extract(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["batch", "in", "--into", "a.db", "--jobs", "2"])
    capsys.readouterr()
    main(["extract", "in", "--format", "jsonl"])
    extracted = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    main(["export", "a.db", "--format", "jsonl"])
    exported = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    for row in exported:
        del row["id"]
    assert exported == extracted


def test_a_workbook_has_the_sentences_and_the_catalogue(here: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    main(["batch", "in", "--into", "a.db"])
    assert main(["export", "a.db", "-o", "a.xlsx"]) == 0
    book = openpyxl.load_workbook("a.xlsx")
    assert next(iter(book)).max_row == 13
    assert len(book.sheetnames) == 3


def test_what_a_document_does_not_tell_is_no_error(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "in" / "1.txt").write_bytes(BULLETIN.encode().replace("每所".encode(), b"\xff"))
    assert main(["batch", "in", "--into", "a.db", "--errors", "errors.csv"]) == 0
    first, _ = capsys.readouterr().err.splitlines()
    assert first.startswith("shuangjian: in/1.txt: 1 damaged byte was replaced")
    assert (here / "errors.csv").read_text("utf-8-sig").splitlines() == ["file,message"]
    assert main(["batch", "in", "--into", "a.db"]) == 0
    assert capsys.readouterr().err == "shuangjian: a.db: files 3, unchanged 3\n"


def test_what_could_not_be_read_is_listed(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "in" / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert main(["batch", "in", "gone.txt", "--into", "a.db", "--errors", "e.jsonl"]) == 1
    told = capsys.readouterr().err
    assert "in/old.doc: " in told and "gone.txt: no such file" in told
    listed = [json.loads(line) for line in Path("e.jsonl").read_text("utf-8").splitlines()]
    assert [each["file"] for each in listed] == ["gone.txt", "in/old.doc"]
    # They are not forgotten while they are not mended.
    assert main(["batch", "in", "gone.txt", "--into", "a.db", "--errors", "e.csv"]) == 1
    assert Path("e.csv").read_text("utf-8-sig").count("\n") == 3


def test_errors_are_in_the_language_of_who_reads_them(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "in" / "cut.pdf").write_bytes(b"%PDF-1.4 cut short")

    def listed(language: str) -> str:
        asked = ["export", "a.db", "--table", "errors", "-f", "tsv", "--lang", language]
        assert main(asked) == 0
        return capsys.readouterr().out

    assert main(["batch", "in", "gone.txt", "--into", "a.db", "--lang", "zh"]) == 1
    assert "PDF 缺少结尾" in capsys.readouterr().err
    chinese, english = listed("zh"), listed("en")
    assert "PDF 缺少结尾" in chinese and "没有这个文件" in chinese
    assert "PDF whose end is missing" in english and "no such file or folder" in english
    assert main(["export", "a.db", "--table", "errors", "--metric", "teachers"]) == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["batch", "in"], "--into"),
        (["batch", "--into", "a.db"], "name a file or a folder"),
        (["batch", "-", "--into", "a.db"], "a store needs files"),
        (["batch", "in", "--into", "a.db", "--errors", "e.bin"], "names no format"),
        (["batch", "in", "--into", "in"], "in: a folder"),
        (["batch", "in", "--into", "in/1.txt"], "in/1.txt: not a store"),
        (["export", "a.db"], "a.db: no such store"),
        (["export", "a.db", "-o", "a.db"], "names no format"),
        (["export", "a.db", "--table", "documents", "--pillar", "quality"], "--pillar"),
        (["export", "a.db", "--table", "sentences", "--status", "target"], "--status"),
    ],
)
def test_wrong_usage_is_told_in_one_line(
    here: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert main(arguments) == 2
    told = capsys.readouterr().err
    assert message in told
    assert told.count("\n") == 1
    assert sorted(os.listdir()) == ["in"]


@contextmanager
def _faked(here: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A run that is killed at the end, should it still go on."""
    paths = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]
    with subprocess.Popen(
        [sys.executable, "-c", FAKED, *arguments],
        cwd=here,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
        stderr=subprocess.PIPE,
        text=True,
    ) as run:
        try:
            yield run
        finally:
            run.kill()


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")
@pytest.mark.parametrize(
    ("how", "status", "last"),
    [
        (signal.SIGINT, 130, "run the same command again"),
        (signal.SIGKILL, -signal.SIGKILL, ""),
    ],
)
def test_a_run_can_be_stopped_and_goes_on(
    here: Path, how: signal.Signals, status: int, last: str
) -> None:
    hangs = here / "in" / "9.txt"
    hangs.write_text("甲省通报\n⌛", encoding="utf-8")
    (here / "in" / "8.txt").write_text("甲省通报\n☠", encoding="utf-8")
    arguments = ["batch", "in", "--into", "a.db", "--jobs", "2"]
    with _faked(here, *arguments) as run:
        assert run.stderr is not None
        assert "in/8.txt" in run.stderr.readline()  # now it hangs at 9.txt
        run.send_signal(how)
        assert last in run.stderr.read()
        assert run.wait() == status
    hangs.unlink()
    with _faked(here, *arguments) as again:
        _, told = again.communicate()
    assert again.returncode == 1
    assert told.endswith("errors 1\n")
    assert sorted(each for each in os.listdir() if each.startswith("a.db")) == ["a.db"]
    assert main(["export", "a.db", "-o", "a.jsonl"]) == 0
    assert len(Path("a.jsonl").read_text("utf-8").splitlines()) == 6


def test_a_province_that_is_none_is_no_formula(here: Path) -> None:
    (here / "rows.csv").write_text(
        "正文,省份\n新增学位5.8万个。,=2+5\n新建学校5所。,@SUM(A1)\n", encoding="utf-8"
    )
    columns = ["--text-column", "正文", "--column", "province=省份"]
    assert main(["batch", "rows.csv", *columns, "--into", "a.db"]) == 0
    for name, comma in (("d.csv", ","), ("d.tsv", "\t")):
        assert main(["export", "a.db", "--table", "documents", "-o", name]) == 0
        rows = csv.DictReader((here / name).read_text("utf-8-sig").splitlines(), delimiter=comma)
        assert [row["province"] for row in rows] == ["'=2+5", "'@SUM(A1)"]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE texts SET zlib = x'0102'",
        "UPDATE texts SET zlib = 'words'",
        "UPDATE documents SET characters = 'many'",
        "UPDATE documents SET title = x'ff'",
        "UPDATE sentences SET metrics = '['",
        "UPDATE sentences SET metrics = '{\"a\": 1}'",
        "UPDATE sentences SET start = 'here'",
        "UPDATE indicators SET value = 'NaN'",
        "UPDATE indicators SET value = 'much'",
        "UPDATE indicators SET value_max = x'00'",
        "UPDATE indicators SET reasons = '3'",
        "UPDATE indicators SET status = 'done'",
        "UPDATE indicators SET period = 'soon'",
        "UPDATE indicators SET sentence_start = 1.5",
        "UPDATE indicators SET spans = '[1]'",
        "UPDATE indicators SET spans = '[\"1\"]'",
        "UPDATE rule_sets SET rules = '[' || number || ']'",
        "UPDATE rule_sets SET rules = '{\"a\": ' || number || '}'",
    ],
)
def test_a_store_with_damaged_rows_says_so(
    here: Path, capsys: pytest.CaptureFixture[str], change: str
) -> None:
    main(["batch", "in", "--into", "a.db", "--jobs", "1"])
    with closing(sqlite3.connect("a.db")) as db, db:
        db.execute(change)
    capsys.readouterr()
    damaged = "shuangjian: a.db: damaged; delete it and run 'shuangjian batch' again\n"
    table = change.split()[1].replace("rule_sets", "indicators")
    if table != "sentences":  # which no report reads
        assert main(["report", "a.db", "-o", "r.html"]) == 1
        assert capsys.readouterr().err.startswith(damaged)
        assert not Path("r.html").exists()
    if table != "texts":
        assert main(["export", "a.db", "--table", table, "-o", "o.csv"]) == 2
        assert capsys.readouterr().err == damaged
        assert not Path("o.csv").exists()


@pytest.mark.parametrize("verb", ["compare", "check"])
def test_a_store_of_an_older_version_is_refused_in_one_line(
    here: Path, verb: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect("first.db")) as db, db:
        db.execute("CREATE TABLE IF NOT EXISTS documents (number)")
        db.execute(f"PRAGMA application_id = {0x534A5354}")
        db.execute("PRAGMA user_version = 1")
    assert main([verb, "first.db", "--lang", "en"]) != 0
    (said,) = capsys.readouterr().err.splitlines()
    assert "a store of version 1, older than" in said and "delete it and run" in said
