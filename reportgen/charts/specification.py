"""Vega specifications: authored with Altair, compiled once for each shape of chart, then filled with data.

An author is a function of plain arguments. It is known by its name, its arguments and the code of this package, so that
a build that has its chart in the cache imports neither Altair nor the compiler. The data never pass through the
compiler, so no logged text can become part of an expression, and a compiled specification serves every chart of the
same shape. What comes out runs under Vega's expression interpreter without a network. Its width is the signal ``width``
with ``autosize: fit-x``: the browser sets it to the panel's. Colours are named schemes only (``category`` is the run
palette); the browser's config gives everything else its colour. Each row has a ``tip``, what a tooltip shows as names
and texts, and ``run``, the id, where it stands for a run.
"""

import functools
import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportgen.charts.compiler import call

if TYPE_CHECKING:
    import altair as alt

    AnyChart = alt.Chart | alt.LayerChart | alt.FacetChart

RUN_COLORS = 12
WIDTH, HEIGHT = 560, 300
"""Of a plot, where nobody has said otherwise."""
TITLE_PADDING = 12
"""Pixels between the labels of a y axis and its title."""
_SPOKEN = ("description", "ariaRoleDescription")

Rows = Sequence[Mapping[str, Any]]
Author = functools.partial["AnyChart"]
"""A function of a module of `charts` with plain arguments, which makes a chart over `alt.NamedData`."""


@dataclass(frozen=True, slots=True)
class _Source:
    """Vega-Lite in JSON, made only if need be, and what stands for it in the cache."""

    key: str
    made: Callable[[], str] = field(compare=False)


def filled(author: Author, data: Mapping[str, Rows], height: int, cache: Path | None = None) -> dict[str, Any]:
    """The Vega specification of a chart over named data, with the rows of each name inside.

    Args:
        author: what makes the chart; it must depend on nothing but its arguments, whose `repr` says all about them.
        data: name -> rows.
        height: of the plot in pixels.
        cache: folder where compiled specifications are kept between builds.
    """
    function = author.func
    key = f"{function.__module__}.{function.__qualname__} {author.args} {author.keywords}"
    source = _Source(key, functools.partial(_vega_lite, author))
    specification: dict[str, Any] = json.loads(_compiled(source, cache))
    specification["height"] = height  # all else speaks of it as a signal, as of the width
    for table in specification["data"]:
        if table["name"] in data and "source" not in table:
            table["values"] = [dict(row) for row in data[table["name"]]]
    return specification


def vega_of(source: str, cache: Path | None = None) -> dict[str, Any]:
    """The Vega specification of a Vega-Lite one in JSON, which an author wrote over named data.

    Raises:
        ValueError: Vega-Lite cannot make anything of it.
    """
    specification: dict[str, Any] = json.loads(_compiled(_Source(source, lambda: source), cache))
    return specification


def with_groups(specification: dict[str, Any], groups: Sequence[str], shown: Sequence[str]) -> dict[str, Any]:
    """The specification with its colours given to all groups in order, and a legend of only those that are shown."""
    if groups:
        wanted = set(shown)
        for scale in specification["scales"]:
            if scale["name"] == "color":
                scale["domain"] = list(groups)
        for legend in specification.get("legends", ()):
            legend["values"] = [group for group in groups if group in wanted]
    return specification


@functools.lru_cache(maxsize=512)
def _compiled(source: _Source, cache: Path | None) -> str:
    """The Vega specification of a Vega-Lite one, as JSON."""
    path = None
    if cache is not None:
        path = cache / "charts" / f"{hashlib.sha256(f'{tools()} {source.key}'.encode()).hexdigest()[:24]}.json"
        if kept := kept_text(path):
            return kept
    import altair as alt

    version = "_".join(alt.SCHEMA_VERSION.split(".")[:2])
    compiled = json.dumps(_clean(call("vegalite_to_vega", vl_spec=source.made(), vl_version=version)))
    if path is not None:
        keep_text(path, compiled)
    return compiled


def _vega_lite(author: Author) -> str:
    """What an author makes, in JSON."""
    import altair as alt

    autosize = alt.AutoSizeParams(type="fit-x", contains="padding")
    with alt.theme.enable("none"):
        return json.dumps(author().properties(width=WIDTH, height=HEIGHT, autosize=autosize).to_dict(), sort_keys=True)


@functools.cache
def tools() -> str:
    """What every specification depends on: the code of `charts`, and the versions of Altair and its compiler."""
    code = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        code.update(path.read_bytes())
    return f"{code.hexdigest()} {metadata.version('altair')} {metadata.version('vl-convert-python')}"


def _clean(specification: dict[str, Any]) -> dict[str, Any]:
    """The specification without its background, black texts, and expressions that only repeat titles aloud."""
    specification.pop("background", None)
    specification.pop("$schema", None)
    for mark in _marks(specification):
        for encoding in mark.get("encode", {}).values():
            for name in _SPOKEN:
                encoding.pop(name, None)
            if mark.get("type") == "text" and encoding.get("fill") == {"value": "black"}:
                del encoding["fill"]
    return specification


def _marks(group: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = []
    for mark in group.get("marks", ()):
        found += [mark, *_marks(mark)]
    return found


def kept_text(path: Path) -> str:
    """What the cache has, an object in JSON; empty when there is nothing or it is torn."""
    try:
        text = path.read_text("utf-8")
        return text if isinstance(json.loads(text), dict) else ""
    except (OSError, ValueError):
        return ""


def keep_text(path: Path, text: str) -> None:
    """Write to the cache whole or not at all; a cache that cannot be written is no reason to fail."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
        Path(name).replace(path)
    except OSError:
        return


def run_color() -> "alt.Color":
    """The colour of a run: the field ``color`` is its place in the project modulo the palette."""
    import altair as alt

    scale = alt.Scale(domain=list(range(RUN_COLORS)), range="category")
    return alt.Color("color:O", scale=scale, legend=None)
