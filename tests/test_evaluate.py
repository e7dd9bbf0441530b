"""`shuangjian evaluate` and the package behind it."""

from __future__ import annotations

import io
import json
import math
import random
import re
import runpy
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
from rich.cells import cell_len

import shuangjian_cli as sj
from shuangjian_cli import evaluate as package
from shuangjian_cli.__main__ import main
from shuangjian_cli.api import analyse
from shuangjian_cli.evaluate.gold import TagGold
from shuangjian_cli.evaluate.terminal import show
from shuangjian_cli.language import labels
from shuangjian_cli.model import Source
from shuangjian_cli.write.console import plain_console
from shuangjian_cli.write.json import literal


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
        "area": "甲县",
        "area_level": "county",
        "period": "2023",
        "status": "achieved",
        "implied": False,
    }
    return base | more


GOLD = {
    "东山": [
        record("东山", "3.2亿元", 320000000, "元", "经费", key=["经费"], pillar="guarantees"),
        record(
            "东山",
            "5所",
            5,
            "所",
            "新建学校",
            key=["学校|园"],
            metric="schools_built",
            stage=None,
            groups=["public", "rural"],
            measure="new",
            also={
                "measure": ["total"],
                "subject": ["建成园舍"],
                "period": ["2022/2023"],
                "area": [{"area": "甲市", "area_level": "city"}, "乙县"],
                "role": [{"role": "rank", "trend": None}],
                "groups": [[]],
            },
        ),
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
    fields, extra = list(package.FIELDS), list(package.EXTRA)
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

    def said(field: str, g: Any) -> bool:
        return field in ("value", "role", "span", "period_exact") or field in g

    def right(field: str, g: Any, p: Any) -> bool:
        if same(field, g, p):
            return True
        for other in g.get("also", {}).get(field.removesuffix("_exact"), []):
            if isinstance(other, dict):
                changed = g | other
            elif field == "subject":
                changed = g | {"subject": other, "key": [other]}
            else:
                changed = g | {field.removesuffix("_exact"): other}
            if same(field, changed, p):
                return True
        return False

    def same(field: str, g: Any, p: Any) -> bool:
        if field == "value":
            return all(g.get(k) == p.get(k) for k in ("value", "value_max", "implied"))
        if field == "role":
            return (g["role"], g["trend"]) == (p.get("role"), p.get("trend"))
        if field == "area":
            return (g["area"], g["area_level"]) == (p.get("area"), p.get("area_level"))
        if field == "groups":
            return sorted(g["groups"]) == sorted(p.get("groups") or [])
        if field == "span":
            return (g["start"], g["end"]) == (p["start"], p["end"])
        if field == "period_exact":
            return bool(g["period"] == p.get("period"))
        if field == "subject":
            got = p.get("subject") or ""
            return (
                all(any(word in got for word in key.split("|")) for key in g["key"])
                and len(got) <= max(12, math.ceil(1.6 * len(g["subject"])))
                and not any(c in got and c not in g["subject"] for c in "，。；！？,;!?\n")
            )
        if field == "period":
            return bool(years(g["period"]) == years(p.get("period")))
        return bool(g[field] == p.get(field))

    def f1(hits: int) -> float:
        return round(2 * hits / (gold_count + got_count), 4) if hits else 0.0

    table = [
        {field: not said(field, g) or right(field, g, p) for field in fields + extra}
        for g, p in pairs
    ]
    out: dict[str, float] = {
        "gold": gold_count,
        "predicted": got_count,
        "precision": round(len(pairs) / got_count, 4) if got_count else 0.0,
        "recall": round(len(pairs) / gold_count, 4),
        "detection_f1": f1(len(pairs)),
        "quantity_f1": f1(sum(r["value"] and r["unit"] and r["bound"] for r in table)),
        "record_f1": f1(sum(all(r[field] for field in fields) for r in table)),
    }
    for field in fields + extra:
        verdicts = [r[field] for (g, _), r in zip(pairs, table, strict=True) if said(field, g)]
        if verdicts:
            out[field] = round(sum(verdicts) / len(verdicts), 4)
    certain = sum(p.get("confidence") == "certain" for got in gots for p in got)
    if certain:
        needed = ["value", "unit", "bound", "subject", "province", "area", "period", "status"]
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
            ("subject", dice.choice(["学生，教师", "建成园舍", "新建园"])),
            ("area", dice.choice(["甲市", "乙县"])),
            ("area_level", "city"),
            ("stage", "primary"),
            ("groups", dice.choice([[], ["rural", "public"], ["private"]])),
            ("measure", dice.choice(["total", "share"])),
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
    evaluation = package.evaluate(gold, write_predictions(tmp_path / "got", spoilt))
    names = sorted(TEXTS)
    expected = expected_figures([GOLD[n] for n in names], [spoilt[n] for n in names])
    assert evaluation.total() == expected
    assert list(evaluation.total()) == list(expected)
    for name in names:
        assert evaluation.by("document")[name] == expected_figures([GOLD[name]], [spoilt[name]])


def test_right_records_score_one(gold: Path, tmp_path: Path) -> None:
    total = dict(package.evaluate(gold, write_predictions(tmp_path / "got", perfect())).total())
    assert total.pop("gold") == total.pop("predicted") == 6
    assert set(total.values()) == {1.0}


def test_records_outside_the_scope_are_ignored(gold: Path, tmp_path: Path) -> None:
    records = GOLD["东山"]
    head = {"scope": [[records[0]["start"], records[0]["end"]]]}
    (gold / "东山.gold.jsonl").write_text(f"{dumps(head)}\n{dumps(records[0])}\n")
    got = write_predictions(tmp_path / "got", perfect())
    assert package.evaluate(gold, got).by("document")["东山"]["precision"] == 1.0


def test_groups_partition_the_records(gold: Path, tmp_path: Path) -> None:
    got = perfect()
    got["东山"].append(dict(got["东山"][0], start=0, end=2, province="丙省", metric="students"))
    evaluation = package.evaluate(gold, write_predictions(tmp_path / "got", got))
    for group in package.GROUPS:
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
    old = package.evaluate(gold, write_predictions(tmp_path / "old", before)).to_dict()
    new = package.evaluate(gold, write_predictions(tmp_path / "new", after)).to_dict()
    comparison = package.compare(old, new)
    assert {(c.entry["figure"], c.won, c.lost) for c in comparison.changes} == {
        ("3.2亿元", ("unit",), ()),
        ("5所", (), ("status",)),
        ("96.5%", ("found",), ()),
        ("2个百分点", (), ("missed",)),
        ("西河市", ("gone",), ()),
        ("山县", (), ("spurious",)),
    }
    assert comparison.figures["unit"] == (0.8, 1.0)
    assert not package.compare(new, new).changes


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
    assert content["total"] == package.evaluate(gold, tmp_path / "b").total()


def test_the_program_is_scored_as_its_output_is(run: Run, gold: Path, tmp_path: Path) -> None:
    """With no --predictions, the figures are those of what `extract` writes."""
    got = tmp_path / "got"
    got.mkdir()
    for name in TEXTS:
        assert main(["extract", str(gold / f"{name}.txt"), "-o", str(got / f"{name}.jsonl")]) == 0
    own = package.evaluate(gold).to_dict()
    assert own["total"]["predicted"] > 0
    for part in ("total", "documents", "provinces", "pillars", "metrics"):
        assert own[part] == package.evaluate(gold, got).to_dict()[part]
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


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [40, 80, 120, 300])
def test_tables_fit_and_cut_no_figure(gold: Path, tmp_path: Path, width: int, lang: Any) -> None:
    evaluation = package.evaluate(gold, write_predictions(tmp_path / "got", perfect()))
    out = io.StringIO()
    show(plain_console(out, color=False, width=width), evaluation, labels(lang))
    shown = out.getvalue()
    assert max(cell_len(line.rstrip()) for line in shown.splitlines()) <= width
    assert "…" not in shown
    assert all(labels(lang).of("score", name) in shown for name in ("predicted", "period"))


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
    assert "1 wrong: certain" in certain and "status: gold achieved; got target" in certain
    everything = run(gold, "--predictions", folder, "--errors", "all").stdout
    assert "2 wrong: all" in everything


def test_errors_missed_and_spurious(run: Run, gold: Path, tmp_path: Path) -> None:
    got = perfect()
    ghost = dict(got["东山"].pop(1), start=0, end=3)
    got["东山"].append(ghost)
    folder = write_predictions(tmp_path / "got", got)
    missed = run(gold, "--predictions", folder, "--errors", "missed").stdout
    assert "1 wrong: missed" in missed and "【5所】" in missed
    spurious = run(gold, "--predictions", folder, "--errors", "spurious").stdout
    assert "1 wrong: spurious" in spurious and "【东山县】" in spurious


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
    # Of all figures, found or not: a missed one counts as wrong.
    got["东山"].pop()
    folder = write_predictions(tmp_path / "fewer", got)
    floors.write_text("unit = 0.8\n[found]\nunit = 0.7\nsubject = 0.83\n")
    result = run(gold, "--predictions", folder, "--floors", floors)
    assert result.exit_code == 1
    assert f"{floors}: found.unit is 0.6667, under its floor of 0.7" in result.stderr
    assert len(result.stderr.splitlines()) == 1


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
        (tmp_path, "holds no NAME.gold.jsonl and no NAME.tags.jsonl"),
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


# --- tagged sentences ---------------------------------------------------------------------------

PAGE = "东山县教育局通报\n一、保障有力\n2023年，全县投入专项经费3.2亿元。家长很满意！\n课后服务全覆盖。\n"


def tagged(words: str, *, figure: bool, **more: Any) -> Any:
    start = PAGE.index(words)
    base = {
        "start": start,
        "end": start + len(words),
        "sentence": words,
        "province": "甲省",
        "area": "甲县",
        "area_level": "county",
        "pillar": None,
        "metrics": [],
        "figure": figure,
        "also_ok": {"pillar": [], "metrics_optional": []},
    }
    return base | more


TAGS = [
    tagged(
        "2023年，全县投入专项经费3.2亿元。",
        figure=True,
        pillar="guarantees",
        metrics=["special_funds", "courses"],
        also_ok={"pillar": [], "area": ["乙县"], "metrics_optional": ["students"]},
    ),
    tagged("家长很满意！", figure=False, metrics=["satisfaction"], pillar="services"),
    tagged(
        "课后服务全覆盖。",
        figure=False,
        also_ok={"pillar": ["services"], "metrics_optional": ["afterschool_coverage"]},
    ),
]


def write_tags(folder: Path, tags: list[Any] = TAGS) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "页.txt").write_text(PAGE, encoding="utf-8")
    (folder / "页.tags.jsonl").write_text("\n".join(map(dumps, tags)), encoding="utf-8")
    return folder


