"""Whose the noun behind a figure is: 县立初中有4个|班, 46家|机构|的负责人."""

from __future__ import annotations

from shuangjian_cli.patterns import regex
from shuangjian_cli.tag.subject.carriers import is_body
from shuangjian_cli.tag.subject.gaps import Gap
from shuangjian_cli.tag.subject.nouns import strip_tail
from shuangjian_cli.tag.subject.phrase import Phrase, Span, words_of
from shuangjian_cli.tag.subject.predicates import predicate
from shuangjian_cli.tag.subject.reading import Context, Reading, Slot
from shuangjian_cli.tag.subject.resolver import resolve

_ADVERBS = regex("(?:将要?|已|可|还|再|又|计划|预计|拟|共|就|正在?)+$")


def of_actor(context: Context, slot: Slot, noun: Span, own: Phrase) -> Reading | None:
    """小学将|新增|2300个|学位: what was done to the noun, with the school type that does it; a place
    or a bureau that does is no subject. None where no such verb stands before the figure."""
    w, text = context.words, context.text
    begin, end = own[0][0], own[-1][1]
    verb = w.kept_end.search(text, begin, end) if end == slot.figure.outer_start else None
    if verb is None or verb.start() == begin:
        return None
    adverbs = _ADVERBS.search(text, begin, verb.start())
    stop = adverbs.start() if adverbs else verb.start()
    if begin < stop == w.stage_end(text, begin, stop):
        return Reading.of(((begin, stop), verb.span(), noun), "subject.around")
    return Reading.of((verb.span(), noun), "subject.around") if adverbs else None


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


_PLACES = regex("(?<![全本我各跨由向])(?:[省市县区旗]|省份|乡镇|街道|国家|地区)$")


def owner_end(context: Context, unit: str | None, at: int, stop: int) -> int | None:
    """46家|培训机构|的负责人, 12个|县|的学生: where the noun ends that the unit counts, with what
    is told of its persons or in another unit behind; None where the unit counts what stands last."""
    w, text = context.words, context.text
    heads, of = w.counted.get(unit or ""), text.find("的", at + 1, stop)
    if of - at < 2:
        return None
    if unit == "个":
        if w.verb.match(text, at, of) or not _PLACES.search(text, at, of):
            return None
    elif heads is None or not heads.search(text, at, of):
        return None
    persons = w.counted["人"]
    acts = next((verb.start() for verb in w.verb.finditer(text, of + 1, stop)), stop)
    if persons is not heads and any(
        persons.search(text, of + 1, end) for end in range(of + 3, acts + 1)
    ):
        return of
    if heads is None or acts < stop:
        return None  # 32所|薄弱学校的改造任务
    cut = predicate(context, unit, of + 1, stop)
    finish = strip_tail(w, text, of + 1, stop if cut is None else cut)
    return None if heads.search(text, of + 1, finish) else of
