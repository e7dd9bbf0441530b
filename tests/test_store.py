"""The corpus store: runs, resume, errors, reprints, and a file that refuses."""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import sqlite3
import zipfile
from collections import Counter
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import store_fakes
from datasette.app import Datasette

from shuangjian_cli.read import Options
from shuangjian_cli.store import Store, StoreError, Tally, fill, is_store

SCHOOLS = "全县现有学校{}所。任课教师共{}名。服务覆盖率达到{}%。\n课间活动安排得更加丰富。\n家长普遍认可这项工作。\n"


def text(schools: int, *, masthead: str = "甲省通报", more: str = "") -> str:
    return f"{masthead}\n" + SCHOOLS.format(schools, schools * 7, schools % 100) + more


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "通报"
    folder.mkdir()
    for number in range(8):
        more = f"第{number}个办法受到欢迎。另有{number}点经验值得推广。" * 2
        (folder / f"{number}.txt").write_text(text(number + 3, more=more), encoding="utf-8")
    return folder


def run(store: Path, *paths: Path, **options: Any) -> Tally:
    options = {"jobs": 2, "analyse": store_fakes.analyse, "options": Options()} | options
    with Store.open(store, "write") as opened:
        return fill(opened, [str(path) for path in paths], options.pop("options"), **options)


def tables(store: Path) -> bytes:
    """All that is exported, ids included."""
    with Store.open(store) as opened:
        rows = [
            [each.to_dict() for each in opened.documents(vanished=True)],
            [[id, each.to_dict()] for id, each in opened.identified_sentences()],
            [[id, each.to_dict()] for id, each in opened.identified_indicators()],
        ]
    return json.dumps(rows, ensure_ascii=False, default=str).encode()


def test_a_store_gives_back_what_it_was_given(tmp_path: Path, folder: Path) -> None:
    store = tmp_path / "a.db"
    tally = run(store, folder)
    assert (tally.total, tally.files, tally.documents, tally.indicators) == (8, 8, 8, 24)
    with Store.open(store) as opened:
        first = next(opened.contents())
        assert first.document.info.file == "通报/0.txt"
        assert first.document.province == "甲省"
        assert first.text is not None and first.text.startswith("甲省通报\n全县现有")
        assert [str(each.value) for each in first.indicators] == ["3", "21", "3"]
        figure = first.indicators[0]
        assert first.text[figure.start : figure.end] == figure.figure == "3所"
        assert isinstance(figure.value, Decimal)
        assert figure.rules["value"].rule == "numeral"
        assert sum(each.figures for each in first.sentences) == 3
        assert list(opened.indicators())[:3] == list(first.indicators)
        assert len(list(opened.indicators({"metric": ["schools"], "province": ["乙省"]}))) == 0
        assert len(list(opened.indicators({"metric": ["schools"], "province": ["甲省"]}))) == 24
        with pytest.raises(ValueError, match="sentence"):
            next(opened.indicators({"sentence": ["x"]}))
    assert is_store(store)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.db", "通报"]


def test_the_views_are_for_any_sqlite_client(tmp_path: Path, folder: Path) -> None:
    store = tmp_path / "a.db"
    (folder / "copy.txt").write_bytes((folder / "0.txt").read_bytes())
    run(store, folder)
    db = sqlite3.connect(store)
    assert db.execute("SELECT count(*) FROM all_indicators").fetchone() == (27,)
    assert db.execute("SELECT count(*) FROM indicators_once").fetchone() == (24,)
    assert db.execute("SELECT * FROM coverage").fetchall() == [
        ("甲省", "resources", "schools", 24, 8)
    ]
    kinds = "SELECT DISTINCT typeof(value), typeof(value_number) FROM all_indicators"
    assert db.execute(kinds).fetchall() == [("text", "real")]
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    db.close()


