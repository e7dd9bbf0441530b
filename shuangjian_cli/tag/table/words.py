"""The words of `vocabulary.toml`, compiled when first asked for."""

from __future__ import annotations

from functools import cache
from typing import Any

from shuangjian_cli.data import load
from shuangjian_cli.patterns import either, worded


class Words:
    """Patterns and sets, named after the tables of the vocabulary."""

    def __init__(self) -> None:
        w: dict[str, Any] = load(__file__)

        def words(table: str, key: str) -> list[str]:
            found: str = w[table][key]
            return found.split()

        self.skip = frozenset(words("skip", "whole"))
        self.skip_part = worded("{skip.part}", __file__)
        self.price = frozenset(words("generic", "price"))
        self.generic = frozenset(words("generic", "whole"))
        self.brackets = worded(r"[（(](?:{generic.brackets})[）)]", __file__)
        self.nature = worded(r"(?:{generic.nature})$", __file__)
        self.total = frozenset(words("total", "whole"))
        self.total_after = worded(r"(?<=..)(?:{total.after})(?=$|[（(|])", __file__)
        plan_of, of_plan = (either(words("target", key)) for key in ("plan_of", "of_plan"))
        self.target = worded(
            rf"{{target.words}}|计划(?={plan_of})|(?<={of_plan})计划"
            r"|(?<![\u4e00-\u9fff])计划",
            __file__,
        )
        self.posts = worded(r"(?:{target.posts})$", __file__)
        self.achieved = worded("{target.achieved}", __file__)
        self.plan = worded("{target.plan}", __file__)
        self.standard = worded(
            r"(?<!费)(?<!{target.fees})(?:{target.standard})(?:{target.standard_after})?"
            r"(?=（|$)",
            __file__,
        )
        self.change = worded(
            r"(?!{change.not})(?:{change.words})(?:{change_after.words}|[率额量])?", __file__
        )
        self.down = worded("{change.down}", __file__)
        self.rank = worded("{rank.words}", __file__)
        self.attribute = frozenset(words("part", "more"))
        self.attributed = worded(r"(?:{part.more})(?=..)", __file__)
        self.title_before = worded(r"(?:{title.before})(?!数)", __file__)
        self.title_after = worded(r"(?:{title.after})+$", __file__)
        self.every = worded(r"(?:{title.every})+", __file__)
        self.title_generic = frozenset(words("title", "generic"))
        self.counted = {
            unit: thing for thing, units in w["counted"].items() for unit in units.split()
        }
        self.who = worded(r"(?:{measure.who})$", __file__)
        self.people = worded(r"(?:{measure.people})(?:总?人?数)?$", __file__)
        self.measure = worded(r"(?:{measure.endings})(?:（[^（）]*）)?$", __file__)


@cache
def words() -> Words:
    """The compiled vocabulary."""
    return Words()
