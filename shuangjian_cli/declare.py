"""What classes and types are declared with.

A checker takes it for what `typing` and `dataclasses` give under the same names. To import these two
takes an eighth of a plain start, and each class that they make a five-hundredth, since they write
its methods as text and compile it. While the program runs, the named tuples made here share their
methods, a data class has only its `__init__` compiled, and names of types say nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False
"""By its name a checker takes it for true."""

if TYPE_CHECKING:
    from dataclasses import dataclass, field, replace
    from typing import (
        IO,
        Annotated,
        Any,
        BinaryIO,
        ClassVar,
        Generic,
        Literal,
        NamedTuple,
        Protocol,
        SupportsIndex,
        TextIO,
        TypeAlias,
        TypeVar,
        cast,
        overload,
    )

    __all__ = [
        "IO",
        "Annotated",
        "Any",
        "BinaryIO",
        "ClassVar",
        "Generic",
        "Literal",
        "NamedTuple",
        "Protocol",
        "SupportsIndex",
        "TextIO",
        "TypeAlias",
        "TypeVar",
        "cast",
        "dataclass",
        "field",
        "overload",
        "replace",
    ]
else:
    from collections import _tuplegetter
    from functools import cache
    from types import FunctionType

    class _Type:
        """Stands for a type, with or without parameters."""

        def __class_getitem__(cls, parameters):
            return cls

    IO = Annotated = Any = BinaryIO = ClassVar = Generic = Literal = _Type
    Protocol = SupportsIndex = TextIO = TypeAlias = _Type

    def TypeVar(name, *constraints, **options):
        return _Type

    def cast(kind, value):
        return value

    def overload(function):
        return function

    _new = tuple.__new__

    class _Tuple(tuple):
        """The methods of all named tuples, by the names that `collections.namedtuple` gives them."""

        __slots__ = ()

        @classmethod
        def _make(cls, values):
            made = _new(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"{cls.__name__} has {len(cls._fields)} fields, not {len(made)}")
            return made

        def _replace(self, /, **named):
            new = _new(type(self), map(named.pop, self._fields, self))
            if named:
                raise ValueError(f"no fields of {type(self).__name__}: {', '.join(named)}")
            return new

        __replace__ = _replace

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self):
            shown = ", ".join(f"{name}={value!r}" for name, value in self._asdict().items())
            return f"{type(self).__name__}({shown})"

        def __getnewargs__(self):
            return tuple(self)

    @cache
    def _maker(size):
        """The code that makes a tuple of so many fields; its parameters can have other names."""
        fields = "".join(f", _{place}" for place in range(size))
        return eval(f"lambda cls{fields}: _new(cls, ({fields[2:]},))").__code__

    class _TupleMaker(type):
        """Makes a named tuple of a class that says it is one."""

        def __new__(maker, name, bases, space):
            fields = tuple(space.get("__annotations__", ()))
            defaults = {name: space.pop(name) for name in fields if name in space}
            getters = {name: _tuplegetter(place, "") for place, name in enumerate(fields)}
            code = _maker(len(fields)).replace(co_name="__new__", co_varnames=("cls", *fields))
            new = FunctionType(code, globals(), "__new__", tuple(defaults.values()))
            own = {"_fields": fields, "__match_args__": fields, "__new__": new}
            return type(name, (_Tuple,), {"__slots__": (), **space, **getters, **own})

    NamedTuple = type.__new__(_TupleMaker, "NamedTuple", (), {})

    _NONE = object()
    """The default of a field without one."""

    class _Field:
        """What a field says of itself beside its default."""

        def __init__(self, *, default=_NONE, default_factory=None, kw_only=False):
            self.default = default
            self.factory = default_factory
            self.kw_only = kw_only

    field = _Field

    def _values(one):
        return tuple(getattr(one, name) for name in one._fields)

    def _equal(one, other):
        return _values(one) == _values(other) if type(other) is type(one) else NotImplemented

    def _hash(one):
        return hash(_values(one))

    def _shown(one):
        shown = ", ".join(f"{name}={getattr(one, name)!r}" for name in one._fields)
        return f"{type(one).__name__}({shown})"

    def replace(one, /, **changes):
        return type(one)(**{name: getattr(one, name) for name in one._fields} | changes)

    def _init(fields, after):
        """The `__init__` of a class with these fields."""
        space = {f"_{name}": each.default for name, each in fields.items()}
        given, named, lines = [], [], []
        for name, each in fields.items():
            value = name
            if each.factory is not None:
                space[f"_make_{name}"] = each.factory
                value = f"_make_{name}() if {name} is _{name} else {name}"
            has_default = each.factory is not None or each.default is not _NONE
            to = named if each.kw_only else given
            to.append(f"{name}=_{name}" if has_default else name)
            lines.append(f"self.{name} = {value}")
        parameters = ", ".join(["self", *given, *(["*", *named] if named else [])])
        exec(f"def __init__({parameters}):\n " + "\n ".join([*lines, *after]), space)  # noqa: S102
        return space["__init__"]

    def dataclass(*, slots=True, frozen=False, eq=True):
        """A class with slots. What is `frozen` can be hashed; that it is not changed, a checker sees."""

        def made(cls):
            space = dict(vars(cls))
            kinds = space.get("__annotations__", {})
            own = [name for name in kinds if not kinds[name].startswith("ClassVar")]
            fields = dict(getattr(cls, "_fields", {}))
            for name in own:
                default = space.pop(name, _NONE)
                fields[name] = default if isinstance(default, _Field) else _Field(default=default)
            after = ["self.__post_init__()"] if hasattr(cls, "__post_init__") else []
            space |= {"__slots__": tuple(own), "_fields": fields, "__init__": _init(fields, after)}
            places = tuple(name for name, each in fields.items() if not each.kw_only)
            space |= {"__match_args__": places, "__repr__": _shown, "__replace__": replace}
            if eq:
                space |= {"__eq__": _equal, "__hash__": _hash if frozen else None}
            space.pop("__dict__", None), space.pop("__weakref__", None)
            return type(cls)(cls.__name__, cls.__bases__, space)

        return made
