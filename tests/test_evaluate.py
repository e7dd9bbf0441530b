"""`shuangjian evaluate` and the room behind it."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from shuangjian_cli import evaluate as room
from shuangjian_cli.__main__ import main


class Outcome(NamedTuple):
    exit_code: int
    stdout: str
    stderr: str


Run = Callable[..., Outcome]

TEXTS = {
    "东山": "东山县教育局通报\n一、保障有力\n全县投入经费3.2亿元，新建学校5所，约120名教师参训。\n",
    "西河": "西河市\r\n参加课后服务的学生占96.5%，比上年提高2个百分点。\r\n满意度超过九成。\r\n",
}


def record(name: str, figure: str, value: Any, unit: str | None, subject: str, **more: Any) -> Any:
    start = TEXTS[name].index(figure)
    base = {
        "start": start,
        "end": start + len(figure),
        "value": value,
        "value_max": None,
        "unit": unit,
        "bound": "=",
        "role": "level",
        "trend": None,
        "subject": subject,
        "metric": None,
        "pillar": None,
        "province": "甲省",
        "period": "2023",
        "status": "achieved",
        "implied": False,
    }
    return base | more


GOLD = {
    "东山": [
        record("东山", "3.2亿元", 320000000, "元", "经费", key=["经费"], pillar="guarantees"),
        record("东山", "5所", 5, "所", "新建学校", key=["学校"], metric="schools_built"),
        record("东山", "120名", 120, "名", "参训教师", key=["教师"], bound="~", province="乙省"),
    ],
    "西河": [
        record("西河", "96.5%", Decimal("96.5"), "%", "课后服务学生占比", key=["学生"]),
        record("西河", "2个百分点", 2, "百分点", "学生占比", key=["占"], role="change", trend="up"),
        record("西河", "九成", 90, "%", "满意度", key=["满意"], bound=">", metric="satisfaction"),
    ],
}


def dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=float)


def write_gold(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_bytes(text.encode())
        lines = [{"scope": [[0, len(text)]]}, *GOLD[name]]
        (folder / f"{name}.gold.jsonl").write_text("\n".join(map(dumps, lines)) + "\n")
    return folder


def write_predictions(folder: Path, records: dict[str, list[Any]]) -> Path:
    folder.mkdir(exist_ok=True)
    for name in TEXTS:
        lines = [dumps(record) for record in records.get(name, [])]
        (folder / f"{name}.jsonl").write_text("\n".join(lines))
    return folder


def perfect() -> dict[str, list[Any]]:
    return {
        name: [{k: v for k, v in record.items() if k != "key"} for record in records]
        for name, records in GOLD.items()
    }


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return write_gold(tmp_path / "gold")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """`shuangjian evaluate` in this process."""

    def run(*arguments: object) -> Outcome:
        status = main(["evaluate", *map(str, arguments)])
        return Outcome(status, *capsys.readouterr())

    return run


# --- the figures, against a second account of the contract --------------------------------------


def expected_figures(golds: list[list[Any]], gots: list[list[Any]]) -> dict[str, float]:
    """The figures worked out plainly from the contract, by counting."""
    fields = list(room.FIELDS)
    gold_count = got_count = 0
    pairs: list[tuple[Any, Any]] = []
    for gold, got in zip(golds, gots, strict=True):
        gold_count += len(gold)
        got_count += len(got)
        overlaps = [
            (abs(g["start"] - p["start"]), i, j)
            for i, g in enumerate(gold)
            for j, p in enumerate(got)
            if max(g["start"], p["start"]) < min(g["end"], p["end"])
        ]
        while overlaps:
            _, i, j = min(overlaps)
            pairs.append((gold[i], got[j]))
            overlaps = [(d, a, b) for d, a, b in overlaps if a != i and b != j]

    def years(period: str | None) -> Any:
        ends = (period or "").split("/")
        return [end[:4] for end in (ends[0], ends[-1])]

    def right(field: str, g: Any, p: Any) -> bool:
        if field == "value":
            return all(g.get(k) == p.get(k) for k in ("value", "value_max", "implied"))
        if field == "role":
            return (g["role"], g["trend"]) == (p.get("role"), p.get("trend"))
        if field == "subject":
            got = p.get("subject") or ""
            return (
                all(word in got for word in g["key"])
                and len(got) <= max(12, math.ceil(1.6 * len(g["subject"])))
                and not any(c in got and c not in g["subject"] for c in "，。；！？,;!?\n")
            )
        if field == "period":
            return bool(years(g["period"]) == years(p.get("period")))
        return bool(g[field] == p.get(field))

    def f1(hits: int) -> float:
        return round(2 * hits / (gold_count + got_count), 4) if hits else 0.0

    table = [{field: right(field, g, p) for field in fields} for g, p in pairs]
    out: dict[str, float] = {
        "gold": gold_count,
        "predicted": got_count,
        "precision": round(len(pairs) / got_count, 4) if got_count else 0.0,
        "recall": round(len(pairs) / gold_count, 4),
        "detection_f1": f1(len(pairs)),
        "quantity_f1": f1(sum(r["value"] and r["unit"] and r["bound"] for r in table)),
        "record_f1": f1(sum(all(r.values()) for r in table)),
    }
    for field in fields:
        out[field] = round(sum(r[field] for r in table) / len(table), 4) if table else 0.0
    spans = [g["start"] == p["start"] and g["end"] == p["end"] for g, p in pairs]
    exact = [g["period"] == p.get("period") for g, p in pairs]
    out["span"] = round(sum(spans) / len(pairs), 4) if pairs else 0.0
    out["period_exact"] = round(sum(exact) / len(pairs), 4) if pairs else 0.0
    certain = sum(p.get("confidence") == "certain" for got in gots for p in got)
    if certain:
        needed = ["value", "unit", "bound", "subject", "province", "period", "status"]
        good = [
            p.get("confidence") == "certain" and all(r[field] for field in needed)
            for (_, p), r in zip(pairs, table, strict=True)
        ]
        out["certain_share"] = round(certain / got_count, 4)
        out["certain_right"] = round(sum(good) / certain, 4)
    return out


def spoil(records: list[Any], dice: random.Random) -> list[Any]:
    """Records with faults of every kind, in any order."""
    out = []
    for good in records:
        if dice.random() < 0.2:
            continue
        bad = dict(good, confidence=dice.choice(["certain", "likely", "check"]))
        if dice.random() < 0.3:
            bad["start"] = max(0, bad["start"] + dice.choice([-2, 1]))
        for name, wrong in (
            ("value", 7),
            ("value_max", 9),
            ("unit", None),
            ("bound", ">="),
            ("role", "rank"),
            ("trend", "down"),
            ("subject", "学生，教师"),
            ("metric", "students"),
            ("pillar", "quality"),
            ("province", None),
            ("period", dice.choice(["2023-05", "2022/2023", None])),
            ("status", "target"),
            ("implied", True),
        ):
            if dice.random() < 0.15:
                bad[name] = wrong
        out.append(bad)
        if dice.random() < 0.3:
            out.append(dict(bad, start=bad["start"] + 1, end=bad["end"] + dice.choice([0, 9])))
    dice.shuffle(out)
    return out


@pytest.mark.parametrize("seed", range(20))
def test_figures_are_those_of_the_contract(gold: Path, tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    spoilt = {name: spoil(records, dice) for name, records in perfect().items()}
    evaluation = room.evaluate(gold, write_predictions(tmp_path / "got", spoilt))
    names = sorted(TEXTS)
    expected = expected_figures([GOLD[n] for n in names], [spoilt[n] for n in names])
    assert evaluation.total() == expected
    assert list(evaluation.total()) == list(expected)
    for name in names:
        assert evaluation.by("document")[name] == expected_figures([GOLD[name]], [spoilt[name]])


def test_right_records_score_one(gold: Path, tmp_path: Path) -> None:
    total = dict(room.evaluate(gold, write_predictions(tmp_path / "got", perfect())).total())
    assert total.pop("gold") == total.pop("predicted") == 6
    assert set(total.values()) == {1.0}


def test_records_outside_the_scope_are_ignored(gold: Path, tmp_path: Path) -> None:
    records = GOLD["东山"]
    head = {"scope": [[records[0]["start"], records[0]["end"]]]}
    (gold / "东山.gold.jsonl").write_text(f"{dumps(head)}\n{dumps(records[0])}\n")
    got = write_predictions(tmp_path / "got", perfect())
    assert room.evaluate(gold, got).by("document")["东山"]["precision"] == 1.0


def test_groups_partition_the_records(gold: Path, tmp_path: Path) -> None:
    got = perfect()
    got["东山"].append(dict(got["东山"][0], start=0, end=2, province="丙省", metric="students"))
    evaluation = room.evaluate(gold, write_predictions(tmp_path / "got", got))
    for group in room.GROUPS:
        figures = evaluation.by(group).values()
        assert sum(f["gold"] for f in figures) == 6
        assert sum(f["predicted"] for f in figures) == 7
    assert evaluation.by("province")["丙省"]["gold"] == 0
    assert evaluation.by("metric")["none"]["gold"] == 4


# --- what a change won and lost -----------------------------------------------------------------


def test_comparison_names_each_record(gold: Path, tmp_path: Path) -> None:
    before, after = perfect(), perfect()
    before["东山"][0]["unit"] = "万元"  # mended
    after["东山"][1]["status"] = "target"  # broken
    del before["西河"][0]  # found
    del after["西河"][1]  # missed
    ghost = dict(before["西河"][0], start=0, end=3)
    before["西河"].append(ghost)  # gone
    after["东山"].append(dict(ghost, start=1))  # spurious
    old = room.evaluate(gold, write_predictions(tmp_path / "old", before)).to_dict()
    new = room.evaluate(gold, write_predictions(tmp_path / "new", after)).to_dict()
    comparison = room.compare(old, new)
    assert {(c.entry["figure"], c.won, c.lost) for c in comparison.changes} == {
        ("3.2亿元", ("unit",), ()),
        ("5所", (), ("status",)),
        ("96.5%", ("found",), ()),
        ("2个百分点", (), ("missed",)),
        ("西河市", ("gone",), ()),
        ("山县", (), ("spurious",)),
    }
    assert comparison.figures["unit"] == (0.8, 1.0)
    assert not room.compare(new, new).changes


def test_compare_on_the_command_line(run: Run, gold: Path, tmp_path: Path) -> None:
    before = perfect()
    before["东山"][0]["unit"] = "万元"
    old = tmp_path / "old.json"
    first = run(gold, "--predictions", write_predictions(tmp_path / "a", before), "-o", old)
    assert first.exit_code == 0
    again = run(
        gold, "--predictions", write_predictions(tmp_path / "b", perfect()), "--compare", old
    )
    assert again.exit_code == 0
    assert "won 1, lost 0" in again.stdout
    assert "【3.2亿元】" in again.stdout
    content = json.loads(
        run(gold, "--predictions", tmp_path / "b", "--compare", old, "--json").stdout
    )
    assert content["comparison"]["changes"][0]["won"] == ["unit"]
    assert content["total"] == room.evaluate(gold, tmp_path / "b").total()


def test_the_program_is_scored_as_its_output_is(run: Run, gold: Path, tmp_path: Path) -> None:
    """With no --predictions, the figures are those of what `extract` writes."""
    got = tmp_path / "got"
    got.mkdir()
    for name in TEXTS:
        assert main(["extract", str(gold / f"{name}.txt"), "-o", str(got / f"{name}.jsonl")]) == 0
    own = room.evaluate(gold).to_dict()
    assert own["total"]["predicted"] > 0
    for part in ("total", "documents", "provinces", "pillars", "metrics"):
        assert own[part] == room.evaluate(gold, got).to_dict()[part]
    result = run(gold, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["total"] == own["total"]


# --- the command line ---------------------------------------------------------------------------


def test_tables_show_every_group(run: Run, gold: Path, tmp_path: Path) -> None:
    result = run(gold, "--predictions", write_predictions(tmp_path / "got", perfect()))
    assert result.exit_code == 0
    for word in ("total", "东山", "甲省", "乙省", "guarantees", "satisfaction", "1.000"):
        assert word in result.stdout
    only = run(gold, "--predictions", tmp_path / "got", "--by", "pillar")
    assert "guarantees" in only.stdout and "东山" not in only.stdout


def test_errors_come_with_their_text_the_worst_first(run: Run, gold: Path, tmp_path: Path) -> None:
    got = perfect()
    got["东山"][0] |= {"unit": "万元", "confidence": "likely"}
    got["西河"][2] |= {"unit": None, "status": "target", "confidence": "certain"}
    folder = write_predictions(tmp_path / "got", got)
    listing = run(gold, "--predictions", folder, "--errors", "unit").stdout
    assert listing.index("九成") < listing.index("3.2亿元")
    assert "unit: gold 元; got 万元" in listing
    assert "unit: gold %; got null" in listing
    certain = run(gold, "--predictions", folder, "--errors", "certain").stdout
    assert "1 certain" in certain and "status: gold achieved; got target" in certain
    everything = run(gold, "--predictions", folder, "--errors", "all").stdout
    assert "2 wrong" in everything


def test_errors_missed_and_spurious(run: Run, gold: Path, tmp_path: Path) -> None:
    got = perfect()
    ghost = dict(got["东山"].pop(1), start=0, end=3)
    got["东山"].append(ghost)
    folder = write_predictions(tmp_path / "got", got)
    missed = run(gold, "--predictions", folder, "--errors", "missed").stdout
    assert "1 missed" in missed and "【5所】" in missed
    spurious = run(gold, "--predictions", folder, "--errors", "spurious").stdout
    assert "1 spurious" in spurious and "【东山县】" in spurious


def test_hostile_text_is_inert(run: Run, gold: Path, tmp_path: Path) -> None:
    text = "[red]危险[/] \x1b[31m 新建学校9所\x1b]8;;http://x\x07\n"
    start = text.index("9所")
    gold_record = record("东山", "5所", 9, "所", "新建学校", key=["学校"])
    gold_record |= {"start": start, "end": start + 2}
    (gold / "东山.txt").write_bytes(text.encode())
    (gold / "东山.gold.jsonl").write_text(
        f'{{"scope": [[0, {len(text)}]]}}\n{dumps(gold_record)}\n'
    )
    folder = write_predictions(tmp_path / "got", {"东山": [dict(gold_record, unit="\x1b[2J[b]")]})
    result = run(gold, "--predictions", folder, "--errors", "all", "--color", "never")
    assert "[red]危险[/]" in result.stdout and "[b]" in result.stdout
    assert "\x1b" not in result.stdout


def test_floors(run: Run, gold: Path, tmp_path: Path) -> None:
    got = perfect()
    got["东山"][0]["unit"] = "万元"
    folder = write_predictions(tmp_path / "got", got)
    floors = tmp_path / "floors.toml"
    floors.write_text("detection_f1 = 1\nquantity_f1 = 0.98\nunit = 0.9\n")
    result = run(gold, "--predictions", folder, "--floors", floors)
    assert result.exit_code == 1
    assert f"{floors}: quantity_f1 is 0.8333, under its floor of 0.98" in result.stderr
    assert f"{floors}: unit is 0.8333, under its floor of 0.9" in result.stderr
    assert "detection_f1 is" not in result.stderr
    floors.write_text("quantity_f1 = 0.8\n")
    assert run(gold, "--predictions", folder, "--floors", floors).exit_code == 0


def test_floor_of_certain_records_fails_where_none_is_certain(
    run: Run, gold: Path, tmp_path: Path
) -> None:
    floors = tmp_path / "floors.toml"
    floors.write_text("certain_right = 0.99\n")
    folder = write_predictions(tmp_path / "got", perfect())
    assert run(gold, "--predictions", folder, "--floors", floors).exit_code == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("detection = 0.9\n", "detection is no figure; figures are gold,"),
        ('unit = "high"\n', "unit must be a number"),
        ("unit = true\n", "unit must be a number"),
        ("unit = \n", "is no TOML"),
    ],
)
def test_wrong_floors(run: Run, gold: Path, tmp_path: Path, content: str, message: str) -> None:
    floors = tmp_path / "floors.toml"
    floors.write_text(content)
    result = run(gold, "--floors", floors, "--predictions", write_predictions(tmp_path / "p", {}))
    assert result.exit_code == 2
    assert f"{floors}: {message}" in result.stderr


HEAD = '{"scope": [[0, 9]]}\n'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "1: the first line must be"),
        ("{}\n", "1: the first line must be"),
        ('{"scope": [[0, "9"]]}\n', "1: the first line must be"),
        ("[1]\n", "1: the first line must be"),
        (HEAD + "\n{oops\n", "3: is not a line of JSON"),
        (HEAD + "[]\n", "2: must be a record"),
        (HEAD + '{"start": 1}\n', "2: the record has no end"),
        (HEAD + '{"start": true, "end": 2}\n', "2: start is of the wrong kind"),
        (HEAD + '{"start": 1, "end": 2, "value": "3"}\n', "2: value is of the wrong kind"),
        (HEAD + '{"start": 1, "end": 2, "value": NaN}\n', "2: value is of the wrong kind"),
        (HEAD + "[" * 9999 + "\n", "2: is not a line of JSON"),
    ],
)
def test_malformed_gold_is_named_by_file_and_line(
    run: Run, gold: Path, tmp_path: Path, content: str, message: str
) -> None:
    path = gold / "东山.gold.jsonl"
    path.write_text(content)
    result = run(gold, "--predictions", write_predictions(tmp_path / "got", {}))
    assert result.exit_code == 2
    assert f"{path}:{message}" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_malformed_predictions_are_named_by_file_and_line(
    run: Run, gold: Path, tmp_path: Path
) -> None:
    folder = write_predictions(tmp_path / "got", perfect())
    path = folder / "西河.jsonl"
    path.write_text('{"start": 1, "end": 2, "value": "much"}\n')
    result = run(gold, "--predictions", folder)
    assert result.exit_code == 2
    assert f"{path}:1: value must be a number or null" in result.stderr
    path.unlink()
    assert f"{path}: No such file" in run(gold, "--predictions", folder).stderr


def test_what_is_missing_is_named(run: Run, gold: Path, tmp_path: Path) -> None:
    for folder, message in (
        (tmp_path / "nowhere", "there is no such folder"),
        (tmp_path, "holds no NAME.gold.jsonl"),
        (gold / "东山.txt", "is not a folder"),
    ):
        result = run(folder)
        assert result.exit_code == 2
        assert f"{folder}: {message}" in result.stderr
    result = run(gold, "--predictions", tmp_path / "nowhere")
    assert result.exit_code == 2 and "nowhere: there is no such folder" in result.stderr
    (gold / "东山.txt").unlink()
    assert f"{gold / '东山.txt'}: missing beside" in run(gold).stderr


def test_gold_beyond_the_text_is_refused(run: Run, gold: Path, tmp_path: Path) -> None:
    (gold / "东山.txt").write_text("短。")
    result = run(gold, "--predictions", write_predictions(tmp_path / "got", {}))
    assert result.exit_code == 2
    assert "is not in the text" in result.stderr


@pytest.mark.parametrize("content", ["{", "[]", "{}", '{"total": {}, "records": [1]}', "\udc80"])
def test_wrong_old_evaluation(run: Run, gold: Path, tmp_path: Path, content: str) -> None:
    old = tmp_path / "old.json"
    old.write_bytes(content.encode("utf-8", "surrogateescape"))
    result = run(
        gold, "--predictions", write_predictions(tmp_path / "got", perfect()), "--compare", old
    )
    assert result.exit_code == 2
    assert str(old) in result.stderr and len(result.stderr.splitlines()) == 1


def test_values_stay_as_written(run: Run, gold: Path, tmp_path: Path) -> None:
    got = perfect()
    got["西河"][0]["value"] = Decimal("96.5")
    result = run(gold, "--predictions", write_predictions(tmp_path / "got", got), "--json")
    assert '"value": 96.5,' in result.stdout and "E+" not in result.stdout
    assert result.stdout == run(gold, "--predictions", tmp_path / "got", "--json").stdout
