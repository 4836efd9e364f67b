"""Files of specifications that a project has: ``specs/<name>.json``, read within bounds and without addresses."""

import json
from pathlib import Path
from typing import Any

from reportgen.errors import BlockError

LARGEST = 1_000_000
"""Bytes of a specification."""
HEIGHT = 300
ADDRESSES = ("url", "href")
REMEDY = "put a Vega-Lite or Vega specification into"


def read_spec(specs: Path | None, name: str) -> dict[str, Any]:
    """The specification of a name, which a run log may have chosen: a file below ``specs`` and nothing else.

    Raises:
        BlockError: there is no such file, or it is no specification.
    """
    where = f"specs/{name}.json"
    missing = BlockError(f"no specification is called {name!r}", remedy=f"{REMEDY} {where[:200]}")
    if specs is None or "\0" in name:
        raise missing
    try:
        root = specs.resolve()
        path = (root / f"{name}.json").resolve()
        if not path.is_relative_to(root) or not path.is_file() or path.stat().st_size > LARGEST:
            raise missing
        source = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise missing from error
    except (ValueError, RecursionError) as error:
        raise BlockError(f"{where} is no JSON: {error}", remedy=f"{REMEDY} it") from error
    if not isinstance(source, dict):
        raise BlockError(f"{where} is no specification", remedy=f"{REMEDY} it")
    return source


def without_addresses(value: Any, found: list[int]) -> Any:
    """The specification without anything that would be fetched or opened; counts what was taken out."""
    if isinstance(value, list):
        return [without_addresses(item, found) for item in value]
    if not isinstance(value, dict):
        return value
    found[0] += sum(key in value for key in ADDRESSES)
    return {key: without_addresses(item, found) for key, item in value.items() if key not in ADDRESSES}


def sized(spec: dict[str, Any], width: int) -> str:
    """Vega-Lite as wide as a panel where it is one plot and does not say how wide it wants to be, as JSON."""
    single = not {"hconcat", "vconcat", "concat", "facet", "repeat"} & set(spec)
    return json.dumps({"width": width, "height": HEIGHT, **spec} if single else spec, sort_keys=True)
