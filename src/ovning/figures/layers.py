"""Where boxes and the arrows between them go: layers from the top down, by graphlay.

The only place that knows graphlay. Points (1/72 inch) all through, ``y`` downwards, as on a page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

import graphlay

Point: TypeAlias = tuple[float, float]

_MOST_SPLITS: Final = 12
_SPACING: Final = {
    "layer_gap": 18.0,
    "node_gap": 10.0,
    "dummy_gap": 8.0,
    "port_gap": 8.0,
    "port_stroke_clear": 6.0,
    "stub": 7.0,
    "isolated_gap": 10.0,
    "bundle_lane_gap": 6.0,
}
_WAYS: Final[tuple[dict[str, object], ...]] = tuple(
    {"coords": {"placement": placement, "branch_style": branches}, "compaction": {"mode": mode}}
    for placement in ("network_simplex", "brandes_koepf")
    for branches in ("straight_main", "free")
    for mode in ("none", "priority")
)
"""The library's ways to place what it has ordered; which is the narrowest depends on the graph."""


@dataclass(frozen=True, slots=True)
class Box:
    """Something to be placed."""

    key: str
    """Its name among the boxes."""
    width: float
    """Points."""
    height: float
    """Points."""
    layer: int | None = None
    """The layer it must stand in, from 0 at the top; found if left out."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where everything stands."""

    width: float
    """Of all of it, points."""
    height: float
    """Of all of it, points."""
    corners: dict[str, Point]
    """Box → its upper left corner."""
    layers: dict[str, int]
    """Box → its layer, from 0 at the top; a box without arrows has none and stands aside."""
    routes: tuple[tuple[Point, ...], ...]
    """For each arrow in order, the corners of its line from border to border."""


def placed(
    boxes: Sequence[Box],
    arrows: Sequence[tuple[str, str]],
    *,
    fork: bool = False,
    way: Mapping[str, object] = _WAYS[0],
) -> Placed:
    """Lay them out; ``fork``: arrows from the same box share their first stretch.

    The same boxes and arrows give the same places everywhere.
    """
    if not boxes:
        return Placed(0.0, 0.0, {}, {}, ())
    graph = graphlay.Graph()
    for box in boxes:
        rank: object = "free" if box.layer is None else {"fixed": box.layer}
        graph.node(box.key, width=box.width, height=box.height, rank=rank)
    for source, target in arrows:
        graph.edge(source, target)
    options: dict[str, object] = {
        "direction": "topbottom",
        "spacing": _SPACING | ({"layer_gap": 12.0} if fork else {}),
        "routing": {"merge_edges": "forks" if fork else "none"},
    }
    made = graphlay.layout(graph, options=options | dict(way))
    left, top = _point(made.bounds["min"])
    right, bottom = _point(made.bounds["max"])
    corners = {}
    for box, node in zip(boxes, made.nodes, strict=True):
        x, y = _point(node["center"])
        corners[box.key] = (_even(x - left - box.width / 2), _even(y - top - box.height / 2))
    routes = tuple(
        tuple((_even(x - left), _even(y - top)) for x, y in map(_point, edge["points"])) for edge in made.edges
    )
    ranks = {box.key: node["rank"] for box, node in zip(boxes, made.nodes, strict=True)}
    layers = {key: int(rank) for key, rank in ranks.items() if rank is not None}
    return Placed(_even(right - left), _even(bottom - top), corners, layers, routes)


def narrowest(boxes: Sequence[Box], arrows: Sequence[tuple[str, str]], width: float, *, fork: bool = False) -> Placed:
    """Lay them out in the way that is the lowest of those no wider than so many points, or the narrowest of all."""
    return min((placed(boxes, arrows, fork=fork, way=way) for way in _WAYS), key=lambda one: _unfit(one, width))


def fitted(boxes: Sequence[Box], arrows: Sequence[tuple[str, str]], width: float) -> Placed:
    """Lay them out no wider than so many points if that can be done: the broadest layers are parted until it is."""
    best: Placed | None = None
    asked = list(boxes)
    for _ in range(_MOST_SPLITS):
        found = narrowest(asked, arrows, width)
        if best is None or _unfit(found, width) < _unfit(best, width):
            best = found
        if found.width <= width:
            break
        layers = _split(asked, found)
        if layers is None:
            break
        asked = [replace(box, layer=layers.get(box.key)) for box in asked]
    return best if best is not None else placed(boxes, arrows)


def _unfit(found: Placed, width: float) -> tuple[float, float]:
    return max(0.0, found.width - width), found.height


def _split(boxes: Sequence[Box], found: Placed) -> dict[str, int] | None:
    """The layers anew with the broadest in two; ``None`` when each has one box only."""
    breadths: dict[int, list[float]] = defaultdict(list)
    for box in boxes:
        if box.key in found.layers:
            breadths[found.layers[box.key]].append(box.width)
    broad = {layer: sum(widths) for layer, widths in breadths.items() if len(widths) > 1}
    if not broad:
        return None
    broadest = max(broad, key=lambda layer: (broad[layer], -layer))
    inside = sorted((key for key in found.layers if found.layers[key] == broadest), key=lambda key: found.corners[key])
    lower = set(inside[len(inside) // 2 :])
    return {key: layer + (layer > broadest or key in lower) for key, layer in found.layers.items()}


def _point(value: Any) -> Point:  # noqa: ANN401 - graphlay's own answer
    return float(value["x"]), float(value["y"])


def _even(value: float) -> float:
    # Last digits are nobody's business, and -0.0 is 0.
    return round(value, 2) + 0.0
