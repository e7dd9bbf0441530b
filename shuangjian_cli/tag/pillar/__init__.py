"""Pillars: which of the policy pillars a figure or a sentence belongs to.

In this order: the title of the numbered section, innermost first; a run-in title; the pillar of
the metric; what the subject, the clause or the sentence is about; otherwise none.

A title names the pillar of its first clause that names one; within a clause the longest words
decide, and of equally long ones the last, which is the head of the phrase. Titles outside
documents about the field count only where they speak of the field themselves.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from ...model import Rejected
from ...patterns import regex
from ..rules import Rules
from ..words import TITLES, Term, size_of

_CLAUSE = regex("[，；。：:、 ]")


class PillarMatch:
    """The pillar, with the rule and the words that gave it; `scope` tells where they stand."""

    __slots__ = ("pillar", "rejected", "rule", "scope", "words")

    def __init__(
        self,
        pillar: str | None,
        rule: str,
        words: tuple[str, ...] = (),
        scope: str | None = None,
        rejected: tuple[Rejected, ...] = (),
    ) -> None:
        self.pillar = pillar
        self.rule = rule
        self.words = words
        self.scope = scope
        self.rejected = rejected


_OFF_TOPIC = PillarMatch(None, "pillar.off-topic")


def pillar(
    rules: Rules,
    *,
    metric: str | None,
    subject: str,
    clause: str,
    sentence: str,
    section_titles: Sequence[str] = (),
    run_in_title: str | None = None,
    topical: bool,
    document_is_topical: bool = True,
    explain: bool = False,
) -> PillarMatch:
    """The pillar of a figure; texts are folded.

    `section_titles` are those of the numbered sections around it, innermost first. For a sentence
    without figures, `metric` is the first that it names and `subject` and `clause` are empty.
    """
    if not topical:
        return _OFF_TOPIC
    rejected: list[Rejected] = []
    titles = [("section", title) for title in section_titles]
    if run_in_title:
        titles.append(("run-in", run_in_title))
    for scope, title in titles:
        found = title_pillar(rules, title)
        if found is None:
            rejected.append(Rejected(title, "names no pillar"))
        elif document_is_topical or not rules.topic_lexicon.longest(title).isdisjoint(
            rules.topic_words
        ):
            name, term = found
            return PillarMatch(name, f"pillar.{scope}-title", term, scope, _if(explain, rejected))
        else:
            rejected.append(Rejected(title, "is not about the field"))
    if metric is not None:
        return PillarMatch(
            rules.pillar_of[metric], "pillar.metric", rejected=_if(explain, rejected)
        )
    for scope, text in (("subject", subject), ("clause", clause), ("sentence", sentence)):
        about = _strongest(rules.about_terms, rules.lexicon.find(text))
        if about is not None:
            name, term = about
            return PillarMatch(name, "pillar.about", term, scope, _if(explain, rejected))
    return PillarMatch(None, "pillar.none", rejected=_if(explain, rejected))


def _if(explain: bool, rejected: list[Rejected]) -> tuple[Rejected, ...]:
    return tuple(rejected) if explain else ()


@lru_cache(maxsize=TITLES)
def title_pillar(rules: Rules, title: str) -> tuple[str, Term] | None:
    """The pillar that a folded title names, with the term that names it."""
    for clause in _CLAUSE.split(title):
        words = rules.title_lexicon.longest(clause)
        if words:
            found = {word: clause.rfind(word) + len(word) for word in words}
            named = _strongest(rules.title_terms, found)
            if named is not None:
                return named
    return None


def _strongest(
    index: Mapping[str, list[tuple[str, Term]]], found: Mapping[str, int]
) -> tuple[str, Term] | None:
    best: tuple[int, int, str, Term] | None = None
    for word in found:
        for name, term in index.get(word, ()):
            if all(part in found for part in term):
                entry = (size_of(term), max(found[part] for part in term), name, term)
                if best is None or entry > best:
                    best = entry
    return (best[2], best[3]) if best else None
