"""The logs of many runs: what is known is only compared, what is new is parsed, by several processes if it is much."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Protocol

import msgspec

from reportgen.executors import Inline, Workers
from reportgen.model import Problem, RunFile
from reportgen.reading.content import LogContent
from reportgen.reading.deduction import facts_of
from reportgen.reading.discover import RunFolder, StreamFile, find_streams
from reportgen.reading.facts import Facts, decode_facts, packed_facts
from reportgen.reading.media import MediaFiles, run_files
from reportgen.reading.own_run import OwnRun
from reportgen.reading.store import DamagedError, RunStore, States, run_store
from reportgen.reading.stream import FileRead, is_unchanged, read_file
from reportgen.storage import Storage

PARALLEL_BYTES = 24 << 20
"""New bytes from which starting processes pays: 0.1 s of parsing for each of two."""
BATCH = 32
"""Runs that a thread looks at, one after the other."""


class TellProgress(Protocol):
    """Hears how far reading has come."""

    def __call__(self, done: int, total: int, parsed: int) -> object:
        """So many runs of all are done, and so many bytes were parsed for them."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class ReadRun:
    """A run that was read, or known.

    Attributes:
        packed: its facts for the cache; None when it cannot hold them.
        parsed: bytes that were parsed rather than known.
        reused: whether nothing had changed.
    """

    own: OwnRun
    packed: bytes | None = None
    parsed: int = 0
    reused: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    """A run about to be read: itself if it has not changed, else how many bytes are likely to need parsing."""

    folder: RunFolder
    known: ReadRun | None
    new: int


@dataclass(frozen=True, slots=True, eq=False)
class _Sent:
    """A run as a worker sends it: its facts packed, if they can be."""

    facts: Facts | None
    packed: bytes | None
    content: LogContent
    files: tuple[RunFile, ...]
    problems: tuple[Problem, ...]
    parsed: int


def read_logs(
    folders: Sequence[RunFolder], storage: Storage | None, known: Mapping[RunFolder, bytes], workers: Workers, jobs: int
) -> Iterator[ReadRun]:
    """Read the logs of many runs, in order.

    Args:
        folders: the runs.
        storage: where what was read is kept.
        known: the packed facts of runs, as they were the last time.
        workers: read what is new, if it is much.
        jobs: threads that compare what is known.
    """
    looks = _looks(folders, storage, known, jobs)
    new = [look.folder for look in looks if look.known is None]
    much = sum(look.new for look in looks) >= PARALLEL_BYTES
    results = iter((workers if much else Inline()).map(_read, storage, new))
    for look in looks:
        yield look.known or _received(look.folder, next(results))


def read_run(folder: RunFolder, storage: Storage | None) -> ReadRun:
    """Read the log of one run, through the store if there is one; a file that cannot be opened is a problem."""
    return _received(folder, _read(storage, folder))


def _looks(
    folders: Sequence[RunFolder], storage: Storage | None, known: Mapping[RunFolder, bytes], jobs: int
) -> list[_Look]:
    """All runs, those of which something is known compared with that."""

    def look_at(batch: Sequence[RunFolder]) -> list[_Look]:
        return [_look(folder, storage, known.get(folder)) for folder in batch]

    if not known:
        return look_at(folders)
    size = max(1, min(BATCH, len(folders) // (jobs * 4)))
    # All threads are gone before a process is started: a lock that one held would stay locked in it for ever.
    with ThreadPoolExecutor(jobs) as threads:
        batches = threads.map(look_at, [folders[first : first + size] for first in range(0, len(folders), size)])
        return [look for batch in batches for look in batch]


def _look(folder: RunFolder, storage: Storage | None, packed: bytes | None) -> _Look:
    streams, problems = find_streams(folder.path, folder.where)
    try:
        facts = decode_facts(packed) if packed else None
    except msgspec.MsgspecError:
        facts = None
    files = run_files(folder.path) if facts else ()
    if facts and _is_unchanged(folder, streams, facts, files):
        store = run_store(storage, folder.path) if storage else None
        own = OwnRun(folder, facts, LogContent(folder, store, facts.seen), files, problems)
        return _Look(folder, ReadRun(own, packed, reused=True), 0)
    consumed = {seen.name: seen.consumed for seen in facts.seen} if facts else {}
    sizes = [(file.size, consumed.get(file.path.name, 0)) for file in streams]
    return _Look(folder, None, sum(size - before if size >= before else size for size, before in sizes))


def _is_unchanged(folder: RunFolder, streams: Sequence[StreamFile], facts: Facts, files: Sequence[RunFile]) -> bool:
    if facts.where != folder.where or [file.path.name for file in streams] != [seen.name for seen in facts.seen]:
        return False
    media = MediaFiles(folder.path, {file.path for file in files})
    if not media.still(facts.looked) or (facts.listed and facts.listed != media.listing()):
        return False
    try:
        return all(is_unchanged(file, seen) for file, seen in zip(streams, facts.seen, strict=True))
    except OSError:
        return False


def _read(storage: Storage | None, folder: RunFolder) -> _Sent:
    store = run_store(storage, folder.path) if storage else None
    try:
        return _read_on(folder, store, store.load() if store else {})
    except DamagedError:  # of what was known
        pass
    try:
        return _read_on(folder, store, {})
    except DamagedError:  # of what was stored just now
        return _read_on(folder, None, {})


def _read_on(folder: RunFolder, store: RunStore | None, known: States) -> _Sent:
    """Read a run, going on from what is known of it."""
    streams, problems = find_streams(folder.path, folder.where)
    reads, unreadable = _reads(streams, known, store)
    files = run_files(folder.path)
    facts = facts_of(folder, reads, MediaFiles(folder.path, {file.path for file in files}))
    states = {file.path.name: read.state for file, read in reads}
    stored = store is not None and (_digests(states) == _digests(known) or store.keep(states))
    held = None if stored else tuple((file, read.content()) for file, read in reads)
    packed = packed_facts(facts)
    return _Sent(
        facts=None if packed else facts,
        packed=packed,
        content=LogContent(folder, store if stored else None, facts.seen, held),
        files=files,
        problems=(*problems, *unreadable),
        parsed=sum(read.parsed for _, read in reads),
    )


def _reads(
    streams: Sequence[StreamFile], known: States, store: RunStore | None
) -> tuple[list[tuple[StreamFile, FileRead]], list[Problem]]:
    reads: list[tuple[StreamFile, FileRead]] = []
    problems: list[Problem] = []
    for file in streams:
        try:
            reads.append((file, read_file(file, known.get(file.path.name), store.seal if store else None)))
        except OSError as error:
            problems.append(Problem(file.where, f"cannot be read: {error.strerror}"))
    return reads, problems


def _digests(states: States) -> dict[str, str]:
    return {name: state.digest for name, state in states.items()}


def _received(folder: RunFolder, sent: _Sent) -> ReadRun:
    facts = sent.facts or decode_facts(sent.packed or b"")
    content = replace(sent.content, folder=folder, seen=facts.seen)  # not a second time what came from elsewhere
    return ReadRun(OwnRun(folder, facts, content, sent.files, sent.problems), sent.packed, sent.parsed)
