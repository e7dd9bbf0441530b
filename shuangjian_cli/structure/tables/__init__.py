"""The statistical tables of a text: those that its format marks, and those that stand in it as
lines of cells.

A table is rows of cells of which many hold numbers, under heads or beside them. A table of words
(a list of names, a division of tasks) and a page's layout are prose.
"""

from shuangjian_cli.structure.tables.find import find

__all__ = ["find"]
