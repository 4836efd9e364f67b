"""Console output of a run: its lines in parts, so that one loads what is looked at, and its end as plain text."""

from collections.abc import Iterator, Sequence

import numpy as np

from reportgen.document import Console, ConsolePart, Dataset
from reportgen.model import Run
from reportgen.pages.console_lines import ConsoleLine, console_lines, plain
from reportgen.schema import FINISHED

TAIL_LINES = 100
MOST_LINES = 200_000
CONSOLE_CHARACTERS = 16_000_000
"""Characters of output that are kept, counted from the end, as most lines are; the start is left out first."""
PART_LINES = 2_000
PART_CHARACTERS = 200_000


def console_block(run: Run, key: str) -> tuple[Console | None, tuple[str, ...]]:
    """The console of a run, with its datasets under ``key``, and notes on what was left out; None without output.

    The payload of a part is a ``ConsoleData`` of types.ts. Progress bars are as they were drawn last.
    """
    every = list(console_lines(run.console))
    lines = every[_first_kept(every) :]
    if not lines:
        return None, ()
    parts, first = [], 0
    for number, part in enumerate(_parts(lines)):
        parts.append(ConsolePart(first, len(part), Dataset(f"{key}-{number}", _payload(part))))
        first += len(part)
    tail = "\n".join(plain(line.text) for line in lines[-TAIL_LINES:])
    left_out = len(every) - len(lines)
    notes = (f"The first {left_out:,} lines of the output are not shown.",) if left_out else ()
    return Console("console-output", len(lines), tail, tuple(parts), at_end=run.state != FINISHED), notes


def _first_kept(lines: Sequence[ConsoleLine]) -> int:
    """Where the lines begin that there is room for."""
    room = CONSOLE_CHARACTERS
    first = max(0, len(lines) - MOST_LINES)
    for number in range(len(lines) - 1, first - 1, -1):
        room -= len(lines[number].text) + 1
        if room < 0:
            return number + 1
    return first


def _parts(lines: Sequence[ConsoleLine]) -> Iterator[list[ConsoleLine]]:
    part: list[ConsoleLine] = []
    size = 0
    for line in lines:
        if part and (len(part) == PART_LINES or size + len(line.text) > PART_CHARACTERS):
            yield part
            part, size = [], 0
        part.append(line)
        size += len(line.text)
    yield part


def _payload(lines: Sequence[ConsoleLine]) -> dict[str, object]:
    times = np.array([line.time for line in lines])
    known = times[np.isfinite(times)]
    start = float(known.min()) if known.size else 0.0
    return {
        "text": "\n".join(line.text for line in lines),
        "errors": [number for number, line in enumerate(lines) if line.stream == "stderr"],
        "start": start,
        "times": np.round(times - start, 3),
    }
