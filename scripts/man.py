"""Writes the man pages, man/shuangjian.1 and man/zh_CN/shuangjian.1, from the help of the verbs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from shuangjian_cli.commands import VERBS
from shuangjian_cli.commands.app import command
from shuangjian_cli.commands.help import Entry, entries, paragraphs
from shuangjian_cli.commands.messages import PROGRAM
from shuangjian_cli.language import Language
from shuangjian_cli.language.messages import N_, _, retold, speaking

FOLDER = Path(__file__).parent.parent / "man"
FILES: dict[Language, Path] = {
    "en": FOLDER / f"{PROGRAM}.1",
    "zh": FOLDER / "zh_CN" / f"{PROGRAM}.1",
}
HEADS = (N_("NAME"), N_("SYNOPSIS"), N_("DESCRIPTION"), N_("FILES"))
NAME, SYNOPSIS, DESCRIPTION, FILED = HEADS


def page(language: Language) -> str:
    """The page in a language, as man reads it."""
    with speaking(language):
        return "\n".join(_page()) + "\n"


def _page() -> Iterator[str]:
    whole = command()
    context = typer.Context(whole, info_name=PROGRAM, help_option_names=["--help", "-h"])
    about = paragraphs(whole.help)[0]
    yield f".TH {PROGRAM.upper()} 1"
    yield f".SH {_(NAME)}"
    yield f"{PROGRAM} \\- {_plain(about.rstrip('.。'))}"
    yield f".SH {_(SYNOPSIS)}"
    yield f".B {PROGRAM}"
    yield _plain(" ".join(retold(whole.get_usage(context)).split()).partition(PROGRAM)[2].strip())
    yield f".SH {_(DESCRIPTION)}"
    yield _plain(about)
    for title, listed in entries(whole, context).items():
        if title != _("Commands"):
            yield f".SS {title}"
            yield from _entries(listed)
    for verb in VERBS:
        yield from _verb(verb, whole.commands[verb], context)
    yield f".SH {_(FILED)}"
    yield ".TP\n.I shuangjian.toml"
    yield _plain(_("Defaults of options, and rules: the nearest upward of the working directory."))
    yield ".TP\n.I shuangjian.corrections.jsonl"
    yield _plain(_("What was corrected in texts of no store, likewise."))


def _verb(name: str, verb: Any, parent: Any) -> Iterator[str]:
    context = typer.Context(verb, info_name=name, parent=parent)
    yield f".SH {PROGRAM.upper()} {name.upper()}"
    usage = " ".join(retold(verb.get_usage(context)).split()).partition(PROGRAM)[2].strip()
    yield f".B {PROGRAM}"
    yield _plain(usage)
    for paragraph in paragraphs(verb.help):
        yield ".PP"
        if not paragraph.startswith("- "):
            yield _plain(paragraph)
            continue
        for line in paragraph.removeprefix("- ").split("\n- "):
            yield f".RS 4\n{_plain(' '.join(line.split()))}\n.RE"
    for title, listed in entries(verb, context).items():
        yield f".SS {title}"
        yield from _entries(listed)


def _entries(listed: list[Entry]) -> Iterator[str]:
    for entry in listed:
        takes = f" \\fI{_escaped(entry.takes)}\\fR" if entry.takes else ""
        yield f".TP\n\\fB{_escaped(entry.names)}\\fR{takes}"
        yield _plain(" ".join([entry.does, *entry.more()]))


def _plain(text: str) -> str:
    """A line of text; what stands in backticks is bold."""
    parts = re.split(r"`([^`]*)`", text)
    said = (
        f"\\fB{_escaped(part)}\\fR" if n % 2 else _escaped(part) for n, part in enumerate(parts)
    )
    line = "".join(said)
    return f"\\&{line}" if line.startswith((".", "'")) else line


def _escaped(text: str) -> str:
    return text.replace("\\", "\\e").replace("-", "\\-")


if __name__ == "__main__":
    for language, file in FILES.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page(language), encoding="utf-8")
