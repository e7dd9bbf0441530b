"""The floors of the evaluation set, and the script that raises them."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
import tomli

from shuangjian_cli.evaluate import read_floors

ROOT = Path(__file__).parent.parent
SCRIPT = runpy.run_path(str(ROOT / "scripts" / "raise_floors.py"))


@pytest.mark.parametrize("table", SCRIPT["SETS"])
def test_every_set_has_floors(table: str) -> None:
    assert read_floors(f"{ROOT / 'floors.toml'}#{table}")


def test_floors_only_rise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    floors = tmp_path / "floors.toml"
    floors.write_text(
        "# kept\n[a]\nsubject = 0.5\nmetric = 0.98\ncertain_share = 0.1\n[a.all]\npillar = 50.0\n"
        "[a.found]\narea = 0.2\n[other]\nsubject = 0.1\n"
    )

    class Reached:
        def figures(self) -> dict[str, float]:
            return {
                "subject": 0.8199,
                "metric": 0.5,
                "certain_share": 0.9,
                "tags.all.pillar": 66.7,
                "found.area": 0.31,
            }

    scope = SCRIPT["main"].__globals__
    monkeypatch.setitem(scope, "FLOORS", floors)
    monkeypatch.setitem(scope, "SETS", {"a": tmp_path, "other": tmp_path / "nowhere"})
    monkeypatch.setitem(scope, "evaluate", lambda path: Reached())
    SCRIPT["main"]()
    assert floors.read_text().startswith("# kept\n")
    assert tomli.loads(floors.read_text()) == {
        "a": {
            "subject": 0.819,
            "metric": 0.98,
            "certain_share": 0.1,
            "all": {"pillar": 66.7},
            "found": {"area": 0.31},
        },
        "other": {"subject": 0.1},
    }
