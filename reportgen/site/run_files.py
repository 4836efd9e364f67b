"""What a run saved, as files of the site: copied when small enough, and never as something that a browser would run."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from reportgen import schema
from reportgen.model import Run
from reportgen.site.html_view import html_view
from reportgen.site.links import Links
from reportgen.site.site_files import SiteFiles


@dataclass(frozen=True, slots=True)
class PublishedFiles:
    """Which files of a run are in the site. ``largest`` is in bytes."""

    links: Links
    largest: int

    def holds(self, run: Run, path: str) -> bool:
        """Whether a file is copied into the site; ``path`` is relative to the run's ``files/`` folder."""
        source = contained(run.folder / schema.FILES_FOLDER, path)
        return source is not None and source.stat().st_size <= self.largest

    def publish(self, run: Run, files: SiteFiles) -> None:
        """Put a run's files into the site, and the pages in which its HTML can be looked at."""
        for path in self.paths(run):
            files.place(run.folder / schema.FILES_FOLDER / path, self.links.run_file(run, path))
        logged = {medium.path.removeprefix("files/") for medium in run.media if medium.kind == schema.HTML}
        for path in sorted(path for path in logged if path and self.holds(run, path)):
            page = html_view((run.folder / schema.FILES_FOLDER / path).read_bytes(), PurePosixPath(path).name)
            files.put(self.links.html_view(run, path), page)

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
