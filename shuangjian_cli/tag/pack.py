"""Rule packs: the catalogue of metrics, the pillars, the units and the topic, as words in TOML.

The built-in catalogue is itself such a pack, in four files: `metric/catalogue.toml`,
`metric/definitions.toml` (read when asked for), `pillar/pillars.toml` and `quantity/units.toml`. A user's pack (`--rules FILE`, or the
`shuangjian.toml` nearest upward of the working directory) adds to it, overrides it, or with
`extends = false` brings a taxonomy of its own:

    extends = true

    [topic]                       # what counts as being about the field
    words = '''学校 教师'''        # words are separated by white space, or an array of strings
    other = '''医院 医疗'''        # words of other fields: what holds one is not of this alone
    never = '''养老床位'''         # words of other fields that stay so in documents about this one
    without = '''深入学习'''       # words of no field in which topic words do not count

    [[pillar]]
    id = "resources"              # the id of a known pillar or metric replaces it;
    extends = true                # with this, it is added to instead
    name = "资源"
    name_en = "Resources"
    title = '''师资 办学条件'''    # words by which a title names the pillar
    title_without = '''资源税'''   # words in which the title words do not count
    about = '''大班额'''           # what a sentence that fits the pillar speaks of

    [[metric]]
    id = "courses"
    name = "课程、课例、教材"
    name_en = "Courses"
    pillar = "resources"
    subject = '''课程 精品+课例'''  # any of these terms must be in the figure's subject
    clause = '''开设'''            # and any of these in its clause
    sentence = '''课表'''          # and any of these in its sentence
    units = '''things lessons 台'''  # and its unit must be of these families or units
    without = '''培训课程'''        # and none of these may be there
    last = false                  # true: speaks only where no other metric does
    figures = false               # true: for figures only, names nothing in a sentence without
    [[metric.also]]               # another way to know the metric, with the same keys
    clause = '''教材'''
    definition = "…"              # what it counts, in a sentence; also definition_en
    standard = "…"                # the official indicator it corresponds to; also standard_en
    short = "课程"                 # the noun that names it in comparisons; also short_en
    natural = "total"             # the measure that the noun says already
    named.new = ["新开课程", "new courses"]  # the name of another measure, where not by rule
    stage = "school"              # the stage of education that goes without saying
    flow = true                   # its totals accumulate: only whole years compare
    mixed = '''total'''           # measures of which, outside its kinds, figures are of unlike things
    [[metric.kind]]               # what it counts apart: kinds never share a row
    id = "textbooks"
    name = "教材"
    name_en = "Textbooks"
    words = '''教材 教科书 学习+手册'''   # terms: a+b needs both
    stage = "school"              # and groups: what goes without saying of this kind

    [[same]]                      # wordings that are one thing in a comparison, of a metric or any
    metric = "courses"
    words = ["开设课程", "课程数"]
    [[different]]                 # … and that are not: not proposed again by `reconcile`
    words = ["课程", "课例"]
    [[joined]]                    # measures that are one row, by the ids that `compare` gives
    measures = ["…", "…"]
    [[apart]]                     # … and that are not
    measures = ["…", "…"]

    [[none]]                      # figures that no metric covers, known in the same way
    subject = '''大班额'''

    [carried]                     # words that hand a figure on to what its sentence spoke of before
    words = '''惠及'''

    [[unit]]
    name = "小时"                  # as written out; without it each word is its own name
    words = '''小时 钟头'''
    family = "time"               # figures of one family can be compared; `things.cases` is a part
    scale = 60                    # of `things`, `things.` makes a part of each unit; scale: to the
    additive = false              # family's base; false: the family's figures are not added up

    [not_before]                  # words before which a unit is none: 5名校 is no 5名
    "名" = '''校'''

    [alike]                       # families of which figures may share a row of a comparison
    "institutions" = "things"

    [beside]                      # families whose figures a row of another shows beside its own
    "person-times" = "people"

    [per]                         # what a compound unit is per: 元/生 is 元/人
    "生" = "人"

    [aliases]                     # other spellings of a word, wherever words are looked for
    "课后服务" = '''延时服务'''

    [[example]]                   # proof, run by `rules check`
    metric = "courses"            # or pillar = …, title = …
    subject = "课程"
    figure = "12门"
    sentence = "学校开设课程12门。"
    counter = false               # true: the sentence must not give this metric

`subject`, `clause`, `sentence`, `title` and `about` hold terms, which may join words with `+` and
offer alternatives with `|` (see `words.py`); all else holds plain words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from math import prod
from pathlib import Path
from typing import Any, NamedTuple

import tomli

from ..derived import DERIVED, content_key
from ..patterns import regex
from .definition import (
    DECISIONS,
    DEFINITION_KEYS,
    Decided,
    Definition,
    added_definition,
    read_decided,
    read_definition,
)
from .lines import Lines
from .packed import packed, unpacked
from .rules import (
    SCOPES,
    Metric,
    Pillar,
    Rules,
    Sign,
    Topic,
    Unit,
)
from .words import terms

__all__ = [
    "KEYS",
    "Example",
    "Metric",
    "Pack",
    "PackError",
    "Pillar",
    "Problem",
    "Rules",
    "Unit",
    "define",
    "discover",
    "lay",
    "load_builtin",
    "load_pack",
    "merge",
    "parse_pack",
    "read_pack",
]

FILE_NAME = "shuangjian.toml"

_MOST_TERMS = 1000
_MOST_SCALE = 10**30
_SHORT = regex(r"(?<![^\s+|])[^\s+|]?(?![^\s+|])")
_TAG = Path(__file__).parent
_BUILT_IN = ("metric/catalogue.toml", "pillar/pillars.toml", "quantity/units.toml")
_READ_BY = ("pack.py", "packed.py", "rules.py", "words.py")

_SIGN_KEYS = frozenset((*SCOPES, "units", "without", "last", "figures"))
KEYS: Mapping[str, frozenset[str]] = {
    "pack": frozenset(
        (
            "extends",
            "topic",
            "pillar",
            "metric",
            "none",
            "carried",
            "unit",
            "not_before",
            "alike",
            "beside",
            "per",
            "aliases",
            "example",
            *DECISIONS,
        )
    ),
    "topic": frozenset(("words", "other", "never", "without")),
    "pillar": frozenset(("id", "extends", "name", "name_en", "title", "title_without", "about")),
    "metric": _SIGN_KEYS | DEFINITION_KEYS | {"id", "extends", "name", "name_en", "pillar", "also"},
    "metric.kind": frozenset(("id", "name", "name_en", "words", "stage", "groups", "named")),
    "same": frozenset(("metric", "words")),
    "different": frozenset(("metric", "words")),
    "joined": frozenset(("measures",)),
    "apart": frozenset(("measures",)),
    "metric.also": _SIGN_KEYS,
    "none": _SIGN_KEYS,
    "carried": frozenset(("words",)),
    "unit": frozenset(("name", "words", "family", "scale", "additive")),
    "example": frozenset(("metric", "pillar", "title", "subject", "figure", "sentence", "counter")),
}
"""The keys that each kind of table in a pack may have."""


class PackError(Exception):
    """A rule pack that cannot be used: where, what is wrong, and the mend."""

    def __init__(self, file: str, line: int, message: str, mend: str) -> None:
        super().__init__(f"{file}:{line}: {message}; {mend}")
        self.file = file
        self.line = line
        self.message = message
        self.mend = mend


class Problem(NamedTuple):
    """One fault of a pack. `line` counts from 1."""

    file: str
    line: int
    message: str
    mend: str


_NO_TOPIC = Topic()
_NOTHING_DECIDED = Decided()
_NO_LINES = Lines("", {})


class Example(NamedTuple):
    """A sentence that must give a metric or pillar, or (`counter`) must not."""

    line: int
    metric: str | None
    pillar: str | None
    title: str | None
    subject: str | None
    figure: str | None
    sentence: str
    counter: bool


class Pack(NamedTuple):
    """A rule pack as read. `added` names the entries that add to known ones, by kind and id.

    `lines` leads from the tables of `data`, the pack as its parser gave it, to their lines.
    """

    file: str
    extends: bool = True
    metrics: tuple[Metric, ...] = ()
    pillars: tuple[Pillar, ...] = ()
    units: tuple[Unit, ...] = ()
    none: tuple[Sign, ...] = ()
    carried: tuple[str, ...] = ()
    topic: Topic = _NO_TOPIC
    not_before: Mapping[str, tuple[str, ...]] = {}
    alike: Mapping[str, str] = {}
    beside: Mapping[str, str] = {}
    per: Mapping[str, str] = {}
    aliases: Mapping[str, str] = {}
    examples: tuple[Example, ...] = ()
    decided: Decided = _NOTHING_DECIDED
    added: frozenset[tuple[str, str]] = frozenset()
    data: Mapping[str, Any] = {}
    lines: Lines = _NO_LINES


# --- reading ---------------------------------------------------------------------------------


class _Reader:
    """Turns one TOML text into a `Pack`, noting every problem on the way."""

    def __init__(self, file: str, text: str, *, fold: bool = True) -> None:
        """With `fold`, words may be written in any characters that the folding knows."""
        self.file = file
        self.text = text
        self.fold = fold
        self.problems: list[Problem] = []
        self.lines = _NO_LINES

    @staticmethod
    def _folded(text: str) -> str:
        from shuangjian_cli.structure.fold import fold

        return fold(text).text

    def problem(
        self,
        message: str,
        mend: str,
        table: Mapping[str, Any],
        key: str | None = None,
        word: str | None = None,
    ) -> None:
        """Note a problem at a table, at a key of it or at a word in the value of the key."""
        self.problems.append(Problem(self.file, self.lines.of(table, key, word), message, mend))

    def _parse(self) -> dict[str, Any]:
        try:
            return tomli.loads(self.text)
        except tomli.TOMLDecodeError as error:
            at = re.search(r"\(at line (\d+)", str(error))
            line = int(at[1]) if at else self.text.count("\n") + 1
            message = str(error).partition(" (at ")[0]
        except (RecursionError, ValueError) as error:  # nested too deep, a number too long
            line, message = 1, str(error)
        self.problems.append(
            Problem(self.file, line, f"no valid TOML: {message}", "mend the syntax there")
        )
        return {}

    def read(self) -> Pack:
        data = self._parse()
        self.lines = Lines(self.text, data)
        self.known("pack", data)
        extends = data.get("extends", True)
        if not isinstance(extends, bool):
            self.problem("`extends` is no boolean", "write true or false", data, "extends")
            extends = True
        topic = self.table(data, "topic")
        self.known("topic", topic)
        carried = self.table(data, "carried")
        self.known("carried", carried)
        pillars = self._entries(data, "pillar")
        metrics = self._entries(data, "metric")
        return Pack(
            file=self.file,
            extends=extends,
            metrics=tuple(map(self._metric, metrics)),
            pillars=tuple(map(self._pillar, pillars)),
            none=tuple(self._none(data)),
            carried=self.words(carried, "words"),
            units=tuple(self._units(data)),
            topic=Topic(*(self.words(topic, key) for key in Topic._fields)),
            not_before=self._not_before(data),
            alike=self._names(data, "alike"),
            beside=self._names(data, "beside"),
            per=self._names(data, "per"),
            aliases=self._aliases(data),
            examples=tuple(self._examples(data)),
            decided=read_decided(self, data),
            added=frozenset(
                (kind, table["id"])
                for kind, tables in (("pillar", pillars), ("metric", metrics))
                for table in tables
                if self.flag(table, "extends")
            ),
            data=data,
            lines=self.lines,
        )

    def known(self, kind: str, table: Mapping[str, Any]) -> None:
        for key in sorted(table.keys() - KEYS[kind]):
            known = ", ".join(sorted(KEYS[kind]))
            where = "the pack" if kind == "pack" else f"[{kind}]"
            self.problem(f"unknown key `{key}` in {where}", f"use one of {known}", table, key)

    def table(self, data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        table = data.get(key, {})
        if isinstance(table, dict):
            return table
        self.problem(f"`{key}` is no table", f"write [{key}]", data, key)
        return {}

    def tables(self, data: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
        tables = data.get(key, [])
        if isinstance(tables, list) and all(isinstance(table, dict) for table in tables):
            return tables
        self.problem(f"`{key}` is no list of tables", f"write [[{key}]]", data, key)
        return []

    def _entries(self, data: Mapping[str, Any], kind: str) -> list[dict[str, Any]]:
        """The pillars or metrics that have an id of their own."""
        entries: dict[str, dict[str, Any]] = {}
        for table in self.tables(data, kind):
            id = table.get("id")
            if not isinstance(id, str) or not id:
                self.problem("an entry without `id`", 'give it one: id = "…"', table)
            elif id in entries:
                line = self.lines.of(entries[id], "id")
                self.problem(
                    f"the {kind} `{id}` is there already, in line {line}",
                    "join the two or give one another id",
                    table,
                    "id",
                )
            else:
                entries[id] = table
        return list(entries.values())

    def string(self, table: Mapping[str, Any], key: str, default: str = "") -> str:
        value = table.get(key, default)
        if isinstance(value, str):
            return value
        self.problem(f"`{key}` is no string", f'write {key} = "…"', table, key)
        return default

    def flag(self, table: Mapping[str, Any], key: str, default: bool = False) -> bool:
        value = table.get(key, default)
        if isinstance(value, bool):
            return value
        self.problem(f"`{key}` is no boolean", "write true or false", table, key)
        return default

    def words(self, table: Mapping[str, Any], key: str, least: int = 2) -> tuple[str, ...]:
        value = table.get(key, "")
        if isinstance(value, str):
            words = value.split()
        elif isinstance(value, list) and all(isinstance(word, str) for word in value):
            words = [word for word in value if word]
        else:
            mend = "write a string or an array of strings"
            self.problem(f"`{key}` holds no words", mend, table, key)
            return ()
        if self.fold and words:
            words = self._folded("\n".join(words)).split("\n")
        if least > 1 and _SHORT.search(" ".join(words)):
            for word in words:
                if any(len(part) < least for part in re.split(r"[+|]", word)):
                    self.problem(
                        f"`{word}` in `{key}` is too short to be told apart",
                        f"use words of at least {least} characters",
                        table,
                        key,
                        word,
                    )
        for word in [word for word in words if "|" in word]:
            if prod(part.count("|") + 1 for part in word.split("+")) > _MOST_TERMS:
                self.problem(
                    f"`{word[:12]}…` in `{key}` stands for more than {_MOST_TERMS} terms",
                    "use fewer alternatives",
                    table,
                    key,
                    word,
                )
                words.remove(word)
        return tuple(words)

    def _pillar(self, table: Mapping[str, Any]) -> Pillar:
        self.known("pillar", table)
        return Pillar(
            id=table["id"],
            name=self.string(table, "name", table["id"]),
            name_en=self.string(table, "name_en", table["id"]),
            title=terms(self.words(table, "title")),
            title_without=self.words(table, "title_without"),
            about=terms(self.words(table, "about")),
        )

    def _metric(self, table: Mapping[str, Any]) -> Metric:
        name = table["id"]
        self.known("metric", table)
        groups: list[Mapping[str, Any]] = [*self.tables(table, "also")]
        for group in groups:
            self.known("metric.also", group)
        if any(table.get(scope) for scope in SCOPES):
            groups.insert(0, table)
        signs = tuple(self._sign(name, n, group) for n, group in enumerate(groups, 1))
        return Metric(
            id=name,
            name=self.string(table, "name", name),
            name_en=self.string(table, "name_en", name),
            pillar=self.string(table, "pillar"),
            signs=signs,
            definition=read_definition(self, table),
        )

    def _none(self, data: Mapping[str, Any]) -> Iterator[Sign]:
        for number, table in enumerate(self.tables(data, "none"), 1):
            self.known("none", table)
            yield self._sign(None, number, table)

    def _sign(self, metric: str | None, number: int, table: Mapping[str, Any]) -> Sign:
        name = metric or "uncovered"
        sign = Sign(
            id=f"metric.{name}" if number == 1 else f"metric.{name}.{number}",
            metric=metric,
            subject=terms(self.words(table, "subject")),
            clause=terms(self.words(table, "clause")),
            sentence=terms(self.words(table, "sentence")),
            units=frozenset(self.words(table, "units", least=1)),
            without=frozenset(self.words(table, "without")),
            last=self.flag(table, "last"),
            figures=self.flag(table, "figures"),
        )
        if not any(table.get(scope) for scope in SCOPES):
            self.problem(
                f"a way to know `{name}` has no words",
                "give it `subject`, `clause` or `sentence`",
                table,
            )
        return sign

    def _units(self, data: Mapping[str, Any]) -> Iterator[Unit]:
        known: dict[str, Mapping[str, Any]] = {}
        for table in self.tables(data, "unit"):
            name = self.string(table, "name")
            words = self.words(table, "words", least=1)
            family = self.string(table, "family", name)
            self.known("unit", table)
            if not words or not family:
                self.problem("a unit without `words` or `family`", "give it both", table)
                continue
            for word in dict.fromkeys((*words, name)) if name else words:
                if known.setdefault(word, table) is not table:
                    line = self.lines.of(known[word], "words", word)
                    self.problem(
                        f"the unit `{word}` is there already, in line {line}",
                        "keep one of them",
                        table,
                        "words" if word in words else "name",
                        word,
                    )
            scale = self._scale(table)
            additive = self.flag(table, "additive", True)
            for unit in (name,) if name else words:
                whole = family + unit if family.endswith(".") else family
                yield Unit(unit, words if name else (unit,), whole, scale, additive)

    def _scale(self, table: Mapping[str, Any]) -> Decimal:
        scale = table.get("scale", 1)
        if type(scale) in (int, float) and 0 < scale <= _MOST_SCALE:
            return Decimal(str(scale))
        self.problem(
            "`scale` is no number that a unit can be",
            "write how many of the family's base one is, above 0: scale = 60",
            table,
            "scale",
        )
        return Decimal(1)

    def _not_before(self, data: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
        table = self.table(data, "not_before")
        return {word: self.words(table, word, least=1) for word in table}

    def _names(self, data: Mapping[str, Any], key: str) -> dict[str, str]:
        table = self.table(data, key)
        return {word: self.string(table, word) for word in table}

    def _aliases(self, data: Mapping[str, Any]) -> dict[str, str]:
        table = self.table(data, "aliases")
        out: dict[str, str] = {}
        for word in table:
            for spelling in self.words(table, word):
                if out.setdefault(spelling, word) != word or spelling in table:
                    other = spelling if spelling in table else word
                    self.problem(
                        f"alias `{spelling}` clashes: it stands for "
                        f"`{out[spelling]}` and for `{other}`",
                        "keep one of them",
                        table,
                        word,
                        spelling,
                    )
        return out

    def _examples(self, data: Mapping[str, Any]) -> Iterator[Example]:
        for table in self.tables(data, "example"):
            self.known("example", table)
            key = "sentence" if table.get("sentence") else "title"
            sentence = self.string(table, key)
            values = {
                key: self.string(table, key) or None
                for key in ("metric", "pillar", "title", "subject", "figure")
            }
            if not sentence or not (values["metric"] or values["pillar"]):
                self.problem(
                    "an example that shows nothing",
                    "give it `metric` or `pillar`, and `sentence` or `title`",
                    table,
                )
                continue
            yield Example(
                line=self.lines.of(table, key),
                sentence=sentence,
                counter=self.flag(table, "counter"),
                **values,
            )


def read_pack(path: Path, *, fold: bool = True) -> tuple[Pack, list[Problem]]:
    """The pack in a TOML file, and what is wrong with its form.

    With `fold`, words may be written in any characters that the folding knows.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "unreadable"
        problem = Problem(str(path), 1, reason.lower(), "name a readable TOML file")
        return Pack(str(path)), [problem]
    return _read(str(path), content, fold=fold)


