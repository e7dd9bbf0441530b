"""Attributes of a figure that its words tell: stage of education, groups, measure."""

from shuangjian_cli.tag.attributes.groups import groups
from shuangjian_cli.tag.attributes.match import Match
from shuangjian_cli.tag.attributes.measure import measure
from shuangjian_cli.tag.attributes.stage import stage

__all__ = ["Match", "groups", "measure", "stage"]
