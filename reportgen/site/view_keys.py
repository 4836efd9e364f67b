"""The keys of a view's file and how the value of each is read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from reportgen.frames.groups import BANDS, CENTERS
from reportgen.site.view_panels import panels_of
from reportgen.site.yaml_values import flag_of, number_of, text_of, texts_of

X_AXES = ("step", "relative", "wall")
METRIC = "metric:"
"""Before the name of a metric that is the x axis."""
SMOOTHINGS = ("ema", "gaussian", "mean")
Say = Callable[[str, int], None]
"""Takes what is wrong in a value that fits as a whole, with its line."""
Reader = Callable[[yaml.Node], Any]
"""Gives None for a node whose value does not fit."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a view's file: how its value is read, and in words what fits."""

    read: Reader
    what: str
    parts: Callable[[yaml.Node, Say], Any] | None = None
    """Instead of `read`, for a value of which parts can be wrong."""

    def value(self, node: yaml.Node, say: Say) -> Any:
        """The value of a node; None when it does not fit."""
        return self.parts(node, say) if self.parts else self.read(node)


def _smooth(node: yaml.Node) -> float | None:
    value = number_of(node)
    return value if value is not None and 0 <= value <= 0.99 else None  # noqa: PLR2004 (as in state.ts)


def _zoom(node: yaml.Node) -> list[float] | None:
    parts = node.value if isinstance(node, yaml.SequenceNode) else []
    ends = [end for end in map(number_of, parts) if end is not None]
    return ends if len(parts) == len(ends) == 2 and ends[0] < ends[1] else None  # noqa: PLR2004 (from and to)


def _zooms(node: yaml.Node) -> dict[str, list[float]] | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    zooms = {text_of(name): _zoom(ends) for name, ends in node.value}
    found = {name: zoom for name, zoom in zooms.items() if name and zoom}
    return found if len(found) == len(zooms) else None


def _runs(node: yaml.Node) -> str | dict[str, list[str]] | None:
    if not isinstance(node, yaml.MappingNode):
        return _one_of("all", "none")(node)
    if len(node.value) != 1:
        return None
    kind, ids = text_of(node.value[0][0]), texts_of(node.value[0][1])
    return {kind: ids} if kind in ("only", "but") and ids is not None else None


def _x(node: yaml.Node) -> str | None:
    text = text_of(node) or ""
    return text if text in X_AXES or text.removeprefix(METRIC) not in ("", text) else None


def _columns(node: yaml.Node) -> str | list[str] | None:
    return text_of(node) if isinstance(node, yaml.ScalarNode) else texts_of(node)


def _one_of(*words: str) -> Callable[[yaml.Node], str | None]:
    return lambda node: str(node.value) if text_of(node) in words else None


TEXT = Key(text_of, "text")
FLAG = Key(flag_of, "true or false")
HEAD: Mapping[str, Key] = {"title": TEXT, "description": TEXT, "project": TEXT, "default": FLAG}
STATE: Mapping[str, Key] = {
    "x": Key(_x, "step, relative, wall or metric:<name>"),
    "smooth": Key(_smooth, "a number from 0 to 0.99"),
    "smoothBy": Key(_one_of(*SMOOTHINGS), f"one of {', '.join(SMOOTHINGS)}"),
    "logX": FLAG,
    "logY": FLAG,
    "ignoreOutliers": FLAG,
    "zoom": Key(_zoom, "two numbers, the lesser first, such as [10, 50]"),
    "zooms": Key(_zooms, "two such numbers for each metric that is an x axis, such as {epoch: [2, 5]}"),
    "zoomAlone": FLAG,
    "metrics": TEXT,
    "filter": TEXT,
    "sort": TEXT,
    "column": TEXT,
    "colorBy": TEXT,
    "groupBy": Key(_columns, "a column or a list of them"),
    "center": Key(_one_of(*CENTERS), " or ".join(CENTERS)),
    "band": Key(_one_of(*BANDS), f"one of {', '.join(BANDS)}"),
    "folded": Key(texts_of, "a list of sections"),
    "runs": Key(_runs, "all, none, or ids of runs under `only:` or `but:`"),
    "list": FLAG,
    "sections": Key(texts_of, "a list of sections"),
    "panels": Key(text_of, "a list of panels", panels_of),
    "removed": Key(texts_of, "a list of panels"),
}
KEYS = {**HEAD, **STATE}
