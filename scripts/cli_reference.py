"""Writes docs/cli.md and docs/zh/cli.md, the reference of every verb and option, from the command
line itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from shuangjian_cli.commands import VERBS
from shuangjian_cli.commands.app import command
from shuangjian_cli.language import Language
from shuangjian_cli.language.messages import speaking

DOCS = Path(__file__).parent.parent / "docs"
FILES: dict[Language, Path] = {"en": DOCS / "cli.md", "zh": DOCS / "zh" / "cli.md"}
HEADS = {
    "en": """# The command line

Written by `scripts/cli_reference.py` from the program itself. `shuangjian VERB --help`
says the same in the terminal.
""",
    "zh": """# 命令行

由 `scripts/cli_reference.py` 从程序本身生成；在终端上，`shuangjian 命令 --help` 显示相同的内容。
""",
}


def reference(language: Language) -> str:
    """The reference as Markdown."""
    with speaking(language):
        verbs = command().commands
        out = [HEADS[language].rstrip()]
        for name in VERBS:
            out += _verb(name, verbs[name])
    return "\n".join(out) + "\n"


def _verb(name: str, verb: Any) -> list[str]:
    arguments = [p for p in verb.params if p.param_type_name == "argument"]
    options = [p for p in verb.params if p.param_type_name == "option" and p.name != "help"]
    words = " ".join(p.metavar or p.name.upper() for p in arguments)
    out = ["", f"## shuangjian {name}", "", (verb.help or "").strip().replace("\f", "")]
    out += ["", f"    shuangjian {name} {verb.options_metavar} {words}".rstrip()]
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
    for language, file in FILES.items():
        file.write_text(reference(language), encoding="utf-8")
