"""Builds run folders for tests, with fixed ids and times, in the words of the domain.

``run("a").config(lr=0.1).metric("loss", [3, 2, 1]).finished().write(folder)`` writes ``folder/runs/digits/a``. Steps
count from 0 and second n of the run is step n. `load` and `project_model` read such folders through the real reader.
"""

import json
import struct
import zlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
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


class RunBuilder:
    """A run being described. Every method returns the builder; `write` puts it on disk."""

    def __init__(self, run_id: str, project: str) -> None:
        self.id, self.project, self.start = run_id, project, START
        self.fields: dict[str, Any] = {}
        self.records: list[dict[str, Any]] = []
        self.end: dict[str, Any] | None = None
        self.rows: dict[float, dict[str, Any]] = {}
        self.samples: list[dict[str, Any]] = []
        self.chunks: list[dict[str, Any]] = []
        self.blobs: dict[str, bytes] = {}
        self.raw: dict[str, bytes] = {}

    def at(self, seconds: float) -> Self:
        """Start so many seconds after `START`. Call it first."""
        self.start = START + seconds
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
        self.fields.update(fields)
        return self

    def record(self, **fields: Any) -> Self:
        """Any record of run.jsonl."""
        self.records.append(fields)
        return self

    def metric(self, key: str, values: Any, *, steps: Any = None) -> Self:
        """One value per step; metrics of equal steps share a row. For steps that go back, use `line`."""
        for step, value in zip(range(len(values)) if steps is None else steps, values, strict=True):
            self.value(key, encoded(value), step=step)
        return self

    def value(self, key: str, value: Any, *, step: float = 0) -> Self:
        row = self.rows.setdefault(step, {"_step": step, "_timestamp": self.start + step})
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
        self.chunks.append({"time": self.start + seconds, "stream": stream, "text": text})
        return self

    def system(self, key: str, values: Any) -> Self:
        """One sample each 10 s; metrics of equal samples share a line."""
        for number, value in enumerate(values):
            if number == len(self.samples):
                self.samples.append({"_timestamp": self.start + 10.0 * number})
            self.samples[number][key] = encoded(value)
        return self

    def line(self, stream: str, raw: bytes) -> Self:
        """Raw bytes at the end of a stream's file, the newline (or its absence) included."""
        name = f"{stream}.jsonl"
        self.raw[name] = self.raw.get(name, b"") + raw
        return self

    def finished(self, *, seconds: float = 100.0) -> Self:
        return self.failed(0, seconds=seconds)

    def failed(self, exit_code: int = 1, *, seconds: float = 100.0) -> Self:
        self.end = {"type": "finish", "time": self.start + seconds, "exit_code": exit_code}
        return self

    def crashed(self) -> Self:
        self.end = None
        return self

    def running(self) -> Self:
        """Alive for those who look at `NOW`."""
        self.end = None
        self.samples.append({"_timestamp": NOW - 1.0, "cpu": 50.0})
        return self

    def write(self, folder: Path) -> Path:
        """Write the run below the project folder ``folder`` and return the run folder."""
        target = folder / schema.DEFAULT_FOLDER / self.project / self.id
        start = {"type": "start", "version": 1, "id": self.id, "project": self.project, "time": self.start}
        records = [start | self.fields, *self.records, *([self.end] if self.end else [])]
        streams = {"run": records, "metrics": list(self.rows.values()), "system": self.samples, "console": self.chunks}
        for stream, lines in streams.items():
            name = f"{stream}.jsonl"
            data = b"".join(json.dumps(line).encode() + b"\n" for line in lines) + self.raw.pop(name, b"")
            if data:
                self.blobs[name] = data
        for path, data in (self.blobs | self.raw).items():
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            (target / path).write_bytes(data)
        return target


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
    if isinstance(value, list | tuple):
        return tuple(comparable(item) for item in value)
    return repr(value)
