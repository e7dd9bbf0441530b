"""Quantities: numerals with their magnitude, unit and bound, and what only looks like one."""

from shuangjian_cli.tag.quantity.scan import Figure, Refused, Scanner

__all__ = ["Figure", "Refused", "Scanner"]
