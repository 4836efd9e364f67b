"""How soon another program's server has served one metric of every run, from its start and to the last step."""

from __future__ import annotations

import json
import math
import os
import socket
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from benchmarks.loggers.measurements import QUIET, ROOT
from benchmarks.scale.processes import Watched, served, used
from benchmarks.scale.projects import PROJECT, Shape, metric_name, run_id, values

ENVIRONMENTS = {"TensorBoard": "tensorboardX", "trackio": "trackio"}
"""Where each is installed, in `benchmarks.peers`."""
TRACKIO = """
import sys, trackio
trackio.show(project=sys.argv[1], open_browser=False, host="127.0.0.1", server_port=int(sys.argv[2]), block_thread=True)
"""
PATIENCE_SECONDS = 300
BATCH = 50
"""Runs in one request."""
METRIC = metric_name(0)


@dataclass(frozen=True)
class Served:
    """What it took: seconds since the server was started, megabytes of all its processes at their peak."""

    seconds: float
    memory: float


class Peer:
    """A program with the numbers of a shape in its own files."""

    def __init__(self, name: str, python: str, folder: Path) -> None:
        self.name, self.python, self.folder = name, python, folder
        places = {"PYTHONPATH": str(ROOT), "HOME": str(folder), "TRACKIO_DIR": str(folder / "data")}
        self.environment = os.environ | QUIET | places
        folder.mkdir()

    def write(self, shape: Shape) -> None:
        """Make its files."""
        numbers = [str(shape.runs), str(shape.steps), str(shape.metrics)]
        command = [self.python, "-m", "benchmarks.scale.peer_files", self.name, str(self.folder / "data"), *numbers]
        done = used(command, self.folder, self.environment)
        if done.code:
            raise RuntimeError(f"{self.name}: {done.output}")

    def show(self, shape: Shape) -> Served:
        """Start its server and fetch the metric of every run."""
        port = free_port()
        commands = {
            "TensorBoard": [
                *("-m", "tensorboard.main", "--load_fast=true", "--host", "127.0.0.1"),
                *("--logdir", str(self.folder / "data"), "--port", str(port)),
            ],
            "trackio": ["-c", TRACKIO, PROJECT, str(port)],
        }
        with served([self.python, *commands[self.name]], self.folder, self.environment) as server:
            FETCHES[self.name](server, f"http://127.0.0.1:{port}", shape)
            return Served(server.elapsed, server.memory)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def get(url: str, body: bytes | None = None, kind: str = "application/json") -> Any:
    """Ask the server; what it says as JSON."""
    request = urllib.request.Request(url, body, {"Content-Type": kind} if body else {})  # noqa: S310 - loopback
    with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as reply:  # noqa: S310
        return json.load(reply)


def until_up(server: Watched, url: str) -> None:
    """Wait until the server answers anything."""
    while True:
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 - loopback
        except urllib.error.HTTPError:
            return
        except OSError:
            check_patience(server)
            time.sleep(0.02)
        else:
            return


def check_patience(server: Watched) -> None:
    """End the wait for a server that has ended or takes for ever."""
    if server.ended:
        raise RuntimeError(f"the server has ended: {server.printed().strip().rpartition(chr(10))[2]}")
    if server.elapsed > PATIENCE_SECONDS:
        raise TimeoutError(f"not every curve was served within {PATIENCE_SECONDS} seconds")


def is_whole(shape: Shape, run: str, step: float, value: float) -> bool:
    """Whether a curve of `METRIC` ends where the run does, as exact as single floats are."""
    number = int(run.removeprefix("run"))
    last = values(number, range(shape.steps - 1, shape.steps), shape.metrics)[0, 0]
    return step == shape.steps - 1 and math.isclose(value, last, rel_tol=1e-5)


def fetch_tensorboard(server: Watched, url: str, shape: Shape) -> None:
    """It serves what it has read so far, so runs are asked for until their curves are whole."""
    until_up(server, f"{url}/data/environment")
    missing = {run_id(run) for run in range(shape.runs)}
    while missing:
        tags = get(f"{url}/data/plugin/scalars/tags")
        ready = sorted(run for run in missing if METRIC in tags.get(run, {}))
        for first in range(0, len(ready), BATCH):
            form = urllib.parse.urlencode([("tag", METRIC), *(("runs", run) for run in ready[first : first + BATCH])])
            found = get(
                f"{url}/data/plugin/scalars/scalars_multirun", form.encode(), "application/x-www-form-urlencoded"
            )
            missing -= {
                run for run, curve in found.items() if curve and is_whole(shape, run, curve[-1][1], curve[-1][2])
            }
        if missing:
            check_patience(server)
            time.sleep(max(0.05, server.elapsed / 20))  # asking costs the server


def fetch_trackio(server: Watched, url: str, shape: Shape) -> None:
    """It reads a run when that is asked for, all metrics of it."""
    until_up(server, f"{url}/version")
    runs = unpacked(get(f"{url}/api/get_runs_for_project", json.dumps({"project": PROJECT}).encode()))
    asked = [{"run": run["name"], "run_id": run["id"]} for run in runs]
    whole = set()
    for first in range(0, len(asked), BATCH):
        body = {"project": PROJECT, "runs": asked[first : first + BATCH]}
        for each in unpacked(get(f"{url}/api/get_logs_batch", json.dumps(body).encode())):
            last = each["logs"][-1]
            if is_whole(shape, each["run"], last["step"], last[METRIC]):
                whole.add(each["run"])
    if len(whole) != shape.runs:
        raise RuntimeError(f"trackio served {len(whole)} of {shape.runs} runs")


def unpacked(reply: Any) -> Any:
    """What stands in the envelope."""
    return reply["data"] if isinstance(reply, dict) else reply


FETCHES: Mapping[str, Callable[[Watched, str, Shape], None]] = MappingProxyType(
    {"TensorBoard": fetch_tensorboard, "trackio": fetch_trackio}
)
