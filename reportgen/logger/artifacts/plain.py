"""Values of artifacts as JSON: metadata, and media that lie in a folder of their own."""

from __future__ import annotations

from reportgen.logger.artifacts.surroundings import running
from reportgen.logger.media.store import MediaStore
from reportgen.logger.troubles import Troubles
from reportgen.logger.values import Cleaner


def cleaner_of(folder: str) -> Cleaner:
    """Makes plain JSON values, and puts the files of media below a folder."""
    run = running()
    return Cleaner(MediaStore(folder), Troubles(strict=False) if run is None else run.troubles)
