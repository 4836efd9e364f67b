"""A second reader of run logs, as plain as their format: json, line by line. It shares no code with reportgen.reading.

What it finds in a file is what docs/reference/run-log.md promises of it: every intact row, and how many lines are bad.
"""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

STREAM = re.compile(r"(run|metrics|system|console)(\..+)?\.jsonl")
WORDS = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}
DEEPEST = 64
STRING = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)


@dataclass
class Row:
    """Consecutive lines of one step: its numbers and media by key, later ones winning."""

    step: float
    time: float = math.nan
    numbers: dict[str, float] = field(default_factory=dict)
    media: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


@dataclass
class Lines:
    """The objects of a file, the numbers of the lines that are none, and whether its last line is torn."""

    objects: list[dict[str, Any]] = field(default_factory=list)
    bad: list[int] = field(default_factory=list)
    count: int = 0
    is_cut: bool = False


def lines(data: bytes) -> Lines:
    """Every line of a file."""
    found = Lines(count=data.count(b"\n"))
    for number, line in enumerate(data.split(b"\n"), 1):
        if not line.strip():
            continue
        value = _object(line)
        if value is not None:
            found.objects.append(value)
        elif number > found.count:
            found.is_cut = True
        else:
            found.bad.append(number)
    return found


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(line.decode("utf-8-sig", "surrogatepass"))
    except (ValueError, RecursionError):
        return None
    return _clean(value) if isinstance(value, dict) and _depth(line) <= DEEPEST else None


def _depth(line: bytes) -> int:
    depth = deepest = 0
    for bracket in re.findall(rb"[][{}]", STRING.sub(b"", line)):
        depth += 1 if bracket in b"[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _clean(value: Any) -> Any:
    """Halves of surrogate pairs, which no page could hold, as question marks."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_clean(item) for item in value]
    return {_clean(key): _clean(item) for key, item in value.items()} if isinstance(value, dict) else value


def rows(objects: list[dict[str, Any]], *, stepped: bool = True) -> list[Row]:
    """The rows of a stream; samples of system metrics have no steps and are counted."""
    found: list[Row] = []
    named, counted = -1.0, 0
    for value in objects:
        step = number(value.get("_step"))
        names_it = stepped and step is not None and math.isfinite(step)
        named, counted = (step, 0) if names_it else (named, counted + 1)
        if not (found and names_it and found[-1].step == step):
            found.append(Row(named + counted))
        _add(found[-1], value)
    return found


def _add(row: Row, value: dict[str, Any]) -> None:
    time = number(value.get("_timestamp"))
    if time is not None:
        row.time = time if math.isfinite(time) else math.nan
    for key, leaf in _flat({key: item for key, item in value.items() if key not in ("_step", "_timestamp")}):
        logged = WORDS.get(leaf) if isinstance(leaf, str) else number(leaf)
        media = [leaf] if is_medium(leaf) else leaf
        if logged is not None:
            row.numbers[key] = logged
        elif isinstance(media, list) and media and all(map(is_medium, media)):
            row.media[key] = media


def _flat(value: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, item in value.items():
        if isinstance(item, dict) and not is_medium(item):
            yield from ((f"{key}.{rest}", leaf) for rest, leaf in _flat(item))
        else:
            yield key, item


def is_medium(value: Any) -> bool:
    """An object that says of which kind it is."""
    return isinstance(value, dict) and isinstance(value.get("_type"), str)


def number(value: Any) -> float | None:
    """A JSON number, or truth value, as float64; None for anything else."""
    if not isinstance(value, int | float):
        return None
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf
