"""The lineage of a run as a drawing: what it was made from, and what was made from it, over any number of runs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reportgen.artifacts import ArtifactKey
from reportgen.document import LineageEdge, LineageGraph, LineageNode
from reportgen.model import Run
from reportgen.pages.context import PageContext
from reportgen.pages.layers import Layers, Place, layered
from reportgen.pages.lineage import Lineage, lineage_of

MOST_NODES = 60
MOST_COUNTED = 1_000
"""Nodes up to which a large lineage is looked through, to say how much of it there is."""
NODE_WIDTH, NODE_HEIGHT = 184, 44
STEP_X, STEP_Y = 248, 60
MARGIN = 8
TITLE_CHARACTERS = 300

Thing = Run | ArtifactKey


@dataclass(slots=True)
class _Found:
    """The runs and versions around a run, the nearest first, and the edges between them."""

    things: dict[str, Thing] = field(default_factory=dict)
    edges: dict[tuple[str, str], None] = field(default_factory=dict)


def lineage_graph(run: Run, context: PageContext) -> LineageGraph | None:
    """The drawing; None for a run that neither logged nor used anything."""
    lineage = lineage_of(context.workspace)
    if run not in lineage.logged and run not in lineage.used:
        return None
    found = _around(run, lineage)
    shown = list(found.things)[:MOST_NODES]
    kept = set(shown)
    edges = [edge for edge in found.edges if kept.issuperset(edge)]
    layers = layered(shown, edges)
    nodes = {name: _node(name, found.things[name], layers, (run, lineage, context)) for name in shown}
    tallest = max(layers.sizes)
    return LineageGraph(
        id="lineage",
        width=(len(layers.sizes) - 1) * STEP_X + NODE_WIDTH + 2 * MARGIN,
        height=(tallest - 1) * STEP_Y + NODE_HEIGHT + 2 * MARGIN,
        node_width=NODE_WIDTH,
        node_height=NODE_HEIGHT,
        nodes=tuple(sorted(nodes.values(), key=lambda node: (node.x, node.y))),
        edges=tuple(
            LineageEdge(nodes[source], nodes[target], _path(layers.routes[source, target], layers))
            for source, target in edges
        ),
        note=_note(len(shown), len(found.things)),
    )


def _around(run: Run, lineage: Lineage) -> _Found:
    """All that led to the run and all that it led to, step by step in both directions."""
    found = _Found({_name(run): run})
    ends: list[tuple[bool, list[Thing]]] = [(True, [run]), (False, [run])]
    while any(things for _, things in ends):
        for number, (is_back, things) in enumerate(ends):
            following: list[Thing] = []
            for thing in things:
                for other in _beside(thing, lineage, is_back=is_back):
                    name, edge = _name(other), (_name(thing), _name(other))
                    if name not in found.things:
                        if len(found.things) == MOST_COUNTED:
                            return found
                        found.things[name] = other
                        following.append(other)
                    found.edges[edge[::-1] if is_back else edge] = None
            ends[number] = (is_back, following)
    return found


def _beside(thing: Thing, lineage: Lineage, *, is_back: bool) -> Sequence[Thing]:
    if isinstance(thing, Run):
        return (lineage.used if is_back else lineage.logged).get(thing, ())
    return (lineage.loggers if is_back else lineage.users).get(thing, ())


def _name(thing: Thing) -> str:
    return f"run {thing.project}/{thing.id}" if isinstance(thing, Run) else f"artifact {thing}"


def _node(name: str, thing: Thing, layers: Layers, known: tuple[Run, Lineage, PageContext]) -> LineageNode:
    here, lineage, context = known
    x, y = _corner(layers.places[name], layers)
    if isinstance(thing, Run):
        uri = "" if thing is here else f"{context.links.run(thing)}#artifacts"
        return LineageNode(name, "run", thing.name[:TITLE_CHARACTERS], thing.state, x, y, uri, thing is here)
    version = lineage.versions.get(thing)
    records = (record for run in _members(thing, lineage) for record in run.artifact_records)
    kinds = (record.type for record in records if (record.name, record.version) == (thing.name, thing.version))
    logger = next(iter(lineage.loggers.get(thing, ())), None)
    project = f"{thing.project}/" if thing.project != here.project else ""
    return LineageNode(
        id=name,
        kind="artifact",
        title=f"{project}{thing.name}{':' if thing.version else ''}{thing.version}"[:TITLE_CHARACTERS],
        detail=version.type if version else next(kinds, ""),
        x=x,
        y=y,
        uri=f"{context.links.run(logger)}#artifacts" if logger is not None and logger is not here else "",
    )


def _members(key: ArtifactKey, lineage: Lineage) -> Iterator[Run]:
    yield from lineage.loggers.get(key, ())
    yield from lineage.users.get(key, ())


def _corner(place: Place, layers: Layers) -> tuple[int, int]:
    """The upper left corner of a place; layers stand around one middle line."""
    layer, number = place
    lower = (max(layers.sizes) - layers.sizes[layer]) * STEP_Y // 2
    return MARGIN + layer * STEP_X, MARGIN + lower + number * STEP_Y


def _path(route: Sequence[Place], layers: Layers) -> str:
    """A curve from the right edge of the first place through those between to the left edge of the last."""
    corners = [_corner(place, layers) for place in route]
    middle = NODE_HEIGHT // 2
    (x, y), *stops, (last_x, last_y) = corners
    x, y = x + NODE_WIDTH, y + middle
    parts = [f"M{x} {y}"]
    for stop_x, stop_y in (*stops, (last_x, last_y)):
        bend = (x + stop_x) // 2
        parts.append(f"C{bend} {y} {bend} {stop_y + middle} {stop_x} {stop_y + middle}")
        x, y = stop_x, stop_y + middle
        if (stop_x, stop_y) != (last_x, last_y):
            x += NODE_WIDTH
            parts.append(f"H{x}")
    return "".join(parts)


def _note(shown: int, known: int) -> str:
    if shown == known:
        return ""
    number = f"more than {known - 1:,}" if known >= MOST_COUNTED else f"{known:,}"
    return f"The nearest {shown} of {number} runs and versions are drawn."
