"""The area that a sentence is about: province, city or county, or the nation."""

from shuangjian_cli.tag.area.governing import Areas
from shuangjian_cli.tag.area.names import common

__all__ = ["Areas", "common"]
