"""The files that a run saved, as results have them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from reportgen.errors import ResultsError


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """A saved file.

    Attributes:
        path: relative to the run's ``files/`` folder.
        size: in bytes.
    """

    path: str
    size: int
    fetch: Callable[[], bytes] = field(repr=False, compare=False)

    def read(self) -> bytes:
        """The content.

        Raises:
            ResultsError: it is not published with the site, or cannot be read.
        """
        return self.fetch()

    def download(self, folder: str | Path = ".") -> Path:
        """Write a copy to its path below a folder, and return that.

        Raises:
            ResultsError: it cannot be read, or its path leads out of the folder.
        """
        parts = PurePosixPath(self.path).parts
        inside = bool(parts) and not any(part in ("..", "/") or "\\" in part or ":" in part for part in parts)
        target = Path(folder, *parts)
        if not inside or not target.resolve().is_relative_to(Path(folder).resolve()):
            raise ResultsError("this path leads out of the folder", where=self.path)
        content = self.read()
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        return target
