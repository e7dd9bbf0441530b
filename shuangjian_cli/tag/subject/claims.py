"""Claims: what is said to be covered, cleared or doubled (课后服务全覆盖)."""

from __future__ import annotations

from shuangjian_cli.patterns import last, regex, worded
from shuangjian_cli.tag.subject.nouns import noun_phrase, strip_tail, trim
from shuangjian_cli.tag.subject.phrase import SHORT, Phrase, without_verb, words_of
from shuangjian_cli.tag.subject.reading import Context, Slot
from shuangjian_cli.tag.subject.words import Words

_TOWARD = worded(r"对([^，。；]{2,8}?)(?:{claims.done})?$", __file__)
_SCOPE = regex("[省市县乡村镇州区街道级两三四五各全域设]+")
_LEVELS = worded(r"(?:{claims.levels})?[两三四五]级$", __file__)
"""How far a claim reaches, at the end of what it is about: 创建|市县两级全覆盖."""
_BY_UNIT = regex("[^，。；、]{0,6}以?[^，。；、]{1,4}为单位的?")
"""以县为单位|课后服务全覆盖: how it is counted."""
_REACHED = worded(r"(?:基本)?实现|{claims.reached}", __file__)
_REACHES = worded("(?:{claims.adverbs})*(?:实现|{claims.reached})[对了]?", __file__)
_WHOM = worded("(?:[校园学县镇乡村区州市]|{claims.whom})$", __file__)
_REACHED_MOST = 8
"""How long the words are that name whom something reaches."""


def reached(context: Context, slot: Slot) -> Phrase:
    """聘请法治副校长90名，实现|寄宿制学校全覆盖: what was counted right before, and whom it is said to
    reach all of."""
    w, text, figure, last = context.words, context.text, slot.figure, context.last()
    if last is None or not last.counts or last.role != "level" or last.end != slot.clause - 1:
        return ()
    reaches = _REACHES.match(text, slot.left, figure.start)
    if reaches is None or not text.startswith("全覆盖", figure.start):
        return ()
    begin, finish = trim(w, text, reaches.end(), figure.start)
    if not 2 <= finish - begin <= _REACHED_MOST or not _WHOM.search(text, begin, finish):
        return ()
    noun = without_verb(w, text, last.phrase)
    if not noun or words_of(text, noun).endswith(text[begin:finish]):
        return ()
    return ((begin, finish), *noun, (figure.start + 1, figure.end))


def claimed(w: Words, text: str, slot: Slot) -> Phrase:
    """What is said to be covered, cleared or doubled."""
    figure = slot.figure
    begin, finish = trim(w, text, slot.left, figure.start)
    after = (figure.end, slot.right)
    if (
        text.startswith("全覆盖", figure.start)
        and after[1] - after[0] >= 3
        and not w.cut.match(text, *after)
        and text[after[0]] not in "等的、”"
    ):
        toward = _TOWARD.search(text, slot.left, figure.start)
        return (toward.span(1), after) if toward else (after,)
    if by := _BY_UNIT.search(text, begin, finish):
        begin = by.end()
    reach = last(_REACHED.finditer(text, begin, finish))
    if reach and reach.start() - begin >= 2:
        one = (begin, strip_tail(w, text, begin, reach.start()))
        two = trim(w, text, reach.end(), finish)
        if two[1] - two[0] < 2 or _SCOPE.fullmatch(text, *two):
            return noun_phrase(w, text, *one)
        of_place = text[one[1] - 1] in "县市省区镇村乡团"
        if (one[1] - one[0]) + (two[1] - two[0]) <= (SHORT if of_place else 20):
            return (one, two)
        return (two,) if of_place else noun_phrase(w, text, *one)
    levels = _LEVELS.search(text, begin + 2, finish)
    return noun_phrase(w, text, begin, levels.start() if levels else finish)
