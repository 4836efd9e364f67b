"""The source files of a run as an artifact: what is code below a folder, and what is better left out."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator

from reportgen.logger.artifacts.artifact import Artifact
from reportgen.logger.artifacts.names import version_number
from reportgen.logger.recorder import Recorder
from reportgen.logger.redact.names import is_secret_name
from reportgen.logger.settings import safe_name

CODE = "code"
OTHER_FOLDERS = frozenset({"node_modules", "__pycache__", "site-packages", "wandb", "build", "dist", "env", "venv"})
"""Folders that hold what was installed, built or logged."""
ENVIRONMENT_MARK = "pyvenv.cfg"
MOST_FILES = 10_000
Chooses = Callable[..., bool]
"""Takes a path, or a path and the root."""


def code_artifact(
    run: Recorder, root: str, name: str | None, include: Chooses | None, exclude: Chooses | None
) -> Artifact | None:
    """A draft with the source files below a folder; None without any."""
    artifact = Artifact(name or default_name(run.project), CODE)
    top = os.path.abspath(root)
    for path in source_files(top, os.path.dirname(os.path.dirname(run.folder)), include, exclude):
        artifact.add_file(path, os.path.relpath(path, top))
        if artifact.file_count >= MOST_FILES:
            run.troubles.tell("log_code:most", f"log_code: more than {MOST_FILES} files; the rest is left out")
            break
    return artifact if artifact.file_count else None


def default_name(project: str) -> str:
    """``source-digits-train.py``."""
    script = getattr(sys.modules.get("__main__"), "__file__", None)
    program = os.path.relpath(script) if script else "notebook"
    return safe_name(f"source-{project}-{program}")


def source_files(top: str, logs: str, include: Chooses | None, exclude: Chooses | None) -> Iterator[str]:
    """The files below a folder that are code, in order.

    Args:
        top: the folder, absolute.
        logs: the folder of run logs.
        include: says what is code; by default Python files are.
        exclude: says what is left out besides what always is.
    """
    logs = os.path.realpath(logs)
    for folder, folders, names in os.walk(top):
        folders[:] = sorted(name for name in folders if _is_code_folder(folder, name, logs))
        for name in sorted(names):
            path = os.path.join(folder, name)
            wanted = _says(include, path, top) if include else name.endswith(".py")
            if (
                wanted
                and not is_secret_name(name)
                and not (exclude and _says(exclude, path, top))
                and os.path.isfile(path)
            ):
                yield path


def _is_code_folder(folder: str, name: str, logs: str) -> bool:
    path = os.path.join(folder, name)
    if name.startswith(".") or name in OTHER_FOLDERS or os.path.realpath(path) == logs:
        return False
    downloaded = version_number(name.partition(":")[2]) is not None
    return not downloaded and not os.path.exists(os.path.join(path, ENVIRONMENT_MARK))


def _says(choose: Chooses, path: str, top: str) -> bool:
    """What a function says that takes one argument in old scripts and two in new ones."""
    from inspect import signature

    try:
        count = len(signature(choose).parameters)
    except (TypeError, ValueError):
        count = 1
    return bool(choose(path) if count == 1 else choose(path, top))
