"""What a build is asked to do. Made from the options of ``mkdocs.yml`` or from the command line."""

import hashlib
import os
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from reportgen.storage import Folder, Storage, cached_storage, is_url, storage_of

MEGABYTE = 1_000_000
DERIVED = ".reportgen"
"""Folder of a project with what is made from the rest."""
CACHE = Path(DERIVED, "cache")
"""Where what can be made again is kept in a project folder, unless another place is named."""
HISTORIES = ("csv", "parquet")
IMAGES = ("reports", "all")


def build_time() -> float:
    """Seconds since the epoch: ``SOURCE_DATE_EPOCH`` when it is set, so that a build can be repeated to the byte."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        return float(fixed) if fixed else time.time()
    except ValueError:
        return time.time()


@dataclass(frozen=True, slots=True)
class BuildConfig:
    """Everything a build needs to know besides the run logs.

    Attributes:
        folder: the project folder, which has ``runs/`` and perhaps ``reports/``, ``views/``, ``index.md``.
        site_dir: folder where the site is made.
        site_url: where it goes from there; empty if it stays.
        site_name: title of the site; the project's name when there is one project, else the folder's.
        runs: folder with the projects, relative to ``folder``; or a URL.
        prefix: folder of the site below which all pages and data go, such as ``demo``; empty for the root.
        cache: folder for what can be made again; may be deleted at any time.
        cache_url: where that is kept between builds; empty if in that folder alone.
        now: wall time of the build in seconds since the epoch; decides which runs are still running.
        jobs: worker processes; 0 means one per core.
        executor: where they are, as `reportgen.executors.open_workers` reads it; empty for this machine.
        shares_disk: whether the workers see the folders of this machine. Others use the URLs.
        largest_file: bytes; a saved file or image that is larger is listed but not copied into the site.
        histories: form in which the exact rows of each run are published, one of `HISTORIES`; empty for not at all.
        images: which charts have a picture for readers without JavaScript, one of `IMAGES`: those of reports and the
            first of each workspace, or those of runs too; empty for none.
        budget: bytes that the site may have; 0 for what GitHub Pages allows.
    """

    folder: Path
    site_dir: Path
    site_url: str = ""
    site_name: str = ""
    runs: str = "runs"
    prefix: str = ""
    cache: Path | None = None
    cache_url: str = ""
    now: float = field(default_factory=build_time)
    jobs: int = 0
    executor: str = ""
    shares_disk: bool = True
    largest_file: int = 25 * MEGABYTE
    histories: str = ""
    images: str = ""
    budget: int = 0

    @property
    def runs_folder(self) -> Path:
        """The folder that holds the projects, or stands for the place that does."""
        if not self.runs_url:
            return self.folder / self.runs
        return self.folder / DERIVED / "runs" / hashlib.sha256(self.runs_url.encode()).hexdigest()[:16]

    @property
    def runs_url(self) -> str:
        """The place that holds the projects if that is elsewhere, else empty."""
        return self.runs.rstrip("/") if is_url(self.runs) else ""

    def where(self, path: Path) -> str:
        """A run, or something of it, as a person knows it."""
        with suppress(ValueError):
            if self.runs_url:
                return f"{self.runs_url}/{path.relative_to(self.runs_folder).as_posix()}".removesuffix("/.")
            return path.relative_to(self.folder).as_posix()
        return path.as_posix()

    @property
    def site_id(self) -> str:
        """What tells this site from others that are made of the same project, wherever the project lies."""
        place = os.path.relpath(self.site_dir, self.folder)
        return hashlib.sha256(f"{place} {self.prefix}".encode("utf-8", "surrogateescape")).hexdigest()[:16]

    @property
    def cache_folder(self) -> Path:
        """The folder for derived data, by default ``.reportgen/cache`` in the project folder."""
        return self.cache or self.folder / CACHE

    @property
    def cache_storage(self) -> Storage:
        """The cache as the workers use it."""
        if self.shares_disk or not self.cache_url:
            return Folder(self.cache_folder)
        return cached_storage(self.cache_url, self.cache_folder)

    @property
    def site_storage(self) -> Storage:
        """The site as the workers write it."""
        return Folder(self.site_dir) if self.shares_disk or not self.site_url else storage_of(self.site_url)
