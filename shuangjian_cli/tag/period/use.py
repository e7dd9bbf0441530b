"""What a time does in its sentence: its role, from the words around it."""

from functools import cache
from typing import NamedTuple

from shuangjian_cli.data import load
from shuangjian_cli.patterns import (
    CLAUSE_STOP,
    CLAUSE_STOPS,
    Endings,
    WordList,
    either,
    regex,
    worded,
)
from shuangjian_cli.tag.time import UNKNOWN, Period


class Mention(NamedTuple):
    """Words that name a period, at [start, end) of the folded text, and what they do there.

    `use` is their role: governs — the clauses after it · movement — likewise, and the two ends of
    a movement each take one end of it (从2012年到2022年，由20所增至40所) · source — only the figure
    that a movement starts from · clause — its own clause only (连续9年, 2021年建成的) · event — the
    date of something told, likewise · base — no figure: another one is compared with it · name —
    no figure: the words are part of a name. `stop` is where its rule ends at the latest. The
    period is UNKNOWN where none can be told (近年来).
    """

    start: int
    end: int
    period: Period
    rule: str
    use: str
    stop: int


GOVERNING = ("governs", "movement")
"""The roles that reach over the clauses after the mention."""
_REACH = 80
"""How far brackets and the marks of a title are looked for."""
_MADE = 12
"""How long the words between a year and the 的 of what was made then may be."""
_QUOTED = 16
"""How long a quotation may be that is taken for a name."""


class Around:
    """The patterns of what stands around a time."""

    def __init__(self) -> None:
        w = load(__file__)
        compared = w["comparison"]
        self.base_before = regex(
            rf"(?:(?<![占对])比|(?<!比)较)[^{CLAUSE_STOPS}、\d]{{0,8}}的$"
            rf"|(?<![占])(?:{either(set(compared['before']) - {'与', '同'})})$"
        )
        self.base_with = regex("[与同]$")
        self.base_after = worded(r"(?:{comparison.after})", __file__)
        self.base_later = worded(
            rf"[^{CLAUSE_STOPS}\d]{{0,14}}(?:\d[\d.,]* ?[^{CLAUSE_STOPS}\d]{{1,6}}?)?(?:（[^（）]{{1,10}}）)?"
            rf"(?:{{comparison.after}})",
            __file__,
        )
        self.times = regex(
            r"(?:（[^（）]{1,12}）)?的?(?:约|近|超)?(?:\d[\d.]*|[一二两三四五六七八九十]+)(?:多|余)?倍"
        )
        self.share = regex(r"的(?:\d[\d.]*%|[一二三四五六七八九十]+(?:分之|成)|百分之)")
        self.valued = regex(
            r"的?(?:约|近|超|不足)?\d[\d.,]*(?![\d倍])[^\d，。；：！？、倍]{0,6}?(?=提高|增|降|减|下|上|升|高|低|多|少|，)"
        )
        self.bracketed = regex(
            rf"[^{CLAUSE_STOPS}（\d]{{0,14}}（[^（）\d]{{0,8}}\d[\d.,]*[^（）\d]{{0,6}}(?=）)"
        )
        self.value = regex(r"的|约?\d")
        self.founded = worded(
            rf"(?:{{founded.before}})(?:[^{CLAUSE_STOPS}\d]{{1,12}}的)?$", __file__
        )
        self.founded_after = worded(
            rf"，?(?:{{founded.after}})|(?:{{founded.ends}})(?=[{CLAUSE_STOPS}])", __file__
        )
        self.equals = worded(r"(?:{comparison.equals})$", __file__)
        self.source = worded(r"(?:{source.before})$", __file__)
        self.arrival = regex(rf"[到至为{CLAUSE_STOPS}]|(?<![一二三四五六七八九])成")
        self.scheme = worded(r"(?:{name.before_bracket})[（(]?$", __file__)
        self.name_after = WordList(w["name"]["after"])
        self.issue_number = regex(
            r"第[\d一二三四五六七八九十百]{1,4}[期号版辑卷]|(?:[讯电]|消息)(?=[，（ 　据])"
        )
        event, attributive = w["event"], w["attributive"]
        self.event = WordList((*event["words"], *event["issue"]))
        self.issue = WordList(event["issue"])
        self.made = Endings(
            verb + then for verb in attributive["verbs"] for then in ("", *attributive["then"])
        )
        there = f"，(?:{either(event['there'])})"
        self.there = regex(rf"{there}[^{CLAUSE_STOPS}]*(?:，[^{CLAUSE_STOPS}]*)?")
        self.until = regex("[到至]")
        self.planned = regex(r"（(\d{4})年?[—\-~至]+(\d{4})年?）[》”]*实施$")
        self.lasting = worded(
            "底?的?([一二两三四五六七八九十]{1,2})年(?:{lasting.words})", __file__
        )
        self.task = worded(r"(?:{task.before})$", __file__)
        self.task_after = WordList(w["task"]["after"])
        self.follows = regex(f"[^{CLAUSE_STOPS}]{{0,40}}[后之]后?(?=，)")
        self.near = regex(rf"[{CLAUSE_STOPS}、\d]")
        self.ground = regex(f"(?:(?!在此)[^{CLAUSE_STOPS}]){{0,40}}基础上")


@cache
def around() -> Around:
    return Around()


