"""The network of actors: who holds it together, which groups it has, what would come apart without whom.

In: ties (`ties.Tie`) and labels by IRI, with the pairs along which units and predecessors are merged.
Out: a `Network`, nodes and links in the order of IRIs: two runs give the same bytes. How:

1. The ties become links between actors (`ties`), and actors become numbers (`measures`).
2. Components, degrees, betweenness, articulation points and bridges are networkx's; beyond some 20,000
   links, igraph's where it is installed. Both give the same answers, which a test compares: betweenness
   is kept to ten digits, and a sample of paths begins at the same actors.
3. Communities are our own (`communities`): those of the two libraries differ from each other.
4. Components and communities are numbered from 1, the largest first, then by their first actor.

Shortest paths count links, whatever their weight: a weight tells how often two actors meet, not how far
apart they are. A bridge is a link that alone holds two parts together, all its ties taken as one.
"""

from __future__ import annotations

import importlib.util
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx

from .communities import communities, modularity
from .language import Words, printable
from .measures import EXACT, SEED, Raw, Skeleton, betweenness, ranked, sample
from .ties import Tie, grouped, projected

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from .language import Language
    from .ties import Projection

__all__ = [
    "EXACT",
    "LARGE",
    "SEED",
    "Edge",
    "Network",
    "Node",
    "Tie",
    "View",
    "gexf",
    "graphml",
    "linked",
    "measure",
    "merging",
]

LARGE = 20_000  # links beyond which igraph measures, where it is installed
_STAMP = re.compile(r' lastmodifieddate="[^"]*"')  # the day of the export, which would change its bytes


@dataclass(frozen=True, slots=True)
class Node:
    """An actor in the network."""

    iri: str
    label: Words
    stands_for: tuple[str, ...]  # the actors that were merged into it, itself among them
    component: int
    community: int
    degree: int  # actors that it is linked with
    weighted: int  # the weights of its links
    betweenness: float
    is_cut: bool  # an articulation point: without it, others would no longer be linked


@dataclass(frozen=True, slots=True)
class Edge:
    """All that ties two actors."""

    source: str
    target: str
    weight: int
    things: tuple[str, ...]
    kinds: tuple[str, ...]
    excerpts: tuple[str, ...]
    is_bridge: bool


