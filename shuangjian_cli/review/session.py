"""A review's state: where it stands, what was decided, and how to take that back.

It knows no screen and no keys. Each decision is in the file of corrections before it returns.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from shuangjian_cli.correct import Correction, Corrections, add, fields_of, line_of, read, remove
from shuangjian_cli.correct.correction import AROUND
from shuangjian_cli.model import Indicator
from shuangjian_cli.review.queue import Item
from shuangjian_cli.review.texts import Read, Texts


class Shown(NamedTuple):
    """The figure that is up: its document, its record under corrections and as the rules read it
    (None for one that they missed), and what was decided of it."""

    item: Item
    read: Read
    record: Indicator
    as_read: Indicator | None
    decided: tuple[Correction, ...]


class _Step(NamedTuple):
    """A decision that can be taken back: where it was made, its lines, and whether it put a figure
    into the queue."""

    at: int
    lines: tuple[Correction, ...]
    inserted: bool
    kind: str


class Session:
    """Goes through a queue. `clock` gives the time of a decision. Raises CorrectionError and
    WriteError where the file of corrections cannot be read or written."""

    def __init__(
        self,
        texts: Texts,
        items: Sequence[Item],
        path: str,
        who: str,
        clock: Callable[[], str] = lambda: datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    ) -> None:
        self.path = path
        self.who = who
        self.items = list(items)
        self.at = 0
        self.counts: Counter[str] = Counter()
        self._texts = texts
        self._clock = clock
        self._all = list(items)
        self._steps: list[_Step] = []
        self._stamp: object = None
        self._corrections = Corrections()
        self._read: tuple[int, Read] | None = None

    def shown(self) -> Shown | None:
        """The figure that is up, None at the end. What others have decided meanwhile is passed
        over, as is what they deleted and what a run has read anew."""
        while self.at < len(self.items):
            item = self.items[self.at]
            try:
                document = self._document(item.document)
            except KeyError:  # a run has put another reading of it into the store
                self.items.pop(self.at)
                self.counts["gone"] += 1
                continue
            applied = document.under(self._current())
            span = (item.start, item.end)
            record = _at(applied.indicators, span)
            decided = tuple(
                each
                for each in applied.used
                if (each.start, each.end) == span and each.document == document.digest
            )
            own = {line_of(line) for step in self._steps for line in step.lines}
            if record is None or (decided and own.isdisjoint(map(line_of, decided))):
                self.items.pop(self.at)
                mine = {step.lines[0].key for step in self._steps}
                self.counts["others"] += (document.digest, *span) not in mine
                continue
            return Shown(item, document, record, _at(document.indicators, span), decided)
        return None

    def _document(self, number: int) -> Read:
        if self._read is None or self._read[0] != number:
            self._read = number, self._texts.read(number)
        return self._read[1]

    def _current(self) -> Corrections:
        """The corrections of the file as it is now; another may have written to it."""
        stat = os.stat(self.path) if os.path.exists(self.path) else None
        stamp = stat and (stat.st_ino, stat.st_mtime_ns, stat.st_size)
        if stamp != self._stamp:
            self._corrections, self._stamp = Corrections(read(self.path)), stamp
        return self._corrections

    # --- moving ------------------------------------------------------------------------------

    def skip(self) -> None:
        """Go on; the figure comes up again in the next session."""
        self.at = min(self.at + 1, len(self.items))

    def back(self) -> None:
        """Go back by one."""
        self.at = max(0, self.at - 1)

    def keep(self, wanted: Callable[[Indicator], bool] | None) -> int:
        """Let only the wanted of the figures come up, from the first on, all for None; gives how
        many."""
        if wanted is None:
            self.items = list(self._all)
        else:
            kept = []
            for number in dict.fromkeys(item.document for item in self._all):
                try:
                    records = self._texts.records(number, self._current())
                except KeyError:
                    continue
                spans = {(each.start, each.end) for each in records if wanted(each)}
                kept += [(number, *span) for span in spans]
            found = set(kept)
            self.items = [each for each in self._all if each[:3] in found]
        self.at = 0
        # Steps know their place in the queue, which is another one now.
        self._steps = [each._replace(at=0) for each in self._steps]
        return len(self.items)

    # --- deciding ----------------------------------------------------------------------------

    def accept(self, shown: Shown) -> None:
        """All fields are right; go on."""
        new = fields_of(shown.record)
        self._decide(shown, [self._line(shown, "accept", new=new)], "accepted")
        self.at += 1

    def change(self, shown: Shown, values: Mapping[str, Any]) -> None:
        """Give fields other values; the figure stays up."""
        lines = [
            self._line(shown, "edit", field=name, old=getattr(shown.record, name), new=value)
            for name, value in values.items()
            if getattr(shown.record, name) != value
        ]
        if lines:
            self._decide(shown, lines, "edited")

    def delete(self, shown: Shown) -> None:
        """It is no figure; go on."""
        self._decide(shown, [self._line(shown, "delete")], "deleted")
        self.items.pop(self.at)

    def add(self, shown: Shown, start: int, end: int, new: Mapping[str, Any]) -> None:
        """A figure that the rules missed; it comes up next."""
        item = Item(shown.item.document, start, end, "", False)
        line = self._line(shown._replace(item=item), "add", new=dict(new))
        self._decide(shown, [line], "added", inserted=True)
        self.at += 1
        self.items.insert(self.at, item)

    def undo(self) -> bool:
        """Take the last decision back and show its figure; False where there is none."""
        if not self._steps:
            return False
        step = self._steps.pop()
        remove(self.path, step.lines)
        self.counts[step.kind] -= 1
        line = step.lines[0]
        if step.inserted:
            self.items = [
                each for each in self.items if (each.start, each.end) != (line.start, line.end)
            ]
        elif step.kind == "deleted":
            item = next(each for each in self._all if self._is_of(each, line))
            self.items.insert(min(step.at, len(self.items)), item)
        self.at = min(step.at, len(self.items))
        return True

    def _is_of(self, item: Item, line: Correction) -> bool:
        same = (item.start, item.end) == (line.start, line.end)
        return same and self._texts.digest(item.document) == line.document

    def _decide(
        self, shown: Shown, lines: list[Correction], kind: str, *, inserted: bool = False
    ) -> None:
        add(self.path, lines)
        self._steps.append(_Step(self.at, tuple(lines), inserted, kind))
        self.counts[kind] += 1

    def _line(
        self, shown: Shown, action: str, field: str | None = None, old: Any = None, new: Any = None
    ) -> Correction:
        item, document = shown.item, shown.read
        record = shown.record
        # Where the text was not kept, the sentence has at least some of the words around.
        first, text = (
            (0, document.text) if document.text else (record.sentence_start, record.sentence)
        )
        start, end = item.start - first, item.end - first
        return Correction(
            document.digest,
            document.info.file,
            item.start,
            item.end,
            text[start:end],
            text[max(0, start - AROUND) : start],
            text[end : end + AROUND],
            action,
            field,
            old,
            new,
            self.who,
            self._clock(),
            item.confidence or None,
            item.sample,
        )


def _at(records: Sequence[Indicator], span: tuple[int, int]) -> Indicator | None:
    return next((each for each in records if (each.start, each.end) == span), None)
