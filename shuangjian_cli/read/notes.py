"""What readers say of what they leave out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..language.messages import _

_DIGIT = re.compile(r"\d")
_QUOTED = 20  # characters of hidden text that are told


def hidden_notes(texts: Iterable[str]) -> tuple[str, ...]:
    """What to say of hidden text, where it may hold figures."""
    told = [text for text in texts if _DIGIT.search(text)]
    if not told:
        return ()
    longest = max(told, key=len)
    shown = longest[:_QUOTED] + "…" * (len(longest) > _QUOTED)
    return (
        _(
            "hidden text was left out, {count} characters such as {shown}",
            count=sum(map(len, told)),
            shown=shown,
        ),
    )
