"""What a rule pack is: its keys, its entries, and what can be wrong with it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from shuangjian_cli.language.messages import _
from shuangjian_cli.tag.catalogue import Metric, Pillar
from shuangjian_cli.tag.definition import DECISIONS, DEFINITION_KEYS, Decided
from shuangjian_cli.tag.lines import Lines
from shuangjian_cli.tag.rules import SCOPES, Sign, Topic, Unit

_SIGN_KEYS = frozenset((*SCOPES, "units", "without", "last", "figures", "spoken"))
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
            "options",
            *DECISIONS,
        )
    ),
    "topic": frozenset(("words", "other", "never", "without")),
    "pillar": frozenset(("id", "extends", "name", "name_en", "title", "title_without", "about")),
    "metric": _SIGN_KEYS
    | DEFINITION_KEYS
    | {"id", "extends", "name", "name_en", "pillar", "never", "also"},
    "metric.kind": frozenset(
        ("id", "name", "name_en", "words", "stage", "groups", "named", "part")
    ),
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
        super().__init__(f"{file}:{line}: {message}{_('; ')}{mend}")
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
NO_LINES = Lines("", {})


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
    lines: Lines = NO_LINES
