"""What a row of a comparison is: a measure, told by the fields of its figures and named in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from shuangjian_cli.compare.subject import (
    Key,
    folded,
    is_extreme,
    is_movement,
    parts,
    scope,
    subject_key,
    vocabulary,
    without,
)
from shuangjian_cli.compare.units import Families, Family

if TYPE_CHECKING:
    from shuangjian_cli.language import Labels
    from shuangjian_cli.store.rows import Quantity
    from shuangjian_cli.tag.definition import Definition, Kind
    from shuangjian_cli.tag.pack import Rules
    from shuangjian_cli.tag.words import Term

_RANKING = Family("rank", {}, False)
_NONE = "-"


class Measure(NamedTuple):
    """What the figures of a row measure: a metric and the kind that it counts apart, the stage and
    groups of education, which number of the metric, the family of units, and the role.

    `per_year` figures are for each year of their period. `scope` says among whom a place in a
    ranking counts (全国), `moved` whether it is by a movement (增速居第3位). `wording` is filled where no
    metric tells what is measured, for the most or the least among the parts of a place, and where rows are
    wanted by wording.
    """

    metric: str | None
    kind: str
    measure: str | None
    stage: str | None
    groups: tuple[str, ...]
    family: str
    role: str
    per_year: bool = False
    scope: str = ""
    moved: bool = False
    wording: Key = ()

    @property
    def id(self) -> str:
        """The measure as one word, such as `school_places:new:compulsory:public:things:level`."""
        metric = self.metric or _NONE
        fixed = (
            f"{metric}.{self.kind}" if self.kind else metric,
            self.measure or _NONE,
            self.stage or _NONE,
            "+".join(self.groups) or _NONE,
            self.family.replace(":", "：") or _NONE,
            self.role,
        )
        more = ["yearly"] if self.per_year else []
        more += [f"scope={self.scope}"] if self.scope else []
        more += ["moved"] if self.moved else []
        more += ["words=" + "+".join(self.wording).replace(":", "：")] if self.wording else []
        return ":".join((*fixed, *more))

    @property
    def thing(self) -> Measure:
        """What it has in common with those in whose row it may be shown, and which may be shown in its."""
        return Measure(self.metric, "", None, None, (), "", "level", wording=self.wording)

    @classmethod
    def of(cls, id: str) -> Measure | None:
        """The measure of an id, None where it is none."""
        fixed = id.split(":")
        if len(fixed) < 6:
            return None
        metric, measure, stage, groups, family, role = (
            "" if part == _NONE else part for part in fixed[:6]
        )
        name, _, kind = metric.partition(".")
        more = dict(part.partition("=")[::2] for part in fixed[6:])
        return cls(
            name or None,
            kind,
            measure or None,
            stage or None,
            tuple(groups.split("+")) if groups else (),
            family,
            role,
            "yearly" in more,
            more.get("scope", ""),
            "moved" in more,
            tuple(more["words"].split("+")) if "words" in more else (),
        )


_GROUPS = Measure._fields.index("groups")


class Placed(NamedTuple):
    """Where figures of a quantity belong: their measure, unit with its family, and how they are put."""

    measure: Measure
    family: Family
    wording: Key
    subject: str
    unit: str | None
    pillar: str | None


class Told(NamedTuple):
    """What the fields of figures tell of where they belong, without what a person has settled: their measure
    without wording, the key of their words, and that without words of the measure's stage and groups;
    `extreme`: they are of the most or the least among the parts of a place."""

    measure: Measure
    words: Key
    wording: Key
    extreme: bool
    subject: str
    unit: str | None
    pillar: str | None


class Measures:
    """Tells the measures of figures by the rules and by what a person has settled in them.

    With `by_wording` each wording is a measure of its own.
    """

    def __init__(self, rules: Rules, *, by_wording: bool = False) -> None:
        self.rules = rules
        self.families = Families(rules)
        self._by_wording = by_wording
        self._words = vocabulary(tuple(rules.aliases.items()))
        self._definitions: dict[str | None, Definition | None] = {}
        self._same: dict[tuple[str | None, Key], Key] = {}
        for metric, words in rules.decided.same:
            for keys in zip(*(self._keys(metric, word) for word in words), strict=True):
                self._same |= dict.fromkeys(keys, keys[0][1])
        settled = (*rules.decided.same, *rules.decided.different)
        self._asked = {
            key for metric, words in settled for word in words for key in self._keys(metric, word)
        }
        self._said: set[tuple[str | None, Key]] = set()
        """Of these the ones that are those of a figure."""
        decided = (*rules.decided.joined, *rules.decided.apart)
        self._named = {id for ids in decided for id in ids}
        self.met: set[str] = set()
        """The ids of decisions that are those of a figure's measure."""
        self._joined: dict[str, Measure] = {}
        for first, *others in rules.decided.joined:
            whole = Measure.of(first)
            if whole is not None:
                self._joined |= dict.fromkeys(others, whole)

    def _keys(self, metric: str | None, word: str) -> list[tuple[str | None, Key]]:
        """The keys of a wording under a metric; None: under each, and under none."""
        under = [metric] if metric else [None, *self.rules.metrics]
        return [(each, subject_key(word, each, self._words)) for each in under]

    def meets(self, metric: str | None, word: str) -> bool:
        """Whether any figure whose measure was told is put in a wording that a person has decided of."""
        return not self._said.isdisjoint(self._keys(metric, word))

    def definition(self, metric: str | None) -> Definition | None:
        """What a metric means; None for none of the rules'."""
        if metric not in self._definitions:
            from shuangjian_cli.tag.pack import define

            known = self.rules.metrics.get(metric) if metric else None
            self._definitions[metric] = None if known is None else define(known)
        return self._definitions[metric]

    def flows(self, measure: Measure) -> bool:
        """Whether its figures accumulate over their period, so that only like spans compare."""
        if measure.role == "change" or measure.measure == "new":
            return True
        meant = self.definition(measure.metric)
        return measure.measure == "total" and meant is not None and meant.flow

    def mixed(self, measure: Measure) -> bool:
        """Whether its figures are of unlike things, which only their wordings tell apart."""
        meant = self.definition(measure.metric)
        return (
            meant is not None
            and measure.measure in meant.mixed
            and not (measure.kind or measure.wording)
        )

    def holds(self, whole: Measure, kind: str) -> bool:
        """Whether a measure outside the kinds counts what a kind counts, too."""
        meant = self.definition(whole.metric)
        return meant is not None and any(each.part for each in meant.kinds if each.id == kind)

    def kind_name(self, measure: Measure, words: Labels) -> str:
        """The kind of a measure in words."""
        meant = self.definition(measure.metric)
        kind = _kind_of(measure, meant) if meant else None
        return words.pick((kind.name, kind.name_en)) if kind else measure.kind

    def unsaid_stage(self, measure: Measure) -> str | None:
        """The stage of education that goes without saying in its name."""
        meant = self.definition(measure.metric)
        return _unsaid(meant, _kind_of(measure, meant)) if meant else None

    def of(self, quantity: Quantity) -> Iterator[Placed]:
        """Where figures belong; more than once where one numeral serves several shares."""
        return map(self._placed, self.told(quantity))

    def kept(self, told: list[list[Any]]) -> Iterator[Placed]:
        """As `of`, by what `told` gave as it was kept in JSON."""
        for fields, words, wording, *others in told:
            fields[_GROUPS] = tuple(fields[_GROUPS])
            measure = Measure(*fields)
            yield self._placed(Told(measure, tuple(words), tuple(wording), *others))

    def told(self, quantity: Quantity) -> Iterator[Told]:
        """What the fields of figures tell of where they belong."""
        for subject in parts(quantity.subject):
            yield self._told(quantity, subject)

    def _told(self, quantity: Quantity, subject: str) -> Told:
        metric = quantity.metric
        meant = self.definition(metric)
        kind = _kind(subject, meant.kinds) if meant else None
        measure = Measure(
            metric,
            kind.id if kind else "",
            quantity.measure,
            quantity.stage or _unsaid(meant, kind),
            tuple(sorted({*quantity.groups, *(kind.groups if kind else ())})),
            self._family(quantity.role, quantity.unit).name,
            quantity.role,
            quantity.per_year,
            scope(quantity.before) if quantity.role == "rank" else "",
            quantity.role == "rank" and is_movement(quantity.before, subject),
        )
        words = subject_key(subject, metric, self._words)
        return Told(
            measure,
            words,
            _told_apart(words, measure),
            is_extreme(subject),
            subject,
            quantity.unit,
            quantity.pillar,
        )

    def _placed(self, told: Told) -> Placed:
        measure, words, wording, extreme, subject, unit, pillar = told
        if (key := (measure.metric, words)) in self._asked:
            self._said.add(key)
            if (settled := self._same.get(key)) is not None:
                wording = _told_apart(settled, measure)
        family = self._family(measure.role, unit)
        if measure.metric is None or self._by_wording or extreme:
            measure = measure._replace(wording=wording)
        if self._named and (id := measure.id) in self._named:
            self.met.add(id)
            measure = self._joined.get(id, measure)
        return Placed(measure, family, wording, subject, unit, pillar)

    def _family(self, role: str, unit: str | None) -> Family:
        return _RANKING if role == "rank" else self.families.of(unit)

    def wording(self, subject: str, measure: Measure) -> Key:
        """The key of a wording, that of another one where a person has said that they are one.

        Words of the stage and groups that a measure of a metric has are left out.
        """
        metric = measure.metric
        key = subject_key(subject, metric, self._words)
        return _told_apart(self._same.get((metric, key), key), measure)

    def name(self, measure: Measure, words: Labels, subject: str = "") -> str:
        """A measure in words: 新增学位 · 义务教育, New places · compulsory."""
        meant = self.definition(measure.metric)
        if meant is None:
            said = [subject or "".join(measure.wording)]
        else:
            kind = _kind_of(measure, meant)
            said = [_noun(measure, meant, kind, words)]
            if measure.stage and measure.stage != _unsaid(meant, kind):
                said.append(inside(words.of("stage", measure.stage), words))
            between = "、" if words.language == "zh" else ", "
            unsaid = kind.groups if kind else ()
            groups = [
                inside(words.of("groups", group), words)
                for group in measure.groups
                if group not in unsaid
            ]
            if groups:
                said.append(between.join(groups))
            if measure.wording:
                said.append(subject or "".join(measure.wording))
        if measure.role != "level":
            scope = words.of("scope", measure.scope or None)
            said.append(f"{role_of(measure, words)} {scope}".strip())
        if measure.per_year:
            said.append(inside(words.field("per_year"), words))
        return " · ".join(said)


