"""What metrics mean and how comparisons name and part them, and what a person has settled of rows.

The keys of a rule pack that say so are explained in `pack`, whose reader reads them.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from ..language.messages import _
from ..model import GROUPS, MEASURES, STAGES
from .words import Term, terms

if TYPE_CHECKING:
    from .pack.fields import Fields

DECISIONS = {"same": "words", "different": "words", "joined": "measures", "apart": "measures"}
"""The tables of what a person has settled, each with the key of its list."""
_TEXTS = ("definition", "standard", "short")
DEFINITION_KEYS = frozenset(
    (
        *_TEXTS,
        *(f"{key}_en" for key in _TEXTS),
        "natural",
        "stage",
        "flow",
        "mixed",
        "named",
        "kind",
    )
)


class Kind(NamedTuple):
    """What a metric counts apart; `terms` are looked for in subjects. See `pack`.

    `stage` and `groups` go without saying: None and empty leave the metric's. A `part` is counted in figures
    outside the kinds, too.
    """

    id: str
    name: str
    name_en: str
    terms: tuple[Term, ...]
    stage: str | None = None
    groups: tuple[str, ...] = ()
    named: Mapping[str, tuple[str, str]] = {}
    part: bool = False


class Definition(NamedTuple):
    """What a metric means and how comparisons name it, texts in Chinese and English.

    Of the measures in `mixed`, figures outside the kinds are of unlike things.
    """

    text: tuple[str, str] = ("", "")
    standard: tuple[str, str] = ("", "")
    short: tuple[str, str] = ("", "")
    natural: str = "total"
    stage: str | None = None
    flow: bool = False
    mixed: tuple[str, ...] = ()
    named: Mapping[str, tuple[str, str]] = {}
    kinds: tuple[Kind, ...] = ()


class Decided(NamedTuple):
    """What a person has settled of rows: wordings of a metric (None: of any) that are one thing or
    are not, and ids of measures that are one row or are not."""

    same: tuple[tuple[str | None, tuple[str, ...]], ...] = ()
    different: tuple[tuple[str | None, tuple[str, ...]], ...] = ()
    joined: tuple[tuple[str, ...], ...] = ()
    apart: tuple[tuple[str, ...], ...] = ()

    def __or__(self, more: "Decided") -> "Decided":
        return Decided(
            self.same + more.same,
            self.different + more.different,
            self.joined + more.joined,
            self.apart + more.apart,
        )


def read_definition(reader: "Fields", table: Mapping[str, Any]) -> Definition | None:
    """What the table of a metric says of its meaning; None where it says nothing."""
    if not table.keys() & DEFINITION_KEYS:
        return None
    kinds = reader.tables(table, "kind")
    for kind in kinds:
        reader.known("metric.kind", kind)
        if not kind.get("id"):
            reader.problem(_("a kind without `id`"), _('give it one: id = "…"'), kind)
    text, standard, short = (
        (reader.string(table, key), reader.string(table, f"{key}_en")) for key in _TEXTS
    )
    return Definition(
        text=text,
        standard=standard,
        short=short,
        natural=_choice(reader, table, "natural", MEASURES) or "total",
        stage=_choice(reader, table, "stage", STAGES),
        flow=reader.flag(table, "flow"),
        mixed=_mixed(reader, table),
        named=_named(reader, table),
        kinds=tuple(
            Kind(
                id=reader.string(kind, "id"),
                name=reader.string(kind, "name", reader.string(kind, "id")),
                name_en=reader.string(kind, "name_en", reader.string(kind, "id")),
                terms=terms(reader.words(kind, "words")),
                stage=_choice(reader, kind, "stage", STAGES),
                groups=tuple(each for each in reader.words(kind, "groups") if each in GROUPS),
                named=_named(reader, kind),
                part=reader.flag(kind, "part"),
            )
            for kind in kinds
        ),
    )


def _choice(
    reader: "Fields", table: Mapping[str, Any], key: str, among: Iterable[str]
) -> str | None:
    value = reader.string(table, key) or None
    if value is None or value in among:
        return value
    reader.problem(
        _("`{key}` is {value}", key=key, value=repr(value)),
        _("use one of {known}", known=", ".join(among)),
        table,
        key,
    )
    return None


def _mixed(reader: "Fields", table: Mapping[str, Any]) -> tuple[str, ...]:
    measures = reader.words(table, "mixed")
    for unknown in (each for each in measures if each not in MEASURES):
        mend = _("use any of {known}", known=", ".join(MEASURES))
        reader.problem(
            _("`mixed` holds {unknown}", unknown=repr(unknown)), mend, table, "mixed", unknown
        )
    return measures


def _named(reader: "Fields", table: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    named: dict[str, tuple[str, str]] = {}
    for key, pair in reader.table(table, "named").items():
        match pair:
            case [str(name), str(name_en)] if key in MEASURES:
                named[key] = (name, name_en)
            case _:
                mend = _(
                    'write {first} = ["…", "…"], or another of {known}',
                    first=MEASURES[0],
                    known=", ".join(MEASURES),
                )
                reader.problem(_("`named.{key}` names no measure", key=key), mend, table, "named")
    return named


def read_decided(reader: "Fields", data: Mapping[str, Any]) -> Decided:
    """What the pack holds of settled rows."""
    found: dict[str, list[Any]] = {kind: [] for kind in DECISIONS}
    for kind, key in DECISIONS.items():
        for table in reader.tables(data, kind):
            reader.known(kind, table)
            words = _list(table, key)
            if len(words) < 2:
                reader.problem(
                    _("[[{kind}]] without two `{key}`", kind=kind, key=key),
                    _('write {key} = ["…", "…"]', key=key),
                    table,
                    key if key in table else None,
                )
            elif key == "measures" and not _alike(words):
                reader.problem(
                    _(
                        "[[{kind}]] holds what are no measures of one unit family and role",
                        kind=kind,
                    ),
                    _(
                        "write ids as `compare -f csv` gives them in its column `row`, whose last two"
                        " parts agree"
                    ),
                    table,
                    key,
                    words[0],
                )
            elif key == "words":
                found[kind].append((reader.string(table, "metric") or None, words))
            else:
                found[kind].append(words)
    return Decided(*(tuple(found[kind]) for kind in Decided._fields))


def _alike(measures: Iterable[str]) -> bool:
    """Whether ids of measures (`metric:measure:stage:groups:family:role…`) may share a row."""
    ends = {tuple(id.split(":")[4:]) for id in measures}
    return len(ends) == 1 and len(next(iter(ends))) >= 2


def _list(table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = table.get(key, ())
    listed = isinstance(value, list) and all(isinstance(word, str) for word in value)
    return tuple(value) if listed else ()


def added_definition(old: Definition | None, new: Definition | None) -> Definition | None:
    """The new one over the old, key by key."""
    if old is None or new is None:
        return old or new
    empty = Definition()
    changes = {
        key: value
        for key, value in new._asdict().items()
        if value != getattr(empty, key) and value != ("", "")
    }
    return old._replace(**changes)
