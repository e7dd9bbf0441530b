"""shuangjian: Chinese government education bulletins (双减) as comparable, traceable figures.

>>> import shuangjian_cli as sj
>>> [r.subject for r in sj.extract("2022年，全县新增学位5.8万个。")]
['新增学位']

Names are loaded when first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shuangjian_cli.api import (
        analyse,
        extract,
        extract_file,
        load_rules,
        sources_of,
        tag,
    )
    from shuangjian_cli.correct import Corrections
    from shuangjian_cli.model import (
        Analysis,
        Decision,
        DocumentInfo,
        Indicator,
        Metadata,
        ReadError,
        Rejected,
        Source,
        TableCell,
        TaggedSentence,
        Unparsed,
    )
    from shuangjian_cli.read import Options
    from shuangjian_cli.records import Records, bounds
    from shuangjian_cli.tag.pack import Rules
    from shuangjian_cli.tag.pack.form import PackError
    from shuangjian_cli.write.table import SCHEMA_VERSION

__version__ = "0.1.0"

_HOMES = {
    "analyse": "api",
    "extract": "api",
    "extract_file": "api",
    "load_rules": "api",
    "sources_of": "api",
    "tag": "api",
    "Corrections": "correct",
    "Analysis": "model",
    "Decision": "model",
    "DocumentInfo": "model",
    "Indicator": "model",
    "Metadata": "model",
    "ReadError": "model",
    "Rejected": "model",
    "Source": "model",
    "TableCell": "model",
    "TaggedSentence": "model",
    "Unparsed": "model",
    "Options": "read",
    "Records": "records",
    "bounds": "records",
    "PackError": "tag.pack.form",
    "Rules": "tag.pack",
    "SCHEMA_VERSION": "write.table",
}

__all__ = [
    "SCHEMA_VERSION",
    "Analysis",
    "Corrections",
    "Decision",
    "DocumentInfo",
    "Indicator",
    "Metadata",
    "Options",
    "PackError",
    "ReadError",
    "Records",
    "Rejected",
    "Rules",
    "Source",
    "TableCell",
    "TaggedSentence",
    "Unparsed",
    "analyse",
    "bounds",
    "extract",
    "extract_file",
    "load_rules",
    "sources_of",
    "tag",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
