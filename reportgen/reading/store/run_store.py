"""Where what was read of one run is kept."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from reportgen.reading.rows import Block, MemoryBlock
from reportgen.reading.store.arrays import DamagedError, PartsFile
from reportgen.reading.store.heads import Sealed, States, packed_head, sealed_in, unpacked_head
from reportgen.reading.store.segments import FORMAT, StoredBlock, packed_segment, segment_name
from reportgen.storage import Storage

_REFUSED = (OSError, ValueError, TypeError, OverflowError, msgspec.MsgspecError)
"""What keeps something from being stored: no space, no permission, integers that msgpack cannot hold."""


@dataclass(frozen=True, slots=True)
class RunStore:
    """The head and the segments of one run.

    Attributes:
        storage: the cache.
        name: what the run's files there begin with. It says nothing of where the project lies, so that a copy of the
            project with its cache knows what was read.
    """

    storage: Storage
    name: str

    @property
    def head(self) -> str:
        """The file that says what is known."""
        return f"{self.name}.head"

    def load(self) -> States:
        """What is known of the run; nothing if that cannot be read, is damaged or lacks a segment."""
        try:
            states = unpacked_head(self.storage.read(self.head), self._opened)
            sealed = list(sealed_in(states))
            sizes = dict(self._sizes()) if sealed else {}
            return states if all(sizes.get(block.name) == block.size for block in sealed) else {}
        except (OSError, DamagedError):
            return {}

    def keep(self, states: States) -> bool:
        """Keep what is known of the run; whether that worked. A place that cannot be written is no error.

        Segments that belong to nothing any more are deleted: those of an older log, or of a build that was killed.
        """
        try:
            data = packed_head(states)
            self.storage.write(self.head, data)
        except _REFUSED:
            return False
        named = {block.name for block in sealed_in(states)}
        try:
            for name in [name for name, _ in self._sizes() if name not in named]:
                self.storage.delete(name)
        except OSError:
            pass  # they only take space
        return True

    def seal(self, block: MemoryBlock) -> Block:
        """Put the rows of a block that will not change into the store; in memory if that does not work."""
        try:
            data = packed_segment(block)
            name = f"{self.name}/{segment_name(data)}"
            self.storage.write(name, data)
        except _REFUSED:
            return block
        return StoredBlock(self.storage, name, block.count, len(data), PartsFile(data, FORMAT, whole=False).checksum)

    def _opened(self, sealed: Sealed) -> Block:
        return StoredBlock(self.storage, *sealed)

    def _sizes(self) -> Iterator[tuple[str, int]]:
        return self.storage.sizes(self.name)


def run_store(storage: Storage, folder: Path) -> RunStore:
    """Where the log in a folder is kept. The name is a hash, for run folders may have any name."""
    known_as = os.fsencode(folder.parent.name) + b"/" + os.fsencode(folder.name)
    name = hashlib.sha256(known_as, usedforsecurity=False).hexdigest()[:32]
    return RunStore(storage, f"runs/{name[:2]}/{name}")
