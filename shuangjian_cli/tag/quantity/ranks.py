"""Ranks: a place in an order (居全省第二, 进入全国前十), and 首位."""

from __future__ import annotations

from shuangjian_cli.patterns import WordList, either, regex, worded
from shuangjian_cli.tag.quantity.clauses import TO_COMMA, clause_start
from shuangjian_cli.tag.quantity.figure import Figure, Refused
from shuangjian_cli.tag.quantity.numeral import HAN, arabic, chinese

_RANK = regex(
    rf"(?P<kind>第|前)(?:(?P<a>[0-9]{{1,3}})(?![0-9.,])|(?P<h>[{HAN}]+))"
    r"(?P<unit>位(?!数)|名(?![校师优])|强|甲(?=[，。；、]))?"
)
END = worded(r"[，。；、）”：\s]|$|{rank_end.words}|上?升|前[移进]|下?降|[进晋]", __file__)
"""What stands behind a rank."""
_ALONE = regex(r"[，。；！\n]|$")
"""全县统考|第一名，: what follows a rank that stands for its whole predicate."""
_TOP = regex(r"[居列入身国省市界县区球]$")
_STAGE = regex(r"学前(?![0-9]+[位名强])|[以之此先从]前")
"""学前|350人: a stage of education and its figure; 以前|55个孩子: a time and its figure."""
_BARE = regex(r"(?:居|列|名|(?<![安比])排|至|到|持|第|位|为|均|部|区)$")


class Ranks:
    """The words of ranks in the vocabulary."""

    def __init__(self, words: dict[str, str]) -> None:
        self._verb = WordList(words["verbs"].split())
        self._scope = regex(f"(?:{either(words['scopes'].split())})[^，。；]{{0,6}}$")
        self._contest = regex(f"(?:{either(words['contests'].split())})[^，。；]{{0,12}}$")
        self._open = regex(f"(?:{either(words['open'].split())})[^，。；：、]{{1,12}}$")
        self._open_not = regex(either(words["open_not"].split()))
        self._not_first = regex(f"(?:{either(words['first_not_after'].split())})[^，。；]{{0,8}}$")

    def read(self, text: str, start: int, at: int) -> Figure | Refused | None:
        """The rank that 第 or 前 at a position begins."""
        match = _RANK.match(text, at)
        if match is None or _STAGE.match(text, at - 1):
            return None
        stop = match.end()
        number = arabic(match["a"]) if match["a"] else chinese(match["h"])
        closed = END.match(text, stop) is not None
        if closed and (text[at - 1 : at] == "，" or at == start):
            return Refused(at, stop, "list marker")
        if number is None or not closed:
            return Refused(at, stop, "ordinal")
        clause = text[clause_start(text, start, at, to_stop=TO_COMMA) : at]
        scope = self._scope.search(clause) is not None
        won = bool(match["unit"]) and _ALONE.match(text, stop) and self._contest.search(clause)
        if not (scope or won or self._verb.search(clause[-14:])):
            return Refused(at, stop, "ordinal")
        first = match["kind"] == "第"
        if not match["unit"] and not (
            scope or _BARE.search(clause) or self._is_open(clause) if first else _TOP.search(clause)
        ):
            return Refused(at, stop, "ordinal")
        bound = "=" if first else "<="
        return Figure(at, stop, number, None, "位", bound, at, stop, "quantity.rank")

    def _is_open(self, clause: str) -> bool:
        """Whether a verb of ranking and the field it ranks in end a clause: 居长江经济带."""
        return self._open.search(self._open_not.sub("，", clause)) is not None

    def is_first(self, text: str, start: int, at: int) -> bool:
        """Whether 首位 at a position ranks something, and is not where something is put."""
        clause = text[clause_start(text, start, at, to_stop=TO_COMMA) : at]
        if self._not_first.search(clause):
            return False
        return bool(self._verb.search(clause[-12:]) or self._scope.search(clause))
