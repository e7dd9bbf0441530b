"""`NamedTuple` as the program's own modules write it, made at half the cost of typing's.

typing compiles the annotation of each field when a class is made, and a start makes some eighty
classes. This one takes the names of the fields and leaves the annotations to type checkers.
"""

from __future__ import annotations

from collections import namedtuple
from typing import TYPE_CHECKING, Any

__all__ = ("NamedTuple",)

if TYPE_CHECKING:
    from typing import NamedTuple
else:

    class _Named(type):
        """Makes a tuple with named fields of a class whose annotations are the fields."""

        def __new__(cls, name: str, bases: tuple[type, ...], own: dict[str, Any]) -> type:
            fields = own.get("__annotations__", {})
            defaults = [own.pop(field) for field in fields if field in own]
            made = namedtuple(name, fields, defaults=defaults, module=own.pop("__module__"))
            for attribute, value in own.items():
                setattr(made, attribute, value)
            return made

    NamedTuple = type.__new__(_Named, "NamedTuple", (), {})
