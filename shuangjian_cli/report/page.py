"""The page: one HTML file that loads nothing and runs nothing but its own script and style.

Its content security policy names both by their hashes. Text of documents is in a JSON block, in
which no `<` stands, and reaches the page as text nodes only.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import Any

from shuangjian_cli.language import Language, labels
from shuangjian_cli.report.payload import Payload
from shuangjian_cli.write.atomic import replacing

_SCRIPTS = (
    "data.js",
    "dom.js",
    "rows.js",
    "measures.js",
    "figures.js",
    "matrix.js",
    "download.js",
    "charts.js",
    "overview.js",
    "review.js",
    "sources.js",
    "main.js",
)
"""The parts of the page's script, in the order in which they use one another."""

_MARK = re.compile(r"\{\{(\w+)\}\}")
_MANY = 1000
"""So much of a list is put down at a time."""
_ESCAPES = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}


def write_page(path: str, payload: Payload, language: Language) -> None:
    """Write the page to a file. Raises WriteError."""
    with replacing(path) as file:
        for part in _parts(payload, language):
            file.write(part)


def page(payload: Payload, language: Language) -> bytes:
    """The page with its payload, in UTF-8."""
    return b"".join(_parts(payload, language))


def _parts(payload: Payload, language: Language) -> Iterator[bytes]:
    """The page in pieces, of which no more is in memory at a time."""
    style = _asset("report.css")
    library = _asset("../vendor/chart.umd.min.js").partition("\n//# sourceMappingURL")[0]
    parts = "\n".join(_asset(name) for name in _SCRIPTS)
    script = f'"use strict";\n(() => {{\n{parts}\n}})();'
    policy = (
        f"default-src 'none'; script-src {_hash(library)} {_hash(script)};"
        f" style-src {_hash(style)}; base-uri 'none'; form-action 'none'"
    )
    filled = {
        "lang": "zh-CN" if language == "zh" else "en",
        "title": escape(payload.data["title"] or labels(language).of("report", "title")),
        "policy": policy,
        "style": style,
        "library": library,
        "script": script,
    }
    before, after = _asset("report.html").split("{{data}}")
    yield _bytes(_MARK.sub(lambda mark: filled[mark[1]], before))
    for at, (name, value) in enumerate(payload.data.items()):
        yield _bytes(f"{',' if at else '{'}{_json(name)}:")
        yield from _values(value)
    yield b"}"
    yield _bytes(_MARK.sub(lambda mark: filled[mark[1]], after))


def _values(value: Any) -> Iterator[bytes]:
    """What a list or a mapping holds, each by itself."""
    if isinstance(value, dict) and value:
        for at, (key, each) in enumerate(value.items()):
            yield _bytes(f"{',' if at else '{'}{_json(key)}:{_json(each)}")
        yield b"}"
    elif isinstance(value, list) and value:
        for at in range(0, len(value), _MANY):
            yield _bytes(("," if at else "[") + _json(value[at : at + _MANY])[1:-1])
        yield b"]"
    else:
        yield _bytes(_json(value))


def _bytes(text: str) -> bytes:
    # A lone surrogate (of a file's name) becomes the JSON escape that stands for it.
    return text.encode("utf-8", "backslashreplace")


def _asset(name: str) -> str:
    folder = files("shuangjian_cli.report") / "assets"
    return (folder / name).read_text("utf-8")


def _hash(content: str) -> str:
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"


def _json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character, written in _ESCAPES.items():
        text = text.replace(character, written)
    return text
