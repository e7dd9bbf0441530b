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
    from shuangjian_cli.model import (
        Analysis,
        Indicator,
        Metadata,
        ReadError,
        Source,
        TaggedSentence,
    )

__version__ = "0.1.0"

_HOMES = {
    "analyse": "api",
    "extract": "api",
    "extract_file": "api",
    "load_rules": "api",
    "sources_of": "api",
    "tag": "api",
    "Analysis": "model",
    "Indicator": "model",
    "Metadata": "model",
    "ReadError": "model",
    "Source": "model",
    "TaggedSentence": "model",
}

__all__ = [
    "Analysis",
    "Indicator",
    "Metadata",
    "ReadError",
    "Source",
    "TaggedSentence",
    "analyse",
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
