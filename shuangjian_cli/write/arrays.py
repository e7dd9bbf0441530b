"""Arrow arrays of plain values, put together from their buffers.

`pyarrow.array` would import pandas wherever that is installed, to ask whether values are its own: that
takes 65 MB and half a second.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import accumulate, chain
from typing import Any

from shuangjian_cli.write.values import encodable

_BYTES = 16
"""Of a decimal128."""


def strings(values: Sequence[str | None]) -> Any:
    """A `pyarrow.StringArray`; of text that UTF-8 cannot hold, the `encodable` form."""
    import pyarrow as pa

    data = [b"" if value is None else _utf8(value) for value in values]
    return _array(pa.string(), values, _offsets(map(len, data)), b"".join(data))


def integers(values: Sequence[int | None]) -> Any:
    """An array of `int64`."""
    import pyarrow as pa

    return _array(pa.int64(), values, array("q", [value or 0 for value in values]))


def reals(values: Sequence[float | None]) -> Any:
    """An array of `float64`."""
    import pyarrow as pa

    return _array(pa.float64(), values, array("d", [value or 0.0 for value in values]))


def flags(values: Sequence[bool | None]) -> Any:
    """An array of `bool_`."""
    import pyarrow as pa

    return _array(pa.bool_(), values, _bits(values))


def decimals(values: Sequence[Decimal | None], type: Any) -> Any:
    """An array of a type of `decimal128`, into which all values must fit."""
    data = (0 if value is None else _unscaled(value, type.scale) for value in values)
    return _array(
        type, values, b"".join(each.to_bytes(_BYTES, sys.byteorder, signed=True) for each in data)
    )


def lists(values: Sequence[Sequence[str] | None]) -> Any:
    """An array of `list_(string())`."""
    import pyarrow as pa

    inside = strings([*chain.from_iterable(value or () for value in values)])
    offsets = _offsets(len(value or ()) for value in values)
    return _array(pa.list_(pa.string()), values, offsets, children=[inside])


def mappings(values: Sequence[Mapping[str, str] | None]) -> Any:
    """An array of `map_(string(), string())`."""
    import pyarrow as pa

    type = pa.map_(pa.string(), pa.string())
    keys = strings([*chain.from_iterable(value or () for value in values)])
    items = strings([*chain.from_iterable(value.values() for value in values if value)])
    pairs = pa.Array.from_buffers(
        pa.struct([type.key_field, type.item_field]), len(keys), [None], children=[keys, items]
    )
    offsets = _offsets(len(value or ()) for value in values)
    return _array(type, values, offsets, children=[pairs])


def _array(type: Any, values: Sequence[Any], *data: Any, children: list[Any] | None = None) -> Any:
    import pyarrow as pa

    nulls = values.count(None)
    valid = _bits([value is not None for value in values]) if nulls else None
    buffers = [None if each is None else pa.py_buffer(each) for each in (valid, *data)]
    return pa.Array.from_buffers(type, len(values), buffers, nulls, children=children)


def _offsets(lengths: Iterable[int]) -> array[int]:
    return array("i", accumulate(lengths, initial=0))


def _bits(values: Sequence[bool | None]) -> bytes:
    """A bit for each, the first the lowest."""
    digits = "".join(["1" if value else "0" for value in reversed(values)])
    return int(digits or "0", 2).to_bytes((len(values) + 7) // 8, "little")


def _utf8(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        return encodable(text).encode()


def _unscaled(value: Decimal, scale: int) -> int:
    sign, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)  # values are finite
    number = int("".join(map(str, digits)))
    shift = exponent + scale
    factor: int = 10 ** abs(shift)
    number = number * factor if shift >= 0 else number // factor
    return -number if sign else number
