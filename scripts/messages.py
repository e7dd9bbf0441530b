"""Brings the message catalogues up to date with the source, and compiles them.

Adds what the source says anew, takes away what it says no longer, lists what is not translated
yet; `--check` only tells whether all is as it should be. What is to be said stands in `_("…")` and
`N_("…")`, in the help of verbs and options, in what rules and doubts say of themselves, and in
language/patterns.toml.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from shuangjian_cli.commands.app import command
from shuangjian_cli.commands.help import messages_of
from shuangjian_cli.data import load
from shuangjian_cli.explain.registry import rules
from shuangjian_cli.language.messages import DOMAIN, LOCALE, patterned
from shuangjian_cli.tag import confidence

PACKAGE = Path(__file__).parent.parent / "shuangjian_cli"
LANGUAGES = ("zh",)


class _Bare(Catalog):
    """A catalogue whose header does not say when it was made, nor by what."""

    mime_headers = (("Content-Type", "text/plain; charset=utf-8"),)


def messages() -> dict[str, list[str]]:
    """All that the program says: each message with where it stands, in a lasting order."""
    found: dict[str, list[str]] = {}
    for place, message in _said():
        places = found.setdefault(message, [])
        if place not in places:
            places.append(place)
    return found


def _said() -> Iterator[tuple[str, str]]:
    for file in (*sorted(PACKAGE.rglob("*.py")), Path(__file__).with_name("man.py")):
        place = file.relative_to(PACKAGE.parent).as_posix()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", None) in ("_", "N_"):
                first = node.args[0] if node.args else None
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield place, first.value
    whole = command()
    for each in (whole, *whole.commands.values()):
        for message in messages_of(each):
            yield "help", message
    for message in patterned():
        yield "shuangjian_cli/language/patterns.toml", message
    for message in load(confidence.__file__)["reasons"].values():
        yield "shuangjian_cli/tag/confidence/vocabulary.toml", message
    for rule in rules():
        yield "rules", rule.says


def file_of(language: str, suffix: str) -> Path:
    """The catalogue of a language, `.po` or compiled as `.mo`."""
    return Path(LOCALE) / language / "LC_MESSAGES" / f"{DOMAIN}{suffix}"


def catalogue(language: str) -> Catalog:
    """The catalogue as it is."""
    file = file_of(language, ".po")
    if not file.exists():
        return Catalog(locale=language)
    with file.open("rb") as source:
        return read_po(source, locale=language)


def renewed(language: str) -> Catalog:
    """The catalogue with the messages of the source, translated as far as it was."""
    old = catalogue(language)
    new = Catalog(
        locale=language, project="shuangjian", charset="utf-8", header_comment="# What is said."
    )
    for message, places in messages().items():
        known = old.get(message)
        flags = known.flags if known else ()
        new.add(
            message,
            known.string if known else "",
            locations=[(place, None) for place in places],
            flags=flags,
        )
    return new


def written(catalog: Catalog) -> bytes:
    """The catalogue as a .po file, the same bytes for the same messages."""
    out = io.BytesIO()
    write_po(out, catalog, width=100, omit_header=True, include_lineno=False)
    return b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n' + out.getvalue()


def compiled(catalog: Catalog) -> bytes:
    """The catalogue as a .mo file, the same bytes for the same messages."""
    bare = _Bare(charset="utf-8")
    for message in catalog:
        if message.id and message.string:
            bare.add(message.id, message.string)
    out = io.BytesIO()
    write_mo(out, bare)
    return out.getvalue()


def faults(language: str) -> list[str]:
    """What is wrong with a catalogue: messages that lack, are stale, or have other blanks."""
    known = {message.id: message.string for message in catalogue(language) if message.id}
    wanted = messages()
    out = [f"not in the catalogue: {each}" for each in wanted if each not in known]
    out += [f"said no longer: {each}" for each in known if each not in wanted]
    out += [f"not translated: {each}" for each in wanted if known.get(each) == ""]
    for message, said in known.items():
        if said and blanks(message) != blanks(said):
            out.append(f"other blanks: {message} → {said}")
    if not out and file_of(language, ".mo").read_bytes() != compiled(catalogue(language)):
        out.append("compiled from another catalogue")
    return out


def blanks(message: str) -> set[str]:
    """The names of the blanks in a message."""
    try:
        return {name for _, name, _, _ in Formatter().parse(message) if name is not None}
    except ValueError:  # braces that are none
        return set()


def main() -> int:
    """Bring all catalogues up to date, or `--check` them."""
    status = 0
    for language in LANGUAGES:
        if "--check" not in sys.argv:
            new = renewed(language)
            file_of(language, ".po").parent.mkdir(parents=True, exist_ok=True)
            file_of(language, ".po").write_bytes(written(new))
            file_of(language, ".mo").write_bytes(compiled(new))
        for fault in faults(language):
            print(f"{language}: {fault}")
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
