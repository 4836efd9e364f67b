"""The steps and times of short curves, encoded once: the metrics of a run mostly have the same ones."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from reportgen.frames import Points, level_spans, same_axes
from reportgen.site.data_files import encode


@dataclass(slots=True)
class EncodedAxes:
    """Of the last points that were asked about."""

    _points: Points | None = None
    _columns: dict[int, dict[str, Any]] = field(default_factory=dict)
    _span: dict[str, list[float]] = field(default_factory=dict)

    def columns(self, points: Points, curve: Mapping[str, Any]) -> dict[str, Any]:
        """The columns ``step`` and ``time`` of a curve of all these points, encoded."""
        self._turn_to(points)
        bucket = curve["bucket"]
        if bucket not in self._columns:
            self._columns[bucket] = {name: orjson.Fragment(encode(curve[name])) for name in ("step", "time")}
        return self._columns[bucket]

    def span(self, points: Points) -> dict[str, list[float]]:
        """Where the points lie on each axis, if they are one tile."""
        if points.x is not None:
            return level_spans(points, 1)[0]
        self._turn_to(points)
        self._span = self._span or level_spans(points, 1)[0]
        return self._span

    def _turn_to(self, points: Points) -> None:
        if self._points is None or not same_axes(self._points, points):
            self._points, self._columns, self._span = points, {}, {}
