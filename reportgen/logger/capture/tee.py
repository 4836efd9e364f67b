"""The program beside a run whose console is redirected: prints what it reads, and writes it into the run log.

It is a process of its own, so that neither a crash of the training nor C code that prints while it holds the
interpreter can lose output or wait for ever. It ends when nobody holds the other ends of its pipes any more.
"""

from __future__ import annotations

import os
import signal
import sys
from codecs import getincrementaldecoder
from select import select
from time import monotonic, time

from reportgen.logger.capture.console import INTERVAL, LARGEST_CHUNK, records
from reportgen.logger.troubles import Troubles
from reportgen.logger.writing.encoding import encode_line
from reportgen.logger.writing.line_writer import LineWriter

BLOCK = 65536


class Tee:
    """Two pipes, each with the descriptor where its output went before.

    Args:
        writer: appends to the console file.
        pipes: name of the stream -> (descriptor to read, descriptor to print to).
        redact: mask secrets in the run log.
    """

    def __init__(self, writer: LineWriter, pipes: dict[str, tuple[int, int]], *, redact: bool) -> None:
        self._writer = writer
        self._open = dict(pipes)
        self._redact = redact
        self._decoders = {name: getincrementaldecoder("utf-8")("replace") for name in pipes}
        self._waiting: list[tuple[float, str, str]] = []
        self._last_write = 0.0

    def run(self) -> None:
        """Pass everything on until both pipes have ended."""
        while self._open:
            ready, _, _ = select([read for read, _ in self._open.values()], [], [], INTERVAL if self._waiting else None)
            for name, (read, out) in list(self._open.items()):
                if read in ready:
                    self._pass_on(name, read, out)
            size = sum(len(text) for _, _, text in self._waiting)
            if size >= LARGEST_CHUNK or monotonic() - self._last_write >= INTERVAL:
                self._write()
        self._write()
        self._writer.close()

    def _pass_on(self, name: str, read: int, out: int) -> None:
        block = os.read(read, BLOCK)
        if not block:
            del self._open[name]
        _print(out, block)
        text = self._decoders[name].decode(block, final=not block)
        if text:
            self._waiting.append((time(), name, text))

    def _write(self) -> None:
        self._last_write = monotonic()
        waiting, self._waiting = self._waiting, []
        if waiting:
            self._writer.append(b"".join(map(encode_line, records(waiting, redact=self._redact))))


def _print(out: int, block: bytes) -> None:
    try:
        while block:
            block = block[os.write(out, block) :]
    except OSError:
        return  # nobody to print to: the run log still gets it


def main(arguments: list[str]) -> None:
    """Arguments: the console file, whether to redact, and of each stream its name, where to read and where to print."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGPIPE):
        signal.signal(number, signal.SIG_IGN)  # they are meant for the training; what it prints at its end is wanted
    path, redact, *streams = arguments
    pipes = {name: (int(read), int(out)) for name, read, out in zip(*[iter(streams)] * 3, strict=True)}
    Tee(LineWriter(path, Troubles(strict=False)), pipes, redact=redact == "1").run()


if __name__ == "__main__":
    main(sys.argv[1:])
