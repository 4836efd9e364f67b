"""The writers of a run: its first process, later attempts that go on with it, and others that log at the same time.

All write the same streams (``metrics.jsonl``, ``metrics.2.jsonl``, ``metrics.rank1.jsonl``), and their start records
say where they stand in the run. `reading.ranks` puts them in order.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from reportgen import schema
from reportgen.reading.console import ConsoleText
from reportgen.reading.discover import StreamFile
from reportgen.reading.records import number
from reportgen.reading.rows import Rows
from reportgen.reading.stream import Content, Records

MOST = 10**9
"""Beyond this a number of an attempt or a rank is noise."""


@dataclass(frozen=True, slots=True)
class Start:
    """What a writer's start records say about its place in the run; None and "" where they say nothing.

    Attributes:
        fork: the ``fork`` as it was logged.
        rewind: the last step that the attempt keeps of what came before.
    """

    attempt: int | None = None
    starting_step: float | None = None
    rewind: float | None = None
    fork: Any = None
    rank: int | None = None
    world_size: int | None = None
    local_rank: int | None = None
    label: str = ""
    host: str = ""
    pid: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Writer:
    """What one writer logged.

    Attributes:
        name: as in the names of its files; empty for the first.
        where: its metrics file as a `Problem` names it.
        records: of its run stream; None without one.
        start: its place in the run.
        first: its first sign of life in seconds since the epoch; NaN if it has no time at all.
        last: its last sign of life.
    """

    name: str
    where: str = ""
    records: tuple[dict[str, Any], ...] | None = None
    start: Start = field(default_factory=Start)
    metrics: Rows = field(default_factory=Rows)
    system: Rows = field(default_factory=Rows)
    console: ConsoleText = field(default_factory=ConsoleText)
    first: float = math.nan
    last: float = math.nan

    @property
    def counts_on(self) -> bool:
        """Whether none of its rows names its step."""
        rows = self.metrics
        return 0 < len(rows) == rows.unnamed and rows.named_step < 0


def writers_of(contents: Iterable[tuple[StreamFile, Content]]) -> tuple[Writer, ...]:
    """The writers of a run, the first one first and then in the order in which they began."""
    by_name: dict[str, dict[str, Any]] = {}
    for file, content in contents:
        # Not by the writer's name: those of bytes that are no text are all question marks.
        fields = by_name.setdefault(file.path.name.removeprefix(file.stream), {"name": file.writer})
        if isinstance(content, Records):
            fields |= {"records": content.records, "start": start_of(content.records)}
        else:
            fields[file.stream] = content
        if file.stream == "metrics":
            fields["where"] = file.where
    writers = [_timed(Writer(**fields)) for fields in by_name.values()]
    writers.sort(key=lambda writer: (bool(writer.name), math.isnan(writer.first), writer.first, writer.name))
    return tuple(writers)


def start_of(records: Iterable[Mapping[str, Any]]) -> Start:
    """What the start records add up to, later ones winning."""
    said: dict[str, Any] = {}
    for record in records:
        if record.get("type") == schema.START:
            said |= record
    rewind = said.get("rewind")
    return Start(
        attempt=whole(said.get("attempt"), least=1),
        starting_step=step(said.get("starting_step")),
        rewind=step(rewind.get("step")) if isinstance(rewind, dict) else None,
        fork=said.get("fork"),
        rank=whole(said.get("rank")),
        world_size=whole(said.get("world_size"), least=1),
        local_rank=whole(said.get("local_rank")),
        label=said["label"] if isinstance(said.get("label"), str) else "",
        host=said["host"] if isinstance(said.get("host"), str) else "",
        pid=whole(said.get("pid"), least=1),
    )


def whole(value: Any, least: int = 0) -> int | None:
    """A logged whole number that counts something; None if it is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) and least <= value <= MOST else None


def step(value: Any) -> float | None:
    """A logged step; None if it is none."""
    found = number(value)
    return None if math.isnan(found) else found


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
