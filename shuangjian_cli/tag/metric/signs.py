"""Holds signs of the catalogue against texts."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ...model import Rejected
from ...patterns import regex
from ..rules import Index, Rules, Sign
from ..words import Lexicon, Term, size_of

PIECE = regex("[，；。！？：、\n]")
"""What ends a piece of a sentence."""
_HEAD_BONUS = 2

Found = dict[str, int]


class Candidate(NamedTuple):
    size: int
    wider: int
    end: int
    sign: Sign
    term: Term


class FoundIn(dict[str, Found]):
    """The words of each text, read when first asked for."""

    def __init__(self, *lexicons: Lexicon) -> None:
        self._lexicons = lexicons

    def __missing__(self, text: str) -> Found:
        found = self[text] = self._lexicons[0].find(text)
        for more in self._lexicons[1:]:
            found.update(more.find(text))
        return found


class Asked(NamedTuple):
    """What the signs are held against; `any_unit` where the figure's own says nothing."""

    texts: Mapping[str, str]
    found: FoundIn
    unit: str | None
    families: frozenset[str]
    any_unit: bool


def speaking(
    rules: Rules,
    figure: Asked,
    index: Index,
    where: str,
    scope: str,
    rejected: list[Rejected] | None = None,
) -> list[Candidate]:
    """The signs that speak: their terms for `scope` stand in the text `where`."""
    text = figure.texts[where]
    found = figure.found[text]
    head = len(text) if where == "subject" else -1
    out: list[Candidate] = []
    for word in found:
        for at, term in index[word]:
            end = _end(term, found)
            if not end:
                continue
            sign = rules.signs[at]
            if (
                _fits(figure, sign)
                and not _excluded(figure, sign, found)
                and (wider := _wider(figure, sign, scope)) is not None
            ):
                size = size_of(term) + (_HEAD_BONUS if end == head else 0)
                out.append(Candidate(size, wider, end, sign, term))
            elif rejected is not None:
                if not _fits(figure, sign):
                    reason = f"not with {figure.unit}"
                elif excluded := _excluded(figure, sign, found):
                    reason = f"not beside {min(excluded)}"
                else:
                    reason = "its other words are missing"
                rejected.append(Rejected("+".join(term), f"{sign.id}: {reason}"))
    return out


def _fits(figure: Asked, sign: Sign) -> bool:
    units = sign.units
    if figure.any_unit or not units or figure.unit in units:
        return True
    return not units.isdisjoint(figure.families)


def _excluded(figure: Asked, sign: Sign, found: Found) -> frozenset[str]:
    """The words beside which the sign does not count, in the text or in the subject."""
    if not sign.without:
        return sign.without
    subject = figure.found[figure.texts["subject"]]
    return sign.without.intersection(found) or sign.without.intersection(subject)


def _wider(figure: Asked, sign: Sign, scope: str) -> int | None:
    """The length of the sign's longest terms in wider scopes, None where they are missing."""
    size = 0
    if sign.clause and scope == "subject":
        longest = _longest(sign.clause, figure.found[figure.texts["clause"]])
        longest = longest or _longest(sign.clause, figure.found[figure.texts["subject"]])
        if not longest:
            return None
        size += longest
    if sign.sentence and scope != "sentence":
        longest = _longest(sign.sentence, figure.found[figure.texts["sentence"]])
        if not longest:
            return None
        size += longest
    return size


def _end(term: Term, found: Found) -> int:
    """Where the last word of a term ends, 0 if one is missing."""
    if len(term) == 1:
        return found.get(term[0], 0)
    end = 0
    for part in term:
        position = found.get(part)
        if position is None:
            return 0
        end = max(end, position)
    return end


def _longest(terms: Sequence[Term], found: Found) -> int:
    return max((size_of(term) for term in terms if _end(term, found)), default=0)
