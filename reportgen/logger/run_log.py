"""The files of one run log, as `reportgen.schema` names them."""

from __future__ import annotations

import os
from collections.abc import Mapping

from reportgen.logger.encoding import encode_line
from reportgen.logger.line_writer import LineWriter
from reportgen.logger.troubles import Troubles
from reportgen.schema import STREAMS


class RunLog:
    """Writers for the streams of a run folder.

    When the folder already has a run log (the id was used before), this is a further writer of the same run and
    appends to ``<stream>.<attempt>.jsonl``.
    """

    def __init__(self, folder: str, troubles: Troubles) -> None:
        self.folder = folder
        suffix = self._claim(troubles)
        self.run, self.metrics, self.system, self.console = (
            LineWriter(os.path.join(folder, f"{stream}{suffix}.jsonl"), troubles) for stream in STREAMS
        )

    def record(self, kind: str, fields: Mapping[str, object]) -> None:
        """Append a record to the state of the run. ``fields`` are clean already."""
        self.run.append(encode_line({"type": kind, **fields}))

    def sync(self) -> None:
        """Ask the disk to keep what was written."""
        for writer in (self.run, self.metrics, self.system, self.console):
            writer.sync()

    def waiting(self) -> int:
        """Bytes that wait in memory because the disk refuses them."""
        return sum(writer.waiting for writer in (self.run, self.metrics, self.system, self.console))

    def close_streams(self) -> None:
        """Close all files but that of the state, which still takes the finish record."""
        for writer in (self.metrics, self.system, self.console):
            writer.close()

    def _claim(self, troubles: Troubles) -> str:
        """Make the folder and the file of the state; return what this writer's file names have before the ending."""
        with troubles.guard("folder", f"cannot write the run folder {self.folder}"):
            os.makedirs(self.folder, exist_ok=True)
            attempt = 1
            while True:
                suffix = f".{attempt}" if attempt > 1 else ""
                path = os.path.join(self.folder, f"{STREAMS[0]}{suffix}.jsonl")
                try:
                    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
                except FileExistsError:
                    attempt += 1
                else:
                    return suffix
        return ""
