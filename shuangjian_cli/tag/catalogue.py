"""What a catalogue holds: metrics and pillars. To read figures takes only what `Rules` lays out of them."""

from typing import NamedTuple

from .definition import Definition
from .rules import Sign
from .words import Term


class Metric(NamedTuple):
    """An entry of the catalogue."""

    id: str
    name: str
    name_en: str
    pillar: str
    signs: tuple[Sign, ...]
    definition: Definition | None = None
    """As its pack gives it; that of a built-in metric is read when asked for, see `pack.define`."""


class Pillar(NamedTuple):
    """A policy pillar: the words by which titles name it and those it is about."""

    id: str
    name: str
    name_en: str
    title: tuple[Term, ...]
    title_without: tuple[str, ...]
    about: tuple[Term, ...]
