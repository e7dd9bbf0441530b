"""The words of `vocabulary.toml`, compiled when first asked for."""

from __future__ import annotations

from functools import cache
from typing import Any

from shuangjian_cli.data import load
from shuangjian_cli.patterns import either, regex


class Words:
    """Patterns and sets, named after the tables of the vocabulary."""

    def __init__(self) -> None:
        w: dict[str, Any] = load(__file__)

        def words(table: str, key: str) -> list[str]:
            found: str = w[table][key]
            return found.split()

        self.skip = frozenset(words("skip", "whole"))
        self.skip_part = regex(either(words("skip", "part")))
        self.price = frozenset(words("generic", "price"))
        self.generic = frozenset(words("generic", "whole"))
        self.brackets = regex(rf"[（(](?:{either(words('generic', 'brackets'))})[）)]")
        self.nature = regex(rf"(?:{either(words('generic', 'nature'))})$")
        self.total = frozenset(words("total", "whole"))
        self.total_after = regex(rf"(?<=..)(?:{either(words('total', 'after'))})(?=$|[（(|])")
        plan_of, of_plan = (either(words("target", key)) for key in ("plan_of", "of_plan"))
        self.target = regex(
            rf"{either(words('target', 'words'))}|计划(?={plan_of})|(?<={of_plan})计划"
            r"|(?<![\u4e00-\u9fff])计划"
        )
        self.posts = regex(rf"(?:{either(words('target', 'posts'))})$")
        self.achieved = regex(either(words("target", "achieved")))
        self.plan = regex(either(words("target", "plan")))
        self.standard = regex(
            rf"(?<!费)(?<!{either(words('target', 'fees'))})(?:{either(words('target', 'standard'))})(?:{either(words('target', 'standard_after'))})?"
            rf"(?=（|$)"
        )
        self.change = regex(
            rf"(?!{either(words('change', 'not'))})(?:{either(words('change', 'words'))})(?:幅度|情况|[率额量])?"
        )
        self.down = regex(either(words("change", "down")))
        self.rank = regex(either(words("rank", "words")))
        self.attribute = frozenset(words("part", "more"))
        self.attributed = regex(rf"(?:{either(words('part', 'more'))})(?=..)")
        self.title_before = regex(rf"(?:{either(words('title', 'before'))})(?!数)")
        self.title_after = regex(rf"(?:{either(words('title', 'after'))})+$")
        self.every = regex(rf"(?:{either(words('title', 'every'))})+")
        self.title_generic = frozenset(words("title", "generic"))
        self.counted = {
            unit: thing for thing, units in w["counted"].items() for unit in units.split()
        }
        self.who = regex(rf"(?:{either(words('measure', 'who'))})$")
        self.people = regex(rf"(?:{either(words('measure', 'people'))})(?:总?人?数)?$")
        self.measure = regex(rf"(?:{either(words('measure', 'endings'))})(?:（[^（）]*）)?$")


@cache
def words() -> Words:
    """The compiled vocabulary."""
    return Words()
