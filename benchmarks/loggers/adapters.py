"""The loggers that are measured, each behind the same four methods, and the raw write that they are held against.

A logger is imported when it is opened, because each peer lives in an environment of its own (`benchmarks.peers`).
"""

from __future__ import annotations

import json
import os
import struct
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

Metrics = Mapping[str, float]
PROBE = "train/m00"
"""A metric that every row has."""


class Logger(Protocol):
    """A logger under test: opened on an empty folder, and asked afterwards which rows can be read back."""

    def open(self, folder: Path) -> None: ...
    def log(self, step: int, metrics: Metrics) -> None: ...
    def close(self) -> None: ...
    def rows(self, folder: Path) -> int: ...


class Nothing:
    """No logger: what the loop itself costs."""

    def open(self, folder: Path) -> None: ...
    def log(self, step: int, metrics: Metrics) -> None: ...
    def close(self) -> None: ...
    def rows(self, folder: Path) -> int:
        return 0


class Raw:
    """The least that a row needs to survive SIGKILL: encode it with orjson, hand it to the system with one write."""

    def open(self, folder: Path) -> None:
        import orjson

        self._encode, self._option = orjson.dumps, orjson.OPT_APPEND_NEWLINE
        self._file = os.open(folder / "rows.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)

    def log(self, step: int, metrics: Metrics) -> None:
        row = {"_step": step, "_timestamp": time.time(), **metrics}
        os.write(self._file, self._encode(row, option=self._option))

    def close(self) -> None:
        os.close(self._file)

    def rows(self, folder: Path) -> int:
        return whole_rows(folder / "rows.jsonl")


class Reportgen:
    """As a user has it: all capture on."""

    def open(self, folder: Path) -> None:
        import reportgen

        self._run = reportgen.init(project="bench", dir=folder)

    def log(self, step: int, metrics: Metrics) -> None:  # reportgen counts the steps
        self._run.log(metrics)

    def close(self) -> None:
        self._run.finish()

    def rows(self, folder: Path) -> int:
        return sum(whole_rows(path) for path in folder.glob("bench/*/metrics.jsonl"))


class Wandb:
    """Offline, so that no network is measured."""

    def open(self, folder: Path) -> None:
        import wandb

        self._run = wandb.init(project="bench", mode="offline", dir=str(folder))

    def log(self, step: int, metrics: Metrics) -> None:
        self._run.log(dict(metrics), step=step)

    def close(self) -> None:
        self._run.finish()

    def rows(self, folder: Path) -> int:
        from wandb.proto.wandb_internal_pb2 import Record

        count = 0
        for path in folder.glob("wandb/offline-run-*/*.wandb"):
            for content in leveldb_records(path.read_bytes()):
                record = Record()
                record.ParseFromString(content)
                keys = {item.key or "/".join(item.nested_key) for item in record.history.item}
                count += PROBE in keys
        return count


class Trackio:
    """Its SQLite file is read with its own reader."""

    def open(self, folder: Path) -> None:  # TRACKIO_DIR says where
        import trackio

        trackio.init(project="bench", name="run", embed=False)
        self._trackio = trackio

    def log(self, step: int, metrics: Metrics) -> None:
        self._trackio.log(dict(metrics), step=step)

    def close(self) -> None:
        self._trackio.finish()

    def rows(self, folder: Path) -> int:  # TRACKIO_DIR says where
        from trackio.sqlite_storage import SQLiteStorage

        return sum(PROBE in row for row in SQLiteStorage.get_logs("bench", "run"))


class TensorboardX:
    """One call a metric, since it knows no rows."""

    def open(self, folder: Path) -> None:
        from tensorboardX import SummaryWriter

        self._writer = SummaryWriter(str(folder))

    def log(self, step: int, metrics: Metrics) -> None:
        for name, value in metrics.items():
            self._writer.add_scalar(name, value, step)

    def close(self) -> None:
        self._writer.close()

    def rows(self, folder: Path) -> int:
        from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

        events = EventAccumulator(str(folder), size_guidance={"scalars": 0})
        events.Reload()
        return min((len(events.Scalars(tag)) for tag in events.Tags()["scalars"]), default=0)


LOGGERS: dict[str, type[Logger]] = {
    "nothing": Nothing,
    "raw": Raw,
    "reportgen": Reportgen,
    "wandb": Wandb,
    "trackio": Trackio,
    "tensorboardX": TensorboardX,
}
MODULES = {"reportgen": "reportgen", "wandb": "wandb", "trackio": "trackio", "tensorboardX": "tensorboardX"}
"""What a user imports."""


def whole_rows(path: Path) -> int:
    """Lines that are complete JSON and carry the probe."""
    count = 0
    for line in path.read_bytes().splitlines(keepends=True):
        try:
            count += line.endswith(b"\n") and PROBE in json.loads(line)
        except ValueError:
            continue
    return count


def leveldb_records(content: bytes) -> Iterator[bytes]:
    """Records of a file in LevelDB's log format, which wandb writes behind seven bytes of its own; stops where torn."""
    block_size, header = 32768, struct.Struct("<IHB")  # checksum, length, kind
    full, first, last = 1, 2, 4
    position, parts = 7, b""
    while position + header.size <= len(content):
        room = block_size - position % block_size
        if room < header.size:  # too small for a header: padding
            position += room
            continue
        _, length, kind = header.unpack_from(content, position)
        start = position + header.size
        part = content[start : start + length]
        if len(part) < length or not full <= kind <= last:
            return
        parts = part if kind in {full, first} else parts + part
        if kind in {full, last}:
            yield parts
        position = start + length
