"""Named tuples that cost little to declare.

`typing.NamedTuple` compiles the annotation of each field, and a constructor for each class, when
the class is declared: with a hundred classes that is a twentieth of a start. Here annotations are left
alone, all classes share their methods, and a constructor is compiled when it is first called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["NamedTuple"]

if TYPE_CHECKING:
    from typing import NamedTuple
else:
    from collections import namedtuple
    from types import MappingProxyType

    _WIDEST = namedtuple("_WIDEST", [f"field{number}" for number in range(64)])
    _GETTERS = [vars(_WIDEST)[name] for name in _WIDEST._fields]
    """What reads a field, by its place."""

    _new = tuple.__new__

    class _Named(tuple):
        """What all classes share: the methods that `collections.namedtuple` gives each."""

        __slots__ = ()
        _fields = ()
        _field_defaults = MappingProxyType({})

        def __new__(cls, /, *values, **named):
            fields = "".join(f"{name}, " for name in cls._fields)  # identifiers all
            made = eval(f"lambda _class, {fields}: _new(_class, ({fields}))", {"_new": _new})
            made.__defaults__ = tuple(cls._field_defaults.values())
            cls.__new__ = made
            return made(cls, *values, **named)

        @classmethod
        def _make(cls, iterable):
            made = _new(cls, iterable)
            if len(made) != len(cls._fields):
                raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
            return made

        def _replace(self, /, **values):
            made = self._make(map(values.pop, self._fields, self))
            if values:
                raise ValueError(f"Got unexpected field names: {list(values)!r}")
            return made

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self):
            fields = ", ".join(f"{name}={value!r}" for name, value in self._asdict().items())
            return f"{type(self).__name__}({fields})"

        def __getnewargs__(self):
            return tuple(self)

    class _Declared(type):
        """Turns the body of a class into one of `_Named`."""

        def __new__(cls, name, bases, body):
            fields = tuple(body.get("__annotations__", ()))
            defaults = {field: body[field] for field in fields if field in body}
            body.update(zip(fields, _GETTERS[: len(fields)], strict=True))
            body.update(
                __slots__=(), _fields=fields, _field_defaults=defaults, __match_args__=fields
            )
            return type(name, (_Named,), body)

    NamedTuple = type.__new__(_Declared, "NamedTuple", (), {})
