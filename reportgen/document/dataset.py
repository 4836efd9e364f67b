"""Data that a page loads: what to write, and where it went."""

from dataclasses import dataclass
from typing import Any

Json = None | bool | int | float | str | list[Any] | dict[str, Any]
"""A value that `site.data_files` can write. Also numpy arrays of float64, where NaN stands for a gap."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """Data for the browser: ``reportgen.put(key, payload)`` in the file ``data/<key>.<hash>.js``."""

    key: str
    payload: Any


@dataclass(frozen=True, slots=True)
class DataRef:
    """Where a written dataset is: its key, and its uri relative to the root of the data (the parent of ``data/``)."""

    key: str
    url: str
