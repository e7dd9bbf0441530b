"""The words before a figure: its subject where they give some of it, or all."""

from __future__ import annotations

import re
from itertools import takewhile

from shuangjian_cli.data import entries
from shuangjian_cli.patterns import last, regex, worded
from shuangjian_cli.tag.subject.constructions import one_of_two
from shuangjian_cli.tag.subject.gaps import Own, gaps_of
from shuangjian_cli.tag.subject.nouns import trim
from shuangjian_cli.tag.subject.phrase import SHORT, Phrase, Span, part, without_verb, words_of
from shuangjian_cli.tag.subject.reading import Context, Reading
from shuangjian_cli.tag.subject.resolver import resolve
from shuangjian_cli.tag.subject.shorten import shortened


def subject_before(own: Own) -> Reading:
    """The subject by the first gap that can be filled, or the words themselves."""
    if own.content.startswith(("两者", "二者")) and len(said := own.context.said()) > 1:
        one, other = said[-2].phrase, said[-1].phrase
        one = _unlike(own.context.text, one, other) if own.unit == "百分点" else one
        both = (*one, *other)
        rest = re.sub("[合共]?占.*", "", own.content[2:])
        return Reading.of((*both, *part(own.phrase, 2, 2 + len(rest))), "subject.carried")
    if own.content[:2] in ("前者", "后者"):
        compared = one_of_two(own.context, own.slot, latter=own.content[0] == "后")
        if compared is not None:
            return Reading.of(compared, "subject.carried")
    if own.content.startswith(_SUCH) and (such := _told_before(own)):
        return Reading.of(such, "subject.carried")
    for gap in gaps_of(own):
        made = resolve(own.context, own.slot, gap, own.counts)
        if made is not None:
            return made
    return _event(own) or _plain(own)


_SUCH = entries(__file__, "before", "such")


def _told_before(own: Own) -> Phrase:
    """省级特色学校3所，全县共有此类学校|14所: those told before in the same unit that are called by the
    same noun; empty where there are none."""
    text, noun = own.context.text, own.content[2:]
    for frame in reversed(own.context.discourse.frames):
        if frame.unit == own.unit and len(noun) > 1 and words_of(text, frame.phrase).endswith(noun):
            return without_verb(own.context.words, text, frame.phrase)
    return ()


def _unlike(text: str, one: Phrase, other: Phrase) -> Phrase:
    """What one subject says before the words that it ends with like another: 城区|覆盖率, 农村覆盖率."""
    first, second = words_of(text, one), words_of(text, other)
    pairs = zip(reversed(first), reversed(second), strict=False)
    size = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return part(one, 0, len(first) - size) if 0 < size < len(first) else one


def _plain(own: Own) -> Reading:
    """The words themselves."""
    content = own.content
    if own.only_verbs:
        verb = own.reading("subject.verb")
        verb.doubts.append("only a verb stands before the figure")
        return verb
    if content in own.context.words.measures and (
        act := _ACT.search(own.context.text, own.slot.left, own.phrase[0][0])
    ):
        return own.reading("subject.before", (act.span(),))
    if len(content) > 4 and content[-1] == "占" and own.unit == "%":
        size = len(content.rstrip("占只仅的"))
        return Reading.of(part(own.phrase, 0, size), "subject.before")
    if len(content) > 7 and content.endswith("新增"):
        return Reading.of(part(own.phrase, 0, len(content) - 2), "subject.before")
    brief = len(content) <= SHORT
    phrase = own.phrase
    if not brief:
        w, text = own.context.words, own.context.text
        phrase = shortened(w, text, phrase, is_share=own.unit == "%")
    return Reading.of(phrase, "subject.before")


_ACT = worded("(?:规划)?(?:{before.acts})$", __file__)
"""建设|面积: of what a measure is, where nothing before says it."""
_WON = entries(__file__, "before", "won")
_NAMED_EVENT = worded(r"{before.events}", __file__)
_SESSION = regex(r"第[\d一二三四五六七八九十]+届")
_SELECTION = worded(r"(?:{before.selections})$", __file__)


def _event(own: Own) -> Reading | None:
    """在全省科创大赛中获一等奖|3个: the contest that a prize was won in."""
    w, text, start = own.context.words, own.context.text, own.context.start
    won = own.content.endswith(_WON)
    if not won and not w.prize.search(own.content):
        return None
    if not won and _NAMED_EVENT.search(own.content):
        return None
    near = start if w.prize.fullmatch(own.content) else own.slot.clause
    match = last(w.event.finditer(text, near, own.slot.figure.start))
    if match is None:
        return None
    event = _event_name(own.context, *match.span(1))
    if won and event[1] - event[0] >= 2:
        return Reading.of((event,), "subject.event")
    if event[1] - event[0] < 2 or text[slice(*event)] in own.content:
        return None
    return own.reading("subject.event", (event,))


def _event_name(context: Context, begin: int, finish: int) -> Span:
    """第三届|科创大赛|评选: the contest without its session."""
    begin, finish = trim(context.words, context.text, begin, finish)
    session = _SESSION.search(context.text, begin, finish)
    if session:
        begin = session.end()
    selection = _SELECTION.search(context.text, begin, finish)
    return begin, selection.start() if selection else finish
