"""The network of actors as CSV and JSON: one row an actor, one row a link, codes and IRIs as they are."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from .tables import neutral

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from accords.language import Language
    from accords.network import Edge, Network, Node, View

NODE_COLUMNS = (
    "iri", "label", "component", "community", "degree", "weighted_degree", "betweenness", "articulation_point",
    "stands_for",
)  # fmt: skip
EDGE_COLUMNS = ("source", "target", "weight", "bridge", "kinds", "things", "excerpts")


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


def as_json(network: Network, language: Language, view: View) -> str:
    """Return the network, and how it was asked for, as node-link JSON, which networkx, D3 and others read."""
    whole = {
        "directed": False,
        "multigraph": False,
        "graph": {
            "kinds": list(view.kinds),
            "roll_up": view.roll_up,
            "succession": view.succession,
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
