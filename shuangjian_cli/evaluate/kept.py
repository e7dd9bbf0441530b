"""What a user keeps between evaluations: an older one to compare with, and floors for figures."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomli

from shuangjian_cli.evaluate.gold import GoldError, read_utf8
from shuangjian_cli.evaluate.score import EXTRA, FIELDS, summary

FIGURES = (*summary(()), "certain_share", "certain_right")
"""The names of all figures."""


def read_evaluation(path: Path) -> Mapping[str, Any]:
    """An evaluation as `Evaluation.to_dict` gave it. Raises `GoldError`."""
    try:
        old = json.loads(read_utf8(path))
        entries = old["records"]
        sound = isinstance(old["total"], dict) and all(map(_is_entry, entries))
    except (ValueError, KeyError, TypeError, RecursionError):
        sound = False
    if not sound:
        raise GoldError(f"{path}: is not what `shuangjian evaluate -o FILE` writes")
    return old  # type: ignore[no-any-return]


def read_floors(path: Path) -> dict[str, int | float]:
    """The least value of each figure named in a TOML file (`detection_f1 = 0.98`).

    Raises `GoldError` for a name that is no figure and a value that is no number.
    """
    try:
        floors = tomli.loads(read_utf8(path))
    except tomli.TOMLDecodeError as error:
        raise GoldError(f"{path}: is no TOML: {error}") from None
    for name, floor in floors.items():
        if name not in FIGURES:
            raise GoldError(f"{path}: {name} is no figure; figures are {', '.join(FIGURES)}")
        if type(floor) not in (int, float):
            raise GoldError(f"{path}: {name} must be a number")
    return floors


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
