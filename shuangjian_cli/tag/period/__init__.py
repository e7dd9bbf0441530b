"""The period that a figure covers, as ISO 8601."""

from shuangjian_cli.tag.period.governing import Periods, part_before, part_of, published
from shuangjian_cli.tag.period.mention import Now, Period

__all__ = ["Now", "Period", "Periods", "part_before", "part_of", "published"]