def _read(file: str, content: bytes, *, fold: bool = True) -> tuple[Pack, list[Problem]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Pack(file), [Problem(file, 1, "not UTF-8", "save the pack as UTF-8")]
    # As a text file's lines are read.
    reader = _Reader(file, text.replace("\r\n", "\n").replace("\r", "\n"), fold=fold)
    pack = reader.read()
    return pack, reader.problems


def load_pack(path: str | Path) -> Pack:
    """The pack in a TOML file.

    Raises `PackError` for the first problem: unreadable, no TOML, an unknown key, a wrong kind
    of value, clashing aliases. What depends on other packs is found by `merge` and `check`.
    """
    return _sound(*read_pack(Path(path)))


def parse_pack(file: str, content: bytes) -> Pack:
    """The pack in the content of a TOML file, whose name is for messages. Raises `PackError`."""
    return _sound(*_read(file, content))


def _sound(pack: Pack, problems: list[Problem]) -> Pack:
    if problems:
        raise PackError(*min(problems, key=lambda problem: problem.line))
    return pack


@cache
def load_builtin() -> Rules:
    """The built-in rules; read once in a process."""
    key = content_key("rules", __file__, *_BUILT_IN, *_READ_BY)
    kept = None if key is None else DERIVED.get(key)
    if kept is not None:
        return unpacked(kept)
    rules = _join(_sound(*read_pack(_TAG / name, fold=False)) for name in _BUILT_IN)
    if key is not None:
        DERIVED.add(key, lambda: packed(rules))
    return rules


def merge(base: Rules, *packs: Pack) -> Rules:
    """The rules with packs laid over them in order, later ones winning.

    A pack with `extends = false` takes the place of metrics, pillars and topic; units and
    aliases, which belong to the language, stay. Raises `PackError` where a metric names an
    unknown pillar or an alias clashes with that of another pack.
    """
    for pack in packs:
        base, problems = lay(base, pack)
        if problems:
            raise PackError(*problems[0])
    return base


def _join(packs: Iterable[Pack]) -> Rules:
    """Packs that make one taxonomy together."""
    metrics: dict[str, Metric] = {}
    pillars: dict[str, Pillar] = {}
    none: list[Sign] = []
    carried: list[str] = []
    units: dict[str, Unit] = {}
    aliases: dict[str, str] = {}
    not_before: dict[str, tuple[str, ...]] = {}
    alike: dict[str, str] = {}
    beside: dict[str, str] = {}
    per: dict[str, str] = {}
    topic = Topic()
    for pack in packs:
        metrics.update((metric.id, metric) for metric in pack.metrics)
        pillars.update((pillar.id, pillar) for pillar in pack.pillars)
        none.extend(pack.none)
        carried.extend(pack.carried)
        units.update((unit.name, unit) for unit in pack.units)
        aliases.update(pack.aliases)
        not_before.update(pack.not_before)
        alike.update(pack.alike)
        beside.update(pack.beside)
        per.update(pack.per)
        topic |= pack.topic
    return Rules(
        metrics,
        pillars,
        tuple(none),
        tuple(carried),
        units,
        topic,
        aliases,
        not_before,
        alike,
        beside,
        per,
    )


def lay(base: Rules, pack: Pack) -> tuple[Rules, list[Problem]]:
    """The rules with a pack laid over them, and what of the pack does not fit to them."""
    metrics = dict(base.metrics) if pack.extends else {}
    pillars = dict(base.pillars) if pack.extends else {}
    problems: list[Problem] = []
    for pillar in pack.pillars:
        known = pillars.get(pillar.id)
        pillars[pillar.id] = (
            _added_pillar(known, pillar)
            if known and ("pillar", pillar.id) in pack.added
            else pillar
        )
    for metric in pack.metrics:
        old = metrics.get(metric.id)
        if old and ("metric", metric.id) in pack.added:
            metric = _added_metric(old, metric)
        if metric.pillar not in pillars:
            problems.append(
                Problem(
                    pack.file,
                    _line_of_metric(pack, metric.id),
                    f"metric `{metric.id}` names "
                    + (f"the unknown pillar `{metric.pillar}`" if metric.pillar else "no pillar"),
                    f"use one of {', '.join(pillars)}, or define it with [[pillar]]",
                )
            )
        metrics[metric.id] = metric
    aliases = dict(base.aliases)
    for spelling, word in pack.aliases.items():
        if aliases.setdefault(spelling, word) != word:
            problems.append(
                Problem(
                    pack.file,
                    pack.lines.of(pack.data["aliases"], word, spelling),
                    f"alias `{spelling}` of `{word}` already stands for `{aliases[spelling]}`",
                    "keep one of them",
                )
            )
    topic = base.topic | pack.topic if pack.extends else pack.topic
    units = dict(base.units) | {unit.name: unit for unit in pack.units}
    not_before = dict(base.not_before) | dict(pack.not_before)
    alike = dict(base.alike) | dict(pack.alike)
    beside = dict(base.beside) | dict(pack.beside)
    per = dict(base.per) | dict(pack.per)
    # Where two signs are equally strong, the first in order wins: the pack's own.
    metrics = {metric.id: metrics[metric.id] for metric in pack.metrics} | metrics
    none = (*(base.none if pack.extends else ()), *pack.none)
    carried = (*(base.carried if pack.extends else ()), *pack.carried)
    decided = base.decided | pack.decided
    rules = Rules(
        metrics,
        pillars,
        none,
        carried,
        units,
        topic,
        aliases,
        not_before,
        alike,
        beside,
        per,
        decided,
    )
    return rules, problems


def _line_of_metric(pack: Pack, id: str) -> int:
    table = next(table for table in pack.data["metric"] if table.get("id") == id)
    return pack.lines.of(table, "pillar" if "pillar" in table else "id")


def _added_pillar(old: Pillar, new: Pillar) -> Pillar:
    return Pillar(
        id=old.id,
        name=old.name if new.name == new.id else new.name,
        name_en=old.name_en if new.name_en == new.id else new.name_en,
        title=old.title + new.title,
        title_without=old.title_without + new.title_without,
        about=old.about + new.about,
    )


def _added_metric(old: Metric, new: Metric) -> Metric:
    known = len(old.signs)
    signs = (
        sign._replace(id=f"metric.{old.id}.{known + n}") for n, sign in enumerate(new.signs, 1)
    )
    return Metric(
        id=old.id,
        name=old.name if new.name == new.id else new.name,
        name_en=old.name_en if new.name_en == new.id else new.name_en,
        pillar=new.pillar or old.pillar,
        signs=(*old.signs, *signs),
        definition=added_definition(old.definition, new.definition),
    )


def define(metric: Metric) -> Definition:
    """What a metric means: as its pack has it, over the built-in definition of its id and name."""
    return added_definition(
        _builtin_definitions().get((metric.id, metric.name)), metric.definition
    ) or (Definition(short=(metric.name, metric.name_en)))


@cache
def _builtin_definitions() -> dict[tuple[str, str], Definition]:
    pack = _sound(*read_pack(_TAG / "metric/definitions.toml", fold=False))
    known = load_builtin().metrics
    return {
        (each.id, known[each.id].name): each.definition for each in pack.metrics if each.definition
    }


def discover(directory: str | Path) -> Path | None:
    """The `shuangjian.toml` of the directory or of the nearest one above it."""
    start = Path(directory).absolute()
    for folder in (start, *start.parents):
        path = folder / FILE_NAME
        if path.is_file():
            return path
    return None
