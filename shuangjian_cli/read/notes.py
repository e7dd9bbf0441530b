"""What readers say of what they leave out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..language import LANGUAGES, labels
from ..language.messages import N_, _

_DIGIT = re.compile(r"\d")
_QUOTED = 20  # characters of hidden text that are told

OURS = N_("figures that this program wrote; give it the documents that they are from")
_HEADS = ("file", "line", "sentence")


def is_ours(heads: Iterable[str]) -> bool:
    """Whether columns are those that this program writes, under their names or in words."""
    known = set(heads)
    words = ([labels(language).field(name) for name in _HEADS] for language in LANGUAGES)
    return any(known.issuperset(each) for each in (_HEADS, *words))


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
