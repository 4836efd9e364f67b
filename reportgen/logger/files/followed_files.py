"""What `Run.save` keeps by its policy: at once, again when it has changed, or at the end."""

from __future__ import annotations

import os
import threading

from reportgen.errors import UsageError
from reportgen.logger.files.saved_files import copy_whole, places
from reportgen.logger.troubles import Troubles
from reportgen.schema import FILES_FOLDER

NOW, LIVE, END = "now", "live", "end"
POLICIES = (NOW, LIVE, END)
TICKS = 5
"""Ticks of the heartbeat between two looks at the files."""
Stamp = tuple[int, int]


class FollowedFiles:
    """The files that one run saves.

    Args:
        run_folder: where they go.
        ignore: globs of places that are left out.
        troubles: hears what goes wrong.
    """

    def __init__(self, run_folder: str, ignore: tuple[str, ...], troubles: Troubles) -> None:
        self._run_folder = run_folder
        self._ignore = tuple(ignore)
        self._troubles = troubles
        self._globs: list[tuple[str, str | None, str]] = []
        self._copied: dict[str, Stamp] = {}
        self._lock = threading.RLock()  # re-entrant: SIGTERM may end the run while its own thread is in here
        self._ticks = 0
        self._copier = threading.Thread()

    def save(self, pattern: str, base: str | None, policy: str) -> list[str]:
        """Save what a file, a folder or a glob stands for.

        Raises:
            UsageError: nothing matches, or there is no such policy.
        """
        if policy not in POLICIES:
            raise UsageError(f"unknown policy {policy!r}", where="save", remedy=f"Use one of {', '.join(POLICIES)}.")
        pattern, base = os.path.abspath(pattern), os.path.abspath(base or os.getcwd())
        found = places(pattern, base, self._run_folder, self._ignore)
        if not found and policy == NOW:
            raise UsageError(f"no file matches {pattern!r}", where="save", remedy="Give a file, a folder or a glob.")
        if policy != NOW:
            self._globs.append((pattern, base, policy))
        if policy != END:
            with self._lock:
                for source, place in found.items():
                    self._copy(source, place)
        return [place.replace(os.sep, "/") for place in found.values()]

    def tick(self) -> None:
        """Called by the heartbeat: now and then, copy what has changed, in a thread, as large files take their time."""
        self._ticks += 1
        live = any(policy == LIVE for _, _, policy in self._globs)
        if live and self._ticks % TICKS == 0 and not self._copier.is_alive():
            self._copier = threading.Thread(target=self._refresh, args=((LIVE,),), name="reportgen-files", daemon=True)
            self._copier.start()

    def finish(self) -> None:
        """Called when the run ends."""
        self._refresh((LIVE, END))
        for pattern, base, _ in self._globs:
            if not places(pattern, base, self._run_folder, self._ignore):
                self._troubles.tell(f"save:{pattern}", f"cannot save {pattern}: no file matched until the run ended")

    def _refresh(self, policies: tuple[str, ...]) -> None:
        with self._lock:
            for pattern, base, policy in tuple(self._globs):
                if policy not in policies:
                    continue
                with self._troubles.guard(f"save:{pattern}", f"cannot save {pattern}", background=True):
                    for source, place in places(pattern, base, self._run_folder, self._ignore).items():
                        if self._copied.get(place) != _stamp(source):
                            self._copy(source, place)

    def _copy(self, source: str, place: str) -> None:
        """Copy a file unless it is its own copy, or the copy has the same content already."""
        stamp = _stamp(source)  # taken before: what changes while it is copied is copied again
        target = os.path.join(self._run_folder, FILES_FOLDER, place)
        in_place = os.path.exists(target) and os.path.samefile(source, target)
        if not in_place and (place not in self._copied or not _is_same(source, target)):
            copy_whole(source, target)
        self._copied[place] = stamp


def _stamp(path: str) -> Stamp:
    found = os.stat(path)
    return found.st_size, found.st_mtime_ns


def _is_same(source: str, target: str) -> bool:
    from filecmp import cmp

    return os.path.isfile(target) and cmp(source, target, shallow=False)
