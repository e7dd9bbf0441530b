"""What the parts of a Word document have in common: element names, properties, styles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = frozenset({"0", "false", "off"})


def value(parent: Any, tag: str) -> str | None:
    """The `w:val` of a child element, None without one."""
    child = parent.find(f"{W}{tag}")
    return None if child is None else child.get(f"{W}val")


def switch(properties: Any, tag: str) -> bool | None:
    """Whether a property is on or off, None where nothing is said: `<w:vanish w:val="0"/>` is off."""
    child = None if properties is None else properties.find(f"{W}{tag}")
    return None if child is None else child.get(f"{W}val", "1").lower() not in _OFF


class Styles:
    """The styles of a document by id."""

    def __init__(self, root: Any) -> None:
        self._styles = {style.get(f"{W}styleId"): style for style in root.iter(f"{W}style")}

    def chain(self, key: str | None) -> Iterator[Any]:
        """A style and those that it is based on, each once."""
        seen: set[str] = set()
        while key and key not in seen and (style := self._styles.get(key)) is not None:
            seen.add(key)
            yield style
            key = value(style, "basedOn")
