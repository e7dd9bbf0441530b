"""Whose the noun behind a figure is: 县立初中有4个|班."""

from __future__ import annotations

from shuangjian_cli.tag.subject.carriers import is_body
from shuangjian_cli.tag.subject.gaps import Gap
from shuangjian_cli.tag.subject.phrase import Phrase, Span, words_of
from shuangjian_cli.tag.subject.reading import Context, Reading, Slot
from shuangjian_cli.tag.subject.resolver import resolve


def of_body(context: Context, slot: Slot, noun: Span, own: Phrase) -> Reading | None:
    """县立初中有4个|班，203名|学生: what each school type has, with the one it is of, that `own`,
    the words before the figure, or an earlier figure names; None for other nouns."""
    w, text = context.words, context.text
    if text[slice(*noun)] not in w.bare:
        return None
    if not own:
        return resolve(context, slot, Gap("topic", (noun,)), True)
    if not is_body(w, words_of(text, own)):
        return None
    made = Reading.of((*own, noun), "subject.around")
    made.carrier = own
    return made
