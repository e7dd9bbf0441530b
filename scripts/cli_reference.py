"""Writes docs/cli.md, the reference of every verb and option, from the command line itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from shuangjian_cli.commands import VERBS
from shuangjian_cli.commands.app import command

FILE = Path(__file__).parent.parent / "docs" / "cli.md"


def reference() -> str:
    """The reference as Markdown."""
    verbs = command().commands
    out = [
        "# The command line",
        "",
        "Written by `scripts/cli_reference.py` from the program itself. `shuangjian VERB --help`",
        "says the same in the terminal.",
    ]
    for name in VERBS:
        out += _verb(name, verbs[name])
    return "\n".join(out) + "\n"


def _verb(name: str, verb: Any) -> list[str]:
    arguments = [p for p in verb.params if p.param_type_name == "argument"]
    options = [p for p in verb.params if p.param_type_name == "option" and p.name != "help"]
    words = " ".join(p.metavar or p.name.upper() for p in arguments)
    out = ["", f"## shuangjian {name}", "", (verb.help or "").strip().replace("\f", "")]
    out += ["", f"    shuangjian {name} [OPTIONS] {words}".rstrip()]
    rows = [(f"`{p.metavar or p.name.upper()}`", p.help or "") for p in arguments]
    for option in options:
        names = ", ".join(f"`{o}`" for o in [*option.opts, *option.secondary_opts])
        rows.append((names, option.help or ""))
    if rows:
        out += ["", "| | |", "| --- | --- |"]
        out += [
            f"| {left} | {' '.join(right.split()).replace('|', chr(92) + '|')} |"
            for left, right in rows
        ]
    return out


if __name__ == "__main__":
    FILE.write_text(reference(), encoding="utf-8")
