"""Config and summary of one run as filterable tables."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reportgen.document import KeyValues
from reportgen.model import Run
from reportgen.numbers import full_text, short_text

DEEPEST = 20
"""Levels of nesting that become dotted keys; what is below stands as JSON."""


def config_table(run: Run) -> KeyValues:
    """The run's configuration with dotted keys, in the order logged; what the run has pinned comes first."""
    empty = "No configuration was logged: pass config={…} to reportgen.init."
    pinned = run.environment.get("pinned_config")
    first = [key for key in pinned if key in run.config] if isinstance(pinned, list) and _are_texts(pinned) else []
    ordered = {key: run.config[key] for key in (*first, *run.config)}
    return KeyValues("config", "Config", _rows(_flat(ordered)), empty)


def summary_table(run: Run) -> KeyValues:
    """The run's summary by key; media have their own place."""
    shown = ((key, run.summary[key]) for key in sorted(run.summary) if not _is_media(run.summary[key]))
    return KeyValues("summary", "Summary", _rows(shown), "Nothing was logged, so there is no summary.")


def variables_table(run: Run) -> KeyValues:
    """The environment variables that were captured, folded: they are many and rarely looked at."""
    variables = run.environment.get("variables")
    shown = sorted(variables.items()) if isinstance(variables, Mapping) else ()
    return KeyValues("variables", "Environment variables", _rows(shown), "None was captured.", folded=True)


def flat_rows(values: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    """Nested values as rows of `KeyValues`: dotted key, short text, full text."""
    return _rows(_flat(values))


def _rows(items: Iterable[tuple[str, Any]]) -> tuple[tuple[str, str, str], ...]:
    return tuple((key, short_text(value), full_text(value)) for key, value in items)


def _are_texts(values: list[Any]) -> bool:
    return all(isinstance(value, str) for value in values)


def _is_media(value: Any) -> bool:
    return isinstance(value, Mapping) and "_type" in value


def _flat(values: Mapping[str, Any], prefix: str = "", depth: int = 1) -> Iterator[tuple[str, Any]]:
    for key, value in values.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping) and value and depth < DEEPEST:
            yield from _flat(value, f"{name}.", depth + 1)
        else:
            yield name, value
