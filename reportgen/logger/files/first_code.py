"""The code that a run keeps as it begins: the script, and the sources that `Settings.code_dir` names."""

from __future__ import annotations

import os
import sys

from reportgen.schema import FILES_FOLDER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reportgen.logger.run import Run

CODE_FOLDER = "code"
LARGEST_SCRIPT = 5 * 2**20


def save_first_code(run: Run) -> None:
    """Keep what the settings ask for, unless they say to keep no code at all."""
    settings = run.settings
    if settings.disable_code:
        return
    if settings.save_code and (script := script_path(settings.program)):
        keep_script(script, run.folder)
    if settings.code_dir:
        log_code = getattr(run, "log_code", None)
        if log_code:
            log_code(settings.code_dir)


def script_path(given: str) -> str | None:
    """The script that runs, or the notebook; None if it is no file."""
    from reportgen.logger.notebook import notebook_name

    main = getattr(sys.modules.get("__main__"), "__file__", None)
    for path in (given, main, notebook_name()):
        if path and os.path.isfile(path) and os.path.getsize(path) <= LARGEST_SCRIPT:
            return str(path)
    return None


def keep_script(path: str, run_folder: str) -> None:
    """Copy the script below ``files/code/``."""
    from shutil import copyfile

    folder = os.path.join(run_folder, FILES_FOLDER, CODE_FOLDER)
    os.makedirs(folder, exist_ok=True)
    copyfile(path, os.path.join(folder, os.path.basename(path)))
