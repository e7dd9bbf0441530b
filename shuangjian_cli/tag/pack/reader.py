"""Reads rule packs from TOML, noting every problem with its line and its mend."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from shuangjian_cli.language.messages import _, refused
from shuangjian_cli.tag.catalogue import Metric, Pillar
from shuangjian_cli.tag.definition import read_decided, read_definition
from shuangjian_cli.tag.lines import Lines
from shuangjian_cli.tag.pack import FILE_NAME
from shuangjian_cli.tag.pack.fields import Fields
from shuangjian_cli.tag.pack.form import (
    Example,
    Pack,
    PackError,
    Problem,
)
from shuangjian_cli.tag.rules import SCOPES, Sign, Topic, Unit
from shuangjian_cli.tag.words import terms

if TYPE_CHECKING:
    from pathlib import Path

_MOST_SCALE = 10**30


class _Reader(Fields):
    """Turns one TOML text into a `Pack`."""

    def _parse(self) -> dict[str, Any]:
        import tomli  # a start without packs has its rules from the cache

        try:
            return tomli.loads(self.text)
        except tomli.TOMLDecodeError as error:
            at = re.search(r"\(at line (\d+)", str(error))
            line = int(at[1]) if at else self.text.count("\n") + 1
            message = str(error).partition(" (at ")[0]
        except (RecursionError, ValueError) as error:  # nested too deep, a number too long
            line, message = 1, str(error)
        self.problems.append(
            Problem(
                self.file,
                line,
                _("no valid TOML: {message}", message=message),
                _("mend the syntax there"),
            )
        )
        return {}

    def read(self) -> Pack:
        data = self._parse()
        self.lines = Lines(self.text, data)
        self.known("pack", data)
        if "options" in data and os.path.basename(self.file) != FILE_NAME:
            self.problem(
                _("defaults of options count in {file} alone", file=FILE_NAME),
                _("move them there"),
                data,
                "options",
            )
        extends = data.get("extends", True)
        if not isinstance(extends, bool):
            self.problem(_("`extends` is no boolean"), _("write true or false"), data, "extends")
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

    def _entries(self, data: Mapping[str, Any], kind: str) -> list[dict[str, Any]]:
        """The pillars or metrics that have an id of their own."""
        entries: dict[str, dict[str, Any]] = {}
        for table in self.tables(data, kind):
            id = table.get("id")
            if not isinstance(id, str) or not id:
                self.problem(_("an entry without `id`"), _('give it one: id = "…"'), table)
            elif id in entries:
                line = self.lines.of(entries[id], "id")
                self.problem(
                    _(
                        "the {kind} `{id}` is there already, in line {line}",
                        kind=kind,
                        id=id,
                        line=line,
                    ),
                    _("join the two or give one another id"),
                    table,
                    "id",
                )
            else:
                entries[id] = table
        return list(entries.values())

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
        never = frozenset(self.words(table, "never"))
        signs = (self._sign(name, n, group) for n, group in enumerate(groups, 1))
        return Metric(
            id=name,
            name=self.string(table, "name", name),
            name_en=self.string(table, "name_en", name),
            pillar=self.string(table, "pillar"),
            signs=tuple(sign._replace(without=sign.without | never) for sign in signs),
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
            subject=self.words(table, "subject"),
            clause=terms(self.words(table, "clause")),
            sentence=terms(self.words(table, "sentence")),
            units=frozenset(self.words(table, "units", least=1)),
            without=frozenset(self.words(table, "without")),
            last=self.flag(table, "last"),
            figures=self.flag(table, "figures"),
            spoken=self.flag(table, "spoken"),
        )
        if not any(table.get(scope) for scope in SCOPES):
            self.problem(
                _("a way to know `{name}` has no words", name=name),
                _("give it `subject`, `clause` or `sentence`"),
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
                self.problem(_("a unit without `words` or `family`"), _("give it both"), table)
                continue
            for word in dict.fromkeys((*words, name)) if name else words:
                if known.setdefault(word, table) is not table:
                    line = self.lines.of(known[word], "words", word)
                    self.problem(
                        _(
                            "the unit `{word}` is there already, in line {line}",
                            word=word,
                            line=line,
                        ),
                        _("keep one of them"),
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
            _("`scale` is no number that a unit can be"),
            _("write how many of the family's base one is, above 0: scale = 60"),
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
                        _(
                            "alias `{spelling}` clashes: it stands for `{out}` and for `{other}`",
                            spelling=spelling,
                            out=out[spelling],
                            other=other,
                        ),
                        _("keep one of them"),
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
                    _("an example that shows nothing"),
                    _("give it `metric` or `pillar`, and `sentence` or `title`"),
                    table,
                )
                continue
            yield Example(
                line=self.lines.of(table, key),
                sentence=sentence,
                counter=self.flag(table, "counter"),
                **values,
            )


def read_pack(path: str | Path, *, fold: bool = True) -> tuple[Pack, list[Problem]]:
    """The pack in a TOML file, and what is wrong with its form.

    With `fold`, words may be written in any characters that the folding knows.
    """
    try:
        with open(path, "rb") as file:
            content = file.read()
    except OSError as error:
        problem = Problem(str(path), 1, refused(error).lower(), _("name a readable TOML file"))
        return Pack(str(path)), [problem]
    return _read(str(path), content, fold=fold)


def _read(file: str, content: bytes, *, fold: bool = True) -> tuple[Pack, list[Problem]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Pack(file), [Problem(file, 1, _("not UTF-8"), _("save the pack as UTF-8"))]
    # As a text file's lines are read.
    reader = _Reader(file, text.replace("\r\n", "\n").replace("\r", "\n"), fold=fold)
    pack = reader.read()
    return pack, reader.problems


def load_pack(path: str | Path) -> Pack:
    """The pack in a TOML file.

    Raises `PackError` for the first problem: unreadable, no TOML, an unknown key, a wrong kind
    of value, clashing aliases. What depends on other packs is found by `merge` and `check`.
    """
    return sound(*read_pack(path))


def parse_pack(file: str, content: bytes) -> Pack:
    """The pack in the content of a TOML file, whose name is for messages. Raises `PackError`."""
    return sound(*_read(file, content))


def sound(pack: Pack, problems: list[Problem]) -> Pack:
    if problems:
        raise PackError(*min(problems, key=lambda problem: problem.line))
    return pack
