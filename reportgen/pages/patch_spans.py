"""The lines of a patch in pieces: code in its colours, and in a line that was changed the words that differ."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import groupby, pairwise

from reportgen.document import PatchFile, PatchLine, PatchSpan

MOST_WORDS = 200
"""Words of a line up to which it is compared with another."""
MOST_CHARACTERS = 400_000
"""Characters of a patch that are dressed; lines after that stay plain."""
ALIKE = 0.5
"""From here on two lines are the same one before and after, and not one that took the other's place."""

_WORDS = re.compile(r"\w+|\s+|.")

Range = tuple[int, int]


def dressed_files(files: Sequence[PatchFile]) -> tuple[PatchFile, ...]:
    """The files with their lines in pieces."""
    room = MOST_CHARACTERS
    done = []
    for file in files:
        room -= sum(len(line.text) for line in file.lines)
        done.append(replace(file, lines=_dressed(file)) if room >= 0 else file)
    return tuple(done)


def _dressed(file: PatchFile) -> tuple[PatchLine, ...]:
    lines: list[PatchLine] = []
    for is_head, group in groupby(file.lines, key=lambda line: line.kind == "hunk"):
        found = list(group)
        lines += found if is_head else _dressed_hunk(file.path, found)
    return tuple(lines)


def _dressed_hunk(path: str, lines: list[PatchLine]) -> list[PatchLine]:
    """Each side is read by itself, as the code that it is."""
    from reportgen.pages.highlight import highlighted  # Pygments is slow to import, and most runs have no patch

    sides = [[number for number, line in enumerate(lines) if line.kind != kind] for kind in ("add", "remove")]
    pieces: dict[int, list[tuple[str, str]]] = {}
    for side in sides:
        pieces.update(zip(side, highlighted(path, [lines[number].text for number in side]), strict=True))
    changed = dict(_changed_words(lines))
    return [
        replace(line, spans=_spans(pieces[number], changed.get(number, ()))) if line.text else line
        for number, line in enumerate(lines)
    ]


def _changed_words(lines: Sequence[PatchLine]) -> Iterator[tuple[int, tuple[Range, ...]]]:
    """Number of a line -> the parts of it that another line does not have, for lines that were changed a little."""
    start = 0
    blocks = [(kind, len(list(group))) for kind, group in groupby(lines, key=lambda line: line.kind)]
    for (kind, size), (following, more) in zip(blocks, [*blocks[1:], ("", 0)], strict=True):
        if (kind, following) == ("remove", "add"):
            for number in range(start, start + min(size, more)):
                before, after = word_changes(lines[number].text, lines[number + size].text)
                yield number, before
                yield number + size, after
        start += size


def word_changes(before: str, after: str) -> tuple[tuple[Range, ...], tuple[Range, ...]]:
    """The parts of two lines that differ, as [start, end); nothing if the lines have little in common."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if max(len(old), len(new)) > MOST_WORDS:
        return (), ()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.ratio() < ALIKE:
        return (), ()
    ranges: tuple[list[Range], list[Range]] = ([], [])
    for what, *edges in matcher.get_opcodes():
        for words, found, (first, last) in ((old, ranges[0], edges[:2]), (new, ranges[1], edges[2:])):
            if what != "equal" and last > first:
                start = len("".join(words[:first]))
                found.append((start, start + len("".join(words[first:last]))))
    return tuple(ranges[0]), tuple(ranges[1])


def _spans(pieces: Sequence[tuple[str, str]], changed: Sequence[Range]) -> tuple[PatchSpan, ...]:
    """The pieces cut at the edges of what has changed."""
    edges = {edge for ends in changed for edge in ends}
    spans: list[PatchSpan] = []
    at = 0
    for text, token in pieces:
        cuts = sorted({at, at + len(text), *(edge for edge in edges if at < edge < at + len(text))})
        for start, end in pairwise(cuts):
            inside = any(first <= start < last for first, last in changed)
            spans.append(PatchSpan(text[start - at : end - at], token, inside))
        at += len(text)
    return () if all(not span.token and not span.changed for span in spans) else tuple(spans)
