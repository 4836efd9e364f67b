"""Arrays and scalars of other libraries (numpy, torch, jax, tensorflow, polars), read without importing any of them."""

from __future__ import annotations

from math import prod

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def is_array(value: object) -> bool:
    """Whether the value is an array or a scalar of an array library."""
    return hasattr(value, "shape") and any(hasattr(value, way) for way in ("tolist", "numpy", "to_list"))


def on_host(value: Any) -> Any:
    """The same array in memory that this process can read, free of gradients."""
    for step in ("detach", "cpu", "numpy"):
        move = getattr(value, step, None)
        if move is None:
            continue
        try:
            value = move()
        except TypeError:  # torch.bfloat16 has no numpy twin
            value = value.float().numpy()
    return value


def size_of(array: Any) -> int:
    """How many numbers are in an array; 1 for a scalar."""
    return prod(int(length) for length in array.shape)


def scalar_of(array: Any) -> object:
    """The only number of an array of size 1, as a plain Python value."""
    plain = array.item()
    if type(plain) is not type(array):
        return plain
    return complex(plain) if hasattr(plain, "imag") and plain.imag else float(plain)  # a number longer than Python's


def list_of(array: Any) -> object:
    """The numbers of an array as nested lists."""
    here = on_host(array)
    return here.tolist() if hasattr(here, "tolist") else here.to_list()  # a series of polars


def items_of(values: Any) -> list[Any]:
    """The items of a sequence or of an array's first dimension, as plain Python values where it is an array."""
    plain: Any = list_of(values) if is_array(values) else values
    return list(plain)