def movement(w: Around, text: str, before: Mention, found: Mention) -> Mention | None:
    """从1990年第四次普查到2000年第五次普查: both ends as one period."""
    if before.use != "source" or not w.until.search(text, before.end, found.start):
        return None
    if CLAUSE_STOP.search(text, before.end, found.start) or not (
        CLAUSE_STOP.search(text, found.end, min(found.stop, found.end + _REACH))
    ):
        return None
    if before.period.years != 1 or found.period.years != 1:
        return None
    period = Period(before.period.start, found.period.end)
    if period.start > period.end or w.value.match(text, before.end):
        return None
    return Mention(before.start, found.end, period, found.rule, "movement", found.stop)


def used(
    w: Around, text: str, start: int, end: int, found: Mention, joined: bool, kind: str
) -> Mention:
    """How the mention is used where it stands; `joined` to the one before (2022年、2023年)."""
    stop = end
    opened = text.rfind("（", max(start, found.start - _REACH), found.start)
    if opened >= 0:
        closed = text.find("）", opened, min(end, found.end + _REACH))
        stop = closed if closed >= found.end else stop
    before = max(start, found.start - 14)
    if text[found.start - 1] == "继" and (after := w.follows.match(text, found.end, stop)):
        return found._replace(use="event", stop=after.end())
    ground = w.ground.match(text, found.end, stop)
    if ground:
        stop = ground.end()
    use = "governs"
    if _is_name(w, text, start, end, found) or (
        kind == "whole"
        and w.task_after.match(text, found.end, end)
        and w.task.search(text, before, found.start)
    ):
        use = "name"
    elif kind == "run" or (kind == "vague" and text.startswith("连", found.start)):
        use = "clause"
    elif found.period is UNKNOWN:
        use = "base" if _is_base(w, text, before, end, found, joined) else use
    elif found.rule not in ("period.since", "period.until"):
        if _is_base(w, text, before, end, found, joined):
            use = "base"
            valued = w.bracketed.match(text, found.end, end) or w.valued.match(text, found.end, end)
            if valued:
                use, stop = "source", valued.end()
        elif w.source.search(text, before, found.start) and (
            found.period.start == found.period.end or w.value.match(text, found.end, end)
        ):
            use = "source"
            stop = min(stop, found.end + _REACH)
            arrival = w.arrival.search(text, found.end, stop)
            stop = arrival.start() if arrival else stop
        elif _is_attribute(w, text, found.end, end) or (
            kind == "years" and found.start > start + 2 and text[found.start - 1] == "、"
        ):
            use = "clause"
        elif w.source.search(text, before, found.start) and found.period.years > 1:
            use = "movement"
        elif (
            len(found.period.start) > 4
            and found.rule in _DATED
            and not text.endswith("现将", before, found.start)  # what is published, not when
        ):
            told = _event(w, text, found.end, end)
            if told is not None:
                use, stop = "event", told
    if use == found.use and stop == found.stop:
        return found
    return found._replace(use=use, stop=stop)


def _is_attribute(w: Around, text: str, at: int, end: int) -> bool:
    """Whether a year only says of something when it was made: 2021年|建成的学校."""
    of = text.find("的", at, min(end, at + _MADE))
    if of < 0 or text[of + 1 : of + 2].isdigit() or w.near.search(text, at, of):
        return False
    return w.made.search(text, at, of) is not None


_DATED = frozenset(("period.date", "period.part", "period.recent"))


def _event(w: Around, text: str, at: int, end: int) -> int | None:
    """Where the clause ends that tells of an event (3月18日，省厅召开会议，) or the next one that says
    what was done there (现场发放资金3万元), None where none does."""
    clause = at + 1 if text.startswith("，", at) else at
    stop = CLAUSE_STOP.search(text, clause, end)
    until = stop.start() if stop else end
    if w.event.search(text, clause, until) is None:
        return None
    there = w.there.match(text, until, end)
    return there.end() if there else until


def is_event(text: str, at: int, end: int) -> bool:
    """Whether the words of a sentence behind a year tell that something was issued or held."""
    return around().issue.search(text, at, end) is not None


def _is_base(w: Around, text: str, before: int, end: int, found: Mention, joined: bool) -> bool:
    """Whether another period is only compared with this one."""
    if w.base_after.match(text, found.end, end):
        return True
    if before < found.start:
        if w.base_before.search(text, before, found.start):
            return True
        if not joined and w.base_with.search(text, before, found.start):
            return w.base_later.match(text, found.end, end) is not None or text.startswith(
                "比", found.end, end
            )
    if w.times.match(text, found.end, end):
        return True
    return (
        before < found.start
        and w.equals.search(text, before, found.start) is not None
        and w.share.match(text, found.end, end) is not None
    )


def _is_name(w: Around, text: str, start: int, end: int, found: Mention) -> bool:
    """Whether the words are part of a name: in 《》, a scheme's years, an edition, a quoted name."""
    if w.name_after.match(text, found.end, end) or (
        text.startswith(("第", "讯", "电", "消"), found.end, end)
        and w.issue_number.match(text, found.end, end)
    ):
        return True
    if w.founded_after.match(text, found.end, end):
        return True
    if found.start == start:
        return False
    if w.founded.search(text, max(start, found.start - 18), found.start):
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
