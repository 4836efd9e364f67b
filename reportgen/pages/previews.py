"""What can be seen of a saved file without fetching it: pictures, and texts that are short."""

import hashlib
from pathlib import PurePosixPath

from reportgen import schema
from reportgen.document import Dataset, FilePreview
from reportgen.model import Run, RunFile
from reportgen.pages.context import PageContext

MOST_BYTES = 64_000
MOST_PREVIEWS = 100
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".bmp", ".svg"})
TABLES = frozenset({".csv", ".tsv"})
UNREADABLE = ("\0", "\N{REPLACEMENT CHARACTER}")
"""What text that is none has in it."""


def previews_of(run: Run, context: PageContext) -> dict[str, FilePreview]:
    """Path of a saved file -> how it is shown, for the first files that are published and can be shown."""
    found: dict[str, FilePreview] = {}
    for file in run.files:
        if len(found) == MOST_PREVIEWS:
            break
        if preview := _preview(run, file, context):
            found[file.path] = preview
    return found


def _preview(run: Run, file: RunFile, context: PageContext) -> FilePreview | None:
    path = f"{schema.FILES_FOLDER}/{file.path}"
    if path == schema.PATCH_FILE or not context.published(run, file.path):
        return None  # the patch has a tab of its own
    suffix = PurePosixPath(file.path).suffix.lower()
    if suffix in PICTURES:
        return FilePreview("image")
    text = context.read_text(run.folder, path, MOST_BYTES + 1) if 0 < file.size <= MOST_BYTES else None
    if not text or any(sign in text for sign in UNREADABLE):
        return None
    kind = "json" if suffix == ".json" else "table" if suffix in TABLES else "text"
    return FilePreview(kind, _dataset(text))


def _dataset(text: str) -> Dataset:
    """Under a key made of its content: a thousand runs of one environment have one list of packages."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return Dataset(f"previews/{digest}", {"text": text})
