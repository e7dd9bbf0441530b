"""The worked example of docs/rule-packs.md holds, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import shuangjian_cli as sj
from shuangjian_cli.tag.check import check

DOCS = Path(__file__).parent.parent / "docs"


@pytest.mark.parametrize("page", ["rule-packs.md", "zh/rule-packs.md"])
def test_the_worked_example(page: str, tmp_path: Path) -> None:
    found = re.search(r"```toml\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    pack = tmp_path / "mine.toml"
    pack.write_text(found[1], encoding="utf-8")
    assert check(pack) == []
    first, second = sj.extract(
        "全县聘任科学副校长12名，开发延时服务课程30课包。", rules=sj.load_rules(pack)
    )
    assert (first.metric, first.pillar) == ("science_vice_principals", "resources")
    assert (second.unit, second.metric) == ("课包", "courses")
