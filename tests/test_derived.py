"""What is derived from the rules is kept for later starts, and changes no record."""

from __future__ import annotations

import marshal
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from shuangjian_cli import patterns
from shuangjian_cli.derived import VARIABLE
from shuangjian_cli.tag.pack import load_builtin
from shuangjian_cli.tag.packed import packed, unpacked

ROOT = Path(__file__).parent.parent
TEXT = "会宁县教育局通报\n\n2023年，全县新建学校12所，学生满意率达到96.5%，投入专项资金2.96亿元。\n"
WATCHED = (
    "import sys; from shuangjian_cli.__main__ import main; status = main(sys.argv[1:]);"
    " from shuangjian_cli.derived import DERIVED;"
    " print(DERIVED.found, DERIVED.made, file=sys.stderr); sys.exit(status)"
)

pytestmark = pytest.mark.skipif(os.name != "posix", reason="no cache there")


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("text") / "a.txt"
    path.write_text(TEXT, "utf-8")
    return path


def start(text: Path, cache: Path | str, root: Path = ROOT) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", WATCHED, "extract", str(text), "--format", "jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=root,
        env={**os.environ, VARIABLE: str(cache), "PYTHONPATH": str(root)},
    )


def end(child: subprocess.Popen[bytes]) -> tuple[bytes, int, int]:
    """Standard output, and how many values were found in the cache and made."""
    out, err = child.communicate()
    assert child.returncode == 0 and err.count(b"\n") == 1, err
    found, made = map(int, err.split())
    return out, found, made


def run(text: Path, cache: Path | str, root: Path = ROOT) -> tuple[bytes, int, int]:
    return end(start(text, cache, root))


@pytest.fixture(scope="module")
def plain(text: Path) -> bytes:
    """The records without a cache."""
    out, found, made = run(text, "off")
    assert out.count(b"\n") == 3 and not found and made
    return out


def test_the_cache_is_made_used_and_private(text: Path, plain: bytes, tmp_path: Path) -> None:
    cache = tmp_path / "new" / "cache"
    out, found, made = run(text, cache)
    assert (out, found) == (plain, 0) and made
    (file,) = cache.iterdir()
    assert (cache.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)
    out, found, made = run(text, cache)
    assert (out, made) == (plain, 0) and found


