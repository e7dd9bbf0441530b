"""Subjects: what a figure measures, and whether it is a level, a movement or a rank."""

from shuangjian_cli.tag.subject.nouns import without_place
from shuangjian_cli.tag.subject.reader import Subjects
from shuangjian_cli.tag.subject.reading import Reading

__all__ = ["Reading", "Subjects", "without_place"]