def expected_tags(gold: list[Any], rows: list[Any], kinds: tuple[bool, ...]) -> dict[str, float]:
    """The figures of tagged sentences worked out plainly, by counting."""
    fields = ("province", "area", "area_level", "pillar")
    out: dict[str, float] = dict.fromkeys(
        [
            *("sentences", "same_cut", "lost"),
            *(name for field in fields for name in (field, f"{field}_lenient")),
        ],
        0,
    )
    right = extra = missing = exact = 0
    for sentence in gold:
        if sentence["figure"] not in kinds:
            continue
        overlaps = [
            len({*range(row["start"], row["end"])} & {*range(sentence["start"], sentence["end"])})
            for row in rows
        ]
        best = max(overlaps, default=0)
        row = rows[overlaps.index(best)] if best else {}
        out["sentences"] += 1
        out["lost"] += not row
        if row:
            moved = sum(abs(row[end] - sentence[end]) for end in ("start", "end"))
            out["same_cut"] += moved <= 2
        for field in fields:
            strict = row.get(field) == sentence[field]
            out[field] += strict
            out[f"{field}_lenient"] += strict or row.get(field) in sentence["also_ok"].get(
                field, []
            )
        given = list(dict.fromkeys(row.get("metrics", [])))
        optional = sentence["also_ok"]["metrics_optional"]
        wrong = [m for m in given if m not in sentence["metrics"] and m not in optional]
        lacking = [m for m in sentence["metrics"] if m not in given]
        right += sum(m in sentence["metrics"] for m in given)
        extra += len(wrong)
        missing += len(lacking)
        exact += not wrong and not lacking
    count = out["sentences"]

    def percent(part: float, whole: float) -> float:
        return round(100 * part / whole, 1) if whole else 0.0

    shares = {k: v if k in ("sentences", "lost") else percent(v, count) for k, v in out.items()}
    return shares | {
        "metric_precision": percent(right, right + extra),
        "metric_recall": percent(right, right + missing),
        "metric_f1": percent(2 * right, 2 * right + extra + missing),
        "metric_tp": right,
        "metric_fp": extra,
        "metric_fn": missing,
        "metrics_exact": percent(exact, count),
    }


