"""Places with which the words of a subject begin."""

from __future__ import annotations

from shuangjian_cli.patterns import CHINESE, regex, worded
from shuangjian_cli.tag.place import gazetteer

NAMED = worded(
    rf"(?:(?![有新增建办设各的共]){CHINESE}){{0,6}}?(?:大学(?![生新])|学院)|{{places.named}}|[一二三四五六七八九十][中高小]|人(?!口|均|数)|[路街道话籍式版派级]",
    __file__,
)
"""Behind a place, it is part of a name."""
_OWN_WHOLE = regex(
    rf"{CHINESE}{{2,4}}(?:全[省市县区州旗]|[镇乡]近?[一二三四五六七八九十]年(?:来|间)?)(?={CHINESE}{{2}})"
)
"""The short name of a place with its level, or of a township with how long something took: 滨江全区|共检查机构, 柳林镇三年|投入."""
_OWN_SIGNS = frozenset("全镇乡")
"""What stands behind the name."""


_OTHERS = worded("等(?:{places.others})(?![级属直])", __file__)
"""Behind the last of some places: 新疆|等省份|及新疆生产建设兵团完成率."""


def place_end(text: str, begin: int, finish: int) -> int:
    """Where the places end that the words begin with and that are told as the area of a figure:
    云南怒江州|入园率. The place in a body's name stays: 湖南|师范大学."""
    may_own = not _OWN_SIGNS.isdisjoint(text[begin + 2 : begin + 5])
    if may_own and (whole := _OWN_WHOLE.match(text, begin, finish)):
        return whole.end()
    places = gazetteer()
    if not places.may_begin(text, begin):
        return begin
    found = 0
    for place in places.find(text[begin:finish]):
        if place.start != found:
            break
        found = place.end
    if NAMED.match(text, begin + found, finish):
        return begin
    if found and text.startswith(("专区", "地区"), begin + found):
        return begin + found + 2
    if (
        found
        and text.startswith("等", begin + found)
        and (others := _OTHERS.match(text, begin + found))
    ):
        begin, found = others.end(), 0
        joined = text.startswith(("及", "和", "与"), begin)
        return place_end(text, begin + 1, finish) if joined else begin
    return begin + found + (found > 0 and text.startswith("市区", begin + found - 1))
