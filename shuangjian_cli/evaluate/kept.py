"""What a user keeps between evaluations: an older one to compare with, and floors for figures."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import tomli

from shuangjian_cli.evaluate.gold import GoldError, read_utf8
from shuangjian_cli.evaluate.score import EXTRA, FIELDS, summary
from shuangjian_cli.evaluate.tags import SPLITS, TAG_FIELDS, tag_summary
from shuangjian_cli.language.messages import _

FIGURES = (*summary(()), *FIELDS, *EXTRA, "certain_share", "certain_right")
"""The names of all figures of records."""
TAG_FIGURES = tuple(tag_summary(())["all"])
"""The names of all figures of tagged sentences."""


def read_evaluation(path: Path) -> Mapping[str, Any]:
    """An evaluation as `Evaluation.to_dict` gave it. Raises `GoldError`."""
    try:
        old = json.loads(read_utf8(path))
        sound = (
            isinstance(old["total"], dict)
            and all(map(_is_entry, old["records"]))
            and all(isinstance(figures, dict) for figures in old.get("tags", {}).values())
            and all(map(_is_sentence, old.get("sentences", ())))
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        sound = False
    if not sound:
        raise GoldError(_("{path}: is not what `shuangjian evaluate -o FILE` writes", path=path))
    return old  # type: ignore[no-any-return]


def read_floors(name: str) -> dict[str, int | float]:
    """The least value of each figure named in a TOML file, or in its table after `#`.

    `detection_f1 = 0.98` is of records; the sub-table `found` holds those of `found_right`, and
    `all`, `figure` and `no_figure` those of tagged sentences. In what is returned they are named as
    in `Evaluation.figures`: `found.subject`, `tags.all.pillar`. Raises `GoldError` for a name that
    is no figure, a value that is no number, a table that is not there.
    """
    file, _mark, table = name.partition("#")
    try:
        content: Any = tomli.loads(read_utf8(Path(file)))
    except tomli.TOMLDecodeError as error:
        raise GoldError(_("{file}: is no TOML: {error}", file=file, error=error)) from None
    if table:
        if not isinstance(content.get(table), dict):
            known = ", ".join(key for key, value in content.items() if isinstance(value, dict))
            raise GoldError(
                _(
                    "{file}: has no table [{table}]; its tables are {known}",
                    file=file,
                    table=table,
                    known=known or _("none"),
                )
            )
        content = content[table]
    return dict(_floors(name, content))


def _floors(file: str, content: Mapping[str, Any]) -> Iterator[tuple[str, int | float]]:
    for name, floor in content.items():
        if name in (*SPLITS, "found") and isinstance(floor, dict):
            prefix, known = ("", FIELDS + EXTRA) if name == "found" else ("tags.", TAG_FIGURES)
            for figure, least in floor.items():
                yield f"{prefix}{name}.{figure}", _floor(file, figure, least, known)
        else:
            yield name, _floor(file, name, floor, FIGURES)


def _floor(file: str, name: str, floor: object, known: tuple[str, ...]) -> int | float:
    if name not in known:
        raise GoldError(
            _(
                "{file}: {name} is no figure; figures are {known}",
                file=file,
                name=name,
                known=", ".join(known),
            )
        )
    if type(floor) not in (int, float):
        raise GoldError(_("{file}: {name} must be a number", file=file, name=name))
    return floor  # type: ignore[return-value]


def _is_entry(entry: Mapping[str, Any]) -> bool:
    record = entry["gold"] or entry["got"]
    return (
        isinstance(entry["document"], str)
        and isinstance(entry["line"], int)
        and isinstance(record["start"], int)
        and isinstance(record["end"], int)
        and all(isinstance(entry[name], str) for name in ("outcome", "before", "figure", "after"))
        and all(name in FIELDS + EXTRA for name in entry["wrong"])
    )


def _is_sentence(entry: Mapping[str, Any]) -> bool:
    return (
        isinstance(entry["document"], str)
        and isinstance(entry["number"], int)
        and isinstance(entry["sentence"], str)
        and all(name in (*TAG_FIELDS, "metrics") for name in entry["wrong"])
    )
