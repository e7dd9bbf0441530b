"""JSON Schemas (draft 2020-12) of what comes out, as the JSON formats write it, and of rule packs.

A column's type follows from its kind; here is what each says, and which words a code may be.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shuangjian_cli.model import (
    AREA_LEVELS,
    BOUNDS,
    CONFIDENCES,
    GROUPS,
    MEASURES,
    ROLES,
    STAGES,
    STATUSES,
    TRENDS,
)
from shuangjian_cli.write.table import (
    INDICATORS,
    SCHEMA_VERSION,
    SENTENCES,
    UNPARSED,
    Column,
    Table,
)

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TYPES: Mapping[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "code": {"type": "string"},
    "integer": {"type": "integer"},
    "decimal": {"type": "number"},
    "flag": {"type": "boolean"},
    "list": {"type": "array", "items": {"type": "string"}},
    "mapping": {"type": "object", "additionalProperties": {"type": "string"}},
}
_WORDS: Mapping[str, tuple[str, ...]] = {
    "area_level": AREA_LEVELS,
    "stage": STAGES,
    "groups": GROUPS,
    "measure": MEASURES,
    "bound": BOUNDS,
    "role": ROLES,
    "trend": TRENDS,
    "status": STATUSES,
    "confidence": CONFIDENCES,
}
_NULLABLE = frozenset(
    (
        *("province", "area", "area_code", "area_level", "pillar", "metric", "stage", "measure"),
        *("value_max", "unit", "trend", "period", "section", "table_number", "table_row"),
        *("table_column", "table_title", "row_head", "column_head", "table_start", "table_end"),
        *("title", "published", "issuer", "document_number", "source_url"),
    )
)
_SAYS: Mapping[str, str] = {
    "file": "The file as it was named, - for standard input; a part of it behind #.",
    "line": "The line of the text as read, from 1.",
    "province": "The province that the figure is of, by its official name; null where nothing says.",
    "area": "The place that the figure is of: the smallest division that governs; 全国 for the country.",
    "area_code": "The six digits of GB/T 2260 of the area.",
    "area_level": "The level of the area, also where only the level is said (全县).",
    "pillar": "The id of the policy pillar.",
    "metric": "The id of the metric in the catalogue.",
    "subject": "What is measured, in the text's own words.",
    "stage": "The stage of education.",
    "groups": "Which part of it, by who runs it, where it is, whom it is for.",
    "measure": "Which number of the metric the figure is; null for a rank.",
    "value": "The value with its magnitude: 29.6亿 is 2960000000. Exact; read it as a decimal.",
    "value_max": "The upper end of a range.",
    "unit": "The unit without magnitude; null where the text gives none.",
    "bound": "How the value bounds what is measured: 超过 is >, 不少于 >=, 约 ~.",
    "role": "A level, a change of one, or a rank.",
    "trend": "The direction of a change.",
    "period": "An ISO 8601 year, month, day, or interval; .. for an open end.",
    "per_year": "Whether the figure is for each year of the period.",
    "status": "Whether it is reached or aimed at.",
    "implied": "Whether words claim it without a numeral: 全覆盖 is 100%.",
    "confidence": "How sure the rules are; confirmed is what a person looked at.",
    "reasons": "Why it is not certain.",
    "figure": "The words of the figure: the text at [start, end).",
    "sentence": "The sentence that proves it.",
    "section": "The titles of the sections around, the outermost first.",
    "table_number": "The table of the text that the figure is a cell of, from 1.",
    "table_row": "The row of the cell, heads among them, from 1.",
    "table_column": "The column of the cell, from 1.",
    "table_title": "The title of the table.",
    "row_head": "The words beside the cell, those over one another parted by ' / '.",
    "column_head": "The words over the cell, likewise.",
    "table_start": "Where the table begins in the text as read.",
    "table_end": "Where it ends.",
    "start": "Where it begins in the text as read (characters from 0; `shuangjian text` prints it).",
    "end": "Where it ends.",
    "sentence_start": "Where its sentence begins.",
    "sentence_end": "Where its sentence ends.",
    "title": "The title of the document.",
    "published": "When the document was put out, ISO 8601.",
    "issuer": "Who put it out.",
    "document_number": "Its number: 湘教发〔2023〕5号.",
    "source_url": "Where it came from.",
    "rules": "For each field the id of the rule that set it; `shuangjian rules ID` tells it.",
    "metrics": "The ids of the metrics that the sentence is about.",
    "figures": "How many figures it holds.",
    "kind": "What the line is: prose, title, table, byline, caption, furniture, masthead.",
    "numeral": "The numeral that gave no figure.",
    "reason": "Why it gave none.",
}


def of_table(table: Table, name: str) -> dict[str, Any]:
    """The schema of a row of a table, as JSON and JSON Lines have it."""
    return {
        "$schema": _DIALECT,
        "$id": f"urn:shuangjian:{name}:{SCHEMA_VERSION}",
        "title": name,
        "type": "object",
        "properties": {column.name: _property(column) for column in table.columns},
        "required": [column.name for column in table.columns],
        "additionalProperties": False,
    }


def _property(column: Column) -> dict[str, Any]:
    told = dict(_TYPES[column.kind])
    words = _WORDS.get(column.name)
    if column.kind == "list":
        if words:
            told["items"] = {"enum": list(words)}
    elif column.name in _NULLABLE:
        told["type"] = [told["type"], "null"]
        if words:
            told["enum"] = [*words, None]
    elif words:
        told["enum"] = list(words)
    return {"description": _SAYS[column.name], **told}


_TEXTS = {"$ref": "#/$defs/words"}
_DEFINITIONS = {
    "words": {
        "description": "Words parted by white space, or an array of them.",
        "type": ["string", "array"],
        "items": {"type": "string"},
    }
}
_FLAG = {"type": "boolean"}
_WORD = {"type": "string"}
_ARRAY = {"type": "array", "items": {"type": "string"}}
_PACK_TYPES: Mapping[str, dict[str, Any]] = {
    "options": {"type": "object"},
    **dict.fromkeys(("extends", "last", "figures", "spoken", "additive", "flow", "counter"), _FLAG),
    **dict.fromkeys(
        ("words", "other", "never", "without", "title", "title_without", "about", "subject"), _TEXTS
    ),
    **dict.fromkeys(("clause", "sentence", "units", "groups", "measures"), _TEXTS),
    "scale": {"type": "number", "exclusiveMinimum": 0},
    "named": {"type": "object", "additionalProperties": _ARRAY},
    "stage": {"enum": list(STAGES)},
}
_TABLES = frozenset(("topic", "carried"))
_MAPS: Mapping[str, dict[str, Any]] = {
    "not_before": _TEXTS,
    "aliases": _TEXTS,
    "alike": _WORD,
    "beside": _WORD,
    "per": _WORD,
}


def of_pack() -> dict[str, Any]:
    """The schema of a rule pack, for an editor that completes TOML."""
    from shuangjian_cli.tag.pack.form import KEYS

    def table(kind: str) -> dict[str, Any]:
        properties: dict[str, Any] = {}
        for key in sorted(KEYS[kind]):
            inner = f"{kind}.{key}" if kind != "pack" else key
            if kind == "example":
                properties[key] = _FLAG if key == "counter" else _WORD
            elif key in _MAPS and kind == "pack":
                properties[key] = {"type": "object", "additionalProperties": _MAPS[key]}
            elif inner in KEYS and key in _TABLES:
                properties[key] = table(inner)
            elif inner in KEYS:
                properties[key] = {"type": "array", "items": table(inner)}
            else:
                properties[key] = _PACK_TYPES.get(key, _WORD)
        return {"type": "object", "properties": properties, "additionalProperties": False}

    return {
        "$schema": _DIALECT,
        "$id": f"urn:shuangjian:pack:{SCHEMA_VERSION}",
        "title": "pack",
        **table("pack"),
        "$defs": _DEFINITIONS,
    }


def schemas() -> dict[str, dict[str, Any]]:
    """All schemas by name: indicator, sentence, unparsed, pack."""
    return {
        "indicator": of_table(INDICATORS, "indicator"),
        "sentence": of_table(SENTENCES, "sentence"),
        "unparsed": of_table(UNPARSED, "unparsed"),
        "pack": of_pack(),
    }
