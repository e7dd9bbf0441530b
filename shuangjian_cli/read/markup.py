"""HTML before it is parsed: tags cut down to as many attributes as any page needs.

libxml2 compares each attribute of a tag with all before it, and 40,000 take half a minute.
"""

from __future__ import annotations

import re

_MOST = 200
"""The attributes of a tag that are kept."""

_OPENING = re.compile(r"<!--|<([a-zA-Z][^\s/>]*+)")
_ATTRIBUTE = re.compile(
    r"[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'>][^\s>]*+)?+)?+[\s/]*+"
)
_ATTRIBUTES = re.compile(rf"[\s/]*+(?:{_ATTRIBUTE.pattern})*+")
_TEXT_ONLY = frozenset(
    {"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"}
)
"""The elements in which a `<` begins no tag."""


def bounded(page: str) -> str:
    """A page of which each tag has at most 200 attributes, the first ones."""
    parts: list[str] = []
    kept = at = 0
    while opening := _OPENING.search(page, at):
        name = opening[1]
        if name is None:
            at = page.find("-->", opening.end())
        else:
            attributes = _ATTRIBUTES.match(page, opening.end())
            assert attributes is not None
            at = attributes.end()
            if at - attributes.start() >= 2 * _MOST:
                found = list(_ATTRIBUTE.finditer(page, *attributes.span()))[_MOST:]
                if found:
                    parts.append(page[kept : found[0].start()])
                    kept = at
            if name.lower() in _TEXT_ONLY:
                end = re.compile(f"</{name}", re.IGNORECASE).search(page, at)
                at = end.start() if end else -1
        if at < 0:
            break
    return "".join((*parts, page[kept:]))
