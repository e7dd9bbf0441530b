"""An evaluation as a whole: its figures by group, its JSON form, its errors, what a change won."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from shuangjian_cli.evaluate.gold import Record
from shuangjian_cli.evaluate.score import COMPARED, EXTRA, FIELDS, Result, found_right, summary
from shuangjian_cli.evaluate.tags import TAG_FIELDS, Tagged, tag_entry, tag_summary

Figures = Mapping[str, int | float]

GROUPS = ("document", "province", "pillar", "metric")
NO_GROUP = "none"
"""The group of records whose province, pillar or metric is null."""

ERRORS = (*FIELDS, *EXTRA, "missed", "spurious", "certain", "all")
"""What `errors_of` can list: a wrong field, a missed or spurious record, a certain one, all."""

TAG_ERRORS = (*TAG_FIELDS, "metrics", "all")
"""What `tag_errors_of` can list."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All results, in the order of documents and then of the text; `tags` are of sentences."""

    results: tuple[Result, ...]
    tags: tuple[Tagged, ...] = ()

    def total(self) -> Figures:
        """The figures of all documents together."""
        return summary(self.results)

    def by(self, group: str) -> dict[str, Figures]:
        """The figures of each document, province, pillar or metric, sorted by name.

        A missed or matched record falls in the gold's group, a spurious one in its own.
        """
        members: dict[str, list[Result]] = {}
        for result in self.results:
            name = result.document if group == "document" else result.value_of(group)
            members.setdefault(name or NO_GROUP, []).append(result)
        return {name: summary(members[name]) for name in sorted(members)}

    def figures(self) -> dict[str, int | float]:
        """All figures that may have a floor: those of tagged sentences under `tags.all.pillar`,
        `found_right` of records under `found.subject`."""
        found = {f"found.{name}": share for name, share in found_right(self.results).items()}
        return _all_figures({"total": self.total(), "tags": self.tag_total()}) | found

    def tag_total(self) -> Mapping[str, Figures]:
        """The figures of all tagged sentences, of those with figures and of those without."""
        return tag_summary(self.tags)

    def tags_by_document(self) -> dict[str, Figures]:
        """The figures of each document's tagged sentences."""
        members: dict[str, list[Tagged]] = {}
        for result in self.tags:
            members.setdefault(result.document, []).append(result)
        return {name: tag_summary(members[name])["all"] for name in sorted(members)}

    def to_dict(self) -> dict[str, Any]:
        """The whole evaluation for JSON: figures by group and one entry for each record; for each
        tagged sentence, too, where there are any."""
        out: dict[str, Any] = {"total": self.total()}
        for group in GROUPS:
            out[f"{group}s"] = self.by(group)
        out["records"] = [_entry(result) for result in self.results]
        if self.tags:
            out["tags"] = self.tag_total()
            out["sentences"] = [tag_entry(result) for result in self.tags]
        return out


@dataclass(frozen=True, slots=True)
class Change:
    """One record that a change to the rules made better or worse.

    `won` and `lost` name fields that became right and wrong; `found` and `gone` (a spurious record
    no longer there), `missed` and `spurious` tell of the record as a whole. `entry` is the new
    entry of the record, or the old one where the new evaluation has none.
    """

    entry: Mapping[str, Any]
    won: tuple[str, ...]
    lost: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The change for JSON: what was won and lost, then the record's entry."""
        return {"won": list(self.won), "lost": list(self.lost), **self.entry}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed since an older evaluation. `figures` pairs old and new of each that moved;
    those of tagged sentences are named `tags.all.pillar`."""

    figures: Mapping[str, tuple[int | float | None, int | float | None]]
    changes: tuple[Change, ...]
    sentences: tuple[Change, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The comparison for JSON."""
        return {
            "figures": {name: {"old": o, "new": n} for name, (o, n) in self.figures.items()},
            "changes": [change.to_dict() for change in self.changes],
            "sentences": [change.to_dict() for change in self.sentences],
        }


