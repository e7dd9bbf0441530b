"""Quantities: numerals with their magnitude, unit and bound, and what only looks like one."""

from shuangjian_cli.tag.quantity.figure import Figure, Refused
from shuangjian_cli.tag.quantity.scan import Scanner

__all__ = ["Figure", "Refused", "Scanner"]
