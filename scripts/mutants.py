"""Break the rules line by line, and tell which breaks the tests notice.

    python scripts/mutants.py [--only PATH] [--least N]

Each break of `mutants.toml` is made in a copy of the project, where the tests of the broken package
run until the first fails. A break that no test notices is a test that is missing. Prints a line for
each and the share caught; exit status 1 where fewer than `--least` in 100 are caught, 2 where a
break no longer fits its file or the tests fail without one. Takes half an hour on two cores.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COPIED = ("shuangjian_cli", "tests", "evaluation", "samples", "docs", "scripts")
FILES = ("pyproject.toml", "floors.toml", "README.md")
TAG = Path("shuangjian_cli", "tag")
NONE_CHOSEN = 5
"""What pytest ends with where no test has the word in its name."""


def copy_to(folder: Path) -> None:
    """Copy what the tests of the rules read."""
    for name in COPIED:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    for name in FILES:
        shutil.copy(ROOT / name, folder / name)


def is_noticed(folder: Path, tests: list[str], only: str = "") -> bool:
    """Whether one of the tests, of those with a word in their name, fails in a folder."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", "-p", "no:cacheprovider"]
    paths = [str(Path("tests", name)) for name in tests]
    chosen = ["-k", only] if only else []
    environment = os.environ | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [*command, *paths, *chosen], cwd=folder, env=environment, capture_output=True, check=False
    )
    return done.returncode not in (0, NONE_CHOSEN)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="break only files whose path begins so")
    parser.add_argument("--least", type=float, default=87.5, metavar="N", help="in 100 caught")
    options = parser.parse_args()
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    mutants = [m for m in data["mutant"] if m["file"].startswith(options.only)]
    tests = data["tests"]
    missed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy_to(folder)
        for mutant in mutants:
            text = (ROOT / TAG / mutant["file"]).read_text(encoding="utf-8")
            if text.count(mutant["old"]) != 1:
                print(f"{mutant['file']}: not there once: {mutant['old']!r}", file=sys.stderr)
                return 2
        packages = {mutant["file"].split("/")[0] for mutant in mutants}
        if is_noticed(folder, sorted({*tests["all"], *(t for p in packages for t in tests[p])})):
            print("the tests fail without a break", file=sys.stderr)
            return 2
        for number, mutant in enumerate(mutants, 1):
            path = folder / TAG / mutant["file"]
            whole = path.read_text(encoding="utf-8")
            path.write_text(whole.replace(mutant["old"], mutant["new"]), encoding="utf-8")
            package = mutant["file"].split("/")[0]
            # The examples of its own rules fail first, most often.
            caught = is_noticed(folder, tests["all"], package) or is_noticed(
                folder, tests[package] + tests["all"]
            )
            path.write_text(whole, encoding="utf-8")
            missed += not caught
            word = "caught" if caught else "MISSED"
            print(f"{number:3} {word} {mutant['file']}: {mutant['old'].strip()}", flush=True)
    share = 100 * (len(mutants) - missed) / max(1, len(mutants))
    print(f"{len(mutants) - missed} of {len(mutants)} caught, {share:.0f} %")
    return int(share < options.least)


if __name__ == "__main__":
    sys.exit(main())
