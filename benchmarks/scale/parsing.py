"""The least that any reader must do: every log decoded by msgspec into columns of floats, and nothing kept.

In a process for each core, imports and all, as a build has them too. Its argument is the folder with the runs.
"""

from __future__ import annotations

import os
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from operator import attrgetter
from pathlib import Path

import msgspec
import numpy as np

PART_BYTES = 1 << 22

Part = tuple[Path, int, int]
"""A file, and where a part of it begins and ends: between lines."""


def parts(path: Path) -> list[Part]:
    """A file, cut so that several processes can share it."""
    found, start, length = [], 0, path.stat().st_size
    with path.open("rb") as file:
        while start < length:
            file.seek(start + PART_BYTES)
            file.readline()
            end = min(file.tell(), length)
            found.append((path, start, end))
            start = end
    return found


@lru_cache
def decoder(keys: tuple[str, ...]) -> msgspec.json.Decoder[msgspec.Struct]:
    """Of rows that have just these keys."""
    names = [f"c{number}" for number in range(len(keys))]
    row = msgspec.defstruct(
        "Row", [(name, float) for name in names], rename=dict(zip(names, keys, strict=True)), gc=False
    )
    return msgspec.json.Decoder(row)


def decoded(part: Part) -> int:
    """Make the columns of a part; how many values they hold."""
    path, start, end = part
    with path.open("rb") as file:
        file.seek(start)
        content = file.read(end - start)
    rows = decoder(tuple(msgspec.json.decode(content[: content.index(b"\n")]))).decode_lines(content)
    columns = [np.fromiter(map(attrgetter(name), rows), float, len(rows)) for name in rows[0].__struct_fields__]
    return sum(column.size for column in columns)


def main() -> None:
    """Print how many values there are."""
    found = [part for path in sorted(Path(sys.argv[1]).glob("*/metrics.jsonl")) for part in parts(path)]
    with ProcessPoolExecutor() as pool:
        chunk = max(1, len(found) // (8 * (os.cpu_count() or 1)))
        print(sum(pool.map(decoded, found, chunksize=chunk)))


if __name__ == "__main__":
    main()
