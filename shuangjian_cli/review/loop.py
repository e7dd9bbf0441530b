"""The loop of a review: shows a figure, takes a key, does what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from rich.console import Console

from shuangjian_cli.correct.correction import value_of
from shuangjian_cli.language import Labels
from shuangjian_cli.language.messages import _
from shuangjian_cli.model import (
    BOUNDS,
    GROUPS,
    MEASURES,
    ROLES,
    STAGES,
    STATUSES,
    TRENDS,
    Indicator,
)
from shuangjian_cli.review.keys import ENTER, STOP
from shuangjian_cli.review.queue import speaks_of
from shuangjian_cli.review.rivals import Rival, explained, period_of, place, rivals
from shuangjian_cli.review.screen import ROWS, draw, keys
from shuangjian_cli.review.session import Session, Shown
from shuangjian_cli.write.values import flat

if TYPE_CHECKING:
    from shuangjian_cli.tag.pack import Rules

_KNOWN: Mapping[str, tuple[str, ...]] = {
    "bound": BOUNDS,
    "role": ROLES,
    "trend": TRENDS,
    "stage": STAGES,
    "groups": GROUPS,
    "measure": MEASURES,
    "status": STATUSES,
    "per_year": ("true", "false"),
    "implied": ("true", "false"),
}
_FLAGS = {"true": True, "false": False, "": False}
_SHARED = ("province", "area", "area_code", "area_level", "period", "per_year", "status", "pillar")
"""What an added figure takes over from the one that is up."""

Key = Callable[[], str]
Line = Callable[[str, str, Iterable[str]], str | None]


class Loop:
    """Goes through a session with the keys of a person. `key` and `line` ask for these."""

    def __init__(
        self,
        session: Session,
        console: Console,
        words: Labels,
        rules: Rules,
        key: Key,
        line: Line,
    ) -> None:
        self._session = session
        self._console = console
        self._words = words
        self._rules = rules
        self._key = key
        self._line = line
        self._message = ""
        self._more = False
        self._rivals: tuple[object, list[Rival]] = (None, [])
        self._explained: tuple[str, tuple[Indicator, ...]] = ("", ())

    def run(self) -> None:
        """Until the person quits, or there is no terminal any more."""
        while True:
            shown = self._session.shown()
            found = self._show(shown)
            self._message = ""
            key = self._key()
            if key in ("q", STOP):
                return
            if key == "u":
                if not self._session.undo():
                    self._say("review_nothing_to_undo")
            elif key == "b":
                self._session.back()
            elif key == "f":
                self._filter()
            elif shown is not None:
                self._about(key, shown, found)

    def _show(self, shown: Shown | None) -> list[Rival]:
        if shown is None:
            self._console.clear()
            self._console.print(self._words.text("review_end", len(self._session.items)))
            counts = self._session.counts
            done = [f"{self._words.text(f'review_{kind}')} {n}" for kind, n in counts.items() if n]
            self._console.print(_(", ").join(done))
            self._console.print(self._message or "", style="bold magenta")
            self._console.print(keys(self._words, False, self._console.width))
            return []
        found = self._rivals_of(shown)
        draw(
            self._console,
            self._session,
            shown,
            found,
            self._words,
            message=self._message,
            more=self._more,
        )
        return found

    def _rivals_of(self, shown: Shown) -> list[Rival]:
        record = shown.record
        key = (shown.read.digest, record.start, record.end)
        if self._rivals[0] != key:
            self._more = False
            if self._explained[0] != shown.read.digest:
                self._explained = shown.read.digest, explained(shown.read, self._rules)
            self._rivals = key, rivals(shown.read, record, self._explained[1])
        return [
            each
            for each in self._rivals[1]
            if any(getattr(record, name) != value for name, value in each.values.items())
        ]

    def _about(self, key: str, shown: Shown, found: list[Rival]) -> None:
        match key:
            case _ if key in (ENTER, " "):
                self._session.accept(shown)
            case "s":
                self._session.skip()
            case "d":
                self._session.delete(shown)
            case "e":
                self._edit(shown)
            case "+" | "n":
                self._add(shown)
            case "?":
                self._more = not self._more
            case _ if key in "123456789" and len(key) == 1:
                if int(key) <= len(found):
                    self._session.change(shown, found[int(key) - 1].values)
                else:
                    self._say("review_no_choice", key)
            case _:
                self._say("review_no_key")

    def _say(self, name: str, *values: object) -> None:
        self._message = self._words.text(name, *values)

    # --- what is typed -----------------------------------------------------------------------

    def _filter(self) -> None:
        typed = self._line(self._words.text("review_filter"), "", ())
        if typed is None:
            return
        words = typed.split()

        def wanted(record: Indicator) -> bool:
            return speaks_of(record, words, lambda each: self._words.metric(each) if each else "")

        left = self._session.keep(wanted if words else None)
        self._say("review_left", left)

    def _edit(self, shown: Shown) -> None:
        self._console.print(self._words.text("review_which"), style="bold magenta")
        key = self._key()
        name = dict(ROWS).get(key)
        if name is None:
            if key != STOP:
                self._say("review_no_field")
            return
        values = self._asked(shown, name, flat(getattr(shown.record, name)))
        if values:
            self._session.change(shown, values)

    def _asked(self, shown: Shown, name: str, default: str) -> dict[str, Any] | None:
        """The value that is typed for a field, asked for until it is one; None where not."""
        while True:
            typed = self._line(self._words.field(name), default, self._known(name))
            if typed is None:
                return None
            try:
                return self._meant(shown, name, typed)
            except ValueError as error:
                self._console.print(str(error), style="bold red")
                default = typed

    def _known(self, name: str) -> tuple[str, ...]:
        if name == "metric":
            return tuple(self._rules.metrics)
        if name == "pillar":
            return tuple(self._rules.pillars)
        return _KNOWN.get(name, ())

    def _meant(self, shown: Shown, name: str, typed: str) -> dict[str, Any]:
        """The fields that a typed value sets. Raises ValueError, which says what it must be."""
        if name == "area":
            if not typed:
                return dict.fromkeys(("province", "area", "area_code", "area_level"))
            values = place(typed, shown.record.province)
            if values is None:
                raise ValueError(self._words.text("review_no_place", typed))
            return values
        if name in ("metric", "pillar"):
            entries = self._rules.metrics if name == "metric" else self._rules.pillars
            named = {word: id for id, e in entries.items() for word in (id, e.name, e.name_en)}
            if typed and typed not in named:
                raise ValueError(self._words.text("review_unknown", typed))
            return {name: named.get(typed)}
        if name == "period":
            typed = period_of(typed, shown.record.document.published) or typed
        if name == "groups":
            parts = typed.replace(",", " ").replace("；", " ").split()
            return {name: value_of(name, parts)}
        if name in ("per_year", "implied"):
            return {name: value_of(name, _FLAGS.get(typed.lower()))}
        return {name: value_of(name, typed or None)}

    def _add(self, shown: Shown) -> None:
        text = shown.read.text
        if text is None:
            self._say("review_no_text")
            return
        typed = self._line(self._words.text("review_missed"), "", ())
        if not typed:
            return
        start = _nearest(text, typed, shown.record)
        if start < 0:
            self._say("review_not_there", typed)
            return
        span = (start, start + len(typed))
        if any(each.start < span[1] and span[0] < each.end for each in shown.read.indicators):
            self._say("review_is_read", typed)
            return
        new: dict[str, Any] = {name: getattr(shown.record, name) for name in _SHARED}
        new |= _quantity(typed)
        for name in ("subject", "value", "unit", "metric"):
            asked = self._asked(shown, name, flat(new.get(name)))
            if asked is None:
                return
            new |= asked
        self._session.add(shown, *span, new)


def _nearest(text: str, words: str, record: Indicator) -> int:
    """Where words stand in a record's sentence, else nearest to it; -1 for nowhere."""
    at = text.find(words, record.sentence_start, record.sentence_end)
    if at >= 0:
        return at
    before = text.rfind(words, 0, record.sentence_start)
    after = text.find(words, record.sentence_end)
    if before < 0 or after < 0:
        return max(before, after)
    return before if record.sentence_start - before < after - record.sentence_end else after


def _quantity(words: str) -> dict[str, Any]:
    """Value, unit and bound, where the rules read the words by themselves."""
    from shuangjian_cli.api import extract

    found = extract(f"学校共有{words}。")
    if len(found) != 1:
        return {}
    record = found[0]
    names = ("value", "value_max", "unit", "bound")
    return {name: getattr(record, name) for name in names}