def errors_of(results: Iterable[Result], kind: str) -> list[Result]:
    """The results that are wrong in one of `ERRORS`, the worst first.

    Worst is a record that was marked certain, then one with more fields wrong.
    """
    chosen = [result for result in results if _is_error(result, kind)]
    return sorted(chosen, key=lambda result: (not result.certainly_wrong, -len(result.wrong)))


def tag_errors_of(results: Iterable[Tagged], kind: str) -> list[Tagged]:
    """The tagged sentences that are wrong in one of `TAG_ERRORS`."""
    return [each for each in results if each.wrong and (kind == "all" or kind in each.wrong)]


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> Comparison:
    """What the new evaluation won and lost, record by record; both as `to_dict` gives them.

    Records are the same when they stand at the same place of the same document; gold records
    that only one of the two has are no change of the rules and are left out.
    """
    before = {_place(entry): entry for entry in old["records"]}
    after = {_place(entry): entry for entry in new["records"]}
    changes = [_change(before.get(p), after.get(p)) for p in sorted({*before, *after})]
    was, now = _all_figures(old), _all_figures(new)
    moved = {name: (was.get(name), now.get(name)) for name in dict.fromkeys([*was, *now])}
    return Comparison(
        {name: (o, n) for name, (o, n) in moved.items() if o != n},
        tuple(change for change in changes if change is not None),
        tuple(_sentence_changes(old.get("sentences", ()), new.get("sentences", ()))),
    )


def _all_figures(content: Mapping[str, Any]) -> dict[str, int | float]:
    """The figures of an evaluation, those of tagged sentences under `tags.all.pillar`."""
    out = dict(content["total"])
    for split, figures in content.get("tags", {}).items():
        out |= {f"tags.{split}.{name}": figure for name, figure in figures.items()}
    return out


def _sentence_changes(
    old: Iterable[Mapping[str, Any]], new: Iterable[Mapping[str, Any]]
) -> Iterator[Change]:
    before = {(entry["document"], entry["number"]): entry for entry in old}
    for entry in new:
        was = before.get((entry["document"], entry["number"]))
        if was is not None and was["sentence"] == entry["sentence"]:
            won = tuple(name for name in was["wrong"] if name not in entry["wrong"])
            lost = tuple(name for name in entry["wrong"] if name not in was["wrong"])
            if won or lost:
                yield Change(entry, won, lost)


def pairs(entry: Mapping[str, Any], name: str) -> tuple[list[Any], list[Any]]:
    """What gold and prediction hold for a scored field of an entry: ([58000, None], [5.8, …])."""
    gold: Record = entry["gold"] or {}
    got: Record = entry["got"] or {}
    names = COMPARED.get(name, (name,))
    return [gold.get(key) for key in names], [got.get(key) for key in names]


def _is_error(result: Result, kind: str) -> bool:
    if kind in ("missed", "spurious"):
        return result.outcome == kind
    if kind == "certain":
        return result.certainly_wrong
    if kind == "all":
        return result.outcome != "matched" or bool(result.wrong)
    return not result.right.get(kind, True)


def _entry(result: Result) -> dict[str, Any]:
    return {
        "document": result.document,
        "line": result.line,
        "outcome": result.outcome,
        "wrong": [name for name in FIELDS + EXTRA if not result.right.get(name, True)],
        "before": result.before,
        "figure": result.figure,
        "after": result.after,
        "gold": result.gold,
        "got": result.got,
    }


def _place(entry: Mapping[str, Any]) -> tuple[str, int, int, bool]:
    record = entry["gold"] or entry["got"]
    return entry["document"], record["start"], record["end"], entry["gold"] is None


def _change(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> Change | None:
    """What one record won and lost, or None where nothing changed."""
    if old is None or new is None:
        entry = old if new is None else new
        if entry is None or entry["gold"] is not None:
            return None
        return Change(entry, *(((), ("spurious",)) if old is None else (("gone",), ())))
    was, now = old["outcome"] == "matched", new["outcome"] == "matched"
    if was != now:
        return Change(new, ("found",), ()) if now else Change(new, (), ("missed",))
    won = tuple(name for name in old["wrong"] if name not in new["wrong"])
    lost = tuple(name for name in new["wrong"] if name not in old["wrong"])
    return Change(new, won, lost) if won or lost else None
