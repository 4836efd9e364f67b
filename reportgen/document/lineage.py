"""The way of artifacts from run to run, as a drawing and as a table."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LineageNode:
    """A run or a version of an artifact.

    Attributes:
        id: unique in the drawing.
        kind: ``run`` or ``artifact``.
        title: its name, for an artifact with the version.
        detail: state of a run, type of an artifact.
        x: of its left edge, in pixels.
        y: of its upper edge.
        uri: where it leads; empty if that is nowhere.
        is_here: whether the page is about it.
    """

    id: str
    kind: str
    title: str
    detail: str
    x: int
    y: int
    uri: str = ""
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class LineageEdge:
    """From a run to what it logged, or from a version to a run that used it; ``path`` is one of SVG."""

    source: LineageNode
    target: LineageNode
    path: str


@dataclass(frozen=True, slots=True)
class LineageGraph:
    """What came before a run and what came of it; ``note`` says what is left out."""

    id: str
    width: int
    height: int
    node_width: int
    node_height: int
    nodes: tuple[LineageNode, ...]
    edges: tuple[LineageEdge, ...]
    note: str = ""
