"""The breaks of scripts/mutants.toml fit the rules that they are to break."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
TAG = ROOT / "shuangjian_cli" / "tag"


def test_each_break_stands_once_in_its_file() -> None:
    data = tomllib.loads((ROOT / "scripts" / "mutants.toml").read_text("utf-8"))
    breaks = [(each["file"], each["old"], each["new"]) for each in data["mutant"]]
    assert len(breaks) >= 32 and all(old != new for _, old, new in breaks)
    texts = {file: (TAG / file).read_text("utf-8") for file, _, _ in breaks}
    assert [(file, old) for file, old, _ in breaks if texts[file].count(old) != 1] == []


def test_the_tests_that_are_to_notice_them_are_there() -> None:
    data = tomllib.loads((ROOT / "scripts" / "mutants.toml").read_text("utf-8"))
    named = {name for names in data["tests"].values() for name in names}
    assert [name for name in named if not (ROOT / "tests" / name).exists()] == []
    assert {each["file"].split("/")[0] for each in data["mutant"]} <= set(data["tests"])
