"""What Datasette shows beside a store's tables: its metadata, and labels for references."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..language import Labels
    from ..tag.pack import Rules

_FACETS = {
    "figures": ("province", "area_level", "pillar", "metric", "period", "status", "confidence"),
    "indicators": ("province", "pillar", "metric", "period", "status", "confidence"),
    "indicators_once": ("province", "pillar", "metric", "period", "status", "confidence"),
    "all_indicators": ("province", "pillar", "metric", "period", "status", "confidence"),
    "sentences": ("province", "pillar", "kind"),
    "documents": ("province", "kind", "status"),
    "coverage": ("province", "pillar"),
}
_HIDDEN = (
    "texts",
    "sketches",
    "rule_sets",
    "quantities",
    "areas",
    "keyed",
    "counted",
    "repeated",
    "read_indicators",
    "corrected",
    "files",
)
_LABELS = {"documents": "name", "pillars": "name", "metrics": "name", "places": "name"}
_SHOWN = (
    *("province", "area", "area_code", "area_level", "pillar", "metric", "metrics", "subject"),
    *("stage", "groups", "measure", "value", "value_max", "unit", "bound", "role", "trend"),
    *("period", "per_year", "status", "implied", "confidence", "reasons", "figure", "sentence"),
    *("section", "title", "published", "issuer", "document_number", "source_url", "file"),
)


def metadata(store: str, labels: Labels) -> dict[str, Any]:
    """The metadata.json of a store, for Datasette 0.65 and 1.0, which takes facets and labels from
    it, too. Columns are described under their labels."""
    tables: dict[str, Any] = {}
    for name, facets in _FACETS.items():
        tables[name] = {
            "description": labels.of("datasette", name),
            "facets": list(facets),
            "columns": {column: labels.field(column) for column in _SHOWN},
        }
    for name, column in _LABELS.items():
        tables.setdefault(name, {})["label_column"] = column
    for name in _HIDDEN:
        tables[name] = {"hidden": True}
    tables["figures"]["sort"] = "province"
    return {
        "title": labels.of("report", "title"),
        "databases": {Path(store).stem: {"tables": tables}},
    }


def labels_of(
    rules: Rules,
) -> tuple[list[tuple[str, str, str]], list[tuple[str, str, str, str]]]:
    """The pillars and metrics of rules, as `Store.write_labels` takes them."""
    pillars = [(each.id, each.name, each.name_en) for each in rules.pillars.values()]
    metrics = [(each.id, each.name, each.name_en, each.pillar) for each in rules.metrics.values()]
    return pillars, metrics
