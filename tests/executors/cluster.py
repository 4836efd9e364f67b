"""A real Dask scheduler with real worker processes on the loopback address."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

HIDES = 'mount -t tmpfs none "$0" && exec "$@"'
"""In a namespace of its own a process has an empty folder in the place of another, as on another machine."""
ROOT = Path(__file__).parents[2]
LOCAL = ("--host", "127.0.0.1")


class Cluster:
    """A scheduler and its workers.

    Attributes:
        address: ``127.0.0.1:port``.
    """

    def __init__(self, folder: str, hidden: Path | None) -> None:
        self.folder = folder
        self.apart = () if hidden is None else ("unshare", "-m", "sh", "-c", HIDES, str(hidden))
        self.started: list[subprocess.Popen[str]] = []
        scheduler = self._start("scheduler", *LOCAL, "--port", "0", "--no-dashboard")
        self.address = self._read(scheduler, r"Scheduler at:\s+tcp://(\S+)")

    def add_worker(self, *paths: Path) -> subprocess.Popen[str]:
        """Start a worker that looks for packages in these folders first; nobody starts another when it dies."""
        quiet = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", self.folder)
        worker = self._start("worker", f"tcp://{self.address}", *LOCAL, *quiet, paths=paths)
        self._read(worker, r"Registered to:")
        return worker

    def stop(self) -> None:
        for process in reversed(self.started):
            process.kill()
            process.wait()

    def _start(self, *arguments: str, paths: tuple[Path, ...] = ()) -> subprocess.Popen[str]:
        found = os.pathsep.join(str(path) for path in (*paths, ROOT))
        environment = os.environ | {"PYTHONPATH": found, "PYTHONUNBUFFERED": "1"}
        log = Path(self.folder, f"{len(self.started)}.log")
        with log.open("w") as file:
            process = subprocess.Popen(
                [*self.apart, sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]],
                cwd=ROOT,
                env=environment,
                stdout=file,
                stderr=subprocess.STDOUT,
                text=True,
            )
        self.started.append(process)
        return process

    def _read(self, process: subprocess.Popen[str], pattern: str) -> str:
        log = Path(self.folder, f"{self.started.index(process)}.log")
        while True:
            ended = process.poll() is not None
            found = re.search(pattern, log.read_text())
            if found:
                return found.group(1) if found.groups() else found.group()
            assert not ended, log.read_text()
            try:
                process.wait(0.05)
            except subprocess.TimeoutExpired:
                continue


def can_hide() -> bool:
    """Whether this machine lets processes have folders of their own, which needs Linux and its administrator."""
    return subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False).returncode == 0


@contextmanager
def cluster(workers: int = 2, *, hidden: Path | None = None) -> Iterator[Cluster]:
    """A cluster; its processes do not see what is in the folder ``hidden``."""
    with TemporaryDirectory() as folder:
        one = Cluster(folder, hidden)
        try:
            for _ in range(workers):
                one.add_worker()
            yield one
        finally:
            one.stop()
