"""Phrases: pieces of the text that make one subject, and what is asked of their words."""

from __future__ import annotations

import re

from shuangjian_cli.data import entries
from shuangjian_cli.patterns import regex, worded
from shuangjian_cli.tag.subject.words import Words

Span = tuple[int, int]
"""Begin and end of a piece of the folded text."""
Phrase = tuple[Span, ...]
"""The pieces of a subject, in the order in which they are said; empty where there is none."""
PLAIN = 16
"""How long a plain subject may be."""
SHORT = 12
"""How long a subject is that needs no shortening."""
MEASURED = "率比占度数量额值价费分均"
"""The last characters of what a percentage is said of."""


def words_of(text: str, phrase: Phrase) -> str:
    """The words of a phrase."""
    if len(phrase) == 1:
        begin, finish = phrase[0]
        return text[begin:finish]
    return "".join([text[s:e] for s, e in phrase])


def part(phrase: Phrase, begin: int, finish: int) -> Phrase:
    """Characters [begin, finish) of a phrase's joined words, as spans of the text."""
    out: list[Span] = []
    at = 0
    for s, e in phrase:
        low, high = max(begin, at), min(finish, at + e - s)
        if low < high:
            out.append((s + low - at, s + high - at))
        at += e - s
    return tuple(out)


def without(text: str, begin: int, finish: int, drop: re.Pattern[str]) -> Phrase:
    """[begin, finish) without what a pattern matches."""
    spans: list[Span] = []
    for match in drop.finditer(text, begin, finish):
        spans.append((begin, match.start()))
        begin = match.end()
    spans.append((begin, finish))
    return tuple((s, e) for s, e in spans if s < e)


_DIVISIONS = ("省", "市", "县", "区", "州")


def joined(text: str, one: Phrase, other: Phrase) -> Phrase:
    """Two phrases as one, without the word that ends the first and begins the second, too:
    学前教育资助, 资助学生; 投诉办结, 办结率."""
    whole, rest = words_of(text, one), words_of(text, other)
    if rest.startswith(whole):
        return other  # 新建|新建幼儿园
    again = rest[:2]
    if len(whole) > 2 and rest.startswith(_DIVISIONS) and whole.endswith(rest[0]):
        one = part(one, 0, len(whole) - 1)  # 有的县, 县巩固率
    elif len(again) == 2 and len(whole) > 2 and whole.endswith(again):
        one = part(one, 0, len(whole) - 2)
    return (*one, *other)


_HIDDEN = regex(r"“[^”]*”|《[^》]*》|（[^）]*）")


def enclosed(text: str, begin: int, finish: int) -> list[Span]:
    """The quoted and parenthesised parts of [begin, finish)."""
    return [m.span() for m in _HIDDEN.finditer(text, begin, finish)]


def within(spans: list[Span], position: int) -> bool:
    """Whether a position lies inside one of the spans."""
    return any(start < position < end for start, end in spans)


_PLACE_ENDS = (*"省市县区州盟旗镇乡村师", *entries(__file__, "phrase", "places"))
_PLACE = worded(
    r"[\u4e00-\u9fff、]{1,12}(?:[省市县州盟旗镇乡村]|(?<![园社城校景片范验点行作])区|[一二三四五六七八九十]师|{phrase.places})",
    __file__,
)


def is_place(words: str) -> bool:
    """Whether words name places only: 永济市, 城东小学."""
    return words.endswith(_PLACE_ENDS) and _PLACE.fullmatch(words) is not None


def without_verb(w: Words, text: str, phrase: Phrase) -> Phrase:
    """A subject without the verb that it keeps: 新增学位 → 学位."""
    if not phrase:
        return phrase
    if len(phrase) > 1 and w.kept.fullmatch(text, *phrase[-1]):
        return phrase[:-1]
    (begin, finish), *rest = phrase
    stop = w.kept_start(text, begin, finish)
    if begin < stop < finish:
        return ((stop, finish), *rest)
    if stop == finish and rest:
        return tuple(rest)
    return phrase


def without_measure(w: Words, text: str, phrase: Phrase) -> Phrase:
    """A subject without the measure that it ends with: 蔬菜种植面积 → 蔬菜种植. A rate that is not
    listed has two characters and 率: 在园幼儿公办率 → 在园幼儿."""
    words = words_of(text, phrase)
    measured = w.measure_end.search(words)
    size = measured.start() if measured else len(words) - 3 if words[-1:] == "率" else 0
    return part(phrase, 0, size) if size >= 2 else phrase
