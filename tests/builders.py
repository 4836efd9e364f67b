"""Builds run folders for tests, with fixed ids and times, in the words of the domain.

``run("a").config(lr=0.1).metric("loss", [3, 2, 1]).finished().write(folder)`` writes ``folder/runs/digits/a``. Steps
count from 0 and second n of the run is step n. `load` and `project_model` read such folders through the real reader.
"""

import json
import re
import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np

from reportgen import schema
from reportgen.config import BuildConfig
from reportgen.model import Project, Workspace
from reportgen.reading import load_workspace

START = 1763868000.0
"""When every run starts, unless `RunBuilder.at` says otherwise."""
NOW = START + 3600.0
"""When `load` looks: long after everything but a run that is `RunBuilder.running`."""


def png(width: int = 2, height: int = 2, red: int = 200) -> bytes:
    """A valid PNG of one colour."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    pixels = (b"\0" + bytes([red, 80, 120]) * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")


def encoded(value: Any) -> Any:
    """The value as a run log writes it: NaN and infinities as strings."""
    if isinstance(value, float) and value != value:  # noqa: PLR0124  (that is what NaN is)
        return schema.NAN
    if value in (float("inf"), float("-inf")):
        return schema.INFINITY if value > 0 else schema.NEGATIVE_INFINITY
    return value


@dataclass
class WriterLog:
    """What one writer of a run logs: its name in its files' names, its start record and its streams."""

    name: str
    start: float
    fields: dict[str, Any] = field(default_factory=dict)
    records: list[dict[str, Any]] = field(default_factory=list)
    end: dict[str, Any] | None = None
    rows: dict[float, dict[str, Any]] = field(default_factory=dict)
    samples: list[dict[str, Any]] = field(default_factory=list)
    chunks: list[dict[str, Any]] = field(default_factory=list)


