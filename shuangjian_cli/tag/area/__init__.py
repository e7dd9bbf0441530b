"""The area that a sentence is about: province, city or county, or the nation."""

from shuangjian_cli.tag.area.document import common
from shuangjian_cli.tag.area.governing import Areas

__all__ = ["Areas", "common"]
