"""The rules of a run: the catalogue, the pillars, the units and the topic, ready for matching.

Packs are read and merged into `Rules` by `pack`, where each key is explained.
"""

import marshal
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Any, NamedTuple

from .words import Lexicon, Term, longest_of, terms

if TYPE_CHECKING:
    from .catalogue import Metric, Pillar
    from .definition import Decided

SCOPES = ("subject", "clause", "sentence")


class Sign(NamedTuple):
    """One way to know a metric, or (`metric` None) that there is none.

    Each scope that has terms must hold one of them. `figures` say nothing of sentences without
    figures, `spoken` say nothing of figures.

    The narrowest scope with terms leads (subject, then clause, then sentence). `units` are names
    of units or of families, with their parts; empty allows any. The terms for subjects always lead: they
    are asked for where they are laid out (`Laid`), and stand here as the pack writes them.
    """

    id: str
    metric: str | None
    subject: tuple[str, ...]
    clause: tuple[Term, ...]
    sentence: tuple[Term, ...]
    units: frozenset[str]
    without: frozenset[str]
    last: bool
    figures: bool
    spoken: bool = False

    def terms(self) -> dict[str, tuple[Term, ...]]:
        """The terms for each scope, the narrowest first."""
        return dict(zip(SCOPES, (terms(self.subject), self.clause, self.sentence), strict=True))


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


class Index(dict[str, "list[tuple[int, Term]]"]):
    """Terms under their longest words, with the numbers of their signs.

    Kept marshalled word by word, and read for a word that is asked for: a text has few of thousands.
    """

    __slots__ = ("_kept",)

    def __init__(self, kept: Mapping[str, bytes]) -> None:
        self._kept = kept

    def __missing__(self, word: str) -> list[tuple[int, Term]]:
        kept = self._kept.get(word)
        found = self[word] = [] if kept is None else marshal.loads(kept)
        return found


class Signs(dict[int, Sign]):
    """Signs by their numbers, kept in the same way."""

    __slots__ = ("_kept",)

    def __init__(self, kept: Sequence[bytes]) -> None:
        self._kept = kept

    def __missing__(self, number: int) -> Sign:
        found = self[number] = Sign._make(marshal.loads(self._kept[number]))
        return found


