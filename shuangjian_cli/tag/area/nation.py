"""Figures of the nation in local texts: of sentences that tell how far a plan of the nation's has come
(我国启动营养餐计划。已覆盖全国六成以上的县，受益学生|3000万人) or of more than any place in it can have
(国家累计安排资金|1600亿元)."""

from __future__ import annotations

from shuangjian_cli.model import Area, Decision, Sentence
from shuangjian_cli.patterns import regex, worded
from shuangjian_cli.tag.area.mention import GOVERNS, NATION
from shuangjian_cli.tag.area.names import Governing, Names
from shuangjian_cli.tag.area.titled import Frame

_ACTS = worded(
    r"(?<![^，。；：\s\d年月])(?:我国|{national.acting})[^，。；：]{0,6}?(?:{national.acts})",
    __file__,
)
_REACHES = worded("(?:{national.reaches})[了至到]?全国", __file__)
_SPEAKS = worded(
    r"(?<![^，。；：、\s\d年月期间来起）])"
    r"(?:{national.words}|中国|{national.acting}|{national.bodies})(?![级队有])",
    __file__,
)
"""The nation at the head of a clause."""
_MONEY = r"(?<![\d.])(?:[\d,]{{{}}}(?:\.\d+)?[多余]?亿|[\d.]+万[多余]?亿)"
_MORE_THAN = {
    "province": regex(_MONEY.format("4,") + r"|(?<![\d.])[3-9]\d{3}[多余]?万(?!元)"),
    "city": regex(_MONEY.format("3,") + r"|(?<![\d.])\d{4}[多余]?万(?!元)"),
}
"""Sums of money and numbers of persons that no place of a level has."""
_OF_PRODUCT = worded("国家(?:{national.funds})[^，。；：]{0,6}占(?:{national.product})", __file__)
"""国家财政性教育经费|占国内生产总值…: a share that is told of the nation alone."""
_ONE_OF = worded(
    r"(?P<whole>{national.words})?(?:{sizes.first})?的?(?P<size>\d+)[个所家名][^，。；]{1,24}?之一",
    __file__,
)
_ON_LIST = worded(
    r"(?P<whole>{national.bodies})[^，。；]{0,6}?(?:{sizes.draws_up})(?:[^，。；\d]|\d{4}年)*"
    r"(?P<size>\d+)[个所家名][^，。；]{0,24}名单",
    __file__,
)


def sizes_of_lists(names: Names, sentence: Sentence) -> list[Frame]:
    """The sizes of lists that something is on, each the figure of the place that drew it up:
    甲县是全国|60个|试点县之一, 教育部公布首批|90所|示范校名单."""
    text, (start, end) = names.document.folded.text, sentence[:2]
    sizes: list[Frame] = []
    for mark, pattern in (("之一", _ONE_OF), ("名单", _ON_LIST)):
        if text.find(mark, start, end) < 0:
            continue
        for m in pattern.finditer(text, start, end):
            area, at = names.gazetteer.province("全国"), m.span("whole")
            if at[0] < 0:
                before = next((each for each in names.of(sentence) if each.end == m.start()), None)
                area, at = (before.area, (before.start, before.end)) if before else (None, at)
            if area is not None:
                sizes.append(Frame(*m.span("size"), area, Decision("area.subject", *at)))
    return sizes


def of_nation(names: Names, sentence: Sentence, own: Area | None) -> Governing | None:
    """The nation, where a sentence of a text on another place reports on it."""
    if sentence.kind != "prose" or (own is not None and own.level == "national"):
        return None
    return _of_plan(names, sentence) or _of_sums(names, sentence, own)


def _of_sums(names: Names, sentence: Sentence, own: Area | None) -> Governing | None:
    """The nation, where it speaks in a sentence of more than the text's own place can have."""
    text, (start, end) = names.document.folded.text, sentence[:2]
    found = None
    if text.find("亿", start, end) >= 0 or text.find("万", start, end) >= 0:
        level = "province" if own is None or own.level == "province" else "city"
        more = _MORE_THAN[level].search(text, start, end)
        found = more and _SPEAKS.search(text, start, more.start())
    if found is None and text.find("国家", start, end) >= 0:
        found = _OF_PRODUCT.search(text, start, end)
    if found is None:
        return None
    return Governing(names.gazetteer.province("全国"), Decision("area.subject", *found.span()))


def _of_plan(names: Names, sentence: Sentence) -> Governing | None:
    """The nation, where a sentence names no other place, says how much of it something reaches, and
    the nation acts in it or before it in its paragraph."""
    text = names.document.folded.text
    if text.find("全国", sentence.start, sentence.end) < 0:
        return None
    reaches = _REACHES.search(text, sentence.start, sentence.end)
    if reaches is None or any(m.role in GOVERNS - {NATION} for m in names.of(sentence)):
        return None
    acts = _ACTS.search(text, sentence.paragraph[0], sentence.end)
    if acts is None:
        return None
    return Governing(names.gazetteer.province("全国"), Decision("area.subject", *acts.span()))
