"""The documentation as a site, its pictures, and the examples of the pages in both languages."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
import tomli

from shuangjian_cli.__main__ import main

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert "not included in the" not in done.stderr  # a page that the navigation lacks
    chinese = (tmp_path / "zh" / "review.html").read_text(encoding="utf-8")
    assert "人的修改从此算数" in chinese
    assert "命令行" in (tmp_path / "zh" / "cli.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_picture_shows_what_the_command_does(language: str) -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "screenshots.py"))
    command, lines = script["PICTURES"][f"extract.{language}"]
    svg = script["picture"](command, lines)
    ElementTree.fromstring(svg)
    words = "".join(re.findall(r">([^<>]+)</text>", svg)).replace("&#160;", "")
    assert "织金县教育科技局" in words and {"en": "Achieved", "zh": "已实现"}[language] in words
    assert "@font-face" not in svg  # nothing is fetched
    assert sorted(DOCS.glob(f"images/*.{language}.svg"))


def test_the_defaults_of_the_pages_are_good_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    english, chinese = (
        re.findall(r"```toml\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL)
        for page in ("habits.md", "zh/habits.md")
    )
    assert english == chinese and tomli.loads(english[0])["options"]["lang"] == "zh"
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shuangjian.toml").write_text(english[0], encoding="utf-8")
    (tmp_path / "a.txt").write_text("2023年，湖北省新建学校8所。", encoding="utf-8")
    assert main(["extract", "a.txt", "-o", "a.csv"]) == 0
    assert (tmp_path / "a.csv").read_text(encoding="utf-8-sig").startswith("文件,行,省份")
