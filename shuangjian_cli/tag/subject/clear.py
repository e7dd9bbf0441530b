"""How plain a reading is: whether the words around its figure allow one subject only."""

from __future__ import annotations

from collections.abc import Sequence

from shuangjian_cli.data import entries
from shuangjian_cli.patterns import regex, worded
from shuangjian_cli.tag.quantity import Figure
from shuangjian_cli.tag.subject.carriers import holds_body, is_body
from shuangjian_cli.tag.subject.frames import MEASURES
from shuangjian_cli.tag.subject.phrase import MEASURED, PLAIN, is_place, words_of
from shuangjian_cli.tag.subject.predicates import NOT_DONE
from shuangjian_cli.tag.subject.reading import Context, Reading, Slot
from shuangjian_cli.tag.subject.words import Words

_APART = regex(
    r"[，。；：！？（）【】〔〕—…\d比](?:(?<!比)|(?<=.比)(?<![占同对评可环相]比)(?![例重率赛值较]))"
)
"""Stands in no plain noun: a mark, a figure, a comparison (比去年晚)."""
_BOTH_KINDS = regex(r"(?<=\w)（[^\W\d]{1,2}(?:、[^\W\d]{1,2})*）(?=\w|$)")
"""A bracket that is part of a noun: 在园（班）幼儿, 县（市、区）."""
_JOINS = "的了在和与及对把将由"
"""No plain noun ends with one of these."""
_OPENS = _JOINS + "为均都也被"
"""No plain noun begins with one of these."""
_SHARED = MEASURED + "例重"
"""The last characters of what a share is plainly said of."""
_STOPS = "，。；、！？）"
_CLOSED = regex(r"\s|的(?=[，。；、]|$)")
_STOP_BETWEEN = regex("[；。]")
_SUMMED = worded("{clear.sums}|[两三四五][市县校区项类者]", __file__)
_RATES = entries(__file__, "clear", "rates")
_RATED = ("率", "面")
_EACH = regex("每.[年月周天日期]?")
_TWICE = regex(r"(\w\w)[^占和与及、]*\1")
"""No plain noun says a word twice, but in a share of its like: 县中发展每校县中发展."""
_GOES_ON_WITH = "中上下里后前时占"
"""The last characters of words that tell where, when or of what: 小学中, 投用后, 专科占."""
_GOES_ON = frozenset(
    (
        "subject.among",
        "subject.whose",
        "subject.carried",
        "subject.distributed_again",
        "subject.rate_of",
    )
)


def is_unfit(figure: Figure, content: str) -> bool:
    """Whether a count is said to be of a rate: 满意度3所."""
    return figure.unit not in MEASURES and content.endswith(_RATES)


def _is_plain(w: Words, content: str, *, counted: bool) -> bool:
    """Whether words are of a plain noun's length, nothing stands apart in them or at their ends,
    and they are more than a place, a kind or a measure."""
    if "（" in content:
        content = _BOTH_KINDS.sub("", content)
    return (
        2 <= len(content) <= PLAIN
        and content[0] not in _OPENS
        and content[-1] not in _JOINS
        and not _APART.search(content)
        # Nothing is said twice where all characters, or all but one, are different.
        and (len(set(content)) > len(content) - 2 or not _TWICE.search(content))
        and not ("其中" in content or "同口径" in content)
        and not (
            is_place(content)
            or (content in w.kinds and not (counted and is_body(w, content)))
            or content in w.measures
            or content in w.general
        )
    )


def _is_closed(w: Words, text: str, at: int) -> bool:
    """Whether the words end with the figure that ends at a position."""
    if at == len(text) or text[at] in _STOPS:
        return True
    return bool(_CLOSED.match(text, at) or w.moved.match(text, at))


def _holds_verb(w: Words, content: str) -> bool:
    """Whether a word of a predicate stands inside: 学校|实现, but not in a rate: 覆盖|率."""
    verb = w.inner.search(content, 1)
    return verb is not None and content[verb.end() :] not in _RATED


_LACKING = 6
"""Up to how many characters a noun may be one that each of several bodies has."""


def _lacks_carrier(context: Context, reading: Reading, content: str) -> bool:
    """Whether a short noun may be of the bodies that the sentence named before: 学校1所，…，奖项|9项."""
    if len(content) > _LACKING or reading.carrier or holds_body(context.words, content):
        return False
    if content in context.words.bare:
        return True
    return any(
        frame.part or holds_body(context.words, words_of(context.text, frame.phrase))
        for frame in context.said()
    )


