"""The measures of a network with igraph, some fifty times as fast as networkx: the extra `graph`.

The same answers as `network`, link for link and node for node: a test compares them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import igraph

from .measures import Raw

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .measures import Skeleton


def measured(skeleton: Skeleton, sources: Sequence[int] | None) -> Raw:
    """Return what igraph finds; paths begin at `sources`, or at every node."""
    pairs = [(one, other) for one, other, _ in skeleton.links]
    graph = igraph.Graph(n=skeleton.size, edges=pairs)
    begun = None if sources is None else list(sources)
    return Raw(
        tuple(graph.connected_components().membership),
        tuple(graph.degree()),
        tuple(int(weight) for weight in graph.strength(weights=[weight for *_, weight in skeleton.links])),
        tuple(graph.betweenness(directed=False, sources=begun)),
        frozenset(graph.articulation_points()),
        frozenset(pairs[edge] for edge in graph.bridges()),
    )
