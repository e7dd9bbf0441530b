"""Our named tuples are those of the standard library."""

from __future__ import annotations

import copy
import pickle
import typing

import pytest

from shuangjian_cli.named import NamedTuple


class Ours(NamedTuple):
    """A class of each kind of thing that one may hold."""

    start: int
    end: int = 7
    words: tuple[str, ...] = ()

    @property
    def length(self) -> int:
        """Worked out from fields."""
        return self.end - self.start

    @classmethod
    def empty(cls) -> Ours:
        """Another way to make one."""
        return cls(0, 0)


class Theirs(typing.NamedTuple):
    start: int
    end: int = 7
    words: tuple[str, ...] = ()


class Nothing(NamedTuple):
    """Without fields."""


@pytest.mark.parametrize("kind", [Ours, Theirs])
def test_a_named_tuple(kind: type[Ours]) -> None:
    made = kind(3, words=("甲",))
    assert (made.start, made.end, made.words) == made == (3, 7, ("甲",))
    assert repr(made) == f"{kind.__name__}(start=3, end=7, words=('甲',))"
    assert made._replace(end=9) == kind(3, 9, ("甲",)) == kind._make([3, 9, ("甲",)])
    assert made._asdict() == {"start": 3, "end": 7, "words": ("甲",)}
    assert kind._fields == ("start", "end", "words")
    assert kind._field_defaults == {"end": 7, "words": ()}
    for again in (pickle.loads(pickle.dumps(made)), copy.copy(made)):
        assert again == made
        assert type(again) is kind
    match made:
        case kind(start, end):
            assert (start, end) == (3, 7)
        case _:
            pytest.fail("no match by position")
    assert not hasattr(made, "__dict__")


@pytest.mark.parametrize("kind", [Ours, Theirs])
def test_a_wrong_use_of_a_named_tuple(kind: typing.Any) -> None:
    for arguments, named in (((), {}), ((1, 2, 3, 4), {}), ((1,), {"other": 2})):
        with pytest.raises(TypeError):
            kind(*arguments, **named)
    with pytest.raises(TypeError):
        kind._make([1, 2])
    with pytest.raises((TypeError, ValueError), match="other"):  # Python 3.13: TypeError
        kind(1)._replace(other=2)
    with pytest.raises(AttributeError):
        kind(1).start = 2


def test_what_the_body_of_a_class_says() -> None:
    assert Ours(3).length == 4
    assert type(Ours.empty()) is Ours
    assert Ours.__doc__ == "A class of each kind of thing that one may hold."
    assert (Ours.__module__, Ours.__qualname__) == (__name__, "Ours")
    assert Nothing() == ()
