"""Reads the fields of tables of TOML, noting every problem with its line and its mend."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import prod
from typing import Any

from shuangjian_cli.language.messages import _
from shuangjian_cli.patterns import regex
from shuangjian_cli.tag.pack.form import KEYS, NO_LINES, Problem

_MOST_TERMS = 1000
_SHORT = regex(r"(?<![^\s+|])[^\s+|]?(?![^\s+|])")


class Fields:
    """Reads the fields of one TOML text, whatever their tables are for."""

    def __init__(self, file: str, text: str, *, fold: bool = True) -> None:
        """With `fold`, words may be written in any characters that the folding knows."""
        self.file = file
        self.text = text
        self.fold = fold
        self.problems: list[Problem] = []
        self.lines = NO_LINES

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

    def known(self, kind: str, table: Mapping[str, Any]) -> None:
        for key in sorted(table.keys() - KEYS[kind]):
            known = ", ".join(sorted(KEYS[kind]))
            where = _("the pack") if kind == "pack" else f"[{kind}]"
            self.problem(
                _("unknown key `{key}` in {where}", key=key, where=where),
                _("use one of {known}", known=known),
                table,
                key,
            )

    def table(self, data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        table = data.get(key, {})
        if isinstance(table, dict):
            return table
        self.problem(_("`{key}` is no table", key=key), _("write [{key}]", key=key), data, key)
        return {}

    def tables(self, data: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
        tables = data.get(key, [])
        if isinstance(tables, list) and all(isinstance(table, dict) for table in tables):
            return tables
        self.problem(
            _("`{key}` is no list of tables", key=key), _("write [[{key}]]", key=key), data, key
        )
        return []

    def string(self, table: Mapping[str, Any], key: str, default: str = "") -> str:
        value = table.get(key, default)
        if isinstance(value, str):
            return value
        self.problem(
            _("`{key}` is no string", key=key), _('write {key} = "…"', key=key), table, key
        )
        return default

    def flag(self, table: Mapping[str, Any], key: str, default: bool = False) -> bool:
        value = table.get(key, default)
        if isinstance(value, bool):
            return value
        self.problem(_("`{key}` is no boolean", key=key), _("write true or false"), table, key)
        return default

    def words(self, table: Mapping[str, Any], key: str, least: int = 2) -> tuple[str, ...]:
        value = table.get(key, "")
        if isinstance(value, str):
            words = value.split()
        elif isinstance(value, list) and all(isinstance(word, str) for word in value):
            words = [word for word in value if word]
        else:
            mend = _("write a string or an array of strings")
            self.problem(_("`{key}` holds no words", key=key), mend, table, key)
            return ()
        if self.fold and words:
            words = self._folded("\n".join(words)).split("\n")
        if least > 1 and _SHORT.search(" ".join(words)):
            for word in words:
                if any(len(part) < least for part in re.split(r"[+|]", word)):
                    self.problem(
                        _("`{word}` in `{key}` is too short to be told apart", word=word, key=key),
                        _("use words of at least {least} characters", least=least),
                        table,
                        key,
                        word,
                    )
        for word in [word for word in words if "|" in word]:
            if prod(part.count("|") + 1 for part in word.split("+")) > _MOST_TERMS:
                self.problem(
                    _(
                        "`{word}…` in `{key}` stands for more than {most_terms} terms",
                        word=word[:12],
                        key=key,
                        most_terms=_MOST_TERMS,
                    ),
                    _("use fewer alternatives"),
                    table,
                    key,
                    word,
                )
                words.remove(word)
        return tuple(words)
