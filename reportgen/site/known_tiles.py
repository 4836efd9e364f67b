"""The tiles of long curves that the last build wrote, kept in the cache: a longer run costs only its new ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import msgspec

from reportgen.site.level_data import TileFile, TileKey
from reportgen.storage import Storage

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[tuple[str, int, int, str, str, int]]).decode


@dataclass(frozen=True, slots=True)
class KnownTiles:
    """The tiles of the runs of one project, a file for each run that has any.

    Attributes:
        storage: the cache.
        folder: in it, of this site and project alone.
    """

    storage: Storage
    folder: str

    def of(self, run: str) -> Mapping[TileKey, TileFile]:
        """The tiles of a run by its slug; none if they are not known."""
        return _known(self.storage, self._name(run))

    def keep(self, run: str, tiles: Mapping[TileKey, TileFile]) -> None:
        """Keep the tiles of a run. A cache that cannot be written is no error."""
        if not tiles:
            return
        _known.cache_clear()
        try:
            self.storage.write(self._name(run), _encode([(*key, *tile) for key, tile in tiles.items()]))
        except OSError:
            return

    def _name(self, run: str) -> str:
        return f"{self.folder}/{run}.tiles"


@lru_cache(maxsize=2)
def _known(storage: Storage, name: str) -> Mapping[TileKey, TileFile]:
    """The tiles of one file; those of a long run are asked for by every process that makes a part of it."""
    try:
        rows = _decode(storage.read(name))
    except (OSError, ValueError, msgspec.MsgspecError):
        return {}
    return {TileKey(*row[:3]): TileFile(*row[3:]) for row in rows}
