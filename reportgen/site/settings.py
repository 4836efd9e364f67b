"""The settings of MkDocs for a project folder: its own ``mkdocs.yml``, or what stands in for one."""

import io
import re
from pathlib import Path
from typing import Any

from reportgen.errors import ProjectError

NAMES = ("mkdocs.yml", "mkdocs.yaml")
NO_FILE = b'site_name: ""\ntheme: reportgen\nplugins: [reportgen]\n'
SAYS_WHERE = re.compile(r"^(docs_dir|INHERIT)\s*:", re.MULTILINE)


def mkdocs_settings(folder: Path, empty: str) -> dict[str, Any]:
    """The arguments with which MkDocs loads the configuration of a project folder.

    Args:
        folder: the project folder, absolute.
        empty: a folder without files, for projects whose only Markdown is the project's own.

    Raises:
        ProjectError: there is no such folder, or its ``mkdocs.yml`` cannot be read.
    """
    if not folder.is_dir():
        remedy = "Give the folder that has runs/ in it; it is made by the first script that logs."
        raise ProjectError("there is no such folder", where=str(folder), remedy=remedy)
    path = next((folder / name for name in NAMES if (folder / name).exists()), None)
    if path is None:
        return {
            "config_file": io.BytesIO(NO_FILE),
            "config_file_path": str(folder / NAMES[0]),
            "docs_dir": empty,
        }
    try:
        text = path.read_text("utf-8", errors="replace")
    except OSError as error:
        raise ProjectError(f"this file cannot be read: {error.strerror}", where=str(path)) from error
    if (folder / "docs").is_dir() or SAYS_WHERE.search(text):
        return {"config_file": str(path)}
    return {"config_file": str(path), "docs_dir": empty}
