"""The rules and their examples, as each package of `tag/` lists them in its `examples.toml`.

    [[rule]]
    id = "period.section"                          # package.name, as a record's `rules` give it
    fields = ["period"]                            # the fields of a record that the rule may set
    says = "A period in the figure's own sentence …"
    vocabulary = ["vocabulary/words.toml#years"]   # files of the package, `#table` to narrow
    positive = [{ text = "…", expect = [{ figure = "5.8万个", period = "2022" }] }]
    negative = [{ text = "…", none = true }]

An `[[example]]`, as rule packs have them, belongs to a metric or a pillar of the catalogue: each of
those counts as a rule, too, `metric.courses` and `pillar.resources`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any

import tomli

from shuangjian_cli.model import Indicator, TaggedSentence

if TYPE_CHECKING:
    from shuangjian_cli.tag.catalogue import Metric, Pillar

CONTEXT = ("title", "province", "published", "issuer")
"""What an example may say of its document from outside the text."""

_FIELD = "全市教育工作情况"
"""The title of the document that a pack's example is from: packs are about the field."""

_RULE = {"id", "fields", "says", "vocabulary", "positive", "negative"}
_EXAMPLE = {"text", "file", "expect", "none", "figure", "unparsed", "reason", *CONTEXT}
_PACK_EXAMPLE = {"metric", "pillar", "title", "subject", "figure", "sentence", "counter"}


class RegistryError(Exception):
    """A list of rules that breaks its format; the message names the file and the rule."""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and what it must give.

    `expect` names every record by `figure` and some of its fields ("null" for none); None asks
    nothing, () asks for no record. `figure` names the one record that the rule must or must not
    apply to, None being any; `unparsed` names a numeral that gives no record and `reason` why.
    """

    text: str
    expect: tuple[Mapping[str, Any], ...] | None = None
    context: Mapping[str, str] = field(default_factory=dict)
    file: str = "example"
    figure: str | None = None
    unparsed: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, or (`kind` metric or pillar) an entry of the catalogue, and the proof that it works.

    `vocabulary` maps each source of words (a file, a `file#table`, a part of the entry) to them.
    """

    id: str
    kind: str
    package: str
    fields: tuple[str, ...]
    says: str
    vocabulary: Mapping[str, tuple[str, ...]]
    positive: tuple[Example, ...]
    negative: tuple[Example, ...]

    @property
    def entry(self) -> str:
        """The id without its package."""
        return self.id.partition(".")[2]

    def made(self, record: Indicator) -> bool:
        """Whether the rule set a field of a record, or the record falls under the entry."""
        match self.kind:
            case "metric":
                return record.metric == self.entry
            case "pillar":
                return record.pillar == self.entry
        return any(
            name in record.rules and record.rules[name].rule == self.id for name in self.fields
        )

    def speaks_of(self, sentence: TaggedSentence) -> bool:
        """Whether a sentence, figures or not, falls under the entry."""
        if self.kind == "metric":
            return self.entry in sentence.metrics
        return self.kind == "pillar" and sentence.pillar == self.entry

    def to_dict(self) -> dict[str, Any]:
        """The rule for JSON."""
        return {
            "id": self.id,
            "kind": self.kind,
            "package": self.package,
            "fields": list(self.fields),
            "says": self.says,
            "vocabulary": {name: list(words) for name, words in self.vocabulary.items()},
            "positive": [example.text for example in self.positive],
            "negative": [example.text for example in self.negative],
        }


@cache
def rules() -> tuple[Rule, ...]:
    """All rules of the program, by package and then in the order of their lists."""
    return load(files("shuangjian_cli.tag"))


def load(packages: Traversable) -> tuple[Rule, ...]:
    """The rules that a folder of packages lists. Raises `RegistryError`."""
    folders = sorted(
        (package for package in packages.iterdir() if package.is_dir()), key=lambda r: r.name
    )
    out: dict[str, Rule] = {}
    for rule in (rule for package in folders for rule in _rules_of(package)):
        if rule.id in out:
            raise RegistryError(f"{rule.package}/examples.toml: {rule.id} is listed twice")
        out[rule.id] = rule
    return tuple(out.values())


def find(id: str) -> Rule | None:
    """The rule of an id; also for the id of one of its parts (`metric.courses.2`)."""
    known = {rule.id: rule for rule in rules()}
    return known.get(id) or known.get(id.rpartition(".")[0])


