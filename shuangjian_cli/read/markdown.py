"""A Markdown file → its text without markup, one line a paragraph, table rows with tabs.

CommonMark and the tables of GitHub; the parser is that of rich.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from .grid import Text

_NOTE = re.compile(r"\[\^[^\]\s]{1,20}\](?::\s*)?")
_WIDE = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef])\n(?=[\u2e80-\u9fff\uff00-\uffef])")


def plain(text: str) -> Text:
    """The text that a reader of the rendered page sees; ordered items keep their numbers, notes lose
    their marks."""
    parser = MarkdownIt("commonmark").enable("table").disable("reference")  # a note is no link
    out = Text()
    for block in _blocks(parser.parse(text)):
        if isinstance(block, str):
            out.line(block)
        else:
            out.table(block, {})
    return out


def _blocks(tokens: list[Token]) -> Iterator[str | list[list[str]]]:
    """The lines, and the cells of tables by row."""
    numbers: list[int | None] = []
    marker = ""
    rows: list[list[str]] = []
    cells: list[str] | None = None
    for token in tokens:
        match token.type:
            case "ordered_list_open":
                numbers.append(int(token.attrGet("start") or 1))
            case "bullet_list_open":
                numbers.append(None)
            case "ordered_list_close" | "bullet_list_close":
                numbers.pop()
            case "list_item_open":
                number = numbers[-1]
                if number is not None:
                    marker, numbers[-1] = f"{number}.", number + 1
            case "tr_open":
                cells = []
            case "tr_close":
                rows.append(cells or [])
                cells = None
            case "table_close":
                yield rows
                rows = []
            case "inline" if cells is not None:
                cells.append(_inline(token))
            case "inline":
                yield marker + _inline(token)
                marker = ""
            case "code_block" | "fence" | "html_block":
                yield token.content.rstrip("\n")


def _inline(token: Token) -> str:
    parts = []
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            parts.append("\n" if child.type == "softbreak" else "\u2028")
        elif child.type in ("text", "code_inline"):
            parts.append(child.content)
    joined = _NOTE.sub("", _WIDE.sub("", "".join(parts))).replace("\n", " ")
    return joined.replace("\u2028", "\n")
