"""Console output of a run: the dataset with all of it, and its end as plain text for the page itself."""

import re

from reportgen.document import Console, Dataset
from reportgen.model import ConsoleChunk, Run

TAIL_LINES = 100
CONSOLE_CHARACTERS = 4_000_000
"""Characters of output kept in the dataset, counted from the end; the start is left out first."""

_ESCAPES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-Z\\-_]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def console_block(run: Run, key: str) -> tuple[Console, Dataset | None, tuple[str, ...]]:
    """The console of a run, its dataset under ``key`` (None without output), and notes on what was left out.

    The payload is a ``ConsoleData`` of types.ts: the pieces of output in the order of time, as logged, with their ANSI
    sequences, carriage returns and line ends; pieces of one stream that make up a line are joined.
    """
    kept, left_out = _last_characters(run.console)
    if not kept:
        return Console("console-output", 0, ""), None, ()
    pieces = _whole_lines(kept)
    data = Dataset(
        key,
        {
            "times": [piece.time for piece in pieces],
            "streams": [piece.stream for piece in pieces],
            "texts": [piece.text for piece in pieces],
        },
    )
    everything = "".join(piece.text for piece in pieces)
    lines = everything.count("\n") + (not everything.endswith("\n"))
    notes = (f"The first {left_out} characters of the output are not shown.",) if left_out else ()
    return Console("console-output", lines, plain_tail(everything), data), data, notes


def plain_tail(text: str) -> str:
    """The last lines as they stood on the screen: no ANSI sequences, progress bars as they were last drawn."""
    lines = _ESCAPES.sub("", text).replace("\r\n", "\n").rstrip("\n").split("\n")[-TAIL_LINES:]
    drawn = [_CONTROLS.sub("", line.rstrip("\r").rpartition("\r")[2]) for line in lines]
    return "\n".join(drawn)


def _last_characters(chunks: tuple[ConsoleChunk, ...]) -> tuple[list[ConsoleChunk], int]:
    """The chunks at the end that fit, in order, and how many characters come before them."""
    kept: list[ConsoleChunk] = []
    room, total = CONSOLE_CHARACTERS, sum(len(chunk.text) for chunk in chunks)
    for chunk in reversed(chunks):
        if room <= 0:
            break
        text = chunk.text[-room:]
        room -= len(text)
        if text:
            kept.append(ConsoleChunk(chunk.time, "stderr" if chunk.stream == "stderr" else "stdout", text))
    kept.reverse()
    return kept, total - sum(len(chunk.text) for chunk in kept)


def _whole_lines(chunks: list[ConsoleChunk]) -> list[ConsoleChunk]:
    """Neighbours of one stream joined until their line ends: ``print`` writes text and line end apart."""
    joined: list[ConsoleChunk] = []
    for chunk in chunks:
        last = joined[-1] if joined else None
        if last and last.stream == chunk.stream and not last.text.endswith(("\n", "\r")):
            joined[-1] = ConsoleChunk(last.time, last.stream, last.text + chunk.text)
        else:
            joined.append(chunk)
    return joined
