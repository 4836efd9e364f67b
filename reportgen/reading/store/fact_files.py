"""The facts of the runs of a project: a few files, each with those of some hundred runs."""

import hashlib
import struct
import zlib
from dataclasses import dataclass

import msgspec

from reportgen.storage import Storage

RUNS_PER_FILE = 250
"""About how many runs a file is for: few enough that one which has changed is written again at once."""

_CHECKSUM = struct.Struct("<I")


class Entry(msgspec.Struct, array_like=True, frozen=True):
    """What is kept of a run.

    Attributes:
        facts: packed.
        line: what the next one depends on; empty for a run that shows its own rows alone.
        shown: what a fork shows, packed.
    """

    facts: bytes
    line: str = ""
    shown: bytes = b""


Entries = dict[bytes, Entry]
"""Name of a run folder -> what is kept of the run."""

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Entries).decode


@dataclass(frozen=True, slots=True)
class FactFiles:
    """Where the facts of a project are kept.

    Attributes:
        storage: the cache.
        folder: in it, of this project alone.
        form: first line of each file; another one means another format, and the facts are worked out again.
    """

    storage: Storage
    folder: str
    form: bytes

    def load(self) -> Entries:
        """What is kept of each run; nothing of those whose file cannot be read or is damaged."""
        entries: Entries = {}
        for name in self._names():
            try:
                entries |= self._unpacked(self.storage.read(name))
            except (OSError, ValueError, msgspec.MsgspecError):
                continue
        return entries

    def keep(self, entries: Entries, known: Entries) -> bool:
        """Keep what has changed since it was loaded; whether that worked."""
        files = 1
        while files * RUNS_PER_FILE < len(entries):
            files *= 2
        buckets: dict[int, Entries] = {}
        for name, entry in entries.items():
            buckets.setdefault(zlib.crc32(name) % files, {})[name] = entry
        changed = {zlib.crc32(name) % files for name in known.keys() - entries.keys()}
        changed |= {
            bucket
            for bucket, runs in buckets.items()
            if any(known.get(name) is not entry for name, entry in runs.items())
        }
        names = {bucket: f"{self.folder}/{files}-{bucket}.facts" for bucket in buckets}
        try:
            there = set(self._names())
            for bucket, runs in buckets.items():
                if bucket in changed or names[bucket] not in there:
                    self.storage.write(names[bucket], self._packed(runs))
            for file in there - set(names.values()):
                self.storage.delete(file)
        except OSError:
            return False
        return True

    def _names(self) -> list[str]:
        try:
            return sorted(name for name, _ in self.storage.sizes(self.folder) if name.endswith(".facts"))
        except OSError:
            return []

    def _packed(self, entries: Entries) -> bytes:
        body = _encode(dict(sorted(entries.items())))
        return self.form + _CHECKSUM.pack(zlib.crc32(body)) + body

    def _unpacked(self, data: bytes | memoryview) -> Entries:
        view, start = memoryview(data), len(self.form) + _CHECKSUM.size
        if view[: len(self.form)] != self.form or len(view) < start:
            raise ValueError("another format")
        if _CHECKSUM.unpack_from(view, len(self.form))[0] != zlib.crc32(view[start:]):
            raise ValueError("damaged")
        return _decode(view[start:])


def fact_files(storage: Storage, project: str, version: str) -> FactFiles:
    """Where the facts of a project are kept. The name is a hash, for projects may have any name."""
    name = hashlib.sha256(project.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()[:32]
    return FactFiles(storage, f"facts/{name}", f"reportgen facts {version}\n".encode())
