"""What a run saved, as files of the site: copied when small enough, and never as something that a browser would run."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from reportgen import schema
from reportgen.model import Run
from reportgen.site.html_view import html_view
from reportgen.site.links import Links


@dataclass(frozen=True, slots=True)
class PublishedFiles:
    """Which files of a run are in the site. ``largest`` is in bytes."""

    links: Links
    largest: int

    def holds(self, run: Run, path: str) -> bool:
        """Whether a file is copied into the site; ``path`` is relative to the run's ``files/`` folder."""
        source = contained(run.folder / schema.FILES_FOLDER, path)
        return source is not None and source.stat().st_size <= self.largest

    def copy(self, run: Run, site_dir: Path) -> int:
        """Copy a run's files into the site; give back how many bytes they have."""
        total = 0
        for path in self.paths(run):
            source, target = run.folder / schema.FILES_FOLDER / path, site_dir / self.links.run_file(run, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            copy_file(source, target)
            total += source.stat().st_size
        return total + self._write_html_views(run, site_dir)

    def _write_html_views(self, run: Run, site_dir: Path) -> int:
        """Make the pages in which the run's HTML can be looked at; give back how many bytes they have."""
        total = 0
        logged = {medium.path.removeprefix("files/") for medium in run.media if medium.kind == schema.HTML}
        for path in sorted(path for path in logged if path and self.holds(run, path)):
            page = html_view((run.folder / schema.FILES_FOLDER / path).read_bytes(), PurePosixPath(path).name)
            target = site_dir / self.links.html_view(run, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(page)
            total += len(page)
        return total

    def paths(self, run: Run) -> list[str]:
        """The files of a run that are in the site, relative to its ``files/`` folder."""
        saved = (file.path for file in run.files)
        media = (medium.path.removeprefix("files/") for medium in run.media if medium.path)
        return [path for path in sorted({*saved, *media}) if self.holds(run, path)]


def contained(folder: Path, path: str) -> Path | None:
    """The regular file at ``path`` below ``folder``; None if there is none, or if it leads out of the folder."""
    try:
        root = folder.resolve()
        found = (root / path).resolve()
        return found if found.is_relative_to(root) and found.is_file() else None
    except (OSError, ValueError, RuntimeError):
        return None


def copy_file(source: Path, target: Path) -> None:
    """Hard-link a file into the site, or copy it where that is not possible."""
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
