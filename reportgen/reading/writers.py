"""The writers of a run: its first process, later attempts that go on with it, and others that log at the same time.

All write the same streams (``metrics.jsonl``, ``metrics.2.jsonl``, ``metrics.rank1.jsonl``). A writer that began after
the last sign of life of those before it is a later attempt, and its rows follow theirs in the same series. One that
wrote at the same time has series of its own, ``<metric>@<writer>``: several ranks in one series would be a zigzag.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from reportgen.model import Numbers, Series
from reportgen.reading.console import ConsoleText
from reportgen.reading.discover import StreamFile
from reportgen.reading.records import number
from reportgen.reading.rows import Rows
from reportgen.reading.stream import Content, Records


@dataclass(frozen=True, slots=True, eq=False)
class Writer:
    """What one writer logged.

    Attributes:
        name: as in the names of its files; empty for the first.
        where: its metrics file as a `Problem` names it.
        records: of its run stream; None without one.
        first: its first sign of life in seconds since the epoch; NaN if it has no time at all.
        last: its last sign of life.
        suffix: what its metrics are called by beyond their names.
    """

    name: str
    where: str = ""
    records: tuple[dict[str, Any], ...] | None = None
    metrics: Rows = field(default_factory=Rows)
    system: Rows = field(default_factory=Rows)
    console: ConsoleText = field(default_factory=ConsoleText)
    first: float = math.nan
    last: float = math.nan
    suffix: str = ""


def writers_of(contents: Iterable[tuple[StreamFile, Content]]) -> tuple[Writer, ...]:
    """The writers of a run, the first one first and then in the order in which they began."""
    by_name: dict[str, dict[str, Any]] = {}
    for file, content in contents:
        fields = by_name.setdefault(file.writer, {})
        if isinstance(content, Records):
            fields["records"] = content.records
        else:
            fields[file.stream] = content
        if file.stream == "metrics":
            fields["where"] = file.where
    writers = [_timed(Writer(name, **fields)) for name, fields in by_name.items()]
    writers.sort(key=lambda writer: (bool(writer.name), math.isnan(writer.first), writer.first, writer.name))
    return tuple(_suffixed(writers))


def _timed(writer: Writer) -> Writer:
    recorded = np.array([number(record.get("time")) for record in writer.records or ()])
    printed = np.array([chunk.time for chunk in writer.console.chunks])
    columns = (recorded, printed, writer.metrics.times, writer.system.times)
    first = min((float(np.fmin.reduce(times)) for times in columns if len(times)), key=_missing_last, default=math.nan)
    last = max((float(np.fmax.reduce(times)) for times in columns if len(times)), key=_missing_first, default=math.nan)
    return replace(writer, first=first, last=last)


def _missing_last(time: float) -> float:
    return math.inf if math.isnan(time) else time


def _missing_first(time: float) -> float:
    return -math.inf if math.isnan(time) else time


def _suffixed(writers: Iterable[Writer]) -> Iterator[Writer]:
    last = math.nan
    for writer in writers:
        follows = not writer.name or writer.first > last  # nothing follows a writer without times
        if follows:
            last = float(np.fmax(last, writer.last))
        yield writer if follows else replace(writer, suffix=f"@{writer.name}")


def metric_series(writers: Iterable[Writer]) -> dict[str, Series]:
    """The metrics of all writers by name."""
    parts: dict[str, list[tuple[Numbers, Numbers, Numbers]]] = {}
    for writer in writers:
        _collect(writer.metrics, writer.suffix, parts)
    return _joined(parts)


def system_series(writers: Iterable[Writer]) -> dict[str, Series]:
    """The system metrics of all writers by name; samples of later attempts count on."""
    parts: dict[str, list[tuple[Numbers, Numbers, Numbers]]] = {}
    samples: dict[str, int] = {}
    for writer in writers:
        before = samples.get(writer.suffix, 0)
        _collect(writer.system, writer.suffix, parts, before)
        samples[writer.suffix] = before + len(writer.system)
    return _joined(parts)


def _collect(
    rows: Rows, suffix: str, parts: dict[str, list[tuple[Numbers, Numbers, Numbers]]], before: int = 0
) -> None:
    steps = rows.steps + before if before else rows.steps
    for key, column in rows.columns.items():
        at: Any = slice(None) if column.rows is None else column.rows
        parts.setdefault(key + suffix, []).append((steps[at], rows.times[at], column.values))


def _joined(parts: dict[str, list[tuple[Numbers, Numbers, Numbers]]]) -> dict[str, Series]:
    return {metric: Series(metric, *map(_column, zip(*parts[metric], strict=True))) for metric in sorted(parts)}


def _column(arrays: tuple[Numbers, ...]) -> Numbers:
    column = arrays[0].view() if len(arrays) == 1 else np.concatenate(arrays)
    column.flags.writeable = False
    return column


def last_texts(writers: Iterable[Writer]) -> dict[str, Any]:
    """The texts and lists that were the last thing logged under their key."""
    texts: dict[str, Any] = {}
    for writer in writers:
        for key in writer.metrics.columns:
            texts.pop(key + writer.suffix, None)
        for key, (row, text) in writer.metrics.texts.items():
            column = writer.metrics.columns.get(key)
            last = -1 if column is None else len(writer.metrics) - 1 if column.rows is None else int(column.rows[-1])
            if row >= last:
                texts[key + writer.suffix] = text
    return texts
