"""Bring a folder of this machine to a place elsewhere: what has changed is put, what is gone is deleted."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from reportgen.storage.mirror import AT_ONCE, TellProgress, all_files, md5_of, nobody
from reportgen.storage.url import HASHED, StoredFile, UrlStorage


@dataclass(frozen=True, slots=True)
class Upload:
    """What was brought: files that there are, those that were put, their bytes, and files that were deleted."""

    files: int
    put: int
    bytes: int
    deleted: int


def by_hash(name: str) -> int:
    """Files that are named after their content come first: nothing that is there already refers to them."""
    return 0 if HASHED.search(name) else 1


def upload(
    folder: Path, target: UrlStorage, rank: Callable[[str], int] = by_hash, progress: TellProgress = nobody
) -> Upload:
    """Make a place what a folder of this machine is.

    Args:
        folder: the files as they are to be.
        target: where they go.
        rank: what of two files comes first. All of one rank are there before any of the next is put, and nothing is
            deleted before everything is there, so whoever reads meanwhile finds what a file refers to.
        progress: hears of each file that was put.

    Raises:
        OSError: a file cannot be put.
    """
    there = {file.name: file for file in target.files()}
    here = dict(all_files(folder))
    changed = [name for name, size in sorted(here.items()) if not _is_there(folder, name, size, there)]
    done = 0
    with ThreadPoolExecutor(AT_ONCE) as threads:
        for turn in sorted({rank(name) for name in changed}):
            now = [name for name in changed if rank(name) == turn]
            for _ in threads.map(lambda name: target.place(folder / name, name), now):
                done += 1
                progress(done, len(changed))
    stale = sorted(there.keys() - here.keys())
    target.delete_all(stale)
    return Upload(len(here), len(changed), sum(here[name] for name in changed), len(stale))


def _is_there(folder: Path, name: str, size: int, there: Mapping[str, StoredFile]) -> bool:
    found = there.get(name)
    if found is None or found.size != size:
        return False
    return bool(HASHED.search(name)) or (found.md5 != "" and found.md5 == md5_of(folder / name))
