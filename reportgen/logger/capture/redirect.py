"""Console output of everything in the process, C libraries and child processes included: ``console="redirect"``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from reportgen.logger.writing.encoding import encode_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from subprocess import Popen

DESCRIPTORS = {"stdout": 1, "stderr": 2}
STARTER = "import sys; sys.path[:] = {path!r}; from reportgen.logger.capture.tee import main; main(sys.argv[1:])"
"""The child takes this process's import path, and runs none of the training's code."""


class ConsoleRedirect:
    """Puts pipes in the place of the descriptors 1 and 2; the program of `tee` passes on what goes through them.

    Args:
        path: the console file.
        append: writes lines to the same file.
        redact: mask secrets in the run log.
    """

    def __init__(self, path: str, append: Callable[[bytes], None], *, redact: bool) -> None:
        self._path = path
        self._append = append
        self._redact = redact
        self._kept: dict[str, int] = {}  # where each stream went before
        self._reading: dict[str, int] = {}
        self._tee: Popen[bytes] | None = None

    def start(self) -> None:
        """Begin to capture. Raises OSError when there is nothing to redirect or no program to be started."""
        from subprocess import DEVNULL, Popen

        writing: dict[str, int] = {}
        try:
            for name, descriptor in DESCRIPTORS.items():
                self._kept[name] = os.dup(descriptor)
                self._reading[name], writing[name] = os.pipe()
            places = [str(word) for name in DESCRIPTORS for word in (name, self._reading[name], self._kept[name])]
            self._tee = Popen(
                [
                    sys.executable,
                    "-S",
                    "-E",
                    "-c",
                    STARTER.format(path=sys.path),
                    self._path,
                    str(int(self._redact)),
                    *places,
                ],
                stdin=DEVNULL,
                pass_fds=[*self._reading.values(), *self._kept.values()],
                start_new_session=True,  # what the terminal sends to the training is not for it
                close_fds=True,
            )
            _flush()
            for name, descriptor in DESCRIPTORS.items():
                os.dup2(writing[name], descriptor)
        finally:
            for descriptor in writing.values():
                os.close(descriptor)

    def pump(self) -> None:
        """If the program has died, print directly again, and what is stuck in the pipes."""
        if self._tee is not None and self._tee.poll() is not None:
            self._restore()
            for name, descriptor in self._reading.items():
                os.set_blocking(descriptor, False)
                _drain(descriptor, self._kept[name])
            self._release()

    def note(self, printed: str) -> None:
        """Record what is about to be printed to stderr when nothing captures any more."""
        from time import time

        from reportgen.logger.capture.console import records

        for record in records([(time(), "stderr", printed)], redact=self._redact):
            self._append(encode_line(record))

    def stop(self, timeout: float = 2.0) -> None:
        """Give the descriptors back and wait, within reason, until the rest is written."""
        from subprocess import TimeoutExpired

        if self._tee is None:
            return
        self._restore()
        for descriptor in self._reading.values():
            os.close(descriptor)
        self._reading = {}
        try:
            self._tee.wait(timeout)
        except TimeoutExpired:  # a child process of the training still prints: the program goes on with it
            self._tee.returncode = 0
        self._release()

    def detach(self) -> None:
        """In a forked child: its output goes on through the pipes, and they are the parent's to end."""
        self._tee = None

    def _restore(self) -> None:
        _flush()
        for name, descriptor in DESCRIPTORS.items():
            os.dup2(self._kept[name], descriptor)

    def _release(self) -> None:
        self._tee = None
        for descriptor in (*self._kept.values(), *self._reading.values()):
            os.close(descriptor)
        self._kept, self._reading = {}, {}


def _drain(descriptor: int, out: int) -> None:
    try:
        while block := os.read(descriptor, 65536):
            os.write(out, block)
    except OSError:  # nothing more in it, or nobody to print to
        return


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, OSError, ValueError):
            continue
