"""Previews of all curves of a metric as one dataset, column by column: nothing is said once for each run."""

import base64
import struct
from collections.abc import Sequence
from typing import Any

import numpy as np

from reportgen.frames import Preview

_HEAD = struct.Struct("<IQ4d")


def packed(number: int, preview: Preview) -> bytes:
    """The share of a run, which has a number in its project."""
    *head, levels = preview
    return _HEAD.pack(number, *head) + levels


def joined(metric: str, shares: Sequence[bytes]) -> dict[str, Any]:
    """The ``PreviewPart`` of types.ts, from the shares of its runs."""
    heads = np.array([_HEAD.unpack_from(share) for share in shares], dtype=np.float64).T
    names = ("runs", "rows", "first", "last", "low", "high")
    levels = b"".join(share[_HEAD.size :] for share in shares)
    columns = dict(zip(names, heads, strict=True))
    return {"metric": metric, **columns, "levels": base64.b64encode(levels).decode("ascii")}
