"""Tables: for each cell with a number what its heads say of it."""

from shuangjian_cli.tag.table.row import Cell, Row
from shuangjian_cli.tag.table.tables import Tables

__all__ = ["Cell", "Row", "Tables"]
