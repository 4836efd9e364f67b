"""Console output of a run: the dataset with all of it, and its end as plain text for the page itself."""

import re
from dataclasses import replace

from reportgen.document import Console, Dataset
from reportgen.model import ConsoleChunk, Run

STREAMS = ("stdout", "stderr")
TAIL_LINES = 100
CONSOLE_CHARACTERS = 4_000_000
"""Characters of output kept in the dataset, counted from the end; the start is left out first."""
LONGEST_DRAWING = 65_536
"""Characters of a line up to which the pieces of its drawings are put together."""

_ESCAPES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-Z\\-_]")
_MOVES = re.compile(r"\x1b\[[0-9;]*[A-HJSTfsu]|\x1b[78DEM]")
"""Escape codes that move the cursor to another line or erase more than one."""
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def console_block(run: Run, key: str) -> tuple[Console, Dataset | None, tuple[str, ...]]:
    """The console of a run, its dataset under ``key`` (None without output), and notes on what was left out.

    The payload is a ``ConsoleData`` of types.ts: the pieces of output in the order of time, as logged, with their ANSI
    sequences, carriage returns and line ends; pieces of one stream that make up a line are joined.
    """
    kept, left_out = _last_characters(_without_overdrawn(tuple(run.console)))
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
    lines = sum(_lines("".join(piece.text for piece in pieces if piece.stream == name)) for name in STREAMS)
    notes = (f"The first {left_out} characters of the output are not shown.",) if left_out else ()
    return Console("console-output", lines, plain_tail(everything), data), data, notes


def _lines(text: str) -> int:
    return text.count("\n") + (bool(text) and not text.endswith("\n"))


def plain_tail(text: str) -> str:
    """The last lines as they stood on the screen: no ANSI sequences, progress bars as they were last drawn."""
    lines = _ESCAPES.sub("", text).replace("\r\n", "\n").rstrip("\n").split("\n")[-TAIL_LINES:]
    drawn = [_CONTROLS.sub("", line.rstrip("\r").rpartition("\r")[2]) for line in lines]
    return "\n".join(drawn)


def _without_overdrawn(chunks: tuple[ConsoleChunk, ...]) -> tuple[ConsoleChunk, ...]:
    """The chunks; if they are too many characters, without the drawings of progress bars that later ones cover.

    A day of progress bars would otherwise leave no room for what else was printed.
    """
    if sum(len(chunk.text) for chunk in chunks) <= CONSOLE_CHARACTERS:
        return chunks
    kept: list[ConsoleChunk] = []
    for chunk in chunks:
        last = kept[-1] if kept else None
        goes_on = last and last.stream == chunk.stream and not last.text.endswith("\n")
        if last and goes_on and len(last.text) < LONGEST_DRAWING:
            kept[-1] = replace(last, text=_last_drawings(last.text + chunk.text))
        else:
            kept.append(replace(chunk, text=_last_drawings(chunk.text)))
    return tuple(kept)


def _last_drawings(text: str) -> str:
    """Of each line only what was drawn last, unless escape codes may have moved the cursor elsewhere."""
    if "\r" not in text:
        return text
    lines = []
    for line in text.split("\n"):
        body, end = (line[:-1], "\r") if line.endswith("\r") else (line, "")
        moved = _MOVES.search(body)
        lines.append(line if moved or "\r" not in body else f"\r{body.rpartition(chr(13))[2]}{end}")
    return "\n".join(lines)


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
