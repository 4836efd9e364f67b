"""The run that an artifact is made in: where its contents may go at once, and who hears of troubles."""

from __future__ import annotations

import os
from functools import lru_cache

from reportgen.logger.artifacts.store import STAGING, ArtifactStore
from reportgen.logger.troubles import Guard, Troubles

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reportgen.logger.run import Run


def running() -> Run | None:
    """The current run of this process, if it is going on or disabled."""
    from reportgen.logger.session import current_run

    return current_run()


def guard(topic: str, message: str) -> Guard:
    """A ``with`` block whose errors are troubles of the latest run; before there is one they are raised."""
    from reportgen.logger import session

    run = session._latest  # noqa: SLF001 # also one that has finished, or that belongs to the parent of this process
    troubles = Troubles(strict=True) if run is None else run.troubles
    return troubles.guard(topic, message)


def store_of(folder: str, project: str) -> ArtifactStore:
    """The artifacts of the project of a run folder."""
    return _store(os.path.dirname(os.path.dirname(folder)), project)


@lru_cache(maxsize=16)
def _store(root: str, project: str) -> ArtifactStore:
    """One store for a project, which remembers the versions that it has read."""
    return ArtifactStore(root, project)


def current_store() -> ArtifactStore | None:
    """The store of the run that is going on."""
    run = running()
    return None if run is None or run.disabled else store_of(run.folder, run.project)


class Staging:
    """A folder for what an artifact is given before it is logged; deleted with the artifact.

    While a run is going on it lies in the project's store, on the same disk as the contents.
    """

    def __init__(self) -> None:
        self._folder = ""

    def path(self, name: str) -> str:
        """Where a new file may be written."""
        return os.path.join(self.folder(), os.urandom(4).hex() + os.path.splitext(name)[1])

    def folder(self) -> str:
        """The folder, made when it is first needed."""
        if not self._folder:
            from shutil import rmtree
            from tempfile import mkdtemp
            from weakref import finalize

            store = current_store()
            place = os.path.join(store.folder, STAGING) if store else None
            if place:
                os.makedirs(place, exist_ok=True)
            self._folder = mkdtemp(prefix="reportgen-", dir=place)
            finalize(self, rmtree, self._folder, ignore_errors=True)
        return self._folder
