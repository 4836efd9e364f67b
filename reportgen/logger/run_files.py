"""The files of a run, as its methods: `Run.save`."""

from __future__ import annotations

import os

from reportgen.logger.recorder import Recorder


class RunFiles(Recorder):
    """Keeps files in the run."""

    def save(self, path: str | os.PathLike[str], base_path: str | os.PathLike[str] | None = None) -> list[str]:
        """Keep copies of files in the run.

        Args:
            path: a file, a folder or a glob.
            base_path: files keep their path below this folder; by default the current one.

        Returns:
            Where they are, relative to the ``files/`` folder of the run.
        """
        if self._active:
            from reportgen.logger.saved_files import save_files

            base = None if base_path is None else os.fspath(base_path)
            with self._troubles.guard(f"save:{path}", f"cannot save {path}"):
                return save_files(os.fspath(path), base, self.dir, self.settings.ignore_globs)
        return []
