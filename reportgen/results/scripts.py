"""Datasets of a site as data: ``reportgen.put(key, payload);`` is read as JSON, never run."""

import re
from typing import TypeVar

import msgspec

from reportgen.errors import ResultsError
from reportgen.site.data_files import PROTOTYPE

_HEAD = re.compile(rb'\s*reportgen\.put\("(?:[^"\\]|\\.)*",')
_TAIL = re.compile(rb"\);\s*\Z")
_Shape = TypeVar("_Shape")


def dataset(script: bytes, shape: type[_Shape], where: str) -> _Shape:
    """The payload of a script, which has to have a shape.

    Raises:
        ResultsError: it has not, or this is no dataset.
    """
    head, tail = _HEAD.match(script), _TAIL.search(script[-16:])
    if head is None or tail is None:
        raise ResultsError("this is no dataset of a site", where=where)
    payload = script[head.end() : len(script) - len(tail[0])]
    # Quotes cannot stand in a JSON string unescaped, so that this only undoes what `encode_script` did.
    return shaped(payload.replace(PROTOTYPE[1], PROTOTYPE[0]), shape, where)


def shaped(text: bytes, shape: type[_Shape], where: str) -> _Shape:
    """JSON of a shape.

    Raises:
        ResultsError: it is none, or of another shape.
    """
    try:
        return msgspec.json.decode(text, type=shape)
    except (ValueError, msgspec.MsgspecError, RecursionError) as error:
        raise ResultsError(f"these data are not what they should be: {error}", where=where) from error
