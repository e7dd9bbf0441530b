"""Classes of data that cost little to define.

To import `dataclasses`, which imports `inspect`, and to define a dozen classes with it takes a tenth
of a start. This is what is used of it here, in the same notation, for classes with slots.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as data
    from dataclasses import field, fields, is_dataclass, replace
else:
    _NONE = object()

    class field:
        """A field: its default, or what makes one."""

        __slots__ = ("default", "default_factory", "kw_only", "name")

        def __init__(self, *, default=_NONE, default_factory=None, kw_only=False) -> None:
            self.default = default
            self.default_factory = default_factory
            self.kw_only = kw_only

    def data(*, slots, frozen=False, eq=True):
        """A class whose annotated attributes are its fields."""
        assert slots
        return lambda cls: _made(cls, frozen, eq)

    def is_dataclass(cls):
        return hasattr(cls, "__fields__")

    def fields(of):
        return tuple(of.__fields__.values())

    def replace(of, **values):
        return type(of)(**dict(zip(of.__fields__, _values(of), strict=True)) | values)

    def _values(of):
        return tuple([getattr(of, name) for name in of.__fields__])

    def _made(cls, frozen, eq):
        own, inherited = dict(vars(cls)), getattr(cls, "__fields__", {})
        known = dict(inherited)
        for name, kind in own["__annotations__"].items():
            if not kind.startswith("ClassVar"):
                default = own.pop(name, _NONE)
                known[name] = default if isinstance(default, field) else field(default=default)
                known[name].name = name
        own |= {
            "__slots__": [name for name in known if name not in inherited],
            "__fields__": known,
            "__init__": _init(cls, known, frozen),
            "__repr__": _repr,
        }
        if eq:
            own |= {"__eq__": _eq, "__hash__": _hash if frozen else None}
        if frozen:
            own |= {"__setattr__": _refuse, "__delattr__": _refuse, "__reduce__": _reduce}
        own.pop("__dict__", None)
        own.pop("__weakref__", None)
        made = type(cls)(cls.__name__, cls.__bases__, own)
        made.__qualname__ = cls.__qualname__
        return made

    def _init(cls, known, frozen):
        """The method that sets the fields, in the order of its parameters."""
        names = {"_set": object.__setattr__, "_none": _NONE}
        parameters, lines = [], []
        for name, own in sorted(known.items(), key=lambda item: item[1].kw_only):
            value, parameter = name, name
            if own.default_factory is not None:
                names[f"_make_{name}"] = own.default_factory
                parameter, value = f"{name}=_none", f"_make_{name}() if {name} is _none else {name}"
            elif own.default is not _NONE:
                names[f"_default_{name}"] = own.default
                parameter = f"{name}=_default_{name}"
            if own.kw_only and "*" not in parameters:
                parameters.append("*")
            parameters.append(parameter)
            lines.append(f" _set(self, '{name}', {value})" if frozen else f" self.{name} = {value}")
        if hasattr(cls, "__post_init__"):
            lines.append(" self.__post_init__()")
        exec("\n".join([f"def __init__(self, {', '.join(parameters)}):", *lines]), names)  # noqa: S102
        return names["__init__"]

    def _repr(self):
        pairs = zip(self.__fields__, _values(self), strict=True)
        return f"{type(self).__qualname__}({', '.join(f'{name}={own!r}' for name, own in pairs)})"

    def _eq(self, other):
        return _values(self) == _values(other) if type(other) is type(self) else NotImplemented

    def _hash(self):
        return hash(_values(self))

    def _refuse(self, name, value=None):
        raise AttributeError(f"{type(self).__name__}.{name} cannot be changed")

    def _reduce(self):
        return _restored, (type(self), _values(self))

    def _restored(cls, values):
        made = object.__new__(cls)
        for name, value in zip(cls.__fields__, values, strict=True):
            object.__setattr__(made, name, value)
        return made


__all__ = ["data", "field", "fields", "is_dataclass", "replace"]
