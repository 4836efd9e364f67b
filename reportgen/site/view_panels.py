"""The panels of a view's file: what was added, moved or resized.

The browser writes them (``themes/client/workspace/layout_codec.ts``). `KINDS` is the twin of
``themes/client/panels/registry.ts``; ``tests/vectors/panel_kinds.json`` is what both sides must agree on. Which metrics
and columns there are is left to the browser, which says it in the place of the panel.
"""

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Any

import yaml

from reportgen.site.yaml_values import flag_of, number_of, text_of, texts_of

KINDS: Mapping[str, Mapping[str, str]] = {
    "line": {
        "metrics": "metrics",
        "pattern": "text",
        "y": "text",
        "x": "text",
        "ignoreOutliers": "switch",
        "logX": "switch",
        "logY": "switch",
    },
    "scatter": {"x": "column", "y": "column", "color": "column", "logX": "switch", "logY": "switch"},
    "bar": {"metric": "metric", "group": "column", "limit": "number"},
    "heatmap": {"metric": "text", "run": "text"},
    "parallel": {"columns": "columns", "color": "column"},
    "importance": {"metric": "metric"},
    "scalar": {"metric": "metric", "center": "text"},
    "media": {"key": "text", "step": "number"},
    "text": {"markdown": "text"},
    "spec": {"name": "text"},
}
"""Each kind of panel that can be added, with its fields and what each of them is."""
MOST_COLUMNS = 6
HEIGHTS = (100, 1200)
MOST_PANELS = 300
MOST_NAMES = 1000


def _whole(least: int, most: int) -> Callable[[yaml.Node], int | None]:
    def read(node: yaml.Node) -> int | None:
        value = number_of(node)
        return int(value) if value is not None and value == int(value) and least <= value <= most else None

    return read


def _names(node: yaml.Node) -> list[str] | None:
    """Names of metrics or columns. A few lines of YAML can stand for a huge list."""
    found = texts_of(node)
    return found if found is not None and len(found) <= MOST_NAMES else None


PLACE: Mapping[str, Callable[[yaml.Node], Any]] = {
    "section": text_of,
    "after": text_of,
    "width": _whole(1, MOST_COLUMNS),
    "height": _whole(*HEIGHTS),
}
READERS: Mapping[str, Callable[[yaml.Node], Any]] = {
    "metrics": _names,
    "columns": _names,
    "number": number_of,
    "switch": flag_of,
}
"""By what a field is; any other is text."""


def panels_of(node: yaml.Node, say: Callable[[str, int], None]) -> list[dict[str, Any]] | None:
    """The panels of a list; None for what is no list. What does not fit is left out and said with its line."""
    if not isinstance(node, yaml.SequenceNode):
        return None
    if len(node.value) > MOST_PANELS:
        say(f"'panels' has {len(node.value):,} entries; the first {MOST_PANELS} count", node.start_mark.line + 1)
    found = [_panel(item, say) for item in node.value[:MOST_PANELS]]
    return [panel for panel in found if panel is not None]


def _panel(node: yaml.Node, say: Callable[[str, int], None]) -> dict[str, Any] | None:
    line = node.start_mark.line + 1
    parts = {text_of(key): value for key, value in node.value} if isinstance(node, yaml.MappingNode) else {}
    kind = text_of(parts["kind"]) if "kind" in parts else None
    if kind is None and ("panel" not in parts or not text_of(parts["panel"])):
        say("a panel has a 'kind', such as 'kind: line', or is one of the workspace: 'panel: val/loss'", line)
        return None
    if kind is not None and kind not in KINDS:
        say(f"unknown kind {kind!r:.60}; {_hint(kind, KINDS)}", line)
        return None
    return _checked(parts, _readers(kind), say)


def _hint(word: str, known: Iterable[str]) -> str:
    near = get_close_matches(word, list(known), n=1)
    return f"did you mean {near[0]!r}?" if near else f"there is: {', '.join(known)}"


def _readers(kind: str | None) -> dict[str, Callable[[yaml.Node], Any]]:
    """How each key of an entry is read."""
    if kind is None:
        return {"panel": text_of, **PLACE}
    fields = {name: READERS.get(of, text_of) for name, of in KINDS[kind].items()}
    return {"kind": text_of, "id": _whole(1, 999_999), "title": text_of, **fields, **PLACE}


def _checked(
    parts: Mapping[str | None, yaml.Node],
    readers: Mapping[str, Callable[[yaml.Node], Any]],
    say: Callable[[str, int], None],
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, node in parts.items():
        line = node.start_mark.line + 1
        if name is None or name not in readers:
            say(f"unknown key {str(name)!r:.60} of a panel; {_hint(str(name), readers)}", line)
            continue
        value = readers[name](node)
        if value is None:
            say(f"{name!r} of a panel does not fit", line)
        else:
            values[name] = value
    return values