def role_of(measure: Measure, words: Labels) -> str:
    """Its role in words, within a phrase: 排名, 增幅排名."""
    return (
        words.text("rank_moved") if measure.moved else inside(words.of("role", measure.role), words)
    )


def _kind_of(measure: Measure, meant: Definition) -> Kind | None:
    return next((each for each in meant.kinds if each.id == measure.kind), None)


def _told_apart(words: Key, measure: Measure) -> Key:
    """The words that tell figures of a measure apart."""
    return words if measure.metric is None else without(words, (measure.stage, *measure.groups))


def _kind(subject: str, kinds: tuple[Kind, ...]) -> Kind | None:
    """The first kind of which the subject holds a term."""
    if not kinds:
        return None
    text = folded(subject)
    return next((kind for kind in kinds if any(_said(term, text) for term in kind.terms)), None)


def _said(term: Term, text: str) -> bool:
    return all(part in text for part in term)


def _unsaid(meant: Definition | None, kind: Kind | None) -> str | None:
    """The stage that goes without saying."""
    return (kind.stage if kind else None) or (meant.stage if meant else None)


def _noun(measure: Measure, meant: Definition, kind: Kind | None, words: Labels) -> str:
    """A metric, or a kind of it, as a noun that says which number of it: 新增学位."""
    at = words.pick((0, 1))
    noun = (kind.name, kind.name_en) if kind else meant.short
    named: Mapping[str, tuple[str, str]] = kind.named if kind else meant.named
    which = measure.measure or meant.natural
    if which in named:
        return named[which][at]
    if which == meant.natural:
        return noun[at]
    made = words.text(f"measure_{which}", inside(noun[at], words))
    return made[:1].upper() + made[1:]


def inside(text: str, words: Labels) -> str:
    """A label within a phrase: English ones lose their capital."""
    if words.language == "zh" or text[1:2].isupper():
        return text
    return text[:1].lower() + text[1:]