@pytest.mark.parametrize("seed", range(20))
def test_figures_of_tagged_sentences_are_those_of_the_contract(seed: int) -> None:
    dice = random.Random(seed)
    rows = []
    for sentence in TAGS:
        if dice.random() < 0.15:
            continue
        row = {**sentence, "end": sentence["end"] - dice.choice([0, 0, 2, 3])}
        for name, wrong in (
            ("province", None),
            ("area", "乙县"),
            ("area_level", "city"),
            ("pillar", dice.choice(["services", "quality"])),
            ("metrics", dice.choice([[], ["students"], ["special_funds", "awards"]])),
        ):
            if dice.random() < 0.3:
                row[name] = wrong
        rows.append(row)
    gold = TagGold("页", Path("页.txt"), tuple(TAGS))
    figures = package.tag_summary(package.score_tags(gold, rows))
    for split, kinds in (("all", (True, False)), ("figure", (True,)), ("no_figure", (False,))):
        assert figures[split] == expected_tags(TAGS, rows, kinds)
        assert list(figures[split]) == list(expected_tags(TAGS, rows, kinds))


def test_tagged_sentences_are_scored_as_tag_writes_them(run: Run, tmp_path: Path) -> None:
    folder = write_tags(tmp_path / "tags")
    page = tmp_path / "page.txt"  # a neutral name, which gives no place away
    page.write_text(PAGE, encoding="utf-8")
    assert main(["tag", str(page), "-o", str(tmp_path / "page.json")]) == 0
    rows = json.loads((tmp_path / "page.json").read_text("utf-8"))
    content = json.loads(run(folder, "--json").stdout)
    assert content["tags"]["all"] == expected_tags(TAGS, rows, (True, False))
    assert content["tags"]["figure"]["sentences"] == 1
    assert content["sentences"][0]["gold"]["metrics"] == ["special_funds", "courses"]
    assert "metrics" in content["sentences"][0]["wrong"]
    assert content["total"]["gold"] == 0


