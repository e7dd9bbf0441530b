"""Heads: a school type with which an item opens and stops, so that all behind it is of that type."""

from __future__ import annotations

from shuangjian_cli.patterns import last, regex, worded
from shuangjian_cli.tag.attributes.stage import are_apart, stage
from shuangjian_cli.tag.subject.carriers import head_of
from shuangjian_cli.tag.subject.nouns import after_lead
from shuangjian_cli.tag.subject.phrase import Span
from shuangjian_cli.tag.subject.words import Words

_MOST = 24
"""Within how many characters of its item a head stops."""
_STOP = regex("[，。：；？！\\d]")
_ASPECT = worded(
    "(?:{heads.before})*(?:{heads.aspects})|.{0,10}(?:{heads.undertakings})|", __file__
)
"""义务教育|方面，, 普通高中|多样化发展工程，: what says that the words before are a head."""
_TAUGHT = regex("[^、和与及的]{2}教育")
"""技工|教育：: a kind of education that is no school type."""
_NUMBER = regex(
    r"(?:\d{1,2}[.、．]|[（(]?[一二三四五六七八九十\d]{1,3}[）)、]|[①-⑳]|[——\-·●◆■★]+)\s*"
)


def head_of_item(w: Words, text: str, begin: int, finish: int) -> Span | None:
    """The school type that is all that the first clause says, behind a time or the whole place:
    2019年，全县|特殊教育：; None where the clause says more, or has a figure."""
    limit = min(begin + _MOST, finish)
    opening = text[begin:limit]
    if "教育" not in opening and w.stage_words.first(opening) == len(opening):
        return None  # as most: what stands before a stop is trimmed at some cost
    number = _NUMBER.match(text, begin, limit)
    begin = number.end() if number else begin
    begin = after_lead(w, text, begin, limit)
    while (stop := _STOP.search(text, begin, limit)) is not None:
        at, end = after_lead(w, text, begin, stop.start()), stop.start()
        if at < end or stop.group() not in "，：":
            return _whole(w, text, at, end) if not stop.group().isdigit() else None
        begin = after_lead(w, text, stop.end(), limit)
    return None


def _whole(w: Words, text: str, begin: int, finish: int) -> Span | None:
    """The school type that these words name, and nothing else."""
    if begin >= finish:
        return None
    stop = w.stage_end(text, begin, finish) or w.schools_end(text, begin, finish)
    if stop is None:
        taught = _TAUGHT.match(text, begin, finish)
        if taught is None or stage(taught.group())[0] is None:
            return None
        stop = taught.end()
    return (begin, stop) if _ASPECT.fullmatch(text, stop, finish) else None


def heads_of(
    w: Words, text: str, begin: int, finish: int, before: Span | None
) -> list[tuple[int, Span | None]]:
    """The items of a sentence, each with the head that holds from its beginning on: its own, or the
    one `before` until an item opens with another school type."""
    heads, at, head = [], begin, before
    while at < finish:
        head = head_of_item(w, text, at, finish) or _going_on(w, text, at, finish, head)
        heads.append((at, head))
        at = text.find("；", at, finish) + 1 or finish
    return heads


def _going_on(w: Words, text: str, begin: int, finish: int, head: Span | None) -> Span | None:
    """A head in an item that does not open with a school type of another stage."""
    if head is None:
        return None
    other = head_of(w, text, begin, finish)
    apart = other is not None and are_apart(text[slice(*head)], text[slice(*other)])
    return None if apart else head


def is_lasting(text: str, finish: int, head: Span) -> bool:
    """Whether a head holds in the sentences behind, too: it stands alone, or before a colon."""
    stop = _STOP.search(text, head[1], finish)
    return stop is not None and stop.group() in "。："


_OWNED = worded(
    r"(?<![^：。；\s])(?:{of_carriers.owners})[^，。；：\d]{0,10}?(?:{of_carriers.owned}|园)(?=：)",
    __file__,
)
"""公办学校|：小学…；初中…: whose all is that the items behind tell by their stages."""


def owner_of(w: Words, text: str, floor: int, clause: int, content: str) -> Span | None:
    """The schools by their owner that open the items among which a clause stands, for what it names
    by a stage."""
    begin = max(floor, text.rfind("。", floor, clause) + 1)
    if text.find("：", begin, clause) < 0:
        return None
    stage_end = w.stage_end(content, 0, len(content))
    if stage_end is None or stage_end == len(content):
        return None
    owned = last(_OWNED.finditer(text, begin, clause))
    return owned.span() if owned else None
