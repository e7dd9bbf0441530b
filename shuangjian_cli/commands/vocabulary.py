"""The words that options may hold: rules, pillars, metrics and provinces of this run."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from shuangjian_cli.commands.messages import wrong
from shuangjian_cli.language.messages import _

if TYPE_CHECKING:
    from shuangjian_cli.correct import Corrections
    from shuangjian_cli.tag.pack import Rules


DECISIONS = ".decisions.toml"
"""What the file of decisions beside a store is called, after the store."""


def own_rules(path: str | None, inputs: Sequence[str] = ()) -> Rules | None:
    """The built-in rules under the pack at `path`, or under the nearest `shuangjian.toml`, and
    under what was decided of the rows of stores among the inputs.

    None where there is nothing of these: the built-in rules alone. Raises BadParameter.
    """
    from shuangjian_cli.tag.pack import discover

    found = path or discover(".")
    files = [file for each in inputs if os.path.exists(file := f"{each}{DECISIONS}")]
    if found is None and not files:
        return None  # most starts: they import nothing that reads packs
    from shuangjian_cli.tag.pack.form import PackError

    try:
        own = None if found is None else _merged(os.path.abspath(found))
        return with_decisions(own, files)
    except PackError as error:
        raise wrong("--rules", str(error)) from None


def with_decisions(own: Rules | None, files: Iterable[str]) -> Rules | None:
    """Rules under those files of decisions that there are. Raises PackError."""
    from shuangjian_cli.tag.pack import load_builtin
    from shuangjian_cli.tag.pack.merge import merge
    from shuangjian_cli.tag.pack.reader import load_pack

    packs = [load_pack(file) for file in files if os.path.exists(file)]
    return merge(own or load_builtin(), *packs) if packs else own


def own_corrections(path: str | None, pack: str | None) -> Corrections | None:
    """The corrections of a file, or those of the nearest `shuangjian.corrections.jsonl`; None where
    there are none; as `corrections_in`."""
    from shuangjian_cli.correct.where import discover

    if path is not None and not os.path.exists(path):
        raise wrong("--corrections", _("{path}: there is no such file", path=path))
    path = path or discover(".")
    return corrections_in(path, pack) if os.path.exists(path) else None


def corrections_in(path: str, pack: str | None = None) -> Corrections:
    """The corrections of a file, none where there is none. Of two that clash, and of metrics and
    pillars that the rules of this run lack, standard error is told. Raises CorrectionError."""
    from shuangjian_cli.commands.messages import tell
    from shuangjian_cli.correct import Corrections, read

    corrections = Corrections(read(path))
    for before, after in corrections.clashes():
        tell(
            _(
                "{path}:{line}: {who} decides otherwise of {figure} than {other} in line"
                " {first}; the later line counts, delete one",
                path=path,
                line=after.line,
                who=after.who or _("somebody"),
                figure=after.figure,
                other=before.who or _("somebody"),
                first=before.line,
            )
        )
    if corrections:
        own = rules(pack)
        for each, field, value in corrections.unknown(
            {"metric": own.metrics, "pillar": own.pillars}
        ):
            tell(
                _(
                    "{path}:{line}: the {field} {value} is in no rules of this run; mend it (see"
                    " 'shuangjian metrics') or name the pack that has it",
                    path=path,
                    line=each.line,
                    field=field,
                    value=value,
                )
            )
    return corrections


@cache
def _merged(path: str) -> Rules | None:
    """The built-in rules under a pack; None for one that holds defaults of options alone."""
    from shuangjian_cli.tag.pack import load_builtin
    from shuangjian_cli.tag.pack.merge import merge
    from shuangjian_cli.tag.pack.reader import load_pack

    pack = load_pack(path)
    return merge(load_builtin(), pack) if pack.data.keys() - {"options"} else None


def rules(path: str | None = None) -> Rules:
    """The rules of this run, the built-in ones where there are no others."""
    from shuangjian_cli.tag.pack import load_builtin

    return own_rules(path) or load_builtin()


def pillars(path: str | None = None) -> Mapping[str, str]:
    """The pillars' ids, each under itself and under its names."""
    return {
        word: pillar.id
        for pillar in rules(path).pillars.values()
        for word in (pillar.name, pillar.name_en, pillar.id)
    }


def metrics(path: str | None = None) -> Mapping[str, str]:
    """The metrics' ids, each under itself and under its names."""
    return {
        word: metric.id
        for metric in rules(path).metrics.values()
        for word in (metric.name, metric.name_en, metric.id)
    }


def provinces() -> Mapping[str, str]:
    """The provinces' full names (兵团 and 全国 among them), each under all of its names."""
    from shuangjian_cli.data import load
    from shuangjian_cli.language import provinces
    from shuangjian_cli.tag import place

    words = {
        word: name
        for name, code, *short in load(place.__file__, "provinces.toml")["divisions"]
        for word in (name, *short)
    }
    return words | {province.en: province.name for province in provinces().values()}
