"""The automatic numbers of a Word document, which it keeps apart from its text: 一、（一）1."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple

from .numerals import numeral
from .word import Styles, W, switch, value


class _Level(NamedTuple):
    """How one level of a list is numbered.

    `restart` is the highest level, counted from 1, behind which it begins anew; 0 is never.
    """

    form: str
    label: str
    start: int
    restart: int
    legal: bool  # all numbers of its label in Arabic digits


_Levels = dict[int, _Level]


class Numbering:
    """The lists of a document, counted on as its paragraphs are asked for in their order."""

    def __init__(self, styles: Styles, root: Any | None) -> None:
        self._styles = styles
        self._lists: dict[str, tuple[str, _Levels, dict[int, int]]] = {}
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[tuple[str, int]] = set()
        if root is None:
            return
        abstracts = {each.get(f"{W}abstractNumId"): each for each in root.iter(f"{W}abstractNum")}
        linked = {value(each, "styleLink"): key for key, each in abstracts.items()}
        for number in root.iter(f"{W}num"):
            abstract = value(number, "abstractNumId") or ""
            if abstract in abstracts and not _levels(abstracts[abstract]):
                abstract = linked.get(value(abstracts[abstract], "numStyleLink"), abstract)
            levels = _levels(abstracts[abstract]) if abstract in abstracts else {}
            starts: dict[int, int] = {}
            for override in number.iter(f"{W}lvlOverride"):
                levels = levels | _levels(override)
                if start := value(override, "startOverride"):
                    starts[int(override.get(f"{W}ilvl"))] = int(start)
            self._lists[number.get(f"{W}numId")] = (abstract, levels, starts)

    def label(self, paragraph: Any) -> str:
        """The number that Word shows before a paragraph, empty for none and for bullets."""
        key, at = self._place(paragraph)
        abstract, levels, starts = self._lists.get(key, ("", {}, {}))
        if at not in levels:
            return ""
        counts = self._counts[abstract]  # lists of one kind count on, unless they say otherwise
        if at in starts and (key, at) not in self._begun:
            counts[at] = starts[at]
        else:
            counts[at] = counts.get(at, levels[at].start - 1) + 1
        self._begun.add((key, at))
        for deeper in [each for each in counts if each > at]:
            if deeper not in levels or at < levels[deeper].restart:
                del counts[deeper]
        form, label, _, _, legal = levels[at]
        if form in ("bullet", "none"):
            return ""
        for each, level in levels.items():
            number = numeral(counts.get(each, level.start), "decimal" if legal else level.form)
            label = label.replace(f"%{each + 1}", number)
        return label

    def _place(self, paragraph: Any) -> tuple[str, int]:
        """A paragraph's list and level, its own or its style's."""
        properties = paragraph.find(f"{W}pPr")
        style = None if properties is None else value(properties, "pStyle")
        key = level = None
        for element in (paragraph, *self._styles.chain(style)):
            place = element.find(f"{W}pPr/{W}numPr")
            if place is not None:
                key = value(place, "numId") if key is None else key
                level = value(place, "ilvl") if level is None else level
            if key is not None:
                break
        return key or "", int(level or 0)


def _levels(parent: Any) -> _Levels:
    levels = {}
    for level in parent.iterchildren(f"{W}lvl"):
        at = int(level.get(f"{W}ilvl"))
        restart = value(level, "lvlRestart")
        levels[at] = _Level(
            value(level, "numFmt") or "decimal",
            value(level, "lvlText") or "",
            int(value(level, "start") or 1),
            at if restart is None else int(restart),
            bool(switch(level, "isLgl")),
        )
    return levels
