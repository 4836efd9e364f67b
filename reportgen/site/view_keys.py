"""The keys of a view's file and how the value of each is read.

Nothing is constructed by YAML: values are taken from its nodes, so that ``007`` and ``on`` stay the text they are.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from reportgen.frames.groups import BANDS, CENTERS

TAG = "tag:yaml.org,2002:"
NULL = f"{TAG}null"
Reader = Callable[[yaml.Node], Any]
"""Gives None for a node whose value does not fit."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a view's file: how its value is read, and in words what fits."""

    read: Reader
    what: str


def text_of(node: yaml.Node) -> str | None:
    """The text of a scalar as it stands in the file; None for anything else."""
    return str(node.value) if isinstance(node, yaml.ScalarNode) else None


def _texts(node: yaml.Node) -> list[str] | None:
    parts = node.value if isinstance(node, yaml.SequenceNode) else [node]
    found = [text_of(part) for part in parts]
    return None if None in found else [text for text in found if text is not None]


def _flag(node: yaml.Node) -> bool | None:
    if node.tag != f"{TAG}bool":
        return None
    return str(node.value).casefold() in ("true", "yes", "on")


def _number(node: yaml.Node) -> float | None:
    if node.tag not in (f"{TAG}int", f"{TAG}float"):
        return None
    try:
        value = float(node.value)
    except ValueError:
        return None
    return (int(value) if value.is_integer() else value) if math.isfinite(value) else None


def _smooth(node: yaml.Node) -> float | None:
    value = _number(node)
    return value if value is not None and 0 <= value <= 0.99 else None  # noqa: PLR2004 (as in state.ts)


def _zoom(node: yaml.Node) -> list[float] | None:
    parts = node.value if isinstance(node, yaml.SequenceNode) else []
    ends = [end for end in map(_number, parts) if end is not None]
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
    kind, ids = text_of(node.value[0][0]), _texts(node.value[0][1])
    return {kind: ids} if kind in ("only", "but") and ids is not None else None


def _one_of(*words: str) -> Callable[[yaml.Node], str | None]:
    return lambda node: str(node.value) if text_of(node) in words else None


TEXT = Key(text_of, "text")
FLAG = Key(_flag, "true or false")
HEAD: Mapping[str, Key] = {"title": TEXT, "description": TEXT, "project": TEXT, "default": FLAG}
STATE: Mapping[str, Key] = {
    "x": Key(_one_of("step", "relative", "wall"), "step, relative or wall"),
    "smooth": Key(_smooth, "a number from 0 to 0.99"),
    "logX": FLAG,
    "logY": FLAG,
    "zoom": Key(_zoom, "two numbers, the lesser first, such as [10, 50]"),
    "zooms": Key(_zooms, "two such numbers for each metric that is an x axis, such as {epoch: [2, 5]}"),
    "metrics": TEXT,
    "filter": TEXT,
    "sort": TEXT,
    "column": TEXT,
    "colorBy": TEXT,
    "groupBy": TEXT,
    "center": Key(_one_of(*CENTERS), " or ".join(CENTERS)),
    "band": Key(_one_of(*BANDS), f"one of {', '.join(BANDS)}"),
    "folded": Key(_texts, "a list of sections"),
    "runs": Key(_runs, "all, none, or ids of runs under `only:` or `but:`"),
    "list": FLAG,
}
KEYS = {**HEAD, **STATE}
