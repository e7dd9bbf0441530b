"""The works that an amount of money or an area is that of: 投资400万元的|东山、西河小学扩建工程|竣工."""

from __future__ import annotations

from shuangjian_cli.patterns import CHINESE, CLAUSE_STOPS, regex, worded
from shuangjian_cli.tag.subject.phrase import Span
from shuangjian_cli.tag.subject.predicates import predicate
from shuangjian_cli.tag.subject.reading import Context

_MOST = 32
"""How long a list of schools is at most that is said with the works done on all of them."""
_LIST = worded(rf"[^{CLAUSE_STOPS}\d]{{2,80}}?(?:{{works.ends}})(?!部|组|资金)", __file__)
_OTHERS = regex(r"等(?:[一二两三四五六七八九十]+[所个家项处校])?(?=.{2})")
"""Behind a list that is told to be so many: 东山、西河小学|等四所|小学改扩建工程."""
_STATE = worded(
    rf"(?:[在于]{CHINESE}{{2,14}}?|[今明]?年[底内末初]|\d+月底?|主体)(?:已|将|可)?(?:{{works.states}})",
    __file__,
)
"""建设项目|在镇二中落成: where the works are, and how far."""
_COUNT = regex(r"[一二两三四五六七八九十\d]+[所个项处座](?=.{2})")


def works(context: Context, at: int, stop: int) -> Span | None:
    """The works named at [at, stop) behind 投资…元的, where a 、 may end what is named first; None
    where nothing is."""
    text = context.text
    if counted := _COUNT.match(text, at):
        at = counted.end()
        stop = context.clauses.end(at, context.end)
    if counted or text[stop : stop + 1] == "、":
        clause = context.clauses.end(stop, context.end, ignore="、")
        if listed := _LIST.match(text, at, clause):
            return _shared(text, at, listed.end())
    if stop - at < 2:
        return None
    cut = predicate(context, None, at, stop) or stop
    state = _STATE.search(text, at + 2, stop)
    return at, min(cut, state.start()) if state else cut


def _shared(text: str, at: int, finish: int) -> Span:
    """A list of schools with the works done on all, or these alone where it is long or so many are
    said to be listed."""
    if others := _OTHERS.search(text, at, finish):
        return others.end(), finish
    if "、" not in text[at:finish] or finish - at <= _MOST:
        return at, finish
    return text.rfind("、", at, finish) + 1, finish