def test_datasette_shows_every_table_and_follows_its_references(
    tmp_path: Path, folder: Path
) -> None:
    store = tmp_path / "a.db"
    run(store, folder, tmp_path / "gone.txt")
    with closing(sqlite3.connect(store)) as db:
        named = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"
        names = [name for (name,) in db.execute(named)]

    async def statuses() -> dict[str, int]:
        client = Datasette([str(store)]).client
        pages = [*names, *(f"{name}.json?_labels=on" for name in names), "indicators/1,1"]
        return {page: (await client.get(f"/a/{page}")).status_code for page in pages}

    assert {page: status for page, status in asyncio.run(statuses()).items() if status != 200} == {}


@pytest.mark.parametrize("jobs", [1, 3])
def test_tables_depend_on_the_documents_alone(tmp_path: Path, folder: Path, jobs: int) -> None:
    for number in range(8):  # reprints of all, found in whatever order
        copy = text(number + 3, masthead="乙县转载", more=f"第{number}个办法受到欢迎。")
        (folder / f"{9 - number}-转.txt").write_text(copy.replace("转载", "转载甲省"), "utf-8")
    run(tmp_path / "a.db", folder)
    files = sorted(folder.iterdir())
    random.Random(jobs).shuffle(files)
    run(tmp_path / "b.db", *files[:9], jobs=jobs)
    run(tmp_path / "b.db", *files[9:], jobs=jobs)
    assert tables(tmp_path / "a.db") == tables(tmp_path / "b.db")


def test_later_runs_do_only_what_is_new(tmp_path: Path, folder: Path) -> None:
    store = tmp_path / "a.db"
    run(store, folder)
    before = tables(store)
    again = run(store, folder)
    assert (again.unchanged, again.documents) == (8, 0)
    assert tables(store) == before

    (folder / "0.txt").write_text(text(90), encoding="utf-8")
    (folder / "1.txt").unlink()
    (folder / "new.txt").write_text(text(91), encoding="utf-8")
    third = run(store, folder)
    assert (third.unchanged, third.documents, third.vanished) == (6, 2, 1)
    with Store.open(store) as opened:
        states = {each.info.file: each.status for each in opened.documents(vanished=True)}
        values = {str(each.value) for each in opened.indicators()}
        assert len(list(opened.documents())) == 8
    assert states["通报/1.txt"] == "vanished"
    assert "90" in values and "91" in values and "3" not in values

    (folder / "1.txt").write_text(
        text(4, more="第1个办法受到欢迎。另有1点经验值得推广。" * 2), "utf-8"
    )
    assert run(store, folder).unchanged == 9
    with Store.open(store) as opened:
        assert {each.status for each in opened.documents(vanished=True)} == {"present"}


