"""The same numbers in the files of another program, written with its own library; runs in its environment."""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from benchmarks.scale.projects import PROJECT, START, metric_name, run_id, values


def write_events(run: int, folder: Path, steps: int, metrics: int) -> None:
    """One run as `tensorboardX.SummaryWriter.add_scalar` writes it: an event for each number."""
    from tensorboardX.event_file_writer import EventsWriter
    from tensorboardX.proto.event_pb2 import Event
    from tensorboardX.proto.summary_pb2 import Summary

    own = folder / run_id(run)
    own.mkdir(parents=True)
    writer = EventsWriter(str(own / "events"))
    names = [metric_name(number) for number in range(metrics)]
    for step, row in enumerate(values(run, range(steps), metrics).tolist()):
        for name, value in zip(names, row, strict=True):
            summary = Summary(value=[Summary.Value(tag=name, simple_value=value)])
            writer.write_event(Event(wall_time=START + 10 * run + step, step=step, summary=summary))
    writer.close()


def write_tensorboard(folder: Path, runs: int, steps: int, metrics: int) -> None:
    """A folder of events for each run."""
    with ProcessPoolExecutor() as pool:
        list(pool.map(partial(write_events, folder=folder, steps=steps, metrics=metrics), range(runs), chunksize=5))


def write_trackio(folder: Path, runs: int, steps: int, metrics: int) -> None:
    """All runs in one database, a bulk insert for each."""
    from trackio.sqlite_storage import SQLiteStorage

    names = [metric_name(number) for number in range(metrics)]
    for run in range(runs):
        rows = [dict(zip(names, row, strict=True)) for row in values(run, range(steps), metrics).tolist()]
        SQLiteStorage.bulk_log(PROJECT, run_id(run), rows, steps=list(range(steps)), config={"seed": run})


WRITERS = {"TensorBoard": write_tensorboard, "trackio": write_trackio}

if __name__ == "__main__":
    name, place, *numbers = sys.argv[1:]
    WRITERS[name](Path(place), *map(int, numbers))
