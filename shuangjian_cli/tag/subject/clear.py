"""How plain a reading is: whether the words around its figure allow one subject only."""

from __future__ import annotations

from collections.abc import Sequence

from shuangjian_cli.patterns import regex
from shuangjian_cli.tag.quantity import Figure
from shuangjian_cli.tag.subject.before import BARE_MEASURES
from shuangjian_cli.tag.subject.nouns import noun_phrase, trim
from shuangjian_cli.tag.subject.phrase import MEASURED, PLAIN, Phrase, is_place, words_of
from shuangjian_cli.tag.subject.reading import MEASURES, Context, Slot
from shuangjian_cli.tag.subject.roles import Role
from shuangjian_cli.tag.subject.words import Words

_UNPLAIN = regex(
    r"[，。；：！？（）\d]|^[的了在和与及对把将由为]|[的了在和与及对把将由]$|同口径|其中"
)
_CLOSED = regex(r"[，。；、！？）\s]|$|的(?=[，。；、]|$)")
_STOP_BETWEEN = regex("[；。]")
_SUMMED = regex("合计|总计|共计|[两三四五][市县校区项类者]")
_GOES_ON = frozenset(("subject.carried", "subject.distributed_again", "subject.rate_of"))


def is_unfit(text: str, figure: Figure, phrase: Phrase) -> bool:
    """Whether a count is said to be of a rate: 满意度3所."""
    if figure.unit is None or figure.unit in MEASURES or not phrase:
        return False
    return words_of(text, phrase).endswith(("率", "占比", "比例", "比重", "满意度", "生师比"))


def _holds_verb(w: Words, content: str) -> bool:
    """Whether a word of a predicate stands inside: 学校|实现."""
    rest = content[1:]
    return not w.inner.heads.isdisjoint(rest) and w.inner.search(rest) is not None


def is_clear(
    context: Context, slots: Sequence[Slot], phrase: Phrase, rule: str, role: Role
) -> bool:
    """Whether the structure leaves one subject only for the figures of a list, or for one.

    A noun that ends where its figure begins, with nothing behind the figure; a noun behind a
    figure with nothing but a verb before it; a list of as many subjects as figures; a
    movement of a clear subject in the same or the next clause.
    """
    w, text, _, _, _, before, _ = context
    first, last = slots[0], slots[-1]
    content = words_of(text, phrase)
    if not 2 <= len(content) <= PLAIN or _UNPLAIN.search(content):
        return False
    if is_place(content) or content in w.kinds or content in BARE_MEASURES:
        return False
    at = last.figure.outer_end
    closed = bool(_CLOSED.match(text, at) or w.moved.match(text, at))
    if rule in ("subject.distributed", "subject.topic", "subject.row", "subject.kind"):
        return closed
    if rule == "subject.before":
        share = last.figure.unit == "%" and role.name == "level"
        if share and content[-1] not in MEASURED + "例重":
            return False
        tail = content[-1] not in "中上下里后前时"
        return closed and tail and not _holds_verb(w, content)
    if rule == "subject.after":
        etc = text[first.figure.outer_start - 1] == "等"
        if _holds_verb(w, content):
            return False
        return etc or not noun_phrase(w, text, *trim(w, text, first.left, role.stop))
    if rule in ("subject.predicate", "subject.per_unit", "subject.purpose"):
        return len(content) >= 4
    if rule == "subject.claimed":
        return len(phrase) == 1 and not _holds_verb(w, content)
    if rule == "subject.share_of":
        if not before or _STOP_BETWEEN.search(text, before[-1].after, first.figure.start):
            return False
        return not _SUMMED.search(text, first.clause, first.figure.start)
    if rule in _GOES_ON and before:
        near = before[-1]
        return (
            near.clear
            and closed
            and text.count("，", near.after, first.figure.start) <= 1
            and not _STOP_BETWEEN.search(text, near.after, first.figure.start)
        )
    return False