def test_files_with_nothing_new_need_no_worker(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "a.db"
    run(store, folder)
    monkeypatch.setattr("sys.executable", str(tmp_path / "no python"))
    assert run(store, folder).unchanged == 8
    (folder / "9.txt").write_text(text(9), "utf-8")
    with pytest.raises(OSError, match="no python"):
        run(store, folder)


def test_what_is_read_depends_on_rules_and_options(tmp_path: Path, folder: Path) -> None:
    store, rules = tmp_path / "a.db", tmp_path / "rules.toml"
    run(store, folder)
    rules.write_text("a = 1")
    assert run(store, folder, rules="机构", rules_files=[rules]).documents == 8
    with Store.open(store) as opened:
        assert {each.subject for each in opened.indicators()} == {"机构"}
        assert len(list(opened.documents())) == 8
    rules.write_text("a = 2")
    assert run(store, folder, rules_files=[rules]).documents == 8
    assert run(store, folder, rules_files=[rules], keep_text=False).documents == 8
    with Store.open(store) as opened:
        assert next(opened.contents()).text is None


def test_other_sources_and_lost_folders_do_not_vanish(tmp_path: Path, folder: Path) -> None:
    store, other = tmp_path / "a.db", tmp_path / "其他"
    other.mkdir()
    (other / "x.txt").write_text(text(55), encoding="utf-8")
    run(store, folder, other)
    assert run(store, other).vanished == 0
    away = folder.rename(tmp_path / "away")
    gone = run(store, folder, other)
    assert (gone.vanished, gone.errors) == (0, 1)
    assert run(store, tmp_path).vanished == 8
    away.rename(folder)
    assert run(store, tmp_path / "通报").unchanged == 8


def test_a_bad_file_loses_only_itself(tmp_path: Path, folder: Path) -> None:
    for name in ("☠", "⌛", "✗"):
        (folder / f"2-{name}.txt").write_text(text(7) + name, encoding="utf-8")
    (folder / "2-空.txt").write_text("", encoding="utf-8")
    complaints: dict[str, str] = {}
    tally = run(tmp_path / "a.db", folder, timeout=1, complain=complaints.__setitem__)
    assert (tally.files, tally.documents, tally.errors) == (12, 8, 4)
    said = {Path(file).stem: message for file, message in complaints.items()}
    assert "SIGKILL" in said["2-☠"]
    assert "longer than 1 s" in said["2-⌛"]
    assert "a bug of ours" in said["2-✗"]
    assert "empty" in said["2-空"]
    with Store.open(tmp_path / "a.db") as opened:
        assert dict(opened.errors()) == complaints


def test_a_bad_text_in_a_table_loses_only_itself(tmp_path: Path) -> None:
    table = tmp_path / "t.jsonl"
    rows = [text(number + 3) for number in range(9)]
    rows[2] += "☠"
    rows[3] += "☠"
    rows[7] += "✗"
    table.write_text("".join(json.dumps({"text": row}) + "\n" for row in rows), encoding="utf-8")
    alone, shared = tmp_path / "a.db", tmp_path / "b.db"
    options = Options(text_column="text")
    assert run(alone, table, options=options, jobs=1).documents == 6
    assert run(shared, table, options=options, jobs=3).documents == 6
    assert tables(alone) == tables(shared)
    with Store.open(alone) as one, Store.open(shared) as other:
        assert sorted(one.errors()) == sorted(other.errors())
        assert [file for file, _ in one.errors()] == ["t.jsonl!3", "t.jsonl!4", "t.jsonl!8"]

    rows[2], rows[3], rows[7] = text(60), text(61), text(62)
    table.write_text("".join(json.dumps({"text": row}) + "\n" for row in rows), encoding="utf-8")
    mended = run(shared, table, options=options)
    assert (mended.documents, mended.errors) == (3, 0)
    del rows[4:]
    table.write_text("".join(json.dumps({"text": row}) + "\n" for row in rows), encoding="utf-8")
    assert run(shared, table, options=options).documents == 0
    with Store.open(shared) as opened:
        assert len(list(opened.documents(vanished=True))) == 4


def test_archives_and_names_of_every_kind(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "包.zip", "w") as archive:
        archive.writestr("一/a.txt", text(5))
        archive.writestr("b.txt", text(6))
    strange = os.fsencode(tmp_path) + b"/\xff\n.txt"
    Path(os.fsdecode(strange)).write_text(text(8), encoding="utf-8")
    run(tmp_path / "a.db", tmp_path)
    with Store.open(tmp_path / "a.db") as opened:
        files = [each.info.file for each in opened.documents()]
    assert files == ["\\udcff\n.txt", "包.zip!b.txt", "包.zip!一/a.txt"]


@pytest.mark.skipif(os.name != "posix", reason="needs a named pipe")
def test_an_unreadable_table_is_one_error_for_all_workers(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "t.csv")
    complaints: list[tuple[str, str]] = []
    run(tmp_path / "a.db", tmp_path / "t.csv", jobs=3, complain=lambda *it: complaints.append(it))
    assert complaints == [("t.csv", "a pipe or a device; save its content as a file")]


class _Stop:
    """Ctrl-C at the nth message."""

    def __init__(self, number: int) -> None:
        self.left = number

    def __call__(self, tally: Tally) -> None:
        self.left -= 1
        if not self.left:
            raise KeyboardInterrupt


def test_a_stopped_run_goes_on(tmp_path: Path, folder: Path) -> None:
    whole, store = tmp_path / "whole.db", tmp_path / "a.db"
    run(whole, folder)
    for number in (3, 1, 8, 15):
        with pytest.raises(KeyboardInterrupt):
            run(store, folder, watch=_Stop(number))
    run(store, folder)
    assert tables(store) == tables(whole)
    db = sqlite3.connect(store)
    states = [state for (state,) in db.execute("SELECT state FROM runs")]
    db.close()
    assert states == ["stopped"] * 4 + ["finished"]


BODY = "".join(f"第{number}项举措得到{number * 3}所学校支持。" for number in range(2, 12))


@pytest.mark.parametrize("reverse", [False, True])
def test_reprints_are_counted_once(tmp_path: Path, reverse: bool) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    written = {
        "部网.txt": f"教育司 2023-05-01 来源甲省\n{BODY}",
        "县网.txt": f"某县融媒体中心转发甲省消息 2023-05-03 点击96次\n{BODY}编辑也请查收。",
        "无日期.txt": f"甲省消息\n{BODY}",
        "别省.txt": f"乙省消息\n{BODY}",
        "别数.txt": f"甲省消息\n{BODY.replace('举措得到', '举措得到1')}",
        "别文.txt": text(9),
    }
    for name, content in written.items():
        (folder / name).write_text(content, encoding="utf-8")
    store = tmp_path / "a.db"
    for name in sorted(written, reverse=reverse):
        run(store, folder / name, jobs=1)
    with Store.open(store) as opened:
        documents = {each.info.file.removeprefix("in/"): each for each in opened.documents()}
        once = [each.info.file for each in opened.documents(once=True)]
        figures = len(list(opened.indicators(once=True)))
    original = documents["部网.txt"].id
    marked = {name for name, each in documents.items() if each.reprint_of == original}
    assert marked == {"县网.txt", "无日期.txt"}
    assert len(once) == 4
    assert figures == 33

    (folder / "部网.txt").unlink()
    run(store, folder)
    with Store.open(store) as opened:
        left = {each.info.file.removeprefix("in/"): each for each in opened.documents()}
    assert left["无日期.txt"].reprint_of == left["县网.txt"].id
    assert left["县网.txt"].reprint_of is None


# What a form of a bulletin leaves open, and what it says everywhere.
_OPEN = "第{}项工作惠及{}{}。"
_SAID = "第{}项工作按照{}开展。"
_UNITS = ("所", "名", "%")


def _form(chance: random.Random, said: int, figures: int, most: int) -> list[str]:
    """A bulletin of a form with so many sentences and figures, these up to `most`."""
    return [_SAID.format(each, "统一要求") for each in range(said)] + [
        _OPEN.format(each, chance.randint(1, most), _UNITS[each % 3]) for each in range(figures)
    ]


def _altered(chance: random.Random, bulletin: list[str], words: float, figures: float) -> list[str]:
    """A bulletin with these shares of its sentences and figures changed."""
    out = []
    for each in bulletin:
        if "惠及" in each:
            change = chance.random() < figures
            each = each.replace("惠及", f"惠及{chance.randint(1, 9)}") if change else each
        elif chance.random() < words:
            each = each.replace("统一要求", f"当地第{chance.randint(1, 99)}个方案")
        out.append(each)
    return out


def _mixed(chance: random.Random, count: int) -> list[str]:
    """Texts of forms with the same and with other figures, true reprints, and near ones."""
    forms = [(20, 10, 9999), (12, 20, 30), (30, 3, 9), (25, 0, 1), (9, 1, 3)]
    made: list[list[str]] = []
    texts = []
    for _ in range(count):
        if not made or chance.random() < 0.4:
            bulletin = _form(chance, *chance.choice(forms))
        else:
            shares = [chance.choice((0, 0, 0.02, 0.05, 0.1, 0.2)) for _ in range(2)]
            bulletin = _altered(chance, chance.choice(made), *shares)
        made.append(bulletin)
        province = chance.choice(("甲省", "甲省", "乙省"))
        date = f"2023-0{chance.randint(1, 9)}-1{chance.randint(0, 9)}"
        texts.append("\n".join([f"{province}通报 {date}", "".join(bulletin)]))
    return texts


def _reprints_by_the_rule(texts: list[str], ids: list[str]) -> dict[str, str]:
    """The reprints with their originals, each document compared with each."""
    seen: list[tuple[str, set[str], Counter[tuple[str, ...]]]] = []
    reprints = {}
    ranked = sorted(zip([each.split()[1] for each in texts], ids, texts, strict=True))
    for _, identity, text in ranked:
        head, body = text.split("\n")
        clauses = set(re.findall(r"[\w%]{4,}", body))
        figures = Counter((*each, head[:2]) for each in re.findall(r"(\d+)([所名%])", body))
        for original, its_clauses, its_figures in seen:
            common, most = figures & its_figures, max(figures.total(), its_figures.total())
            alike = len(clauses & its_clauses) >= 0.8 * len(clauses | its_clauses)
            if alike and common.total() >= 0.9 * most:
                reprints[identity] = original
                break
        else:
            seen.append((identity, clauses, figures))
    return reprints


def _table(path: Path, texts: list[str]) -> None:
    lines = (json.dumps({"text": each}, ensure_ascii=False) + "\n" for each in texts)
    path.write_text("".join(lines), encoding="utf-8")


@pytest.mark.parametrize("seed", range(4))
def test_reprints_are_those_that_the_rule_names(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    texts = _mixed(chance, 250)
    _table(tmp_path / "t.jsonl", texts)
    run(tmp_path / "a.db", tmp_path / "t.jsonl", options=Options(text_column="text"), jobs=1)
    with Store.open(tmp_path / "a.db") as store:
        found = list(store.documents())
    places = {each.info.file: each for each in found}
    ids = [places[f"t.jsonl!{place}"].id for place in range(1, len(texts) + 1)]
    expected = _reprints_by_the_rule(texts, ids)
    assert {each.id: each.reprint_of for each in found if each.reprint_of} == expected
    assert 40 < len(expected) < 200


@pytest.mark.parametrize(("figures", "most"), [(8, 99_999), (0, 1)])
def test_bulletins_of_one_form_are_not_compared_each_with_each(
    tmp_path: Path, figures: int, most: int
) -> None:
    def statements(count: int) -> float:
        """SQL statements for each of so many bulletins; to compare two takes some."""
        chance = random.Random(1)
        texts = []
        for number in range(count):
            bulletin = _form(chance, 70, figures, most)
            if not figures:  # then it has words of its own
                bulletin += [_SAID.format(each, f"第{number}个方案") for each in range(70, 100)]
            texts.append("甲省通报\n" + "".join(bulletin))
        _table(tmp_path / "t.jsonl", texts)
        told: list[str] = []
        with Store.open(tmp_path / f"{count}.db", "write") as store:
            store._db.set_trace_callback(told.append)
            fill(
                store,
                [str(tmp_path / "t.jsonl")],
                Options(text_column="text"),
                jobs=1,
                analyse=store_fakes.analyse,
            )
        return len(told) / count

    assert statements(120) < 1.3 * statements(40)


def test_one_run_at_a_time(tmp_path: Path, folder: Path) -> None:
    store = tmp_path / "a.db"
    with Store.open(store, "write"), pytest.raises(StoreError, match="another run"):
        Store.open(store, "write")
    run(store, folder)


def test_readers_see_a_store_that_is_being_written(tmp_path: Path, folder: Path) -> None:
    store = tmp_path / "a.db"
    run(store, folder)
    with Store.open(store, "write"), Store.open(store) as reader:
        assert len(list(reader.documents())) == 8


def _newer(path: Path) -> None:
    Store.open(path, "write").close()
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.close()


def _older(path: Path) -> None:
    Store.open(path, "write").close()
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 1")
    db.close()


def _foreign(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE t (a)")
    db.close()


def _damaged(path: Path) -> None:
    Store.open(path, "write").close()
    content = path.read_bytes()
    path.write_bytes(content[:100] + b"\xaa" * 5000)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: path.write_text("数据" * 100), "not a store but some other file"),
        (lambda path: path.mkdir(), "a folder"),
        (_newer, "newer than this program"),
        (_older, "older than this program"),
        (_foreign, "not a store of shuangjian"),
        (_damaged, "damaged"),
    ],
)
@pytest.mark.parametrize("mode", ["read", "write"])
def test_what_is_no_store_is_named(tmp_path: Path, make: Any, message: str, mode: Any) -> None:
    path = tmp_path / "x.db"
    make(path)
    with pytest.raises(StoreError, match=message) as caught:
        Store.open(path, mode)
    assert str(caught.value).startswith(str(path))
    assert [each.name for each in tmp_path.iterdir()] == ["x.db"]


