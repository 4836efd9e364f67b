"""Media in artifacts: a JSON entry that stands for the medium, and the files that it names."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module

from reportgen.errors import UsageError
from reportgen.logger.artifacts.plain import cleaner_of
from reportgen.schema import (
    AUDIO,
    BOKEH,
    CHART,
    HISTOGRAM,
    HTML,
    IMAGE,
    MEDIA_FOLDER,
    MEDIA_TYPE,
    MOLECULE,
    OBJECT3D,
    PLOTLY,
    TABLE,
    VIDEO,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ENDING = "-file"
CLASSES = {
    HISTOGRAM: ("histogram", "Histogram", ()),
    TABLE: ("table", "Table", ()),
    IMAGE: ("image", "Image", ("caption", "grouping", "boxes", "masks")),
    AUDIO: ("audio", "Audio", ("sample_rate", "caption")),
    VIDEO: ("video", "Video", ("caption",)),
    HTML: ("html", "Html", ("caption",)),
    PLOTLY: ("plotly", "Plotly", ("caption",)),
    BOKEH: ("bokeh", "Bokeh", ("caption",)),
    OBJECT3D: ("object3d", "Object3D", ("caption",)),
    MOLECULE: ("molecule", "Molecule", ("caption",)),
}
"""Kind of medium -> its module in `reportgen.logger.media`, its class, and what that takes beside the file."""


def stored_files(obj: object, name: str, folder: str) -> tuple[str, dict[str, str]]:
    """Write a medium to a folder.

    Returns:
        The path of the entry that stands for it, and source by path of all the entries it needs.

    Raises:
        UsageError: it is no medium.
    """
    from reportgen.logger.writing.encoding import encode

    value = cleaner_of(folder).tree(obj)
    if not isinstance(value, dict) or not isinstance(value.get(MEDIA_TYPE), str):
        remedy = "Use add_file, or new_file to write something."
        raise UsageError(f"a {type(obj).__name__} is no medium", where="Artifact.add", remedy=remedy)
    place = f"{name}.{str(value[MEDIA_TYPE]).removesuffix(ENDING)}.json"
    description = os.path.join(folder, f"{os.urandom(4).hex()}.json")
    with open(description, "xb") as file:
        file.write(encode(value))
    files = {path: os.path.join(folder, path) for path in _paths(value, lambda path: os.path.join(folder, path))}
    return place, {**files, place: description}


def entry_of_medium(name: str, entries: Mapping[str, object]) -> str | None:
    """The path of the entry that stands for the medium of a name; None if there is none."""
    if name.endswith(".json") and name in entries:
        return name
    return next((path for path in entries if path.startswith(f"{name}.") and path.count(".", len(name)) == 2), None)  # noqa: PLR2004 # kind and json


def read_medium(path: str, fetch: Callable[[str], str]) -> object:
    """The medium that an entry stands for; None if this version knows none of its kind.

    Args:
        path: the entry on disk.
        fetch: gives the file on disk of another entry.
    """
    value = _read_json(path)
    return _medium(value, fetch) if isinstance(value, dict) and isinstance(value.get(MEDIA_TYPE), str) else None


def _medium(value: Mapping[str, Any], fetch: Callable[[str], str]) -> object:
    kind = str(value[MEDIA_TYPE])
    if kind == CHART:
        return _medium(value["table"], fetch)
    if kind not in CLASSES:
        return None
    module, name, taken = CLASSES[kind]
    made: Any = getattr(import_module(f"reportgen.logger.media.{module}"), name)
    if kind == HISTOGRAM:
        return made(np_histogram=(value["values"], value["bins"]))
    if kind == TABLE:
        parts = [_read_json(fetch(str(path))) for path in value.get("parts") or [value["path"]]]
        rows = [[_cell(cell, fetch) for cell in row] for part in parts for row in part["data"]]
        return made(columns=parts[0]["columns"], data=rows)
    fields = {field: value[field] for field in taken if field in value}
    if "masks" in fields:
        fields["masks"] = {name: {**mask, "path": fetch(mask["path"])} for name, mask in fields["masks"].items()}
    if kind == HTML:
        fields["inject"] = False  # it has been made fit for a page already
    return made(fetch(str(value["path"])), **fields)


def _cell(cell: object, fetch: Callable[[str], str]) -> object:
    return _medium(cell, fetch) if isinstance(cell, dict) and isinstance(cell.get(MEDIA_TYPE), str) else cell


def _paths(value: object, locate: Callable[[str], str]) -> Iterator[str]:
    """The files that a stored medium names: its own, those of its masks, and those in the cells of its table."""
    if isinstance(value, dict):
        for path in (value.get("path"), *(value.get("parts") or ())):
            if isinstance(path, str) and path.startswith(f"{MEDIA_FOLDER}/"):
                yield path
                if value.get(MEDIA_TYPE) == TABLE:
                    yield from _paths(_read_json(locate(path)), locate)
        for part in value.values():
            yield from _paths(part, locate)
    elif isinstance(value, list):
        for part in value:
            yield from _paths(part, locate)


def _read_json(path: str) -> Any:
    from json import loads

    with open(path, "rb") as file:
        return loads(file.read())
