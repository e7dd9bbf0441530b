"""Corrections: lines of a file that every verb applies after the rules."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from shuangjian_cli import analyse
from shuangjian_cli.__main__ import main
from shuangjian_cli.correct import (
    Correction,
    CorrectionError,
    Corrections,
    add,
    beside,
    content_hash,
    line_of,
    parse,
    read,
    remove,
)
from shuangjian_cli.model import Source
from shuangjian_cli.review.rates import wilson

TEXT = (
    "湖南省教育工作情况\n2024年1月5日\n"
    "2023年，全省新建学校12所，新增学位3400个。\n"
    "全省培训教师560人次，教师满意度达到95%。\n"
    "热线电话开通了，家长好评如潮。\n"
)
Run = Callable[..., str]


def correction(text: str, figure: str, action: str, **values: Any) -> Correction:
    start = text.index(figure)
    end = start + len(figure)
    given = {
        "document": content_hash(text),
        "file": "甲.txt",
        "start": start,
        "end": end,
        "figure": figure,
        "before": text[max(0, start - 24) : start],
        "after": text[end : end + 24],
        "action": action,
        "field": None,
        "old": None,
        "new": None,
        "who": "李",
        "when": "2026-01-01T00:00:00Z",
        "confidence": "certain",
        "sample": False,
    }
    return Correction(**(given | values))


def edit(figure: str, field: str, new: Any, text: str = TEXT, **values: Any) -> Correction:
    return correction(text, figure, "edit", field=field, new=new, **values)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*args: str, status: int = 0) -> str:
        capsys.readouterr()
        assert main(list(args)) == status, capsys.readouterr().err
        out = capsys.readouterr()
        return out.out + out.err

    return run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "甲.txt").write_text(TEXT, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rows(out: str) -> dict[str, dict[str, Any]]:
    return {row["figure"]: row for row in map(json.loads, out.splitlines())}


def test_every_verb_that_reads_files_applies_them(folder: Path, run: Run) -> None:
    place = TEXT.index("好评")
    new = {"value": 1, "subject": "好评", "unit": "次"}
    missed = correction(TEXT, "好评", "add", new=new, start=place, end=place + 2)
    add(
        "shuangjian.corrections.jsonl",
        [
            edit("12所", "subject", "新建中小学"),
            edit("12所", "metric", "schools"),
            correction(TEXT, "95%", "delete"),
            missed,
        ],
    )
    found = rows(run("extract", "in", "-f", "jsonl"))
    assert list(found) == ["12所", "3400个", "560人次", "好评"]
    assert found["12所"]["subject"] == "新建中小学"
    assert found["12所"]["confidence"] == "confirmed" and found["12所"]["reasons"] == []
    assert found["12所"]["rules"]["subject"] == "person.李"
    assert found["12所"]["rules"]["value"] != "person.李"
    assert found["好评"]["value"] == 1 and found["好评"]["line"] == 5
    assert found["好评"]["sentence"].startswith("热线电话")
    assert found["3400个"]["confidence"] != "confirmed"
    workers = run("extract", "in", "-f", "jsonl", "--jobs", "2")
    assert workers == run("extract", "in", "-f", "jsonl")

    tagged = [json.loads(line) for line in run("tag", "in", "-f", "jsonl").splitlines()]
    figures = {row["sentence"][:4]: row["figures"] for row in tagged}
    assert figures["全省培训"] == 1 and figures["热线电话"] == 1
    assert "schools" in next(r["metrics"] for r in tagged if r["sentence"].startswith("2023年"))

    explained = run("explain", "in/甲.txt:3", "--color", "never")
    assert "person.李" in explained and "学校: corrected; subject." in explained
    assert "新建中小学" in run("compare", "in", "-f", "json", "--by-wording")
    assert list(rows(run("extract", "in", "-f", "jsonl", "--confidence", "confirmed"))) == [
        "12所",
        "好评",
    ]
    unread = run("extract", "in", "-f", "jsonl", "--corrections", "none.jsonl", status=2)
    assert "no such file" in unread


def test_a_report_of_a_store_has_what_was_added_in_the_order_of_the_text(
    folder: Path, run: Run
) -> None:
    run("batch", "in", "--into", "a.db", "--jobs", "1")
    start = TEXT.index("全省新建")
    new = {"value": 1, "subject": "新建学校的省", "unit": "个"}
    add(beside("a.db"), [correction(TEXT, "全省新建", "add", new=new, start=start, end=start + 4)])
    shown = []
    for _ in range(2):  # beside the store, and in it
        run("report", "a.db", "-o", "r.html")
        (data,) = re.findall(r'application/json">(.*?)</script>', Path("r.html").read_text("utf-8"))
        report = json.loads(data)
        shown.append([report["strings"][each] for each in report["indicators"]["figure"]])
        run("batch", "in", "--into", "a.db", "--jobs", "1")
    assert shown == [["全省新建", "12所", "3400个", "560人次", "95%"]] * 2


def test_a_store_applies_those_beside_it_and_a_run_brings_them_into_its_tables(
    folder: Path, run: Run
) -> None:
    run("batch", "in", "--into", "a.db")
    before = run("export", "a.db", "-f", "jsonl")
    lines = [edit("12所", "value", Decimal(13)), correction(TEXT, "95%", "delete")]
    add(beside("a.db"), lines)

    found = rows(run("export", "a.db", "-f", "jsonl"))
    assert found["12所"]["value"] == 13 and "95%" not in found
    assert found["3400个"]["id"] == rows(before)["3400个"]["id"]
    assert "13" in run("compare", "a.db", "-f", "json")

    def in_tables() -> list[tuple[str, str, str]]:
        with closing(sqlite3.connect("a.db")) as db:
            read = "SELECT figure, value, confidence FROM all_indicators ORDER BY start"
            return db.execute(read).fetchall()

    assert in_tables()[0][1] == "12"
    assert "unchanged 1" in run("batch", "in", "--into", "a.db")
    assert in_tables()[0] == ("12所", "13", "confirmed") and len(in_tables()) == 3
    assert rows(run("export", "a.db", "-f", "jsonl")) == found
    filtered = run("export", "a.db", "-f", "jsonl", "--confidence", "confirmed")
    assert list(rows(filtered)) == ["12所"]

    # A line that goes gives the rules' value back, at once and in the tables by the next run.
    remove(beside("a.db"), lines)
    assert run("export", "a.db", "-f", "jsonl") == before
    run("batch", "in", "--into", "a.db")
    assert run("export", "a.db", "-f", "jsonl") == before
    assert in_tables()[0][1] == "12" and len(in_tables()) == 4


def test_they_survive_a_changed_file_and_a_store_made_anew(folder: Path, run: Run) -> None:
    run("batch", "in", "--into", "a.db")
    add(beside("a.db"), [edit("560人次", "subject", "受训教师"), edit("95%", "subject", "满意率")])
    changed = "甲县人民政府办公室转发\n\n" + TEXT.replace("95%", "96%")
    (folder / "in" / "甲.txt").write_text(changed, "utf-8")
    told = run("batch", "in", "--into", "a.db")
    assert "documents 1" in told and "orphaned corrections 1" in told
    found = rows(run("export", "a.db", "-f", "jsonl"))
    assert found["560人次"]["subject"] == "受训教师"
    assert found["560人次"]["confidence"] == "confirmed"
    assert found["96%"]["confidence"] != "confirmed"  # another figure: the correction is orphaned
    told = run("review", "a.db", "--report", "--lang", "en", status=1)
    assert "a.db.corrections.jsonl:2: 甲.txt: 95%: its text is not here" in told
    (folder / "a.db").unlink()
    run("batch", "in", "--into", "a.db")
    assert rows(run("export", "a.db", "-f", "jsonl")) == found
    (folder / "in" / "甲.txt").unlink()
    (folder / "in" / "乙.txt").write_text("2023年，全省新建学校12所。\n", "utf-8")
    assert "vanished 1, orphaned corrections 2" in run("batch", "in", "--into", "a.db")


def test_words_that_stand_twice_are_found_by_what_is_around_them() -> None:
    text = "一区有学校3所。\n二区有学校3所。\n"
    second = text.rindex("3所")
    own = correction(text, "3所", "edit", field="subject", new="完全小学", file="a.txt")
    own = own._replace(start=second, end=second + 2, before=text[:second][-24:], after="。\n")
    moved = "甲县学校情况\n" + text
    records = analyse(Source("x/a.txt", moved), corrections=Corrections([own])).indicators
    assert [each.subject for each in records][-1] == "完全小学"
    assert records[0].subject != "完全小学"
    twice = moved + text  # two places as good as one another
    records = analyse(Source("x/a.txt", twice), corrections=Corrections([own])).indicators
    assert all(each.subject != "完全小学" for each in records)
    other = analyse(Source("x/b.txt", moved), corrections=Corrections([own])).indicators
    assert all(each.subject != "完全小学" for each in other)


def test_offsets_that_are_off_are_mended_by_the_words(folder: Path, run: Run) -> None:
    own = edit("12所", "subject", "中小学")
    add("shuangjian.corrections.jsonl", [own._replace(start=own.start + 3, end=own.end + 3)])
    assert rows(run("extract", "in", "-f", "jsonl"))["12所"]["subject"] == "中小学"


def test_they_survive_a_change_of_the_rules(folder: Path, run: Run) -> None:
    """A figure that someone vouched for stays as it was, though the rules read it otherwise."""
    new = {"value": 12, "unit": "所", "subject": "新建学校", "metric": "schools_built"}
    gone = correction(TEXT, "热线", "accept", new={"value": 1, "subject": "热线"})
    add("shuangjian.corrections.jsonl", [correction(TEXT, "12所", "accept", new=new), gone])
    Path("shuangjian.toml").write_text('[[unit]]\nname = "栋"\nwords = ["所"]\n', "utf-8")
    found = rows(run("extract", "in", "-f", "jsonl"))
    assert found["12所"]["unit"] == "所" and found["12所"]["rules"]["unit"] == "person.李"
    assert found["热线"]["subject"] == "热线"  # the rules no longer read it at all


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ('{"action": "edit"', "no line of JSON; mend or delete it"),
        ("[]", "no object"),
        ({"action": "change"}, "action is 'change'; it is one of accept, edit"),
        ({"feild": "unit"}, "unknown key 'feild'; did you mean field?"),
        ({"field": "subjekt"}, "field is 'subjekt'; did you mean subject?"),
        ({"field": "value", "new": "many"}, "value must be a number; it is 'many'"),
        ({"field": "status", "new": "done"}, "status must be one of achieved, target"),
        ({"field": "period", "new": "去年"}, "period must be a year"),
        ({"field": "groups", "new": ["poor"]}, "groups must be a list of"),
        ({"start": "3"}, "start must be a whole number"),
        ({"start": 9000}, "start and end enclose nothing"),
        ({"document": ""}, "document must be words"),
        ({"action": "add", "new": {"value": 1}}, "an added figure without subject"),
    ],
)
def test_a_line_with_a_mistake_is_named_with_its_mend(
    folder: Path, run: Run, change: Any, said: str
) -> None:
    good = json.loads(line_of(edit("12所", "subject", "学校")))
    bad = change if isinstance(change, str) else json.dumps(good | change)
    Path("shuangjian.corrections.jsonl").write_text(f"{json.dumps(good)}\n\n{bad}\n", "utf-8")
    told = run("extract", "in", "-f", "jsonl", status=2)
    assert "shuangjian.corrections.jsonl:3: " in told and said in told
    assert len(told.splitlines()) == 1


def test_a_line_gives_back_what_it_was_made_of() -> None:
    for each in (
        edit("12所", "value", Decimal("12.50"), old=Decimal(12), sample=True),
        edit("12所", "groups", ("rural",)),
        correction(TEXT, "95%", "delete"),
        correction(TEXT, "95%", "accept", new={"value": Decimal(95), "groups": ("rural",)}),
    ):
        again = parse(line_of(each), "x")
        assert again._replace(old=None) == each._replace(old=None)


def test_of_clashing_corrections_the_later_counts_and_it_is_told(folder: Path, run: Run) -> None:
    path = "shuangjian.corrections.jsonl"
    mine, other = edit("12所", "subject", "学校"), edit("12所", "subject", "小学", who="王")
    add(path, [mine, other, edit("3400个", "subject", "学位")])
    told = run("extract", "in", "-f", "jsonl")
    assert '"subject": "小学"' in told
    assert f"{path}:2: 王 decides otherwise of 12所 than 李 in line 1" in told
    run("batch", "in", "--into", "a.db")
    Path(beside("a.db")).write_text(Path(path).read_text("utf-8"), "utf-8")
    for verb in ("export", "compare", "check"):
        assert run(verb, "a.db").count("a.db.corrections.jsonl:2: 王 decides otherwise") == 1
    same = other._replace(new="学校")
    remove(path, [other])
    add(path, [same])
    assert "otherwise" not in run("extract", "in", "-f", "jsonl")


def test_a_metric_that_no_rules_have_is_told(folder: Path, run: Run) -> None:
    path = "shuangjian.corrections.jsonl"
    new = {"subject": "学位", "metric": "lanterns", "pillar": None}
    add(path, [edit("12所", "metric", "school"), correction(TEXT, "3400个", "accept", new=new)])
    told = run("extract", "in", "-f", "jsonl")
    assert f"{path}:1: the metric school is in no rules of this run; mend it" in told
    assert f"{path}:2: the metric lanterns" in told
    pack = '[[metric]]\nid = "lanterns"\nname = "灯笼"\npillar = "resources"\nsubject = "灯笼"\n'
    Path("mine.toml").write_text(pack, encoding="utf-8")
    assert "lanterns is in no rules" not in run("extract", "in", "--rules", "mine.toml")


def _add_many(path: str, who: str) -> None:
    for number in range(40):
        add(path, [edit("12所", "subject", f"{who}{number}", who=who)])


def test_two_who_write_at_once_lose_nothing(tmp_path: Path) -> None:
    path = str(tmp_path / "x.corrections.jsonl")
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(partial(_add_many, path), ["甲", "乙"]))
    assert len(read(path)) == 80
    assert [each.name for each in tmp_path.iterdir()] == ["x.corrections.jsonl"]


def test_no_later_lock_is_taken_for_the_one_that_was_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect
    taken: list[bool] = []

    def late(lock: str, **options: Any) -> sqlite3.Connection:
        if taken:
            return connect(lock, **options)
        first = os.stat(lock).st_ino
        # Others take it away before it is opened, and again after.
        (tmp_path / "next").touch()
        os.replace(tmp_path / "next", lock)
        db = connect(lock, **options)
        db.execute("PRAGMA user_version")
        os.unlink(lock)
        Path(lock).touch()
        for number in range(99):
            if os.stat(lock).st_ino == first:
                break
            os.rename(lock, tmp_path / str(number))
            Path(lock).touch()
        taken.append(os.stat(lock).st_ino == first)
        return db

    monkeypatch.setattr(sqlite3, "connect", late)
    add(str(tmp_path / "x.corrections.jsonl"), [edit("12所", "subject", "学校")])
    assert taken == [False]


def test_a_file_that_cannot_be_written_stays_whole(tmp_path: Path) -> None:
    with pytest.raises(CorrectionError, match="its folder must be writable"):
        add(str(tmp_path / "no" / "x.jsonl"), [edit("12所", "subject", "学校")])


def test_reviewed_documents_become_gold_that_tells_what_the_rules_get_wrong(
    folder: Path, run: Run
) -> None:
    run("batch", "in", "--into", "a.db")
    read_new = {
        figure: {name: row[name] for name in ("value", "unit", "subject", "metric", "status")}
        for figure, row in rows(run("export", "a.db", "-f", "jsonl")).items()
    }
    add(
        beside("a.db"),
        [
            correction(TEXT, "12所", "accept", new=read_new["12所"]),
            edit("3400个", "unit", "座"),
            correction(TEXT, "95%", "delete"),
        ],
    )
    told = run("review", "a.db", "--export-gold", "mine", "--lang", "en")
    assert "documents 1, reviewed figures 2" in told
    scope, *records = map(json.loads, Path("mine/甲.gold.jsonl").read_text("utf-8").splitlines())
    assert [each["figure"] for each in records] == ["12所", "3400个"]
    # The sentence of which every figure was reviewed counts whole, of the other the figure alone.
    assert [TEXT[a:b] for a, b in scope["scope"]] == [TEXT.splitlines()[2], "95%"]
    evaluated = json.loads(run("evaluate", "mine", "--json"))
    assert evaluated["total"]["gold"] == 2 and evaluated["total"]["predicted"] == 3
    assert evaluated["total"]["unit"] == 0.5

    run("batch", "in", "--into", "bare.db", "--no-text")
    add(beside("bare.db"), [correction(TEXT, "95%", "delete")])
    told = run("review", "bare.db", "--export-gold", "bare", "--lang", "en", status=1)
    assert "甲.txt: its text is not in the store" in told


def test_the_report_gives_the_error_rate_of_the_sample_with_its_interval(
    folder: Path, run: Run
) -> None:
    path = "shuangjian.corrections.jsonl"
    accepted = correction(TEXT, "12所", "accept", new={"value": 12}, sample=True)
    wrong = edit("3400个", "subject", "学位", old="新增学位", sample=True)
    add(path, [accepted, wrong, correction(TEXT, "95%", "delete", confidence="check")])
    out = run("review", "in", "--report", "--lang", "en")
    assert "Certain: 1 of 2 (50.0%)" in out and "Check: 1 of 1 (100.0%)" in out
    assert "Random sample of certain figures: 1 of 2 (50.0%) wrong" in out
    assert "(Wilson): 9.5% to 90.5%" in out
    assert "Fields corrected: Subject 1" in out
    assert "Wilson" in run("review", "in", "--report", "--lang", "zh")


def test_the_interval_is_wilsons() -> None:
    low, high = wilson(3, 50)
    assert (round(low, 4), round(high, 4)) == (0.0206, 0.1622)
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(0, 100)[0] == 0.0 and 0.03 < wilson(0, 100)[1] < 0.04


def test_corrections_of_another_file_are_taken_over(folder: Path, run: Run) -> None:
    run("batch", "in", "--into", "a.db")
    gone = edit("12所", "subject", "学校")._replace(document="0" * 64, file="gone.txt")
    Path("from-page.jsonl").write_text(
        f"{line_of(edit('12所', 'subject', '中小学'))}\n{line_of(gone)}\n", "utf-8"
    )
    told = run("review", "a.db", "--apply", "from-page.jsonl", "--lang", "en", status=1)
    assert "2 corrections are in a.db.corrections.jsonl; 1 of them found no figure" in told
    assert "gone.txt: 12所: its text is not here" in told
    with closing(sqlite3.connect("a.db")) as db:
        subjects = db.execute("SELECT subject FROM indicators WHERE figure = '12所'").fetchall()
    assert subjects == [("中小学",)]
    run("review", "a.db", "--apply", "from-page.jsonl", status=1)
    assert len(read(beside("a.db"))) == 2  # nothing twice
    assert "no such file" in run("review", "a.db", "--apply", "no.jsonl", status=2)


def test_without_a_terminal_it_says_what_else_there_is(folder: Path, run: Run) -> None:
    told = run("review", "in", "--lang", "en", status=2)
    assert "needs a terminal; without one use --apply" in told and len(told.splitlines()) == 1