def test_a_missing_store_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="batch"):
        Store.open(tmp_path / "x.db")
    with pytest.raises(StoreError, match="folder does not exist"):
        Store.open(tmp_path / "no" / "x.db", "write")
    assert not is_store(tmp_path / "x.db")


def test_a_document_in_pieces_is_stored_as_one_in_one(tmp_path: Path, folder: Path) -> None:
    more = "".join(
        f"第{number}街道有学校{number % 700}所、教师{number}名。" for number in range(2000)
    )
    for name in "长文", "又一长文":
        (folder / f"{name}.txt").write_text(text(5, more=more) + name, encoding="utf-8")
    whole, pieces = tmp_path / "whole.db", tmp_path / "pieces.db"
    run(whole, folder)
    tally = run(pieces, folder, analyse=store_fakes.pieces)
    assert (tally.documents, tally.indicators, tally.reprints) == (10, 8030, 1)
    assert tables(pieces) == tables(whole)
    rows = []
    for store in whole, pieces:
        with closing(sqlite3.connect(store)) as db:
            rows.append(
                db.execute(
                    "SELECT file, clauses, figures FROM sketches JOIN documents ON number = document"
                    " ORDER BY 1"
                ).fetchall()
            )
    assert rows[0] == rows[1]


def test_a_document_that_fails_in_its_last_piece_leaves_nothing(
    tmp_path: Path, folder: Path
) -> None:
    store, whole = tmp_path / "a.db", tmp_path / "whole.db"
    run(whole, folder)
    more = "".join(f"第{number}街道有学校{number}所。" for number in range(3000))
    broken = folder / "断.txt"
    broken.write_text(text(5, more=more) + "✗", encoding="utf-8")
    assert run(store, folder, analyse=store_fakes.pieces).errors == 1
    broken.unlink()
    assert tables(store) == tables(whole)
    broken.write_text(text(5, more=more), encoding="utf-8")
    tally = run(store, folder, analyse=store_fakes.pieces)
    assert (tally.documents, tally.indicators, tally.errors) == (1, 3003, 0)


def test_a_full_disk_loses_nothing(tmp_path: Path, folder: Path) -> None:
    store, whole = tmp_path / "a.db", tmp_path / "whole.db"
    run(whole, folder)
    run(store, folder / "0.txt")
    with Store.open(store, "write") as opened:
        pages = opened._db.execute("PRAGMA page_count").fetchone()[0]
        opened._db.execute(f"PRAGMA max_page_count = {pages}")
        long = folder / "9.txt"
        long.write_text(text(77, more="这里还有许多经验。" * 9000), encoding="utf-8")
        with pytest.raises(StoreError, match="no space left"):
            fill(opened, [str(long)], Options(), analyse=store_fakes.analyse)
    long.unlink()
    run(store, folder)
    assert tables(store) == tables(whole)
