"""The period that a figure covers, as ISO 8601."""

from shuangjian_cli.tag.period.document import part_before, part_of, published
from shuangjian_cli.tag.period.governing import Periods

__all__ = ["Periods", "part_before", "part_of", "published"]
