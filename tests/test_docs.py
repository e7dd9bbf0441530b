"""The documents keep up with the program."""

from __future__ import annotations

import json
import re
import runpy
from pathlib import Path

import pytest
import tomli
from markdown_it import MarkdownIt

from shuangjian_cli.__main__ import main
from shuangjian_cli.commands import VERBS

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
READMES = [ROOT / "README.md", ROOT / "README.zh.md"]


def test_the_reference_of_the_command_line_is_current() -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "cli_reference.py"))
    for language, file in script["FILES"].items():
        assert file.read_text(encoding="utf-8") == script["reference"](language)


def test_the_measured_tables_are_those_of_the_runs_that_are_kept() -> None:
    page = runpy.run_path(str(ROOT / "benchmarks" / "page.py"))
    kept = sorted((ROOT / "benchmarks" / "runs").glob("*.json"))
    runs = [json.loads(run.read_text(encoding="utf-8")) for run in kept]
    block = "".join(f"{line}\n" for line in page["lines"](runs))
    for file in page["PAGES"]:
        assert f"{page['BEGIN']}{block}{page['END']}" in file.read_text(encoding="utf-8")


def test_the_licences_are_in_the_wheel() -> None:
    """Every file that hatchling is told to put among the licences is there, the notice too."""
    project = tomli.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {"LICENSE", "NOTICE.md"} <= set(project["license-files"])
    assert all((ROOT / name).is_file() for name in project["license-files"])


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_readme_shows_every_verb(readme: Path) -> None:
    text = readme.read_text(encoding="utf-8")
    assert [verb for verb in VERBS if f"shuangjian {verb}" not in text] == []


@pytest.mark.parametrize(
    "page", [*READMES, *sorted(DOCS.rglob("*.md"))], ids=lambda path: path.name
)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_readmes_evaluate_as_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "evaluation").symlink_to(ROOT / "evaluation")
    monkeypatch.chdir(tmp_path)
    commands, again = (
        [
            command.strip()
            for command in re.findall(
                r"^shuangjian (evaluate [^#\n]*)", readme.read_text("utf-8"), re.MULTILINE
            )
        ]
        for readme in READMES
    )
    assert commands == again
    assert len(commands) >= 2 and any("--compare" in command for command in commands)
    assert [main(command.split()) for command in commands] == [0] * len(commands)


def _shape(page: Path) -> list[str]:
    """Headings, blocks of code and rows of tables; of code for machines the code itself."""
    shape = []
    for token in MarkdownIt().enable("table").parse(page.read_text(encoding="utf-8")):
        if token.type == "fence" and token.info:
            shape.append(re.sub(r"# .*", "# …", token.content))
        elif token.type in ("fence", "code_block"):
            shape.append(f"code of {token.content.count(chr(10))} lines")
        elif token.type in ("heading_open", "tr_open"):
            shape.append(token.tag)
    return shape


@pytest.mark.parametrize("name", [path.name for path in sorted(DOCS.glob("*.md"))])
def test_a_page_in_english_has_its_twin_in_chinese(name: str) -> None:
    """The same headings, code and tables, and no measured number that one of them lacks."""
    english, chinese = DOCS / name, DOCS / "zh" / name
    assert _shape(chinese) == _shape(english)
    numbers = re.compile(r"(?<![\w.])\d+(?:\.\d+|(?:,\d{3})+)(?![\w.]*\w)")
    assert not set(numbers.findall(english.read_text("utf-8"))) ^ set(
        numbers.findall(chinese.read_text("utf-8"))
    )


def test_no_page_in_chinese_is_alone() -> None:
    english, chinese = (
        {path.name for path in folder.glob("*.md")} for folder in (DOCS, DOCS / "zh")
    )
    assert chinese - english == set()


@pytest.mark.parametrize(
    "page",
    [ROOT / "README.md", DOCS / "python.md", DOCS / "zh" / "python.md"],
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)
def test_the_examples_in_python_print_what_they_say(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The comments of an example that stand at its left are what it prints."""
    names: dict[str, object] = {}
    blocks = re.findall(r"^```python\n(.*?)^```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    for block in blocks:
        exec(block, names)  # noqa: S102 - our own examples
        said = [line[2:] for line in block.splitlines() if line.startswith("# ")]
        assert capsys.readouterr().out.splitlines() == said
    assert blocks
