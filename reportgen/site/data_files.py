r"""Datasets on disk: scripts that call ``reportgen.put(key, payload)``. Only here is JSON written for a browser.

A script that holds data is code all the same, so whatever a run logged is escaped here: ``<``, ``>``, ``&``, U+2028 and
U+2029 become ``\u`` escapes, and a key ``__proto__`` stays a key. Numpy columns are what is drawn: they are cut to six
significant digits, and evenly spaced ones become a ramp. Everything else keeps its exact value.
"""

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from reportgen.document import DataRef, Dataset
from reportgen.site.site_files import SiteFiles

DIGITS = 6
SHORTEST_RAMP = 3
DEEPEST = 100
LARGEST_EXACT = 2**53
ESCAPES = (
    (b"<", b"\\u003c"),
    (b">", b"\\u003e"),
    (b"&", b"\\u0026"),
    ("\u2028".encode(), b"\\u2028"),
    ("\u2029".encode(), b"\\u2029"),
)
# `"__proto__":` in an object literal would set the prototype; a computed key does not. Inside a JSON string these bytes
# cannot occur, because its quotes are escaped.
PROTOTYPE = (b'"__proto__":', b'["__proto__"]:')


def encode_script(payload: Any) -> bytes:
    """The payload as an expression of JavaScript, safe in any script."""
    return encode(payload).replace(*PROTOTYPE)


def encode(payload: Any) -> bytes:
    """The payload as JSON that is safe in any HTML."""
    try:
        text = orjson.dumps(payload, default=_column)
    except (TypeError, ValueError, RecursionError):
        text = orjson.dumps(_plain(payload, 0), default=_column)
    for raw, escaped in ESCAPES:
        text = text.replace(raw, escaped)
    return text


def _column(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return ramp(value) or drawn(value)
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, Mapping):
        return dict(value)
    return str(value)


def ramp(column: NDArray[np.float64]) -> dict[str, float] | None:
    """The column as a start, a distance and a length, if its values are evenly spaced."""
    size = len(column)
    if size < SHORTEST_RAMP or column.dtype.kind not in "fiu":
        return None
    first, by = float(column[0]), (float(column[-1]) - float(column[0])) / (size - 1)
    # Most columns are values and not steps: three points tell them apart. NaN is near nothing.
    near = abs(by) * 1e-6
    if not abs(float(column[1]) - first - by) <= near or not abs(float(column[2]) - first - 2 * by) <= near:
        return None
    if not float(np.abs(column - (first + by * np.arange(size))).max()) <= near:
        return None
    return {"from": _number(first), "by": _number(by), "n": size}


def drawn(column: NDArray[np.float64]) -> list[Any]:
    """The column as a list of numbers with six significant digits; None for NaN and the infinities."""
    if column.dtype.kind not in "fiu":
        return list(column.tolist())
    values = column.astype(np.float64)
    finite = np.isfinite(values)
    whole = finite & (values == np.rint(values)) & (np.abs(values) < LARGEST_EXACT)
    if whole.all():
        return list(values.astype(np.int64).tolist())
    rounded = _significant(np.where(finite, values, 0.0))
    if finite.all() and not whole.any():
        return list(rounded.tolist())
    out: list[Any] = rounded.tolist()
    for index in np.flatnonzero(whole):
        out[index] = int(values[index])
    for index in np.flatnonzero(~finite):
        out[index] = None
    return out


def _significant(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Round to six significant digits, to the double whose shortest text has them."""
    size = np.abs(values)
    with np.errstate(divide="ignore"):
        exponent = np.where(size > 0, np.floor(np.log10(size)), 0.0)
    places = DIGITS - 1 - exponent
    # A power of ten is exact up to 1e22, so divide by it or multiply with it, whichever is above one.
    up, down = 10.0 ** np.clip(places, 0, 300), 10.0 ** np.clip(-places, 0, 300)
    return np.asarray(np.rint(values * up / down) * down / up)


def _number(value: float) -> float:
    return int(value) if value.is_integer() and abs(value) < LARGEST_EXACT else value


def _plain(value: Any, depth: int) -> Any:
    """The same value without what JSON cannot hold: lone surrogates, huge integers, keys that are no text."""
    if depth > DEEPEST:
        return "…"
    if isinstance(value, Mapping):
        return {_text(str(key)): _plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, depth + 1) for item in value]
    if isinstance(value, str):
        return _text(value)
    return _huge(value) if isinstance(value, int) and abs(value) >= LARGEST_EXACT else value


def _text(value: str) -> str:
    return value.encode("utf-8", "replace").decode()


def _huge(value: int) -> float | str:
    try:
        return float(value)
    except OverflowError:
        return "∞" if value > 0 else "-∞"


def specification(spec: Mapping[str, Any]) -> Dataset:
    """The dataset of a Vega panel, under a key made of its content: the same specification is one file."""
    payload = {"spec": spec}
    return Dataset(f"charts/{hashlib.sha256(encode(payload)).hexdigest()[:12]}", payload)


@dataclass(frozen=True, slots=True)
class DataFiles:
    """The ``data/`` folder of a site: one file for each dataset.

    Attributes:
        files: of the site.
        prefix: folder of the site that holds ``data/``, with a slash; empty for the site itself.
    """

    files: SiteFiles
    prefix: str = ""

    def write(self, dataset: Dataset) -> DataRef:
        """Write a dataset into a file named after its content."""
        return self.write_script(dataset.key, encode_script(dataset.payload))

    def write_script(self, key: str, payload: bytes) -> DataRef:
        """The same for a payload that is encoded already."""
        script = _script(key, payload)
        digest = hashlib.sha256(script).hexdigest()[:8]
        url = f"data/{key}.{digest}.js"
        self.files.put(self.prefix + url, script, hashed=True)
        return DataRef(key, url)

    def write_unhashed(self, dataset: Dataset) -> DataRef:
        """Write a dataset into a file of its own name: the manifest, where everything starts."""
        url = f"data/{dataset.key}.js"
        self.files.put(self.prefix + url, _script(dataset.key, encode_script(dataset.payload)))
        return DataRef(dataset.key, url)


def _script(key: str, payload: bytes) -> bytes:
    return b"reportgen.put(" + encode(key) + b"," + payload + b");\n"


def number_or_none(value: float) -> float | None:
    """A float for JSON: None for NaN and the infinities."""
    return value if math.isfinite(value) else None
