"""The network of actors as text, CSV and JSON; its picture is `picture`, GraphML and GEXF are networkx's."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from accords.language import Words

from .phrases import counted, number
from .prose import safe, wrapped
from .tables import aligned, neutral

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from accords.language import Language
    from accords.network import Edge, Network, Node

MARK = "*"
ACTORS = Words("acteur", "actor"), Words("acteurs", "actors")
LINKS = Words("lien", "link"), Words("liens", "links")
_COMPONENTS = Words("composante", "component"), Words("composantes", "components")
_COMMUNITIES = Words("communauté", "community"), Words("communautés", "communities")
_HEADS = (
    Words("liens", "links"),
    Words("poids", "weight"),
    Words("intermédiarité", "betweenness"),
    Words("composante", "component"),
    Words("communauté", "community"),
    Words("", ""),
    Words("acteur", "actor"),
)
_LINK_HEADS = (Words("poids", "weight"), Words("", ""), Words("nature", "kind"), Words("entre", "between"))
_CUT = Words(
    f"{MARK} point d'articulation : sans cet acteur, d'autres ne seraient plus reliés",
    f"{MARK} articulation point: without this actor, others would no longer be linked",
)
_BRIDGE = Words(
    f"{MARK} pont : sans ce lien, deux parties du réseau se sépareraient",
    f"{MARK} bridge: without this link, two parts of the network would come apart",
)
NODE_COLUMNS = (
    "iri", "label", "component", "community", "degree", "weighted_degree", "betweenness", "articulation_point",
    "stands_for",
)  # fmt: skip
EDGE_COLUMNS = ("source", "target", "weight", "bridge", "kinds", "things", "excerpts")


def text(network: Network, language: Language, *, most: int, short: Callable[[str], str]) -> str:
    """Return the counts, the actors and the links, the most linked first, and how they were measured.

    At most `most` actors and links are listed (0: all), and what is left out is said; `short` gives the
    short name of an IRI.
    """
    lines = [heading(network, language), *_actors(network, language, most, short)]
    lines += [*_links(network, language, most, short), "", *_notes(network, language, short)]
    return "\n".join(lines) + "\n"


def heading(network: Network, language: Language) -> str:
    """Return the counts in one sentence."""
    parts = (
        counted(len(network.nodes), *ACTORS, language),
        counted(len(network.edges), *LINKS, language),
        counted(network.components, *_COMPONENTS, language),
        counted(network.communities, *_COMMUNITIES, language),
    )
    return Words("Réseau des acteurs : ", "Network of actors: ").to(language) + ", ".join(parts)


def decimal(value: float, language: Language) -> str:
    """Return a number with three decimals.

    >>> decimal(0.5, "fr")
    '0,500'
    """
    shown = f"{value:.3f}"
    return shown if language == "en" else shown.replace(".", ",")


def _actors(network: Network, language: Language, most: int, short: Callable[[str], str]) -> list[str]:
    ordered = sorted(network.nodes, key=lambda node: (-node.degree, -node.weighted, node.iri))
    rows = [tuple(head.to(language) for head in _HEADS)]
    rows += [
        (
            number(node.degree, language),
            number(node.weighted, language),
            decimal(node.betweenness, language),
            str(node.component),
            str(node.community),
            MARK if node.is_cut else "",
            _named(node, language, short),
        )
        for node in _first(ordered, most)
    ]
    key = [_CUT.to(language)] if any(node.is_cut for node in network.nodes) else []
    left = _left(len(ordered), most, language)
    return ["", *aligned(rows, right=range(5)), *left, *key] if ordered else []


def _links(network: Network, language: Language, most: int, short: Callable[[str], str]) -> list[str]:
    ordered = sorted(network.edges, key=lambda edge: (-edge.weight, edge.source, edge.target))
    names = {node.iri: _named(node, language, short) for node in network.nodes}
    rows = [tuple(head.to(language) for head in _LINK_HEADS)]
    rows += [
        (
            number(edge.weight, language),
            MARK if edge.is_bridge else "",
            safe(", ".join(edge.kinds)),
            f"{names[edge.source]} – {names[edge.target]}",
        )
        for edge in _first(ordered, most)
    ]
    key = [_BRIDGE.to(language)] if any(edge.is_bridge for edge in network.edges) else []
    left = _left(len(ordered), most, language)
    return ["", *aligned(rows, right=(0,)), *left, *key] if ordered else []


def _named(node: Node, language: Language, short: Callable[[str], str]) -> str:
    return f"{safe(node.label.to(language))} ({safe(short(node.iri))})"


def _first(rows: Sequence[Any], most: int) -> Sequence[Any]:
    return rows[:most] if most else rows


def _left(total: int, most: int, language: Language) -> list[str]:
    left = total - most if most else 0
    said = Words(
        f"… et {number(left, 'fr')} de plus (tout lister : --most 0)",
        f"… and {number(left, 'en')} more (list all: --most 0)",
    )
    return [said.to(language)] if left > 0 else []


def _notes(network: Network, language: Language, short: Callable[[str], str]) -> list[str]:
    said = [how_measured(network), _grouped(network)]
    if network.loops:
        said.append(
            Words(
                f"Laissés de côté : {counted(network.loops, *LINKS, 'fr')} d'un acteur avec lui-même.",
                f"Left out: {counted(network.loops, *LINKS, 'en')} of an actor with itself.",
            )
        )
    if network.undecided:
        names = ", ".join(safe(short(iri)) for iri in network.undecided)
        said.append(
            Words(
                f"Plusieurs institutions ou successeurs, donc laissés tels quels : {names}.",
                f"Several institutions or successors, hence left as they are: {names}.",
            )
        )
    return [line for words in said for line in wrapped(words.to(language))]


def how_measured(network: Network) -> Words:
    """Return whether betweenness is exact, in one sentence."""
    if network.sources is None:
        return Words(
            "Intermédiarité exacte : part des paires d'acteurs dont les plus courts chemins passent par celui-ci.",
            "Betweenness is exact: share of the pairs of actors whose shortest paths go through this one.",
        )
    drawn, seed = network.sources, network.seed
    return Words(
        f"Intermédiarité estimée : chemins comptés depuis {number(drawn, 'fr')} acteurs tirés au sort (graine {seed}).",
        f"Betweenness is estimated: paths counted from {number(drawn, 'en')} actors drawn at random (seed {seed}).",
    )


def _grouped(network: Network) -> Words:
    seed = network.seed
    return Words(
        f"Communautés : méthode de Louvain, graine {seed} ; modularité {decimal(network.modularity, 'fr')}.",
        f"Communities: Louvain method, seed {seed}; modularity {decimal(network.modularity, 'en')}.",
    )


def nodes_csv(network: Network, language: Language) -> str:
    """Return the actors as CSV (RFC 4180), one a line; cells that look like formulas get an apostrophe."""
    return _csv(NODE_COLUMNS, (_node_row(node, language) for node in network.nodes))


def edges_csv(network: Network) -> str:
    """Return the links as CSV (RFC 4180), one a line; several values stand in one cell, set apart by spaces."""
    return _csv(EDGE_COLUMNS, (_edge_row(edge) for edge in network.edges))


def _csv(columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return out.getvalue()


def _cell(value: object) -> object:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return neutral(value)
        case tuple():
            return neutral(" ".join(value))
        case _:
            return value


def as_json(network: Network, language: Language) -> str:
    """Return the network as node-link JSON, which networkx, D3 and others read."""
    whole = {
        "directed": False,
        "multigraph": False,
        "graph": {
            "components": network.components,
            "communities": network.communities,
            "modularity": network.modularity,
            "betweenness": "exact" if network.sources is None else "sampled",
            "sources": network.sources,
            "seed": network.seed,
            "loops": network.loops,
            "undecided": network.undecided,
        },
        "nodes": [{"id": node.iri, **_without(_node_row(node, language), "iri")} for node in network.nodes],
        "edges": [_edge_row(edge) for edge in network.edges],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _without(row: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != name}


def _node_row(node: Node, language: Language) -> dict[str, Any]:
    values = (
        node.iri, node.label.to(language), node.component, node.community, node.degree, node.weighted,
        node.betweenness, node.is_cut, node.stands_for,
    )  # fmt: skip
    return dict(zip(NODE_COLUMNS, values, strict=True))


def _edge_row(edge: Edge) -> dict[str, Any]:
    values = (
        edge.source, edge.target, edge.weight, edge.is_bridge, edge.kinds, edge.things, edge.excerpts,
    )  # fmt: skip
    return dict(zip(EDGE_COLUMNS, values, strict=True))
