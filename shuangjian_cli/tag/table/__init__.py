"""Tables: for each cell with a number what its heads say of it."""

from shuangjian_cli.tag.table.reader import Cell, TableReader, Tables

__all__ = ["Cell", "TableReader", "Tables"]