@dataclass(frozen=True, slots=True)
class Network:
    """The network, and how it was measured."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    components: int
    communities: int
    modularity: float
    sources: int | None  # actors at which the counted paths begin; None when betweenness is exact
    seed: int
    loops: int  # ties of an actor with itself, left out
    undecided: tuple[str, ...]  # actors with several institutions or successors, left as they are


@dataclass(frozen=True, slots=True)
class View:
    """How a network was asked for, and what the options that were not taken would merge."""

    kinds: Mapping[str, Words]  # of ties, by name
    roll_up: bool = False
    succession: bool = False
    units: int = 0  # actors that are units of one institution each
    replaced: int = 0  # actors with one successor each

    def named(self, kinds: Iterable[str], language: Language) -> str:
        """Return kinds of ties as a reader calls them."""
        return ", ".join(self.kinds.get(kind, Words(kind, kind)).to(language) for kind in kinds)


def merging(network: Network, pairs: Iterable[tuple[str, str]]) -> int:
    """Return how many actors of the network would become another one along the pairs."""
    after = grouped(pairs)
    return sum(len(after.get(node.iri, ())) == 1 for node in network.nodes)


def measure(  # noqa: PLR0913  # what the asker may choose
    ties: Iterable[Tie],
    labels: Mapping[str, Words],
    *,
    units: Iterable[tuple[str, str]] = (),
    successors: Iterable[tuple[str, str]] = (),
    exact: int = EXACT,
    large: int = LARGE,
    seed: int = SEED,
) -> Network:
    """Return the network of the ties.

    `units` are pairs (unit, institution) to roll up, `successors` pairs (predecessor, successor) to follow.
    Betweenness is exact up to `exact` nodes times links.
    """
    found = projected(ties, units=units, successors=successors)
    skeleton = _skeleton(found)
    sources = sample(skeleton, exact, seed)
    raw = _measured(skeleton, sources, large)
    groups = communities(skeleton.size, skeleton.links, seed=seed)
    nodes = _nodes(found, labels, raw, groups, betweenness(raw, sources))
    return Network(
        nodes,
        _edges(found, skeleton, raw),
        max((node.component for node in nodes), default=0),
        max((node.community for node in nodes), default=0),
        modularity(skeleton.links, groups),
        None if sources is None else len(sources),
        seed,
        found.loops,
        found.undecided,
    )


def _skeleton(found: Projection) -> Skeleton:
    numbers = {actor: number for number, actor in enumerate(found.actors)}
    links = ((numbers[link.source], numbers[link.target], link.weight) for link in found.links)
    return Skeleton(len(numbers), tuple(links))


def _measured(skeleton: Skeleton, sources: Sequence[int] | None, large: int) -> Raw:
    if len(skeleton.links) > large and importlib.util.find_spec("igraph"):
        from . import network_large  # noqa: PLC0415  # an extra, and 0.1 s to import

        return network_large.measured(skeleton, sources)
    return measured(skeleton, sources)


def measured(skeleton: Skeleton, sources: Sequence[int] | None) -> Raw:
    """Return what networkx finds; paths begin at `sources`, or at every node."""
    graph = nx.Graph()
    graph.add_nodes_from(range(skeleton.size))
    graph.add_weighted_edges_from(skeleton.links)
    components = [0] * skeleton.size
    for number, members in enumerate(nx.connected_components(graph)):
        for node in members:
            components[node] = number
    paths = (
        nx.betweenness_centrality(graph, normalized=False)
        if sources is None
        else nx.betweenness_centrality_subset(graph, sources, list(graph))
    )
    return Raw(
        tuple(components),
        tuple(degree for _, degree in graph.degree()),
        tuple(weight for _, weight in graph.degree(weight="weight")),
        tuple(paths[node] for node in range(skeleton.size)),
        frozenset(nx.articulation_points(graph)),
        frozenset((min(pair), max(pair)) for pair in nx.bridges(graph)),
    )


def _nodes(
    found: Projection, labels: Mapping[str, Words], raw: Raw, groups: Sequence[int], between: Sequence[float]
) -> tuple[Node, ...]:
    components, groups = ranked(raw.components), ranked(groups)
    return tuple(
        Node(
            actor,
            labels.get(actor, Words(actor, actor)),
            found.stands_for[actor],
            components[place],
            groups[place],
            raw.degrees[place],
            raw.weighted[place],
            between[place],
            place in raw.cuts,
        )
        for place, actor in enumerate(found.actors)
    )


def _edges(found: Projection, skeleton: Skeleton, raw: Raw) -> tuple[Edge, ...]:
    return tuple(
        Edge(
            link.source,
            link.target,
            link.weight,
            link.things,
            link.kinds,
            link.excerpts,
            (one, other) in raw.bridges,
        )
        for link, (one, other, _) in zip(found.links, skeleton.links, strict=True)
    )


def graphml(network: Network, language: Language) -> str:
    """Return the network as GraphML, written by networkx."""
    lines = nx.generate_graphml(_graph(network, language), named_key_ids=True)
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', *lines]) + "\n"


def linked(
    nodes: Iterable[tuple[str, Mapping[str, str]]], edges: Iterable[tuple[str, str, Mapping[str, str]]]
) -> Iterator[str]:
    """Yield the lines of a directed graph as GraphML, written by networkx; two nodes may have several links.

    Each node has its IRI and what is said of it, each link its two ends and what is said of it.
    """
    graph = nx.MultiDiGraph()
    for iri, said in nodes:
        graph.add_node(_fit(iri), **{name: _fit(text) for name, text in said.items()})
    for number, (source, target, said) in enumerate(edges):
        told = {name: _fit(text) for name, text in said.items()}
        graph.add_edge(_fit(source), _fit(target), key=number, **told)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield from (f"{line}\n" for line in nx.generate_graphml(graph))  # names of keys would meet


def gexf(network: Network, language: Language) -> str:
    """Return the network as GEXF, written by networkx, without the day on which it was written."""
    text = "\n".join(nx.generate_gexf(_graph(network, language)))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{_STAMP.sub("", text, count=1)}\n'


def _graph(network: Network, language: Language) -> nx.Graph:
    """Return the network with attributes that every reader of such files takes: text, numbers, yes or no."""
    graph = nx.Graph()
    for node in network.nodes:
        graph.add_node(
            _fit(node.iri),
            label=_fit(node.label.to(language)),
            stands_for=_fit(" ".join(node.stands_for)),
            component=node.component,
            community=node.community,
            degree=node.degree,
            weighted_degree=node.weighted,
            betweenness=node.betweenness,
            articulation_point=node.is_cut,
        )
    for edge in network.edges:
        graph.add_edge(
            _fit(edge.source),
            _fit(edge.target),
            weight=edge.weight,
            things=_fit(" ".join(edge.things)),
            kinds=_fit(" ".join(edge.kinds)),
            excerpts=_fit(" ".join(edge.excerpts)),
            bridge=edge.is_bridge,
        )
    return graph


def _fit(text: str) -> str:
    """Return a text that XML can hold: control characters and the like escaped."""
    return printable(text, len(text))