class Laid(NamedTuple):
    """The terms of rules by their words, of types that `marshal` knows.

    `families` are those of each unit, with the families that they are parts of, and `pillar_of` tells
    the pillar of each metric. `signs` are those that numbers tell, and `leading` has, for signs that
    are `last` and those that are not and for each scope that leads, their terms; `title_terms` and
    `about_terms` have those of pillars, with their ids. `lexicons` finds the words of all, of
    titles and of the topic. `spoken` has the terms of signs for sentences alone and the lexicon of
    the words that only these have: figures do without them.
    """

    families: dict[str, frozenset[str]]
    pillar_of: dict[str, str]
    signs: list[bytes]
    leading: dict[tuple[bool, str], dict[str, bytes]]
    title_terms: dict[str, list[tuple[str, Term]]]
    about_terms: dict[str, list[tuple[str, Term]]]
    lexicons: tuple[tuple[Any, ...], ...]
    spoken: bytes


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
        metrics: Mapping[str, "Metric"],
        pillars: Mapping[str, "Pillar"],
        none: tuple[Sign, ...],
        carried: tuple[str, ...],
        units: Mapping[str, Unit],
        topic: Topic,
        aliases: Mapping[str, str],
        not_before: Mapping[str, tuple[str, ...]],
        alike: Mapping[str, str],
        beside: Mapping[str, str],
        per: Mapping[str, str],
        decided: "Decided | None" = None,
        laid: Laid | None = None,
    ) -> None:
        """`laid` is that of the same rules, if it is known; `decided` None is nothing."""
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
        self._decided = decided
        self.laid = laid = laid or self._lay()
        self.signs = Signs(laid.signs)
        leading = {which: Index(kept) for which, kept in laid.leading.items()}
        self.by_subject = leading[False, "subject"]
        self.first, self.last = (
            tuple(
                (where, scope, leading[last, scope])
                for where, scope in _ROUNDS
                if laid.leading[last, scope]
            )
            for last in (False, True)
        )
        self.pillar_of = laid.pillar_of
        self.title_terms, self.about_terms = laid.title_terms, laid.about_terms
        self.lexicon, self.title_lexicon, self.topic_lexicon = map(Lexicon.of, laid.lexicons)
        self.carriers = frozenset(carried)
        self.topic_words = frozenset(topic.words)
        self.never_words = frozenset(topic.never)
        self.other_words = self.never_words.union(topic.other)

    def __reduce__(self) -> tuple[Any, ...]:
        return Rules, (
            dict(self.metrics),
            dict(self.pillars),
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

    @property
    def decided(self) -> "Decided":
        """What a person has settled of rows."""
        from .definition import Decided

        return self._decided or Decided()

    @property
    def spoken(self) -> Index:
        """The terms of signs for sentences alone."""
        return self._spoken[0]

    @property
    def spoken_lexicon(self) -> Lexicon:
        """Finds the words that only signs for sentences alone have."""
        return self._spoken[1]

    @cached_property
    def _spoken(self) -> tuple[Index, Lexicon]:
        index, lexicon = marshal.loads(self.laid.spoken)
        return Index(index), Lexicon.of(lexicon)

    def family(self, unit: str | None) -> str | None:
        """The family of a unit; None for no unit or an unknown one."""
        known = self.units.get(unit) if unit else None
        return known.family if known else None

    def families(self, unit: str | None) -> frozenset[str]:
        """The family of a unit and those that it is a part of: things.cases, things."""
        return self.laid.families.get(unit or "", frozenset())

    def _lay(self) -> Laid:
        """Lay every term under its longest word."""
        words: set[str] = set(self.carried)
        leading: dict[tuple[bool, str], _Terms] = {
            (last, scope): {} for last in (False, True) for scope in SCOPES
        }
        spoken: _Terms = {}
        spoken_words: set[str] = set()
        signs = [sign for metric in self.metrics.values() for sign in metric.signs]
        signs.extend(self.none)
        for at, sign in enumerate(signs):
            own = spoken_words if sign.spoken else words
            known = sign.terms()
            own.update(sign.without, *chain(*known.values()))
            scope = next((scope for scope in SCOPES if known[scope]), "subject")
            index = spoken if sign.spoken else leading[sign.last, scope]
            for term in known[scope]:
                index.setdefault(longest_of(term), []).append((at, term))
        title_words: set[str] = set()
        title_terms: dict[str, list[tuple[str, Term]]] = {}
        about_terms: dict[str, list[tuple[str, Term]]] = {}
        for pillar in self.pillars.values():
            title_words.update(pillar.title_without)
            for group, target, found in (
                (pillar.title, title_terms, title_words),
                (pillar.about, about_terms, words),
            ):
                for term in group:
                    target.setdefault(longest_of(term), []).append((pillar.id, term))
                    found.update(term)
        topic_words = {word for words in self.topic for word in words}
        return Laid(
            {
                unit.name: frozenset(accumulate(unit.family.split("."), "{}.{}".format))
                for unit in self.units.values()
            },
            {metric.id: metric.pillar for metric in self.metrics.values()},
            [marshal.dumps(tuple(sign)) for sign in signs],
            {which: _marshalled(index) for which, index in leading.items()},
            title_terms,
            about_terms,
            tuple(Lexicon(each, self.aliases).kept() for each in (words, title_words, topic_words)),
            marshal.dumps(
                (_marshalled(spoken), Lexicon(spoken_words - words, self.aliases).kept())
            ),
        )


_Terms = dict[str, list[tuple[int, Term]]]


def _marshalled(index: _Terms) -> dict[str, bytes]:
    return {word: marshal.dumps(found) for word, found in index.items()}
