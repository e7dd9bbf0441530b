"""What is installed: the wheel is complete, and its command runs from any folder."""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution, distributions
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement

from shuangjian_cli.language import LANGUAGES

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "shuangjian_cli"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A fresh environment that holds the wheel and what it says it needs, nothing else, as those of
    uvx and pipx do. What it needs is taken from this environment, not fetched."""
    folder = tmp_path_factory.mktemp("venv")
    venv.create(folder, symlinks=True)
    paths = {"base": str(folder), "platbase": str(folder)}
    python = Path(sysconfig.get_path("scripts", "venv", paths)) / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps"]
    subprocess.run([*pip, "--no-index", "--quiet", str(wheel)], check=True)
    packages = Path(sysconfig.get_path("purelib", "venv", paths))
    for each in _needed(next(iter(distributions(name="shuangjian", path=[str(packages)])))):
        for name in {file.parts[0] for file in each.files or [] if file.parts[0] != ".."}:
            if not (packages / name).exists():
                (packages / name).symlink_to(each.locate_file(name))
    yield python.parent


def _needed(of: Distribution) -> Iterator[Distribution]:
    """The distributions that one requires, and what these require, extras left out."""
    for requirement in map(Requirement, of.requires or []):
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield distribution(requirement.name)
            yield from _needed(distribution(requirement.name))


def _run(
    installed: Path, folder: Path, *args: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "SHUANGJIAN_CACHE") if name in os.environ}
    return subprocess.run(
        [str(installed / "shuangjian"), *args],
        cwd=folder,
        env=kept | environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_wheel_holds_the_whole_package(wheel: Path) -> None:
    names = set(ZipFile(wheel).namelist())
    files = {
        path.relative_to(ROOT).as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert files - names == set()
    for language in LANGUAGES[:1]:
        catalogue = f"shuangjian_cli/language/locale/{language}/LC_MESSAGES/messages.mo"
        assert catalogue in names


def test_the_wheel_holds_licence_notice_and_manual(wheel: Path) -> None:
    names = ZipFile(wheel).namelist()
    for end in (
        "licenses/LICENSE",
        "licenses/NOTICE.md",
        "data/share/man/man1/shuangjian.1",
        "data/share/man/zh_CN/man1/shuangjian.1",
    ):
        assert any(name.endswith(end) for name in names), end


def test_the_installed_command_reads_a_text_in_another_folder(
    installed: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("2023年，湖南省新建学校12所。", encoding="utf-8")
    done = _run(installed, tmp_path, "extract", "a.txt", "-f", "jsonl")
    assert (done.returncode, done.stderr) == (0, "")
    assert '"value": 12' in done.stdout
    report = _run(installed, tmp_path, "report", "a.txt", "-o", "a.html", "-j", "2")
    assert report.returncode == 0 and (tmp_path / "a.html").stat().st_size > 10_000
    # What is in no environment but of an extra.
    lacking = _run(installed, tmp_path, "extract", "a.txt", "-o", "a.xlsx")
    assert lacking.returncode == 2 and "shuangjian[xlsx]" in lacking.stderr


def test_the_installed_command_speaks_chinese_and_knows_its_version(
    installed: Path, tmp_path: Path
) -> None:
    done = _run(installed, tmp_path, "--help", LANG="zh_CN.UTF-8")
    assert done.returncode == 0 and "提取公报中的数据，一个数据一行。" in done.stdout
    assert _run(installed, tmp_path, "--version").stdout.startswith("shuangjian 0.")


def test_the_installed_command_completes(installed: Path, tmp_path: Path) -> None:
    asked = {
        "_SHUANGJIAN_COMPLETE": "complete_bash",
        "COMP_WORDS": "shuangjian extract --conf",
        "COMP_CWORD": "2",
    }
    assert _run(installed, tmp_path, **asked).stdout.split() == ["--confidence"]


def test_the_man_pages_are_current() -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "man.py"))
    for language, file in script["FILES"].items():
        assert file.read_text(encoding="utf-8") == script["page"](language)
