"""Whether a site is as its project is, found out without loading the program that would build it.

A build leaves a stamp in the cache: what it has read, by content, and what it wrote. While both are still so, the next
build has nothing to do and is over in the time that it takes to hash the run logs. Only the standard library and
msgspec are loaded for that, so this module imports nothing that needs more.
"""

import hashlib
import importlib.util
import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from reportgen.executors.processes import cores
from reportgen.site.assets import theme_folder
from reportgen.site.fingerprint import program_fingerprint
from reportgen.storage import Folder
from reportgen.storage.digest import FileDigest

BESIDE = ("reports", "views", "specs")
"""Folders of a project, besides that of its runs, that a site is made from."""
RUNS = "runs"
WORKERS = ("jobs", "executor")
"""Options that decide who does the work, and not what comes out."""
EXTRAS = ("sklearn",)
"""Packages that a site has more with, without being asked for it."""
PICTURES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")

Seen = tuple[int, str, int, str]
"""What was read of a run log: final bytes and their hash, bytes that followed them and theirs."""


class Said(msgspec.Struct, array_like=True, frozen=True):
    """What a build told the person at the terminal: its warnings, how much there is, and the uri of the first page."""

    warnings: tuple[str, ...]
    runs: int
    rows: int
    home: str


class Sources(msgspec.Struct, array_like=True, frozen=True):
    """The files that a site is made from, run logs as they were read.

    Attributes:
        logs: run logs, relative to the project folder.
        files: other files below the folder of runs -> size and time of the last change.
        beside: files of the project outside it -> hash of the content.
    """

    logs: dict[str, Seen]
    files: dict[str, tuple[int, int]]
    beside: dict[str, str]


class Stamp(msgspec.Struct, array_like=True, frozen=True):
    """What a build was made from, what it wrote and what it said.

    Attributes:
        options: how it was asked for, program included.
        site: files of the site -> size.
    """

    options: str
    sources: Sources
    site: dict[str, int]
    said: Said


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Stamp).decode
_sources = msgspec.msgpack.Decoder(Sources).decode


def options_key(options: Mapping[str, object]) -> str:
    """What decides the outcome of a build besides files: its options, and the program itself."""
    asked = sorted((name, value) for name, value in options.items() if value is not None and name not in WORKERS)
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    extras = [name for name in EXTRAS if importlib.util.find_spec(name)]
    return repr((asked, fixed, program_fingerprint(theme_folder()), extras))


def as_it_was(folder: Path, site_dir: Path, cache: Path, options: str) -> Stamp | None:
    """The stamp of the last build if a new one would change nothing; None if it would, or if nobody knows."""
    try:
        stamp = _decode(Folder(cache).read(stamp_name(folder, site_dir)))
        same = stamp.options == options and _same(folder, stamp.sources)
        same = same and stamp.site == dict(Folder(site_dir).sizes())
    except (OSError, ValueError, msgspec.MsgspecError):
        return None
    return stamp if same else None


def leave_stamp(folder: Path, site_dir: Path, cache: Path, stamp: Stamp) -> None:
    """Keep a stamp. A cache that cannot be written is no error."""
    try:
        Folder(cache).write(stamp_name(folder, site_dir), _encode(stamp))
    except OSError:
        return


def stamp_name(folder: Path, site_dir: Path) -> str:
    """Where the stamp of a site is in the cache, wherever the project lies."""
    place = os.path.relpath(site_dir, folder).encode("utf-8", "surrogateescape")
    return f"sites/{hashlib.sha256(place).hexdigest()[:16]}/stamp"


def sources(folder: Path) -> Sources:
    """What a site is made from, to be asked before a build begins: what changes meanwhile is then found changed."""
    top = [entry.name for entry in os.scandir(folder) if entry.is_file() and _is_shown(entry.name)]
    below = (f"{name}/{path}" for name in BESIDE for path, _ in _files(folder / name) if not path.endswith("/"))
    beside = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in sorted((*top, *below))}
    return Sources({}, {f"{RUNS}/{name}": found for name, found in _files(folder / RUNS)}, beside)


def noted(folder: Path) -> bytes:
    """The sources before a build, packed: of many runs they are large, and needed again only at its end."""
    return _encode(sources(folder))


def as_read(before: bytes, seen: Iterable[tuple[str, Iterable[tuple[str, *Seen]]]]) -> Sources:
    """The sources of a build, known by what it read of the run logs, as `model.Reading` has it."""
    return _without({f"{folder}/{file[0]}": file[1:] for folder, files in seen for file in files}, _sources(before))


def _without(logs: Mapping[str, Seen], before: Sources) -> Sources:
    return Sources(dict(logs), {name: found for name, found in before.files.items() if name not in logs}, before.beside)


def _same(folder: Path, known: Sources) -> bool:
    if any((folder / name).exists() for name in ("mkdocs.yml", "mkdocs.yaml")):
        return False  # its plugins and hooks may look at anything
    found = sources(folder)
    sizes = {name: size for name, (size, _) in found.files.items()}
    # Most changes are found by their sizes, before anything is hashed.
    if any(sizes.get(name) != seen[0] + seen[2] for name, seen in known.logs.items()):
        return False
    if _without(known.logs, found) != known:
        return False
    with ThreadPoolExecutor(cores()) as threads:
        return all(threads.map(lambda item: _is_as_read(folder / item[0], item[1]), known.logs.items()))


def _is_as_read(path: Path, seen: Seen) -> bool:
    size, digest, tail, tail_digest = seen
    if path.stat().st_size != size + tail:
        return False
    found = FileDigest.of_file(path, size)
    if found is None or (found.hexdigest() if size else "") != digest:
        return False
    if not tail:
        return not tail_digest
    rest = FileDigest()
    with path.open("rb") as file:
        file.seek(size)
        rest.update(file.read(tail))
    return rest.hexdigest() == tail_digest


def _is_shown(name: str) -> bool:
    return name == "index.md" or name.casefold().endswith(PICTURES)


def _files(top: Path) -> Iterator[tuple[str, tuple[int, int]]]:
    """Every file below a folder, with its size and the time of its last change; and the folders that are empty."""
    folders = [(os.fspath(top), "")]
    while folders:
        folder, prefix = folders.pop()
        try:
            with os.scandir(folder) as found:
                entries = list(found)
        except FileNotFoundError:
            continue
        if prefix and not entries:
            yield prefix, (0, 0)
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                folders.append((entry.path, f"{prefix}{entry.name}/"))
            else:
                state = entry.stat(follow_symlinks=False)
                yield prefix + entry.name, (state.st_size, state.st_mtime_ns)
