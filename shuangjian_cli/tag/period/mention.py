"""The times that a sentence names and what each does there: its role, from the words around it."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from shuangjian_cli.data import load
from shuangjian_cli.patterns import CLAUSE_STOPS, either, regex
from shuangjian_cli.tag.time import Now, Period, Time, resolve, times


class Mention(NamedTuple):
    """Words that name a period, at [start, end) of the folded text, and how they are used.

    `use`: governs — the clauses after it · source — only the figure that a movement starts from
    · clause — its own clause only (连续9年) · base — no figure: another one is compared with it ·
    name — no figure: the words are part of a name. `stop` is where its rule ends at the latest.
    """

    start: int
    end: int
    period: Period
    rule: str
    use: str
    stop: int


_REACH = 80
"""How far brackets and the marks of a title are looked for."""
_QUOTED = 16
"""How long a quotation may be that is taken for a name."""


class _Words:
    """The patterns of what stands around a time, compiled once from the vocabulary."""

    def __init__(self) -> None:
        w = load(__file__)
        compared = w["comparison"]
        self.base_before = regex(
            rf"(?:(?<![占对])比|(?<!比)较)[^{CLAUSE_STOPS}、\d]{{0,8}}的$"
            rf"|(?<![占])(?:{either(set(compared['before']) - {'与', '同'})})$"
        )
        self.base_with = regex("[与同]$")
        self.base_after = regex(rf"(?:{either(compared['after'])})")
        self.base_later = regex(rf"[^{CLAUSE_STOPS}]{{0,8}}(?:{either(compared['after'])})")
        self.times = regex(r"的?(?:约|近|超)?(?:\d[\d.]*|[一二两三四五六七八九十]+)(?:多|余)?倍")
        self.share = regex(r"的(?:\d[\d.]*%|[一二三四五六七八九十]+(?:分之|成)|百分之)")
        self.valued = regex(
            r"的(?:约|近|超|不足)?\d[\d.,]*(?!\d)[^\d，。；：！？、]{0,4}?(?=提高|增|降|减|下|上|升|高|低|多|少|，)"
        )
        self.value = regex(r"的|约?\d")
        self.founded = regex(rf"(?:{either(w['founded']['before'])})$")
        self.equals = regex(rf"(?:{either(compared['equals'])})$")
        self.source = regex(rf"(?:{either(w['source']['before'])})$")
        self.arrival = regex(rf"[到至为{CLAUSE_STOPS}]|(?<![一二三四五六七八九])成")
        self.scheme = regex(rf"(?:{either(w['name']['before_bracket'])})[（(]?$")
        self.name_after = regex(rf"(?:{either(w['name']['after'])})")
        self.ground = regex(f"[^{CLAUSE_STOPS}]{{0,40}}基础上")


@cache
def _words() -> _Words:
    return _Words()


_RULES = {
    "now": "period.until",
    "plan": "period.plan",
    "years": "period.years",
    "run": "period.consecutive",
    "begun": "period.since",
    "whole": "period.part",
}
_RULES_OF_YEARS = {"calendar": "period.date", "unsaid": "period.part"}


def _rule(time: Time, period: Period, event: str | None) -> str:
    """The rule that a time follows."""
    if time.first is not None:
        if time.opened:
            return f"period.{time.opened}"
        return _RULES_OF_YEARS.get(time.first.base, "period.relative")
    if time.kind == "years" and event and not time.word and period.start == event:
        return "period.event"
    return _RULES.get(time.kind, "period.relative")


def mentions(
    text: str,
    start: int,
    end: int,
    now: Now | None,
    governing: Period | None,
    event: str | None = None,
) -> list[Mention]:
    """The periods named in [start, end) of a folded text, in order.

    `governing` is the period that holds where the range begins; `event` the date of something
    told earlier in the paragraph, from which N年来 runs.
    """
    w = _words()
    out: list[Mention] = []
    held, dated = governing, event
    for time in times(text, start, end):
        period = resolve(time, now, held, dated)
        if period is None:
            continue
        rule = _rule(time, period, dated)
        found = Mention(time.start, time.end, period, rule, "governs", end)
        joined = bool(out) and out[-1].end == time.start - 1
        found = _used(w, text, start, end, found, joined)
        out.append(found)
        if found.use == "governs":
            held = period
        if dated is None and rule == "period.date":
            dated = period.start
    return out


def _used(w: _Words, text: str, start: int, end: int, found: Mention, joined: bool) -> Mention:
    """How the mention is used where it stands; `joined` to the one before (2022年、2023年)."""
    stop = end
    opened = text.rfind("（", max(start, found.start - _REACH), found.start)
    if opened >= 0:
        closed = text.find("）", opened, min(end, found.end + _REACH))
        stop = closed if closed >= found.end else stop
    before = max(start, found.start - 14)
    ground = w.ground.match(text, found.end, stop)
    if ground:
        stop = ground.end()
    use = "governs"
    if _is_name(w, text, start, end, found):
        use = "name"
    elif found.rule == "period.consecutive":
        use = "clause"
    elif found.rule not in ("period.since", "period.until"):
        if _is_base(w, text, before, end, found, joined):
            use = "base"
            valued = w.valued.match(text, found.end, end)
            if valued:
                use, stop = "source", valued.end()
        elif w.source.search(text, before, found.start) and (
            found.period.start == found.period.end or w.value.match(text, found.end, end)
        ):
            use = "source"
            stop = min(stop, found.end + _REACH)
            arrival = w.arrival.search(text, found.end, stop)
            stop = arrival.start() if arrival else stop
    if use == found.use and stop == found.stop:
        return found
    return found._replace(use=use, stop=stop)


def _is_base(w: _Words, text: str, before: int, end: int, found: Mention, joined: bool) -> bool:
    """Whether another period is only compared with this one."""
    if w.base_after.match(text, found.end, end):
        return True
    if before < found.start:
        if w.base_before.search(text, before, found.start):
            return True
        if not joined and w.base_with.search(text, before, found.start):
            return w.base_later.match(text, found.end, end) is not None
    if w.times.match(text, found.end, end):
        return True
    return (
        before < found.start
        and w.equals.search(text, before, found.start) is not None
        and w.share.match(text, found.end, end) is not None
    )


def _is_name(w: _Words, text: str, start: int, end: int, found: Mention) -> bool:
    """Whether the words are part of a name: in 《》, a scheme's years, an edition, a quoted name."""
    if w.name_after.match(text, found.end, end):
        return True
    if found.start == start:
        return False
    if w.founded.search(text, max(start, found.start - 4), found.start):
        return True
    reach = max(start, found.start - _REACH)
    opened = text.rfind("《", reach, found.start)
    if opened >= 0 and text.find("》", opened, found.start) < 0:
        return True
    if w.scheme.search(text, max(start, found.start - 5), found.start) and (
        text[found.start - 1] in "（("
    ):
        return True
    opened = text.rfind("“", reach, found.start)
    if opened < 0 or text.find("”", opened, found.start) >= 0:
        return False
    closed = text.find("”", found.end, min(end, found.end + _QUOTED))
    return (
        0 <= closed - opened <= _QUOTED
        and (opened + 1 < found.start or found.end < closed)
        and not any(c in text[opened:closed] for c in CLAUSE_STOPS)
        and "“" not in text[found.start : found.end]
    )
