"""References: 上述两项指标分别为x、y gives the figures the subjects told before, in their order."""

from __future__ import annotations

from shuangjian_cli.patterns import worded
from shuangjian_cli.tag.subject.phrase import Phrase
from shuangjian_cli.tag.subject.reading import Context, Slot

_REFERS = worded(
    r"(?:{common.these})(?:[\d一二两三四五六七八九]+[项个类组者](?:{common.values})?|{common.values})$",
    __file__,
)


def referred(context: Context, slot: Slot, stop: int) -> list[Phrase]:
    """The subjects that the words before a list of figures, up to `stop`, refer to; none where they
    do not, or where fewer were told."""
    if _REFERS.search(context.text, slot.left, stop) is None:
        return []
    found: list[Phrase] = []
    for frame in reversed(context.discourse.frames):
        if frame.role == "level" and frame.phrase and frame.phrase not in found:
            found.append(frame.phrase)
            if len(found) == slot.size:
                return found[::-1]
    return []
