"""Attributes of a figure that its words tell: stage of education, groups, measure."""

from collections.abc import Iterator

from shuangjian_cli.tag.attributes.groups import group_words, groups, groups_within
from shuangjian_cli.tag.attributes.match import Match
from shuangjian_cli.tag.attributes.measure import measure, measure_words
from shuangjian_cli.tag.attributes.stage import is_grade, is_vague, stage, stage_within, stage_words

__all__ = [
    "Match",
    "groups",
    "groups_within",
    "is_grade",
    "is_vague",
    "known_words",
    "measure",
    "stage",
    "stage_within",
]


def known_words() -> Iterator[str]:
    """The words that attributes are told by."""
    yield from group_words()
    yield from measure_words()
    yield from stage_words()
