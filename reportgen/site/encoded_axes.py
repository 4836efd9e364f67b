"""The steps and times of short curves, encoded once: the metrics of a run mostly have the same ones."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from reportgen.frames import Points, same_axes
from reportgen.site.data_files import encode


@dataclass(slots=True)
class EncodedAxes:
    """Of the last points that were asked about."""

    _points: Points | None = None
    _columns: dict[int, dict[str, Any]] = field(default_factory=dict)

    def columns(self, points: Points, curve: Mapping[str, Any]) -> dict[str, Any]:
        """The columns ``step`` and ``time`` of a curve of all these points, encoded."""
        if self._points is None or not same_axes(self._points, points):
            self._points, self._columns = points, {}
        bucket = curve["bucket"]
        if bucket not in self._columns:
            self._columns[bucket] = {name: orjson.Fragment(encode(curve[name])) for name in ("step", "time")}
        return self._columns[bucket]
