"""Measure: which number of its metric a figure is: a total, what is new, a share, one for each.

A rank has none. The unit of a level decides where it can (%, a ratio, 元/人), then the words of
the subject and those right before it, then the metric; all else is a total. A change has the
measure of what moved, so its own unit says nothing.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from shuangjian_cli.data import load
from shuangjian_cli.patterns import Endings, WordList, either, regex, worded
from shuangjian_cli.tag.attributes.match import Match
from shuangjian_cli.tag.words import Lexicon

_RANK = Match("attributes.rank")
_UNIT = Match("attributes.unit")
_TOTAL = Match("attributes.total")
_METRIC = Match("attributes.by_metric")
_BY_WORD = (("per_unit", "attributes.per_unit"), ("new", "attributes.new"))
_NO_MEASURE = ""
_SO_MANY = regex(r"/[\d十百千万亿]")
"""In a unit that tells how many there are among so many others: 人/10万人."""
_BELOW = regex("[/·•.、每（）]+")
"""What parts the things below the stroke of a unit: 元/生·月."""
_SIZE = regex(r"[\d.,]+万?(?:平方米|㎡|亩|米)的?$")
"""新建|5000平方米|教学楼一幢: the size of what is built."""
_OF_SO_MANY = regex(r"每[\d一二两三四五六七八九十百千万]+[名个人所位]")
"""每10名|小学生: of how many each there are so many."""
_SIZE_ENDS = tuple("米㎡亩的")


class _Vocabulary(NamedTuple):
    share_units: frozenset[str]
    ratios: frozenset[str]
    below: frozenset[str]
    """What stands below the stroke of a unit for each: 元/人."""
    shares: Endings
    share_inside: re.Pattern[str]
    lexicon: Lexicon
    measures: dict[str, str]
    """The words of the lexicon with the measure that they tell; "" for words that tell none."""
    lead: Endings
    """Words before a subject that tell it is new."""
    built: Endings
    """Words before a building that tell it is new: 建成."""
    builds: WordList
    """The same at the beginning of a subject."""
    hired: re.Pattern[str]
    """Staff behind what tells that they are new: 招录|特岗教师."""
    building: Endings
    not_built: WordList
    """Words of a subject that is named a building and is a programme: 示范学校."""
    works: frozenset[str]
    """Words that tell of an amount what it was paid for: 新建幼儿园|资金."""
    metrics: dict[str, str]
    counted: Endings
    """What is counted under such a metric and is not new itself: 工程."""


@cache
def _vocabulary() -> _Vocabulary:
    table = load(__file__)["measure"]
    words = {
        name: {kind: listed.split() for kind, listed in table[name].items()}
        for name in ("share", "per_unit", "new")
    }
    share, per_unit, new = words["share"], words["per_unit"], words["new"]
    measures = dict.fromkeys((*new["without"], *per_unit["without"]), _NO_MEASURE)
    measures.update({word: name for name, _ in _BY_WORD for word in words[name]["words"]})
    return _Vocabulary(
        frozenset(share["units"]),
        frozenset(per_unit["units"]),
        frozenset(per_unit["below"]),
        Endings(share["endings"]),
        regex(f"(?:{either(share['inside'])})(?!{either(share['not_before'])})"),
        Lexicon(measures),
        measures,
        Endings(new["words"], then="了约近"),
        Endings(table["built"]["verbs"].split(), then="了约近"),
        WordList(table["built"]["verbs"].split()),
        worded("(?:{hired.verbs}).*(?:{hired.staff})$", __file__),
        Endings(table["built"]["buildings"].split()),
        WordList(table["built"]["without"].split()),
        frozenset(new["works"]),
        {metric: name for name, _ in _BY_WORD for metric in words[name]["metrics"]},
        Endings(new["counted"]),
    )


def measure_words() -> Iterable[str]:
    """The words of subjects that measures are told by."""
    share = load(__file__)["measure"]["share"]
    return (*_vocabulary().lexicon, *share["endings"].split(), *share["inside"].split())


def measure(
    subject: str, unit: str | None, role: str, metric: str | None, lead: str = ""
) -> tuple[str | None, Match]:
    """The measure of a figure; subject, and what stands right before both, are folded."""
    known = _vocabulary()
    if role == "rank" or (role == "change" and unit == "位"):
        return None, _RANK
    if role == "level" and unit is not None:
        if unit in known.share_units:
            return "share", _UNIT
        below = _BELOW.split(unit)[1:] if "/" in unit else ()
        if unit in known.ratios or not known.below.isdisjoint(below):
            return "per_unit", _UNIT
        if below and _SO_MANY.search(unit):
            return "per_unit", _UNIT
    elif found := known.shares.search(subject) or known.share_inside.search(subject):
        return "share", Match("attributes.share", (found.group(),))
    money = unit is not None and unit.endswith("元")
    if "每" in subject and (so_many := _OF_SO_MANY.search(subject)):
        return "per_unit", Match("attributes.per_unit", (so_many.group(),))
    if known.lexicon.may_speak(subject):
        said = known.lexicon.read(subject)
        told = {known.measures[word]: word for word in said if not (money and word in known.works)}
        for name, rule in _BY_WORD:
            if name in told:
                return name, Match(rule, (told[name],))
    if lead.endswith(_SIZE_ENDS):
        lead = _SIZE.sub("", lead)
    if found := known.lead.search(lead):
        return "new", Match("attributes.new", (found.group(),))
    if ("招" in subject or "录" in subject) and (found := known.hired.search(subject)):
        return "new", Match("attributes.new", (found.group(),))
    if metric in known.metrics and not money and not known.counted.search(subject):
        return known.metrics[metric], _METRIC
    built = known.built.search(lead) or known.builds.match(subject)
    if (
        built
        and "的" not in subject
        and known.building.search(subject)
        and not known.not_built.search(subject)
    ):
        return "new", Match("attributes.built", (built.group(),))
    return "total", _TOTAL
