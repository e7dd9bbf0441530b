"""Which period opens a sentence, so that it governs what follows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from shuangjian_cli.data import entries, load
from shuangjian_cli.patterns import (
    CLAUSE_STOP,
    CLAUSE_STOPS,
    Endings,
    WordList,
    either,
    regex,
    worded,
)
from shuangjian_cli.structure.lines import BULLET, HAN, MARKER
from shuangjian_cli.tag.period.use import GOVERNING, Mention, is_event
from shuangjian_cli.tag.time import OPEN, UNKNOWN, Period

_HEAD = 10
"""How many characters may stand between a clause stop and the period that opens a sentence."""
_LITTLE = 4
"""How long a clause may be that says nothing of its own, whatever it is: 此外，."""
_SPEAKER = 24
"""How long a name or title with a colon may be: 某县教育局：2022年，…."""
_LOOK = 90
"""Within how many characters a sentence names the period that opens it."""
_TOLD = ("period.date", "period.part", "period.recent", "period.since")
_CLAIMS = entries(__file__, "before_opening", "claims")
"""What tells a quantity without a digit."""


class _Words:
    def __init__(self) -> None:
        before = load(__file__)["before_opening"]
        # A set of first characters lets the search skip over all others.
        self.quick = regex(
            r"[年月季期时十目当日近今昨截眼如现来](?:(?<=[年月季])|(?<=期)间|(?<=时)期|(?<=十).五"
            r"|(?<=[目当日])前|(?<=近)日|(?<=[今昨])[日天]|(?<=截)[至止]|(?<=眼)下|(?<=如)今"
            r"|(?<=现)阶段|(?<=以来))"
        )
        self.begins = WordList(before["begins"])
        self.ends = Endings(before["ends"])
        self.grounds = tuple(before["grounds"])
        self.reporter = regex(
            rf"[^{CLAUSE_STOPS}（]{{0,24}}(?:讯|电|报道)?(?:（[^）]{{0,60}}）)[^{CLAUSE_STOPS}]{{0,2}}"
        )
        self.quoted = regex(
            r"《[^》]{0,80}》|“[^”]{0,80}”|（[^）]{0,80}）|第\d+|\d{1,2}月\d{1,2}日"
        )
        w = load(__file__)["retold"]
        self.report = worded(
            rf"(?:{{retold.puts_out}})[^{CLAUSE_STOPS}]*(?:{either(w['reports'], w['states'])})",
            __file__,
        )
        self.digit = regex(r"\d")


@cache
def _words() -> _Words:
    return _Words()


def may_open(text: str, start: int, end: int) -> bool:
    """A cheap test of whether the sentence at [start, end) may begin with a period."""
    found = _words().quick.search(text, start, end if end - start < _LOOK else start + _LOOK)
    return found is not None and (
        found.start() - start <= _HEAD or _last_clause(text, start, found.start(), ()) is not None
    )


def opening(text: str, start: int, end: int, found: Sequence[Mention]) -> Mention | None:
    """The period that opens the sentence at [start, end), of the times that it names: only what
    says nothing of its own stands before it (按照部署，…; 厅长王明表示，…)."""
    if _is_chronicle(text, start, end, found):
        return None
    for i, m in enumerate(found):
        if m.start < start:
            continue
        if not _opens(text, start, m.start, found):
            return None
        if m.use in GOVERNING:
            following = found[i + 1] if i + 1 < len(found) else None
            if following and following.start - m.end <= 1 and following.use in GOVERNING:
                continue  # 7月8日，2021年…
            return None if _only_told(text, start, end, m, found) else m
        if m.use not in ("event", "name", "base"):
            return None
    return None


def _is_chronicle(text: str, start: int, end: int, found: Sequence[Mention]) -> bool:
    """Whether a sentence only tells what was done in which of three years or more: 1988年普及初等教育，
    1993年扫除文盲，2012年达标。"""
    if len(found) < 3:
        return False
    years = {m.period.start for m in found if m.rule == "period.date" and m.use in GOVERNING}
    return len(years) > 2 and not carries_figure(text, start, end, found)


def _opens(text: str, start: int, at: int, found: Sequence[Mention]) -> bool:
    """Whether what stands in [start, at) leaves the period at `at` to open the sentence."""
    begin = _last_clause(text, start, at, found)
    if begin is None:
        return False
    head = text[begin:at].lstrip("“‘”（ ")
    if head.endswith(("是", *_words().grounds)):
        return False  # 这是2012年达标以来的新高: what is said, not when
    return len(head) <= _HEAD and not _words().digit.search(head)


def _last_clause(text: str, start: int, at: int, found: Sequence[Mention]) -> int | None:
    """Where the last clause before `at` begins; None where one before it says something."""
    w, begin = _words(), start
    if text.find("）", start, at) >= 0 and (reporter := w.reporter.match(text, start, at)):
        begin = reporter.end()  # …讯（记者李明）
    for stop in CLAUSE_STOP.finditer(text, begin, at):
        end = stop.start()
        if not (
            end - begin <= _LITTLE
            or (stop.group() == "：" and (end - begin <= _SPEAKER or is_report(text, begin, end)))
            or w.begins.match(text, begin, end)
            or w.ends.search(text, begin, end)
            or any(0 <= m.start - begin <= _LITTLE and m.end >= end - 1 for m in found)
        ):
            return None
        begin = stop.end()
    return begin


def _only_told(text: str, start: int, end: int, m: Mention, found: Sequence[Mention]) -> bool:
    """Whether a sentence without a figure only says when something happened: a day (1949年5月2日，
    县城解放。), or a year of what was issued (2021年，县里印发《方案》。自2017年部里印发《意见》以来，各地积极探索。)."""
    if m.rule not in _TOLD or carries_figure(text, start, end, found):
        return False
    if m.rule == "period.since":
        since = text.find("以来", m.start, end)
        return "《" in text[m.start : since] and is_event(text, m.start, since)
    if len(m.period.start) > 7:
        return text[end - 1] != "："  # 现将2020年11月1日的情况公布如下：
    return len(m.period.start) == 4 and m.rule == "period.date" and is_event(text, m.end, end)


def is_report(text: str, start: int, end: int) -> bool:
    """Whether words say that somebody puts out a report: 教育部近日通报整改工作进展情况."""
    return _words().report.search(text, start, end) is not None


def carries_figure(text: str, start: int, end: int, found: Sequence[Mention]) -> bool:
    """Whether a sentence holds a quantity beside its periods and names."""
    pieces = []
    cursor = start
    for m in found:
        pieces.append(text[cursor : m.start])
        cursor = m.end
    pieces.append(text[cursor:end])
    rest = _words().quoted.sub("", "".join(pieces))
    return _words().digit.search(rest) is not None or any(word in rest for word in _CLAIMS)


def behind_mark(text: str, start: int, end: int) -> int:
    """Where the text of an item begins, behind its mark: 一是, 2., （三）, ★."""
    head = text[start]
    if head in HAN:
        at = start + (2 if text[start + 1 : start + 2] in HAN else 1)
        if text[at : at + 1] in ("是", "要"):
            return at + 1
    elif head.isalpha() and head != "第":
        return start
    found = MARKER.match(text, start, end) or BULLET.match(text, start, end)
    return found.end() if found else start


def speaks_on(period: Period) -> bool:
    """Whether a period may speak for more than its paragraph: no single days do."""
    if period is UNKNOWN or len(period.start) > 7:
        return False
    return len(period.end) <= 7 or period.start == OPEN