def _rules_of(package: Traversable) -> Iterator[Rule]:
    path = package / "examples.toml"
    if not path.is_file():
        return
    try:
        content = tomli.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except tomli.TOMLDecodeError as error:
        raise RegistryError(f"{package.name}/examples.toml: {error}") from None
    for entry in content.get("rule", ()):
        with _located(package, entry.get("id", "a rule without id")):
            yield _rule(package, entry)
    of: dict[str, list[Mapping[str, Any]]] = {}
    for example in content.get("example", ()):
        kind = "metric" if "metric" in example else "pillar"
        of.setdefault(f"{kind}.{example.get(kind)}", []).append(example)
    for id, examples in of.items():
        with _located(package, id):
            yield _entry(package, id, examples)


@contextmanager
def _located(package: Traversable, id: str) -> Iterator[None]:
    """Name the file and the rule in whatever is wrong with it."""
    try:
        yield
    except RegistryError as error:
        raise RegistryError(f"{package.name}/examples.toml: {id}: {error}") from None
    except (KeyError, TypeError, OSError) as error:
        what = f"{type(error).__name__} {error}"
        raise RegistryError(f"{package.name}/examples.toml: {id}: {what}") from None


def _rule(package: Traversable, entry: Mapping[str, Any]) -> Rule:
    _only(entry, _RULE)
    return Rule(
        id=entry["id"],
        kind="rule",
        package=package.name,
        fields=tuple(entry["fields"]),
        says=entry["says"],
        vocabulary={name: _words(package, name) for name in entry.get("vocabulary", ())},
        positive=tuple(map(_example, entry["positive"])),
        negative=tuple(map(_example, entry["negative"])),
    )


def _example(entry: Mapping[str, Any]) -> Example:
    _only(entry, _EXAMPLE)
    expect = () if entry.get("none") else entry.get("expect")
    return Example(
        text=entry["text"],
        expect=None if expect is None else tuple(expect),
        context={name: entry[name] for name in CONTEXT if name in entry},
        file=entry.get("file", "example"),
        figure=entry.get("figure"),
        unparsed=entry.get("unparsed"),
        reason=entry.get("reason"),
    )


def _entry(package: Traversable, id: str, examples: Iterable[Mapping[str, Any]]) -> Rule:
    """The metric or pillar of an id, its words as the catalogue has them."""
    from shuangjian_cli.tag.pack import load_builtin

    kind, _, name = id.partition(".")
    catalogue = load_builtin()
    positive: list[Example] = []
    negative: list[Example] = []
    for example in examples:
        _only(example, _PACK_EXAMPLE)
        (negative if example.get("counter") else positive).append(_pack_example(example))
    if kind == "metric":
        entry: Metric | Pillar = catalogue.metrics[name]
        parts: Mapping[str, Iterable[Any]] = {
            scope: [
                word
                for sign in catalogue.metrics[name].signs
                for word in sorted((sign._asdict() | sign.terms())[scope])
            ]
            for scope in ("subject", "clause", "sentence", "units", "without")
        }
    else:
        entry = pillar = catalogue.pillars[name]
        parts = {part: getattr(pillar, part) for part in ("title", "title_without", "about")}
    return Rule(
        id=id,
        kind=kind,
        package=package.name,
        fields=(kind,),
        says=f"{entry.name} ({entry.name_en})",
        vocabulary={part: _written(words) for part, words in parts.items() if words},
        positive=tuple(positive),
        negative=tuple(negative),
    )


def _written(words: Iterable[Any]) -> tuple[str, ...]:
    """Words, and terms as packs write them (`课后服务+参与`), each once."""
    return tuple(dict.fromkeys(w if isinstance(w, str) else "+".join(w) for w in words))


def _pack_example(entry: Mapping[str, Any]) -> Example:
    title, sentence = entry.get("title"), entry.get("sentence", "")
    return Example(
        text=f"一、{title}\n{sentence}" if title else sentence,
        context={"title": _FIELD},
        figure=entry.get("figure"),
    )


def _only(entry: Mapping[str, Any], known: set[str]) -> None:
    for name in entry:
        if name not in known:
            raise RegistryError(f"unknown key {name}; known are {', '.join(sorted(known))}")


def _words(package: Traversable, name: str) -> tuple[str, ...]:
    """The words of a vocabulary file of the package, of one table of it where `#table` says so."""
    path, _, table = name.partition("#")
    content: Any = tomli.loads((package / path).read_text(encoding="utf-8"))
    for key in table.split(".") if table else ():
        content = content[key]
    return tuple(dict.fromkeys(_strings(content)))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            # `近 = "~"` is a word and its meaning; `words = […]` a list of words.
            yield from (f"{key} = {item}",) if isinstance(item, str) else _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
