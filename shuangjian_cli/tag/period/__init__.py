"""The period that a figure covers, as ISO 8601."""

from shuangjian_cli.tag.period.document import PUBLISHED_YEARS, part_before, part_of, published
from shuangjian_cli.tag.period.governing import Periods

__all__ = ["PUBLISHED_YEARS", "Periods", "part_before", "part_of", "published"]
