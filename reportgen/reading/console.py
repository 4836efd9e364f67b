"""Console output as it was logged, in a form that grows."""

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import merge

from reportgen.model import ConsoleChunk
from reportgen.reading.lines import parse_line
from reportgen.reading.records import number
from reportgen.reading.rows import NO_BAD_LINES, BadLines


@dataclass(frozen=True, slots=True)
class ConsoleText:
    """What a console stream holds so far."""

    chunks: tuple[ConsoleChunk, ...] = ()
    lines: int = 0
    bad: BadLines = NO_BAD_LINES


class ConsoleReader:
    """Reads a console stream block by block, going on from what was read before."""

    def __init__(self, known: ConsoleText) -> None:
        self._chunks, self._lines, self._bad = list(known.chunks), known.lines, known.bad

    def add(self, block: bytes) -> None:
        """Read a block of whole lines."""
        bad: list[int] = []
        for line in block.split(b"\n")[:-1]:
            self._lines += 1
            if not line.strip():
                continue
            record = parse_line(line)
            if record is None:
                bad.append(self._lines)
            elif isinstance(record.get("text"), str):
                stream = "stderr" if record.get("stream") == "stderr" else "stdout"
                self._chunks.append(ConsoleChunk(number(record.get("time")), stream, record["text"]))
        self._bad = self._bad.and_then(bad)

    def result(self) -> ConsoleText:
        """All that was read so far."""
        return ConsoleText(tuple(self._chunks), self._lines, self._bad)


def interleaved(texts: Iterable[ConsoleText]) -> tuple[ConsoleChunk, ...]:
    """The chunks of several writers by time, each writer's own order kept."""
    streams = [text.chunks for text in texts if text.chunks]
    if len(streams) == 1:
        return streams[0]
    return tuple(merge(*streams, key=lambda chunk: chunk.time))
