"""Words before a figure that name nothing that it could measure: when, how, on what basis."""

from __future__ import annotations

from shuangjian_cli.patterns import regex, worded

_NO_SUBJECT = worded(
    r"(?:[^，。；、\d]{0,6}了|[^，。；\d]{2,16}、)?一[块座栋幢间条所处片](?:[能可]?容纳|可供)?|(?:但?是?此后)?(?:{unsaid.this})?一?个?(?:{unsaid.figures})|[^，。；]{2,24}以[^，。；]{2,10}(?:{unsaid.scores})|(?:[^，。；、]{2,5}[、和])*[^，。；、]{0,5}[两三四五六七八九十]个?(?:{unsaid.places}|[省市县区])(?:的?(?:{unsaid.spendings}))?|近?[一二两三四五六七八九十\d]+(?:多|余)?年[间后内来]?|标准(?:[一两二三四五六七八九十]年)?|[头首]一?年|[头前][一两二三]年|{unsaid.years}|第[一二三四五六七八九十\d]+个?(?:{unsaid.ordinals})|(?:{unsaid.reforms}|“?双减”?)(?:之?[前后]|初期?)占?|按?(?:{nouns.prices})(?:计算)?|(?:{unsaid.deducted})[^，。；]{2,12}",
    __file__,
)
"""How long, or on what basis, something moved."""
_HOW_MARK = regex("[以年径价扣剔这该此一个述标前后初第]")
"""One of these stands in all such words."""
_HELD = worded("每[天日周次](?:{unsaid.least})?(?:{unsaid.held})", __file__)
"""开展课后服务，每天至少开展|2小时: how often that is done which the clause before names."""
_ACTS = frozenset("赛唱查跑走演办开踢拍写评讲")
"""Verbs of one character, behind which stands how often that was done which the clause before names."""
_MOVED_TO = worded("(?:{unsaid.moves})[到至为][每生人校班].*", __file__)
"""For each of what an amount is where a movement ends: 提高到每生每年|800元."""
_TO = frozenset("到至为")


def tells_when_or_how(content: str) -> bool:
    """Whether words say no more than when, how long or on what basis: 治理前, 第一年, 同口径."""
    return _NO_SUBJECT.fullmatch(content) is not None


def names_nothing(content: str, *, alone: bool) -> bool:
    """Whether the words of a figure name nothing; `alone` where they are one piece of the text:
    十年|提高6个百分点, 江苏、广西等|10省, 办了足球联赛，赛了|400场."""
    if content in ("等", "个") or content in _ACTS:
        return True
    if content[:1] == "每" and _HELD.fullmatch(content):
        return True
    return alone and _HOW_MARK.search(content) is not None and tells_when_or_how(content)


def is_moved_to(content: str) -> bool:
    """Whether words say for each of what an amount is where a movement ends: 提高到每生每年."""
    return content[2:3] in _TO and _MOVED_TO.fullmatch(content) is not None
