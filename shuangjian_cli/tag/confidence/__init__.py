"""How sure a record is: `certain`, `likely` or `check`, from which rules agreed.

A record is `certain` when every field that a reader relies on was read by a rule that leaves one
reading: the figure is a plain numeral with its unit, the subject's structure is clear (see
`subject.clear.is_clear`), a place governs, and period and status rest on words or titles rather than on
their absence alone; a second, simpler reading of the years around must not speak against it. It is to be checked when a rule says that it had to choose.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from shuangjian_cli.data import load
from shuangjian_cli.model import Area, Decision
from shuangjian_cli.tag.quantity import Figure
from shuangjian_cli.tag.subject import Reading

CERTAIN, LIKELY, CHECK = "certain", "likely", "check"


_DOUBT = Decision("confidence.doubt")
_AGREED = Decision("confidence.agreed")
_UNOPPOSED = Decision("confidence.unopposed")


@cache
def _plain() -> dict[str, frozenset[str]]:
    words = load(__file__)
    return {package: frozenset(rules.split()) for package, rules in words["plain"].items()}


@cache
def _words() -> dict[str, str]:
    """The reason that each rule or package gives."""
    reasons: dict[str, str] = load(__file__)["reasons"]
    return reasons


def confidence(
    figure: Figure,
    reading: Reading,
    subject: str,
    area: Area | None,
    by_area: Decision,
    by_period: Decision,
    by_status: Decision,
    *,
    is_unsure: bool,
    second: Sequence[str] = (),
) -> tuple[str, tuple[str, ...], Decision]:
    """(level, why it is no better, decision); a certain record has no reasons.

    `is_unsure` tells that the text may name the area, and not by one name only, `second` what the
    second reading says against period and status (see `SecondReader`).
    """
    reasons = list(reading.doubts)
    if not subject:
        reasons.append("no subject")
    if figure.unit is None and not figure.implied and figure.rule == "quantity.bare":
        reasons.append("no unit")
    if figure.doubt:
        reasons.append(figure.doubt)
    if area is None or (area.name is None and area.level == "province"):
        reasons.append("no place governs the figure")
    words = _words()
    if by_period.rule in _plain()["doubted"]:
        reasons.append(words[by_period.rule])
    if reasons:
        return CHECK, _once(reasons), _DOUBT
    unsure = [*_unsure(figure.rule, by_period.rule, by_status.rule, by_area.rule)]
    if second:
        unsure.extend(words[doubt] for doubt in second)
    if is_unsure:
        unsure.append(words["unnamed"])
    if not reading.clear:
        unsure.insert(0, words["subject"])
    if unsure:
        return LIKELY, _once(unsure), _UNOPPOSED
    return CERTAIN, (), _AGREED


def unopposed(doubt: str) -> tuple[str, Decision]:
    """The reason and the decision of a record that is likely for one doubt (a key of `[reasons]`)."""
    return _words()[doubt], _UNOPPOSED


@lru_cache(maxsize=256)
def _unsure(quantity: str, period: str, status: str, area: str) -> tuple[str, ...]:
    """The reasons of the rules that leave more than one reading."""
    plain, words = _plain(), _words()
    if period == "period.span" and status == "status.wish":
        return (words["ahead"],)
    decided = {"quantity": quantity, "period": period, "status": status, "area": area}
    return tuple(
        words.get(rule, words[package])
        for package, rule in decided.items()
        if rule not in plain[package]
    )


def _once(reasons: list[str]) -> tuple[str, ...]:
    return tuple(reasons) if len(reasons) == 1 else tuple(dict.fromkeys(reasons))
