"""Text → `Document`: folding, masthead, title, sections, paragraphs, sentences."""

from shuangjian_cli.structure.layout import structure

__all__ = ["structure"]
