"""Workers that have no disk in common with this process: each fetches the runs that it works on."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reportgen.config import DERIVED, BuildConfig
from reportgen.errors import ExecutorError
from reportgen.executors import Workers
from reportgen.executors.workers import Item, Result, Shared
from reportgen.reading.discover import RunFolder
from reportgen.site.curves_ahead import PartWork
from reportgen.site.places import in_words, runs_mirror
from reportgen.site.run_data import RunDataWork
from reportgen.site.run_pages import RunPageWork
from reportgen.storage.mirror import Mirror
from reportgen.storage.url import StoredFile


def with_reach(config: BuildConfig, workers: Workers) -> tuple[BuildConfig, Workers]:
    """The configuration and the workers of a build, changed for workers that do not see the folders of this machine.

    Raises:
        ExecutorError: they do not, and something that they need or make is in one of those.
        StorageError: the run logs cannot be listed.
    """
    if all(workers.sees(folder) for folder in (config.folder / DERIVED, config.cache_folder, config.site_dir)):
        return config, workers
    urls = {"the runs": config.runs_url, "the cache": config.cache_url, "the site": config.site_url}
    if here := [name for name, url in urls.items() if not url]:
        raise ExecutorError(
            f"the workers do not see the folders of this machine, where {' and '.join(here)} would be",
            where=config.executor,
            remedy="Put the project on a file system that all of them have, or runs, cache and site into a bucket.",
        )
    mirror = runs_mirror(config)
    with in_words(config.runs_url):
        files = tuple(mirror.source.files())
    return replace(config, shares_disk=False), FetchingWorkers(workers, mirror, files)


@dataclass(frozen=True, slots=True)
class FetchingWorkers:
    """`Workers` that bring the run of each item to their own disk before they work on it.

    Attributes:
        workers: do the work.
        mirror: of the run logs.
        files: all of them, by name.
    """

    workers: Workers
    mirror: Mirror
    files: Sequence[StoredFile]

    def map(self, work: Callable[[Shared, Item], Result], shared: Shared, items: Sequence[Item]) -> Iterator[Result]:
        """As `Workers.map`."""
        sent = [(item, self._files_of(item)) for item in items]
        return self.workers.map(fetch_and_work, (self.mirror, work, shared), sent)

    def beside(self, work: Callable[..., Result], *given: Any) -> Callable[[], Result]:
        """As `Workers.beside`; what it is given says all that the work needs."""
        return self.workers.beside(work, *given)

    def sees(self, folder: Path) -> bool:
        """As `Workers.sees`."""
        return self.workers.sees(folder)

    def _files_of(self, item: object) -> Sequence[StoredFile]:
        place = run_folder_of(item).relative_to(self.mirror.folder).as_posix()
        # "0" is what follows "/" in the order of names.
        first, end = (bisect_left(self.files, place + sign, key=lambda file: file.name) for sign in "/0")
        return self.files[first:end]


def fetch_and_work(
    shared: tuple[Mirror, Callable[[Any, Any], Any], Any], item: tuple[Any, Sequence[StoredFile]]
) -> Any:
    """Bring a run here, and do the work."""
    mirror, work, what_work_shares = shared
    one, files = item
    mirror.bring(run_folder_of(one).relative_to(mirror.folder).as_posix(), files)
    return work(what_work_shares, one)


def run_folder_of(item: object) -> Path:
    """The folder of the run that an item of work is about."""
    match item:
        case RunFolder():
            return item.path
        case RunPageWork() | RunDataWork() | PartWork():
            return item.run.folder
    raise TypeError(f"work on something that is no run: {type(item).__name__}")