def _lacks_owner(w: Words, content: str) -> bool:
    """Whether a measure is said of nothing but money, a time or what was done: 资金|总额, 年|支出."""
    measure = w.head_end.search(content) or w.measure_end.search(content)
    if measure is None or w.own_rate.fullmatch(content):
        return False
    owner = content[: measure.start()]
    return len(owner) < 2 or owner in w.unowned or w.only_verbs(owner, 0, len(owner))


def _opens_with_other(context: Context, reading: Reading) -> bool:
    """Whether a subject has the topic of an earlier sentence, though its own opens with a body:
    新建1所学校。|县实验小学，占地24亩，建筑面积8800平方米."""
    if not any(start < context.start for start, _ in reading.phrase):
        return False
    opening = context.clauses.end(context.start, context.end)
    return context.words.body_end.search(context.text, context.start, opening) is not None


def _fits(w: Words, text: str, figure: Figure, reading: Reading) -> bool:
    """Whether a noun behind a figure ends with what its unit counts: 3所|学校, not 1所|主体工程."""
    heads = w.counted.get(figure.unit or "")
    return heads is None or heads.search(text, *reading.phrase[-1]) is not None


def is_clear(context: Context, slots: Sequence[Slot], reading: Reading, content: str) -> bool:
    """Whether the structure leaves one subject only for the figures of a list, or for one.

    A noun that ends where its figure begins, with nothing behind the figure; a noun behind a
    figure with nothing but a verb before it; a list of as many subjects as figures; a
    movement of a clear subject in the same or the next clause. `content` are the reading's words.
    """
    w, text = context.words, context.text
    rule, first, end = reading.rule, slots[0].figure, slots[-1].figure.outer_end
    # 幼儿园|562所，比上年净增|37所
    counted = rule == "subject.carried" or (first.unit == "所" and rule == "subject.before")
    if not _is_plain(w, content, counted=counted) or first.unit == "校":
        return False
    right = slots[-1].right
    if end < right and NOT_DONE.search(text, end, right) and not NOT_DONE.search(content):
        return False
    joined = "、" in content and len(content) > _LACKING
    if joined and rule not in ("subject.predicate", "subject.before"):
        return False
    if rule == "subject.after" and text.find("分别", slots[0].clause, first.start) >= 0:
        return False  # 东园、西园分别可提供9班|270个|学位: whose is not told apart
    if rule == "subject.before":
        if first.unit == "%" and reading.role == "level" and content[-1] not in _SHARED:
            return False
        if content[0] == "每" or _lacks_carrier(context, reading, content):
            return False
        heads = w.counted["人"] if first.unit in ("人", "名") and reading.role == "level" else None
        if heads is not None and not heads.search(content):
            return False  # 可容纳|3000人
        if content[-1] in _GOES_ON_WITH or w.only_verbs(content, 0, len(content)):
            return False
        return (
            _is_closed(w, text, end)
            and not _holds_verb(w, content)
            and not _lacks_owner(w, content)
        )
    if rule in ("subject.after", "subject.predicate") and not _fits(w, text, first, reading):
        return False
    if rule == "subject.after":
        etc = text[first.outer_start - 1] == "等"
        if w.only_verbs(content, 0, len(content)):
            return False
        told = reading.until != -1  # something is said of the noun that may tell it apart
        return (etc or not (reading.opposed or told)) and not _holds_verb(w, content)
    if rule == "subject.topic" and _opens_with_other(context, reading):
        return False
    if rule in ("subject.distributed", "subject.topic", "subject.kind"):
        return content[-1] not in _GOES_ON_WITH and _is_closed(w, text, end)
    if rule in ("subject.predicate", "subject.purpose"):
        return len(content) > 4
    if rule == "subject.per_unit":
        each = _EACH.sub("", content)
        return "的" not in content and (holds_body(w, content) or len(each) > 4)
    if rule == "subject.claimed":
        return len(reading.phrase) == 1 and not _holds_verb(w, content)
    near = context.last()
    if near is None:
        return False
    if rule == "subject.share_of":
        return near.clear and not (
            _STOP_BETWEEN.search(text, near.after, first.start)
            or _SUMMED.search(text, slots[0].clause, first.start)
        )
    if rule == "subject.carried" and reading.role == "level":
        counted_as = {near.unit, first.unit} - MEASURES  # 学生120人、|300万元
        if len(counted_as) > 1:
            return False
    return (
        rule in _GOES_ON
        and (near.clear or (rule == "subject.among" and holds_body(w, content)))
        and _is_closed(w, text, end)
        and text.count("，", near.after, first.start) <= 1
        and not _STOP_BETWEEN.search(text, near.after, first.start)
    )
