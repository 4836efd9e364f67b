"""What changes in some folders, found by looking again and again: that works on every file system."""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

PAUSE_SECONDS = 0.15
"""Between two looks."""
SHARE = 5
"""So many times as long as a look takes is waited before the next, where there are many files."""
DEEPEST = 16

Look = dict[str, tuple[int, int]]
"""Path -> when it was changed, and its size."""


def look(folders: Iterable[Path], left_out: Iterable[Path]) -> Look:
    """All files in some folders but hidden ones and those in the folders that are left out."""
    out = {str(path.resolve()) for path in left_out}
    return dict(entry for folder in folders for entry in _files(str(folder.resolve()), out, 0))


def changes(take: Callable[[], Look], is_over: Callable[[float], bool]) -> Iterator[set[str]]:
    """The files that have changed, come or gone, each time that there are any, until it is over.

    Args:
        take: has a look.
        is_over: waits for so many seconds, and says whether it is.
    """
    before = take()
    pause = PAUSE_SECONDS
    while not is_over(pause):
        started = time.monotonic()
        now = take()
        pause = max(PAUSE_SECONDS, SHARE * (time.monotonic() - started))
        if now != before:
            found = {path for path, _ in before.items() ^ now.items()}
            before = now
            yield found


def _files(folder: str, out: set[str], depth: int) -> Iterator[tuple[str, tuple[int, int]]]:
    try:
        entries = list(os.scandir(folder))
    except OSError:  # gone, or not ours to read
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        try:
            if entry.is_dir():
                # Links may lead back to where they are.
                if depth < DEEPEST and os.path.realpath(entry.path) not in out:
                    yield from _files(entry.path, out, depth + 1)
            else:
                found = entry.stat()
                yield entry.path, (found.st_mtime_ns, found.st_size)
        except OSError:  # gone meanwhile, or a link that leads nowhere
            continue
