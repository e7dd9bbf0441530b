"""Which measures quantities are of, kept in a store when it is made: to tell them takes longer than all else of a comparison.

What a person has settled of rows is no part of it, and is applied when a store is read.
"""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import TYPE_CHECKING

from shuangjian_cli.compare.measure import Measures, Told
from shuangjian_cli.derived import content_key
from shuangjian_cli.tag.pack import define, load_builtin

if TYPE_CHECKING:
    from shuangjian_cli.store import Store
    from shuangjian_cli.tag.pack import Rules

_TOLD_BY = (
    *("measure.py", "subject.py", "subjects.toml", "units.py"),
    *("../structure/fold.py", "../structure/fold.toml", "../structure/mend.py"),
)


def keep(store: Store, rules: Rules | None) -> None:
    """Notes in a store, outside of a run, which measures its quantities are of. Raises StoreError."""
    rules = rules or load_builtin()
    if (under := kept_under(rules)) is not None:
        measures = Measures(rules)
        encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
        store.write_keys(under, lambda quantity: encoded([*map(_plain, measures.told(quantity))]))


def _plain(told: Told) -> tuple[object, ...]:
    """As `Measures.kept` takes it."""
    *fields, _ = told.measure
    return fields, *told[1:]


def kept_under(rules: Rules) -> str | None:
    """What kept measures depend on: these rules and this program; None where its files are not at hand."""
    code = content_key("", __file__, *_TOLD_BY)
    if code is None:
        return None
    metrics = []
    for metric in rules.metrics.values():
        meant = define(metric)
        kinds = [(each.id, list(each.terms), each.stage, each.groups) for each in meant.kinds]
        metrics.append((metric.id, meant.stage, kinds))
    units = [(each.name, each.family, str(each.scale)) for each in rules.units.values()]
    names = [sorted(each.items()) for each in (rules.aliases, rules.alike, rules.per)]
    told = repr((code[1], metrics, units, names)).encode("utf-8", "surrogatepass")
    return blake2b(told, digest_size=16).hexdigest()