class RunBuilder:
    """A run being described. Every method returns the builder; `write` puts it on disk.

    `attempt`, `rank` and `label` begin a further writer, which all that follows is about.
    """

    def __init__(self, run_id: str, project: str) -> None:
        self.id, self.project = run_id, project
        self.writer = WriterLog("", START)
        self.writers = [self.writer]
        self.blobs: dict[str, bytes] = {}
        self.raw: dict[str, bytes] = {}

    def attempt(self, number: int, *, seconds: float | None = None, **fields: Any) -> Self:
        """The run is resumed, so many seconds after `START`: ``starting_step=3``, ``rewind={"step": 2}``."""
        ranked = self.writer.name.partition(".")[0] if self.writer.name.startswith("rank") else ""
        name = f"{ranked}.{number}" if ranked else str(number)
        kept = {
            key: self.writer.fields[key] for key in ("rank", "world_size", "local_rank") if key in self.writer.fields
        }
        return self._further(
            name, 200.0 * (number - 1) if seconds is None else seconds, kept | {"attempt": number} | fields
        )

    def rank(self, number: int, **fields: Any) -> Self:
        """A process of a distributed job. Rank 0 writes the first files."""
        if number == 0:
            self.writer.fields |= {"rank": 0} | fields
            return self
        return self._further(f"rank{number}", 0.0, {"rank": number} | fields)

    def label(self, label: str, **fields: Any) -> Self:
        """A process that shares the run without being a rank."""
        return self._further(re.sub("[^A-Za-z0-9_-]+", "-", label), 0.0, {"label": label} | fields)

    def _further(self, name: str, seconds: float, fields: dict[str, Any]) -> Self:
        self.writer = WriterLog(name, START + seconds, fields)
        self.writers.append(self.writer)
        return self

    def fork(self, parent: str, step: float) -> Self:
        """The run begins as a copy of another up to a step."""
        return self.environment(fork={"run": parent, "step": step})

    def preempting(self) -> Self:
        return self.record(type="update", preempting=True, time=self.writer.start + 50)

    def alert(self, title: str, text: str = "", level: str = "INFO", *, seconds: float = 10.0) -> Self:
        return self.record(type="alert", time=self.writer.start + seconds, title=title, text=text, level=level)

    def artifact(self, name: str, *, action: str = "log", **fields: Any) -> Self:
        described = {"artifact_type": "model", "version": "v0", "digest": "0" * 64, "size": 3, "aliases": ["latest"]}
        return self.record(type="artifact", action=action, time=self.writer.start, name=name, **(described | fields))

    def at(self, seconds: float) -> Self:
        """Start so many seconds after `START`. Call it first."""
        self.writer.start = START + seconds
        return self

    def config(self, values: dict[str, Any] | None = None, **more: Any) -> Self:
        return self.record(type="config", config={**(values or {}), **more})

    def summary(self, values: dict[str, Any] | None = None, **more: Any) -> Self:
        return self.record(type="summary", summary={**(values or {}), **more})

    def name(self, text: str) -> Self:
        return self.record(type="update", name=text)

    def tag(self, *tags: str) -> Self:
        return self.record(type="update", tags=list(tags))

    def notes(self, text: str) -> Self:
        return self.record(type="update", notes=text)

    def group(self, group: str, job_type: str = "") -> Self:
        return self.record(type="update", group=group, job_type=job_type)

    def define(self, name: str, **fields: Any) -> Self:
        return self.record(type="metric", name=name, **fields)

    def environment(self, **fields: Any) -> Self:
        """More fields of the start record: ``command=[...]``, ``host=...``, ``git={...}``."""
        self.writer.fields.update(fields)
        return self

    def record(self, **fields: Any) -> Self:
        """Any record of run.jsonl."""
        self.writer.records.append(fields)
        return self

    def metric(self, key: str, values: Any, *, steps: Any = None) -> Self:
        """One value per step; metrics of equal steps share a row. For steps that go back, use `line`."""
        for step, value in zip(range(len(values)) if steps is None else steps, values, strict=True):
            self.value(key, encoded(value), step=step)
        return self

    def value(self, key: str, value: Any, *, step: float = 0) -> Self:
        row = self.writer.rows.setdefault(step, {"_step": step, "_timestamp": self.writer.start + step})
        row[key] = value
        return self

    def image(self, key: str, *, step: int = 0, caption: str = "", data: bytes | None = None) -> Self:
        path = f"{schema.MEDIA_FOLDER}/{key.replace('/', '_')}-{step}.png"
        value = {"_type": schema.IMAGE, "path": path, "caption": caption, "width": 2, "height": 2, "format": "png"}
        return self.file(path, data or png()).value(key, value, step=step)

    def histogram(self, key: str, bins: list[float], counts: list[float], *, step: int = 0) -> Self:
        return self.value(key, {"_type": schema.HISTOGRAM, "bins": bins, "values": counts}, step=step)

    def table(self, key: str, columns: list[str], data: list[list[Any]], *, step: int = 0) -> Self:
        path = f"{schema.MEDIA_FOLDER}/{key.replace('/', '_')}-{step}.table.json"
        self.file(path, json.dumps({"columns": columns, "data": data}).encode())
        value = {"_type": schema.TABLE, "path": path, "ncols": len(columns), "nrows": len(data)}
        return self.value(key, value, step=step)

    def file(self, path: str, data: bytes) -> Self:
        """A file below the run folder, such as ``files/model.pt``."""
        self.blobs[path] = data
        return self

    def console(self, text: str, *, stream: str = "stdout", seconds: float = 0.0) -> Self:
        self.writer.chunks.append({"time": self.writer.start + seconds, "stream": stream, "text": text})
        return self

    def system(self, key: str, values: Any) -> Self:
        """One sample each 10 s; metrics of equal samples share a line."""
        for number, value in enumerate(values):
            if number == len(self.writer.samples):
                self.writer.samples.append({"_timestamp": self.writer.start + 10.0 * number})
            self.writer.samples[number][key] = encoded(value)
        return self

    def line(self, stream: str, raw: bytes) -> Self:
        """Raw bytes at the end of a stream's file, the newline (or its absence) included."""
        name = f"{stream}.jsonl"
        self.raw[name] = self.raw.get(name, b"") + raw
        return self

    def finished(self, *, seconds: float = 100.0) -> Self:
        return self.failed(0, seconds=seconds)

    def failed(self, exit_code: int = 1, *, seconds: float = 100.0) -> Self:
        self.writer.end = {"type": "finish", "time": self.writer.start + seconds, "exit_code": exit_code}
        return self

    def crashed(self) -> Self:
        self.writer.end = None
        return self

    def running(self) -> Self:
        """Alive for those who look at `NOW`."""
        self.writer.end = None
        self.writer.samples.append({"_timestamp": NOW - 1.0, "cpu": 50.0})
        return self

    def write(self, folder: Path) -> Path:
        """Write the run below the project folder ``folder`` and return the run folder."""
        target = folder / schema.DEFAULT_FOLDER / self.project / self.id
        blobs = dict(self.blobs)
        for writer in self.writers:
            for stream, lines in self._streams(writer).items():
                name = f"{stream}.{writer.name}.jsonl" if writer.name else f"{stream}.jsonl"
                if lines:
                    blobs[name] = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
        for name, data in self.raw.items():
            blobs[name] = blobs.get(name, b"") + data
        for path, data in blobs.items():
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            (target / path).write_bytes(data)
        return target

    def _streams(self, writer: WriterLog) -> dict[str, list[dict[str, Any]]]:
        start = {"type": "start", "version": 1, "id": self.id, "project": self.project, "time": writer.start}
        records = [start | writer.fields, *writer.records, *([writer.end] if writer.end else [])]
        rows = list(writer.rows.values())
        return {"run": records, "metrics": rows, "system": writer.samples, "console": writer.chunks}


def run(run_id: str, *, project: str = "digits") -> RunBuilder:
    """Begin to describe a run."""
    return RunBuilder(run_id, project)


def build_config(folder: Path, *, now: float = NOW) -> BuildConfig:
    """A configuration for a project folder, looking at a fixed time, reading in this process."""
    return BuildConfig(folder=folder, site_dir=folder / "site", now=now, jobs=1)


def load(folder: Path, *, now: float = NOW) -> Workspace:
    """The workspace of a project folder, through the real reader."""
    return load_workspace(build_config(folder, now=now))


def project_model(folder: Path, *runs: RunBuilder) -> Project:
    """Write the runs, which share a project, below ``folder`` and read that project."""
    for described in runs:
        described.write(folder)
    return next(project for project in load(folder).projects if project.name == runs[0].project)


def comparable(value: Any) -> Any:
    """A model value as nested tuples that compare equal when everything in them is equal, NaN to NaN included."""
    if is_dataclass(value) and not isinstance(value, type):
        return tuple((field.name, comparable(getattr(value, field.name))) for field in fields(value))
    if isinstance(value, np.ndarray):
        return comparable(value.tolist())
    if isinstance(value, Mapping):
        return tuple((key, comparable(item)) for key, item in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return tuple(comparable(item) for item in value)
    return repr(value)
