"""Console output as lines: what stood on the screen when each had ended, in its colours and weight."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from reportgen.model import ConsoleChunk

LINE_CHARACTERS = 10_000
MOST_PIECES = 1_000
"""Pieces of a line that are kept apart; a progress bar may be drawn a million times."""

_ESCAPES = re.compile(r"\x1b\[([0-?]*)([ -/]*[@-~])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[()*+#%].?|\x1b[@-_]?")
_CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1a\x1c-\x1f\x7f\x80-\x9f]")
_UNPLAIN = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f]")
_ERASES = re.compile(r"\x1b\[[02]?K")
_STYLE = re.compile(r"[0-9;:]*")
_COLOUR_SPACE = re.compile(r"(?<![0-9])([34]8:2):[0-9]*(?=(?::[0-9]+){3})")
_OFF = {"22": ("1", "2"), "23": ("3",), "24": ("4",), "27": ("7",), "29": ("9",), "39": ("38",), "49": ("48",)}
_EXTENDED = {"5": 3, "2": 5}
"""Length of ``38;5;n`` and of ``38;2;r;g;b``."""


@dataclass(frozen=True, slots=True)
class ConsoleLine:
    """A line without its end.

    Attributes:
        text: with codes for colours and weight (SGR), which begin with those that earlier lines left on.
        stream: ``stdout`` or ``stderr``.
        time: when the last of it was printed, in seconds since the epoch; NaN when unknown.
    """

    text: str
    stream: str
    time: float


@dataclass(slots=True)
class _Stream:
    """The line of a stream that is being written, and the style that is on: slot -> codes."""

    pieces: list[str] = field(default_factory=list)
    time: float = 0.0
    style: dict[str, str] = field(default_factory=dict)

    def add(self, piece: str, time: float) -> None:
        self.pieces.append(piece)
        self.time = time
        if len(self.pieces) > MOST_PIECES:
            text = "".join(self.pieces)
            # A return at the end has moved the cursor, and erased nothing yet.
            self.pieces = [drawn(text), "\r"] if text.endswith("\r") else [drawn(text)]

    def end(self, name: str) -> ConsoleLine:
        text = drawn("".join(self.pieces))
        self.pieces = []
        return ConsoleLine(self._styled(text), name, self.time)

    def _styled(self, text: str) -> str:
        """The text in the style that is on, with all other codes dropped; keeps the style for the next line."""
        before = f"\x1b[{';'.join(self.style.values())}m" if self.style else ""
        if _UNPLAIN.search(text):
            text = _CONTROLS.sub("", _ESCAPES.sub(self._kept, text))
        text = text if len(text) <= LINE_CHARACTERS else f"{text[:LINE_CHARACTERS]} …"
        return before + text if text else ""

    def _kept(self, code: re.Match[str]) -> str:
        if code[2] != "m" or not _STYLE.fullmatch(code[1]):
            return ""
        codes = _COLOUR_SPACE.sub(r"\1", code[1]).replace(":", ";")
        apply_style(self.style, codes.split(";"))
        return f"\x1b[{codes}m"


def console_lines(chunks: Iterable[ConsoleChunk]) -> Iterator[ConsoleLine]:
    """The lines in the order in which they ended; each stream has a line of its own that is being written."""
    streams = {"stdout": _Stream(), "stderr": _Stream()}
    for chunk in chunks:
        name = "stderr" if chunk.stream == "stderr" else "stdout"
        stream = streams[name]
        *ended, rest = chunk.text.split("\n")
        for text in ended:
            stream.add(text, chunk.time)
            yield stream.end(name)
        if rest:
            stream.add(rest, chunk.time)
    for name, stream in streams.items():
        if stream.pieces:
            yield stream.end(name)


def drawn(line: str) -> str:
    """What is left of a line that was written over: the later text, and of the earlier what that did not cover."""
    if "\r" not in line:
        return line
    shown = ""
    for part in filter(None, line.split("\r")):
        text, covered = plain(part), plain(shown)
        # Erasing to the end of the line, as progress bars do, leaves nothing of what was there.
        shown = part if len(text) >= len(covered) or _ERASES.search(part) else part + covered[len(text) :]
    return shown


def plain(text: str) -> str:
    """Text without codes and without characters that show nothing."""
    return _CONTROLS.sub("", _ESCAPES.sub("", text)) if _UNPLAIN.search(text) else text


def apply_style(style: dict[str, str], codes: list[str]) -> None:
    """What is on after some codes; a colour takes several."""
    at = 0
    while at < len(codes):
        code = codes[at].lstrip("0")
        size = _EXTENDED.get(codes[at + 1], 1) if code in ("38", "48") and at + 1 < len(codes) else 1
        words = codes[at : at + size]
        at += size
        if not code:
            style.clear()
        elif code in _OFF:
            for slot in _OFF[code]:
                style.pop(slot, None)
        elif code in ("38", "48") or code.isdigit():
            slot = _slot(int(code[:4]))
            if slot and len(words) == size:
                style[slot] = ";".join(words)


def _slot(code: int) -> str:
    """What a code decides: colour, background, or something of its own that is on or off."""
    if code in range(30, 39) or code in range(90, 98):
        return "38"
    if code in range(40, 49) or code in range(100, 108):
        return "48"
    return str(code) if code in (1, 2, 3, 4, 7, 9) else ""
