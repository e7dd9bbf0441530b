"""Claims without a numeral: 全覆盖, 清零, 零发生, 翻一番, 首位.

A claim is a figure where its subject is said to have reached it, not where it is worked towards
(加快推进…全覆盖), not as the manner of something else (全覆盖式检查), and not where a number says it
(100%全覆盖).
"""

from __future__ import annotations

from decimal import Decimal

from shuangjian_cli.patterns import CLAUSE_STOPS, regex, worded
from shuangjian_cli.tag.quantity.clauses import clause_start
from shuangjian_cli.tag.quantity.figure import Figure, Refused
from shuangjian_cli.tag.quantity.ranks import Ranks

HEADS = "动清全翻首榜"
_CLAIM = worded(
    "(?:动态)?清零|{claim_words.words}|翻了?[一两三]?番|{claim_words.first}|首(?<=之首)(?=[，。；、！）]|$)",
    __file__,
)
_TIMES = {"两": 300, "三": 700}
_SAID = worded(r"(?:100%|{claim_words.all})(?:的|实现)?$", __file__)
_DEMANDED = regex(r"[^按据照]{1,16}要求")
"""教育部要求…|全覆盖, and not 按国家要求实现|全覆盖."""
_REACH = 40


class Claims:
    """The words around claims in the vocabulary."""

    def __init__(self, words: dict[str, str], ranks: Ranks) -> None:
        self._ranks = ranks
        self._pushed = worded("{claim.pushed}", __file__)
        self._ahead = worded("{claim.ahead}", __file__)
        self._reached = worded("{claim.reached}", __file__)
        self._named = tuple(words["named"].split())
        self._manner = worded(
            rf"(?:、[^{CLAUSE_STOPS}、]{{2,6}})?的?(?:{{claim.manner}})", __file__
        )

    def read(self, text: str, start: int, end: int, at: int) -> Figure | Refused | None:
        """The claim that begins at a position."""
        match = _CLAIM.match(text, at)
        if match is None:
            return None
        word, stop = match.group(), match.end()
        if text.startswith("率", stop):
            return Refused(at, stop, "name")
        value, unit = Decimal(0), None
        if "首" in word:
            if not self._ranks.is_first(text, start, at):
                return Refused(at, stop, "name")
            value, unit = Decimal(1), "位"
        else:
            if reason := self._no_claim(text, start, end, at, stop):
                return Refused(at, stop, reason)
            if word == "全覆盖":
                value, unit = Decimal(100), "%"
            elif "番" in word:
                value, unit = Decimal(_TIMES.get(word[-2], 100)), "%"
        rule = "quantity.claim"
        return Figure(at, stop, value, None, unit, "=", at, stop, rule, implied=True, claim=rule)

    def _no_claim(self, text: str, start: int, end: int, at: int, stop: int) -> str | None:
        """Why a claim word is no figure."""
        if text.startswith(self._named, stop) or self._manner.match(text, stop):
            return "a manner, not a claim"
        clause = clause_start(text, start, at, most=_REACH)
        if _SAID.search(text, clause, at):
            return "said by the number before it"
        if self._reached.search(text, clause, at):
            return None
        pushed = (
            self._pushed.search(text, clause, at)
            or self._ahead.search(text, stop, end)
            or _DEMANDED.match(text, clause, at)
        )
        return "a claim still to come" if pushed else None
