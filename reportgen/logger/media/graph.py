"""Graph: nodes and edges, such as the layers of a network, kept as a table of nodes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reportgen.errors import UsageError
from reportgen.logger.media.store import Clean, Media, MediaStore
from reportgen.logger.media.table_file import write_table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

WHERE = "reportgen.Graph"
FIRST, LAST = ("id", "name", "class_name"), "inputs"
"""Columns at the beginning of the table, and the one at its end: which nodes an edge comes from."""


class Node:
    """A node of a `Graph`.

    Args:
        id: what edges call it.
        attributes: what else is known of it, such as ``name``, ``class_name`` or ``num_parameters``.
    """

    def __init__(self, id: object, /, **attributes: object) -> None:  # noqa: A002 # wandb's name
        self.id = _key(id)
        self.attributes = {name: value for name, value in attributes.items() if value is not None}


class Graph(Media):
    """Nodes and edges to log, as a table with a row for each node and the ids of those that lead to it.

    Args:
        format: a word for what the graph is.
        nodes: ids, dictionaries with an ``id``, or `Node` objects.
        edges: pairs of ids: from, to.
    """

    def __init__(self, format: str = "keras", nodes: Iterable[object] = (), edges: Iterable[object] = ()) -> None:  # noqa: A002 # wandb's name
        self.format = str(format)
        self.nodes: list[Node] = []
        self.nodes_by_id: dict[object, Node] = {}
        self.edges: list[tuple[object, object]] = []
        try:
            for node in nodes:
                self.add_node(node)
            for edge in edges:
                self.add_edge(*edge)  # type: ignore[misc]
        except Exception as error:  # noqa: BLE001 # told when it is logged, with what there is
            self.remark(error)

    def __getitem__(self, id: object) -> Node:  # noqa: A002 # as in `Node`
        """The node with an id."""
        return self.nodes_by_id[_key(id)]

    def add_node(self, node: object = None, **attributes: object) -> Node:
        """Add a node, and return it.

        Args:
            node: an id, a dictionary with an ``id``, or a `Node`.
            attributes: what is known of it; ``id`` if ``node`` is not given.
        """
        if not isinstance(node, Node):
            given = node if isinstance(node, Mapping) else {} if node is None else {"id": node}
            known: dict[str, Any] = {**{str(key): value for key, value in given.items()}, **attributes}
            node = Node(known.pop("id", len(self.nodes)), **known)
        self.nodes.append(node)
        self.nodes_by_id[node.id] = node
        return node

    def add_edge(self, from_node: object, to_node: object) -> tuple[object, object]:
        """Add an edge between two nodes or ids, and return it; nodes that are not there yet are added."""
        edge = self._id(from_node), self._id(to_node)
        self.edges.append(edge)
        return edge

    def _id(self, node: object) -> object:
        known = self.nodes_by_id.get(node.id if isinstance(node, Node) else _key(node))
        return (known or self.add_node(node)).id

    def stored(self, store: MediaStore, clean: Clean) -> dict[str, Any] | list[Any]:
        """Write the table of nodes and return the value of the row."""
        if not self.nodes:
            raise UsageError("a graph without nodes", where=WHERE)
        inputs: dict[object, list[object]] = {}
        for start, end in self.edges:
            inputs.setdefault(end, []).append(start)
        more = dict.fromkeys(name for node in self.nodes for name in node.attributes if name not in (*FIRST, LAST))
        names = [name for name in FIRST[1:] if any(name in node.attributes for node in self.nodes)]
        columns = [FIRST[0], *names, *more, LAST]
        rows = [
            [node.id, *(node.attributes.get(name) for name in columns[1:-1]), inputs.get(node.id, [])]
            for node in self.nodes
        ]
        return {**write_table(columns, rows, store, clean), "graph": clean(self.format)}


def _key(id: object) -> object:  # noqa: A002 # as in `Node`
    """The id, or its text if it cannot be looked up."""
    try:
        hash(id)
    except TypeError:
        return str(id)
    return id
