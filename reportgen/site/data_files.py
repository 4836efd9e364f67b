r"""Datasets on disk: scripts that call ``reportgen.put(key, payload)``. Only here is JSON written for a browser.

A script that holds data is code all the same, so whatever a run logged is escaped here: ``<``, ``>``, ``&``, U+2028 and
U+2029 become ``\u`` escapes, and a key ``__proto__`` stays a key. Numpy columns are what is drawn, and written as
`columns` has it. Everything else keeps its exact value.
"""

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson

from reportgen.document import DataRef, Dataset
from reportgen.site.columns import LARGEST_EXACT, column_of
from reportgen.site.site_files import SiteFiles

DEEPEST = 100
ESCAPES = ((b"<", b"\\u003c"), (b">", b"\\u003e"), (b"&", b"\\u0026"))
SEPARATORS = (("\u2028".encode(), b"\\u2028"), ("\u2029".encode(), b"\\u2029"))
# `"__proto__":` in an object literal would set the prototype; a computed key does not. Inside a JSON string these bytes
# cannot occur, because its quotes are escaped.
PROTOTYPE = (b'"__proto__":', b'["__proto__"]:')


def encode_script(payload: Any) -> bytes:
    """The payload as an expression of JavaScript, safe in any script."""
    text = encode(payload)
    return text.replace(*PROTOTYPE) if b"_" in text else text


def encode(payload: Any) -> bytes:
    """The payload as JSON that is safe in any HTML."""
    try:
        text = orjson.dumps(payload, default=_column)
    except (TypeError, ValueError, RecursionError):
        text = orjson.dumps(_plain(payload, 0), default=_column)
    # Most data are numbers, and what is not in them is found out fastest like this.
    for raw, escaped in ESCAPES if text.isascii() else (*ESCAPES, *SEPARATORS):
        text = text.replace(raw, escaped)
    return text


def _column(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return column_of(value)
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, Mapping):
        return dict(value)
    return str(value)


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

    def keep(self, url: str, size: int) -> bool:
        """Keep a file of an earlier build; False if it is gone or has another size."""
        name = self.prefix + url
        if self.files.there.get(name) != size:
            return False
        self.files.written[name] = size
        return True

    def size(self, url: str) -> int:
        """Bytes of a file that was written or kept."""
        return self.files.written[self.prefix + url]

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
