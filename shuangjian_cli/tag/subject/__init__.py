"""Subjects: what a figure measures, and whether it is a level, a movement or a rank."""

from shuangjian_cli.tag.subject.reader import Carried, Reading, Subjects, topic_of

__all__ = ["Carried", "Reading", "Subjects", "topic_of"]
