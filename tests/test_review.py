"""`shuangjian review` in a real terminal: every key, stopping and going on, and narrow screens."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from terminal import Terminal

from shuangjian_cli.__main__ import main
from shuangjian_cli.correct import Correction, Corrections, add, beside, read
from shuangjian_cli.review.queue import queue
from shuangjian_cli.review.session import Session
from shuangjian_cli.review.texts import Texts
from shuangjian_cli.store import Store

TEXT = """湖南省教育工作情况
2024年1月5日
一、办学条件
2023年，全省新建学校12所，新增学位3400个，改造校舍56万平方米。
比2022年多出约200个班。投入资金3.5亿元，其中省级1.2亿元。
2025年，全省计划新建幼儿园30所。
二、教师队伍
2023年，全省培训教师560人次，交流教师1200名，补充教师3000名，占45%。
教师满意度达95%。已有骨干教师1500人。比2022年多投入2.3亿元。
三、课后服务
全省课后服务学校覆盖率达98%，参与学生120万人，同比增加8万人。
家长满意率达92%，处理投诉31件，热线接听8次。热线昼夜畅通。
"""
FIGURES = 20


@pytest.fixture
def store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["batch", "in", "--into", "a.db"]) == 0
    assert len(rows(capsys)) == FIGURES
    return tmp_path / "a.db"


def rows(capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, Any]]:
    capsys.readouterr()
    assert main(["export", "a.db", "-f", "jsonl"]) == 0
    lines = capsys.readouterr().out.splitlines()
    return {row["figure"]: row for row in map(json.loads, lines)}


def review(
    store: Path, *more: str, columns: int = 80, rows: int = 60, lang: str = "en"
) -> Terminal:
    arguments = ["review", store.name, "--who", "Li", "--lang", lang, *more]
    return Terminal(arguments, store.parent, columns=columns, rows=rows)


def lines(store: Path) -> list[Correction]:
    return read(beside(str(store)))


def said(store: Path) -> list[tuple[str, str, str | None]]:
    return [(each.figure, each.action, each.field) for each in lines(store)]


def test_a_review_of_twenty_figures_with_every_key(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = rows(capsys)
    with review(store) as terminal:
        # The one to check comes first, with why, what governs it and what was passed over.
        screen = terminal.until("1/20 Check", "q quit")
        assert "earlier sentence" in screen and "比2022年多投入2.3亿元" in screen
        assert "湖南省教育工作情况 › 教师队伍" in screen
        assert "教师满意度达95%" in screen.replace("\n", "")
        keys = "right choose edit delete add skip back undo filter more quit"
        assert all(key in screen for key in keys.split())

        # ? shows the rules, and again hides them; a key that is none says so.
        terminal.press("?", "subject.carried")
        assert "subject.carried" not in terminal.press("?x", "There is no such key")
        terminal.press("9", "There is no choice 9")

        # A digit chooses what the rules passed over; the figure stays until it is right.
        period = "1 Period 2022 ← 2022年"
        assert period not in terminal.press("1", "1/20 Check · Confirmed Li", "edited 1")
        assert said(store)[-1] == ("2.3亿元", "edit", "period")

        # e and a letter edit a field, from what it is; what it cannot be is asked again.
        terminal.press("e", "Which field?")
        terminal.press("s", "Subject ")
        terminal.press("\x15培训经费\r", "培训经费", "edited 2")
        terminal.press("ez", "Status ")
        terminal.press("\x15done\r", "status must be one of achieved, target")
        terminal.press("\x15target\r", "edited 3", "Target")
        terminal.press("ea", "Place ")
        terminal.press("\x15朝阳区\r", "There is no place 朝阳区")
        terminal.press("\x15长沙市\r", "湖南省 · 长沙市 · City", "edited 4")
        terminal.press("e", "Which field?")
        terminal.press("!", "There is no such field")
        terminal.press("es", "Subject ")
        terminal.press("\x03", "q quit")  # Ctrl-C leaves the field as it is
        terminal.press("\r", "2/20 Likely", "right 1")

        # + adds what was missed; it comes up to be looked at.
        terminal.press("+", "The missed figure")
        terminal.press("没有\r", "The text has no “没有”")
        terminal.press("+", "The missed figure")
        terminal.press("3400个\r", "is read already")
        terminal.press("+", "The missed figure")
        terminal.press("昼夜\r", "Subject ")
        terminal.press("热线畅通\r", "Value ")
        terminal.press("24\r", "Unit ")
        terminal.press("小时\r", "Metric ")
        terminal.press("\x15\r", "3/21", "热线畅通", "24", "added 1")
        terminal.press("\r", "4/21 Likely")

        # d deletes and goes on; u takes it back; s skips; b goes back.
        terminal.press("d", "4/20", "deleted 1")
        screen = terminal.press("u", "4/21 Likely")
        assert "deleted" not in screen
        terminal.press("d", "4/20", "deleted 1")
        skipped = terminal.press("s", "5/20")
        assert terminal.press("b", "4/20") != skipped
        terminal.press("s", "5/20")

        # f lets only those with some words come up, and without words all again.
        terminal.press("f", "Only those with these words")
        terminal.press("幼儿园 新建\r", "1/1 Certain · drawn at random", "1 of them")
        terminal.press("\r", "That was the last of 1")
        terminal.press("f", "Only those with these words")
        terminal.press("\r", "1/20", "20 of them")
        terminal.press("q")
        assert terminal.end() == 0
        assert "kept in a.db.corrections.jsonl" in terminal.text().replace("\n", "")

    after = rows(capsys)
    assert after["2.3亿元"]["subject"] == "培训经费" and after["2.3亿元"]["area"] == "长沙市"
    assert after["2.3亿元"]["area_level"] == "city" and after["2.3亿元"]["status"] == "target"
    assert after["昼夜"]["value"] == 24 and after["昼夜"]["rules"]["value"] == "person.Li"
    assert len(before) == FIGURES and len(after) == FIGURES  # one more and one less
    deleted = set(before) - set(after)
    assert said(store).count((deleted.pop(), "delete", None)) == 1
    confirmed = [row for row in after.values() if row["confidence"] == "confirmed"]
    assert len(confirmed) == 3

    # The next session goes on with what is left; the sample is what was drawn.
    with review(store) as terminal:
        terminal.until("1/17 Likely")
        for number in range(1, 17):
            terminal.press(" ", f"{number + 1}/17")
        terminal.press("\r", "That was the last of 17", "right 17")
        terminal.press("u", "17/17")
        terminal.press("\r", "That was the last of 17")
        terminal.press("q")
        assert terminal.end() == 0
    assert all(row["confidence"] == "confirmed" for row in rows(capsys).values())
    assert main(["review", "a.db", "--report", "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert "Check: 1 of 1" in out and "Random sample of certain figures: 0 of 10 (0.0%)" in out
    with review(store) as terminal:
        assert terminal.end() == 0
        assert "There is nothing left to review" in terminal.text()


@pytest.mark.parametrize(
    ("columns", "rows", "lang"),
    [(40, 32, "zh"), (60, 24, "en"), (60, 24, "zh"), (80, 24, "en"), (120, 24, "zh")],
)
def test_the_screen_fits(store: Path, columns: int, rows: int, lang: str) -> None:
    """As much is shown as there are lines for, the sentence and the keys always."""
    with review(store, columns=columns, rows=rows, lang=lang) as terminal:
        screen = terminal.until({"en": "q quit", "zh": "q 结束"}[lang])
        bare = "".join(screen.split())
        assert "1/20" in screen and "已有骨干教师1500人。比2022年多投入2.3亿元" in bare
        for word in ("2.3亿元", "资源", "湖南省") if lang == "zh" else ("Value", "Subject"):
            assert word in bare
        # No key is parted from what it does, and no field's name is cut.
        for key in {"en": ("e edit", "+ add missed"), "zh": ("e 修改", "+ 补漏")}[lang]:
            assert key in screen
        terminal.press("\x03")
        assert terminal.end() == 0


def test_two_at_once_on_one_store(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with review(store) as mine, review(store, "--who", "Wang") as other:
        mine.until("1/20 Check")
        other.until("1/20 Check")
        mine.press("\r", "2/20 Likely")
        mine.press("d", "2/19", "deleted 1")
        # What others have decided meanwhile does not come up again.
        other.press("s", "2/19 Likely", "by others 1")
        other.press("\r", "3/19")
        mine.press("q")
        other.press("q")
        assert (mine.end(), other.end()) == (0, 0)
    assert [(each.who, each.action) for each in lines(store)] == [
        ("Li", "accept"),
        ("Li", "delete"),
        ("Wang", "accept"),
    ]
    assert len(rows(capsys)) == FIGURES - 1


def test_a_run_meanwhile_takes_away_only_what_it_reads_anew(store: Path) -> None:
    second = store.parent / "in" / "b.txt"
    second.write_text("长沙市教育工作情况\n2024年1月5日\n2023年，全市新建学校3所。\n", "utf-8")
    assert main(["batch", "in", "--into", "a.db"]) == 0
    with Store.open(store) as opened:
        texts = Texts()
        texts.add_store(opened)
        items = queue(texts, Corrections(), lambda row: True, 50, 0)
        session = Session(texts, items, beside(str(store)), "Li")
        first = session.shown()
        assert first is not None and len(items) == FIGURES + 1
        session.accept(first)
        second.write_text(second.read_text("utf-8").replace("3所", "4所"), "utf-8")
        assert main(["batch", "in", "--into", "a.db"]) == 0
        shown = []
        while (each := session.shown()) is not None:
            shown.append(each.record.figure)
            session.skip()
        assert len(shown) == FIGURES - 1 and session.counts["gone"] == 1
        session.keep(lambda record: True)
        assert session.undo() and session.shown() is not None
    assert lines(store) == []


def test_files_are_reviewed_as_stores_are(store: Path) -> None:
    arguments = ["review", "in", "--who", "Li", "--lang", "en", "--sample", "2"]
    with Terminal(arguments, store.parent) as terminal:
        terminal.until("1/12 Check")
        terminal.press("\r", "2/12")
        terminal.press("q")
        assert terminal.end() == 0
    (line,) = read(str(store.parent / "shuangjian.corrections.jsonl"))
    assert (line.file, line.who, line.action) == ("in/a.txt", "Li", "accept")


def test_the_draw_stays_the_same(store: Path) -> None:
    def drawn(seed: str) -> list[str]:
        arguments = ["review", "in", "--lang", "en", "--sample", "3", "--seed", seed]
        with Terminal(arguments, store.parent) as terminal:
            terminal.until("1/13")
            terminal.press("f", "Only those")
            screens = [terminal.press("certain\r", "1/3 Certain", "q quit")]
            screens += [terminal.press("s", f"{number}/3", "q quit") for number in (2, 3)]
            terminal.press("q")
            assert terminal.end() == 0
        return [
            next(line for line in screen.splitlines() if " Value " in line) for screen in screens
        ]

    assert drawn("0") == drawn("0") != drawn("1")


def test_a_terminal_that_goes_loses_nothing(store: Path) -> None:
    with review(store) as terminal:
        terminal.until("1/20 Check")
        terminal.press("\r", "2/20")
    assert said(store) == [("2.3亿元", "accept", None)]


def test_a_mistake_in_a_line_is_told_before_it_begins(store: Path) -> None:
    Path(beside(str(store))).write_text("{}\n", "utf-8")
    with review(store, columns=200) as terminal:
        assert terminal.end() == 2
        assert "a.db.corrections.jsonl:1: action is None" in terminal.text()


def test_a_store_without_texts_is_reviewed_from_its_sentences(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["batch", "in", "--into", "a.db", "--no-text"]) == 0
    with review(store) as terminal:
        terminal.until("1/20 Check", "比2022年多投入2.3亿元")
        terminal.press("+", "its text is not in the store")
        terminal.press("\r", "2/20")
        terminal.press("q")
        assert terminal.end() == 0
    (line,) = lines(store)
    assert line.figure == "2.3亿元" and line.before.endswith("投入")
    assert rows(capsys)["2.3亿元"]["confidence"] == "confirmed"


def test_what_is_added_by_hand_counts_at_once(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    start = TEXT.index("昼夜")
    with review(store) as terminal:
        terminal.until("1/20 Check")
        terminal.press("\r", "2/20")
        terminal.press("q")
        terminal.end()
    (line,) = lines(store)
    new = {"value": 24, "subject": "热线", "unit": "小时"}
    add(
        beside(str(store)),
        [line._replace(start=start, end=start + 2, figure="昼夜", action="add", new=new)],
    )
    assert rows(capsys)["昼夜"]["unit"] == "小时"


def test_of_what_is_not_there_nothing_is_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["review", str(tmp_path / "missing.db"), "--report"]) == 1
    out, err = capsys.readouterr()
    assert out == "" and "missing.db" in err
