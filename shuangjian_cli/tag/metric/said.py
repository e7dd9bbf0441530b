"""Which metrics a sentence names in words.

Beside the signs of the catalogue those of `spoken.toml` are asked, which are for this alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...patterns import CLAUSE_STOPS
from ..rules import Rules
from .matter import matter
from .signs import PIECE, Asked, Candidate, FoundIn, speaking

_PREDICATE = 2
"""How much what is said of a noun counts beside it."""
_BARE = 6
"""How long an item of a list is that says nothing but its noun."""


def metrics_named(rules: Rules, sentence: str, measured: Sequence[int] = ()) -> tuple[str, ...]:
    """The metrics that the matter of a folded sentence names in words, in the order of the text.

    Each piece between commas and enumeration marks names at most one: that of its most specific
    sign, whatever the unit: the one with the longest words in the piece. Signs marked `last` or
    `figures` name nothing, those marked `spoken` (`spoken.toml`) are for this alone. `measured`
    holds where in the sentence figures with a metric stand: their pieces name no other.
    """
    out: dict[str, None] = {}
    found = FoundIn(rules.lexicon, rules.spoken_lexicon)
    said = matter(sentence, rules.lexicon)
    end = -1
    for piece in PIECE.split(said):
        start, end = end + 1, end + 1 + len(piece)
        piece = piece.strip()
        if found[piece] and not any(start <= at < end for at in measured):
            texts = {"subject": piece, "clause": _clause(said, start, end), "sentence": sentence}
            figure = Asked(texts, found, None, frozenset(), any_unit=True)
            spoken = [
                each
                for index in (rules.spoken, rules.by_subject)
                for each in speaking(rules, figure, index, "subject", "subject")
                if not each.sign.figures
            ]
            sizes = {each.end: each.size for each in spoken if len(each.term) == 1}
            best = max(spoken, key=lambda each: _strength(each, sizes), default=None)
            if best is not None and best.sign.metric is not None:
                out[best.sign.metric] = None
    return tuple(out)


def _clause(said: str, start: int, end: int) -> str:
    """The piece of a text, or for the last item of a list, where that is a bare noun, all of the list,
    which has its verb before: 配齐音乐、|体育器材."""
    if end - start <= _BARE and said.startswith("、", start - 1) and not said.startswith("、", end):
        start = max(said.rfind(stop, 0, start) for stop in CLAUSE_STOPS) + 1
    return said[start:end].strip()


def _strength(candidate: Candidate, sizes: Mapping[int, int]) -> tuple[int, int]:
    """How specific a sign is among those of a sentence's piece; `sizes` has those of one word by
    their ends. The head of a compound stands last and has the weight of the whole: 教学改革|示范区."""
    size, wider, end, sign, term = candidate
    if len(term) == 1:
        size += sizes.get(end - len(term[0]), 0)
    return size + (min(wider, _PREDICATE) if sign.spoken else 0), end