def test_what_a_killed_process_left_is_removed(text: Path, plain: bytes, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir(mode=0o700)
    with subprocess.Popen([sys.executable, "-c", ""]) as over:
        over.wait()
    name = f"{sys.implementation.cache_tag}.derived"
    (cache / f"{name}.{over.pid}").write_bytes(b"half")
    (cache / f"{name}.{os.getpid()}").write_bytes(b"being written")
    (cache / "other.1").write_bytes(b"no cache")
    assert run(text, cache)[0] == plain
    assert {each.name for each in cache.iterdir()} == {name, f"{name}.{os.getpid()}", "other.1"}


def test_the_folder_of_the_user(text: Path, plain: bytes, tmp_path: Path) -> None:
    child = subprocess.run(
        [sys.executable, "-m", "shuangjian_cli", "extract", text, "--format", "jsonl"],
        capture_output=True,
        check=True,
        cwd=ROOT,
        env={"XDG_CACHE_HOME": str(tmp_path / "xdg"), "HOME": str(tmp_path), "PATH": ""},
    )
    assert (child.stdout, child.stderr) == (plain, b"")
    kept = tmp_path / ("Library/Caches" if sys.platform == "darwin" else "xdg") / "shuangjian"
    assert len(list(kept.iterdir())) == 1


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "cut in the header": lambda data: data[:9],
    "cut": lambda data: data[: len(data) // 2],
    "one bit": lambda data: data[:-99] + bytes([data[-99] ^ 1]) + data[-98:],
    "longer": lambda data: data + b"0",
    "another Python": lambda data: data.replace(b"shuangjian 1 ", b"shuangjian 1 x", 1),
    "no cache": lambda data: os.urandom(5000),
}


def test_a_damaged_file_is_made_anew(text: Path, plain: bytes, tmp_path: Path) -> None:
    run(text, tmp_path / "cache")
    (file,) = (tmp_path / "cache").iterdir()
    whole = file.read_bytes()
    for name, damage in DAMAGES.items():
        file.write_bytes(damaged := damage(whole))
        assert run(text, tmp_path / "cache")[:2] == (plain, 0), name
        assert file.read_bytes() != damaged, name
    assert run(text, tmp_path / "cache")[::2] == (plain, 0)


@pytest.mark.parametrize("what", ["folder", "file", "linked folder", "linked file"])
def test_what_others_may_write_is_neither_read_nor_written(
    text: Path, plain: bytes, tmp_path: Path, what: str
) -> None:
    cache = tmp_path / "cache"
    run(text, cache)
    (file,) = cache.iterdir()
    match what:
        case "folder":
            cache.chmod(0o777)
        case "file":
            file.chmod(0o666)
        case "linked folder":
            cache.rename(tmp_path / "elsewhere")
            cache.symlink_to(tmp_path / "elsewhere")
        case "linked file":
            file.rename(tmp_path / "elsewhere")
            file.symlink_to(tmp_path / "elsewhere")
    assert run(text, cache)[:2] == (plain, 0)
    # Where only the file was open to others, one of the user's own takes its place.
    out, found, _ = run(text, cache)
    assert out == plain and bool(found) == ("file" in what)


@pytest.mark.parametrize("place", ["/dev/null/cache", "/proc/cache", "off"])
def test_where_nothing_can_be_kept_nothing_is_said(text: Path, plain: bytes, place: str) -> None:
    assert run(text, place)[0] == plain


@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder(text: Path, plain: bytes, tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir(mode=0o500)
    assert run(text, tmp_path / "cache")[0] == plain
    assert not list((tmp_path / "cache").iterdir())


def test_many_at_once(text: Path, plain: bytes, tmp_path: Path) -> None:
    children = [start(text, tmp_path / "cache") for _ in range(5)]
    assert {end(child)[0] for child in children} == {plain}
    out, found, made = run(text, tmp_path / "cache")
    assert (out, made) == (plain, 0) and found
    assert len(list((tmp_path / "cache").iterdir())) == 1


def test_changed_rules_are_derived_anew(text: Path, plain: bytes, tmp_path: Path) -> None:
    shutil.copytree(
        ROOT / "shuangjian_cli",
        tmp_path / "shuangjian_cli",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    assert run(text, tmp_path / "cache", tmp_path)[0] == plain
    for name, old, new in (
        ("metric/catalogue.toml", "special_funds", "own_funds"),
        ("metric/spoken.toml", "special_funds", "own_funds"),
        ("place/places.txt", "会宁/县", "会安/县"),
    ):
        path = tmp_path / "shuangjian_cli" / "tag" / name
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    changed, found, made = run(text, tmp_path / "cache", tmp_path)
    assert found and made and changed != plain
    assert b"own_funds" in changed and b"special_funds" not in changed
    assert "甘肃省".encode() in plain and "甘肃省".encode() not in changed
    assert changed == run(text, "off", tmp_path)[0]
    assert changed == run(text, tmp_path / "cache", tmp_path)[0]


@pytest.mark.parametrize(
    ("source", "flags"),
    [
        ("", 0),
        ("[一-鿿]{2,4}全(?P<kind>[省市])(?=县)|(乡)(?P=kind)", 0),
        ("(?i)[a-z\ud800]+(?<!b)c?+", re.MULTILINE),
        (rb"\s*<(?:!doctype\s+html|body)\b", re.IGNORECASE | re.DOTALL),
    ],
)
def test_a_kept_pattern_is_the_pattern(source: str | bytes, flags: int) -> None:
    compiled = re.compile(source, flags)
    parts = patterns._parts(compiled, int(flags))
    assert parts is not None
    rebuilt = patterns._rebuilt(source, parts)
    assert rebuilt == compiled and rebuilt.groupindex == compiled.groupindex


def test_kept_rules_are_the_rules() -> None:
    rules = load_builtin()
    kept = unpacked(marshal.loads(marshal.dumps(packed(rules))))
    assert kept.__reduce__() == rules.__reduce__()
    assert list(kept.metrics) == list(rules.metrics) and list(kept.units) == list(rules.units)
