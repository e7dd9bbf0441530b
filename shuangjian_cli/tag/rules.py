"""The rules of a run: the catalogue, the pillars, the units and the topic, ready for matching.

Packs are read and merged into `Rules` by `pack`, where each key is explained.
"""

from collections.abc import Mapping
from decimal import Decimal
from itertools import accumulate
from typing import Any, NamedTuple

from .definition import Decided, Definition
from .words import Lexicon, Term, longest_of

SCOPES = ("subject", "clause", "sentence")


class Sign(NamedTuple):
    """One way to know a metric, or (`metric` None) that there is none.

    Each scope that has terms must hold one of them. `figures` say nothing of sentences without
    figures, `spoken` say nothing of figures.

    The narrowest scope with terms leads (subject, then clause, then sentence). `units` are names
    of units or of families, with their parts; empty allows any.
    """

    id: str
    metric: str | None
    subject: tuple[Term, ...]
    clause: tuple[Term, ...]
    sentence: tuple[Term, ...]
    units: frozenset[str]
    without: frozenset[str]
    last: bool
    figures: bool
    spoken: bool = False


class Metric(NamedTuple):
    """An entry of the catalogue."""

    id: str
    name: str
    name_en: str
    pillar: str
    signs: tuple[Sign, ...]
    definition: Definition | None = None
    """As its pack gives it; that of a built-in metric is read when asked for, see `pack.define`."""


class Pillar(NamedTuple):
    """A policy pillar: the words by which titles name it and those it is about."""

    id: str
    name: str
    name_en: str
    title: tuple[Term, ...]
    title_without: tuple[str, ...]
    about: tuple[Term, ...]


class Unit(NamedTuple):
    """A measure word: `name` is its output form, `scale` leads to the base of its family.

    Figures of a family that is not `additive` mean nothing added up.
    """

    name: str
    words: tuple[str, ...]
    family: str
    scale: Decimal
    additive: bool = True


class Topic(NamedTuple):
    """What counts as being about the field, see the format above."""

    words: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    def __or__(self, more: "Topic") -> "Topic":
        return Topic(*(own + added for own, added in zip(self, more, strict=True)))


Index = dict[str, list[tuple[int, Term]]]
"""Terms under their longest words, with the numbers of their signs."""
Passes = tuple[tuple[str, str, Index], ...]


class Laid(NamedTuple):
    """The terms of rules by their words, of types that `marshal` knows.

    `families` are those of each unit, with the families that they are parts of. `leading` has, for
    signs that are `last` and those that are not and for each scope that leads, their terms, and
    `spoken` those of signs for sentences alone; `title_terms` and `about_terms` have those of
    pillars, with their ids. `lexicons` finds the words of all, of titles, of the topic, and those
    that only signs for sentences have.
    """

    families: dict[str, frozenset[str]]
    leading: dict[tuple[bool, str], Index]
    spoken: Index
    title_terms: dict[str, list[tuple[str, Term]]]
    about_terms: dict[str, list[tuple[str, Term]]]
    lexicons: tuple[tuple[Any, ...], ...]


_ROUNDS = (
    ("subject", "subject"),
    ("clause", "clause"),
    ("clause", "subject"),
    ("sentence", "sentence"),
)


class Rules:
    """The rules of a run: catalogue, pillars, units and topic, ready for matching.

    Made from packs by `merge`. Two `Rules` of the same packs decide alike, in any process.

    `first` and, for signs marked so, `last` are the rounds in which signs are asked: where to
    look, for the terms of which scope, and those terms; `signs` are those that their numbers tell.
    """

    def __init__(
        self,
        metrics: Mapping[str, Metric],
        pillars: Mapping[str, Pillar],
        none: tuple[Sign, ...],
        carried: tuple[str, ...],
        units: Mapping[str, Unit],
        topic: Topic,
        aliases: Mapping[str, str],
        not_before: Mapping[str, tuple[str, ...]],
        alike: Mapping[str, str],
        beside: Mapping[str, str],
        per: Mapping[str, str],
        decided: Decided = Decided(),  # noqa: B008 - an immutable value
        laid: Laid | None = None,
    ) -> None:
        """`laid` is that of the same rules, if it is known."""
        self.metrics = metrics
        self.pillars = pillars
        self.none = none
        self.carried = carried
        self.units = units
        self.topic = topic
        self.aliases = aliases
        self.not_before = not_before
        self.alike = alike
        self.beside = beside
        self.per = per
        self.decided = decided
        self.laid = laid = laid or self._lay()
        self.signs = self._signs()
        leading = laid.leading
        self.by_subject = leading[False, "subject"]
        self.spoken = laid.spoken
        self.first, self.last = (
            tuple(
                (where, scope, leading[last, scope])
                for where, scope in _ROUNDS
                if leading[last, scope]
            )
            for last in (False, True)
        )
        self.title_terms, self.about_terms = laid.title_terms, laid.about_terms
        self.lexicon, self.title_lexicon, self.topic_lexicon, self.spoken_lexicon = map(
            Lexicon.of, laid.lexicons
        )
        self.carriers = frozenset(carried)
        self.topic_words = frozenset(topic.words)
        self.never_words = frozenset(topic.never)
        self.other_words = self.never_words.union(topic.other)

    def __reduce__(self) -> tuple[Any, ...]:
        return Rules, (
            self.metrics,
            self.pillars,
            self.none,
            self.carried,
            self.units,
            self.topic,
            self.aliases,
            self.not_before,
            self.alike,
            self.beside,
            self.per,
            self.decided,
        )

    def family(self, unit: str | None) -> str | None:
        """The family of a unit; None for no unit or an unknown one."""
        known = self.units.get(unit) if unit else None
        return known.family if known else None

    def families(self, unit: str | None) -> frozenset[str]:
        """The family of a unit and those that it is a part of: things.cases, things."""
        return self.laid.families.get(unit or "", frozenset())

    def _signs(self) -> list[Sign]:
        return [sign for metric in self.metrics.values() for sign in metric.signs] + [*self.none]

    def _lay(self) -> Laid:
        """Lay every term under its longest word."""
        words: set[str] = set(self.carried)
        leading: dict[tuple[bool, str], Index] = {
            (last, scope): {} for last in (False, True) for scope in SCOPES
        }
        spoken: Index = {}
        spoken_words: set[str] = set()
        for at, sign in enumerate(self._signs()):
            own = spoken_words if sign.spoken else words
            own.update(sign.without, *sign.subject, *sign.clause, *sign.sentence)
            scope = next((scope for scope in SCOPES if getattr(sign, scope)), "subject")
            index = spoken if sign.spoken else leading[sign.last, scope]
            for term in getattr(sign, scope):
                index.setdefault(longest_of(term), []).append((at, term))
        title_words: set[str] = set()
        title_terms: dict[str, list[tuple[str, Term]]] = {}
        about_terms: dict[str, list[tuple[str, Term]]] = {}
        for pillar in self.pillars.values():
            title_words.update(pillar.title_without)
            for group, target, known in (
                (pillar.title, title_terms, title_words),
                (pillar.about, about_terms, words),
            ):
                for term in group:
                    target.setdefault(longest_of(term), []).append((pillar.id, term))
                    known.update(term)
        topic_words = {word for words in self.topic for word in words}
        return Laid(
            {
                unit.name: frozenset(accumulate(unit.family.split("."), "{}.{}".format))
                for unit in self.units.values()
            },
            leading,
            spoken,
            title_terms,
            about_terms,
            tuple(
                Lexicon(each, self.aliases).kept()
                for each in (words, title_words, topic_words, spoken_words - words)
            ),
        )
