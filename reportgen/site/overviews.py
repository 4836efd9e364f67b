"""The overviews of a project: for each metric the curves of all its runs, in parts of a few hundred runs.

Each run's share was encoded when its own data were written; here the shares are only joined. What a sheet of runs
consists of is kept in the cache, so that one changed run costs its own share and one part of each overview.
"""

from collections.abc import Mapping, Sequence

import msgspec

from reportgen.document import DataRef, Dataset
from reportgen.site import previews
from reportgen.site.data_files import DataFiles, encode
from reportgen.site.links import Links, slugs
from reportgen.site.run_data import Parts
from reportgen.storage import Storage

OVERVIEW_RUNS = 250
"""Runs that share a part."""

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(dict[str, dict[str, bytes]]).decode


def stored_parts(storage: Storage, name: str) -> dict[str, Parts]:
    """Run id -> its parts, as the cache has them; nothing if it does not."""
    try:
        return _decode(storage.read(name))
    except (OSError, ValueError, msgspec.MsgspecError):
        return {}


def store_parts(storage: Storage, name: str, parts: Mapping[str, Parts]) -> None:
    """Keep the parts of some runs. A cache that cannot be written is no error."""
    try:
        storage.write(name, _encode(parts))
    except OSError:
        return


def write_overviews(
    data: DataFiles, links: Links, project: str, sheet: int, parts: Sequence[Parts]
) -> dict[str, DataRef]:
    """Write one part of every overview: that of a sheet of runs, whose shares come in their order."""
    names = dict.fromkeys(name for one in parts for name in one)
    refs: dict[str, DataRef] = {}
    for kind in ("ov", "system"):
        metrics = [name.partition("/")[2] for name in names if name.startswith(f"{kind}/")]
        for metric, slug in slugs(sorted(metrics)).items():
            curves = [one[f"{kind}/{metric}"] for one in parts if f"{kind}/{metric}" in one]
            refs[f"{kind}/{metric}"] = data.write_script(
                links.key(project, kind, slug, str(sheet * OVERVIEW_RUNS)),
                b'{"metric":' + encode(metric) + b',"curves":[' + b",".join(curves) + b"]}",
            )
    for name in (name for name in names if name.startswith("pre/")):
        metric = name.removeprefix("pre/")
        key = f"{refs[f'ov/{metric}'].key}/preview"
        refs[name] = data.write(Dataset(key, previews.joined(metric, [one[name] for one in parts if name in one])))
    return refs
