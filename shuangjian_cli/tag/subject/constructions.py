"""Constructions that tell a subject by their form: what schools took up, 前者 and 后者, and those who
are named behind the shares that are dealt out to them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from shuangjian_cli.data import entries
from shuangjian_cli.patterns import last, regex, worded
from shuangjian_cli.tag.subject.nouns import after_lead
from shuangjian_cli.tag.subject.phrase import Phrase, Span
from shuangjian_cli.tag.subject.reading import Context, Reading, Slot
from shuangjian_cli.tag.subject.slots import DISTRIBUTE

_TAKEN_TO = worded(
    "(?P<what>[^，。；、：]{2,20}?)(?:{constructions.adverbs})*(?:{constructions.taken_to}|开[到进]|"
    "办[到进]|送[到进])(?:全[省市县区州旗]|[城区乡镇农村]{2})?",
    __file__,
)
_TAKEN_UP = worded("(?:{constructions.manner})?(?:{constructions.taken_up})", __file__)
_TOWARD = frozenset("在到进")
_BODIES = frozenset(("所", "个", "家", "处"))


def taken_up(context: Context, slot: Slot, at: int, stop: int) -> Reading | None:
    """劳动清单在|18所|小学试行, 四点半课堂办到|31个|村: the bodies, by what they took up."""
    text, figure = context.text, slot.figure
    if text[figure.outer_start - 1] not in _TOWARD and not text.endswith(
        ("省", "市", "县", "区"), 0, figure.outer_start
    ):
        return None
    if figure.unit not in _BODIES:
        return None
    taken = _TAKEN_TO.fullmatch(text, slot.left, figure.outer_start)
    if taken is None:
        return None
    begin, finish = taken.span("what")
    begin = after_lead(context.words, text, begin, finish)
    done = _TAKEN_UP.search(text, at + 1, stop)
    within = text.endswith("在", taken.end("what"), figure.outer_start) or "在" in taken.group()
    if finish - begin < 2 or (within and (done is None or done.end() != stop)):
        return None
    noun = at, done.start() if done and done.end() == stop else stop
    if noun[1] - noun[0] > 8:
        return None
    return Reading.of(((begin, finish), noun), "subject.around")


_COMPARED = worded(
    "(?P<former>[^，。；：]{2,24}?)(?:比(?![例重率])|较|和|(?<!参)与|(?<![共不合])同)(?P<latter>[^，。；：\\d]{2,20}?)"
    "(?:的[^，。；：\\d]{2,10})?(?:要|还|又)?(?:{constructions.differs})",
    __file__,
)
_MEASURE = worded(
    "(?:的[^，。；：的]{2,12}|[^，。；：的]{2,6}(?:{constructions.measures}))$", __file__
)
_KIND = worded("^[^，。；：]{2,10}?(?:{constructions.kinds})(?:的|(?=.))", __file__)


def one_of_two(context: Context, slot: Slot, latter: bool) -> Phrase | None:
    """城区小学的参与率比农村小学高8个百分点，|前者|97%: which of the two that were compared, with what
    was compared of them."""
    text = context.text
    compared = _COMPARED.search(text, context.start, slot.clause)
    if compared is None:
        return None
    former, other = compared.span("former"), compared.span("latter")
    former = after_lead(context.words, text, *former), former[1]
    if not latter:
        return (former,)
    if _MEASURE.search(text, *other):
        return (other,)
    kind, measure = _KIND.match(text, *former), _MEASURE.search(text, *former)
    if kind is not None:
        return (other, (kind.end(), former[1]))
    return (other, measure.span()) if measure else (other,)


_SPLIT = regex("[、和与及]")


def dealt_behind(context: Context, slots: Sequence[Slot]) -> list[Phrase] | None:
    """分别有93%、97%的|学生、家长|表示支持: those named behind as many shares, with what is said of them all."""
    text, w = context.text, context.words
    first, final = slots[0], slots[-1]
    at = final.figure.outer_end
    if not text.startswith("的", at) or not DISTRIBUTE.search(
        text, first.clause, first.figure.outer_start
    ):
        return None
    clause = context.clauses.end(at, context.end, ignore="、")
    begins = [at + 1]
    for mark in _SPLIT.finditer(text, at + 1, clause):
        if len(begins) < len(slots):
            begins.append(mark.end())
    if len(begins) < len(slots):
        return None
    names: list[Span] = [(s, e - 1) for s, e in pairwise(begins)]
    heads = w.counted["人"]
    end = next(
        (e for e in range(begins[-1] + 2, clause + 1) if heads.search(text, begins[-1], e)), 0
    )
    if not end or clause - end < 2 or any(not heads.search(text, *name) for name in names):
        return None
    if text[end : end + 1] == "生":
        end += 1
    return [(name, (end, clause)) for name in (*names, (begins[-1], end))]


_FOR_EACH = worded(
    "(?:(?:[人班县户村镇乡]|(?<!学)校|(?<!儿)园)均|平均每(?:[校班人县村园户]|{constructions.for_each})|每"
    "(?:[校班人县园村镇]|{constructions.each}))(?=(?:至少|约|各|要|须|应|仅|只)*"
    "(?P<acts>{constructions.acts})(?:有|了)?(?:{constructions.bounds})*)",
    __file__,
)
"""人均负责|3.6所|学校: for each of what there are so many."""
_DOES = frozenset(entries(__file__, "constructions", "does"))
"""Verbs that tell what those counted are to each."""


def for_each(context: Context, slot: Slot) -> Span | None:
    """For each of what a figure counts things, where a verb stands between both: 校均|开设社团12个."""
    text, at = context.text, slot.figure.outer_start
    words = text[slot.left : at]
    if "均" not in words and "每" not in words:
        return None
    each = last(_FOR_EACH.finditer(text, slot.left, at))
    if each is None:
        return None
    return each.start(), each.end("acts") if each["acts"] in _DOES else each.end()


def with_each(text: str, each: Span, phrase: Phrase) -> Phrase:
    """A subject with for each of what it is, where it does not say so: 人均|学校."""
    said = "".join(text[slice(*span)] for span in phrase)
    return phrase if text[slice(*each)] in said else (each, *phrase)
