"""The tuples with named fields that the program's own modules make."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

from shuangjian_cli.named import NamedTuple

PACKAGE = Path(__file__).parent.parent / "shuangjian_cli"


class Town(NamedTuple):
    """A town."""

    name: str
    people: int = 0
    parts: tuple[Unknown, ...] = ()  # type: ignore[name-defined]  # noqa: F821

    @property
    def is_large(self) -> bool:
        return self.people > 50_000


def test_a_class_has_the_fields_that_it_annotates() -> None:
    town = Town("柳溪镇", people=60_000)
    assert town == ("柳溪镇", 60_000, ())
    assert town.is_large
    assert town._replace(people=3) == Town("柳溪镇", 3)
    assert (Town._fields, Town.__doc__) == (("name", "people", "parts"), "A town.")
    assert repr(Town("柳溪镇")) == "Town(name='柳溪镇', people=0, parts=())"
    assert pickle.loads(pickle.dumps(town)) == town
    assert (Town.__module__, Town.__qualname__) == (__name__, "Town")


def test_no_module_makes_them_of_typing() -> None:
    made = [
        path.name
        for path in PACKAGE.rglob("*.py")
        if re.search(r"^from typing import .*\bNamedTuple\b", path.read_text("utf-8"), re.MULTILINE)
    ]
    assert made == []
