"""Workers of a Dask cluster: one that is started here and ends with the build, or one that runs already.

Dask does the work of a lost worker again elsewhere, and starts a new one where it watches over them. What the items
share is held by every worker, so that it survives the loss of some; if it is gone with all of them it is sent again.
"""

import logging
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import closing, contextmanager
from pathlib import Path
from secrets import token_hex
from typing import Any
from urllib.parse import urlsplit

from reportgen.errors import ExecutorError, InstallationError
from reportgen.executors.batches import batches_of, do_batch
from reportgen.executors.processes import cores
from reportgen.executors.workers import Inline, Item, Result, Shared

SCHEME = "dask://"
REACH_SECONDS = 5
"""How long a scheduler may take to answer, and a first worker to be there."""
AHEAD = 4
"""Batches for each worker that may be done before their results are taken."""
LOSSES = 2
"""How often all workers may be lost at the same piece of work."""
LOOK_SECONDS = 5
LOOKS = 12
"""A result is waited for as long as there are workers, and so many looks longer: a new one may be on its way."""
SAME = ("python", "reportgen", "distributed", "numpy", "msgspec")
"""What must be of the same version on the workers: they are sent objects of these."""


class Dask:
    """The workers of one cluster, through its client."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def map(self, work: Callable[[Shared, Item], Result], shared: Shared, items: Sequence[Item]) -> Iterator[Result]:
        """As `Workers.map`."""
        left = deque(batches_of(items, max(1, self._threads())))
        losses = 0
        while left:
            before = len(left)
            try:
                with closing(self._results(work, shared, tuple(left))) as results:
                    for done in results:
                        left.popleft()
                        yield from done
            except CancelledError as error:  # what is shared was lost with all the workers that held it
                losses = losses + 1 if len(left) == before else 1
                if losses > LOSSES:
                    raise _lost() from error

    def beside(self, work: Callable[..., Result], *given: Any) -> Callable[[], Result]:
        """As `Workers.beside`: later and here, for its workers may not have what this takes."""
        return Inline().beside(work, *given)

    def sees(self, folder: Path) -> bool:
        """As `Workers.sees`."""
        folder.mkdir(parents=True, exist_ok=True)
        sign = folder / f".{token_hex(8)}.sign"
        sign.touch()
        try:
            return all(self.client.run(_is_file, str(sign)).values())
        finally:
            sign.unlink(missing_ok=True)

    def _results(
        self, work: Callable[[Shared, Item], Result], shared: Shared, batches: Sequence[Sequence[Item]]
    ) -> Generator[list[Result], None, None]:
        most = max(1, self._threads()) * AHEAD
        everywhere = self._scattered(shared)
        waiting: deque[Any] = deque()
        for batch in batches:
            if len(waiting) >= most:
                yield self._result(waiting.popleft())
            waiting.append(self.client.submit(do_batch, work, everywhere, batch, pure=False))
        while waiting:
            yield self._result(waiting.popleft())

    def _scattered(self, shared: object) -> Any:
        try:
            return self.client.scatter(shared, broadcast=True, hash=False)
        except (OSError, RuntimeError) as error:
            raise _gone() from error

    def _result(self, future: Any) -> Any:
        from distributed import KilledWorker, wait

        alone = 0
        while alone < LOOKS:
            try:
                with self.client.as_current():
                    wait(future, timeout=LOOK_SECONDS)
                if future.status == "finished":
                    return future.result(timeout=LOOK_SECONDS * LOOKS)
            except TimeoutError:
                alone = 0 if self._threads() else alone + 1
                continue
            try:
                return future.result()  # raises what the work raised
            except KilledWorker as error:
                raise _lost() from error
        raise _gone()

    def _threads(self) -> int:
        try:
            threads: dict[str, int] = self.client.nthreads()
        except OSError as error:
            raise _gone() from error
        return sum(threads.values())


@contextmanager
def dask_workers(spec: str, jobs: int) -> Iterator[Dask]:
    """Workers of the scheduler that is named, or of a cluster of this machine that ends with the block.

    Args:
        spec: ``dask``, ``dask://host:port``, or an address as Dask writes it, such as ``tls://host:port``.
        jobs: workers of a cluster of this machine; 0 means one per core.

    Raises:
        InstallationError: the package is missing.
        ExecutorError: the scheduler does not answer, or its workers have other versions.
    """
    try:
        from distributed import Client, LocalCluster
    except ModuleNotFoundError as error:
        what = f"the package {error.name} is not installed"
        raise InstallationError(what, where=f"executor {spec}", remedy="pip install 'reportgen[dask]'") from error
    with _quiet():
        if spec == "dask":
            with (
                LocalCluster(
                    n_workers=jobs or cores(),
                    threads_per_worker=1,
                    processes=True,
                    dashboard_address="127.0.0.1:0",
                    scheduler_kwargs={"dashboard": False},
                    memory_limit=0,
                    silence_logs=logging.CRITICAL,
                ) as cluster,
                Client(cluster) as client,
            ):
                yield Dask(client)
            return
        address = _address(spec)
        with closing(_reached(Client, address)) as client:
            _check_versions(client, address)
            yield Dask(client)


@contextmanager
def _quiet() -> Iterator[None]:
    """What Dask logs when a connection ends or a worker is lost is nothing that a person has to do something about."""
    known = logging.getLogger().manager.loggerDict.items()
    loggers = [one for name, one in known if name.startswith("distributed") and isinstance(one, logging.Logger)]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _address(spec: str) -> str:
    """The address as Dask writes it."""
    address = f"tcp://{spec.removeprefix(SCHEME)}" if spec.startswith(SCHEME) else spec
    try:
        parts = urlsplit(address)
        complete = bool(parts.hostname and parts.port)
    except ValueError:  # the port is no number
        complete = False
    if not complete:
        what = "the address of a Dask scheduler is a host and a port"
        raise ExecutorError(
            what, where=spec, remedy="Write it as dask://HOST:PORT, for instance dask://127.0.0.1:8786."
        )
    return address


def _reached(client: Callable[..., Any], address: str) -> Any:
    remedy = "Start one with `dask scheduler` and `dask worker ADDRESS`, or use --executor dask."
    try:
        reached = client(address, timeout=REACH_SECONDS, set_as_default=False)
    except OSError as error:
        raise ExecutorError("no Dask scheduler answers there", where=address, remedy=remedy) from error
    try:
        reached.wait_for_workers(1, timeout=REACH_SECONDS)
    except TimeoutError as error:
        reached.close()
        raise ExecutorError("this Dask scheduler has no workers", where=address, remedy=remedy) from error
    return reached


def _check_versions(client: Any, address: str) -> None:
    found = client.get_versions(packages=list(SAME[1:]))
    ours = _versions(found["client"])
    for worker, theirs in ((name, _versions(info)) for name, info in sorted(found["workers"].items())):
        for name in SAME:
            if theirs[name] != ours[name]:
                has = f"{name} {theirs[name]}" if theirs[name] else f"no {name}"
                what = f"the worker {worker} has {has}; here it is {ours[name] or 'not installed'}"
                remedy = "Install the same packages where the workers are, for instance from the same lock file."
                raise ExecutorError(what, where=address, remedy=remedy)


def _versions(info: dict[str, Any]) -> dict[str, str | None]:
    """The versions of one place; of Python the part that decides whether objects can be exchanged."""
    packages = info["packages"]
    return {name: packages.get(name) for name in SAME} | {"python": ".".join(packages["python"].split(".")[:2])}


def _lost() -> ExecutorError:
    return ExecutorError(
        "the workers that took a piece of the work were lost, one after the other",
        where="Dask",
        remedy="Their logs say why. Most often they need more memory: see --memory-limit of `dask worker`.",
    )


def _gone() -> ExecutorError:
    return ExecutorError(
        "the scheduler or all of its workers are gone",
        where="Dask",
        remedy="Start them again and repeat the build: what was done is kept.",
    )


def _is_file(path: str) -> bool:
    return Path(path).is_file()
