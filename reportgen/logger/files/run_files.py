"""The files of a run, as its methods: `Run.save`, `Run.restore` and `Run.log_code`."""

from __future__ import annotations

import os
from collections.abc import Callable

from reportgen.logger.recorder import Recorder
from reportgen.schema import FILES_FOLDER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

    from reportgen.logger.artifacts.artifact import Artifact
    from reportgen.logger.capture.capture import Capture
    from reportgen.logger.files.followed_files import FollowedFiles


class RunFiles(Recorder):
    """Keeps files in the run."""

    _capture: Capture
    _followed: FollowedFiles | None = None
    _scratch: str | None = None

    @property
    def dir(self) -> str:
        """The folder of the files that are shown with the run; what a script writes there is kept.

        It is made when it is first asked for. A disabled run has one too, which is gone when the process ends.
        """
        if not self.settings.disabled:
            folder = os.path.join(self.folder, FILES_FOLDER)
            with self._troubles.guard("files", f"cannot make the folder {folder}"):
                os.makedirs(folder, exist_ok=True)
            return folder
        if self._scratch is None:
            from shutil import rmtree
            from tempfile import mkdtemp
            from weakref import finalize

            self._scratch = mkdtemp(prefix="reportgen-")
            finalize(self, rmtree, self._scratch, ignore_errors=True)
        return self._scratch

    def save(
        self,
        glob_str: str | os.PathLike[str],
        base_path: str | os.PathLike[str] | None = None,
        policy: str = "live",
    ) -> list[str]:
        """Keep copies of files in the run.

        Args:
            glob_str: a file, a folder or a glob.
            base_path: files keep their path below this folder; by default the current one. What is in `dir` already
                stays where it is.
            policy: ``live``: a copy now, and again whenever the file has changed, until the run ends; ``now``: a copy
                now; ``end``: a copy when the run ends, of what the glob finds then.

        Returns:
            Where they are, or will be, relative to the ``files/`` folder of the run.
        """
        if self._active:
            from reportgen.logger.files.followed_files import FollowedFiles

            base = None if base_path is None else os.fspath(base_path)
            with self._troubles.guard(f"save:{glob_str}", f"cannot save {glob_str}"):
                if self._followed is None:
                    self._followed = FollowedFiles(self.folder, self.settings.ignore_globs, self._troubles)
                    self._capture.follow(self._followed)
                return self._followed.save(os.fspath(glob_str), base, policy)
        return []

    def restore(
        self,
        name: str,
        run_path: str | None = None,
        replace: bool = False,  # noqa: FBT001, FBT002 # wandb's signature
        root: str | os.PathLike[str] | None = None,
    ) -> TextIO:
        """Bring back a file that this run or another one has saved.

        Args:
            name: its path below the ``files/`` folder of that run.
            run_path: the other run: ``project/id``, or ``id`` in the same project. An entity before it is ignored.
            replace: write the file again although there is one below ``root``.
            root: folder to copy it to; by default `dir`, or the current one without a run.

        Returns:
            The file, open for reading; its path is ``name``.

        Raises:
            UsageError: there is no such run or file. The script cannot go on without it, so this is raised although
                the run is not strict.
        """
        from reportgen.logger.files.saved_files import restore_file

        place = None if root is None else os.fspath(root)
        return restore_file(self.folder, name, run_path, place, replace=replace, keep=self._active)

    def log_code(
        self,
        root: str | os.PathLike[str] | None = ".",
        name: str | None = None,
        include_fn: Callable[..., bool] | None = None,
        exclude_fn: Callable[..., bool] | None = None,
    ) -> Artifact | None:
        """Log the source files below a folder as an artifact of the type ``code``.

        The folder of run logs, environments, hidden folders and files whose names promise secrets are left out.

        Args:
            root: the folder.
            name: what the artifact is called; by default ``source-<project>-<program>``.
            include_fn: called with a path (or a path and ``root``), says whether the file is code; by default ``*.py``.
            exclude_fn: called likewise, says whether the file is left out.

        Returns:
            The artifact; None if there is no such file or it could not be logged.
        """
        with self._troubles.guard("log_code", f"cannot log the code below {root}"):
            if self._active:
                from reportgen.logger.artifacts.records import log
                from reportgen.logger.capture.code import code_artifact

                artifact = code_artifact(self, os.fspath(root or "."), name, include_fn, exclude_fn)
                if artifact is not None:
                    log(self, artifact, (), ())
                return artifact
        return None
