"""A layered drawing of a directed graph: edges go to the right, and cross as little as a few sweeps find."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

SWEEPS = 8

Edge = tuple[str, str]
Place = tuple[int, int]
"""A layer, from the left, and a place in it, from the top."""


@dataclass(frozen=True, slots=True)
class Layers:
    """Where the nodes of a graph are.

    Attributes:
        places: node -> its place.
        routes: edge -> the places that it goes through, one in each layer, its ends included.
        sizes: how many places each layer has, those of edges that pass by included.
    """

    places: Mapping[str, Place]
    routes: Mapping[Edge, tuple[Place, ...]]
    sizes: tuple[int, ...]


def layered(nodes: Sequence[str], edges: Iterable[Edge]) -> Layers:
    """Lay out a graph. An edge that would close a circle goes back to the left."""
    known = list(dict.fromkeys(edges))
    backward = _backward(nodes, known)
    forward = [edge for edge in known if edge not in backward]
    layer_of = _layers(nodes, forward)
    layers: list[list[str]] = [[] for _ in range(max(layer_of.values(), default=-1) + 1)]
    for node in nodes:
        layers[layer_of[node]].append(node)
    chains = {edge: _chain(edge, layer_of) for edge in forward}
    for chain in chains.values():
        for step, stop in enumerate(chain[1:-1], layer_of[chain[0]] + 1):
            layers[step].append(stop)
    _untangle(layers, [link for chain in chains.values() for link in pairwise(chain)])
    at = {name: (number, place) for number, layer in enumerate(layers) for place, name in enumerate(layer)}
    routes = {edge: tuple(at[name] for name in chains.get(edge, edge)) for edge in known}
    return Layers({node: at[node] for node in nodes}, routes, tuple(map(len, layers)))


def _backward(nodes: Sequence[str], edges: Sequence[Edge]) -> set[Edge]:
    """The edges that close a circle, found by walking along all of them."""
    following: dict[str, list[str]] = {node: [] for node in nodes}
    for source, target in edges:
        following[source].append(target)
    found: set[Edge] = set()
    on_way: dict[str, bool] = {}
    for start in nodes:
        if start in on_way:
            continue
        on_way[start] = True
        walk = [(start, iter(following[start]))]
        while walk:
            node, ahead = walk[-1]
            step = next(ahead, None)
            if step is None:
                on_way[node] = False
                walk.pop()
            elif on_way.get(step):
                found.add((node, step))
            elif step not in on_way:
                on_way[step] = True
                walk.append((step, iter(following[step])))
    return found


def _layers(nodes: Sequence[str], edges: Sequence[Edge]) -> dict[str, int]:
    """Each node right of all that lead to it; what nothing leads to stands just left of what it leads to."""
    layer_of = dict.fromkeys(nodes, 0)
    for _ in nodes:
        moved = False
        for source, target in edges:
            if layer_of[target] <= layer_of[source]:
                layer_of[target], moved = layer_of[source] + 1, True
        if not moved:
            break
    led_to = {target for _, target in edges}
    for node in nodes:
        targets = [layer_of[target] for source, target in edges if source == node]
        if node not in led_to and targets:
            layer_of[node] = min(targets) - 1
    return layer_of


def _chain(edge: Edge, layer_of: Mapping[str, int]) -> list[str]:
    """The edge's ends, and between them a stop in each layer that it passes."""
    source, target = edge
    stops = [f"\0{source}\0{target}\0{layer}" for layer in range(layer_of[source] + 1, layer_of[target])]
    return [source, *stops, target]


def _untangle(layers: list[list[str]], links: Sequence[Edge]) -> None:
    """Order each layer by the mean place of its neighbours, to the right and back again."""
    left: dict[str, list[str]] = {}
    right: dict[str, list[str]] = {}
    for source, target in links:
        right.setdefault(source, []).append(target)
        left.setdefault(target, []).append(source)
    for sweep in range(SWEEPS):
        beside, order = (left, layers) if sweep % 2 == 0 else (right, layers[::-1])
        for before, layer in pairwise(order):
            places = {name: place for place, name in enumerate(before)}
            means = {
                name: _mean([places[other] for other in beside[name]]) if beside.get(name) else place
                for place, name in enumerate(layer)
            }
            layer.sort(key=means.__getitem__)


def _mean(numbers: Sequence[int]) -> float:
    return sum(numbers) / len(numbers)
