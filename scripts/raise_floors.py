"""Raises the floors of `floors.toml` to what is reached today; none is ever lowered.

A floor is written as measured, cut (not rounded) to three decimals, or to one where it is in
percent. Run it after a change that won something, and commit the file with the change.
"""

from __future__ import annotations

import re
from pathlib import Path

from shuangjian_cli.evaluate import evaluate

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ROOT / "floors.toml"
SETS = {
    "evaluation-gold": ROOT / "evaluation" / "gold",
    "evaluation-tags": ROOT / "evaluation" / "tags",
    "shared-gold": ROOT.parent / "shared" / "gold",
    "shared-tags": ROOT.parent / "shared" / "tags",
}
FIXED = {"certain_share"}
"""Not raised: fewer records may be marked certain so that those that are hold."""
PREFIXES = {None: "", "found": "found."}
_TABLE = re.compile(r"\[([\w-]+)(?:\.(\w+))?\]")
_FLOOR = re.compile(r"(\w+) = ([\d.]+)")


def main() -> None:
    reached = {name: evaluate(path).figures() for name, path in SETS.items() if path.is_dir()}
    table, prefix, lines = "", "", []
    for line in FLOORS.read_text(encoding="utf-8").splitlines():
        if found := _TABLE.fullmatch(line):
            table, part = found.groups()
            prefix = PREFIXES.get(part, f"tags.{part}.")
        elif (found := _FLOOR.fullmatch(line)) and table in reached:
            now = reached[table].get(prefix + found[1], 0)
            if now > float(found[2]) and found[1] not in FIXED:
                line = f"{found[1]} = {_cut(now, 1 if prefix.startswith('tags.') else 3)}"
        lines.append(line)
    FLOORS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _cut(value: float, places: int) -> str:
    """The decimals of a number as it is written, without those beyond `places`."""
    whole, _, fraction = f"{value:.4f}".partition(".")
    return f"{whole}.{fraction[:places]}"


if __name__ == "__main__":
    main()
