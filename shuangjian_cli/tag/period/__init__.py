"""The period that a figure covers, as ISO 8601."""

from shuangjian_cli.tag.period.governing import Periods, published
from shuangjian_cli.tag.period.mention import Now, Period

__all__ = ["Now", "Period", "Periods", "published"]