def test_records_and_tagged_sentences_of_one_folder(run: Run, gold: Path) -> None:
    write_tags(gold)
    content = json.loads(run(gold, "--json").stdout)
    assert content["total"]["gold"] == 6 and content["tags"]["all"]["sentences"] == 3
    shown = run(gold, "--errors", "metrics").stdout
    assert "页:1" in shown and "metrics: gold special_funds；courses; got special_funds" in shown
    shown = run(gold, "--errors", "province", "--lang", "zh").stdout
    assert "条记录有误" in shown and "个句子有误" in shown


def test_tables_in_both_languages(run: Run, gold: Path) -> None:
    write_tags(gold)
    english = run(gold, "--lang", "en").stdout
    assert "subj." in english and "measure" in english and "lenient" in english
    chinese = run(gold, "--lang", "zh").stdout
    assert "所指" in chinese and "计量" in chinese and "（宽）" in chinese
    assert not re.search("subj|prec|recall|total|sentences", chinese)


def test_comparison_of_tagged_sentences(run: Run, tmp_path: Path) -> None:
    folder = write_tags(tmp_path / "tags")
    old = tmp_path / "old.json"
    assert run(folder, "-o", old).exit_code == 0
    same = json.loads(run(folder, "--compare", old, "--json").stdout)["comparison"]
    assert same == {"figures": {}, "changes": [], "sentences": []}
    content = json.loads(old.read_text("utf-8"))
    content["sentences"][2]["wrong"].append("metrics")
    content["tags"]["all"]["pillar"] = 0.0
    old.write_text(json.dumps(content), encoding="utf-8")
    shown = run(folder, "--compare", old).stdout
    assert "won 1, lost 0" in shown and "tags.all.pillar" in shown and "页:3 +metrics" in shown


def test_floors_of_sets_and_of_tagged_sentences(run: Run, tmp_path: Path) -> None:
    folder = write_tags(tmp_path / "tags")
    floors = tmp_path / "floors.toml"
    floors.write_text(
        "[gold]\nrecord_f1 = 1\n[tags.all]\nsame_cut = 1\nmetric_f1 = 100\n[tags.no_figure]\nlost = 0\n"
    )
    result = run(folder, "--floors", f"{floors}#tags")
    assert result.exit_code == 1
    assert "tags.all.metric_f1 is " in result.stderr and "same_cut" not in result.stderr
    assert "record_f1 is 0.0" in run(folder, "--floors", f"{floors}#gold").stderr
    missing = run(folder, "--floors", f"{floors}#records")
    assert missing.exit_code == 2
    assert f"{floors}: has no table [records]; its tables are gold, tags" in missing.stderr
    floors.write_text("[tags.all]\npillars = 1\n")
    assert "pillars is no figure" in run(folder, "--floors", f"{floors}#tags").stderr


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"start": "1"}, "start is of the wrong kind"),
        ({"metrics": None}, "metrics is of the wrong kind"),
        ({"figure": 1}, "figure must be true or false"),
        ({"also_ok": {"pillar": []}}, "the record has no metrics_optional"),
        (
            {"also_ok": {"metrics_optional": [], "pillar": "x"}},
            "also_ok must be an object of lists",
        ),
        ({"end": 999}, "is not in the text"),
    ],
)
def test_malformed_tags_are_named(run: Run, tmp_path: Path, change: Any, message: str) -> None:
    folder = write_tags(tmp_path / "tags", [TAGS[0] | change])
    result = run(folder)
    assert result.exit_code == 2
    assert message in result.stderr and len(result.stderr.splitlines()) == 1


