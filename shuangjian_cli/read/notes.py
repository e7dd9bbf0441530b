"""What readers say of what they leave out."""

from __future__ import annotations

import re
from collections.abc import Iterable

_DIGIT = re.compile(r"\d")
_QUOTED = 20  # characters of hidden text that are told


def hidden_notes(texts: Iterable[str]) -> tuple[str, ...]:
    """What to say of hidden text, where it may hold figures."""
    told = [text for text in texts if _DIGIT.search(text)]
    if not told:
        return ()
    longest = max(told, key=len)
    shown = longest[:_QUOTED] + "…" * (len(longest) > _QUOTED)
    return (f"hidden text was left out, {sum(map(len, told))} characters such as {shown}",)
