"""The executor that somebody asked for."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from reportgen.errors import UsageError
from reportgen.executors.processes import Processes, cores
from reportgen.executors.workers import Inline, Workers

DASK = ("dask://", "tcp://", "tls://", "ucx://", "ws://", "wss://")
"""What addresses of a Dask scheduler begin with."""


@contextmanager
def open_workers(spec: str = "", jobs: int = 0) -> Iterator[Workers]:
    """Workers for as long as they are needed.

    Args:
        spec: empty for processes of this machine, ``dask`` for a Dask cluster of this machine, or the address of a
            Dask scheduler, such as ``dask://host:8786``.
        jobs: how many work at the same time; 0 means one per core. A scheduler that runs already has its own.

    Raises:
        UsageError: there is no such executor.
        InstallationError: the package that it needs is missing.
        ExecutorError: a scheduler that is named cannot be used.
    """
    if spec == "dask" or spec.startswith(DASK):
        from reportgen.executors.dask import dask_workers

        with dask_workers(spec, jobs) as workers:
            yield workers
    elif spec in ("", "processes"):
        if (jobs or cores()) == 1:
            yield Inline()
            return
        with closing(Processes(jobs)) as processes:
            yield processes
    else:
        remedy = "Leave it out for processes of this machine, or say dask or dask://HOST:PORT."
        raise UsageError("there is no such executor", where=f"executor {spec}", remedy=remedy)