# --- against the scorers beside the repository, where they are -----------------------------------

SHARED = Path(__file__).parents[2] / "shared"


def scorer(name: str) -> Any:
    """A scorer as a module."""
    if not (SHARED / name).is_file():
        pytest.skip("no scorer beside the repository")
    return SimpleNamespace(**runpy.run_path(str(SHARED / name)))


def test_figures_are_those_of_the_scorer_of_records(tmp_path: Path) -> None:
    theirs = scorer("score.py")
    folder = SHARED / "gold"
    names = sorted(path.name.removesuffix(".gold.jsonl") for path in folder.glob("*.gold.jsonl"))
    for name in names:
        records = sj.extract_file(folder / f"{name}.txt")
        lines = [literal(record.to_dict()) for record in records]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")

    def gold_of(name: str) -> Any:
        head, *records = theirs.load(folder / f"{name}.gold.jsonl")
        return head["scope"], records, (folder / f"{name}.txt").read_text(encoding="utf-8")

    total, documents = theirs.score(
        names, gold_of, lambda name: theirs.load(tmp_path / f"{name}.jsonl")
    )
    evaluation = package.evaluate(folder, tmp_path)
    assert evaluation.total() == theirs.summary(total)
    assert list(evaluation.total()) == list(theirs.summary(total))
    assert evaluation.by("document") == {n: theirs.summary(d) for n, d in documents.items()}


def test_figures_are_those_of_the_scorer_of_tags() -> None:
    theirs = scorer("score_tags.py")

    def rows(command: str, path: Path) -> Any:
        source = Source("page.txt", path.read_text(encoding="utf-8"))
        return [sentence.to_dict() for sentence in analyse(source).sentences]

    theirs.score.__globals__["run"] = rows
    scores, _ = theirs.score(SHARED / "tags", "")
    assert package.evaluate(SHARED / "tags").tag_total() == scores


def test_sentences_are_scored_by_what_their_figures_measure(tmp_path: Path) -> None:
    right = {"role": "level", "metric": "schools", "stage": "primary", "groups": []}
    figure = {"figure": "12所", "subject": "小学", "key": ["小学"], "measure": "total"} | right
    lines = [
        {"text": "全县有小学12所。", "figures": [figure]},
        {"text": "全县有小学12所。", "figures": [figure | {"metric": "teachers"}]},
        {
            "text": "全县有小学12所。",
            "figures": [figure | {"stage": None, "also": {"stage": ["primary"]}}],
        },
    ]
    file = tmp_path / "few.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    script = Path(__file__).parent.parent / "scripts" / "score_sentences.py"
    done = subprocess.run(
        [sys.executable, script, "--errors", "metric", file], capture_output=True, check=True
    )
    listed, counts = done.stdout.decode("utf-8").splitlines()
    assert listed == "schools → teachers | 12所 | 全县有小学12所。"
    assert counts.startswith(
        "few 3 found 1.000 all 0.667 subject 1.000 role 1.000 metric 0.667 stage 1.000"
    )


def test_sentences_without_figures_are_scored_by_pillar_and_metrics(tmp_path: Path) -> None:
    prose: dict[str, Any] = {"kind": "prose", "section": None, "pillar_ok": []}
    lines = [
        {"text": "全县学校开设校本课程。", "pillar": "resources", "metrics": ["courses"]},
        {
            "text": "全县学校开设校本课程。",
            "section": "三、完善保障体系",
            "pillar": "resources",
            "pillar_ok": ["guarantees"],
            "metrics": ["teachers"],
            "metrics_optional": ["courses"],
        },
        {"text": "（一）加强经费保障", "kind": "title", "pillar": "quality", "metrics": []},
    ]
    file = tmp_path / "words.jsonl"
    rows = [prose | {"metrics_optional": []} | line for line in lines]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    script = Path(__file__).parent.parent / "scripts" / "score_sentences.py"
    for field, error in (
        ("metrics", "-teachers | 全县学校开设校本课程。"),
        ("pillar", "→ quality | （一）加强经费保障"),
    ):
        done = subprocess.run(
            [sys.executable, script, "--errors", field, file], capture_output=True, check=True
        )
        assert done.stdout.decode("utf-8").splitlines() == [
            error,
            "words 3 all 0.333 pillar 0.667 precision 1.000 recall 0.500",
        ]
